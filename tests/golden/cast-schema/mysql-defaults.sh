# Defaults of MySQL and MariaDB, as mysql-schema writes them, and what PostgreSQL is told.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|t
column|now|timestamp(0)|defexpr=CURRENT_TIMESTAMP|src=datetime
column|now_m|timestamp(0)|defexpr=current_timestamp()|src=datetime
column|now6|timestamp(6)|defexpr=CURRENT_TIMESTAMP(6)|src=datetime(6)
column|now6_m|timestamp(6)|defexpr=current_timestamp(6)|src=datetime(6)
column|now3|timestamp(3)|defexpr=CURRENT_TIMESTAMP(3)|src=datetime(3)
column|now2|timestamp(2)|defexpr=CURRENT_TIMESTAMP(2)|src=datetime(2)
column|now_call|timestamp(0)|defexpr=now()|src=datetime
column|now_local|timestamp(0)|defexpr=localtimestamp|src=datetime
column|tz|timestamptz(0)|notnull|defexpr=CURRENT_TIMESTAMP|src=timestamp
column|tz6|timestamptz(6)|notnull|defexpr=current_timestamp(6)|src=timestamp(6)
column|utc|timestamp(0)|defexpr=utc_timestamp()|src=datetime
column|utc6|timestamp(6)|defexpr=(utc_timestamp(6))|src=datetime(6)
column|soon|timestamp(0)|defexpr=(now() + interval 1 day)|src=datetime
column|soon_tz|timestamptz(0)|defexpr=(now() - interval 90 minute)|src=timestamp
column|more|timestamp(0)|defexpr=(now(6))|src=datetime
column|today|date|defexpr=(curdate())|src=date
column|today_m|date|defexpr=curdate()|src=date
column|today_c|date|defexpr=(CURRENT_DATE)|src=date
column|today_n|date|defexpr=current_timestamp()|src=date
column|today_utc|date|defexpr=utc_date()|src=date
column|year_on|date|defexpr=(curdate() + interval 1 year)|src=date
column|quarter_on|date|defexpr=(curdate() + interval 2 quarter)|src=date
column|clock|time(0)|defexpr=curtime()|src=time
column|this_year|year|defexpr=(year(curdate()))|src=year(4)
column|seconds|u32|defexpr=unix_timestamp()|src=int(10) unsigned
column|u|uuid|defexpr=uuid()|src=uuid
column|u36|char(36)|defexpr=uuid()|src=char(36)
column|u36_8|char(36)|defexpr=(uuid())|src=char(36)
column|u32|char(32)|defexpr=replace(uuid(),'-','')|src=char(32)
column|u32_8|char(32)|defexpr=(replace(uuid(),_utf8mb4\\'-\\',_utf8mb4\\'\\'))|src=char(32)
column|u16|binary(16)|defexpr=(uuid_to_bin(uuid()))|src=binary(16)
column|u16_swap|binary(16)|defexpr=(uuid_to_bin(uuid(),1))|src=binary(16)
column|u16_short|binary(17)|defexpr=(uuid_to_bin(uuid()))|src=binary(17)
column|obj|json|defexpr=json_object()|src=longtext
column|arr|json|defexpr=(json_array())|src=json
column|obj_text|json|defexpr=(_utf8mb4'{}')|src=json
column|obj_cast|json|defexpr=(cast(_utf8mb4\\'[]\\' as json))|src=json
column|obj_full|json|defexpr=(json_object(_utf8mb4'a',1))|src=json
column|txt|text|defexpr=(_utf8mb4'it\\'s \\\\ \\n')|src=text
column|txt_8|text|defexpr=(_utf8mb4\\'it\\\\\\'s\\')|src=text
column|blob|bytes|defexpr=(0x00FF)|src=blob
column|blob_intr|bytes|defexpr=(_binary'ab')|src=blob
column|sum|i32|defexpr=(1 + 1)|src=int(11)
column|neg|decimal(4,2)|defexpr=(-(1.5))|src=decimal(4,2)
column|third|decimal(4,2)|defexpr=(1 / 3)|src=decimal(4,2)
column|dbl|f64|defexpr=(1.5e3)|src=double
column|bits_e|bit(1)|defexpr=(b'1')|src=bit(1)
column|rnd|f64|defexpr=(rand())|src=double
column|who|varchar(40)|defexpr=(current_user())|src=varchar(40)
column|fmt|varchar(40)|defexpr=(date_format(now(),'%Y'))|src=varchar(40)
column|other|i32|defexpr=(`sum` + 1)|src=int(11)
column|i|i32|default=0|src=int(11)
column|i_neg|i32|default=-7|src=int(11)
column|t1|i8|notnull|default=1|src=tinyint(1)
column|big|u64|default=18446744073709551615|src=bigint(20) unsigned
column|dec|decimal(5,2)|default=-1.50|src=decimal(5,2)
column|flt|f32|default=0.1|src=float
column|bit1_0|bit(1)|default=0|src=bit(1)
column|bit1_1|bit(1)|notnull|default=1|src=bit(1)
column|bit3|bit(3)|default=101|src=bit(3)
column|bin|varbinary(3)|default=\\x00|src=varbinary(3)
column|nothing|varchar(10)|default=\N|src=varchar(10)
column|word_null|varchar(10)|default=NULL|src=varchar(10)
column|empty|varchar(10)|notnull|default=|src=varchar(10)
column|quoted|varchar(10)|default='x'|src=varchar(10)
column|esc|varchar(10)|default=a\tb\\|src=varchar(10)
column|ch|char(5)|default=ab|src=char(5)
column|day|date|default=2024-02-29|src=date
column|day0|date|default=0000-00-00|src=date
column|day0_nn|date|notnull|default=0000-00-00|src=date
column|dt0|timestamp(0)|notnull|default=0000-00-00 00:00:00|src=datetime
column|ts0|timestamptz(0)|notnull|default=0000-00-00 00:00:00|src=timestamp
column|dt|timestamp(3)|default=2024-01-01 12:00:00.5|src=datetime(3)
column|ts|timestamptz(0)|default=2024-01-01 12:00:00+00|src=timestamp
column|tm|time(0)|default=23:59:59|src=time
column|yr|year|default=2024|src=year(4)
column|e|enum|notnull|default=new|src=enum('new','paid')
label|new
label|paid
column|st|set|notnull|default={a}|src=set('a','b c')
label|a
label|b c
column|id|u64|notnull|identity=bydefault|default=1|src=bigint(20) unsigned
END
cast-schema "$T/in" >"$T/out" || exit
sed -n 's/^column.\([^	]*\).\([^	]*\)\(.*\)/\1|\2\3/p' "$T/out" | tr '\t' '|' | sed -e 's/|from=[^|]*//' -e 's/|was=[^|]*//' -e 's/|rule=.*//'
grep '^skipped' "$T/out" | sed 's/\.cast:[0-9]*/.cast/'
