/* One row of an SQLite table: all its values, or none. */
#include "extract/sqlite-row.h"

size_t
row_put(const struct row *row, struct value_writer *w, sqlite3_stmt *stmt)
{
	for (size_t i = 0; i < row->ncols; i++) {
		const struct value_column *c = &row->columns[i];
		sqlite3_value *v = sqlite3_column_value(stmt, (int)i);
		int class = sqlite3_value_type(v);

		if (i)
			output_addc(&w->out, '\t');
		if (class == SQLITE_NULL)
			output_add(&w->out, STR("\\N"));
		else if (!c->put(w, c, v, class))
			return i;
	}
	output_addc(&w->out, '\n');
	return row->ncols;
}

bool
row_put_as_it_is(const struct row *row, struct value_writer *w, sqlite3_stmt *stmt)
{
	bool readable = true;

	for (size_t i = 0; i < row->ncols; i++) {
		const struct value_column *c = &row->columns[i];
		sqlite3_value *v = sqlite3_column_value(stmt, (int)i);
		int class = sqlite3_value_type(v);
		size_t before;

		if (i)
			output_addc(&w->out, '\t');
		before = w->out.n;
		w->raw = false;
		if (class != SQLITE_NULL && c->put(w, c, v, class))
			continue;
		output_take_back(&w->out, w->out.n - before);
		readable = value_put_as_it_is(w, v, w->raw) && readable;
	}
	return readable;
}
