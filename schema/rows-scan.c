/*
 * The hot loop of the rows(5) reader. Sixty-four bytes at a time become masks of newlines, tabs
 * and the bytes that need a look; a step without the latter only counts the tabs before each
 * newline.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

#include "schema/base/mask.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/rows-scan.h"

struct scan {
	struct rows_reader *r;
	const char *p;
	size_t n;
	size_t col;   /* of the field that is being read */
	bool escaped; /* it has a backslash */
	size_t nsep;
	uint64_t rows;
	size_t row_end;  /* behind the last newline */
	size_t row_nsep; /* separators up to there */
	size_t stop;     /* a # line begins here, or an escape that is not whole */
	bool stopped;
};

static int
fault(const struct scan *s, const char *what)
{
	struct rows_reader *r = s->r;
	const struct rows_head *h = &r->head;

	if (s->col < h->ncols)
		return err_set(&r->err, STATUS_BAD, "%s:%ju: column %s: %s", r->in.name,
			       (uintmax_t)(r->in.line + s->rows), show(h->names[s->col]).text,
			       what);
	return err_set(&r->err, STATUS_BAD, "%s:%ju: %s", r->in.name,
		       (uintmax_t)(r->in.line + s->rows), what);
}

static int
wrong_width(const struct scan *s, bool over)
{
	struct rows_reader *r = s->r;

	if (over)
		return err_set(&r->err, STATUS_BAD, "%s:%ju: row with more than %zu fields",
			       r->in.name, (uintmax_t)(r->in.line + s->rows), r->head.ncols);
	return err_set(&r->err, STATUS_BAD, "%s:%ju: row with %zu fields instead of %zu",
		       r->in.name, (uintmax_t)(r->in.line + s->rows), s->col + 1,
		       r->head.ncols);
}

static bool
begins_field(const struct scan *s, size_t i)
{
	return i ? s->p[i - 1] == '\t' || s->p[i - 1] == '\n' : !s->r->within_field;
}

static void
stop_at(struct scan *s, size_t i)
{
	s->stop = i;
	s->stopped = true;
}

/* The backslash at i: how many bytes its escape has; 0 after stop_at(), -1 with an error. */
static int
read_escape(struct scan *s, size_t i)
{
	const char *p = s->p + i;
	size_t left = s->n - i, len;
	char byte;

	s->escaped = true;
	len = escape_length(p, left, &byte);
	if (len && (byte != '#' || begins_field(s, i)))
		return (int)len;
	if (len)
		return fault(s, "\\# within a field: it stands only at the beginning of one");
	if (left < 2 || (p[1] == '0' && left < 4 && (left < 3 || p[2] == '0')) ||
	    (p[1] == 'N' && left < 3)) {
		stop_at(s, i);
		return 0;
	}
	if (p[1] != 'N')
		return fault(s, "a backslash that begins no escape of rows(5)");
	if (!begins_field(s, i) || (p[2] != '\t' && p[2] != '\n'))
		return fault(s, "\\N with more beside it: NULL is a whole field");
	return 2;
}

static int
end_row(struct scan *s, size_t i)
{
	size_t ncols = s->r->head.ncols;

	if (ncols == 0 ? !begins_field(s, i) : s->col + 1 != ncols)
		return ncols == 0 ? wrong_width(s, true) : wrong_width(s, false);
	s->col = 0;
	s->rows++;
	s->row_end = i + 1;
	s->row_nsep = s->nsep;
	return 0;
}

static inline void
note_separator(struct scan *s, size_t i)
{
	if (s->r->want_cells && s->r->head.ncols)
		s->r->sep[s->nsep++] =
		    (uint32_t)i | (s->escaped ? (uint32_t)ROWS_SEP_ESCAPED : 0);
	s->escaped = false;
}

/*
 * Looks at each byte of mask m in turn; the first is byte i. Returns how far an escape reaches
 * over the step, or -1.
 */
static int
step_slowly(struct scan *s, size_t i, uint64_t m)
{
	while (m) {
		unsigned k = mask_first(m);
		size_t at = i + k;
		int len;

		m &= m - 1;
		switch (s->p[at]) {
		case '\t':
			note_separator(s, at);
			if (++s->col >= s->r->head.ncols)
				return wrong_width(s, true);
			break;
		case '\n':
			note_separator(s, at);
			if (end_row(s, at) < 0)
				return -1;
			break;
		case '#':
			if (s->col)
				return fault(s, "a # that begins a field: it is written \\#");
			stop_at(s, at);
			return 0;
		case '\\':
			len = read_escape(s, at);
			if (len <= 0)
				return len;
			if (k + (unsigned)len >= 64)
				return (int)(k + (unsigned)len - 64);
			m &= ~mask_below(k + (unsigned)len);
			break;
		case '\r': return fault(s, "a raw carriage return: it is written \\r");
		default: return fault(s, "a raw zero byte: it is written \\000");
		}
	}
	return 0;
}

/* Newlines and tabs only, and nobody asks where: counts. */
static inline __attribute__((always_inline)) int
step_quickly(struct scan *s, size_t i, uint64_t newlines, uint64_t tabs)
{
	size_t ncols = s->r->head.ncols;

	while (newlines) {
		unsigned k = mask_first(newlines);
		uint64_t before = tabs & mask_below(k);

		s->col += mask_count(before);
		tabs ^= before;
		newlines &= newlines - 1;
		if (s->col + 1 != ncols)
			return wrong_width(s, s->col >= ncols);
		s->col = 0;
		s->rows++;
		s->row_end = i + k + 1;
	}
	s->col += mask_count(tabs);
	return s->col >= ncols ? wrong_width(s, true) : 0;
}

/* What a step asks of its 64 bytes. */
struct masks {
	uint64_t newlines, tabs;
	uint64_t look; /* backslash, carriage return, zero, and every # */
};

static inline struct masks
masks_of(const char *p)
{
	struct bytes64 b = bytes64_load(p);

	return (struct masks){ bytes64_eq(&b, '\n'), bytes64_eq(&b, '\t'),
			       bytes64_any(&b, '\\', '\r', '\0', '#') };
}

/* A # matters only where a field begins; there are few, so all of them are looked for first. */
static uint64_t
without_inner_hashes(const char *p, uint64_t look, uint64_t field_begins)
{
	struct bytes64 b = bytes64_load(p);

	return look & (~bytes64_eq(&b, '#') | field_begins);
}

typedef struct masks masks_function(const char *p);

static inline __attribute__((always_inline)) int
scan_steps(struct scan *s, masks_function *masks)
{
	bool quick = !s->r->want_cells && s->r->head.ncols > 0;
	uint64_t begins = !s->r->within_field; /* bit 0: the step's first byte begins a field */
	unsigned over = 0; /* bytes of the step that belong to an escape before it */

	for (size_t i = 0; i < s->n && !s->stopped; i += 64) {
		struct masks m = masks(s->p + i);
		uint64_t live = s->n - i < 64 ? mask_below((unsigned)(s->n - i)) : ~UINT64_C(0);
		uint64_t newlines = m.newlines & live, tabs = m.tabs & live;
		uint64_t separators = newlines | tabs;
		uint64_t look = m.look & live & ~mask_below(over);
		int reach = 0;

		if (look)
			look = without_inner_hashes(s->p + i, look, separators << 1 | begins);
		if (!look && quick)
			reach = step_quickly(s, i, newlines, tabs);
		else
			reach = step_slowly(s, i, look | separators);
		if (reach < 0)
			return -1;
		over = (unsigned)reach;
		begins = separators >> 63;
	}
	return 0;
}

/*
 * The same steps for processors that compare 32 bytes and count bits in one instruction, which
 * are all of x86-64 since about 2013, but not the baseline that compilers assume.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline uint64_t
avx2_mask(__m256i low, __m256i high)
{
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2 static inline __m256i
avx2_look(__m256i v)
{
	__m256i a = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')),
				    _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r')));
	__m256i b = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\0')),
				    _mm256_cmpeq_epi8(v, _mm256_set1_epi8('#')));

	return _mm256_or_si256(a, b);
}

AVX2 static inline struct masks
avx2_masks_of(const char *p)
{
	__m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
	__m256i newline = _mm256_set1_epi8('\n'), tab = _mm256_set1_epi8('\t');

	return (struct masks){
		avx2_mask(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline)),
		avx2_mask(_mm256_cmpeq_epi8(low, tab), _mm256_cmpeq_epi8(high, tab)),
		avx2_mask(avx2_look(low), avx2_look(high)),
	};
}

AVX2 static int
avx2_scan_steps(struct scan *s)
{
	return scan_steps(s, avx2_masks_of);
}

static int
scan_bytes(struct scan *s)
{
	return __builtin_cpu_supports("avx2") ? avx2_scan_steps(s) : scan_steps(s, masks_of);
}
#else
static int
scan_bytes(struct scan *s)
{
	return scan_steps(s, masks_of);
}
#endif

static void
hand_out(struct scan *s, struct rows_block *block, size_t n)
{
	struct rows_reader *r = s->r;

	*block = (struct rows_block){
		.bytes = str_of(s->p, n),
		.rows = s->rows,
		.line = r->in.line,
		.opens_inside = r->within_field,
		.col = r->col,
		.sep = r->sep,
		.nsep = s->nsep,
	};
	r->in.beg += n;
	r->in.line += s->rows;
	r->rows += s->rows;
}

static void
make_separators(struct rows_reader *r)
{
	if (r->sepcap >= r->in.cap)
		return;
	r->sep = mem_grow(r->sep, r->in.cap, sizeof(*r->sep));
	r->sepcap = r->in.cap;
}

void
rows_find_cells(struct rows_reader *r, struct rows_block *block)
{
	struct scan s = { .r = r, .p = block->bytes.p, .n = block->bytes.n, .col = block->col };
	bool within_field = r->within_field;

	make_separators(r);
	r->want_cells = true;
	r->within_field = block->opens_inside;
	if (scan_bytes(&s) < 0)
		err_die(&r->err); /* not with bytes that passed before */
	r->want_cells = false;
	r->within_field = within_field;
	block->sep = r->sep;
	block->nsep = s.nsep;
}

int
rows_scan(struct rows_reader *r, struct rows_block *block)
{
	struct input *in = &r->in;
	struct scan s = { .r = r, .p = in->p + in->beg, .n = in->end - in->beg, .col = r->col };
	size_t piece;

	if (r->want_cells)
		make_separators(r);
	if (scan_bytes(&s) < 0) {
		in->beg += s.row_end; /* the faulty row, and its line */
		in->line += s.rows;
		return -1;
	}
	if (s.row_end) {
		s.nsep = r->want_cells ? s.row_nsep : 0;
		hand_out(&s, block, s.row_end);
		r->col = 0;
		r->within_row = r->within_field = false;
		return 1;
	}
	if (s.n < in->cap)
		return 0;
	/* One row fills the buffer: a piece of it. */
	piece = s.stopped ? s.stop : s.n;
	piece -= utf8_tail(str_of(s.p, piece));
	hand_out(&s, block, piece);
	block->ends_inside = true;
	r->within_row = true;
	r->within_field = s.p[piece - 1] != '\t';
	r->col = s.col;
	return 1;
}
