/* URIs: their parts, what is refused, and that a password is never shown. */
#include "schema/base/uri.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static struct pool pool;

static void
test_parts(void)
{
	/* NULL: absent */
	static const struct {
		const char *text, *scheme, *user, *password, *host, *port, *path;
	} cases[] = {
		{ "postgresql://me:secret@db.example:5433/shop", "postgresql", "me", "secret",
		  "db.example", "5433", "shop" },
		{ "mysql://db", "mysql", NULL, NULL, "db", NULL, NULL },
		{ "mysql://db/", "mysql", NULL, NULL, "db", NULL, "" },
		{ "mysql://db:", "mysql", NULL, NULL, "db", "", NULL },
		{ "mysql://db:/x", "mysql", NULL, NULL, "db", "", "x" },
		{ "mysql://db:1/x", "mysql", NULL, NULL, "db", "1", "x" },
		{ "mysql://db:65535/x", "mysql", NULL, NULL, "db", "65535", "x" },
		{ "mysql://@db", "mysql", "", NULL, "db", NULL, NULL },
		{ "mysql://:@db", "mysql", "", "", "db", NULL, NULL },
		{ "mysql://me@/x", "mysql", "me", NULL, "", NULL, "x" },
		{ "MySQL://Db/X", "mysql", NULL, NULL, "Db", NULL, "X" },
		{ "a+b-c.9://h", "a+b-c.9", NULL, NULL, "h", NULL, NULL },
		{ "sqlite:///a/b", "sqlite", NULL, NULL, "", NULL, "/a/b" },
		{ "sqlite:///", "sqlite", NULL, NULL, "", NULL, "/" },
		{ "sqlite://", "sqlite", NULL, NULL, "", NULL, NULL },
		{ "sqlite:a/b", "sqlite", NULL, NULL, NULL, NULL, "a/b" },
		{ "sqlite:/a/b", "sqlite", NULL, NULL, NULL, NULL, "/a/b" },
		{ "sqlite:", "sqlite", NULL, NULL, NULL, NULL, "" },
		{ "sqlite:a%20b%25%3F%2f", "sqlite", NULL, NULL, NULL, NULL, "a b%?/" },
		{ "pg://u%40x:p%3A%2F%40%23@h%2ei/d%C3%A9", "pg", "u@x", "p:/@#", "h.i", NULL,
		  "d\303\251" },
		{ "pg://u:a:b@h", "pg", "u", "a:b", "h", NULL, NULL },
		{ "pg://u:a@b@h", "pg", "u", "a@b", "h", NULL, NULL },
		{ "pg://[::1]/d", "pg", NULL, NULL, "::1", NULL, "d" },
		{ "pg://u:p@[fe80::1%25eth0]:5432/d", "pg", "u", "p", "fe80::1%eth0", "5432",
		  "d" },
		{ "pg://%2Fvar%2Frun/d", "pg", NULL, NULL, "/var/run", NULL, "d" },
		{ "pg://h//d", "pg", NULL, NULL, "h", NULL, "/d" },
		{ "shop.db", "", NULL, NULL, NULL, NULL, "shop.db" },
		{ "/srv/a%zz?b#c", "", NULL, NULL, NULL, NULL, "/srv/a%zz?b#c" },
		{ "./a:b", "", NULL, NULL, NULL, NULL, "./a:b" },
		{ "9a:b", "", NULL, NULL, NULL, NULL, "9a:b" },
		{ "a_b:c", "", NULL, NULL, NULL, NULL, "a_b:c" },
		{ ":c", "", NULL, NULL, NULL, NULL, ":c" },
		{ "", "", NULL, NULL, NULL, NULL, "" },
	};
	struct uri u;

	for (size_t n = 0; n < COUNT(cases); n++) {
		struct err e = { 0 };

		if (!ok(uri_parse(str_cstr(cases[n].text), &pool, &u, &e) == 0 &&
			    e.status == STATUS_OK,
			"'%s'", cases[n].text)) {
			printf("# %s\n", e.text);
			continue;
		}
		is_str(u.scheme, cases[n].scheme, "  scheme");
		is_str(u.user, cases[n].user, "  user");
		is_str(u.password, cases[n].password, "  password");
		is_str(u.host, cases[n].host, "  host");
		is_str(u.port, cases[n].port, "  port");
		is_str(u.path, cases[n].path, "  path");
		ok(u.nparams == 0, "  no parameters");
	}
	ok(uri_parse(STR("pg://host/name"), &pool, &u, &(struct err){ 0 }) == 0 &&
	       strcmp(u.host.p, "host") == 0 && strcmp(u.path.p, "name") == 0 &&
	       strcmp(u.scheme.p, "pg") == 0,
	   "a NUL is behind every part");
}

static void
test_params(void)
{
	struct err e = { 0 };
	struct uri u;

	ok(uri_parse(STR("pg://h/d?a=1&&b=x%26y=z+%20&flag&%61%62c=&a=2&"), &pool, &u, &e) == 0,
	   "parameters");
	ok(u.nparams == 5, "  empty ones do not count");
	is_str(u.path, "d", "  the path ends before them");
	is_str(u.params[0].key, "a", "  in their order");
	is_str(u.params[0].value, "1", "  each with its value");
	is_str(uri_param(&u, "a"), "2", "  the last of two counts");
	is_str(uri_param(&u, "b"), "x&y=z+ ", "  decoded, '+' is a plus");
	is_str(uri_param(&u, "flag"), "", "  one without '=' is empty");
	is_str(uri_param(&u, "abc"), "", "  the key is decoded");
	is_str(uri_param(&u, "A"), NULL, "  case matters");
	is_str(uri_param(&u, "ab"), NULL, "  the whole key counts");
	ok(uri_parse(STR("pg://h?x=/a@b:c"), &pool, &u, &e) == 0, "parameters without a path");
	is_str(u.host, "h", "  the host ends before them");
	is_str(u.path, NULL, "  no path");
	is_str(uri_param(&u, "x"), "/a@b:c", "  '/', '@' and ':' are plain there");
	ok(uri_parse(STR("sqlite:f?mode=ro"), &pool, &u, &e) == 0, "parameters without a host");
	is_str(u.path, "f", "  path");
	is_str(uri_param(&u, "mode"), "ro", "  value");
	ok(uri_parse(STR("pg://h/d?"), &pool, &u, &e) == 0 && u.nparams == 0,
	   "no parameter behind a '?'");

	ok(uri_parse(STR("pg:///shop?host=/tmp"), &pool, &u, &e) == 0,
	   "no host but a database");
	is_str(uri_database(&u), "shop", "  its name");
	ok(uri_parse(STR("pg://h/shop"), &pool, &u, &e) == 0, "a host and a database");
	is_str(uri_database(&u), "shop", "  its name");
	ok(uri_parse(STR("pg://h"), &pool, &u, &e) == 0, "no database");
	is_str(uri_database(&u), NULL, "  no name");
}

static void
test_refused(void)
{
	static const char *const bad[] = {
		"pg://h/%",
		"pg://h/%4",
		"pg://h/%4g",
		"pg://h/%g4",
		"pg://h/%00",
		"pg://h%00/d",
		"pg://%zz@h",
		"pg://u:SECRET%@h",
		"pg://u:SECRET%zz@h",
		"pg://u:SECRET%00@h",
		"pg://h?a%=1",
		"pg://h?a=%1",
		"pg://h?a=%00",
		"pg://h/d#f",
		"pg://u:SEC#RET@h",
		"pg://h:0",
		"pg://h:65536",
		"pg://h:-1",
		"pg://h:+1",
		"pg://h: 1",
		"pg://h:1x",
		"pg://h:x",
		"pg://h:99999999999999999999",
		"pg://h:1:2",
		"pg://h1:1,h2:2/d",
		"pg://[::1",
		"pg://[::1]5432",
		"pg://[::1]:x",
		"pg://u:SECRET/x@h/d",
		"pg://u:SECRET?x@h/d",
		"sqlite:%0",
		"sqlite:%",
	};
	struct uri u;

	for (size_t n = 0; n < COUNT(bad); n++) {
		struct err e = { 0 };

		ok(uri_parse(str_cstr(bad[n]), &pool, &u, &e) == -1 &&
		       e.status == STATUS_USAGE && e.text[0],
		   "'%s' is refused", bad[n]);
		ok(!strstr(e.text, "SEC") && !strstr(e.text, "RET"),
		   "  and the password not shown");
	}
	ok(uri_parse(STR("a\0b"), &pool, &u, &(struct err){ 0 }) == -1,
	   "a NUL in a path is refused");
	ok(uri_parse(STR("pg://a\0b/c"), &pool, &u, &(struct err){ 0 }) == -1,
	   "a NUL in a URI is refused");
}

static void
test_show(void)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "pg://me:SECRET@h:1/d", "pg://me:***@h:1/d" },
		{ "pg://me@h:1/d?x=1", "pg://me@h:1/d?x=1" },
		{ "pg://h:5432/d", "pg://h:5432/d" },
		{ "pg://me:@h", "pg://me:***@h" },
		{ "pg://:SECRET@h", "pg://:***@h" },
		{ "pg://me:SEC:RET@h", "pg://me:***@h" },
		{ "pg://me:SEC@RET@h", "pg://me:***@h" },
		{ "pg://me:SEC/RET@h/d", "pg://me:***@h/d" },
		{ "pg://me:12/SECRET@h/d", "pg://me:***@h/d" },
		{ "pg://me:SEC#RET@h/d", "pg://me:***@h/d" },
		{ "pg://me:SEC?RET@h/d", "pg://me:***" },
		{ "pg://me:SEC%zzRET@h/d", "pg://me:***@h/d" },
		{ "pg://me:SECRET", "pg://me:***" },
		{ "me:SECRET@h/d", "me:***@h/d" },
		{ "m_e:SECRET@h/d", "m_e:***@h/d" },
		{ "pg://[::1]:5432/d", "pg://[::1]:5432/d" },
		{ "pg://[::1]/d", "pg://[::1]/d" },
		{ "pg://[::1]:SECRET/d", "pg://[::1]:***" },
		{ "pg://[me:SEC?RET@h/d", "pg://[me:***" },
		{ "pg://[m]e:SEC?RET@h/d", "pg://[m]e:***" },
		{ "pg://me:SECRET@[::1]:5432/d", "pg://me:***@[::1]:5432/d" },
		{ "pg://me@[::1]:5432/d", "pg://me@[::1]:5432/d" },
		{ "pg://h/d?password=SECRET", "pg://h/d?password=***" },
		{ "pg://h/d?a=1&sslpassword=SEC=RET&b=2", "pg://h/d?a=1&sslpassword=***&b=2" },
		{ "pg://h/d?PassWord=SECRET&x", "pg://h/d?PassWord=***&x" },
		{ "pg://h/d?p%61ssword=SECRET", "pg://h/d?p%61ssword=***" },
		{ "pg://h/d?password=SEC#RET", "pg://h/d?password=***" },
		{ "pg://h/d?password=SEC?RET", "pg://h/d?password=***" },
		{ "pg://h/d?passwords=1&password", "pg://h/d?passwords=1&password" },
		{ "pg://h/d?a%=1&&", "pg://h/d?a%=1&&" },
		{ "sqlite:f?password=SECRET", "sqlite:f?password=***" },
		{ "sqlite:///a/b", "sqlite:///a/b" },
		{ "/srv/shop.db", "/srv/shop.db" },
		{ "pg://", "pg://" },
		{ "pg://?", "pg://?" },
		{ "pg:", "pg:" },
		{ "", "" },
	};
	struct buf b = { 0 };

	buf_addc(&b, '>');
	for (size_t n = 0; n < COUNT(cases); n++) {
		b.n = 1;
		uri_show(str_cstr(cases[n].text), &b);
		is_str(str_of(b.p + 1, b.n - 1), cases[n].shown, cases[n].text);
	}
	ok(b.p[0] == '>', "what was in the buffer stays");
	buf_release(&b);
}

int
main(void)
{
	test_parts();
	test_params();
	test_refused();
	test_show();
	pool_release(&pool);
	return done();
}
