/* A holder and those who ask it: sockets, and what passes over them. */
#define _GNU_SOURCE /* CMSG_SPACE, which POSIX has since 2024; O_PATH */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "extract/holder.h"
#include "schema/base/num.h"

/*
 * A request is its length, and with it the descriptors, then so many bytes: words, each with a NUL behind it. They are the version, the
 * wish, the source, the umask, and those of the call. An answer is a byte.
 */
enum {
	DESCRIPTORS = 3,
	REQUEST_MAX = 16 * 1024 * 1024,
	PATIENCE_MS = 10 * 1000,
	BUSY_MS = 20 * 1000,
	BACKLOG = 4096
};

static const char version[] = "pgtide 1";

const char *
holder_path(void)
{
	const char *path = getenv("PGTIDE_SNAPSHOT");

	return path && *path ? path : NULL;
}

/* --- names ------------------------------------------------------------------------------------------ */

/* The address of a socket has room for some 100 bytes, so it is named as seen from its directory. Returns where we were. */
static int
enter_directory(const char *path, struct sockaddr_un *address)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_cstr(slash ? slash + 1 : path);
	int before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct buf directory = { 0 };

	if (before < 0)
		die(STATUS_USAGE, "the directory one is in: %s", strerror(errno));
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (!name.n || name.n >= sizeof(address->sun_path))
		die(STATUS_USAGE, "%s: no name for a socket", path);
	memcpy(address->sun_path, name.p, name.n);
	buf_add(&directory, str_of(path, strlen(path) - name.n));
	if (directory.n && chdir(buf_cstr(&directory)) < 0)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	buf_release(&directory);
	return before;
}

static void
leave_directory(int before)
{
	if (fchdir(before) < 0)
		die(STATUS_BAD, "the directory before: %s", strerror(errno));
	close(before);
}

static int
new_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
		die(STATUS_BAD, "socket: %s", strerror(errno));
	return fd;
}

/* A socket connected to the path; or -1, with errno. */
static int
connect_to(const char *path)
{
	struct sockaddr_un address;
	int before = enter_directory(path, &address), fd = new_socket(), error = 0;

	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
		error = errno;
		close(fd);
		fd = -1;
	}
	leave_directory(before);
	errno = error;
	return fd;
}

int
holder_listen(const char *path)
{
	struct sockaddr_un address;
	int fd = connect_to(path), before;
	mode_t mask;

	if (fd >= 0)
		die(STATUS_USAGE, "%s: somebody holds a snapshot there already", path);
	if (errno != ENOENT && errno != ECONNREFUSED)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	before = enter_directory(path, &address);
	fd = new_socket();
	if (unlink(address.sun_path) < 0 && errno != ENOENT)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	mask = umask(0177);
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, BACKLOG) < 0)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	umask(mask);
	leave_directory(before);
	/* Several processes look for askers: one of them finds nobody there any more. */
	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
		die(STATUS_BAD, "%s: %s", path, strerror(errno));
	return fd;
}

int
holder_name(const char *path)
{
	int name = open(path, O_PATH | O_CLOEXEC);

	if (name < 0)
		die(STATUS_BAD, "%s: %s", path, strerror(errno));
	return name;
}

bool
holder_is_named(int name)
{
	struct stat s;

	return fstat(name, &s) < 0 || s.st_nlink > 0;
}

/* --- bytes ------------------------------------------------------------------------------------------ */

static bool
send_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		s = str_of(s.p + n, s.n - (size_t)n);
	}
	return true;
}

/* Who connects and says nothing must not keep a session. */
static bool
receive_all(int fd, char *p, size_t n)
{
	while (n) {
		struct pollfd in = { .fd = fd, .events = POLLIN };
		int ready = poll(&in, 1, PATIENCE_MS);
		ssize_t got = ready > 0 ? recv(fd, p, n, 0) : ready;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
};

static bool
send_head(int fd, uint32_t length, const int *descriptors)
{
	union control control = { 0 };
	struct iovec bytes = { .iov_base = &length, .iov_len = sizeof(length) };
	struct msghdr message = {
		.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	ssize_t n;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(DESCRIPTORS * sizeof(int));
	memcpy(CMSG_DATA(c), descriptors, DESCRIPTORS * sizeof(int));
	do {
		n = sendmsg(fd, &message, MSG_NOSIGNAL);
	} while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(length);
}

static bool
receive_head(int fd, uint32_t *length, int *descriptors)
{
	union control control = { 0 };
	struct iovec bytes = { .iov_base = length, .iov_len = sizeof(*length) };
	struct msghdr message = {
		.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	struct pollfd in = { .fd = fd, .events = POLLIN };
	const struct cmsghdr *c;
	ssize_t n;

	if (poll(&in, 1, PATIENCE_MS) <= 0)
		return false;
	do {
		n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	} while (n < 0 && errno == EINTR);
	c = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
	    c->cmsg_len != CMSG_LEN(DESCRIPTORS * sizeof(int)))
		return false;
	memcpy(descriptors, CMSG_DATA(c), DESCRIPTORS * sizeof(int));
	return n == (ssize_t)sizeof(*length);
}

/* --- who serves ------------------------------------------------------------------------------------- */

static void
close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
forget(struct holder_request *r)
{
	close_one(&r->asker);
	close_one(&r->out);
	close_one(&r->err);
	close_one(&r->directory);
	free(r->argv);
	buf_release(&r->text);
	r->argv = NULL;
}

/* The words before those of the call. */
enum { VERSION, WISH, SOURCE, MASK, CALL };

static bool
understand(struct holder_request *r)
{
	size_t words = 0, mask;
	char *p = r->text.p, *end = p + r->text.n;

	if (!r->text.n || end[-1] != '\0')
		return false;
	for (const char *q = p; q < end; q++)
		words += !*q;
	r->argv = mem_array(words + 1, sizeof(*r->argv));
	for (size_t i = 0; i < words; i++, p += strlen(p) + 1)
		r->argv[i] = p;
	r->argv[words] = NULL;
	if (words < CALL || strcmp(r->argv[VERSION], version) != 0 ||
	    !num_size(str_cstr(r->argv[MASK]), 0777, &mask))
		return false;
	r->wish = (enum holder_wish)r->argv[WISH][0];
	r->source = r->argv[SOURCE];
	r->mask = (mode_t)mask;
	r->argc = (int)(words - CALL);
	memmove(r->argv, r->argv + CALL, ((size_t)r->argc + 1) * sizeof(*r->argv));
	return true;
}

bool
holder_receive(int listener, struct holder_request *r)
{
	int descriptors[DESCRIPTORS] = { -1, -1, -1 };
	uint32_t length = 0;
	bool good;

	*r = (struct holder_request){ .asker = -1, .out = -1, .err = -1, .directory = -1 };
	r->asker = accept(listener, NULL, NULL);
	if (r->asker < 0)
		return false;
	good = fcntl(r->asker, F_SETFD, FD_CLOEXEC) == 0 && fcntl(r->asker, F_SETFL, 0) == 0 &&
	    receive_head(r->asker, &length, descriptors);
	r->out = descriptors[0];
	r->err = descriptors[1];
	r->directory = descriptors[2];
	good = good && length <= REQUEST_MAX &&
	    receive_all(r->asker, buf_reserve(&r->text, length + 1), length);
	r->text.n = good ? length : 0;
	if (good && understand(r))
		return true;
	forget(r);
	return false;
}

bool
holder_asker_is_gone(int asker)
{
	struct pollfd gone = { .fd = asker, .events = POLLIN };

	return poll(&gone, 1, 0) > 0;
}

void
holder_answer(struct holder_request *r, int status)
{
	char byte = (char)status;

	/* Before the answer, for then the asker may be waited for by who reads the pipe to its end. */
	close_one(&r->out);
	close_one(&r->err);
	close_one(&r->directory);
	(void)send_all(r->asker, str_of(&byte, 1));
	forget(r);
}

/* --- who asks --------------------------------------------------------------------------------------- */

static void
add_word(struct buf *b, const char *word)
{
	buf_add(b, str_of(word, strlen(word) + 1));
}

static void
add_call(struct buf *b, enum holder_wish wish, const char *source, int argc, char **argv)
{
	mode_t mask = umask(0);
	char number[NUM_MAX + 1] = { 0 };

	umask(mask);
	num_put_u64(number, mask);
	add_word(b, version);
	add_word(b, (char[]){ (char)wish, '\0' });
	add_word(b, source);
	add_word(b, number);
	for (int i = 0; i < argc; i++)
		add_word(b, argv[i]);
	if (b->n > REQUEST_MAX)
		die(STATUS_USAGE, "a call of %zu bytes is too long for a snapshot", b->n);
}

/* -1 when whoever served is gone; or, for what is no reading, when all sessions are busy for too long: some reader's pipe may stand still. */
static int
wait_for_answer(int fd, enum holder_wish wish)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	unsigned char byte;
	ssize_t n;

	if (wish != HOLDER_READ && poll(&in, 1, BUSY_MS) == 0)
		die(STATUS_AGAIN, "all sessions of the snapshot are busy for %d seconds",
		    BUSY_MS / 1000);
	do {
		n = recv(fd, &byte, 1, 0);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? byte : -1;
}

int
holder_ask(const char *path, enum holder_wish wish, const char *source, int argc, char **argv)
{
	int descriptors[DESCRIPTORS] = { STDOUT_FILENO, STDERR_FILENO };
	struct buf call = { 0 };
	int fd = connect_to(path), status = -1;

	if (fd < 0)
		die(STATUS_BAD, "%s: no snapshot is held there%s%s", path,
		    errno == ENOENT || errno == ECONNREFUSED ? " any more" : ": ",
		    errno == ENOENT || errno == ECONNREFUSED ? "" : strerror(errno));
	descriptors[2] = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (descriptors[2] < 0)
		die(STATUS_USAGE, "the directory one is in: %s", strerror(errno));
	add_call(&call, wish, source, argc, argv);
	if (send_head(fd, (uint32_t)call.n, descriptors) && send_all(fd, buf_str(&call)))
		status = wait_for_answer(fd, wish);
	if (status < 0)
		die(STATUS_AGAIN, "%s: the session of the snapshot ended before all was read",
		    path);
	buf_release(&call);
	close(descriptors[2]);
	close(fd);
	return status;
}
