/* What every program shares: its name, exit status, messages, and how values appear in them. */
#ifndef BASE_PROG_H
#define BASE_PROG_H

#include "schema/base/bytes.h"

#define PGTIDE_VERSION "0.1"

/* Exit status of every stage; pgtide(1) has its own table. */
enum status {
	STATUS_OK = 0,
	STATUS_BAD = 1,    /* bad data, or a server said no */
	STATUS_USAGE = 2,  /* wrong call or configuration */
	STATUS_CUT = 3,    /* input ended early: a stage before this one failed */
	STATUS_AGAIN = 75, /* trying again can help (EX_TEMPFAIL of sysexits.h) */
	STATUS_PIPE =
	    141, /* the reader of our output went away (128 + SIGPIPE, as shells say) */
};

/*
 * A message is one line on standard error in one write(2): `prog: where: what`, control bytes masked.
 * The format carries `where: what`; words from the input go through show().
 */
void prog_init(const char *argv0);
const char *prog_name(void);
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void
die(enum status status, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Ends the program; or, within prog_guard(), what that runs. A guard is for who goes on after a fault: it returns what work(arg) returns,
 * or the status it ended with. What work had open or allocated then is still so, and for its caller to find through arg.
 */
_Noreturn void prog_exit(int status);
int prog_guard(int (*work)(void *arg), void *arg);

/* `-h` and `-V`: to standard output, and exit with 0 once that is written. */
_Noreturn void prog_help(const char *usage);
_Noreturn void prog_version(void);
/* After getopt() returned '?' or ':' (with opterr 0): names the option, shows the first line of usage, exits with 2. */
_Noreturn void prog_bad_option(int result, int option, const char *usage);

/* A fault that a library function found: the caller may die of it with err_die(), or carry on. */
struct err {
	enum status status; /* STATUS_OK while there is none */
	char text[512];
};

/* Returns -1, so that `return err_set(…)` reads well. The first fault stays. */
int err_set(struct err *e, enum status status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void err_die(const struct err *e);

/*
 * A value as a message shows it: in single quotes, at most 100 bytes, cut at a character and ending in … then,
 * control bytes and invalid UTF-8 as \xHH. Use as show(s).text, within one expression.
 */
struct shown {
	char text[448];
};

struct shown show(struct str s);

#endif
