/*
 * Cast rules: conditions on precision and scale. They are read in Lisp's order, (and (= 1 precision)
 * (< scale 3)), or in the common one, precision = 1 and scale < 3, the two mixed as one likes; and
 * become code for a machine with a stack. Nothing here calls itself, so the depth of parentheses is
 * bounded by the size of the file alone.
 */
#include "schema/base/num.h"
#include "transform/rules-parse.h"

/* The code: one byte each, and behind a comparison its two operands. */
enum op { OP_EQ = 'a', OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_AND, OP_OR, OP_NOT };

/* One byte each; behind a number its eight bytes. */
enum operand_kind { OPERAND_NUMBER = 'k', OPERAND_PRECISION, OPERAND_SCALE };

struct operand {
	enum operand_kind kind;
	int64_t number;
};

/* What is open: bytes on a stack, as there is nothing more to know of any of them. */
enum open {
	OPEN_PAREN = 'A',
	OPEN_AND, /* between two */
	OPEN_OR,
	OPEN_NOT,
	OPEN_LISP_AND, /* (and, before its first operand */
	OPEN_LISP_OR,
	OPEN_LISP_AND_MORE, /* (and with one behind it */
	OPEN_LISP_OR_MORE,
};

struct condition {
	struct parsing *p;
	struct buf *code;
	struct buf open;
};

static char
top(const struct condition *c)
{
	return c->open.n ? c->open.p[c->open.n - 1] : '\0';
}

/* --- comparisons -------------------------------------------------------------------------- */

static const struct {
	const char *text; /* longer ones before their beginnings */
	enum op op;
} operators[] = {
	{ "<=", OP_LE }, { "<>", OP_NE }, { "<", OP_LT },  { ">=", OP_GE },
	{ ">", OP_GT },  { "/=", OP_NE }, { "!=", OP_NE }, { "=", OP_EQ },
};

/* The operator at a token; 0 when there is none. *two: it is two tokens long. */
static enum op
operator_at(const struct token *t, const struct token *ahead, bool *two)
{
	bool pair = ahead->kind == TOKEN_PUNCT && !ahead->spaced;

	*two = false;
	if (t->kind != TOKEN_PUNCT)
		return 0;
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		const char *text = operators[i].text;

		if (text[0] != t->raw.p[0])
			continue;
		*two = text[1] != '\0';
		if (!*two || (pair && ahead->raw.p[0] == text[1]))
			return operators[i].op;
	}
	return 0;
}

static enum op
take_operator(struct parsing *p)
{
	bool two;
	enum op op = operator_at(&p->token, &p->ahead, &two);

	if (op)
		lex_advance(p);
	if (op && two)
		lex_advance(p);
	return op;
}

static bool
at_operand(const struct parsing *p)
{
	return lex_at_number(p) || lex_is(&p->token, "precision") || lex_is(&p->token, "scale");
}

static int
take_operand(struct parsing *p, struct operand *out)
{
	struct token begin = p->token;
	struct str text;

	*out = (struct operand){ .kind = OPERAND_NUMBER };
	if (lex_take(p, "precision")) {
		out->kind = OPERAND_PRECISION;
	} else if (lex_take(p, "scale")) {
		out->kind = OPERAND_SCALE;
	} else if (lex_at_number(p)) {
		if (lex_take_number(p, &text) < 0)
			return -1;
		if (!num_i64(text, &out->number))
			return lex_fail(p, &begin, "expected an integer of 64 bits");
	} else {
		return lex_expected(p, "precision, scale or a number");
	}
	return 0;
}

static void
emit_operand(struct buf *code, struct operand o)
{
	buf_addc(code, (char)o.kind);
	if (o.kind == OPERAND_NUMBER)
		buf_add(code, str_of((const char *)&o.number, sizeof(o.number)));
}

static void
emit_comparison(struct buf *code, enum op op, struct operand left, struct operand right)
{
	buf_addc(code, (char)op);
	emit_operand(code, left);
	emit_operand(code, right);
}

/* precision < 9 */
static int
parse_infix(struct condition *c)
{
	struct operand left, right;
	enum op op;

	if (take_operand(c->p, &left) < 0)
		return -1;
	op = take_operator(c->p);
	if (!op)
		return lex_expected(c->p, "a comparison: = /= < <= > >=");
	if (take_operand(c->p, &right) < 0)
		return -1;
	emit_comparison(c->code, op, left, right);
	return 0;
}

/* Behind the '(' of (< 1 precision 9): each holds with the one behind it. */
static int
parse_lisp(struct condition *c)
{
	enum op op = take_operator(c->p);
	struct operand left, right;
	size_t count = 0;

	if (take_operand(c->p, &left) < 0)
		return -1;
	do {
		if (take_operand(c->p, &right) < 0)
			return -1;
		emit_comparison(c->code, op, left, right);
		if (count++)
			buf_addc(c->code, OP_AND);
		left = right;
	} while (op != OP_NE && at_operand(c->p));
	return lex_take_punct(c->p, ')') ? 0 : lex_expected(c->p, "')'");
}

/* --- conditions --------------------------------------------------------------------------- */

/*
 * What may begin a condition, until one comparison is complete. Returns 1 then, 0 when more is
 * open, or -1.
 */
static int
parse_begin(struct condition *c)
{
	struct parsing *p = c->p;
	char open = top(c);
	bool two;

	if (lex_take_punct(p, '(')) {
		if (operator_at(&p->token, &p->ahead, &two))
			return parse_lisp(c) < 0 ? -1 : 1;
		buf_addc(&c->open,
			 lex_take(p, "and")      ? OPEN_LISP_AND
			     : lex_take(p, "or") ? OPEN_LISP_OR
						 : OPEN_PAREN);
		return 0;
	}
	if (open >= OPEN_LISP_AND)
		return lex_expected(p,
				    "'(': (and …) and (or …) take conditions in parentheses");
	if (lex_take(p, "not")) {
		buf_addc(&c->open, OPEN_NOT);
		return 0;
	}
	if (!at_operand(p))
		return lex_expected(p, "'(', not, precision, scale or a number");
	return parse_infix(c) < 0 ? -1 : 1;
}

static void
close_while(struct condition *c, char a, char b)
{
	while (top(c) && (top(c) == a || top(c) == b)) {
		char open = top(c);

		c->open.n--;
		buf_addc(c->code,
			 open == OPEN_NOT       ? OP_NOT
			     : open == OPEN_AND ? OP_AND
						: OP_OR);
	}
}

/* Behind a complete condition within Lisp's and, or: another one, or its end. */
static int
parse_lisp_next(struct condition *c)
{
	char *open = &c->open.p[c->open.n - 1];
	bool is_and = *open == OPEN_LISP_AND || *open == OPEN_LISP_AND_MORE;

	if (*open >= OPEN_LISP_AND_MORE)
		buf_addc(c->code, is_and ? OP_AND : OP_OR);
	*open = is_and ? OPEN_LISP_AND_MORE : OPEN_LISP_OR_MORE;
	if (lex_take_punct(c->p, ')')) {
		c->open.n--;
		return 1;
	}
	if (!lex_is_punct(&c->p->token, '('))
		return lex_expected(c->p, "'(' or ')'");
	return 0;
}

/*
 * Behind a complete condition. Returns 1 when the one around it is complete with it, 0 when another
 * has to begin, or -1.
 */
static int
parse_next(struct condition *c)
{
	struct parsing *p = c->p;

	close_while(c, OPEN_NOT, OPEN_NOT);
	if (c->open.n == 0)
		return 1;
	if (top(c) >= OPEN_LISP_AND)
		return parse_lisp_next(c);
	if (lex_take(p, "and")) {
		close_while(c, OPEN_AND, OPEN_AND);
		buf_addc(&c->open, OPEN_AND);
		return 0;
	}
	if (lex_take(p, "or")) {
		close_while(c, OPEN_AND, OPEN_OR);
		buf_addc(&c->open, OPEN_OR);
		return 0;
	}
	if (!lex_take_punct(p, ')'))
		return lex_expected(p, "and, or or ')'");
	close_while(c, OPEN_AND, OPEN_OR);
	c->open.n--; /* what is left is the parenthesis */
	return 1;
}

int
rule_parse_condition(struct parsing *p, struct buf *code)
{
	struct condition c = { .p = p, .code = code };
	bool another = code->n > 0;
	int result;

	do {
		while ((result = parse_begin(&c)) == 0)
			;
		do
			result = result < 0 ? -1 : parse_next(&c);
		while (result > 0 && c.open.n > 0);
	} while (result == 0);
	if (another)
		buf_addc(code, OP_AND);
	buf_release(&c.open);
	return result < 0 || p->failed ? -1 : 0;
}

/* --- what it comes to --------------------------------------------------------------------- */

static bool
operand_value(const char **at, const struct condition_facts *f, int64_t *value)
{
	switch (*(*at)++) {
	case OPERAND_NUMBER:
		memcpy(value, *at, sizeof(*value));
		*at += sizeof(*value);
		return true;
	case OPERAND_PRECISION: *value = f->precision; return f->has_precision;
	default: *value = f->scale; return f->has_scale;
	}
}

static bool
compare(char op, const char **at, const struct condition_facts *f)
{
	int64_t left, right;
	bool known = operand_value(at, f, &left);

	known = operand_value(at, f, &right) && known;
	if (!known)
		return false;
	switch (op) {
	case OP_EQ: return left == right;
	case OP_NE: return left != right;
	case OP_LT: return left < right;
	case OP_LE: return left <= right;
	case OP_GT: return left > right;
	default: return left >= right;
	}
}

bool
condition_holds(struct str code, const struct condition_facts *f, struct buf *stack)
{
	const char *at = code.p, *end = code.p + code.n;

	stack->n = 0;
	while (at < end) {
		char op = *at++;

		switch (op) {
		case OP_NOT: stack->p[stack->n - 1] ^= 1; break;
		case OP_AND:
			stack->n--;
			stack->p[stack->n - 1] &= stack->p[stack->n];
			break;
		case OP_OR:
			stack->n--;
			stack->p[stack->n - 1] |= stack->p[stack->n];
			break;
		default: buf_addc(stack, compare(op, &at, f)); break;
		}
	}
	return stack->n == 1 && stack->p[0];
}
