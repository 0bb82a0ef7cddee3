/* Expressions behind USING: the characters of texts. */
#include <wctype.h>

#include "schema/base/utf8.h"
#include "transform/using-text.h"

bool
using_open_letters(struct using *u)
{
	if (!u->letters)
		u->letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return u->letters != (locale_t)0;
}

/* The bytes of the character that begins a text that is not empty. */
size_t
char_length(struct str s)
{
	size_t n = (unsigned char)s.p[0] < 0x80 ? 1 : utf8_length(s.p, s.n);

	return n ? n : 1;
}

uint32_t
char_decode(const char *p, size_t n)
{
	static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t c = (unsigned char)p[0] & lead[n];

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)p[i] & 0x3f);
	return c;
}

void
char_encode(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_addc(b, (char)c);
	} else if (c < 0x800) {
		buf_addc(b, (char)(0xc0 | c >> 6));
		buf_addc(b, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_addc(b, (char)(0xe0 | c >> 12));
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_addc(b, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_addc(b, (char)(0xf0 | c >> 18));
		buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_addc(b, (char)(0x80 | (c & 0x3f)));
	}
}

/*
 * Upper or lower case, as Common Lisp has it (13.1.4.3): only of characters that come in pairs, of which each is the
 * other's other case.
 */
uint32_t
char_turn(const struct using *u, uint32_t c, bool up)
{
	uint32_t to, back;

	if (c < 0x80) {
		if (up ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z')
			return c ^ 0x20;
		return c;
	}
	to = up ? towupper_l((wint_t)c, u->letters) : towlower_l((wint_t)c, u->letters);
	back = up ? towlower_l((wint_t)to, u->letters) : towupper_l((wint_t)to, u->letters);
	return back == c ? to : c;
}

bool
char_is_alphanumeric(const struct using *u, uint32_t c)
{
	return iswalnum_l((wint_t)c, u->letters);
}

struct str
char_last(struct str s)
{
	size_t from = s.n - 1;

	while (from > 0 && ((unsigned char)s.p[from] & 0xc0) == 0x80)
		from--;
	return str_of(s.p + from, s.n - from);
}

/* Character.isWhitespace() of Java: blanks that break a line, and some controls. */
bool
char_is_java_space(struct str s)
{
	uint32_t c = char_decode(s.p, s.n);

	return (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x1680 ||
	    (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x2028 || c == 0x2029 ||
	    c == 0x205f || c == 0x3000;
}
