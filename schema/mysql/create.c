/* The text of SHOW CREATE TABLE: its foreign keys. */
#include "schema/mysql/create.h"

/* A word, a text in quotes with these, or one other byte. n 0 at the end. */
static struct str
next_token(struct str *text)
{
	struct str t = str_trim(*text);
	size_t n = 0;
	char quote = t.n ? t.p[0] : 0;

	if (quote == '`' || quote == '\'' || quote == '"') {
		for (n = 1; n < t.n; n++) {
			bool twice = t.p[n] == quote && n + 1 < t.n && t.p[n + 1] == quote;

			if (twice || (t.p[n] == '\\' && quote != '`'))
				n++;
			else if (t.p[n] == quote)
				break;
		}
		n = n < t.n ? n + 1 : t.n;
	} else {
		while (n < t.n && (t.p[n] | 0x20) >= 'a' && (t.p[n] | 0x20) <= 'z')
			n++;
		n += n == 0 && t.n > 0;
	}
	*text = str_of(t.p + n, t.n - n);
	return str_of(t.p, n);
}

/* Takes the word when it comes next. */
static bool
take_word(struct str *text, const char *word)
{
	struct str rest = *text;

	if (!str_eq(next_token(&rest), str_cstr(word)))
		return false;
	*text = rest;
	return true;
}

/* A name in backquotes. */
static bool
take_name(struct str *text, struct pool *pool, struct str *out)
{
	struct str rest = *text, t = next_token(&rest);
	struct buf b = { 0 };

	if (t.n < 2 || t.p[0] != '`' || t.p[t.n - 1] != '`')
		return false;
	buf_add_undoubled(&b, str_of(t.p + 1, t.n - 2), '`');
	*out = pool_str(pool, buf_str(&b));
	buf_release(&b);
	*text = rest;
	return true;
}

static struct str
take_action(struct str *text)
{
	static const char *const actions[][2] = {
		{ "CASCADE", NULL }, { "RESTRICT", NULL }, { "SET", "NULL" },
		{ "NO", "ACTION" },  { "SET", "DEFAULT" },
	};
	static const char *const names[] = { "CASCADE", "RESTRICT", "SET NULL", "NO ACTION",
					     "SET DEFAULT" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct str rest = *text;

		if (!take_word(&rest, actions[i][0]) ||
		    (actions[i][1] && !take_word(&rest, actions[i][1])))
			continue;
		*text = rest;
		return str_cstr(names[i]);
	}
	return STR("RESTRICT");
}

/* From behind FOREIGN KEY to its end. */
static void
take_actions(struct str *text, struct create_foreign *out)
{
	struct str t;

	/* The columns, REFERENCES, the table, its columns: all up to the second parenthesis that closes. */
	for (int closed = 0; closed < 2;) {
		t = next_token(text);
		if (!t.n)
			return;
		closed += str_eq(t, STR(")"));
	}
	while (take_word(text, "ON")) {
		if (take_word(text, "DELETE"))
			out->on_delete = take_action(text);
		else if (take_word(text, "UPDATE"))
			out->on_update = take_action(text);
		else
			return;
	}
}

bool
create_next_foreign(struct str *text, struct pool *pool, struct create_foreign *out)
{
	*out = (struct create_foreign){ .on_update = STR("RESTRICT"),
					.on_delete = STR("RESTRICT") };
	for (;;) {
		struct str t = next_token(text);

		if (!t.n)
			return false;
		if (!str_eq(t, STR("CONSTRAINT")) || !take_name(text, pool, &out->name) ||
		    !take_word(text, "FOREIGN") || !take_word(text, "KEY"))
			continue;
		take_actions(text, out);
		return true;
	}
}
