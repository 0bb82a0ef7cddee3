/* Arrays of one dimension as COPY BINARY has them. */
#include "load/binary.h"
#include "schema/escape.h"

/* Dimensions, whether there are NULLs, the type of the elements, their number, the lowest index. */
enum { HEAD = 20, HEAD_EMPTY = 12 };

struct element {
	bool quoted;
	bool null;
};

/* The next byte of the array's text, which is escaped; false at the end of the field, or of a zero byte. */
static bool
next_byte(const char **p, char *byte)
{
	size_t n;

	if (**p == '\t' || **p == '\n')
		return false;
	if (**p != '\\') {
		*byte = *(*p)++;
		return true;
	}
	n = escape_length(*p, BINARY_SLACK, byte);
	if (!n || !*byte)
		return false;
	*p += n;
	return true;
}

/* What means something else where it is not in quotes. */
static bool
is_special(char c)
{
	return strchr("\"{}\\ \t\n\r\v\f", c) != NULL;
}

/* An element into text, with the comma or brace behind it in *stop; false when it is none. */
static bool
read_element(const char **p, struct buf *text, struct element *e, char *stop)
{
	char c;

	text->n = 0;
	*e = (struct element){ 0 };
	if (!next_byte(p, &c))
		return false;
	e->quoted = c == '"';
	if (e->quoted) {
		while (next_byte(p, &c) && c != '"') {
			if (c == '\\' && !next_byte(p, &c))
				return false;
			buf_addc(text, c);
		}
		/* A quote that does not close leaves nothing to read. */
		return next_byte(p, stop) && (*stop == ',' || *stop == '}');
	}
	while (c != ',' && c != '}') {
		if (is_special(c))
			return false;
		buf_addc(text, c);
		if (!next_byte(p, &c))
			return false;
	}
	*stop = c;
	e->null = str_eq_nocase(buf_str(text), STR("null"));
	return text->n > 0;
}

/* Encoders read a field of rows(5), so one that is no text gets a newline behind it. */
static char *
put_element(const struct binary_column *c, char *d, const struct element *e)
{
	struct buf *text = c->scratch;
	struct binary_at at;

	if (e->null)
		return binary_put32(d, UINT32_MAX);
	if (c->element == binary_text) {
		d = binary_put32(d, (uint32_t)text->n);
		if (text->n)
			memcpy(d, text->p, text->n);
		return d + text->n;
	}
	memset(buf_reserve(text, 1 + BINARY_SLACK), '\n', 1 + BINARY_SLACK);
	at = c->element(c, (struct binary_at){ text->p, d });
	return at.p == text->p + text->n ? at.d : NULL;
}

static struct binary_at
put_empty(const struct binary_column *c, struct binary_at at)
{
	char *d = binary_put32(at.d, HEAD_EMPTY);

	d = binary_put32(binary_put32(d, 0), 0);
	return (struct binary_at){ at.p + 2, binary_put32(d, c->element_oid) };
}

struct binary_at
binary_array(const struct binary_column *c, struct binary_at at)
{
	const char *p = at.p;
	char *d = at.d + 4 + HEAD, stop = ',', *head;
	uint32_t count = 0, nulls = 0;

	if (*p++ != '{')
		return binary_cannot();
	if (*p == '}')
		return put_empty(c, at);
	for (; stop == ','; count++) {
		struct element e;

		if (!read_element(&p, c->scratch, &e, &stop))
			return binary_cannot();
		d = put_element(c, d, &e);
		if (!d)
			return binary_cannot();
		nulls |= e.null;
	}
	head = binary_put32(at.d, (uint32_t)(d - at.d - 4));
	head = binary_put32(binary_put32(head, 1), nulls);
	binary_put32(binary_put32(binary_put32(head, c->element_oid), count), 1);
	return (struct binary_at){ p, d };
}
