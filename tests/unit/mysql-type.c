/* MySQL's and MariaDB's column types: what they are, how src= says them, and the labels in them. */
#include "schema/mysql/type.h"
#include "schema/types.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static void
test_types(void)
{
	static const struct {
		const char *column_type, *type;
	} known[] = {
		{ "tinyint(1)", "i8" },
		{ "tinyint(3) unsigned", "u8" },
		{ "tinyint unsigned", "u8" }, /* MySQL 8.0.19 and later: no widths */
		{ "smallint(6)", "i16" },
		{ "smallint(5) unsigned", "u16" },
		{ "mediumint(9)", "i32" },
		{ "mediumint(8) unsigned zerofill", "u32" },
		{ "int", "i32" },
		{ "int(1)", "i32" },
		{ "int(10) unsigned", "u32" },
		{ "bigint(20)", "i64" },
		{ "bigint(20) unsigned", "u64" },
		{ "BIGINT UNSIGNED", "u64" },
		{ "decimal(10,0)", "decimal(10,0)" },
		{ "decimal(65,30) unsigned zerofill", "decimal(65,30)" },
		{ "decimal(65,38)", "decimal(65,38)" },
		{ "float", "f32" },
		{ "float(7,3) unsigned", "f32" },
		{ "double", "f64" },
		{ "double(10,2) unsigned", "f64" },
		{ "bit(1)", "bit(1)" },
		{ "bit(64)", "bit(64)" },
		{ "year(4)", "year" },
		{ "year(2)", "year" },
		{ "year", "year" },
		{ "date", "date" },
		{ "datetime", "timestamp(0)" },
		{ "datetime(6)", "timestamp(6)" },
		{ "datetime /* mariadb-5.3 */", "timestamp(0)" },
		{ "datetime(3) /* mariadb-5.3 */", "timestamp(3)" },
		{ "timestamp", "timestamptz(0)" },
		{ "timestamp(1)", "timestamptz(1)" },
		{ "time", "time(0)" },
		{ "time(6)", "time(6)" },
		{ "char(0)", "char(0)" },
		{ "char(255)", "char(255)" },
		{ "varchar(65535)", "varchar(65535)" },
		{ "varchar(100) /*M!100301 COMPRESSED*/", "varchar(100)" },
		{ "tinytext", "text" },
		{ "text", "text" },
		{ "mediumtext", "text" },
		{ "longtext", "text" },
		{ "text /*M!100301 COMPRESSED*/", "text" },
		{ "json", "json" },
		{ "binary(16)", "binary(16)" },
		{ "varbinary(10)", "varbinary(10)" },
		{ "tinyblob", "bytes" },
		{ "blob /*M!100301 COMPRESSED*/", "bytes" },
		{ "mediumblob", "bytes" },
		{ "longblob", "bytes" },
		{ "enum('a','b')", "enum" },
		{ "enum(')')", "enum" },
		{ "set('int(11)')", "set" },
		{ "geometry", "geometry" },
		{ "point", "geometry" },
		{ "linestring", "geometry" },
		{ "polygon", "geometry" },
		{ "multipoint", "geometry" },
		{ "multilinestring", "geometry" },
		{ "multipolygon", "geometry" },
		{ "geometrycollection", "geometry" },
		{ "geomcollection", "geometry" },
		{ "uuid", "uuid" },
		{ "inet4", "inet" },
		{ "inet6", "inet" },
		{ "vector(3)", "other" },
		{ "point3d", "other" },
		{ "int8", "other" },
		{ "", "other" },
		{ "(1)", "other" },
		{ "decimal", "other" },
		{ "decimal(10)", "other" },
		{ "decimal(10,2", "other" },
		{ "decimal(66,2)", "other" },
		{ "varchar(-1)", "other" },
		{ "varchar(65536)", "other" },
		{ "varchar()", "other" },
		{ "datetime(7)", "other" },
		{ "datetime(6", "other" },
		{ "int+", "other" },
	};
	struct type type;

	for (size_t i = 0; i < COUNT(known); i++) {
		struct mysql_type got = mysql_type(str_cstr(known[i].column_type));

		is_str(str_cstr(got.text), known[i].type, known[i].column_type);
		ok(type_parse(str_cstr(got.text), &type), "%s is a neutral type", got.text);
	}
}

static void
test_src(void)
{
	static const struct {
		const char *column_type, *src;
	} known[] = {
		{ "int(11)", "int(11)" },
		{ "BIGINT(20) UNSIGNED ZEROFILL", "bigint(20) unsigned zerofill" },
		{ "varchar(100) /*M!100301 COMPRESSED*/", "varchar(100)" },
		{ "datetime(3) /* mariadb-5.3 */", "datetime(3)" },
		{ "ENUM('A','It''S','\\\\','/*B*/',') X')",
		  "enum('A','It''S','\\\\','/*B*/',') X')" },
		{ "enum('A\\'", "enum('A\\'" },
		{ "int /*", "int" },
		{ "int /* *", "int" },
		{ "'", "'" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct buf b = { 0 };

		buf_add(&b, STR("x "));
		mysql_type_src(&b, str_cstr(known[i].column_type));
		is_str(str_of(b.p + 2, b.n - 2), known[i].src, known[i].column_type);
		buf_release(&b);
	}
}

static void
test_labels(void)
{
	/* Labels are shown with a | behind each, and a malformed text with a !. */
	static const struct {
		const char *column_type, *labels;
	} known[] = {
		{ "enum('a')", "a|" },
		{ "set('a','b c','')", "a|b c||" },
		{ "enum('a''b','''','a''')", "a'b|'|a'|" },
		{ "enum('a\\\\b','\\\\','\\\\''')", "a\\b|\\|\\'|" },
		{ "enum('x,y','('')',')')", "x,y|(')|)|" },
		{ "enum('\\n','\\r','\\\\n')", "\n|\r|\\n|" },
		{ "enum('\t\x1a\"`#','\\\\N')", "\t\x1a\"`#|\\N|" },
		{ "enum('\xc3\xbc','\xe2\x82\xac')", "\xc3\xbc|\xe2\x82\xac|" },
		{ "enum('a') ", "a|" },
		{ "enum", "!" },
		{ "enum(", "!" },
		{ "enum()", "!" },
		{ "enum('", "!" },
		{ "enum('a", "!" },
		{ "enum('a\\'", "!" },
		{ "enum('a'", "a|!" },
		{ "enum('a',", "a|!" },
		{ "enum('a',)", "a|!" },
		{ "enum('a''", "!" },
		{ "enum('a'b)", "a|!" },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct mysql_labels l = { .rest = str_cstr(known[i].column_type) };
		struct buf b = { 0 };
		int got;

		while ((got = mysql_label_next(&l, &b)) > 0)
			buf_addc(&b, '|');
		if (got < 0)
			buf_addc(&b, '!');
		is_str(buf_str(&b), known[i].labels, known[i].column_type);
		buf_release(&b);
	}
	{
		struct mysql_labels l = { .rest = STR("enum('\\0a')") };
		struct buf b = { 0 };

		ok(mysql_label_next(&l, &b) == 1 && str_eq(buf_str(&b), STR("\0a")),
		   "a label with a zero byte");
		buf_release(&b);
	}
}

static void
test_json(void)
{
	ok(mysql_is_json(STR("longtext"), STR("a"), STR("json_valid(`a`)")), "json");
	ok(mysql_is_json(STR("longtext"), STR("a`b"), STR("json_valid(`a``b`)")),
	   "json with a quote in its name");
	ok(!mysql_is_json(STR("longtext"), STR("b"), STR("json_valid(`a`)")),
	   "a check of another column");
	ok(!mysql_is_json(STR("text"), STR("a"), STR("json_valid(`a`)")), "a shorter text");
	ok(!mysql_is_json(STR("longtext"), STR("a"), STR("json_valid(`a`) and `a` <> ''")),
	   "more than that");
}

int
main(void)
{
	test_types();
	test_src();
	test_labels();
	test_json();
	return done();
}
