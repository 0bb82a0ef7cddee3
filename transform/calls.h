/*
 * The functions behind the transforms, for the table in transforms.c only; each file of them has
 * its own part of it. All have the promises of transforms.h. cast-rows.1 says what they do.
 */
#ifndef TRANSFORM_CALLS_H
#define TRANSFORM_CALLS_H

#include "transform/transforms.h"

#define TRANSFORM_CALL(function)                                                 \
	enum transform_result function(                                          \
	    __attribute__((unused)) struct transform_use *use, struct str value, \
	    __attribute__((unused)) struct buf *scratch, struct str *out)

/*
 * epoch.c: seconds, milliseconds, microseconds or nanoseconds since 1970-01-01 00:00:00, exactly,
 * as YYYY-MM-DD HH:MM:SS[.f] in UTC. FAILED for what is no number and beyond the years 1 to 9999.
 * PostgreSQL has microseconds: what is left below is cut, towards the past, and that is ALTERED.
 */
TRANSFORM_CALL(epoch_s);
TRANSFORM_CALL(epoch_ms);
TRANSFORM_CALL(epoch_us);
TRANSFORM_CALL(epoch_ns);
/*
 * Julian days, of which a double holds no more than some tens of microseconds: rounded to a
 * millisecond, as SQLite does.
 */
TRANSFORM_CALL(julian);

#endif
