/* The columns of a result, as the server describes them. */
#include "schema/mysql/field.h"

/* Texts say so by their charset; bytes have that of number 63. */
enum { CHARSET_BINARY = 63, BYTES_PER_CHARACTER = 4, FRACTION_MAX = 6 };

/* Without parameters; of integers the unsigned one too. */
static const struct {
	enum enum_field_types type;
	const char *neutral, *without_sign;
} plain[] = {
	{ MYSQL_TYPE_TINY, "i8", "u8" },        { MYSQL_TYPE_SHORT, "i16", "u16" },
	{ MYSQL_TYPE_INT24, "i32", "u32" },     { MYSQL_TYPE_LONG, "i32", "u32" },
	{ MYSQL_TYPE_LONGLONG, "i64", "u64" },  { MYSQL_TYPE_DOUBLE, "f64", "f64" },
	{ MYSQL_TYPE_YEAR, "year", "year" },    { MYSQL_TYPE_DATE, "date", "date" },
	{ MYSQL_TYPE_NEWDATE, "date", "date" }, { MYSQL_TYPE_GEOMETRY, "geometry", "geometry" },
	{ MYSQL_TYPE_JSON, "json", "json" },    { MYSQL_TYPE_NULL, "text", "text" },
};

/* What MariaDB says beyond the type of the protocol: uuid, inet6, json. */
static const char *
extended(const MYSQL_FIELD *f)
{
#ifdef MARIADB_PACKAGE_VERSION
	static const struct {
		struct str word;
		const char *neutral;
	} words[] = {
		{ STR("uuid"), "uuid" },
		{ STR("inet4"), "inet" },
		{ STR("inet6"), "inet" },
		{ STR("json"), "json" },
	};
	static const enum mariadb_field_attr_t kinds[] = { MARIADB_FIELD_ATTR_DATA_TYPE_NAME,
							   MARIADB_FIELD_ATTR_FORMAT_NAME };
	MARIADB_CONST_STRING said;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		if (mariadb_field_attr(&said, f, kinds[k]) != 0)
			continue;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (str_eq(str_of(said.str, said.length), words[i].word))
				return words[i].neutral;
	}
#else
	(void)f;
#endif
	return NULL;
}

static void
add_string(struct buf *b, const MYSQL_FIELD *f)
{
	unsigned long n = f->length / BYTES_PER_CHARACTER;
	bool fixed = f->type == MYSQL_TYPE_STRING;

	if (f->flags & ENUM_FLAG)
		buf_add(b, STR("enum"));
	else if (f->flags & SET_FLAG)
		buf_add(b, STR("set"));
	else if (f->charsetnr == CHARSET_BINARY)
		buf_add(b, STR("bytes"));
	else if (f->type == MYSQL_TYPE_BLOB || n == 0 || n > 0xffff)
		buf_add(b, STR("text"));
	else
		buf_addf(b, "%s(%lu)", fixed && n < 256 ? "char" : "varchar", n);
}

/* length counts the sign and the point as well. */
static void
add_decimal(struct buf *b, const MYSQL_FIELD *f)
{
	unsigned long n = f->length;

	n -= f->decimals > 0 && n > 0;
	n -= !(f->flags & UNSIGNED_FLAG) && n > 0;
	buf_addf(b, "decimal(%lu,%u)", n > f->decimals ? n : f->decimals + (n == 0),
		 f->decimals);
}

void
mysql_field_type(struct buf *b, const MYSQL_FIELD *f)
{
	unsigned digits = f->decimals <= FRACTION_MAX ? f->decimals : FRACTION_MAX;
	const char *more = extended(f);

	if (more) {
		buf_add(b, str_cstr(more));
		return;
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (plain[i].type != f->type)
			continue;
		buf_add(b,
			str_cstr(f->flags & UNSIGNED_FLAG ? plain[i].without_sign
							  : plain[i].neutral));
		return;
	}
	switch ((int)f->type) {
	case MYSQL_TYPE_DECIMAL:
	case MYSQL_TYPE_NEWDECIMAL: add_decimal(b, f); break;
	case MYSQL_TYPE_BIT: buf_addf(b, "bit(%lu)", f->length); break;
	case MYSQL_TYPE_TIME: buf_addf(b, "time(%u)", digits); break;
	case MYSQL_TYPE_DATETIME: buf_addf(b, "timestamp(%u)", digits); break;
	case MYSQL_TYPE_TIMESTAMP: buf_addf(b, "timestamptz(%u)", digits); break;
	default: add_string(b, f); break;
	}
}

void
mysql_field_check(const char *where, const MYSQL_FIELD *fields, unsigned i)
{
	struct str name = str_of(fields[i].name, fields[i].name_length);

	if (fields[i].type == MYSQL_TYPE_FLOAT)
		die(STATUS_USAGE,
		    "%s: column %s is a FLOAT, of which a query gives six digits: write "
		    "%.*s + 0e0 AS %.*s",
		    where, show(name).text, (int)name.n, name.p, (int)name.n, name.p);
	for (unsigned k = 0; k < i; k++)
		if (str_eq(str_of(fields[k].name, fields[k].name_length), name))
			die(STATUS_USAGE,
			    "%s: two columns are called %s: name one of them with AS", where,
			    show(name).text);
}

/* With the length that the server shows it by, which is what rules ask of integers. */
static const struct {
	enum enum_field_types type;
	const char *word;
	bool length;
} words[] = {
	{ MYSQL_TYPE_TINY, "tinyint", true },       { MYSQL_TYPE_SHORT, "smallint", true },
	{ MYSQL_TYPE_INT24, "mediumint", true },    { MYSQL_TYPE_LONG, "int", true },
	{ MYSQL_TYPE_LONGLONG, "bigint", true },    { MYSQL_TYPE_DOUBLE, "double", false },
	{ MYSQL_TYPE_YEAR, "year", true },          { MYSQL_TYPE_BIT, "bit", true },
	{ MYSQL_TYPE_DATE, "date", false },         { MYSQL_TYPE_NEWDATE, "date", false },
	{ MYSQL_TYPE_GEOMETRY, "geometry", false },
};

void
mysql_field_src(struct buf *b, const MYSQL_FIELD *f, struct str neutral)
{
	struct str word, rest;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (words[i].type != f->type)
			continue;
		buf_add(b, str_cstr(words[i].word));
		if (words[i].length)
			buf_addf(b, "(%lu)", f->length);
		if (words[i].length && f->type != MYSQL_TYPE_BIT &&
		    f->type != MYSQL_TYPE_YEAR && (f->flags & UNSIGNED_FLAG))
			buf_add(b, STR(" unsigned"));
		return;
	}
	/* Of other types the neutral ones have the same names, but for these. */
	str_cut(neutral, '(', &word, &rest);
	if (str_eq(neutral, STR("bytes")))
		buf_add(b, STR("longblob"));
	else if (str_eq(word, STR("timestamp")) || str_eq(word, STR("timestamptz")))
		buf_addf(b, "%s(%.*s", word.n == strlen("timestamp") ? "datetime" : "timestamp",
			 (int)rest.n, rest.p);
	else
		buf_add(b, neutral);
}
