/* SQL that others wrote: types and expressions that are to become a part of our statements. */
#include <stdint.h>

#include "load/sql-text.h"

#define OPEN SIZE_MAX /* instead of an end, of what is not closed */

/* Bytes that may stand in a name without quotes; all beyond ASCII, as PostgreSQL has it. */
static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The offset behind the quote that closes the one at i, or OPEN. A doubled quote is one inside. */
static size_t
quoted_end(struct str s, size_t i, bool backslashes)
{
	char quote = s.p[i++];

	while (i < s.n) {
		bool doubled = i + 1 < s.n && s.p[i] == quote && s.p[i + 1] == quote;

		if (s.p[i] == '\0')
			return OPEN;
		if (doubled || (backslashes && s.p[i] == '\\'))
			i += 2;
		else if (s.p[i++] == quote)
			return i;
	}
	return OPEN;
}

/* Whether the quote at i is the one of E'…'. */
static bool
escape_string(struct str s, size_t i)
{
	if (s.p[i] != '\'' || i == 0 || (s.p[i - 1] != 'E' && s.p[i - 1] != 'e'))
		return false;
	return i == 1 || !(is_word(s.p[i - 2]) || s.p[i - 2] == '$');
}

/* The offset behind the comment that begins at i (they nest), i when none does, or OPEN. */
static size_t
comment_end(struct str s, size_t i)
{
	size_t depth = 0;

	if (i + 1 >= s.n)
		return i;
	if (s.p[i] == '-' && s.p[i + 1] == '-') {
		while (i < s.n && s.p[i] != '\n' && s.p[i] != '\r')
			i++;
		return i;
	}
	if (s.p[i] != '/' || s.p[i + 1] != '*')
		return i;
	while (i + 1 < s.n) {
		bool begins = s.p[i] == '/' && s.p[i + 1] == '*';
		bool ends = s.p[i] == '*' && s.p[i + 1] == '/';

		depth += begins;
		depth -= ends;
		i += begins || ends ? 2 : 1;
		if (depth == 0)
			return i;
	}
	return OPEN;
}

/* How many brackets of each kind are open. */
struct nesting {
	size_t round, square;
};

static const char *
nest(struct nesting *n, char c)
{
	if ((c == ')' && n->round == 0) || (c == ']' && n->square == 0))
		return "has a bracket that closes nothing";
	n->round += c == '(';
	n->round -= c == ')';
	n->square += c == '[';
	n->square -= c == ']';
	return NULL;
}

static const char *
nest_end(const struct nesting *n)
{
	return n->round || n->square ? "has a bracket that is not closed" : NULL;
}

const char *
sql_type_fault(struct str type)
{
	struct nesting open = { 0, 0 };
	const char *fault = NULL;
	size_t i = 0;

	if (str_trim(type).n == 0)
		return "is empty";
	while (i < type.n && !fault) {
		char c = type.p[i];
		bool inside = open.round > 0;

		if (c == '"') {
			i = quoted_end(type, i, false);
			if (i == OPEN)
				return "has a quote that is not closed";
			continue;
		}
		i++;
		if (c == '(' || c == ')' || c == '[' || c == ']')
			fault = nest(&open, c);
		else if (c == '-') /* of numeric(3,-2); two of them would be a comment */
			fault =
			    inside && i < type.n && is_digit(type.p[i]) ? NULL : "is no type";
		else if (!is_word(c) && c != ' ' && c != '.' && !(c == ',' && inside))
			fault = "is no type";
	}
	return fault ? fault : nest_end(&open);
}

/* A character outside of quotes and comments. */
static const char *
add_plain(struct buf *out, struct str s, size_t *i, struct nesting *open)
{
	char c = s.p[(*i)++];
	char before = *i > 1 ? s.p[*i - 2] : ' ', after = *i < s.n ? s.p[*i] : ' ';

	switch (c) {
	case '\0': return "has a zero byte";
	case ';': return "has a ';' outside of quotes";
	case '\\': return "has a '\\' outside of quotes";
	case ',':
		if (open->round == 0 && open->square == 0)
			return "is more than one expression";
		break;
	case '$':
		if (!is_word(before) && before != '$')
			return "has a '$' that begins a word";
		break;
	case ':':
		/* psql would take :name for a variable; nothing that is one word to the server begins so. */
		buf_addc(out, c);
		if (after == ':')
			(*i)++;
		buf_addc(out, after == ':' ? ':' : ' ');
		return NULL;
	case '\t':
	case '\n':
	case '\v':
	case '\f':
	case '\r': c = ' '; break;
	default: break;
	}
	buf_addc(out, c);
	return nest(open, c);
}

const char *
sql_expr(struct buf *out, struct str text)
{
	struct nesting open = { 0, 0 };
	const char *fault = NULL;
	size_t begin = out->n, i = 0;

	text = str_trim(text);
	while (i < text.n && !fault) {
		bool quote = text.p[i] == '\'' || text.p[i] == '"';
		size_t end =
		    quote ? quoted_end(text, i, escape_string(text, i)) : comment_end(text, i);

		if (end == OPEN)
			fault = quote ? "has a quote that is not closed"
				      : "has a comment that is not closed";
		else if (quote)
			buf_add(out, str_of(text.p + i, end - i));
		else if (end > i)
			buf_addc(out, ' ');
		else
			fault = add_plain(out, text, &end, &open);
		i = end;
	}
	if (!fault)
		fault = nest_end(&open);
	while (out->n > begin && out->p[out->n - 1] == ' ') /* of a comment at the end */
		out->n--;
	if (!fault && out->n == begin)
		fault = "is empty";
	if (fault)
		out->n = begin;
	return fault;
}
