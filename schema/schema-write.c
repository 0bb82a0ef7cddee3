/* schema(5): the writer. */
#include "schema/base/num.h"
#include "schema/escape.h"
#include "schema/schema-words.h"
#include "schema/schema.h"

static void
write_attr(struct output *out, const struct attr *a)
{
	output_addc(out, '\t');
	escape_write(out, a->name == ATTR_UNKNOWN ? a->word : str_cstr(attr_word(a->name)),
		     true);
	if (!a->value.p)
		return;
	output_addc(out, '=');
	if (a->name == ATTR_DEFAULT)
		output_add(out, a->value); /* rows text already: \N is NULL */
	else
		escape_write(out, a->value, false);
}

static void
write_node(struct output *out, const struct node *n)
{
	output_add(out, str_cstr(node_keyword(n->kind)));
	for (unsigned i = 0; i < node_operands(n->kind); i++) {
		output_addc(out, '\t');
		escape_write(out, n->arg[i], true);
	}
	for (const struct attr *a = n->attrs; a; a = a->next)
		write_attr(out, a);
	output_addc(out, '\n');
}

/* Returns how many lines the nodes below parent make. */
static uint64_t
write_children(struct output *out, const struct node *parent)
{
	uint64_t lines = 0;

	for (const struct node *n = parent->child; n; n = n->next) {
		write_node(out, n);
		lines += 1 + write_children(out, n);
	}
	return lines;
}

static void
list_children(struct output *out, const struct node *parent, const struct node *object)
{
	for (const struct node *n = parent->child; n; n = n->next) {
		const struct node *of = object ? object : n;

		for (unsigned i = 0; i < node_operands(of->kind) && i < 2; i++) {
			escape_write(out, of->arg[i], true);
			output_addc(out, '\t');
		}
		write_node(out, n);
		list_children(out, n, of);
	}
}

void
schema_list(const struct schema *s, struct output *out)
{
	list_children(out, &s->root, NULL);
}

static void
write_head_attr(struct output *out, const char *word, struct str value)
{
	if (!value.p)
		return;
	output_addc(out, '\t');
	output_add(out, str_cstr(word));
	output_addc(out, '=');
	escape_write(out, value, false);
}

void
schema_write(const struct schema *s, struct output *out, const char *comment)
{
	char digits[NUM_MAX];
	uint64_t lines;

	output_add(out, STR("#schema\t1"));
	write_head_attr(out, "source", s->source);
	write_head_attr(out, "target", s->target);
	write_head_attr(out, "database", s->database);
	output_addc(out, '\n');
	if (comment) {
		output_add(out, STR("# "));
		escape_write(out, str_cstr(comment), true);
		output_addc(out, '\n');
	}
	lines = write_children(out, &s->root);
	output_add(out, STR("#end\t"));
	output_add(out, str_of(digits, num_put_u64(digits, lines)));
	output_addc(out, '\n');
}
