/* cast-schema: defaults that take the next value of a sequence. */
#include "transform/cast-schema.h"

/* A name in backquotes at the beginning of *s, unquoted into b; *s is behind it. */
static bool
take_name(struct str *s, struct buf *b)
{
	size_t i = 1;

	b->n = 0;
	if (s->n < 2 || s->p[0] != '`')
		return false;
	while (i < s->n && (s->p[i] != '`' || (i + 1 < s->n && s->p[i + 1] == '`'))) {
		i += s->p[i] == '`';
		buf_addc(b, s->p[i++]);
	}
	if (i == s->n)
		return false;
	*s = str_of(s->p + i + 1, s->n - i - 1);
	return true;
}

static struct str
next_value(struct casting *c, const struct node *sequence)
{
	struct buf name = { 0 }, b = { 0 };
	struct str s;

	name_quote(&name, sequence->arg[0]);
	buf_addc(&name, '.');
	name_quote(&name, sequence->arg[1]);
	buf_add(&b, STR("nextval("));
	buf_add_quoted(&b, buf_str(&name), '\'');
	buf_add(&b, STR("::regclass)"));
	s = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&name);
	buf_release(&b);
	return s;
}

/* MariaDB writes nextval(`schema`.`sequence`), whatever stood there. */
bool
cast_nextval_name(struct str expr, struct buf *schema, struct buf *name)
{
	if (!str_starts_nocase(expr, STR("nextval(")))
		return false;
	expr = str_of(expr.p + 8, expr.n - 8);
	if (!take_name(&expr, schema) || !expr.n || expr.p[0] != '.')
		return false;
	expr = str_of(expr.p + 1, expr.n - 1);
	return take_name(&expr, name) && str_eq(expr, STR(")"));
}

struct str
cast_nextval(struct casting *c, struct str expr)
{
	struct buf schema = { 0 }, name = { 0 };
	struct str result = STR_NONE;
	const struct node *n = NULL;

	if (cast_nextval_name(expr, &schema, &name))
		n = names_owner(&c->tables, buf_str(&schema), buf_str(&name));
	if (n && n->kind == NODE_SEQUENCE)
		result = next_value(c, n);
	buf_release(&schema);
	buf_release(&name);
	return result;
}
