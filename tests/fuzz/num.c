/* Numbers: what was read and written again reads the same, and floats read as the C library reads them. */
#include <math.h>

#include "schema/base/num.h"
#include "schema/digest.h"
#include "tests/fuzz/fuzz.h"

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

static void
integers(struct str s)
{
	char d[NUM_MAX];
	uint64_t u, u2;
	int64_t i, i2;
	size_t n;

	if (num_u64(s, &u)) {
		must(num_u64(str_of(d, num_put_u64(d, u)), &u2) && u == u2);
		must(num_size(s, SIZE_MAX, &n) && n == u);
	}
	if (num_i64(s, &i))
		must(num_i64(str_of(d, num_put_i64(d, i)), &i2) && i == i2);
}

static void
put_f64(double v)
{
	char d[NUM_MAX];
	size_t n = num_put_f64(d, v);
	double back;

	must(n < NUM_MAX && num_f64(str_of(d, n), &back));
	must(isnan(v) ? isnan(back) : same_f64(v, back));
}

static void
put_f32(float v)
{
	char d[NUM_MAX];
	size_t n = num_put_f32(d, v);
	float back;

	must(n < NUM_MAX && num_f32(str_of(d, n), &back));
	must(isnan(v) ? isnan(back) : same_f32(v, back));
}

static void
floats(struct str s)
{
	struct buf text = { 0 };
	double v;
	float f;

	buf_add(&text, s);
	buf_cstr(&text);
	must(num_f64(s, &v) == num_f32(s, &f));
	if (num_f64(s, &v) && num_f32(s, &f)) {
		double want = strtod(text.p, NULL);

		must(isnan(want) ? isnan(v) : same_f64(v, want));
		must(isnan(want) ? isnan(f) : same_f32(f, strtof(text.p, NULL)));
		put_f64(v);
		put_f32(f);
	}
	buf_release(&text);
}

static void
decimals(struct str s)
{
	struct buf once = { 0 }, twice = { 0 };
	struct decimal d;
	double v, back;

	if (!num_decimal(s, &d))
		return;
	must(num_f64(s, &v));
	canon_number(&d, &once);
	must(num_decimal(buf_str(&once), &d));
	canon_number(&d, &twice);
	must(str_eq(buf_str(&once), buf_str(&twice)));
	must(num_f64(buf_str(&once), &back) && (same_f64(v, back) || (v == 0 && back == 0)));
	buf_release(&once);
	buf_release(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_of((const char *)data, size);
	double v;
	float f;

	integers(s);
	floats(s);
	decimals(s);
	if (size >= sizeof(v)) {
		memcpy(&v, data, sizeof(v));
		put_f64(v);
	}
	if (size >= sizeof(f)) {
		memcpy(&f, data, sizeof(f));
		put_f32(f);
	}
	return 0;
}
