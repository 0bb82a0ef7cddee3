/* SQLite's tokens: they are the whole text but blanks and comments, in order, and stay the same without comments. */
#include "schema/sqlite/token.h"
#include "tests/fuzz/fuzz.h"

/* The tokens of a text follow one another, and end. */
static size_t
check_tokens(struct str text)
{
	struct str rest = text;
	const char *end = text.p;
	size_t n = 0;

	for (;;) {
		struct token t = token_next(&rest);

		must(t.text.p >= end && t.text.p + t.text.n == rest.p);
		must(rest.p + rest.n == text.p + text.n);
		end = rest.p;
		if (t.kind == TOKEN_END) {
			must(t.text.n == 0 && rest.n == 0);
			return n;
		}
		must(t.text.n > 0);
		must(t.kind != TOKEN_BAD || rest.n == 0);
		n++;
	}
}

static void
check_value(const struct token *t)
{
	struct pool pool = { 0 };
	struct buf b = { 0 };

	token_value(t, &b);
	must(b.n <= t->text.n);
	must(str_eq(buf_str(&b), token_value_pool(t, &pool)));
	must(!token_mark(t, '(') || t->text.n == 1);
	must(!token_is(t, "CHECK") || t->text.n == 5);
	buf_release(&b);
	pool_release(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size), a, b;
	struct pool pool = { 0 };
	size_t n = check_tokens(text);

	b = token_text(text, &pool);
	must(str_eq(token_text(b, &pool), b));
	must(check_tokens(b) == n);
	for (a = text; n > 0; n--) {
		struct token t = token_next(&a), u = token_next(&b);

		must(t.kind == u.kind && str_eq(t.text, u.text));
		check_value(&t);
	}
	pool_release(&pool);
	return 0;
}
