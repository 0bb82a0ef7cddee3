/* Names that PostgreSQL takes. */
#include <stdint.h>
#include <stdio.h>

#include <uthash.h>

#include "schema/base/prog.h"
#include "transform/names.h"

struct name_entry {
	struct str key; /* space, a zero byte, name */
	const void *owner;
	UT_hash_handle hh;
};

void
name_quote(struct buf *b, struct str name)
{
	buf_add_quoted(b, name, '\"');
}

void
name_add_rule(struct buf *b, struct str name)
{
	bool bare = name.n > 0 && !(name.p[0] >= '0' && name.p[0] <= '9');

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		bare = bare &&
		    ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		     (c >= '0' && c <= '9') || c == '_');
	}
	if (bare)
		buf_add(b, name);
	else
		name_quote(b, name);
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* No capital, but a letter or digit that can end a word: what is not ASCII counts as a letter. */
static bool
ends_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Whether a word begins with the capital at i: behind another word, or as the last of some, HTTPServer. IDs is one. */
static bool
begins_word(struct str name, size_t i)
{
	bool plural;

	if (i == 0 || !is_upper(name.p[i]))
		return false;
	if (ends_word(name.p[i - 1]))
		return true;
	if (!is_upper(name.p[i - 1]) || i + 1 == name.n ||
	    !(name.p[i + 1] >= 'a' && name.p[i + 1] <= 'z'))
		return false;
	plural = name.p[i + 1] == 's' && (i + 2 == name.n || name.p[i + 2] == '_');
	return !plural;
}

struct str
name_style(struct pool *pool, struct str name, enum name_style style)
{
	struct buf b = { 0 };
	struct str s;

	if (style == NAME_QUOTE)
		return name;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (style == NAME_SNAKE_CASE && begins_word(name, i))
			buf_addc(&b, '_');
		buf_addc(&b, is_upper(c) ? (char)(c + ('a' - 'A')) : c);
	}
	s = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct name_entry *
find(const struct names *n, struct buf *key, struct str space, struct str name)
{
	struct name_entry *found;

	key->n = 0;
	buf_add(key, space);
	buf_addc(key, '\0');
	buf_add(key, name);
	HASH_FIND(hh, n->all, key->p, key->n, found);
	return found;
}

const void *
names_owner(const struct names *n, struct str space, struct str name)
{
	struct buf key = { 0 };
	struct name_entry *found = find(n, &key, space, name);

	buf_release(&key);
	return found ? found->owner : NULL;
}

const void *
names_take(struct names *n, struct str space, struct str name, const void *owner)
{
	struct buf key = { 0 };
	struct name_entry *found = find(n, &key, space, name);

	if (!found) {
		struct name_entry *e = pool_get(&n->pool, sizeof(*e));

		e->key = pool_str(&n->pool, buf_str(&key));
		e->owner = owner;
		HASH_ADD_KEYPTR(hh, n->all, e->key.p, e->key.n, e);
	}
	buf_release(&key);
	return found ? found->owner : NULL;
}

struct str
names_take_free(struct names *n, struct str space, struct str name, const void *owner)
{
	struct str got = name_shorten(&n->pool, name);
	struct buf b = { 0 };

	for (unsigned i = 1; names_take(n, space, got, owner); i++) {
		b.n = 0;
		buf_add(&b, name);
		buf_addf(&b, "%u", i);
		got = name_shorten(&n->pool, buf_str(&b));
	}
	buf_release(&b);
	return got;
}

void
names_release(struct names *n)
{
	HASH_CLEAR(hh, n->all);
	pool_release(&n->pool);
	*n = (struct names){ 0 };
}
