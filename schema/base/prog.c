/* What every program shares: its name, exit status and messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/prog.h"
#include "schema/base/utf8.h"

enum { MESSAGE_MAX = 4096, SHOWN_BYTES = 100 };

static const char *name = "pgtide";
static jmp_buf *guard; /* the innermost; NULL without one */
static int ended;      /* the status of what a guard ran */

void
prog_init(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');

	name = slash ? slash + 1 : argv0;
}

const char *
prog_name(void)
{
	return name;
}

/* Copies s to d as a terminal can take it: at most n bytes of s; d has room for 4 n + 1. Returns the length. */
static size_t
mask(char *d, const char *s, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < n;) {
		size_t k = utf8_length(s + i, n - i);
		unsigned char c = (unsigned char)s[i];
		bool control = c < 0x20 || c == 0x7f ||
		    (k == 2 && c == 0xc2 && (unsigned char)s[i + 1] < 0xa0);

		if (k == 0 || control) {
			len += (size_t)snprintf(d + len, 5, "\\x%02x", c);
			i++;
			continue;
		}
		memcpy(d + len, s + i, k);
		len += k;
		i += k;
	}
	d[len] = '\0';
	return len;
}

struct shown
show(struct str s)
{
	struct shown out;
	size_t n = s.n, len = 0;

	if (n > SHOWN_BYTES) {
		n = SHOWN_BYTES;
		while (n > SHOWN_BYTES - 4 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	}
	out.text[len++] = '\'';
	len += mask(out.text + len, s.p, n);
	snprintf(out.text + len, sizeof(out.text) - len, "%s", n < s.n ? "…'" : "'");
	return out;
}

__attribute__((format(printf, 1, 0))) static void
message(const char *fmt, va_list ap)
{
	char raw[MESSAGE_MAX / 4 - 64], line[MESSAGE_MAX];
	int n = vsnprintf(raw, sizeof(raw), fmt, ap);
	size_t len;

	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(raw))
		n = (int)sizeof(raw) - 1;
	len = (size_t)snprintf(line, 128, "%.100s: ", name);
	len += mask(line + len, raw, (size_t)n);
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		return; /* nobody is left to be told */
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(fmt, ap);
	va_end(ap);
}

void
die(enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(fmt, ap);
	va_end(ap);
	prog_exit(status);
}

void
prog_exit(int status)
{
	if (!guard)
		exit(status);
	ended = status;
	longjmp(*guard, 1);
}

int
prog_guard(int (*work)(void *arg), void *arg)
{
	jmp_buf here, *const outer = guard;

	if (setjmp(here) == 0) {
		guard = &here;
		ended = work(arg);
	}
	guard = outer;
	return ended;
}

static void
say(const char *text)
{
	if (fputs(text, stdout) == EOF || fflush(stdout) == EOF)
		die(STATUS_BAD, "standard output: cannot write");
}

void
prog_help(const char *usage)
{
	say(usage);
	prog_exit(STATUS_OK);
}

void
prog_version(void)
{
	say(name);
	say(" (pgtide) " PGTIDE_VERSION "\n");
	prog_exit(STATUS_OK);
}

void
prog_bad_option(int result, int option, const char *usage)
{
	if (result == ':')
		warn("option -%c: needs an argument", option);
	else if (option)
		warn("option -%c: unknown", option);
	die(STATUS_USAGE, "%.*s", (int)strcspn(usage, "\n"), usage);
}

int
err_set(struct err *e, enum status status, const char *fmt, ...)
{
	va_list ap;

	if (e->status != STATUS_OK)
		return -1;
	e->status = status;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return -1;
}

void
err_die(const struct err *e)
{
	die(e->status, "%s", e->text);
}
