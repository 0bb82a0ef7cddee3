/* MariaDB's sequences, where AUTO_INCREMENT stands that counts in groups, and what is listed as skipped. */
#include "schema/mysql/reading.h"

#include "schema/mysql/events.sql.h"
#include "schema/mysql/partitions.sql.h"
#include "schema/mysql/routines.sql.h"
#include "schema/mysql/triggers.sql.h"
#include "schema/mysql/views.sql.h"

/* --- skipped ---------------------------------------------------------------------------------------- */

/* The columns of those queries. */
enum skipped_column { SKIPPED_TABLE, SKIPPED_KIND, SKIPPED_NAME, SKIPPED_REASON, SKIPPED_TEXT };

static void
add_skipped(struct catalogue *cat, struct node *parent, struct str kind, struct str name,
	    struct str reason, struct str text)
{
	struct node *n = node_add(cat->schema, parent, NODE_SKIPPED, kind, name, STR_NONE);

	node_set(cat->schema, n, ATTR_REASON, reason);
	catalogue_set(cat, n, ATTR_TEXT, text);
}

/* With all false, only what belongs to a table that is wanted. */
/* A view that is a table for us. */
static bool
is_taken(struct catalogue *cat, const struct rows *r)
{
	const struct object *o;

	if (!str_eq(catalogue_value(r, SKIPPED_KIND), STR("view")))
		return false;
	o = catalogue_find(cat, catalogue_value(r, SKIPPED_NAME));
	return o && o->node;
}

static void
read_skipped(struct catalogue *cat, const char *sql, bool all)
{
	struct rows r = catalogue_query(cat, sql);

	while (catalogue_step(&r)) {
		struct str table = catalogue_value(&r, SKIPPED_TABLE);
		const struct object *o = table.p ? catalogue_table(&r) : NULL;

		if (!o && !all)
			continue;
		if (!o && is_taken(cat, &r))
			continue;
		add_skipped(
		    cat, o ? o->node : &cat->schema->root, catalogue_value(&r, SKIPPED_KIND),
		    catalogue_value(&r, SKIPPED_NAME), catalogue_value(&r, SKIPPED_REASON),
		    catalogue_value(&r, SKIPPED_TEXT));
	}
}

void
catalogue_skipped(struct catalogue *cat, bool all)
{
	read_skipped(cat, triggers_sql, all);
	read_skipped(cat, partitions_sql, false);
	for (size_t i = 0; i < cat->nobjects; i++)
		if (cat->objects[i].versioned)
			add_skipped(cat, cat->objects[i].node, STR("versioning"),
				    cat->objects[i].name, STR("only the rows of now are read"),
				    STR(""));
	if (!all)
		return;
	read_skipped(cat, views_sql, true);
	read_skipped(cat, routines_sql, true);
	read_skipped(cat, events_sql, true);
}

/* --- sequences -------------------------------------------------------------------------------------- */

/* How many sequences a query asks: each is a table of its own. */
enum { SEQUENCES_A_QUERY = 200 };

/* What a sequence says; an increment of 0 is one that the server's configuration sets. */
static const char columns[] = ", start_value, if(increment = 0, @@auto_increment_increment, "
			      "increment), minimum_value, maximum_value, cycle_option, "
			      "next_not_cached_value from ";

enum sequence_column {
	SEQ_OBJECT,
	SEQ_START,
	SEQ_INCREMENT,
	SEQ_MIN,
	SEQ_MAX,
	SEQ_CYCLE,
	SEQ_NEXT
};

static bool
is_sequence(const struct object *o)
{
	return o->instead && strcmp(o->instead, "a sequence") == 0;
}

static void
add_sequence(struct catalogue *cat, const struct rows *r)
{
	struct node *n = node_add(cat->schema, &cat->schema->root, NODE_SEQUENCE, cat->database,
				  catalogue_value(r, SEQ_OBJECT), STR_NONE);

	catalogue_set(cat, n, ATTR_START, catalogue_value(r, SEQ_START));
	catalogue_set(cat, n, ATTR_INCREMENT, catalogue_value(r, SEQ_INCREMENT));
	catalogue_set(cat, n, ATTR_MIN, catalogue_value(r, SEQ_MIN));
	catalogue_set(cat, n, ATTR_MAX, catalogue_value(r, SEQ_MAX));
	if (!str_eq(catalogue_value(r, SEQ_CYCLE), STR("0")))
		node_set(cat->schema, n, ATTR_CYCLE, STR_NONE);
	node_add(cat->schema, n, NODE_NEXT, STR(""), catalogue_value(r, SEQ_NEXT), STR_NONE);
}

static void
read_sequences(struct catalogue *cat, const char *sql)
{
	struct rows r = catalogue_query(cat, sql);

	while (catalogue_step(&r))
		add_sequence(cat, &r);
}

void
catalogue_sequences(struct catalogue *cat)
{
	struct buf sql = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < cat->nobjects; i++) {
		if (!is_sequence(&cat->objects[i]))
			continue;
		buf_add(&sql, n ? STR(" union all select ") : STR("select "));
		mysql_quote_text(&sql, cat->objects[i].name);
		buf_add(&sql, str_cstr(columns));
		mysql_quote_name(&sql, cat->objects[i].name);
		if (++n < SEQUENCES_A_QUERY)
			continue;
		read_sequences(cat, buf_cstr(&sql));
		sql.n = n = 0;
	}
	if (n)
		read_sequences(cat, buf_cstr(&sql));
	buf_release(&sql);
}

/* --- groups ----------------------------------------------------------------------------------------- */

static bool
leads_a_key(const struct node *table, struct str column)
{
	for (const struct node *n = table->child; n; n = n->next)
		if ((n->kind == NODE_PRIMARY || n->kind == NODE_UNIQUE ||
		     n->kind == NODE_INDEX) &&
		    n->child->kind == NODE_KEY && str_eq(n->child->arg[0], column))
			return true;
	return false;
}

/*
 * MyISAM numbers rows in groups when the column comes behind others in its key, and then says 1 of where it stands. What no
 * row has is the number behind the greatest of all.
 */
void
catalogue_groups(struct catalogue *cat)
{
	for (size_t i = 0; i < cat->nobjects; i++) {
		struct node *table = cat->objects[i].node,
			    *next = table ? node_first(table, NODE_NEXT) : NULL;
		struct buf sql = { 0 };
		struct rows r;

		if (!next || leads_a_key(table, next->arg[0]))
			continue;
		buf_add(&sql, STR("select max("));
		mysql_quote_name(&sql, next->arg[0]);
		buf_add(&sql, STR(") + 1 from "));
		mysql_quote_name(&sql, table->arg[1]);
		r = catalogue_query(cat, buf_cstr(&sql));
		buf_release(&sql);
		while (catalogue_step(&r)) {
			struct str number = catalogue_value(&r, 0);

			if (number.p)
				next->arg[1] = pool_str(&cat->schema->pool, number);
		}
	}
}
