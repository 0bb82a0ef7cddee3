# needs: sqlite3
# Rows that do not fit are set aside as they are, each with its reason and its key, and the rest goes on.
make()
{
	rm -f "$T/db"
	sqlite3 -bail "$T/db"
}

# take TABLE OPTION…
take()
{
	table=$1
	shift
	sqlite-rows "$@" -S "$T/stats" -t "$table" "$T/db" || echo "status $?"
}

make <<'END'
create table users (id integer primary key, age integer, name text, born date, active boolean, size real, photo blob);
insert into users values
	(1, 36, 'Ada', '1815-12-10', 1, 1.5, x'00ff'),
	(2, 'toto', 'tab' || char(9), '1815-12-10', 'yes', 1.5, null),
	(17, 12.5, '#hash', '1815-02-30', 1, '1,5', x''),
	(18, x'00ff', cast(x'61ff' as text), null, null, null, 5),
	(19, 1, 'a' || char(0) || 'b', null, null, null, null),
	(20, 1, null, 1704103200, 0, 9007199254740993, null),
	(21, 1e30, '\N', '1815-12-10', 'true', 12, null);
END
echo '--- rows'
take users -e 10 -E "$T/rejects"
echo '--- rejects'
cat "$T/rejects"
rows-fmt -o "$T/canonical" "$T/rejects"
echo '--- statistics'
sed 's/^seconds.*/seconds/' "$T/stats"
echo '--- none'
take users -e 1 -E "$T/rejects" | grep -c '^#end' || :

echo '--- keys'
make <<'END'
create table a (k text, n int, v integer, primary key (n, k)) without rowid;
insert into a values ('it''s', 1, 'x'), ('b', 2, 1);
create table b (rowid text, oid text, _rowid_ text, v integer);
insert into b values ('1', '2', '3', 'x');
create table c (oid text, v integer);
insert into c values ('1', 2), ('1', 'x'), ('1', 3), ('1', 'y');
create table "d	d" ("v	v" integer);
insert into "d	d" values ('x	y');
create table e (v integer);
END
for table in a b c 'd\td' e; do
	take "$table" -e 5 -E "$T/rejects"
	cat "$T/rejects"
done

echo '--- over the limit'
take c -e 1 -E "$T/rejects" -o "$T/out"
grep -c '^#end' "$T/out" || :
sed 's/^seconds.*/seconds/' "$T/stats"
take c -e 49% -E "$T/rejects" -o "$T/out"
grep -c '^#end' "$T/out" || :
take c -e 50% -E "$T/rejects" -o "$T/out"
grep '^#end' "$T/out"

echo '--- long rows, whose values do not fit the buffer'
make <<'END'
create table t (id integer primary key, a text, n integer);
insert into t values (1, hex(zeroblob(400000)), 1), (2, hex(zeroblob(400000)), 'x'), (3, hex(zeroblob(400000)), 2), (4, 'a', 'x'), (5, 'b', 3);
END
take t -e 2 -E "$T/rejects" | awk -F '\t' '{ print $1, length($2), $3 }'
grep -v '^# ' "$T/rejects" | awk -F '\t' '{ print $1, length($2), $3 }'

echo '--- UTF-16'
make <<'END'
pragma encoding = 'UTF-16le';
create table t (id integer primary key, a text, n integer);
insert into t values (1, 'é', 1), (2, cast(x'3dd8' as text), 2), (3, 'ü', 'ö');
END
take t -e 2 -E "$T/rejects"
cat "$T/rejects"

echo '--- wrong calls'
take t -e 5
take t -E "$T/rejects"
take t -e many -E "$T/rejects"
take t -e 5 -E "$T/no/such"
take t -e 5 -E /dev/full -o "$T/out"
grep -c '^#end' "$T/out" || :
