/* Digests: canonical forms, sums worked out by hand, and that neither the order of rows nor pieces matter. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "schema/digest.h"
#include "schema/escape.h"
#include "tests/unit/stream.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* --- canonical forms ----------------------------------------------------------------------------- */

static void
test_forms(void)
{
	static const struct {
		enum type_kind kind;
		const char *value, *canon;
	} cases[] = {
		{ TYPE_DECIMAL, "1.50", "15e-1" },
		{ TYPE_DECIMAL, "1.5", "15e-1" },
		{ TYPE_DECIMAL, "-15e-1", "-15e-1" },
		{ TYPE_DECIMAL, "100", "1e2" },
		{ TYPE_DECIMAL, "1e2", "1e2" },
		{ TYPE_DECIMAL, "0012.50e3", "125e2" },
		{ TYPE_DECIMAL, "0", "0" },
		{ TYPE_DECIMAL, "-0.00", "0" },
		{ TYPE_DECIMAL, "NaN", "NaN" },
		{ TYPE_DECIMAL, "Infinity", "Infinity" },
		{ TYPE_DECIMAL, "-Infinity", "-Infinity" },
		{ TYPE_DECIMAL, "1.5 ", "1.5 " },
		{ TYPE_DECIMAL, "", "" },
		{ TYPE_CHAR, "ab  ", "ab" },
		{ TYPE_CHAR, "  ab", "  ab" },
		{ TYPE_CHAR, "   ", "" },
		{ TYPE_CHAR, "ab\t ", "ab\t" },
		{ TYPE_VARCHAR, "ab  ", "ab  " },
		{ TYPE_TEXT, "1.50", "1.50" },
		{ TYPE_TIME, "12:00:00.120", "12:00:00.12" },
		{ TYPE_TIME, "12:00:00.000", "12:00:00" },
		{ TYPE_TIME, "12:00:00.", "12:00:00" },
		{ TYPE_TIME, "12:00:00", "12:00:00" },
		{ TYPE_TIME, "12:00:10.01", "12:00:10.01" },
		{ TYPE_TIMETZ, "12:00:00.10+02", "12:00:00.1+02" },
		{ TYPE_TIMESTAMP, "2024-02-29 12:00:00.100000", "2024-02-29 12:00:00.1" },
		{ TYPE_TIMESTAMP, "2024-02-29 00:00:00", "2024-02-29 00:00:00" },
		{ TYPE_TIMESTAMPTZ, "2024-02-29 12:00:00.000+00", "2024-02-29 12:00:00+00" },
		{ TYPE_TIMESTAMPTZ, "2024-02-29 12:00:00.5+00", "2024-02-29 12:00:00.5+00" },
		{ TYPE_INTERVAL, "-838:59:59.000", "-838:59:59" },
		{ TYPE_DATE, "2024-02-29", "2024-02-29" },
		{ TYPE_JSON, "{ }", "{ }" },
		{ TYPE_JSONB, "{ \"b\": 1.0, \"a\": \"\\u0041\" }", "{\"a\":\"A\",\"b\":1e0}" },
		{ TYPE_JSONB, "{ not JSON", "{ not JSON" },
		{ TYPE_BOOL, "t", "t" },
		{ TYPE_I64, "100", "100" },
		{ TYPE_BYTES, "\\x00", "\\x00" },
		{ TYPE_OTHER, "1.0", "1.0" },
		{ TYPE_F64, "x", "x" },
		{ TYPE_F64, "NaN", "NaN" },
		{ TYPE_F64, "-nan", "NaN" },
		{ TYPE_F32, "nan", "NaN" },
		{ TYPE_F32, "1.0 ", "1.0 " },
	};
	struct buf scratch = { 0 };
	struct str canon;

	for (size_t i = 0; i < COUNT(cases); i++) {
		canon_value(cases[i].kind, str_cstr(cases[i].value), &scratch, &canon);
		is_str(canon, cases[i].canon, cases[i].value);
		ok(canon_changes(cases[i].kind) || strcmp(cases[i].value, cases[i].canon) == 0,
		   "  canon_changes knows kind %d", cases[i].kind);
	}
	canon_value(TYPE_F64, STR("1.5"), &scratch, &canon);
	ok(str_eq(canon, str_of("\0\0\0\0\0\0\xf8\x3f", 8)), "the bytes of a double");
	canon_value(TYPE_F64, STR("-0"), &scratch, &canon);
	ok(str_eq(canon, str_of("\0\0\0\0\0\0\0\x80", 8)), "-0 is not 0");
	canon_value(TYPE_F32, STR("0.1"), &scratch, &canon);
	ok(str_eq(canon, str_of("\xcd\xcc\xcc\x3d", 4)), "the bytes of a float");
	canon_value(TYPE_F32, STR("0.100000001"), &scratch, &canon);
	ok(str_eq(canon, str_of("\xcd\xcc\xcc\x3d", 4)), "another text of it");
	buf_release(&scratch);
}

/* --- digests ------------------------------------------------------------------------------------- */

/* The line of a stream of one table, read through a buffer of cap bytes, or all at once for 0. */
static void
digest_of(struct str stream, size_t cap, struct buf *line)
{
	struct rows_reader r;
	struct rows_block b;
	struct digest d = { 0 };
	enum rows_event event;

	line->n = 0;
	if (cap)
		stream_open(&r, stream, cap);
	else
		rows_open_bytes(&r, stream);
	r.want_cells = true;
	while ((event = rows_next(&r, &b)) > ROWS_EOF) {
		if (event == ROWS_TABLE)
			digest_init(&d, &r.head);
		else if (event == ROWS_BLOCK)
			digest_add(&d, &b);
		else
			digest_line(&d, &r.head, line);
	}
	if (event == ROWS_ERROR)
		buf_add(line, str_cstr(r.err.text));
	digest_release(&d);
	rows_close(&r);
}

static bool
same(const char *a, const char *b)
{
	struct buf one = { 0 }, other = { 0 };
	bool equal;

	digest_of(str_cstr(a), 0, &one);
	digest_of(str_cstr(b), 0, &other);
	equal = str_eq(buf_str(&one), buf_str(&other));
	buf_release(&one);
	buf_release(&other);
	return equal;
}

#define TABLE(type, rows, n) \
	"#rows\t1\ts\tt\n#fields\tx\n#types\t" type "\n" rows "#end\t" n "\t0\n"

static void
test_equal(void)
{
	ok(same(TABLE("decimal(9,3)", "1.50\n2\n", "2"),
		TABLE("decimal(9,3)", "2.000\n1.5\n", "2")),
	   "decimals by value");
	ok(!same(TABLE("text", "1.50\n", "1"), TABLE("text", "1.5\n", "1")), "texts by bytes");
	ok(!same(TABLE("decimal[]", "{1.50}\n", "1"), TABLE("decimal[]", "{1.5}\n", "1")),
	   "arrays are their text");
	ok(same(TABLE("char(3)", "a  \n", "1"), TABLE("varchar(3)", "a\n", "1")),
	   "a padded char is its value");
	ok(same(TABLE("text", "", "0"), TABLE("text", "", "0")), "no rows");
	ok(!same(TABLE("text", "\\N\n", "1"), TABLE("text", "\n", "1")), "NULL is not empty");
	ok(!same(TABLE("text", "\\N\n", "1"), TABLE("text", "\\\\N\n", "1")),
	   "nor the text of its escape");
	ok(!same(TABLE("text", "a\n", "1"), TABLE("text", "a\na\n", "2")), "rows that repeat");
	ok(same(TABLE("text", "\v\n", "1"), TABLE("text", "\\v\n", "1")), "escaped or raw");
	ok(!same("#rows\t1\ts\tt\n#fields\ta\tb\n#types\ttext\ttext\n1\t2\n#end\t1\t0\n",
		 "#rows\t1\ts\tt\n#fields\ta\tb\n#types\ttext\ttext\n2\t1\n#end\t1\t0\n"),
	   "columns have an order");
	ok(!same("#rows\t1\ts\tt\n#fields\ta\tb\n#types\ttext\ttext\n1\t2\n3\t4\n#end\t2\t0\n",
		 "#rows\t1\ts\tt\n#fields\ta\tb\n#types\ttext\ttext\n1\t4\n3\t2\n#end\t2\t0\n"),
	   "and values belong to a row");
}

static void
add_hash(struct sum128 *sum, XXH128_hash_t h)
{
	sum->low += h.low64;
	sum->high += h.high64 + (sum->low < h.low64);
}

static XXH128_hash_t
row_hash(XXH128_hash_t a, XXH128_hash_t b)
{
	XXH128_canonical_t both[2];

	XXH128_canonicalFromHash(&both[0], a);
	XXH128_canonicalFromHash(&both[1], b);
	return XXH3_128bits(both, sizeof(both));
}

/* As rows.5 words it. */
static void
test_by_hand(void)
{
	XXH128_hash_t null = XXH3_128bits_withSeed("", 0, 1), hi = XXH3_128bits("hi\n", 3),
		      empty = XXH3_128bits("", 0), number = XXH3_128bits("15e-1", 5);
	struct sum128 a = { 0 }, b = { 0 }, table = { 0 };
	struct buf want = { 0 }, line = { 0 };

	add_hash(&a, hi);
	add_hash(&a, empty);
	add_hash(&b, null);
	add_hash(&b, number);
	add_hash(&table, row_hash(hi, null));
	add_hash(&table, row_hash(empty, number));
	buf_addf(&want, "s\\t\t\\#t\t2\t%016jx%016jx\ta=%016jx%016jx\t\\#b=%016jx%016jx\n",
		 (uintmax_t)table.high, (uintmax_t)table.low, (uintmax_t)a.high,
		 (uintmax_t)a.low, (uintmax_t)b.high, (uintmax_t)b.low);
	digest_of(STR("#rows\t1\ts\\t\t\\#t\ttarget=postgresql\n#fields\ta\t\\#b\n"
		      "#types\ttext\tnumeric(10, 2)\nhi\\n\t\\N\n\t1.50\n#end\t2\t0\n"),
		  0, &line);
	is_str(buf_str(&line), buf_cstr(&want), "sums worked out by hand");

	table = (struct sum128){ 0 };
	add_hash(&table, XXH3_128bits("", 0));
	add_hash(&table, XXH3_128bits("", 0));
	want.n = 0;
	buf_addf(&want, "\tt\t2\t%016jx%016jx\n", (uintmax_t)table.high, (uintmax_t)table.low);
	digest_of(STR("#rows\t1\t\tt\n#fields\n#types\n\n\n#end\t2\t0\n"), 0, &line);
	is_str(buf_str(&line), buf_cstr(&want), "rows without columns");
	buf_release(&want);
	buf_release(&line);
}

/* --- order and pieces ---------------------------------------------------------------------------- */

enum { ROWS = 40 };

static struct buf rows[ROWS];

static void
add_text(struct buf *b, size_t longest)
{
	static const char often[] = "\\\n\t#\0 x";
	size_t n = random_below(4) ? random_below(8) : random_below(longest);
	struct buf value = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_addc(&value, often[random_below(sizeof(often))]);
	escape_add(b, buf_str(&value));
	buf_release(&value);
}

/* A text, a jsonb, which is hashed only when it is there as a whole, a decimal, a char. */
static void
make_rows(void)
{
	for (size_t i = 0; i < ROWS; i++) {
		struct buf *b = &rows[i];
		size_t zeros = random_below(4) ? 2 : random_below(900);

		b->n = 0;
		add_text(b, 1500);
		buf_addf(b, "\t{\"b\": %zu, \"a\": \"\\\\t%0*d\"}\t", i, (int)zeros + 1, 7);
		if (i % 5 == 0)
			buf_add(b, STR("\\N"));
		else
			buf_addf(b, "%zu.%0*d", i, (int)zeros + 1, 0);
		buf_addf(b, "\tx%*s\n", (int)zeros, "");
	}
}

static void
join(struct buf *stream)
{
	stream->n = 0;
	buf_add(stream,
		STR("#rows\t1\t\tt\ttarget=postgresql\n#fields\ta\tb\tc\td\n"
		    "#types\ttext\tjsonb\tnumeric\tcharacter(900)\n"));
	for (size_t i = 0; i < ROWS; i++)
		buf_add(stream, buf_str(&rows[i]));
	buf_addf(stream, "#end\t%d\t0\n", ROWS);
}

static void
test_order_and_pieces(void)
{
	struct buf stream = { 0 }, want = { 0 }, got = { 0 };
	size_t bad_order = 0, bad_pieces = 0;

	for (int round = 0; round < 5; round++) {
		make_rows();
		join(&stream);
		digest_of(buf_str(&stream), 0, &want);
		for (size_t cap = 80; cap < 3000; cap += cap < 200 ? 7 : cap / 2) {
			digest_of(buf_str(&stream), cap, &got);
			bad_pieces += !str_eq(buf_str(&got), buf_str(&want));
		}
		for (size_t i = ROWS; i > 1; i--) {
			size_t other = random_below(i);
			struct buf b = rows[i - 1];

			rows[i - 1] = rows[other];
			rows[other] = b;
		}
		join(&stream);
		digest_of(buf_str(&stream), 0, &got);
		bad_order += !str_eq(buf_str(&got), buf_str(&want));
	}
	ok(str_starts(buf_str(&want), STR("\tt\t40\t")), "a digest of 40 rows");
	ok(bad_pieces == 0, "the same in pieces (%zu are not)", bad_pieces);
	ok(bad_order == 0, "the same in any order (%zu are not)", bad_order);
	for (size_t i = 0; i < ROWS; i++)
		buf_release(&rows[i]);
	buf_release(&stream);
	buf_release(&want);
	buf_release(&got);
}

int
main(void)
{
	test_forms();
	test_equal();
	test_by_hand();
	test_order_and_pieces();
	return done();
}
