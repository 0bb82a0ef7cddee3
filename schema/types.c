/* Types: the neutral ones of schema(5), and PostgreSQL's own mapped onto the same kinds. */
#include "schema/types.h"
#include "schema/base/num.h"

/* What stands in parentheses behind a type's name. */
enum typmod { NONE, LENGTH, DIGITS, PRECISION_SCALE };

struct type_name {
	const char *name;
	enum type_kind kind;
	enum typmod typmod;
	bool required; /* the parentheses */
};

static const struct type_name neutral[] = {
	{ "bool", TYPE_BOOL, NONE, false },
	{ "i8", TYPE_I8, NONE, false },
	{ "i16", TYPE_I16, NONE, false },
	{ "i32", TYPE_I32, NONE, false },
	{ "i64", TYPE_I64, NONE, false },
	{ "u8", TYPE_U8, NONE, false },
	{ "u16", TYPE_U16, NONE, false },
	{ "u32", TYPE_U32, NONE, false },
	{ "u64", TYPE_U64, NONE, false },
	{ "year", TYPE_YEAR, NONE, false },
	{ "decimal", TYPE_DECIMAL, PRECISION_SCALE, false },
	{ "f32", TYPE_F32, NONE, false },
	{ "f64", TYPE_F64, NONE, false },
	{ "char", TYPE_CHAR, LENGTH, true },
	{ "varchar", TYPE_VARCHAR, LENGTH, true },
	{ "text", TYPE_TEXT, NONE, false },
	{ "binary", TYPE_BINARY, LENGTH, true },
	{ "varbinary", TYPE_VARBINARY, LENGTH, true },
	{ "bytes", TYPE_BYTES, NONE, false },
	{ "date", TYPE_DATE, NONE, false },
	{ "time", TYPE_TIME, DIGITS, true },
	{ "timestamp", TYPE_TIMESTAMP, DIGITS, true },
	{ "timestamptz", TYPE_TIMESTAMPTZ, DIGITS, true },
	{ "interval", TYPE_INTERVAL, DIGITS, true },
	{ "bit", TYPE_BIT, LENGTH, true },
	{ "uuid", TYPE_UUID, NONE, false },
	{ "inet", TYPE_INET, NONE, false },
	{ "json", TYPE_JSON, NONE, false },
	{ "xml", TYPE_XML, NONE, false },
	{ "enum", TYPE_ENUM, NONE, false },
	{ "set", TYPE_SET, NONE, false },
	{ "geometry", TYPE_GEOMETRY, NONE, false },
	{ "other", TYPE_OTHER, NONE, false },
};

/* PostgreSQL 15 manual, table 8.1, with the internal names of pg_type. Longer names before their beginnings. */
static const struct type_name postgresql[] = {
	{ "boolean", TYPE_BOOL, NONE, false },
	{ "bool", TYPE_BOOL, NONE, false },
	{ "smallint", TYPE_I16, NONE, false },
	{ "int2", TYPE_I16, NONE, false },
	{ "integer", TYPE_I32, NONE, false },
	{ "int", TYPE_I32, NONE, false },
	{ "int4", TYPE_I32, NONE, false },
	{ "bigint", TYPE_I64, NONE, false },
	{ "int8", TYPE_I64, NONE, false },
	{ "numeric", TYPE_DECIMAL, PRECISION_SCALE, false },
	{ "decimal", TYPE_DECIMAL, PRECISION_SCALE, false },
	{ "real", TYPE_F32, NONE, false },
	{ "float4", TYPE_F32, NONE, false },
	{ "double precision", TYPE_F64, NONE, false },
	{ "float8", TYPE_F64, NONE, false },
	{ "character varying", TYPE_VARCHAR, LENGTH, false },
	{ "varchar", TYPE_VARCHAR, LENGTH, false },
	{ "character", TYPE_CHAR, LENGTH, false },
	{ "char", TYPE_CHAR, LENGTH, false },
	{ "bpchar", TYPE_CHAR, LENGTH, false },
	{ "text", TYPE_TEXT, NONE, false },
	{ "bytea", TYPE_BYTES, NONE, false },
	{ "date", TYPE_DATE, NONE, false },
	{ "time with time zone", TYPE_TIMETZ, DIGITS, false },
	{ "timetz", TYPE_TIMETZ, DIGITS, false },
	{ "time without time zone", TYPE_TIME, DIGITS, false },
	{ "time", TYPE_TIME, DIGITS, false },
	{ "timestamp with time zone", TYPE_TIMESTAMPTZ, DIGITS, false },
	{ "timestamptz", TYPE_TIMESTAMPTZ, DIGITS, false },
	{ "timestamp without time zone", TYPE_TIMESTAMP, DIGITS, false },
	{ "timestamp", TYPE_TIMESTAMP, DIGITS, false },
	{ "interval", TYPE_INTERVAL, DIGITS, false },
	{ "bit varying", TYPE_VARBIT, LENGTH, false },
	{ "varbit", TYPE_VARBIT, LENGTH, false },
	{ "bit", TYPE_BIT, LENGTH, false },
	{ "uuid", TYPE_UUID, NONE, false },
	{ "inet", TYPE_INET, NONE, false },
	{ "json", TYPE_JSON, NONE, false },
	{ "jsonb", TYPE_JSONB, NONE, false },
	{ "xml", TYPE_XML, NONE, false },
};

enum { LENGTH_MAX = 0x7fffffff, DIGITS_MAX = 9, PRECISION_MAX = 1000 };

static struct str
trim_spaces(struct str s)
{
	while (s.n && s.p[0] == ' ') {
		s.p++;
		s.n--;
	}
	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

/* The numbers in the parentheses. */
static bool
parse_typmod(struct str in, const struct type_name *name, struct type *out)
{
	struct str first, second;
	size_t p = 0;
	int64_t s = 0;

	switch (name->typmod) {
	case NONE: return false;
	case LENGTH:
		if (!num_size(in, LENGTH_MAX, &p))
			return false;
		break;
	case DIGITS:
		if (!num_size(in, DIGITS_MAX, &p))
			return false;
		break;
	case PRECISION_SCALE:
		if (str_cut(in, ',', &first, &second) && !num_i64(trim_spaces(second), &s))
			return false;
		if (s < -PRECISION_MAX || s > PRECISION_MAX)
			return false;
		if (!num_size(trim_spaces(first), PRECISION_MAX, &p))
			return false;
		break;
	}
	out->precision = (int)p;
	out->scale = (int)s;
	return true;
}

/* What PostgreSQL and schema(5) mean when nothing is said: six digits of a second, no limit otherwise. */
static struct type
plain(const struct type_name *name)
{
	int p = name->typmod == DIGITS ? 6 : -1;

	return (struct type){ .kind = name->kind, .precision = p, .scale = -1 };
}

static bool
take_array(struct str *text)
{
	bool array = false;

	while (text->n > 2 && text->p[text->n - 2] == '[' && text->p[text->n - 1] == ']') {
		text->n -= 2;
		array = true;
	}
	return array;
}

bool
type_parse(struct str text, struct type *out)
{
	bool array = text.n > 2 && str_eq(str_of(text.p + text.n - 2, 2), STR("[]"));
	struct str head, in;
	bool parens;

	if (array)
		text.n -= 2;
	parens = str_cut(text, '(', &head, &in);
	if (parens && (in.n < 2 || in.p[in.n - 1] != ')'))
		return false;
	for (size_t i = 0; i < sizeof(neutral) / sizeof(neutral[0]); i++) {
		const struct type_name *name = &neutral[i];

		if (!str_eq(head, str_cstr(name->name)))
			continue;
		*out = plain(name);
		out->array = array;
		if (!parens)
			return !name->required;
		if (!parse_typmod(str_of(in.p, in.n - 1), name, out))
			return false;
		return name->typmod != PRECISION_SCALE ||
		    (memchr(in.p, ',', in.n) && !memchr(in.p, '-', in.n));
	}
	return false;
}

/* text without its parentheses, which go to *in: timestamp(3) with time zone is two pieces. False when unbalanced. */
static bool
take_parens(struct str text, struct buf *head, struct str *in)
{
	struct str before, rest, after;

	*in = STR_NONE;
	if (!str_cut(text, '(', &before, &rest)) {
		buf_add(head, text);
		return true;
	}
	if (!str_cut(rest, ')', in, &after))
		return false;
	buf_add(head, str_trim(before));
	buf_add(head, after);
	return true;
}

void
type_parse_pg(struct str text, struct type *out)
{
	bool array = take_array(&text);
	struct buf head = { 0 };
	struct str in;

	*out =
	    (struct type){ .kind = TYPE_OTHER, .array = array, .precision = -1, .scale = -1 };
	if (!take_parens(str_trim(text), &head, &in))
		head.n = 0;
	for (size_t i = 0; i < sizeof(postgresql) / sizeof(postgresql[0]); i++) {
		const struct type_name *name = &postgresql[i];
		struct type found = plain(name);

		if (!str_eq_nocase(buf_str(&head), str_cstr(name->name)))
			continue;
		if (in.p && !parse_typmod(in, name, &found))
			break;
		/* character and bit without a length are one long. */
		if (!in.p &&
		    (found.kind == TYPE_BIT ||
		     (found.kind == TYPE_CHAR && name->name[0] != 'b')))
			found.precision = 1;
		*out = found;
		out->array = array;
		break;
	}
	buf_release(&head);
}

struct type
type_of(struct str text, bool pg)
{
	struct type t = { .kind = TYPE_OTHER, .precision = -1, .scale = -1 };

	if (pg)
		type_parse_pg(text, &t);
	else if (!type_parse(text, &t))
		t.kind = TYPE_OTHER;
	return t;
}
