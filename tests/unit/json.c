/* JSON as jsonb holds it: what PostgreSQL 15 makes of each text, and large ones in little time. */
#include <stdint.h>

#include "schema/digest.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static void
test_good(void)
{
	static const struct {
		const char *text, *canon;
	} good[] = {
		{ "true", "true" },
		{ " \t\r\nfalse ", "false" },
		{ "null", "null" },
		{ "[]", "[]" },
		{ "[ ]", "[]" },
		{ "{ }", "{}" },
		{ "[[], {} ,[{}]]", "[[],{},[{}]]" },
		/* numbers */
		{ "0", "0" },
		{ "-0", "0" },
		{ "-0.00e5", "0" },
		{ "1", "1e0" },
		{ "100", "1e2" },
		{ "1.50", "15e-1" },
		{ "-1.5e+3", "-15e2" },
		{ "1E2", "1e2" },
		{ "123456789012345678901234567890.5", "1234567890123456789012345678905e-1" },
		{ "[1 ,2]", "[1e0,2e0]" },
		/* strings */
		{ "\"\"", "\"\"" },
		{ "\"a/b\"", "\"a/b\"" },
		{ "\"a\\/b\"", "\"a/b\"" },
		{ "\"\\\"\\\\\\b\\f\\n\\r\\t\"", "\"\\\"\\\\\\b\\f\\n\\r\\t\"" },
		{ "\"\\u0008\\u000C\\u000a\\u000d\\u0009\"", "\"\\b\\f\\n\\r\\t\"" },
		{ "\"\\u0001\\u001F\\u007f\"", "\"\\u0001\\u001f\x7f\"" },
		{ "\"\\u0041\\u0022\\u005c\"", "\"A\\\"\\\\\"" },
		{ "\"\\u00e4\\u20AC\"", "\"\xc3\xa4\xe2\x82\xac\"" },
		{ "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"" },
		{ "\"\\udbff\\uDFFF\"", "\"\xf4\x8f\xbf\xbf\"" },
		{ "\"\\uffff\\u0800\\u07ff\\u0080\"",
		  "\"\xef\xbf\xbf\xe0\xa0\x80\xdf\xbf\xc2\x80\"" },
		/* objects: by length of the key, then bytes; the last of equal ones */
		{ "{\"a\":1}", "{\"a\":1e0}" },
		{ "{\"a\":1,\"b\":2}", "{\"a\":1e0,\"b\":2e0}" },
		{ "{\"b\":1,\"a\":2}", "{\"a\":2e0,\"b\":1e0}" },
		{ "{\"aa\":1,\"b\":2,\"\":3}", "{\"\":3e0,\"b\":2e0,\"aa\":1e0}" },
		{ "{\"\\u00e4\":1,\"zz\":2,\"aa\":3}",
		  "{\"aa\":3e0,\"zz\":2e0,\"\xc3\xa4\":1e0}" },
		{ "{\"a\":1,\"a\":2}", "{\"a\":2e0}" },
		{ "{\"a\":1,\"b\":{},\"\\u0061\":2}", "{\"a\":2e0,\"b\":{}}" },
		{ "{\"a\":{\"d\":1,\"c\":2},\"a\":[{\"f\":1,\"e\":2}]}",
		  "{\"a\":[{\"e\":2e0,\"f\":1e0}]}" },
		/* "\n" is one byte long, and the key's escapes are resolved before it is compared */
		{ "{\"aa\":1,\"\\n\":2}", "{\"\\n\":2e0,\"aa\":1e0}" },
		{ "{\"b\":{\"d\":[1,{\"f\":1,\"e\":2},3],\"c\":{}},\"a\":[]}",
		  "{\"a\":[],\"b\":{\"c\":{},\"d\":[1e0,{\"e\":2e0,\"f\":1e0},3e0]}}" },
		{ "[{\"b\":1,\"a\":2},{\"a\":1,\"b\":2},3]",
		  "[{\"a\":2e0,\"b\":1e0},{\"a\":1e0,\"b\":2e0},3e0]" },
	};
	struct buf out = { 0 }, again = { 0 };

	for (size_t i = 0; i < COUNT(good); i++) {
		out.n = again.n = 0;
		ok(canon_json(str_cstr(good[i].text), &out) == 0, "JSON: %s",
		   good[i].text[0] == ' ' ? "with blanks" : good[i].text);
		is_str(buf_str(&out), good[i].canon, "  its canonical form");
		ok(canon_json(buf_str(&out), &again) == 0 &&
		       str_eq(buf_str(&out), buf_str(&again)),
		   "  is its own");
	}
	out.n = 0;
	buf_add(&out, STR("x"));
	ok(canon_json(STR("{\"b\":1,\"a\":2}"), &out) == 0, "an object behind other text");
	is_str(buf_str(&out), "x{\"a\":2e0,\"b\":1e0}", "  leaves that alone");
	buf_release(&out);
	buf_release(&again);
}

static void
test_bad(void)
{
	static const char *const bad[] = {
		"",
		" ",
		"x",
		"tru",
		"truex",
		"true false",
		"nulll",
		"TRUE",
		"'a'",
		"NaN",
		/* numbers */
		"-",
		"+1",
		"01",
		"-01",
		"00",
		".5",
		"5.",
		"5.e3",
		"1e",
		"1e+",
		"1.2.3",
		"0x10",
		"1 2",
		"--1",
		"1-1",
		"1e5e5",
		"Infinity",
		"1a",
		"1e1000000000000000000",
		/* strings */
		"\"",
		"\"a",
		"\"\\\"",
		"\"\\",
		"\"\\x\"",
		"\"\\'\"",
		"\"\\0\"",
		"\"\t\"",
		"\"\x1f\"",
		"\"\\u\"",
		"\"\\u12\"",
		"\"\\u123\"",
		"\"\\u123",
		"\"\\u00g0\"",
		"\"\\U0041\"",
		"\"\\u+041\"",
		"\"\\u0000\"",
		"\"\\ud800\"",
		"\"\\udc00\"",
		"\"\\ud800x\"",
		"\"\\ud800\\n\"",
		"\"\\ud800\\u0041\"",
		"\"\\ud800\\ud800\"",
		"\"\\ud800\\",
		"\"\\ud800\\u",
		"\"\\udc00\\ud800\"",
		"\"\xff\"",
		"\"\xed\xa0\x80\"",
		"\xef\xbb\xbf[]",
		/* arrays and objects */
		"[",
		"]",
		"[1",
		"[1,",
		"[1,]",
		"[,1]",
		"[1 2]",
		"[1}",
		"[1]]",
		"[]]",
		"[[]",
		"[:1]",
		"{",
		"}",
		"{\"a\"",
		"{\"a\":",
		"{\"a\":1",
		"{\"a\":1,",
		"{\"a\":1,}",
		"{,}",
		"{1:2}",
		"{\"a\" 1}",
		"{\"a\":}",
		"{\"a\",1}",
		"{\"a\":1 \"b\":2}",
		"{\"a\":1]",
		"{a:1}",
		"{\"a\"::1}",
		"{\"a\":1}{}",
		"{\"b\":1,\"a\":2} x",
		"// c",
		"[1] /* c */",
	};
	struct buf out = { 0 };

	buf_add(&out, STR("before"));
	for (size_t i = 0; i < COUNT(bad); i++)
		ok(canon_json(str_cstr(bad[i]), &out) < 0 &&
		       str_eq(buf_str(&out), STR("before")),
		   "no JSON, number %zu", i);
	ok(canon_json(STR("\"\0\""), &out) < 0 && canon_json(STR("1\0"), &out) < 0 &&
	       canon_json(STR_NONE, &out) < 0,
	   "a zero byte, or nothing at all, is no JSON");
	buf_release(&out);
}

/* Nesting takes no stack, and a member that moves takes along what is below it without a copy a level. */
static void
test_large(void)
{
	enum { DEPTH = 300000, KEYS = 100000 };
	struct buf text = { 0 }, out = { 0 };
	size_t bad = 0;
	const char *at;

	for (int i = 0; i < DEPTH; i++)
		buf_add(&text, i % 2 ? STR("{\"b\":0,\"a\":") : STR("["));
	ok(canon_json(buf_str(&text), &out) < 0 && out.n == 0, "deep, and never closed");
	buf_addc(&text, '1');
	for (int i = DEPTH - 1; i >= 0; i--)
		buf_addc(&text, i % 2 ? '}' : ']');
	ok(canon_json(buf_str(&text), &out) == 0, "%d levels, each of which is sorted", DEPTH);
	ok(str_starts(buf_str(&out), STR("[{\"a\":[{\"a\":[")) &&
	       str_eq(str_of(out.p + out.n - 16, 16), STR(",\"b\":0}],\"b\":0}]")),
	   "  all of them are");

	text.n = out.n = 0;
	for (unsigned i = 0; i < KEYS; i++)
		buf_addf(&text, "%c\"k%05u\":%u", i ? ',' : '{',
			 (unsigned)(i * UINT64_C(77773) % KEYS), i + 1);
	buf_add(&text, STR(",\"k00000\":{}}"));
	ok(canon_json(buf_str(&text), &out) == 0, "%d keys", KEYS);
	ok(str_starts(buf_str(&out), STR("{\"k00000\":{},\"k00001\":")),
	   "  the last of two wins");
	at = out.p;
	for (unsigned i = 0; i < KEYS && at; i++) {
		char key[16];

		snprintf(key, sizeof(key), "\"k%05u\":", i);
		bad += memcmp(at + 1, key, 9) != 0;
		at = memchr(at + 1, ',', (size_t)(out.p + out.n - at) - 1);
	}
	ok(bad == 0 && !at, "  all keys are there, in order");

	text.n = out.n = 0;
	for (unsigned i = 0; i < KEYS; i++)
		buf_addf(&text, "%c\"same\":[%u]", i ? ',' : '{', i);
	buf_addc(&text, '}');
	ok(canon_json(buf_str(&text), &out) == 0, "one key %d times", KEYS);
	is_str(buf_str(&out), "{\"same\":[99999e0]}", "  the last one wins");
	buf_release(&text);
	buf_release(&out);
}

int
main(void)
{
	test_good();
	test_bad();
	test_large();
	return done();
}
