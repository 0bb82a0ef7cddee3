/* Statements for psql: their pieces, and what must hold for all of a schema before any is made. */
#include <stdlib.h>

#include "load/ddl.h"
#include "load/sql-text.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/pg/quote.h"
#include "schema/shorten.h"

void
ddl_fault(const struct schema *s, const struct node *n, const char *what)
{
	die(STATUS_BAD, "%s:%ju: %s %s: %s", s->file, (uintmax_t)n->line, node_keyword(n->kind),
	    show(n->arg[n->kind == NODE_TABLE || n->kind == NODE_ENUM ||
			n->kind == NODE_SEQUENCE])
		.text,
	    what);
}

static bool
has_zero(struct str s)
{
	return s.n && memchr(s.p, '\0', s.n);
}

/* How many operands are names of the target. The labels below a column make no type. */
static unsigned
names_of(const struct node *n)
{
	switch (n->kind) {
	case NODE_ENUM:
	case NODE_SEQUENCE:
	case NODE_TABLE:
	case NODE_PAIR: return 2;
	case NODE_FOREIGN: return 3;
	case NODE_SKIPPED:
	case NODE_VIEW:
	case NODE_KEYEXPR: return 0;
	case NODE_LABEL: return n->parent->kind == NODE_ENUM;
	default: return 1;
	}
}

static void
check_node(const struct schema *s, const struct node *n)
{
	if (n->kind == NODE_SKIPPED)
		return;
	for (unsigned i = 0; i < node_operands(n->kind); i++) {
		if (has_zero(n->arg[i]))
			ddl_fault(s, n, "PostgreSQL takes no zero byte");
		if (i < names_of(n) && n->arg[i].n > NAME_BYTES)
			ddl_fault(s, n,
				  "a name of more than 63 bytes; cast-schema shortens them");
	}
	for (const struct attr *a = n->attrs; a; a = a->next)
		if (a->value.p && has_zero(a->value))
			ddl_fault(s, n, "PostgreSQL takes no zero byte");
	if (n->kind == NODE_VIEW)
		warn("%s:%ju: view %s is not made: views are not converted", s->file,
		     (uintmax_t)n->line, show(n->arg[1]).text);
}

static void
check_children(const struct schema *s, const struct node *parent)
{
	for (const struct node *n = parent->child; n; n = n->next) {
		check_node(s, n);
		if (n->kind != NODE_VIEW && n->kind != NODE_SKIPPED)
			check_children(s, n);
	}
}

void
ddl_check(const struct schema *s)
{
	check_children(s, &s->root);
}

void
ddl_begin(struct ddl *d, const char *kind, struct str schema, struct str table, struct str name)
{
	d->kind = kind;
	d->of_schema = schema;
	d->of_table = table;
	d->name = name;
	d->sql.n = 0;
	d->oid_table = NULL;
}

/* Lines that the statement has in a script: names and texts may hold newlines. */
static size_t
lines(const struct ddl *d)
{
	return str_count(buf_str(&d->sql), '\n') + 1;
}

/* SELECT 'CREATE INDEX ' || quote_ident('idx_' || OID || '_NAME') || ' ON …' \gexec */
static void
resolve_name(struct ddl *d)
{
	struct str sql = buf_str(&d->sql);
	struct buf table = { 0 }, name = { 0 }, b = { 0 };

	pg_quote_name(&table, d->oid_table->arg[0], d->oid_table->arg[1]);
	buf_addc(&name, '_');
	buf_add(&name, d->oid_name);
	buf_add(&b, STR("SELECT "));
	pg_quote_literal(&b, str_of(sql.p, d->oid_at));
	buf_add(&b, STR(" || pg_catalog.quote_ident('idx_' || "));
	pg_quote_literal(&b, buf_str(&table));
	buf_add(&b, STR("::pg_catalog.regclass::pg_catalog.oid::pg_catalog.text || "));
	pg_quote_literal(&b, buf_str(&name));
	buf_add(&b, STR(") || "));
	pg_quote_literal(&b, str_of(sql.p + d->oid_at, sql.n - d->oid_at));
	buf_add(&b, STR(" \\gexec"));
	buf_release(&d->sql);
	d->sql = b;
	buf_release(&table);
	buf_release(&name);
}

void
ddl_end(struct ddl *d)
{
	struct str field[] = { d->of_schema, d->of_table, d->name };

	if (d->oid_table)
		resolve_name(d);

	if (!d->list) {
		buf_add(&d->script, buf_str(&d->sql));
		buf_add(&d->script, d->oid_table ? STR("\n") : STR(";\n"));
		return;
	}
	buf_add(&d->script, str_cstr(d->kind));
	for (size_t i = 0; i < sizeof(field) / sizeof(field[0]); i++) {
		buf_addc(&d->script, '\t');
		escape_add(&d->script, field[i]);
	}
	buf_addf(&d->script, "\t%zu\n", lines(d));
}

void
ddl_add(struct ddl *d, const char *text)
{
	buf_add(&d->sql, str_cstr(text));
}

void
ddl_ident(struct ddl *d, struct str name)
{
	pg_quote_ident(&d->sql, name);
}

void
ddl_name(struct ddl *d, const struct node *object)
{
	pg_quote_name(&d->sql, object->arg[0], object->arg[1]);
}

void
ddl_index_name(struct ddl *d, const struct node *table, const struct node *index)
{
	if (!node_has(index, ATTR_OIDNAME)) {
		ddl_ident(d, index->arg[0]);
		return;
	}
	if (index->arg[0].n == 0 || index->arg[0].n > NAME_BYTES_BEHIND_OID)
		ddl_fault(
		    d->schema, index,
		    "with oidname it needs a name of 48 bytes at most; cast-schema -u gives it one");
	d->oid_table = table;
	d->oid_name = index->arg[0];
	d->oid_at = d->sql.n;
}

void
ddl_literal(struct ddl *d, struct str text)
{
	pg_quote_literal(&d->sql, text);
}

void
ddl_type(struct ddl *d, const struct node *n, struct str type)
{
	const char *fault = sql_type_fault(type);

	if (fault)
		die(STATUS_BAD, "%s:%ju: %s %s: its type %s %s", d->schema->file,
		    (uintmax_t)n->line, node_keyword(n->kind),
		    show(n->arg[n->kind == NODE_SEQUENCE]).text, show(type).text, fault);
	buf_add(&d->sql, type);
}

void
ddl_expr(struct ddl *d, const struct node *n, struct str text)
{
	const char *fault = sql_expr(&d->sql, text);

	if (fault)
		die(STATUS_BAD, "%s:%ju: %s %s: the expression %s %s", d->schema->file,
		    (uintmax_t)n->line, node_keyword(n->kind), show(n->arg[0]).text,
		    show(text).text, fault);
}

/* A whole number of an attribute, or none when it is absent. */
static int64_t
number(struct ddl *d, const struct node *n, enum attr_name attr, int64_t none)
{
	struct str text = node_attr(n, attr);

	if (node_has(n, attr) && !num_i64(text, &none))
		ddl_fault(d->schema, n,
			  "the numbers of its sequence must be whole ones of 64 bits");
	return none;
}

void
ddl_number(struct ddl *d, const struct node *n, enum attr_name attr, const char *word)
{
	if (node_has(n, attr))
		buf_addf(&d->sql, " %s %jd", word, (intmax_t)number(d, n, attr, 0));
}

struct ddl_identity
ddl_identity(struct ddl *d, const struct node *column)
{
	int64_t increment = number(d, column, ATTR_INCREMENT, 1);
	int64_t usual = increment < 0 ? -1 : 1;
	int64_t start = number(d, column, ATTR_START, usual);
	bool beyond = increment < 0 ? start > usual : start < usual;

	if (increment == 0)
		ddl_fault(d->schema, column, "increment=0 does not count");
	return (struct ddl_identity){ .increment = increment, .bound = beyond ? start : usual };
}
