# Every form of a rule that is accepted, at work. First match wins.
awk -f schema.awk >"$T/in" <<'END'
table|main|Orders
column|Id|i64|notnull|identity=bydefault|src=INTEGER
column|price|decimal|notnull|default=0.00|src=DECIMAL(10,2)
column|cost|decimal|src=DECIMAL(12,3)
column|qty|i64|default=1|src=unsigned  BIG int
column|qty2|i64|notnull|default=1|src=UNSIGNED BIG INT
column|qty3|i64|notnull|default=0|src=UNSIGNED BIG INT
column|note|text|src=NVARCHAR ( 160 )
column|note2|text|src=nvarchar(20)
column|at|timestamp(6)|src=datetime
column|seen|timestamp(6)|notnull|src=datetime
column|plain|text|src=
column|Mixed Case|text|src=clob
column|a`b|text|src=clob
column|kind|text|src=clob
column|flag|i64|default=1|src=int
column|flag2|bool|default=t|src=boolean
column|gone|text|src=clob
column|tags|text|src=tags
next|Id|7
END
cat >"$T/a.cast" <<'END'
-- a comment, /* no other */
/* one
   that goes on */ CAST type integer with extra auto_increment to bigserial,
type decimal when not null to numeric keep typemod drop default set not null;
type "unsigned big int" when default '1' and not null to integer keep default
type unsigned big int and not null to numeric ( 20 , 0 ) drop not null
type 'nvarchar(160)' to VARCHAR(160)
type datetime when not null to timestamp with time zone drop not null using zero-dates-to-null
type "nvarchar" to varchar keep typemod
type datetime to timestamp (3) without time zone
type '' to text[]
column orders."Mixed Case" to citext
column main . Orders . `a``b` to double precision
column Orders.FLAG using tinyint-to-boolean
column orders.flag to boolean
column orders.flag2 to smallint
column orders.gone drop column
column orders.kind to "Kinds"."Of things"
END
cat >"$T/b.cast" <<'END'
column orders.cost to numeric keep typemod;type tags to text[], type clob to varchar drop typemod
neutral decimal to real
type nosuchtype to text
alter schema main rename to 'Shop'
END
cast-schema -r "$T/a.cast" -r "$T/b.cast" "$T/in"
cast-schema -x -r "$T/a.cast" "$T/in" 2>/dev/null
