/* URIs: a password never shows, in whatever way the rest is wrong; and every part ends in a NUL. */
#include "schema/base/uri.h"
#include "tests/fuzz/fuzz.h"

#define SECRET "tH1s-Is-It"

static bool
holds(struct str s, struct str word)
{
	for (; s.n >= word.n; s = str_of(s.p + 1, s.n - 1))
		if (str_starts(s, word))
			return true;
	return false;
}

static void
check_part(struct str s)
{
	must(!s.p || (s.p[s.n] == '\0' && !memchr(s.p, '\0', s.n)));
}

static void
any_text(struct str s)
{
	struct pool pool = { 0 };
	struct buf shown = { 0 }, again = { 0 };
	struct uri u;
	struct err e = { 0 };

	if (uri_parse(s, &pool, &u, &e) == 0) {
		must(e.status == STATUS_OK);
		check_part(u.scheme);
		check_part(u.user);
		check_part(u.password);
		check_part(u.host);
		check_part(u.port);
		check_part(u.path);
		for (size_t i = 0; i < u.nparams; i++) {
			check_part(u.params[i].key);
			check_part(u.params[i].value);
		}
		uri_param(&u, "password");
		uri_database(&u);
	} else {
		must(e.status == STATUS_USAGE && e.text[0]);
	}
	uri_show(s, &shown);
	uri_show(buf_str(&shown), &again);
	must(str_eq(buf_str(&shown), buf_str(&again)));
	buf_release(&shown);
	buf_release(&again);
	pool_release(&pool);
}

/* Whether a password that begins like this looks as if it ended there, by an '@' or as a port: nobody knows better. */
static bool
seems_to_end(struct str s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return (i < s.n && (s.p[i] == '/' || s.p[i] == '?')) || holds(s, STR("@"));
}

/* The bytes, cut in four at lines, as user, password around the secret word, and the end. */
static void
with_password(struct str s)
{
	struct str user, before, behind, end;
	struct pool pool = { 0 };
	struct buf text = { 0 }, shown = { 0 };
	struct uri u;
	struct err e = { 0 };
	int result;

	str_cut(s, '\n', &user, &s);
	str_cut(s, '\n', &before, &s);
	str_cut(s, '\n', &behind, &end);
	buf_add(&text, STR("x://"));
	for (size_t i = 0; i < user.n; i++)
		buf_addc(&text, memchr(":@/?#[", user.p[i], 6) ? '.' : user.p[i]);
	buf_addc(&text, ':');
	buf_add(&text, before);
	buf_add(&text, STR(SECRET));
	buf_add(&text, behind);
	buf_addc(&text, '@');
	buf_add(&text, end);

	result = uri_parse(buf_str(&text), &pool, &u, &e);
	must(!holds(str_cstr(e.text), STR(SECRET)));
	if (result < 0 ? !seems_to_end(before) : holds(u.password, STR(SECRET))) {
		uri_show(buf_str(&text), &shown);
		must(!holds(buf_str(&shown), STR(SECRET)));
	}
	buf_release(&text);
	buf_release(&shown);
	pool_release(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_of((const char *)data, size);

	any_text(s);
	if (!holds(s, STR(SECRET)))
		with_password(s);
	return 0;
}
