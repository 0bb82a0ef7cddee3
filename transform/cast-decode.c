/* cast-schema: tables whose texts have another character set than the source says. */
#include "transform/cast-decision.h"

bool
cast_decodes(struct str text)
{
	struct str word = STR("decode-as");

	for (size_t i = 0; i + word.n <= text.n; i++)
		if (str_eq_nocase(str_of(text.p + i, word.n), word))
			return true;
	return false;
}

static bool
is_text(const struct decision *d)
{
	enum type_kind kind = d->neutral.kind;

	return !d->neutral.array && !d->enumerated &&
	    (kind == TYPE_CHAR || kind == TYPE_VARCHAR || kind == TYPE_TEXT);
}

static bool
is_utf8(struct str charset)
{
	return str_eq_nocase(charset, STR("utf8")) || str_eq_nocase(charset, STR("utf-8")) ||
	    str_eq_nocase(charset, STR("utf8mb3")) || str_eq_nocase(charset, STR("utf8mb4"));
}

/* In MySQL the name of a collation begins with its character set. */
static struct str
charset_of(const struct decision *d)
{
	struct str collate = cast_collation_of(d->column, d->neutral.kind), charset, rest;

	if (!collate.p)
		return STR("latin1");
	str_cut(collate, '_', &charset, &rest);
	return charset;
}

void
cast_decode(struct casting *c, struct decision *d)
{
	struct err e = { 0 };
	struct str really, read_as = charset_of(d);
	const struct rule *own = d->using_rule;
	struct buf b = { 0 };

	if (!c->rules.decodes || !is_text(d))
		return;
	really = rules_table(&c->rules, d->column->parent, TABLE_DECODE, &e);
	if (e.status)
		err_die(&e);
	if (!really.p || str_eq_nocase(really, read_as) ||
	    (is_utf8(really) && is_utf8(read_as)))
		return;
	if (own && own->using.p && own->users && !cast_decodes(own->using))
		die(STATUS_USAGE,
		    "%s: column %s: the table is to be decoded as %s, but rule %s changes the values of the column "
		    "as they are stored: an expression with decode-as in it does both",
		    cast_table_name(d->column->parent).text, show(d->column->arg[0]).text,
		    show(really).text, cast_rule_place(c, own).p);
	buf_add(&b, STR("decode-as("));
	buf_add_quoted(&b, really, '\'');
	buf_addc(&b, ',');
	buf_add_quoted(&b, read_as, '\'');
	buf_addc(&b, ')');
	d->decode = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&b);
}
