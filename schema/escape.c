/* The escapes of rows(5) and schema(5). */
#include "schema/escape.h"
#include "schema/base/mask.h"
#include "schema/base/utf8.h"

/* What stands behind the backslash for a byte; 0 where the byte stands for itself, '0' for the zero byte. */
static const char letter[256] = {
	['\0'] = '0', ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
	['\v'] = 'v', ['\f'] = 'f', ['\r'] = 'r', ['\\'] = '\\',
};

/* The longest escape of one byte: \000. */
enum { LONGEST = 4 };

size_t
escape_length(const char *p, size_t n, char *byte)
{
	if (n < 2 || p[0] != '\\')
		return 0;
	switch (p[1]) {
	case '\\': *byte = '\\'; return 2;
	case 't': *byte = '\t'; return 2;
	case 'n': *byte = '\n'; return 2;
	case 'r': *byte = '\r'; return 2;
	case 'b': *byte = '\b'; return 2;
	case 'f': *byte = '\f'; return 2;
	case 'v': *byte = '\v'; return 2;
	case '#': *byte = '#'; return 2;
	case '0':
		if (n < LONGEST || p[2] != '0' || p[3] != '0')
			return 0;
		*byte = '\0';
		return LONGEST;
	default: return 0;
	}
}

/* The escape with this letter, at d. */
static inline char *
put_escape(char *d, char c)
{
	*d++ = '\\';
	*d++ = c;
	if (c == '0') {
		*d++ = '0';
		*d++ = '0';
	}
	return d;
}

/*
 * Escapes s at d, which has room for LONGEST * s.n + 64 bytes. Returns the end of what was written. Most texts have few
 * bytes to escape, so 64 are copied at a time up to the next one.
 */
static char *
escape_bytes(char *d, struct str s)
{
	const char *p = s.p, *end = s.p + s.n;

	while (end - p >= 64) {
		struct bytes64 b = bytes64_load(p);
		uint64_t special = bytes64_control(&b) | bytes64_eq(&b, '\\');
		size_t plain = special ? mask_first(special) : 64;

		memcpy(d, p, 64);
		d += plain;
		p += plain;
		/* Control bytes without an escape are special too: they are copied with what follows. */
		if (special && !letter[(unsigned char)*p])
			*d++ = *p++;
		while (p < end && letter[(unsigned char)*p])
			d = put_escape(d, letter[(unsigned char)*p++]);
	}
	for (; p < end; p++) {
		char c = letter[(unsigned char)*p];

		if (c)
			d = put_escape(d, c);
		else
			*d++ = *p;
	}
	return d;
}

void
escape_add(struct buf *b, struct str value)
{
	char *d = buf_reserve(b, LONGEST * value.n + 65);
	char *start = d;

	if (value.n && value.p[0] == '#')
		*d++ = '\\';
	if (value.n)
		d = escape_bytes(d, value);
	b->n += (size_t)(d - start);
}

void
escape_write(struct output *out, struct str value, bool first)
{
	enum { PIECE = (IO_BLOCK / 4 - 65) / LONGEST };

	if (first && value.n && value.p[0] == '#')
		output_addc(out, '\\');
	while (value.n) {
		size_t n = value.n < PIECE ? value.n : PIECE;
		char *d = output_reserve(out, LONGEST * n + 64);

		output_added(out, (size_t)(escape_bytes(d, str_of(value.p, n)) - d));
		value.p += n;
		value.n -= n;
	}
}

int
escape_decode(struct buf *b, struct str field)
{
	size_t before = b->n;

	while (field.n) {
		const char *bs = memchr(field.p, '\\', field.n);
		size_t plain = bs ? (size_t)(bs - field.p) : field.n, len;
		char byte;

		buf_add(b, str_of(field.p, plain));
		if (!bs)
			break;
		len = escape_length(bs, field.n - plain, &byte);
		if (len == 0) {
			b->n = before;
			return -1;
		}
		buf_addc(b, byte);
		field = str_of(bs + len, field.n - plain - len);
	}
	return 0;
}

size_t
escape_check(struct str field)
{
	char byte;

	if (escape_is_null(field))
		return field.n;
	for (size_t i = 0; i < field.n;) {
		char c = field.p[i];
		size_t len = 1;

		if (c == '\\')
			len = escape_length(field.p + i, field.n - i, &byte);
		else if (c == '\t' || c == '\n' || c == '\r' || c == '\0' ||
			 (c == '#' && i == 0))
			len = 0;
		if (len == 0 || (len == 2 && byte == '#' && i != 0))
			return i;
		i += len;
	}
	return field.n;
}

struct str
escape_arg(int option, const char *arg)
{
	struct buf name = { 0 };
	struct str field = str_cstr(arg);

	if (escape_is_null(field) || escape_check(field) != field.n ||
	    utf8_valid(field) != field.n)
		die(STATUS_USAGE, "option -%c: %s is no name as schema(5) writes it", option,
		    show(field).text);
	escape_decode(&name, field);
	return str_of(buf_cstr(&name), name.n);
}
