/* MySQL's and MariaDB's defaults, as each server spells them: literals as rows(5) has them, and expressions. */
#include "schema/mysql/create.h"
#include "schema/mysql/default.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Sets the default of a column of the type; what is written stands in *out as in schema(5). */
static void
set(struct buf *out, const char *type, const char *text, enum mysql_default_form form)
{
	struct schema s;
	struct node *table, *column;
	bool literal;

	schema_init(&s);
	table = node_add(&s, &s.root, NODE_TABLE, STR("d"), STR("t"), STR_NONE);
	column = node_add(&s, table, NODE_COLUMN, STR("c"), str_cstr(type), STR_NONE);
	literal = mysql_default_set(&s, column, str_cstr(text), form);
	out->n = 0;
	buf_reserve(out, 1); /* nothing is a text too */
	if (node_has(column, ATTR_DEFAULT)) {
		buf_add(out, STR("default="));
		buf_add(out, node_attr(column, ATTR_DEFAULT));
	}
	if (node_has(column, ATTR_DEFEXPR)) {
		buf_add(out, STR("defexpr="));
		buf_add(out, node_attr(column, ATTR_DEFEXPR));
	}
	ok(literal == node_has(column, ATTR_DEFAULT), "%s: a literal or not", type);
	schema_release(&s);
}

/* What MySQL and MariaDB until 10.2.6 say. */
static void
test_values(void)
{
	static const struct {
		const char *type, *text, *want;
	} known[] = {
		{ "i32", "0", "default=0" },
		{ "i32", "-5", "default=-5" },
		{ "u32", "00042", "default=42" },
		{ "u64", "18446744073709551615", "default=18446744073709551615" },
		{ "year", "0000", "default=0" },
		{ "decimal(10,2)", "-0.01", "default=-0.01" },
		{ "decimal(10,2)", "00000003.50", "default=3.50" },
		{ "decimal(10,2)", "0000000.00", "default=0.00" },
		{ "decimal(65,0)",
		  "99999999999999999999999999999999999999999999999999999999999999999",
		  "default=99999999999999999999999999999999999999999999999999999999999999999" },
		{ "f32", "0.1", "default=0.1" },
		{ "f64", "1e300", "default=1e+300" },
		{ "f64", "-0", "default=-0" },
		{ "bit(1)", "b'1'", "default=1" },
		{ "bit(6)", "b'101'", "default=000101" },
		{ "date", "2024-02-29", "default=2024-02-29" },
		{ "date", "0000-00-00", "default=0000-00-00" },
		{ "time(0)", "-838:59:59", "default=-838:59:59" },
		{ "time(3)", "01:02:03.500", "default=01:02:03.500" },
		{ "timestamp(0)", "2024-02-29 12:00:00", "default=2024-02-29 12:00:00" },
		{ "timestamptz(2)", "2024-02-29 12:00:00.50",
		  "default=2024-02-29 12:00:00.50+00" },
		{ "timestamptz(0)", "0000-00-00 00:00:00", "default=0000-00-00 00:00:00+00" },
		{ "timestamp(0)", "CURRENT_TIMESTAMP", "defexpr=CURRENT_TIMESTAMP" },
		{ "timestamptz(6)", "CURRENT_TIMESTAMP(6)", "defexpr=CURRENT_TIMESTAMP(6)" },
		{ "varchar(20)", "CURRENT_TIMESTAMP", "default=CURRENT_TIMESTAMP" },
		{ "varchar(20)", "NULL", "default=NULL" },
		{ "varchar(20)", "", "default=" },
		{ "varchar(20)", "'x'", "default='x'" },
		{ "varchar(20)", "\\N", "default=\\\\N" },
		{ "varchar(20)", "#\t\n", "default=\\#\\t\\n" },
		{ "varbinary(4)", "ab", "default=\\\\x6162" },
		{ "varbinary(4)", "0x00FF", "default=\\\\x00ff" }, /* MySQL 8 */
		{ "varbinary(4)", "", "default=\\\\x" },
		{ "enum", "b'c", "default=b'c" },
		{ "set", "", "default={}" },
		{ "set", "a,b c,null,\"", "default={a,\"b c\",\"null\",\"\\\\\"\"}" },
		{ "set", "x\\y,{", "default={\"x\\\\\\\\y\",\"{\"}" },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct buf got = { 0 };

		set(&got, known[i].type, known[i].text, MYSQL_DEFAULT_VALUE);
		is_str(buf_str(&got), known[i].want, known[i].type);
		buf_release(&got);
	}
}

/* What MariaDB says, and MySQL 8 of expressions once they are unescaped. */
static void
test_sql(void)
{
	static const struct {
		const char *type, *text, *want;
	} known[] = {
		{ "i32", "NULL", "" },
		{ "varchar(4)", "NULL", "" },
		{ "varchar(4)", "null", "" },
		{ "varchar(4)", "'NULL'", "default=NULL" },
		{ "i32", "7", "default=7" },
		{ "i32", "'7'", "default=7" },
		{ "i32", "-7", "default=-7" },
		{ "i32", "1.5", "defexpr=1.5" },
		{ "i32", "(1 + 2)", "defexpr=(1 + 2)" },
		{ "i32", "nextval(`d`.`s`)", "defexpr=nextval(`d`.`s`)" },
		{ "i32", "`a`", "defexpr=`a`" },
		{ "f64", "3.141592653589793", "default=3.141592653589793" },
		{ "f64", "pi()", "defexpr=pi()" },
		{ "bit(3)", "b'101'", "default=101" },
		{ "bit(3)", "b'1010'", "defexpr=b'1010'" },
		{ "bit(3)", "b'12'", "defexpr=b'12'" },
		{ "varchar(9)", "''", "default=" },
		{ "varchar(9)", "'it''s'", "default=it's" },
		{ "varchar(9)", "'it\\'s'", "default=it's" },
		{ "varchar(9)", "'a\\\\b\\n\\0'", "default=a\\\\b\\n\\000" },
		{ "varchar(9)", "'\\%\\_\\x'", "default=\\\\%\\\\_x" },
		{ "varchar(9)", "'a' 'b'", "defexpr='a' 'b'" },
		{ "varchar(9)", "'a''", "defexpr='a''" },
		{ "varchar(9)", "'a\\'", "defexpr='a\\'" },
		{ "varchar(9)", "'", "defexpr='" },
		{ "varchar(9)", "5", "defexpr=5" },
		{ "varchar(9)", "concat('a','b')", "defexpr=concat('a','b')" },
		{ "varchar(9)", "'current_timestamp()'", "default=current_timestamp()" },
		{ "varchar(9)", "current_timestamp()", "defexpr=CURRENT_TIMESTAMP" },
		{ "text", "_utf8mb4'abc'", "default=abc" },
		{ "text", "_latin1'a''b'", "default=a'b" },
		{ "text", "_utf8mb4", "defexpr=_utf8mb4" },
		{ "text", "_utf8mb4 x'61'", "defexpr=_utf8mb4 x'61'" },
		{ "timestamp(0)", "current_timestamp()", "defexpr=CURRENT_TIMESTAMP" },
		{ "timestamp(3)", "current_timestamp(3)", "defexpr=CURRENT_TIMESTAMP(3)" },
		{ "timestamp(3)", "CURRENT_TIMESTAMP(3)", "defexpr=CURRENT_TIMESTAMP(3)" },
		{ "timestamp(0)", "(current_timestamp() + interval 1 day)",
		  "defexpr=(current_timestamp() + interval 1 day)" },
		{ "timestamp(0)", "current_timestamp() + interval 1 day",
		  "defexpr=current_timestamp() + interval 1 day" },
		{ "timestamp(0)", "'2024-01-01 00:00:00'", "default=2024-01-01 00:00:00" },
		{ "timestamp(0)", "'2024-01-01 00:00:00.5'",
		  "defexpr='2024-01-01 00:00:00.5'" },
		{ "date", "curdate()", "defexpr=curdate()" },
		{ "date", "'2024-01-01'", "default=2024-01-01" },
		{ "date", "'2024-1-1'", "defexpr='2024-1-1'" },
		{ "time(0)", "'24:00'", "defexpr='24:00'" },
		{ "bytes", "X'00ff'", "default=\\\\x00ff" },
		{ "bytes", "0x00FF", "default=\\\\x00ff" },
		{ "bytes", "X'0'", "defexpr=X'0'" },
		{ "bytes", "X'0g'", "defexpr=X'0g'" },
		{ "bytes", "'ab'", "default=\\\\x6162" },
		{ "text", "X'61'", "defexpr=X'61'" },
		{ "uuid", "'123E4567-E89B-12D3-A456-426655440000'",
		  "default=123e4567-e89b-12d3-a456-426655440000" },
		{ "uuid", "uuid()", "defexpr=uuid()" },
		{ "inet", "'::1'", "default=::1" },
		{ "json", "'{}'", "default={}" },
		{ "json", "json_array()", "defexpr=json_array()" },
		{ "geometry", "point(1,2)", "defexpr=point(1,2)" },
		{ "other", "'x'", "defexpr='x'" },
		{ "set", "'a,b'", "default={a,b}" },
		{ "enum", "'a'", "default=a" },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct buf got = { 0 };

		set(&got, known[i].type, known[i].text, MYSQL_DEFAULT_SQL);
		is_str(buf_str(&got), known[i].want, known[i].type);
		buf_release(&got);
	}
}

static void
test_foreign(void)
{
	/* Each key as name|update|delete, separated by blanks. */
	static const struct {
		const char *text, *keys;
	} known[] = {
		{ "CREATE TABLE `t` (\n  `a` int\n)", "" },
		{ "  CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`)\n",
		  "f|RESTRICT|RESTRICT " },
		{ "CONSTRAINT `f` FOREIGN KEY (`a`, `b`) REFERENCES `d`.`p` (`id`, `b`) ON DELETE CASCADE ON UPDATE SET NULL,\n"
		  "CONSTRAINT `g``h` FOREIGN KEY (`)`) REFERENCES `ON DELETE` (`(`) ON DELETE NO ACTION\n) COMMENT='x'",
		  "f|SET NULL|CASCADE g`h|RESTRICT|NO ACTION " },
		{ "`a` int COMMENT 'it''s CONSTRAINT `f` FOREIGN KEY (`a`)',\n CONSTRAINT `c` CHECK (`a` > 0)",
		  "" },
		{ "`CONSTRAINT ``f`` FOREIGN KEY` int", "" },
		{ "CONSTRAINT `f` FOREIGN KEY (`a`", "f|RESTRICT|RESTRICT " },
		{ "CONSTRAINT `f", "" },
		{ "CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`) ON",
		  "f|RESTRICT|RESTRICT " },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct str text = str_cstr(known[i].text);
		struct create_foreign f;
		struct pool pool = { 0 };
		struct buf got = { 0 };

		buf_reserve(&got, 1);
		while (create_next_foreign(&text, &pool, &f)) {
			buf_add(&got, f.name);
			buf_addc(&got, '|');
			buf_add(&got, f.on_update);
			buf_addc(&got, '|');
			buf_add(&got, f.on_delete);
			buf_addc(&got, ' ');
		}
		is_str(buf_str(&got), known[i].keys,
		       known[i].text[0] ? "foreign keys" : "no text");
		buf_release(&got);
		pool_release(&pool);
	}
}

int
main(void)
{
	test_values();
	test_sql();
	test_foreign();
	return done();
}
