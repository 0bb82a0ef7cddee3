/* sqlite-snapshot: one instant of an SQLite database, for as many readers as want it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/sqlite/sqlite.h"

static const char usage[] =
    "usage: sqlite-snapshot [-HhkqV] [-o directory] [source]\n"
    "Makes an instant of an SQLite database readable until standard input ends: a copy, as a rule.\n"
    "source is a path or sqlite:///path; by default what PGTIDE_SOURCE says.\n"
    "  -H            hold a database with a rollback journal instead: its writers wait\n"
    "  -k            keep the copy, and end at once\n"
    "  -o directory  the copy is made there, under the name of the source\n"
    "  -q            check it (PRAGMA quick_check)\n"
    "  -h, -V        this help, the version\n";

/* Pages between two looks at whether anybody still wants the copy: some milliseconds. */
enum { STEP_PAGES = 1024, READ_BYTES = 1024 * 1024 };

struct options {
	const char *source, *directory;
	bool hold, keep, quick_check;
};

struct job {
	struct options opt;
	struct source source;
	struct buf copy; /* its path */
	uint64_t bytes;
	double seconds; /* how long the source was locked */
};

/* What is to be removed at the end, whichever way that comes. */
static const char *copy_to_remove, *directory_to_remove;
static volatile sig_atomic_t stopped;

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	while ((c = getopt(argc, argv, ":Hhko:qV")) != -1) {
		switch (c) {
		case 'H': opt->hold = true; break;
		case 'k': opt->keep = true; break;
		case 'o': opt->directory = optarg; break;
		case 'q': opt->quick_check = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	if (opt->hold && opt->keep)
		die(STATUS_USAGE, "options -H and -k: a lock that is held cannot be kept");
	if (!opt->hold && !opt->directory)
		die(STATUS_USAGE, "option -o is missing: where to put the copy");
	opt->source = argv[optind];
}

/* --- the end --------------------------------------------------------------------------- */

static void
remove_copy(void)
{
	if (copy_to_remove && unlink(copy_to_remove) < 0 && errno != ENOENT)
		warn("%s: cannot remove it: %s", copy_to_remove, strerror(errno));
	/* Somebody else may have put something into it. */
	if (directory_to_remove)
		rmdir(directory_to_remove);
}

static void
stop(int signal)
{
	stopped = signal;
}

/* What is ignored when a shell starts a job in the background stays ignored. */
static void
catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction now, ours = { .sa_handler = stop };

	sigemptyset(&ours.sa_mask);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (sigaction(signals[i], NULL, &now) < 0 ||
		    (now.sa_handler != SIG_IGN && sigaction(signals[i], &ours, NULL) < 0))
			die(STATUS_BAD, "sigaction: %s", strerror(errno));
}

/*
 * Whether somebody still wants the snapshot; waits for the end if told to. What comes in is
 * read and forgotten.
 */
static bool
is_wanted(bool wait)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	char bytes[512];

	while (!stopped) {
		int ready = poll(&in, 1, wait ? -1 : 0);
		ssize_t n;

		if (ready == 0)
			return true;
		if (ready < 0 && errno == EINTR)
			continue;
		n = ready < 0 ? -1 : read(STDIN_FILENO, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die(STATUS_BAD, "standard input: %s", strerror(errno));
		if (n == 0)
			return false;
	}
	return false;
}

static void
need_wanted(const struct job *job)
{
	if (job->opt.keep && !stopped)
		return;
	if (!is_wanted(false))
		die(STATUS_CUT, "%s: %s before the copy was there", job->source.name,
		    stopped ? "stopped" : "standard input ended");
}

static double
now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) < 0)
		die(STATUS_BAD, "clock: %s", strerror(errno));
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- the source ------------------------------------------------------------------------ */

static uint64_t
pragma_number(struct source *s, const char *sql)
{
	sqlite3_stmt *stmt = source_prepare(s, sql);
	uint64_t n = 0;

	if (source_step(s, stmt, NULL))
		n = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

/* Ends the transaction, and with it the lock on a database with a rollback journal. */
static void
let_go(struct source *s)
{
	if (sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
		source_die(s, NULL);
}

/*
 * Reads all of the file, and writes it to out unless that is NULL. Through SQLite's own
 * descriptor, since closing another one of the same file would drop the process's locks.
 */
static void
read_file(struct job *job, struct output *out)
{
	struct source *s = &job->source;
	sqlite3_file *file = NULL;
	char *bytes;

	if (sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
		SQLITE_OK ||
	    !file || !file->pMethods)
		die(STATUS_BAD, "%s: SQLite does not say how to read it", s->name);
	bytes = mem_array(READ_BYTES, 1);
	for (uint64_t at = 0; at < job->bytes; at += READ_BYTES) {
		uint64_t left = job->bytes - at;
		size_t n = left < READ_BYTES ? (size_t)left : READ_BYTES;

		need_wanted(job);
		if (file->pMethods->xRead(file, bytes, (int)n, (sqlite3_int64)at) !=
		    SQLITE_OK) {
			if (!out)
				break; /* not locked: it may have become shorter */
			die(STATUS_BAD, "%s: cannot be read at byte %ju", s->name,
			    (uintmax_t)at);
		}
		if (out)
			output_add(out, str_of(bytes, n));
	}
	free(bytes);
}

/* The first finding, if there is one; name is the file to blame. */
static void
quick_check(sqlite3 *db, const char *name)
{
	static const char heading[] = "*** in database main ***\n";
	sqlite3_stmt *stmt;
	const char *text = NULL;
	int code = sqlite3_prepare_v2(db, "PRAGMA main.quick_check(1)", -1, &stmt, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		text = (const char *)sqlite3_column_text(stmt, 0);
	else
		text = sqlite3_errmsg(db);
	if (!text)
		text = "out of memory";
	if (strncmp(text, heading, strlen(heading)) == 0)
		text += strlen(heading);
	if (code != SQLITE_ROW || strcmp(text, "ok") != 0)
		die(STATUS_BAD, "%s: corrupt: %s", name, text);
	sqlite3_finalize(stmt);
}

/* --- the copy -------------------------------------------------------------------------- */

static void
make_directory(const struct job *job)
{
	const char *directory = job->opt.directory;

	if (mkdir(directory, 0700) == 0)
		directory_to_remove = directory;
	else if (errno != EEXIST)
		die(STATUS_USAGE, "%s: %s", directory, strerror(errno));
}

static void
need_space(const struct job *job)
{
	struct statvfs fs;
	uintmax_t left;

	if (statvfs(job->opt.directory, &fs) < 0)
		die(STATUS_USAGE, "%s: %s", job->opt.directory, strerror(errno));
	left = (uintmax_t)fs.f_bavail * fs.f_frsize;
	if (job->bytes <= left)
		return;
	die(STATUS_BAD,
	    "%s: a copy needs %ju bytes, but %s has only %ju free: choose another directory%s",
	    job->source.name, (uintmax_t)job->bytes, job->opt.directory, left,
	    job->source.wal ? "" : ", or hold the database");
}

/* An empty file that nobody else can read; never one that is there. Returns its descriptor. */
static int
make_file(struct job *job)
{
	const char *slash = strrchr(job->source.name, '/');
	int fd;

	if (job->opt.directory[0] != '/')
		buf_add(&job->copy, STR("./")); /* no file:… */
	buf_add(&job->copy, str_cstr(job->opt.directory));
	buf_addc(&job->copy, '/');
	buf_add(&job->copy, str_cstr(slash ? slash + 1 : job->source.name));
	fd = open(buf_cstr(&job->copy), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		die(STATUS_USAGE, "%s: %s", job->copy.p, strerror(errno));
	copy_to_remove = job->copy.p;
	return fd;
}

static _Noreturn void
die_of_copy(const struct job *job, sqlite3 *copy)
{
	int code = copy ? sqlite3_errcode(copy) : SQLITE_NOMEM;

	die(code == SQLITE_BUSY || code == SQLITE_LOCKED ? STATUS_AGAIN : STATUS_BAD,
	    "%s: cannot be copied to %s: %s", job->source.name, job->copy.p,
	    copy ? sqlite3_errmsg(copy) : "out of memory");
}

/* A copy that is not finished is removed, so nothing has to survive a crash. */
static sqlite3 *
open_copy(const struct job *job)
{
	sqlite3 *copy;

	if (sqlite3_open_v2(job->copy.p, &copy, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_exec(copy,
			 "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF;"
			 "PRAGMA journal_mode = OFF",
			 NULL, NULL, NULL) != SQLITE_OK)
		die_of_copy(job, copy);
	return copy;
}

static void
close_copy(const struct job *job, sqlite3 *copy)
{
	if (sqlite3_close(copy) != SQLITE_OK)
		die_of_copy(job, copy);
}

/*
 * In one pass: the source is in a read transaction, so no writer can make the backup begin
 * anew. It stays in it between the steps, which are there to see whether the copy is still
 * wanted. The copy gets no log, which would only be in the way of its readers.
 */
static void
copy_pages(struct job *job, int fd)
{
	sqlite3 *copy;
	sqlite3_backup *backup;
	int code;

	close(fd);
	copy = open_copy(job);
	backup = sqlite3_backup_init(copy, "main", job->source.db, "main");
	if (!backup)
		die_of_copy(job, copy);
	do {
		need_wanted(job);
		code = sqlite3_backup_step(backup, STEP_PAGES);
	} while (code == SQLITE_OK);
	if (sqlite3_backup_finish(backup) != SQLITE_OK || code != SQLITE_DONE ||
	    sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
		die_of_copy(job, copy);
	close_copy(job, copy);
}

/*
 * Without a log all that is committed is in the file, and nobody can write it while we have the
 * lock. So its bytes will do, which takes a third of the time that the backup of pages does;
 * for that time writers have to wait.
 */
static void
copy_bytes(struct job *job, int fd)
{
	struct output out;

	output_open(&out, fd, job->copy.p);
	read_file(job, &out);
	output_close(&out);
}

static void
stat_source(const struct job *job, struct stat *st)
{
	if (stat(job->source.name, st) < 0)
		die(STATUS_AGAIN, "%s: %s", job->source.name, strerror(errno));
}

/* Where no lock could be taken, all that can be done is to see whether somebody wrote. */
static void
need_unchanged(const struct job *job, const struct stat *before)
{
	struct stat after;

	stat_source(job, &after);
	if (after.st_size != before->st_size || after.st_ino != before->st_ino ||
	    after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
	    after.st_mtim.tv_nsec != before->st_mtim.tv_nsec ||
	    (job->source.wal && source_has_wal(job->source.name)))
		die(STATUS_AGAIN, "%s: it was changed while it was copied", job->source.name);
}

static void
set_size(struct job *job)
{
	job->bytes = pragma_number(&job->source, "PRAGMA main.page_count") *
	    pragma_number(&job->source, "PRAGMA main.page_size");
}

/* From lock to unlock. */
static void
copy_source(struct job *job, int fd)
{
	struct source *s = &job->source;
	double begin = now();

	source_begin(s);
	set_size(job);
	if (s->wal)
		copy_pages(job, fd);
	else
		copy_bytes(job, fd);
	let_go(s);
	job->seconds = now() - begin;
	if (sqlite3_close(s->db) != SQLITE_OK)
		source_die(s, NULL);
	s->db = NULL;
}

static void
make_copy(struct job *job)
{
	struct source *s = &job->source;
	struct stat before;
	int fd;

	if (!job->opt.directory)
		die(STATUS_USAGE,
		    "%s: in WAL mode an instant cannot be held, only copied: option -o says where",
		    s->name);
	set_size(job);
	let_go(s);
	make_directory(job);
	need_space(job);
	fd = make_file(job);
	stat_source(job, &before);
	/* What is in the system's cache already is copied as fast as memory is. */
	if (!s->wal)
		read_file(job, NULL);
	copy_source(job, fd);
	if (s->immutable)
		need_unchanged(job, &before);
	if (job->opt.quick_check) {
		sqlite3 *copy = open_copy(job);

		quick_check(copy, s->name);
		close_copy(job, copy);
	}
}

/* --- what the caller is told ----------------------------------------------------------- */

static void
add_uri(struct buf *b, const char *path)
{
	buf_add(b, path[0] == '/' ? STR("sqlite://") : STR("sqlite:"));
	for (; *path; path++) {
		char c = *path;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("/-._~", c))
			buf_addc(b, c);
		else
			buf_addf(b, "%%%02x", (unsigned)(unsigned char)c);
	}
}

/* One line, for one read of the caller's. */
static void
tell(const struct job *job, bool held)
{
	struct buf line = { 0 };
	struct output out;

	buf_addf(&line, "%s\t%s\t%ju\t%.3f\t", held ? "held" : "copied",
		 job->source.wal ? "wal" : "rollback", (uintmax_t)job->bytes, job->seconds);
	add_uri(&line, held ? job->source.name : job->copy.p);
	buf_add(&line, held ? STR("?immutable=1\n") : STR("\n"));
	output_open(&out, STDOUT_FILENO, "-");
	output_add(&out, buf_str(&line));
	output_close(&out);
	buf_release(&line);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	bool hold;

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	catch_signals();
	if (atexit(remove_copy) != 0)
		die(STATUS_BAD, "atexit: out of memory");
	source_open(&job.source, job.opt.source);
	/* Locks that could not be taken hold nobody. */
	hold = job.opt.hold && !job.source.wal && !job.source.immutable;
	if (!hold)
		make_copy(&job);
	else if (job.opt.quick_check)
		quick_check(job.source.db, job.source.name);
	tell(&job, hold);
	if (job.opt.keep)
		copy_to_remove = directory_to_remove = NULL;
	else
		is_wanted(true);
	source_close(&job.source);
	/* Before its readers were done with it, as far as we know. */
	return stopped ? STATUS_CUT : STATUS_OK;
}
