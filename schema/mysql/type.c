/* What MySQL and MariaDB say of a column's type, as neutral types and labels. */
#include <stdio.h>

#include "schema/base/num.h"
#include "schema/mysql/type.h"

/* What stands in parentheses and behind them, and what becomes of it. */
enum form {
	PLAIN,  /* it says nothing about the values: int(11), float(7,3) */
	SIGNED, /* u in the place of i, where it is unsigned */
	LENGTH, /* one number, which must be there */
	DIGITS, /* one number, 0 when it is not there */
	PAIR,   /* two numbers, which must be there */
};

/*
 * MySQL 8.0 Reference Manual, chapter 11; MariaDB's documentation of data types up to 11. Both store FLOAT(p) as one of
 * two types and say which. ZEROFILL makes a column unsigned, and they say so.
 */
static const struct named {
	const char *name;
	const char *type;
	enum form form;
} named[] = {
	{ "tinyint", "i8", SIGNED },
	{ "smallint", "i16", SIGNED },
	{ "mediumint", "i32", SIGNED },
	{ "int", "i32", SIGNED },
	{ "bigint", "i64", SIGNED },
	{ "decimal", "decimal", PAIR },
	{ "float", "f32", PLAIN },
	{ "double", "f64", PLAIN },
	{ "bit", "bit", LENGTH },
	{ "year", "year", PLAIN },
	{ "date", "date", PLAIN },
	{ "datetime", "timestamp", DIGITS },
	{ "timestamp", "timestamptz", DIGITS },
	{ "time", "time", DIGITS },
	{ "char", "char", LENGTH },
	{ "varchar", "varchar", LENGTH },
	{ "tinytext", "text", PLAIN },
	{ "text", "text", PLAIN },
	{ "mediumtext", "text", PLAIN },
	{ "longtext", "text", PLAIN },
	{ "json", "json", PLAIN },
	{ "binary", "binary", LENGTH },
	{ "varbinary", "varbinary", LENGTH },
	{ "tinyblob", "bytes", PLAIN },
	{ "blob", "bytes", PLAIN },
	{ "mediumblob", "bytes", PLAIN },
	{ "longblob", "bytes", PLAIN },
	{ "enum", "enum", PLAIN },
	{ "set", "set", PLAIN },
	{ "geometry", "geometry", PLAIN },
	{ "point", "geometry", PLAIN },
	{ "linestring", "geometry", PLAIN },
	{ "polygon", "geometry", PLAIN },
	{ "multipoint", "geometry", PLAIN },
	{ "multilinestring", "geometry", PLAIN },
	{ "multipolygon", "geometry", PLAIN },
	{ "geometrycollection", "geometry", PLAIN },
	{ "geomcollection", "geometry", PLAIN }, /* MySQL 8's word for it */
	{ "uuid", "uuid", PLAIN },
	{ "inet4", "inet", PLAIN },
	{ "inet6", "inet", PLAIN },
};

/* A column_type taken apart; in and words are empty where there is nothing. */
struct parts {
	struct str name, in, words;
};

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* False when a parenthesis is not closed. Only labels hold quotes, and labels are not looked at here. */
static bool
take_apart(struct str s, struct parts *out)
{
	size_t i = 0;
	struct str rest;

	while (i < s.n && (is_letter(s.p[i]) || is_digit(s.p[i])))
		i++;
	*out = (struct parts){ .name = str_of(s.p, i), .in = STR(""), .words = STR("") };
	rest = str_of(s.p + i, s.n - i);
	if (rest.n == 0 || rest.p[0] == ' ') {
		out->words = rest;
		return true;
	}
	if (rest.p[0] != '(')
		return false;
	return str_cut(str_of(rest.p + 1, rest.n - 1), ')', &out->in, &out->words);
}

static bool
has_word(struct str words, struct str word)
{
	struct str one;

	while (words.n) {
		str_cut(words, ' ', &one, &words);
		if (str_eq_nocase(one, word))
			return true;
	}
	return false;
}

/* PostgreSQL and schema(5) have limits of their own; these are MySQL's. */
enum { LENGTH_MAX = 0xffff, DIGITS_MAX = 6, PRECISION_MAX = 65, SCALE_MAX = 38 };

/* False when what the form demands is not there. */
static bool
write_type(struct mysql_type *out, const struct named *name, const struct parts *parts)
{
	size_t room = sizeof(out->text), p = 0, s = 0;
	struct str first, second;

	switch (name->form) {
	case PLAIN: snprintf(out->text, room, "%s", name->type); return true;
	case SIGNED:
		snprintf(out->text, room, "%c%s",
			 has_word(parts->words, STR("unsigned")) ? 'u' : 'i', name->type + 1);
		return true;
	case LENGTH:
		if (!num_size(parts->in, LENGTH_MAX, &p))
			return false;
		break;
	case DIGITS:
		if (parts->in.n && !num_size(parts->in, DIGITS_MAX, &p))
			return false;
		break;
	case PAIR:
		if (!str_cut(parts->in, ',', &first, &second) ||
		    !num_size(first, PRECISION_MAX, &p) || !num_size(second, SCALE_MAX, &s))
			return false;
		snprintf(out->text, room, "%s(%zu,%zu)", name->type, p, s);
		return true;
	}
	snprintf(out->text, room, "%s(%zu)", name->type, p);
	return true;
}

struct mysql_type
mysql_type(struct str column_type)
{
	struct mysql_type out;
	struct parts parts;

	if (take_apart(column_type, &parts))
		for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
			if (str_eq_nocase(parts.name, str_cstr(named[i].name)) &&
			    write_type(&out, &named[i], &parts))
				return out;
	return (struct mysql_type){ "other" };
}

/* The bytes of the quoted text that begins s, both quotes included; 0 when it does not end. */
static size_t
quoted_length(struct str s)
{
	size_t i = 1;

	while (i < s.n) {
		bool twice = s.p[i] == '\'' && i + 1 < s.n && s.p[i + 1] == '\'';

		if (twice || s.p[i] == '\\')
			i += 2;
		else if (s.p[i] == '\'')
			return i + 1;
		else
			i++;
	}
	return 0;
}

/* The bytes of the comment that begins s, 0 when none does. */
static size_t
comment_length(struct str s)
{
	if (!str_starts(s, STR("/*")))
		return 0;
	for (size_t i = 2; i + 1 < s.n; i++)
		if (s.p[i] == '*' && s.p[i + 1] == '/')
			return i + 2;
	return s.n;
}

void
mysql_type_src(struct buf *b, struct str s)
{
	size_t skip, from = b->n;

	while (s.n) {
		if (s.p[0] == '\'') {
			skip = quoted_length(s);
			skip = skip ? skip : s.n;
			buf_add(b, str_of(s.p, skip));
		} else {
			skip = comment_length(s);
			if (!skip) {
				char c = s.p[0];

				buf_addc(b, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
				skip = 1;
			}
		}
		s = str_of(s.p + skip, s.n - skip);
	}
	while (b->n > from && b->p[b->n - 1] == ' ')
		b->n--;
}

bool
mysql_is_json(struct str column_type, struct str column, struct str clause)
{
	struct buf check = { 0 };
	bool is;

	if (!str_eq_nocase(column_type, STR("longtext")))
		return false;
	buf_add(&check, STR("json_valid("));
	buf_add_quoted(&check, column, '`');
	buf_addc(&check, ')');
	is = str_eq(clause, buf_str(&check));
	buf_release(&check);
	return is;
}

/* The text in the quotes, with what stands for another byte decoded. */
static void
add_label(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\'' || (c == '\\' && i + 1 < s.n))
			i++;
		if (c == '\\') {
			c = s.p[i];
			c = c == '0' ? '\0' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		buf_addc(b, c);
	}
}

int
mysql_label_next(struct mysql_labels *l, struct buf *b)
{
	size_t n;

	if (!l->begun) {
		struct str name;

		if (!str_cut(l->rest, '(', &name, &l->rest))
			return -1;
		l->begun = true;
	} else if (str_starts(l->rest, STR(","))) {
		l->rest = str_of(l->rest.p + 1, l->rest.n - 1);
	} else {
		return str_starts(l->rest, STR(")")) ? 0 : -1;
	}
	if (!str_starts(l->rest, STR("'")))
		return -1;
	n = quoted_length(l->rest);
	if (!n)
		return -1;
	add_label(b, str_of(l->rest.p + 1, n - 2));
	l->rest = str_of(l->rest.p + n, l->rest.n - n);
	return 1;
}
