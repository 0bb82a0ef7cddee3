/* load-file: pgloader's command files as jobs for pgtide: a directory for each command, with what it asks for. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/escape.h"
#include "transform/load-file.h"

static const char usage[] =
    "usage: load-file [-hpuV] [-C file] [-o directory] [-P version] file…\n"
    "       load-file [-hpuV] [-abcefstw text]… [-o directory] [-P version] source target\n"
    "Turns pgloader's command files into jobs for pgtide: directory/1, directory/2, ….\n"
    "  -C file       variables for {{NAME}}, in ini syntax; may be given several times\n"
    "  -o directory  write there; must not hold jobs yet\n"
    "  -p            print the jobs instead\n"
    "  -P version    whose defaults: pgloader's 3 or 4 (default: 3)\n"
    "  -u            print for each command its number, source and target, with their passwords\n"
    "Instead of a file, a source and a target with:\n"
    "  -w, -s, -c, -f text  options of with, set, cast and fields, as in a file; may be given several times\n"
    "  -t type       csv, fixed, copy, dbf, sqlite, mysql, mssql, pgsql\n"
    "  -e encoding   of the source\n"
    "  -b, -a file   SQL to run before and after\n"
    "  -h, -V        this help, the version\n";

struct options {
	struct load_options command; /* from options */
	bool from_options;
	struct load_context *context;
	const char *directory;
	int version;
	bool print, uris;
	char **operands;
	size_t noperands;
};

static void
add_option(struct options *opt, int kind, const char *text)
{
	opt->command.options[opt->command.count].kind = kind;
	opt->command.options[opt->command.count++].text = text;
	opt->from_options = true;
}

static int
parse_version(const char *version)
{
	if (strcmp(version, "3") != 0 && strcmp(version, "4") != 0)
		die(STATUS_USAGE,
		    "option -P: %s is no version of pgloader whose defaults are known: 3 or 4",
		    show(str_cstr(version)).text);
	return version[0] - '0';
}

static void
parse_options(struct options *opt, struct load_job *job, int argc, char **argv)
{
	struct err e = { 0 };
	int c;

	*opt = (struct options){ .version = 3 };
	opt->command.options = mem_array((size_t)argc, sizeof(*opt->command.options));
	while ((c = getopt(argc, argv, ":a:b:c:C:e:f:ho:pP:s:t:uVw:")) != -1) {
		switch (c) {
		case 'a': add_option(opt, OPTION_AFTER, optarg); break;
		case 'b': add_option(opt, OPTION_BEFORE, optarg); break;
		case 'c': add_option(opt, OPTION_CAST, optarg); break;
		case 'C':
			if (load_context_read(&opt->context, optarg, &job->pool, &e) < 0)
				err_die(&e);
			break;
		case 'e': opt->command.encoding = optarg; break;
		case 'f': add_option(opt, OPTION_FIELD, optarg); break;
		case 'o': opt->directory = optarg; break;
		case 'p': opt->print = true; break;
		case 'P': opt->version = parse_version(optarg); break;
		case 's': add_option(opt, OPTION_SET, optarg); break;
		case 't': opt->command.type = optarg; break;
		case 'u': opt->uris = true; break;
		case 'w': add_option(opt, OPTION_WITH, optarg); break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	opt->from_options = opt->from_options || opt->command.type || opt->command.encoding;
	opt->operands = argv + optind;
	opt->noperands = (size_t)(argc - optind);
	if (opt->noperands == 0)
		die(STATUS_USAGE, "which command file?");
	if (opt->from_options && opt->noperands != 2)
		die(STATUS_USAGE,
		    "options that stand for a command file take a source and a target");
	if (!opt->directory && !opt->print && !opt->uris)
		die(STATUS_USAGE, "where to? (-o or -p)");
}

/* --- reading ------------------------------------------------------------------------------ */

static void
read_all(const struct options *opt, struct load_job *job)
{
	struct err e = { 0 };

	job->version = opt->version;
	if (opt->from_options) {
		struct load_options command = opt->command;
		struct load_text *t = pool_get(&job->pool, sizeof(*t));

		command.source = opt->operands[0];
		command.target = opt->operands[1];
		if (load_options_text(t, &command, &job->pool, &e) < 0 ||
		    load_parse(job, t, &e) < 0)
			err_die(&e);
		return;
	}
	for (size_t i = 0; i < opt->noperands; i++) {
		struct load_text *t = pool_get(&job->pool, sizeof(*t));

		if (load_text_read(t, opt->operands[i], opt->context, &job->pool, &e) < 0 ||
		    load_parse(job, t, &e) < 0)
			err_die(&e);
	}
}

/* --- writing ------------------------------------------------------------------------------ */

static void
make_directory(const char *path, bool may_exist)
{
	if (mkdir(path, 0700) < 0 && !(may_exist && errno == EEXIST))
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
}

static void
write_file(const char *path, struct str contents)
{
	struct output out;

	output_open_path(&out, path);
	output_add(&out, contents);
	output_close(&out);
}

static void
print_file(struct output *out, const char *path, struct str contents)
{
	output_add(out, STR("== "));
	output_add(out, str_cstr(path));
	output_addc(out, '\n');
	output_add(out, contents);
	if (contents.n && contents.p[contents.n - 1] != '\n')
		output_addc(out, '\n');
}

static void
write_job(const struct options *opt, const char *dir, const struct load_output *files,
	  struct output *out)
{
	struct buf path = { 0 };

	if (!opt->print)
		make_directory(dir, false);
	for (; files; files = files->next) {
		path.n = 0;
		buf_addf(&path, "%s/%s", dir, files->name);
		if (opt->print)
			print_file(out, buf_cstr(&path), files->contents);
		else
			write_file(buf_cstr(&path), files->contents);
	}
	buf_release(&path);
}

/* All of them are known to be good before the first is written. */
static void
write_jobs(const struct options *opt, struct load_job *job, struct output *out)
{
	const char *directory = opt->directory ? opt->directory : "JOB";
	const struct load_output **files = mem_array(job->count, sizeof(*files));
	struct str *dirs = mem_array(job->count, sizeof(*dirs));
	struct err e = { 0 };
	size_t n = 0;

	for (const struct load_command *c = job->first; c; c = c->next, n++) {
		struct buf dir = { 0 };

		buf_addf(&dir, "%s/%zu", directory, n + 1);
		dirs[n] = pool_str(&job->pool, buf_str(&dir));
		files[n] = load_job_files(job, c, dirs[n], &e);
		if (!files[n])
			err_die(&e);
		buf_release(&dir);
	}
	if (opt->directory && !opt->print)
		make_directory(opt->directory, true);
	for (size_t i = 0; i < n && (opt->directory || opt->print); i++)
		write_job(opt, dirs[i].p, files[i], out);
	free(files);
	free(dirs);
}

/* Number, source, target, escaped as fields of rows(5) are: a path may hold anything. */
static void
print_uris(const struct load_command *c, size_t n, struct output *out)
{
	struct buf b = { 0 };

	buf_addf(&b, "%zu\t", n);
	escape_add(&b, c->source.text);
	buf_addc(&b, '\t');
	escape_add(&b, c->target.text);
	buf_addc(&b, '\n');
	output_add(out, buf_str(&b));
	buf_release(&b);
}

int
main(int argc, char **argv)
{
	struct load_job job;
	struct options opt;
	struct output out;
	size_t n = 0;

	prog_init(argv[0]);
	umask(077);
	load_job_init(&job);
	parse_options(&opt, &job, argc, argv);
	read_all(&opt, &job);
	output_open(&out, STDOUT_FILENO, "standard output");
	write_jobs(&opt, &job, &out);
	for (const struct load_command *c = job.first; c && opt.uris; c = c->next)
		print_uris(c, ++n, &out);
	output_close(&out);
	return STATUS_OK;
}
