/* The sessions of a snapshot as the holder sees them: processes that run session_run(). */
#ifndef EXTRACT_MYSQL_READERS_H
#define EXTRACT_MYSQL_READERS_H

#include <signal.h>
#include <stdint.h>

#include "extract/mysql-session.h"

struct reader {
	pid_t pid; /* 0 when it is gone */
	int orders, reports;
	bool busy;
	struct session_report last; /* what it said last */
};

struct readers {
	struct reader *reader;
	size_t n, alive, busy;
	int status;        /* of the one that ended last */
	uint64_t answered; /* askers */
	uint64_t failed;   /* of these, with a status that is not 0 */
	uint64_t lost;     /* sessions that ended before they were told to */
	int caller;
	bool ending; /* an asker wanted it, or readers_end() was called */
};

/*
 * Starts n processes, which connect. listener is theirs alone then: when the last of them is gone, who waits there is told. caller is not
 * theirs: at its other end somebody waits for the holder.
 */
void readers_start(struct readers *r, size_t n, const char *source, int listener, int caller);
/* Whether somebody waits there. */
bool readers_are_wanted(const struct readers *r);
/* To all that live. */
void readers_order(struct readers *r, enum session_order order);
/* Those behind the first n end. */
void readers_keep(struct readers *r, size_t n);
/* Hears what they say for so long, or until one has said something or is gone. A signal ends it too. */
void readers_hear(struct readers *r, int milliseconds);
/* Waits until all that live have said it last; false when that takes longer. */
bool readers_wait(struct readers *r, enum session_event event, int milliseconds);
/* Ends them: those that serve when that is done, but at once as soon as a signal has set now. Waits for it. */
void readers_end(struct readers *r, const volatile sig_atomic_t *now);

double seconds_now(void);

#endif
