/* Expressions behind USING: forms that are no calls, for they choose what is evaluated, or give names to values. */
#include "transform/using-compile.h"

/* --- branches ------------------------------------------------------------------------------ */

static void
land(struct compiling *c, size_t step)
{
	c->u->steps[step].n = (uint32_t)c->u->nsteps;
}

static bool
same_type(struct type a, struct type b)
{
	return a.kind == b.kind && a.array == b.array && a.precision == b.precision &&
	    a.scale == b.scale;
}

static struct sort
either(struct sort a, struct sort b)
{
	struct sort s = { a.kinds | b.kinds, a.type };

	if (!(a.kinds & KIND_TEXT))
		s.type = b.type;
	else if ((b.kinds & KIND_TEXT) && !same_type(a.type, b.type))
		s.type = compile_text;
	return s;
}

/* The last of them is the value; nil when there are none. */
static int
compile_body(struct compiling *c, const struct form *body, const struct form *whole,
	     struct sort *sort)
{
	if (!body) {
		compile_constant(c, (struct value){ .kind = KIND_NIL }, whole, sort);
		return 0;
	}
	for (; body; body = body->next) {
		if (compile_form(c, body, sort) < 0)
			return -1;
		if (body->next) {
			compile_emit(c, STEP_POP, 0, body);
			compile_pushed(c, -1);
		}
	}
	return 0;
}

static bool
negates(const struct form *f)
{
	return form_is(f->child, "unless") || form_is(f->child, "when-not") ||
	    form_is(f->child, "if-not");
}

/* A test, then one of two branches; then and otherwise are lists of forms, one long for if. */
static int
compile_branches(struct compiling *c, const struct form *f, const struct form *test,
		 const struct form *then, const struct form *otherwise, struct sort *sort)
{
	bool swap = negates(f);
	struct sort a, b;
	size_t jump, end;

	if (compile_form(c, test, &a) < 0)
		return -1;
	jump = compile_emit(c, STEP_JUMP_FALSE, 0, f);
	compile_pushed(c, -1);
	if (compile_body(c, swap ? otherwise : then, f, &a) < 0)
		return -1;
	end = compile_emit(c, STEP_JUMP, 0, f);
	compile_pushed(c, -1);
	land(c, jump);
	if (compile_body(c, swap ? then : otherwise, f, &b) < 0)
		return -1;
	land(c, end);
	*sort = either(a, b);
	return 0;
}

static int
compile_if(struct compiling *c, const struct form *f, struct sort *sort)
{
	const struct form *test = f->child->next;
	size_t n = form_count(f);
	struct form then, otherwise;

	if (n < 3 || n > 4)
		return compile_fail(c, f,
				    "a test, a value and perhaps another value belong to it");
	then = *test->next;
	then.next = NULL;
	otherwise = n == 4 ? *test->next->next : then;
	return compile_branches(c, f, test, &then, n == 4 ? &otherwise : NULL, sort);
}

static int
compile_when(struct compiling *c, const struct form *f, struct sort *sort)
{
	const struct form *test = f->child->next;

	if (!test)
		return compile_fail(c, f, "a test belongs to it");
	return compile_branches(c, f, test, test->next, NULL, sort);
}

/* Behind each clause a jump to the end; they are a chain through their n until that is known. */
static void
land_all(struct compiling *c, size_t chain)
{
	while (chain) {
		size_t before = c->u->steps[chain - 1].n;

		land(c, chain - 1);
		chain = before;
	}
}

/* (cond (test form…)…), or test and form in turn in Clojure. */
static int
compile_cond(struct compiling *c, const struct form *f, struct sort *sort)
{
	bool clojure = c->u->language == USING_CLOJURE;
	struct sort one;
	size_t chain = 0, jump;

	*sort = (struct sort){ 0, compile_text };
	for (const struct form *clause = f->child->next; clause; clause = clause->next) {
		const struct form *test = clojure ? clause : clause->child, *body;
		struct form single;

		if (!clojure && (clause->kind != FORM_LIST || !test))
			return compile_fail(c, clause, "a clause of cond is (test form ...)");
		if (clojure && !clause->next)
			return compile_fail(c, f, "behind each test of cond stands a value");
		if (compile_form(c, test, &one) < 0)
			return -1;
		if (!clojure && !test->next) {
			/* The test is the value. */
			jump = compile_emit(c, STEP_JUMP_TRUE_KEEP, chain, f);
			chain = jump + 1;
			compile_pushed(c, -1);
			one.kinds &= ~(unsigned)(KIND_NIL | KIND_FALSE);
			*sort = either(*sort, one);
			continue;
		}
		jump = compile_emit(c, STEP_JUMP_FALSE, 0, f);
		compile_pushed(c, -1);
		single = clojure ? *clause->next : *test->next;
		if (clojure)
			single.next = NULL;
		body = clojure ? &single : test->next;
		if (compile_body(c, body, f, &one) < 0)
			return -1;
		*sort = either(*sort, one);
		chain = compile_emit(c, STEP_JUMP, chain, f) + 1;
		compile_pushed(c, -1);
		land(c, jump);
		if (clojure)
			clause = clause->next;
	}
	compile_constant(c, (struct value){ .kind = KIND_NIL }, f, &one);
	land_all(c, chain);
	*sort = either(*sort, one);
	return 0;
}

static int
compile_and_or(struct compiling *c, const struct form *f, struct sort *sort)
{
	bool and = form_is(f->child, "and");
	const struct form *part = f->child->next;
	const unsigned falsy = KIND_NIL | KIND_FALSE;
	size_t chain = 0;
	struct sort one;

	if (!part) {
		compile_constant(c, (struct value){ .kind = and? KIND_TRUE : KIND_NIL }, f,
				 sort);
		return 0;
	}
	*sort = (struct sort){ 0, compile_text };
	for (; part; part = part->next) {
		if (compile_form(c, part, &one) < 0)
			return -1;
		if (part->next) {
			one.kinds &= and? falsy : ~falsy;
			chain = compile_emit(c, and? STEP_JUMP_FALSE_KEEP : STEP_JUMP_TRUE_KEEP,
					     chain, f) +
			    1;
			compile_pushed(c, -1);
		}
		*sort = either(*sort, one);
	}
	land_all(c, chain);
	return 0;
}

/* --- names --------------------------------------------------------------------------------- */

static struct local *
add_local(struct compiling *c, const struct form *name)
{
	struct local *l = pool_get(c->pool, sizeof(*l));

	l->name = name->text;
	l->exact = name->exact;
	l->n = c->nlocals++;
	l->outer = c->locals;
	c->locals = l;
	return l;
}

static bool
may_be_name(const struct compiling *c, const struct form *f)
{
	if (!f || f->kind != FORM_SYMBOL || f->text.n == 0)
		return false;
	if (form_is(f, "nil") || form_is(f, "&rest") || form_is(f, "&"))
		return false;
	return c->u->language == USING_CLOJURE
	    ? !str_eq(f->text, STR("true")) && !str_eq(f->text, STR("false"))
	    : !form_is(f, "t");
}

static int
bind(struct compiling *c, const struct form *name, const struct form *init, bool hidden,
     const struct form *whole)
{
	struct sort sort;
	struct local *l;

	if (!may_be_name(c, name))
		return compile_fail(c, name ? name : whole, "no name for a variable");
	if (init ? compile_form(c, init, &sort) < 0 : compile_body(c, NULL, whole, &sort) < 0)
		return -1;
	l = add_local(c, name);
	l->hidden = hidden;
	l->sort = sort;
	compile_emit(c, STEP_SET, l->n, name);
	compile_pushed(c, -1);
	return 0;
}

/* ((a x) b …) of Lisp. */
static int
bind_lisp(struct compiling *c, const struct form *f, const struct form *names, bool hidden)
{
	for (const struct form *b = names->child; b; b = b->next) {
		bool pair = b->kind == FORM_LIST;

		if (pair && (form_count(b) < 1 || form_count(b) > 2))
			return compile_fail(c, b, "a variable and its value are (name form)");
		if (bind(c, pair ? b->child : b, pair ? b->child->next : NULL, hidden, f) < 0)
			return -1;
	}
	return 0;
}

/* [a x b y] of Clojure. */
static int
bind_clojure(struct compiling *c, const struct form *f, const struct form *names)
{
	for (const struct form *b = names->child; b; b = b->next->next) {
		if (!b->next)
			return compile_fail(c, names, "a variable without its value");
		if (bind(c, b, b->next, false, f) < 0)
			return -1;
	}
	return 0;
}

static int
compile_let(struct compiling *c, const struct form *f, struct sort *sort)
{
	bool clojure = c->u->language == USING_CLOJURE;
	const struct form *names = f->child->next;
	struct local *outer = c->locals;
	bool hidden = !clojure && form_is(f->child, "let");
	bool none = names && !clojure && form_is(names, "nil");
	int result;

	if (!none && (!names || names->kind != (clojure ? FORM_VECTOR : FORM_LIST)))
		return compile_fail(c, f,
				    clojure ? "[name form ...] belongs to it"
					    : "((name form) ...) belongs to it");
	if (none)
		result = 0;
	else
		result = clojure ? bind_clojure(c, f, names) : bind_lisp(c, f, names, hidden);
	for (struct local *l = c->locals; l != outer; l = l->outer)
		l->hidden = false;
	if (result == 0)
		result = compile_body(c, names->next, f, sort);
	c->locals = outer;
	return result;
}

/* (fn [v] form…), (lambda (v) form…): of the column's own value, and only around all else. */
static int
compile_fn(struct compiling *c, const struct form *f, struct sort *sort)
{
	const struct form *names = f->child->next;
	struct local *l;

	if (f != c->whole)
		return compile_fail(c, f, "a function can only be the whole expression");
	if (!names || names->kind != (form_is(f->child, "fn") ? FORM_VECTOR : FORM_LIST) ||
	    form_count(names) != 1 || !may_be_name(c, names->child))
		return compile_fail(c, f, "it takes one value, that of the column");
	if (c->scope && c->scope->own < 0)
		return compile_fail(c, f, "the column has no value of its own to give it");
	l = add_local(c, names->child);
	l->field = true;
	l->n = c->scope ? (size_t)c->scope->own : 0;
	return compile_body(c, names->next, f, sort);
}

static int
compile_progn(struct compiling *c, const struct form *f, struct sort *sort)
{
	return compile_body(c, f->child->next, f, sort);
}

/* --- all of them --------------------------------------------------------------------------- */

special_form *
special_find(enum using_language language, const struct form *head)
{
	static const struct {
		const char *name;
		unsigned languages;
		special_form *compile;
	} all[] = {
		{ "and", 3, compile_and_or },
		{ "cond", 3, compile_cond },
		{ "concatenate", 1, compile_concatenate },
		{ "do", 2, compile_progn },
		{ "fn", 2, compile_fn },
		{ "format", 3, compile_format },
		{ "if", 3, compile_if },
		{ "if-not", 2, compile_if },
		{ "lambda", 1, compile_fn },
		{ "let", 3, compile_let },
		{ "let*", 1, compile_let },
		{ "or", 3, compile_and_or },
		{ "progn", 1, compile_progn },
		{ "unless", 1, compile_when },
		{ "when", 3, compile_when },
		{ "when-not", 2, compile_when },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if ((all[i].languages & (1u << language)) && form_is(head, all[i].name))
			return all[i].compile;
	return NULL;
}
