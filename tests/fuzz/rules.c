/*
 * Cast rules: whatever the text is, it is refused with a place or it can be used; what a rule shows
 * of itself is a rule; and rules come in their order.
 */
#include "transform/rules.h"
#include "tests/fuzz/fuzz.h"

static const char source[] =
    "#schema\t1\tsource=mysql\n"
    "table\ts\tT\n"
    "column\tid\ti32\tnotnull\tidentity=bydefault\tsrc=int(11)\n"
    "column\tn\tu64\tdefault=0\tsrc=bigint(20) unsigned\n"
    "column\tN\tdecimal(10,2)\tdefault=\\N\tsrc=decimal(10,2) unsigned zerofill\n"
    "table\ts\tlong name\n"
    "column\t\xc3\xa9t\xc3\xa9\ttimestamp(6)\tnotnull\tdefault=0000-00-00 00:00:00\tsrc=datetime(6)\n"
    "column\taaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\tvarchar(3)\tdefault=\n"
    "column\tat\ttimestamptz(0)\tdefexpr=now()\tonupdate=now()\tsrc=timestamp\n"
    "#end\t8\n";

static void
check_place(const struct err *e)
{
	size_t n = strlen(e->text);

	must(e->status == STATUS_USAGE || e->status == STATUS_BAD);
	must(n > 4 && strncmp(e->text, "x.y:", 4) == 0);
	must(e->text[4] >= '1' && e->text[4] <= '9');
}

/* Each rule's head with an action behind it is a rule of the same kind, and shows the same. */
static void
check_shown(const struct rule *rule)
{
	bool whole = rule->kind > RULE_COLUMN;
	struct buf shown = { 0 }, text = { 0 }, again = { 0 };
	struct rules r;
	struct err e = { 0 };

	rules_show(rule, &shown);
	must(shown.n > 0);
	buf_add(&text, buf_str(&shown));
	if (rule->kind == RULE_ADD)
		buf_add(&text, STR(" to text using lisp nil"));
	else
		buf_add(&text, whole ? STR("") : STR(" keep default"));
	rules_init(&r);
	must(rules_parse(&r, "x.y", buf_str(&text), false, &e) == 0);
	must(r.first && !r.first->next && r.first->kind == rule->kind);
	rules_show(r.first, &again);
	must(str_eq(buf_str(&shown), buf_str(&again)));
	rules_release(&r);
	buf_release(&shown);
	buf_release(&text);
	buf_release(&again);
}

static void
walk(struct rules *r, const struct node *column)
{
	struct rule *before = NULL, *rule;
	struct rule_walk w;
	struct err e = { 0 };

	rules_begin(&w, r, column);
	while ((rule = rules_next(&w, &e))) {
		must(rule->matched && (!before || before->number < rule->number));
		must(rule->kind <= RULE_COLUMN);
		before = rule;
	}
	rules_end(&w);
	if (e.status)
		check_place(&e);
}

static void
use(struct rules *r, const struct schema *s)
{
	const struct rule *by;
	struct err e = { 0 };

	for (const struct rule *rule = r->first; rule; rule = rule->next)
		check_shown(rule);
	if (rules_resolve(r, s, &e) < 0) {
		check_place(&e);
		return;
	}
	for (const struct node *t = node_first(&s->root, NODE_TABLE); t; t = node_next(t)) {
		struct str renamed = rules_schema_name(r, t->arg[0]);

		must(!renamed.p || renamed.n > 0);
		for (unsigned i = 0; i < TABLE_ASPECTS; i++) {
			struct str said = rules_table(r, t, (enum rule_table)i, &e);

			must(!said.p || said.n > 0);
		}
		must(rules_select(r, t, &by, &e) <= 0 || !by);
		for (const struct node *c = node_first(t, NODE_COLUMN); c; c = node_next(c))
			walk(r, c);
	}
	if (rules_check_select(r, &e) < 0)
		check_place(&e);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct schema s;
	struct rules r;
	struct err e = { 0 };

	schema_init(&s);
	must(schema_read_bytes(&s, str_cstr(source), 0, &e) == 0);
	rules_init(&r);
	if (rules_parse(&r, "x.y", str_of((const char *)data, size), true, &e) == 0)
		use(&r, &s);
	else
		check_place(&e);
	rules_release(&r);
	schema_release(&s);
	return 0;
}
