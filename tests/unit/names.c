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

static void
test_style(void)
{
	static const struct {
		const char *name, *downcase, *snake_case;
	} table[] = {
		{ "id", "id", "id" },
		{ "ID", "id", "id" },
		{ "userID", "userid", "user_id" },
		{ "UserId", "userid", "user_id" },
		{ "userIDs", "userids", "user_ids" },
		{ "IDs_all", "ids_all", "ids_all" },
		{ "HTTPServer2", "httpserver2", "http_server2" },
		{ "HTTPServer2Name", "httpserver2name", "http_server2_name" },
		{ "__x", "__x", "__x" },
		{ "__X__Y", "__x__y", "__x__y" },
		{ "already_snake_case", "already_snake_case", "already_snake_case" },
		{ "Some_Name", "some_name", "some_name" },
		{ "SOME_NAME", "some_name", "some_name" },
		{ "aB", "ab", "a_b" },
		{ "ABTest", "abtest", "ab_test" },
		{ "x1Y", "x1y", "x1_y" },
		{ "1A", "1a", "1_a" },
		{ "isXML", "isxml", "is_xml" },
		{ "XMLIsBad", "xmlisbad", "xml_is_bad" },
		{ "with Blank", "with blank", "with blank" },
		{ "Film-Text", "film-text", "film-text" },
		{ "größeCM", "größecm", "größe_cm" },
		{ "Ähre", "Ähre", "Ähre" },
		{ "A", "a", "a" },
		{ "", "", "" },
		{ "_", "_", "_" },
	};
	struct pool pool = { 0 };

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct str name = str_cstr(table[i].name), snake;

		is_str(name_style(&pool, name, NAME_QUOTE), table[i].name, "quoted");
		is_str(name_style(&pool, name, NAME_DOWNCASE), table[i].downcase, "downcase");
		snake = name_style(&pool, name, NAME_SNAKE_CASE);
		is_str(snake, table[i].snake_case, "snake_case");
		is_str(name_style(&pool, snake, NAME_SNAKE_CASE), table[i].snake_case, "twice");
	}
	pool_release(&pool);
}

int
main(void)
{
	test_shorten();
	test_take();
	test_quote();
	test_style();
	return done();
}
