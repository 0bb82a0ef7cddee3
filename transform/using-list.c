/* Expressions behind USING: lists, which are texts that have been split. */
#include "schema/base/utf8.h"
#include "transform/using-text.h"

USING_CALL(using_split)
{
	*out = args[1];
	if (args[1].kind == KIND_NIL)
		return true;
	(void)u;
	(void)s;
	out->kind = KIND_LIST;
	out->mark = args[0].text;
	out->compact = value_true(&args[2]) && args[2].kind != KIND_UNSET;
	return true;
}

/* The next element from *at on; false behind the last. */
static bool
next_element(const struct value *list, size_t *at, struct str *element)
{
	struct str text = list->text;

	while (*at <= text.n) {
		size_t end = text_find(text, *at, list->mark);

		*element = str_of(text.p + *at, end - *at);
		*at = end < text.n ? end + list->mark.n : text.n + 1;
		if (element->n || !list->compact)
			return true;
	}
	return false;
}

static size_t
count_elements(const struct value *list)
{
	struct str element;
	size_t n = 0, at = 0;

	while (next_element(list, &at, &element))
		n++;
	return n;
}

static bool
element_at(const struct value *list, int128 i, struct str *element)
{
	size_t at = 0;

	if (list->kind != KIND_LIST)
		return false;
	while (next_element(list, &at, element))
		if (i-- == 0)
			return true;
	return false;
}

USING_CALL(using_length)
{
	(void)u;
	(void)s;
	*out = value_integer(args->kind == KIND_LIST ? (int128)count_elements(args)
						     : (int128)utf8_count(text_sequence(args)));
	return true;
}

USING_CALL(using_nth)
{
	int128 i = s->f->variant < 0 ? args[0].number : s->f->variant;
	struct str element;

	if (i < 0)
		return using_fail(u, s, "there is no element %s", using_show(&args[0]).text);
	if (element_at(s->f->variant < 0 ? &args[1] : &args[0], i, &element))
		*out = value_text(element);
	return true;
}

USING_CALL(using_elt)
{
	struct str element;

	if (args[0].kind != KIND_LIST)
		return using_character(u, s, args, out);
	if (args[1].number < 0 || !element_at(&args[0], args[1].number, &element))
		return using_fail(u, s, "there is no element %s", using_show(&args[1]).text);
	*out = value_text(element);
	return true;
}
