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
/* The rule with the lowest number among those at which the chains stand; that chain goes on. NULL when all have ended. */
struct rule *rules_take_first(struct rule **chains, size_t n);
/*
 * found is what rules_names() and its like say of a rule, and is returned: 1, and the rule is marked as one that matched;
 * 0; or -1, and e is their fault with the rule's place.
 */
int rules_settle(struct rule *rule, int found, const struct err *fault, struct err *e);

#endif
