/* Arrays as PostgreSQL writes them. */
#include "schema/array.h"

bool
array_quotes(struct str element)
{
	if (element.n == 0 || str_eq_nocase(element, STR("NULL")))
		return true;
	for (size_t i = 0; i < element.n; i++)
		if (element.p[i] == '\0' || strchr("{},\"\\ \t\n\r\v\f", element.p[i]))
			return true;
	return false;
}

void
array_add_element(struct buf *b, struct str element)
{
	if (array_quotes(element))
		buf_add_backslashed(b, element);
	else
		buf_add(b, element);
}

void
array_add_split(struct buf *b, struct str s, char separator)
{
	bool more = s.n > 0;
	struct str element;

	buf_addc(b, '{');
	while (more) {
		more = str_cut(s, separator, &element, &s);
		array_add_element(b, element);
		if (more)
			buf_addc(b, ',');
	}
	buf_addc(b, '}');
}
