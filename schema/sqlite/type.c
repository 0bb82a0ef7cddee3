/* What SQLite's declared types say, as neutral types. */
#include "schema/sqlite/sqlite.h"

/*
 * SQLite takes any words for a type and looks only for pieces of them, which gives the column an affinity.
 * Some names say more than that, so they come first: the whole declaration has to be one of them, in any
 * case, without what stands in parentheses. JSONB is here because as a declared type it has been used for
 * texts long before SQLite had a binary form of JSON. Geometries are blobs in GeoPackage and SpatiaLite alike.
 */
static const struct named {
	const char *name;
	const char *type;
} named[] = {
	{ "BOOLEAN", "bool" },
	{ "BOOL", "bool" },
	{ "DATE", "date" },
	{ "DATETIME", "timestamp(6)" },
	{ "TIMESTAMP", "timestamp(6)" },
	{ "TIME", "time(6)" },
	{ "JSON", "json" },
	{ "JSONB", "json" },
	{ "UUID", "uuid" },
	{ "GUID", "uuid" },
	{ "UNIQUEIDENTIFIER", "uuid" },
	{ "GEOMETRY", "bytes" },
	{ "POINT", "bytes" },
	{ "LINESTRING", "bytes" },
	{ "POLYGON", "bytes" },
	{ "MULTIPOINT", "bytes" },
	{ "MULTILINESTRING", "bytes" },
	{ "MULTIPOLYGON", "bytes" },
	{ "GEOMETRYCOLLECTION", "bytes" },
};

/* In a STRICT table these are all there are (https://sqlite.org/stricttables.html). */
static const struct named strict_types[] = {
	{ "INT", "i64" },   { "INTEGER", "i64" }, { "REAL", "f64" },
	{ "TEXT", "text" }, { "BLOB", "bytes" },  { "ANY", "text" },
};

/*
 * The rules of affinity (https://sqlite.org/datatype3.html, section 3.1), the first that matches: pieces
 * are looked for in the whole declaration, parentheses and all.
 */
static const struct named pieces[] = {
	{ "INT", "i64" },    { "CHAR", "text" }, { "CLOB", "text" }, { "TEXT", "text" },
	{ "BLOB", "bytes" }, { "REAL", "f64" },  { "FLOA", "f64" },  { "DOUB", "f64" },
};

static bool
contains(struct str s, struct str piece)
{
	for (size_t i = 0; i + piece.n <= s.n; i++)
		if (str_eq_nocase(str_of(s.p + i, piece.n), piece))
			return true;
	return false;
}

static const char *
find(const struct named *table, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(name, str_cstr(table[i].name)))
			return table[i].type;
	return NULL;
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *
type_of_declared(struct str declared, bool strict)
{
	struct str whole, rest;
	const char *type;

	declared = str_trim(declared);
	if (declared.n == 0)
		return "text";
	if (strict) {
		type = find(strict_types, COUNT(strict_types), declared);
		return type ? type : "text";
	}
	str_cut(declared, '(', &whole, &rest);
	type = find(named, COUNT(named), str_trim(whole));
	if (type)
		return type;
	for (size_t i = 0; i < COUNT(pieces); i++)
		if (contains(declared, str_cstr(pieces[i].name)))
			return pieces[i].type;
	return "decimal";
}
