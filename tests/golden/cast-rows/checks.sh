# What PostgreSQL would change without a word, and values beside it that are fine.
# Each line: neutral type, type of the target, value.
while IFS='|' read -r was type value; do
	awk -f schema.awk >"$T/s" <<END
table|public|T|fromschema=main|from=t
column|c|$type|from=c|was=$was|rule=x:1
END
	awk -f rows.awk >"$T/in" <<END
#rows|1|main|t
#fields|c
#types|$was
$value
end 0
END
	printf '%s -> %s: ' "$was" "$type"
	cast-rows -s "$T/s" "$T/in" 2>&1 | grep -v '^#'
done <<'END'
decimal|numeric(10,2)|0.99
decimal|numeric(10,2)|0.9900
decimal|numeric(10,2)|0.995
decimal|numeric(10,2)|12345678
decimal|numeric(10,2)|123456789
decimal|numeric(10,2)|-123456789.5
decimal|numeric(10,2)|1e-3
decimal|numeric(10,2)|1e8
decimal|numeric(10,2)|NaN
decimal|numeric(10,2)|x
decimal|numeric(10,2)|\N
decimal|numeric(3,3)|0.999
decimal|numeric(3,3)|1
decimal|numeric|0.00000000000000000000000000000001
decimal(5,2)|numeric(10,2)|x
decimal(5,3)|numeric(10,2)|1.234
i64|numeric(20,0)|x
i64|numeric(5,0)|123456
text|character varying(3)|abc
text|character varying(3)|ab 
text|character varying(3)|abc 
text|character varying(3)|äöü
text|character varying(3)|äöüß
text|character varying(3)|\\\n\t
text|character varying(3)|\\\n\t\\
varchar(3)|character varying(3)|abcd
text|character(2)|abc
text|character varying|abcdefgh
text|bpchar|abc  
timestamp(6)|timestamp(3) without time zone|2024-12-31 23:59:59.9995
timestamp(6)|timestamp(3) without time zone|2024-12-31 23:59:59.999000
timestamp(7)|timestamp without time zone|2024-12-31 23:59:59.9999999
timestamp(6)|timestamp without time zone|2024-12-31 23:59:59.9999999
time(6)|time(0) without time zone|23:59:59.5
interval(6)|interval(2)|838:59:59.123
timestamptz(6)|timestamp(1) with time zone|2024-12-31 23:59:59.25+00
timestamp(6)|timestamp with time zone|2024-12-31 23:59:59.25
timestamp(6)|timestamp(1) with time zone|2024-12-31 23:59:59.25
text|timestamp without time zone|2024-02-29 12:00:00
text|timestamp without time zone|2024-02-29T12:00:00.123456
text|timestamp without time zone|2023-02-29 12:00:00
text|timestamp without time zone|2024-02-29 24:00:00
text|timestamp without time zone|2024-02-29 23:59:60
text|timestamp without time zone|now
text|timestamp without time zone|2024-02-29 12:00:00+02
text|timestamp with time zone|2024-02-29 12:00:00+02
text|timestamp with time zone|2024-02-29 12:00:00Z
text|timestamp with time zone|2024-02-29 12:00:00-05:30
text|timestamp with time zone|2024-02-29 12:00:00
text|date|2024-02-29
text|date|29.02.2024
text|date|1900-02-29
text|time without time zone|12:00:00
text|time without time zone|12:00
f64|real|0.1
f64|real|0.10000000149011612
f64|real|16777216
f64|real|16777217
f64|real|1e39
f64|real|-0
f64|real|Infinity
text|real|3.14159274
decimal|double precision|0.1
decimal|double precision|9007199254740993
decimal|double precision|0.100
i64|double precision|9007199254740993
i32|double precision|2147483647
f32|real|16777217
decimal|bigint|5
decimal|bigint|5.0
decimal|bigint|9223372036854775808
decimal|smallint|-32769
text|integer|abc
text|integer|007
text|integer|1e3
text|integer|-0
f64|real|0.1000000014901161
i64|integer|3000000000
bool|boolean|t
bool|text|t
i64|boolean|1
bool|bigint|t
bytes|text|\\x00
text|bytea|x
END

# What MySQL has and PostgreSQL has not, where the type would take it; in a whole block of rows too.
while IFS='|' read -r was type value; do
	awk -f schema.awk >"$T/s" <<END
table|public|T|fromschema=main|from=t
column|c|$type|from=c|was=$was|rule=x:1
column|d|timestamp(0) without time zone|from=d|was=timestamp(0)|rule=x:1
END
	{
		printf '#rows\t1\tmain\tt\n#fields\tc\td\n#types\t%s\ttimestamp(0)\n' "$was"
		printf '%s\t2024-12-31 23:59:59\n' '\N' '\N' '\N' '\N' "$value"
		printf '#end\t5\t0\n'
	} >"$T/in"
	printf '%s -> %s: ' "$was" "$type"
	cast-rows -s "$T/s" "$T/in" 2>&1 | sed -n '/^cast-rows/p;8p'
done <<'END'
date|date|2024-02-29
date|date|0000-00-00
date|date|2010-00-01
date|date|2010-05-00
date|date|0000-01-01
date|timestamp without time zone|2010-05-00
timestamp(0)|timestamp(0) without time zone|0000-00-00 00:00:00
timestamp(3)|timestamp(3) without time zone|2010-00-31 00:00:00.123
timestamptz(6)|timestamp with time zone|0000-12-31 00:00:00+00
timestamp(6)|timestamp with time zone|2010-05-00 00:00:00
time(0)|time(0) without time zone|24:00:00
time(6)|time without time zone|24:00:00.000000
time(0)|time(0) without time zone|24:00:01
time(6)|time without time zone|24:00:00.000001
time(0)|time(0) without time zone|838:59:59
time(0)|time(0) without time zone|-00:00:01
time(3)|time(2) without time zone|23:59:59.125
time(0)|interval(0)|-838:59:59
u64|bigint|9223372036854775807
u64|bigint|9223372036854775808
u64|bigint|18446744073709551615
u32|integer|2147483647
u32|integer|2147483648
i8|smallint|-128
enum|"shop"."t_c"|
enum|text|
END
