/* The SELECT that reads a table of MySQL or MariaDB, or a range of one. */
#include "extract/mysql-select.h"

/* The parts of a column_type that are not the same for all of one neutral type. */
static bool
has_zerofill(struct str column_type)
{
	static const char word[] = " zerofill";
	size_t n = sizeof(word) - 1;

	return column_type.n > n &&
	    str_eq_nocase(str_of(column_type.p + column_type.n - n, n), str_of(word, n));
}

/* Whether the server is to make UTF-8 of texts of the charset: of those that are, or should be, it is not. */
static bool
is_converted(struct str charset)
{
	static const char *const names[] = { "utf8mb4", "utf8mb3", "utf8", "ascii", "binary" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(charset, str_cstr(names[i])))
			return false;
	return charset.p != NULL;
}

bool
mysql_select_column(struct value_column *c, const struct mysql_column *from)
{
	c->name = from->name;
	c->converted = is_converted(from->charset) ? from->charset : STR_NONE;
	return mysql_value_init(c, from->type, true, has_zerofill(from->column_type));
}

/*
 * The text in UTF-8; or, when bytes in it are none of its charset, what is stored behind MYSQL_UNCONVERTED. Of such bytes the servers
 * make question marks or U+FFFD, or drop them at the end (MySQL 5.6), and none of these come back as what they were. Some
 * charsets have characters twice, which do not come back either (cp932, armscii8): then no character may be lost and none of
 * these two have come in. A concat() longer than max_allowed_packet would be NULL. All bytes are characters of latin1.
 */
static void
add_converted(struct buf *sql, const struct mysql_column *c)
{
	static const char plain[] = "convert($ using utf8mb4)";
	static const char checked[] =
	    "if(cast(convert(convert($ using utf8mb4) using @) as binary)=cast($ as binary)"
	    " or (char_length($)=char_length(convert($ using utf8mb4))"
	    " and char_length(replace($,'?',''))=char_length(replace(replace("
	    "convert($ using utf8mb4),'?',''),_utf8mb4 x'efbfbd',''))),"
	    "convert($ using utf8mb4),"
	    "coalesce(concat(x'ff',cast($ as binary)),if($ is null,null,x'ff')))";

	for (const char *p = str_eq_nocase(c->charset, STR("latin1")) ? plain : checked; *p;
	     p++)
		if (*p == '$')
			mysql_quote_name(sql, c->name);
		else if (*p == '@')
			mysql_quote_name(sql, c->charset);
		else
			buf_addc(sql, *p);
}

/*
 * Only what has to be is rewritten. The text protocol prints six digits of a FLOAT, MariaDB prints -0 as 0, and either server takes
 * four times as long to print a DOUBLE as to hand out its eight bytes, which point() does.
 */
static void
add_value(struct buf *sql, const struct mysql_column *c)
{
	if (str_eq(c->type, STR("f32")) || str_eq(c->type, STR("f64"))) {
		buf_add(sql, STR("point("));
		mysql_quote_name(sql, c->name);
		buf_add(sql, STR(",0)"));
	} else if (is_converted(c->charset)) {
		add_converted(sql, c);
	} else {
		mysql_quote_name(sql, c->name);
	}
}

void
mysql_select_rows(struct buf *sql, struct str schema, struct str table,
		  const struct mysql_column *const *columns, size_t ncols)
{
	buf_add(sql, ncols ? STR("SELECT ") : STR("SELECT NULL"));
	for (size_t i = 0; i < ncols; i++) {
		if (i)
			buf_addc(sql, ',');
		add_value(sql, columns[i]);
	}
	buf_add(sql, STR(" FROM "));
	mysql_quote_name(sql, schema);
	buf_addc(sql, '.');
	mysql_quote_name(sql, table);
}

/* --- ranges ----------------------------------------------------------------------------------------- */

/* How the values of a key's column are written in SQL. */
enum literal { NO_LITERAL, NUMBER, QUOTED, TEXT, BYTES };

static const enum literal literals[] = {
	[TYPE_I8] = NUMBER,      [TYPE_I16] = NUMBER,       [TYPE_I32] = NUMBER,
	[TYPE_I64] = NUMBER,     [TYPE_U8] = NUMBER,        [TYPE_U16] = NUMBER,
	[TYPE_U32] = NUMBER,     [TYPE_U64] = NUMBER,       [TYPE_YEAR] = NUMBER,
	[TYPE_DECIMAL] = NUMBER, [TYPE_CHAR] = TEXT,        [TYPE_VARCHAR] = TEXT,
	[TYPE_BINARY] = BYTES,   [TYPE_VARBINARY] = BYTES,  [TYPE_DATE] = QUOTED,
	[TYPE_TIME] = QUOTED,    [TYPE_TIMESTAMP] = QUOTED, [TYPE_TIMESTAMPTZ] = QUOTED,
	[TYPE_UUID] = QUOTED,    [TYPE_INET] = QUOTED,
};

static bool
only_of(struct str s, const char *bytes)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(bytes, s.p[i]))
			return false;
	return s.n > 0;
}

/* The value's text without what rows(5) adds to that of the server. */
static struct str
bare(struct str value, struct str prefix, struct str suffix)
{
	if (prefix.n && str_starts(value, prefix))
		value = str_of(value.p + prefix.n, value.n - prefix.n);
	if (suffix.n && value.n >= suffix.n &&
	    str_eq(str_of(value.p + value.n - suffix.n, suffix.n), suffix))
		value.n -= suffix.n;
	return value;
}

/* False when it is no value of that kind. */
static bool
add_literal(struct buf *sql, enum literal kind, struct str value)
{
	switch (kind) {
	case NO_LITERAL: return false;
	case NUMBER: buf_add(sql, value); return only_of(value, "-.0123456789");
	case TEXT: mysql_quote_text(sql, value); return true;
	case QUOTED:
		value = bare(value, STR(""), STR("+00"));
		buf_addf(sql, "'%.*s'", (int)value.n, value.p);
		return only_of(value, "0123456789abcdef-:. ");
	case BYTES:
		value = bare(value, STR("\\x"), STR(""));
		buf_addf(sql, "x'%.*s'", (int)value.n, value.p);
		return value.n == 0 || only_of(value, "0123456789abcdef");
	}
	return false;
}

struct limits {
	const struct mysql_table *table;
	const struct range *range;
	const struct str *values;
};

static int
compare(const struct limits *l, struct buf *sql, size_t key, const char *operator,
	struct err * e)
{
	struct str name = l->range->key[key];
	const struct mysql_column *c = mysql_table_column(l->table, name);
	enum literal kind = NO_LITERAL;
	struct type type;

	if (!c)
		return err_set(e, STATUS_BAD, "key %s: no such column", show(name).text);
	if (type_parse(c->type, &type) && !type.array &&
	    (size_t)type.kind < sizeof(literals) / sizeof(literals[0]))
		kind = literals[type.kind];
	mysql_quote_name(sql, name);
	buf_addf(sql, " %s ", operator);
	if (!add_literal(sql, kind, l->values[key]))
		return err_set(e, STATUS_BAD, "key %s: %s is no limit of a column of type %s",
			       show(name).text, show(l->values[key]).text, c->type.p);
	return 0;
}

/*
 * (a, b, c) op (x, y, z) as `a >= x AND (a > x OR (a = x AND (b > y OR …)))`: servers do not use an index for a comparison of rows,
 * but they do for the first column's own.
 */
static int
add_limit(const struct limits *l, struct buf *sql, bool from, struct err *e)
{
	size_t n = l->range->nkeys, depth = 0;

	if (n > 1) {
		if (compare(l, sql, 0, from ? ">=" : "<=", e) < 0)
			return -1;
		buf_add(sql, STR(" AND ("));
		depth++;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		if (compare(l, sql, i, from ? ">" : "<", e) < 0)
			return -1;
		buf_add(sql, STR(" OR ("));
		if (compare(l, sql, i, "=", e) < 0)
			return -1;
		buf_add(sql, STR(" AND ("));
		depth += 2;
	}
	if (compare(l, sql, n - 1, from ? ">=" : "<", e) < 0)
		return -1;
	while (depth-- > 0)
		buf_addc(sql, ')');
	return 0;
}

/* NULL is on neither side of a limit: such rows would be in no range. */
static int
check_keys(const struct mysql_table *table, const struct range *range, struct err *e)
{
	for (size_t i = 0; i < range->nkeys; i++) {
		const struct mysql_column *c = mysql_table_column(table, range->key[i]);

		if (c && c->nullable)
			return err_set(
			    e, STATUS_USAGE,
			    "key %s: the column may be NULL, and rows with NULL are in no range",
			    show(c->name).text);
	}
	return 0;
}

int
mysql_select_range(struct buf *sql, const struct mysql_table *table, const struct range *range,
		   struct err *e)
{
	struct limits l = { .table = table, .range = range };
	const char *before = " WHERE ";

	if (check_keys(table, range, e) < 0)
		return -1;
	if (range->nkeys && range->from) {
		buf_add(sql, str_cstr(before));
		before = " AND ";
		l.values = range->from;
		if (add_limit(&l, sql, true, e) < 0)
			return -1;
	}
	if (range->nkeys && range->to) {
		buf_add(sql, str_cstr(before));
		l.values = range->to;
		if (add_limit(&l, sql, false, e) < 0)
			return -1;
	}
	return 0;
}
