/*
 * JSON as jsonb holds it. The text is read once, without recursion, and written to the output as it is read. What must
 * move in the end are the members of objects whose keys are not in order: their bytes stay where they are, in pieces,
 * and only the order in which pieces follow one another changes. So an object costs a sort of its keys, however deep
 * it lies and however long its values are.
 */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/digest.h"

/* A span of the output that begins here and ends where the piece made after it begins. */
struct piece {
	size_t begin;
	size_t next; /* the piece that follows it in canonical order */
};

struct member {
	struct str key; /* its escapes resolved */
	size_t head,
	    tail; /* its first and its last piece; both grow in the order of the text */
};

/* An array or object that is open. */
struct level {
	bool object;
	size_t members; /* how many there were when it began */
};

struct list {
	size_t n, cap;
};

struct json {
	const char *p, *end; /* the text, from what comes next */
	struct buf *out;
	struct buf
	    plain; /* strings that had escapes, never longer than the text: reserved once, for spans point into it */
	struct level *levels;
	struct list level;
	struct member *members; /* of all objects that are open */
	struct list member;
	struct piece *pieces;
	struct list piece;
	bool repeats; /* an object had a key twice */
	bool moved;   /* the pieces no longer follow one another as they were made */
};

/* Room for one more element of items, which may move. */
static void *
grow(void *items, struct list *list, size_t size)
{
	if (list->n < list->cap)
		return items;
	list->cap = list->cap ? 2 * list->cap : 16;
	return mem_grow(items, list->cap, size);
}

static size_t
begin_piece(struct json *j)
{
	size_t at = j->piece.n;

	j->pieces = grow(j->pieces, &j->piece, sizeof(*j->pieces));
	j->pieces[at] = (struct piece){ j->out->n, at + 1 };
	j->piece.n++;
	return at;
}

static void
skip_blanks(struct json *j)
{
	while (j->p < j->end &&
	       (*j->p == ' ' || *j->p == '\t' || *j->p == '\n' || *j->p == '\r'))
		j->p++;
}

/* Takes c, and blanks before it. */
static bool
take(struct json *j, char c)
{
	skip_blanks(j);
	if (j->p == j->end || *j->p != c)
		return false;
	j->p++;
	return true;
}

/* --- strings ------------------------------------------------------------------------------------- */

/* The four digits of a \u; -1 when they are none. */
static int32_t
take_hex(struct json *j)
{
	int32_t v = 0;

	if (j->end - j->p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = hex_value(*j->p++);

		if (digit < 0)
			return -1;
		v = v << 4 | digit;
	}
	return v;
}

static void
add_character(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_addc(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addc(b, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_addc(b, (char)(0xe0 | c >> 12));
		} else {
			buf_addc(b, (char)(0xf0 | c >> 18));
			buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_addc(b, (char)(0x80 | (c & 0x3f)));
}

/* The character behind \u: surrogates in pairs only, and no U+0000, which no text of PostgreSQL holds. */
static int
take_character(struct json *j)
{
	int32_t c = take_hex(j), low;

	if (c >= 0xd800 && c < 0xdc00) {
		if (j->end - j->p < 2 || j->p[0] != '\\' || j->p[1] != 'u')
			return -1;
		j->p += 2;
		low = take_hex(j);
		if (low < 0xdc00 || low > 0xdfff)
			return -1;
		c = 0x10000 + (c - 0xd800) * 0x400 + (low - 0xdc00);
	} else if (c <= 0 || (c >= 0xdc00 && c <= 0xdfff)) {
		return -1;
	}
	add_character(&j->plain, (uint32_t)c);
	return 0;
}

static int
take_escape(struct json *j)
{
	char c;

	if (j->p == j->end)
		return -1;
	switch (*j->p++) {
	case '"': c = '"'; break;
	case '\\': c = '\\'; break;
	case '/': c = '/'; break;
	case 'b': c = '\b'; break;
	case 'f': c = '\f'; break;
	case 'n': c = '\n'; break;
	case 'r': c = '\r'; break;
	case 't': c = '\t'; break;
	case 'u': return take_character(j);
	default: return -1;
	}
	buf_addc(&j->plain, c);
	return 0;
}

/* The string behind its first quote: a span of the text, or, with escapes, of j->plain. */
static int
take_string(struct json *j, struct str *s)
{
	const char *from = j->p;
	size_t start = j->plain.n;
	bool escaped = false;

	while (j->p < j->end && *j->p != '"') {
		if ((unsigned char)*j->p < 0x20)
			return -1;
		if (*j->p != '\\') {
			j->p++;
			continue;
		}
		if (!j->plain.p)
			buf_reserve(&j->plain, (size_t)(j->end - from));
		buf_add(&j->plain, str_of(from, (size_t)(j->p - from)));
		escaped = true;
		j->p++;
		if (take_escape(j) < 0)
			return -1;
		from = j->p;
	}
	if (j->p == j->end)
		return -1;
	*s = str_of(from, (size_t)(j->p++ - from));
	if (!escaped)
		return 0;
	buf_add(&j->plain, *s);
	*s = str_of(j->plain.p + start, j->plain.n - start);
	return 0;
}

static void
add_control(struct buf *out, unsigned char c)
{
	switch (c) {
	case '\b': buf_add(out, STR("\\b")); break;
	case '\f': buf_add(out, STR("\\f")); break;
	case '\n': buf_add(out, STR("\\n")); break;
	case '\r': buf_add(out, STR("\\r")); break;
	case '\t': buf_add(out, STR("\\t")); break;
	default: buf_addf(out, "\\u%04x", c); break;
	}
}

static void
add_string(struct buf *out, struct str s)
{
	const char *p = s.p, *from = p, *end = p + s.n;

	buf_addc(out, '"');
	for (; p < end; p++) {
		if ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
			continue;
		buf_add(out, str_of(from, (size_t)(p - from)));
		from = p + 1;
		if (*p == '"' || *p == '\\') {
			buf_addc(out, '\\');
			buf_addc(out, *p);
		} else {
			add_control(out, (unsigned char)*p);
		}
	}
	buf_add(out, str_of(from, (size_t)(end - from)));
	buf_addc(out, '"');
}

/* --- other values -------------------------------------------------------------------------------- */

static bool
in_number(char c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' ||
	    c == '-';
}

/* RFC 8259, section 6: a decimal without a plus or needless zeros before it. */
static int
take_number(struct json *j)
{
	const char *from = j->p, *digit = *from == '-' ? from + 1 : from;
	struct decimal d;

	while (j->p < j->end && in_number(*j->p))
		j->p++;
	if (*from == '+' ||
	    (j->p - digit > 1 && digit[0] == '0' && digit[1] >= '0' && digit[1] <= '9'))
		return -1;
	if (!num_decimal(str_of(from, (size_t)(j->p - from)), &d))
		return -1;
	canon_number(&d, j->out);
	return 0;
}

static int
take_word(struct json *j, struct str word)
{
	if (!str_starts(str_of(j->p, (size_t)(j->end - j->p)), word))
		return -1;
	j->p += word.n;
	buf_add(j->out, word);
	return 0;
}

/* --- arrays and objects -------------------------------------------------------------------------- */

static void
open_level(struct json *j, bool object)
{
	j->p++;
	j->levels = grow(j->levels, &j->level, sizeof(*j->levels));
	j->levels[j->level.n++] = (struct level){ object, j->member.n };
}

/* The key of a member, which is a piece of its own, and its colon. What stands before the key is decided in the end. */
static int
take_key(struct json *j)
{
	struct str key;
	size_t head;

	if (!take(j, '"') || take_string(j, &key) < 0 || !take(j, ':'))
		return -1;
	head = begin_piece(j);
	j->members = grow(j->members, &j->member, sizeof(*j->members));
	j->members[j->member.n++] = (struct member){ key, head, head };
	buf_addc(j->out, ',');
	add_string(j->out, key);
	buf_addc(j->out, ':');
	return 0;
}

/* As jsonb sorts keys: by length, then bytes; of equal ones, in the order of the text. */
static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c;

	if (x->key.n != y->key.n)
		return x->key.n < y->key.n ? -1 : 1;
	c = str_cmp(x->key, y->key);
	return c ? c : (x->head > y->head) - (x->head < y->head);
}

static bool
in_order(const struct member *m, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (compare_members(&m[i - 1], &m[i]) > 0 || str_eq(m[i - 1].key, m[i].key))
			return false;
	return true;
}

/* Links the pieces of members in the order of their keys; of equal keys the last one stays. */
static void
sort_members(struct json *j, struct member *m, size_t n)
{
	size_t last = m[0].head - 1, behind = j->piece.n;

	for (size_t i = 0; i < n; i++)
		m[i].tail = (i + 1 < n ? m[i + 1].head : behind) - 1;
	qsort(m, n, sizeof(*m), compare_members);
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && str_eq(m[i].key, m[i + 1].key)) {
			j->repeats = true;
			continue;
		}
		j->pieces[last].next = m[i].head;
		last = m[i].tail;
	}
	j->pieces[last].next = behind;
	j->moved = true;
}

static void
close_level(struct json *j)
{
	const struct level *level = &j->levels[--j->level.n];
	size_t n = j->member.n - level->members, before;
	struct member *m;

	if (!level->object) {
		buf_addc(j->out, ']');
		return;
	}
	if (n == 0) {
		buf_add(j->out, STR("{}"));
		return;
	}
	m = &j->members[level->members];
	before = m[0].head - 1;
	if (!in_order(m, n))
		sort_members(j, m, n);
	j->out->p[j->pieces[j->pieces[before].next].begin] = '{';
	j->member.n = level->members;
	begin_piece(j);
	buf_addc(j->out, '}');
}

/* --- the whole ----------------------------------------------------------------------------------- */

/* Where a value must begin. 1: within an array or object, where another value must begin; 0: it is whole; -1. */
static int
begin_value(struct json *j)
{
	struct str s;

	skip_blanks(j);
	if (j->p == j->end)
		return -1;
	switch (*j->p) {
	case '{':
		open_level(j, true);
		if (!take(j, '}'))
			return take_key(j) < 0 ? -1 : 1;
		close_level(j);
		return 0;
	case '[':
		open_level(j, false);
		buf_addc(j->out, '[');
		if (!take(j, ']'))
			return 1;
		close_level(j);
		return 0;
	case '"':
		j->p++;
		if (take_string(j, &s) < 0)
			return -1;
		add_string(j->out, s);
		return 0;
	case 't': return take_word(j, STR("true"));
	case 'f': return take_word(j, STR("false"));
	case 'n': return take_word(j, STR("null"));
	default: return take_number(j);
	}
}

/* Behind a value. 1: another value must begin; 0: that was the last; -1. */
static int
end_value(struct json *j)
{
	while (j->level.n) {
		bool object = j->levels[j->level.n - 1].object;

		if (take(j, ',')) {
			if (object)
				return take_key(j) < 0 ? -1 : 1;
			buf_addc(j->out, ',');
			return 1;
		}
		if (!take(j, object ? '}' : ']'))
			return -1;
		close_level(j);
	}
	return 0;
}

static int
read_text(struct json *j)
{
	int more;

	do {
		more = begin_value(j);
		if (more == 0)
			more = end_value(j);
	} while (more > 0);
	skip_blanks(j);
	return more < 0 || j->p < j->end ? -1 : 0;
}

/* Replaces what was written by its pieces in canonical order. */
static void
put_in_order(struct json *j)
{
	size_t begin = j->pieces[0].begin;
	struct buf sorted = { 0 };

	buf_reserve(&sorted, j->out->n - begin);
	for (size_t i = 0; i < j->piece.n; i = j->pieces[i].next) {
		size_t from = j->pieces[i].begin;
		size_t to = i + 1 < j->piece.n ? j->pieces[i + 1].begin : j->out->n;

		buf_add(&sorted, str_of(j->out->p + from, to - from));
	}
	j->out->n = begin;
	buf_add(j->out, buf_str(&sorted));
	buf_release(&sorted);
}

static int
canon_text(struct str text, struct buf *out, bool *repeats)
{
	struct json j = { .p = text.p, .end = text.p + text.n, .out = out };
	size_t before = out->n;
	int result = -1;

	if (text.n && utf8_valid(text) == text.n) {
		begin_piece(&j);
		result = read_text(&j);
	}
	if (result == 0 && j.moved)
		put_in_order(&j);
	if (result < 0)
		out->n = before;
	buf_release(&j.plain);
	free(j.levels);
	free(j.members);
	free(j.pieces);
	*repeats = j.repeats;
	return result;
}

int
canon_json(struct str text, struct buf *out)
{
	bool ignored;

	return canon_text(text, out, &ignored);
}

bool
json_repeats_key(struct str text)
{
	struct buf ignored = { 0 };
	bool repeats;

	/* For most texts this settles it: the keys of one object, if any, are between these. */
	if (text.n == 0 || !memchr(text.p, ':', text.n))
		return false;
	if (canon_text(text, &ignored, &repeats) < 0)
		repeats = false;
	buf_release(&ignored);
	return repeats;
}
