/* Expressions of SQLite in PostgreSQL's words: operators. */
#include "transform/expr.h"

#include "schema/base/prog.h"
#include "schema/pg/quote.h"
#include "transform/expr-value.h"

/* --- columns -------------------------------------------------------------------------------------------------- */

static const struct expr_column *
find_column(const struct translation *t, const struct tree *n)
{
	if (!t->table || (n->qualifier.p && !str_eq_nocase(n->qualifier, t->table->name)))
		return NULL;
	for (size_t i = 0; i < t->table->ncolumns; i++)
		if (str_eq_nocase(t->table->columns[i].from, n->word))
			return &t->table->columns[i];
	return NULL;
}

static bool
is_truth_word(const struct translation *t, const struct tree *n)
{
	return n->kind == TREE_COLUMN && !n->quoted && !find_column(t, n) &&
	    (str_eq_nocase(n->word, STR("TRUE")) || str_eq_nocase(n->word, STR("FALSE")));
}

struct value
value_column(struct translation *t, const struct tree *n)
{
	const struct expr_column *c = find_column(t, n);
	struct buf b = { 0 };
	struct value out;

	if (is_truth_word(t, n)) {
		out = literal_integer(t, str_eq_nocase(n->word, STR("TRUE")));
		out.word = true;
		return out;
	}
	if (!c)
		return value_fail(t, "no column $", str_cstr(show(n->word).text));
	if (c->generated && t->generated)
		return value_fail(t, "column $ is generated itself",
				  str_cstr(show(c->from).text));
	pg_quote_ident(&b, c->to);
	out = value_of(c->class, LEVEL_ATOM, pool_str(t->pool, buf_str(&b)));
	buf_release(&b);
	out.column = c;
	out.collate = c->collate;
	out.natural = c->natural;
	out.unsigned_ = c->natural && c->class == EXPR_INT;
	out.set = c->notnull;
	out.wide = c->type.kind == TYPE_I64;
	out.small = c->type.kind == TYPE_I16;
	out.bound = c->type.kind == TYPE_I16 ? 1 << 15
	    : c->type.kind == TYPE_I32       ? INT4_MAX + 1
					     : NO_BOUND;
	if (c->most && c->most < INT64_MAX)
		out.bound = c->natural ? c->most : c->most + 1;
	return out;
}

/* --- numbers ------------------------------------------------------------------------------------------------- */

static uint64_t
bound_of(char op, uint64_t a, uint64_t b)
{
	if (op == '*')
		return b && a > NO_BOUND / b ? NO_BOUND : a * b;
	return a > NO_BOUND - b ? NO_BOUND : a + b;
}

/* SQLite counts in 64 bits: so does PostgreSQL where 32 are not certain to be enough. */
struct value
value_integers(struct translation *t, char op, struct value a, struct value b)
{
	enum level level = op == '+' || op == '-' ? LEVEL_ADD
	    : op == '&' || op == '|' || op == '#' ? LEVEL_OTHER
						  : LEVEL_MULTIPLY;
	char form[] = "$ ? $";
	struct value out = value_of(EXPR_INT, level, STR_NONE);

	out.bound = op == '+' || op == '-' || op == '*' ? bound_of(op, a.bound, b.bound)
	    : op == '%'                                 ? b.bound
							: NO_BOUND;
	if (op == '/' || op == '&' || op == '|' || op == '#')
		out.bound = a.wide || b.wide ? NO_BOUND : INT4_MAX + 1;
	out.wide = a.wide || b.wide || (out.bound > INT4_MAX && level != LEVEL_OTHER);
	if (!a.wide && !b.wide && (out.wide || (a.small && b.small))) {
		a.text = value_text(t, out.wide ? "$::bigint" : "$::integer",
				    value_at(t, &a, LEVEL_ATOM));
		a.level = LEVEL_ATOM;
	}
	form[2] = op;
	out.text = value_text(t, form, value_at(t, &a, level), value_at(t, &b, level + 1));
	return out;
}

static struct str
double_operand(struct translation *t, const struct value *v, enum level level)
{
	if (v->class == EXPR_DOUBLE && v->literal)
		return value_text(t, "$::double precision", value_at(t, v, LEVEL_ATOM));
	return value_at(t, v, level);
}

/* What may be infinite, or 0: infinity less itself or times 0 is NULL in SQLite, NaN in PostgreSQL. */
static bool
may_be_nan(char op, const struct value *a, const struct value *b)
{
	bool infinite_a = a->class == EXPR_DOUBLE && !a->literal;
	bool infinite_b = b->class == EXPR_DOUBLE && !b->literal;
	bool zero_a = a->literal ? a->zero || (a->class == EXPR_INT && a->integer == 0) : true;
	bool zero_b = b->literal ? b->zero || (b->class == EXPR_INT && b->integer == 0) : true;

	if (op == '*')
		return (infinite_a && zero_b) || (infinite_b && zero_a);
	return (op == '+' || op == '-') && infinite_a && infinite_b;
}

static struct value
doubles(struct translation *t, char op, struct value a, struct value b)
{
	enum level level = op == '+' || op == '-' ? LEVEL_ADD : LEVEL_MULTIPLY;
	char form[] = "$ ? $";
	struct value out = value_of(EXPR_DOUBLE, level, STR_NONE);

	if (a.mixed || b.mixed)
		return value_fail(t, "an integer or a double in $", str_of(&op, 1));
	if (op == '%')
		return value_fail(t, "% of a double");
	form[2] = op;
	out.text =
	    value_text(t, form, double_operand(t, &a, level), double_operand(t, &b, level + 1));
	if (may_be_nan(op, &a, &b)) {
		out.text = value_text(t, "nullif($, 'NaN'::double precision)", out.text);
		out.level = LEVEL_ATOM;
	}
	return out;
}

static bool
is_zero_or_unknown(const struct value *v)
{
	if (!v->literal)
		return true;
	return v->class == EXPR_INT ? v->integer == 0 : v->zero;
}

static struct value
arithmetic(struct translation *t, char op, struct value a, struct value b)
{
	if (a.class == EXPR_BOOL || a.epoch)
		a = value_integer(t, a);
	if (b.class == EXPR_BOOL || b.epoch)
		b = value_integer(t, b);
	if (t->failed)
		return value_fail(t, "");
	if (a.class == EXPR_OTHER || b.class == EXPR_OTHER)
		return value_truth(t, a.class == EXPR_OTHER ? a : b);
	if (a.class == EXPR_NUMERIC || b.class == EXPR_NUMERIC)
		return value_fail(t, "SQLite counts decimals as doubles");
	if ((a.class != EXPR_INT && a.class != EXPR_DOUBLE) ||
	    (b.class != EXPR_INT && b.class != EXPR_DOUBLE))
		return value_fail(t, "$ in $",
				  str_cstr(value_words(
				      a.class == EXPR_INT || a.class == EXPR_DOUBLE ? &b : &a)),
				  str_of(&op, 1));
	if ((op == '/' || op == '%') && is_zero_or_unknown(&b))
		return value_fail(t,
				  op == '/' ? "division may divide by zero"
					    : "a remainder may divide by zero");
	if (a.class == EXPR_INT && b.class == EXPR_INT)
		return value_integers(t, op, a, b);
	if (op == '&' || op == '|')
		return value_fail(t, "bits of a double");
	return doubles(t, op, a, b);
}

static struct value
sign(struct translation *t, const struct tree *n)
{
	const struct tree *of = n->arg[0];
	char op = n->word.p[0];
	struct value v;

	if (op == '-' && (of->kind == TREE_INTEGER || of->kind == TREE_REAL))
		return literal_number(t, of, true);
	v = translate(t, of);
	if (t->failed || op == '+')
		return v;
	if (v.class == EXPR_BOOL || v.epoch)
		v = value_integer(t, v);
	if (v.class == EXPR_OTHER)
		return value_truth(t, v);
	if (v.class != EXPR_INT &&
	    (op == '~' || (v.class != EXPR_DOUBLE && v.class != EXPR_NUMERIC)))
		return value_fail(t, "$ in $", str_cstr(value_words(&v)), n->word);
	if (v.class == EXPR_INT && !v.wide) {
		v.text = value_text(t, "$::bigint", value_at(t, &v, LEVEL_ATOM));
		v.level = LEVEL_ATOM;
		v.wide = true;
	}
	v.text = value_text(t, op == '~' ? "~$" : "-$", double_operand(t, &v, LEVEL_ATOM));
	v.level = op == '~' ? LEVEL_OTHER : LEVEL_SIGN;
	v.bound = op == '~' ? NO_BOUND : v.bound;
	v.literal = false;
	v.column = NULL;
	return v;
}

/* --- operators ----------------------------------------------------------------------------------------------- */

static struct value
logical(struct translation *t, const struct tree *n)
{
	bool and = str_eq_nocase(n->word, STR("AND"));
	enum level level = and? LEVEL_AND : LEVEL_OR;
	struct value a = value_truth(t, translate(t, n->arg[0])), b;

	if (t->failed)
		return a;
	b = value_truth(t, translate(t, n->arg[1]));
	if (t->failed)
		return b;
	return value_of(EXPR_BOOL, level,
			value_text(t, and? "$ AND $" : "$ OR $", value_at(t, &a, level),
				   value_at(t, &b, level)));
}

static struct value
compare(struct translation *t, const struct tree *n, struct str op)
{
	struct value a = translate(t, n->arg[0]), b;
	bool order = op.p[0] == '<' ? !str_eq(op, STR("<>")) : op.p[0] == '>';

	if (t->failed)
		return a;
	b = translate(t, n->arg[1]);
	if (t->failed || !value_comparable(t, &a, &b, order))
		return value_fail(t, "");
	return value_of(EXPR_BOOL, LEVEL_TEST,
			value_text(t, "$ $ $", value_at(t, &a, LEVEL_OTHER), op,
				   value_at(t, &b, LEVEL_OTHER)));
}

static struct value
concat(struct translation *t, const struct tree *n)
{
	struct value a = value_as_text(t, translate(t, n->arg[0])), b;

	if (t->failed)
		return a;
	b = value_as_text(t, translate(t, n->arg[1]));
	if (t->failed)
		return b;
	return value_of(
	    EXPR_TEXT, LEVEL_OTHER,
	    value_text(t, "$ || $", value_at(t, &a, LEVEL_OTHER), value_at(t, &b, LEVEL_ADD)));
}

static struct value
binary(struct translation *t, const struct tree *n)
{
	struct str op = n->word;
	struct value a, b;

	if (str_eq_nocase(op, STR("AND")) || str_eq_nocase(op, STR("OR")))
		return logical(t, n);
	if (str_eq(op, STR("||")))
		return concat(t, n);
	if (str_eq(op, STR("->")) || str_eq(op, STR("->>")))
		return value_fail(t, "JSON operator $", op);
	if (str_eq(op, STR("<<")) || str_eq(op, STR(">>")))
		return value_fail(t, "operator $", op);
	if (str_eq(op, STR("==")))
		return compare(t, n, STR("="));
	if (str_eq(op, STR("!=")))
		return compare(t, n, STR("<>"));
	if (strchr("=<>", op.p[0]))
		return compare(t, n, op);
	a = translate(t, n->arg[0]);
	if (t->failed)
		return a;
	b = translate(t, n->arg[1]);
	return t->failed ? b : arithmetic(t, op.p[0], a, b);
}

/* IS NULL for any value; IS TRUE and IS FALSE, which are truth tests; else IS [NOT] DISTINCT FROM. */
static struct value
is_test(struct translation *t, const struct tree *n)
{
	struct value a = translate(t, n->arg[0]), b;
	struct str not = n->negated ? STR("NOT ") : STR("");

	if (t->failed)
		return a;
	b = translate(t, n->arg[1]);
	if (t->failed)
		return b;
	if (b.class == EXPR_NULL)
		return value_of(
		    EXPR_BOOL, LEVEL_TEST,
		    value_text(t, "$ IS $NULL", value_at(t, &a, LEVEL_OTHER), not ));
	if (b.word && !n->distinct) {
		a = value_truth(t, a);
		if (t->failed)
			return a;
		return value_of(EXPR_BOOL, LEVEL_TEST,
				value_text(t, "$ IS $$", value_at(t, &a, LEVEL_OTHER), not,
					   b.integer ? STR("TRUE") : STR("FALSE")));
	}
	if (!value_comparable(t, &a, &b, false))
		return value_fail(t, "");
	return value_of(EXPR_BOOL, LEVEL_TEST,
			value_text(t, "$ IS $DISTINCT FROM $", value_at(t, &a, LEVEL_OTHER),
				   n->negated ? STR("") : STR("NOT "),
				   value_at(t, &b, LEVEL_OTHER)));
}

static struct value
between(struct translation *t, const struct tree *n)
{
	struct value v[3], low;

	for (int i = 0; i < 3; i++) {
		v[i] = translate(t, n->arg[i]);
		if (t->failed)
			return v[i];
	}
	/* A truth value could become a number for one end and not for the other. */
	if (v[0].class == EXPR_BOOL)
		v[0] = value_integer(t, v[0]);
	low = v[0];
	if (!value_comparable(t, &low, &v[1], true) || !value_comparable(t, &v[0], &v[2], true))
		return value_fail(t, "");
	if (!str_eq(low.text, v[0].text))
		return value_fail(t, "$ between others", str_cstr(value_words(&low)));
	return value_of(
	    EXPR_BOOL, LEVEL_TEST,
	    value_text(t, n->negated ? "$ NOT BETWEEN $ AND $" : "$ BETWEEN $ AND $",
		       value_at(t, &v[0], LEVEL_OTHER), value_at(t, &v[1], LEVEL_OTHER),
		       value_at(t, &v[2], LEVEL_OTHER)));
}

/* A truth value is in a list of 0 and 1 as such, and as a number in any other. */
static bool
only_bits(const struct translation *t, const struct tree *list)
{
	for (; list; list = list->next) {
		bool bit = list->kind == TREE_INTEGER &&
		    (str_eq(list->word, STR("0")) || str_eq(list->word, STR("1")));

		if (!bit && !is_truth_word(t, list) && list->kind != TREE_NULL)
			return false;
	}
	return true;
}

static struct value
in_list(struct translation *t, const struct tree *n)
{
	struct value a = translate(t, n->arg[0]), b, left = { 0 };
	struct buf items = { 0 };

	if (t->failed)
		return a;
	if (!n->list)
		return value_of(EXPR_BOOL, LEVEL_ATOM, n->negated ? STR("true") : STR("false"));
	if (a.class == EXPR_BOOL && !only_bits(t, n->list))
		a = value_integer(t, a);
	for (const struct tree *item = n->list; item && !t->failed; item = item->next) {
		struct str before = left.text;

		b = translate(t, item);
		left = a;
		if (t->failed || !value_comparable(t, &left, &b, false))
			break;
		if (item != n->list && !str_eq(left.text, before))
			value_fail(t, "$ among others", str_cstr(value_words(&a)));
		if (items.n)
			buf_add(&items, STR(", "));
		buf_add(&items, b.text);
	}
	if (t->failed) {
		buf_release(&items);
		return value_fail(t, "");
	}
	a = value_of(EXPR_BOOL, LEVEL_TEST,
		     value_text(t, n->negated ? "$ NOT IN ($)" : "$ IN ($)",
				value_at(t, &left, LEVEL_OTHER), buf_str(&items)));
	buf_release(&items);
	return a;
}

/* COLLATE decides only how texts compare, and here only BINARY does it as PostgreSQL's "C". */
static struct value
collate(struct translation *t, const struct tree *n)
{
	struct value v = translate(t, n->arg[0]);

	if (t->failed)
		return v;
	if (!str_eq_nocase(n->word, STR("BINARY")))
		return value_fail(t, "COLLATE $", str_cstr(show(n->word).text));
	if (v.class == EXPR_TEXT && v.column)
		v.column = NULL;
	return v;
}

static struct value
negation(struct translation *t, const struct tree *n)
{
	struct value v = value_truth(t, translate(t, n->arg[0]));

	if (t->failed)
		return v;
	return value_of(EXPR_BOOL, LEVEL_NOT,
			value_text(t, "NOT $", value_at(t, &v, LEVEL_ATOM)));
}

static struct value
translate_node(struct translation *t, const struct tree *n)
{
	struct value own = t->dialect->node(t, n);

	if (t->failed || own.class != EXPR_FAILED)
		return own;
	switch (n->kind) {
	case TREE_NULL: return value_of(EXPR_NULL, LEVEL_ATOM, STR("NULL"));
	case TREE_INTEGER:
	case TREE_REAL: return literal_number(t, n, false);
	case TREE_TEXT: return literal_text(t, n->word);
	case TREE_BLOB: return literal_blob(t, n->word);
	case TREE_NOW: return value_fail(t, "$", n->word);
	case TREE_COLUMN: return value_column(t, n);
	case TREE_NOT: return negation(t, n);
	case TREE_UNARY: return sign(t, n);
	case TREE_BINARY: return binary(t, n);
	case TREE_IS: return is_test(t, n);
	case TREE_BETWEEN: return between(t, n);
	case TREE_IN: return in_list(t, n);
	case TREE_LIKE: return translate_like(t, n);
	case TREE_CASE: return translate_case(t, n);
	case TREE_CALL: return translate_call(t, n);
	case TREE_CAST: return translate_cast(t, n);
	case TREE_COLLATE: return collate(t, n);
	case TREE_BITS:
	case TREE_INTERVAL: break;
	}
	return value_fail(t, "an unknown kind of expression");
}

static bool
has_column(const struct tree *n)
{
	if (n->kind == TREE_COLUMN)
		return true;
	for (int i = 0; i < 3; i++)
		if (n->arg[i] && has_column(n->arg[i]))
			return true;
	for (const struct tree *item = n->list; item; item = item->next)
		if (has_column(item))
			return true;
	return false;
}

/* Whether it may compare texts. */
static bool
may_compare(const struct tree *n, const struct value *v)
{
	switch (n->kind) {
	case TREE_BINARY: return v->class == EXPR_BOOL;
	case TREE_BETWEEN:
	case TREE_IN:
	case TREE_LIKE:
	case TREE_CASE:
	case TREE_CALL: return true;
	default: return false;
	}
}

/*
 * PostgreSQL computes the constants in a generated column before it knows their collation, and so refuses to compare
 * them there.
 */
struct value
translate(struct translation *t, const struct tree *n)
{
	struct value v;

	if (t->failed)
		return (struct value){ .class = EXPR_FAILED };
	v = translate_node(t, n);
	if (t->failed || !t->generated || !may_compare(n, &v) || has_column(n))
		return v;
	return value_fail(t, "a constant that is computed");
}
