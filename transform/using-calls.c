/* Expressions behind USING: calls of functions and transforms. */
#include <stdio.h>

#include "transform/using-compile.h"

static int
check_kinds(struct compiling *c, const struct form *f, const struct form *arg,
	    const struct function *fn, unsigned takes, unsigned kinds)
{
	struct buf a = { 0 }, b = { 0 };
	bool identity = fn->call == using_equal && !(takes & KIND_TEXT);
	int result = 0;

	if (identity && (kinds & KIND_TEXT))
		result = compile_fail(c, f, "it compares no texts: string= and equal do");
	else if (!(kinds & takes))
		result =
		    compile_fail(c, f, "it takes %s, but %.80s is %s",
				 using_kinds(c->u->language, takes, &a), show(arg->raw).text,
				 using_kinds(c->u->language, kinds, &b));
	buf_release(&a);
	buf_release(&b);
	return result;
}

static unsigned
takes_of(const struct function *fn, size_t i)
{
	return fn->takes[i < 2 ? i : 2];
}

static struct step *
emit_call(struct compiling *c, const struct function *fn, size_t nargs, bool sure,
	  const struct form *f)
{
	size_t at = compile_emit(c, STEP_CALL, nargs, f);
	struct step *s = &c->u->steps[at];

	s->f = fn;
	s->sure = sure;
	compile_pushed(c, 1 - (long)nargs);
	return s;
}

/* One argument; *sure stays if no look at its kind is needed. */
static int
compile_argument(struct compiling *c, const struct form *f, const struct form *arg,
		 const struct function *fn, size_t i, bool *sure, struct sort *sort)
{
	unsigned takes = takes_of(fn, i);

	if (compile_form(c, arg, sort) < 0 ||
	    check_kinds(c, f, arg, fn, takes, sort->kinds) < 0)
		return -1;
	*sure = *sure && !(sort->kinds & ~takes);
	return 0;
}

/* :end 3, for the parameter of this name; unset when it is not among the forms from there on. */
static int
compile_key(struct compiling *c, const struct form *f, const struct form *from, const char *key)
{
	const struct form *k = from;
	struct sort sort;

	while (k && k->next &&
	       !(k->kind == FORM_KEYWORD && str_eq_nocase(k->text, str_cstr(key))))
		k = k->next->next;
	if (!k || !k->next) {
		compile_constant(c, (struct value){ .kind = KIND_UNSET }, f, NULL);
		return 0;
	}
	if (compile_form(c, k->next, &sort) < 0)
		return -1;
	if (!(sort.kinds & (KIND_INTEGER | KIND_NIL | KIND_TRUE)))
		return compile_fail(c, f, "what stands behind :%s is an integer, t or nil",
				    key);
	return 0;
}

static int
check_keys(struct compiling *c, const struct form *f, const struct form *from,
	   const struct function *fn)
{
	for (; from; from = from->next->next) {
		size_t i = 0;

		while (i < FUNCTION_KEYS && fn->keys[i] && from->kind == FORM_KEYWORD &&
		       !str_eq_nocase(from->text, str_cstr(fn->keys[i])))
			i++;
		if (from->kind != FORM_KEYWORD || i == FUNCTION_KEYS || !fn->keys[i])
			return compile_fail(c, f, "%s is nothing that it takes here",
					    show(from->raw).text);
		if (!from->next)
			return compile_fail(c, f, "nothing stands behind %s",
					    show(from->raw).text);
	}
	return 0;
}

int
compile_call(struct compiling *c, const struct form *f, const struct function *fn,
	     struct sort *sort)
{
	const struct form *arg = f->child->next;
	bool any = fn->max == FUNCTION_ANY, sure = true;
	size_t n = 0, most = any ? USING_MAX_FORMS : fn->max;

	for (; arg && n < most && !(fn->keys[0] && arg->kind == FORM_KEYWORD); arg = arg->next)
		if (compile_argument(c, f, arg, fn, n++, &sure, sort) < 0)
			return -1;
	if (n < fn->min || (arg && !fn->keys[0])) {
		if (any || fn->min != fn->max)
			return compile_fail(c, f, "it takes %u%s arguments", fn->min,
					    any                ? " or more"
						: fn->max == 2 ? " or 2"
							       : " or 3");
		return compile_fail(c, f, "it takes %u argument%s", fn->min,
				    fn->min == 1 ? "" : "s");
	}
	for (; !any && n < fn->max; n++)
		compile_constant(c, (struct value){ .kind = KIND_UNSET }, f, NULL);
	if (check_keys(c, f, arg, fn) < 0)
		return -1;
	for (size_t i = 0; i < FUNCTION_KEYS && fn->keys[i]; i++, n++)
		if (compile_key(c, f, arg, fn->keys[i]) < 0)
			return -1;
	if ((fn->call == using_case || fn->call == using_equal_texts) &&
	    !using_open_letters(c->u))
		return compile_fail(
		    c, f, "the case of letters is not known: there is no locale C.UTF-8");
	emit_call(c, fn, n, sure, f);
	*sort = (struct sort){ fn->gives, compile_text };
	/* Without :junk-allowed it gives a number or fails. */
	if (fn->call == using_parse_integer && !arg)
		sort->kinds = KIND_INTEGER;
	return 0;
}

int
compile_concatenate(struct compiling *c, const struct form *f, struct sort *sort)
{
	const struct form *type = f->child->next;
	bool sure = true;
	size_t n = 0;

	if (!type || type->kind != FORM_QUOTED || !form_is(type->child, "string"))
		return compile_fail(c, f, "only a 'string is made: (concatenate 'string ...)");
	for (const struct form *arg = type->next; arg; arg = arg->next)
		if (compile_argument(c, f, arg, &function_concatenate, n++, &sure, sort) < 0)
			return -1;
	emit_call(c, &function_concatenate, n, sure, f);
	*sort = (struct sort){ KIND_TEXT, compile_text };
	return 0;
}

int
compile_format(struct compiling *c, const struct form *f, struct sort *sort)
{
	bool lisp = c->u->language == USING_LISP, sure = true;
	const struct form *control = f->child->next;
	size_t n = 0, wanted = 0;
	struct err e = { 0 };
	void *data;

	if (lisp && (!control || !form_is(control, "nil")))
		return compile_fail(c, f, "only a text is made: (format nil ...)");
	if (lisp)
		control = control->next;
	if (!control || control->kind != FORM_TEXT)
		return compile_fail(c, f, "its control string must stand there as a text");
	data = format_parse(c->u->language, control->text, c->pool, &wanted, &e);
	if (!data)
		return compile_fail(c, control, "%s", e.text);
	for (const struct form *arg = control->next; arg; arg = arg->next)
		if (compile_argument(c, f, arg, &function_format, n++, &sure, sort) < 0)
			return -1;
	if (n < wanted)
		return compile_fail(
		    c, f, "its control string takes %zu arguments, there are %zu", wanted, n);
	emit_call(c, &function_format, n, sure, f)->data = data;
	*sort = (struct sort){ KIND_TEXT, compile_text };
	return 0;
}

/* The name and the constants behind the value, as transforms.h has it: name('x',3). */
static int
transform_text(struct compiling *c, const struct form *f, const struct form *constants,
	       struct buf *b)
{
	char sep = '(';

	for (const struct form *k = constants; k; k = k->next, sep = ',') {
		char digits[48];

		buf_addc(b, sep);
		if (k->kind == FORM_TEXT)
			buf_add_quoted(b, k->text, '\'');
		else if (k->kind == FORM_INTEGER)
			buf_add(b, str_of(digits, int128_put(digits, k->number)));
		else
			return compile_fail(
			    c, f, "behind the value a transform takes texts and integers only");
	}
	if (constants)
		buf_addc(b, ')');
	return 0;
}

/* pgloader's ip-range takes both ends, ours one text with a comma between them. */
static int
compile_both_ends(struct compiling *c, const struct form *f, struct sort *sort)
{
	bool sure = true;

	if (compile_argument(c, f, f->child->next, &function_concatenate, 0, &sure, sort) < 0)
		return -1;
	compile_constant(c, value_text(STR(",")), f, NULL);
	if (compile_argument(c, f, f->child->next->next, &function_concatenate, 2, &sure,
			     sort) < 0)
		return -1;
	emit_call(c, &function_concatenate, 3, sure, f);
	*sort = (struct sort){ KIND_TEXT, compile_text };
	return 0;
}

int
compile_transform(struct compiling *c, const struct form *f, struct str name, struct sort *sort)
{
	const struct form *arg = f->child->next;
	struct transform_call *call = pool_get(c->pool, sizeof(*call));
	bool ends = str_eq(name, STR("ip-range")) && form_count(f) == 3, sure = true;
	struct buf text = { 0 };
	struct err e = { 0 };
	int result = 0;

	if (!arg)
		return compile_fail(c, f, "a transform takes a value");
	if (ends)
		result = compile_both_ends(c, f, sort);
	else
		result = compile_argument(c, f, arg, &function_transform, 0, &sure, sort);
	if (result < 0)
		return -1;
	buf_add(&text, name);
	result = ends ? 0 : transform_text(c, f, arg->next, &text);
	if (result == 0 && transform_prepare(buf_str(&text), c->pool, &call->use, &e) < 0)
		result = compile_fail(c, f, "%.250s", e.text);
	buf_release(&text);
	if (result < 0)
		return -1;
	emit_call(c, &function_transform, 1, false, f)->data = call;
	if (c->scope)
		sort->type = transform_bind(&call->use, sort->type, c->scope->target);
	sort->kinds = KIND_TEXT | KIND_NIL;
	return 0;
}

int
compile_quoted(struct compiling *c, const struct form *f, struct sort *sort)
{
	struct buf b = { 0 };
	struct str text;

	if (f->child->kind != FORM_LIST)
		return compile_fail(c, f, "only a list of characters can be quoted here");
	for (const struct form *k = f->child->child; k; k = k->next) {
		if (k->kind != FORM_CHARACTER) {
			buf_release(&b);
			return compile_fail(c, f,
					    "only a list of characters can be quoted here");
		}
		buf_add(&b, k->text);
	}
	text = pool_str(c->pool, b.n ? buf_str(&b) : STR(""));
	buf_release(&b);
	compile_constant(c, value_text(text), f, sort);
	return 0;
}
