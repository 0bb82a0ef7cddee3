# Each transform, what it alters, and that it is counted.
awk -f schema.awk >"$T/s" <<'END'
table|public|t|fromschema=main|from=t
column|empty|text|from=empty|was=text|using=empty-string-to-null|rule=r.cast:1
column|trim|character varying(3)|from=trim|was=text|using=right-trim|rule=r.cast:2
column|zero|timestamp with time zone|from=zero|was=timestamp(6)|using=zero-dates-to-null|rule=r.cast:3
column|bool|boolean|from=bool|was=i64|using=tinyint-to-boolean|rule=r.cast:4
column|nul|text|from=nul|was=text|using=remove-null-characters|rule=r.cast:5
column|int|bigint|from=int|was=text|using=integer-to-string|rule=r.cast:6
column|float|numeric|from=float|was=f64|using=float-to-string|rule=r.cast:7
END
awk -f rows.awk >"$T/in" <<'END'
#rows|1|main|t
#fields|empty|trim|zero|bool|nul|int|float
#types|text|text|timestamp(6)|i64|text|text|f64
||0000-00-00 00:00:00|0||0|0
 |abc |2024-00-01 00:00:00|1|a\000b\000|'"12"'|1.5
x| a  |2024-01-00 00:00:00|2|\000|+007|1e+22
\N|\N|\N|\N|\N|\N|\N
\t|\t  |2024-01-01 00:00:00|-1|\#|-0|Infinity
y|z|0000-01-01 00:00:00|00|\\000|-09|-0
end 0
END
cast-rows -s "$T/s" -S "$T/stats" "$T/in"
grep -v '^seconds' "$T/stats"

# A value that a transform has no meaning for, and a NULL where there may be none.
refused()
{
	awk -f schema.awk >"$T/s" <<END
table|public|t|fromschema=main|from=t
column|c|$1|from=c|was=$2|using=$3|rule=r.cast:1
END
	printf '#rows\t1\tmain\tt\n#fields\tc\n#types\t%s\n%s\n#end\t1\t0\n' "$2" "$4" |
		cast-rows -s "$T/s" || echo "status $?"
}
refused boolean text tinyint-to-boolean yes
refused bigint text integer-to-string 1.5
refused numeric text float-to-string ''
refused 'timestamp without time zone' 'timestamp(6)' no-such-function x

# Arguments: each as its transform takes it, or the message says how that is.
refused numeric decimal 'truncate-digits(2)' -0.001
refused numeric decimal "truncate-digits ( 2 ) " 1
for using in truncate-digits 'truncate-digits()' "truncate-digits('2')" 'truncate-digits(2,3)' \
	'truncate-digits(2' 'truncate-digits(2)x' 'truncate-digits(9223372036854775808)' 'truncate-digits(-1)' \
	"truncate-digits('it''s" 'right-trim(1)' 'no-such(1)' ''; do
	refused numeric decimal "$using" 1
done
for using in "binary-to-uuid('swop')" "decode-as('no such')" "decode-as('')" "decode-as('utf8','a/b')" 'decode-as(8)' \
	"varbinary-to-string('nil')" "to-array('')" "to-array('::')" "mask-hash('',0)" "mask-hash('',33)" 'mask-hash(8)' \
	"mask-digits('','digits')" mask-fixed 'truncate-digits(1001)'; do
	refused text text "$using" x
done
refused bytea bytes mask-digits '\\x00'
