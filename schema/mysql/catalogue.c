/* The catalogue of MySQL and MariaDB as schema(5): tables and columns, and the order of it all. */
#include <stdlib.h>

#include "schema/base/utf8.h"
#include "schema/mysql/default.h"
#include "schema/mysql/reading.h"
#include "schema/mysql/type.h"

#include "schema/mysql/columns.sql.h"
#include "schema/mysql/tables.sql.h"

/* From here on MariaDB says defaults as SQL (MDEV-13132). */
enum { MARIADB_DEFAULT_SQL = 100207 };
/* From here on MySQL escapes expressions, and bytes in defaults are hexadecimal. */
enum { MYSQL_8 = 80000 };

/* --- queries ---------------------------------------------------------------------------------------- */

struct rows
catalogue_query(struct catalogue *cat, const char *sql)
{
	static const struct str mark = { "/*only*/", sizeof("/*only*/") - 1 };
	struct str head, rest = str_cstr(sql);
	const char *at = strstr(sql, mark.p);
	struct buf b = { 0 };
	struct rows r = { .cat = cat };

	if (cat->only.p && at) {
		head = str_of(sql, (size_t)(at - sql));
		rest = str_of(at + mark.n, rest.n - head.n - mark.n);
		buf_add(&b, head);
		buf_add(&b, STR("and table_name = "));
		mysql_quote_text(&b, cat->only);
	}
	buf_add(&b, rest);
	r.result = mysql_source_query(cat->source, "catalogue", buf_str(&b));
	buf_release(&b);
	return r;
}

bool
catalogue_step(struct rows *r)
{
	r->row = mysql_fetch_row(r->result);
	if (!r->row)
		mysql_free_result(r->result);
	return r->row != NULL;
}

struct str
catalogue_value(const struct rows *r, unsigned col)
{
	struct str s = mysql_source_value(r->result, r->row, col);

	if (s.p && utf8_valid(s) != s.n)
		die(STATUS_BAD, "%s: catalogue: not UTF-8: %s", r->cat->source->name,
		    show(s).text);
	return s;
}

static int
compare_objects(const void *a, const void *b)
{
	return str_cmp(((const struct object *)a)->name, ((const struct object *)b)->name);
}

struct object *
catalogue_find(struct catalogue *cat, struct str name)
{
	struct object key = { .name = name };

	/* Rows come sorted by table. */
	if (cat->last && str_eq(cat->last->name, name))
		return cat->last;
	if (!cat->nobjects)
		return NULL;
	cat->last = bsearch(&key, cat->objects, cat->nobjects, sizeof(key), compare_objects);
	return cat->last;
}

struct object *
catalogue_table(const struct rows *r)
{
	struct object *object = catalogue_find(r->cat, catalogue_value(r, 0));

	return object && object->node ? object : NULL;
}

void
catalogue_set(struct catalogue *cat, struct node *n, enum attr_name attr, struct str value)
{
	if (value.n)
		node_set(cat->schema, n, attr, value);
}

/*
 * MySQL 8.0 keeps a copy of each expression for information_schema that String::print() wrote: with a backslash before
 * quotes and backslashes, and control characters by letters. From its source and manual; not run.
 */
struct str
catalogue_expression(struct catalogue *cat, struct str s)
{
	static const char names[] = "0nrZ", bytes[] = "\0\n\r\x1a";
	struct buf *b = &cat->scratch;

	if (!s.n || cat->source->mariadb || cat->source->version < MYSQL_8 ||
	    !memchr(s.p, '\\', s.n))
		return s;
	b->n = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *name = NULL;

		if (s.p[i] == '\\' && i + 1 < s.n)
			name = memchr(names, s.p[++i], sizeof(names) - 1);
		buf_addc(b, name ? bytes[name - names] : s.p[i]);
	}
	return pool_str(&cat->schema->pool, buf_str(b));
}

/* --- tables ----------------------------------------------------------------------------------------- */

/* The columns of tables.sql. */
enum table_column {
	TABLE_NAME,
	TABLE_TYPE,
	TABLE_ENGINE,
	TABLE_AUTO_INCREMENT,
	TABLE_COLLATION,
	TABLE_COMMENT,
};

static bool
wanted(const struct catalogue *cat, struct str name)
{
	for (size_t i = 0; i < cat->ntables; i++)
		if (str_eq(name, cat->tables[i]))
			return true;
	return cat->ntables == 0;
}

static void
add_table(struct catalogue *cat, struct object *o, const struct rows *r)
{
	struct str type = catalogue_value(r, TABLE_TYPE),
		   engine = catalogue_value(r, TABLE_ENGINE),
		   comment = catalogue_value(r, TABLE_COMMENT),
		   next = catalogue_value(r, TABLE_AUTO_INCREMENT),
		   collation = catalogue_value(r, TABLE_COLLATION);
	struct pool *pool = &cat->schema->pool;

	o->versioned = str_eq(type, STR("SYSTEM VERSIONED"));
	if (str_eq(type, STR("VIEW")) && views_take(cat->views, o->name)) {
		o->node = node_add(cat->schema, &cat->schema->root, NODE_TABLE, cat->database,
				   o->name, STR_NONE);
		node_set(cat->schema, o->node, ATTR_VIEW, STR_NONE);
		return;
	}
	if (!str_eq(type, STR("BASE TABLE")) && !o->versioned) {
		o->instead = str_eq(type, STR("SEQUENCE")) ? "a sequence" : "a view";
		return;
	}
	if (!engine.p) {
		struct node *n = node_add(cat->schema, &cat->schema->root, NODE_SKIPPED,
					  STR("table"), o->name, STR_NONE);

		o->instead = "a table that the server cannot open";
		node_set(cat->schema, n, ATTR_REASON, STR("the server cannot open it"));
		catalogue_set(cat, n, ATTR_TEXT, comment);
		return;
	}
	if (next.p)
		o->next = pool_str(pool, next);
	if (collation.p)
		o->collation = pool_str(pool, collation);
	o->node = node_add(cat->schema, &cat->schema->root, NODE_TABLE, cat->database, o->name,
			   STR_NONE);
	catalogue_set(cat, o->node, ATTR_COLLATE, collation);
	catalogue_set(cat, o->node, ATTR_COMMENT, comment);
}

static void
read_tables(struct catalogue *cat, const char *sql)
{
	struct rows r = catalogue_query(cat, sql);
	size_t room = (size_t)mysql_num_rows(r.result);

	cat->objects = mem_array(room ? room : 1, sizeof(*cat->objects));
	while (catalogue_step(&r)) {
		struct object *o = &cat->objects[cat->nobjects];

		*o = (struct object){ .name = catalogue_value(&r, TABLE_NAME) };
		if (!wanted(cat, o->name) &&
		    !(str_eq(catalogue_value(&r, TABLE_TYPE), STR("VIEW")) &&
		      views_take(cat->views, o->name)))
			continue;
		o->name = pool_str(&cat->schema->pool, o->name);
		add_table(cat, o, &r);
		cat->nobjects++;
	}
	if (cat->nobjects)
		qsort(cat->objects, cat->nobjects, sizeof(*cat->objects), compare_objects);
}

static void
check_tables(struct catalogue *cat)
{
	for (size_t i = 0; i < cat->ntables; i++) {
		const struct object *o = catalogue_find(cat, cat->tables[i]);

		if (!o)
			die(STATUS_BAD, "database %s: no table %s", show(cat->database).text,
			    show(cat->tables[i]).text);
		if (o->instead)
			die(STATUS_BAD, "database %s: expected a table, %s is %s",
			    show(cat->database).text, show(o->name).text, o->instead);
	}
}

/* --- columns ---------------------------------------------------------------------------------------- */

/* The columns of columns.sql. */
enum column_column {
	COLUMN_TABLE,
	COLUMN_NAME,
	COLUMN_TYPE,
	COLUMN_NULLABLE,
	COLUMN_DEFAULT,
	COLUMN_EXTRA,
	COLUMN_COLLATION,
	COLUMN_COMMENT,
	COLUMN_GENERATED,
};

static void
doubt(struct catalogue *cat, struct node *column, enum doubt_kind kind)
{
	struct doubt *d = pool_get(&cat->schema->pool, sizeof(*d));

	d->column = column;
	d->kind = kind;
	*cat->doubts_end = d;
	cat->doubts_end = &d->next;
}

/* The servers' own texts, in utf8mb3, have a question mark for what only these character sets hold. */
static bool
has_loss(struct str text, struct str collation)
{
	static const struct str wide[] = {
		{ "utf8mb4_", 8 }, { "utf16", 5 }, { "utf32_", 6 }, { "gb18030_", 8 }
	};

	if (!memchr(text.p, '?', text.n))
		return false;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (str_starts(collation, wide[i]))
			return true;
	return false;
}

static void
doubt_default(struct catalogue *cat, struct node *column, struct str text, struct str collation)
{
	struct type type = type_of(column->arg[1], false);
	bool mysql_8 = !cat->source->mariadb && cat->source->version >= MYSQL_8;

	switch (type.kind) {
	case TYPE_BINARY:
	case TYPE_VARBINARY:
	case TYPE_BYTES:
		if (!str_starts_nocase(text, STR("x'")) &&
		    !(mysql_8 && str_starts(text, STR("0x"))))
			doubt(cat, column, DOUBT_BYTES);
		break;
	case TYPE_F32:
		if (!str_eq(text, STR("0")))
			doubt(cat, column, DOUBT_FLOAT);
		break;
	case TYPE_TIMESTAMPTZ:
		/* MySQL 8 keeps it as it was written, in the zone of who did. */
		if (mysql_8 && !str_starts(text, STR("0000")))
			doubt(cat, column, DOUBT_TIME);
		break;
	default:
		if (collation.p && has_loss(text, collation))
			doubt(cat, column, DOUBT_TEXT);
	}
}

/* What follows word in extra, up to the next comma; p NULL when it is not there. */
static struct str
extra_after(struct str extra, struct str word)
{
	struct str head, rest;

	for (size_t i = 0; i + word.n <= extra.n; i++) {
		if (!str_starts_nocase(str_of(extra.p + i, extra.n - i), word))
			continue;
		str_cut(str_of(extra.p + i + word.n, extra.n - i - word.n), ',', &head, &rest);
		return head;
	}
	return STR_NONE;
}

static bool
extra_has(struct str extra, struct str word)
{
	return extra_after(extra, word).p != NULL;
}

static void
set_default(struct catalogue *cat, struct node *column, const struct rows *r)
{
	struct str text = catalogue_value(r, COLUMN_DEFAULT),
		   collation = catalogue_value(r, COLUMN_COLLATION);
	bool expression = extra_has(catalogue_value(r, COLUMN_EXTRA), STR("DEFAULT_GENERATED"));
	bool sql =
	    expression || (cat->source->mariadb && cat->source->version >= MARIADB_DEFAULT_SQL);

	if (expression)
		text = catalogue_expression(cat, text);
	if (mysql_default_set(cat->schema, column, text,
			      sql ? MYSQL_DEFAULT_SQL : MYSQL_DEFAULT_VALUE))
		doubt_default(cat, column, text, collation);
}

static void
set_on_update(struct catalogue *cat, struct node *column, struct str extra)
{
	struct str expression = extra_after(extra, STR("on update "));
	struct buf b = { 0 };

	if (!expression.p)
		return;
	mysql_add_expression(&b, expression);
	node_set(cat->schema, column, ATTR_ONUPDATE, buf_str(&b));
	buf_release(&b);
}

/* The ends of the period that MariaDB keeps a row's version for are columns whose values it sets. */
static bool
is_period(struct str expression)
{
	return str_eq(expression, STR("ROW START")) || str_eq(expression, STR("ROW END"));
}

static void
set_generated(struct catalogue *cat, struct node *column, const struct rows *r)
{
	struct str expression = catalogue_value(r, COLUMN_GENERATED),
		   extra = catalogue_value(r, COLUMN_EXTRA);

	if (!expression.n || is_period(expression))
		return;
	node_set(cat->schema, column, ATTR_GENERATED, catalogue_expression(cat, expression));
	if (extra_has(extra, STR("STORED")) || extra_has(extra, STR("PERSISTENT")))
		node_set(cat->schema, column, ATTR_STORED, STR_NONE);
}

static void
add_labels(struct catalogue *cat, struct node *column, struct str column_type,
	   struct str collation)
{
	struct mysql_labels l = { .rest = column_type };
	struct buf *b = &cat->scratch;
	bool loss = false;
	int got;

	b->n = 0;
	while ((got = mysql_label_next(&l, b)) > 0) {
		node_add(cat->schema, column, NODE_LABEL, buf_str(b), STR_NONE, STR_NONE);
		loss = loss || (collation.p && has_loss(buf_str(b), collation));
		b->n = 0;
	}
	if (got < 0)
		die(STATUS_BAD, "table %s: column %s: its type cannot be understood: %s",
		    show(column->parent->arg[1]).text, show(column->arg[0]).text,
		    show(column_type).text);
	if (loss && node_has(column->parent, ATTR_VIEW))
		die(STATUS_BAD,
		    "view %s: column %s: the server shows its labels with question marks: a query that casts it to char reads it",
		    show(column->parent->arg[1]).text, show(column->arg[0]).text);
	if (loss)
		doubt(cat, column, DOUBT_LABELS);
}

static void
set_src(struct catalogue *cat, struct node *column, struct str column_type)
{
	struct buf *b = &cat->scratch;

	b->n = 0;
	mysql_type_src(b, column_type);
	node_set(cat->schema, column, ATTR_SRC, buf_str(b));
}

static void
add_column(struct catalogue *cat, struct object *o, const struct rows *r)
{
	struct str column_type = catalogue_value(r, COLUMN_TYPE),
		   extra = catalogue_value(r, COLUMN_EXTRA),
		   collation = catalogue_value(r, COLUMN_COLLATION);
	struct mysql_type type = mysql_type(column_type);
	struct node *n =
	    node_add(cat->schema, o->node, NODE_COLUMN, catalogue_value(r, COLUMN_NAME),
		     str_cstr(type.text), STR_NONE);

	set_src(cat, n, column_type);
	if (str_eq(n->arg[1], STR("enum")) || str_eq(n->arg[1], STR("set")))
		add_labels(cat, n, column_type, collation);
	if (!str_eq(collation, o->collation))
		catalogue_set(cat, n, ATTR_COLLATE, collation);
	/* A view says of its columns what those of its tables are: the rest is not true of it. */
	if (node_has(o->node, ATTR_VIEW))
		return;
	if (str_eq_nocase(catalogue_value(r, COLUMN_NULLABLE), STR("NO")))
		node_set(cat->schema, n, ATTR_NOTNULL, STR_NONE);
	set_default(cat, n, r);
	set_on_update(cat, n, extra);
	set_generated(cat, n, r);
	if (extra_has(extra, STR("auto_increment"))) {
		node_set(cat->schema, n, ATTR_IDENTITY, STR("bydefault"));
		if (o->next.p)
			node_add(cat->schema, o->node, NODE_NEXT, n->arg[0], o->next, STR_NONE);
	}
	catalogue_set(cat, n, ATTR_COMMENT, catalogue_value(r, COLUMN_COMMENT));
}

static void
read_columns(struct catalogue *cat)
{
	struct rows r = catalogue_query(cat, columns_sql);

	while (catalogue_step(&r)) {
		struct object *o = catalogue_table(&r);

		if (o)
			add_column(cat, o, &r);
	}
	for (size_t i = 0; i < cat->nobjects; i++)
		if (cat->objects[i].node && !node_first(cat->objects[i].node, NODE_COLUMN))
			die(STATUS_BAD, "table %s: the server shows none of its columns",
			    show(cat->objects[i].name).text);
}

/* --- all of it -------------------------------------------------------------------------------------- */

static void
begin(struct catalogue *cat, struct mysql_source *s, struct schema *out)
{
	struct rows r;

	*cat = (struct catalogue){ .source = s, .schema = out };
	cat->doubts_end = &cat->doubts;
	schema_init(out);
	r = catalogue_query(cat, "select database()");
	while (catalogue_step(&r)) {
		struct str name = catalogue_value(&r, 0);

		if (!name.p)
			die(STATUS_USAGE, "%s: no database: name one in the URI or with -n",
			    s->name);
		cat->database = pool_str(&out->pool, name);
	}
	out->source = STR("mysql");
	out->database = cat->database;
}

static void
end(struct catalogue *cat)
{
	free(cat->objects);
	buf_release(&cat->scratch);
}

void
mysql_catalogue(struct mysql_source *s, struct schema *out, const struct str *tables,
		size_t ntables, const struct views *views)
{
	struct catalogue cat;
	struct err e = { 0 };

	begin(&cat, s, out);
	cat.tables = tables;
	cat.ntables = ntables;
	cat.views = views;
	if (ntables == 1 && !views->nnames && !views->all)
		cat.only = tables[0];
	read_tables(&cat, tables_sql);
	check_tables(&cat);
	read_columns(&cat);
	catalogue_views(&cat);
	catalogue_indexes(&cat);
	catalogue_groups(&cat);
	catalogue_foreign(&cat);
	catalogue_checks(&cat);
	catalogue_skipped(&cat, ntables == 0);
	if (ntables == 0)
		catalogue_sequences(&cat);
	catalogue_exact(&cat);
	end(&cat);
	schema_sort(out);
	if (schema_check(out, &e) < 0)
		die(e.status, "%s: %s", s->name, e.text);
}
