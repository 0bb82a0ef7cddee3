/* What the user sets in sessions at the source. */
#include <stdlib.h>

#include "schema/base/source-set.h"

static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= 'A' && s.p[i] <= 'Z') &&
		    !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
			return false;
	return s.n > 0;
}

void
source_set_read(struct uri *out, struct pool *pool)
{
	const char *text = getenv("PGTIDE_SOURCE_SET");
	struct buf uri = { 0 };
	struct err e = { 0 };

	buf_addf(&uri, "set:?%s", text ? text : "");
	if (uri_parse(buf_str(&uri), pool, out, &e) < 0)
		die(STATUS_USAGE, "PGTIDE_SOURCE_SET: %s", e.text);
	buf_release(&uri);
	for (size_t i = 0; i < out->nparams; i++)
		if (!is_word(out->params[i].key))
			die(STATUS_USAGE, "PGTIDE_SOURCE_SET: %s is no name of a parameter",
			    show(out->params[i].key).text);
}

bool
source_set_is(struct str name, const char *const *words)
{
	for (; *words; words++)
		if (str_eq_nocase(name, str_cstr(*words)))
			return true;
	return false;
}
