/* Finding the rules that may match among many; between rules-find.c and rules-match.c. */
#ifndef TRANSFORM_RULES_FIND_H
#define TRANSFORM_RULES_FIND_H

#include "transform/rules.h"

enum rule_key {
	KEY_TYPE,
	KEY_NEUTRAL,
	KEY_COLUMN,
	KEY_PATTERN, /* of columns and types */
	KEY_TABLE,
	KEY_TABLE_PATTERN,
	KEY_SCHEMA,
};

/*
 * The first of the rules with this key, on which the others hang by chain, in their order; NULL
 * when there is none. The case of tables and columns does not count here. Behind rules_resolve().
 */
struct rule *rules_chain(struct rules *r, enum rule_key key, struct str a, struct str b);
/*
 * Whether the names of a rule are those of the column or table, an unquoted one with nocase in
 * any case. 1, 0, or -1 with e set.
 */
int rules_names(const struct rule *rule, const struct node *n, bool nocase, struct err *e);
/* The fault of a rule's pattern, with the rule's place. */
int rules_fault(const struct rule *rule, const struct err *fault, struct err *e);

#endif
