/* The SQL of a target schema, statement by statement: what pg-ddl is made of. */
#ifndef LOAD_DDL_H
#define LOAD_DDL_H

#include "schema/base/bytes.h"
#include "schema/schema.h"

struct ddl {
	const struct schema *schema;
	bool list;         /* a line about each statement instead of its SQL */
	struct buf script; /* the statements so far */
	struct buf sql;    /* the one being made */
	struct buf scratch;
	const struct node
	    *oid_table; /* whose index, with a name that only the target can tell; or NULL */
	struct str oid_name; /* what is behind the OID in it */
	size_t oid_at;       /* where in sql it belongs */
	const char *kind;    /* what it makes, for the list */
	struct str of_schema, of_table, name;
};

/*
 * Names and texts that no statement could carry, as a fault of the whole schema: a zero byte, a name PostgreSQL would
 * cut. Dies as ddl_fault() does.
 */
void ddl_check(const struct schema *s);

/* The statements that go before the rows, and those behind them. */
void ddl_pre(struct ddl *d);
void ddl_post(struct ddl *d);

/* What drops all that ddl_pre() makes but schemas, and the functions of ddl_triggers(); what empties the tables. */
void ddl_drop(struct ddl *d);
void ddl_truncate(struct ddl *d);

/*
 * No statement, but rows for one, VALUES (kind, schema, name, table): what is planned, and of each column its type.
 * Nothing at all when nothing is planned.
 */
void ddl_names(struct ddl *d);

/* What sets the columns of a table that have onupdate=, when a row is updated. */
void ddl_triggers(struct ddl *d, const struct node *table);
/* The name of its function, or p NULL when the table needs none. */
struct str ddl_trigger_function(struct pool *pool, const struct node *table);

/* Begins a statement: kind, and the names of what it makes; a table's own have the table as name. */
void ddl_begin(struct ddl *d, const char *kind, struct str schema, struct str table,
	       struct str name);
/* Ends it: a semicolon and a newline. */
void ddl_end(struct ddl *d);

/* Append to the statement. */
void ddl_add(struct ddl *d, const char *text);
void ddl_ident(struct ddl *d, struct str name);
void ddl_name(struct ddl *d, const struct node *object);
/*
 * The name of a table's key or index. With oidname it is idx_OID_NAME, and the statement becomes a query that writes it
 * and has psql run what it wrote. Once in a statement.
 */
void ddl_index_name(struct ddl *d, const struct node *table, const struct node *index);
void ddl_literal(struct ddl *d, struct str text);
void ddl_type(struct ddl *d, const struct node *n, struct str type);
void ddl_expr(struct ddl *d, const struct node *n, struct str text);
/* " word VALUE" when n has the attribute, which must be a whole number. */
void ddl_number(struct ddl *d, const struct node *n, enum attr_name attr, const char *word);

/*
 * The numbers of an identity column. A sequence counts from 1 up or from -1 down: one that starts beyond, as SQL
 * Server's IDENTITY(0,1), needs a bound of its own.
 */
struct ddl_identity {
	int64_t increment; /* 1 unless told */
	int64_t bound; /* the least value when it counts up, the greatest when it counts down */
};

struct ddl_identity ddl_identity(struct ddl *d, const struct node *column);

/* Dies: file, line, the line's first operand, and what is wrong with it. */
_Noreturn void ddl_fault(const struct schema *s, const struct node *n, const char *what);

#endif
