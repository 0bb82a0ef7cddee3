/* Option files: what my.cnf says of where to connect. The manual's section "Using Option Files" has the syntax. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/mysql/settings.h"

enum { INCLUDE_DEPTH = 10, LINE_LIMIT = 64 * 1024 };

/* Those that MariaDB's library reads, and ours. */
static const char *const groups[] = { "client", "client-server", "client-mariadb", "pgtide" };

struct file {
	const char *path;
	uint64_t line;
	bool wanted; /* in one of our groups */
	unsigned depth;
	struct mysql_settings *options;
	struct pool *pool;
};

static _Noreturn void
bad_line(const struct file *f, const char *what)
{
	die(STATUS_USAGE, "%s:%ju: %s", f->path, (uintmax_t)f->line, what);
}

/* --- options ---------------------------------------------------------------------------------------- */

static const char *
copy(const struct file *f, struct str value)
{
	return pool_str(f->pool, value).p;
}

static unsigned
number(const struct file *f, struct str value, size_t max)
{
	size_t n;

	if (!num_size(value, max, &n))
		bad_line(f, "not a number, or too large");
	return (unsigned)n;
}

/* MySQL's words for what URIs call sslmode. */
static enum sslmode
ssl_mode(const struct file *f, struct str value)
{
	static const char *const words[] = {
		[SSL_DISABLE] = "DISABLED",
		[SSL_PREFER] = "PREFERRED",
		[SSL_REQUIRE] = "REQUIRED",
		[SSL_VERIFY_CA] = "VERIFY_CA",
		[SSL_VERIFY_FULL] = "VERIFY_IDENTITY",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq_nocase(value, str_cstr(words[i])))
			return (enum sslmode)i;
	bad_line(
	    f, "ssl-mode is one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY");
}

/* What stands for yes: the option alone, or one of these. */
static bool
is_on(struct str value)
{
	return !value.p || str_eq(value, STR("1")) || str_eq_nocase(value, STR("on")) ||
	    str_eq_nocase(value, STR("true"));
}

/* name has dashes only. What we do not know is for other programs. */
static void
take_option(const struct file *f, struct str name, struct str value)
{
	struct mysql_settings *o = f->options;
	const struct {
		struct str name;
		const char **to;
	} texts[] = {
		{ STR("host"), &o->host },         { STR("user"), &o->user },
		{ STR("password"), &o->password }, { STR("database"), &o->database },
		{ STR("socket"), &o->socket },     { STR("ssl-ca"), &o->ca },
		{ STR("ssl-cert"), &o->cert },     { STR("ssl-key"), &o->key },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (str_eq(name, texts[i].name) && value.p)
			*texts[i].to = copy(f, value);
	if (str_eq(name, STR("port")))
		o->port = number(f, value, 65535);
	else if (str_eq(name, STR("connect-timeout")))
		o->connect_timeout = number(f, value, 365 * 86400);
	else if (str_eq(name, STR("ssl-mode")))
		o->sslmode = ssl_mode(f, value);
	else if (str_eq(name, STR("ssl")))
		o->sslmode = !is_on(value)     ? SSL_DISABLE
		    : o->sslmode < SSL_REQUIRE ? SSL_REQUIRE
					       : o->sslmode;
	else if (str_eq(name, STR("skip-ssl")) || str_eq(name, STR("disable-ssl")))
		o->sslmode = SSL_DISABLE;
	else if (str_eq(name, STR("ssl-verify-server-cert")) && is_on(value))
		o->sslmode = SSL_VERIFY_FULL;
}

/* --- lines ------------------------------------------------------------------------------------------ */

/* Up to a # that is not within quotes. */
static struct str
without_comment(struct str s)
{
	char quote = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\\' && i + 1 < s.n)
			i++;
		else if (c == '#' && !quote)
			return str_of(s.p, i);
		else if (c == quote)
			quote = 0;
		else if ((c == '"' || c == '\'') && !quote)
			quote = c;
	}
	return s;
}

/* A value without the quotes around all of it, with its escapes resolved. As the clients do it, other quotes are part of it. */
static struct str
read_value(const struct file *f, struct str s)
{
	static const char codes[] = "btnrs\\", bytes[] = "\b\t\n\r \\";
	char *d = pool_get(f->pool, s.n + 1);
	size_t n = 0;

	s = str_trim(without_comment(s));
	if (s.n > 1 && s.p[0] == s.p[s.n - 1] && (s.p[0] == '"' || s.p[0] == '\''))
		s = str_of(s.p + 1, s.n - 2);
	for (size_t i = 0; i < s.n; i++) {
		const char *code = NULL;

		if (s.p[i] == '\\' && i + 1 < s.n)
			code = memchr(codes, s.p[i + 1], sizeof(codes) - 1);
		d[n++] = code ? bytes[code - codes] : s.p[i];
		i += code != NULL;
	}
	return str_of(d, n);
}

static struct str
with_dashes(const struct file *f, struct str name)
{
	char *d = pool_get(f->pool, name.n + 1);

	for (size_t i = 0; i < name.n; i++)
		d[i] = name.p[i] == '_' ? '-' : name.p[i];
	return str_of(d, name.n);
}

static void read_file(const struct file *from, const char *path, bool must);

static void
read_folder(const struct file *f, const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, alphasort);

	if (n < 0)
		die(STATUS_USAGE, "%s:%ju: %s: %s", f->path, (uintmax_t)f->line, path,
		    strerror(errno));
	for (int i = 0; i < n; i++) {
		struct str name = str_cstr(entries[i]->d_name);
		struct buf full = { 0 };

		if (name.n > 4 && str_eq(str_of(name.p + name.n - 4, 4), STR(".cnf"))) {
			buf_addf(&full, "%s/%s", path, entries[i]->d_name);
			read_file(f, copy(f, buf_str(&full)), true);
		}
		buf_release(&full);
		free(entries[i]);
	}
	free(entries);
}

static void
read_include(const struct file *f, struct str line)
{
	struct str path;

	if (str_starts(line, STR("!includedir "))) {
		path = str_trim(str_of(line.p + 12, line.n - 12));
		read_folder(f, copy(f, path));
	} else if (str_starts(line, STR("!include "))) {
		path = str_trim(str_of(line.p + 9, line.n - 9));
		read_file(f, copy(f, path), true);
	} else {
		bad_line(f, "expected !include FILE or !includedir FOLDER");
	}
}

static void
read_line(struct file *f, struct str line)
{
	struct str name, value;

	line = str_trim(line);
	if (!line.n || line.p[0] == '#' || line.p[0] == ';')
		return;
	if (line.p[0] == '!') {
		read_include(f, line);
		return;
	}
	if (line.p[0] == '[') {
		if (!str_cut(str_of(line.p + 1, line.n - 1), ']', &name, &value))
			bad_line(f, "a group is not closed with ]");
		f->wanted = false;
		for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
			f->wanted = f->wanted || str_eq(str_trim(name), str_cstr(groups[i]));
		return;
	}
	if (!f->wanted)
		return;
	if (str_cut(line, '=', &name, &value))
		value = read_value(f, str_trim(value));
	else if (str_cut(line, '#', &name, &value))
		value = STR_NONE;
	take_option(f, with_dashes(f, str_trim(name)), value);
}

/* --- files ------------------------------------------------------------------------------------------ */

/* Whether it is there and may be trusted. */
static bool
usable(const char *path, bool must)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		if (must)
			die(STATUS_USAGE, "%s: %s", path, strerror(errno));
		return false;
	}
	if (S_ISREG(st.st_mode) && (st.st_mode & S_IWOTH)) {
		warn("%s: anybody may write it: left out", path);
		return false;
	}
	return true;
}

static void
read_file(const struct file *from, const char *path, bool must)
{
	struct file f = *from;
	struct input in = { 0 };
	struct err e = { 0 };
	struct str line;
	int more;

	if (++f.depth > INCLUDE_DEPTH)
		bad_line(from, "files include each other too deep");
	if (!usable(path, must))
		return;
	f.path = path;
	f.wanted = false;
	if (input_open(&in, path, &e) < 0) {
		if (must)
			err_die(&e);
		return;
	}
	while ((more = input_line(&in, LINE_LIMIT, &line, &e)) > 0) {
		f.line = in.line;
		read_line(&f, line);
	}
	/* Editors that leave the last line without its end are none of our business. */
	if (more < 0 && e.status == STATUS_CUT)
		read_line(&f, str_of(in.p + in.beg, in.end - in.beg));
	else if (more < 0)
		err_die(&e);
	input_close(&in);
}

static void
read_if_there(const struct file *f, const char *folder, const char *name)
{
	struct buf path = { 0 };

	if (!folder || !*folder)
		return;
	buf_addf(&path, "%s/%s", folder, name);
	read_file(f, copy(f, buf_str(&path)), false);
	buf_release(&path);
}

void
option_files_read(struct mysql_settings *o, struct pool *pool, const char *only)
{
	struct file f = { .options = o, .pool = pool };

	if (only) {
		read_file(&f, only, true);
		return;
	}
	read_if_there(&f, "/etc", "my.cnf");
	read_if_there(&f, "/etc/mysql", "my.cnf");
	read_if_there(&f, getenv("MYSQL_HOME"), "my.cnf");
	read_if_there(&f, getenv("HOME"), ".my.cnf");
}
