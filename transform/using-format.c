/*
 * Expressions behind USING: format. Of Common Lisp's directives (22.3) those that print one value or none: ~A ~S ~D ~%
 * ~~ with their width and padding; of Java's, which Clojure has, %s %d %% with theirs.
 */
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "transform/using-parts.h"

enum { WIDTH_MAX = 1000 };

struct directive {
	char what;       /* a, s, d; 0: only the text before it */
	struct str text; /* before it, as it is */
	size_t width;
	char pad;
	bool at, colon, left; /* ~@ and ~: of Lisp; %- of Java */
	bool signed_pad;      /* %0 of Java: zeros behind the sign; Lisp's stand before it */
	struct directive *next;
};

static int
bad(struct err *e, struct str control, size_t from, size_t to)
{
	if (to > control.n)
		to = control.n;
	return err_set(e, STATUS_USAGE, "directive %s is not understood",
		       show(str_of(control.p + from, to - from)).text);
}

/* ~mincol,'padA: for ~A and ~S the padding is the fourth parameter, for ~D the second. */
struct parameters {
	size_t number[4];
	bool given[4];
	char pad[4];
	size_t n;
};

static bool
take_parameter(struct str control, size_t *at, struct parameters *p)
{
	size_t from = *at;

	if (p->n == 4)
		return false;
	if (control.p[from] == '\'') {
		/* A byte; a character beyond ASCII would be several. */
		if (from + 1 >= control.n || (unsigned char)control.p[from + 1] >= 0x80)
			return false;
		p->pad[p->n] = control.p[from + 1];
		*at += 2;
	} else {
		while (*at < control.n && control.p[*at] >= '0' && control.p[*at] <= '9')
			++*at;
		p->given[p->n] = *at > from;
		if (*at > from &&
		    !num_size(str_of(control.p + from, *at - from), WIDTH_MAX,
			      &p->number[p->n]))
			return false;
	}
	p->n++;
	return true;
}

/* Behind the ~; returns false when it is not understood. */
static bool
parse_tilde(struct str control, size_t *at, struct directive *d)
{
	struct parameters p = { 0 };
	bool more = true;
	size_t pad_at;
	char c;

	while (more && *at < control.n) {
		c = control.p[*at];
		if (c == ',' || c == '\'' || (c >= '0' && c <= '9')) {
			if (!take_parameter(control, at, &p))
				return false;
			if (*at < control.n && control.p[*at] == ',')
				++*at;
		} else if (c == '@' || c == ':') {
			*(c == '@' ? &d->at : &d->colon) = true;
			++*at;
		} else {
			more = false;
		}
	}
	if (*at >= control.n)
		return false;
	c = control.p[(*at)++];
	d->what = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	pad_at = d->what == 'd' ? 1 : 3;
	d->width = p.given[0] ? p.number[0] : 0;
	d->pad = p.pad[pad_at] ? p.pad[pad_at] : ' ';
	for (size_t i = 0; i < 4; i++)
		if ((i != 0 && p.given[i]) || (i != pad_at && p.pad[i]))
			return false;
	if (d->what == '%' || d->what == '~')
		return p.n == 0 && !d->at && !d->colon;
	return d->what == 'a' || d->what == 's' ? !d->colon : d->what == 'd';
}

/* Behind the %. */
static bool
parse_percent(struct str control, size_t *at, struct directive *d)
{
	size_t from;

	d->pad = ' ';
	for (; *at < control.n && (control.p[*at] == '-' || control.p[*at] == '0'); ++*at)
		if (control.p[*at] == '-')
			d->left = true;
		else
			d->pad = '0';
	d->signed_pad = d->pad == '0';
	from = *at;
	while (*at < control.n && control.p[*at] >= '0' && control.p[*at] <= '9')
		++*at;
	if (*at >= control.n ||
	    (*at > from &&
	     !num_size(str_of(control.p + from, *at - from), WIDTH_MAX, &d->width)))
		return false;
	d->what = control.p[(*at)++];
	if (d->what == 's')
		d->what = 'a';
	else if (d->what == '%')
		return d->width == 0 && !d->left && d->pad == ' ';
	/* In Java a flag without a width is an error, and so are both. */
	if ((d->left || d->pad == '0') && (d->width == 0 || (d->left && d->pad == '0')))
		return false;
	return d->what == 'd' || (d->what == 'a' && d->pad == ' ');
}

/* What stands for itself, or a line feed. */
static bool
is_plain(const struct directive *d)
{
	return d->what == '%' || d->what == '~';
}

void *
format_parse(enum using_language language, struct str control, struct pool *pool, size_t *nargs,
	     struct err *e)
{
	bool lisp = language == USING_LISP;
	char mark = lisp ? '~' : '%';
	struct directive *first = NULL, **end = &first;
	struct str text, rest = control;
	size_t at = 0;

	*nargs = 0;
	for (;;) {
		struct directive *d = pool_get(pool, sizeof(*d));
		bool more = str_cut(rest, mark, &text, &rest);
		size_t from;

		*end = d;
		end = &d->next;
		d->text = pool_str(pool, text);
		at += text.n;
		if (!more)
			return first;
		from = at++;
		if (lisp ? !parse_tilde(control, &at, d) : !parse_percent(control, &at, d)) {
			bad(e, control, from, at);
			return NULL;
		}
		if (is_plain(d)) {
			struct buf b = { 0 };

			buf_add(&b, text);
			buf_addc(&b, lisp && d->what == '%' ? '\n' : mark);
			d->text = pool_str(pool, buf_str(&b));
			d->what = '\0';
			buf_release(&b);
		}
		*nargs += d->what != '\0';
		rest = str_of(control.p + at, control.n - at);
	}
}

/* --- printing ------------------------------------------------------------------------------ */

static void
pad(struct buf *b, char c, size_t n)
{
	while (n-- > 0)
		buf_addc(b, c);
}

static void
add_character(struct buf *b, struct str c)
{
	buf_add(b, STR("#\\"));
	buf_add(b,
		str_eq(c, STR(" "))        ? STR("Space")
		    : str_eq(c, STR("\n")) ? STR("Newline")
		    : str_eq(c, STR("\t")) ? STR("Tab")
					   : c);
}

/* An integer by ~D, with its sign and its commas. */
static void
add_integer(const struct directive *d, struct buf *b, int128 n)
{
	char digits[48], text[80];
	size_t length = int128_put(digits, n), from = n < 0, at = 0;

	if (n < 0)
		text[at++] = '-';
	else if (d->at)
		text[at++] = '+';
	for (size_t i = from; i < length; i++) {
		if (d->colon && i > from && (length - i) % 3 == 0)
			text[at++] = ',';
		text[at++] = digits[i];
	}
	if (!d->left && d->width > at) {
		if (d->signed_pad && from) {
			buf_addc(b, '-');
			pad(b, '0', d->width - at);
			buf_add(b, str_of(text + 1, at - 1));
			return;
		}
		pad(b, d->pad, d->width - at);
	}
	buf_add(b, str_of(text, at));
	if (d->left && d->width > at)
		pad(b, ' ', d->width - at);
}

static bool
add_value(struct using *u, struct step *s, const struct directive *d, struct buf *b,
	  const struct value *v)
{
	bool lisp = u->language == USING_LISP;
	size_t from = b->n, length;

	if (d->what == 'd' && v->kind == KIND_INTEGER) {
		add_integer(d, b, v->number);
		return true;
	}
	if (d->what == 'd' && !lisp && v->kind != KIND_NIL)
		return using_fail(u, s, "%%d takes an integer, not %.100s", using_show(v).text);
	if (v->kind == KIND_NIL && !lisp)
		buf_add(b, STR("null"));
	else if (d->what == 's' && v->kind == KIND_TEXT)
		buf_add_backslashed(b, v->text);
	else if (d->what == 's' && v->kind == KIND_CHARACTER)
		add_character(b, v->text);
	else
		using_princ(u, b, v);
	/* What is no integer ~D prints as it is, whatever its width. */
	if (d->what == 'd' && lisp)
		return true;
	length = utf8_count(str_of(b->p + from, b->n - from));
	if (length >= d->width)
		return true;
	pad(b, d->pad, d->width - length);
	if (lisp ? d->at : !d->left) {
		size_t n = b->n - from, padding = d->width - length;

		memmove(b->p + from + padding, b->p + from, n - padding);
		memset(b->p + from, d->pad, padding);
	}
	return true;
}

USING_CALL(using_format)
{
	size_t n = 0, i = 0;
	struct buf *b;

	for (const struct directive *d = s->data; d; d = d->next) {
		const struct value *v = &args[i];
		bool text = d->what && (v->kind & (KIND_TEXT | KIND_CHARACTER));

		n += d->text.n + d->width + (text ? 2 * v->text.n + 8 : 80);
		i += d->what != '\0';
	}
	b = using_make(u, s, n);
	if (!b)
		return false;
	i = 0;
	for (const struct directive *d = s->data; d; d = d->next) {
		buf_add(b, d->text);
		if (d->what && !add_value(u, s, d, b, &args[i++]))
			return false;
	}
	*out = value_text(b->n ? buf_str(b) : STR(""));
	return true;
}
