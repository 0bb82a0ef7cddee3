/* MySQL's column types: always a neutral type, labels in their own spelling are the same, src= stays as it is. */
#include "schema/mysql/type.h"
#include "schema/types.h"
#include "tests/fuzz/fuzz.h"

/* A label as servers write it. */
static void
write_label(struct buf *b, struct str label)
{
	buf_addc(b, '\'');
	for (size_t i = 0; i < label.n; i++) {
		char c = label.p[i];

		if (c == '\'' || c == '\\')
			buf_addc(b, c);
		buf_addc(b, c);
	}
	buf_addc(b, '\'');
}

/* Reads the labels of column_type, and writes them again. Returns what the last call did. */
static int
rewrite(struct str column_type, struct buf *out)
{
	struct mysql_labels l = { .rest = column_type };
	struct buf label = { 0 };
	int got;

	out->n = 0;
	buf_add(out, STR("enum("));
	while ((got = mysql_label_next(&l, &label)) > 0) {
		if (out->n > 5)
			buf_addc(out, ',');
		write_label(out, buf_str(&label));
		must(l.rest.p + l.rest.n == column_type.p + column_type.n);
		label.n = 0;
	}
	buf_addc(out, ')');
	buf_release(&label);
	return got;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct mysql_type named = mysql_type(text);
	struct buf a = { 0 }, b = { 0 };
	struct type type;

	must(type_parse(str_cstr(named.text), &type));
	mysql_type_src(&a, text);
	must(a.n <= size);
	if (rewrite(text, &a) == 0) {
		must(rewrite(buf_str(&a), &b) == 0);
		must(str_eq(buf_str(&a), buf_str(&b)));
	}
	buf_release(&a);
	buf_release(&b);
	return 0;
}
