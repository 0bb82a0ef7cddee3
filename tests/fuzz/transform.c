/*
 * Transforms: what they make of any value is valid, is what they say it is, and is the same the next time. The first
 * byte picks the transform, or the text behind using= as such; the next ones arguments and types.
 */
#include "schema/base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "transform/check.h"
#include "transform/transforms.h"

static const char *const neutral[] = {
	"text",         "bytes",      "geometry", "i64",    "bool", "decimal", "f64",  "date",
	"timestamp(7)", "binary(16)", "time(6)",  "bit(8)", "set",  "uuid",    "year", "text[]",
};
static const char *const postgresql[] = {
	"text",     "bytea", "boolean", "uuid",    "date", "timestamp", "timestamptz",
	"interval", "time",  "bigint",  "numeric", "inet", "point",     "text[]",
};
static const char *const texts[] = { "utf8", "latin1",  "sjis", "utf16", "swap",
				     "guid", "letters", ",",    "" };

#define PICK(list, byte) str_cstr((list)[(byte) % (sizeof(list) / sizeof((list)[0]))])

static void
release(struct transform_use *use, struct pool *pool)
{
	transform_release(use);
	pool_release(pool);
}

/* Whatever is read is written so that it reads the same again. */
static void
parse(struct str text)
{
	struct transform_use use, again;
	struct pool pool = { 0 };
	struct err e = { 0 };

	if (transform_prepare(text, &pool, &use, &e) < 0) {
		must(e.status == STATUS_USAGE && e.text[0] && !use.transform);
		pool_release(&pool);
		return;
	}
	must(transform_prepare(use.text, &pool, &again, &e) == 0);
	must(again.transform == use.transform && str_eq(again.text, use.text));
	transform_release(&again);
	release(&use, &pool);
}

static void
using_text(struct buf *b, const struct transform *t, unsigned pick)
{
	buf_add(b, str_cstr(t->name));
	for (size_t i = 0; i < TRANSFORM_ARGS && t->params[i].name; i++) {
		if (t->params[i].optional && pick % 2)
			break;
		pick /= 2;
		buf_addc(b, i ? ',' : '(');
		if (t->params[i].kind == TRANSFORM_TEXT)
			buf_add_quoted(b, PICK(texts, pick), '\'');
		else
			buf_addf(b, "%u", pick % 40);
		pick /= 9;
	}
	if (memchr(b->p, '(', b->n))
		buf_addc(b, ')');
}

static bool
has_form(struct type gives, struct type target, struct str s)
{
	struct type text = type_of(STR("text"), false);
	struct check c = check_init(text, target, STR(""));
	struct check_fault fault = { 0 };

	switch (gives.kind) {
	case TYPE_BOOL: return str_eq(s, STR("t")) || str_eq(s, STR("f"));
	case TYPE_BYTES:
		return s.n % 2 == 0 && str_starts(s, STR("\\x")) &&
		    strspn(s.p + 2, "0123456789abcdef") >= s.n - 2;
	case TYPE_DATE:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL:
	case TYPE_UUID:
	case TYPE_INET:
		if (gives.kind != target.kind)
			return true;
		return check_value(&c, s, &fault) || strcmp(fault.code, "precision") == 0;
	case TYPE_TEXT:
		return !gives.array || (s.n >= 2 && s.p[0] == '{' && s.p[s.n - 1] == '}');
	default: return true;
	}
}

static void
call(struct transform_use *use, struct str was, struct str target, struct str value)
{
	struct buf first = { 0 }, second = { 0 }, copy = { 0 };
	struct type to = type_of(target, true),
		    gives = transform_bind(use, type_of(was, false), to);
	struct str out = STR_NONE, again = STR_NONE;
	enum transform_result result = transform_call(use, value, &first, &out);
	bool own = use->transform->gives || use->transform->gives_for;

	/* In the use's spare, or in what it keeps, it lives until the next call only. */
	buf_add(&copy, out);
	buf_cstr(&copy);
	must(result == transform_call(use, value, &second, &again));
	if (result == TRANSFORM_SAME || result == TRANSFORM_SPELLED ||
	    result == TRANSFORM_ALTERED) {
		must(str_eq(buf_str(&copy), again));
		must(utf8_valid(again) == again.n);
		must(result != TRANSFORM_SAME || str_eq(again, value));
		/* What came in may be no value of its own type, and stay so. */
		if (own && result != TRANSFORM_SAME)
			must(has_form(gives, to, buf_str(&copy)));
	}
	must(use->transform->alters ||
	     (result != TRANSFORM_ALTERED && result != TRANSFORM_NULL));
	buf_release(&first);
	buf_release(&second);
	buf_release(&copy);
}

static void
add_hex(struct buf *b, struct str bytes)
{
	buf_add(b, STR("\\x"));
	for (size_t i = 0; i < bytes.n; i++)
		buf_addf(b, "%02x", (unsigned)(unsigned char)bytes.p[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct transform_use use;
	struct pool pool = { 0 };
	struct err e = { 0 };
	struct buf using = { 0 }, hex = { 0 };
	struct str value, was;
	const struct transform *t;

	if (size < 5)
		return 0;
	value = str_of((const char *)data + 5, size - 5);
	t = transform_at(data[0]);
	if (!t) {
		parse(str_of((const char *)data + 1, size - 1));
		return 0;
	}
	using_text(&using, t, data[1] | (unsigned)data[2] << 8);
	was = PICK(neutral, data[3] / 2);
	if (data[3] % 2) {
		add_hex(&hex, value);
		value = buf_str(&hex);
	}
	/* Text was looked at where it entered. */
	if (utf8_valid(value) == value.n &&
	    transform_prepare(buf_str(&using), &pool, &use, &e) == 0) {
		call(&use, was, PICK(postgresql, data[4]), value);
		transform_release(&use);
	}
	pool_release(&pool);
	buf_release(&using);
	buf_release(&hex);
	return 0;
}
