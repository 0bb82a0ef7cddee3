/* Loading with rejects. */
#include <math.h>
#include <stdlib.h>

#include "load/pg-batch.h"
#include "load/pg-text.h"

/* A piece at most, at first, and at least: then a round trip costs more than the rows. */
enum { PIECE_MAX = 64 * 1024 * 1024, PIECE_FIRST = 1024 * 1024, PIECE_MIN = 2 * 1024 };

/* What a piece costs besides its rows, as so many bytes that could be loaded instead. */
enum { PIECE_COST = 32 * 1024 };

/* No piece ever ends by its size. */
static const off_t ENDLESS = (off_t)1 << 60;

/* --- rows that were set aside --------------------------------------------------------------------- */

/* The rows from at up to the next bad one, or up to to; what is behind the bad one in *next. */
static struct spool_at
next_stop(struct batch *b, struct spool_at at, struct spool_at to, struct spool_at *next)
{
	size_t i = bad_rows_from(&b->bad, at.row);
	struct spool_at stop;

	*next = to;
	if (i == b->bad.n || b->bad.row[i] >= to.row)
		return to;
	stop = spool_find(&b->spool, at, b->bad.row[i]);
	*next = spool_find(&b->spool, stop, stop.row + 1);
	return stop;
}

/* Returns the row behind it. */
static struct spool_at
set_aside(struct batch *b, struct spool_at at, struct reject *why)
{
	struct spool_at next = spool_find(&b->spool, at, at.row + 1);
	struct str row = spool_map(&b->spool, at.offset, next.offset);

	why->row = at.row + 1;
	rejects_add(b->rejects, why, str_of(row.p, row.n - 1));
	if (b->refused)
		digest_add_row(b->refused, row);
	spool_unmap(row);
	bad_rows_add(&b->bad, at.row);
	return next;
}

static struct spool_at
set_aside_for(struct batch *b, struct spool_at at, const struct pg_failure *f)
{
	struct reject why = {
		.code = f->code,
		.column = f->column,
		.constraint = f->constraint,
		.message = f->message,
	};

	return set_aside(b, at, &why);
}

/* How many bytes of the span are rows that end in it. */
static size_t
whole_rows(struct str span)
{
	while (span.n && span.p[span.n - 1] != '\n')
		span.n--;
	return span.n;
}

/* --- one COPY ------------------------------------------------------------------------------------- */

#define RELEASE "; RELEASE pgtide_piece"

/* What went wrong before is rolled back in the same round trip. */
static bool
open_copy(struct batch *b, uint64_t row, bool binary)
{
	struct buf before = { 0 };
	bool good;

	buf_addf(&before, "%s pgtide_piece; ", b->savepoint ? "ROLLBACK TO" : "SAVEPOINT");
	if (b->sifting)
		pg_keys_number(&before, row);
	b->savepoint = true;
	b->as_binary = binary;
	good = binary ? pg_binary_copy(b->target, buf_cstr(&before), RELEASE)
		      : target_copy(b->target, PG_TEXT_FORMAT, buf_cstr(&before), RELEASE);
	buf_release(&before);
	return good;
}

static bool
close_copy(struct batch *b, uint64_t rows)
{
	if (!(b->as_binary ? pg_binary_copy_end(b->target, rows)
			   : target_copy_end(b->target, rows)))
		return false;
	b->savepoint = false;
	return true;
}

static void
drop_savepoint(struct batch *b)
{
	if (!b->savepoint)
		return;
	target_run(b->target, "ROLLBACK TO pgtide_piece");
	target_run(b->target, "RELEASE pgtide_piece");
	b->savepoint = false;
}

static bool
send_again(struct batch *b, off_t from, off_t to)
{
	while (from < to) {
		struct str bytes = spool_read(&b->spool, from, to);
		size_t sent = 0;
		uint64_t rows = 0;

		if (b->as_binary) {
			bytes.n = whole_rows(bytes);
			if (!pg_binary_put(b->binary, b->target, bytes, &sent, &rows))
				return false;
			/* Or this would never end. */
			if (sent == 0)
				die(STATUS_BAD,
				    "a row that went as COPY BINARY cannot go so again");
		} else {
			if (!target_put(b->target, bytes))
				return false;
			sent = bytes.n;
		}
		from += (off_t)sent;
	}
	return true;
}

/* The rows between two places but those set aside, by one COPY: binary if all of them went so before. */
static bool
copy_range(struct batch *b, struct spool_at from, struct spool_at to)
{
	struct spool_at at = from, next;

	if (!open_copy(b, from.row, b->as_binary))
		return false;
	for (; at.row < to.row; at = next) {
		struct spool_at stop = next_stop(b, at, to, &next);

		if (!send_again(b, at.offset, stop.offset))
			return false;
	}
	return close_copy(b, bad_rows_others(&b->bad, from.row, to.row));
}

/* --- what was refused ----------------------------------------------------------------------------- */

/* It is not the rows' fault. */
static _Noreturn void
give_up(struct batch *b, struct pg_failure *f, uint64_t from)
{
	struct target *t = b->target;

	if (f->line)
		target_die_of(t, f, bad_rows_skip(&b->bad, from, f->line) + 1);
	if (t->put && f->code.p && pg_status(t->conn, f->res) == STATUS_BAD)
		buf_add(&t->where,
			STR(": behind the rows, out of a trigger's own code, which"
			    " names none to set aside"));
	target_die_of(t, f, 0);
}

static void load(struct batch *b, struct spool_at from, struct spool_at to);

/* Which rows between two places violate foreign keys; they are set aside. */
static void
sift(struct batch *b, struct spool_at from, struct spool_at to)
{
	struct spool_at at = from, next;
	struct pg_key_fault *faults;
	struct buf message = { 0 };
	size_t n;

	drop_savepoint(b);
	pg_keys_sift(b->target);
	b->sifting = true;
	for (; at.row < to.row; at = next)
		load(b, at, next_stop(b, at, to, &next));
	b->sifting = false;
	drop_savepoint(b);
	n = pg_keys_faults(&b->keys, b->target, &faults);
	pg_keys_unsift(b->target);
	at = from;
	for (size_t i = 0; i < n; i++) {
		const struct pg_key *key = faults[i].key;
		struct reject why = {
			.code = STR("23503"),
			.column = key->columns,
			.constraint = key->name,
		};

		message.n = 0;
		buf_addf(&message, "there is no such row in %.*s", (int)key->table.n,
			 key->table.p);
		why.message = buf_str(&message);
		at = set_aside(b, spool_find(&b->spool, at, faults[i].row), &why);
	}
	buf_release(&message);
	free(faults);
}

/*
 * COPY of the rows between two places has failed. Sets rows aside or loads some, and returns where to go on: up to
 * there all is done.
 */
static struct spool_at
mend(struct batch *b, struct spool_at from, struct spool_at to, struct pg_failure *f)
{
	struct spool_at at, next;
	size_t known = b->bad.n;

	if (!pg_failure_of_row(f))
		give_up(b, f, from.row);
	if (f->line) {
		at = spool_find(&b->spool, from, bad_rows_skip(&b->bad, from.row, f->line));
		load(b, from, at);
		return set_aside_for(b, at, f);
	}
	at = next_stop(b, from, to, &next);
	if (bad_rows_others(&b->bad, from.row, to.row) <= 1) {
		/* The one row stands before or behind the bad ones. */
		while (at.row == from.row && next.row < to.row) {
			from = next;
			at = next_stop(b, from, to, &next);
		}
		set_aside_for(b, from, f);
		return to;
	}
	if (str_eq(f->code, STR("23503"))) {
		sift(b, from, to);
		if (b->bad.n > known)
			return from;
	}
	at = spool_find(&b->spool, from, from.row + (to.row - from.row) / 2);
	load(b, from, at);
	return at;
}

/* Loads the rows between two places, or sets them aside. */
static void
load(struct batch *b, struct spool_at from, struct spool_at to)
{
	while (from.row < to.row && bad_rows_others(&b->bad, from.row, to.row)) {
		struct pg_failure f;

		if (copy_range(b, from, to))
			return;
		target_failure(b->target, &f);
		from = mend(b, from, to, &f);
		pg_failure_release(&f);
	}
}

/* --- the piece that is being sent ------------------------------------------------------------------ */

/*
 * With an error every gap bytes, half a piece is sent in vain for each, and gap / size pieces have their cost: the sum
 * is least when the size is sqrt(2 * cost * gap). What has gone well so far counts as a gap too, so without any error
 * pieces grow as well.
 */
static off_t
best_size(const struct batch *b)
{
	double gap = (double)b->loaded / (double)(b->errors + 1);
	double size = sqrt(2 * (double)PIECE_COST * gap);

	if (b->keys.undivided)
		return ENDLESS;
	if (b->errors == 0 && size < PIECE_FIRST)
		return PIECE_FIRST;
	if (size < PIECE_MIN)
		return PIECE_MIN;
	return size < PIECE_MAX ? (off_t)size : PIECE_MAX;
}

static void
go_on_from(struct batch *b, struct spool_at at)
{
	b->open = false;
	b->loaded += at.offset - b->base.offset;
	b->size = best_size(b);
	if (!b->keys.whole && at.offset == b->spool.end.offset) {
		spool_begin(&b->spool, at.row);
		suspects_rewind(&b->suspects);
		at = b->spool.end;
		b->bad.n = 0;
	}
	if (b->odd != at.offset)
		b->odd = -1;
	b->base = b->sent = at;
}

static bool
close_piece(struct batch *b)
{
	b->open = false;
	if (!close_copy(b, b->sent.row - b->base.row))
		return false;
	if (b->alone && b->sent.row > b->base.row)
		suspects_learn(suspects_next(&b->suspects, b->base.offset), false);
	/* The server takes what has no binary form: the more of it there is, the longer it stays text. */
	if (b->odd == b->base.offset && !b->as_binary)
		b->odd_size *= 4;
	go_on_from(b, b->sent);
	return true;
}

/* How many bytes may come until the piece has to end: it ends before a suspect, which makes one of its own. */
static off_t
until_suspect(struct batch *b)
{
	const struct suspect *s = suspects_next(&b->suspects, b->base.offset);

	b->alone = s && s->begin == b->base.offset;
	if (!s)
		return ENDLESS;
	return (b->alone ? s->end : s->begin) - b->sent.offset;
}

/* All rows so far were sent, and the spool is as long as it may get: only an empty one begins anew. */
static bool
spool_is_full(const struct batch *b)
{
	return b->sent.offset == b->spool.end.offset && !b->spool.within_row &&
	    b->spool.end.offset >= PIECE_MAX && !b->keys.whole;
}

static bool
send_text(struct batch *b, struct str span)
{
	if (!target_put(b->target, span))
		return false;
	b->sent.offset += (off_t)span.n;
	b->sent.row += spool_count_rows(span);
	return true;
}

/* The rows of the span that are whole and have a binary form; then *odd tells whether one came that is or has not. */
static bool
send_binary(struct batch *b, struct str span, bool *odd)
{
	size_t sent = 0, whole = whole_rows(span);
	bool good;

	good = pg_binary_put(b->binary, b->target, str_of(span.p, whole), &sent, &b->sent.row);
	b->sent.offset += (off_t)sent;
	*odd = good && (sent < whole || (whole == 0 && span.n > 0));
	if (*odd)
		b->odd = b->sent.offset;
	return good;
}

/* Sends the next bytes; false when COPY fails. */
static bool
step(struct batch *b, bool final)
{
	bool odd = b->odd == b->base.offset;
	off_t size = odd ? b->odd_size : b->size;
	off_t left = b->base.offset + size - b->sent.offset;
	size_t want = left > 1 ? (size_t)left : 1;
	off_t most = until_suspect(b);
	struct str span;
	bool done;

	if (!b->open && !open_copy(b, b->base.row, b->binary && !b->alone && !odd))
		return false;
	b->open = true;
	span = spool_read(&b->spool, b->sent.offset, b->spool.end.offset);
	done = (off_t)span.n >= most;
	if (done)
		span.n = (size_t)most;
	if (span.n >= want) {
		const char *nl = memchr(span.p + want - 1, '\n', span.n - want + 1);

		if (nl)
			span.n = (size_t)(nl - span.p) + 1;
		done = done || nl;
	}
	odd = false;
	if (!(b->as_binary ? send_binary(b, span, &odd) : send_text(b, span)))
		return false;
	if (done || odd || (final && b->sent.offset == b->spool.end.offset) || spool_is_full(b))
		return close_piece(b);
	return true;
}

/* False when the bad row has not come to its end yet. */
static bool
recover(struct batch *b)
{
	struct spool_at to, at;

	b->open = false;
	if (!b->failure_read)
		target_failure(b->target, &b->failure);
	b->failure_read = true;
	if (b->keys.undivided) {
		if (!pg_failure_of_row(&b->failure))
			give_up(b, &b->failure, 0);
		b->waiting = true;
		return false;
	}
	if (b->failure.line && pg_failure_of_row(&b->failure) &&
	    bad_rows_skip(&b->bad, b->base.row, b->failure.line) >= b->spool.end.row)
		return false;
	to = spool_find(&b->spool, b->base, b->sent.row);
	at = mend(b, b->base, to, &b->failure);
	if (!b->failure.line) {
		load(b, at, to);
		at = to;
	}
	pg_failure_release(&b->failure);
	b->failed = b->failure_read = false;
	if (b->alone)
		suspects_learn(suspects_next(&b->suspects, b->base.offset), true);
	else if (b->odd != b->base.offset)
		b->errors++;
	else
		b->odd_size = 1;
	go_on_from(b, at);
	return true;
}

static void
pump(struct batch *b, bool final)
{
	while (!b->waiting) {
		if (b->failed) {
			if (!recover(b))
				return;
		} else if (b->sent.offset < b->spool.end.offset || (final && b->open)) {
			b->failed = !step(b, final);
		} else {
			return;
		}
	}
}

/* --- keys that hold only when all rows are there ---------------------------------------------------- */

static bool
constraints_hold(struct batch *b)
{
	/* Behind the last row, when that was refused, the transaction still is what it made of it. */
	drop_savepoint(b);
	target_run(b->target, "SAVEPOINT pgtide_piece");
	b->savepoint = true;
	if (!target_try(b->target, "SET CONSTRAINTS ALL IMMEDIATE"))
		return false;
	target_run(b->target, "RELEASE pgtide_piece");
	b->savepoint = false;
	return true;
}

/* Once more from the beginning, by one COPY, without the rows that are known to be bad; until it holds. */
static void
load_again(struct batch *b, bool alone)
{
	struct spool_at first = { 0 };
	struct pg_failure f = b->failure;

	b->as_binary = false;
	do {
		size_t known = b->bad.n;

		if (!b->failure_read)
			target_failure(b->target, &f);
		b->failure_read = false;
		if (!pg_failure_of_row(&f))
			give_up(b, &f, 0);
		target_run(b->target, "ROLLBACK TO pgtide_table");
		b->savepoint = false;
		if (f.line)
			set_aside_for(
			    b, spool_find(&b->spool, first, bad_rows_skip(&b->bad, 0, f.line)),
			    &f);
		sift(b, first, b->spool.end);
		if (b->bad.n == known)
			give_up(b, &f, 0);
		pg_failure_release(&f);
	} while (!copy_range(b, first, b->spool.end) || (alone && !constraints_hold(b)));
}

/* --- a table ---------------------------------------------------------------------------------------- */

void
batch_begin(struct batch *b, const struct pg_relation *rel)
{
	pg_keys_begin(&b->keys, b->target, rel);
	if (b->keys.whole)
		target_run(b->target, "SAVEPOINT pgtide_table");
	spool_begin(&b->spool, 0);
	if (b->keys.undivided)
		b->binary = NULL;
	suspects_begin(&b->suspects, b->target, rel, b->binary != NULL);
	b->bad.n = 0;
	b->failed = b->waiting = b->savepoint = b->alone = false;
	b->loaded = 0;
	b->errors = 0;
	b->odd = -1;
	b->odd_size = 1;
	b->base = b->spool.end;
	go_on_from(b, b->spool.end);
	b->open = open_copy(b, 0, b->binary != NULL);
	b->failed = !b->open;
}

void
batch_block(struct batch *b, const struct rows_block *block)
{
	/* An undivided table has no pieces that could end before one. */
	if (!b->keys.undivided)
		suspects_look(&b->suspects, block, b->spool.end.offset);
	spool_add(&b->spool, block);
	pump(b, false);
}

void
batch_failed(struct batch *b)
{
	b->failed = true;
	pump(b, false);
}

void
batch_end(struct batch *b, bool alone)
{
	pump(b, true);
	if (b->waiting || (b->keys.whole && alone && !constraints_hold(b)))
		load_again(b, alone);
	drop_savepoint(b);
	pg_keys_release(&b->keys);
}

void
batch_release(struct batch *b)
{
	spool_close(&b->spool);
	suspects_release(&b->suspects);
	bad_rows_release(&b->bad);
	*b = (struct batch){ 0 };
}
