/* The values of an SQLite table as fields of rows(5). */
#include <math.h>
#include <stdio.h>

#include "extract/sqlite-value.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/sqlite/sqlite.h"

/* What fits output_reserve() in one piece, with room for what is put around it. */
enum { SHORT = 16 * 1024, HEX_PIECE = 16 * 1024 };

/* The integers up to here are doubles, all of them. */
#define EXACT_MAX (INT64_C(1) << 53)

static bool
refuse(struct value_writer *w, const char *code, const char *rule_to, const char *what)
{
	w->code = code;
	snprintf(w->fault, sizeof(w->fault), "%s", what);
	w->rule_to = rule_to;
	w->counts = NULL;
	return false;
}

/* By class alone: a text column takes every class but a blob. */
static bool
refuse_class(struct value_writer *w, int class)
{
	return refuse(w, "misfit", class == SQLITE_BLOB ? "bytea" : "text", "");
}

/* The shortest text of v that no integer has, at d (NUM_MAX + 2 bytes); returns the length. */
static size_t
real_text(char *d, double v)
{
	size_t n = num_put_f64(d, v);

	if (!isfinite(v) || memchr(d, '.', n) || memchr(d, 'e', n))
		return n;
	memcpy(d + n, ".0", 2);
	return n + 2;
}

static bool
put_integer(struct value_writer *w, sqlite3_value *v)
{
	output_added(&w->out,
		     num_put_i64(output_reserve(&w->out, NUM_MAX), sqlite3_value_int64(v)));
	return true;
}

static bool
put_real(struct value_writer *w, sqlite3_value *v)
{
	output_added(&w->out,
		     num_put_f64(output_reserve(&w->out, NUM_MAX), sqlite3_value_double(v)));
	return true;
}

/* A REAL among texts stays one: 12.0 is not 12. */
static bool
put_real_text(struct value_writer *w, sqlite3_value *v)
{
	char *d = output_reserve(&w->out, NUM_MAX + 2);

	output_added(&w->out, real_text(d, sqlite3_value_double(v)));
	return true;
}

/* The first unit of a surrogate pair that is none; n when all are whole. */
static size_t
utf16_valid(const uint16_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if ((p[i] & 0xf800) != 0xd800)
			continue;
		if ((p[i] & 0x0400) || i + 1 == n || (p[i + 1] & 0xfc00) != 0xdc00)
			return i;
		i++;
	}
	return n;
}

/*
 * The text of a value of class SQLITE_TEXT. SQLite makes something of half a surrogate pair
 * when it converts UTF-16, so that is looked for first.
 */
static bool
take_text(struct value_writer *w, sqlite3_value *v, struct str *s)
{
	if (w->utf16) {
		size_t n = (size_t)sqlite3_value_bytes16(v) / 2, valid;
		const uint16_t *units = sqlite3_value_text16(v);

		valid = units ? utf16_valid(units, n) : 0;
		if (valid < n) {
			snprintf(w->fault, sizeof(w->fault),
				 "invalid UTF-16 at byte %zu: half a surrogate pair",
				 2 * valid);
			w->code = "encoding";
			w->rule_to = w->counts = NULL;
			w->raw = true;
			return false;
		}
	}
	s->p = (const char *)sqlite3_value_text(v);
	s->n = (size_t)sqlite3_value_bytes(v);
	if (!s->p)
		die(STATUS_BAD, "out of memory");
	return true;
}

static bool
text_valid(struct value_writer *w, struct str s)
{
	size_t valid = utf8_valid(s);
	const char *zero;

	if (valid < s.n) {
		snprintf(w->fault, sizeof(w->fault), "invalid UTF-8 at byte %zu: \\x%02x",
			 valid, (unsigned)(unsigned char)s.p[valid]);
		w->code = "encoding";
		w->rule_to = "bytea";
		w->counts = NULL;
		return false;
	}
	zero = s.n ? memchr(s.p, 0, s.n) : NULL;
	if (zero) {
		snprintf(w->fault, sizeof(w->fault),
			 "a zero byte at byte %zu, which PostgreSQL's text cannot hold",
			 (size_t)(zero - s.p));
		w->code = "zero-byte";
		w->rule_to = "bytea";
		w->counts = NULL;
		return false;
	}
	return true;
}

static bool
put_text(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	struct str s;

	switch (class) {
	case SQLITE_TEXT: break;
	case SQLITE_INTEGER: return put_integer(w, v);
	case SQLITE_FLOAT:
		if (c->type.kind == TYPE_JSON && !isfinite(sqlite3_value_double(v)))
			return refuse(w, "misfit", "text", "no JSON has it");
		return put_real_text(w, v);
	default: return refuse_class(w, class);
	}
	if (!take_text(w, v, &s))
		return false;
	if (s.n <= SHORT && escape_copy(output_reserve(&w->out, s.n), s) == 0) {
		output_added(&w->out, s.n);
		return true;
	}
	if (!text_valid(w, s))
		return false;
	escape_write(&w->out, s, true);
	return true;
}

static bool
put_i64(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	int64_t n;

	if (class != SQLITE_INTEGER)
		return refuse_class(w, class);
	n = sqlite3_value_int64(v);
	if (n < c->min || n > c->max)
		return refuse(w, "range", "bigint", "out of its range");
	return put_integer(w, v);
}

static bool
put_bool(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	struct str s;
	char word = 0;

	(void)c;
	if (class == SQLITE_INTEGER) {
		int64_t n = sqlite3_value_int64(v);

		if (n != 0 && n != 1)
			return refuse(w, "misfit", "bigint", "");
		word = n ? 't' : 'f';
	} else if (class == SQLITE_TEXT) {
		if (!take_text(w, v, &s))
			return false;
		word = text_bool(s);
	}
	if (!word)
		return refuse_class(w, class);
	output_addc(&w->out, word);
	return true;
}

static bool
put_f64(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	(void)c;
	if (class == SQLITE_FLOAT)
		return put_real(w, v);
	if (class != SQLITE_INTEGER)
		return refuse_class(w, class);
	if (sqlite3_value_int64(v) > EXACT_MAX || sqlite3_value_int64(v) < -EXACT_MAX)
		return refuse(w, "precision", "numeric", "more digits than a double holds");
	return put_integer(w, v);
}

static bool
put_decimal(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	const char *fault;
	struct str s;

	(void)c;
	if (class == SQLITE_INTEGER)
		return put_integer(w, v);
	if (class == SQLITE_FLOAT)
		return put_real(w, v);
	if (class != SQLITE_TEXT)
		return refuse_class(w, class);
	if (!take_text(w, v, &s))
		return false;
	fault = text_decimal(s);
	if (fault)
		return refuse(w, "misfit", "text", "");
	output_add(&w->out, s);
	return true;
}

static void
put_hex(struct value_writer *w, const unsigned char *p, size_t left)
{
	output_add(&w->out, STR("\\\\x"));
	while (left) {
		size_t n = left < HEX_PIECE ? left : HEX_PIECE;

		hex_put(output_reserve(&w->out, 2 * n), p, n);
		output_added(&w->out, 2 * n);
		p += n;
		left -= n;
	}
}

static bool
put_bytes(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	const unsigned char *p;
	struct str s;

	(void)c;
	if (class == SQLITE_BLOB) {
		p = sqlite3_value_blob(v); /* NULL when empty */
		s.n = (size_t)sqlite3_value_bytes(v);
		if (!p && s.n)
			die(STATUS_BAD, "out of memory");
	} else if (class == SQLITE_TEXT) {
		if (!take_text(w, v, &s))
			return false;
		p = (const unsigned char *)s.p;
	} else {
		return refuse(w, "misfit", "text", "");
	}
	put_hex(w, p, s.n);
	return true;
}

/*
 * Which transform a number in a column of dates may be meant for. Only for a message: the sizes
 * at which one unit is likelier than the next are a guess.
 */
static const char *
counts(sqlite3_value *v)
{
	static const struct {
		double below;
		const char *transform;
	} units[] = {
		{ 1e11, "epoch-to-timestamp" },
		{ 1e14, "epoch-ms-to-timestamp" },
		{ 1e17, "epoch-us-to-timestamp" },
		{ 1e19, "epoch-ns-to-timestamp" },
	};
	double number = sqlite3_value_double(v);
	size_t i = 0;

	/* Julian days of the years 1 to 9999. */
	if (sqlite3_value_type(v) == SQLITE_FLOAT && number >= 1721425.5 && number < 5373484.5)
		return "julian-to-timestamp";
	while (i < sizeof(units) / sizeof(units[0]) && !(fabs(number) < units[i].below))
		i++;
	return i < sizeof(units) / sizeof(units[0]) ? units[i].transform : NULL;
}

/* Texts of one form; what is no text needs a rule that says what the number counts. */
static bool
put_formed(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class)
{
	enum { LONGEST = 64 };
	const char *fault;
	struct str s;
	char *d;

	if (class != SQLITE_TEXT) {
		refuse_class(w, class);
		if (class != SQLITE_BLOB &&
		    (c->type.kind == TYPE_DATE || c->type.kind == TYPE_TIMESTAMP))
			w->counts = counts(v);
		return false;
	}
	if (!take_text(w, v, &s))
		return false;
	switch (c->type.kind) {
	case TYPE_DATE: fault = text_date(s); break;
	case TYPE_TIME: fault = text_time(s, c->type.precision); break;
	case TYPE_TIMESTAMP: fault = text_timestamp(s, c->type.precision); break;
	default: fault = text_uuid(s); break;
	}
	if (fault)
		return refuse(w, "misfit", "text", fault);
	d = output_reserve(&w->out, LONGEST);
	switch (c->type.kind) {
	case TYPE_DATE:
		memcpy(d, s.p, s.n);
		output_added(&w->out, s.n);
		break;
	case TYPE_TIME: output_added(&w->out, text_put_time(d, s)); break;
	case TYPE_TIMESTAMP: output_added(&w->out, text_put_timestamp(d, s)); break;
	default: output_added(&w->out, text_put_uuid(d, s)); break;
	}
	return true;
}

static const struct kind {
	value_put *put;
	const char *words;
	int64_t min, max;
} kinds[] = {
	[TYPE_BOOL] = { put_bool, "a boolean", 0, 0 },
	[TYPE_I8] = { put_i64, "an 8-bit integer", INT8_MIN, INT8_MAX },
	[TYPE_I16] = { put_i64, "a 16-bit integer", INT16_MIN, INT16_MAX },
	[TYPE_I32] = { put_i64, "a 32-bit integer", INT32_MIN, INT32_MAX },
	[TYPE_I64] = { put_i64, "an integer", INT64_MIN, INT64_MAX },
	[TYPE_U8] = { put_i64, "an unsigned 8-bit integer", 0, UINT8_MAX },
	[TYPE_U16] = { put_i64, "an unsigned 16-bit integer", 0, UINT16_MAX },
	[TYPE_U32] = { put_i64, "an unsigned 32-bit integer", 0, UINT32_MAX },
	[TYPE_U64] = { put_i64, "an unsigned integer", 0, INT64_MAX },
	[TYPE_DECIMAL] = { put_decimal, "a decimal", 0, 0 },
	[TYPE_F64] = { put_f64, "a float", 0, 0 },
	[TYPE_CHAR] = { put_text, "a text", 0, 0 },
	[TYPE_VARCHAR] = { put_text, "a text", 0, 0 },
	[TYPE_TEXT] = { put_text, "a text", 0, 0 },
	[TYPE_XML] = { put_text, "a text", 0, 0 },
	[TYPE_JSON] = { put_text, "a json", 0, 0 },
	[TYPE_OTHER] = { put_text, "a text", 0, 0 },
	[TYPE_BYTES] = { put_bytes, "a bytes", 0, 0 },
	[TYPE_BINARY] = { put_bytes, "a bytes", 0, 0 },
	[TYPE_VARBINARY] = { put_bytes, "a bytes", 0, 0 },
	[TYPE_DATE] = { put_formed, "a date", 0, 0 },
	[TYPE_TIME] = { put_formed, "a time", 0, 0 },
	[TYPE_TIMESTAMP] = { put_formed, "a timestamp", 0, 0 },
	[TYPE_UUID] = { put_formed, "a uuid", 0, 0 },
};

bool
value_column_init(struct value_column *c, struct str type_text)
{
	const struct kind *kind;

	if (!type_parse(type_text, &c->type) || c->type.array ||
	    (size_t)c->type.kind >= sizeof(kinds) / sizeof(kinds[0]))
		return false;
	kind = &kinds[c->type.kind];
	c->type_text = type_text;
	c->put = kind->put;
	c->min = kind->min;
	c->max = kind->max;
	return c->put != NULL;
}

const char *
value_column_words(const struct value_column *c)
{
	return kinds[c->type.kind].words;
}

bool
value_put_as_it_is(struct value_writer *w, sqlite3_value *v, bool raw)
{
	struct str s;

	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER: return put_integer(w, v);
	case SQLITE_FLOAT: return put_real_text(w, v);
	case SQLITE_TEXT:
		if (raw)
			break;
		s.p = (const char *)sqlite3_value_text(v);
		s.n = (size_t)sqlite3_value_bytes(v);
		if (s.p && utf8_valid(s) == s.n) {
			escape_write(&w->out, s, true);
			return true;
		}
		put_hex(w, (const unsigned char *)s.p, s.n);
		return false;
	case SQLITE_BLOB: {
		const unsigned char *p = sqlite3_value_blob(v);

		put_hex(w, p, (size_t)sqlite3_value_bytes(v));
		return false;
	}
	default: output_add(&w->out, STR("\\N")); return true;
	}
	/* In the order in which it has been looked at: text16 before its length. */
	s.p = sqlite3_value_text16(v);
	put_hex(w, (const unsigned char *)s.p, (size_t)sqlite3_value_bytes16(v));
	return false;
}

static void
show_real(struct buf *b, double v)
{
	b->n += real_text(buf_reserve(b, NUM_MAX + 2), v);
}

static void
show_bytes(struct buf *b, const void *p, size_t n)
{
	enum { SHOWN_BYTES = 16 };
	size_t shown = n < SHOWN_BYTES ? n : SHOWN_BYTES;
	char *d;

	buf_add(b, STR("x'"));
	d = buf_reserve(b, 2 * shown);
	b->n += (size_t)(hex_put(d, p, shown) - d);
	if (n > shown)
		buf_addf(b, "…' of %zu bytes", n);
	else
		buf_addc(b, '\'');
}

void
value_show(struct buf *b, sqlite3_value *v, bool raw)
{
	const void *p;

	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		buf_add(b, STR("integer "));
		b->n += num_put_i64(buf_reserve(b, NUM_MAX), sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		buf_add(b, STR("real "));
		show_real(b, sqlite3_value_double(v));
		break;
	case SQLITE_TEXT:
		buf_add(b, STR("text "));
		if (raw) {
			/*
			 * In the order in which it has been looked at: text16 before its
			 * length.
			 */
			p = sqlite3_value_text16(v);
			show_bytes(b, p, (size_t)sqlite3_value_bytes16(v));
		} else {
			p = sqlite3_value_text(v);
			buf_add(
			    b,
			    str_cstr(
				show(str_of(p ? p : "", (size_t)sqlite3_value_bytes(v))).text));
		}
		break;
	case SQLITE_BLOB:
		p = sqlite3_value_blob(v);
		buf_add(b, STR("blob "));
		show_bytes(b, p, (size_t)sqlite3_value_bytes(v));
		break;
	default: buf_add(b, STR("NULL"));
	}
}
