/* The text of a DEFAULT clause: a literal as rows text of the column's type, or an expression. */
#include <math.h>

#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/sqlite/sqlite.h"
#include "schema/sqlite/token.h"
#include "schema/types.h"

/* A literal, as SQLite would store it in a column without a type. */
struct literal {
	enum {
		LITERAL_NONE,
		LITERAL_NULL,
		LITERAL_INTEGER,
		LITERAL_REAL,
		LITERAL_TEXT,
		LITERAL_BLOB
	} kind;
	struct str number; /* of an integer or real: with its sign, as written */
	int64_t integer;
	bool word;        /* TRUE or FALSE, which are the integers 1 and 0 */
	struct buf bytes; /* of a text or blob */
};

/* 0x1F is the 64 bits it says. */
static bool
hex_integer(struct str s, bool negative, int64_t *out)
{
	uint64_t v = 0;

	if (s.n < 3 || s.n > 18 || !str_starts_nocase(s, STR("0x")))
		return false;
	for (size_t i = 2; i < s.n; i++)
		v = v << 4 | (unsigned)hex_value(s.p[i]);
	memcpy(out, &v, sizeof(v));
	if (negative && *out == INT64_MIN)
		return false;
	if (negative)
		*out = -*out;
	return true;
}

static void
read_number(struct literal *l, const struct token *t, bool negative, struct pool *pool)
{
	struct buf b = { 0 };

	if (negative)
		buf_addc(&b, '-');
	buf_add(&b, t->text);
	l->number = pool_str(pool, buf_str(&b));
	buf_release(&b);
	l->kind = LITERAL_REAL;
	if (t->kind == TOKEN_REAL)
		return;
	if (num_i64(l->number, &l->integer) || hex_integer(t->text, negative, &l->integer))
		l->kind = LITERAL_INTEGER;
	else if (str_starts_nocase(t->text, STR("0x")))
		l->kind = LITERAL_NONE;
}

static void
read_blob(struct literal *l, struct str text)
{
	l->kind = LITERAL_BLOB;
	for (size_t i = 2; i + 1 < text.n; i += 2) {
		int64_t byte = 0;
		char hex[4] = { '0', 'x', text.p[i], text.p[i + 1] };

		hex_integer(str_of(hex, 4), false, &byte);
		buf_addc(&l->bytes, (char)byte);
	}
}

/* A word alone is a text to SQLite; in double quotes it may also be meant as a column. */
static void
read_word(struct literal *l, const struct token *t, const struct node *column)
{
	const struct node *table = column->parent;

	if (token_is(t, "NULL")) {
		l->kind = LITERAL_NULL;
	} else if (token_is(t, "TRUE") || token_is(t, "FALSE")) {
		l->kind = LITERAL_INTEGER;
		l->integer = token_is(t, "TRUE");
		l->number = l->integer ? STR("1") : STR("0");
		l->word = true;
	} else if (t->kind == TOKEN_NAME && t->text.p[0] == '"') {
		token_value(t, &l->bytes);
		if (!node_find(table, NODE_COLUMN, buf_str(&l->bytes)))
			l->kind = LITERAL_TEXT;
	}
}

static void
read_literal(struct literal *l, struct str text, const struct node *column, struct pool *pool)
{
	struct token t = token_next(&text), end;
	bool negative = token_mark(&t, '-'), sign = negative || token_mark(&t, '+');

	if (sign)
		t = token_next(&text);
	end = token_next(&text);
	if (end.kind != TOKEN_END)
		return;
	if (t.kind == TOKEN_INTEGER || t.kind == TOKEN_REAL)
		read_number(l, &t, negative, pool);
	else if (sign)
		return;
	else if (t.kind == TOKEN_STRING) {
		l->kind = LITERAL_TEXT;
		token_value(&t, &l->bytes);
	} else if (t.kind == TOKEN_BLOB) {
		read_blob(l, t.text);
	} else if (t.kind == TOKEN_WORD || t.kind == TOKEN_NAME) {
		read_word(l, &t, column);
	}
}

static void
add_i64(struct buf *out, int64_t v)
{
	out->n += num_put_i64(buf_reserve(out, NUM_MAX), v);
}

/* A column with numeric affinity takes a text that is a number for one, as SQLite does. */
static void
apply_affinity(struct literal *l, enum type_kind kind)
{
	struct str s = buf_str(&l->bytes);

	if (l->kind != LITERAL_TEXT ||
	    (kind != TYPE_I64 && kind != TYPE_F64 && kind != TYPE_DECIMAL && kind != TYPE_BOOL))
		return;
	if (text_decimal(s))
		return;
	l->number = s;
	l->kind = num_i64(s, &l->integer) ? LITERAL_INTEGER : LITERAL_REAL;
}

static bool
put_i64(const struct literal *l, struct buf *out)
{
	double v;

	if (l->kind == LITERAL_INTEGER) {
		add_i64(out, l->integer);
		return true;
	}
	/* Integer affinity makes 1 of 1.0. */
	if (l->kind != LITERAL_REAL || !num_f64(l->number, &v) || v != floor(v) ||
	    fabs(v) > 9007199254740992.0)
		return false;
	add_i64(out, (int64_t)v);
	return true;
}

static bool
put_bool(const struct literal *l, struct buf *out)
{
	char c = 0;

	if (l->kind == LITERAL_INTEGER && (l->integer == 0 || l->integer == 1))
		c = l->integer ? 't' : 'f';
	else if (l->kind == LITERAL_TEXT)
		c = text_bool(buf_str(&l->bytes));
	if (c)
		buf_addc(out, c);
	return c != 0;
}

static bool
put_f64(const struct literal *l, struct buf *out)
{
	double v;

	if ((l->kind != LITERAL_INTEGER && l->kind != LITERAL_REAL))
		return false;
	if (l->kind == LITERAL_INTEGER) {
		v = (double)l->integer;
		if (fabs(v) > 9007199254740992.0)
			return false;
	} else if (!num_f64(l->number, &v)) {
		return false;
	}
	out->n += num_put_f64(buf_reserve(out, NUM_MAX), v);
	return true;
}

static bool
put_decimal(const struct literal *l, struct buf *out)
{
	if (l->kind == LITERAL_INTEGER) {
		add_i64(out, l->integer);
		return true;
	}
	if (l->kind != LITERAL_REAL || text_decimal(l->number))
		return false;
	buf_add(out, l->number);
	return true;
}

static bool
put_text(const struct literal *l, struct buf *out)
{
	struct str s = buf_str(&l->bytes);

	if (l->kind == LITERAL_INTEGER) {
		add_i64(out, l->integer);
		return true;
	}
	if (l->kind != LITERAL_TEXT || (s.n && memchr(s.p, 0, s.n)))
		return false;
	if (s.n)
		escape_add(out, s);
	return true;
}

static bool
put_bytes(const struct literal *l, struct buf *out)
{
	size_t n = l->bytes.n;

	if (l->kind != LITERAL_BLOB && l->kind != LITERAL_TEXT)
		return false;
	buf_add(out, STR("\\\\x"));
	hex_put(buf_reserve(out, 2 * n), (const unsigned char *)l->bytes.p, n);
	out->n += 2 * n;
	return true;
}

/* Texts of one form. */
static bool
put_formed(const struct literal *l, const struct type *type, struct buf *out)
{
	struct str s = buf_str(&l->bytes);
	char *d = buf_reserve(out, s.n + 3);

	if (l->kind != LITERAL_TEXT)
		return false;
	switch (type->kind) {
	case TYPE_DATE:
		if (text_date(s))
			return false;
		buf_add(out, s);
		return true;
	case TYPE_TIME:
		if (text_time(s, type->precision))
			return false;
		out->n += text_put_time(d, s);
		return true;
	case TYPE_TIMESTAMP:
		if (text_timestamp(s, type->precision))
			return false;
		out->n += text_put_timestamp(d, s);
		return true;
	case TYPE_UUID:
		if (text_uuid(s))
			return false;
		out->n += text_put_uuid(d, s);
		return true;
	default: return false;
	}
}

/* False when the literal does not fit the type. */
static bool
put_literal(struct literal *l, struct str type_text, struct buf *out)
{
	struct type type = type_of(type_text, false);

	if (l->kind == LITERAL_NONE)
		return false;
	if (l->kind == LITERAL_NULL) {
		buf_add(out, STR("\\N"));
		return true;
	}
	apply_affinity(l, type.kind);
	switch (type.kind) {
	case TYPE_I64: return put_i64(l, out);
	case TYPE_BOOL: return put_bool(l, out);
	case TYPE_F64: return put_f64(l, out);
	case TYPE_DECIMAL: return put_decimal(l, out);
	case TYPE_TEXT:
	case TYPE_JSON: return put_text(l, out);
	case TYPE_BYTES: return put_bytes(l, out);
	default: return put_formed(l, &type, out);
	}
}

void
default_set(struct schema *schema, struct node *column, struct str text)
{
	struct literal l = { 0 };
	struct buf out = { 0 };

	read_literal(&l, text, column, &schema->pool);
	if (put_literal(&l, column->arg[1], &out)) {
		buf_reserve(&out, 1); /* an empty text is a value, not a bare word */
		node_set(schema, column, ATTR_DEFAULT, buf_str(&out));
	} else {
		node_set(schema, column, ATTR_DEFEXPR, token_text(text, &schema->pool));
	}
	buf_release(&l.bytes);
	buf_release(&out);
}
