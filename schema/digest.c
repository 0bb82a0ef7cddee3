/* Digests of tables: sums of XXH3 hashes of canonical values. */
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "schema/base/num.h"
#include "schema/digest.h"
#include "schema/escape.h"

enum { HASH_BYTES = 16 };

struct digest_column {
	struct sum128 sum;
	enum type_kind kind;
	bool canon; /* canon_value() has work to do */
};

struct digest_stream {
	XXH3_state_t state;
};

static void
sum_add(struct sum128 *sum, XXH128_hash_t h)
{
	sum->low += h.low64;
	sum->high += h.high64 + (sum->low < h.low64);
}

/* NULL is what no value is: the empty text under another seed. */
static XXH128_hash_t
null_hash(void)
{
	return XXH3_128bits_withSeed("", 0, 1);
}

void
digest_init(struct digest *d, const struct rows_head *head)
{
	bool pg = rows_attr(head, "target").p != NULL;

	*d = (struct digest){ .ncols = head->ncols };
	d->columns = mem_array(head->ncols, sizeof(*d->columns));
	d->row = mem_array(head->ncols, HASH_BYTES);
	d->stream = aligned_alloc(64, sizeof(*d->stream)); /* XXH3_state_t wants it */
	if (!d->stream)
		die(STATUS_BAD, "out of memory");
	for (size_t i = 0; i < head->ncols; i++) {
		struct type t = type_of(head->types[i], pg);
		bool canon = !t.array && canon_changes(t.kind);

		d->columns[i] = (struct digest_column){ .kind = t.kind, .canon = canon };
	}
}

void
digest_release(struct digest *d)
{
	free(d->columns);
	free(d->row);
	free(d->stream);
	buf_release(&d->value);
	buf_release(&d->canon);
	*d = (struct digest){ 0 };
}

/* The value of a cell that is whole, or of the pieces gathered in d->value. */
static XXH128_hash_t
hash_value(struct digest *d, const struct digest_column *col, struct str value)
{
	if (col->canon)
		canon_value(col->kind, value, &d->canon, &value);
	return XXH3_128bits(value.n ? value.p : "", value.n);
}

static struct str
unescape(struct digest *d, const struct rows_cell *c)
{
	d->value.n = 0;
	escape_decode(&d->value, c->text); /* the reader has checked it */
	return buf_str(&d->value);
}

/* A piece of a field: hashed as it comes, or gathered when its canonical form needs the whole. True at its end. */
static bool
add_piece(struct digest *d, const struct digest_column *col, const struct rows_cell *c,
	  XXH128_hash_t *h)
{
	if (c->first) {
		d->value.n = 0;
		XXH3_128bits_reset(&d->stream->state);
	}
	if (!col->canon)
		d->value.n = 0;
	escape_decode(&d->value, c->text);
	if (!col->canon && d->value.n)
		XXH3_128bits_update(&d->stream->state, d->value.p, d->value.n);
	if (c->last)
		*h = col->canon ? hash_value(d, col, buf_str(&d->value))
				: XXH3_128bits_digest(&d->stream->state);
	return c->last;
}

static void
end_row(struct digest *d)
{
	sum_add(&d->table, XXH3_128bits(d->row, d->ncols * HASH_BYTES));
}

void
digest_add(struct digest *d, const struct rows_block *block)
{
	struct rows_walk walk = { 0 };
	struct rows_cell c;

	d->rows += block->rows;
	if (d->ncols == 0) {
		for (uint64_t i = 0; i < block->rows; i++)
			end_row(d);
		return;
	}
	while (rows_cell(block, &walk, &c)) {
		struct digest_column *col = &d->columns[c.col];
		XXH128_hash_t h;

		if (!c.first || !c.last) {
			if (!add_piece(d, col, &c, &h))
				continue;
		} else if (!c.escaped) {
			h = hash_value(d, col, c.text);
		} else if (escape_is_null(c.text)) {
			h = null_hash();
		} else {
			h = hash_value(d, col, unescape(d, &c));
		}
		sum_add(&col->sum, h);
		XXH128_canonicalFromHash(
		    (XXH128_canonical_t *)(void *)(d->row + c.col * HASH_BYTES), h);
		if (c.row_end)
			end_row(d);
	}
}

void
digest_add_row(struct digest *d, struct str row)
{
	uint32_t *sep = mem_array(d->ncols + 1, sizeof(*sep));
	struct rows_block block = { .bytes = row, .rows = 1, .sep = sep };
	uint32_t escaped = 0;

	if (row.n >= ROWS_SEP_ESCAPED)
		die(STATUS_BAD, "a row of %zu bytes is too long for a digest", row.n);
	for (size_t i = 0; i < row.n; i++) {
		if (row.p[i] == '\\')
			escaped = ROWS_SEP_ESCAPED;
		if ((row.p[i] != '\t' && row.p[i] != '\n') || block.nsep > d->ncols)
			continue;
		sep[block.nsep++] = (uint32_t)i | escaped;
		escaped = 0;
	}
	digest_add(d, &block);
	free(sep);
}

static void
sum_subtract(struct sum128 *s, struct sum128 other)
{
	s->high -= other.high + (s->low < other.low);
	s->low -= other.low;
}

void
digest_subtract(struct digest *d, const struct digest *other)
{
	d->rows -= other->rows;
	sum_subtract(&d->table, other->table);
	for (size_t i = 0; i < d->ncols; i++)
		sum_subtract(&d->columns[i].sum, other->columns[i].sum);
}

void
digest_line(const struct digest *d, const struct rows_head *head, struct buf *out)
{
	escape_add(out, head->schema);
	buf_addc(out, '\t');
	escape_add(out, head->table);
	buf_addf(out, "\t%ju\t%016jx%016jx", (uintmax_t)d->rows, (uintmax_t)d->table.high,
		 (uintmax_t)d->table.low);
	for (size_t i = 0; i < d->ncols; i++) {
		buf_addc(out, '\t');
		escape_add(out, head->names[i]);
		buf_addf(out, "=%016jx%016jx", (uintmax_t)d->columns[i].sum.high,
			 (uintmax_t)d->columns[i].sum.low);
	}
	buf_addc(out, '\n');
}
