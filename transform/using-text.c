/* Expressions behind USING: functions of texts, which count in characters. */
#include "transform/using-text.h"
#include "schema/base/utf8.h"

/* --- parts of texts ------------------------------------------------------------------------ */

/* Where the character after the next n ones begins; false when there are not so many. */
static bool
skip(struct str s, int128 n, size_t *at)
{
	size_t i = 0;

	if (n < 0 || n > (int128)s.n)
		return false;
	for (; n > 0; n--) {
		if (i >= s.n)
			return false;
		i += char_length(str_of(s.p + i, s.n - i));
	}
	*at = i;
	return true;
}

/* A text or a character; of NIL, which is the empty sequence, no bytes. */
struct str
text_sequence(const struct value *v)
{
	return v->kind == KIND_NIL || !v->text.p ? STR("") : v->text;
}

/* What is from start to end, which may be unset or NIL. False with using_fail() called. */
static bool
cut(struct using *u, const struct step *s, struct str text, const struct value *start,
    const struct value *end, struct str *out)
{
	int128 from = start->kind == KIND_INTEGER ? start->number : 0;
	size_t first, length;

	if (!skip(text, from, &first))
		return using_fail(u, s, "%.100s has no character %s", show(text).text,
				  using_show(start).text);
	*out = str_of(text.p + first, text.n - first);
	if (end->kind != KIND_INTEGER)
		return true;
	if (end->number < from || !skip(*out, end->number - from, &length))
		return using_fail(u, s, "%.100s has no characters %jd to %jd", show(text).text,
				  (intmax_t)from, (intmax_t)end->number);
	out->n = length;
	return true;
}

USING_CALL(using_subseq)
{
	struct str part;

	if (!cut(u, s, text_sequence(&args[0]), &args[1], &args[2], &part))
		return false;
	*out = args[0].kind == KIND_NIL ? args[0] : value_text(part);
	return true;
}

/* Where the mark stands in s from there on; s.n when it does not. */
size_t
text_find(struct str s, size_t from, struct str mark)
{
	const char *p;

	if (mark.n == 0)
		return from;
	for (; from + mark.n <= s.n; from++) {
		p = memchr(s.p + from, mark.p[0], s.n - from - mark.n + 1);
		if (!p)
			break;
		from = (size_t)(p - s.p);
		if (memcmp(p, mark.p, mark.n) == 0)
			return from;
	}
	return s.n;
}

static bool
holds(struct str s, size_t at, struct str mark)
{
	return at + mark.n <= s.n && (mark.n == 0 || memcmp(s.p + at, mark.p, mark.n) == 0);
}

/* The last place, or the first, as a number of characters; NIL when there is none. */
static bool
locate(struct using *u, struct step *s, struct str mark, const struct value *text,
       const struct value *range, struct value *out)
{
	struct str whole = text_sequence(text), part;
	bool last = value_true(&range[2]) && range[2].kind != KIND_UNSET;
	size_t at;

	if (!cut(u, s, whole, &range[0], &range[1], &part))
		return false;
	at = text_find(part, 0, mark);
	if (!holds(part, at, mark))
		return true;
	if (last)
		for (at = part.n - mark.n; !holds(part, at, mark); at--)
			;
	at += (size_t)(part.p - whole.p);
	*out = value_integer((int128)utf8_count(str_of(whole.p, at)));
	return true;
}

USING_CALL(using_search)
{
	return locate(u, s, text_sequence(&args[0]), &args[1], &args[2], out);
}

USING_CALL(using_position)
{
	return locate(u, s, args[0].text, &args[1], &args[2], out);
}

USING_CALL(using_character)
{
	struct value end = value_integer(args[1].number);
	struct str c;

	if (args[1].number < 0 || __builtin_add_overflow(end.number, 1, &end.number))
		return using_fail(u, s, "%.100s has no character %s", show(args[0].text).text,
				  using_show(&args[1]).text);
	if (!cut(u, s, args[0].text, &args[1], &end, &c))
		return false;
	*out = (struct value){ .kind = KIND_CHARACTER, .text = c };
	return true;
}

/* --- new texts ----------------------------------------------------------------------------- */

static bool
made(struct buf *b, struct value *out)
{
	*out = value_text(b->n ? buf_str(b) : STR(""));
	return true;
}

USING_CALL(using_concatenate)
{
	size_t n = 0;
	struct buf *b;

	for (size_t i = 0; i < s->n; i++)
		n += text_sequence(&args[i]).n;
	b = using_make(u, s, n);
	if (!b)
		return false;
	for (size_t i = 0; i < s->n; i++)
		buf_add(b, text_sequence(&args[i]));
	return made(b, out);
}

void
using_princ(const struct using *u, struct buf *b, const struct value *v)
{
	bool clojure = u->language == USING_CLOJURE;

	switch (v->kind) {
	case KIND_NIL: buf_add(b, clojure ? STR("") : STR("NIL")); break;
	case KIND_TRUE: buf_add(b, clojure ? STR("true") : STR("T")); break;
	case KIND_FALSE: buf_add(b, STR("false")); break;
	case KIND_INTEGER: b->n += int128_put(buf_reserve(b, 48), v->number); break;
	default: buf_add(b, v->text); break;
	}
}

static size_t
printed_length(const struct value *v)
{
	return v->kind == KIND_TEXT || v->kind == KIND_CHARACTER ? v->text.n : 48;
}

USING_CALL(using_clojure_str)
{
	size_t n = 0;
	struct buf *b;

	for (size_t i = 0; i < s->n; i++)
		n += printed_length(&args[i]);
	b = using_make(u, s, n);
	if (!b)
		return false;
	for (size_t i = 0; i < s->n; i++)
		using_princ(u, b, &args[i]);
	return made(b, out);
}

USING_CALL(using_string)
{
	struct buf *b;

	if (args->kind == KIND_TEXT || args->kind == KIND_CHARACTER) {
		*out = value_text(args->text);
		return true;
	}
	b = using_make(u, s, printed_length(args));
	if (!b)
		return false;
	using_princ(u, b, args);
	return made(b, out);
}

USING_CALL(using_case)
{
	struct str text = value_name(args);
	/* No pair of cases has more bytes in one than twice those in the other. */
	struct buf *b = using_make(u, s, 2 * text.n);
	bool inside = false;

	if (!b)
		return false;
	for (size_t i = 0, n; i < text.n; i += n) {
		uint32_t c;

		n = char_length(str_of(text.p + i, text.n - i));
		c = char_decode(text.p + i, n);
		char_encode(b,
			    char_turn(u, c,
				      s->f->variant == CASE_UP ||
					  (s->f->variant == CASE_CAPITAL && !inside)));
		if (s->f->variant == CASE_CAPITAL)
			inside = char_is_alphanumeric(u, c);
	}
	return made(b, out);
}

USING_CALL(using_remove)
{
	struct str text = text_sequence(&args[1]), mark = args[0].text;
	struct buf *b = using_make(u, s, text.n);
	size_t at = 0, next;

	if (!b)
		return false;
	for (; (next = text_find(text, at, mark)) < text.n; at = next + mark.n)
		buf_add(b, str_of(text.p + at, next - at));
	buf_add(b, str_of(text.p + at, text.n - at));
	*out = args[1];
	return args[1].kind == KIND_NIL || made(b, out);
}

/* All of what, each by with. */
static bool
replace(struct using *u, struct step *s, struct str text, struct str what, struct str with,
	struct value *out)
{
	size_t n = text.n, at = 0, next;
	struct buf *b;

	for (size_t i = 0; what.n && (i = text_find(text, i, what)) < text.n; i += what.n)
		n += with.n;
	b = using_make(u, s, n);
	if (!b)
		return false;
	for (; what.n && (next = text_find(text, at, what)) < text.n; at = next + what.n) {
		buf_add(b, str_of(text.p + at, next - at));
		buf_add(b, with);
	}
	buf_add(b, str_of(text.p + at, text.n - at));
	return made(b, out);
}

USING_CALL(using_substitute)
{
	*out = args[2];
	return args[2].kind == KIND_NIL ||
	    replace(u, s, args[2].text, args[1].text, args[0].text, out);
}

USING_CALL(using_replace)
{
	if (args[1].text.n == 0)
		return using_fail(u, s, "nothing cannot be replaced");
	return replace(u, s, args[0].text, args[1].text, args[2].text, out);
}

USING_CALL(using_reverse)
{
	struct str text = text_sequence(args);
	struct buf *b = using_make(u, s, text.n);

	if (!b)
		return false;
	b->n = text.n;
	for (size_t i = 0, n; i < text.n; i += n) {
		n = char_length(str_of(text.p + i, text.n - i));
		memcpy(b->p + text.n - i - n, text.p + i, n);
	}
	*out = *args;
	return args->kind == KIND_NIL || made(b, out);
}

/* --- trimming ------------------------------------------------------------------------------ */

static bool
has_character(struct str bag, struct str c)
{
	return text_find(bag, 0, c) < bag.n;
}

USING_CALL(using_trim)
{
	struct str bag = text_sequence(&args[0]), text = value_name(&args[1]);

	(void)u;
	while ((s->f->variant & TRIM_LEFT) && text.n) {
		size_t n = char_length(text);

		if (!has_character(bag, str_of(text.p, n)))
			break;
		text = str_of(text.p + n, text.n - n);
	}
	while ((s->f->variant & TRIM_RIGHT) && text.n) {
		struct str c = char_last(text);

		if (!has_character(bag, c))
			break;
		text.n -= c.n;
	}
	*out = value_text(text);
	return true;
}

USING_CALL(using_clojure_trim)
{
	struct str text = args->text;

	(void)u;
	while ((s->f->variant & TRIM_LEFT) && text.n) {
		size_t n = char_length(text);

		if (!char_is_java_space(str_of(text.p, n)))
			break;
		text = str_of(text.p + n, text.n - n);
	}
	while ((s->f->variant & TRIM_RIGHT) && text.n && char_is_java_space(char_last(text)))
		text.n -= char_last(text).n;
	*out = value_text(text);
	return true;
}

USING_CALL(using_blank)
{
	struct str text = text_sequence(args);
	size_t i = 0, n = 0;

	(void)s;
	for (; i < text.n; i += n) {
		n = char_length(str_of(text.p + i, text.n - i));
		if (!char_is_java_space(str_of(text.p + i, n)))
			break;
	}
	*out = value_truth(u, i >= text.n);
	return true;
}

USING_CALL(using_contains)
{
	struct str text = args[0].text, what = args[1].text;
	bool yes;

	if (s->f->variant == TRIM_BOTH)
		yes = holds(text, text_find(text, 0, what), what);
	else if (s->f->variant == TRIM_LEFT)
		yes = holds(text, 0, what);
	else
		yes = text.n >= what.n && holds(text, text.n - what.n, what);
	*out = value_truth(u, yes);
	return true;
}

/* --- comparing ----------------------------------------------------------------------------- */

/* Both texts, within their :start1 :end1 :start2 :end2. */
static bool
cut_both(struct using *u, struct step *s, const struct value *args, struct str *a,
	 struct str *b)
{
	return cut(u, s, value_name(&args[0]), &args[2], &args[3], a) &&
	    cut(u, s, value_name(&args[1]), &args[4], &args[5], b);
}

static bool
compares(int order, int how)
{
	switch (how) {
	case COMPARE_EQUAL: return order == 0;
	case COMPARE_UNEQUAL: return order != 0;
	case COMPARE_LESS: return order < 0;
	case COMPARE_GREATER: return order > 0;
	case COMPARE_UP_TO: return order <= 0;
	default: return order >= 0;
	}
}

/* All but string= give the place in the first text where they differ, or its end. */
USING_CALL(using_compare_texts)
{
	int how = s->f->variant;
	struct str a, b;
	size_t same = 0;

	if (!cut_both(u, s, args, &a, &b))
		return false;
	if (how == COMPARE_EQUAL) {
		*out = value_truth(u, str_eq(a, b));
		return true;
	}
	if (!compares(str_cmp(a, b), how))
		return true;
	while (same < a.n && same < b.n && a.p[same] == b.p[same])
		same++;
	while (same > 0 && same < a.n && ((unsigned char)a.p[same] & 0xc0) == 0x80)
		same--;
	*out = value_integer((int128)utf8_count(str_of(a.p, same)) +
			     (args[2].kind == KIND_INTEGER ? args[2].number : 0));
	return true;
}

USING_CALL(using_equal_texts)
{
	struct str a, b;
	size_t i = 0, k = 0, n, m;

	if (!cut_both(u, s, args, &a, &b))
		return false;
	for (; i < a.n && k < b.n; i += n, k += m) {
		uint32_t c, d;

		n = char_length(str_of(a.p + i, a.n - i));
		m = char_length(str_of(b.p + k, b.n - k));
		c = char_decode(a.p + i, n);
		d = char_decode(b.p + k, m);
		if (c != d && char_turn(u, c, true) != char_turn(u, d, true))
			break;
	}
	*out = value_truth(u, (i == a.n && k == b.n) == (s->f->variant == COMPARE_EQUAL));
	return true;
}

USING_CALL(using_compare_characters)
{
	*out = value_truth(u, compares(str_cmp(args[0].text, args[1].text), s->f->variant));
	return true;
}
