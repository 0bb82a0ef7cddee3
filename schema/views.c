/* Views and queries that a source is asked to have as tables. */
#include <stdlib.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/views.h"

enum { QUERY_MAX_BYTES = 1024 * 1024 };

void
views_init(struct views *v, int argc)
{
	*v = (struct views){ 0 };
	v->names = mem_array((size_t)argc, sizeof(*v->names));
	v->queries = mem_array((size_t)argc, sizeof(*v->queries));
}

/* Without what ends a statement: the query becomes a part of one. */
static struct str
without_end(struct str sql)
{
	sql = str_trim(sql);
	while (sql.n && sql.p[sql.n - 1] == ';') {
		sql.n--;
		sql = str_trim(sql);
	}
	return sql;
}

static struct str
read_query(struct views *v, const char *path)
{
	struct input in;
	struct err e = { 0 };
	struct str sql;
	int got;

	if (input_open(&in, path, &e) < 0)
		err_die(&e);
	while ((got = input_more(&in, QUERY_MAX_BYTES, &e)) > 0)
		;
	if (got < 0)
		err_die(&e);
	sql = without_end(str_of(in.p + in.beg, in.end - in.beg));
	if (!sql.n)
		die(STATUS_USAGE, "%s: no query in it", path);
	if (utf8_valid(sql) != sql.n || memchr(sql.p, '\0', sql.n))
		die(STATUS_USAGE, "%s: the query is not UTF-8 without zero bytes", path);
	sql = pool_str(&v->pool, sql);
	input_close(&in);
	return sql;
}

static void
add_query(struct views *v, const char *argument)
{
	const char *path = strchr(argument, '=');
	struct view_query *q = &v->queries[v->nqueries];
	struct str name;

	if (!path || path == argument || !path[1])
		die(STATUS_USAGE, "option -q: %s is no NAME=FILE",
		    show(str_cstr(argument)).text);
	name = pool_str(&v->pool, str_of(argument, (size_t)(path - argument)));
	q->name = escape_arg('q', name.p);
	for (size_t i = 0; i < v->nqueries; i++)
		if (str_eq(v->queries[i].name, q->name))
			die(STATUS_USAGE, "option -q: two queries are called %s",
			    show(q->name).text);
	q->sql = read_query(v, path + 1);
	v->nqueries++;
}

void
views_option(struct views *v, int option, const char *argument)
{
	if (option == 'q')
		add_query(v, argument);
	else if (option == 'w')
		v->names[v->nnames++] = escape_arg(option, argument);
	else
		v->all = true;
}

bool
views_take(const struct views *v, struct str name)
{
	for (size_t i = 0; i < v->nnames; i++)
		if (str_eq(v->names[i], name))
			return true;
	return v->all;
}

void
views_release(struct views *v)
{
	free(v->names);
	free(v->queries);
	pool_release(&v->pool);
}
