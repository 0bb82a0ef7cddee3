/* Spans, buffers and pools. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "schema/base/prog.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

static void
test_compare(void)
{
	static const struct {
		struct str a, b;
		int order;
	} cases[] = {
		{ { "", 0 }, { "", 0 }, 0 },          { { NULL, 0 }, { "", 0 }, 0 },
		{ { NULL, 0 }, { "a", 1 }, -1 },      { { "a", 1 }, { "a", 1 }, 0 },
		{ { "a", 1 }, { "ab", 2 }, -1 },      { { "b", 1 }, { "ab", 2 }, 1 },
		{ { "A", 1 }, { "a", 1 }, -1 },       { { "\377", 1 }, { "a", 1 }, 1 },
		{ { "a\0b", 3 }, { "a\0c", 3 }, -1 }, { { "a\0b", 3 }, { "a", 1 }, 1 },
	};

	for (size_t n = 0; n < COUNT(cases); n++) {
		ok(sign(str_cmp(cases[n].a, cases[n].b)) == cases[n].order, "order of pair %zu",
		   n);
		ok(sign(str_cmp(cases[n].b, cases[n].a)) == -cases[n].order,
		   "  and the other way round");
		ok(str_eq(cases[n].a, cases[n].b) == (cases[n].order == 0), "  equal or not");
	}
	ok(str_eq_nocase(STR("aZ9_"), STR("Az9_")), "case of ASCII letters is nothing");
	ok(!str_eq_nocase(STR("@["), STR("`{")), "but only of letters");
	ok(!str_eq_nocase(STR("\303\251"), STR("\303\211")), "and only of ASCII");
	ok(!str_eq_nocase(STR("a"), STR("ab")) && !str_eq_nocase(STR("ab"), STR("a")),
	   "lengths count");
	ok(str_eq_nocase(STR_NONE, STR("")), "nothing is empty");
	ok(str_starts(STR("abc"), STR("ab")) && str_starts(STR("ab"), STR("ab")), "a prefix");
	ok(!str_starts(STR("ab"), STR("abc")) && !str_starts(STR("abc"), STR("Ab")),
	   "no prefix");
	ok(str_starts(STR_NONE, STR("")) && str_starts(STR("a"), STR_NONE), "the empty prefix");
	ok(!str_starts(STR_NONE, STR("a")), "nothing has no prefix");
	ok(str_starts_nocase(STR("ABc"), STR("ab")), "a prefix in another case");
	ok(!str_starts_nocase(STR("a"), STR("ab")), "a longer one is none");
}

static void
test_trim_and_cut(void)
{
	struct str head, rest, text = STR("a=b=c");

	is_str(str_trim(STR(" \t\r\n\f\va b\n ")), "a b", "trim both sides");
	is_str(str_trim(STR("a")), "a", "nothing to trim");
	is_str(str_trim(STR(" \n ")), "", "only blanks");
	is_str(str_trim(STR("")), "", "trim an empty text");
	ok(str_trim(STR_NONE).n == 0, "trim nothing");
	is_str(str_trim(STR("\302\240a")), "\302\240a", "a no-break space is no blank");

	ok(str_cut(text, '=', &head, &rest), "cut");
	is_str(head, "a", "  before");
	is_str(rest, "b=c", "  behind the first only");
	ok(str_cut(STR("=x"), '=', &head, &rest) && head.n == 0, "cut at the beginning");
	is_str(rest, "x", "  behind");
	ok(str_cut(STR("x="), '=', &head, &rest) && rest.n == 0 && rest.p,
	   "cut at the end: empty, not absent");
	is_str(head, "x", "  before");
	ok(!str_cut(STR("x"), '=', &head, &rest) && !rest.p, "nothing to cut at");
	is_str(head, "x", "  all of it");
	ok(!str_cut(STR_NONE, '=', &head, &rest) && head.n == 0 && !rest.p, "nothing to cut");
	ok(str_cut(STR("a\0b"), '\0', &head, &rest), "cut at a NUL");
	is_str(rest, "b", "  behind");
	ok(str_cut(text, '=', &text, &rest), "cut into the text itself");
	is_str(text, "a", "  before");
	is_str(rest, "b=c", "  behind");
}

static void
test_buf(void)
{
	struct buf b = { 0 };
	char longer[300], *p;
	bool same = true;

	buf_add(&b, STR_NONE);
	ok(b.n == 0 && !b.p, "adding nothing allocates nothing");
	is_str(str_cstr(buf_cstr(&b)), "", "an empty buffer as a C string");
	buf_add(&b, STR("ab"));
	buf_addc(&b, '\0');
	buf_addc(&b, 'c');
	ok(str_eq(buf_str(&b), STR("ab\0c")), "a NUL is a byte like others");
	buf_addf(&b, "%s-%d", "x", 42);
	ok(str_eq(buf_str(&b), STR("ab\0cx-42")), "formatted");
	ok(buf_cstr(&b)[b.n] == '\0' && b.n == 8, "the NUL behind it is not counted");
	b.n = 0;
	for (int n = 0; n < 100000; n++)
		buf_addc(&b, (char)n);
	for (int n = 0; n < 100000; n++)
		same &= b.p[n] == (char)n;
	ok(b.n == 100000 && b.cap >= b.n && same, "grown byte by byte");
	b.n = 0;
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	for (int n = 0; n < 1000; n++)
		buf_addf(&b, "%s", longer);
	ok(b.n == 299000 && memchr(b.p, '\0', b.n) == NULL, "grown by formatted texts");
	p = buf_reserve(&b, 1000000);
	memset(p, 'y', 1000000);
	ok(p == b.p + b.n && b.cap - b.n >= 1000000 && b.n == 299000, "room, not counted yet");
	buf_release(&b);
	ok(!b.p && !b.n && !b.cap, "released: empty and ready");
	buf_add(&b, STR("again"));
	is_str(buf_str(&b), "again", "and usable");
	for (size_t n = 1; n < 300; n++) {
		buf_release(&b);
		memset(buf_reserve(&b, n), 'z', n);
		same &= b.cap >= n;
	}
	ok(same, "any first size");
	buf_release(&b);
}

static void
test_pool(void)
{
	struct pool pool = { 0 };
	struct str s, kept[2000];
	bool aligned = true, zeroed = true, same = true;
	char *p;

	for (size_t n = 0; n < 2000; n++) {
		char text[32];

		p = pool_get(&pool, n % 300);
		aligned &= (uintptr_t)p % _Alignof(max_align_t) == 0;
		for (size_t i = 0; i < n % 300; i++)
			zeroed &= p[i] == 0;
		memset(p, 0xff, n % 300);
		snprintf(text, sizeof(text), "text %zu", n);
		kept[n] = pool_str(&pool, str_cstr(text));
	}
	for (size_t n = 0; n < 2000; n++) {
		char text[32];

		snprintf(text, sizeof(text), "text %zu", n);
		same &= str_eq(kept[n], str_cstr(text)) && kept[n].p[kept[n].n] == '\0';
	}
	ok(aligned, "aligned");
	ok(zeroed, "zeroed");
	ok(same, "nothing overwrites another");
	p = pool_get(&pool, 1000000);
	memset(p, 1, 1000000);
	ok(p != NULL, "larger than a block");
	s = pool_str(&pool, STR_NONE);
	ok(s.p && s.n == 0 && s.p[0] == '\0', "a copy of nothing is empty");
	s = pool_str(&pool, STR("a\0b"));
	ok(str_eq(s, STR("a\0b")) && s.p[3] == '\0', "a copy with a NUL in it");
	pool_release(&pool);
	ok(!pool.last && !pool.left, "released: empty and ready");
	pool_release(&pool);
	is_str(pool_str(&pool, STR("again")), "again", "and usable");
	pool_release(&pool);
}

static void
overflow_array(void)
{
	free(mem_array(SIZE_MAX / 2, 3));
}

static void
overflow_buf(void)
{
	struct buf b = { 0 };

	buf_addc(&b, 'x');
	buf_reserve(&b, SIZE_MAX);
}

static void
beyond_buf_max(void)
{
	struct buf b = { 0 };

	buf_addc(&b, 'x');
	buf_reserve(&b, BUF_MAX);
}

static void
overflow_pool(void)
{
	struct pool pool = { 0 };

	pool_get(&pool, SIZE_MAX);
}

/* Whether run() ends the program with status 1. */
static bool
dies(void (*run)(void))
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child < 0)
		return false;
	if (child == 0) {
		fclose(stderr);
		close(STDERR_FILENO);
		run();
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	    WEXITSTATUS(status) == STATUS_BAD;
}

static void
test_limits(void)
{
	int *p = mem_array(0, sizeof(*p));

	ok(p != NULL, "an array of nothing is there");
	p = mem_grow(p, 1000, sizeof(*p));
	p[999] = 1;
	ok(p[999] == 1, "and grows");
	free(p);
	ok(dies(overflow_array), "count * size beyond SIZE_MAX: status 1");
	ok(dies(overflow_buf), "a buffer beyond SIZE_MAX: status 1");
	ok(dies(beyond_buf_max), "a buffer beyond BUF_MAX: status 1");
	ok(dies(overflow_pool), "a pool beyond SIZE_MAX: status 1");
}

static void
test_quotes(void)
{
	struct buf b = { 0 };

	buf_add_quoted(&b, STR("a'b''"), '\'');
	is_str(buf_str(&b), "'a''b'''''", "SQL doubles quotes");
	b.n = 0;
	buf_add_undoubled(&b, STR("a''b''''"), '\'');
	is_str(buf_str(&b), "a'b''", "and this is the way back");
	b.n = 0;
	buf_add_undoubled(&b, STR("a\"\"'"), '\'');
	is_str(buf_str(&b), "a\"\"'", "other quotes, and the last one, stand for themselves");
	b.n = 0;
	buf_add_backslashed(&b, STR("a\"\\'"));
	is_str(buf_str(&b), "\"a\\\"\\\\'\"", "backslashes before quotes and backslashes");
	buf_release(&b);
	ok(str_count(STR("a,b,,"), ',') == 3 && str_count(STR_NONE, ',') == 0, "counting");
}

/* Every byte, and what pairs of them are. */
static void
test_digits(void)
{
	static const char digits[] = "0123456789abcdef";
	struct buf b = { 0 };
	int wrong = 0;

	for (int c = 0; c < 256; c++) {
		char byte = (char)c,
		     small = byte >= 'A' && byte <= 'F' ? (char)(c | 0x20) : byte;
		const char *at = c ? strchr(digits, small) : NULL;

		wrong += hex_value(byte) != (at ? (int)(at - digits) : -1);
		wrong += str_is_digits(str_of(&byte, 1)) != (c >= '0' && c <= '9');
	}
	ok(wrong == 0, "what is a digit and what is none");
	ok(str_is_digits(STR("0123456789")) && !str_is_digits(STR("12a")) &&
	       !str_is_digits(STR("-1")) && !str_is_digits(STR("")),
	   "a text of digits alone");

	buf_addc(&b, '>');
	ok(hex_decode(&b, STR("006aFf")) && b.n == 4 && memcmp(b.p, ">\0j\377", 4) == 0,
	   "pairs of digits are bytes");
	ok(hex_decode(&b, STR("")) && b.n == 4, "no digits are none");
	ok(!hex_decode(&b, STR("414")) && !hex_decode(&b, STR("414g")) && b.n == 4,
	   "what is no pair adds nothing");
	buf_release(&b);
}

int
main(void)
{
	test_compare();
	test_trim_and_cut();
	test_buf();
	test_pool();
	test_limits();
	test_quotes();
	test_digits();
	return done();
}
