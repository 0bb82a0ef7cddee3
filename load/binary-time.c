/*
 * Dates and times as COPY BINARY has them: days, or microseconds, since 2000-01-01. That times are integers is so in every
 * server since PostgreSQL 10 (integer_datetimes).
 */
#include "load/binary.h"
#include "schema/base/calendar.h"

#define SECOND INT64_C(1000000)
#define HOUR   (3600 * SECOND)
#define DAY    (24 * HOUR)

/* datatype/timestamp.h: 24 November 4714 BC is the first day; the first that is no more. */
enum { FIRST_DAY = -2451545, YEAR_MAX = 5874897 };
#define FIRST_TIMESTAMP (FIRST_DAY * DAY)
#define END_TIMESTAMP   INT64_C(9223371331200000000)

/* Two digits at p, or more than 99. */
static inline unsigned
two(const char *p)
{
	if (!binary_is_digit(p[0]) || !binary_is_digit(p[1]))
		return 100;
	return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

/* Of the Gregorian calendar, before its invention too. year 0 is 1 BC. */
static int64_t
days_since_2000(int64_t year, unsigned month, unsigned day)
{
	/* Years from March on, so that the 29th of February is a year's last day; all positive from 4801 BC. */
	int64_t y = year + 4800 - (month <= 2), m = (month + 9) % 12;

	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + (int64_t)day - 1 -
	    2483589;
}

struct date {
	int64_t year; /* as it is written, from 1 */
	unsigned month, day;
};

/* Behind YYYY-MM-DD, with up to seven digits of a year, or NULL. */
static inline const char *
read_date(const char *p, struct date *date)
{
	const char *digits = p;
	int64_t year = 0;

	while (binary_is_digit(*p) && p - digits < 8)
		year = year * 10 + (*p++ - '0');
	/* With fewer digits the server would guess. */
	if (p - digits < 4 || year == 0 || year > YEAR_MAX || p[0] != '-')
		return NULL;
	date->year = year;
	date->month = two(p + 1);
	if (date->month > 12 || date->month == 0 || p[3] != '-')
		return NULL;
	date->day = two(p + 4);
	return date->day >= 1 && date->day <= 31 ? p + 6 : NULL;
}

/* With what may stand at the very end: p is moved behind it. NULL for the 30th of February. */
static inline const char *
finish_date(const char *p, const struct date *date, int64_t *days)
{
	int64_t year = date->year;

	if (p[0] == ' ' && p[1] == 'B' && p[2] == 'C') {
		p += 3;
		year = 1 - year;
		if (year < -4713)
			return NULL;
	}
	if (date->day > 28 && date->day > days_in_month((unsigned)(year + 4800), date->month))
		return NULL;
	*days = days_since_2000(year, date->month, date->day);
	return *days >= FIRST_DAY ? p : NULL;
}

/* Behind [.f] in microseconds; NULL for a seventh digit. */
static inline const char *
read_fraction(const char *p, int64_t *time)
{
	int64_t unit = SECOND;

	if (*p != '.')
		return p;
	if (!binary_is_digit(*++p))
		return NULL;
	for (; binary_is_digit(*p); p++) {
		unit /= 10;
		if (!unit)
			return NULL;
		*time += unit * (*p - '0');
	}
	return p;
}

/* Behind :MM:SS[.f]. */
static inline const char *
read_minutes(const char *p, int64_t *time)
{
	unsigned minutes, seconds;

	if (p[0] != ':')
		return NULL;
	minutes = two(p + 1);
	if (minutes > 59 || p[3] != ':')
		return NULL;
	seconds = two(p + 4);
	if (seconds > 59)
		return NULL;
	*time += (minutes * 60 + seconds) * SECOND;
	return read_fraction(p + 6, time);
}

static inline const char *
read_time(const char *p, int64_t *time)
{
	unsigned hours = two(p);

	if (hours > 24)
		return NULL;
	*time = hours * HOUR;
	return read_minutes(p + 2, time);
}

/* Behind `infinity` or `-infinity`, NULL for all else. */
static const char *
read_infinity(const char *p, bool *minus)
{
	*minus = *p == '-';
	p += *minus;
	return memcmp(p, "infinity", 8) == 0 ? p + 8 : NULL;
}

struct binary_at
binary_date(const struct binary_column *c, struct binary_at at)
{
	struct date date;
	const char *p = read_date(at.p, &date);
	int64_t days;
	bool minus;

	(void)c;
	if (p) {
		p = finish_date(p, &date, &days);
	} else {
		p = read_infinity(at.p, &minus);
		days = minus ? INT32_MIN : INT32_MAX;
	}
	if (!p)
		return binary_cannot();
	return (struct binary_at){ p, binary_put32(binary_put32(at.d, 4), (uint32_t)days) };
}

struct binary_at
binary_time(const struct binary_column *c, struct binary_at at)
{
	int64_t time;
	const char *p = read_time(at.p, &time);

	(void)c;
	if (!p || time > DAY)
		return binary_cannot();
	return (struct binary_at){ p, binary_put64(binary_put32(at.d, 8), (uint64_t)time) };
}

/* Behind +HH[:MM[:SS]], in seconds east of UTC. It is less than 16 hours. */
static const char *
read_zone(const char *p, int32_t *zone)
{
	bool minus = *p == '-';
	unsigned hours, minutes = 0, seconds = 0;

	if (*p != '+' && *p != '-')
		return NULL;
	hours = two(p + 1);
	p += 3;
	if (*p == ':') {
		minutes = two(p + 1);
		p += 3;
		if (*p == ':') {
			seconds = two(p + 1);
			p += 3;
		}
	}
	if (hours > 15 || minutes > 59 || seconds > 59)
		return NULL;
	*zone = (int32_t)((hours * 60 + minutes) * 60 + seconds);
	*zone = minus ? -*zone : *zone;
	return p;
}

/* Without a zone it would be that of the session. */
struct binary_at
binary_timetz(const struct binary_column *c, struct binary_at at)
{
	int64_t time;
	int32_t zone;
	const char *p = read_time(at.p, &time);
	char *d;

	(void)c;
	p = p && time <= DAY ? read_zone(p, &zone) : NULL;
	if (!p)
		return binary_cannot();
	d = binary_put64(binary_put32(at.d, 12), (uint64_t)time);
	return (struct binary_at){ p, binary_put32(d, (uint32_t)-zone) };
}

static inline struct binary_at
put_timestamp(struct binary_at at, bool zone)
{
	struct date date;
	const char *p = read_date(at.p, &date);
	int64_t days, time = 0;
	int32_t east = 0;
	bool minus;

	if (p) {
		p = *p == ' ' ? read_time(p + 1, &time) : NULL;
		/* 24:00:00 is another day. */
		if (p && time >= DAY)
			p = NULL;
		if (p && zone)
			p = read_zone(p, &east);
		time -= east * SECOND;
		p = p ? finish_date(p, &date, &days) : NULL;
		/* Only below that the product is sure to fit. */
		if (!p || days > END_TIMESTAMP / DAY)
			return binary_cannot();
		time += days * DAY;
		if (time < FIRST_TIMESTAMP || time >= END_TIMESTAMP)
			return binary_cannot();
	} else {
		p = read_infinity(at.p, &minus);
		time = minus ? INT64_MIN : INT64_MAX;
	}
	if (!p)
		return binary_cannot();
	return (struct binary_at){ p, binary_put64(binary_put32(at.d, 8), (uint64_t)time) };
}

struct binary_at
binary_timestamp(const struct binary_column *c, struct binary_at at)
{
	(void)c;
	return put_timestamp(at, false);
}

struct binary_at
binary_timestamptz(const struct binary_column *c, struct binary_at at)
{
	(void)c;
	return put_timestamp(at, true);
}

/* --- intervals ------------------------------------------------------------------------------------ */

/* Microseconds, days and months are kept apart. */
struct interval {
	int64_t time, days, months;
};

/* Behind a number of at most nine digits with its sign, or NULL. */
static const char *
read_number(const char *p, int64_t *out)
{
	bool minus = *p == '-';
	const char *digits;
	int64_t v = 0;

	p += *p == '-' || *p == '+';
	for (digits = p; binary_is_digit(*p) && p - digits < 9; p++)
		v = v * 10 + (*p - '0');
	*out = minus ? -v : v;
	return p > digits && !binary_is_digit(*p) ? p : NULL;
}

enum unit { NONE, YEAR, MONTH, DAYS };

/* Behind `year`, `years` …; NULL when it is no unit, or not one behind *unit. */
static const char *
read_unit(const char *p, int64_t number, struct interval *v, enum unit *unit)
{
	enum unit before = *unit;

	if (memcmp(p, "year", 4) == 0) {
		*unit = YEAR;
		v->months += 12 * number;
		p += 4;
	} else if (memcmp(p, "mon", 3) == 0) {
		*unit = MONTH;
		v->months += number;
		p += 3;
	} else if (memcmp(p, "day", 3) == 0) {
		*unit = DAYS;
		v->days += number;
		p += 3;
	}
	return *unit > before ? p + (*p == 's') : NULL;
}

/* [N years ][N mons ][N days ][-HH:MM:SS[.f]], each with its sign, as PostgreSQL writes it; not nothing. */
struct binary_at
binary_interval(const struct binary_column *c, struct binary_at at)
{
	struct interval v = { 0 };
	enum unit unit = NONE;
	const char *p = at.p;
	char *d;

	(void)c;
	for (;;) {
		bool minus = *p == '-';
		int64_t number;

		p = read_number(p, &number);
		if (p && *p == ':') {
			v.time = (minus ? -number : number) * HOUR;
			p = read_minutes(p, &v.time);
			v.time = minus ? -v.time : v.time;
			break;
		}
		p = p && *p == ' ' ? read_unit(p + 1, number, &v, &unit) : NULL;
		if (!p || *p != ' ')
			break;
		p++;
	}
	if (!p || v.months < INT32_MIN || v.months > INT32_MAX)
		return binary_cannot();
	d = binary_put64(binary_put32(at.d, 16), (uint64_t)v.time);
	d = binary_put32(binary_put32(d, (uint32_t)v.days), (uint32_t)v.months);
	return (struct binary_at){ p, d };
}
