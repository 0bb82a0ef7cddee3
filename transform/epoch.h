/*
 * Numbers that count time as timestamps, for transforms.c; types as in transforms.h. The result
 * is YYYY-MM-DD HH:MM:SS[.f] in UTC. FAILED for what is no number and beyond the years 1 to
 * 9999.
 */
#ifndef TRANSFORM_EPOCH_H
#define TRANSFORM_EPOCH_H

#include "transform/transforms.h"

/*
 * Seconds, milliseconds, microseconds or nanoseconds since 1970-01-01 00:00:00, exactly.
 * PostgreSQL has microseconds: what is left below is cut, towards the past, and that is
 * ALTERED.
 */
enum transform_result epoch_s(struct str value, struct buf *scratch, struct str *out);
enum transform_result epoch_ms(struct str value, struct buf *scratch, struct str *out);
enum transform_result epoch_us(struct str value, struct buf *scratch, struct str *out);
enum transform_result epoch_ns(struct str value, struct buf *scratch, struct str *out);

/*
 * Julian days, of which a double holds no more than some tens of microseconds: rounded to a
 * millisecond, as SQLite does.
 */
enum transform_result julian(struct str value, struct buf *scratch, struct str *out);

#endif
