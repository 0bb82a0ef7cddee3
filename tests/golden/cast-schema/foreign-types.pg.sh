# For every pair of types, a foreign key is kept exactly when PostgreSQL can have it.
# needs: psql
cat >"$T/types" <<'END'
boolean
smallint
integer
bigint
numeric
real
double precision
text
character varying(9)
character(9)
bytea
date
time without time zone
timestamp without time zone
timestamp with time zone
interval
bit(9)
bit varying(9)
uuid
inet
jsonb
END
# One table of keys, and one of foreign keys, with a column of each type; rules give them their types.
{
	echo 'table|main|k'
	awk '{ print "column|c" NR "|text" }' "$T/types"
	awk '{ print "unique|k" NR; print "key|c" NR }' "$T/types"
	echo 'table|main|f'
	awk '{ print "column|c" NR "|text" }' "$T/types"
	awk '{ n = NR } END { for (k = 1; k <= n; k++) for (f = 1; f <= n; f++)
		print "foreign|" k "_" f "|main|k\npair|c" f "|c" k }' "$T/types"
} | awk -f schema.awk >"$T/in"
awk '{ print "column k.c" NR " to " $0; print "column f.c" NR " to " $0 }' "$T/types" >"$T/r.cast"
cast-schema -r "$T/r.cast" "$T/in" >"$T/out"
sed -n 's/^foreign	\([0-9_]*\)	.*/\1/p' "$T/out" | sort >"$T/kept"

awk '{ type[NR] = $0 } END { for (k = 1; k <= NR; k++) {
	print "create table k" k " (c " type[k] " unique);"
	for (f = 1; f <= NR; f++)
		print "create table f" k "_" f " (c " type[f] " references k" k " (c));"
	} }' "$T/types" | psql -Xq 2>/dev/null
psql -XAtc "select substr(relname, 2) from pg_class where relname ~ '^f[0-9]+_[0-9]+$'" | sort >"$T/possible"
wc -l <"$T/possible"
diff "$T/possible" "$T/kept" | while read -r sign pair; do
	case $sign in
	[\<\>]) echo "$sign key $(sed -n "${pair%_*}p" "$T/types"), foreign $(sed -n "${pair#*_}p" "$T/types")" ;;
	esac
done
