/* Escapes: every byte and random texts there and back, and each way in which a field can be wrong. */
#include "schema/escape.h"
#include "tests/unit/stream.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static struct buf field, back;

/* Whether value comes back from its field, which holds no byte that would end it. */
static bool
comes_back(struct str value)
{
	field.n = back.n = 0;
	escape_add(&field, value);
	for (size_t i = 0; i < field.n; i++)
		if (memchr("\t\n\r\b\f\v", field.p[i], 7) || (i == 0 && field.p[i] == '#'))
			return false;
	return escape_check(buf_str(&field)) == field.n && !escape_is_null(buf_str(&field)) &&
	    escape_decode(&back, buf_str(&field)) == 0 && str_eq(buf_str(&back), value);
}

static void
test_bytes(void)
{
	static const struct {
		const char *value, *field;
	} known[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "\\", "\\\\" },
		{ "\\N", "\\\\N" },
		{ "a\tb\nc\rd", "a\\tb\\nc\\rd" },
		{ "\b\f\v", "\\b\\f\\v" },
		{ "#", "\\#" },
		{ "##", "\\##" },
		{ "a#", "a#" },
		{ "\t#", "\\t#" },
		{ "\x01\x1f\x7f", "\x01\x1f\x7f" },
		{ "\xc3\xa4", "\xc3\xa4" },
	};
	size_t bad = 0;

	for (size_t i = 0; i < COUNT(known); i++) {
		field.n = 0;
		escape_add(&field, str_cstr(known[i].value));
		is_str(buf_str(&field), known[i].field, "a known field");
	}
	field.n = 0;
	escape_add(&field, str_of("a\0001", 3));
	is_str(buf_str(&field), "a\\0001", "a zero byte");
	for (unsigned a = 0; a < 256; a++) {
		char one = (char)a;

		bad += !comes_back(str_of(&one, 1));
		for (unsigned b = 0; b < 256; b++) {
			char two[2] = { (char)a, (char)b };

			bad += !comes_back(str_of(two, 2));
		}
	}
	ok(bad == 0, "every byte and every two come back (%zu do not)", bad);
	ok(comes_back(STR_NONE) && field.n == 0, "nothing at all is an empty field");
}

/* Around the steps of 64 bytes, with specials at every place of them. */
static void
test_steps(void)
{
	static const char special[] = { '\\', '\0', '\n', '#', '\x01' };
	char text[200];
	size_t bad = 0, bad_pair = 0;

	for (size_t n = 0; n <= sizeof(text); n++) {
		memset(text, 'x', sizeof(text));
		bad += !comes_back(str_of(text, n));
		for (size_t at = 0; at < n; at++) {
			memset(text, 'x', sizeof(text));
			text[at] = special[(n + at) % COUNT(special)];
			bad += !comes_back(str_of(text, n));
			text[n - 1 - at] = special[at % COUNT(special)];
			bad_pair += !comes_back(str_of(text, n));
		}
	}
	ok(bad == 0, "one special at every place (%zu do not come back)", bad);
	ok(bad_pair == 0, "two specials (%zu do not come back)", bad_pair);
	memset(text, 0, sizeof(text));
	ok(comes_back(str_of(text, sizeof(text))) && field.n == 4 * sizeof(text),
	   "zero bytes only");
}

static void
test_random(void)
{
	enum { ROUNDS = 20000 };
	static const char often[] = "\\\\\\NN0000tnrbfv##\t\n\r\b\f\vab";
	size_t bad = 0, wrong = 0;
	char text[300];

	for (int round = 0; round < ROUNDS; round++) {
		size_t n = random_below(round % 2 ? 12 : sizeof(text));
		struct str s = str_of(text, n);
		bool good, raw = false;

		for (size_t i = 0; i < n; i++)
			text[i] = random_below(3) ? often[random_below(sizeof(often))]
						  : (char)random_below(256);
		bad += !comes_back(s);

		/* The same text as a field: what the check passes is read, and has no other spelling. */
		good = escape_check(s) == n && !escape_is_null(s);
		back.n = field.n = 0;
		if (escape_decode(&back, s) < 0) {
			wrong += good || back.n != 0;
			continue;
		}
		for (size_t i = 0; i < n; i++)
			raw |= text[i] == '\b' || text[i] == '\f' || text[i] == '\v';
		escape_add(&field, buf_str(&back));
		wrong += good && !raw && !str_eq(buf_str(&field), s);
	}
	ok(bad == 0, "random texts come back (%zu do not)", bad);
	ok(wrong == 0, "random fields: checked is readable, and has one spelling (%zu not)",
	   wrong);
}

static void
test_check(void)
{
	static const struct {
		const char *field;
		size_t fault; /* its offset; the length when there is none */
	} cases[] = {
		{ "", 0 },      { "abc", 3 },     { "\\N", 2 },    { "\\\\\\t", 4 },
		{ "\\000", 4 }, { "\\0000", 5 },  { "\\#", 2 },    { "\\##", 3 },
		{ "a#", 2 },    { "\b\f\v", 3 },  { "#", 0 },      { "#a", 0 },
		{ "a\\#", 1 },  { "\\", 0 },      { "ab\\", 2 },   { "\\N ", 0 },
		{ "a\\N", 1 },  { "\\NN", 0 },    { "\\x41", 0 },  { "\\.", 0 },
		{ "\\0", 0 },   { "\\00", 0 },    { "\\001", 0 },  { "a\\00", 1 },
		{ "\\n", 2 },   { "\\\n", 0 },    { "a\tb", 1 },   { "a\nb", 1 },
		{ "a\rb", 1 },  { "\\a", 0 },     { "\\e", 0 },    { "\\'", 0 },
		{ "\\\\N", 3 }, { "\\\\\\N", 2 }, { "\\t\\#", 2 }, { "\\r#", 3 },
	};
	char byte;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str s = str_cstr(cases[i].field);
		bool unread = (cases[i].fault < s.n && memchr(s.p, '\\', s.n) &&
			       !strstr(cases[i].field, "\\#")) ||
		    escape_is_null(s);

		ok(escape_check(s) == cases[i].fault, "field %zu: the fault at %zu", i,
		   cases[i].fault);
		back.n = 0;
		buf_addc(&back, '>');
		ok((escape_decode(&back, s) < 0) == unread && (!unread || back.n == 1), "  %s",
		   unread ? "cannot be read" : "can be read");
	}
	ok(escape_check(STR("a\0b")) == 1, "a raw zero byte");
	ok(escape_check(STR_NONE) == 0, "no field has no fault");
	ok(escape_length("\\n", 1, &byte) == 0 && escape_length("\\000", 3, &byte) == 0 &&
	       escape_length("", 0, &byte) == 0 && escape_length("n", 1, &byte) == 0,
	   "an escape that is cut is none");
}

/* Larger than the output's buffer, and in parts. */
static void
test_write(void)
{
	enum { BYTES = IO_BLOCK + 12345 };
	FILE *f = tmpfile();
	char *text = mem_array(BYTES, 1), *got = mem_array(4 * BYTES, 1);
	struct output out;
	ssize_t n;

	for (size_t i = 0; i < BYTES; i++)
		text[i] = i % 7 ? (char)random_below(256) : '\0';
	text[0] = text[1000] = '#';
	field.n = 0;
	escape_add(&field, str_of(text, BYTES));
	if (!ok(f != NULL, "a file"))
		return;
	output_open(&out, dup(fileno(f)), "file");
	escape_write(&out, str_of(text, 1000), true);
	escape_write(&out, STR_NONE, false);
	escape_write(&out, str_of(text + 1000, BYTES - 1000), false);
	ok(out.total == field.n, "all of it counts");
	output_close(&out);
	n = pread(fileno(f), got, 4 * BYTES, 0);
	ok(n >= 0 && str_eq(str_of(got, (size_t)n), buf_str(&field)),
	   "written in parts it is the same field");
	fclose(f);
	free(text);
	free(got);
}

int
main(void)
{
	test_bytes();
	test_steps();
	test_random();
	test_check();
	test_write();
	buf_release(&field);
	buf_release(&back);
	return done();
}
