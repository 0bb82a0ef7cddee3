/* What MySQL and MariaDB compare, and how; and what they make of values of several kinds. */
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/pg/quote.h"
#include "transform/expr-mysql.h"

/* --- collations ----------------------------------------------------------------------------------------------- */

/*
 * Collations whose tables keep each ASCII character apart from all others, but letters and [ \ ], which are å ä ö in
 * Swedish; all of them pad with blanks. tests/expressions-mysql.t asks a server about each character.
 */
static const char *const with_marks[] = {
	"utf8mb4_general_ci", "utf8mb3_general_ci", "utf8_general_ci",
	"latin1_swedish_ci",  "latin1_general_ci",  "ascii_general_ci",
};

static const char mixed[] = "two collations";

static bool
ends(struct str s, struct str end)
{
	return s.n >= end.n && str_eq_nocase(str_of(s.p + s.n - end.n, end.n), end);
}

enum mysql_order
mysql_order(struct str collation)
{
	if (ends(collation, STR("_nopad_bin")) || ends(collation, STR("_0900_bin")))
		return ORDER_BYTES;
	if (ends(collation, STR("_bin")))
		return ORDER_PADDED_BYTES;
	for (size_t i = 0; i < sizeof(with_marks) / sizeof(with_marks[0]); i++)
		if (str_eq_nocase(collation, str_cstr(with_marks[i])))
			return ORDER_MARKS;
	return ORDER_TABLE;
}

bool
mysql_only_marks(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c < ' ' || c > '~' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= ']'))
			return false;
	}
	return true;
}

struct str
mysql_collation(struct str a, struct str b)
{
	if (!a.p || !b.p)
		return a.p ? a : b;
	return str_eq_nocase(a, b) ? a : str_cstr(mixed);
}

struct value
mysql_trim(struct translation *t, struct value v)
{
	struct str collate = v.collate;

	if (v.trimmed)
		return v;
	if (v.literal) {
		struct str s = v.string;

		while (s.n && s.p[s.n - 1] == ' ')
			s.n--;
		v = literal_text(t, s);
	} else {
		v = value_of(EXPR_TEXT, LEVEL_ATOM, value_text(t, "rtrim($)", v.text));
	}
	v.collate = collate;
	v.trimmed = true;
	return v;
}

static bool
texts_comparable(struct translation *t, struct value *a, struct value *b, bool order)
{
	struct str by = mysql_collation(a->collate, b->collate);
	enum mysql_order how = by.p ? mysql_order(by) : ORDER_TABLE;

	if (!by.p)
		by = STR("the session's collation");
	if (how == ORDER_TABLE ||
	    (how == ORDER_MARKS && !(a->literal && mysql_only_marks(a->string)) &&
	     !(b->literal && mysql_only_marks(b->string)))) {
		value_fail(t, "texts are compared by $", by);
		return false;
	}
	if (order && how != ORDER_BYTES) {
		value_fail(t, "texts are ordered by $", by);
		return false;
	}
	if (order && !str_starts_nocase(by, STR("utf8"))) {
		value_fail(t, "texts are ordered by their bytes in $", by);
		return false;
	}
	if (order)
		value_bytewise(t, a);
	if (how != ORDER_BYTES) {
		*a = mysql_trim(t, *a);
		*b = mysql_trim(t, *b);
	}
	return !t->failed;
}

/* --- classes -------------------------------------------------------------------------------------------------- */

/* A literal that says a number, compared with one: up to 15 digits are the same as a double. */
static bool
take_number(struct translation *t, struct value *v, const struct value *number)
{
	enum { DIGITS = 15 };
	int whole = 0, scale = 0;
	struct decimal d;
	bool real;

	if (value_is_number(v))
		return true;
	real = v->literal && v->class == EXPR_TEXT && memchr(v->string.p, '.', v->string.n);
	if (v->class != EXPR_TEXT || !v->literal || !num_decimal(v->string, &d) ||
	    v->string.n > DIGITS || v->string.p[0] == '+' || strchr("eE", *v->string.p) ||
	    memchr(v->string.p, 'e', v->string.n) || memchr(v->string.p, 'E', v->string.n) ||
	    (number->class == EXPR_NUMERIC &&
	     (!mysql_digits(number, &whole, &scale) || whole + scale > DIGITS)) ||
	    (number->class == EXPR_INT && real)) {
		value_fail(t, "compares $ with $", str_cstr(value_words(number)),
			   str_cstr(value_words(v)));
		return false;
	}
	*v = mysql_number(t, d.negative ? str_of(v->string.p + 1, v->string.n - 1) : v->string,
			  real, d.negative);
	return !t->failed;
}

/* 0x01 as the number it also is. */
static void
take_hex(struct translation *t, struct value *v, const struct value *other)
{
	int64_t i = 0;

	if (!v->hex || v->string.n > 14 ||
	    (other->class != EXPR_BOOL && other->class != EXPR_INT))
		return;
	for (size_t k = 0; k < v->string.n; k++)
		i = i << 4 | hex_value(v->string.p[k]);
	*v = literal_integer(t, i);
	v->natural = v->set = true;
}

/* In a list PostgreSQL would take literals for real, the type of the column, and that has other values. */
static bool
numbers_comparable(struct translation *t, struct value *a, struct value *b)
{
	if (!take_number(t, a, b) || !take_number(t, b, a))
		return false;
	mysql_double(t, a);
	mysql_double(t, b);
	return true;
}

/* Labels are told apart by the column's collation, so one that is spelt like a label means that and no other. */
static bool
enums_comparable(struct translation *t, const struct value *a, const struct value *b,
		 bool order)
{
	const struct value *label = a->class == EXPR_ENUM ? b : a;
	const struct expr_column *c = (a->class == EXPR_ENUM ? a : b)->column;

	for (size_t i = 0; c && label->literal && !order && i < c->nlabels; i++)
		if (label->class == EXPR_TEXT && str_eq(c->labels[i], label->string))
			return true;
	value_fail(t, "compares an enum with what is none of its labels");
	return false;
}

/* A text as the bytes it has in UTF-8, which are the same everywhere as long as it is ASCII. */
static bool
bytes_comparable(struct translation *t, struct value *v)
{
	struct buf b = { 0 };

	if (v->class == EXPR_BYTES)
		return true;
	for (size_t i = 0; v->class == EXPR_TEXT && v->literal && i < v->string.n; i++) {
		if ((unsigned char)v->string.p[i] >= 0x80)
			v->class = EXPR_OTHER;
		buf_addf(&b, "%02x", (unsigned char)v->string.p[i]);
	}
	if (v->class != EXPR_TEXT || !v->literal)
		value_fail(t, "compares bytes with a text");
	else
		*v = value_of(EXPR_BYTES, LEVEL_ATOM,
			      value_text(t, "'\\x$'::bytea", buf_str(&b)));
	buf_release(&b);
	return !t->failed;
}

static bool
is_moment(const struct value *v)
{
	return v->class == EXPR_DATE || v->class == EXPR_TIME || v->class == EXPR_TIMESTAMP;
}

static bool
moments_comparable(struct translation *t, struct value *a, struct value *b)
{
	if (a->class == EXPR_TEXT && !mysql_moment(t, a, b->class))
		return false;
	if (b->class == EXPR_TEXT && !mysql_moment(t, b, a->class))
		return false;
	if (a->class == b->class || (a->class == EXPR_DATE && b->class == EXPR_TIMESTAMP) ||
	    (b->class == EXPR_DATE && a->class == EXPR_TIMESTAMP))
		return true;
	value_fail(t, "compares $ with $", str_cstr(value_words(a)), str_cstr(value_words(b)));
	return false;
}

bool
mysql_comparable(struct translation *t, struct value *a, struct value *b, bool order)
{
	take_hex(t, a, b);
	take_hex(t, b, a);
	if ((a->class == EXPR_BOOL && value_is_number(b)) ||
	    (b->class == EXPR_BOOL && value_is_number(a)))
		return value_take_bool(t, a, b) && mysql_comparable(t, a, b, order);
	if (value_is_number(a) || value_is_number(b))
		return numbers_comparable(t, a, b);
	if (a->class == EXPR_TEXT && b->class == EXPR_TEXT)
		return texts_comparable(t, a, b, order);
	if (a->class == EXPR_ENUM || b->class == EXPR_ENUM)
		return enums_comparable(t, a, b, order);
	if (a->class == EXPR_BYTES || b->class == EXPR_BYTES)
		return bytes_comparable(t, a) && bytes_comparable(t, b);
	if (is_moment(a) || is_moment(b))
		return moments_comparable(t, a, b);
	if (a->class == b->class && (a->class == EXPR_BOOL || a->class == EXPR_TIMESTAMPTZ))
		return true;
	value_fail(t, "compares $ with $", str_cstr(value_words(a)), str_cstr(value_words(b)));
	return false;
}

/* --- one of several ------------------------------------------------------------------------------------------- */

static void
unify_numbers(struct translation *t, struct value *a, struct value *b)
{
	int whole_a, scale_a, whole_b, scale_b;
	bool sized = mysql_digits(a, &whole_a, &scale_a) && mysql_digits(b, &whole_b, &scale_b);

	a->natural = b->natural = a->natural && b->natural;
	a->year = b->year = a->year && b->year;
	/* Which of them counts as signed is MySQL's affair. */
	a->unsigned_ = b->unsigned_ = a->unsigned_ || b->unsigned_;
	if (a->class == EXPR_INT && b->class == EXPR_INT) {
		a->bound = b->bound = a->bound > b->bound ? a->bound : b->bound;
		a->wide = b->wide = a->wide || b->wide;
		a->small = b->small = a->small && b->small;
	} else if (a->class == EXPR_DOUBLE || b->class == EXPR_DOUBLE) {
		mysql_double(t, a);
		mysql_double(t, b);
		a->class = b->class = EXPR_DOUBLE;
	} else {
		a->class = b->class = EXPR_NUMERIC;
		a->scale = b->scale = !sized ? 0 : scale_a > scale_b ? scale_a : scale_b;
		a->digits = b->digits =
		    !sized ? 0 : (whole_a > whole_b ? whole_a : whole_b) + a->scale;
	}
}

bool
mysql_unify(struct translation *t, struct value *a, struct value *b)
{
	if (a->class == EXPR_BOOL && b->class == EXPR_BOOL)
		return true;
	if (a->class == EXPR_BOOL || b->class == EXPR_BOOL) {
		*a = value_integer(t, *a);
		*b = value_integer(t, *b);
	}
	if (t->failed)
		return false;
	if (value_is_number(a) && value_is_number(b)) {
		unify_numbers(t, a, b);
	} else if (a->class != b->class || a->class == EXPR_ENUM || a->class == EXPR_JSON) {
		value_fail(t, "$ or $", str_cstr(value_words(a)), str_cstr(value_words(b)));
	} else {
		a->collate = b->collate = mysql_collation(a->collate, b->collate);
		a->trimmed = b->trimmed = a->trimmed && b->trimmed;
		a->seconds = b->seconds = a->seconds > b->seconds ? a->seconds : b->seconds;
		a->length = b->length = a->length == b->length ? a->length : 0;
	}
	return !t->failed;
}
