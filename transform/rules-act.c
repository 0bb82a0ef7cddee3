/* Cast rules: what a rule does. */
#include "transform/rules-parse.h"

static const struct {
	const char *name;
	bool keep, set; /* besides drop */
} aspects[] = {
	[RULE_DEFAULT] = { "default", true, true },
	[RULE_TYPEMOD] = { "typemod", true, false },
	[RULE_NOTNULL] = { "not null", true, true },
	[RULE_EXTRA] = { "extra", true, false },
};

static enum rule_aspect
take_aspect(struct parsing *p)
{
	if (lex_is(&p->token, "not") && lex_is(&p->ahead, "null")) {
		lex_advance(p);
		lex_advance(p);
		return RULE_NOTNULL;
	}
	for (size_t i = 0; i < RULE_ASPECTS; i++)
		if (i != RULE_NOTNULL && lex_take(p, aspects[i].name))
			return (enum rule_aspect)i;
	return RULE_ASPECTS;
}

static int
parse_drop_column(struct parsing *p, struct rule *rule)
{
	if (rule->kind != RULE_COLUMN)
		return lex_expected(p,
				    "default, typemod, not null or extra (only a rule for a "
				    "column drops it)");
	lex_advance(p);
	rule->drop_column = true;
	return 0;
}

/* default, typemod, not null, extra or column behind keep, drop or set. */
static int
parse_option(struct parsing *p, struct rule *rule, enum rule_option option)
{
	static const char *const what[] = {
		[RULE_KEEP] = "default, typemod, not null or extra behind keep",
		[RULE_DROP] = "default, typemod, not null, extra or column behind drop",
		[RULE_SET] = "not null or default 'VALUE' behind set",
	};
	struct token at = p->token;
	enum rule_aspect aspect;

	if (option == RULE_DROP && lex_is(&p->token, "column"))
		return parse_drop_column(p, rule);
	aspect = take_aspect(p);
	if (aspect == RULE_ASPECTS)
		return lex_expected(p, what[option]);
	if (option == RULE_SET && !aspects[aspect].set) {
		p->token = at;
		return lex_expected(p, what[option]);
	}
	if (rule->option[aspect])
		return lex_fail(p, &at, "this rule said already what becomes of it");
	rule->option[aspect] = option;
	if (option != RULE_SET || aspect != RULE_DEFAULT)
		return 0;
	return rule_parse_value(p, "a value in quotes, a number or null behind set default",
				&rule->literal);
}

/* --- transforms --------------------------------------------------------------------------- */

/* Words with '-' between them. */
static int
take_transform_name(struct parsing *p, const char *what, struct buf *name)
{
	while (p->token.kind == TOKEN_WORD || (lex_is_punct(&p->token, '-') && name->n)) {
		buf_add(name, p->token.raw);
		lex_advance(p);
		if (p->token.spaced)
			break;
	}
	return name->n ? 0 : lex_expected(p, what);
}

/* Texts in quotes and integers, to the parenthesis; commas between them count for nothing. */
static int
take_arguments(struct parsing *p, struct buf *use)
{
	size_t from = use->n;

	while (!lex_take_punct(p, ')')) {
		struct str number;

		if (use->n > from && lex_take_punct(p, ','))
			continue;
		buf_addc(use, use->n > from ? ',' : '(');
		if (lex_at_number(p)) {
			if (lex_take_number(p, &number) < 0)
				return -1;
			buf_add(use, number);
		} else if (p->token.kind == TOKEN_STRING || p->token.kind == TOKEN_QUOTED) {
			buf_add_quoted(use, p->token.value, '\'');
			lex_advance(p);
		} else {
			return lex_expected(p, "a text in quotes, a number or ')'");
		}
	}
	if (use->n > from)
		buf_addc(use, ')');
	return 0;
}

/* name, or (name 'text' 3), or name('text',3) as schema(5) has it. */
static int
take_use(struct parsing *p, struct buf *use)
{
	bool lisp = lex_take_punct(p, '(');

	if (take_transform_name(p, "the name of a transform behind using", use) < 0)
		return -1;
	if (lisp || (!p->token.spaced && lex_take_punct(p, '(')))
		return take_arguments(p, use);
	return 0;
}

/* hash, fixed 'x', null or digits; hash and digits may have arguments too: (hash 'x'). */
static int
take_mask(struct parsing *p, struct buf *use)
{
	static const char *const names[] = { "hash", "fixed", "null", "digits", NULL };
	bool lisp = lex_take_punct(p, '(');

	if (!lex_is_one_of(&p->token, names))
		return lex_expected(p, "hash, fixed 'VALUE', null or digits behind mask with");
	buf_addf(use, "mask-%.*s", (int)p->token.raw.n, p->token.raw.p);
	for (size_t i = 0; i < use->n; i++)
		if (use->p[i] >= 'A' && use->p[i] <= 'Z')
			use->p[i] = (char)(use->p[i] + ('a' - 'A'));
	lex_advance(p);
	if (lisp)
		return take_arguments(p, use);
	if (p->token.kind == TOKEN_STRING || p->token.kind == TOKEN_QUOTED) {
		buf_addc(use, '(');
		buf_add_quoted(use, p->token.value, '\'');
		buf_addc(use, ')');
		lex_advance(p);
	}
	return 0;
}

/* lisp FORM, clojure FORM; 1 when it is none. */
static int
parse_expression(struct parsing *p, struct rule *rule)
{
	enum using_language language;

	if (p->token.kind != TOKEN_WORD || !using_language(p->token.value, &language))
		return 1;
	lex_advance(p);
	return lex_take_form(p, language, &rule->expr);
}

static int
parse_using(struct parsing *p, struct rule *rule, bool mask)
{
	struct token at = p->token;
	struct transform_use use;
	struct err e = { 0 };
	struct buf text = { 0 };
	int result;

	if (rule->using.p || rule->expr.p)
		return lex_fail(p, &at, "this rule has a transform already");
	result = mask ? 1 : parse_expression(p, rule);
	if (result <= 0)
		return result;
	result = mask ? take_mask(p, &text) : take_use(p, &text);
	if (result == 0 && !p->failed &&
	    transform_prepare(buf_str(&text), &p->rules->pool, &use, &e) < 0) {
		result = lex_fail(p, &at, e.text);
	} else if (result == 0 && !p->failed) {
		rule->using = use.text;
		transform_release(&use);
	}
	buf_release(&text);
	return result;
}

static int
parse_mask(struct parsing *p, struct rule *rule)
{
	struct token at = p->token;

	lex_advance(p);
	if (rule->kind != RULE_COLUMN)
		return lex_fail(p, &at, "only a rule for a column masks it");
	if (!lex_take(p, "with"))
		return lex_expected(p, "with behind mask");
	return parse_using(p, rule, true);
}

/* --- all of it ---------------------------------------------------------------------------- */

static int
parse_rename(struct parsing *p, struct rule *rule)
{
	struct token at = p->token;

	lex_advance(p);
	if (rule->kind != RULE_COLUMN)
		return lex_fail(p, &at, "only a rule for a column renames it");
	if (!lex_take(p, "to"))
		return lex_expected(p, "to behind rename");
	if (rule->rename.p)
		return lex_fail(p, &at, "this rule has a new name already");
	return rule_parse_new_name(p, "the new name of the column", &rule->rename);
}

/* One action; 0, or 1 when there is none. */
static int
parse_action(struct parsing *p, struct rule *rule)
{
	if (lex_take(p, "using"))
		return parse_using(p, rule, false);
	if (lex_is(&p->token, "mask"))
		return parse_mask(p, rule);
	if (lex_take(p, "keep"))
		return parse_option(p, rule, RULE_KEEP);
	if (lex_take(p, "drop"))
		return parse_option(p, rule, RULE_DROP);
	if (lex_take(p, "set"))
		return parse_option(p, rule, RULE_SET);
	if (lex_is(&p->token, "rename"))
		return parse_rename(p, rule);
	return 1;
}

int
rule_parse_actions(struct parsing *p, struct rule *rule)
{
	bool any = lex_take(p, "to");
	int result = 0;

	if (any)
		result = rule_parse_target_type(p, &rule->to);
	while (result == 0) {
		result = parse_action(p, rule);
		any = any || result == 0;
	}
	if (result > 0 && any && lex_is(&p->token, "to"))
		return lex_fail(p, &p->token,
				"to stands once, before all else that a rule does");
	if (result > 0 && !any)
		return lex_expected(p, "to, keep, drop, set, using, mask or rename");
	return result > 0 ? 0 : -1;
}
