/* Arrays as PostgreSQL writes them. */
#include "schema/array.h"
#include "tests/unit/tap.h"

/* What array_out() of PostgreSQL 15 gives for one element. */
static void
test_elements(void)
{
	static const char *const cases[][2] = {
		{ "a", "a" },
		{ "\303\251'", "\303\251'" },
		{ "", "\"\"" },
		{ "NULL", "\"NULL\"" },
		{ "null", "\"null\"" },
		{ "nulls", "nulls" },
		{ "a b", "\"a b\"" },
		{ "a,b", "\"a,b\"" },
		{ "{", "\"{\"" },
		{ "}", "\"}\"" },
		{ "\t", "\"\t\"" },
		{ "\v", "\"\v\"" },
		{ "a\"b", "\"a\\\"b\"" },
		{ "\\", "\"\\\\\"" },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		b.n = 0;
		array_add_element(&b, str_cstr(cases[i][0]));
		is_str(buf_str(&b), cases[i][1], cases[i][0]);
	}
	ok(array_quotes(str_of("a\0b", 3)), "a zero byte");
	buf_release(&b);
}

static void
test_split(void)
{
	struct buf b = { 0 };

	array_add_split(&b, STR("a,b c,,d\"|"), ',');
	is_str(buf_str(&b), "{a,\"b c\",\"\",\"d\\\"|\"}", "at commas");
	b.n = 0;
	array_add_split(&b, STR("a,b|c|"), '|');
	is_str(buf_str(&b), "{\"a,b\",c,\"\"}", "at bars");
	b.n = 0;
	array_add_split(&b, STR(""), ',');
	is_str(buf_str(&b), "{}", "nothing has no elements");
	buf_release(&b);
}

int
main(void)
{
	test_elements();
	test_split();
	return done();
}
