/* Escapes: every value comes back from its field, and what the check passes is what can be read. */
#include "schema/escape.h"
#include "tests/fuzz/fuzz.h"

static bool
has(struct str s, char c)
{
	return s.n && memchr(s.p, c, s.n);
}

/* The bytes as a value. */
static void
encode(struct str value)
{
	struct buf field = { 0 }, back = { 0 };
	size_t half = value.n / 2;

	escape_add(&field, value);
	must(escape_check(buf_str(&field)) == field.n);
	must(!escape_is_null(buf_str(&field)));
	must(!has(buf_str(&field), '\t') && !has(buf_str(&field), '\n'));
	must(escape_decode(&back, buf_str(&field)) == 0);
	must(str_eq(buf_str(&back), value));

	escape_write(fuzz_output(), str_of(value.p, half), true);
	escape_write(fuzz_output(), str_of(value.p + half, value.n - half), half == 0);
	fuzz_written(&back);
	must(str_eq(buf_str(&back), buf_str(&field)));
	buf_release(&field);
	buf_release(&back);
}

/* The bytes as a field. */
static void
decode(struct str field)
{
	struct buf value = { 0 }, again = { 0 };
	size_t good = escape_check(field);
	int result;

	must(good <= field.n);
	buf_add(&value, STR("x"));
	result = escape_decode(&value, field);
	must(value.p[0] == 'x' && (result == 0 || value.n == 1));
	if (good == field.n)
		must(escape_is_null(field) ? result < 0 : result == 0);
	/* A field has one spelling, but for the control bytes that a reader takes raw. */
	if (good == field.n && result == 0 && !has(field, '\b') && !has(field, '\f') &&
	    !has(field, '\v')) {
		escape_add(&again, str_of(value.p + 1, value.n - 1));
		must(str_eq(buf_str(&again), field));
	}
	buf_release(&value);
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_of((const char *)data, size);

	encode(s);
	decode(s);
	return 0;
}
