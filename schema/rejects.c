/* Rejects: rows that a stage sets aside instead of dying of them. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/rejects.h"
#include "schema/stats.h"

void
rejects_limit(struct rejects *r, const char *argument)
{
	struct str s = str_cstr(argument);

	r->percent = s.n > 1 && s.p[s.n - 1] == '%';
	if (r->percent)
		s.n--;
	if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9' || !num_f64(s, &r->limit) ||
	    (r->percent && r->limit > 100))
		die(STATUS_USAGE, "option -e: %s is neither a count nor a percentage",
		    show(str_cstr(argument)).text);
	r->allowed = r->limit > 0;
}

void
rejects_open(struct rejects *r, const char *path)
{
	if (r->allowed && !path)
		die(STATUS_USAGE, "option -e: rejects are kept, so it needs a file (-E)");
	if (!r->allowed && path)
		die(STATUS_USAGE, "option -E: rejects need a limit (-e) that allows some");
	r->path = path;
	if (path)
		output_open_path(&r->out, path);
}

void
rejects_begin_table(struct rejects *r, const struct rows_head *head)
{
	r->head = head;
	r->framed = false;
	r->table_count = 0;
}

static void
add_field(struct rejects *r, struct str s)
{
	buf_addc(&r->line, '\t');
	escape_add(&r->line, s);
}

static void
make_comment(struct rejects *r, const struct reject *why)
{
	char row[NUM_MAX];

	r->line.n = 0;
	buf_add(&r->line, STR("# reject"));
	add_field(r, why->code);
	add_field(r, why->column);
	add_field(r, why->constraint);
	add_field(r, why->message);
	add_field(r, str_of(row, num_put_u64(row, why->row)));
	add_field(r, why->key);
	buf_addc(&r->line, '\n');
}

void
rejects_add(struct rejects *r, const struct reject *why, struct str row)
{
	if (!r->allowed)
		die(STATUS_BAD, "%s: row %ju: %.*s", rows_name(r->head).text,
		    (uintmax_t)why->row, (int)why->message.n, why->message.p);
	if (!r->framed)
		rows_write_head(&r->out, r->head);
	r->framed = true;
	make_comment(r, why);
	output_add(&r->out, buf_str(&r->line));
	output_add(&r->out, row);
	output_addc(&r->out, '\n');
	r->count++;
	r->table_count++;
	if (r->percent || (double)r->count <= r->limit)
		return;
	output_flush(&r->out);
	stats_over(r->count);
	die(STATUS_BAD, "%s: row %ju: more than %.0f rejects: %.*s", rows_name(r->head).text,
	    (uintmax_t)why->row, r->limit, (int)why->message.n, why->message.p);
}

void
rejects_end_table(struct rejects *r)
{
	if (!r->framed)
		return;
	rows_write_end(&r->out, r->table_count, 0);
	output_flush(&r->out);
	r->framed = false;
}

void
rejects_finish(struct rejects *r, uint64_t rows)
{
	if (r->path)
		output_close(&r->out);
	buf_release(&r->line);
	if (!r->percent || (double)r->count * 100 <= r->limit * (double)rows)
		return;
	stats_over(r->count);
	die(STATUS_BAD, "%ju rejects of %ju rows are more than %g %%", (uintmax_t)r->count,
	    (uintmax_t)rows, r->limit);
}

void
rejects_abandon(struct rejects *r)
{
	output_abandon(&r->out);
	buf_release(&r->line);
}
