/* Reads CREATE TABLE and CREATE INDEX by SQLite's grammar (https://sqlite.org/lang_createtable.html). */
#include "schema/sqlite/create.h"
#include "schema/sqlite/token.h"

struct parse {
	struct str rest;
	struct token t; /* the token to look at */
	struct pool *pool;
	struct constraint *first, **end;
	struct constraint *foreign; /* the last one, to which a DEFERRABLE belongs */
	struct str name;            /* of the constraint that follows */
};

static void
advance(struct parse *p)
{
	p->t = token_next(&p->rest);
}

static bool
is(const struct parse *p, const char *word)
{
	return token_is(&p->t, word);
}

static bool
at(const struct parse *p, char c)
{
	return token_mark(&p->t, c);
}

static bool
stuck(const struct parse *p)
{
	return p->t.kind == TOKEN_END || p->t.kind == TOKEN_BAD;
}

static bool
skip_if(struct parse *p, const char *word)
{
	if (!is(p, word))
		return false;
	advance(p);
	return true;
}

static bool
take_name(struct parse *p, struct str *name)
{
	if (p->t.kind != TOKEN_WORD && p->t.kind != TOKEN_NAME && p->t.kind != TOKEN_STRING)
		return false;
	*name = token_value_pool(&p->t, p->pool);
	advance(p);
	return true;
}

/* From '(' to behind its ')': what is between goes to *inner. */
static bool
take_group(struct parse *p, struct str *inner)
{
	const char *begin = p->rest.p;
	size_t depth = 1;

	if (!at(p, '('))
		return false;
	for (;;) {
		advance(p);
		if (stuck(p))
			return false;
		depth += at(p, '(');
		depth -= at(p, ')');
		if (depth == 0)
			break;
	}
	*inner = str_of(begin, (size_t)(p->t.text.p - begin));
	advance(p);
	return true;
}

/* Cuts text at the commas outside of parentheses. */
static struct name_list
split(struct str text, struct pool *pool)
{
	struct name_list list = { 0 };
	struct str rest = text;
	struct token t;
	const char *begin = text.p;
	size_t depth = 0, commas = 0;

	while ((t = token_next(&rest)).kind > TOKEN_BAD)
		commas += token_mark(&t, ',');
	list.p = pool_get(pool, (commas + 1) * sizeof(*list.p));
	rest = text;
	while ((t = token_next(&rest)).kind > TOKEN_BAD) {
		depth += token_mark(&t, '(');
		depth -= token_mark(&t, ')') && depth;
		if (depth || !token_mark(&t, ','))
			continue;
		list.p[list.n++] = str_of(begin, (size_t)(t.text.p - begin));
		begin = t.text.p + 1;
	}
	list.p[list.n++] = str_of(begin, (size_t)(text.p + text.n - begin));
	return list;
}

/* (name [COLLATE x] [ASC], …): the names. */
static bool
take_columns(struct parse *p, struct name_list *columns)
{
	struct str inner;

	if (!take_group(p, &inner))
		return false;
	*columns = split(inner, p->pool);
	for (size_t i = 0; i < columns->n; i++) {
		struct token t = token_next(&columns->p[i]);

		if (t.kind != TOKEN_WORD && t.kind != TOKEN_NAME && t.kind != TOKEN_STRING)
			return false;
		columns->p[i] = token_value_pool(&t, p->pool);
	}
	return true;
}

static struct constraint *
add(struct parse *p, enum constraint_kind kind, struct str column)
{
	struct constraint *c = pool_get(p->pool, sizeof(*c));

	c->kind = kind;
	c->name = p->name.p ? p->name : STR("");
	if (column.p) {
		c->columns.p = pool_get(p->pool, sizeof(*c->columns.p));
		c->columns.p[0] = column;
		c->columns.n = 1;
	}
	*p->end = c;
	p->end = &c->next;
	if (kind == CONSTRAINT_FOREIGN)
		p->foreign = c;
	return c;
}

/* ON CONFLICT word */
static bool
skip_conflict(struct parse *p)
{
	if (!skip_if(p, "ON"))
		return true;
	if (!skip_if(p, "CONFLICT") || p->t.kind != TOKEN_WORD)
		return false;
	advance(p);
	return true;
}

/* DEFERRABLE [INITIALLY DEFERRED | INITIALLY IMMEDIATE], behind a NOT or none */
static bool
take_deferrable(struct parse *p, bool not )
{
	bool deferred = false;

	advance(p);
	if (skip_if(p, "INITIALLY")) {
		deferred = is(p, "DEFERRED");
		if (!deferred && !is(p, "IMMEDIATE"))
			return false;
		advance(p);
	}
	if (!p->foreign)
		return false;
	p->foreign->deferrable = !not ;
	p->foreign->deferred = !not &&deferred;
	return true;
}

/* ON DELETE … and MATCH …, which the pragma tells better. */
static bool
skip_actions(struct parse *p)
{
	for (;;) {
		if (skip_if(p, "MATCH")) {
			if (p->t.kind != TOKEN_WORD && p->t.kind != TOKEN_NAME)
				return false;
			advance(p);
			continue;
		}
		if (!skip_if(p, "ON"))
			return true;
		if (!skip_if(p, "DELETE") && !skip_if(p, "UPDATE") && !skip_if(p, "INSERT"))
			return false;
		if (skip_if(p, "SET") || skip_if(p, "NO")) {
			if (!skip_if(p, "NULL") && !skip_if(p, "DEFAULT") &&
			    !skip_if(p, "ACTION"))
				return false;
		} else if (!skip_if(p, "CASCADE") && !skip_if(p, "RESTRICT")) {
			return false;
		}
	}
}

/* table [(columns)] actions, behind REFERENCES */
static bool
take_references(struct parse *p)
{
	struct str table, columns;

	if (!take_name(p, &table))
		return false;
	if (at(p, '(') && !take_group(p, &columns))
		return false;
	return skip_actions(p);
}

static bool
take_check(struct parse *p)
{
	struct str text;

	if (!take_group(p, &text))
		return false;
	add(p, CONSTRAINT_CHECK, STR_NONE)->text = token_text(text, p->pool);
	return skip_conflict(p);
}

/* What stands behind DEFAULT: the pragma tells it better. */
static bool
skip_default(struct parse *p)
{
	struct str text;

	if (at(p, '('))
		return take_group(p, &text);
	if (at(p, '-') || at(p, '+'))
		advance(p);
	if (stuck(p))
		return false;
	advance(p);
	return true;
}

/* [GENERATED ALWAYS] AS (expression) [STORED | VIRTUAL] */
static bool
take_generated(struct parse *p, struct str column)
{
	struct str text;

	if (skip_if(p, "GENERATED") && !skip_if(p, "ALWAYS"))
		return false;
	if (!skip_if(p, "AS") || !take_group(p, &text))
		return false;
	add(p, CONSTRAINT_GENERATED, column)->text = token_text(text, p->pool);
	if (is(p, "STORED") || is(p, "VIRTUAL"))
		advance(p);
	return true;
}

static bool
take_name_of_constraint(struct parse *p)
{
	advance(p);
	return take_name(p, &p->name);
}

static bool
begins_column_constraint(const struct parse *p)
{
	static const char *const words[] = {
		"CONSTRAINT", "PRIMARY", "NOT",        "NULL", "UNIQUE",    "CHECK",
		"DEFAULT",    "COLLATE", "REFERENCES", "AS",   "GENERATED", "DEFERRABLE"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is(p, words[i]))
			return true;
	return false;
}

static bool
take_column_primary(struct parse *p, struct str column)
{
	if (!skip_if(p, "KEY"))
		return false;
	add(p, CONSTRAINT_PRIMARY, column);
	if (is(p, "ASC") || is(p, "DESC"))
		advance(p);
	if (!skip_conflict(p))
		return false;
	skip_if(p, "AUTOINCREMENT");
	return true;
}

static bool
take_not(struct parse *p)
{
	if (is(p, "DEFERRABLE"))
		return take_deferrable(p, true);
	return skip_if(p, "NULL") && skip_conflict(p);
}

static bool
take_column_constraint(struct parse *p, struct str column)
{
	if (skip_if(p, "PRIMARY"))
		return take_column_primary(p, column);
	if (skip_if(p, "NOT"))
		return take_not(p);
	if (skip_if(p, "NULL"))
		return skip_conflict(p);
	if (skip_if(p, "UNIQUE")) {
		add(p, CONSTRAINT_UNIQUE, column);
		return skip_conflict(p);
	}
	if (skip_if(p, "CHECK"))
		return take_check(p);
	if (skip_if(p, "DEFAULT"))
		return skip_default(p);
	if (skip_if(p, "COLLATE")) {
		struct str collation;

		return take_name(p, &collation);
	}
	if (skip_if(p, "REFERENCES")) {
		add(p, CONSTRAINT_FOREIGN, column);
		return take_references(p);
	}
	if (is(p, "DEFERRABLE"))
		return take_deferrable(p, false);
	if (is(p, "GENERATED") || is(p, "AS"))
		return take_generated(p, column);
	return false;
}

static bool
take_column(struct parse *p)
{
	struct str column, group;

	if (!take_name(p, &column))
		return false;
	p->foreign = NULL;
	/* The type: any words, and numbers in parentheses. */
	while (!at(p, ',') && !at(p, ')') && !begins_column_constraint(p)) {
		if (stuck(p))
			return false;
		if (!at(p, '('))
			advance(p);
		else if (!take_group(p, &group))
			return false;
	}
	while (!at(p, ',') && !at(p, ')')) {
		p->name = STR_NONE;
		if (is(p, "CONSTRAINT")) {
			if (!take_name_of_constraint(p))
				return false;
			/* A name alone is legal, and then names nothing. */
			if (is(p, "CONSTRAINT") || at(p, ',') || at(p, ')'))
				continue;
		}
		if (!take_column_constraint(p, column))
			return false;
	}
	return true;
}

static bool
take_table_key(struct parse *p, enum constraint_kind kind)
{
	struct constraint *c = add(p, kind, STR_NONE);

	return take_columns(p, &c->columns);
}

static bool
begins_table_constraint(const struct parse *p)
{
	return is(p, "CONSTRAINT") || is(p, "PRIMARY") || is(p, "UNIQUE") || is(p, "CHECK") ||
	    is(p, "FOREIGN");
}

static bool
take_table_constraint(struct parse *p)
{
	p->name = STR_NONE;
	if (is(p, "CONSTRAINT")) {
		if (!take_name_of_constraint(p))
			return false;
		if (!begins_table_constraint(p) || is(p, "CONSTRAINT"))
			return true;
	}
	if (skip_if(p, "PRIMARY"))
		return skip_if(p, "KEY") && take_table_key(p, CONSTRAINT_PRIMARY) &&
		    skip_conflict(p);
	if (skip_if(p, "UNIQUE"))
		return take_table_key(p, CONSTRAINT_UNIQUE) && skip_conflict(p);
	if (skip_if(p, "CHECK"))
		return take_check(p);
	if (!skip_if(p, "FOREIGN") || !skip_if(p, "KEY") ||
	    !take_table_key(p, CONSTRAINT_FOREIGN) || !skip_if(p, "REFERENCES") ||
	    !take_references(p))
		return false;
	if (is(p, "DEFERRABLE"))
		return take_deferrable(p, false);
	if (skip_if(p, "NOT"))
		return is(p, "DEFERRABLE") && take_deferrable(p, true);
	return true;
}

/* [IF NOT EXISTS] [schema.]name */
static bool
skip_object_name(struct parse *p)
{
	struct str name;

	if (skip_if(p, "IF") && !(skip_if(p, "NOT") && skip_if(p, "EXISTS")))
		return false;
	if (!take_name(p, &name))
		return false;
	if (!at(p, '.'))
		return true;
	advance(p);
	return take_name(p, &name);
}

bool
create_table_read(struct str sql, struct pool *pool, struct constraint **first)
{
	struct parse p = { .rest = sql, .pool = pool };
	bool in_constraints = false;

	p.end = &p.first;
	advance(&p);
	if (!skip_if(&p, "CREATE") || !skip_if(&p, "TABLE") || !skip_object_name(&p) ||
	    !at(&p, '('))
		return false;
	do {
		advance(&p);
		in_constraints = in_constraints || begins_table_constraint(&p);
		if (!in_constraints && !take_column(&p))
			return false;
		/* The commas between table constraints may be missing. */
		while (in_constraints && !at(&p, ',') && !at(&p, ')'))
			if (!take_table_constraint(&p))
				return false;
	} while (at(&p, ','));
	*first = p.first;
	return at(&p, ')');
}

/* Whether s is one operand, f(…), (…) or a single token: then a COLLATE behind it belongs to the whole of it. */
static bool
is_operand(struct str s)
{
	struct token first = token_next(&s), t = s.n ? token_next(&s) : (struct token){ 0 };
	size_t depth = 1;

	if (first.kind <= TOKEN_BAD)
		return false;
	if (t.kind == TOKEN_END)
		return !token_mark(&first, '(');
	if (!token_mark(&first, '(') && !(first.kind == TOKEN_WORD && token_mark(&t, '(')))
		return false;
	if (token_mark(&first, '(')) {
		depth += token_mark(&t, '(');
		depth -= token_mark(&t, ')');
	}
	while (depth) {
		t = token_next(&s);
		if (t.kind <= TOKEN_BAD)
			return false;
		depth += token_mark(&t, '(');
		depth -= token_mark(&t, ')');
	}
	return token_next(&s).kind == TOKEN_END;
}

/* An indexed expression without what the pragma tells: COLLATE, ASC and DESC at its end. */
static struct str
index_key(struct str text, struct pool *pool)
{
	struct token last[3] = { 0 }, t;
	struct str rest = text;
	size_t end = text.n;

	while ((t = token_next(&rest)).kind > TOKEN_BAD) {
		last[0] = last[1];
		last[1] = last[2];
		last[2] = t;
	}
	if (token_is(&last[2], "ASC") || token_is(&last[2], "DESC")) {
		end = (size_t)(last[2].text.p - text.p);
		last[2] = last[1];
		last[1] = last[0];
	}
	if (token_is(&last[1], "COLLATE")) {
		size_t before = (size_t)(last[1].text.p - text.p);

		if (is_operand(str_of(text.p, before)))
			end = before;
	}
	return token_text(str_of(text.p, end), pool);
}

bool
create_index_read(struct str sql, struct pool *pool, struct create_index *out)
{
	struct parse p = { .rest = sql, .pool = pool };
	struct str table, keys;

	*out = (struct create_index){ 0 };
	advance(&p);
	if (!skip_if(&p, "CREATE"))
		return false;
	skip_if(&p, "UNIQUE");
	if (!skip_if(&p, "INDEX") || !skip_object_name(&p) || !skip_if(&p, "ON") ||
	    !take_name(&p, &table) || !take_group(&p, &keys))
		return false;
	out->keys = split(keys, pool);
	for (size_t i = 0; i < out->keys.n; i++)
		out->keys.p[i] = index_key(out->keys.p[i], pool);
	if (is(&p, "WHERE")) {
		out->where = token_text(p.rest, pool);
		while (!stuck(&p))
			advance(&p);
	}
	return p.t.kind == TOKEN_END;
}
