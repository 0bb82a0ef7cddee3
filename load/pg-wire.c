/* A table on its way by COPY. */
#include "load/pg-wire.h"
#include "load/spool.h"

/* How much more goes as text after each row without a binary form, times what it was before. */
enum { MORE_TEXT = 4 };

static bool
start(struct pg_wire *w, bool binary)
{
	w->as_binary = binary;
	w->first = w->target->base = w->text.row;
	return binary ? pg_binary_copy(w->target, "", "")
		      : target_copy(w->target, PG_TEXT_FORMAT, "", "");
}

static bool
finish(struct pg_wire *w)
{
	uint64_t rows = w->text.row - w->first;

	return w->as_binary ? pg_binary_copy_end(w->target, rows)
			    : target_copy_end(w->target, rows);
}

static bool
change(struct pg_wire *w, bool binary)
{
	return w->as_binary == binary || (finish(w) && start(w, binary));
}

static void
want_text(struct pg_wire *w)
{
	w->by_text = w->by_text_next;
	w->by_text_next *= MORE_TEXT;
}

bool
pg_wire_begin(struct pg_wire *w, struct target *t, struct binary *binary)
{
	*w = (struct pg_wire){ .target = t, .binary = binary, .by_text_next = 1 };
	return start(w, binary != NULL);
}

/* What of rows goes as text: whole rows until by_text bytes are through. */
static struct str
text_part(struct pg_wire *w, struct str rows)
{
	const char *nl;

	if (w->by_text > rows.n) {
		w->by_text -= rows.n;
		return rows;
	}
	nl = memchr(rows.p + w->by_text - 1, '\n', rows.n - w->by_text + 1);
	w->by_text = 0;
	return str_of(rows.p, (size_t)(nl - rows.p) + 1);
}

static bool
put_rows(struct pg_wire *w, struct str rows)
{
	while (rows.n) {
		size_t done = 0;

		if (w->by_text) {
			struct str part = text_part(w, rows);

			if (!change(w, false) ||
			    !pg_text_put(&w->text, w->target, part, spool_count_rows(part)))
				return false;
			done = part.n;
		} else {
			if (!change(w, true) ||
			    !pg_binary_put(w->binary, w->target, rows, &done, &w->text.row))
				return false;
			if (done < rows.n)
				want_text(w);
		}
		rows = str_of(rows.p + done, rows.n - done);
	}
	return true;
}

/* A row that comes in pieces has a length nobody knows yet. */
bool
pg_wire_block(struct pg_wire *w, const struct rows_block *block)
{
	bool ends = block->bytes.p[block->bytes.n - 1] == '\n';

	if (w->binary && !w->within_row && ends)
		return put_rows(w, block->bytes);
	if (w->binary && !w->within_row && !w->by_text)
		want_text(w);
	w->within_row = !ends;
	return change(w, false) && pg_text_put(&w->text, w->target, block->bytes, block->rows);
}

bool
pg_wire_end(struct pg_wire *w)
{
	return finish(w);
}
