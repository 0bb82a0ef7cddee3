# needs: sqlite3
# Several tables one after the other, and ranges of one.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
sqlite3 "$T/a.db" <<'END'
create table t (id integer primary key, x text);
create table u (y blob not null primary key) without rowid;
create table v (rowid text, z integer);
insert into t values (-3, 'minus three'), (1, 'one'), (2, null), (9, 'nine');
insert into u values (x'00'), (x'ff');
insert into v values ('r', 7);
END
sqlite-rows -S "$T/stats" -t t -n main -t u -t v "$T/a.db"
cut -f 1-4,6 "$T/stats" | grep -v seconds
sqlite-rows -e 9 -E "$T/rejects" -t u -t t -t u "$T/a.db" | rows-fmt -q
{
	printf 'main\tt\t1\trowid\t\\N\t1\n'
	printf 'main\tt\t1\trowid\t1\t9\n'
	printf 'main\tt\t1\trowid\t9\t\\N\n'
	printf 'main\tt\t0\n'
	printf 'main\tt\t1\tx\ta\tb\n'
	printf 'main\tu\t1\trowid\t1\t\\N\n'
	printf 'main\tv\t1\trowid\t1\t\\N\n'
	printf 'main\tt\t1\trowid\tone\t\\N\n'
} >"$T/ranges"
for line in 1 2 3 4; do
	sqlite-rows -K "$T/ranges" -k "$line" -t t "$T/a.db" | grep -v '^#[rft]'
done
cd "$T" || exit
for line in 5 8 9; do
	try sqlite-rows -K ranges -k "$line" -t t a.db
done
try sqlite-rows -K ranges -k 6 -t u a.db
try sqlite-rows -K ranges -k 7 -t v a.db
try sqlite-rows -K ranges -k 1 -t u a.db
try sqlite-rows -K ranges -k 1 -t u -t v a.db
try sqlite-rows -k 1 -t u a.db
