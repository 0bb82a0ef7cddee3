/*
 * Transforms of shapes: WKT and (E)WKB as OGC 06-103r4 (simple feature access, part 1) and PostGIS
 * have them, to PostgreSQL's own point and path, which know neither Z, M nor an SRID.
 */
#include <math.h>
#include <stdio.h>

#include "schema/base/num.h"
#include "transform/calls.h"

enum { WKB_POINT = 1, WKB_LINESTRING = 2 };

#define EWKB_SRID UINT32_C(0x20000000)

/* The shape that is expected; FAILED says why another one came. */
struct shape {
	struct transform_use *use;
	uint32_t type;
	const char *word;
	struct buf *out;
	size_t points;
};

static bool
fail(const struct shape *shape, const char *why)
{
	snprintf(shape->use->why, sizeof(shape->use->why), "%s", why);
	return false;
}

static bool
add_point(struct shape *shape, double x, double y)
{
	struct buf *b = shape->out;

	if (!isfinite(x) || !isfinite(y))
		return fail(shape, "it is empty");
	buf_add(b, shape->points++ ? STR(",(") : STR("("));
	b->n += num_put_f64(buf_reserve(b, NUM_MAX), x);
	buf_addc(b, ',');
	b->n += num_put_f64(buf_reserve(b, NUM_MAX), y);
	buf_addc(b, ')');
	return true;
}

/* --- WKB ---------------------------------------------------------------------------------- */

struct wkb {
	struct str rest;
	bool little;
};

/* So many bytes as a number; they are there. */
static uint64_t
take_bytes(struct wkb *w, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)w->rest.p[w->little ? n - 1 - i : i];
	w->rest = str_of(w->rest.p + n, w->rest.n - n);
	return v;
}

static double
take_double(struct wkb *w)
{
	uint64_t bits = take_bytes(w, sizeof(bits));
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static bool
read_wkb(struct shape *shape, struct str bytes)
{
	struct wkb w = { .rest = bytes };
	uint32_t type;
	uint64_t n = 1;

	if (bytes.n < 5 || (unsigned char)bytes.p[0] > 1)
		return fail(shape, "it is no WKB");
	w.little = take_bytes(&w, 1);
	type = (uint32_t)take_bytes(&w, 4);
	if (type & EWKB_SRID) {
		if (w.rest.n < 4)
			return fail(shape, "it is cut");
		if (take_bytes(&w, 4))
			return fail(shape, "its SRID would be lost");
	}
	if ((type & ~EWKB_SRID) != shape->type)
		return fail(shape, "it is another shape, or has Z or M");
	if (type == WKB_LINESTRING || shape->type == WKB_LINESTRING) {
		if (w.rest.n < 4)
			return fail(shape, "it is cut");
		n = take_bytes(&w, 4);
	}
	if (w.rest.n != n * 16)
		return fail(shape, "its length is wrong");
	if (n == 0)
		return fail(shape, "it is empty");
	while (n--) {
		double x = take_double(&w), y = take_double(&w);

		if (!add_point(shape, x, y))
			return false;
	}
	return true;
}

/* --- WKT ---------------------------------------------------------------------------------- */

static bool
take_coordinate(struct str *s, double *v)
{
	struct str number = *s = str_trim(*s);
	size_t n = 0;

	while (n < s->n && s->p[n] && strchr("0123456789+-.eE", s->p[n]))
		n++;
	number.n = n;
	*s = str_of(s->p + n, s->n - n);
	return num_f64(number, v);
}

static bool
read_wkt(struct shape *shape, struct str s)
{
	struct str point, rest;
	bool more = true;
	double x, y;

	s = str_trim(s);
	if (str_starts_nocase(s, STR("SRID=")))
		return fail(shape, "its SRID would be lost");
	if (!str_starts_nocase(s, str_cstr(shape->word)))
		return fail(shape, "it is another shape");
	s = str_of(s.p + strlen(shape->word), s.n - strlen(shape->word));
	s = str_trim(s);
	if (str_eq_nocase(s, STR("EMPTY")))
		return fail(shape, "it is empty");
	if (s.n < 2 || s.p[0] != '(' || s.p[s.n - 1] != ')')
		return fail(shape, "it is another shape, or has Z or M");
	rest = str_of(s.p + 1, s.n - 2);
	while (more) {
		more = str_cut(rest, ',', &point, &rest);
		if (!take_coordinate(&point, &x) || !point.n || point.p[0] != ' ' ||
		    !take_coordinate(&point, &y) || str_trim(point).n)
			return fail(shape, "a point of it is not two numbers");
		if (!add_point(shape, x, y))
			return false;
	}
	return shape->type == WKB_LINESTRING || shape->points == 1;
}

static bool
read_shape(struct shape *shape, struct str value)
{
	struct str bytes;

	if (!use_takes_bytes(shape->use))
		return read_wkt(shape, value);
	return plain_bytes(shape->use, value, &bytes) && read_wkb(shape, bytes);
}

TRANSFORM_CALL(mysql_point)
{
	struct shape shape = { use, WKB_POINT, "POINT", scratch, 0 };

	*out = value;
	scratch->n = 0;
	if (!read_shape(&shape, value))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* A path that is open: its ends are not joined. */
TRANSFORM_CALL(mysql_linestring)
{
	struct shape shape = { use, WKB_LINESTRING, "LINESTRING", scratch, 0 };

	*out = value;
	scratch->n = 0;
	buf_addc(scratch, '[');
	if (!read_shape(&shape, value))
		return TRANSFORM_FAILED;
	buf_addc(scratch, ']');
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* The text that PostGIS itself prints for a geometry, with the bytes in the order that they have. */
TRANSFORM_CALL(ewkb_to_geometry)
{
	struct str digits;

	*out = value;
	if (!use_takes_bytes(use))
		return TRANSFORM_SAME;
	if (value.n < 12 || !str_starts(value, STR("\\x")))
		return TRANSFORM_FAILED;
	digits = str_of(value.p + 2, value.n - 2);
	if (digits.p[0] != '0' || (digits.p[1] != '0' && digits.p[1] != '1'))
		return TRANSFORM_FAILED;
	scratch->n = 0;
	buf_reserve(scratch, digits.n);
	for (size_t i = 0; i < digits.n; i++) {
		char c = digits.p[i];

		scratch->p[i] = c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c;
	}
	scratch->n = digits.n;
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}
