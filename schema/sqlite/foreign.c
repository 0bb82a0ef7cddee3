/* The catalogue of SQLite: foreign keys. */
#include <stdlib.h>

#include "schema/sqlite/catalogue.h"

/* A row of the pragma: one column of a key. */
struct part {
	int id;
	struct str table, from, to; /* to has p NULL for the parent's primary key */
	struct str on_update, on_delete;
};

struct parts {
	struct part *p;
	size_t n;
};

static struct parts
read_parts(struct table_reading *r)
{
	sqlite3_stmt *q = catalogue_query(r->cat, QUERY_FOREIGN, r->node->arg[1]);
	struct parts all = { 0 };
	size_t cap = 0;

	while (catalogue_step(r->cat, q)) {
		if (all.n == cap) {
			cap = cap ? 2 * cap : 8;
			all.p = mem_grow(all.p, cap, sizeof(*all.p));
		}
		all.p[all.n++] = (struct part){
			.id = sqlite3_column_int(q, 0),
			.table = catalogue_text(r->cat, q, 2),
			.from = catalogue_text(r->cat, q, 3),
			.to = catalogue_text(r->cat, q, 4),
			.on_update = catalogue_text(r->cat, q, 5),
			.on_delete = catalogue_text(r->cat, q, 6),
		};
	}
	return all;
}

/* The constraint in the table's text that key number i (from 0, as written) is; NULL when that is not certain. */
static const struct constraint *
find_constraint(const struct table_reading *r, size_t i, size_t nkeys, const struct parts *key)
{
	const struct constraint *found = NULL;
	size_t n = 0;

	for (const struct constraint *c = r->constraints; c; c = c->next)
		if (c->kind == CONSTRAINT_FOREIGN && n++ == i)
			found = c;
	if (n != nkeys || !found || found->columns.n != key->n)
		return NULL;
	for (size_t k = 0; k < key->n; k++)
		if (!str_eq_nocase(found->columns.p[k], key->p[k].from))
			return NULL;
	return found;
}

/* The key as SQL, for the line that says why it is left out. */
static void
write_key(struct buf *b, const struct parts *key)
{
	buf_add(b, STR("FOREIGN KEY ("));
	for (size_t i = 0; i < key->n; i++) {
		buf_add(b, i ? STR(", ") : STR(""));
		sql_name(b, key->p[i].from);
	}
	buf_add(b, STR(") REFERENCES "));
	sql_name(b, key->p[0].table);
	for (size_t i = 0; i < key->n && key->p[0].to.p; i++) {
		buf_add(b, i ? STR(", ") : STR(" ("));
		sql_name(b, key->p[i].to);
	}
	if (key->p[0].to.p)
		buf_addc(b, ')');
}

static void
skip_key(struct table_reading *r, const struct parts *key, struct str name, const char *reason)
{
	struct buf text = { 0 };

	write_key(&text, key);
	catalogue_skip(r->cat, r->node, "foreign", name, reason, buf_str(&text));
	buf_release(&text);
}

/* `SET NULL` as schema(5) writes it; what is not said for NO ACTION. */
static void
set_action(struct schema *s, struct node *n, enum attr_name attr, struct str action)
{
	static const struct {
		const char *sqlite, *word;
	} actions[] = {
		{ "CASCADE", "cascade" },
		{ "SET NULL", "set null" },
		{ "SET DEFAULT", "set default" },
		{ "RESTRICT", "restrict" },
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (str_eq_nocase(action, str_cstr(actions[i].sqlite)))
			node_set(s, n, attr, str_cstr(actions[i].word));
}

/* The parent's columns that the key refers to, as the parent writes them. */
static const char *
find_targets(struct table_reading *r, const struct parts *key, struct str parent,
	     struct name_list *targets)
{
	sqlite3_stmt *q;
	size_t found = 0;

	if (!key->p[0].to.p) {
		*targets = catalogue_primary_of(r->cat, parent);
		return targets->n == key->n
		    ? NULL
		    : "it does not fit the primary key of the table it refers to";
	}
	targets->n = key->n;
	targets->p = pool_get(&r->cat->schema->pool, key->n * sizeof(*targets->p));
	q = catalogue_query(r->cat, QUERY_COLUMNS, parent);
	while (catalogue_step(r->cat, q)) {
		struct str column = catalogue_text(r->cat, q, 0);

		for (size_t i = 0; i < key->n; i++) {
			if (!str_eq_nocase(key->p[i].to, column))
				continue;
			targets->p[i] = column;
			found++;
		}
	}
	return found == key->n ? NULL : "a column that it refers to does not exist";
}

static void
add_key(struct table_reading *r, const struct parts *key, const struct constraint *c)
{
	struct schema *s = r->cat->schema;
	struct str name = c ? c->name : STR("");
	struct name_list targets = { 0 };
	struct node *n;
	const struct object *object = catalogue_object(r->cat, key->p[0].table);
	const char *fault;

	if (!object)
		fault = "the table that it refers to does not exist";
	else if (!object->table)
		fault = "what it refers to is not an ordinary table";
	else
		fault = find_targets(r, key, object->name, &targets);
	if (fault) {
		skip_key(r, key, name, fault);
		return;
	}
	n = node_add(s, r->node, NODE_FOREIGN, name, SQLITE_MAIN, object->name);
	for (size_t i = 0; i < key->n; i++)
		node_add(s, n, NODE_PAIR, key->p[i].from, targets.p[i], STR_NONE);
	set_action(s, n, ATTR_ONDELETE, key->p[0].on_delete);
	set_action(s, n, ATTR_ONUPDATE, key->p[0].on_update);
	if (c && c->deferrable)
		node_set(s, n, ATTR_DEFERRABLE, STR_NONE);
	if (c && c->deferred)
		node_set(s, n, ATTR_DEFERRED, STR_NONE);
}

void
catalogue_foreign(struct table_reading *r)
{
	struct parts all = read_parts(r);
	size_t nkeys = 0, k = 0;

	for (size_t i = 0; i < all.n; i++)
		nkeys += i == 0 || all.p[i].id != all.p[i - 1].id;
	for (size_t i = 0; i < all.n; k++) {
		struct parts key = { .p = &all.p[i] };

		while (i < all.n && all.p[i].id == key.p[0].id) {
			key.n++;
			i++;
		}
		add_key(r, &key, find_constraint(r, k, nkeys, &key));
	}
	free(all.p);
}
