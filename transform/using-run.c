/* Expressions behind USING: running a program for one row. */
#include <stdarg.h>
#include <stdio.h>

#include "transform/using-parts.h"

static const char *const words[] = { "lisp", "clojure" };

const char *
using_word(enum using_language language)
{
	return words[language];
}

bool
using_language(struct str word, enum using_language *language)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq_nocase(word, str_cstr(words[i]))) {
			*language = (enum using_language)i;
			return true;
		}
	return false;
}

bool
using_fail(struct using *u, const struct step *s, const char *fmt, ...)
{
	struct shown form = show(s->raw);
	va_list ap;
	int n = snprintf(u->why, sizeof(u->why), "%.120s: ", form.text);

	va_start(ap, fmt);
	vsnprintf(u->why + n, sizeof(u->why) - (size_t)n, fmt, ap);
	va_end(ap);
	return false;
}

const char *
using_why(const struct using *u)
{
	return u->why;
}

struct buf *
using_make(struct using *u, struct step *s, size_t n)
{
	if (u->made > USING_MAX_MADE || n > USING_MAX_MADE - u->made) {
		using_fail(u, s, "more than %zu MB are made for one row", USING_MAX_MADE >> 20);
		return NULL;
	}
	u->made += n;
	s->made.n = 0;
	buf_reserve(&s->made, n + 1);
	return &s->made;
}

/* --- values -------------------------------------------------------------------------------- */

size_t
int128_put(char *d, int128 v)
{
	char reversed[48];
	size_t n = 0, at = 0;
	bool negative = v < 0;

	do {
		int digit = (int)(v % 10);

		reversed[n++] = (char)('0' + (digit < 0 ? -digit : digit));
		v /= 10;
	} while (v != 0);
	if (negative)
		d[at++] = '-';
	while (n > 0)
		d[at++] = reversed[--n];
	return at;
}

bool
value_true(const struct value *v)
{
	return !(v->kind & (KIND_NIL | KIND_FALSE));
}

struct str
value_name(const struct value *v)
{
	switch (v->kind) {
	case KIND_NIL: return STR("NIL");
	case KIND_TRUE: return STR("T");
	default: return v->text;
	}
}

struct shown
using_show(const struct value *v)
{
	char digits[48];

	switch (v->kind) {
	case KIND_INTEGER: return show(str_of(digits, int128_put(digits, v->number)));
	case KIND_NIL: return show(STR("NULL"));
	case KIND_TRUE: return show(STR("T"));
	case KIND_FALSE: return show(STR("false"));
	default: return show(v->text);
	}
}

const char *
using_kinds(enum using_language language, unsigned kinds, struct buf *b)
{
	bool clojure = language == USING_CLOJURE;
	static const struct {
		unsigned kind;
		const char *lisp, *clojure;
	} names[] = {
		{ KIND_TEXT, "a text", "a text" },
		{ KIND_INTEGER, "an integer", "an integer" },
		{ KIND_CHARACTER, "a character", "a character" },
		{ KIND_LIST, "a list", "a list" },
		{ KIND_TRUE, "t", "true" },
		{ KIND_FALSE, NULL, "false" },
		{ KIND_NIL, "nil", "nil" },
		{ KIND_KEYWORD, "a keyword", "a keyword" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *name = clojure ? names[i].clojure : names[i].lisp;

		if ((kinds & names[i].kind) && name)
			buf_addf(b, "%s%s", b->n ? " or " : "", name);
	}
	return buf_cstr(b);
}

/* --- the machine --------------------------------------------------------------------------- */

static bool
look(struct using *u, const struct step *s, const struct value *args)
{
	const struct function *f = s->f;
	size_t keys = 0, most;

	while (keys < FUNCTION_KEYS && f->keys[keys])
		keys++;
	most = s->n - keys;
	for (size_t i = 0; i < s->n; i++) {
		unsigned takes = f->takes[i < 2 ? i : 2];
		struct buf b = { 0 };

		if (i >= most)
			takes = KIND_INTEGER | KIND_NIL | KIND_TRUE;
		if ((args[i].kind & takes) || (args[i].kind == KIND_UNSET && i >= f->min))
			continue;
		using_fail(u, s, "it takes %s, not %.100s", using_kinds(u->language, takes, &b),
			   using_show(&args[i]).text);
		buf_release(&b);
		return false;
	}
	return true;
}

/* True with the result at the bottom of the stack. */
static bool
run(struct using *u, const struct using_input *fields)
{
	struct value *top = u->stack; /* where the next one goes */

	for (size_t at = 0; at < u->nsteps; at++) {
		struct step *s = &u->steps[at];

		switch (s->code) {
		case STEP_CONSTANT: *top++ = u->constants[s->n]; break;
		case STEP_FIELD:
			top->kind = fields[s->n].null ? KIND_NIL : KIND_TEXT;
			top++->text = fields[s->n].text;
			break;
		case STEP_LOCAL: *top++ = u->locals[s->n]; break;
		case STEP_SET: u->locals[s->n] = *--top; break;
		case STEP_POP: top--; break;
		case STEP_JUMP: at = s->n - 1; break;
		case STEP_JUMP_FALSE:
			if (!value_true(--top))
				at = s->n - 1;
			break;
		case STEP_JUMP_FALSE_KEEP:
			if (!value_true(top - 1))
				at = s->n - 1;
			else
				top--;
			break;
		case STEP_JUMP_TRUE_KEEP:
			if (value_true(top - 1))
				at = s->n - 1;
			else
				top--;
			break;
		case STEP_CALL: {
			struct value out = { .kind = KIND_NIL };

			top -= s->n;
			if ((!s->sure && !look(u, s, top)) || !s->f->call(u, s, top, &out))
				return false;
			*top++ = out;
			break;
		}
		}
	}
	return true;
}

enum using_result
using_run(struct using *u, const struct using_input *fields, struct str *out)
{
	const struct value *v = u->stack;

	u->made = 0;
	u->why[0] = '\0';
	if (!run(u, fields))
		return USING_FAILED;
	switch (v->kind) {
	case KIND_NIL: return USING_NULL;
	case KIND_TRUE: *out = STR("t"); break;
	case KIND_FALSE: *out = STR("f"); break;
	case KIND_INTEGER: *out = str_of(u->digits, int128_put(u->digits, v->number)); break;
	default: *out = v->text; break;
	}
	return USING_VALUE;
}

/* --- transforms ---------------------------------------------------------------------------- */

USING_CALL(using_transform)
{
	struct transform_call *call = s->data;
	struct transform_use *use = &call->use;
	struct str text = args->text;
	enum transform_result result;

	if (args->kind == KIND_NIL)
		return true;
	if (args->kind == KIND_INTEGER)
		text = str_of(call->digits, int128_put(call->digits, args->number));
	else if (args->kind != KIND_TEXT)
		text = args->kind == KIND_TRUE ? STR("t") : STR("f");
	result = transform_call(use, text, &s->made, &out->text);
	if (result == TRANSFORM_FAILED)
		return using_fail(u, s, "%s takes %s, not %.100s%s%s", use->transform->name,
				  use->transform->takes, show(text).text,
				  use->why[0] ? ": " : "", use->why);
	u->made += out->text.n;
	if (result != TRANSFORM_NULL)
		out->kind = KIND_TEXT;
	return u->made <= USING_MAX_MADE || using_make(u, s, 1);
}
