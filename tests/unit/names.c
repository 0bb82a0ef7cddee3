/* Names: shortened at characters, always the same, and never taken twice. */
#include "transform/names.h"
#include "schema/base/utf8.h"
#include "tests/unit/tap.h"

static void
test_shorten(void)
{
	struct pool pool = { 0 };
	struct buf b = { 0 };

	for (size_t n = 0; n <= NAME_BYTES; n++) {
		ok(str_eq(name_shorten(&pool, buf_str(&b)), buf_str(&b)), "%zu bytes are kept",
		   n);
		buf_addc(&b, 'a');
	}
	is_str(name_shorten(&pool, buf_str(&b)),
	       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_2dddcef0", "64 bytes");
	/* Whatever stands before them, characters of four bytes are not cut. */
	for (size_t before = 0; before < 4; before++) {
		struct str s;

		b.n = 0;
		for (size_t i = 0; i < before; i++)
			buf_addc(&b, 'x');
		for (size_t i = 0; i < 20; i++)
			buf_add(&b, STR("\xf0\x9f\x98\x80"));
		s = name_shorten(&pool, buf_str(&b));
		ok(s.n <= NAME_BYTES && s.n > NAME_BYTES - 4 && utf8_valid(s) == s.n,
		   "cut at a character, %zu bytes before them", before);
	}
	buf_release(&b);
	pool_release(&pool);
}

static void
test_take(void)
{
	struct names n = { 0 };
	int a, b;

	ok(names_take(&n, STR("s"), STR("x"), &a) == NULL, "free");
	ok(names_take(&n, STR("s"), STR("x"), &b) == &a, "taken");
	ok(names_take(&n, STR("s"), STR("X"), &b) == NULL, "another case is another name");
	ok(names_take(&n, STR("t"), STR("x"), &b) == NULL, "another space");
	ok(names_owner(&n, STR("t"), STR("x")) == &b, "its owner");
	ok(names_owner(&n, STR("u"), STR("x")) == NULL, "no owner");
	is_str(names_take_free(&n, STR("s"), STR("x"), &b), "x1", "the first number");
	is_str(names_take_free(&n, STR("s"), STR("x"), &b), "x2", "the second");
	is_str(names_take_free(&n, STR("s"), STR("y"), &b), "y", "none needed");
	names_release(&n);
}

static void
test_quote(void)
{
	struct buf b = { 0 };

	name_quote(&b, STR("a\"b"));
	is_str(buf_str(&b), "\"a\"\"b\"", "SQL");
	b.n = 0;
	name_add_rule(&b, STR("a_1"));
	is_str(buf_str(&b), "a_1", "bare in a rule");
	b.n = 0;
	name_add_rule(&b, STR("1a"));
	is_str(buf_str(&b), "\"1a\"", "quoted in a rule");
	buf_release(&b);
}

int
main(void)
{
	test_shorten();
	test_take();
	test_quote();
	return done();
}
