/* Integers and decimals as text: edge values by hand, and random ones there and back. */
#include "schema/base/num.h"
#include "tests/unit/random.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

enum { ROUNDS = 400000 };

/* --- integers ------------------------------------------------------------------------------------ */

static void
test_integers(void)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t value;
	} u64[] = {
		{ "0", true, 0 },
		{ "7", true, 7 },
		{ "007", true, 7 },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "00000000000000000000018446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 },
		{ "18446744073709551620", false, 0 },
		{ "28446744073709551615", false, 0 },
		{ "184467440737095516150", false, 0 },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "-0", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1.0", false, 0 },
		{ "1e3", false, 0 },
		{ "0x10", false, 0 },
		{ "1/", false, 0 },
		{ "1:", false, 0 },
	};
	static const struct {
		const char *text;
		bool good;
		int64_t value;
	} i64[] = {
		{ "0", true, 0 },
		{ "-0", true, 0 },
		{ "-1", true, -1 },
		{ "-0042", true, -42 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775807", true, -INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "-9223372036854775809", false, 0 },
		{ "18446744073709551615", false, 0 },
		{ "-18446744073709551616", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "--1", false, 0 },
		{ "+1", false, 0 },
		{ "- 1", false, 0 },
		{ "1-", false, 0 },
	};
	uint64_t u;
	int64_t i;
	size_t size;

	for (size_t n = 0; n < COUNT(u64); n++) {
		u = 99;
		ok(num_u64(str_cstr(u64[n].text), &u) == u64[n].good &&
		       u == (u64[n].good ? u64[n].value : 99),
		   "u64 '%s'", u64[n].text);
	}
	for (size_t n = 0; n < COUNT(i64); n++) {
		i = 99;
		ok(num_i64(str_cstr(i64[n].text), &i) == i64[n].good &&
		       i == (i64[n].good ? i64[n].value : 99),
		   "i64 '%s'", i64[n].text);
	}
	ok(!num_u64(STR("1\0"), &u), "u64 with a NUL behind it");
	ok(!num_u64(STR_NONE, &u) && !num_i64(STR_NONE, &i), "no text is no integer");
	ok(num_size(STR("10"), 10, &size) && size == 10, "size at its bound");
	ok(!num_size(STR("11"), 10, &size) && size == 10, "size beyond its bound");
	ok(num_size(STR("0"), 0, &size) && size == 0, "size 0 of 0");
}

static void
test_put_integers(void)
{
	char d[NUM_MAX], want[NUM_MAX];
	uint64_t power = 1;
	size_t bad = 0;

	is_str(str_of(d, num_put_u64(d, UINT64_MAX)), "18446744073709551615", "put UINT64_MAX");
	is_str(str_of(d, num_put_i64(d, INT64_MAX)), "9223372036854775807", "put INT64_MAX");
	is_str(str_of(d, num_put_i64(d, INT64_MIN)), "-9223372036854775808", "put INT64_MIN");
	is_str(str_of(d, num_put_i64(d, -1)), "-1", "put -1");
	is_str(str_of(d, num_put_u64(d, 0)), "0", "put 0");
	for (int k = 0; k < 20; k++, power *= 10) {
		for (uint64_t v = power - 1; v != power + 2; v++) {
			snprintf(want, sizeof(want), "%llu", (unsigned long long)v);
			bad += !str_eq(str_of(d, num_put_u64(d, v)), str_cstr(want));
		}
	}
	ok(bad == 0, "put around every power of ten");
	bad = 0;
	for (int n = 0; n < ROUNDS; n++) {
		uint64_t v = next_random() >> (next_random() & 63), u = 0;
		int64_t i = 0;

		bad += !num_u64(str_of(d, num_put_u64(d, v)), &u) || u != v;
		bad += !num_i64(str_of(d, num_put_i64(d, (int64_t)v)), &i) || i != (int64_t)v;
	}
	ok(bad == 0, "random integers come back");
}

/* --- decimals ------------------------------------------------------------------------------------ */

static void
test_decimals(void)
{
	static const struct {
		const char *text, *digits;
		bool negative;
		int64_t exponent;
		size_t precision;
	} good[] = {
		{ "0", "", false, 0, 0 },
		{ "-0", "", false, 0, 0 },
		{ "-0.00e5", "", false, 0, 0 },
		{ "000.000", "", false, 0, 0 },
		{ "1", "1", false, 0, 1 },
		{ "+1", "1", false, 0, 1 },
		{ "-1", "1", true, 0, 1 },
		{ "100", "1", false, 2, 1 },
		{ "100.00", "1", false, 2, 1 },
		{ "0.05", "5", false, -2, 1 },
		{ "0.50", "5", false, -1, 1 },
		{ "10.05", "10.05", false, -2, 4 },
		{ "1.0", "1", false, 0, 1 },
		{ "0012.50e3", "12.5", false, 2, 3 },
		{ "12.50E+3", "12.5", false, 2, 3 },
		{ "12.5e-3", "12.5", false, -4, 3 },
		{ "1000.0001000", "1000.0001", false, -4, 8 },
		{ "0.00100200", "1002", false, -6, 4 },
		{ "9999999999999999999999999999999999999999.5",
		  "9999999999999999999999999999999999999999.5", false, -1, 41 },
		{ "1e999999999999999999", "1", false, 999999999999999999, 1 },
		{ "1e-999999999999999999", "1", false, -999999999999999999, 1 },
		{ "1e000000000000000000000000000005", "1", false, 5, 1 },
	};
	static const char *const bad[] = {
		"",
		"-",
		"+",
		".",
		".5",
		"5.",
		"5.e3",
		"e3",
		"1e",
		"1e+",
		"1e5.0",
		"1.2.3",
		" 1",
		"1 ",
		"--1",
		"1,5",
		"0x1",
		"inf",
		"NaN",
		"1e1000000000000000000",
		"1e-1000000000000000000",
		"1e99999999999999999999999",
	};
	struct decimal v;
	char name[80];

	for (size_t n = 0; n < COUNT(good); n++) {
		if (!ok(num_decimal(str_cstr(good[n].text), &v), "decimal '%s'", good[n].text))
			continue;
		snprintf(name, sizeof(name), "  its digits");
		if (good[n].digits[0])
			is_str(v.digits, good[n].digits, name);
		else
			ok(v.digits.n == 0, "  it is zero");
		ok(v.negative == good[n].negative && v.exponent == good[n].exponent &&
		       v.precision == good[n].precision,
		   "  its sign, exponent %lld, precision %zu", (long long)v.exponent,
		   v.precision);
	}
	for (size_t n = 0; n < COUNT(bad); n++)
		ok(!num_decimal(str_cstr(bad[n]), &v), "'%s' is no decimal", bad[n]);
	ok(!num_decimal(STR_NONE, &v), "no text is no decimal");
}

int
main(void)
{
	test_integers();
	test_put_integers();
	test_decimals();
	return done();
}
