/* Transforms of text, and texts as elements of arrays. */
#include "schema/array.h"
#include "transform/calls.h"

TRANSFORM_CALL(empty_string_to_null)
{
	*out = value;
	return value.n ? TRANSFORM_SAME : TRANSFORM_NULL;
}

TRANSFORM_CALL(right_trim)
{
	size_t n = value.n;

	while (n && value.p[n - 1] == ' ')
		n--;
	*out = str_of(value.p, n);
	return n == value.n ? TRANSFORM_SAME : TRANSFORM_ALTERED;
}

TRANSFORM_CALL(trim_whitespace)
{
	*out = str_trim(value);
	if (out->n == 0)
		return TRANSFORM_NULL;
	return out->n == value.n ? TRANSFORM_SAME : TRANSFORM_ALTERED;
}

/* The blanks pad the field in the file: they are no part of the value. */
TRANSFORM_CALL(db3_trim_string)
{
	return right_trim(use, value, scratch, out) == TRANSFORM_SAME ? TRANSFORM_SAME
								      : TRANSFORM_SPELLED;
}

TRANSFORM_CALL(remove_null_characters)
{
	*out = value;
	if (value.n == 0 || !memchr(value.p, '\0', value.n))
		return TRANSFORM_SAME;
	scratch->n = 0;
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != '\0')
			buf_addc(scratch, value.p[i]);
	*out = buf_str(scratch);
	return TRANSFORM_ALTERED;
}

/* --- arrays ------------------------------------------------------------------------------- */

static bool
is_array(struct type t)
{
	return t.array || t.kind == TYPE_SET;
}

/* An empty text is no element. */
static enum transform_result
split(struct str value, char separator, struct buf *scratch, struct str *out)
{
	scratch->n = 0;
	array_add_split(scratch, value, separator);
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

TRANSFORM_CALL(set_to_enum_array)
{
	*out = value;
	return is_array(use->was) ? TRANSFORM_SAME : split(value, ',', scratch, out);
}

TRANSFORM_PREPARE(to_array_prepare)
{
	if (use->args[0].given && use->args[0].text.n != 1)
		return err_set(e, STATUS_USAGE, "%s: the separator is one byte, not %s",
			       use->transform->name, show(use->args[0].text).text);
	return 0;
}

TRANSFORM_CALL(to_array)
{
	*out = value;
	if (is_array(use->was))
		return TRANSFORM_SAME;
	if (use->args[0].given)
		return split(value, use->args[0].text.p[0], scratch, out);
	scratch->n = 0;
	buf_addc(scratch, '{');
	array_add_element(scratch, value);
	buf_addc(scratch, '}');
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}
