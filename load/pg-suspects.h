/*
 * Rows that the server will probably refuse, found before they are sent: a NULL where none may be, letters in a
 * number, the 30th of February, no label of an enum, a key that is not above those before it. Whoever loads them in pieces sends such a
 * row alone, so that no good row has to be sent twice because of it. It is a guess, from the columns of the target alone: the server
 * decides, and a wrong guess costs a round trip. When most guesses at a column are wrong, there are no more of them.
 */
#ifndef LOAD_PG_SUSPECTS_H
#define LOAD_PG_SUSPECTS_H

#include "load/pg-target.h"
#include "schema/rows.h"

struct suspect_column;

/* Where a row is in the stream: the first byte of the table's first row is 0. */
struct suspect {
	off_t begin, end;
	struct suspect_column *why;
};

struct suspects {
	struct suspect_column *columns;
	size_t ncols;
	struct pool labels;    /* of enums */
	struct suspect *found; /* in order, found[next] is the first that was not taken */
	size_t next, n, cap;
};

/*
 * For rows of the target's head that go into rel. checked: whoever encodes them finds integers and dates that are none, so nobody has to
 * look for those here.
 */
void suspects_begin(struct suspects *s, const struct target *t, const struct pg_relation *rel,
		    bool checked);
/* Whether blocks are to be looked through at all; then their reader needs want_cells. */
bool suspects_wanted(const struct suspects *s);
/* Looks through the rows that begin and end in the block, whose first byte is at offset. */
void suspects_look(struct suspects *s, const struct rows_block *block, off_t offset);
/* The first row found that does not begin before offset, or NULL. Offsets only grow. */
const struct suspect *suspects_next(struct suspects *s, off_t offset);
/* What the server said of the row. */
void suspects_learn(const struct suspect *suspect, bool right);
/* Forgets the rows found: offsets begin anew. */
void suspects_rewind(struct suspects *s);
void suspects_release(struct suspects *s);

#endif
