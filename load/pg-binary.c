/* Rows on the wire as COPY BINARY. */
#include "load/pg-binary.h"

/* About so many bytes of rows are encoded before they are sent: they and what becomes of them fit into a cache. */
enum { CHUNK = 32 * 1024 };

/* --- columns -------------------------------------------------------------------------------------- */

/*
 * By the OID of the type, which for built-in types is the same everywhere (src/include/catalog/pg_type.dat). What is not
 * here goes as text; some of it has to:
 *
 * - xml: the receive function obeys the encoding that a declaration names, text input does not.
 * - money: its binary form depends on the target's lc_monetary, and text input takes what that would print.
 * - regclass and its like: names, which only the server can look up.
 * - types of extensions: an OID of their own in each database.
 */
static const struct {
	unsigned oid;
	struct binary_at (*encode)(const struct binary_column *c, struct binary_at at);
	bool element; /* an array of them can be encoded */
} types[] = {
	{ 16, binary_bool, true },        { 17, binary_bytea, false },
	{ 18, binary_char, true },        { 19, binary_name, false },
	{ 20, binary_int8, true },        { 21, binary_int2, true },
	{ 23, binary_int4, true },        { 25, binary_text, true },
	{ 26, binary_oid, true },         { 114, binary_text, true }, /* json */
	{ 650, binary_cidr, true },       { 700, binary_float4, true },
	{ 701, binary_float8, true },     { 774, binary_macaddr8, true },
	{ 829, binary_macaddr, true },    { 869, binary_inet, true },
	{ 1042, binary_text, true }, /* bpchar */
	{ 1043, binary_text, true }, /* varchar */
	{ 1082, binary_date, true },      { 1083, binary_time, true },
	{ 1114, binary_timestamp, true }, { 1184, binary_timestamptz, true },
	{ 1186, binary_interval, false }, { 1266, binary_timetz, true },
	{ 1560, binary_bit, true },       { 1562, binary_bit, true }, /* varbit */
	{ 1700, binary_numeric, true },   { 2950, binary_uuid, true },
	{ 3802, binary_jsonb, false },
};

/* `interval day to second`: what the text means depends on the fields. */
static bool
has_fields(const struct pg_column *column)
{
	return column->base_oid == 1186 && column->base.n > 8 && column->base.p[8] != '(';
}

/*
 * A domain has the form of what it is over: its receive function (domain_recv) reads that, and then checks as text input
 * does, a NULL too. An array names the domain as its elements' type.
 */
static bool
choose(struct binary_column *c, const struct pg_column *column)
{
	unsigned oid = column->element ? column->element_base : column->base_oid;
	bool is_enum = column->element ? column->element_is_enum : column->is_enum;

	*c = (struct binary_column){ .element_oid = column->element };
	if (is_enum)
		c->encode = binary_text;
	for (size_t i = 0; !c->encode && i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].oid == oid && (types[i].element || !column->element))
			c->encode = types[i].encode;
	if (!c->encode || has_fields(column))
		return false;
	if (column->element) {
		c->element = c->encode;
		c->encode = binary_array;
	}
	return true;
}

bool
pg_binary_begin(struct binary *b, const struct target *t, const struct pg_relation *rel,
		struct buf *why)
{
	const struct rows_head *head = t->head;
	const char *encoding = PQparameterStatus(t->conn, "server_encoding");

	binary_release(b);
	why->n = 0;
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		buf_add(why, STR("the target's encoding is not UTF8"));
	else if (head->ncols == 0)
		buf_add(why, STR("there are no columns"));
	else if (rel->undivided)
		buf_add(why, STR("triggers or keys can tell one COPY from several"));
	if (why->n)
		return false;
	b->ncols = head->ncols;
	b->columns = mem_array(b->ncols, sizeof(*b->columns));
	for (size_t i = 0; i < b->ncols; i++) {
		const struct pg_column *column = pg_relation_column(rel, head->names[i]);

		if (!choose(&b->columns[i], column)) {
			buf_addf(why, "column %s is of type %s", show(column->name).text,
				 show(column->type).text);
			return false;
		}
		b->columns[i].scratch = &b->scratch;
	}
	return true;
}

/* --- sending -------------------------------------------------------------------------------------- */

bool
pg_binary_copy(struct target *t, const char *before, const char *behind)
{
	return target_copy(t, "binary", before, behind) && target_put(t, binary_signature);
}

/* The rows that begin within the first CHUNK bytes of rows, or a few more or less; one at least. */
static struct str
cut_chunk(struct str rows)
{
	const char *nl;

	if (rows.n <= CHUNK)
		return rows;
	nl = memchr(rows.p + CHUNK - 1, '\n', rows.n - CHUNK + 1);
	return str_of(rows.p, (size_t)(nl - rows.p) + 1);
}

bool
pg_binary_put(struct binary *b, struct target *t, struct str rows, size_t *bytes,
	      uint64_t *count)
{
	while (rows.n) {
		struct str chunk = cut_chunk(rows);
		size_t done;

		b->out.n = 0;
		done = binary_rows(b, chunk, count);
		*bytes += done;
		if (!target_put(t, buf_str(&b->out)))
			return false;
		if (done < chunk.n)
			return true;
		rows = str_of(rows.p + done, rows.n - done);
	}
	return true;
}

bool
pg_binary_copy_end(struct target *t, uint64_t count)
{
	return target_put(t, binary_trailer) && target_copy_end(t, count);
}
