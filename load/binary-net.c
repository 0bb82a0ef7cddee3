/* Addresses of networks and devices as COPY BINARY has them. */
#include "load/binary.h"

/* --- inet and cidr -------------------------------------------------------------------------------- */

/* PGSQL_AF_INET and PGSQL_AF_INET6 of utils/inet.h, the same on every system. */
enum { FAMILY_4 = 2, FAMILY_6 = 3 };

/* Family, bits of the mask, whether it is a cidr, bytes of the address. */
enum { NET_HEAD = 4 };

struct address {
	unsigned char bytes[16];
	unsigned n;    /* of them */
	unsigned bits; /* of the mask */
	bool masked;   /* it was written */
};

/* Behind a number of at most three digits, of which a zero is the first in 0 only; NULL for all else. */
static const char *
read_number(const char *p, unsigned most, unsigned *out)
{
	const char *digits = p;
	unsigned v = 0;

	while (binary_is_digit(*p) && p - digits < 3)
		v = v * 10 + (unsigned)(*p++ - '0');
	*out = v;
	if (p == digits || binary_is_digit(*p) || v > most ||
	    (*digits == '0' && p - digits > 1))
		return NULL;
	return p;
}

/* All four numbers: what fewer of them mean is another thing for inet than for cidr. */
static const char *
read_4(const char *p, unsigned char *bytes)
{
	for (int i = 0; i < 4; i++) {
		unsigned v;

		if (i && *p++ != '.')
			return NULL;
		p = read_number(p, 255, &v);
		if (!p)
			return NULL;
		bytes[i] = (unsigned char)v;
	}
	return p;
}

/* One to four hexadecimal digits. */
static const char *
read_group(const char *p, unsigned char *bytes)
{
	const char *digits = p;
	unsigned v = 0;

	for (; p - digits < 4 && hex_value(*p) >= 0; p++)
		v = v << 4 | (unsigned)hex_value(*p);
	bytes[0] = (unsigned char)(v >> 8);
	bytes[1] = (unsigned char)(v & 0xff);
	return p;
}

/* Moves what is behind the gap to the end; false when there is no place for zeros, or too much of it. */
static bool
widen(unsigned char bytes[16], unsigned n, unsigned gap)
{
	if (gap > n)
		return n == 16;
	if (n == 16)
		return false;
	memmove(bytes + 16 - (n - gap), bytes + gap, n - gap);
	memset(bytes + gap, 0, 16 - n);
	return true;
}

/* Groups with a `::` once at most, or two less and an address as read_4() has it. */
static const char *
read_6(const char *p, unsigned char bytes[16])
{
	unsigned n = 0, gap = UINT32_MAX;

	if (p[0] == ':' && p[1] == ':') {
		gap = 0;
		p += 2;
	}
	while (hex_value(*p) >= 0) {
		const char *dotted = n <= 12 ? read_4(p, bytes + n) : NULL;

		if (dotted) {
			p = dotted;
			n += 4;
			break;
		}
		if (n == 16)
			return NULL;
		p = read_group(p, bytes + n);
		n += 2;
		if (*p != ':')
			break;
		if (*++p == ':') {
			if (gap <= n)
				return NULL;
			gap = n;
			p++;
		} else if (hex_value(*p) < 0) {
			return NULL;
		}
	}
	return widen(bytes, n, gap) ? p : NULL;
}

/* Behind ADDRESS[/MASK]. */
static const char *
read_address(const char *p, struct address *a)
{
	const char *end = read_4(p, a->bytes);

	a->n = end ? 4 : 16;
	if (!end)
		end = read_6(p, a->bytes);
	if (!end)
		return NULL;
	a->bits = 8 * a->n;
	a->masked = *end == '/';
	return a->masked ? read_number(end + 1, a->bits, &a->bits) : end;
}

/* Whether bits are set right of the mask. */
static bool
is_host(const struct address *a)
{
	for (unsigned i = a->bits / 8; i < a->n; i++)
		if (a->bytes[i] & (i == a->bits / 8 ? 0xff >> a->bits % 8 : 0xff))
			return true;
	return false;
}

static struct binary_at
put_address(const char *p, char *d, const struct address *a, bool cidr)
{
	d = binary_put32(d, NET_HEAD + a->n);
	*d++ = a->n == 4 ? FAMILY_4 : FAMILY_6;
	*d++ = (char)a->bits;
	*d++ = cidr;
	*d++ = (char)a->n;
	memcpy(d, a->bytes, a->n);
	return (struct binary_at){ p, d + a->n };
}

struct binary_at
binary_inet(const struct binary_column *c, struct binary_at at)
{
	struct address a;
	const char *p = read_address(at.p, &a);

	(void)c;
	return p ? put_address(p, at.d, &a, false) : binary_cannot();
}

/* Without a mask the server takes the one of the address's class. */
struct binary_at
binary_cidr(const struct binary_column *c, struct binary_at at)
{
	struct address a;
	const char *p = read_address(at.p, &a);

	(void)c;
	if (!p || !a.masked || is_host(&a))
		return binary_cannot();
	return put_address(p, at.d, &a, true);
}

/* --- macaddr and macaddr8 ------------------------------------------------------------------------- */

/* Pairs of digits with a ':' between any two, eight at most, behind the place for their number, which goes into *n. */
static struct binary_at
copy_pairs(struct binary_at at, uint32_t *n)
{
	at.d += 4;
	for (*n = 1;; ++*n) {
		int high = hex_value(at.p[0]), low = high < 0 ? -1 : hex_value(at.p[1]);

		if (low < 0)
			return binary_cannot();
		*at.d++ = (char)(high << 4 | low);
		at.p += 2;
		if (*n == 8 || *at.p != ':')
			return at;
		at.p++;
	}
}

/* Six of them, or most. */
static struct binary_at
put_pairs(struct binary_at at, uint32_t most)
{
	uint32_t n;
	char *d = at.d;

	at = copy_pairs(at, &n);
	if (!at.p || (n != 6 && n != most))
		return binary_cannot();
	binary_put32(d, n);
	return at;
}

struct binary_at
binary_macaddr(const struct binary_column *c, struct binary_at at)
{
	(void)c;
	return put_pairs(at, 6);
}

/* Six bytes the server makes eight of, as it does with text. */
struct binary_at
binary_macaddr8(const struct binary_column *c, struct binary_at at)
{
	(void)c;
	return put_pairs(at, 8);
}
