/* Types as PostgreSQL's format_type() prints them. */
#include "transform/cast-schema.h"

static const struct {
	const char *name;
	const char *behind; /* what comes after the parentheses */
} words[] = {
	[TYPE_BOOL] = { "boolean", "" },
	[TYPE_I16] = { "smallint", "" },
	[TYPE_I32] = { "integer", "" },
	[TYPE_I64] = { "bigint", "" },
	[TYPE_DECIMAL] = { "numeric", "" },
	[TYPE_F32] = { "real", "" },
	[TYPE_F64] = { "double precision", "" },
	[TYPE_CHAR] = { "character", "" },
	[TYPE_VARCHAR] = { "character varying", "" },
	[TYPE_TEXT] = { "text", "" },
	[TYPE_BYTES] = { "bytea", "" },
	[TYPE_DATE] = { "date", "" },
	[TYPE_TIME] = { "time", " without time zone" },
	[TYPE_TIMETZ] = { "time", " with time zone" },
	[TYPE_TIMESTAMP] = { "timestamp", " without time zone" },
	[TYPE_TIMESTAMPTZ] = { "timestamp", " with time zone" },
	[TYPE_INTERVAL] = { "interval", "" },
	[TYPE_BIT] = { "bit", "" },
	[TYPE_VARBIT] = { "bit varying", "" },
	[TYPE_UUID] = { "uuid", "" },
	[TYPE_INET] = { "inet", "" },
	[TYPE_JSON] = { "json", "" },
	[TYPE_JSONB] = { "jsonb", "" },
	[TYPE_XML] = { "xml", "" },
};

/* PostgreSQL 15: src/include/catalog/pg_type.h and utils/varbit.h set these bounds. */
enum { CHARACTERS_MAX = 10485760, BITS_MAX = 83886080, SECOND_DIGITS = 6 };

static void
add_typmod(struct buf *b, struct type t)
{
	switch (t.kind) {
	case TYPE_DECIMAL:
		if (t.precision > 0)
			buf_addf(b, "(%d,%d)", t.precision, t.scale);
		break;
	case TYPE_CHAR:
	case TYPE_VARCHAR:
		if (t.precision > 0 && t.precision <= CHARACTERS_MAX)
			buf_addf(b, "(%d)", t.precision);
		break;
	case TYPE_BIT:
	case TYPE_VARBIT:
		if (t.precision > 0 && t.precision <= BITS_MAX)
			buf_addf(b, "(%d)", t.precision);
		break;
	case TYPE_TIME:
	case TYPE_TIMETZ:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL:
		if (t.precision >= 0 && t.precision < SECOND_DIGITS)
			buf_addf(b, "(%d)", t.precision);
		break;
	default: break;
	}
}

void
pg_type_add(struct buf *b, struct type t)
{
	/* character without a length would be one long. */
	if (t.kind == TYPE_CHAR && (t.precision <= 0 || t.precision > CHARACTERS_MAX)) {
		buf_add(b, STR("bpchar"));
	} else {
		buf_add(b, str_cstr(words[t.kind].name));
		add_typmod(b, t);
		buf_add(b, str_cstr(words[t.kind].behind));
	}
	if (t.array)
		buf_add(b, STR("[]"));
}
