/* What MySQL and MariaDB mean by an expression: functions, CAST and LIKE. */
#include "schema/base/prog.h"
#include "schema/pg/quote.h"
#include "transform/expr-mysql.h"

static const struct value none = { .class = EXPR_FAILED };

/* A call whose name is not the one it is written with: f->form has `$` for its arguments, up to three. */
static struct value
call(struct translation *t, const struct function *f, enum expr_class class,
     const struct value *v, size_t n)
{
	struct value out =
	    value_of(class, LEVEL_ATOM,
		     value_text(t, f->form, v[0].text, n > 1 ? v[1].text : STR_NONE,
				n > 2 ? v[2].text : STR_NONE));

	out.set = true;
	for (size_t i = 0; i < n; i++)
		out.set = out.set && v[i].set;
	return out;
}

static struct value
unfit(struct translation *t, const struct function *f, const struct value *v)
{
	if (!value_known(t, v))
		return none;
	return value_fail(t, "$() of $", str_cstr(f->name), str_cstr(value_words(v)));
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

struct value
mysql_text(struct translation *t, struct value v)
{
	struct value out;
	bool digits = v.class == EXPR_NUMERIC && v.column && v.digits > 0;

	if (!value_known(t, &v) || v.class == EXPR_TEXT)
		return v;
	if (v.class == EXPR_BOOL)
		v = value_integer(t, v);
	if ((v.class != EXPR_INT && v.class != EXPR_UUID && !digits) ||
	    (v.column && v.column->zerofill))
		return value_fail(t, "$ as a text",
				  v.column && v.column->zerofill
				      ? STR("a number with zeros in front")
				      : str_cstr(value_words(&v)));
	out = value_of(EXPR_TEXT, LEVEL_ATOM,
		       value_text(t, "$::text", value_at(t, &v, LEVEL_ATOM)));
	out.trimmed = true;
	out.set = v.set;
	return out;
}

/* The arguments become texts; *collate is what would compare the result. */
static bool
take_texts(struct translation *t, struct value *v, size_t n, struct str *collate)
{
	*collate = STR_NONE;
	for (size_t i = 0; i < n && !t->failed; i++) {
		v[i] = mysql_text(t, v[i]);
		*collate = mysql_collation(*collate, v[i].collate);
	}
	return !t->failed;
}

static struct value
text_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;
	struct str collate;

	if (!take_texts(t, v, n, &collate))
		return none;
	out = call(t, f, EXPR_TEXT, v, n);
	out.collate = collate;
	return out;
}

/* Behind the text, numbers that are not negative: as written, so that none can be out of range. */
static bool
are_counts(struct translation *t, const struct function *f, const struct value *v, size_t n,
	   int64_t least)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].class != EXPR_INT || !v[i].literal || v[i].wide ||
		    v[i].integer < least) {
			value_fail(t, "$() of a length that is no positive number",
				   str_cstr(f->name));
			return false;
		}
	return true;
}

static struct value
part_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;
	struct str collate;

	if (!are_counts(t, f, v + 1, n - 1, 0) || !take_texts(t, v, 1, &collate))
		return none;
	out = call(t, f, EXPR_TEXT, v, n);
	out.collate = collate;
	return out;
}

static struct value
substr_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct function two = *f;

	if (!are_counts(t, f, v + 1, 1, 1))
		return none;
	if (n == 2)
		two.form = "substr($, $)";
	return part_call(t, &two, v, n);
}

static struct value
pad_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;
	struct str collate;

	if (!are_counts(t, f, v + 1, 1, 0))
		return none;
	if (v[2].class != EXPR_TEXT || !v[2].literal || v[2].string.n == 0)
		return value_fail(t, "$() with what is no literal", str_cstr(f->name));
	if (!take_texts(t, v, 1, &collate))
		return none;
	out = call(t, f, EXPR_TEXT, v, n);
	out.collate = collate;
	return out;
}

static struct value
concat_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;
	struct str collate;

	(void)f;
	if (!take_texts(t, v, n, &collate))
		return none;
	out = v[0];
	for (size_t i = 1; i < n; i++) {
		bool set = out.set && v[i].set;

		out = value_of(EXPR_TEXT, LEVEL_OTHER,
			       value_text(t, "$ || $", value_at(t, &out, LEVEL_OTHER),
					  value_at(t, &v[i], LEVEL_ADD)));
		out.trimmed = false;
		out.set = set;
	}
	out.collate = collate;
	return out;
}

/* Whether each character of the collation's character set is one byte; *utf8: or it is UTF-8, as in PostgreSQL. */
static bool
is_one_byte(struct str collation, bool *utf8)
{
	static const char *const sets[] = { "latin1_", "latin2_", "latin5_", "latin7_",
					    "ascii_",  "cp1250_", "cp1251_", "cp1256_",
					    "cp1257_", "koi8r_" };

	*utf8 = collation.p && str_starts_nocase(collation, STR("utf8"));
	for (size_t i = 0; collation.p && i < sizeof(sets) / sizeof(sets[0]); i++)
		if (str_starts_nocase(collation, str_cstr(sets[i])))
			return true;
	return false;
}

static struct value
length_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	bool bytes = str_starts(str_cstr(f->form), STR("octet")), utf8, one;
	struct function characters = *f;
	struct value out;

	one = is_one_byte(v->collate, &utf8);
	if (v->class != EXPR_TEXT && v->class != EXPR_BYTES)
		return unfit(t, f, v);
	if (v->class == EXPR_TEXT && bytes && !utf8 && !one)
		return value_fail(t, "bytes of a text in another character set");
	if (v->class == EXPR_TEXT && bytes && one)
		characters.form = "length($)";
	out = call(t, &characters, EXPR_INT, v, n);
	out.bound = INT4_MAX;
	out.natural = true;
	return out;
}

/* The letters of all scripts are folded by tables; those of ASCII alike. */
static struct value
fold_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;

	if (v->class != EXPR_TEXT)
		return unfit(t, f, v);
	if (!v->collate.p || !str_starts_nocase(v->collate, STR("ascii_")))
		return value_fail(t, "$() knows more letters than those of ASCII",
				  str_cstr(f->name));
	out = *v;
	value_bytewise(t, &out);
	out = call(t, f, EXPR_TEXT, &out, n);
	out.collate = v->collate;
	out.bytewise = true;
	return out;
}

/* --- numbers -------------------------------------------------------------------------------------------------- */

static struct value
absolute_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out = abs_call(t, f, v, n);

	out.natural = true;
	return out;
}

/* To digits behind the point; decimals only: of doubles each database has its own idea. */
static struct value
round_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	static const char *const longer[] = { "round($)", "round($, $)", "trunc($)",
					      "trunc($, $)" };
	struct function form = *f;
	struct value out;
	int whole, scale;

	if (v->class == EXPR_BOOL)
		*v = value_integer(t, *v);
	if (n > 1 && (!are_counts(t, f, v + 1, 1, 0) || v[1].integer > 30))
		return value_fail(t, "$() to other digits", str_cstr(f->name));
	if (v->class == EXPR_INT)
		return *v;
	if (v->class != EXPR_NUMERIC || !mysql_digits(v, &whole, &scale))
		return unfit(t, f, v);
	form.form = longer[(f->form[0] == 't' ? 2 : 0) + (n > 1)];
	out = call(t, &form, EXPR_NUMERIC, v, n);
	out.scale = n > 1 && v[1].integer < scale ? (int)v[1].integer : n > 1 ? scale : 0;
	out.digits = whole + 1 + out.scale;
	out.natural = v->natural;
	return out;
}

static struct value
floor_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;
	int whole, scale;

	if (v->class == EXPR_INT)
		return *v;
	if (v->class == EXPR_DOUBLE) {
		mysql_double(t, v);
		return call(t, f, EXPR_DOUBLE, v, n);
	}
	if (v->class != EXPR_NUMERIC || !mysql_digits(v, &whole, &scale))
		return unfit(t, f, v);
	out = call(t, f, EXPR_NUMERIC, v, n);
	out.digits = whole + 1;
	out.natural = v->natural;
	return out;
}

static struct value
mod_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	(void)f;
	(void)n;
	return mysql_arithmetic(t, STR("%"), v[0], v[1]);
}

/* PostgreSQL's leave out NULL; in MySQL one makes the result NULL. */
static struct value
extreme_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	const struct value *of = value_unify(t, v, n);
	struct buf list = { 0 }, tests = { 0 };
	struct value out;

	if (!of ||
	    (!value_is_number(of) && of->class != EXPR_DATE && of->class != EXPR_TIMESTAMP)) {
		return of ? unfit(t, f, of) : none;
	}
	for (size_t i = 0; i < n; i++) {
		if (v[i].class == EXPR_NULL)
			value_fail(t, "$() of NULL", str_cstr(f->name));
		if (i)
			buf_add(&list, STR(", "));
		buf_add(&list, v[i].text);
		if (v[i].set)
			continue;
		if (tests.n)
			buf_add(&tests, STR(" AND "));
		buf_add(&tests,
			value_text(t, "$ IS NOT NULL", value_at(t, &v[i], LEVEL_OTHER)));
	}
	out = *of;
	out.text = value_text(t, "$($)", str_cstr(f->form), buf_str(&list));
	if (tests.n)
		out.text = value_text(t, "CASE WHEN $ THEN $ END", buf_str(&tests), out.text);
	out.level = LEVEL_ATOM;
	out.literal = false;
	out.column = NULL;
	out.set = tests.n == 0;
	buf_release(&list);
	buf_release(&tests);
	return t->failed ? none : out;
}

/* --- the rest ------------------------------------------------------------------------------------------------- */

static struct value
null_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	(void)f;
	(void)n;
	return value_of(EXPR_BOOL, LEVEL_TEST,
			value_text(t, "$ IS NULL", value_at(t, v, LEVEL_OTHER)));
}

/* All that is in a column of this type is JSON. */
static struct value
json_valid_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	(void)n;
	if (v->class != EXPR_JSON || !v->column)
		return unfit(t, f, v);
	return value_of(EXPR_BOOL, LEVEL_ATOM,
			v->set
			    ? STR("true")
			    : value_text(t, "CASE WHEN $ IS NOT NULL THEN true END", v->text));
}

static struct value
json_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out = value_of(EXPR_JSON, LEVEL_ATOM, str_cstr(f->form));

	(void)t;
	(void)v;
	(void)n;
	out.set = true;
	return out;
}

/* Not one of the kind that counts time, but a new one each time as well. */
static struct value
uuid_call(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out = value_of(EXPR_UUID, LEVEL_ATOM, STR("gen_random_uuid()"));

	if (!t->present)
		return value_fail(t, "$() gives another value each time", str_cstr(f->name));
	out.set = true;
	if (n == 0)
		return out;
	if (v->class != EXPR_UUID)
		return unfit(t, f, v);
	out = call(t, f, EXPR_BYTES, v, n);
	out.length = 16;
	return out;
}

const struct function mysql_functions[] = {
	{ "abs", 1, 1, absolute_call, "abs($)" },
	{ "ceil", 1, 1, floor_call, "ceil($)" },
	{ "ceiling", 1, 1, floor_call, "ceil($)" },
	{ "char_length", 1, 1, length_call, "length($)" },
	{ "character_length", 1, 1, length_call, "length($)" },
	{ "coalesce", 1, VALUES_MAX, coalesce_call, NULL },
	{ "concat", 1, VALUES_MAX, concat_call, NULL },
	{ "curdate", 0, 0, mysql_now, "CURRENT_DATE" },
	{ "current_date", 0, 0, mysql_now, "CURRENT_DATE" },
	{ "current_time", 0, 1, mysql_now, "LOCALTIMESTAMP time" },
	{ "current_timestamp", 0, 1, mysql_now, "LOCALTIMESTAMP" },
	{ "curtime", 0, 1, mysql_now, "LOCALTIMESTAMP time" },
	{ "date", 1, 1, mysql_date, NULL },
	{ "datediff", 2, 2, mysql_datediff, "$ - $" },
	{ "day", 1, 1, mysql_part, "day" },
	{ "dayofmonth", 1, 1, mysql_part, "day" },
	{ "dayofyear", 1, 1, mysql_part, "doy" },
	{ "floor", 1, 1, floor_call, "floor($)" },
	{ "greatest", 2, VALUES_MAX, extreme_call, "greatest" },
	{ "hour", 1, 1, mysql_part, "hour" },
	{ "if", 3, 3, iif_call, "CASE WHEN $ THEN $ ELSE $ END" },
	{ "ifnull", 2, 2, coalesce_call, NULL },
	{ "isnull", 1, 1, null_call, NULL },
	{ "json_array", 0, 0, json_call, "'[]'::json" },
	{ "json_object", 0, 0, json_call, "'{}'::json" },
	{ "json_valid", 1, 1, json_valid_call, NULL },
	{ "lcase", 1, 1, fold_call, "lower($)" },
	{ "least", 2, VALUES_MAX, extreme_call, "least" },
	{ "left", 2, 2, part_call, "left($, $)" },
	{ "length", 1, 1, length_call, "octet_length($)" },
	{ "localtime", 0, 1, mysql_now, "LOCALTIMESTAMP" },
	{ "localtimestamp", 0, 1, mysql_now, "LOCALTIMESTAMP" },
	{ "lower", 1, 1, fold_call, "lower($)" },
	{ "lpad", 3, 3, pad_call, "lpad($, $, $)" },
	{ "ltrim", 1, 1, text_call, "ltrim($)" },
	{ "mid", 3, 3, substr_call, "substr($, $, $)" },
	{ "minute", 1, 1, mysql_part, "minute" },
	{ "mod", 2, 2, mod_call, NULL },
	{ "month", 1, 1, mysql_part, "month" },
	{ "now", 0, 1, mysql_now, "LOCALTIMESTAMP" },
	{ "nullif", 2, 2, nullif_call, "nullif($, $)" },
	{ "octet_length", 1, 1, length_call, "octet_length($)" },
	{ "quarter", 1, 1, mysql_part, "quarter" },
	{ "replace", 3, 3, text_call, "replace($, $, $)" },
	{ "reverse", 1, 1, text_call, "reverse($)" },
	{ "right", 2, 2, part_call, "right($, $)" },
	{ "round", 1, 2, round_call, "round" },
	{ "rpad", 3, 3, pad_call, "rpad($, $, $)" },
	{ "rtrim", 1, 1, text_call, "rtrim($)" },
	{ "second", 1, 1, mysql_part, "second" },
	{ "substr", 2, 3, substr_call, "substr($, $, $)" },
	{ "substring", 2, 3, substr_call, "substr($, $, $)" },
	{ "to_days", 1, 1, mysql_to_days, "$ - '0001-01-01'::date + 366" },
	{ "trim", 1, 1, text_call, "btrim($)" },
	{ "truncate", 2, 2, round_call, "trunc" },
	{ "ucase", 1, 1, fold_call, "upper($)" },
	{ "unix_timestamp", 0, 0, mysql_now, "epoch" },
	{ "upper", 1, 1, fold_call, "upper($)" },
	{ "utc_date", 0, 0, mysql_now, "UTC date" },
	{ "utc_time", 0, 1, mysql_now, "UTC time" },
	{ "utc_timestamp", 0, 1, mysql_now, "UTC" },
	{ "uuid", 0, 0, uuid_call, NULL },
	{ "uuid_to_bin", 1, 1, uuid_call, "uuid_send($)" },
	{ "year", 1, 1, mysql_part, "year" },
	{ 0 },
};

/* --- CAST ----------------------------------------------------------------------------------------------------- */

static struct value
cast_signed(struct translation *t, const struct tree *n, struct value v, bool to_unsigned)
{
	int whole, scale;

	if (v.class == EXPR_BOOL)
		v = value_integer(t, v);
	if (v.class == EXPR_NUMERIC && mysql_digits(&v, &whole, &scale) && whole < 18 &&
	    !to_unsigned) {
		v = value_of(EXPR_INT, LEVEL_ATOM,
			     value_text(t, "$::bigint", value_at(t, &v, LEVEL_ATOM)));
		v.bound = NO_BOUND;
		v.wide = true;
		return v;
	}
	if (v.class != EXPR_INT || (to_unsigned && !v.natural))
		return value_fail(t, "CAST of $ as $", str_cstr(value_words(&v)),
				  str_cstr(show(n->word).text));
	v.unsigned_ = to_unsigned;
	return v;
}

/* decimal(p,s): what is rounded is by both away from zero. */
static struct value
cast_decimal(struct translation *t, const struct tree *n, struct value v)
{
	struct type to = type_of(n->word, false);
	int whole, scale;

	if (to.kind != TYPE_DECIMAL || to.precision <= 0 || !mysql_digits(&v, &whole, &scale) ||
	    whole + (scale > to.scale) > to.precision - to.scale)
		return value_fail(t, "CAST of $ as $", str_cstr(value_words(&v)),
				  str_cstr(show(n->word).text));
	v = value_of(
	    EXPR_NUMERIC, LEVEL_ATOM,
	    value_text(t, "$::$", value_at(t, &v, LEVEL_ATOM),
		       value_text(t, "numeric$", str_of(n->word.p + 7, n->word.n - 7))));
	v.digits = to.precision;
	v.scale = to.scale;
	return v;
}

struct value
mysql_cast(struct translation *t, const struct tree *n)
{
	struct value v = translate(t, n->arg[0]);
	struct str to = n->word;

	if (t->failed || !value_known(t, &v))
		return none;
	if (str_eq_nocase(to, STR("signed")))
		return cast_signed(t, n, v, false);
	if (str_eq_nocase(to, STR("unsigned")))
		return cast_signed(t, n, v, true);
	if (str_starts_nocase(to, STR("decimal(")))
		return cast_decimal(t, n, v);
	if (str_eq_nocase(to, STR("double")) && value_is_number(&v))
		return value_of(
		    EXPR_DOUBLE, LEVEL_ATOM,
		    value_text(t, "$::double precision", value_at(t, &v, LEVEL_ATOM)));
	if (str_eq_nocase(to, STR("char")) || str_starts_nocase(to, STR("char charset utf8"))) {
		v = mysql_text(t, v);
		/* What compares it now is the session's affair. */
		v.collate = STR("the session's collation");
		v.literal = false;
		return v;
	}
	if (str_eq_nocase(to, STR("date")) && v.class == EXPR_TIMESTAMP && v.seconds == 0)
		return value_of(EXPR_DATE, LEVEL_ATOM,
				value_text(t, "$::date", value_at(t, &v, LEVEL_ATOM)));
	if (str_eq_nocase(to, STR("date")) && v.class == EXPR_DATE)
		return v;
	if (str_eq_nocase(to, STR("json")) && v.literal && v.class == EXPR_TEXT &&
	    (str_eq(v.string, STR("{}")) || str_eq(v.string, STR("[]"))))
		return value_of(EXPR_JSON, LEVEL_ATOM, value_text(t, "$::json", v.text));
	return value_fail(t, "CAST of $ as $", str_cstr(value_words(&v)),
			  str_cstr(show(to).text));
}

/* --- LIKE ----------------------------------------------------------------------------------------------------- */

/* As PostgreSQL writes it; without an escape of its own (p NULL: none at all) the backslash is it. */
static bool
add_pattern(struct translation *t, struct str s, struct str escape, bool marks, struct buf *b)
{
	for (size_t i = 0; i < s.n; i++) {
		bool escaped = escape.n && s.p[i] == escape.p[0];

		if (escaped && ++i == s.n) {
			value_fail(t, "a pattern that ends with its escape");
			return false;
		}
		if (!escaped && (s.p[i] == '%' || s.p[i] == '_'))
			buf_addc(b, s.p[i]);
		else
			like_literal(b, s.p[i]);
		if (marks && !mysql_only_marks(str_of(s.p + i, 1))) {
			value_fail(t, "LIKE ignores case in such a column");
			return false;
		}
	}
	return true;
}

struct value
mysql_like(struct translation *t, const struct tree *n)
{
	struct value v = translate(t, n->arg[0]), like,
		     escape = { .string = STR("\\"), .literal = true };
	struct buf b = { 0 }, quoted = { 0 };
	enum mysql_order how;

	if (t->failed || !value_known(t, &v))
		return none;
	like = translate(t, n->arg[1]);
	if (n->arg[2] && !t->failed)
		escape = translate(t, n->arg[2]);
	if (t->failed)
		return none;
	if (v.class != EXPR_TEXT || !v.collate.p)
		return value_fail(t, "LIKE of $", str_cstr(value_words(&v)));
	if (like.class != EXPR_TEXT || !like.literal)
		return value_fail(t, "LIKE with a pattern that is no literal");
	if (!escape.literal || escape.string.n > 1 ||
	    (escape.string.n && strchr("%_", escape.string.p[0])) ||
	    (n->arg[2] && escape.class != EXPR_TEXT))
		return value_fail(t, "an unusual ESCAPE");
	how = mysql_order(v.collate);
	if (how == ORDER_TABLE)
		return value_fail(t, "texts are compared by $", v.collate);
	if (add_pattern(t, like.string, escape.string, how == ORDER_MARKS, &b)) {
		pg_quote_literal(&quoted, buf_str(&b));
		v = value_of(EXPR_BOOL, LEVEL_TEST,
			     value_text(t, n->negated ? "$ NOT LIKE $" : "$ LIKE $",
					value_at(t, &v, LEVEL_ADD), buf_str(&quoted)));
	}
	buf_release(&b);
	buf_release(&quoted);
	return t->failed ? none : v;
}
