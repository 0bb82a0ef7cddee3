/*
 * The functions behind the transforms, for the table in transforms.c only, and what they share.
 * All have the promises of transforms.h; cast-rows.1 says what each does.
 */
#ifndef TRANSFORM_CALLS_H
#define TRANSFORM_CALLS_H

#include "transform/transforms.h"

#define TRANSFORM_CALL(function)                                                 \
	enum transform_result function(                                          \
	    __attribute__((unused)) struct transform_use *use, struct str value, \
	    __attribute__((unused)) struct buf *scratch, struct str *out)

#define TRANSFORM_PREPARE(function)                                                        \
	int function(struct transform_use *use, __attribute__((unused)) struct pool *pool, \
		     __attribute__((unused)) struct err *e)

/* call-text.c */
TRANSFORM_CALL(empty_string_to_null);
TRANSFORM_CALL(right_trim);
TRANSFORM_CALL(trim_whitespace);
TRANSFORM_CALL(db3_trim_string);
TRANSFORM_CALL(remove_null_characters);
TRANSFORM_CALL(set_to_enum_array);
TRANSFORM_CALL(to_array);
TRANSFORM_PREPARE(to_array_prepare);

/* call-bool.c: t and f, but for a NULL here and there. */
TRANSFORM_CALL(tinyint_to_boolean);
TRANSFORM_CALL(checked_boolean);
TRANSFORM_CALL(bits_to_boolean);
TRANSFORM_CALL(sql_server_bit_to_boolean);
TRANSFORM_CALL(logical_to_boolean);

/* call-number.c */
TRANSFORM_CALL(integer_to_string);
TRANSFORM_CALL(float_to_string);
TRANSFORM_CALL(hex_to_dec);
TRANSFORM_CALL(int_to_uuid);
TRANSFORM_CALL(numeric_to_integer);
TRANSFORM_CALL(tinyint_to_integer);
TRANSFORM_CALL(year_to_integer);
TRANSFORM_CALL(db3_numeric);
TRANSFORM_CALL(db3_integer);
TRANSFORM_CALL(truncate_digits);
TRANSFORM_PREPARE(truncate_digits_prepare);

/* call-inet.c */
TRANSFORM_CALL(int_to_ip);
TRANSFORM_CALL(ip_range);
TRANSFORM_CALL(varbinary_to_inet);

/* call-bytes.c */
TRANSFORM_CALL(bits_to_bitstring);
TRANSFORM_CALL(bytes_to_bytea);
TRANSFORM_CALL(bytes_to_hex);
TRANSFORM_CALL(hex_to_bytea);
TRANSFORM_CALL(base64_decode);
TRANSFORM_CALL(binary_to_uuid);
TRANSFORM_PREPARE(binary_to_uuid_prepare);
TRANSFORM_CALL(guid_to_uuid);

/* Whether the values of the column are bytes: \x and lower-case hexadecimal digits. */
bool use_takes_bytes(const struct transform_use *use);
/*
 * The bytes of a value, whatever the column holds: those of the text, in UTF-8, or those that are
 * spelt \x. They are in value or in the use's spare. False when there are none spelt so.
 */
bool plain_bytes(struct transform_use *use, struct str value, struct str *bytes);
/* A neutral type that goes to the target: bytes, bool or uuid for themselves, text for the rest. */
const char *neutral_of_target(const struct transform_use *use);
/* bytes for themselves, text for the rest. */
const char *text_or_bytes(const struct transform_use *use);

/* call-charset.c */
TRANSFORM_CALL(decode_as);
TRANSFORM_PREPARE(decode_as_prepare);
void decode_as_release(struct transform_use *use);
TRANSFORM_CALL(varbinary_to_string);
TRANSFORM_PREPARE(varbinary_to_string_prepare);
void varbinary_to_string_release(struct transform_use *use);

/* call-date.c */
TRANSFORM_CALL(zero_dates_to_null);
TRANSFORM_CALL(date_with_no_separator);
TRANSFORM_CALL(time_with_no_separator);
TRANSFORM_CALL(db3_date);
TRANSFORM_CALL(sqlite_timestamp);
TRANSFORM_CALL(time_to_interval);
/* A date where the target is one, else a timestamp. */
const char *date_or_timestamp(const struct transform_use *use);
/* The same, and a timestamptz where the target is one. */
const char *date_or_instant(const struct transform_use *use);

/*
 * call-epoch.c: seconds, milliseconds, microseconds or nanoseconds since 1970-01-01 00:00:00,
 * exactly, as YYYY-MM-DD HH:MM:SS[.f] in UTC. FAILED for what is no number and beyond the years 1
 * to 9999. PostgreSQL has microseconds: what is left below is cut, towards the past, and that is
 * ALTERED.
 */
TRANSFORM_CALL(epoch_s);
TRANSFORM_CALL(epoch_ms);
TRANSFORM_CALL(epoch_us);
TRANSFORM_CALL(epoch_ns);
TRANSFORM_CALL(unix_timestamp); /* seconds, with +00 behind */
/*
 * Julian days, of which a double holds no more than some tens of microseconds: rounded to a
 * millisecond, as SQLite does.
 */
TRANSFORM_CALL(julian);
/* Microseconds since 1970 as such a text, in place of what b held. False beyond the years 1 to 9999. */
bool put_timestamp(struct buf *b, int64_t micros);
/* Of a date of the proleptic Gregorian calendar, from 1970-01-01. */
int64_t days_of_date(unsigned year, unsigned month, unsigned day);

/* call-geometry.c */
TRANSFORM_CALL(mysql_point);
TRANSFORM_CALL(mysql_linestring);
TRANSFORM_CALL(ewkb_to_geometry);

/* call-mask.c */
TRANSFORM_CALL(mask_hash);
TRANSFORM_PREPARE(mask_hash_prepare);
const char *mask_hash_gives(const struct transform_use *use);
TRANSFORM_CALL(mask_fixed);
const char *mask_fixed_gives(const struct transform_use *use);
TRANSFORM_CALL(mask_null);
TRANSFORM_CALL(mask_digits);
TRANSFORM_PREPARE(mask_digits_prepare);

#endif
