/*
 * cast-rows: the values. The bytes of a block are copied in spans as long as possible: a span
 * ends only where a value really changes or a column is dropped.
 */
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "transform/cast-rows.h"
#include "transform/names.h"

struct copying {
	struct cast_table *t;
	const struct rows_head *in;
	struct output *out;
	const char *from; /* bytes of the block before it are written or left out */
	/* Where the row being read begins in the block, and what from and out->n were then. */
	const char *row, *row_from;
	size_t row_out;
};

/* By the name at the source, but of what only the target has. */
static struct str
column_name(const struct copying *cp, size_t col)
{
	return col < cp->t->ncols ? cp->in->names[col] : cp->t->work[col].column->arg[0];
}

/* The rule that would settle it: `column TABLE.COLUMN WHAT`. */
static const char *
rule_text(struct copying *cp, size_t col, const char *what, const char *type)
{
	struct buf *b = &cp->t->encoded;

	b->n = 0;
	buf_add(b, STR("column "));
	name_add_rule(b, cp->in->table);
	buf_addc(b, '.');
	name_add_rule(b, column_name(cp, col));
	buf_addf(b, " %s%s", what, type);
	return buf_cstr(b);
}

/* t->message says why. */
static void
refuse(struct copying *cp, size_t col, const char *code)
{
	struct cast_table *t = cp->t;

	if (!t->rejects->allowed)
		die(STATUS_BAD, "%s: row %ju: column %s: %s", rows_name(cp->in).text,
		    (uintmax_t)t->row, show(column_name(cp, col)).text, buf_cstr(&t->message));
	t->bad = true;
	t->why = (struct reject){ .code = str_cstr(code),
				  .column = column_name(cp, col),
				  .row = t->row };
}

static void
refuse_value(struct copying *cp, size_t col, struct str value)
{
	struct cast_table *t = cp->t;

	const char *rule = t->fault.rule ? rule_text(cp, col, "", t->fault.rule)
					 : rule_text(cp, col, "to ", t->fault.remedy);

	t->message.n = 0;
	buf_addf(&t->message, "%s %s; the rule %s %s", show(value).text, t->fault.why,
		 show(str_cstr(rule)).text, t->fault.becomes ? t->fault.becomes : "keeps it");
	refuse(cp, col, t->fault.code);
}

/* What an expression gave is settled where it stands. */
static void
refuse_result(struct copying *cp, size_t col, const char *what, const char *why,
	      const char *code)
{
	struct cast_table *t = cp->t;

	t->message.n = 0;
	buf_addf(&t->message, "the expression of rule %s gives %s%s%s",
		 show(node_attr(t->work[col].column, ATTR_RULE)).text, what,
		 why[0] ? ", which " : "", why);
	refuse(cp, col, code);
}

static void
refuse_null(struct copying *cp, size_t col, const struct transform_use *call, struct str value)
{
	struct cast_table *t = cp->t;
	struct buf *rule = &t->encoded;

	rule_text(cp, col, "drop not null using ", "");
	transform_add_rule(rule, call);
	t->message.n = 0;
	buf_addf(&t->message,
		 "%s makes %s NULL, but the column is NOT NULL; the rule %s takes it",
		 call->transform->name, show(value).text, show(buf_str(rule)).text);
	refuse(cp, col, "not-null");
}

static void
refuse_transform(struct copying *cp, size_t col, const struct transform_use *call,
		 struct str value)
{
	struct cast_table *t = cp->t;

	t->message.n = 0;
	buf_addf(&t->message, "%s takes %s, not %s%s%s", call->transform->name,
		 call->transform->takes, show(value).text, call->why[0] ? ": " : "", call->why);
	refuse(cp, col, "transform");
}

static void
copy_until(struct copying *cp, const char *end)
{
	if (end > cp->from)
		output_add(cp->out, str_of(cp->from, (size_t)(end - cp->from)));
	cp->from = end;
}

/* A row that is set aside alters nothing: what was counted for it is taken back then. */
static void
count_altered(struct cast_table *t, size_t col)
{
	t->work[col].altered++;
	if (t->rejects->allowed)
		t->altered[t->naltered++] = col;
}

/*
 * The value through the transforms. True when another text comes out, which is *value then, or
 * NULL; t->bad is set when none may.
 */
static bool
transform(struct copying *cp, size_t col, struct str *value, bool *null)
{
	struct work *w = &cp->t->work[col];
	bool changed = false, altered = false;

	for (size_t i = 0; i < CAST_CALLS && w->calls[i].transform && !*null; i++) {
		struct transform_use *call = &w->calls[i];
		struct str before = *value;

		switch (transform_call(call, before, &cp->t->scratch[i], value)) {
		case TRANSFORM_SAME: break;
		case TRANSFORM_SPELLED: changed = true; break;
		case TRANSFORM_ALTERED: changed = altered = true; break;
		case TRANSFORM_NULL:
			if (w->notnull) {
				refuse_null(cp, col, call, before);
				return false;
			}
			changed = altered = *null = true;
			break;
		case TRANSFORM_FAILED: refuse_transform(cp, col, call, before); return false;
		}
	}
	if (altered)
		count_altered(cp->t, col);
	return changed;
}

/* A whole value, escaped. True when *field is to be written in its place. */
static bool
cast_value(struct copying *cp, size_t col, struct str text, bool escaped, struct str *field)
{
	struct cast_table *t = cp->t;
	bool null = false, changed;
	struct str value = text;

	if (escaped && escape_is_null(text))
		return false;
	if (escaped) {
		t->decoded.n = 0;
		escape_decode(&t->decoded, text);
		value = buf_str(&t->decoded);
	}
	changed = transform(cp, col, &value, &null);
	if (!t->bad && !null && !check_value(&t->work[col].check, value, &t->fault))
		refuse_value(cp, col, value);
	if (!changed || t->bad)
		return false;
	if (null) {
		*field = STR("\\N");
		return true;
	}
	t->encoded.n = 0;
	escape_add(&t->encoded, value);
	*field = buf_str(&t->encoded);
	return true;
}

/* --- values in pieces --------------------------------------------------------------------- */

/* Nothing but the length matters: counted as the pieces pass, however long the value is. */
static void
count_piece(struct copying *cp, const struct rows_cell *c)
{
	struct cast_table *t = cp->t;
	struct str piece = c->text;

	if (c->first)
		t->characters = 0;
	if (c->escaped) {
		t->decoded.n = 0;
		escape_decode(&t->decoded, c->text);
		piece = buf_str(&t->decoded);
	}
	t->characters += utf8_count(piece);
	if (!check_length(&t->work[c->col].check, t->characters, &t->fault))
		refuse_value(cp, c->col, piece);
}

/* Gathered; written at its end, changed or not. */
static void
gather_piece(struct copying *cp, const struct rows_cell *c)
{
	struct cast_table *t = cp->t;
	struct str field;

	copy_until(cp, c->text.p);
	cp->from = c->text.p + c->text.n;
	if (c->first)
		t->pieces.n = 0;
	buf_add(&t->pieces, c->text);
	if (!c->last)
		return;
	field = buf_str(&t->pieces);
	cast_value(cp, c->col, buf_str(&t->pieces), memchr(field.p, '\\', field.n) != NULL,
		   &field);
	output_add(cp->out, field);
}

/* --- cells -------------------------------------------------------------------------------- */

/*
 * A dropped column takes the separator before it along; the first ones of a row, which have no
 * kept column before them, the one behind it.
 */
static void
drop_cell(struct copying *cp, const struct rows_cell *c)
{
	const char *end = c->text.p + c->text.n;

	if (c->first && c->text.p > cp->from)
		copy_until(cp, c->text.p - (cp->t->kept > 0));
	cp->from = end + (c->last && !c->row_end && cp->t->kept == 0);
}

static void
cast_cell(struct copying *cp, const struct rows_cell *c)
{
	struct work *w = &cp->t->work[c->col];
	struct str field;

	if (!w->any)
		return;
	if (w->dropped) {
		drop_cell(cp, c);
	} else if (!c->first || !c->last) {
		if (w->check.kind == CHECK_LENGTH && !w->calls[0].transform)
			count_piece(cp, c);
		else
			gather_piece(cp, c);
	} else if (cast_value(cp, c->col, c->text, c->escaped, &field)) {
		copy_until(cp, c->text.p);
		output_add(cp->out, field);
		cp->from = c->text.p + c->text.n;
	}
}

/* --- expressions -------------------------------------------------------------------------- */

/* Kept for the end of the row, as the source has it. */
static void
capture(struct cast_table *t, const struct rows_cell *c)
{
	struct buf *b = &t->captures[c->col];
	struct using_input *field = &t->fields[c->col];

	if (c->first)
		b->n = 0;
	field->null = c->first && c->escaped && escape_is_null(c->text);
	if (c->escaped && !field->null)
		escape_decode(b, c->text);
	else if (!field->null)
		buf_add(b, c->text);
	field->text = b->n ? buf_str(b) : STR("");
}

/* Whether the column has another value than the one it had. */
static bool
differs(const struct cast_table *t, const struct work *w, struct str value, bool null)
{
	const struct using_input *own = w->own >= 0 ? &t->fields[w->own] : NULL;

	return own && (own->null != null || (!null && !str_eq(own->text, value)));
}

/* The value of an expression; false when the row cannot pass. */
static bool
make_value(struct copying *cp, size_t col, struct str *field)
{
	struct cast_table *t = cp->t;
	struct work *w = &t->work[col];
	struct str value;
	enum using_result result = using_run(w->expr, t->fields, &value);
	bool null = result == USING_NULL;

	*field = STR("\\N");
	if (result == USING_FAILED) {
		t->message.n = 0;
		buf_add(&t->message, str_cstr(using_why(w->expr)));
		refuse(cp, col, "expression");
	} else if (null && w->notnull) {
		refuse_result(cp, col, "NULL, but the column is NOT NULL", "", "not-null");
	}
	if (!t->bad && differs(t, w, value, null))
		count_altered(t, col);
	if (t->bad || null)
		return !t->bad;
	transform(cp, col, &value, &null);
	if (!t->bad && !check_value(&w->check, value, &t->fault))
		refuse_result(cp, col, show(value).text, t->fault.why, t->fault.code);
	if (t->bad)
		return false;
	t->encoded.n = 0;
	escape_add(&t->encoded, value);
	*field = t->encoded.n ? buf_str(&t->encoded) : STR("");
	return true;
}

/* Behind the last cell, which is c, of a row. */
static void
add_expressions(struct copying *cp, const struct rows_cell *c)
{
	struct cast_table *t = cp->t;
	size_t kept = t->kept + !t->work[c->col].dropped;

	copy_until(cp, c->text.p + c->text.n);
	for (size_t i = t->ncols; i < t->nwork && !t->bad; i++) {
		struct str field;

		if (!make_value(cp, i, &field))
			return;
		if (kept++)
			output_addc(cp->out, '\t');
		output_add(cp->out, field);
	}
}

/* --- rows --------------------------------------------------------------------------------- */

/* What was made of the row is taken back, and its line, which ends at end, becomes a reject. */
static void
set_aside(struct copying *cp, const char *end)
{
	struct cast_table *t = cp->t;
	struct str line = str_of(cp->row, (size_t)(end - cp->row));

	output_take_back(cp->out, cp->out->n - cp->row_out);
	cp->from = cp->row_from;
	copy_until(cp, cp->row);
	cp->from = end + 1;
	for (size_t i = 0; i < t->naltered; i++)
		t->work[t->altered[i]].altered--;
	if (t->source.n) {
		buf_add(&t->source, line);
		line = buf_str(&t->source);
	}
	t->why.message = buf_str(&t->message);
	rejects_add(t->rejects, &t->why, line);
	t->bad = false;
}

static void
end_row(struct copying *cp, const char *end)
{
	struct cast_table *t = cp->t;

	if (t->bad)
		set_aside(cp, end);
	t->row++;
	t->kept = 0;
	t->naltered = 0;
	t->source.n = 0;
	cp->row = end + 1;
	cp->row_from = cp->from;
	cp->row_out = cp->out->n;
}

static void
cast_cells(struct copying *cp, const struct rows_block *b)
{
	struct cast_table *t = cp->t;
	const char *end = b->bytes.p + b->bytes.n;
	struct rows_walk walk = { 0 };
	struct rows_cell c;

	if (t->tab_owed && !t->work[b->col].dropped)
		output_addc(cp->out, '\t');
	t->tab_owed = false;
	while (rows_cell(b, &walk, &c)) {
		if (!t->bad && t->captured[c.col])
			capture(t, &c);
		if (!t->bad)
			cast_cell(cp, &c);
		if (c.row_end && !t->bad && t->nwork > t->ncols)
			add_expressions(cp, &c);
		if (c.row_end)
			end_row(cp, c.text.p + c.text.n);
		else if (c.last)
			t->kept += !t->work[c.col].dropped;
	}
	/* Whose separator it is, the next block tells. */
	t->tab_owed = b->ends_inside && end > cp->from && end[-1] == '\t';
	copy_until(cp, end - t->tab_owed);
}

/* All that was made, except of a row that goes on in the next block: it may still be set aside. */
static void
hand_on(struct copying *cp, const struct rows_block *b, struct output *out)
{
	struct output *held = cp->out;
	size_t whole = held->n, rest;

	if (b->ends_inside) {
		whole = cp->row_out + (size_t)(cp->row - cp->row_from);
		buf_add(&cp->t->source,
			str_of(cp->row, (size_t)(b->bytes.p + b->bytes.n - cp->row)));
	}
	output_add(out, str_of(held->p, whole));
	rest = held->n - whole;
	memmove(held->p, held->p + whole, rest);
	output_take_back(held, whole);
}

/*
 * Clocks that PostgreSQL moves are in few tables, and where there is one its bytes show from afar. Else columns that
 * are only looked through for them need no look, and often the whole block none. A row in pieces is always looked at.
 */
static bool
needs_look(struct cast_table *t, const struct rows_block *b)
{
	bool look;

	if (!t->clocks)
		return t->any;
	look = b->col || b->opens_inside || b->ends_inside || clock_suspected(b->bytes);
	for (size_t i = 0; t->any && i < t->ncols; i++)
		if (t->work[i].clock_only)
			t->work[i].any = look;
	return t->any || look;
}

void
cast_block(struct cast_table *t, struct rows_reader *in, struct rows_block *b,
	   struct output *out)
{
	bool may_reject = t->rejects->allowed;
	struct copying cp = {
		.t = t,
		.in = &in->head,
		.out = may_reject ? &t->held : out,
		.from = b->bytes.p,
		.row = b->bytes.p,
		.row_from = b->bytes.p,
	};

	if (!needs_look(t, b)) {
		output_add(out, b->bytes);
		t->row += b->rows;
		return;
	}
	if (!t->any)
		rows_find_cells(in, b);
	cast_cells(&cp, b);
	if (may_reject)
		hand_on(&cp, b, out);
}
