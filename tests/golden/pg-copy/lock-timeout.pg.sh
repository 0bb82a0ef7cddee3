# Somebody holds the table: trying again can help.
psql -Xqc 'create table t (a int)'
psql -Xqc 'begin' -c 'lock table t' -c '\! touch $T/locked' -c '\! while [ ! -e $T/done ]; do sleep 0.1; done' -c 'rollback' &
while [ ! -e "$T/locked" ]; do sleep 0.1; done
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n#end\t0\t0\n' |
	PGOPTIONS='-c lock_timeout=50ms' pg-copy postgresql:// || echo "status $?"
touch "$T/done"
wait
