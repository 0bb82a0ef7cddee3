/* Some rows of a table only. */
#include "schema/sample.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"

void
sample_option(int option, uint64_t *count, const char *argument)
{
	if (!num_u64(str_cstr(argument), count) || *count == 0)
		die(STATUS_USAGE, "option -%c: %s is not a count of rows", option,
		    show(str_cstr(argument)).text);
}

void
sample_begin(struct sample *s)
{
	s->seen = 0;
	s->taken = 0;
}

bool
sample_takes(struct sample *s)
{
	if (s->every && s->seen++ % s->every)
		return false;
	return !s->limit || s->taken++ < s->limit;
}

/* What no number of 63 bits says is no limit to a query; sample_takes() still knows it. */
void
sample_add_limit(const struct sample *s, struct buf *sql)
{
	uint64_t every = s->every ? s->every : 1;

	if (s->limit && s->limit <= INT64_MAX / every)
		buf_addf(sql, " LIMIT %ju", (uintmax_t)((s->limit - 1) * every + 1));
}
