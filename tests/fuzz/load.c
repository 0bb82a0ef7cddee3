/*
 * pgloader's command files: whatever the text is, it is refused with a place or becomes a job; the same text becomes the
 * same job; its rules are rules; and no password is in it.
 */
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

static bool
contains(struct str s, struct str what)
{
	for (size_t i = 0; what.n && i + what.n <= s.n; i++)
		if (memcmp(s.p + i, what.p, what.n) == 0)
			return true;
	return false;
}

/* A password that is long enough to be nothing else. */
static void
check_secret(const struct load_output *files)
{
	for (; files; files = files->next)
		must((strcmp(files->name, "source") != 0 &&
		      strcmp(files->name, "target") != 0) ||
		     !contains(files->contents, STR("s3cretw0rd")));
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
		check_secret(files);
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
