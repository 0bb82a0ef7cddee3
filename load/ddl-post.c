/* What is made behind the rows: keys, indexes, checks, then foreign keys, positions of identities, triggers, comments. */
#include "load/ddl.h"
#include "schema/base/num.h"
#include "schema/pg/quote.h"
#include "schema/types.h"

/* A unique is an index when it has what constraints cannot have. */
static bool
needs_index(const struct node *n)
{
	static const enum attr_name of_key[] = { ATTR_DESC, ATTR_NULLS, ATTR_OPCLASS,
						 ATTR_COLLATE };

	if (n->kind == NODE_INDEX || node_has(n, ATTR_WHERE) || node_first(n, NODE_KEYEXPR))
		return true;
	for (const struct node *k = node_first(n, NODE_KEY); k; k = node_next(k))
		for (size_t i = 0; i < sizeof(of_key) / sizeof(of_key[0]); i++)
			if (node_has(k, of_key[i]))
				return true;
	return false;
}

/* ALTER TABLE t ADD CONSTRAINT name */
static void
begin_constraint(struct ddl *d, const char *kind, const struct node *table,
		 const struct node *n)
{
	ddl_begin(d, kind, table->arg[0], table->arg[1], n->arg[0]);
	ddl_add(d, "ALTER TABLE ");
	ddl_name(d, table);
	ddl_add(d, " ADD ");
	if (n->arg[0].n == 0)
		return;
	ddl_add(d, "CONSTRAINT ");
	ddl_index_name(d, table, n);
	ddl_add(d, " ");
}

static void
add_deferrable(struct ddl *d, const struct node *n)
{
	if (node_has(n, ATTR_DEFERRED))
		ddl_add(d, " DEFERRABLE INITIALLY DEFERRED");
	else if (node_has(n, ATTR_DEFERRABLE))
		ddl_add(d, " DEFERRABLE");
}

static void
add_key_options(struct ddl *d, const struct node *k)
{
	struct str nulls = node_attr(k, ATTR_NULLS);

	if (node_has(k, ATTR_COLLATE)) {
		ddl_add(d, " COLLATE ");
		ddl_ident(d, node_attr(k, ATTR_COLLATE));
	}
	if (node_has(k, ATTR_OPCLASS)) {
		ddl_add(d, " ");
		ddl_ident(d, node_attr(k, ATTR_OPCLASS));
	}
	if (node_has(k, ATTR_DESC))
		ddl_add(d, " DESC");
	if (str_eq(nulls, STR("first")))
		ddl_add(d, " NULLS FIRST");
	else if (str_eq(nulls, STR("last")))
		ddl_add(d, " NULLS LAST");
	else if (node_has(k, ATTR_NULLS))
		ddl_fault(d->schema, k, "nulls= is neither first nor last");
}

/* (a, lower(b) DESC); in a constraint only names. */
static void
add_keys(struct ddl *d, const struct node *n, bool index)
{
	const char *between = "(";

	for (const struct node *k = n->child; k; k = k->next) {
		if (k->kind != NODE_KEY && k->kind != NODE_KEYEXPR)
			continue;
		if (node_has(k, ATTR_PREFIX))
			ddl_fault(d->schema, k, "PostgreSQL has no keys of a prefix");
		ddl_add(d, between);
		if (k->kind == NODE_KEY) {
			ddl_ident(d, k->arg[0]);
		} else {
			ddl_add(d, "(");
			ddl_expr(d, k, k->arg[0]);
			ddl_add(d, ")");
		}
		if (index)
			add_key_options(d, k);
		between = ", ";
	}
	ddl_add(d, ")");
	between = " INCLUDE (";
	for (const struct node *k = node_first(n, NODE_INCLUDE); k; k = node_next(k)) {
		ddl_add(d, between);
		ddl_ident(d, k->arg[0]);
		between = ", ";
	}
	if (node_first(n, NODE_INCLUDE))
		ddl_add(d, ")");
}

static void
create_index(struct ddl *d, const struct node *table, const struct node *n)
{
	bool unique = n->kind == NODE_UNIQUE;

	if (node_has(n, ATTR_DEFERRABLE) || node_has(n, ATTR_DEFERRED))
		ddl_fault(
		    d->schema, n,
		    "a unique index with expressions, order or a condition cannot be deferrable");
	ddl_begin(d, unique ? "unique" : "index", table->arg[0], table->arg[1], n->arg[0]);
	ddl_add(d, unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
	if (n->arg[0].n) {
		ddl_index_name(d, table, n);
		ddl_add(d, " ");
	}
	ddl_add(d, "ON ");
	ddl_name(d, table);
	ddl_add(d, " USING ");
	if (node_has(n, ATTR_METHOD))
		ddl_ident(d, node_attr(n, ATTR_METHOD));
	else
		ddl_add(d, "btree");
	ddl_add(d, " ");
	add_keys(d, n, true);
	if (node_has(n, ATTR_NULLSNOTDISTINCT))
		ddl_add(d, " NULLS NOT DISTINCT");
	if (node_has(n, ATTR_WHERE)) {
		ddl_add(d, " WHERE (");
		ddl_expr(d, n, node_attr(n, ATTR_WHERE));
		ddl_add(d, ")");
	}
	ddl_end(d);
}

static void
add_key_constraint(struct ddl *d, const struct node *table, const struct node *n)
{
	bool primary = n->kind == NODE_PRIMARY;

	begin_constraint(d, node_keyword(n->kind), table, n);
	ddl_add(d, primary ? "PRIMARY KEY " : "UNIQUE ");
	if (node_has(n, ATTR_NULLSNOTDISTINCT))
		ddl_add(d, "NULLS NOT DISTINCT ");
	add_keys(d, n, false);
	add_deferrable(d, n);
	ddl_end(d);
}

/* The order of a primary key's index is nothing PostgreSQL lets one choose; its collation decides what is equal. */
static void
add_primary(struct ddl *d, const struct node *table, const struct node *n)
{
	for (const struct node *k = node_first(n, NODE_KEY); k; k = node_next(k))
		if (node_has(k, ATTR_COLLATE) || node_has(k, ATTR_OPCLASS))
			ddl_fault(
			    d->schema, k,
			    "a primary key compares as its column does, it has no collate= or opclass=");
	add_key_constraint(d, table, n);
}

static void
add_check(struct ddl *d, const struct node *table, const struct node *n)
{
	begin_constraint(d, "check", table, n);
	ddl_add(d, "CHECK (");
	ddl_expr(d, n, n->arg[1]);
	ddl_add(d, ")");
	if (node_has(n, ATTR_NOTVALID))
		ddl_add(d, " NOT VALID");
	ddl_end(d);
}

static void
add_keys_and_checks(struct ddl *d, const struct node *table)
{
	const struct node *n;

	for (n = node_first(table, NODE_PRIMARY); n; n = node_next(n))
		add_primary(d, table, n);
	for (n = node_first(table, NODE_UNIQUE); n; n = node_next(n)) {
		if (needs_index(n))
			create_index(d, table, n);
		else
			add_key_constraint(d, table, n);
	}
	for (n = node_first(table, NODE_INDEX); n; n = node_next(n))
		create_index(d, table, n);
	for (n = node_first(table, NODE_CHECK); n; n = node_next(n))
		add_check(d, table, n);
}

/* " ON DELETE CASCADE": one of a few words, never the file's own text. */
static void
add_action(struct ddl *d, const struct node *n, enum attr_name attr, const char *clause)
{
	static const char *const actions[] = { "NO ACTION", "RESTRICT", "CASCADE", "SET NULL",
					       "SET DEFAULT" };

	if (!node_has(n, attr))
		return;
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (!str_eq_nocase(node_attr(n, attr), str_cstr(actions[i])))
			continue;
		ddl_add(d, clause);
		ddl_add(d, actions[i]);
		return;
	}
	ddl_fault(d->schema, n, "unknown action in ondelete= or onupdate=");
}

static void
add_match(struct ddl *d, const struct node *n)
{
	struct str match = node_attr(n, ATTR_MATCH);

	if (str_eq_nocase(match, STR("full")))
		ddl_add(d, " MATCH FULL");
	else if (node_has(n, ATTR_MATCH) && !str_eq_nocase(match, STR("simple")))
		ddl_fault(d->schema, n, "PostgreSQL has match=full and match=simple only");
}

/* One side of the pairs; without any referenced column the primary key is meant. */
static void
add_pairs(struct ddl *d, const struct node *n, unsigned side)
{
	const char *between = " (";

	for (const struct node *p = node_first(n, NODE_PAIR); p; p = node_next(p)) {
		if (p->arg[side].n == 0)
			return;
		ddl_add(d, between);
		ddl_ident(d, p->arg[side]);
		between = ", ";
	}
	ddl_add(d, ")");
}

static void
add_foreign(struct ddl *d, const struct node *table, const struct node *n)
{
	begin_constraint(d, "foreign", table, n);
	ddl_add(d, "FOREIGN KEY");
	add_pairs(d, n, 0);
	ddl_add(d, " REFERENCES ");
	pg_quote_name(&d->sql, n->arg[1], n->arg[2]);
	add_pairs(d, n, 1);
	add_match(d, n);
	add_action(d, n, ATTR_ONDELETE, " ON DELETE ");
	add_action(d, n, ATTR_ONUPDATE, " ON UPDATE ");
	add_deferrable(d, n);
	if (node_has(n, ATTR_NOTVALID) || n->arg[0].n)
		ddl_add(d, " NOT VALID");
	ddl_end(d);
}

/*
 * What a foreign key was added without: to add one locks both tables, to validate it does not, so that many can be
 * validated at a time. One without a name cannot be told to, and was checked at once.
 */
static void
validate_foreign(struct ddl *d, const struct node *table, const struct node *n)
{
	if (node_has(n, ATTR_NOTVALID) || n->arg[0].n == 0)
		return;
	ddl_begin(d, "validate", table->arg[0], table->arg[1], n->arg[0]);
	ddl_add(d, "ALTER TABLE ");
	ddl_name(d, table);
	ddl_add(d, " VALIDATE CONSTRAINT ");
	ddl_ident(d, n->arg[0]);
	ddl_end(d);
}

/* As decimal digits with an optional sign, of any size: a source may count beyond 64 bits. */
static void
add_position(struct ddl *d, const struct node *next)
{
	struct decimal value;
	struct str text = next->arg[1];

	if (!num_decimal(text, &value) || value.exponent < 0 || text.n > 40 ||
	    memchr(text.p, 'e', text.n) || memchr(text.p, 'E', text.n) ||
	    memchr(text.p, '.', text.n) || text.p[0] == '+')
		ddl_fault(d->schema, next, "its next value is no whole number");
	buf_add(&d->sql, text);
}

/* The literal of a quoted name: what functions that take names as text want. */
static void
add_name_literal(struct ddl *d, const struct node *object)
{
	d->scratch.n = 0;
	pg_quote_name(&d->scratch, object->arg[0], object->arg[1]);
	ddl_literal(d, buf_str(&d->scratch));
}

struct range {
	const char *min, *max;
};

static struct range
range_of(const struct node *column)
{
	struct type type;

	type_parse_pg(column->arg[1], &type);
	switch (type.kind) {
	case TYPE_I16: return (struct range){ "-32768", "32767" };
	case TYPE_I32: return (struct range){ "-2147483648", "2147483647" };
	default: return (struct range){ "-9223372036854775808", "9223372036854775807" };
	}
}

/*
 * An identity goes on where the source would, but never at a value that is there. It is set to have given the value
 * before, so that at the end of its type the next insert fails as it would at the source; only one that has to begin at
 * its bound is set to have given none. numeric, because a source may count beyond bigint; greatest() and least()
 * overlook the NULL of an empty table.
 */
static void
set_identity(struct ddl *d, const struct node *table, const struct node *next,
	     const struct node *column)
{
	struct ddl_identity id = ddl_identity(d, column);
	struct range range = range_of(column);
	bool up = id.increment > 0;
	const char *farther = up ? "greatest" : "least";

	ddl_begin(d, "next", table->arg[0], table->arg[1], column->arg[0]);
	ddl_add(d, "SELECT setval(pg_get_serial_sequence(");
	add_name_literal(d, table);
	ddl_add(d, ", ");
	ddl_literal(d, column->arg[0]);
	buf_addf(&d->sql, "), CASE WHEN last %s %jd THEN %s(last, %s) ELSE %s(",
		 up ? ">=" : "<=", (intmax_t)id.bound, up ? "least" : "greatest",
		 up ? range.max : range.min, farther);
	add_position(d, next);
	buf_addf(&d->sql, ", %jd) END::bigint, last %s %jd) FROM (SELECT %s(",
		 (intmax_t)id.bound, up ? ">=" : "<=", (intmax_t)id.bound, farther);
	add_position(d, next);
	buf_addf(&d->sql, "::numeric - %jd, %s(", (intmax_t)id.increment, up ? "max" : "min");
	ddl_ident(d, column->arg[0]);
	ddl_add(d, ")) AS last FROM ");
	ddl_name(d, table);
	ddl_add(d, ") AS p");
	ddl_end(d);
}

/* A serial column's position is that of its sequence, which has a line of its own. */
static void
set_positions(struct ddl *d, const struct node *table)
{
	for (const struct node *n = node_first(table, NODE_NEXT); n; n = node_next(n)) {
		const struct node *column = node_find(table, NODE_COLUMN, n->arg[0]);

		if (node_has(column, ATTR_IDENTITY))
			set_identity(d, table, n, column);
		else if (!str_starts_nocase(node_attr(column, ATTR_DEFEXPR), STR("nextval(")))
			ddl_fault(d->schema, n,
				  "a next value for a column that is no identity");
	}
}

/* Whether a sequence is at its end: the bound that is behind it then, or p NULL. */
static struct str
end_of(const struct node *sequence, struct str next)
{
	bool down = str_starts(node_attr(sequence, ATTR_INCREMENT), STR("-"));
	struct str bound = node_attr(sequence, down ? ATTR_MIN : ATTR_MAX);
	int64_t at, end;

	if (num_i64(next, &at) && num_i64(bound, &end) && (down ? at < end : at > end))
		return bound;
	return STR_NONE;
}

/* One at its end is set to have given its last value: what comes next, an error or its beginning, is as at the source. */
static void
set_sequence(struct ddl *d, const struct node *sequence)
{
	const struct node *next = node_first(sequence, NODE_NEXT);
	struct str end;

	if (!next)
		return;
	end = end_of(sequence, next->arg[1]);
	ddl_begin(d, "next", sequence->arg[0], STR(""), sequence->arg[1]);
	ddl_add(d, "SELECT setval(");
	add_name_literal(d, sequence);
	ddl_add(d, ", ");
	if (end.p)
		buf_add(&d->sql, end);
	else
		add_position(d, next);
	ddl_add(d, end.p ? ", true)" : ", false)");
	ddl_end(d);
}

/* COMMENT ON what; the name follows, as it differs from kind to kind. */
static bool
begin_comment(struct ddl *d, const char *what, const struct node *object, const struct node *n)
{
	if (!node_has(n, ATTR_COMMENT))
		return false;
	ddl_begin(d, "comment", object->arg[0],
		  object->kind == NODE_TABLE ? object->arg[1] : STR(""),
		  n != object                      ? n->arg[0]
		      : object->kind == NODE_TABLE ? STR("")
						   : n->arg[1]);
	ddl_add(d, "COMMENT ON ");
	ddl_add(d, what);
	ddl_add(d, " ");
	return true;
}

static void
end_comment(struct ddl *d, const struct node *n)
{
	ddl_add(d, " IS ");
	ddl_literal(d, node_attr(n, ATTR_COMMENT));
	ddl_end(d);
}

static void
comment_object(struct ddl *d, const char *what, const struct node *n)
{
	if (!begin_comment(d, what, n, n))
		return;
	ddl_name(d, n);
	end_comment(d, n);
}

static void
comment_column(struct ddl *d, const struct node *table, const struct node *n)
{
	if (!begin_comment(d, "COLUMN", table, n))
		return;
	ddl_name(d, table);
	ddl_add(d, ".");
	ddl_ident(d, n->arg[0]);
	end_comment(d, n);
}

static void
comment_part(struct ddl *d, const struct node *table, const struct node *n)
{
	bool index = n->kind == NODE_INDEX || (n->kind == NODE_UNIQUE && needs_index(n));

	if (!begin_comment(d, index ? "INDEX" : "CONSTRAINT", table, n))
		return;
	if (n->arg[0].n == 0)
		ddl_fault(d->schema, n, "a comment on something without a name");
	if (index && node_has(n, ATTR_OIDNAME)) {
		if (table->arg[0].n) {
			ddl_ident(d, table->arg[0]);
			ddl_add(d, ".");
		}
		ddl_index_name(d, table, n);
	} else if (index) {
		pg_quote_name(&d->sql, table->arg[0], n->arg[0]);
	} else {
		ddl_index_name(d, table, n);
		ddl_add(d, " ON ");
		ddl_name(d, table);
	}
	end_comment(d, n);
}

static void
comment_table(struct ddl *d, const struct node *table)
{
	comment_object(d, "TABLE", table);
	for (const struct node *n = table->child; n; n = n->next) {
		if (n->kind == NODE_COLUMN)
			comment_column(d, table, n);
		else if (n->kind != NODE_SKIPPED && n->kind != NODE_NEXT)
			comment_part(d, table, n);
	}
}

static void
analyze(struct ddl *d, const struct node *table)
{
	ddl_begin(d, "analyze", table->arg[0], table->arg[1], STR(""));
	ddl_add(d, "ANALYZE ");
	ddl_name(d, table);
	ddl_end(d);
}

void
ddl_post(struct ddl *d)
{
	const struct node *root = &d->schema->root, *t, *n;

	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		add_keys_and_checks(d, t);
	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		for (n = node_first(t, NODE_FOREIGN); n; n = node_next(n))
			add_foreign(d, t, n);
	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		for (n = node_first(t, NODE_FOREIGN); n; n = node_next(n))
			validate_foreign(d, t, n);
	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		set_positions(d, t);
	for (n = node_first(root, NODE_SEQUENCE); n; n = node_next(n))
		set_sequence(d, n);
	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		ddl_triggers(d, t);
	for (n = node_first(root, NODE_ENUM); n; n = node_next(n))
		comment_object(d, "TYPE", n);
	for (n = node_first(root, NODE_SEQUENCE); n; n = node_next(n))
		comment_object(d, "SEQUENCE", n);
	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		comment_table(d, t);
	for (t = node_first(root, NODE_TABLE); t; t = node_next(t))
		analyze(d, t);
}
