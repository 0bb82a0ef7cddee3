/* What makes room for the rows: planned tables dropped, or emptied. And what is planned, as a list that SQL can ask. */
#include "load/ddl.h"
#include "schema/pg/quote.h"

/* word A, B, C for all nodes of a kind; nothing when there is none. */
static void
all_of(struct ddl *d, const char *what, const char *word, enum node_kind kind)
{
	const char *between = word;

	ddl_begin(d, what, STR(""), STR(""), STR(""));
	for (const struct node *n = node_first(&d->schema->root, kind); n; n = node_next(n)) {
		ddl_add(d, between);
		ddl_name(d, n);
		between = ", ";
	}
	if (between != word)
		ddl_end(d);
}

static void
drop_functions(struct ddl *d)
{
	struct pool pool = { 0 };

	for (const struct node *t = node_first(&d->schema->root, NODE_TABLE); t;
	     t = node_next(t)) {
		struct str name = ddl_trigger_function(&pool, t);

		if (!name.p)
			continue;
		ddl_begin(d, "drop", t->arg[0], t->arg[1], name);
		ddl_add(d, "DROP FUNCTION IF EXISTS ");
		pg_quote_name(&d->sql, t->arg[0], name);
		ddl_add(d, "()");
		ddl_end(d);
	}
	pool_release(&pool);
}

/* One statement for all tables, for the foreign keys between them; without CASCADE, so that nothing else goes. */
void
ddl_drop(struct ddl *d)
{
	all_of(d, "drop", "DROP TABLE IF EXISTS ", NODE_TABLE);
	all_of(d, "drop", "DROP SEQUENCE IF EXISTS ", NODE_SEQUENCE);
	drop_functions(d);
	all_of(d, "drop", "DROP TYPE IF EXISTS ", NODE_ENUM);
}

/* Likewise; a table outside of the plan that refers to one of them makes the server refuse. */
void
ddl_truncate(struct ddl *d)
{
	all_of(d, "truncate", "TRUNCATE ", NODE_TABLE);
}

/* ('kind', 'schema', 'name', 'of') */
static void
add_planned(struct ddl *d, const char *kind, struct str schema, struct str name,
	    struct str table)
{
	buf_add(&d->script, d->script.n ? STR(",\n(") : STR("VALUES ("));
	d->sql.n = 0;
	ddl_literal(d, str_cstr(kind));
	ddl_add(d, ", ");
	/* As in all statements, the empty schema is public. */
	ddl_literal(d, schema.n ? schema : STR("public"));
	ddl_add(d, ", ");
	ddl_literal(d, name);
	ddl_add(d, ", ");
	ddl_literal(d, table);
	ddl_add(d, ")");
	buf_add(&d->script, buf_str(&d->sql));
}

static void
name_table(struct ddl *d, struct pool *pool, const struct node *t)
{
	struct str function = ddl_trigger_function(pool, t);
	const struct node *n;

	add_planned(d, "table", t->arg[0], t->arg[1], t->arg[1]);
	for (n = node_first(t, NODE_COLUMN); n; n = node_next(n))
		add_planned(d, "type", t->arg[0], n->arg[1], t->arg[1]);
	/* Without a name PostgreSQL finds one that is free; one with the OID of a new table is. */
	for (n = t->child; n; n = n->next)
		if ((n->kind == NODE_PRIMARY || n->kind == NODE_UNIQUE ||
		     n->kind == NODE_INDEX) &&
		    n->arg[0].n && !node_has(n, ATTR_OIDNAME))
			add_planned(d, "index", t->arg[0], n->arg[0], t->arg[1]);
	if (function.p)
		add_planned(d, "function", t->arg[0], function, t->arg[1]);
}

void
ddl_names(struct ddl *d)
{
	const struct node *root = &d->schema->root, *n;
	struct pool pool = { 0 };

	d->script.n = 0;
	for (n = node_first(root, NODE_ENUM); n; n = node_next(n))
		add_planned(d, "enum", n->arg[0], n->arg[1], STR(""));
	for (n = node_first(root, NODE_SEQUENCE); n; n = node_next(n))
		add_planned(d, "sequence", n->arg[0], n->arg[1], STR(""));
	for (n = node_first(root, NODE_TABLE); n; n = node_next(n))
		name_table(d, &pool, n);
	if (d->script.n)
		buf_addc(&d->script, '\n');
	pool_release(&pool);
}
