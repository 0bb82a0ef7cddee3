/*
 * pgloader's command files: whatever the text is, it is refused with a place or becomes a job; the same text becomes the
 * same job; its rules are rules; and no password is in it.
 */
#include "schema/base/uri.h"
#include "tests/fuzz/fuzz.h"
#include "transform/load-file.h"

static void
check_place(const struct err *e)
{
	must(e->status == STATUS_USAGE || e->status == STATUS_BAD);
	must(strlen(e->text) > 2);
}

/* The rest of the grammar of rules is that of who reads the job: here what CAST gave. */
static void
check_rules(const struct load_command *c)
{
	struct rules r;
	struct err e = { 0 };

	rules_init(&r);
	must(rules_parse(&r, "x.y", buf_str(&c->casts), true, &e) == 0);
	rules_release(&r);
}

/* Where a server is is a URI of ours, and without a password where others may read it. */
static void
check_uri(const struct load_uri *u, struct pool *pool)
{
	struct err e = { 0 };
	struct uri uri;

	must(uri_parse(u->text, pool, &uri, &e) == 0);
	must(uri_parse(u->shown, pool, &uri, &e) == 0);
	must(!uri.password.p && !uri_param(&uri, "password").p);
}

static void
check_uris(struct load_job *job, const struct load_command *c)
{
	if (c->kind == LOAD_MYSQL || c->kind == LOAD_MSSQL || c->kind == LOAD_PGSQL)
		check_uri(&c->source, &job->pool);
	if (c->target.text.p)
		check_uri(&c->target, &job->pool);
}

/* All files of all commands in one text; false when it is refused. */
static bool
job_text(struct str text, int version, struct buf *out)
{
	struct load_text t;
	struct load_job job;
	struct err e = { 0 };
	bool good;

	load_job_init(&job);
	job.version = version;
	good = load_text_of(&t, "x.y", text, NULL, &job.pool, &e) == 0 &&
	    load_parse(&job, &t, &e) == 0;
	for (struct load_command *c = job.first; c && good; c = c->next) {
		const struct load_output *files = load_job_files(&job, c, STR("JOB"), &e);

		good = files != NULL;
		check_rules(c);
		check_uris(&job, c);
		for (; files; files = files->next) {
			buf_addf(out, "%s\n", files->name);
			buf_add(out, files->contents);
		}
	}
	if (!good)
		check_place(&e);
	load_text_release(&t);
	load_job_release(&job);
	return good;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct buf once = { 0 }, again = { 0 };
	bool good = job_text(text, size % 2 ? 3 : 4, &once);

	must(job_text(text, size % 2 ? 3 : 4, &again) == good);
	must(str_eq(buf_str(&once), buf_str(&again)));
	buf_release(&once);
	buf_release(&again);
	return 0;
}
