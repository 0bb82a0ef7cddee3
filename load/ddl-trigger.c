/* Triggers for columns that are set anew whenever their row is updated. */
#include "load/ddl.h"
#include "schema/pg/quote.h"
#include "schema/shorten.h"

static bool
has(const struct node *table, enum attr_name attr)
{
	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c))
		if (node_has(c, attr))
			return true;
	return false;
}

/* SCHEMA.TABLE_onupdate: functions have names of their own, but tables of one schema share these. */
struct str
ddl_trigger_function(struct pool *pool, const struct node *table)
{
	struct buf b = { 0 };
	struct str name;

	if (!has(table, ATTR_ONUPDATE))
		return STR_NONE;
	buf_add(&b, table->arg[1]);
	buf_add(&b, STR("_onupdate"));
	name = name_shorten(pool, buf_str(&b));
	buf_release(&b);
	return name;
}

/* row."a": what an expression of the function says of a column. */
static void
add_field(struct buf *body, const char *row, const struct node *column)
{
	buf_addf(body, "%s.", row);
	pg_quote_ident(body, column->arg[0]);
}

static void
add_row(struct buf *body, const char *row, const struct node *table)
{
	const char *between = "ROW(";

	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c)) {
		if (node_has(c, ATTR_GENERATED))
			continue;
		buf_add(body, str_cstr(between));
		add_field(body, row, c);
		between = ", ";
	}
	buf_add(body, STR(")::record"));
}

/*
 * Whether anything changes at all, by its bytes, for not every type has an equality. Generated columns are not there yet
 * before an update.
 */
static void
add_condition(struct buf *body, const struct node *table)
{
	bool generated = has(table, ATTR_GENERATED);

	buf_add(body, STR("BEGIN IF "));
	if (generated)
		add_row(body, "NEW", table);
	else
		buf_add(body, STR("NEW"));
	buf_add(body, STR(" OPERATOR(pg_catalog.*<>) "));
	if (generated)
		add_row(body, "OLD", table);
	else
		buf_add(body, STR("OLD"));
	buf_add(body, STR(" THEN"));
}

/* A column that the update itself set keeps that, unless it was set to what it was, which nobody can see. */
static void
add_column(struct ddl *d, struct buf *body, const struct node *column)
{
	buf_add(body, STR(" IF "));
	add_field(body, "NEW", column);
	buf_add(body, STR(" IS NOT DISTINCT FROM "));
	add_field(body, "OLD", column);
	buf_add(body, STR(" THEN "));
	add_field(body, "NEW", column);
	buf_add(body, STR(" := "));
	d->sql.n = 0;
	ddl_expr(d, column, node_attr(column, ATTR_ONUPDATE));
	buf_add(body, buf_str(&d->sql));
	buf_add(body, STR("; END IF;"));
}

static void
create_function(struct ddl *d, const struct node *table, struct str name)
{
	struct buf body = { 0 };

	add_condition(&body, table);
	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c))
		if (node_has(c, ATTR_ONUPDATE))
			add_column(d, &body, c);
	buf_add(&body, STR(" END IF; RETURN NEW; END"));
	ddl_begin(d, "function", table->arg[0], table->arg[1], name);
	ddl_add(d, "CREATE FUNCTION ");
	pg_quote_name(&d->sql, table->arg[0], name);
	ddl_add(
	    d, "() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS ");
	ddl_literal(d, buf_str(&body));
	ddl_end(d);
	buf_release(&body);
}

void
ddl_triggers(struct ddl *d, const struct node *table)
{
	struct pool pool = { 0 };
	struct str name;

	name = ddl_trigger_function(&pool, table);
	if (!name.p)
		return;
	create_function(d, table, name);
	ddl_begin(d, "trigger", table->arg[0], table->arg[1], STR("onupdate"));
	ddl_add(d, "CREATE TRIGGER onupdate BEFORE UPDATE ON ");
	ddl_name(d, table);
	ddl_add(d, " FOR EACH ROW EXECUTE FUNCTION ");
	pg_quote_name(&d->sql, table->arg[0], name);
	ddl_add(d, "()");
	ddl_end(d);
	pool_release(&pool);
}
