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
};

/* The rule that would settle it: `column TABLE.COLUMN WHAT`. */
static const char *
rule_text(struct copying *cp, size_t col, const char *what, const char *type)
{
	struct buf *b = &cp->t->encoded;

	b->n = 0;
	buf_add(b, STR("column "));
	name_add_rule(b, cp->in->table);
	buf_addc(b, '.');
	name_add_rule(b, cp->in->names[col]);
	buf_addf(b, " %s%s", what, type);
	return buf_cstr(b);
}

static _Noreturn void
refuse(struct copying *cp, size_t col, struct str value)
{
	const struct check_fault *f = &cp->t->fault;

	die(STATUS_BAD, "%s: row %ju: column %s: %s %s; the rule %s keeps it",
	    rows_name(cp->in).text, (uintmax_t)cp->t->row, show(cp->in->names[col]).text,
	    show(value).text, f->why,
	    show(str_cstr(rule_text(cp, col, "to ", f->remedy))).text);
}

static _Noreturn void
refuse_null(struct copying *cp, size_t col, const struct transform *call, struct str value)
{
	die(STATUS_BAD,
	    "%s: row %ju: column %s: %s makes %s NULL, but the column is NOT NULL; the rule %s takes it",
	    rows_name(cp->in).text, (uintmax_t)cp->t->row, show(cp->in->names[col]).text,
	    call->name, show(value).text,
	    show(str_cstr(rule_text(cp, col, "drop not null using ", call->name))).text);
}

static void
copy_until(struct copying *cp, const char *end)
{
	if (end > cp->from)
		output_add(cp->out, str_of(cp->from, (size_t)(end - cp->from)));
	cp->from = end;
}

/*
 * The value through the transforms. True when another text comes out, which is *value then, or
 * NULL.
 */
static bool
transform(struct copying *cp, size_t col, struct str *value, bool *null)
{
	struct work *w = &cp->t->work[col];
	bool changed = false, altered = false;

	for (size_t i = 0; i < 2 && w->calls[i] && !*null; i++) {
		const struct transform *call = w->calls[i];
		struct str before = *value;

		switch (call->call(before, &cp->t->scratch[i], value)) {
		case TRANSFORM_SAME: break;
		case TRANSFORM_SPELLED: changed = true; break;
		case TRANSFORM_ALTERED: changed = altered = true; break;
		case TRANSFORM_NULL:
			if (w->notnull)
				refuse_null(cp, col, call, before);
			changed = altered = *null = true;
			break;
		case TRANSFORM_FAILED:
			die(STATUS_BAD, "%s: row %ju: column %s: %s takes %s, not %s",
			    rows_name(cp->in).text, (uintmax_t)cp->t->row,
			    show(cp->in->names[col]).text, call->name, call->takes,
			    show(before).text);
		}
	}
	w->altered += altered;
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
	if (!null && !check_value(&t->work[col].check, value, &t->fault))
		refuse(cp, col, value);
	if (!changed)
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
		refuse(cp, c->col, piece);
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
		if (w->check.kind == CHECK_LENGTH && !w->calls[0])
			count_piece(cp, c);
		else
			gather_piece(cp, c);
	} else if (cast_value(cp, c->col, c->text, c->escaped, &field)) {
		copy_until(cp, c->text.p);
		output_add(cp->out, field);
		cp->from = c->text.p + c->text.n;
	}
}

void
cast_block(struct cast_table *t, const struct rows_head *in, const struct rows_block *b,
	   struct output *out)
{
	struct copying cp = { .t = t, .in = in, .out = out, .from = b->bytes.p };
	const char *end = b->bytes.p + b->bytes.n;
	struct rows_walk walk = { 0 };
	struct rows_cell c;

	if (t->tab_owed && !t->work[b->col].dropped)
		output_addc(out, '\t');
	t->tab_owed = false;
	while (rows_cell(b, &walk, &c)) {
		cast_cell(&cp, &c);
		if (c.row_end) {
			t->row++;
			t->kept = 0;
		} else if (c.last) {
			t->kept += !t->work[c.col].dropped;
		}
	}
	/* Whose separator it is, the next block tells. */
	t->tab_owed = b->ends_inside && end > cp.from && end[-1] == '\t';
	copy_until(&cp, end - t->tab_owed);
}
