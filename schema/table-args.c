/* Options -n and -t of extractors, of which there may be many. */
#include <stdlib.h>

#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/table-args.h"

void
table_args_schema(struct table_args *a, const char *argument)
{
	bool first = !a->schema.p;

	a->schema = escape_arg('n', argument);
	for (size_t i = 0; first && i < a->n; i++)
		a->p[i].schema = a->schema;
}

void
table_args_table(struct table_args *a, const char *argument)
{
	a->p = mem_grow(a->p, a->n + 1, sizeof(*a->p));
	a->p[a->n++] =
	    (struct table_arg){ .schema = a->schema, .table = escape_arg('t', argument) };
}

void
table_args_release(struct table_args *a)
{
	free(a->p);
	*a = (struct table_args){ 0 };
}
