/*
 * Expressions behind USING: whatever the text is, it is refused with a place within it or it runs; a program that ran
 * runs again with the same result; and what can be compiled with fields can be checked without.
 */
#include "transform/using.h"
#include "schema/base/utf8.h"
#include "tests/fuzz/fuzz.h"

static const struct using_field fields[] = {
	{ { "a", 1 }, { .kind = TYPE_TEXT, .precision = -1, .scale = -1 } },
	{ { "b", 1 }, { .kind = TYPE_I64, .precision = -1, .scale = -1 } },
	{ { "Bytes", 5 }, { .kind = TYPE_BYTES, .precision = -1, .scale = -1 } },
	{ { "none", 4 }, { .kind = TYPE_TEXT, .precision = -1, .scale = -1 } },
};

static const struct using_input rows[][4] = {
	{ { { "", 0 }, false },
	  { { "-9223372036854775808", 20 }, false },
	  { { "\\x", 2 }, false },
	  { { NULL, 0 }, true } },
	{ { { "\xc3\xa9\xf0\x9f\x98\x80 x,,y", 11 }, false },
	  { { "12", 2 }, false },
	  { { "\\x00ff", 6 }, false },
	  { { NULL, 0 }, true } },
	{ { { NULL, 0 }, true },
	  { { NULL, 0 }, true },
	  { { NULL, 0 }, true },
	  { { NULL, 0 }, true } },
};

static void
run(struct using *u, const struct using_input *row)
{
	struct str out = STR_NONE, again = STR_NONE;
	struct buf kept = { 0 };
	enum using_result result = using_run(u, row, &out);

	must((result == USING_FAILED) == (using_why(u)[0] != '\0'));
	if (result == USING_VALUE) {
		must(utf8_valid(out) == out.n);
		buf_add(&kept, out);
	}
	must(using_run(u, row, &again) == result);
	must(result != USING_VALUE || str_eq(buf_str(&kept), again));
	buf_release(&kept);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct using_scope scope = {
		fields, 4, 0, { .kind = TYPE_TEXT, .precision = -1, .scale = -1 }
	};
	enum using_language language;
	struct pool pool = { 0 };
	struct err e = { 0 };
	struct using *u;
	struct str text;
	size_t at = 0;

	if (size == 0)
		return 0;
	language = data[0] & 1 ? USING_CLOJURE : USING_LISP;
	text = str_of((const char *)data + 1, size - 1);
	if (utf8_valid(text) != text.n)
		return 0;
	u = using_compile(language, text, &scope, &pool, &at, &e);
	if (u) {
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			run(u, rows[i]);
		must(using_check(language, text, &at, &e) == 0);
		must(using_form(language, text, &at, &e) > 0);
	} else {
		must(e.status == STATUS_USAGE && e.text[0] && at <= text.n);
	}
	using_release(u);
	pool_release(&pool);
	return 0;
}
