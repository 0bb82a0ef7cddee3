/* Names and texts as SQL. */
#include <stdlib.h>

#include "schema/base/prog.h"
#include "schema/pg/quote.h"

/*
 * The keywords of PostgreSQL 15 to 18 that are not free for every name (src/include/parser/kwlist.h: all that are not
 * UNRESERVED_KEYWORD), in memcmp order. quote_ident() of a server quotes the same ones of its own version.
 */
/* clang-format off */
static const char *const keywords[] = {
	"all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
	"authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case",
	"cast", "char", "character", "check", "coalesce", "collate", "collation", "column",
	"concurrently", "constraint", "create", "cross", "current_catalog", "current_date",
	"current_role", "current_schema", "current_time", "current_timestamp", "current_user",
	"dec", "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end",
	"except", "exists", "extract", "false", "fetch", "float", "for", "foreign", "freeze",
	"from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in",
	"initially", "inner", "inout", "int", "integer", "intersect", "interval", "into",
	"is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists",
	"json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize",
	"json_table", "json_value", "lateral", "leading", "least", "left", "like", "limit",
	"localtime", "localtimestamp", "merge_action", "national", "natural", "nchar", "none",
	"normalize", "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only",
	"or", "order", "out", "outer", "overlaps", "overlay", "placing", "position",
	"precision", "primary", "real", "references", "returning", "right", "row", "select",
	"session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
	"system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
	"treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar",
	"variadic", "verbose", "when", "where", "window", "with", "xmlattributes",
	"xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse",
	"xmlpi", "xmlroot", "xmlserialize", "xmltable",
};
/* clang-format on */

static int
compare_keyword(const void *name, const void *keyword)
{
	const struct str *s = name;

	return str_cmp(*s, str_cstr(*(const char *const *)keyword));
}

static bool
is_plain(struct str name)
{
	if (name.n == 0)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!(c >= 'a' && c <= 'z') && c != '_' && !(i > 0 && c >= '0' && c <= '9'))
			return false;
	}
	return !bsearch(&name, keywords, sizeof(keywords) / sizeof(keywords[0]),
			sizeof(keywords[0]), compare_keyword);
}

/* s in quotes q, with each q in it doubled, and each backslash too when asked for. */
static void
add_quoted(struct buf *out, struct str s, char q, bool backslashes)
{
	char *d = buf_reserve(out, 2 * s.n + 2);

	if (s.n && memchr(s.p, '\0', s.n))
		die(STATUS_BAD, "%s: a zero byte cannot be part of SQL", show(s).text);
	*d++ = q;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == q || (backslashes && s.p[i] == '\\'))
			*d++ = s.p[i];
		*d++ = s.p[i];
	}
	*d++ = q;
	out->n = (size_t)(d - out->p);
}

void
pg_quote_ident(struct buf *out, struct str name)
{
	if (is_plain(name))
		buf_add(out, name);
	else
		add_quoted(out, name, '"', false);
}

void
pg_quote_name(struct buf *out, struct str schema, struct str name)
{
	if (schema.n) {
		pg_quote_ident(out, schema);
		buf_addc(out, '.');
	}
	pg_quote_ident(out, name);
}

void
pg_quote_literal(struct buf *out, struct str text)
{
	bool backslashes = text.n && memchr(text.p, '\\', text.n);

	if (backslashes)
		buf_add(out, STR("E"));
	add_quoted(out, text, '\'', backslashes);
}
