# needs: sqlite3
# How the one instant was got, which the report says; and what is left of it, which is nothing.
sqlite3 "$T/db" "create table t (v text); insert into t values ('a')"
# target NAME: a schema of its own, for the tables of each run
run()
{
	name=$1
	shift
	pgtide -n "$name" -d "$T/$name" "$@" "$T/db" "dbname=$PGDATABASE" >"$T/out" || echo "status $?"
	sed -n 's/for [0-9.]* s$/for N s/; s/ in [0-9.]* s,/ in N s,/; /^snapshot/p' "$T/out"
	cut -f 3 "$T/$name/verdict" | sort | uniq -c | tr -s ' '
	find "$T/$name/job" -name copy -o -name hold -o -name ready
}
run copied --quick-check
run held --hold --quick-check
sqlite3 "$T/db" 'pragma journal_mode = wal' >/dev/null
run wal
run wal-held --hold
sqlite3 "$T/db" 'pragma journal_mode = delete' >/dev/null
