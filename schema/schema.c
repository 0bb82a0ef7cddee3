/* schema(5) as a tree: the tables of keywords and attributes, building, finding and canonical order. */
#include <stdlib.h>

#include "schema/schema-words.h"
#include "schema/schema.h"

#define IN(kind) (1u << (kind))

static const struct keyword {
	const char *word;
	unsigned operands;
	unsigned parents; /* kinds that may hold it */
} keywords[NODE_KINDS] = {
	[NODE_SKIPPED] = { "skipped", 2, IN(NODE_ROOT) | IN(NODE_TABLE) },
	[NODE_ENUM] = { "enum", 2, IN(NODE_ROOT) },
	[NODE_SEQUENCE] = { "sequence", 2, IN(NODE_ROOT) },
	[NODE_TABLE] = { "table", 2, IN(NODE_ROOT) },
	[NODE_VIEW] = { "view", 2, IN(NODE_ROOT) },
	[NODE_COLUMN] = { "column", 2, IN(NODE_TABLE) },
	[NODE_FIELD] = { "field", 2, IN(NODE_TABLE) },
	[NODE_PRIMARY] = { "primary", 1, IN(NODE_TABLE) },
	[NODE_UNIQUE] = { "unique", 1, IN(NODE_TABLE) },
	[NODE_INDEX] = { "index", 1, IN(NODE_TABLE) },
	[NODE_CHECK] = { "check", 2, IN(NODE_TABLE) },
	[NODE_FOREIGN] = { "foreign", 3, IN(NODE_TABLE) },
	[NODE_NEXT] = { "next", 2, IN(NODE_TABLE) | IN(NODE_SEQUENCE) },
	[NODE_LABEL] = { "label", 1, IN(NODE_ENUM) | IN(NODE_COLUMN) },
	[NODE_KEY] = { "key", 1, IN(NODE_PRIMARY) | IN(NODE_UNIQUE) | IN(NODE_INDEX) },
	[NODE_KEYEXPR] = { "keyexpr", 1, IN(NODE_UNIQUE) | IN(NODE_INDEX) },
	[NODE_INCLUDE] = { "include", 1, IN(NODE_PRIMARY) | IN(NODE_UNIQUE) | IN(NODE_INDEX) },
	[NODE_PAIR] = { "pair", 2, IN(NODE_FOREIGN) },
};

#define OBJECTS   (IN(NODE_ENUM) | IN(NODE_SEQUENCE) | IN(NODE_TABLE) | IN(NODE_VIEW))
#define KEYS      (IN(NODE_PRIMARY) | IN(NODE_UNIQUE) | IN(NODE_INDEX))
#define KEY_PARTS (IN(NODE_KEY) | IN(NODE_KEYEXPR))

static const struct attribute {
	const char *word;
	bool bare; /* a bare word, else it has a value */
	unsigned kinds;
} attributes[ATTR_UNKNOWN] = {
	[ATTR_NOTNULL] = { "notnull", true, IN(NODE_COLUMN) },
	[ATTR_IDENTITY] = { "identity", false, IN(NODE_COLUMN) },
	[ATTR_DEFAULT] = { "default", false, IN(NODE_COLUMN) },
	[ATTR_DEFEXPR] = { "defexpr", false, IN(NODE_COLUMN) },
	[ATTR_GENERATED] = { "generated", false, IN(NODE_COLUMN) },
	[ATTR_STORED] = { "stored", true, IN(NODE_COLUMN) },
	[ATTR_ONUPDATE] = { "onupdate", false, IN(NODE_COLUMN) | IN(NODE_FOREIGN) },
	[ATTR_DESC] = { "desc", true, KEY_PARTS },
	[ATTR_NULLS] = { "nulls", false, KEY_PARTS },
	[ATTR_PREFIX] = { "prefix", false, KEY_PARTS },
	[ATTR_OPCLASS] = { "opclass", false, KEY_PARTS },
	[ATTR_METHOD] = { "method", false, IN(NODE_INDEX) },
	[ATTR_WHERE] = { "where", false, IN(NODE_INDEX) | IN(NODE_UNIQUE) },
	[ATTR_NULLSNOTDISTINCT] = { "nullsnotdistinct", true,
				    IN(NODE_UNIQUE) | IN(NODE_INDEX) },
	[ATTR_MATCH] = { "match", false, IN(NODE_FOREIGN) },
	[ATTR_ONDELETE] = { "ondelete", false, IN(NODE_FOREIGN) },
	[ATTR_DEFERRABLE] = { "deferrable", true,
			      IN(NODE_FOREIGN) | IN(NODE_UNIQUE) | IN(NODE_PRIMARY) },
	[ATTR_DEFERRED] = { "deferred", true,
			    IN(NODE_FOREIGN) | IN(NODE_UNIQUE) | IN(NODE_PRIMARY) },
	[ATTR_NOTVALID] = { "notvalid", true, IN(NODE_FOREIGN) | IN(NODE_CHECK) },
	[ATTR_TYPE] = { "type", false, IN(NODE_SEQUENCE) },
	[ATTR_START] = { "start", false, IN(NODE_SEQUENCE) | IN(NODE_COLUMN) },
	[ATTR_INCREMENT] = { "increment", false, IN(NODE_SEQUENCE) | IN(NODE_COLUMN) },
	[ATTR_MIN] = { "min", false, IN(NODE_SEQUENCE) },
	[ATTR_MAX] = { "max", false, IN(NODE_SEQUENCE) },
	[ATTR_CYCLE] = { "cycle", true, IN(NODE_SEQUENCE) },
	[ATTR_COLLATE] = { "collate", false, IN(NODE_COLUMN) | IN(NODE_TABLE) | KEY_PARTS },
	[ATTR_ENUM] = { "enum", false, IN(NODE_COLUMN) },
	[ATTR_ENUMSCHEMA] = { "enumschema", false, IN(NODE_COLUMN) },
	[ATTR_STRICT] = { "strict", true, IN(NODE_TABLE) },
	[ATTR_VIEW] = { "view", true, IN(NODE_TABLE) },
	[ATTR_QUERY] = { "query", false, IN(NODE_TABLE) },
	[ATTR_TABLESPACE] = { "tablespace", false, IN(NODE_TABLE) },
	[ATTR_STORAGE] = { "storage", false, IN(NODE_TABLE) },
	[ATTR_OIDNAME] = { "oidname", true, KEYS },
	[ATTR_SRC] = { "src", false, IN(NODE_COLUMN) },
	[ATTR_COMMENT] = { "comment", false,
			   OBJECTS | KEYS | IN(NODE_COLUMN) | IN(NODE_CHECK) |
			       IN(NODE_FOREIGN) },
	[ATTR_REASON] = { "reason", false, IN(NODE_SKIPPED) },
	[ATTR_TEXT] = { "text", false, IN(NODE_SKIPPED) | IN(NODE_VIEW) },
	[ATTR_FROMSCHEMA] = { "fromschema", false, OBJECTS },
	[ATTR_FROM] = { "from", false,
			OBJECTS | KEYS | IN(NODE_COLUMN) | IN(NODE_CHECK) | IN(NODE_FOREIGN) },
	[ATTR_WAS] = { "was", false, IN(NODE_COLUMN) },
	[ATTR_USING] = { "using", false, IN(NODE_COLUMN) },
	[ATTR_EXPR] = { "expr", false, IN(NODE_COLUMN) },
	[ATTR_RULE] = { "rule", false, IN(NODE_COLUMN) | IN(NODE_TABLE) },
};

const char *
node_keyword(enum node_kind kind)
{
	return keywords[kind].word;
}

unsigned
node_operands(enum node_kind kind)
{
	return keywords[kind].operands;
}

bool
node_kind_find(struct str word, enum node_kind *kind)
{
	for (unsigned i = 0; i < NODE_KINDS; i++) {
		if (!str_eq(word, str_cstr(keywords[i].word)))
			continue;
		*kind = (enum node_kind)i;
		return true;
	}
	return false;
}

bool
node_may_hold(enum node_kind parent, enum node_kind child)
{
	return keywords[child].parents & IN(parent);
}

const char *
attr_word(enum attr_name name)
{
	return attributes[name].word;
}

enum attr_name
attr_find(enum node_kind kind, struct str word, bool bare)
{
	for (unsigned i = 0; i < ATTR_UNKNOWN; i++)
		if (attributes[i].bare == bare && (attributes[i].kinds & IN(kind)) &&
		    str_eq(word, str_cstr(attributes[i].word)))
			return (enum attr_name)i;
	return ATTR_UNKNOWN;
}

void
schema_init(struct schema *s)
{
	*s = (struct schema){ .root = { .kind = NODE_ROOT }, .file = "-" };
}

void
schema_release(struct schema *s)
{
	pool_release(&s->pool);
	schema_init(s);
}

struct node *
node_add(struct schema *s, struct node *parent, enum node_kind kind, struct str a, struct str b,
	 struct str c)
{
	struct node *n = pool_get(&s->pool, sizeof(*n));
	struct str arg[NODE_ARGS] = { a, b, c };

	n->kind = kind;
	n->parent = parent;
	for (unsigned i = 0; i < keywords[kind].operands; i++)
		n->arg[i] = pool_str(&s->pool, arg[i]);
	if (parent->last)
		parent->last->next = n;
	else
		parent->child = n;
	parent->last = n;
	return n;
}

void
node_remove(struct node *n)
{
	struct node *parent = n->parent, *before = NULL;

	for (struct node *at = parent->child; at != n; at = at->next)
		before = at;
	if (before)
		before->next = n->next;
	else
		parent->child = n->next;
	if (parent->last == n)
		parent->last = before;
	n->next = n->parent = NULL;
}

/* Known attributes by their place in the enum, unknown ones behind them by name. */
static int
attr_order(const struct attr *a, enum attr_name name, struct str word)
{
	if (a->name != name)
		return a->name < name ? -1 : 1;
	return name == ATTR_UNKNOWN ? str_cmp(a->word, word) : 0;
}

bool
node_set_word(struct schema *s, struct node *n, enum attr_name name, struct str word,
	      struct str value)
{
	struct attr **at = &n->attrs, *a;
	int order = 1;

	while (*at && (order = attr_order(*at, name, word)) < 0)
		at = &(*at)->next;
	if (*at && order == 0) {
		(*at)->value = value.p ? pool_str(&s->pool, value) : STR_NONE;
		return false;
	}
	a = pool_get(&s->pool, sizeof(*a));
	a->name = name;
	if (name == ATTR_UNKNOWN)
		a->word = pool_str(&s->pool, word);
	if (value.p)
		a->value = pool_str(&s->pool, value);
	a->next = *at;
	*at = a;
	return true;
}

void
node_set(struct schema *s, struct node *n, enum attr_name name, struct str value)
{
	node_set_word(s, n, name, STR_NONE, value);
}

void
node_unset(struct node *n, enum attr_name name)
{
	for (struct attr **at = &n->attrs; *at; at = &(*at)->next) {
		if ((*at)->name != name)
			continue;
		*at = (*at)->next;
		return;
	}
}

static const struct attr *
find_attr(const struct node *n, enum attr_name name)
{
	const struct attr *a = n->attrs;

	while (a && a->name != name)
		a = a->next;
	return a;
}

bool
node_has(const struct node *n, enum attr_name name)
{
	return find_attr(n, name) != NULL;
}

struct str
node_attr(const struct node *n, enum attr_name name)
{
	const struct attr *a = find_attr(n, name);

	return a ? a->value : STR_NONE;
}

struct node *
node_first(const struct node *parent, enum node_kind kind)
{
	struct node *n = parent->child;

	while (n && n->kind != kind)
		n = n->next;
	return n;
}

struct node *
node_next(const struct node *n)
{
	struct node *other = n->next;

	while (other && other->kind != n->kind)
		other = other->next;
	return other;
}

struct node *
node_find(const struct node *parent, enum node_kind kind, struct str a)
{
	struct node *n = node_first(parent, kind);

	while (n && !str_eq(n->arg[0], a))
		n = node_next(n);
	return n;
}

struct node *
schema_table(const struct schema *s, struct str schema, struct str name)
{
	struct node *n = node_first(&s->root, NODE_TABLE);

	while (n && !(str_eq(n->arg[0], schema) && str_eq(n->arg[1], name)))
		n = node_next(n);
	return n;
}

struct node *
schema_table_from(const struct schema *s, struct str schema, struct str name)
{
	struct node *n = node_first(&s->root, NODE_TABLE);

	while (n &&
	       !(str_eq(node_attr(n, ATTR_FROMSCHEMA), schema) &&
		 str_eq(node_attr(n, ATTR_FROM), name)))
		n = node_next(n);
	return n;
}

bool
node_is_read(const struct schema *s, const struct node *n, struct str *name, struct str *type)
{
	bool cast = s->target.p && n->kind == NODE_COLUMN;

	if (n->kind != NODE_COLUMN && n->kind != NODE_FIELD)
		return false;
	*name = cast ? node_attr(n, ATTR_FROM) : n->arg[0];
	*type = cast ? node_attr(n, ATTR_WAS) : n->arg[1];
	return name->p || !node_has(n, ATTR_EXPR);
}

/* In a table, what was left out of it stands behind what was kept. */
static unsigned
rank(const struct node *n)
{
	bool behind = n->kind == NODE_SKIPPED && n->parent->kind == NODE_TABLE;

	return behind ? 2 * NODE_FOREIGN + 1 : 2 * n->kind;
}

/* Children whose order means something keep it: columns, labels, the columns of a key. */
static bool
keeps_order(enum node_kind kind)
{
	return kind == NODE_COLUMN || kind == NODE_FIELD || kind == NODE_LABEL ||
	    kind == NODE_KEY || kind == NODE_KEYEXPR || kind == NODE_INCLUDE ||
	    kind == NODE_PAIR;
}

/* The columns and expressions of a key are one list. */
static bool
same_list(const struct node *a, const struct node *b)
{
	bool a_key = a->kind == NODE_KEY || a->kind == NODE_KEYEXPR;
	bool b_key = b->kind == NODE_KEY || b->kind == NODE_KEYEXPR;

	return a_key && b_key;
}

static int
node_cmp(const struct node *a, const struct node *b)
{
	if (same_list(a, b))
		return 0;
	if (rank(a) != rank(b))
		return rank(a) < rank(b) ? -1 : 1;
	if (keeps_order(a->kind))
		return 0;
	for (unsigned i = 0; i < keywords[a->kind].operands; i++) {
		int c = str_cmp(a->arg[i], b->arg[i]);

		if (c)
			return c;
	}
	return 0;
}

struct placed {
	struct node *node;
	size_t place; /* before sorting: makes the sort stable */
};

static int
compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int c = node_cmp(x->node, y->node);

	return c ? c : (x->place > y->place) - (x->place < y->place);
}

static void
sort_children(struct node *parent)
{
	struct placed *all;
	size_t n = 0;

	for (struct node *c = parent->child; c; c = c->next)
		n++;
	if (n == 0)
		return;
	all = mem_array(n, sizeof(*all));
	n = 0;
	for (struct node *c = parent->child; c; c = c->next) {
		all[n] = (struct placed){ c, n };
		n++;
	}
	qsort(all, n, sizeof(*all), compare_placed);
	for (size_t i = 0; i < n; i++) {
		all[i].node->next = i + 1 < n ? all[i + 1].node : NULL;
		sort_children(all[i].node);
	}
	parent->child = all[0].node;
	parent->last = all[n - 1].node;
	free(all);
}

void
schema_sort(struct schema *s)
{
	sort_children(&s->root);
}
