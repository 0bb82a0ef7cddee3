/* UTF-8 as RFC 3629 has it. */
#include <stdint.h>

#include "schema/base/utf8.h"

size_t
utf8_length(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char low = 0x80, high = 0xbf;
	size_t len;

	if (n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		len = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		len = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (n < len)
		return 0;
	/* The second byte is narrower after these (RFC 3629, section 4). */
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

size_t
utf8_valid(struct str s)
{
	size_t i = 0;

	while (i < s.n) {
		uint64_t word;
		size_t len;

		while (s.n - i >= 8) {
			memcpy(&word, s.p + i, 8);
			if (word & 0x8080808080808080u)
				break;
			i += 8;
		}
		if (i == s.n)
			break;
		len = utf8_length(s.p + i, s.n - i);
		if (len == 0)
			break;
		i += len;
	}
	return i;
}

size_t
utf8_count(struct str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.n; i++)
		count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return count;
}

size_t
utf8_tail(struct str s)
{
	for (size_t back = 1; back <= 3 && back <= s.n; back++) {
		unsigned char c = (unsigned char)s.p[s.n - back];

		if ((c & 0xc0) == 0x80)
			continue;
		return (c >= 0xf0       ? 4u
			    : c >= 0xe0 ? 3u
			    : c >= 0xc0 ? 2u
					: 1u) > back
		    ? back
		    : 0;
	}
	return 0;
}
