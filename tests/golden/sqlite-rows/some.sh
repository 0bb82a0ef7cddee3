# needs: sqlite3
# A head and a sample of each table; what is not taken is not looked at.
sqlite3 "$T/db" "create table a (n integer); create table b (n integer, t text);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 10) insert into a select n from n;
	insert into b select n, 't' || n from a; update a set n = 'bad' where n = 9"
sqlite-rows -l 3 -t a -t b "$T/db"
sqlite-rows -i 4 -l 2 -t a -t b -S "$T/stats" "$T/db" | grep -v '^#[ft]'
grep '^table' "$T/stats"
sqlite-rows -i 5 -l 100 -t a "$T/db"
for call in '-l 0' '-l x' '-i 0'; do
	# shellcheck disable=SC2086	# two words
	sqlite-rows $call -t a "$T/db" || echo "status $?"
done
sqlite-rows -i 4 -t a "$T/db"
