/* How the sessions of a snapshot come to begin at the same instant. */
#ifndef EXTRACT_MYSQL_INSTANT_H
#define EXTRACT_MYSQL_INSTANT_H

#include "extract/mysql-readers.h"

struct instant {
	const char
	    *how; /* backup-stage, read-lock, binlog or transaction: see mysql-snapshot.1 */
	size_t sessions;
	double waited, held; /* seconds until the lock was there, and until it was given back */
	struct buf file, offset,
	    gtid; /* of the binary log; empty when the server does not say */
};

/*
 * Has all readers begin at one instant. With one, or where neither a lock nor a comparison is to be had, only one is kept. control is a
 * session of the holder's own, whose transaction ends. Dies: STATUS_AGAIN when the lock is allowed but could not be had in short tries.
 */
void instant_take(struct instant *i, struct mysql_source *control, struct readers *readers);

#endif
