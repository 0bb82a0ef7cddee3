/* Numbers as text, checked: nothing overflows, rounds or takes trailing rubbish without saying so. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdint.h>

#include "schema/base/bytes.h"

/*
 * Decimal digits only (a leading '-' for i64), the whole of s; false when it is anything else
 * (empty, a '+', a blank) or does not fit. Leading zeros count for nothing; "-0" is 0. *out is
 * left alone on false, here and below.
 */
bool num_u64(struct str s, uint64_t *out);
bool num_i64(struct str s, int64_t *out);
/* As num_u64, with an upper bound. */
bool num_size(struct str s, size_t max, size_t *out);

/* Room for any number num_put_* writes. */
enum { NUM_MAX = 32 };

/* Writes v at d (at least NUM_MAX bytes), without a NUL; returns the length. */
size_t num_put_u64(char *d, uint64_t v);
size_t num_put_i64(char *d, int64_t v);

/*
 * The shortest text that reads back to the same bits (any NaN is `NaN`), as rows(5) spells
 * floats: `0.1`, `-0`, `1e+22`, `5e-324`, `Infinity`, `-Infinity`, `NaN`. It is PostgreSQL's
 * own text, byte for byte: plain digits for exponents -4 to 14 of a double (999999999999999,
 * but 1e+15), -4 to 5 of a float; and no decimal that lies exactly halfway between two floats,
 * so the double nearest to 1e23 is 9.999999999999999e+22.
 */
size_t num_put_f64(char *d, double v);
size_t num_put_f32(char *d, float v);

/*
 * Reads what num_put_* writes and every other decimal spelling of a float (strtod's without
 * hexadecimal: `+.5`, `5.`, `1E3`, `inf`, `-nan`, in any case), correctly rounded, a float as
 * if in one step. False when s is not a number as a whole (blanks are not part of one); out of
 * range gives infinity or zero as IEEE 754 says.
 */
bool num_f64(struct str s, double *out);
bool num_f32(struct str s, float *out);

/*
 * A decimal number taken apart: value = (-1)^negative * digits * 10^exponent. The digits point
 * into the text and may hold one '.', which the exponent already accounts for; no leading or
 * trailing zeros in it; n = 0 is zero. 0012.50e3 is digits 12.5, exponent 2, precision 3.
 */
struct decimal {
	bool negative; /* never for zero */
	struct str digits;
	int64_t exponent; /* of the last digit; 0 for zero */
	size_t precision; /* count of digits, without the point */
};

/*
 * [-+]digits[.digits][e[-+]digits], or E for e; false for all else, `.5` and `5.` too. No size
 * limit on the digits; an exponent of 10^18 or beyond, either way, is refused.
 */
bool num_decimal(struct str s, struct decimal *out);

#endif
