# A table that has rows is refused on request.
psql -Xqc 'create table t (a text)'
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\ttext\n1\n#end\t1\t0\n' >"$T/in"
pg-copy -F postgresql:// <"$T/in"
pg-copy -F postgresql:// <"$T/in" || echo "status $?"
pg-copy -F -T postgresql:// <"$T/in" || echo "status $?"
pg-copy postgresql:// <"$T/in"
psql -XAtc 'select count(*) from t'
# Two parts of one input are one load.
psql -Xqc 'truncate t'
cat "$T/in" "$T/in" | pg-copy -F postgresql://
psql -XAtc 'select count(*) from t'
