/* Uses of transforms: the text behind using=, read and checked against what the transform takes. */
#include "schema/base/num.h"
#include "transform/transforms.h"

void
transform_signature(const struct transform *t, struct buf *b)
{
	size_t open = 0;

	buf_add(b, str_cstr(t->name));
	for (size_t i = 0; i < TRANSFORM_ARGS && t->params[i].name; i++) {
		const struct transform_param *p = &t->params[i];
		const char *quote = p->kind == TRANSFORM_TEXT ? "'" : "";

		open += p->optional;
		buf_addf(b, "%s%s%s%s%s%s", i ? "" : "(", p->optional ? "[" : "", i ? "," : "",
			 quote, p->name, quote);
	}
	for (; open; open--)
		buf_addc(b, ']');
	if (t->params[0].name)
		buf_addc(b, ')');
}

static void
skip_blanks(struct str *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\t'))
		*s = str_of(s->p + 1, s->n - 1);
}

static bool
take(struct str *s, char c)
{
	skip_blanks(s);
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_of(s->p + 1, s->n - 1);
	return true;
}

/* A text in quotes; s stands behind the first of them. */
static bool
take_text(struct str *s, struct pool *pool, struct str *out)
{
	struct buf b = { 0 };
	struct str head, rest = *s;
	bool more = true, closed = false;

	while (more && str_cut(rest, '\'', &head, &rest)) {
		buf_add(&b, head);
		closed = true;
		more = rest.n && rest.p[0] == '\'';
		if (more) {
			buf_addc(&b, '\'');
			rest = str_of(rest.p + 1, rest.n - 1);
			closed = false;
		}
	}
	*s = rest;
	*out = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return closed;
}

static bool
take_arg(struct str *s, struct pool *pool, const struct transform_param *p,
	 struct transform_arg *arg)
{
	size_t n = 0;

	arg->given = true;
	if (take(s, '\''))
		return take_text(s, pool, &arg->text) && p->kind == TRANSFORM_TEXT;
	while (n < s->n && (s->p[n] == '-' || (s->p[n] >= '0' && s->p[n] <= '9')))
		n++;
	arg->text = pool_str(pool, str_of(s->p, n));
	*s = str_of(s->p + n, s->n - n);
	return p->kind == TRANSFORM_INTEGER && num_i64(arg->text, &arg->number);
}

/* The arguments in their parentheses, if there are any, and nothing behind them. */
static bool
take_args(struct str s, struct pool *pool, struct transform_use *use)
{
	const struct transform_param *params = use->transform->params;
	size_t n = 0;

	skip_blanks(&s);
	if (take(&s, '(') && !take(&s, ')')) {
		do {
			if (n == TRANSFORM_ARGS || !params[n].name ||
			    !take_arg(&s, pool, &params[n], &use->args[n]))
				return false;
			n++;
		} while (take(&s, ','));
		if (!take(&s, ')'))
			return false;
	}
	skip_blanks(&s);
	return s.n == 0 && (n == TRANSFORM_ARGS || !params[n].name || params[n].optional);
}

static void
add_arg(struct buf *b, const struct transform_use *use, size_t i)
{
	char digits[NUM_MAX];

	if (use->transform->params[i].kind == TRANSFORM_TEXT)
		buf_add_quoted(b, use->args[i].text, '\'');
	else
		buf_add(b, str_of(digits, num_put_i64(digits, use->args[i].number)));
}

void
transform_add_rule(struct buf *b, const struct transform_use *use)
{
	if (use->args[0].given)
		buf_addc(b, '(');
	buf_add(b, str_cstr(use->transform->name));
	for (size_t i = 0; i < TRANSFORM_ARGS && use->args[i].given; i++) {
		buf_addc(b, ' ');
		add_arg(b, use, i);
	}
	if (use->args[0].given)
		buf_addc(b, ')');
}

static struct str
canonical(const struct transform_use *use, struct pool *pool)
{
	struct buf b = { 0 };
	struct str s;

	buf_add(&b, str_cstr(use->transform->name));
	for (size_t i = 0; i < TRANSFORM_ARGS && use->args[i].given; i++) {
		buf_addc(&b, i ? ',' : '(');
		add_arg(&b, use, i);
	}
	if (use->args[0].given)
		buf_addc(&b, ')');
	s = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return s;
}

int
transform_prepare(struct str text, struct pool *pool, struct transform_use *use, struct err *e)
{
	struct str s = text, name;
	struct buf signature = { 0 };
	size_t n = 0;

	*use = (struct transform_use){ 0 };
	while (n < s.n &&
	       ((s.p[n] >= 'a' && s.p[n] <= 'z') || (s.p[n] >= '0' && s.p[n] <= '9') ||
		s.p[n] == '-'))
		n++;
	name = str_of(s.p, n);
	use->transform = transform_find(name);
	if (!use->transform)
		return err_set(
		    e, STATUS_USAGE, "no transform %s",
		    show(n && n < s.n && (s.p[n] == '(' || s.p[n] == ' ') ? name : text).text);
	if (!take_args(str_of(s.p + n, s.n - n), pool, use)) {
		transform_signature(use->transform, &signature);
		err_set(e, STATUS_USAGE, "the transform is %s, not %s", buf_cstr(&signature),
			show(text).text);
		buf_release(&signature);
		*use = (struct transform_use){ 0 };
		return -1;
	}
	use->text = canonical(use, pool);
	if (!use->transform->prepare || use->transform->prepare(use, pool, e) == 0)
		return 0;
	*use = (struct transform_use){ 0 };
	return -1;
}

struct type
transform_bind(struct transform_use *use, struct type was, struct type target)
{
	use->was = was;
	use->target = target;
	if (use->transform->gives_for)
		return type_of(str_cstr(use->transform->gives_for(use)), false);
	return use->transform->gives ? type_of(str_cstr(use->transform->gives), false) : was;
}

void
transform_release(struct transform_use *use)
{
	if (use->transform && use->transform->release)
		use->transform->release(use);
	buf_release(&use->spare);
	*use = (struct transform_use){ 0 };
}
