/* The catalogue of a PostgreSQL database as schema(5). */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/pg/catalogue.h"
#include "schema/pg/pg.h"
#include "schema/pg/quote.h"
#include "schema/shorten.h"

#include "schema/pg/columns.sql.h"
#include "schema/pg/constraints.sql.h"
#include "schema/pg/enums.sql.h"
#include "schema/pg/indexes.sql.h"
#include "schema/pg/schemas.sql.h"
#include "schema/pg/sequences.sql.h"
#include "schema/pg/skipped.sql.h"
#include "schema/pg/tables.sql.h"

/* A table by its OID, which all other rows of the catalogue know it by. */
struct known {
	uint64_t oid;
	struct node *node;
};

/* A sequence whose position is to be read, and the lines that it is for. */
struct position {
	uint64_t oid;
	struct str name; /* quoted */
	struct str increment;
	struct node *table; /* NULL: no line in a table */
	struct str column;
	struct node *sequence; /* NULL: of an identity, it has no line of its own */
};

struct reading {
	PGconn *conn;
	const struct pg_selection *sel;
	struct schema *s;
	struct known *tables; /* in order of oid */
	size_t ntables;
	struct position *positions;
	size_t npositions;
	struct buf scratch;
};

/* Positions are read with one query for so many sequences; to plan one for many more takes the square of the time. */
enum { POSITIONS_A_QUERY = 32 };

static PGresult *
query(struct reading *r, const char *sql)
{
	return pg_query(r->conn, "catalogue", sql, 0, NULL);
}

static bool
is_true(const PGresult *res, int row, int col)
{
	return str_eq(pg_value(res, row, col), STR("t"));
}

static uint64_t
oid_of(const PGresult *res, int row, int col)
{
	uint64_t oid = 0;

	num_u64(pg_value(res, row, col), &oid);
	return oid;
}

static void
set_text(struct reading *r, struct node *n, enum attr_name attr, struct str value)
{
	if (value.p)
		node_set(r->s, n, attr, value);
}

static void
set_word(struct reading *r, struct node *n, enum attr_name attr, bool there)
{
	if (there)
		node_set(r->s, n, attr, STR_NONE);
}

static bool
among(struct str name, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], name))
			return true;
	return n == 0;
}

static bool
schema_selected(const struct reading *r, struct str name)
{
	return among(name, r->sel->schemas, r->sel->nschemas);
}

static struct node *
find_table(const struct reading *r, uint64_t oid)
{
	size_t low = 0, high = r->ntables;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->tables[middle].oid < oid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->ntables && r->tables[low].oid == oid ? r->tables[low].node : NULL;
}

/* A name that selects nothing is a mistake of the caller's, never an empty answer. */
static void
check_schemas(struct reading *r)
{
	PGresult *res = query(r, schemas_sql);

	for (size_t i = 0; i < r->sel->nschemas; i++) {
		int row = 0;

		while (row < PQntuples(res) &&
		       !str_eq(pg_value(res, row, 0), r->sel->schemas[i]))
			row++;
		if (row == PQntuples(res))
			die(STATUS_BAD, "database %s: no schema %s",
			    show(str_cstr(PQdb(r->conn))).text, show(r->sel->schemas[i]).text);
	}
	PQclear(res);
}

static void
check_tables(const struct reading *r)
{
	for (size_t i = 0; i < r->sel->ntables; i++) {
		size_t t = 0;

		while (t < r->ntables && !str_eq(r->tables[t].node->arg[1], r->sel->tables[i]))
			t++;
		if (t == r->ntables)
			die(STATUS_BAD, "database %s: no table %s",
			    show(str_cstr(PQdb(r->conn))).text, show(r->sel->tables[i]).text);
	}
}

static void
read_enums(struct reading *r)
{
	enum { OID, SCHEMA, NAME, LABEL, COMMENT };
	PGresult *res = query(r, enums_sql);
	struct node *n = NULL;
	uint64_t last = 0;

	for (int i = 0; i < PQntuples(res); i++) {
		struct str label = pg_value(res, i, LABEL);

		if (!schema_selected(r, pg_value(res, i, SCHEMA)))
			continue;
		if (!n || oid_of(res, i, OID) != last) {
			n = node_add(r->s, &r->s->root, NODE_ENUM, pg_value(res, i, SCHEMA),
				     pg_value(res, i, NAME), STR_NONE);
			set_text(r, n, ATTR_COMMENT, pg_value(res, i, COMMENT));
			last = oid_of(res, i, OID);
		}
		if (label.p)
			node_add(r->s, n, NODE_LABEL, label, STR_NONE, STR_NONE);
	}
	PQclear(res);
}

static void
read_tables(struct reading *r)
{
	enum { OID, SCHEMA, NAME, COMMENT };
	PGresult *res = query(r, tables_sql);

	r->tables = mem_array((size_t)PQntuples(res), sizeof(*r->tables));
	for (int i = 0; i < PQntuples(res); i++) {
		struct str schema = pg_value(res, i, SCHEMA), name = pg_value(res, i, NAME);
		struct node *n;

		if (!schema_selected(r, schema) ||
		    !among(name, r->sel->tables, r->sel->ntables))
			continue;
		n = node_add(r->s, &r->s->root, NODE_TABLE, schema, name, STR_NONE);
		set_text(r, n, ATTR_COMMENT, pg_value(res, i, COMMENT));
		r->tables[r->ntables++] = (struct known){ oid_of(res, i, OID), n };
	}
	PQclear(res);
}

static void
read_columns(struct reading *r)
{
	enum { TABLE, NAME, TYPE, NOTNULL, IDENTITY, GENERATED, EXPR, COLLATION, COMMENT };
	PGresult *res = query(r, columns_sql);

	for (int i = 0; i < PQntuples(res); i++) {
		struct node *table = find_table(r, oid_of(res, i, TABLE)), *n;
		struct str generated = pg_value(res, i, GENERATED);

		if (!table)
			continue;
		n = node_add(r->s, table, NODE_COLUMN, pg_value(res, i, NAME),
			     pg_value(res, i, TYPE), STR_NONE);
		set_word(r, n, ATTR_NOTNULL, is_true(res, i, NOTNULL));
		set_text(r, n, ATTR_IDENTITY, pg_value(res, i, IDENTITY));
		set_text(r, n, generated.n ? ATTR_GENERATED : ATTR_DEFEXPR,
			 pg_value(res, i, EXPR));
		set_word(r, n, ATTR_STORED, str_eq(generated, STR("s")));
		set_text(r, n, ATTR_COLLATE, pg_value(res, i, COLLATION));
		set_text(r, n, ATTR_COMMENT, pg_value(res, i, COMMENT));
	}
	PQclear(res);
}

/* The columns of indexes.sql. */
enum index_column {
	INDEX_TABLE,
	INDEX_OID,
	INDEX_NAME,
	INDEX_KIND,
	INDEX_METHOD,
	INDEX_WHERE,
	INDEX_NULLSNOTDISTINCT,
	INDEX_DEFERRABLE,
	INDEX_DEFERRED,
	INDEX_COMMENT,
	INDEX_INCLUDED,
	INDEX_COLUMN,
	INDEX_EXPR,
	INDEX_DESC,
	INDEX_NULLS,
	INDEX_OPCLASS,
	INDEX_COLLATION,
};

/*
 * idx_OID_NAME, as pg-ddl calls indexes when it is told to: the line has NAME, since the OID is another one whenever the
 * table is made again. False, and all of the name, when it is none.
 */
static bool
cut_oid(struct str *name, struct str oid)
{
	size_t n = strlen("idx_") + oid.n;

	if (name->n <= n + 1 || name->n > n + 1 + NAME_BYTES_BEHIND_OID ||
	    !str_starts(*name, STR("idx_")) ||
	    !str_starts(str_of(name->p + 4, name->n - 4), oid) || name->p[n] != '_')
		return false;
	*name = str_of(name->p + n + 1, name->n - n - 1);
	return true;
}

static struct node *
add_index(struct reading *r, struct node *table, const PGresult *res, int i)
{
	struct str kind = pg_value(res, i, INDEX_KIND);
	enum node_kind node_kind = str_eq(kind, STR("primary")) ? NODE_PRIMARY
	    : str_eq(kind, STR("unique"))                       ? NODE_UNIQUE
								: NODE_INDEX;
	struct str name = pg_value(res, i, INDEX_NAME);
	bool oid_name = cut_oid(&name, pg_value(res, i, INDEX_TABLE));
	struct node *n = node_add(r->s, table, node_kind, name, STR_NONE, STR_NONE);

	if (node_kind == NODE_INDEX)
		set_text(r, n, ATTR_METHOD, pg_value(res, i, INDEX_METHOD));
	set_text(r, n, ATTR_WHERE, pg_value(res, i, INDEX_WHERE));
	set_word(r, n, ATTR_NULLSNOTDISTINCT, is_true(res, i, INDEX_NULLSNOTDISTINCT));
	set_word(r, n, ATTR_DEFERRABLE, is_true(res, i, INDEX_DEFERRABLE));
	set_word(r, n, ATTR_DEFERRED, is_true(res, i, INDEX_DEFERRED));
	set_word(r, n, ATTR_OIDNAME, oid_name);
	set_text(r, n, ATTR_COMMENT, pg_value(res, i, INDEX_COMMENT));
	return n;
}

static void
add_key(struct reading *r, struct node *index, const PGresult *res, int i)
{
	struct str column = pg_value(res, i, INDEX_COLUMN);
	enum node_kind kind = is_true(res, i, INDEX_INCLUDED) ? NODE_INCLUDE
	    : column.p                                        ? NODE_KEY
							      : NODE_KEYEXPR;
	struct node *n =
	    node_add(r->s, index, kind, column.p ? column : pg_value(res, i, INDEX_EXPR),
		     STR_NONE, STR_NONE);

	if (kind == NODE_INCLUDE)
		return;
	set_word(r, n, ATTR_DESC, is_true(res, i, INDEX_DESC));
	set_text(r, n, ATTR_NULLS, pg_value(res, i, INDEX_NULLS));
	set_text(r, n, ATTR_OPCLASS, pg_value(res, i, INDEX_OPCLASS));
	set_text(r, n, ATTR_COLLATE, pg_value(res, i, INDEX_COLLATION));
}

static void
read_indexes(struct reading *r)
{
	PGresult *res = query(r, indexes_sql);
	struct node *n = NULL;
	uint64_t last = 0;

	for (int i = 0; i < PQntuples(res); i++) {
		struct node *table = find_table(r, oid_of(res, i, INDEX_TABLE));

		if (!table)
			continue;
		if (!n || oid_of(res, i, INDEX_OID) != last)
			n = add_index(r, table, res, i);
		last = oid_of(res, i, INDEX_OID);
		add_key(r, n, res, i);
	}
	PQclear(res);
}

/* The columns of constraints.sql. */
enum constraint_column {
	CON_TABLE,
	CON_OID,
	CON_KIND,
	CON_NAME,
	CON_VALIDATED,
	CON_DEFERRABLE,
	CON_DEFERRED,
	CON_COMMENT,
	CON_EXPR,
	CON_REF_SCHEMA,
	CON_REF_TABLE,
	CON_ONDELETE,
	CON_ONUPDATE,
	CON_MATCH,
	CON_COLUMN,
	CON_REF_COLUMN,
};

static struct node *
add_constraint(struct reading *r, struct node *table, const PGresult *res, int i)
{
	bool foreign = str_eq(pg_value(res, i, CON_KIND), STR("f"));
	struct node *n;

	if (foreign)
		n = node_add(r->s, table, NODE_FOREIGN, pg_value(res, i, CON_NAME),
			     pg_value(res, i, CON_REF_SCHEMA), pg_value(res, i, CON_REF_TABLE));
	else
		n = node_add(r->s, table, NODE_CHECK, pg_value(res, i, CON_NAME),
			     pg_value(res, i, CON_EXPR), STR_NONE);
	set_word(r, n, ATTR_NOTVALID, !is_true(res, i, CON_VALIDATED));
	set_text(r, n, ATTR_COMMENT, pg_value(res, i, CON_COMMENT));
	if (!foreign)
		return n;
	set_text(r, n, ATTR_MATCH, pg_value(res, i, CON_MATCH));
	set_text(r, n, ATTR_ONDELETE, pg_value(res, i, CON_ONDELETE));
	set_text(r, n, ATTR_ONUPDATE, pg_value(res, i, CON_ONUPDATE));
	set_word(r, n, ATTR_DEFERRABLE, is_true(res, i, CON_DEFERRABLE));
	set_word(r, n, ATTR_DEFERRED, is_true(res, i, CON_DEFERRED));
	return n;
}

static void
read_constraints(struct reading *r)
{
	PGresult *res = query(r, constraints_sql);
	struct node *n = NULL;
	uint64_t last = 0;

	for (int i = 0; i < PQntuples(res); i++) {
		struct node *table = find_table(r, oid_of(res, i, CON_TABLE));

		if (!table)
			continue;
		if (!n || oid_of(res, i, CON_OID) != last)
			n = add_constraint(r, table, res, i);
		last = oid_of(res, i, CON_OID);
		if (n->kind == NODE_FOREIGN)
			node_add(r->s, n, NODE_PAIR, pg_value(res, i, CON_COLUMN),
				 pg_value(res, i, CON_REF_COLUMN), STR_NONE);
	}
	PQclear(res);
}

/* The columns of sequences.sql. */
enum sequence_column {
	SEQ_OID,
	SEQ_SCHEMA,
	SEQ_NAME,
	SEQ_TYPE,
	SEQ_START,
	SEQ_INCREMENT,
	SEQ_MIN,
	SEQ_MAX,
	SEQ_CYCLE,
	SEQ_COMMENT,
	SEQ_OWNED, /* i, a or null */
	SEQ_TABLE,
	SEQ_COLUMN,
	SEQ_READABLE,
	SEQ_NEXT,
};

static struct node *
add_sequence(struct reading *r, const PGresult *res, int i)
{
	struct node *n =
	    node_add(r->s, &r->s->root, NODE_SEQUENCE, pg_value(res, i, SEQ_SCHEMA),
		     pg_value(res, i, SEQ_NAME), STR_NONE);

	set_text(r, n, ATTR_TYPE, pg_value(res, i, SEQ_TYPE));
	set_text(r, n, ATTR_START, pg_value(res, i, SEQ_START));
	set_text(r, n, ATTR_INCREMENT, pg_value(res, i, SEQ_INCREMENT));
	set_text(r, n, ATTR_MIN, pg_value(res, i, SEQ_MIN));
	set_text(r, n, ATTR_MAX, pg_value(res, i, SEQ_MAX));
	set_word(r, n, ATTR_CYCLE, is_true(res, i, SEQ_CYCLE));
	set_text(r, n, ATTR_COMMENT, pg_value(res, i, SEQ_COMMENT));
	return n;
}

/* What an identity says of its sequence, when it is not what a sequence has anyway. */
static void
add_identity(struct reading *r, struct node *table, const PGresult *res, int i)
{
	struct node *column = node_find(table, NODE_COLUMN, pg_value(res, i, SEQ_COLUMN));
	struct str start = pg_value(res, i, SEQ_START),
		   increment = pg_value(res, i, SEQ_INCREMENT);

	if (!str_eq(start, STR("1")))
		node_set(r->s, column, ATTR_START, start);
	if (!str_eq(increment, STR("1")))
		node_set(r->s, column, ATTR_INCREMENT, increment);
}

/* Whether the column takes its values from the sequence that it owns. */
static bool
is_serial(const struct node *table, struct str name)
{
	const struct node *column = node_find(table, NODE_COLUMN, name);

	return str_starts(node_attr(column, ATTR_DEFEXPR), STR("nextval("));
}

static void
add_next(struct reading *r, const struct position *p, struct str next)
{
	if (p->table)
		node_add(r->s, p->table, NODE_NEXT, p->column, next, STR_NONE);
	if (p->sequence)
		node_add(r->s, p->sequence, NODE_NEXT, STR(""), next, STR_NONE);
}

static void
take_sequence(struct reading *r, const PGresult *res, int i)
{
	struct node *table = find_table(r, oid_of(res, i, SEQ_TABLE));
	bool identity = str_eq(pg_value(res, i, SEQ_OWNED), STR("i"));
	struct position p = { .oid = oid_of(res, i, SEQ_OID),
			      .column = pg_value(res, i, SEQ_COLUMN) };
	bool selected = r->sel->ntables || identity
	    ? table != NULL
	    : schema_selected(r, pg_value(res, i, SEQ_SCHEMA));

	if (!selected)
		return;
	if (identity)
		add_identity(r, table, res, i);
	else
		p.sequence = add_sequence(r, res, i);
	if (table && (identity || is_serial(table, p.column)))
		p.table = table;
	r->scratch.n = 0;
	pg_quote_name(&r->scratch, pg_value(res, i, SEQ_SCHEMA), pg_value(res, i, SEQ_NAME));
	p.name = pool_str(&r->s->pool, buf_str(&r->scratch));
	p.increment = pool_str(&r->s->pool, pg_value(res, i, SEQ_INCREMENT));
	p.column = pool_str(&r->s->pool, p.column);
	if (!is_true(res, i, SEQ_READABLE))
		warn("sequence %s: no right to read its position", show(p.name).text);
	else if (pg_value(res, i, SEQ_NEXT).p)
		add_next(r, &p, pg_value(res, i, SEQ_NEXT));
	else
		r->positions[r->npositions++] = p;
}

/* Of sequences that gave no value yet: where setval(…, false) put them stands only in themselves. */
static void
read_positions(struct reading *r, size_t from, size_t to)
{
	PGresult *res;

	r->scratch.n = 0;
	for (size_t i = from; i < to; i++) {
		struct position *p = &r->positions[i];

		buf_addf(&r->scratch, "%sselect %zu, last_value + case when is_called then ",
			 i > from ? " union all " : "", i);
		buf_add(&r->scratch, p->increment);
		buf_add(&r->scratch, STR("::numeric else 0 end from "));
		buf_add(&r->scratch, p->name);
	}
	res = query(r, buf_cstr(&r->scratch));
	for (int row = 0; row < PQntuples(res); row++) {
		add_next(r, &r->positions[oid_of(res, row, 0)], pg_value(res, row, 1));
	}
	PQclear(res);
}

static void
read_sequences(struct reading *r)
{
	PGresult *res = query(r, sequences_sql);
	size_t end;

	r->positions = mem_array((size_t)PQntuples(res), sizeof(*r->positions));
	for (int i = 0; i < PQntuples(res); i++)
		take_sequence(r, res, i);
	PQclear(res);
	for (size_t i = 0; i < r->npositions; i = end) {
		end = i + POSITIONS_A_QUERY < r->npositions ? i + POSITIONS_A_QUERY
							    : r->npositions;
		read_positions(r, i, end);
	}
}

static void
read_skipped(struct reading *r)
{
	enum { TABLE, SCHEMA, KIND, NAME, REASON, TEXT };
	PGresult *res = query(r, skipped_sql);

	for (int i = 0; i < PQntuples(res); i++) {
		uint64_t oid = oid_of(res, i, TABLE);
		struct node *parent = oid ? find_table(r, oid) : &r->s->root, *n;

		if (!parent ||
		    (!oid &&
		     (r->sel->ntables || !schema_selected(r, pg_value(res, i, SCHEMA)))))
			continue;
		n = node_add(r->s, parent, NODE_SKIPPED, pg_value(res, i, KIND),
			     pg_value(res, i, NAME), STR_NONE);
		set_text(r, n, ATTR_REASON, pg_value(res, i, REASON));
		set_text(r, n, ATTR_TEXT, pg_value(res, i, TEXT));
	}
	PQclear(res);
}

void
pg_catalogue(PGconn *conn, const struct pg_selection *sel, struct schema *s)
{
	struct reading r = { .conn = conn, .sel = sel, .s = s };
	struct err e = { 0 };

	s->source = s->target = STR("postgresql");
	s->database = pool_str(&s->pool, str_cstr(PQdb(conn)));
	PQclear(query(&r, "begin isolation level repeatable read read only"));
	/* Compiling these queries takes several times as long as running them. */
	PQclear(query(&r, "set local jit = off"));
	check_schemas(&r);
	read_enums(&r);
	read_tables(&r);
	check_tables(&r);
	read_columns(&r);
	read_indexes(&r);
	read_constraints(&r);
	read_sequences(&r);
	read_skipped(&r);
	PQclear(query(&r, "commit"));
	schema_sort(s);
	if (schema_check(s, &e) < 0)
		err_die(&e);
	free(r.tables);
	free(r.positions);
	buf_release(&r.scratch);
}
