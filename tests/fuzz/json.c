/* JSON as jsonb holds it: the canonical form is its own canonical form, and a refused text leaves nothing behind. */
#include "schema/digest.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct buf once = { 0 }, twice = { 0 };

	if (canon_json(text, &once) == 0) {
		must(canon_json(buf_str(&once), &twice) == 0);
		must(str_eq(buf_str(&once), buf_str(&twice)));
		/* `1,` may become `1e0,`; nothing grows more. */
		must(once.n <= 3 * text.n);
	} else {
		must(once.n == 0);
	}
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
