/* The Test Anything Protocol for a unit test, which is one program: ok(), is_str(), and done() at its end. */
#ifndef UNIT_TAP_H
#define UNIT_TAP_H

#include <stdarg.h>
#include <stdio.h>

#include "schema/base/bytes.h"

static int tap_run, tap_failed;

__attribute__((format(printf, 2, 3))) static inline bool
ok(bool good, const char *name, ...)
{
	va_list ap;

	tap_run++;
	tap_failed += !good;
	printf("%sok %d - ", good ? "" : "not ", tap_run);
	va_start(ap, name);
	vprintf(name, ap);
	va_end(ap);
	putchar('\n');
	return good;
}

/* got may be any bytes; want NULL stands for p NULL. */
static inline bool
is_str(struct str got, const char *want, const char *name)
{
	bool good = want ? got.p && str_eq(got, str_cstr(want)) : !got.p;

	if (!ok(good, "%s", name))
		printf("#   got: %s%.*s%s\n#  want: %s\n", got.p ? "'" : "nothing", (int)got.n,
		       got.p ? got.p : "", got.p ? "'" : "", want ? want : "nothing");
	return good;
}

/* Prints the plan; returns the exit status. */
static inline int
done(void)
{
	printf("1..%d\n", tap_run);
	return tap_failed != 0;
}

#endif
