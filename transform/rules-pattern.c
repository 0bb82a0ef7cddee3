/* Patterns for names and types in cast rules. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "schema/base/utf8.h"
#include "transform/rules-pattern.h"

/* Names are short: what backtracks more often than this has lost its way. */
enum { MATCH_LIMIT = 1000000 };

struct pattern {
	struct str glob;
	pcre2_code *code; /* NULL: a glob */
	const struct matcher *matcher;
};

/* Tens of kilobytes once they were in use: too much for each of many expressions. */
struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

char
pattern_closing(char open)
{
	static const char pairs[] = "//[]{}()<>\"\"''##||";

	for (size_t i = 0; pairs[i]; i += 2)
		if (pairs[i] == open)
			return pairs[i + 1];
	return '\0';
}

static void
explain(struct err *e, struct str text, int code)
{
	char message[128] = "";

	pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof(message));
	err_set(e, STATUS_USAGE, "the regular expression %s: %s", show(text).text, message);
}

struct pattern *
pattern_glob(struct pool *pool, struct str text)
{
	struct pattern *p = pool_get(pool, sizeof(*p));

	p->glob = text;
	return p;
}

static struct matcher *
make_matcher(struct pool *pool)
{
	struct matcher *m = pool_get(pool, sizeof(*m));

	m->data = pcre2_match_data_create(1, NULL);
	m->limits = pcre2_match_context_create(NULL);
	if (!m->data || !m->limits)
		die(STATUS_BAD, "out of memory");
	pcre2_set_match_limit(m->limits, MATCH_LIMIT);
	return m;
}

void
matcher_release(struct matcher *m)
{
	if (!m)
		return;
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->limits);
}

struct pattern *
pattern_regex(struct pool *pool, struct matcher **m, struct str text, bool nocase,
	      struct err *e)
{
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C |
	    (nocase ? PCRE2_CASELESS : 0);
	struct pattern *p = pool_get(pool, sizeof(*p));
	PCRE2_SIZE at;
	int code;

	p->glob = text;
	p->code = pcre2_compile((PCRE2_SPTR)text.p, text.n, options, &code, &at, NULL);
	if (!p->code) {
		explain(e, text, code);
		return NULL;
	}
	if (!*m)
		*m = make_matcher(pool);
	p->matcher = *m;
	return p;
}

void
pattern_release(struct pattern *p)
{
	pcre2_code_free(p->code);
}

/* Goes back to the last * only: one before it has nothing to gain from taking more. */
static bool
glob_matches(struct str glob, struct str text)
{
	size_t g = 0, t = 0, star = glob.n, resume = 0;

	while (t < text.n) {
		if (g < glob.n && glob.p[g] == '*') {
			star = g++;
			resume = t;
		} else if (g < glob.n && glob.p[g] == '?') {
			g++;
			t += utf8_length(text.p + t, text.n - t);
		} else if (g < glob.n && glob.p[g] == text.p[t]) {
			g++;
			t++;
		} else if (star < glob.n) {
			g = star + 1;
			resume += utf8_length(text.p + resume, text.n - resume);
			t = resume;
		} else {
			return false;
		}
	}
	while (g < glob.n && glob.p[g] == '*')
		g++;
	return g == glob.n;
}

int
pattern_matches(const struct pattern *p, struct str text, struct err *e)
{
	int result;

	if (!p->code)
		return glob_matches(p->glob, text);
	result = pcre2_match(p->code, (PCRE2_SPTR)(text.n ? text.p : ""), text.n, 0,
			     PCRE2_NO_UTF_CHECK, p->matcher->data, p->matcher->limits);
	if (result >= 0 || result == PCRE2_ERROR_NOMATCH)
		return result >= 0;
	explain(e, p->glob, result);
	return -1;
}
