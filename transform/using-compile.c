/* Expressions behind USING: from forms to a program. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "transform/using-compile.h"

const struct type compile_text = { .kind = TYPE_TEXT, .precision = -1, .scale = -1 };

int
compile_fail(struct compiling *c, const struct form *f, const char *fmt, ...)
{
	va_list ap;
	char text[300];

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	*c->at = (size_t)(f->raw.p - c->whole->raw.p);
	err_set(c->e, STATUS_USAGE, "%s: %s", show(f->raw).text, text);
	return -1;
}

/* --- steps --------------------------------------------------------------------------------- */

size_t
compile_emit(struct compiling *c, enum step_code code, size_t n, const struct form *f)
{
	struct using *u = c->u;

	if (u->nsteps == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 32;
		u->steps = mem_grow(u->steps, c->cap, sizeof(*u->steps));
	}
	u->steps[u->nsteps] = (struct step){ .code = code, .n = (uint32_t)n, .raw = f->raw };
	return u->nsteps++;
}

void
compile_pushed(struct compiling *c, long n)
{
	c->depth = (size_t)((long)c->depth + n);
	if (c->depth > c->stack)
		c->stack = c->depth;
}

static void
land(struct compiling *c, size_t step)
{
	c->u->steps[step].n = (uint32_t)c->u->nsteps;
}

void
compile_constant(struct compiling *c, struct value v, const struct form *f, struct sort *sort)
{
	if (c->nconstants == c->constants_cap) {
		c->constants_cap = c->constants_cap ? 2 * c->constants_cap : 16;
		c->constants = mem_grow(c->constants, c->constants_cap, sizeof(v));
	}
	c->constants[c->nconstants] = v;
	compile_emit(c, STEP_CONSTANT, c->nconstants++, f);
	compile_pushed(c, 1);
	if (sort)
		*sort = (struct sort){ v.kind, compile_text };
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

/* --- names --------------------------------------------------------------------------------- */

static struct local *
find_local(struct compiling *c, const struct form *f)
{
	for (struct local *l = c->locals; l; l = l->outer) {
		bool exact = f->exact || l->exact || c->u->language == USING_CLOJURE;

		if (!l->hidden &&
		    (exact ? str_eq(l->name, f->text) : str_eq_nocase(l->name, f->text)))
			return l;
	}
	return NULL;
}

/* -1 with the error set. */
static long
find_field(struct compiling *c, const struct form *f)
{
	long found = -1;

	for (size_t i = 0; i < c->scope->nfields; i++)
		if (str_eq(c->scope->fields[i].name, f->text))
			return (long)i;
	for (size_t i = 0; i < c->scope->nfields && !f->exact; i++) {
		if (!str_eq_nocase(c->scope->fields[i].name, f->text))
			continue;
		if (found >= 0)
			return compile_fail(c, f,
					    "this may be field %s or %s: write it exactly so",
					    show(c->scope->fields[found].name).text,
					    show(c->scope->fields[i].name).text);
		found = (long)i;
	}
	return found >= 0 ? found : compile_fail(c, f, "no field and no variable of this name");
}

static void
push_field(struct compiling *c, size_t i, const struct form *f, struct sort *sort)
{
	compile_emit(c, STEP_FIELD, i, f);
	compile_pushed(c, 1);
	*sort = (struct sort){ KIND_TEXT | KIND_NIL, compile_text };
	if (!c->scope)
		return;
	c->u->needs[i] = true;
	sort->type = c->scope->fields[i].type;
}

static int
compile_symbol(struct compiling *c, const struct form *f, struct sort *sort)
{
	bool clojure = c->u->language == USING_CLOJURE;
	struct local *local;
	long field;

	if (form_is(f, "nil")) {
		compile_constant(c, (struct value){ .kind = KIND_NIL }, f, sort);
		return 0;
	}
	if (clojure ? str_eq(f->text, STR("true")) : form_is(f, "t")) {
		compile_constant(c, (struct value){ .kind = KIND_TRUE }, f, sort);
		return 0;
	}
	if (clojure && str_eq(f->text, STR("false"))) {
		compile_constant(c, (struct value){ .kind = KIND_FALSE }, f, sort);
		return 0;
	}
	local = find_local(c, f);
	if (local && local->field) {
		push_field(c, local->n, f, sort);
		return 0;
	}
	if (local) {
		compile_emit(c, STEP_LOCAL, local->n, f);
		compile_pushed(c, 1);
		*sort = local->sort;
		return 0;
	}
	field = c->scope ? find_field(c, f) : 0;
	if (field < 0)
		return -1;
	push_field(c, (size_t)field, f, sort);
	return 0;
}

/* --- special forms ------------------------------------------------------------------------- */

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

/* --- all forms -------------------------------------------------------------------------- */

static int
compile_list(struct compiling *c, const struct form *f, struct sort *sort)
{
	static const struct {
		const char *name;
		unsigned languages;
		int (*compile)(struct compiling *c, const struct form *f, struct sort *sort);
	} special[] = {
		{ "and", 3, compile_and_or },
		{ "cond", 3, compile_cond },
		{ "concatenate", 1, compile_concatenate },
		{ "fn", 2, compile_fn },
		{ "format", 3, compile_format },
		{ "if", 3, compile_if },
		{ "if-not", 2, compile_if },
		{ "lambda", 1, compile_fn },
		{ "let", 3, compile_let },
		{ "let*", 1, compile_let },
		{ "or", 3, compile_and_or },
		{ "unless", 1, compile_when },
		{ "when", 3, compile_when },
		{ "when-not", 2, compile_when },
	};
	const struct form *head = f->child;
	const struct function *fn;
	struct buf lower = { 0 };
	const struct transform *t;

	if (!head)
		return compile_fail(c, f, "nothing is called");
	if (head->kind != FORM_SYMBOL || head->exact)
		return compile_fail(c, f, "%s is no name of a function", show(head->raw).text);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if ((special[i].languages & (1u << c->u->language)) &&
		    form_is(head, special[i].name))
			return special[i].compile(c, f, sort);
	if (form_is(head, c->u->language == USING_LISP ? "progn" : "do"))
		return compile_body(c, head->next, f, sort);
	fn = function_find(c->u->language, head->text);
	if (fn)
		return compile_call(c, f, fn, sort);
	buf_add(&lower, head->text);
	for (size_t i = 0; i < lower.n; i++)
		if (lower.p[i] >= 'A' && lower.p[i] <= 'Z')
			lower.p[i] = (char)(lower.p[i] + ('a' - 'A'));
	t = transform_find(buf_str(&lower));
	buf_release(&lower);
	if (t)
		return compile_transform(c, f, str_cstr(t->name), sort);
	return compile_fail(c, f, "no function and no transform %s", show(head->text).text);
}

int
compile_form(struct compiling *c, const struct form *f, struct sort *sort)
{
	switch (f->kind) {
	case FORM_LIST: return compile_list(c, f, sort);
	case FORM_SYMBOL: return compile_symbol(c, f, sort);
	case FORM_QUOTED: return compile_quoted(c, f, sort);
	case FORM_VECTOR: return compile_fail(c, f, "no value is made of a vector here");
	case FORM_TEXT: compile_constant(c, value_text(f->text), f, sort); return 0;
	case FORM_INTEGER: compile_constant(c, value_integer(f->number), f, sort); return 0;
	case FORM_CHARACTER:
		compile_constant(c, (struct value){ .kind = KIND_CHARACTER, .text = f->text },
				 f, sort);
		return 0;
	case FORM_KEYWORD:
		/* Good for :else, and for what begins a pair of arguments. */
		compile_constant(c, (struct value){ .kind = KIND_KEYWORD, .text = f->text }, f,
				 sort);
		return 0;
	}
	return -1;
}

/* --- all of it ----------------------------------------------------------------------------- */

static int
finish(struct compiling *c, struct sort sort)
{
	struct using *u = c->u;

	if (sort.kinds & (KIND_LIST | KIND_KEYWORD))
		return compile_fail(c, c->whole, "what it makes is no value of a column: %s",
				    sort.kinds & KIND_LIST ? "a list" : "a keyword");
	u->gives = sort.kinds;
	u->type = sort.type;
	if (sort.kinds == KIND_NIL)
		u->type = (struct type){ .kind = TYPE_OTHER, .array = true };
	else if (!(sort.kinds & ~(unsigned)(KIND_INTEGER | KIND_NIL)))
		u->type = (struct type){ .kind = TYPE_DECIMAL, .precision = -1, .scale = -1 };
	else if (!(sort.kinds & ~(unsigned)KIND_TRUTH))
		u->type = (struct type){ .kind = TYPE_BOOL, .precision = -1, .scale = -1 };
	else if (sort.kinds & ~(unsigned)(KIND_TEXT | KIND_NIL))
		u->type = compile_text;
	u->constants = pool_get(c->pool, (c->nconstants + 1) * sizeof(*u->constants));
	if (c->nconstants)
		memcpy(u->constants, c->constants, c->nconstants * sizeof(*u->constants));
	u->locals = pool_get(c->pool, (c->nlocals + 1) * sizeof(*u->locals));
	u->stack = pool_get(c->pool, (c->stack + 1) * sizeof(*u->stack));
	return 0;
}

struct using *
using_compile(enum using_language language, struct str text, const struct using_scope *scope,
	      struct pool *pool, size_t *at, struct err *e)
{
	struct str copy = pool_str(pool, text);
	struct compiling c = { .scope = scope, .pool = pool, .at = at, .e = e };
	struct form *form = using_read(language, copy, pool, at, e);
	struct sort sort = { 0 };
	int result;

	if (!form)
		return NULL;
	c.u = pool_get(pool, sizeof(*c.u));
	c.u->language = language;
	c.u->nfields = scope ? scope->nfields : 1;
	c.u->needs = pool_get(pool, c.u->nfields + 1);
	c.whole = form;
	result = compile_form(&c, form, &sort);
	if (result == 0)
		result = finish(&c, sort);
	free(c.constants);
	if (result == 0)
		return c.u;
	*at += (size_t)(form->raw.p - copy.p);
	using_release(c.u);
	return NULL;
}

int
using_check(enum using_language language, struct str text, size_t *at, struct err *e)
{
	struct pool pool = { 0 };
	struct using *u = using_compile(language, text, NULL, &pool, at, e);

	using_release(u);
	pool_release(&pool);
	return u ? 0 : -1;
}

void
using_release(struct using *u)
{
	for (size_t i = 0; u && i < u->nsteps; i++) {
		struct step *s = &u->steps[i];

		buf_release(&s->made);
		if (s->f == &function_transform && s->data)
			transform_release(&((struct transform_call *)s->data)->use);
	}
	if (!u)
		return;
	free(u->steps);
	if (u->letters)
		freelocale(u->letters);
}

bool
using_needs(const struct using *u, size_t field)
{
	return field < u->nfields && u->needs[field];
}

struct type
using_type(const struct using *u)
{
	return u->type;
}
