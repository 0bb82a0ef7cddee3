/* UTF-8: every code point, and every way in which three bytes can be wrong. */
#include <stdint.h>

#include "schema/base/utf8.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* RFC 3629, section 3, without a look at what is allowed. */
static size_t
encode(char *d, uint32_t c)
{
	if (c < 0x80) {
		d[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		d[0] = (char)(0xc0 | c >> 6);
		d[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		d[0] = (char)(0xe0 | c >> 12);
		d[1] = (char)(0x80 | (c >> 6 & 0x3f));
		d[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	d[0] = (char)(0xf0 | c >> 18);
	d[1] = (char)(0x80 | (c >> 12 & 0x3f));
	d[2] = (char)(0x80 | (c >> 6 & 0x3f));
	d[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static void
test_code_points(void)
{
	size_t bad = 0, bad_cut = 0, bad_tail = 0;

	for (uint32_t c = 0; c < 0x1fffff; c++) {
		char d[8] = "";
		size_t n = encode(d, c);
		bool good = c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);

		bad += utf8_length(d, sizeof(d)) != (good ? n : 0);
		bad += utf8_valid(str_of(d, n)) != (good ? n : 0);
		for (size_t cut = 0; good && cut < n; cut++) {
			bad_cut += utf8_length(d, cut) != 0 || utf8_valid(str_of(d, cut)) != 0;
			bad_tail += utf8_tail(str_of(d, cut)) != cut;
		}
		bad_tail += good && utf8_tail(str_of(d, n)) != 0;
	}
	ok(bad == 0, "every code point but surrogates, up to U+10FFFF, no more (%zu wrong)",
	   bad);
	ok(bad_cut == 0, "no character that is cut (%zu wrong)", bad_cut);
	ok(bad_tail == 0, "a cut character is a tail (%zu wrong)", bad_tail);
}

/* The table of RFC 3629, section 4, for all of three bytes. */
static size_t
length_of_three(const unsigned char *p)
{
	unsigned char low = p[0] == 0xe0 ? 0xa0 : 0x80, high = p[0] == 0xed ? 0x9f : 0xbf;

	if (p[0] <= 0x7f)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		return p[1] >= 0x80 && p[1] <= 0xbf ? 2 : 0;
	if (p[0] >= 0xe0 && p[0] <= 0xef)
		return p[1] >= low && p[1] <= high && p[2] >= 0x80 && p[2] <= 0xbf ? 3 : 0;
	return 0;
}

static void
test_all_bytes(void)
{
	size_t bad = 0;

	for (uint32_t i = 0; i < 1 << 24; i++) {
		unsigned char p[3] = { (unsigned char)(i >> 16), (unsigned char)(i >> 8),
				       (unsigned char)i };

		bad += utf8_length((const char *)p, 3) != length_of_three(p);
	}
	ok(bad == 0, "every three bytes (%zu wrong)", bad);
}

static void
test_valid(void)
{
	static const struct {
		const char *name;
		struct str text;
		size_t valid;
	} cases[] = {
		{ "nothing", { NULL, 0 }, 0 },
		{ "a NUL", { "\0", 1 }, 1 },
		{ "two ways to write '/'", { "\300\257", 2 }, 0 },
		{ "'/' in three bytes", { "\340\200\257", 3 }, 0 },
		{ "'/' in four bytes", { "\360\200\200\257", 4 }, 0 },
		{ "U+D800", { "\355\240\200", 3 }, 0 },
		{ "U+DFFF", { "\355\277\277", 3 }, 0 },
		{ "U+D7FF", { "\355\237\277", 3 }, 3 },
		{ "U+10FFFF", { "\364\217\277\277", 4 }, 4 },
		{ "U+110000", { "\364\220\200\200", 4 }, 0 },
		{ "0xf5", { "\365\200\200\200", 4 }, 0 },
		{ "0xff", { "\377", 1 }, 0 },
		{ "a lone continuation", { "\200", 1 }, 0 },
		{ "cut at the end", { "abcdefgh\342\202", 10 }, 8 },
		{ "Latin-1", { "caf\351 con leche", 14 }, 3 },
	};
	char text[64];
	size_t bad = 0;

	for (size_t n = 0; n < COUNT(cases); n++)
		ok(utf8_valid(cases[n].text) == cases[n].valid, "valid: %s", cases[n].name);

	/* Eight bytes are looked at in one step: a fault at every place, in texts of every length. */
	for (size_t length = 0; length <= sizeof(text); length++) {
		memset(text, 'x', sizeof(text));
		bad += utf8_valid(str_of(text, length)) != length;
		for (size_t at = 0; at < length; at++) {
			text[at] = '\377';
			bad += utf8_valid(str_of(text, length)) != at;
			text[at] = 'x';
			if (at + 2 > length)
				continue;
			memcpy(text + at, "\303\251", 2);
			bad += utf8_valid(str_of(text, length)) != length;
			bad += utf8_valid(str_of(text, at + 1)) != at;
			memset(text + at, 'x', 2);
		}
	}
	ok(bad == 0, "a fault at any place of any length (%zu wrong)", bad);
}

static void
test_count_and_tail(void)
{
	ok(utf8_count(STR("")) == 0 && utf8_count(STR_NONE) == 0, "count nothing");
	ok(utf8_count(STR("a\303\251\342\202\254\360\237\230\200")) == 4,
	   "count one of each length");
	ok(utf8_count(STR("\202\254a")) == 1,
	   "the rest of a cut character is not counted twice");
	ok(utf8_tail(STR_NONE) == 0 && utf8_tail(STR("")) == 0, "no tail of nothing");
	ok(utf8_tail(STR("abc")) == 0, "no tail of ASCII");
	ok(utf8_tail(STR("abc\303")) == 1, "one of two");
	ok(utf8_tail(STR("abc\303\251")) == 0, "two of two");
	ok(utf8_tail(STR("abc\342\202")) == 2, "two of three");
	ok(utf8_tail(STR("abc\360\237\230")) == 3, "three of four");
	ok(utf8_tail(STR("abc\360\237\230\200")) == 0, "four of four");
	ok(utf8_tail(STR("\200\200\200\200")) == 0, "continuations only");
}

int
main(void)
{
	test_code_points();
	test_all_bytes();
	test_valid();
	test_count_and_tail();
	return done();
}
