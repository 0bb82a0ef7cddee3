/* schema(5): the reader, and the checks of a whole schema. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/schema-words.h"
#include "schema/schema.h"
#include "schema/types.h"

enum { LINE_MAX_BYTES = 64 * 1024 * 1024 };

struct reading {
	struct schema *s;
	struct input in;
	struct node
	    *open;      /* the last line, to which or to whose parents the next one belongs */
	uint64_t lines; /* that are not # lines */
	unsigned flags;
	bool begun, ended;
	struct buf scratch;
	struct err *e;
};

static int
bad(struct reading *r, const char *what, struct str word)
{
	return err_set(r->e, STATUS_BAD, "%s:%ju: %s %s", r->in.name, (uintmax_t)r->in.line,
		       what, show(word).text);
}

/* Whether field is well written as one field of the file; with a message when not. */
static int
check_field(struct reading *r, struct str field)
{
	/* \N passes escape_check(), being the NULL of rows(5), but only default= may hold it. */
	if (escape_is_null(field) || escape_check(field) != field.n)
		return bad(r, "bad escape in", field);
	if (utf8_valid(field) != field.n)
		return bad(r, "invalid UTF-8 in", field);
	return 0;
}

/* Unescapes what check_field() passed into the pool. */
static struct str
decode(struct reading *r, struct str field)
{
	r->scratch.n = 0;
	escape_decode(&r->scratch, field);
	return pool_str(&r->s->pool, buf_str(&r->scratch));
}

/* A field that check_field() passed in its one spelling: it may hold bytes that need no escape to be read. */
static struct str
respell(struct reading *r, struct str field)
{
	struct str value = decode(r, field);

	r->scratch.n = 0;
	escape_add(&r->scratch, value);
	return pool_str(&r->s->pool, buf_str(&r->scratch));
}

/* name=value or a bare word, cut before it is unescaped: a name holds no '='. */
static int
read_attr(struct reading *r, struct node *n, struct str field)
{
	struct str word, value = STR_NONE;
	bool bare = !str_cut(field, '=', &word, &value), rows_text;
	enum attr_name name = attr_find(n->kind, word, bare);

	/* default= holds a field of rows(5) as it stands, NULL and \# included. */
	rows_text = name == ATTR_DEFAULT;
	if (check_field(r,
			rows_text && escape_is_null(value) ? word
			    : rows_text                    ? value
							   : field) < 0)
		return -1;
	if (word.n == 0)
		return bad(r, "attribute without a name:", field);
	if (name == ATTR_UNKNOWN && attr_find(n->kind, word, !bare) != ATTR_UNKNOWN)
		return bad(
		    r, bare ? "attribute without its value:" : "attribute that takes no value:",
		    word);
	if (name == ATTR_UNKNOWN && !(r->flags & SCHEMA_KEEP_UNKNOWN))
		return bad(r, "unknown attribute", field);
	if (rows_text && !escape_is_null(value))
		value = respell(r, value);
	else if (!bare && !rows_text)
		value = decode(r, value);
	if (!node_set_word(r->s, n, name, decode(r, word), value))
		return bad(r, "attribute given twice:", field);
	return 0;
}

static int
read_node(struct reading *r, struct str line)
{
	struct str word, rest, field, arg[NODE_ARGS] = { STR_NONE, STR_NONE, STR_NONE };
	bool more = str_cut(line, '\t', &word, &rest);
	struct node *parent = r->open, *n;
	enum node_kind kind;

	if (!node_kind_find(word, &kind))
		return bad(r, "unknown keyword", word);
	while (parent && !node_may_hold(parent->kind, kind))
		parent = parent->parent;
	if (!parent)
		return bad(r, "nothing above that this line could belong to:", word);
	for (unsigned i = 0; i < node_operands(kind); i++) {
		if (!more)
			return err_set(r->e, STATUS_BAD,
				       "%s:%ju: %s with %u operands instead of %u", r->in.name,
				       (uintmax_t)r->in.line, node_keyword(kind), i,
				       node_operands(kind));
		more = str_cut(rest, '\t', &field, &rest);
		if (check_field(r, field) < 0)
			return -1;
		arg[i] = decode(r, field);
	}
	n = node_add(r->s, parent, kind, arg[0], arg[1], arg[2]);
	n->line = r->in.line;
	r->open = n;
	while (more) {
		more = str_cut(rest, '\t', &field, &rest);
		if (read_attr(r, n, field) < 0)
			return -1;
	}
	r->lines++;
	return 0;
}

/* #schema VERSION source=… [target=postgresql] [database=…] */
static int
read_head(struct reading *r, struct str rest)
{
	struct str field, word, value;
	uint64_t version;
	bool more = str_cut(rest, '\t', &field, &rest);

	if (r->begun)
		return err_set(r->e, STATUS_BAD, "%s:%ju: a second #schema line", r->in.name,
			       (uintmax_t)r->in.line);
	r->begun = true;
	if (!num_u64(field, &version) || version == 0)
		return bad(r, "no version:", field);
	if (version > SCHEMA_VERSION)
		return err_set(
		    r->e, STATUS_BAD, "%s:%ju: schema version %ju, this program reads up to %d",
		    r->in.name, (uintmax_t)r->in.line, (uintmax_t)version, SCHEMA_VERSION);
	while (more) {
		struct str *to = NULL;

		more = str_cut(rest, '\t', &field, &rest);
		str_cut(field, '=', &word, &value);
		if (str_eq(word, STR("source")))
			to = &r->s->source;
		else if (str_eq(word, STR("target")))
			to = &r->s->target;
		else if (str_eq(word, STR("database")))
			to = &r->s->database;
		if (!to || !value.p)
			return bad(r, "unknown attribute", field);
		if (to->p)
			return bad(r, "attribute given twice:", field);
		if (check_field(r, field) < 0)
			return -1;
		*to = decode(r, value);
	}
	if (r->s->target.p && !str_eq(r->s->target, STR("postgresql")))
		return bad(r, "the only target there is is postgresql, not", r->s->target);
	if (!r->s->source.p)
		return err_set(r->e, STATUS_BAD, "%s:%ju: #schema without source=", r->in.name,
			       (uintmax_t)r->in.line);
	return 0;
}

static int
read_end(struct reading *r, struct str count)
{
	uint64_t n;

	if (!num_u64(count, &n))
		return bad(r, "no count of lines behind #end:", count);
	if (n != r->lines)
		return err_set(
		    r->e, STATUS_CUT,
		    "%s:%ju: lines are missing or too many: #end says %ju, there are %ju",
		    r->in.name, (uintmax_t)r->in.line, (uintmax_t)n, (uintmax_t)r->lines);
	r->ended = true;
	return 0;
}

static int
read_line(struct reading *r, struct str line)
{
	struct str word, rest;

	if (str_starts(line, STR("# ")))
		return 0;
	str_cut(line, '\t', &word, &rest);
	if (r->ended)
		return bad(r, "a line behind #end:", word);
	if (str_eq(word, STR("#schema")))
		return read_head(r, rest);
	if (!r->begun)
		return bad(r, "expected a #schema line, got", word);
	if (str_eq(word, STR("#end")))
		return read_end(r, rest);
	if (word.n && word.p[0] == '#')
		return bad(r, "unknown line", word);
	return read_node(r, line);
}

static int
read_all(struct reading *r)
{
	struct str line;
	int got;

	while ((got = input_line(&r->in, LINE_MAX_BYTES, &line, r->e)) > 0)
		if (read_line(r, line) < 0)
			return -1;
	if (got < 0)
		return -1;
	if (!r->begun)
		return err_set(
		    r->e, STATUS_CUT,
		    "%s: input ended early: no schema at all, not even a #schema line",
		    r->in.name);
	if (!r->ended)
		return err_set(r->e, STATUS_CUT, "%s:%ju: input ended early: no #end",
			       r->in.name, (uintmax_t)r->in.line);
	return schema_check(r->s, r->e);
}

static int
finish(struct reading *r)
{
	int result = read_all(r);

	input_close(&r->in);
	buf_release(&r->scratch);
	return result;
}

int
schema_read(struct schema *s, const char *path, unsigned flags, struct err *e)
{
	struct reading r = { .s = s, .open = &s->root, .flags = flags, .e = e };

	s->file = path ? path : "-";
	if (input_open(&r.in, path, e) < 0)
		return -1;
	return finish(&r);
}

int
schema_read_bytes(struct schema *s, struct str bytes, unsigned flags, struct err *e)
{
	struct reading r = { .s = s, .open = &s->root, .flags = flags, .e = e };

	input_open_bytes(&r.in, bytes);
	return finish(&r);
}

static int
wrong(const struct schema *s, const struct node *n, struct err *e, const char *what,
      struct str word)
{
	if (n->line)
		return err_set(e, STATUS_BAD, "%s:%ju: %s %s", s->file, (uintmax_t)n->line,
			       what, show(word).text);
	return err_set(e, STATUS_BAD, "%s: %s %s", node_keyword(n->kind), what,
		       show(word).text);
}

static int
check_column(const struct schema *s, const struct node *n, struct err *e)
{
	struct type t;

	if (node_find(n->parent, n->kind, n->arg[0]) != n)
		return wrong(s, n, e,
			     n->kind == NODE_FIELD ? "a second field named"
						   : "a second column named",
			     n->arg[0]);
	if ((!s->target.p || n->kind == NODE_FIELD) && !type_parse(n->arg[1], &t))
		return wrong(s, n, e, "unknown type", n->arg[1]);
	if (node_has(n, ATTR_DEFAULT) && node_has(n, ATTR_DEFEXPR))
		return wrong(s, n, e, "both default= and defexpr= on column", n->arg[0]);
	return 0;
}

/* A key, include, pair or next line names a column of the table it is in. */
static int
check_reference(const struct schema *s, const struct node *n, struct err *e)
{
	const struct node *table = n->parent;

	while (table->kind != NODE_TABLE && table->kind != NODE_ROOT)
		table = table->parent;
	if (table->kind == NODE_TABLE && !node_find(table, NODE_COLUMN, n->arg[0]))
		return wrong(s, n, e, "the table has no column", n->arg[0]);
	return 0;
}

static int
check_has_child(const struct schema *s, const struct node *n, struct err *e)
{
	for (const struct node *c = n->child; c; c = c->next)
		if (c->kind != NODE_INCLUDE)
			return 0;
	return wrong(s, n, e, "no columns below", str_cstr(node_keyword(n->kind)));
}

static int
check_node(const struct schema *s, const struct node *n, struct err *e)
{
	switch (n->kind) {
	case NODE_COLUMN:
	case NODE_FIELD: return check_column(s, n, e);
	case NODE_KEY:
	case NODE_INCLUDE:
	case NODE_PAIR: return check_reference(s, n, e);
	case NODE_NEXT: return n->parent->kind == NODE_TABLE ? check_reference(s, n, e) : 0;
	case NODE_PRIMARY:
		if (node_first(n->parent, NODE_PRIMARY) != n)
			return wrong(s, n, e, "a second primary key", n->arg[0]);
		return check_has_child(s, n, e);
	case NODE_UNIQUE:
	case NODE_INDEX:
	case NODE_FOREIGN: return check_has_child(s, n, e);
	default: return 0;
	}
}

static int
check_tree(const struct schema *s, const struct node *parent, struct err *e)
{
	for (const struct node *n = parent->child; n; n = n->next)
		if (check_node(s, n, e) < 0 || check_tree(s, n, e) < 0)
			return -1;
	return 0;
}

static int
compare_objects(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a,
			  *y = *(const struct node *const *)b;
	int c = str_cmp(x->arg[0], y->arg[0]);

	return c ? c : str_cmp(x->arg[1], y->arg[1]);
}

static bool
is_object(const struct node *n)
{
	return n->kind == NODE_TABLE || n->kind == NODE_ENUM || n->kind == NODE_SEQUENCE ||
	    n->kind == NODE_VIEW;
}

/* Tables, enums, sequences and views share one space of names, as PostgreSQL's relations and types do. */
static int
check_names(const struct schema *s, struct err *e)
{
	const struct node **all;
	size_t n = 0;
	int result = 0;

	for (const struct node *c = s->root.child; c; c = c->next)
		n += is_object(c);
	all = mem_array(n, sizeof(*all));
	n = 0;
	for (const struct node *c = s->root.child; c; c = c->next)
		if (is_object(c))
			all[n++] = c;
	qsort(all, n, sizeof(*all), compare_objects);
	for (size_t i = 1; i < n && result == 0; i++)
		if (compare_objects(&all[i - 1], &all[i]) == 0)
			result = wrong(s, all[i], e, "a second object named", all[i]->arg[1]);
	free(all);
	return result;
}

int
schema_check(const struct schema *s, struct err *e)
{
	return check_tree(s, &s->root, e) < 0 ? -1 : check_names(s, e);
}
