/* Dates, times, uuids and numbers as SQLite's texts spell them, checked to the last character. */
#include "schema/base/calendar.h"
#include "schema/sqlite/sqlite.h"

static bool
digits(const char *p, size_t n, unsigned *out)
{
	unsigned v = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned)(unsigned char)p[i] - '0';

		if (d > 9)
			return false;
		v = v * 10 + d;
	}
	*out = v;
	return true;
}

enum { DATE_LENGTH = 10, MINUTE_LENGTH = 5, SECOND_LENGTH = 8, UUID_LENGTH = 36 };

const char *
text_date(struct str s)
{
	unsigned year, month, day;

	if (s.n != DATE_LENGTH || s.p[4] != '-' || s.p[7] != '-' || !digits(s.p, 4, &year) ||
	    !digits(s.p + 5, 2, &month) || !digits(s.p + 8, 2, &day))
		return "not of the form YYYY-MM-DD";
	if (year == 0)
		return "there is no year 0";
	if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return "no such day";
	return NULL;
}

const char *
text_time(struct str s, int max_digits)
{
	unsigned hour, minute, second = 0, fraction;

	if (s.n < MINUTE_LENGTH || s.p[2] != ':' || !digits(s.p, 2, &hour) ||
	    !digits(s.p + 3, 2, &minute))
		return "not of the form HH:MM:SS";
	if (s.n > MINUTE_LENGTH) {
		if (s.n < SECOND_LENGTH || s.p[5] != ':' || !digits(s.p + 6, 2, &second))
			return "not of the form HH:MM:SS";
	}
	if (s.n > SECOND_LENGTH) {
		/* Also what stands here for a zone: Z, +01:00. */
		if (s.p[8] != '.' || s.n == SECOND_LENGTH + 1 ||
		    !digits(s.p + 9, s.n - SECOND_LENGTH - 1, &fraction))
			return "more behind the seconds than a fraction";
		if (s.n - SECOND_LENGTH - 1 > (size_t)max_digits)
			return "too many digits behind the seconds";
	}
	if (hour > 23 || minute > 59 || second > 59)
		return "no such time of day";
	return NULL;
}

const char *
text_timestamp(struct str s, int max_digits)
{
	const char *fault;

	if (s.n == DATE_LENGTH)
		return text_date(s) ? "not of the form YYYY-MM-DD HH:MM:SS" : "a date alone";
	if (s.n < DATE_LENGTH || (s.p[DATE_LENGTH] != ' ' && s.p[DATE_LENGTH] != 'T'))
		return "not of the form YYYY-MM-DD HH:MM:SS";
	fault = text_date(str_of(s.p, DATE_LENGTH));
	if (fault)
		return fault;
	return text_time(str_of(s.p + DATE_LENGTH + 1, s.n - DATE_LENGTH - 1), max_digits);
}

size_t
text_put_time(char *d, struct str s)
{
	memcpy(d, s.p, s.n);
	if (s.n > MINUTE_LENGTH)
		return s.n;
	memcpy(d + s.n, ":00", 3);
	return s.n + 3;
}

size_t
text_put_timestamp(char *d, struct str s)
{
	memcpy(d, s.p, DATE_LENGTH);
	d[DATE_LENGTH] = ' ';
	s = str_of(s.p + DATE_LENGTH + 1, s.n - DATE_LENGTH - 1);
	return DATE_LENGTH + 1 + text_put_time(d + DATE_LENGTH + 1, s);
}

const char *
text_uuid(struct str s)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (s.n != UUID_LENGTH)
		return "not of the form 8-4-4-4-12";
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool hex =
		    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

		if (form[i] == 'x' ? !hex : c != '-')
			return "not of the form 8-4-4-4-12";
	}
	return NULL;
}

size_t
text_put_uuid(char *d, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		d[i] = s.p[i] >= 'A' && s.p[i] <= 'F' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
	return s.n;
}

const char *
text_decimal(struct str s)
{
	size_t i = s.n && s.p[0] == '-', whole = i, point;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	if (i == whole)
		return "no plain decimal number";
	if (i == s.n)
		return NULL;
	point = i;
	if (s.p[i++] != '.')
		return "no plain decimal number";
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i == s.n && i > point + 1 ? NULL : "no plain decimal number";
}

char
text_bool(struct str s)
{
	if (str_eq_nocase(s, STR("t")) || str_eq_nocase(s, STR("true")))
		return 't';
	if (str_eq_nocase(s, STR("f")) || str_eq_nocase(s, STR("false")))
		return 'f';
	return 0;
}
