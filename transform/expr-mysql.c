/* What MySQL and MariaDB mean by an expression: literals, columns and numbers. */
#include "transform/expr-mysql.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"

static const struct value none = { .class = EXPR_FAILED };

/* --- literals ------------------------------------------------------------------------------------------------- */

static struct value
integer(struct translation *t, int64_t i)
{
	struct value v = literal_integer(t, i);

	v.natural = i >= 0;
	v.year = i >= 1901 && i <= 2155;
	v.set = true;
	return v;
}

/* Decimals are exact in both databases, and what has an exponent is a double in MySQL. */
static struct value
real(struct translation *t, struct str digits, bool negative)
{
	enum { EXPONENT = 290 };
	struct value out = value_of(EXPR_NUMERIC, negative ? LEVEL_SIGN : LEVEL_ATOM, STR_NONE);
	const char *point = memchr(digits.p, '.', digits.n);
	struct buf b = { 0 };
	struct decimal d;

	/* .5 and 5. are no spellings of num_decimal(), but they are of both databases. */
	if (digits.p[0] == '.')
		buf_addc(&b, '0');
	buf_add(&b, digits);
	if (digits.p[digits.n - 1] == '.')
		buf_addc(&b, '0');
	out.text = pool_str(t->pool, buf_str(&b));
	buf_release(&b);
	if (!num_decimal(out.text, &d))
		return value_fail(t, "the number $", str_cstr(show(digits).text));
	out.literal = out.set = true;
	out.zero = d.precision == 0;
	out.natural = !negative;
	if (negative)
		out.text = value_text(t, "-$", out.text);
	if (memchr(digits.p, 'e', digits.n) || memchr(digits.p, 'E', digits.n)) {
		if (d.exponent > EXPONENT || d.exponent < -EXPONENT || d.precision > 17)
			return value_fail(t, "the number $", str_cstr(show(digits).text));
		out.class = EXPR_DOUBLE;
		out.text = value_text(
		    t, negative ? "($)::double precision" : "$::double precision", out.text);
		out.level = LEVEL_ATOM;
		return out;
	}
	out.scale = point ? (int)(digits.n - 1 - (size_t)(point - digits.p)) : 0;
	out.digits = (int)digits.n - (point != NULL);
	if (digits.n > 66)
		return value_fail(t, "the number $", str_cstr(show(digits).text));
	return out;
}

struct value
mysql_number(struct translation *t, struct str digits, bool is_real, bool negative)
{
	struct value out;
	int64_t i;

	if (num_i64(negative ? value_text(t, "-$", digits) : digits, &i) && !is_real)
		return integer(t, i);
	out = real(t, digits, negative);
	/* Beyond 64 bits with a sign, but an integer still. */
	out.unsigned_ = !is_real;
	return out;
}

static struct value
bits(struct translation *t, struct str digits)
{
	int64_t i = 0;

	if (digits.n > 63)
		return value_fail(t, "bits of $", str_cstr(show(digits).text));
	for (size_t k = 0; k < digits.n; k++)
		i = i << 1 | (digits.p[k] == '1');
	return integer(t, i);
}

static struct value
bytes(struct translation *t, const struct tree *n)
{
	struct value out;

	if (n->word.n % 2 == 0)
		return value_fail(t, "bytes of half a digit");
	out = literal_blob(t, n->word);
	out.literal = out.set = true;
	out.string = str_of(n->word.p + 2, n->word.n - 3);
	out.length = out.string.n / 2;
	out.hex = !n->quoted;
	return out;
}

static struct value
text(struct translation *t, struct str s)
{
	struct value out = literal_text(t, s);

	out.set = true;
	out.trimmed = s.n == 0 || s.p[s.n - 1] != ' ';
	return out;
}

static struct value
column(struct translation *t, const struct tree *n)
{
	struct value v = value_column(t, n);

	if (t->failed || !v.column) {
		v.natural = v.set = true;
		return v;
	}
	if (v.column->nulled && t->generated && !v.column->notnull)
		return value_fail(t, "dates that do not exist became NULL in column $",
				  str_cstr(show(v.column->from).text));
	if (v.column->bit) {
		v.text = value_text(t, "$ = B'1'", v.text);
		v.level = LEVEL_TEST;
		v.column = NULL;
		return v;
	}
	v.trimmed = v.column->trimmed;
	v.length = v.column->length;
	v.single = v.column->type.kind == TYPE_F32;
	if (v.class == EXPR_NUMERIC && v.column->type.precision > 0) {
		v.digits = v.column->type.precision;
		v.scale = v.column->type.scale;
		v.unsigned_ = v.natural && v.scale == 0 && v.digits == 20;
	}
	if (v.class == EXPR_TIME || v.class == EXPR_TIMESTAMP)
		v.seconds = v.column->type.precision < 0 ? 6 : v.column->type.precision;
	return v;
}

/* --- numbers ------------------------------------------------------------------------------------------------- */

bool
mysql_digits(const struct value *v, int *whole, int *scale)
{
	uint64_t bound = v->bound;

	*scale = 0;
	if (v->class == EXPR_INT) {
		for (*whole = 1; bound >= 10; bound /= 10)
			++*whole;
		return true;
	}
	*whole = v->digits - v->scale;
	*scale = v->scale;
	return v->class == EXPR_NUMERIC && v->digits > 0;
}

static struct value
decimals(struct translation *t, char op, struct value a, struct value b)
{
	enum { DIGITS = 65, SCALE = 30 };
	enum level level = op == '+' || op == '-' ? LEVEL_ADD : LEVEL_MULTIPLY;
	struct value out = value_of(EXPR_NUMERIC, level, STR_NONE);
	int whole_a, whole_b, scale_a, scale_b, whole;
	char form[] = "$ ? $";

	if (!mysql_digits(&a, &whole_a, &scale_a) || !mysql_digits(&b, &whole_b, &scale_b))
		return value_fail(t, "decimals of any size in $", str_of(&op, 1));
	out.scale = op == '*' ? scale_a + scale_b : scale_a > scale_b ? scale_a : scale_b;
	whole = op == '*' ? whole_a + whole_b : (whole_a > whole_b ? whole_a : whole_b) + 1;
	out.digits = whole + out.scale;
	if (out.digits > DIGITS || out.scale > SCALE)
		return value_fail(t, "MySQL does not count with so many digits");
	form[2] = op;
	out.text = value_text(t, form, value_at(t, &a, level), value_at(t, &b, level + 1));
	return out;
}

void
mysql_double(struct translation *t, struct value *v)
{
	if (!v->single)
		return;
	v->text = value_text(t, "$::double precision", value_at(t, v, LEVEL_ATOM));
	v->level = LEVEL_ATOM;
	v->single = false;
}

static struct value
doubles(struct translation *t, char op, struct value a, struct value b)
{
	enum level level = op == '+' || op == '-' ? LEVEL_ADD : LEVEL_MULTIPLY;
	char form[] = "$ ? $";

	if (op == '%')
		return value_fail(t, "% of a double");
	form[2] = op;
	mysql_double(t, &a);
	mysql_double(t, &b);
	return value_of(
	    EXPR_DOUBLE, level,
	    value_text(t, form, value_at(t, &a, level), value_at(t, &b, level + 1)));
}

static struct value
bitwise(struct translation *t, char op, struct value a, struct value b)
{
	struct value out;

	if (a.class != EXPR_INT || b.class != EXPR_INT)
		return value_fail(t, "bits of what is no integer");
	/* MySQL's result has no sign. */
	if (!(a.natural && b.natural) && !(op == '&' && (a.natural || b.natural)))
		return value_fail(t, "bits of a negative number");
	out = value_integers(t, op == '^' ? '#' : op, a, b);
	out.natural = out.unsigned_ = true;
	return out;
}

static bool
is_zero_or_unknown(const struct value *v)
{
	if (!v->literal)
		return true;
	return v->class == EXPR_INT ? v->integer == 0 : v->zero;
}

/* In MySQL a number without a sign, in an operation, makes a result without one, and a negative one an error. */
static bool
keeps_sign(struct translation *t, char op, const struct value *a, const struct value *b)
{
	if ((!a->unsigned_ && !b->unsigned_) ||
	    (op != '-' && (a->natural || a->unsigned_) && (b->natural || b->unsigned_)))
		return true;
	value_fail(t, "an integer without a sign in $ may become negative", str_of(&op, 1));
	return false;
}

static struct value
count(struct translation *t, char op, struct value a, struct value b)
{
	struct value out;

	if (a.class == EXPR_DOUBLE || b.class == EXPR_DOUBLE)
		return doubles(t, op, a, b);
	if (!keeps_sign(t, op, &a, &b))
		return none;
	if (a.class == EXPR_NUMERIC || b.class == EXPR_NUMERIC)
		out = decimals(t, op, a, b);
	else
		out = value_integers(t, op, a, b);
	out.unsigned_ = out.class == EXPR_INT && (a.unsigned_ || b.unsigned_);
	out.natural = a.natural && b.natural && op != '-';
	return out;
}

struct value
mysql_arithmetic(struct translation *t, struct str op, struct value a, struct value b)
{
	if (a.class == EXPR_OTHER || b.class == EXPR_OTHER)
		return value_truth(t, a.class == EXPR_OTHER ? a : b);
	if (a.class == EXPR_BOOL)
		a = value_integer(t, a);
	if (b.class == EXPR_BOOL)
		b = value_integer(t, b);
	if (t->failed)
		return none;
	if (!value_is_number(&a) || !value_is_number(&b))
		return value_fail(t, "$ in $",
				  str_cstr(value_words(value_is_number(&a) ? &b : &a)), op);
	if (op.p[0] == '/' && a.class != EXPR_DOUBLE && b.class != EXPR_DOUBLE)
		return value_fail(t, "/ gives as many digits as the session asks for");
	if (strchr("/%D", op.p[0]) && is_zero_or_unknown(&b))
		return value_fail(t,
				  op.p[0] == '%' ? "a remainder may divide by zero"
						 : "division may divide by zero");
	if (op.p[0] == 'D' && (a.class != EXPR_INT || b.class != EXPR_INT))
		return value_fail(t, "DIV of what is no integer");
	if (strchr("&|^", op.p[0]))
		return bitwise(t, op.p[0], a, b);
	return count(t, op.p[0] == 'D' ? '/' : op.p[0], a, b);
}

static struct value
sign(struct translation *t, const struct tree *n)
{
	const struct tree *of = n->arg[0];
	struct value v;

	if (n->word.p[0] == '~')
		return value_fail(t, "operator ~");
	if (n->word.p[0] == '-' && (of->kind == TREE_INTEGER || of->kind == TREE_REAL))
		return mysql_number(t, of->word, of->kind == TREE_REAL, true);
	v = translate(t, of);
	if (t->failed || n->word.p[0] == '+')
		return v;
	if (v.class == EXPR_BOOL)
		v = value_integer(t, v);
	if (!value_known(t, &v))
		return none;
	if (!value_is_number(&v) || (v.unsigned_ && v.class == EXPR_NUMERIC))
		return value_fail(t, "$ in -", str_cstr(value_words(&v)));
	if (v.class == EXPR_INT && !v.wide) {
		v.text = value_text(t, "$::bigint", value_at(t, &v, LEVEL_ATOM));
		v.wide = true;
	}
	v.text = value_text(t, "-$",
			    v.class == EXPR_INT && v.level != LEVEL_ATOM
				? value_text(t, "($)", v.text)
				: value_at(t, &v, LEVEL_ATOM));
	v.level = LEVEL_SIGN;
	v.small = v.natural = v.unsigned_ = v.literal = v.year = false;
	v.column = NULL;
	return v;
}

/* --- operators ----------------------------------------------------------------------------------------------- */

/* Two truth values; or the two operands of <=>. */
static struct value
of_two(struct translation *t, const struct tree *n, bool truth)
{
	struct value a = translate(t, n->arg[0]), b;

	if (t->failed)
		return a;
	b = translate(t, n->arg[1]);
	if (truth && !t->failed) {
		a = value_truth(t, a);
		b = t->failed ? none : value_truth(t, b);
	} else if (!t->failed && b.class == EXPR_NULL) {
		return value_of(EXPR_BOOL, LEVEL_TEST,
				value_text(t, "$ IS NULL", value_at(t, &a, LEVEL_OTHER)));
	}
	if (t->failed || (!truth && !value_comparable(t, &a, &b, false)))
		return none;
	return value_of(EXPR_BOOL, LEVEL_TEST,
			value_text(t, truth ? "$ <> $" : "$ IS NOT DISTINCT FROM $",
				   value_at(t, &a, LEVEL_OTHER), value_at(t, &b, LEVEL_OTHER)));
}

static struct value
binary(struct translation *t, const struct tree *n)
{
	static const char *const counting[] = { "+", "-", "*", "/", "%", "DIV", "&", "|", "^" };
	struct value a, b;

	if (str_eq(n->word, STR("||")))
		return value_fail(t, "|| is OR, or joins texts, as sql_mode says");
	if (str_eq(n->word, STR("XOR")) || str_eq(n->word, STR("<=>")))
		return of_two(t, n, n->word.p[0] == 'X');
	if (n->arg[1]->kind == TREE_INTERVAL || n->arg[0]->kind == TREE_INTERVAL)
		return mysql_interval(t, n);
	for (size_t i = 0; i < sizeof(counting) / sizeof(counting[0]); i++) {
		if (!str_eq(n->word, str_cstr(counting[i])))
			continue;
		a = translate(t, n->arg[0]);
		if (t->failed)
			return a;
		b = translate(t, n->arg[1]);
		return t->failed ? b : mysql_arithmetic(t, n->word, a, b);
	}
	return none;
}

static struct value
collate(struct translation *t, const struct tree *n)
{
	struct value v = translate(t, n->arg[0]);

	if (t->failed || !value_known(t, &v))
		return none;
	if (v.class != EXPR_TEXT)
		return value_fail(t, "COLLATE of $", str_cstr(value_words(&v)));
	v.collate = n->word;
	v.literal = false;
	return v;
}

static struct value
node(struct translation *t, const struct tree *n)
{
	switch (n->kind) {
	case TREE_INTEGER: return mysql_number(t, n->word, false, false);
	case TREE_REAL: return mysql_number(t, n->word, true, false);
	case TREE_BITS: return bits(t, n->word);
	case TREE_BLOB: return bytes(t, n);
	case TREE_TEXT: return text(t, n->word);
	case TREE_COLUMN: return column(t, n);
	case TREE_UNARY: return sign(t, n);
	case TREE_BINARY: return binary(t, n);
	case TREE_COLLATE: return collate(t, n);
	case TREE_LIKE: return mysql_like(t, n);
	case TREE_CAST: return mysql_cast(t, n);
	case TREE_INTERVAL: return value_fail(t, "an interval");
	default: return none;
	}
}

const struct dialect dialect_mysql = {
	.grammar = &grammar_mysql,
	.prepare = mysql_expression,
	.node = node,
	.comparable = mysql_comparable,
	.unify = mysql_unify,
	.stored = mysql_stored,
	.functions = mysql_functions,
};
