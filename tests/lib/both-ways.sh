# For tests of pgtide convert: source it after tap.sh and pg.sh. A PostgreSQL runs then, and there are
#
#	both_ways NAME FILE OPTION…   what pgtide-load makes of the command file, and what the script that convert makes of it
#	                              does, are the same catalogue and the same digest of each table; options are those of
#	                              convert. $SHOP_TARGET is where to, and stands in the file as {{SHOP_TARGET}}
#	held FILE                     what the database of PGDATABASE holds, there
# shellcheck shell=sh

# shellcheck disable=SC2119	# without tcp
pg_need

# pgtide's own tables tell of runs, names that are made unique of OIDs.
held()
{
	PGTIDE_SOURCE=$SHOP_TARGET pg-schema | sed -e '/^#schema/d' -e 's/idx_[0-9]*_/idx_N_/' >"$1"
	psql -XAtqF '	' -c "select schemaname, tablename from pg_tables
		where schemaname not in ('pg_catalog', 'information_schema', 'pgtide') order by 1, 2" >"$1.tables"
	while IFS='	' read -r held_schema held_table; do
		PGTIDE_SOURCE=$SHOP_TARGET pg-rows -n "$held_schema" -t "$held_table" </dev/null
	done <"$1.tables" | rows-digest >>"$1" || :
}

both_ways()
{
	both_name=$1 both_load=$2
	shift 2
	for both_way in load convert; do
		pg_fresh "both_$both_way"
		SHOP_TARGET=$(pg_uri)
		export SHOP_TARGET
		both_status=0
		if [ "$both_way" = load ]; then
			pgtide ${1:+--pgloader "$2"} -q -d "$T/$both_name.run" "$both_load" >"$T/$both_name.out" 2>&1 || both_status=$?
		else
			pgtide convert "$@" -d "$T/$both_name" "$both_load" >"$T/$both_name.out" 2>&1 || both_status=$?
			[ "$both_status" -ne 0 ] || timeout 120 sh "$T/$both_name/run.sh" >>"$T/$both_name.out" 2>&1 || both_status=$?
		fi
		held "$T/$both_name.$both_way.held"
		is "$both_status" 0 "$both_name: $both_way"
		[ "$both_status" -eq 0 ] || diag "$(cat "$T/$both_name.out")"
	done
	same_file "$T/$both_name.convert.held" "$T/$both_name.load.held" "$both_name: both ways give the same"
	ok "$both_name: that is something" test -s "$T/$both_name.load.held.tables"
}
