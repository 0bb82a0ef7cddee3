/* mysql-rows: tables of a MySQL or MariaDB database, a range of one, or a query, as rows(5). */
#include <stdlib.h>

#include "extract/holder.h"
#include "extract/mysql-read.h"
#include "schema/stats.h"

/* What is to be read, as the call or the environment says: for a snapshot to see that it is the same. */
static const char *
named_source(const struct mysql_read *job)
{
	const char *source = job->opt.source ? job->opt.source : getenv("PGTIDE_SOURCE");

	return source ? source : "";
}

int
main(int argc, char **argv)
{
	struct mysql_read job;

	prog_init(argv[0]);
	mysql_read_call(&job, argc, argv);
	if (holder_path())
		return holder_ask(holder_path(), HOLDER_READ, named_source(&job), argc, argv);
	mysql_read_files(&job);
	mysql_source_open(&job.source, job.opt.source, job.opt.tables.p[0].schema.p);
	mysql_read_rows(&job);
	mysql_read_release(&job);
	mysql_source_close(&job.source);
	stats_finish();
	return STATUS_OK;
}
