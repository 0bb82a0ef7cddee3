/* The text of SHOW CREATE TABLE, as far as nothing else says what stands there. */
#ifndef SCHEMA_MYSQL_CREATE_H
#define SCHEMA_MYSQL_CREATE_H

#include "schema/base/bytes.h"

struct create_foreign {
	struct str name;
	struct str on_update,
	    on_delete; /* RESTRICT where the text has none, as both servers have it */
};

/*
 * The next foreign key of the text, which is cut behind it; false when there is no other. Names, in backquotes, and
 * comments may hold anything. The name lives in the pool.
 */
bool create_next_foreign(struct str *text, struct pool *pool, struct create_foreign *out);

#endif
