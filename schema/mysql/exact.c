/*
 * Defaults and labels of which information_schema shows less than there is: it prints in utf8mb3, floats with six digits,
 * and bytes as if they were text. The server itself is asked for these, a hundred defaults in a query.
 */
#include "schema/base/num.h"
#include "schema/mysql/default.h"
#include "schema/mysql/reading.h"

/* From here on MariaDB runs blocks outside of routines, and knows TYPE OF (10.3). */
enum { MARIADB_TYPE_OF = 100300 };

static void
warn_column(const struct node *column, const char *what, const char *why)
{
	warn("table %s: column %s: %s: %s", show(column->parent->arg[1]).text,
	     show(column->arg[0]).text, what, why);
}

/*
 * Runs sql, unless the server refuses: MariaDB does in a session that may not write when any column of the table has a
 * sequence for its default.
 */
static bool
ask(struct catalogue *cat, const struct buf *sql, struct rows *r)
{
	MYSQL *db = cat->source->db;

	*r = (struct rows){ .cat = cat };
	if (mysql_real_query(db, sql->p, (unsigned long)sql->n) == 0)
		r->result = mysql_store_result(db);
	if (!r->result && mysql_source_status(mysql_errno(db)) != STATUS_BAD)
		mysql_source_die(cat->source, "catalogue");
	return r->result != NULL;
}

/* --- defaults --------------------------------------------------------------------------------------- */

/* Before and behind the column's name in backquotes. */
static const char *const forms[][2] = {
	[DOUBT_TEXT] = { "hex(convert(default(", ") using utf8mb4))" },
	[DOUBT_BYTES] = { "hex(default(", "))" },
	[DOUBT_FLOAT] = { "concat(default(", ") + 0e0)" },
	[DOUBT_TIME] = { "concat(default(", "))" },
};

/*
 * Before and behind the table's name. The outer join gives a row also where the table has none; but in it a column that is
 * NOT NULL has no default either, so for those a row of the table is needed.
 */
static const char *const ways[][2] = {
	{ "(select 1) as one left join ", " on false)" },
	{ "", " limit 1)" },
};

enum { DEFAULTS_A_QUERY = 100 };

/* Whether what is printed looks like less than there is. Six digits may have been more, and no byte is beyond ASCII. */
static bool
looks_cut(const struct doubt *d)
{
	struct str s = node_attr(d->column, ATTR_DEFAULT);
	size_t digits = 0;

	switch (d->kind) {
	case DOUBT_FLOAT:
		for (size_t i = 0; i < s.n && s.p[i] != 'e'; i++)
			digits += s.p[i] >= '0' && s.p[i] <= '9' && (digits || s.p[i] != '0');
		return digits >= 6;
	case DOUBT_BYTES:
		/* Behind the backslashes and the x two digits are a byte; 3f is the question mark. */
		for (size_t i = 3; i + 1 < s.n; i += 2)
			if (s.p[i] >= '8' || (s.p[i] == '3' && s.p[i + 1] == 'f'))
				return true;
		return false;
	default: return true;
	}
}

static void
take_default(struct catalogue *cat, struct doubt *d, struct str answer)
{
	struct type type = type_of(d->column->arg[1], false);
	struct buf value = { 0 }, b = { 0 };
	bool good = answer.p != NULL;

	buf_reserve(&value, 1);
	if (d->kind == DOUBT_TEXT || d->kind == DOUBT_BYTES)
		good = good && hex_decode(&value, answer);
	else
		buf_add(&value, answer);
	buf_reserve(&b, 1); /* an empty text is a value, not a bare word */
	if (good && mysql_default_put(&b, &type, buf_str(&value))) {
		node_set(cat->schema, d->column, ATTR_DEFAULT, buf_str(&b));
		d->settled = true;
	}
	buf_release(&value);
	buf_release(&b);
}

/* False when the server refuses. */
static bool
ask_defaults(struct catalogue *cat, struct doubt **doubts, size_t n, const char *const way[2])
{
	struct buf sql = { 0 };
	struct rows r;
	bool good;

	for (size_t i = 0; i < n; i++) {
		const struct node *column = doubts[i]->column;

		buf_addf(&sql, "%s(select %zu, %s", i ? " union all " : "", i,
			 forms[doubts[i]->kind][0]);
		mysql_quote_name(&sql, column->arg[0]);
		buf_addf(&sql, "%s from %s", forms[doubts[i]->kind][1], way[0]);
		mysql_quote_name(&sql, column->parent->arg[1]);
		buf_add(&sql, str_cstr(way[1]));
	}
	good = ask(cat, &sql, &r);
	buf_release(&sql);
	while (good && catalogue_step(&r)) {
		size_t i;

		if (num_size(catalogue_value(&r, 0), n - 1, &i))
			take_default(cat, doubts[i], catalogue_value(&r, 1));
	}
	return good;
}

/* Those that a refused query asks for are asked for one by one. */
static void
ask_each(struct catalogue *cat, struct doubt **doubts, size_t n, const char *const way[2])
{
	for (size_t i = 0; i < n; i++)
		if (!ask_defaults(cat, &doubts[i], 1, way))
			doubts[i]->refused =
			    pool_str(&cat->schema->pool, str_cstr(mysql_error(cat->source->db)))
				.p;
}

static void
go_way(struct catalogue *cat, const char *const way[2])
{
	struct doubt *some[DEFAULTS_A_QUERY], *d = cat->doubts;

	while (d) {
		size_t n = 0;

		for (; d && n < DEFAULTS_A_QUERY; d = d->next)
			if (d->kind != DOUBT_LABELS && !d->settled && !d->refused)
				some[n++] = d;
		if (n && !ask_defaults(cat, some, n, way))
			ask_each(cat, some, n, way);
	}
}

static void
settle_defaults(struct catalogue *cat)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		go_way(cat, ways[i]);
	for (const struct doubt *d = cat->doubts; d; d = d->next)
		if (d->kind != DOUBT_LABELS && !d->settled && looks_cut(d))
			warn_column(d->column, "the server may show its default in part only",
				    d->refused ? d->refused : "the table has no row");
}

/* --- labels ----------------------------------------------------------------------------------------- */

static const char doubtful_label[] = "a label with a question mark may be another one";

static bool
is_doubtful(const struct node *label)
{
	return memchr(label->arg[0].p, '?', label->arg[0].n) != NULL;
}

static void
take_label(struct catalogue *cat, struct node *label, struct str hex)
{
	struct buf b = { 0 };

	if (hex_decode(&b, hex))
		label->arg[0] = pool_str(&cat->schema->pool, buf_str(&b));
	buf_release(&b);
}

/* The number that stands for the label: its place in an enum, its bit in a set. */
static uint64_t
label_number(const struct node *column, const struct node *label)
{
	bool set = str_eq(column->arg[1], STR("set"));
	uint64_t place = 1;

	for (const struct node *l = column->child; l != label; l = l->next)
		place++;
	return set ? (uint64_t)1 << (place - 1) : place;
}

/* A block with a variable of the column's type for each label. It may neither write nor does it read the table. */
static void
ask_labels(struct catalogue *cat, struct node *column)
{
	const struct node *table = column->parent;
	struct buf sql = { 0 }, select = { 0 };
	struct node *l;
	struct rows r;
	unsigned n = 0;

	buf_add(&sql, STR("begin not atomic "));
	for (l = column->child; l; l = l->next) {
		if (!is_doubtful(l))
			continue;
		buf_addf(&sql, "declare v%u type of ", n);
		mysql_quote_name(&sql, table->arg[0]);
		buf_addc(&sql, '.');
		mysql_quote_name(&sql, table->arg[1]);
		buf_addc(&sql, '.');
		mysql_quote_name(&sql, column->arg[0]);
		buf_addf(&sql, " default %llu; ", (unsigned long long)label_number(column, l));
		buf_addf(&select, "%s hex(convert(v%u using utf8mb4))", n ? "," : "select", n);
		n++;
	}
	buf_add(&sql, buf_str(&select));
	buf_add(&sql, STR("; end"));
	buf_release(&select);
	if (!ask(cat, &sql, &r)) {
		warn_column(column, doubtful_label, mysql_error(cat->source->db));
		buf_release(&sql);
		return;
	}
	while (catalogue_step(&r)) {
		n = 0;
		for (l = column->child; l; l = l->next)
			if (is_doubtful(l))
				take_label(cat, l, catalogue_value(&r, n++));
	}
	/* What the block itself says, behind its rows. */
	while (mysql_next_result(cat->source->db) == 0)
		mysql_free_result(mysql_store_result(cat->source->db));
	buf_release(&sql);
}

/* MySQL shows a label beyond utf8mb3 nowhere but in a row that has it: looked for until one is found. */
static void
find_label(struct catalogue *cat, const struct node *column, struct node *label)
{
	bool set = str_eq(column->arg[1], STR("set"));
	uint64_t number = label_number(column, label);
	struct buf sql = { 0 };
	struct rows r;
	bool found = false;

	if (set)
		buf_addf(&sql, "select hex(substring_index(substring_index(convert(");
	else
		buf_add(&sql, STR("select hex(convert("));
	mysql_quote_name(&sql, column->arg[0]);
	buf_add(&sql, STR(" using utf8mb4)"));
	/* The labels of a value stand in their order: those before it are the lower bits. */
	if (set) {
		buf_add(&sql, STR(", ',', bit_count("));
		mysql_quote_name(&sql, column->arg[0]);
		buf_addf(&sql, " & %llu)), ',', -1)",
			 (unsigned long long)(number | (number - 1)));
	}
	buf_add(&sql, STR(") from "));
	mysql_quote_name(&sql, column->parent->arg[1]);
	buf_add(&sql, STR(" where "));
	mysql_quote_name(&sql, column->arg[0]);
	buf_addf(&sql, set ? " & %llu limit 1" : " = %llu limit 1", (unsigned long long)number);
	r = catalogue_query(cat, buf_cstr(&sql));
	while (catalogue_step(&r)) {
		take_label(cat, label, catalogue_value(&r, 0));
		found = true;
	}
	buf_release(&sql);
	if (!found)
		warn_column(column, doubtful_label, "no row has it");
}

static void
settle_labels(struct catalogue *cat, struct node *column)
{
	if (cat->source->mariadb && cat->source->version >= MARIADB_TYPE_OF) {
		ask_labels(cat, column);
		return;
	}
	for (struct node *l = column->child; l; l = l->next)
		if (is_doubtful(l))
			find_label(cat, column, l);
}

void
catalogue_exact(struct catalogue *cat)
{
	for (const struct doubt *d = cat->doubts; d; d = d->next)
		if (d->kind == DOUBT_LABELS)
			settle_labels(cat, d->column);
	settle_defaults(cat);
}
