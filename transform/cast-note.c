/* cast-schema: what is worth knowing of a schema beyond its lines. */
#include "transform/cast-decision.h"

bool
cast_may_be_boolean(const struct decision *d)
{
	struct str src = node_attr(d->column, ATTR_SRC);

	return src.p && str_starts_nocase(src, STR("tinyint(1)")) && !d->users &&
	    d->target.kind == TYPE_I16 && !node_has(d->column, ATTR_IDENTITY);
}

const char *
cast_note(struct casting *c)
{
	struct buf b = { 0 };
	struct str note;
	size_t n = 0;

	for (size_t i = 0; i < c->ndecisions; i++)
		n += c->decisions[i].may_be_boolean;
	if (n == 0)
		return NULL;
	buf_addf(
	    &b,
	    "%zu column%s of tinyint(1) stayed smallint; -r mysql-boolean, or pgtide --boolean, makes %s boolean",
	    n, n == 1 ? "" : "s", n == 1 ? "it" : "them");
	buf_addc(&b, '\0');
	note = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&b);
	return note.p;
}

/* PostgreSQL takes no zero byte in a comment. */
void
cast_comments(struct casting *c, struct node *parent)
{
	struct node *next;

	for (struct node *n = parent->child; n; n = next) {
		struct str comment = node_attr(n, ATTR_COMMENT);

		next = n->next;
		if (comment.n && memchr(comment.p, '\0', comment.n)) {
			cast_skip(c, n->kind == NODE_TABLE ? n : parent, "comment",
				  n->arg[n->parent->kind == NODE_ROOT],
				  STR("PostgreSQL takes no zero byte"), comment);
			node_unset(n, ATTR_COMMENT);
		}
		cast_comments(c, n);
	}
}
