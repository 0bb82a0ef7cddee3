/* mysql-snapshot: one instant of a MySQL or MariaDB database, for as many readers as want it, whenever they start. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "extract/holder.h"
#include "extract/mysql-instant.h"
#include "schema/base/num.h"
#include "schema/escape.h"
#include "schema/mysql/engines.sql.h"
#include "schema/stats.h"

static const char usage[] =
    "usage: mysql-snapshot [-ehlV] [-i seconds] [-j sessions] [-S file] -o socket [source]\n"
    "Holds one instant of a MySQL or MariaDB database, in the background, for mysql-rows with\n"
    "PGTIDE_SNAPSHOT=socket.\n"
    "source is mysql://user@host:port/database; by default what PGTIDE_SOURCE says.\n"
    "  -e           end the one that is held there\n"
    "  -i seconds   end when nobody has asked for so long; 600 by default\n"
    "  -j sessions  so many readers at a time; 4 by default, 64 at most\n"
    "  -l           only look whether one is held there\n"
    "  -o socket    where it is asked\n"
    "  -S file      write statistics there, at the end\n"
    "  -h, -V       this help, the version\n";

enum {
	SESSIONS = 4,
	SESSIONS_MAX = 64,
	IDLE_SECONDS = 600,
	IDLE_MAX = 30 * 86400,
	CONNECT_MS = 120 * 1000,
	HEARD_MS = 60 * 1000,
	LOOK_MS = 1000,
	DESCRIPTORS = 1024,
};

struct options {
	const char *source, *socket, *stats;
	size_t sessions, idle;
	bool look, end;
};

static volatile sig_atomic_t stopped;

static size_t
number(int option, const char *text, size_t max)
{
	size_t n;

	if (!num_size(str_cstr(text), max, &n) || n == 0)
		die(STATUS_USAGE, "option -%c: %s is no number from 1 to %zu", option,
		    show(str_cstr(text)).text, max);
	return n;
}

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ .sessions = SESSIONS, .idle = IDLE_SECONDS };
	while ((c = getopt(argc, argv, ":ehi:j:lo:S:V")) != -1) {
		switch (c) {
		case 'e': opt->end = true; break;
		case 'i': opt->idle = number(c, optarg, IDLE_MAX); break;
		case 'j': opt->sessions = number(c, optarg, SESSIONS_MAX); break;
		case 'l': opt->look = true; break;
		case 'o': opt->socket = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got another operand too");
	if (!opt->socket)
		die(STATUS_USAGE, "option -o is missing: where it is asked");
	opt->source = argv[optind] ? argv[optind] : getenv("PGTIDE_SOURCE");
}

/* --- in the background ------------------------------------------------------------------------------ */

/*
 * Returns in the process that goes on, which tells its end of ready what came of it; the other one ends with this status, and says
 * before that it heard that all is well: it may have been killed, and yet its end be open still.
 */
static int
go_to_background(void)
{
	int ready[2];
	unsigned char status = STATUS_AGAIN;
	pid_t pid;
	ssize_t n;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ready) < 0 || (pid = fork()) < 0)
		die(STATUS_AGAIN, "fork: %s", strerror(errno));
	if (pid == 0) {
		close(ready[0]);
		setsid();
		return ready[1];
	}
	close(ready[1]);
	do {
		n = read(ready[0], &status, 1);
	} while (n < 0 && errno == EINTR);
	if (n == 1 && status == STATUS_OK && send(ready[0], &status, 1, MSG_NOSIGNAL) != 1)
		n = -1;
	exit(n == 1 ? status : STATUS_AGAIN);
}

/* Whether the snapshot is one that somebody wants, as far as the status does not say. */
static bool
tell_status(int ready, unsigned char status)
{
	struct pollfd in = { .fd = ready, .events = POLLIN };

	if (write(ready, &status, 1) != 1 || status != STATUS_OK)
		return false;
	return poll(&in, 1, HEARD_MS) > 0 && read(ready, &status, 1) == 1;
}

/* Locks and pipes of whoever started us must not last as long as we do. */
static void
leave_behind(int keep)
{
	for (int fd = STDERR_FILENO + 1; fd < DESCRIPTORS; fd++)
		if (fd != keep)
			close(fd);
}

static void
stop(int signal)
{
	stopped = signal;
}

static void
handle(int signal, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	if (sigaction(signal, &action, NULL) < 0)
		die(STATUS_BAD, "sigaction: %s", strerror(errno));
}

/* --- what the caller is told ------------------------------------------------------------------------ */

static void
add_tables(struct buf *b, struct mysql_source *s)
{
	MYSQL_RES *result = mysql_source_query(s, "tables", str_cstr(engines_sql));
	MYSQL_ROW row;

	while ((row = mysql_fetch_row(result)) != NULL) {
		buf_add(b, STR("table\t"));
		escape_add(b, s->database);
		buf_addc(b, '\t');
		escape_add(b, mysql_source_value(result, row, 0));
		buf_addc(b, '\t');
		escape_add(b, mysql_source_value(result, row, 1));
		buf_addc(b, '\n');
	}
	mysql_free_result(result);
}

static void
tell(const struct instant *i, struct mysql_source *control)
{
	struct buf text = { 0 };
	struct output out;

	buf_addf(&text, "snapshot\t%s\t%zu\t%.3f\t%.3f\t", i->how, i->sessions, i->waited,
		 i->held);
	escape_add(&text, buf_str(&i->file));
	buf_addc(&text, '\t');
	escape_add(&text, buf_str(&i->offset));
	buf_addc(&text, '\t');
	escape_add(&text, buf_str(&i->gtid));
	buf_addc(&text, '\n');
	add_tables(&text, control);
	output_open(&out, STDOUT_FILENO, "standard output");
	output_add(&out, buf_str(&text));
	output_close(&out);
	buf_release(&text);
	if (open("/dev/null", O_WRONLY) < 0)
		die(STATUS_BAD, "/dev/null: %s", strerror(errno));
}

/* --- holding ---------------------------------------------------------------------------------------- */

struct held {
	struct options opt;
	struct readers readers;
	struct instant instant;
	int ready; /* whoever waits for us to be there */
	bool listening;
	int name; /* of the socket */
};

static int
take(void *arg)
{
	struct held *h = arg;
	struct mysql_source control;
	int listener;

	/* Faults that all sessions would have are found, and told, once. */
	mysql_source_open(&control, h->opt.source, NULL);
	mysql_close(control.db);
	pool_release(&control.pool);
	listener = holder_listen(h->opt.socket);
	h->listening = true;
	h->name = holder_name(h->opt.socket);
	readers_start(&h->readers, h->opt.sessions, h->opt.source, listener, h->ready);
	stats_open(h->opt.stats);
	/* Only now, or the sessions' processes would keep its lock when we are gone. */
	mysql_source_open(&control, h->opt.source, NULL);
	if (!readers_wait(&h->readers, EVENT_CONNECTED, CONNECT_MS) || !h->readers.alive)
		die(STATUS_AGAIN, "%s: no session of the snapshot could be opened",
		    control.name);
	if (h->readers.alive < h->opt.sessions)
		warn("%s: only %zu of %zu sessions could be opened", control.name,
		     h->readers.alive, h->opt.sessions);
	h->readers.lost = 0;
	instant_take(&h->instant, &control, &h->readers);
	tell(&h->instant, &control);
	mysql_source_close(&control);
	/* Whoever hears of the snapshot can ask, whatever becomes of us. */
	readers_order(&h->readers, ORDER_SERVE);
	return STATUS_OK;
}

static void
write_stats(const struct held *h)
{
	stats_figure("sessions", h->instant.sessions);
	stats_figure("lost", h->readers.lost);
	stats_figure("answered", h->readers.answered);
	stats_figure("failed", h->readers.failed);
	stats_finish();
}

/* Until nobody asks any more. */
static enum status
hold(struct held *h)
{
	struct readers *r = &h->readers;
	double idle_since = seconds_now();
	uint64_t answered = 0;

	while (r->alive && !r->ending && !stopped) {
		readers_hear(r, LOOK_MS);
		if (!holder_is_named(h->name)) {
			warn("%s: it was removed, so nobody can ask any more", h->opt.socket);
			break;
		}
		if (r->busy || r->answered != answered)
			idle_since = seconds_now();
		answered = r->answered;
		if (seconds_now() - idle_since >= (double)h->opt.idle)
			break;
	}
	if (r->alive) {
		readers_end(r, &stopped);
		return STATUS_OK;
	}
	warn("%s: no session of the snapshot is left: nothing more of its instant can be read",
	     h->opt.socket);
	return STATUS_AGAIN;
}

static void
remove_socket(const struct held *h)
{
	/* One of that name may be another's. */
	if (h->listening && holder_is_named(h->name) && unlink(h->opt.socket) < 0 &&
	    errno != ENOENT)
		warn("%s: cannot remove it: %s", h->opt.socket, strerror(errno));
}

static int
hold_in_background(struct options *opt)
{
	struct held held = { .opt = *opt };
	unsigned char status;

	if (!opt->source || !*opt->source)
		die(STATUS_USAGE,
		    "no source: give mysql://user@host/database, or set PGTIDE_SOURCE");
	held.ready = go_to_background();
	leave_behind(held.ready);
	handle(SIGPIPE, SIG_IGN);
	handle(SIGHUP, SIG_IGN);
	handle(SIGINT, SIG_IGN);
	status = (unsigned char)prog_guard(take, &held);
	/* Before, and in the processes of the sessions, it ends them. */
	handle(SIGTERM, stop);
	if (!tell_status(held.ready, status) && status == STATUS_OK)
		status = STATUS_CUT;
	close(held.ready);
	if (status != STATUS_OK) {
		stopped = SIGTERM;
		if (held.readers.n)
			readers_end(&held.readers, &stopped);
		remove_socket(&held);
		return status;
	}
	status = (unsigned char)hold(&held);
	remove_socket(&held);
	write_stats(&held);
	return status;
}

int
main(int argc, char **argv)
{
	struct options opt;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	if (opt.look || opt.end)
		return holder_ask(opt.socket, opt.end ? HOLDER_END : HOLDER_LOOK, "", 0, NULL);
	return hold_in_background(&opt);
}
