/* The columns of a query of the user's own: names and types as the server describes its result. */
#include "extract/mysql-query.h"
#include "schema/mysql/field.h"

void
mysql_query_columns(struct mysql_source *s, const char *where, MYSQL_RES *result,
		    struct value_column *columns)
{
	const MYSQL_FIELD *fields = mysql_fetch_fields(result);
	unsigned n = mysql_num_fields(result);
	struct buf type = { 0 };

	for (unsigned i = 0; i < n; i++) {
		const MYSQL_FIELD *f = &fields[i];
		struct str name = pool_str(&s->pool, str_of(f->name, f->name_length));

		mysql_field_check(where, fields, i);
		columns[i].name = name;
		type.n = 0;
		mysql_field_type(&type, f);
		if (!mysql_value_init(&columns[i], pool_str(&s->pool, buf_str(&type)), false,
				      f->flags & ZEROFILL_FLAG))
			die(STATUS_BAD, "%s: column %s: type %d of the server's is not known",
			    where, show(name).text, (int)f->type);
	}
	buf_release(&type);
}
