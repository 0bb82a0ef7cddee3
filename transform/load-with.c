/* pgloader's command files: the options behind WITH, and SET. All that versions 3 and 4 have are in one table. */
#include "transform/load-parse.h"

enum option_effect {
	EFFECT_FLAG, /* says yes or no */
	EFFECT_NONE, /* without effect here, for the reason in the table */
	EFFECT_WORKERS,
	EFFECT_DOWNCASE,
	EFFECT_QUOTE,
	EFFECT_SNAKE,
	EFFECT_FORMAT, /* a line of the file `format`: the name in the table and the value */
	EFFECT_TABLE,  /* table name = */
};

enum option_argument {
	ARGUMENT_NONE,
	ARGUMENT_NUMBER,
	ARGUMENT_SIZE, /* 20 MB */
	ARGUMENT_CHAR,
	ARGUMENT_ESCAPE, /* backslash-quote, double-quote, or a character */
	ARGUMENT_TEXT,
	ARGUMENT_NULL, /* blanks, or a text */
	ARGUMENT_MODE, /* quote, following */
	ARGUMENT_NAME,
	ARGUMENT_ENCODING,
};

enum {
	ANY = LOAD_IS_DATABASE | LOAD_IS_FILE,
	DB = LOAD_IS_DATABASE,
	CSV = 1 << LOAD_CSV,
	FIXED = 1 << LOAD_FIXED
};
enum { COPY = 1 << LOAD_COPY, DBF = 1 << LOAD_DBF, TEXTS = CSV | FIXED | COPY };

static const char ranges[] =
    "pgtide reads tables and ranges of them in one go each, in constant memory";
static const char streams[] =
    "rows are streamed through pipes: nothing is collected in batches";
static const char indexes[] = "as many indexes are built at a time as there are jobs";

/* Longer ones before their beginnings. */
static const struct option {
	const char *words;
	unsigned kinds;
	enum option_effect effect;
	enum option_argument argument;
	enum load_flag flag;
	bool yes;
	const char *text;  /* why there is no effect; or what format calls it */
	const char *value; /* of format, when there is no argument */
} options[] = {
	{ "on error stop", ANY, EFFECT_FLAG, 0, FLAG_ON_ERROR_STOP, true, NULL, NULL },
	{ "on error resume next", ANY, EFFECT_FLAG, 0, FLAG_ON_ERROR_STOP, false, NULL, NULL },
	{ "workers", ANY, EFFECT_WORKERS, ARGUMENT_NUMBER, 0, false, NULL, NULL },
	{ "concurrency", ANY, EFFECT_NONE, ARGUMENT_NUMBER, 0, false, ranges, NULL },
	{ "single reader per thread", ANY, EFFECT_NONE, 0, 0, false, ranges, NULL },
	{ "multiple readers per thread", ANY, EFFECT_NONE, 0, 0, false, ranges, NULL },
	{ "rows per range", ANY, EFFECT_NONE, ARGUMENT_NUMBER, 0, false, ranges, NULL },
	{ "chunk size", ANY, EFFECT_NONE, ARGUMENT_SIZE, 0, false, ranges, NULL },
	{ "batch rows", ANY, EFFECT_NONE, ARGUMENT_NUMBER, 0, false, streams, NULL },
	{ "batch size", ANY, EFFECT_NONE, ARGUMENT_SIZE, 0, false, streams, NULL },
	{ "batch concurrency", ANY, EFFECT_NONE, ARGUMENT_NUMBER, 0, false, streams, NULL },
	{ "prefetch rows", ANY, EFFECT_NONE, ARGUMENT_NUMBER, 0, false, streams, NULL },
	{ "max parallel create index", ANY, EFFECT_NONE, ARGUMENT_NUMBER, 0, false, indexes,
	  NULL },
	{ "include drop", DB, EFFECT_FLAG, 0, FLAG_DROP, true, NULL, NULL },
	{ "include no drop", DB, EFFECT_FLAG, 0, FLAG_DROP, false, NULL, NULL },
	{ "drop schema", DB, EFFECT_FLAG, 0, FLAG_DROP_SCHEMA, true, NULL, NULL },
	{ "truncate", ANY, EFFECT_FLAG, 0, FLAG_TRUNCATE, true, NULL, NULL },
	{ "no truncate", ANY, EFFECT_FLAG, 0, FLAG_TRUNCATE, false, NULL, NULL },
	{ "create tables", ANY, EFFECT_FLAG, 0, FLAG_TABLES, true, NULL, NULL },
	{ "create table", ANY, EFFECT_FLAG, 0, FLAG_TABLES, true, NULL, NULL },
	{ "create no tables", ANY, EFFECT_FLAG, 0, FLAG_TABLES, false, NULL, NULL },
	{ "create no table", ANY, EFFECT_FLAG, 0, FLAG_TABLES, false, NULL, NULL },
	{ "create schemas", DB, EFFECT_FLAG, 0, FLAG_SCHEMAS, true, NULL, NULL },
	{ "create schema", DB, EFFECT_FLAG, 0, FLAG_SCHEMAS, true, NULL, NULL },
	{ "create no schemas", DB, EFFECT_FLAG, 0, FLAG_SCHEMAS, false, NULL, NULL },
	{ "create no schema", DB, EFFECT_FLAG, 0, FLAG_SCHEMAS, false, NULL, NULL },
	{ "create indexes", DB, EFFECT_FLAG, 0, FLAG_INDEXES, true, NULL, NULL },
	{ "create no indexes", DB, EFFECT_FLAG, 0, FLAG_INDEXES, false, NULL, NULL },
	{ "drop indexes", ANY, EFFECT_FLAG, 0, FLAG_DROP_INDEXES, true, NULL, NULL },
	{ "reindex", ANY, EFFECT_FLAG, 0, FLAG_DROP_INDEXES, true, NULL, NULL },
	{ "uniquify index names", DB, EFFECT_FLAG, 0, FLAG_UNIQUIFY, true, NULL, NULL },
	{ "preserve index names", DB, EFFECT_FLAG, 0, FLAG_UNIQUIFY, false, NULL, NULL },
	{ "foreign keys", DB, EFFECT_FLAG, 0, FLAG_FOREIGN, true, NULL, NULL },
	{ "no foreign keys", DB, EFFECT_FLAG, 0, FLAG_FOREIGN, false, NULL, NULL },
	{ "reset sequences", DB, EFFECT_FLAG, 0, FLAG_SEQUENCES, true, NULL, NULL },
	{ "reset no sequences", DB, EFFECT_FLAG, 0, FLAG_SEQUENCES, false, NULL, NULL },
	{ "disable triggers", ANY, EFFECT_FLAG, 0, FLAG_TRIGGERS, true, NULL, NULL },
	{ "disable no triggers", ANY, EFFECT_FLAG, 0, FLAG_TRIGGERS, false, NULL, NULL },
	{ "schema only", DB, EFFECT_FLAG, 0, FLAG_SCHEMA_ONLY, true, NULL, NULL },
	{ "data only", DB, EFFECT_FLAG, 0, FLAG_DATA_ONLY, true, NULL, NULL },
	{ "downcase identifiers", ANY, EFFECT_DOWNCASE, 0, 0, false, NULL, NULL },
	{ "quote identifiers", ANY, EFFECT_QUOTE, 0, 0, false, NULL, NULL },
	{ "snake_case identifiers", ANY, EFFECT_SNAKE, 0, 0, false, NULL, NULL },
	{ "encoding", 1 << LOAD_SQLITE, EFFECT_NONE, ARGUMENT_ENCODING, 0, false,
	  "an SQLite database says itself how its texts are encoded, and all are read as UTF-8",
	  NULL },
	{ "encoding", 1 << LOAD_MSSQL, EFFECT_NONE, ARGUMENT_ENCODING, 0, false,
	  "all texts are asked for in UTF-8", NULL },
	{ "encoding", DBF, EFFECT_FORMAT, ARGUMENT_ENCODING, 0, false, "encoding", NULL },
	{ "skip header", TEXTS, EFFECT_FORMAT, ARGUMENT_NUMBER, 0, false, "skip", NULL },
	{ "csv header", CSV, EFFECT_FORMAT, 0, 0, false, "header", "yes" },
	{ "fixed header", FIXED, EFFECT_FORMAT, 0, 0, false, "header", "yes" },
	{ "fields optionally enclosed by", CSV, EFFECT_FORMAT, ARGUMENT_CHAR, 0, false, "quote",
	  NULL },
	{ "fields enclosed by", CSV, EFFECT_FORMAT, ARGUMENT_CHAR, 0, false, "quote-always",
	  NULL },
	{ "fields not enclosed", CSV, EFFECT_FORMAT, 0, 0, false, "quote", "" },
	{ "fields escaped by", CSV, EFFECT_FORMAT, ARGUMENT_ESCAPE, 0, false, "escape", NULL },
	{ "fields terminated by", CSV | FIXED, EFFECT_FORMAT, ARGUMENT_CHAR, 0, false,
	  "delimiter", NULL },
	{ "lines terminated by", CSV | FIXED, EFFECT_FORMAT, ARGUMENT_CHAR, 0, false,
	  "line-end", NULL },
	{ "csv escape mode", CSV, EFFECT_FORMAT, ARGUMENT_MODE, 0, false, "escape-mode", NULL },
	{ "null if", CSV | FIXED, EFFECT_FORMAT, ARGUMENT_NULL, 0, false, "null-if", NULL },
	{ "trim unquoted blanks", CSV, EFFECT_FORMAT, 0, 0, false, "unquoted-blanks", "trim" },
	{ "keep unquoted blanks", CSV, EFFECT_FORMAT, 0, 0, false, "unquoted-blanks", "keep" },
	{ "date format", CSV | FIXED, EFFECT_FORMAT, ARGUMENT_TEXT, 0, false, "date-format",
	  NULL },
	{ "delimiter", COPY, EFFECT_FORMAT, ARGUMENT_CHAR, 0, false, "delimiter", NULL },
	{ "null", COPY, EFFECT_FORMAT, ARGUMENT_TEXT, 0, false, "null", NULL },
	{ "table name", DBF, EFFECT_TABLE, ARGUMENT_NAME, 0, false, NULL, NULL },
};

enum { OPTIONS = sizeof(options) / sizeof(options[0]) };

/* --- arguments ---------------------------------------------------------------------------- */

/* 0x09 as its byte; -1 when it is something else. */
static int
hex_byte(struct str s)
{
	int high, low;

	if (s.n < 3 || s.n > 4 || s.p[0] != '0' || (s.p[1] != 'x' && s.p[1] != 'X'))
		return -1;
	high = s.n == 4 ? hex_value(s.p[2]) : 0;
	low = hex_value(s.p[s.n - 1]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* '\'' is no text in quotes to the lexer: it ends at the second of them. */
static bool
take_escaped_quote(struct load_parser *p)
{
	size_t at = p->token.at;

	if (p->text.n - at < 4 || memcmp(p->text.p + at, "'\\''", 4) != 0)
		return false;
	p->before = at + 4;
	load_go(p, at + 4);
	return true;
}

int
load_take_char(struct load_parser *p, const char *what, struct str *out)
{
	static const struct {
		struct str text;
		const char *byte;
	} escapes[] = { { STR("\\t"), "\t" },  { STR("\\n"), "\n" }, { STR("\\r"), "\r" },
			{ STR("\\\\"), "\\" }, { STR("\\'"), "'" },  { STR("\\\""), "\"" } };
	struct load_token t = p->token;
	char byte;
	int hex;

	if (take_escaped_quote(p)) {
		*out = STR("'");
		return 0;
	}
	if (t.kind != LOAD_STRING && t.kind != LOAD_QUOTED &&
	    !(t.kind == LOAD_WORD && hex_byte(t.value) > 0))
		return load_expected(p, what);
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (str_eq(t.value, escapes[i].text)) {
			*out = str_of(escapes[i].byte, 1);
			load_advance(p);
			return 0;
		}
	}
	if (str_eq(t.value, STR("\\r\\n")))
		t.value = STR("\r\n");
	hex = hex_byte(t.value);
	if (hex == 0 || t.value.n == 0)
		return load_expected(p, what);
	byte = (char)hex;
	*out = hex > 0 ? pool_str(&p->job->pool, str_of(&byte, 1)) : t.value;
	load_advance(p);
	return 0;
}

static int
take_size(struct load_parser *p, struct str *out)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB", "PB" };
	struct str number = p->token.value, unit;
	size_t digits = 0, from = p->token.at;

	while (p->token.kind == LOAD_WORD && digits < number.n && number.p[digits] >= '0' &&
	       number.p[digits] <= '9')
		digits++;
	if (digits == 0)
		return load_expected(p, "a size: a number and kB, MB, GB, TB or PB");
	if (digits == number.n) {
		load_advance(p);
		unit = p->token.kind == LOAD_WORD ? p->token.value : STR_NONE;
	} else {
		unit = str_of(number.p + digits, number.n - digits);
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (str_eq(unit, str_cstr(units[i]))) {
			load_advance(p);
			*out = str_of(p->text.p + from, p->before - from);
			return 0;
		}
	}
	return load_expected(p, "kB, MB, GB, TB or PB behind the number (case counts)");
}

/* Words with dots between them, as one text. */
static int
take_dotted_name(struct load_parser *p, const char *what, struct str *out)
{
	struct buf name = { 0 };
	struct str part;

	do {
		if (load_take_name(p, what, &part) < 0) {
			buf_release(&name);
			return -1;
		}
		if (name.n)
			buf_addc(&name, '.');
		buf_add(&name, part);
	} while (load_take_punct(p, '.'));
	*out = load_keep(p->job, &name);
	return 0;
}

static int
take_argument(struct load_parser *p, enum option_argument argument, struct str *out)
{
	static const char one[] = "a character in single quotes, such as ',', '\\t' or '0x09'";

	switch (argument) {
	case ARGUMENT_NONE: break;
	case ARGUMENT_NUMBER: return load_take_number(p, "a number", out);
	case ARGUMENT_SIZE: return take_size(p, out);
	case ARGUMENT_CHAR: return load_take_char(p, one, out);
	case ARGUMENT_ESCAPE:
		if (load_is(p, "double-quote") || load_is(p, "backslash-quote")) {
			*out = p->token.value;
			load_advance(p);
			return 0;
		}
		return load_take_char(
		    p, "double-quote, backslash-quote, or a character in single quotes", out);
	case ARGUMENT_TEXT: return load_take_text(p, "a text in quotes", out);
	case ARGUMENT_NULL:
		if (load_take(p, "blanks")) {
			*out = STR_NONE;
			return 0;
		}
		return load_take_text(p, "blanks, or a text in quotes", out);
	case ARGUMENT_MODE:
		*out = p->token.value;
		if (!load_take(p, "quote") && !load_take(p, "following"))
			return load_expected(p, "quote or following");
		break;
	case ARGUMENT_NAME:
		if (p->token.kind == LOAD_STRING)
			return load_take_text(p, "the name of a table", out);
		return take_dotted_name(p, "the name of a table", out);
	case ARGUMENT_ENCODING: return load_parse_with_encoding(p, out);
	}
	return 0;
}

int
load_parse_with_encoding(struct load_parser *p, struct str *encoding)
{
	if (p->token.kind == LOAD_STRING)
		return load_take_text(p, "the name of an encoding", encoding);
	return load_take_name(p, "the name of an encoding", encoding);
}

/* --- options ------------------------------------------------------------------------------ */

static void
say(struct load_parser *p, struct load_command *c, const struct option *o, size_t at,
    struct str value)
{
	switch (o->effect) {
	case EFFECT_FLAG:
		c->flags[o->flag] = o->yes ? SAID_YES : SAID_NO;
		c->flags_at[o->flag] = at;
		break;
	case EFFECT_NONE:
		load_without_effect(p->job, c, at, str_of(p->text.p + at, p->before - at),
				    o->text);
		break;
	case EFFECT_WORKERS: c->workers = value; break;
	case EFFECT_DOWNCASE: c->identifiers = IDENTIFIERS_DOWNCASE; break;
	case EFFECT_QUOTE: c->identifiers = IDENTIFIERS_QUOTE; break;
	case EFFECT_SNAKE: c->identifiers = IDENTIFIERS_SNAKE; break;
	case EFFECT_FORMAT:
		if (o->argument == ARGUMENT_NULL && !value.p)
			load_add(p->job, &c->format, STR("null-if-blanks"), STR("yes"), at);
		else
			load_add(p->job, &c->format, str_cstr(o->text),
				 o->value ? str_cstr(o->value) : value, at);
		break;
	case EFFECT_TABLE: load_split_name(value, &c->schema, &c->table); break;
	}
}

/* The option that stands here: of this kind of source if there is one, or else of another. */
static const struct option *
find_option(struct load_parser *p, unsigned kind)
{
	const struct option *other = NULL;

	for (size_t i = 0; i < OPTIONS; i++) {
		if (!load_at(p, options[i].words))
			continue;
		if (options[i].kinds & kind)
			return &options[i];
		other = &options[i];
	}
	return other;
}

static int
parse_option(struct load_parser *p, struct load_command *c)
{
	const struct option *o = find_option(p, 1u << c->kind);
	size_t at = p->token.at;
	struct str value = STR_NONE;

	if (!o)
		return load_expected(p, "an option of with");
	if (!(o->kinds & 1u << c->kind))
		return load_fail(p, at, "%s: not an option for %s", o->words,
				 load_kind_name(c->kind));
	load_take(p, o->words);
	if (o->argument) {
		load_take_punct(p, '=');
		if (take_argument(p, o->argument, &value) < 0)
			return -1;
	}
	if (o->effect == EFFECT_WORKERS && (value.n > 4 || value.p[0] == '0'))
		return load_fail(p, at, "workers: expected a number from 1 to 9999, got %s",
				 show(value).text);
	say(p, c, o, at, value);
	return 0;
}

int
load_parse_with(struct load_parser *p, struct load_command *c)
{
	do
		if (parse_option(p, c) < 0)
			return -1;
	while (load_take_punct(p, ','));
	return 0;
}

/* --- set ---------------------------------------------------------------------------------- */

/* name = 'value', or name to 'value'. */
static int
parse_parameter(struct load_parser *p, struct load_list *list)
{
	size_t at = p->token.at;
	struct str part, value;

	if (take_dotted_name(p, "the name of a parameter", &part) < 0)
		return -1;
	if (memchr(part.p, '=', part.n))
		return load_fail(p, at, "a parameter has no '=' in its name");
	if (!load_take_punct(p, '=') && !load_take(p, "to"))
		return load_expected(p, "to or '=' behind the name of a parameter");
	value = p->token.value;
	if (p->token.kind != LOAD_STRING && p->token.kind != LOAD_WORD &&
	    p->token.kind != LOAD_QUOTED)
		return load_expected(p, "a value in single quotes");
	load_advance(p);
	load_add(p->job, list, part, value, at);
	return 0;
}

int
load_parse_set(struct load_parser *p, struct load_command *c)
{
	struct load_list *list = &c->parameters;
	size_t at = p->token.at;

	if (load_take(p, "mysql parameters")) {
		list = &c->source_parameters;
		if (c->kind != LOAD_MYSQL)
			return load_fail(p, at, "set mysql parameters: the source is %s",
					 load_kind_name(c->kind));
	} else if (load_take(p, "mssql parameters")) {
		list = &c->source_parameters;
		if (c->kind != LOAD_MSSQL)
			return load_fail(p, at, "set mssql parameters: the source is %s",
					 load_kind_name(c->kind));
	} else {
		load_take(p, "postgresql parameters");
	}
	do
		if (parse_parameter(p, list) < 0)
			return -1;
	while (load_take_punct(p, ','));
	return 0;
}
