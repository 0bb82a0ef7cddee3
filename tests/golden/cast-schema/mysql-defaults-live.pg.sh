# PostgreSQL takes the defaults of mysql-defaults.sh, and gives what they say.
. ./mysql-defaults.sh >/dev/null
pg-ddl -s pre "$T/out" | psql -Xq
psql -XAtqc "set timezone = 'Asia/Kolkata'" -c 'insert into shop.t default values'
# The present is not ahead of the clock, has the decimals that it should, and is local or UTC.
psql -XAtq <<'SQL'
set timezone = 'Asia/Kolkata';
select now <= localtimestamp, now_m = date_trunc('second', now6), now6 = now6_m, now3 = date_trunc('milliseconds', now6),
	now2 <= now3 and now2 + interval '10 ms' > now3, tz = now, tz6 = now6, utc = now - interval '5:30', utc6 = now6 - interval '5:30',
	soon = now + interval '1 day', soon_tz = now - interval '90 min', today = now::date, year_on = (today + interval '1 year')::date, this_year = extract(year from today),
	abs(seconds - extract(epoch from now6::timestamptz)) <= 1
	from shop.t;
select u::text ~ '^[0-9a-f-]{36}$', length(u36), length(u36_8), u32 ~ '^[0-9a-f]{32}$', length(u32_8), octet_length(u16), obj, arr, obj_text, obj_cast,
	txt = E'it''s \\ \n', txt_8, blob, blob_intr, sum, neg, dbl from shop.t;
select * from (select i, i_neg, t1, big, dec, flt, bit1_0, bit1_1, bit3, bin, nothing, word_null, empty, quoted, esc = E'a\tb\\', ch, day, day0, day0_nn, dt0, ts0, dt,
	ts, tm, yr, e, st, id from shop.t) t;
SQL
