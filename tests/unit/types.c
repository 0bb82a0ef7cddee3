/* Types: each neutral one in its one spelling, PostgreSQL's in all of theirs. */
#include "schema/types.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

struct known {
	const char *text;
	enum type_kind kind;
	int precision, scale;
	bool array;
};

static bool
same(const struct type *t, const struct known *k)
{
	return t->kind == k->kind && t->precision == k->precision && t->array == k->array &&
	    (k->kind != TYPE_DECIMAL || t->scale == k->scale);
}

static void
test_neutral(void)
{
	static const struct known good[] = {
		{ "bool", TYPE_BOOL, -1, -1, false },
		{ "i8", TYPE_I8, -1, -1, false },
		{ "i16", TYPE_I16, -1, -1, false },
		{ "i32", TYPE_I32, -1, -1, false },
		{ "i64", TYPE_I64, -1, -1, false },
		{ "u8", TYPE_U8, -1, -1, false },
		{ "u16", TYPE_U16, -1, -1, false },
		{ "u32", TYPE_U32, -1, -1, false },
		{ "u64", TYPE_U64, -1, -1, false },
		{ "year", TYPE_YEAR, -1, -1, false },
		{ "decimal", TYPE_DECIMAL, -1, -1, false },
		{ "decimal(10,2)", TYPE_DECIMAL, 10, 2, false },
		{ "decimal(0,0)", TYPE_DECIMAL, 0, 0, false },
		{ "decimal(1000,1000)", TYPE_DECIMAL, 1000, 1000, false },
		{ "f32", TYPE_F32, -1, -1, false },
		{ "f64", TYPE_F64, -1, -1, false },
		{ "char(1)", TYPE_CHAR, 1, -1, false },
		{ "varchar(2147483647)", TYPE_VARCHAR, 2147483647, -1, false },
		{ "text", TYPE_TEXT, -1, -1, false },
		{ "binary(16)", TYPE_BINARY, 16, -1, false },
		{ "varbinary(3)", TYPE_VARBINARY, 3, -1, false },
		{ "bytes", TYPE_BYTES, -1, -1, false },
		{ "date", TYPE_DATE, -1, -1, false },
		{ "time(0)", TYPE_TIME, 0, -1, false },
		{ "timestamp(6)", TYPE_TIMESTAMP, 6, -1, false },
		{ "timestamptz(9)", TYPE_TIMESTAMPTZ, 9, -1, false },
		{ "interval(3)", TYPE_INTERVAL, 3, -1, false },
		{ "bit(64)", TYPE_BIT, 64, -1, false },
		{ "uuid", TYPE_UUID, -1, -1, false },
		{ "inet", TYPE_INET, -1, -1, false },
		{ "json", TYPE_JSON, -1, -1, false },
		{ "xml", TYPE_XML, -1, -1, false },
		{ "enum", TYPE_ENUM, -1, -1, false },
		{ "set", TYPE_SET, -1, -1, false },
		{ "geometry", TYPE_GEOMETRY, -1, -1, false },
		{ "other", TYPE_OTHER, -1, -1, false },
		{ "text[]", TYPE_TEXT, -1, -1, true },
		{ "varchar(3)[]", TYPE_VARCHAR, 3, -1, true },
		{ "decimal(10,2)[]", TYPE_DECIMAL, 10, 2, true },
	};
	static const char *const bad[] = {
		"",
		"[]",
		"BOOL",
		"Text",
		"int",
		"bigint",
		"numeric(1,2)",
		" text",
		"text ",
		"text()",
		"text(3)",
		"bool(1)",
		"char",
		"char()",
		"char(x)",
		"char(-1)",
		"char(+1)",
		"char(1",
		"char1)",
		"char(1))",
		"char(1)x",
		"char(2147483648)",
		"char(99999999999999999999)",
		"varchar",
		"binary",
		"varbinary",
		"bit",
		"time",
		"timestamp",
		"timestamptz",
		"interval",
		"time(10)",
		"timestamp(-1)",
		"timestamp(6) ",
		"decimal()",
		"decimal(10)",
		"decimal(10,)",
		"decimal(,2)",
		"decimal(1001,0)",
		"decimal(10,1001)",
		"decimal(10,-2)",
		"decimal(1,2,3)",
		"text[][]",
		"text[3]",
		"text []",
		"jsonb",
		"varbit",
		"timetz",
		"u128",
		"i",
	};
	struct type t;

	for (size_t i = 0; i < COUNT(good); i++) {
		ok(type_parse(str_cstr(good[i].text), &t) && same(&t, &good[i]), "%s",
		   good[i].text);
		t = type_of(str_cstr(good[i].text), false);
		ok(same(&t, &good[i]), "  type_of says the same");
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		ok(!type_parse(str_cstr(bad[i]), &t), "'%s' is no neutral type", bad[i]);
		ok(type_of(str_cstr(bad[i]), false).kind == TYPE_OTHER, "  but some other one");
	}
	ok(!type_parse(STR_NONE, &t), "nothing is no type");
	ok(!type_parse(str_of("text[]", 2), &t), "what lies behind the text is not read");
}

static void
test_postgresql(void)
{
	static const struct known known[] = {
		{ "boolean", TYPE_BOOL, -1, -1, false },
		{ "bool", TYPE_BOOL, -1, -1, false },
		{ "smallint", TYPE_I16, -1, -1, false },
		{ "int2", TYPE_I16, -1, -1, false },
		{ "integer", TYPE_I32, -1, -1, false },
		{ "INTEGER", TYPE_I32, -1, -1, false },
		{ "int", TYPE_I32, -1, -1, false },
		{ "int4", TYPE_I32, -1, -1, false },
		{ "bigint", TYPE_I64, -1, -1, false },
		{ "int8", TYPE_I64, -1, -1, false },
		{ "numeric", TYPE_DECIMAL, -1, -1, false },
		{ "numeric(10)", TYPE_DECIMAL, 10, 0, false },
		{ "numeric(10,2)", TYPE_DECIMAL, 10, 2, false },
		{ "numeric(10, 2)", TYPE_DECIMAL, 10, 2, false },
		{ "decimal(5)", TYPE_DECIMAL, 5, 0, false },
		{ "real", TYPE_F32, -1, -1, false },
		{ "float4", TYPE_F32, -1, -1, false },
		{ "double precision", TYPE_F64, -1, -1, false },
		{ "float8", TYPE_F64, -1, -1, false },
		{ "character varying", TYPE_VARCHAR, -1, -1, false },
		{ "character varying(255)", TYPE_VARCHAR, 255, -1, false },
		{ "varchar(3)", TYPE_VARCHAR, 3, -1, false },
		{ "varchar", TYPE_VARCHAR, -1, -1, false },
		{ "character", TYPE_CHAR, 1, -1, false },
		{ "character(3)", TYPE_CHAR, 3, -1, false },
		{ "char", TYPE_CHAR, 1, -1, false },
		{ "bpchar", TYPE_CHAR, -1, -1, false },
		{ "text", TYPE_TEXT, -1, -1, false },
		{ "bytea", TYPE_BYTES, -1, -1, false },
		{ "date", TYPE_DATE, -1, -1, false },
		{ "time", TYPE_TIME, 6, -1, false },
		{ "time(3)", TYPE_TIME, 3, -1, false },
		{ "time without time zone", TYPE_TIME, 6, -1, false },
		{ "time(0) without time zone", TYPE_TIME, 0, -1, false },
		{ "time with time zone", TYPE_TIMETZ, 6, -1, false },
		{ "time(3) with time zone", TYPE_TIMETZ, 3, -1, false },
		{ "timetz(3)", TYPE_TIMETZ, 3, -1, false },
		{ "timestamp", TYPE_TIMESTAMP, 6, -1, false },
		{ "timestamp without time zone", TYPE_TIMESTAMP, 6, -1, false },
		{ "timestamp(3) without time zone", TYPE_TIMESTAMP, 3, -1, false },
		{ "timestamp with time zone", TYPE_TIMESTAMPTZ, 6, -1, false },
		{ "timestamp(0) with time zone", TYPE_TIMESTAMPTZ, 0, -1, false },
		{ "timestamptz", TYPE_TIMESTAMPTZ, 6, -1, false },
		{ "interval", TYPE_INTERVAL, 6, -1, false },
		{ "interval(3)", TYPE_INTERVAL, 3, -1, false },
		{ "bit", TYPE_BIT, 1, -1, false },
		{ "bit(8)", TYPE_BIT, 8, -1, false },
		{ "bit varying", TYPE_VARBIT, -1, -1, false },
		{ "bit varying(8)", TYPE_VARBIT, 8, -1, false },
		{ "varbit(8)", TYPE_VARBIT, 8, -1, false },
		{ "uuid", TYPE_UUID, -1, -1, false },
		{ "inet", TYPE_INET, -1, -1, false },
		{ "json", TYPE_JSON, -1, -1, false },
		{ "jsonb", TYPE_JSONB, -1, -1, false },
		{ "xml", TYPE_XML, -1, -1, false },
		{ " text ", TYPE_TEXT, -1, -1, false },
		{ "text[]", TYPE_TEXT, -1, -1, true },
		{ "numeric(10,2)[]", TYPE_DECIMAL, 10, 2, true },
		{ "timestamp(3) with time zone[]", TYPE_TIMESTAMPTZ, 3, -1, true },
		{ "integer[][]", TYPE_I32, -1, -1, true },
		{ "money", TYPE_OTHER, -1, -1, false },
		{ "public.mood", TYPE_OTHER, -1, -1, false },
		{ "mood[]", TYPE_OTHER, -1, -1, true },
		{ "text(3", TYPE_OTHER, -1, -1, false },
		{ "varchar(x)", TYPE_OTHER, -1, -1, false },
		{ "numeric(10,x)", TYPE_OTHER, -1, -1, false },
		{ "\"char\"", TYPE_OTHER, -1, -1, false },
		{ "", TYPE_OTHER, -1, -1, false },
		{ "textual", TYPE_OTHER, -1, -1, false },
	};
	struct type t;

	for (size_t i = 0; i < COUNT(known); i++) {
		type_parse_pg(str_cstr(known[i].text), &t);
		if (!ok(same(&t, &known[i]), "PostgreSQL: '%s'", known[i].text))
			printf("# kind %d precision %d scale %d array %d\n", t.kind,
			       t.precision, t.scale, t.array);
		t = type_of(str_cstr(known[i].text), true);
		ok(same(&t, &known[i]), "  type_of says the same");
	}
}

int
main(void)
{
	test_neutral();
	test_postgresql();
	return done();
}
