/* Expressions behind USING: functions of integers, and of values of any kind. */
#include "transform/using-parts.h"

static bool
too_large(struct using *u, const struct step *s)
{
	return using_fail(u, s, "the number has more than %s",
			  u->language == USING_CLOJURE ? "64 bits" : "128 bits");
}

/* Clojure's integers are Java's long; Lisp's have any size, of which there are 128 bits here. */
static bool
fits(const struct using *u, int128 n)
{
	return u->language != USING_CLOJURE || (n >= INT64_MIN && n <= INT64_MAX);
}

static bool
give(struct using *u, const struct step *s, int128 n, struct value *out)
{
	*out = value_integer(n);
	return fits(u, n) || too_large(u, s);
}

/* One step of it: *a becomes a op b. */
static bool
combine(struct using *u, const struct step *s, int128 *a, int128 b)
{
	switch (s->f->variant) {
	case ADD: return !__builtin_add_overflow(*a, b, a) || too_large(u, s);
	case SUBTRACT: return !__builtin_sub_overflow(*a, b, a) || too_large(u, s);
	case MULTIPLY: return !__builtin_mul_overflow(*a, b, a) || too_large(u, s);
	case MINIMUM: *a = b < *a ? b : *a; return true;
	case MAXIMUM: *a = b > *a ? b : *a; return true;
	default: break;
	}
	if (b == 0)
		return using_fail(u, s, "division by zero");
	if (b == -1)
		return !__builtin_sub_overflow((int128)0, *a, a) || too_large(u, s);
	if (*a % b != 0)
		return using_fail(u, s, "the quotient is no integer");
	*a /= b;
	return true;
}

USING_CALL(using_arithmetic)
{
	int128 n = s->f->variant == MULTIPLY;
	size_t i = 0;

	/* With one argument - is its negative. */
	if (s->n > 1 || (s->n == 1 && s->f->variant != SUBTRACT))
		n = args[i++].number;
	for (; i < s->n; i++)
		if (!combine(u, s, &n, args[i].number))
			return false;
	return give(u, s, n, out);
}

USING_CALL(using_divide)
{
	int128 a = args[0].number, b = args[1].kind == KIND_UNSET ? 1 : args[1].number;
	int128 quotient, rest;
	bool against;

	if (b == 0)
		return using_fail(u, s, "division by zero");
	if (b == -1 && __builtin_sub_overflow((int128)0, a, &quotient))
		return too_large(u, s);
	quotient = b == -1 ? -a : a / b;
	rest = b == -1 ? 0 : a % b;
	against = rest != 0 && (rest < 0) != (b < 0); /* the quotient was cut upwards */
	switch (s->f->variant) {
	case DIVIDE_FLOOR: return give(u, s, quotient - against, out);
	case DIVIDE_CEILING: return give(u, s, quotient + (rest != 0 && !against), out);
	case DIVIDE_TRUNCATE: return give(u, s, quotient, out);
	case DIVIDE_MOD: return give(u, s, against ? rest + b : rest, out);
	case DIVIDE_REM: return give(u, s, rest, out);
	default: break;
	}
	/* Half goes to the even one. */
	if (rest != 0) {
		int128 size = b < 0 ? -(b + 1) : b - 1, left = rest < 0 ? -rest : rest;
		int128 beyond = left - (size - left) - 1; /* twice the rest less the divisor */

		if (beyond > 0 || (beyond == 0 && quotient % 2 != 0))
			quotient += (a < 0) == (b < 0) ? 1 : -1;
	}
	return give(u, s, quotient, out);
}

USING_CALL(using_step_by)
{
	int128 n;

	if (__builtin_add_overflow(args->number, s->f->variant, &n))
		return too_large(u, s);
	return give(u, s, n, out);
}

USING_CALL(using_absolute)
{
	int128 n = args->number;

	if (n < 0 && __builtin_sub_overflow((int128)0, n, &n))
		return too_large(u, s);
	return give(u, s, n, out);
}

static bool
compares(int128 a, int128 b, int how)
{
	switch (how) {
	case COMPARE_EQUAL: return a == b;
	case COMPARE_UNEQUAL: return a != b;
	case COMPARE_LESS: return a < b;
	case COMPARE_GREATER: return a > b;
	case COMPARE_UP_TO: return a <= b;
	default: return a >= b;
	}
}

USING_CALL(using_compare_numbers)
{
	bool yes = true;

	for (size_t i = 1; i < s->n; i++)
		yes = yes && compares(args[i - 1].number, args[i].number, s->f->variant);
	*out = value_truth(u, yes);
	return true;
}

USING_CALL(using_test_number)
{
	int128 n = args->number;
	bool yes = false;

	switch (s->f->variant) {
	case TEST_ZERO: yes = n == 0; break;
	case TEST_PLUS: yes = n > 0; break;
	case TEST_MINUS: yes = n < 0; break;
	case TEST_EVEN: yes = n % 2 == 0; break;
	case TEST_ODD: yes = n % 2 != 0; break;
	}
	*out = value_truth(u, yes);
	return true;
}

/* --- reading numbers ----------------------------------------------------------------------- */

/* Digits with a sign or without from the beginning of t; how many bytes, 0 for none, or -1 when it is too large. */
static long
read_digits(struct str t, int128 *out)
{
	bool negative = t.n && t.p[0] == '-';
	size_t from = negative || (t.n && t.p[0] == '+'), i = from;
	int128 n = 0;

	for (; i < t.n && t.p[i] >= '0' && t.p[i] <= '9'; i++)
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, t.p[i] - '0', &n))
			return -1;
	if (!negative && __builtin_sub_overflow((int128)0, n, &n))
		return -1;
	*out = n;
	return i > from ? (long)i : 0;
}

/* What whitespace is to the reader of Common Lisp (2.1.4). */
static struct str
skip_space(struct str t)
{
	while (t.n && (t.p[0] == ' ' || (t.p[0] >= '\t' && t.p[0] <= '\r' && t.p[0] != '\v')))
		t = str_of(t.p + 1, t.n - 1);
	return t;
}

USING_CALL(using_parse_integer)
{
	struct value cut_args[3] = { args[0], args[1], args[2] }, part;
	bool junk = value_true(&args[3]) && args[3].kind != KIND_UNSET;
	struct str text;
	int128 n;
	long length;

	if (cut_args[1].kind != KIND_INTEGER)
		cut_args[1] = value_integer(0);
	if (!using_subseq(u, s, cut_args, &part))
		return false;
	text = skip_space(part.text);
	length = read_digits(text, &n);
	if (length < 0)
		return too_large(u, s);
	if (!junk &&
	    (length == 0 || skip_space(str_of(text.p + length, text.n - (size_t)length)).n))
		return using_fail(u, s, "%.100s is no integer", show(part.text).text);
	if (length > 0)
		*out = value_integer(n);
	return true;
}

/* Without blanks; of 32 or 64 bits, or, for 0, of 64 and nil when it is none. */
USING_CALL(using_clojure_parse)
{
	int bits = s->f->variant;
	struct str text = args->text;
	int128 n, most = bits == 32 ? INT32_MAX : INT64_MAX;
	long length = read_digits(text, &n);
	bool whole = length > 0 && (size_t)length == text.n && n <= most && n >= -most - 1;

	if (!whole && bits)
		return using_fail(u, s, "%.100s is no integer of %d bits", show(text).text,
				  bits);
	if (whole)
		*out = value_integer(n);
	return true;
}

/* --- any kind ------------------------------------------------------------------------------ */

USING_CALL(using_equal)
{
	bool same = args[0].kind == args[1].kind;

	if (same && args[0].kind == KIND_INTEGER)
		same = args[0].number == args[1].number;
	else if (same && (args[0].kind & (KIND_TEXT | KIND_CHARACTER)))
		same = str_eq(args[0].text, args[1].text);
	*out = value_truth(u, same == (s->f->variant == COMPARE_EQUAL));
	return true;
}

USING_CALL(using_is_kind)
{
	*out = value_truth(u, args->kind & (unsigned)s->f->variant);
	return true;
}
