# ON UPDATE CURRENT_TIMESTAMP: a trigger, with names that try to get out of it, and types without an equality.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|t
column|id|i32|src=int(11)
column|doc|json|src=json
column|at|timestamp(0)|defexpr=CURRENT_TIMESTAMP|onupdate=CURRENT_TIMESTAMP|src=datetime
column|stamp|timestamptz(6)|notnull|defexpr=current_timestamp(6)|onupdate=current_timestamp(6)|src=timestamp(6)
table|shop|o'x$$"; drop table t; --
column|i'd"; end; $$|i32|src=int(11)
column|a'b"$$ := 1; --|timestamp(3)|onupdate=CURRENT_TIMESTAMP(3)|src=datetime(3)
column|twice|i32|generated=`i'd"; end; $$` + 1|stored|src=int(11)
table|shop|123456789012345678901234567890123456789012345678901234567890123
column|at|timestamptz(0)|onupdate=CURRENT_TIMESTAMP|src=timestamp
column|odd|timestamptz(0)|onupdate=now() + interval 1 day|src=timestamp
END
cast-schema "$T/in" | tee "$T/target" | grep 'onupdate' | sed 's,\trule=.*,,'
pg-ddl -s pre "$T/target" | psql -Xq -v ON_ERROR_STOP=1
pg-ddl -s post "$T/target" | tee "$T/post" | grep -A1 -E '^CREATE (FUNCTION|TRIGGER)'
psql -Xq -v ON_ERROR_STOP=1 <"$T/post"
# What is there before, and whether it is there after; a schema that shadows functions changes nothing.
psql -XqAt -v ON_ERROR_STOP=1 <<'END'
create schema evil;
create function evil.date_trunc(text, timestamp) returns timestamp language sql as 'select null::timestamp';
set search_path = evil, pg_catalog;
insert into shop.t (id, doc, at, stamp) select i, '{}', '2001-01-01', '2001-01-01' from generate_series(1, 6) i;
update shop.t set id = 1 where id = 1;
update shop.t set doc = '{ }' where id = 2;
update shop.t set id = 30 where id = 3;
update shop.t set at = '2002-02-02' where id = 4;
update shop.t set at = null, id = 50 where id = 5;
update shop.t set at = '2001-01-01', stamp = '2001-01-01' where id = 6;
select id, case at when '2001-01-01' then 'same' when '2002-02-02' then 'given' else 'new' end, at is null,
	case when stamp < '2002-01-01' then 'same' else 'new' end, extract(microseconds from at) % 1000000
	from shop.t order by id;
insert into shop."o'x$$""; drop table t; --" ("i'd""; end; $$") values (1);
update shop."o'x$$""; drop table t; --" set "i'd""; end; $$" = "i'd""; end; $$" returning "a'b""$$ := 1; --" is null;
update shop."o'x$$""; drop table t; --" set "i'd""; end; $$" = 2 returning "a'b""$$ := 1; --" is null, twice;
END
# Once more: nothing is in the way, not even the functions of tables that were dropped.
psql -Xq -c 'drop table shop.t cascade' -c 'create table shop.t (id integer, at timestamp)'
grep -E '^CREATE (FUNCTION|TRIGGER).* shop\.t(_|[ (])' "$T/post" | psql -Xq -v ON_ERROR_STOP=1
