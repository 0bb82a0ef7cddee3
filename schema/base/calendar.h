/* The Gregorian calendar, in all years, as ISO 8601 and PostgreSQL have it. */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

/* month: 1 to 12. */
static inline unsigned
days_in_month(unsigned year, unsigned month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + leap;
}

#endif
