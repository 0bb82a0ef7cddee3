/* Expressions of SQLite in PostgreSQL's words: functions, CASE and CAST (https://sqlite.org/lang_corefunc.html). */
#include "schema/base/prog.h"
#include "transform/expr-value.h"

/* The arguments are texts; the result is one, or for "length" and "strpos" an integer. */
static bool
are_texts(struct translation *t, const struct function *f, const struct value *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].class == EXPR_OTHER)
			value_truth(t, v[i]);
		else if (v[i].class != EXPR_TEXT || v[i].epoch)
			value_fail(t, "$() of $", str_cstr(f->name),
				   str_cstr(value_words(&v[i])));
	}
	return !t->failed;
}

static struct value
text_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	if (!are_texts(t, f, v, n))
		return value_fail(t, "");
	return value_of(EXPR_TEXT, LEVEL_ATOM,
			value_text(t, f->form, v[0].text, n > 1 ? v[1].text : STR_NONE,
				   n > 2 ? v[2].text : STR_NONE));
}

/* PostgreSQL folds by the operand's collation, and "C" knows ASCII alone, as SQLite does. */
static struct value
fold_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;

	if (!are_texts(t, f, v, n))
		return value_fail(t, "");
	out = value_of(EXPR_TEXT, LEVEL_ATOM,
		       value_text(t, f->form,
				  v->bytewise ? v->text
					      : value_text(t, "$ COLLATE \"C\"",
							   value_at(t, v, LEVEL_ATOM))));
	out.bytewise = true;
	return out;
}

static struct value
count_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;

	if ((v->class != EXPR_BYTES || n > 1) && !are_texts(t, f, v, n))
		return value_fail(t, "");
	out = value_of(EXPR_INT, LEVEL_ATOM,
		       value_text(t, f->form, v[0].text, n > 1 ? v[1].text : STR_NONE));
	out.bound = INT4_MAX;
	return out;
}

struct value
abs_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out = *v;

	(void)n;
	if (v->class == EXPR_BOOL)
		out = value_integer(t, *v);
	if (v->class == EXPR_OTHER)
		return value_truth(t, *v);
	if (out.class != EXPR_INT && out.class != EXPR_DOUBLE && out.class != EXPR_NUMERIC)
		return value_fail(t, "abs() of $", str_cstr(value_words(v)));
	/* In 32 bits it could not take the least integer. */
	if (out.class == EXPR_INT && !out.wide && (out.small || out.bound > INT4_MAX)) {
		out.text = value_text(t, out.small ? "$::integer" : "$::bigint",
				      value_at(t, &out, LEVEL_ATOM));
		out.wide = !out.small;
		out.small = false;
	}
	if (out.class == EXPR_DOUBLE && out.literal)
		out.text = value_text(t, "$::double precision", value_at(t, &out, LEVEL_ATOM));
	out.text = value_text(t, f->form, out.text);
	out.level = LEVEL_ATOM;
	out.literal = false;
	out.column = NULL;
	return out;
}

/* Places and lengths below 1 mean something else in SQLite. */
static struct value
substr_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	if (!are_texts(t, f, v, 1))
		return value_fail(t, "");
	for (size_t i = 1; i < n; i++)
		if (v[i].class != EXPR_INT || !v[i].literal || v[i].wide ||
		    v[i].integer < (i == 1))
			return value_fail(t, "substr() from or for what is no positive number");
	return value_of(EXPR_TEXT, LEVEL_ATOM,
			value_text(t, n > 2 ? "substr($, $, $)" : "substr($, $)", v[0].text,
				   v[1].text, n > 2 ? v[2].text : STR_NONE));
}

/* What several values have in common, as one of them. */
static struct value
one_of(struct translation *t, const struct value *of, struct str text)
{
	struct value out = *of;

	(void)t;
	out.text = text;
	out.level = LEVEL_ATOM;
	out.literal = false;
	out.column = NULL;
	out.bytewise = false;
	out.set = false;
	out.now = false;
	return out;
}

struct value
coalesce_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	const struct value *of = value_unify(t, v, n);
	struct buf b = { 0 };
	struct value out;

	(void)f;
	if (!of)
		return value_fail(t, "");
	buf_add(&b, STR("coalesce("));
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_add(&b, STR(", "));
		buf_add(&b, v[i].text);
	}
	buf_addc(&b, ')');
	out = one_of(t, of, pool_str(t->pool, buf_str(&b)));
	buf_release(&b);
	return out;
}

struct value
nullif_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out = v[0];
	bool widens;

	(void)n;
	if (v[0].class == EXPR_NULL || v[1].class == EXPR_NULL)
		return value_fail(t, "nullif() of NULL");
	if (!value_comparable(t, &v[0], &v[1], false))
		return value_fail(t, "");
	if (!str_eq(v[0].text, out.text))
		return value_fail(t, "nullif() of $", str_cstr(value_words(&out)));
	/* The result has the type of what the two are compared as. */
	widens = (out.class == EXPR_DOUBLE || out.class == EXPR_NUMERIC) &&
	    (v[1].class == EXPR_INT || v[1].literal);
	if (v[0].class != out.class || (v[0].class != v[1].class && !widens))
		return value_fail(t, "nullif() of $ and $", str_cstr(value_words(&out)),
				  str_cstr(value_words(&v[1])));
	if (v[0].class == EXPR_DOUBLE && v[0].literal)
		return value_fail(t, "nullif() of a literal");
	return one_of(t, &out, value_text(t, f->form, v[0].text, v[1].text));
}

/* Only a column's values have one class for certain: what is counted may overflow to another. */
static struct value
typeof_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	static const char *const words[] = { [EXPR_INT] = "integer",
					     [EXPR_DOUBLE] = "real",
					     [EXPR_TEXT] = "text",
					     [EXPR_BYTES] = "blob",
					     [EXPR_DATE] = "text" };
	const char *word = v->class < sizeof(words) / sizeof(words[0]) ? words[v->class] : NULL;

	(void)n;
	(void)f;
	if (!word || !v->column)
		return value_fail(t, "typeof() of $", str_cstr(value_words(v)));
	return value_of(EXPR_TEXT, LEVEL_ATOM,
			value_text(t, "CASE WHEN $ IS NULL THEN 'null' ELSE '$' END", v->text,
				   str_cstr(word)));
}

struct value
iif_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value when = value_truth(t, v[0]);
	const struct value *of = t->failed ? NULL : value_unify(t, v + 1, n - 1);

	if (!of)
		return value_fail(t, "");
	return one_of(t, of, value_text(t, f->form, when.text, v[1].text, v[2].text));
}

const struct function sqlite_functions[] = {
	{ "abs", 1, 1, abs_call, "abs($)" },
	{ "coalesce", 2, VALUES_MAX, coalesce_call, NULL },
	{ "ifnull", 2, 2, coalesce_call, NULL },
	{ "iif", 3, 3, iif_call, "CASE WHEN $ THEN $ ELSE $ END" },
	{ "instr", 2, 2, count_call, "strpos($, $)" },
	{ "length", 1, 1, count_call, "length($)" },
	{ "lower", 1, 1, fold_call, "lower($)" },
	{ "ltrim", 1, 1, text_call, "ltrim($)" },
	{ "nullif", 2, 2, nullif_call, "nullif($, $)" },
	{ "replace", 3, 3, text_call, "replace($, $, $)" },
	{ "rtrim", 1, 1, text_call, "rtrim($)" },
	{ "substr", 2, 3, substr_call, NULL },
	{ "substring", 2, 3, substr_call, NULL },
	{ "trim", 1, 1, text_call, "btrim($)" },
	{ "typeof", 1, 1, typeof_call, NULL },
	{ "upper", 1, 1, fold_call, "upper($)" },
	{ 0 },
};

/* Translates a list into v. Returns how many there are, or 0 when that failed or there are none. */
static size_t
translate_list(struct translation *t, const struct tree *list, struct value *v)
{
	size_t n = 0;

	for (; list; list = list->next) {
		if (n == VALUES_MAX) {
			value_fail(t, "too many arguments");
			return 0;
		}
		v[n++] = translate(t, list);
		if (t->failed)
			return 0;
	}
	return n;
}

struct value
translate_call(struct translation *t, const struct tree *n)
{
	struct value v[VALUES_MAX];
	const struct function *f = t->dialect->functions;
	size_t count = 0;

	while (f->name && !str_eq_nocase(n->word, str_cstr(f->name)))
		f++;
	if (!f->name)
		return value_fail(t, "unknown function $", str_cstr(show(n->word).text));
	for (const struct tree *a = n->list; a; a = a->next)
		count++;
	if (count < f->min || count > f->max)
		return value_fail(t, "$() with another number of arguments", str_cstr(f->name));
	if (count && translate_list(t, n->list, v) == 0)
		return value_fail(t, "too many arguments");
	return f->call(t, f, v, count);
}

/* --- CASE ---------------------------------------------------------------------------------------------------- */

static struct value
when(struct translation *t, const struct value *base, struct value v)
{
	struct value left;

	if (t->failed)
		return v;
	if (!base)
		return value_truth(t, v);
	left = *base;
	if (!value_comparable(t, &left, &v, false))
		return value_fail(t, "");
	if (!str_eq(left.text, base->text))
		return value_fail(t, "CASE of $", str_cstr(value_words(base)));
	return v;
}

struct value
translate_case(struct translation *t, const struct tree *n)
{
	/* Conditions and values alternate in the list; the value of ELSE comes behind. */
	struct value list[VALUES_MAX], whens[VALUES_MAX / 2], results[VALUES_MAX / 2 + 1];
	size_t count = translate_list(t, n->list, list) / 2, all = count;
	const struct value *of;
	struct value base, out;
	struct buf b = { 0 };

	if (count && n->arg[0])
		base = translate(t, n->arg[0]);
	for (size_t i = 0; i < count && !t->failed; i++) {
		whens[i] = when(t, n->arg[0] ? &base : NULL, list[2 * i]);
		results[i] = list[2 * i + 1];
	}
	if (n->arg[1] && !t->failed)
		results[all++] = translate(t, n->arg[1]);
	of = t->failed ? NULL : value_unify(t, results, all);
	if (!of)
		return value_fail(t, "too many branches");
	buf_add(&b, STR("CASE"));
	if (n->arg[0]) {
		buf_addc(&b, ' ');
		buf_add(&b, base.text);
	}
	for (size_t i = 0; i < count; i++)
		buf_add(&b, value_text(t, " WHEN $ THEN $", whens[i].text, results[i].text));
	if (all > count)
		buf_add(&b, value_text(t, " ELSE $", results[count].text));
	buf_add(&b, STR(" END"));
	out = one_of(t, of, pool_str(t->pool, buf_str(&b)));
	buf_release(&b);
	return out;
}

/* --- CAST ---------------------------------------------------------------------------------------------------- */

static bool
has(struct str s, const char *piece)
{
	struct str p = str_cstr(piece);

	for (; s.n >= p.n; s = str_of(s.p + 1, s.n - 1))
		if (str_starts_nocase(s, p))
			return true;
	return false;
}

enum expr_affinity
expr_affinity(struct str declared)
{
	if (has(declared, "INT"))
		return AFFINITY_INTEGER;
	if (has(declared, "CHAR") || has(declared, "CLOB") || has(declared, "TEXT"))
		return AFFINITY_TEXT;
	if (has(declared, "BLOB") || str_trim(declared).n == 0)
		return AFFINITY_NONE;
	if (has(declared, "REAL") || has(declared, "FLOA") || has(declared, "DOUB"))
		return AFFINITY_REAL;
	return AFFINITY_NUMERIC;
}

struct value
translate_cast(struct translation *t, const struct tree *n)
{
	struct value v = translate(t, n->arg[0]);
	enum expr_affinity to = expr_affinity(n->word);
	struct value out;

	if (t->failed)
		return v;
	if (v.class == EXPR_BOOL)
		v = value_integer(t, v);
	if (v.class == EXPR_TEXT && v.epoch && to != AFFINITY_TEXT)
		v = value_integer(t, v);
	if (v.class == EXPR_INT && (to == AFFINITY_INTEGER || to == AFFINITY_NUMERIC))
		return v;
	if (to == AFFINITY_TEXT && (v.class == EXPR_INT || v.class == EXPR_TEXT)) {
		out = value_as_text(t, v);
		out.column = v.column;
		return out;
	}
	if (v.class == EXPR_DOUBLE && !v.mixed && !v.literal && to == AFFINITY_REAL)
		return v;
	if ((v.class == EXPR_INT || (v.class == EXPR_DOUBLE && v.literal)) &&
	    to == AFFINITY_REAL)
		return value_of(
		    EXPR_DOUBLE, LEVEL_ATOM,
		    value_text(t, "$::double precision", value_at(t, &v, LEVEL_ATOM)));
	return value_fail(t, "CAST of $ as $", str_cstr(value_words(&v)),
			  str_cstr(show(n->word).text));
}
