/* Exactly once: markers of what was loaded. */
#include "load/pg-loaded.h"
#include "schema/base/num.h"
#include "schema/pg/loaded-find.sql.h"
#include "schema/pg/loaded.sql.h"
#include "schema/pg/storage.sql.h"

enum { SAME, STORAGE, ROWS, BYTES, REJECTED, DIGEST };

static const char where[] = "pgtide.loaded";

static bool
is_there(struct target *t)
{
	PGresult *res =
	    pg_query(t->conn, where, "SELECT pg_catalog.to_regclass('pgtide.loaded')", 0, NULL);
	bool there = !PQgetisnull(res, 0, 0);

	PQclear(res);
	return there;
}

/* Two CREATE IF NOT EXISTS at a time can still fail, so that is done by one after the other; the key is "pgtide". */
static void
make_table(struct target *t)
{
	target_run(t, "BEGIN READ WRITE");
	target_run(t, "SET LOCAL client_min_messages = error");
	PQclear(pg_query(t->conn, where,
			 "SELECT pg_catalog.pg_advisory_xact_lock(123602420360293)", 0, NULL));
	if (!target_try(t, loaded_sql))
		pg_die(t->conn, t->error, where);
	target_run(t, "COMMIT");
}

static struct buf
storage_of(const struct pg_loaded *m, struct target *t)
{
	PGresult *res = pg_query(t->conn, where, storage_sql, 1, &m->oid);
	struct buf text = { 0 };

	buf_add(&text, pg_value(res, 0, 0));
	buf_cstr(&text);
	PQclear(res);
	return text;
}

/* A name as a parameter; the table was found, so it has no zero byte. */
static const char *
parameter(struct buf *b, struct str s)
{
	b->n = 0;
	buf_add(b, s);
	return buf_cstr(b);
}

static void
check_storage(const struct pg_loaded *m, struct target *t, struct str schema, struct str table)
{
	struct buf now = storage_of(m, t), name = { 0 };

	pg_relation_where(&name, schema, table);
	if (!str_eq(pg_value(m->texts, 0, STORAGE), buf_str(&now)))
		die(STATUS_BAD,
		    "%s: run %s loaded it, but since then the table was truncated or rewritten "
		    "(VACUUM FULL, CLUSTER, ALTER TABLE): nobody can tell what it holds; empty "
		    "it with pg-copy -Z, and load all of it again",
		    buf_cstr(&name), show(str_cstr(m->run)).text);
	buf_release(&now);
	buf_release(&name);
}

static void
tell_other_table(const struct pg_loaded *m, struct str schema, struct str table)
{
	struct buf name = { 0 };

	pg_relation_where(&name, schema, table);
	warn("%s: run %s loaded another table of this name, which was dropped or renamed: "
	     "loading again",
	     buf_cstr(&name), show(str_cstr(m->run)).text);
	buf_release(&name);
}

bool
pg_loaded_find(struct pg_loaded *m, struct target *t, struct str schema, struct str table)
{
	struct buf names[2] = { { 0 }, { 0 } };
	const char *params[] = { m->run, m->range, m->oid, parameter(&names[0], schema),
				 parameter(&names[1], table) };
	bool found;

	if (!is_there(t))
		make_table(t);
	PQclear(m->texts);
	m->texts = pg_query(t->conn, where, loaded_find_sql, 5, params);
	buf_release(&names[0]);
	buf_release(&names[1]);
	found = PQntuples(m->texts) > 0;
	if (found && !str_eq(pg_value(m->texts, 0, SAME), STR("t"))) {
		tell_other_table(m, schema, table);
		return false;
	}
	if (!found)
		return false;
	check_storage(m, t, schema, table);
	if (!num_u64(pg_value(m->texts, 0, ROWS), &m->rows) ||
	    !num_u64(pg_value(m->texts, 0, BYTES), &m->bytes) ||
	    !num_u64(pg_value(m->texts, 0, REJECTED), &m->rejected))
		die(STATUS_BAD, "%s: a marker without its figures", where);
	m->digest = pg_value(m->texts, 0, DIGEST);
	return true;
}

PGresult *
pg_loaded_others(const struct pg_loaded *m, struct target *t)
{
	const char *params[] = { m->run, m->range, m->oid };

	return pg_query(t->conn, where,
			"SELECT schema_name, table_name FROM pgtide.loaded"
			" WHERE run = $1 AND range = $2 AND relid <> $3"
			" ORDER BY started, schema_name, table_name",
			3, params);
}

bool
pg_loaded_claim(const struct pg_loaded *m, struct target *t, struct str schema,
		struct str table)
{
	struct buf names[2] = { { 0 }, { 0 } };
	const char *params[] = { m->run, m->range, m->oid, parameter(&names[0], schema),
				 parameter(&names[1], table) };
	PGresult *res =
	    pg_query(t->conn, where,
		     "INSERT INTO pgtide.loaded (run, range, relid, schema_name, table_name)"
		     " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
		     5, params);
	bool claimed = strcmp(PQcmdTuples(res), "1") == 0;

	PQclear(res);
	buf_release(&names[0]);
	buf_release(&names[1]);
	return claimed;
}

void
pg_loaded_complete(const struct pg_loaded *m, struct target *t)
{
	char figures[3][NUM_MAX + 1];
	struct buf storage = storage_of(m, t), digest = { 0 };
	const char *params[] = {
		m->run,     m->range,
		m->oid,     storage.p,
		figures[0], figures[1],
		figures[2], m->digest.p ? parameter(&digest, m->digest) : NULL
	};
	PGresult *res;

	figures[0][num_put_u64(figures[0], m->rows)] = '\0';
	figures[1][num_put_u64(figures[1], m->bytes)] = '\0';
	figures[2][num_put_u64(figures[2], m->rejected)] = '\0';
	res = pg_query(t->conn, where,
		       "UPDATE pgtide.loaded SET storage = $4, rows = $5, bytes = $6,"
		       " rejected = $7, digest = $8, finished = pg_catalog.clock_timestamp()"
		       " WHERE run = $1 AND range = $2 AND relid = $3",
		       8, params);
	if (strcmp(PQcmdTuples(res), "1") != 0)
		die(STATUS_BAD, "%s: the marker of this range is gone", where);
	PQclear(res);
	buf_release(&storage);
	buf_release(&digest);
}

void
pg_loaded_forget(struct target *t, const char *oid, const struct pg_loaded *m)
{
	const char *params[] = { oid, m ? m->run : NULL, m ? m->range : NULL };

	if (!is_there(t))
		return;
	PQclear(pg_query(t->conn, where,
			 "DELETE FROM pgtide.loaded WHERE relid = $1"
			 " AND (run = $2 AND range = $3) IS NOT TRUE",
			 3, params));
}

void
pg_loaded_release(struct pg_loaded *m)
{
	PQclear(m->texts);
	m->texts = NULL;
}
