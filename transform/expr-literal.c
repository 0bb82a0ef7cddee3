/* Literals of SQLite in PostgreSQL's words (https://sqlite.org/lang_expr.html, section 3). */
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/base/utf8.h"
#include "schema/pg/quote.h"
#include "transform/expr-value.h"

struct value
literal_integer(struct translation *t, int64_t v)
{
	struct value out = value_of(EXPR_INT, v < 0 ? LEVEL_SIGN : LEVEL_ATOM, STR_NONE);
	struct buf b = { 0 };

	b.n = num_put_i64(buf_reserve(&b, NUM_MAX), v);
	out.text = pool_str(t->pool, buf_str(&b));
	buf_release(&b);
	/* PostgreSQL takes the digits before the sign, and they do not fit. */
	if (v == INT64_MIN) {
		out.text = STR("'-9223372036854775808'::bigint");
		out.level = LEVEL_ATOM;
	}
	out.literal = true;
	out.integer = v;
	out.bound = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	out.wide = out.bound > INT4_MAX;
	return out;
}

static bool
hex_integer(struct str s, uint64_t *out)
{
	*out = 0;
	if (s.n > 18 || !str_starts_nocase(s, STR("0x")))
		return false;
	for (size_t i = 2; i < s.n; i++)
		*out = *out << 4 | (unsigned)hex_value(s.p[i]);
	return true;
}

/*
 * With up to 15 digits a decimal and the double nearest to it are in the same order to all other doubles, as their
 * shortest texts are in PostgreSQL.
 */
static struct value
literal_real(struct translation *t, struct str digits, bool negative)
{
	enum { DIGITS = 15, EXPONENT = 290 };
	struct value out = value_of(EXPR_DOUBLE, negative ? LEVEL_SIGN : LEVEL_ATOM, STR_NONE);
	struct buf b = { 0 };
	struct decimal d;

	/* .5 and 5. are no spellings of num_decimal(), but they are of both databases. */
	if (digits.p[0] == '.')
		buf_addc(&b, '0');
	buf_add(&b, digits);
	if (digits.p[digits.n - 1] == '.')
		buf_addc(&b, '0');
	digits = pool_str(t->pool, buf_str(&b));
	buf_release(&b);
	if (!num_decimal(digits, &d) || d.precision > DIGITS || d.exponent > EXPONENT ||
	    d.exponent < -EXPONENT)
		return value_fail(t, "the number $ has too many digits",
				  str_cstr(show(digits).text));
	out.text = negative ? value_text(t, "-$", digits) : digits;
	out.literal = true;
	out.zero = d.precision == 0;
	return out;
}

struct value
literal_number(struct translation *t, const struct tree *n, bool negative)
{
	struct str digits = n->word;
	uint64_t v;
	int64_t i;

	if (n->kind == TREE_REAL)
		return literal_real(t, digits, negative);
	if (str_starts_nocase(digits, STR("0x"))) {
		if (!hex_integer(digits, &v) || v > INT64_MAX)
			return value_fail(t, "the number $", str_cstr(show(digits).text));
		return literal_integer(t, negative ? -(int64_t)v : (int64_t)v);
	}
	if (!num_i64(negative ? value_text(t, "-$", digits) : digits, &i))
		return value_fail(t, "the integer $ is a double to SQLite",
				  str_cstr(show(digits).text));
	return literal_integer(t, i);
}

struct value
literal_text(struct translation *t, struct str s)
{
	struct value out = value_of(EXPR_TEXT, LEVEL_ATOM, STR_NONE);
	struct buf b = { 0 };

	if (utf8_valid(s) != s.n || (s.n && memchr(s.p, '\0', s.n)))
		return value_fail(t, "a text that is no UTF-8");
	pg_quote_literal(&b, s);
	out.text = pool_str(t->pool, buf_str(&b));
	buf_release(&b);
	out.literal = true;
	out.string = s;
	return out;
}

struct value
literal_blob(struct translation *t, struct str s)
{
	return value_of(EXPR_BYTES, LEVEL_ATOM,
			value_text(t, "'\\x$'::bytea", str_of(s.p + 2, s.n - 3)));
}
