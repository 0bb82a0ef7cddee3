/* The sessions of a snapshot as the holder sees them. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "extract/mysql-readers.h"

/* Between two looks at whether a signal has come. */
enum { LOOK_MS = 1000 };

double
seconds_now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) < 0)
		die(STATUS_BAD, "clock: %s", strerror(errno));
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
new_pipe(int ends[2])
{
	if (pipe(ends) < 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(ends[1], F_SETFD, FD_CLOEXEC) < 0)
		die(STATUS_BAD, "pipe: %s", strerror(errno));
}

/* In the new process: what belongs to the holder must end with the holder. */
static void
close_others(const struct readers *r, size_t upto)
{
	for (size_t i = 0; i < upto; i++) {
		close(r->reader[i].orders);
		close(r->reader[i].reports);
	}
}

static void
start_one(struct readers *r, size_t i, const char *source, int listener)
{
	struct session session = { .source = source, .listener = listener };
	struct reader *reader = &r->reader[i];
	int orders[2], reports[2];

	new_pipe(orders);
	new_pipe(reports);
	reader->pid = fork();
	if (reader->pid < 0)
		die(STATUS_AGAIN, "fork: %s", strerror(errno));
	if (reader->pid == 0) {
		close_others(r, i);
		close(r->caller);
		close(orders[1]);
		close(reports[0]);
		session.orders = orders[0];
		session.reports = reports[1];
		exit(prog_guard(session_run, &session));
	}
	close(orders[0]);
	close(reports[1]);
	reader->orders = orders[1];
	reader->reports = reports[0];
}

void
readers_start(struct readers *r, size_t n, const char *source, int listener, int caller)
{
	*r = (struct readers){ .n = n, .alive = n, .caller = caller };
	r->reader = mem_array(n, sizeof(*r->reader));
	for (size_t i = 0; i < n; i++)
		r->reader[i] = (struct reader){ 0 };
	for (size_t i = 0; i < n; i++)
		start_one(r, i, source, listener);
	close(listener);
}

bool
readers_are_wanted(const struct readers *r)
{
	/* That nobody has the other end any more is told unasked. */
	struct pollfd gone = { .fd = r->caller };

	return poll(&gone, 1, 0) <= 0;
}

static void
is_gone(struct readers *r, struct reader *reader)
{
	int status = 0;

	while (waitpid(reader->pid, &status, 0) < 0 && errno == EINTR)
		;
	r->status = WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_AGAIN;
	if (reader->orders >= 0)
		close(reader->orders);
	close(reader->reports);
	r->busy -= reader->busy;
	r->alive--;
	r->lost += reader->orders >= 0;
	*reader = (struct reader){ 0 };
}

static void
end_one(struct reader *reader)
{
	if (!reader->pid || reader->orders < 0)
		return;
	close(reader->orders);
	reader->orders = -1;
}

static void
hear_one(struct readers *r, struct reader *reader)
{
	struct session_report said;
	ssize_t n = read(reader->reports, &said, sizeof(said));

	if (n < 0 && errno == EINTR)
		return;
	if (n != (ssize_t)sizeof(said)) {
		is_gone(r, reader);
		return;
	}
	reader->last = said;
	if (said.event == EVENT_ASKED || said.event == EVENT_ANSWERED) {
		r->busy -= reader->busy;
		reader->busy = said.event == EVENT_ASKED;
		r->busy += reader->busy;
	}
	r->answered += said.event == EVENT_ANSWERED;
	r->failed += said.event == EVENT_ANSWERED && said.status != STATUS_OK;
	r->ending = r->ending || said.event == EVENT_END;
}

void
readers_hear(struct readers *r, int milliseconds)
{
	struct pollfd *fds = mem_array(r->n, sizeof(*fds));

	/* poll() leaves out what is negative. */
	for (size_t i = 0; i < r->n; i++)
		fds[i] = (struct pollfd){ .fd = r->reader[i].pid ? r->reader[i].reports : -1,
					  .events = POLLIN };
	if (poll(fds, (nfds_t)r->n, milliseconds) > 0)
		for (size_t i = 0; i < r->n; i++)
			if (fds[i].revents)
				hear_one(r, &r->reader[i]);
	free(fds);
}

bool
readers_wait(struct readers *r, enum session_event event, int milliseconds)
{
	double end = seconds_now() + milliseconds / 1e3;

	for (;;) {
		size_t waiting = 0;
		double left = end - seconds_now();

		for (size_t i = 0; i < r->n; i++)
			waiting += r->reader[i].pid && r->reader[i].last.event != event;
		if (!waiting)
			return true;
		if (left <= 0)
			return false;
		readers_hear(r, (int)(left * 1e3) + 1);
	}
}

/* One that is gone is found out when it is heard. */
void
readers_order(struct readers *r, enum session_order order)
{
	char byte = (char)order;

	for (size_t i = 0; i < r->n; i++) {
		struct reader *reader = &r->reader[i];

		if (!reader->pid || reader->orders < 0)
			continue;
		reader->last = (struct session_report){ 0 };
		(void)!write(reader->orders, &byte, 1);
	}
}

void
readers_keep(struct readers *r, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->reader[i].pid && kept++ >= n)
			end_one(&r->reader[i]);
	while (r->alive > n)
		readers_hear(r, -1);
}

/* Whatever they do: one may be stopped, or be writing to a pipe that stands still. */
static void
kill_all(const struct readers *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->reader[i].pid)
			kill(r->reader[i].pid, SIGKILL);
}

void
readers_end(struct readers *r, const volatile sig_atomic_t *now)
{
	r->ending = true;
	for (size_t i = 0; i < r->n; i++)
		end_one(&r->reader[i]);
	while (r->alive) {
		if (*now)
			kill_all(r);
		readers_hear(r, LOOK_MS);
	}
}
