/* schema(5): written as it was read, canonical order, and building and changing a tree. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema/schema.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

#define HEAD  "#schema\t1\tsource=mysql\n"
#define TABLE HEAD "table\ts\tt\ncolumn\ta\ti8\ncolumn\tb\ttext\n"

static const char shop[] = "#schema\t1\tsource=mysql\tdatabase=shop\\t1\n"
			   "skipped\tevent\tpurge\treason=events are not converted\ttext=#\\n\n"
			   "enum\tshop\torder_status\n"
			   "label\tnew\n"
			   "label\t\\#1\n"
			   "sequence\tshop\tids\ttype=i64\tstart=1\tcycle\n"
			   "next\t\t7\n"
			   "table\tshop\tusers\tcollate=utf8mb4_bin\tcomment=People = who\n"
			   "column\tid\tu64\tnotnull\tidentity=bydefault\tsrc=bigint unsigned\n"
			   "column\temail\tvarchar(255)\tdefault=\\\\x41#\n"
			   "column\tnull\ttext\tdefault=\\N\tcomment=\n"
			   "column\thash\ttext\tdefault=\\#1\n"
			   "column\texpr\tdecimal(10,2)\tdefexpr=now(6)\tonupdate=#\\\\N\n"
			   "column\tkind\tenum\tenum=order_status\tzz=1\tzzz\n"
			   "label\tx\n"
			   "primary\t\n"
			   "key\tid\n"
			   "unique\tu\twhere=id > 1\tnullsnotdistinct\n"
			   "key\temail\tdesc\tnulls=last\tprefix=20\n"
			   "keyexpr\tlower(#1)\n"
			   "key\tid\n"
			   "include\thash\n"
			   "index\tix\tmethod=btree\n"
			   "key\tid\n"
			   "check\tck\tid > 0\tnotvalid\n"
			   "foreign\tfk\tshop\torgs\tondelete=cascade\tdeferrable\n"
			   "pair\tid\torg\n"
			   "skipped\ttrigger\tai\treason=no\n"
			   "next\tid\t1042\n"
			   "view\tshop\tv\ttext=select 1\n"
			   "#end\t29\n";

/* What schema_write() or, as a list, schema_list() gives. */
static void
written(const struct schema *s, bool list, const char *comment, struct buf *text)
{
	FILE *f = tmpfile();
	struct output out;
	size_t size;

	if (!f) {
		perror("tmpfile");
		exit(1);
	}
	output_open(&out, dup(fileno(f)), "a file of tmpfile()");
	if (list)
		schema_list(s, &out);
	else
		schema_write(s, &out, comment);
	size = (size_t)out.total;
	output_close(&out);
	text->n = 0;
	if (pread(fileno(f), buf_reserve(text, size + 1), size, 0) != (ssize_t)size)
		exit(1);
	text->n = size;
	fclose(f);
}

static void
is_written(const struct schema *s, const char *want, const char *name)
{
	struct buf text = { 0 };

	written(s, false, NULL, &text);
	is_str(buf_str(&text), want, name);
	buf_release(&text);
}

static bool
reads(struct schema *s, const char *text)
{
	struct err e = { 0 };

	schema_init(s);
	if (schema_read_bytes(s, str_cstr(text), SCHEMA_KEEP_UNKNOWN, &e) == 0)
		return true;
	printf("# %s\n", e.text);
	return false;
}

static void
test_rewriting(void)
{
	struct schema s;
	const struct node *t;
	struct buf text = { 0 };

	ok(reads(&s, shop), "a schema with all there is");
	is_written(&s, shop, "  is written as it was read");
	schema_sort(&s);
	is_written(&s, shop, "  and was in canonical order");
	is_str(s.database, "shop\t1", "its database");
	is_str(s.target, NULL, "no target");
	t = schema_table(&s, STR("shop"), STR("users"));
	ok(t && t->line == 8, "its table, line 8");
	is_str(node_attr(t, ATTR_COMMENT), "People = who", "a value with a '='");
	is_str(node_attr(node_find(t, NODE_COLUMN, STR("email")), ATTR_DEFAULT), "\\\\x41#",
	       "a default");
	written(&s, false, "a\nb", &text);
	ok(strstr(buf_cstr(&text), "\n# a\\nb\nskipped"), "a comment is escaped");
	written(&s, true, NULL, &text);
	ok(strstr(buf_cstr(&text), "shop\tusers\tpair\tid\torg\n") &&
	       strstr(text.p, "shop\torder_status\tlabel\t\\#1\n") &&
	       strstr(text.p, "event\tpurge\tskipped\tevent\tpurge\t"),
	   "a flat list");
	schema_release(&s);
	buf_release(&text);
}

static void
test_default(void)
{
	struct schema s;
	struct err e = { 0 };
	const struct node *t;

	schema_init(&s);
	ok(schema_read_bytes(&s, STR(TABLE "column\tc\ttext\tdefault=\n#end\t4\n"), 0, &e) == 0,
	   "an empty default");
	t = s.root.child;
	is_str(node_attr(node_find(t, NODE_COLUMN, STR("c")), ATTR_DEFAULT), "", "  is one");
	is_str(node_attr(node_find(t, NODE_COLUMN, STR("a")), ATTR_DEFAULT), NULL,
	       "  and none is none");
	schema_release(&s);
}

/* --- canonical order ----------------------------------------------------------------------------- */

static void
test_order(void)
{
	static const char mixed[] = HEAD
	    "view\ta\ta\ntable\ts\tb\nnext\tx\t1\nskipped\tz\t1\nskipped\ta\t1\ncheck\t\tsecond\n"
	    "check\t\tfirst\ncolumn\tx\ti8\nindex\t\tmethod=1\ninclude\tx\nkeyexpr\ty\nkey\tx\n"
	    "index\t\tmethod=2\nkey\tx\ncolumn\ta\ti8\nforeign\tf\ts\tb\npair\tx\ta\npair\ta\tx\n"
	    "primary\tp\nkey\tx\nkey\ta\nunique\tu\nkey\tx\ntable\ts\ta\ntable\tr\tz\n"
	    "sequence\tq\tq\nskipped\tx\ty\nenum\te\te\nlabel\tz\nlabel\ta\nskipped\tx\ta\n#end\t31\n";
	static const char sorted[] = HEAD
	    "skipped\tx\ta\nskipped\tx\ty\nenum\te\te\nlabel\tz\nlabel\ta\nsequence\tq\tq\n"
	    "table\tr\tz\ntable\ts\ta\ntable\ts\tb\ncolumn\tx\ti8\ncolumn\ta\ti8\nprimary\tp\n"
	    "key\tx\nkey\ta\nunique\tu\nkey\tx\nindex\t\tmethod=1\nkeyexpr\ty\nkey\tx\ninclude\tx\n"
	    "index\t\tmethod=2\nkey\tx\ncheck\t\tfirst\ncheck\t\tsecond\nforeign\tf\ts\tb\n"
	    "pair\tx\ta\npair\ta\tx\nskipped\ta\t1\nskipped\tz\t1\nnext\tx\t1\nview\ta\ta\n#end\t31\n";
	struct schema s;

	if (!ok(reads(&s, mixed), "lines in any order"))
		return;
	is_written(&s, mixed, "  stay in it");
	schema_sort(&s);
	is_written(&s, sorted, "  until they are sorted, equal ones as they came");
	schema_sort(&s);
	is_written(&s, sorted, "  which is done once and for all");
	schema_release(&s);
}

/* Many equal lines: no sort of the C library's may mix them. */
static void
test_stable(void)
{
	enum { CHECKS = 2000 };
	struct schema s;
	struct node *t;
	size_t bad = 0, n = 0;
	char number[16];

	schema_init(&s);
	t = node_add(&s, &s.root, NODE_TABLE, STR("s"), STR("t"), STR_NONE);
	for (int i = 0; i < CHECKS; i++) {
		struct node *c = node_add(&s, t, NODE_CHECK, STR(""), STR("same"), STR_NONE);

		snprintf(number, sizeof(number), "%d", i);
		node_set(&s, c, ATTR_COMMENT, str_cstr(number));
	}
	schema_sort(&s);
	for (struct node *c = node_first(t, NODE_CHECK); c; c = node_next(c)) {
		snprintf(number, sizeof(number), "%zu", n++);
		bad += !str_eq(node_attr(c, ATTR_COMMENT), str_cstr(number));
	}
	ok(bad == 0 && n == CHECKS && !t->last->next, "%d equal lines keep their order",
	   CHECKS);
	schema_release(&s);
}

/* --- trees --------------------------------------------------------------------------------------- */

static void
test_building(void)
{
	struct schema s;
	struct node *t, *a, *b, *c;
	struct err e = { 0 };
	char name[] = "t";

	schema_init(&s);
	s.source = STR("sqlite");
	is_written(&s, "#schema\t1\tsource=sqlite\n#end\t0\n", "an empty schema");
	t = node_add(&s, &s.root, NODE_TABLE, STR("s"), str_cstr(name), STR_NONE);
	name[0] = 'x';
	is_str(t->arg[1], "t", "operands are copied");
	a = node_add(&s, t, NODE_COLUMN, STR("a"), STR("i8"), STR_NONE);
	b = node_add(&s, t, NODE_COLUMN, STR("b"), STR("i8"), STR_NONE);
	c = node_add(&s, t, NODE_COLUMN, STR("c"), STR("i8"), STR_NONE);
	node_set(&s, b, ATTR_SRC, STR("int"));
	node_set(&s, b, ATTR_NOTNULL, STR_NONE);
	node_set(&s, b, ATTR_DEFAULT, STR("\\N"));
	node_set(&s, b, ATTR_SRC, STR("INT\t"));
	ok(node_has(b, ATTR_NOTNULL) && !node_attr(b, ATTR_NOTNULL).p, "a bare word");
	ok(!node_has(a, ATTR_NOTNULL), "not on the next column");
	is_written(&s,
		   "#schema\t1\tsource=sqlite\ntable\ts\tt\ncolumn\ta\ti8\n"
		   "column\tb\ti8\tnotnull\tdefault=\\N\tsrc=INT\\t\ncolumn\tc\ti8\n#end\t4\n",
		   "attributes stand in their order, set twice once");
	node_unset(b, ATTR_DEFAULT);
	node_unset(b, ATTR_DEFAULT);
	node_unset(b, ATTR_NOTNULL);
	ok(!node_has(b, ATTR_DEFAULT) && node_has(b, ATTR_SRC), "unset");
	ok(schema_check(&s, &e) == 0, "it is good");

	node_remove(b);
	ok(a->next == c && t->last == c && !b->parent, "the middle one removed");
	node_remove(c);
	ok(!a->next && t->last == a && t->child == a, "the last one");
	b = node_add(&s, t, NODE_COLUMN, STR("b"), STR("i8"), STR_NONE);
	ok(a->next == b, "another one behind it");
	node_remove(a);
	ok(t->child == b && t->last == b, "the first one");
	node_remove(b);
	ok(!t->child && !t->last, "the only one");
	node_add(&s, t, NODE_COLUMN, STR("z"), STR("no type"), STR_NONE);
	ok(schema_check(&s, &e) < 0 && e.status == STATUS_BAD && strstr(e.text, "'no type'"),
	   "a wrong type is found");
	schema_release(&s);
	ok(!s.root.child && !s.pool.last, "released");
}

static void
test_finding(void)
{
	struct schema s;
	struct node *t, *n;

	schema_init(&s);
	node_add(&s, &s.root, NODE_VIEW, STR("a"), STR("t"), STR_NONE);
	node_add(&s, &s.root, NODE_TABLE, STR("a"), STR("u"), STR_NONE);
	t = node_add(&s, &s.root, NODE_TABLE, STR("a"), STR("t"), STR_NONE);
	ok(schema_table(&s, STR("a"), STR("t")) == t, "a table, not a view");
	ok(!schema_table(&s, STR("b"), STR("t")) && !schema_table(&s, STR("a"), STR("T")),
	   "none of another name");
	node_set(&s, t, ATTR_FROMSCHEMA, STR("main"));
	node_set(&s, t, ATTR_FROM, STR("T"));
	ok(schema_table_from(&s, STR("main"), STR("T")) == t, "by its name at the source");
	ok(!schema_table_from(&s, STR("main"), STR("t")), "and only by that");
	node_add(&s, t, NODE_NEXT, STR("x"), STR("1"), STR_NONE);
	n = node_add(&s, t, NODE_COLUMN, STR("x"), STR("i8"), STR_NONE);
	node_add(&s, t, NODE_NEXT, STR("y"), STR("1"), STR_NONE);
	ok(node_find(t, NODE_COLUMN, STR("x")) == n && !node_find(t, NODE_COLUMN, STR("y")),
	   "a column");
	ok(node_first(t, NODE_COLUMN) == n && !node_next(n) &&
	       node_next(node_first(t, NODE_NEXT)) == t->last && !node_first(t, NODE_CHECK),
	   "siblings of one kind");
	ok(strcmp(node_keyword(NODE_KEYEXPR), "keyexpr") == 0 &&
	       node_operands(NODE_FOREIGN) == 3,
	   "keywords");
	schema_release(&s);
}

/* --- faults -------------------------------------------------------------------------------------- */

static const struct {
	const char *text;
	enum status status;
	const char *says;
} faults[] = {
	{ "", STATUS_CUT, "-: input ended early: no schema" },
	{ "# c\n", STATUS_CUT, "no schema" },
	{ "#schema\t1\tsource=x", STATUS_CUT, "-:1: " },
	{ HEAD, STATUS_CUT, "no #end" },
	{ HEAD "#end\t1\n", STATUS_CUT, "-:2: lines are missing" },
	{ HEAD "#end\t0", STATUS_CUT, "-:2: " },
	{ HEAD "#end\tx\n", STATUS_BAD, "-:2: " },
	{ HEAD "#end\t0\n#end\t0\n", STATUS_BAD, "-:3: a line behind" },
	{ "table\ts\tt\n", STATUS_BAD, "-:1: expected a #schema" },
	{ "#schema\t2\tsource=x\n", STATUS_BAD, "version 2" },
	{ "#schema\tx\tsource=x\n", STATUS_BAD, "no version" },
	{ "#schema\t1\n", STATUS_BAD, "without source=" },
	{ "#schema\t1\tsource=x\tx=1\n", STATUS_BAD, "unknown attribute" },
	{ "#schema\t1\tsource\n", STATUS_BAD, "unknown attribute" },
	{ "#schema\t1\tsource=\\x\n", STATUS_BAD, "bad escape" },
	{ HEAD HEAD, STATUS_BAD, "-:2: a second #schema" },
	{ HEAD "\n", STATUS_BAD, "-:2: unknown keyword" },
	{ HEAD "#x\n", STATUS_BAD, "unknown line" },
	{ HEAD "tables\ts\tt\n", STATUS_BAD, "unknown keyword 'tables'" },
	{ HEAD "column\ta\ti8\n", STATUS_BAD, "nothing above" },
	{ HEAD "table\ts\n", STATUS_BAD, "1 operands instead of 2" },
	{ HEAD "table\ts\t\\N\n", STATUS_BAD, "bad escape" },
	{ HEAD "table\ts\t#t\n", STATUS_BAD, "bad escape" },
	{ HEAD "table\ts\t\xff\n", STATUS_BAD, "invalid UTF-8" },
	{ HEAD "table\ts\tt\tnotnull\n", STATUS_BAD, "unknown attribute 'notnull'" },
	{ HEAD "table\ts\tt\tstrict=1\n", STATUS_BAD, "'strict" },
	{ HEAD "table\ts\tt\tcomment\n", STATUS_BAD, "'comment" },
	{ HEAD "table\ts\tt\t=1\n", STATUS_BAD, "without a name" },
	{ HEAD "table\ts\tt\tcomment=1\tcomment=2\n", STATUS_BAD, "twice" },
	{ TABLE "column\tc\ti8\tdefault=\\x\n", STATUS_BAD, "-:5: bad escape" },
	{ TABLE "column\tc\ti8\tdefault=#\n", STATUS_BAD, "-:5: bad escape" },
	{ TABLE "column\ta\ti8\n#end\t4\n", STATUS_BAD, "-:5: a second column named 'a'" },
	{ TABLE "column\tc\tint\n#end\t4\n", STATUS_BAD, "-:5: unknown type 'int'" },
	{ TABLE "column\tc\ti8\tdefault=1\tdefexpr=1\n#end\t4\n", STATUS_BAD, "both default=" },
	{ TABLE "primary\t\n#end\t4\n", STATUS_BAD, "no columns" },
	{ TABLE "index\t\n#end\t4\n", STATUS_BAD, "no columns" },
	{ TABLE "foreign\t\ts\tt\n#end\t4\n", STATUS_BAD, "no columns" },
	{ TABLE "primary\t\nkey\tx\n#end\t5\n", STATUS_BAD, "no column 'x'" },
	{ TABLE "next\tx\t1\n#end\t4\n", STATUS_BAD, "no column 'x'" },
	{ TABLE "primary\tp\nkey\ta\nprimary\tq\nkey\tb\n#end\t7\n", STATUS_BAD,
	  "a second primary" },
	{ TABLE "view\ts\tt\n#end\t4\n", STATUS_BAD, "a second object named 't'" },
};

static void
test_faults(void)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct schema s;
		struct err e = { 0 };
		int result;

		schema_init(&s);
		result = schema_read_bytes(&s, str_cstr(faults[i].text), 0, &e);
		if (!ok(result < 0 && e.status == faults[i].status &&
			    strstr(e.text, faults[i].says),
			"fault %zu: %s", i, faults[i].says))
			printf("# status %d: %s\n", (int)e.status, e.text);
		schema_release(&s);
	}
}

int
main(void)
{
	test_rewriting();
	test_default();
	test_order();
	test_stable();
	test_building();
	test_finding();
	test_faults();
	return done();
}
