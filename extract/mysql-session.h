/*
 * One session of a snapshot, in a process of its own. It begins a transaction when it is told to, as often as that, and then reads what is
 * asked for, one asker after the other; a fault of the data or of the call is the asker's, and the session goes on.
 *
 * The holder gives orders, a byte each, and their end means: end, when nobody is being served. What the session has to say comes back in
 * reports, each in one write.
 */
#ifndef EXTRACT_MYSQL_SESSION_H
#define EXTRACT_MYSQL_SESSION_H

#include <sys/types.h>

#include "schema/mysql/mysql.h"

enum session_order {
	ORDER_BEGIN = 'b', /* a transaction with the snapshot of now */
	ORDER_SERVE = 's', /* those who ask */
};

enum session_event {
	EVENT_CONNECTED = 'c',
	EVENT_BEGUN =
	    'b', /* with where the binary log was, if the server says it to the session */
	EVENT_ASKED = 'a',
	EVENT_ANSWERED = 'A', /* with the status that the asker got */
	EVENT_END = 'e',      /* an asker wants the holder to end */
	EVENT_LOST = 'l',     /* its transaction is gone, and so is the process */
};

enum { POSITION_BYTES = 600 };

struct session_report {
	enum session_event event;
	int status;
	char position[POSITION_BYTES]; /* FILE TAB OFFSET; empty when it is not known */
};

struct session {
	const char *source; /* as mysql_source_open() takes it */
	int listener, orders, reports;
};

/* All that the process does, for prog_guard(): faults end it, and not what it was forked from. Returns the status to end with. */
int session_run(void *session);

#endif
