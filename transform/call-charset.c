/* Transforms between character sets. iconv(3) is opened once for a column, and knows most of them. */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include "schema/base/utf8.h"
#include "transform/calls.h"

enum charset_kind { CHARSET_UTF8, CHARSET_LATIN1, CHARSET_ICONV };

struct charset {
	enum charset_kind kind;
	struct str name;
	iconv_t from, to; /* from it to UTF-8, and back; CHARSET_ICONV only */
};

/* What MySQL calls them, where iconv has no such name or another set of that name. */
static const struct {
	const char *name, *iconv;
} names[] = {
	{ "binary", "UTF-8" },       { "utf8", "UTF-8" },        { "utf8mb3", "UTF-8" },
	{ "utf8mb4", "UTF-8" },      { "utf-8", "UTF-8" },       { "latin1", "latin1" },
	{ "latin2", "ISO-8859-2" },  { "latin5", "ISO-8859-9" }, { "latin7", "ISO-8859-13" },
	{ "greek", "ISO-8859-7" },   { "hebrew", "ISO-8859-8" }, { "koi8r", "KOI8-R" },
	{ "koi8u", "KOI8-U" },       { "sjis", "SHIFT_JIS" },    { "ujis", "EUC-JP" },
	{ "eucjpms", "EUC-JP-MS" },  { "euckr", "CP949" },       { "gb2312", "EUC-CN" },
	{ "macroman", "MACINTOSH" }, { "tis620", "TIS-620" },    { "ucs2", "UCS-2BE" },
	{ "utf16", "UTF-16BE" },     { "utf16le", "UTF-16LE" },  { "utf32", "UTF-32BE" },
};

static int
charset_open(struct charset *set, struct str name, struct transform_use *use, struct pool *pool,
	     struct err *e)
{
	const char *known = NULL;

	set->name = name;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, str_cstr(names[i].name)))
			known = names[i].iconv;
	if (known && strcmp(known, "UTF-8") == 0) {
		set->kind = CHARSET_UTF8;
		return 0;
	}
	if (known && strcmp(known, "latin1") == 0) {
		set->kind = CHARSET_LATIN1;
		return 0;
	}
	if (!known)
		known = pool_str(pool, name).p;
	/* iconv takes // for its own options, and the empty name for the locale's. */
	if (name.n == 0 || memchr(name.p, '/', name.n) || memchr(name.p, '\0', name.n) ||
	    (set->from = iconv_open("UTF-8", known)) == (iconv_t)-1)
		return err_set(e, STATUS_USAGE, "%s: there is no character set %s",
			       use->transform->name, show(name).text);
	set->kind = CHARSET_ICONV;
	set->to = iconv_open(known, "UTF-8");
	if (set->to != (iconv_t)-1)
		return 0;
	iconv_close(set->from);
	set->kind = CHARSET_UTF8;
	return err_set(e, STATUS_USAGE, "%s: there is no way to character set %s",
		       use->transform->name, show(name).text);
}

static void
charset_close(struct charset *set)
{
	if (set->kind == CHARSET_ICONV) {
		iconv_close(set->from);
		iconv_close(set->to);
	}
	set->kind = CHARSET_UTF8;
}

/* --- latin1, which is cp1252 to MySQL, with C1 controls where that has nothing -------------- */

static const uint16_t cp1252[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

static void
latin1_decode(struct str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned c = (unsigned char)bytes.p[i];

		if (c >= 0x80 && c <= 0x9f)
			c = cp1252[c - 0x80];
		if (c < 0x80) {
			buf_addc(out, (char)c);
		} else if (c < 0x800) {
			buf_addc(out, (char)(0xc0 | c >> 6));
			buf_addc(out, (char)(0x80 | (c & 0x3f)));
		} else {
			buf_addc(out, (char)(0xe0 | c >> 12));
			buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
			buf_addc(out, (char)(0x80 | (c & 0x3f)));
		}
	}
}

/* The byte of a character of two or three bytes, or -1. */
static int
latin1_byte(const char *p, size_t n)
{
	unsigned c = (unsigned char)p[0] & (n == 2 ? 0x1f : 0x0f);

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)p[i] & 0x3f);
	if (c >= 0xa0 && c <= 0xff)
		return (int)c;
	for (size_t i = 0; i < 32; i++)
		if (cp1252[i] == c)
			return (int)(0x80 + i);
	return -1;
}

/* Returns how much of text could be taken. */
static size_t
latin1_encode(struct str text, struct buf *out)
{
	size_t i = 0, n;

	for (; i < text.n; i += n) {
		int byte = (unsigned char)text.p[i];

		n = utf8_length(text.p + i, text.n - i);
		if (n != 1)
			byte = n == 2 || n == 3 ? latin1_byte(text.p + i, n) : -1;
		if (byte < 0)
			break;
		buf_addc(out, (char)byte);
	}
	return i;
}

/* --- any ---------------------------------------------------------------------------------- */

static size_t
iconv_add(iconv_t cd, struct str in, struct buf *out)
{
	char *from = (char *)in.p, *to;
	size_t left = in.n, room, got = 0;
	bool more = in.n > 0;

	iconv(cd, NULL, NULL, NULL, NULL);
	while (more) {
		room = 2 * left + 64;
		to = buf_reserve(out, room);
		got = iconv(cd, &from, &left, &to, &room);
		out->n = (size_t)(to - out->p);
		more = got == (size_t)-1 && errno == E2BIG;
	}
	if (got == (size_t)-1)
		return in.n - left;
	/* Characters that do not come back as they were: which ones, iconv does not say. */
	if (got)
		return 0;
	/* What returns to the initial state. */
	room = 64;
	to = buf_reserve(out, room);
	iconv(cd, NULL, NULL, &to, &room);
	out->n = (size_t)(to - out->p);
	return in.n;
}

static size_t
charset_decode(const struct charset *set, struct str bytes, struct buf *out)
{
	size_t n;

	switch (set->kind) {
	case CHARSET_LATIN1: latin1_decode(bytes, out); return bytes.n;
	case CHARSET_ICONV: return iconv_add(set->from, bytes, out);
	default:
		n = utf8_valid(bytes);
		buf_add(out, str_of(bytes.p, n));
		return n;
	}
}

static size_t
charset_encode(const struct charset *set, struct str text, struct buf *out)
{
	switch (set->kind) {
	case CHARSET_LATIN1: return latin1_encode(text, out);
	case CHARSET_ICONV: return iconv_add(set->to, text, out);
	default: buf_add(out, text); return text.n;
	}
}

/* Says what stands at the first byte that could not be taken. */
static enum transform_result
fail(struct transform_use *use, struct str bytes, size_t at, const struct charset *set)
{
	char hex[4 * 4 + 1] = "";
	size_t n = bytes.n - at < 4 ? bytes.n - at : 4;

	for (size_t i = 0; i < n; i++)
		snprintf(hex + 4 * i, 5, "\\x%02x", (unsigned)(unsigned char)bytes.p[at + i]);
	snprintf(use->why, sizeof(use->why), "%s at byte %zu is no %.*s", hex, at + 1,
		 (int)(set->name.n < 32 ? set->name.n : 32), set->name.p);
	return TRANSFORM_FAILED;
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* --- decode-as ---------------------------------------------------------------------------- */

struct decoding {
	struct charset read_as, really;
};

TRANSFORM_PREPARE(decode_as_prepare)
{
	struct decoding *d = pool_get(pool, sizeof(*d));
	struct str read_as = use->args[1].given ? use->args[1].text : STR("latin1");

	if (charset_open(&d->really, use->args[0].text, use, pool, e) < 0)
		return -1;
	if (charset_open(&d->read_as, read_as, use, pool, e) < 0) {
		charset_close(&d->really);
		return -1;
	}
	use->state = d;
	return 0;
}

void
decode_as_release(struct transform_use *use)
{
	struct decoding *d = use->state;

	charset_close(&d->read_as);
	charset_close(&d->really);
}

TRANSFORM_CALL(decode_as)
{
	const struct decoding *d = use->state;
	size_t at;

	*out = value;
	if (d->read_as.kind != CHARSET_ICONV && d->really.kind != CHARSET_ICONV &&
	    is_ascii(value))
		return TRANSFORM_SAME;
	use->spare.n = 0;
	at = charset_encode(&d->read_as, value, &use->spare);
	if (at < value.n)
		return fail(use, value, at, &d->read_as);
	scratch->n = 0;
	at = charset_decode(&d->really, buf_str(&use->spare), scratch);
	if (at < use->spare.n)
		return fail(use, buf_str(&use->spare), at, &d->really);
	*out = buf_str(scratch);
	return str_eq(*out, value) ? TRANSFORM_SAME : TRANSFORM_ALTERED;
}

/* --- varbinary-to-string ------------------------------------------------------------------ */

TRANSFORM_PREPARE(varbinary_to_string_prepare)
{
	use->state = pool_get(pool, sizeof(struct charset));
	return charset_open(use->state, use->args[0].given ? use->args[0].text : STR("utf8"),
			    use, pool, e);
}

void
varbinary_to_string_release(struct transform_use *use)
{
	charset_close(use->state);
}

TRANSFORM_CALL(varbinary_to_string)
{
	const struct charset *set = use->state;
	struct str bytes;
	size_t at;

	*out = value;
	if (!use_takes_bytes(use))
		return TRANSFORM_SAME;
	if (!plain_bytes(use, value, &bytes))
		return TRANSFORM_FAILED;
	scratch->n = 0;
	at = charset_decode(set, bytes, scratch);
	if (at < bytes.n)
		return fail(use, bytes, at, set);
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}
