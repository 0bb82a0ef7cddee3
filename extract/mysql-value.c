/* The values of MySQL and MariaDB as fields of rows(5). */
#include <stdio.h>

#include "extract/mysql-value.h"
#include "schema/array.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"

/* Values up to here are copied in one go, which needs room for them in the output's buffer. */
enum { SHORT = 16 * 1024, HEX_PIECE = 16 * 1024 };

/* --- what the servers' own forms are ---------------------------------------------------------------- */

/*
 * The internal form of a geometry is four bytes of SRID, lowest first, and WKB (MySQL 8.0 Reference Manual, "Supported Spatial
 * Data Formats"). WKB begins with a byte for the order of bytes and four for the type.
 */
enum { SRID_BYTES = 4, WKB_HEAD = 5, POINT_BYTES = SRID_BYTES + WKB_HEAD + 16 };

static inline uint32_t
little32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The first coordinate of a point, which is a double, bit for bit. */
static inline double
point_x(struct str v)
{
	const unsigned char *p = (const unsigned char *)v.p + SRID_BYTES + WKB_HEAD;
	uint64_t bits = little32(p) | (uint64_t)little32(p + 4) << 32;
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

static inline bool
is_point(struct str v)
{
	return v.n == POINT_BYTES && v.p[SRID_BYTES] == 1 && v.p[SRID_BYTES + 1] == 1;
}

/* Behind the zeros that ZEROFILL put before a number, but for one that is all there is of its whole part. */
static inline struct str
without_zeros(struct str v)
{
	while (v.n > 1 && v.p[0] == '0' && v.p[1] >= '0' && v.p[1] <= '9')
		v = str_of(v.p + 1, v.n - 1);
	return v;
}

/* --- writing ---------------------------------------------------------------------------------------- */

/* Numbers, dates and times: what the server prints is what rows(5) wants. */
static bool
put_plain(struct output *out, const struct value_column *c, struct str v)
{
	if (c->padded)
		v = without_zeros(v);
	if (v.n > SHORT || escape_copy(output_reserve(out, v.n), v))
		return false;
	output_added(out, v.n);
	if (c->zone)
		output_add(out, STR("+00"));
	return true;
}

/* 0000 is the year 0 of all types that can be, and old servers may hold years of two digits, 1970 to 2069. */
static bool
put_year(struct output *out, const struct value_column *c, struct str v)
{
	uint64_t year;

	(void)c;
	if (!num_u64(v, &year) || v.n > 4)
		return false;
	if (v.n <= 2)
		year += year < 70 ? 2000 : 1900;
	output_added(out, num_put_u64(output_reserve(out, NUM_MAX), year));
	return true;
}

static bool
put_text(struct output *out, const struct value_column *c, struct str v)
{
	unsigned found = ESCAPE_NEEDED | ESCAPE_HIGH;

	(void)c;
	if (v.n <= SHORT)
		found = escape_copy(output_reserve(out, v.n), v);
	if ((found & ESCAPE_HIGH) && utf8_valid(v) != v.n)
		return false;
	if (found & ESCAPE_NEEDED)
		escape_write(out, v, true);
	else
		output_added(out, v.n);
	return true;
}

static bool
put_f32_point(struct output *out, const struct value_column *c, struct str v)
{
	(void)c;
	if (!is_point(v))
		return false;
	/* The server made a double of the float: nothing is lost on the way back. */
	output_added(out, num_put_f32(output_reserve(out, NUM_MAX), (float)point_x(v)));
	return true;
}

static bool
put_f64_point(struct output *out, const struct value_column *c, struct str v)
{
	(void)c;
	if (!is_point(v))
		return false;
	output_added(out, num_put_f64(output_reserve(out, NUM_MAX), point_x(v)));
	return true;
}

/* The servers print 17 digits, or fewer that read back the same. */
static bool
put_f64_text(struct output *out, const struct value_column *c, struct str v)
{
	double x;

	(void)c;
	if (!num_f64(v, &x))
		return false;
	output_added(out, num_put_f64(output_reserve(out, NUM_MAX), x));
	return true;
}

static void
put_hex(struct output *out, const char *p, size_t left)
{
	while (left) {
		size_t n = left < HEX_PIECE ? left : HEX_PIECE;

		hex_put(output_reserve(out, 2 * n), (const unsigned char *)p, n);
		output_added(out, 2 * n);
		p += n;
		left -= n;
	}
}

static void
put_bytes_of(struct output *out, struct str v)
{
	output_add(out, STR("\\\\x"));
	put_hex(out, v.p, v.n);
}

static bool
put_bytes(struct output *out, const struct value_column *c, struct str v)
{
	(void)c;
	put_bytes_of(out, v);
	return true;
}

/* The bytes are the number, highest first. */
static bool
put_bits(struct output *out, const struct value_column *c, struct str v)
{
	size_t n = (size_t)c->type.precision;
	char *d = output_reserve(out, n);

	if (v.n != (n + 7) / 8)
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t bit = n - 1 - i;
		unsigned char byte = (unsigned char)v.p[v.n - 1 - bit / 8];

		d[i] = (char)('0' + (byte >> bit % 8 & 1));
	}
	output_added(out, n);
	return true;
}

/*
 * EWKB is WKB with a bit in the type that says that an SRID follows it; geometries within a geometry have none of their own
 * (PostGIS, "doc/ZMSgeoms.txt"). Without an SRID it is WKB.
 */
static bool
put_geometry(struct output *out, const struct value_column *c, struct str v)
{
	enum { BIG = 0, LITTLE = 1, HAS_SRID = 0x20 };
	const char *wkb = v.p + SRID_BYTES;
	char head[WKB_HEAD + SRID_BYTES];
	bool little;

	(void)c;
	if (v.n < SRID_BYTES + WKB_HEAD || (wkb[0] != BIG && wkb[0] != LITTLE))
		return false;
	output_add(out, STR("\\\\x"));
	if (little32((const unsigned char *)v.p) == 0) {
		put_hex(out, wkb, v.n - SRID_BYTES);
		return true;
	}
	little = wkb[0] == LITTLE;
	memcpy(head, wkb, WKB_HEAD);
	head[little ? 4 : 1] = (char)(head[little ? 4 : 1] | HAS_SRID);
	for (size_t i = 0; i < SRID_BYTES; i++)
		head[WKB_HEAD + i] = v.p[little ? i : SRID_BYTES - 1 - i];
	put_hex(out, head, sizeof(head));
	put_hex(out, wkb + WKB_HEAD, v.n - SRID_BYTES - WKB_HEAD);
	return true;
}

static void
put_label(struct output *out, struct str label)
{
	if (!array_quotes(label)) {
		escape_write(out, label, false);
		return;
	}
	output_addc(out, '"');
	for (size_t i = 0; i < label.n; i++) {
		if (label.p[i] == '"' || label.p[i] == '\\')
			escape_write(out, STR("\\"), false);
		escape_write(out, str_of(label.p + i, 1), false);
	}
	output_addc(out, '"');
}

/* Labels have no commas. */
static bool
put_set(struct output *out, const struct value_column *c, struct str v)
{
	bool more = v.n > 0;
	struct str label;

	(void)c;
	if (utf8_valid(v) != v.n)
		return false;
	output_addc(out, '{');
	while (more) {
		more = str_cut(v, ',', &label, &v);
		put_label(out, label);
		if (more)
			output_addc(out, ',');
	}
	output_addc(out, '}');
	return true;
}

/* --- columns ---------------------------------------------------------------------------------------- */

static value_put *const puts_of[] = {
	[TYPE_I8] = put_plain,          [TYPE_I16] = put_plain,
	[TYPE_I32] = put_plain,         [TYPE_I64] = put_plain,
	[TYPE_U8] = put_plain,          [TYPE_U16] = put_plain,
	[TYPE_U32] = put_plain,         [TYPE_U64] = put_plain,
	[TYPE_YEAR] = put_year,         [TYPE_DECIMAL] = put_plain,
	[TYPE_F32] = put_f32_point,     [TYPE_F64] = put_f64_point,
	[TYPE_CHAR] = put_text,         [TYPE_VARCHAR] = put_text,
	[TYPE_TEXT] = put_text,         [TYPE_BINARY] = put_bytes,
	[TYPE_VARBINARY] = put_bytes,   [TYPE_BYTES] = put_bytes,
	[TYPE_DATE] = put_plain,        [TYPE_TIME] = put_plain,
	[TYPE_TIMESTAMP] = put_plain,   [TYPE_TIMESTAMPTZ] = put_plain,
	[TYPE_BIT] = put_bits,          [TYPE_UUID] = put_text,
	[TYPE_INET] = put_text,         [TYPE_JSON] = put_text,
	[TYPE_ENUM] = put_text,         [TYPE_SET] = put_set,
	[TYPE_GEOMETRY] = put_geometry, [TYPE_OTHER] = put_text,
};

bool
mysql_value_init(struct value_column *c, struct str type_text, bool point, bool zerofill)
{
	if (!type_parse(type_text, &c->type) || c->type.array ||
	    (size_t)c->type.kind >= sizeof(puts_of) / sizeof(puts_of[0]))
		return false;
	c->type_text = type_text;
	c->put = puts_of[c->type.kind];
	if (c->type.kind == TYPE_F64 && !point)
		c->put = put_f64_text;
	c->padded = zerofill;
	c->zone = c->type.kind == TYPE_TIMESTAMPTZ;
	return c->put != NULL;
}

/* Takes the mark from before a text that the server could not convert; false when there is none. */
static bool
take_mark(const struct value_column *c, struct str *v)
{
	if (!c->converted.p || !v->n || (unsigned char)v->p[0] != MYSQL_UNCONVERTED)
		return false;
	*v = str_of(v->p + 1, v->n - 1);
	return true;
}

bool
mysql_value_check(const struct value_column *c, struct str v, struct value_fault *fault)
{
	size_t valid;
	double x;

	fault->code = "misfit";
	if (c->put == put_text || c->put == put_set) {
		valid = utf8_valid(v);
		fault->code = "encoding";
		snprintf(fault->text, sizeof(fault->text), "invalid UTF-8 at byte %zu", valid);
		if (take_mark(c, &v)) {
			snprintf(fault->text, sizeof(fault->text),
				 "no text of character set %.*s", (int)c->converted.n,
				 c->converted.p);
			return false;
		}
		return valid == v.n;
	}
	snprintf(fault->text, sizeof(fault->text), "none that the server should send");
	if (c->put == put_plain) {
		for (size_t i = 0; i < v.n; i++)
			if ((unsigned char)v.p[i] < 0x20 || (unsigned char)v.p[i] >= 0x80 ||
			    v.p[i] == '\\')
				return false;
		return v.n <= SHORT && !(v.n && v.p[0] == '#');
	}
	if (c->put == put_f32_point || c->put == put_f64_point)
		return is_point(v);
	if (c->put == put_f64_text)
		return num_f64(v, &x);
	if (c->put == put_bits)
		return v.n == ((size_t)c->type.precision + 7) / 8;
	if (c->put == put_year) {
		uint64_t year;

		return v.n <= 4 && num_u64(v, &year);
	}
	if (c->put == put_geometry) {
		snprintf(fault->text, sizeof(fault->text), "no geometry");
		return v.n >= SRID_BYTES + WKB_HEAD && (unsigned char)v.p[SRID_BYTES] <= 1;
	}
	return true;
}

void
mysql_value_hex(struct output *out, const struct value_column *c, struct str v)
{
	take_mark(c, &v);
	put_bytes_of(out, v);
}

void
mysql_value_show(struct buf *b, const struct value_column *c, struct str v)
{
	enum { SHOWN_BYTES = 16 };
	bool marked = take_mark(c, &v);
	size_t shown = v.n < SHOWN_BYTES ? v.n : SHOWN_BYTES;

	if (!marked && utf8_valid(v) == v.n) {
		buf_add(b, str_cstr(show(v).text));
		return;
	}
	buf_add(b, STR("x'"));
	hex_put(buf_reserve(b, 2 * shown), (const unsigned char *)v.p, shown);
	b->n += 2 * shown;
	if (v.n > shown)
		buf_addf(b, "…' of %zu bytes", v.n);
	else
		buf_addc(b, '\'');
}
