/*
 * The escapes of rows(5) and schema(5): \\ \t \n \r \b \f \v, \000 for a zero byte, \# for a # that begins a field.
 * Each byte has one spelling, so escaped texts are equal exactly when the values are. NULL is the field \N.
 */
#ifndef SCHEMA_ESCAPE_H
#define SCHEMA_ESCAPE_H

#include "schema/base/bytes.h"
#include "schema/base/io.h"

/* Whether the field, as it stands in the file, is NULL. */
static inline bool
escape_is_null(struct str field)
{
	return field.n == 2 && field.p[0] == '\\' && field.p[1] == 'N';
}

/* Appends value as a whole field. */
void escape_add(struct buf *b, struct str value);
/* Writes value as a whole field, or, with first false, as the continuation of one. Memory does not grow with it. */
void escape_write(struct output *out, struct str value, bool first);

/*
 * Appends the value of a field, or of a part of one that does not cut an escape. Returns 0, or -1 at an escape that
 * does not exist (\N included), appending nothing. escape_check() says where.
 */
int escape_decode(struct buf *b, struct str field);

/*
 * The offset of the first fault in a whole field: a backslash that begins no escape, a raw control byte among
 * \t \n \r and zero, a # at the beginning. field.n when there is none. The NULL field is no fault.
 */
size_t escape_check(struct str field);

/* Bytes of the escape at p (a backslash, n bytes there) and the byte it stands for; 0 when there is no such escape. */
size_t escape_length(const char *p, size_t n, char *byte);

/*
 * The name that an argument of a program stands for: -n and -t take names as schema(5) writes them, so that a script
 * can pass on what it read there. Dies with STATUS_USAGE at a bad escape. Lives as long as the program.
 */
struct str escape_arg(int option, const char *arg);

#endif
