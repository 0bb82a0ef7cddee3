# For tests that move whole databases: source it after pg.sh.
#
#	both_formats STREAM SCHEMA DESC   the rows(5) in the file STREAM, of tables of SCHEMA in $PGDATABASE, give the same
#					bytes when pg-copy sends them as text and as binary
# shellcheck shell=sh

both_formats()
{
	for both_format in text auto; do
		psql -Xq -v ON_ERROR_STOP=1 -v copy="as_$both_format" -v original="$2" <<-'END'
			create schema :copy;
			select format('create unlogged table %I.%I (like %I.%I)', :'copy', relname, :'original', relname)
				from pg_class where relnamespace = (:'original')::regnamespace and relkind = 'r' \gexec
		END
		LC_ALL=C sed "s/^#rows	1	$2	/#rows	1	as_$both_format	/" "$1" |
			pg-copy -f "$both_format" -c log_statement=all -c client_min_messages=log \
				"dbname=$PGDATABASE" >"$T/both.log.$both_format" 2>&1 || return 1
		psql -XAt -v copy="as_$both_format" >"$T/both.script" <<-'END'
			select format('copy %I.%I to stdout (format binary);', :'copy', relname)
				from pg_class where relnamespace = (:'copy')::regnamespace order by relname collate "C"
		END
		psql -Xq -v ON_ERROR_STOP=1 -f "$T/both.script" >"$T/both.$both_format"
	done
	same_file "$T/both.auto" "$T/both.text" "$3: text and binary give the same $(wc -c <"$T/both.text") bytes"
	ok "$3: $(grep -ac 'FORMAT binary' "$T/both.log.auto") COPYs are binary" grep -aq 'FORMAT binary' "$T/both.log.auto"
	psql -Xq -c 'set client_min_messages = warning' -c 'drop schema as_text, as_auto cascade'
}
