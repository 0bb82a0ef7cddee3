/* Rows on the wire as COPY text. */
#include "load/pg-text.h"

/*
 * COPY gathers a row in one StringInfo (src/common/stringinfo.c), which holds less than MaxAllocSize, 1 GiB - 1, with
 * the newline and a zero byte behind it.
 */
enum { ROW_MAX = 0x3fffffff - 2 };

static void
check_length(const struct pg_text *w, const struct target *t)
{
	if (w->begun > ROW_MAX)
		die(STATUS_BAD,
		    "%s: row %ju: longer than %d bytes with its escapes, which is all that PostgreSQL takes",
		    t->where.p, (uintmax_t)w->row + 1, ROW_MAX);
}

bool
pg_text_put(struct pg_text *w, struct target *t, struct str bytes, uint64_t rows)
{
	/* Whole rows fit into the reader's buffer; only a row that came in pieces can be too long. */
	if (rows == 0) {
		w->begun += bytes.n;
		check_length(w, t);
	} else if (w->begun) {
		w->begun += (size_t)((const char *)memchr(bytes.p, '\n', bytes.n) - bytes.p);
		check_length(w, t);
		w->begun = 0;
	}
	w->row += rows;
	return target_put(t, bytes);
}
