/*
 * A holder and those who ask it. A holder has sessions in which one instant of a source can be read; who asks is a program that would
 * have opened a session of its own. It passes its call over a unix socket, with its standard output, standard error and directory, and
 * waits; whoever serves it reads the rows and writes them there, as the asker would have, and says with which status.
 *
 * The path of the socket stands in PGTIDE_SNAPSHOT. Only its owner can connect (mode 0600). Askers beyond the sessions wait in the
 * system's queue, in the order in which they came. A name of any length will do, for sockets are named from within their directory.
 */
#ifndef EXTRACT_HOLDER_H
#define EXTRACT_HOLDER_H

#include <sys/types.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

enum holder_wish {
	HOLDER_READ = 'r', /* the rows of a call */
	HOLDER_LOOK = 'l', /* nothing but an answer: somebody serves */
	HOLDER_END = 'e',  /* that the holder end */
};

struct holder_request {
	int asker; /* readable when the asker is gone: it never sends more than its call */
	int out, err, directory;
	mode_t mask;
	enum holder_wish wish;
	const char *source; /* what the asker would have read; empty when nobody told it */
	int argc;
	char **argv;
	struct buf text;
};

/* The path in PGTIDE_SNAPSHOT, or NULL. */
const char *holder_path(void);

/* Makes the socket. One that a dead holder left is replaced. Dies when it cannot, or when somebody serves there: STATUS_USAGE. */
int holder_listen(const char *path);

/* A descriptor of the socket's name, which may come to be another one. */
int holder_name(const char *path);
/* Whether the socket has a name still: else nobody can ask any more. */
bool holder_is_named(int name);

/*
 * Takes the next asker, and its call. False when there is none: another process took it, or it is gone, or it is none of ours. All that
 * is in r belongs to the caller until holder_answer().
 */
bool holder_receive(int listener, struct holder_request *r);
/* Whether the asker is gone, and nobody waits for the answer. */
bool holder_asker_is_gone(int asker);
/* Tells the asker its status, and forgets it. Descriptors of the request that are -1 were closed by the caller. */
void holder_answer(struct holder_request *r, int status);

/*
 * Asks, waits, and returns the status of the answer. Dies when there is none: STATUS_BAD when nobody serves there (again does not help),
 * STATUS_AGAIN when whoever served was gone before the answer.
 */
int
holder_ask(const char *path, enum holder_wish wish, const char *source, int argc, char **argv);

#endif
