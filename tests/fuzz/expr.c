/* Expressions of SQLite and of MySQL: whatever they are, there is a translation or a reason; and a translation stays one expression. */
#include "transform/expr.h"
#include "schema/base/utf8.h"
#include "tests/fuzz/fuzz.h"

/* A column of each class; one that nothing is known of, and one that compares in a way of its own. */
static const char *const names[] = { "a", "b", "d", "n", "s", "f", "h", "t", "o", "c",
				     "u", "p", "m", "z", "w", "e", "j", "y", "r", "x" };
static const enum expr_class classes[] = {
	EXPR_INT,  EXPR_INT,       EXPR_DOUBLE,      EXPR_NUMERIC, EXPR_TEXT,
	EXPR_BOOL, EXPR_BYTES,     EXPR_DATE,        EXPR_OTHER,   EXPR_TEXT,
	EXPR_INT,  EXPR_TIMESTAMP, EXPR_TIMESTAMPTZ, EXPR_TIME,    EXPR_TEXT,
	EXPR_ENUM, EXPR_JSON,      EXPR_UUID,        EXPR_DOUBLE,  EXPR_TEXT
};
static const char *const types[] = { "bigint",        "integer",   "double precision",
				     "numeric(10,2)", "text",      "boolean",
				     "bytea",         "date",      "json",
				     "text",          "smallint",  "timestamp(3)",
				     "timestamptz",   "time(0)",   "text",
				     "text",          "json",      "uuid",
				     "real",          "varchar(9)" };

/* What compares the texts: of the first without, SQLite knows its bytes. */
static struct str
collation(size_t i, enum expr_source source)
{
	static const char *const collations[] = { "utf8mb4_nopad_bin", "NOCASE", "utf8mb4_bin",
						  "latin1_swedish_ci" };

	if (source == EXPR_SQLITE && i < 9)
		return STR_NONE;
	return str_cstr(collations[i == 9 ? 1 : i == 14 ? 2 : i == 19 ? 3 : 0]);
}

enum { COLUMNS = sizeof(names) / sizeof(names[0]) };

/* The offset behind the text in quotes that begins at i. */
static size_t
quoted(struct str s, size_t i)
{
	char quote = s.p[i];
	bool escapes = quote == '\'' && i > 0 && s.p[i - 1] == 'E';

	for (i++; i < s.n; i++) {
		bool doubled = i + 1 < s.n && s.p[i] == quote && s.p[i + 1] == quote;

		if (doubled || (escapes && s.p[i] == '\\'))
			i++;
		else if (s.p[i] == quote)
			return i + 1;
	}
	must(!"closed quotes");
	return i;
}

/* Nothing of it can end the expression, or hide what comes behind it. */
static void
check_closed(struct str s)
{
	size_t open = 0;

	must(s.n > 0 && !memchr(s.p, '\0', s.n));
	for (size_t i = 0; i < s.n;) {
		char c = s.p[i];

		if (c == '\'' || c == '"') {
			i = quoted(s, i);
			continue;
		}
		must(c != ';' && c != '$' && (unsigned char)c < 0x80);
		must(i + 1 == s.n || (c != '-' && c != '/') ||
		     s.p[i + 1] != (c == '-' ? '-' : '*'));
		must(c != ')' || open > 0);
		open += c == '(';
		open -= c == ')';
		i++;
	}
	must(open == 0);
}

static void
check(struct str result, struct buf *why, bool utf8)
{
	must((result.p != NULL) == (why->n == 0));
	if (result.p)
		check_closed(result);
	must(!result.p || !utf8 || utf8_valid(result) == result.n);
	why->n = 0;
}

static void
try(struct str sql, enum expr_source source)
{
	struct str label = STR("new");
	struct expr_column columns[COLUMNS];
	struct expr_table table = {
		.source = source, .name = STR("t"), .columns = columns, .ncolumns = COLUMNS
	};
	bool utf8 = utf8_valid(sql) == sql.n;
	struct pool pool = { 0 };
	struct buf why = { 0 };

	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] = (struct expr_column){
			.from = str_cstr(names[i]),
			.to = str_cstr(names[i]),
			.class = classes[i],
			.takes = classes[i],
			.type = type_of(str_cstr(types[i]), true),
			.why = "may be anything",
			.collate = collation(i, source),
			.notnull = i % 3 == 0,
			.natural = i == 10,
			.nulled = i == 11,
			.labels = &label,
			.nlabels = 1,
		};
	check(expr_condition(&table, sql, &pool, &why), &why, utf8);
	check(expr_key(&table, sql, &pool, &why), &why, utf8);
	for (size_t i = 0; i < COLUMNS; i++) {
		check(expr_generated(&table, &columns[i], sql, &pool, &why), &why, utf8);
		check(expr_default(&table, &columns[i], sql, &pool, &why), &why, utf8);
	}
	buf_release(&why);
	pool_release(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str sql = str_of((const char *)data, size);

	try(sql, EXPR_SQLITE);
	try(sql, EXPR_MYSQL);
	return 0;
}
