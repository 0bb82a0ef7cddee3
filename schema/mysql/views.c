/* Views and queries of MySQL and MariaDB that are to be tables. */
#include "schema/mysql/field.h"
#include "schema/mysql/reading.h"

static void
add_field(struct catalogue *cat, struct node *table, const MYSQL_FIELD *f)
{
	struct buf type = { 0 }, src = { 0 };
	struct str text;

	mysql_field_type(&type, f);
	text = buf_str(&type);
	/* A result does not tell the labels. */
	if (str_eq(text, STR("enum")) || str_eq(text, STR("set")))
		text = STR("text");
	mysql_field_src(&src, f, text);
	node_set(cat->schema,
		 node_add(cat->schema, table, NODE_COLUMN, str_of(f->name, f->name_length),
			  text, STR_NONE),
		 ATTR_SRC, buf_str(&src));
	buf_release(&type);
	buf_release(&src);
}

/* LIMIT 0: the server describes the result, but makes none. */
static void
add_query(struct catalogue *cat, const struct view_query *q)
{
	struct node *table = node_add(cat->schema, &cat->schema->root, NODE_TABLE,
				      cat->database, q->name, STR_NONE);
	struct buf sql = { 0 }, where = { 0 };
	const MYSQL_FIELD *fields;
	MYSQL_RES *result;

	node_set(cat->schema, table, ATTR_QUERY, q->sql);
	buf_add(&sql, STR("SELECT * FROM "));
	mysql_query_from(&sql, q->sql);
	buf_add(&sql, STR(" LIMIT 0"));
	buf_addf(&where, "query %s", show(q->name).text);
	result = mysql_source_query(cat->source, buf_cstr(&where), buf_str(&sql));
	fields = mysql_fetch_fields(result);
	for (unsigned i = 0; i < mysql_num_fields(result); i++) {
		mysql_field_check(where.p, fields, i);
		add_field(cat, table, &fields[i]);
	}
	mysql_free_result(result);
	buf_release(&sql);
	buf_release(&where);
}

void
catalogue_views(struct catalogue *cat)
{
	const struct views *v = cat->views;

	for (size_t i = 0; i < v->nnames; i++) {
		const struct object *o = catalogue_find(cat, v->names[i]);

		if (!o || !o->node || !node_has(o->node, ATTR_VIEW))
			die(STATUS_BAD, "database %s: no view %s", show(cat->database).text,
			    show(v->names[i]).text);
	}
	for (size_t i = 0; i < v->nqueries; i++)
		add_query(cat, &v->queries[i]);
}
