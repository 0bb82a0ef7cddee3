/* Transforms that make addresses, as PostgreSQL prints them. */
#include <arpa/inet.h>
#include <sys/socket.h>

#include "schema/base/num.h"
#include "transform/calls.h"

static void
add_number(struct buf *b, uint64_t v)
{
	b->n += num_put_u64(buf_reserve(b, NUM_MAX), v);
}

static void
add_ip4(struct buf *b, uint64_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		add_number(b, v >> shift & 0xff);
		if (shift)
			buf_addc(b, '.');
	}
}

static bool
add_ip(struct buf *b, struct str number)
{
	uint64_t v;

	if (!num_u64(number, &v) || v > UINT32_MAX)
		return false;
	add_ip4(b, v);
	return true;
}

TRANSFORM_CALL(int_to_ip)
{
	scratch->n = 0;
	if (!add_ip(scratch, value))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* Two of them in one value; as ip4r reads a range. */
TRANSFORM_CALL(ip_range)
{
	struct str from, to;

	scratch->n = 0;
	if (!str_cut(value, ',', &from, &to) || !add_ip(scratch, str_trim(from)))
		return TRANSFORM_FAILED;
	buf_addc(scratch, '-');
	if (!add_ip(scratch, str_trim(to)))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

TRANSFORM_CALL(varbinary_to_inet)
{
	struct str bytes;

	*out = value;
	if (!use_takes_bytes(use) || !plain_bytes(use, value, &bytes))
		return TRANSFORM_FAILED;
	if (bytes.n == 0)
		return TRANSFORM_NULL;
	if (bytes.n != 4 && bytes.n != 16)
		return TRANSFORM_FAILED;
	scratch->n = 0;
	if (bytes.n == 4) {
		const unsigned char *p = (const unsigned char *)bytes.p;

		add_ip4(scratch, (uint64_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]);
		*out = buf_str(scratch);
		return TRANSFORM_SPELLED;
	}
	/* PostgreSQL prints them as the C library does. */
	buf_reserve(scratch, INET6_ADDRSTRLEN);
	if (!inet_ntop(AF_INET6, bytes.p, scratch->p, INET6_ADDRSTRLEN))
		return TRANSFORM_FAILED;
	*out = str_cstr(scratch->p);
	return TRANSFORM_SPELLED;
}
