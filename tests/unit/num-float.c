/* Floats as text: edge values by hand, and the promises of num.h on hundreds of thousands of random ones. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "schema/base/num.h"
#include "tests/unit/random.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

enum { ROUNDS = 400000 };

static double
f64_of(uint64_t bits)
{
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static float
f32_of(uint32_t bits)
{
	float v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static bool
same_f64(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

static bool
same_f32(float a, float b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

/* --- by hand ------------------------------------------------------------------------------------- */

static void
test_put_floats(void)
{
	/* As PostgreSQL 15 prints them. */
	static const struct {
		double value;
		const char *text;
	} f64[] = {
		{ 0.0, "0" },
		{ -0.0, "-0" },
		{ 1.0, "1" },
		{ -1.5, "-1.5" },
		{ 0.1, "0.1" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ 100.25, "100.25" },
		{ 1e14, "100000000000000" },
		{ 999999999999999.0, "999999999999999" },
		{ 999999999999999.9, "999999999999999.9" },
		{ 123456789012345.6, "123456789012345.6" },
		{ 1e15, "1e+15" },
		{ 1e16, "1e+16" },
		{ 1234567890123456.0, "1.234567890123456e+15" },
		{ 123456789012345678.0, "1.2345678901234568e+17" },
		{ 9007199254740991.0, "9.007199254740991e+15" },
		{ 9007199254740992.0, "9.007199254740992e+15" },
		{ 9007199254740994.0, "9.007199254740994e+15" },
		{ 1e-4, "0.0001" },
		{ 1.25e-4, "0.000125" },
		{ 1e-5, "1e-05" },
		{ 1e22, "1e+22" },
		{ 1e23, "9.999999999999999e+22" },
		{ 1e100, "1e+100" },
		{ 5.684341886080801e-14, "5.684341886080801e-14" },
		{ 5e-324, "5e-324" },
		{ -5e-324, "-5e-324" },
		{ 1e-323, "1e-323" },
		{ 2.225073858507201e-308, "2.225073858507201e-308" },
		{ 2.2250738585072014e-308, "2.2250738585072014e-308" },
		{ 1.7976931348623157e308, "1.7976931348623157e+308" },
		{ INFINITY, "Infinity" },
		{ -INFINITY, "-Infinity" },
		{ NAN, "NaN" },
		{ -NAN, "NaN" },
	};
	static const struct {
		float value;
		const char *text;
	} f32[] = {
		{ 0.0f, "0" },
		{ -0.0f, "-0" },
		{ 0.1f, "0.1" },
		{ 1e5f, "100000" },
		{ 999999.0f, "999999" },
		{ 99999.9f, "99999.9" },
		{ 1e6f, "1e+06" },
		{ 1234567.0f, "1.234567e+06" },
		{ 16777216.0f, "1.6777216e+07" },
		{ 8388608.0f, "8.388608e+06" },
		{ 33554432.0f, "3.3554432e+07" },
		{ 1e-4f, "0.0001" },
		{ 1e-5f, "1e-05" },
		{ 1e10f, "1e+10" },
		{ 9.5367431640625e-07f, "9.536743e-07" },
		{ 58967.9375f, "58967.938" }, /* as near to 58967.937: to the even digit */
		{ 58967.8125f, "58967.812" },
		{ FLT_MAX, "3.4028235e+38" },
		{ -FLT_MAX, "-3.4028235e+38" },
		{ 1.17549e-38f, "1.17549e-38" },
		{ FLT_MIN, "1.1754944e-38" },
		{ 1e-45f, "1e-45" },
		{ INFINITY, "Infinity" },
		{ -INFINITY, "-Infinity" },
		{ NAN, "NaN" },
	};
	char d[NUM_MAX], name[64];

	for (size_t n = 0; n < COUNT(f64); n++) {
		snprintf(name, sizeof(name), "put f64 %s", f64[n].text);
		is_str(str_of(d, num_put_f64(d, f64[n].value)), f64[n].text, name);
	}
	for (size_t n = 0; n < COUNT(f32); n++) {
		snprintf(name, sizeof(name), "put f32 %s", f32[n].text);
		is_str(str_of(d, num_put_f32(d, f32[n].value)), f32[n].text, name);
	}
}

static void
test_read_floats(void)
{
	static const char *const good[] = {
		"0",
		"-0",
		"+0",
		"0e999999999999999999999",
		"1",
		"+1",
		"-1.5",
		".5",
		"-.5",
		"5.",
		"1e3",
		"1E+3",
		"1e-3",
		"00012.500",
		"0.1",
		"9007199254740991",
		"9007199254740992",
		"9007199254740993",
		"9007199254740993.0000000000000000000000000000001",
		"-9007199254740995",
		"1e22",
		"1e23",
		"1e24",
		"123456789e23",
		"8.5e-22",
		"5e-324",
		"2.4703282292062327e-324",
		"2.4703282292062328e-324",
		"1e-400",
		"-1e-400",
		"2.2250738585072011e-308",
		"2.2250738585072014e-308",
		"1.7976931348623157e308",
		"1.7976931348623158e308",
		"1.7976931348623159e308",
		"1e309",
		"-1e309",
		"1e99999999999999999999",
		"1e-99999999999999999999",
		"123456789012345678901234567890",
		"0.000000000000000000000000000000000000000000000000000000000000000001e70",
		"10000000000000000000000000000000000000000000000000000000000000000000e-67",
		"16777217",
		"16777217.0000000001",
		"16777219",
		"1.00000005960464477539062",
		"3.4028235e38",
		"3.4028235677973366e38",
		"3.4028235677973365e38",
		"1.4e-45",
		"7.0064923216240853e-46",
		"7.0064923216240854e-46",
		"1.17549e-38",
		"1.1754943157898258e-38",
	};
	static const char *const bad[] = {
		"",       " ",    "-",    "+",     ".",     "-.",      "e5",
		".e5",    "1e",   "1e+",  "1e-",   "1e5.",  "1.2.3",   "1..2",
		"--1",    "+-1",  " 1",   "1 ",    "1\n",   "0x10",    "0x1p3",
		"1p3",    "1f",   "1,5",  "1_000", "in",    "infinit", "infinityy",
		"nan(1)", ".inf", "1inf", "- inf", "1e5e5", "1e 5",
	};
	static const char *const infinite[] = { "inf",  "Infinity", "INFINITY",
						"+inf", "-Inf",     "-infinity" };
	double f64;
	float f32;

	for (size_t n = 0; n < COUNT(good); n++)
		ok(num_f64(str_cstr(good[n]), &f64) && same_f64(f64, strtod(good[n], NULL)) &&
		       num_f32(str_cstr(good[n]), &f32) && same_f32(f32, strtof(good[n], NULL)),
		   "read '%s'", good[n]);
	for (size_t n = 0; n < COUNT(bad); n++) {
		f64 = 99;
		f32 = 99;
		ok(!num_f64(str_cstr(bad[n]), &f64) && !num_f32(str_cstr(bad[n]), &f32) &&
		       f64 == 99 && f32 == 99,
		   "'%s' is no number",
		   bad[n][0] == '1' && bad[n][1] == '\n' ? "1\\n" : bad[n]);
	}
	for (size_t n = 0; n < COUNT(infinite); n++)
		ok(num_f64(str_cstr(infinite[n]), &f64) && isinf(f64) &&
		       (f64 < 0) == (infinite[n][0] == '-') &&
		       num_f32(str_cstr(infinite[n]), &f32) && isinf(f32) &&
		       (f32 < 0) == (infinite[n][0] == '-'),
		   "read '%s'", infinite[n]);
	ok(num_f64(STR("NaN"), &f64) && isnan(f64) && num_f32(STR("-nan"), &f32) && isnan(f32),
	   "read NaN");
	ok(!num_f64(STR("1\0"), &f64) && !num_f64(STR("1\0002"), &f64), "a NUL is no digit");
	ok(!num_f64(STR_NONE, &f64), "no text is no float");
	ok(num_f64(str_of("1.5e3", 3), &f64) && f64 == 1.5,
	   "what lies behind the text is not read");
}

/* One digit decides at any distance, so a text longer than any buffer on the stack is read to its end. */
static void
test_long_text(void)
{
	struct buf b = { 0 };
	double v;
	float f;

	buf_add(&b, STR("9007199254740993."));
	for (int n = 0; n < 100000; n++)
		buf_addc(&b, '0');
	ok(num_f64(buf_str(&b), &v) && v == 9007199254740992.0,
	   "halfway, and 100,000 zeros: to even");
	buf_addc(&b, '1');
	ok(num_f64(buf_str(&b), &v) && v == 9007199254740994.0, "halfway, zeros and a one: up");
	b.n = 0;
	buf_add(&b, STR("16777217."));
	for (int n = 0; n < 100000; n++)
		buf_addc(&b, '0');
	ok(num_f32(buf_str(&b), &f) && f == 16777216.0f, "halfway for a float: to even");
	buf_addc(&b, '1');
	ok(num_f32(buf_str(&b), &f) && f == 16777218.0f,
	   "halfway for a float, zeros and a one: up");
	b.n = 0;
	buf_add(&b, STR("0."));
	for (int n = 0; n < 100000; n++)
		buf_addc(&b, '0');
	buf_add(&b, STR("15e100001"));
	ok(num_f64(buf_str(&b), &v) && v == 1.5, "100,000 zeros and the exponent to match");
	buf_release(&b);
}

/* --- at random ----------------------------------------------------------------------------------- */

/* The significant digits of a number's text. */
static int
count_digits(const char *text)
{
	int n = 0, zeros = 0;

	for (; *text && *text != 'e'; text++) {
		if (*text == '0')
			zeros += n > 0;
		else if (*text >= '1' && *text <= '9') {
			n += zeros + 1;
			zeros = 0;
		}
	}
	return n;
}

/* Reading rounds these to even, but the text of a float is none of them (num.h). Both middles are exact. */
static bool
is_halfway_f64(const char *text, double v)
{
	long double x = strtold(text, NULL);

	return x == ((long double)v + nextafter(v, x > v ? INFINITY : -INFINITY)) / 2;
}

static bool
is_halfway_f32(const char *text, float v)
{
	double x = strtod(text, NULL);

	return x ==
	    ((double)v + (double)nextafterf(v, x > (double)v ? INFINITY : -INFINITY)) / 2;
}

struct tally {
	size_t checked;
	size_t lost;     /* did not come back */
	size_t misread;  /* strtod reads another number */
	size_t too_long; /* it comes back from one digit less, too */
};

static void
check_f64(double v, struct tally *t)
{
	char d[NUM_MAX + 1];
	size_t n;
	int digits;
	double back = 0;

	if (isnan(v) || isinf(v))
		return;
	n = num_put_f64(d, v);
	d[n] = '\0';
	t->lost += !num_f64(str_of(d, n), &back) || !same_f64(back, v);
	t->misread += !same_f64(strtod(d, NULL), v);
	digits = count_digits(d);
	if (digits > 1 && t->checked++ % 4 == 0) { /* printf takes its time */
		snprintf(d, sizeof(d), "%.*e", digits - 2, v);
		t->too_long += strtod(d, NULL) == v && !is_halfway_f64(d, v);
	}
}

static void
check_f32(float v, struct tally *t)
{
	char d[NUM_MAX + 1];
	size_t n;
	int digits;
	float back = 0;

	if (isnan(v) || isinf(v))
		return;
	n = num_put_f32(d, v);
	d[n] = '\0';
	t->lost += !num_f32(str_of(d, n), &back) || !same_f32(back, v);
	t->misread += !same_f32(strtof(d, NULL), v);
	digits = count_digits(d);
	if (digits > 1 && t->checked++ % 4 == 0) { /* printf takes its time */
		snprintf(d, sizeof(d), "%.*e", digits - 2, (double)v);
		t->too_long += strtof(d, NULL) == v && !is_halfway_f32(d, v);
	}
}

static void
report(const struct tally *t, const char *what)
{
	ok(t->lost == 0, "%s come back bit for bit (%zu do not)", what, t->lost);
	ok(t->misread == 0, "%s: the C library reads the same (%zu not)", what, t->misread);
	ok(t->too_long == 0, "%s: no digit too many (%zu have one)", what, t->too_long);
}

static void
test_random_floats(void)
{
	struct tally any = { 0 }, decimals = { 0 }, edges = { 0 }, any_f32 = { 0 },
		     edges_f32 = { 0 };

	for (int n = 0; n < ROUNDS; n++) {
		check_f64(f64_of(next_random()), &any);
		check_f32(f32_of((uint32_t)(next_random() >> 32)), &any_f32);
	}
	report(&any, "random doubles");
	report(&any_f32, "random floats");

	for (int n = 0; n < ROUNDS / 4; n++) {
		char text[NUM_MAX];
		uint64_t digits = next_random() % 1000000000000000 >> (next_random() % 50);

		snprintf(text, sizeof(text), "%llde%d", (long long)digits,
			 (int)(next_random() % 40) - 30);
		check_f64(strtod(text, NULL), &decimals);
	}
	report(&decimals, "doubles that are short decimals");

	/* Every exponent, and around both its ends. */
	for (uint64_t exponent = 0; exponent < 2047; exponent++)
		for (int n = -3; n <= 3; n++)
			check_f64(f64_of(((exponent << 52) + (uint64_t)n) & INT64_MAX), &edges);
	report(&edges, "doubles around powers of two");
	for (uint32_t exponent = 0; exponent < 255; exponent++) {
		for (int n = -3; n <= 3; n++)
			check_f32(f32_of(((exponent << 23) + (uint32_t)n) & INT32_MAX),
				  &edges_f32);
		for (int n = 0; n < 1000; n++)
			check_f32(f32_of(exponent << 23 | (uint32_t)(next_random() >> 41)),
				  &edges_f32);
	}
	report(&edges_f32, "floats of every exponent");
}

/* Reading, against the C library: any digits, and decimals at and beside the middle between two floats. */
static void
test_random_text(void)
{
	size_t bad = 0, bad_f32 = 0, bad_middle = 0;
	char text[128];
	double v = 0;
	float f = 0;

	for (int n = 0; n < ROUNDS / 2; n++) {
		int len =
		    snprintf(text, sizeof(text), "%llu%s%llue%d",
			     (unsigned long long)(next_random() >> (next_random() & 63)),
			     n % 2 ? "." : "",
			     (unsigned long long)(next_random() >> (next_random() & 63)),
			     (int)(next_random() % (n % 3 ? 60 : 700)) - (n % 3 ? 40 : 360));

		bad +=
		    !num_f64(str_of(text, (size_t)len), &v) || !same_f64(v, strtod(text, NULL));
		bad_f32 +=
		    !num_f32(str_of(text, (size_t)len), &f) || !same_f32(f, strtof(text, NULL));
	}
	ok(bad == 0, "random texts: read as the C library does (%zu not)", bad);
	ok(bad_f32 == 0, "random texts as floats: read as the C library does (%zu not)",
	   bad_f32);

	for (int n = 0; n < ROUNDS / 4; n++) {
		/* 25 bits and a one: exactly between two floats; a double holds it, and hides what is behind. */
		double middle = ldexp((double)((next_random() >> 40 | 1 << 23) * 2 + 1),
				      (int)(next_random() % 190) - 160);
		int len =
		    snprintf(text, sizeof(text), "%.*e", (int)(next_random() % 40), middle);

		if (n % 2) {
			char *e = strchr(text, 'e');
			char tail[16];

			snprintf(tail, sizeof(tail), "%s", e);
			len = (int)(e - text) +
			    snprintf(e, 40, "%s000000000001%s", strchr(text, '.') ? "" : ".",
				     tail);
		}
		bad_middle +=
		    !num_f32(str_of(text, (size_t)len), &f) || !same_f32(f, strtof(text, NULL));
	}
	ok(bad_middle == 0, "floats near a middle: read as the C library does (%zu not)",
	   bad_middle);
}

int
main(void)
{
	test_put_floats();
	test_read_floats();
	test_long_text();
	test_random_floats();
	test_random_text();
	return done();
}
