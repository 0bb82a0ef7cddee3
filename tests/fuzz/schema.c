/* schema(5): what was read and written reads as the same, in canonical order too. */
#include "schema/schema.h"
#include "tests/fuzz/fuzz.h"

static bool
has(struct str s, struct str word)
{
	for (; s.n >= word.n; s = str_of(s.p + 1, s.n - 1))
		if (str_starts(s, word))
			return true;
	return false;
}

/* Writing moves attributes and drops comments; without these, it leaves every byte there is, in some order. */
static void
check_nothing_lost(struct str text, struct str copy)
{
	size_t count[256] = { 0 };

	if (has(text, STR("# ")) || has(text, STR("#end\t0")) || has(text, STR("#schema\t0")) ||
	    has(text, STR("\b")) || has(text, STR("\f")) || has(text, STR("\v")))
		return;
	must(text.n == copy.n);
	for (size_t i = 0; i < text.n; i++) {
		count[(unsigned char)text.p[i]]++;
		count[(unsigned char)copy.p[i]]--;
	}
	for (size_t i = 0; i < 256; i++)
		must(count[i] == 0);
}

static void
rewrite(const struct schema *s, struct buf *text)
{
	schema_write(s, fuzz_output(), NULL);
	fuzz_written(text);
}

static void
read_again(struct schema *s, const struct buf *text)
{
	struct err e = { 0 };

	schema_release(s);
	schema_init(s);
	must(schema_read_bytes(s, buf_str(text), SCHEMA_KEEP_UNKNOWN, &e) == 0);
}

static void
check_readable(struct schema *s, struct str text)
{
	struct buf first = { 0 }, second = { 0 };
	struct err e = { 0 };

	rewrite(s, &first);
	check_nothing_lost(text, buf_str(&first));
	must(schema_check(s, &e) == 0);
	schema_list(s, fuzz_output());
	fuzz_written(&second);
	read_again(s, &first);
	rewrite(s, &second);
	must(str_eq(buf_str(&first), buf_str(&second)));

	schema_sort(s);
	must(schema_check(s, &e) == 0);
	rewrite(s, &first);
	must(first.n == second.n);
	schema_sort(s);
	rewrite(s, &second);
	must(str_eq(buf_str(&first), buf_str(&second)));
	read_again(s, &first);
	schema_sort(s);
	rewrite(s, &second);
	must(str_eq(buf_str(&first), buf_str(&second)));
	buf_release(&first);
	buf_release(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct schema s, strict;
	struct err e = { 0 }, strict_e = { 0 };
	int result, strict_result;

	schema_init(&s);
	schema_init(&strict);
	result = schema_read_bytes(&s, text, SCHEMA_KEEP_UNKNOWN, &e);
	strict_result = schema_read_bytes(&strict, text, 0, &strict_e);
	must(result == 0 ? e.status == STATUS_OK
			 : e.status == STATUS_BAD || e.status == STATUS_CUT);
	/* Who is stricter refuses more. */
	must(result == 0 || strict_result < 0);
	/* A text without its last bytes was cut, and says so. */
	if (result == 0 && size && text.p[size - 1] == '\n') {
		struct schema part;
		struct err part_e = { 0 };

		schema_init(&part);
		must(schema_read_bytes(&part, str_of(text.p, size - 1), SCHEMA_KEEP_UNKNOWN,
				       &part_e) < 0);
		must(part_e.status == STATUS_CUT);
		schema_release(&part);
	}
	if (result == 0)
		check_readable(&s, text);
	schema_release(&s);
	schema_release(&strict);
	return 0;
}
