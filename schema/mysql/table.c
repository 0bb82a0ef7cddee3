/* One table of MySQL or MariaDB: what it is, and its columns. */
#include "schema/mysql/table.h"
#include "schema/mysql/table-checks.sql.h"
#include "schema/mysql/table-columns.sql.h"
#include "schema/mysql/table-kind.sql.h"
#include "schema/mysql/type.h"

/* The statement with its parameters as literals: not as variables, with which old servers open every table there is. */
static MYSQL_RES *
ask(struct mysql_source *s, const char *sql, struct str schema, struct str table)
{
	const struct {
		struct str name, value;
	} params[] = { { STR(":schema"), schema }, { STR(":table"), table } };
	struct buf text = { 0 };
	MYSQL_RES *result;

	while (*sql) {
		size_t i = 0;

		while (i < 2 && !str_starts(str_cstr(sql), params[i].name))
			i++;
		if (i < 2) {
			mysql_quote_text(&text, params[i].value);
			sql += params[i].name.n;
		} else {
			buf_addc(&text, *sql++);
		}
	}
	result = mysql_source_query(s, "catalogue", buf_str(&text));
	buf_release(&text);
	return result;
}

static const char *
what_else(struct str kind)
{
	static const struct {
		struct str kind;
		const char *words;
	} kinds[] = {
		{ STR("VIEW"), "a view" },
		{ STR("SYSTEM VIEW"), "a view of the server's own" },
		{ STR("SEQUENCE"), "a sequence" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eq(kind, kinds[i].kind))
			return kinds[i].words;
	return NULL;
}

static struct str
keep(struct mysql_source *s, MYSQL_RES *result, MYSQL_ROW row, unsigned column)
{
	struct str value = mysql_source_value(result, row, column);

	return value.p ? pool_str(&s->pool, value) : STR_NONE;
}

static void
read_columns(struct mysql_source *s, struct str schema, struct str table,
	     struct mysql_table *out)
{
	MYSQL_RES *result = ask(s, table_columns_sql, schema, table);
	MYSQL_ROW row;

	out->columns =
	    pool_get(&s->pool, ((size_t)mysql_num_rows(result) + 1) * sizeof(*out->columns));
	while ((row = mysql_fetch_row(result)) != NULL) {
		struct mysql_column *c = &out->columns[out->ncols++];
		struct mysql_type type;

		c->name = keep(s, result, row, 0);
		c->column_type = keep(s, result, row, 1);
		c->charset = keep(s, result, row, 2);
		c->primary = str_eq(mysql_source_value(result, row, 3), STR("PRI"));
		c->nullable = str_eq(mysql_source_value(result, row, 4), STR("YES"));
		type = mysql_type(c->column_type);
		c->type = pool_str(&s->pool, str_cstr(type.text));
	}
	mysql_free_result(result);
}

static void
find_json(struct mysql_source *s, struct str schema, struct str table, struct mysql_table *out)
{
	MYSQL_RES *result;
	MYSQL_ROW row;
	bool any = false;

	for (size_t i = 0; i < out->ncols; i++)
		any = any || str_eq_nocase(out->columns[i].column_type, STR("longtext"));
	/* The view has the table's name from MariaDB 10.2.22 and 10.3.10 on. */
	if (!any || !s->mariadb || s->version < 100222 ||
	    (s->version >= 100300 && s->version < 100310))
		return;
	result = ask(s, table_checks_sql, schema, table);
	while ((row = mysql_fetch_row(result)) != NULL) {
		struct str name = mysql_source_value(result, row, 0);
		struct str clause = mysql_source_value(result, row, 1);

		for (size_t i = 0; i < out->ncols; i++) {
			struct mysql_column *c = &out->columns[i];

			if (str_eq(c->name, name) &&
			    mysql_is_json(c->column_type, c->name, clause))
				c->type = STR("json");
		}
	}
	mysql_free_result(result);
}

bool
mysql_table_read(struct mysql_source *s, struct str schema, struct str table, bool view,
		 struct mysql_table *out)
{
	MYSQL_RES *result = ask(s, table_kind_sql, schema, table);
	MYSQL_ROW row = mysql_fetch_row(result);

	*out = (struct mysql_table){ 0 };
	if (row)
		out->instead = what_else(mysql_source_value(result, row, 0));
	if (row && view)
		out->instead =
		    str_eq(mysql_source_value(result, row, 0), STR("VIEW")) ? NULL : "no view";
	mysql_free_result(result);
	if (!row || out->instead)
		return false;
	read_columns(s, schema, table, out);
	find_json(s, schema, table, out);
	return true;
}

const struct mysql_column *
mysql_table_column(const struct mysql_table *t, struct str name)
{
	for (size_t i = 0; i < t->ncols; i++)
		if (str_eq(t->columns[i].name, name))
			return &t->columns[i];
	return NULL;
}
