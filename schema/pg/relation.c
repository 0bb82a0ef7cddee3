/* A table or view of the server, as far as COPY has to know it. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/pg/quote.h"
#include "schema/pg/relation.h"
#include "schema/pg/relation.sql.h"

enum {
	KIND,
	PARENT,
	NAME,
	TYPE,
	GENERATED,
	OID,
	NOTNULL,
	BASE,
	BASE_OID,
	BASE_TYPE,
	ELEMENT,
	ELEMENT_BASE,
	ELEMENT_TYPE,
	UNDIVIDED,
};

/* A parameter ends at its first zero byte, and a name with one would find another table. */
static bool
can_be_name(struct str s)
{
	return !s.n || !memchr(s.p, '\0', s.n);
}

static bool
is_true(const PGresult *res, int row, int col)
{
	return str_eq(pg_value(res, row, col), STR("t"));
}

/* 0 for NULL. */
static unsigned
oid_of(const PGresult *res, int row, int col)
{
	uint64_t oid;

	return num_u64(pg_value(res, row, col), &oid) ? (unsigned)oid : 0;
}

static bool
is_enum(const PGresult *res, int row, int col)
{
	return str_eq(pg_value(res, row, col), STR("e"));
}

static PGresult *
check(PGconn *conn, PGresult *res, ExecStatusType want)
{
	if (PQresultStatus(res) != want)
		pg_die(conn, res, "catalogue");
	return res;
}

/* Planning takes far longer than the query: it is done once for all tables of a connection, of which a program has one. */
static PGresult *
ask(PGconn *conn, struct str schema, struct str table)
{
	static const char query[] = "pgtide_relation";
	static const PGconn *prepared;
	struct buf names[2] = { { 0 }, { 0 } };
	const char *params[2];
	PGresult *res;

	if (prepared != conn)
		PQclear(check(conn, PQprepare(conn, query, relation_sql, 0, NULL),
			      PGRES_COMMAND_OK));
	prepared = conn;
	buf_add(&names[0], schema);
	buf_add(&names[1], table);
	params[0] = buf_cstr(&names[0]);
	params[1] = buf_cstr(&names[1]);
	res =
	    check(conn, PQexecPrepared(conn, query, 2, params, NULL, NULL, 0), PGRES_TUPLES_OK);
	buf_release(&names[0]);
	buf_release(&names[1]);
	return res;
}

bool
pg_relation_read(struct pg_relation *rel, PGconn *conn, struct str schema, struct str table)
{
	int n;

	*rel = (struct pg_relation){ 0 };
	if (!can_be_name(schema) || !can_be_name(table))
		return false;
	rel->texts = ask(conn, schema, table);
	n = PQntuples(rel->texts);
	if (n == 0) {
		pg_relation_release(rel);
		return false;
	}
	rel->kind = pg_value(rel->texts, 0, KIND).p[0];
	rel->parent = is_true(rel->texts, 0, PARENT);
	rel->undivided = is_true(rel->texts, 0, UNDIVIDED);
	rel->oid = PQgetvalue(rel->texts, 0, OID);
	rel->columns = mem_array((size_t)n, sizeof(*rel->columns));
	for (int i = 0; i < n && pg_value(rel->texts, i, NAME).p; i++)
		rel->columns[rel->ncols++] = (struct pg_column){
			.name = pg_value(rel->texts, i, NAME),
			.type = pg_value(rel->texts, i, TYPE),
			.generated = is_true(rel->texts, i, GENERATED),
			.notnull = is_true(rel->texts, i, NOTNULL),
			.base = pg_value(rel->texts, i, BASE),
			.base_oid = oid_of(rel->texts, i, BASE_OID),
			.is_enum = is_enum(rel->texts, i, BASE_TYPE),
			.element = oid_of(rel->texts, i, ELEMENT),
			.element_base = oid_of(rel->texts, i, ELEMENT_BASE),
			.element_is_enum = is_enum(rel->texts, i, ELEMENT_TYPE),
		};
	return true;
}

void
pg_relation_release(struct pg_relation *rel)
{
	PQclear(rel->texts);
	free(rel->columns);
	*rel = (struct pg_relation){ 0 };
}

const struct pg_column *
pg_relation_column(const struct pg_relation *rel, struct str name)
{
	for (size_t i = 0; i < rel->ncols; i++)
		if (str_eq(rel->columns[i].name, name))
			return &rel->columns[i];
	return NULL;
}

void
pg_relation_only(const struct pg_relation *rel, struct buf *out, struct str schema,
		 struct str table)
{
	/* A partitioned table has no rows of its own, and ONLY of it is none at all. */
	if (rel->kind != 'p' && rel->parent)
		buf_add(out, STR("ONLY "));
	pg_quote_name(out, schema, table);
}

/* A name that is too long for PostgreSQL is shown well enough by its beginning. */
static struct str
shown_part(struct str name)
{
	return str_of(name.p, name.n < 100 ? name.n : 100);
}

void
pg_relation_where(struct buf *out, struct str schema, struct str table)
{
	if (schema.n) {
		buf_add(out, shown_part(schema));
		buf_addc(out, '.');
	}
	buf_add(out, shown_part(table));
}
