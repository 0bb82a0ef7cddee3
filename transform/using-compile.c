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

/* --- all forms -------------------------------------------------------------------------- */

static int
compile_list(struct compiling *c, const struct form *f, struct sort *sort)
{
	const struct form *head = f->child;
	special_form *special;
	const struct function *fn;
	struct buf lower = { 0 };
	const struct transform *t;

	if (!head)
		return compile_fail(c, f, "nothing is called");
	if (head->kind != FORM_SYMBOL || head->exact)
		return compile_fail(c, f, "%s is no name of a function", show(head->raw).text);
	special = special_find(c->u->language, head);
	if (special)
		return special(c, f, sort);
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
