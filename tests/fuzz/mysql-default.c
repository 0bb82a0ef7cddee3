/* MySQL's defaults: a field of rows(5) or an expression whatever they say; the text of SHOW CREATE TABLE ends. */
#include "schema/escape.h"
#include "schema/mysql/create.h"
#include "schema/mysql/default.h"
#include "tests/fuzz/fuzz.h"

static const char *const types[] = {
	"i32",
	"u64",
	"year",
	"decimal(10,2)",
	"f32",
	"f64",
	"bit(12)",
	"date",
	"time(3)",
	"timestamp(6)",
	"timestamptz(0)",
	"varchar(20)",
	"text",
	"json",
	"bytes",
	"uuid",
	"inet",
	"enum",
	"set",
	"geometry",
	"other",
};

static void
check_default(const char *type, struct str text, enum mysql_default_form form)
{
	struct schema s;
	struct node *table, *column;

	schema_init(&s);
	table = node_add(&s, &s.root, NODE_TABLE, STR("d"), STR("t"), STR_NONE);
	column = node_add(&s, table, NODE_COLUMN, STR("c"), str_cstr(type), STR_NONE);
	if (mysql_default_set(&s, column, text, form)) {
		struct str field = node_attr(column, ATTR_DEFAULT);

		must(field.p && escape_check(field) == field.n && !escape_is_null(field));
		must(!node_has(column, ATTR_DEFEXPR));
	} else {
		must(!node_has(column, ATTR_DEFAULT));
	}
	schema_release(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct create_foreign f;
	struct pool pool = { 0 };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		check_default(types[i], text, MYSQL_DEFAULT_VALUE);
		check_default(types[i], text, MYSQL_DEFAULT_SQL);
	}
	while (create_next_foreign(&text, &pool, &f))
		must(f.name.p && text.p + text.n == (const char *)data + size);
	pool_release(&pool);
	return 0;
}
