/* Defaults of MySQL's and MariaDB's columns: a literal as rows(5) has it, or an expression. */
#include "schema/mysql/default.h"
#include "schema/array.h"
#include "schema/base/num.h"
#include "schema/escape.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct str
skip(struct str s, size_t n)
{
	return str_of(s.p + n, s.n - n);
}

/* How many digits s begins with. */
static size_t
count_digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

/* --- values of each type ---------------------------------------------------------------------------- */

static bool
put_integer(struct buf *b, struct str s)
{
	uint64_t u;
	int64_t i;

	if (num_u64(s, &u))
		b->n += num_put_u64(buf_reserve(b, NUM_MAX), u);
	else if (num_i64(s, &i))
		b->n += num_put_i64(buf_reserve(b, NUM_MAX), i);
	else
		return false;
	return true;
}

/* Without the zeros that ZEROFILL puts before it. */
static bool
put_decimal(struct buf *b, struct str s)
{
	bool negative = str_starts(s, STR("-"));
	struct str digits = negative ? skip(s, 1) : s;
	size_t whole = count_digits(digits), zeros = 0;

	if (!whole)
		return false;
	if (whole < digits.n &&
	    (digits.p[whole] != '.' ||
	     whole + 1 + count_digits(skip(digits, whole + 1)) != digits.n ||
	     whole + 1 == digits.n))
		return false;
	while (zeros + 1 < whole && digits.p[zeros] == '0')
		zeros++;
	if (negative)
		buf_addc(b, '-');
	buf_add(b, skip(digits, zeros));
	return true;
}

static bool
put_float(struct buf *b, enum type_kind kind, struct str s)
{
	double d;
	float f;

	if (kind == TYPE_F32 && num_f32(s, &f))
		b->n += num_put_f32(buf_reserve(b, NUM_MAX), f);
	else if (kind == TYPE_F64 && num_f64(s, &d))
		b->n += num_put_f64(buf_reserve(b, NUM_MAX), d);
	else
		return false;
	return true;
}

/* b'101' in a column of six bits is 000101. */
static bool
put_bits(struct buf *b, const struct type *type, struct str s)
{
	size_t width = (size_t)type->precision;
	struct str bits;

	if (s.n < 3 || !str_starts(s, STR("b'")) || s.p[s.n - 1] != '\'')
		return false;
	bits = str_of(s.p + 2, s.n - 3);
	for (size_t i = 0; i < bits.n; i++)
		if (bits.p[i] != '0' && bits.p[i] != '1')
			return false;
	if (bits.n > width)
		return false;
	for (size_t i = bits.n; i < width; i++)
		buf_addc(b, '0');
	buf_add(b, bits);
	return true;
}

static bool
put_bytes(struct buf *b, struct str s)
{
	static const char digits[] = "0123456789abcdef";

	buf_add(b, STR("\\\\x"));
	for (size_t i = 0; i < s.n; i++) {
		buf_addc(b, digits[(unsigned char)s.p[i] >> 4]);
		buf_addc(b, digits[s.p[i] & 15]);
	}
	return true;
}

/* Whether s looks like pattern, in which 0 stands for a digit. */
static bool
looks_like(struct str s, const char *pattern)
{
	if (s.n != strlen(pattern))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (pattern[i] == '0' ? !is_digit(s.p[i]) : s.p[i] != pattern[i])
			return false;
	return true;
}

/* .f with at most so many digits, or nothing. */
static bool
is_fraction(struct str s, const struct type *type)
{
	return s.n == 0 ||
	    (s.p[0] == '.' && s.n > 1 && s.n - 1 <= (size_t)type->precision &&
	     count_digits(skip(s, 1)) == s.n - 1);
}

/* A time may have a sign and three digits of hours; dates may be zero. A rule decides what becomes of them. */
static bool
put_time(struct buf *b, const struct type *type, struct str s)
{
	struct str rest = str_starts(s, STR("-")) ? skip(s, 1) : s;
	size_t hours = count_digits(rest);

	if (hours < 2 || hours > 3 || rest.n < hours + 6 ||
	    !looks_like(str_of(rest.p + hours, 6), ":00:00") ||
	    !is_fraction(skip(rest, hours + 6), type))
		return false;
	buf_add(b, s);
	return true;
}

static bool
put_timestamp(struct buf *b, const struct type *type, struct str s)
{
	enum { SECONDS = sizeof("0000-00-00 00:00:00") - 1 };

	if (s.n < SECONDS || !looks_like(str_of(s.p, SECONDS), "0000-00-00 00:00:00") ||
	    !is_fraction(skip(s, SECONDS), type))
		return false;
	buf_add(b, s);
	if (type->kind == TYPE_TIMESTAMPTZ)
		buf_add(b, STR("+00"));
	return true;
}

static bool
put_date(struct buf *b, struct str s)
{
	if (!looks_like(s, "0000-00-00"))
		return false;
	buf_add(b, s);
	return true;
}

static bool
put_text(struct buf *b, struct str s)
{
	escape_add(b, s);
	return true;
}

static bool
put_uuid(struct buf *b, struct str s)
{
	if (s.n != 36)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		buf_addc(b, c >= 'A' && c <= 'F' ? (char)(c | 0x20) : c);
	}
	return true;
}

/* Labels of a set never hold a comma. */
static bool
put_set(struct buf *b, struct str s)
{
	struct buf array = { 0 };

	array_add_split(&array, s, ',');
	escape_add(b, buf_str(&array));
	buf_release(&array);
	return true;
}

bool
mysql_default_put(struct buf *b, const struct type *type, struct str s)
{
	switch (type->kind) {
	case TYPE_I8:
	case TYPE_I16:
	case TYPE_I32:
	case TYPE_I64:
	case TYPE_U8:
	case TYPE_U16:
	case TYPE_U32:
	case TYPE_U64:
	case TYPE_YEAR: return put_integer(b, s);
	case TYPE_DECIMAL: return put_decimal(b, s);
	case TYPE_F32:
	case TYPE_F64: return put_float(b, type->kind, s);
	case TYPE_BIT: return put_bits(b, type, s);
	case TYPE_DATE: return put_date(b, s);
	case TYPE_TIME: return put_time(b, type, s);
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ: return put_timestamp(b, type, s);
	case TYPE_BINARY:
	case TYPE_VARBINARY:
	case TYPE_BYTES: return put_bytes(b, s);
	case TYPE_UUID: return put_uuid(b, s);
	case TYPE_SET: return put_set(b, s);
	case TYPE_CHAR:
	case TYPE_VARCHAR:
	case TYPE_TEXT:
	case TYPE_JSON:
	case TYPE_ENUM:
	case TYPE_INET: return put_text(b, s);
	default: return false;
	}
}

/* --- literals of SQL -------------------------------------------------------------------------------- */

/* Appends what a text in single quotes stands for. False when s is anything else. */
static bool
unquote(struct buf *b, struct str s)
{
	/* Behind a backslash these stand for others, % and _ for themselves with it, the rest for themselves. */
	static const char names[] = "0bnrtZ", bytes[] = "\0\b\n\r\t\x1a";

	if (s.n < 2 || s.p[0] != '\'')
		return false;
	for (size_t i = 1; i < s.n; i++) {
		char c = s.p[i];
		const char *name;

		if (c == '\'' && i + 1 == s.n)
			return true;
		if ((c != '\'' && c != '\\') || i + 1 == s.n) {
			buf_addc(b, c);
			continue;
		}
		i++;
		if (c == '\'' && s.p[i] != '\'')
			return false;
		if (c == '\\' && (s.p[i] == '%' || s.p[i] == '_'))
			buf_addc(b, '\\');
		name = c == '\\' ? memchr(names, s.p[i], sizeof(names) - 1) : NULL;
		buf_addc(b, name ? bytes[name - names] : s.p[i]);
	}
	return false;
}

/* Of X'00ff' and 0x00ff. */
static bool
unhex(struct buf *b, struct str s)
{
	struct str digits;

	if (str_starts(s, STR("0x")))
		digits = skip(s, 2);
	else if (s.n >= 3 && str_starts_nocase(s, STR("x'")) && s.p[s.n - 1] == '\'')
		digits = str_of(s.p + 2, s.n - 3);
	else
		return false;
	return hex_decode(b, digits);
}

/* MySQL 8 puts the character set before texts: _utf8mb4'x'. What we read is in utf8mb4 whatever it says. */
static struct str
skip_introducer(struct str s)
{
	size_t i = 1;

	if (!str_starts(s, STR("_")))
		return s;
	while (i < s.n &&
	       (is_digit(s.p[i]) || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z')))
		i++;
	return i < s.n && s.p[i] == '\'' ? skip(s, i) : s;
}

static bool
is_binary(const struct type *type)
{
	return type->kind == TYPE_BINARY || type->kind == TYPE_VARBINARY ||
	    type->kind == TYPE_BYTES;
}

/* The type of a column that a number alone can be the default of, as its own literal. */
static bool
takes_number(const struct type *type)
{
	return (type->kind >= TYPE_I8 && type->kind <= TYPE_F64) || type->kind == TYPE_BIT;
}

static bool
put_sql(struct buf *b, const struct type *type, struct str s)
{
	struct buf value = { 0 };
	bool good;

	buf_reserve(&value, 1); /* the empty text is bytes too, of no length */
	if (unquote(&value, skip_introducer(s)) ||
	    (value.n = 0, is_binary(type) && unhex(&value, s)))
		good = mysql_default_put(b, type, buf_str(&value));
	else
		good = takes_number(type) && mysql_default_put(b, type, s);
	buf_release(&value);
	return good;
}

/* MySQL 8 shows the value of a binary column as 0x00ff, servers before as the bytes. */
static bool
put_value(struct buf *b, const struct type *type, struct str s)
{
	struct buf value = { 0 };
	bool good;

	if (is_binary(type) && str_starts(s, STR("0x")) && unhex(&value, s))
		good = mysql_default_put(b, type, buf_str(&value));
	else
		good = mysql_default_put(b, type, s);
	buf_release(&value);
	return good;
}

void
mysql_add_expression(struct buf *b, struct str s)
{
	static const struct str now = { "current_timestamp", sizeof("current_timestamp") - 1 };
	struct str rest;

	if (!str_starts_nocase(s, now)) {
		buf_add(b, s);
		return;
	}
	rest = skip(s, now.n);
	if (rest.n && !str_eq(rest, STR("()")) && !looks_like(rest, "(0)")) {
		buf_add(b, s);
		return;
	}
	buf_add(b, STR("CURRENT_TIMESTAMP"));
	if (rest.n > 2)
		buf_add(b, rest);
}

bool
mysql_default_set(struct schema *schema, struct node *column, struct str text,
		  enum mysql_default_form form)
{
	struct type type = type_of(column->arg[1], false);
	bool sql = form == MYSQL_DEFAULT_SQL, literal;
	struct buf b = { 0 };

	if (!text.p || (sql && str_eq_nocase(text, STR("NULL"))))
		return false;
	buf_reserve(&b, 1); /* an empty text is a value, not a bare word */
	literal = sql ? put_sql(&b, &type, text) : put_value(&b, &type, text);
	if (!literal) {
		b.n = 0;
		mysql_add_expression(&b, text);
	}
	node_set(schema, column, literal ? ATTR_DEFAULT : ATTR_DEFEXPR, buf_str(&b));
	buf_release(&b);
	return literal;
}
