# Parameters of the session are set before anything else; what the format depends on is not to be set.
psql -Xqf - <<'END'
create table t (a text, lock text default current_setting('lock_timeout'), name text default current_setting('application_name'));
create schema "Sales";
create table "Sales"."Order Items" (a text, name text default current_setting('application_name'));
END
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\ttext\n1\n#end\t1\t0\n' >"$T/in"
pg-copy -c lock_timeout=4s -c work_mem=8MB postgresql:// <"$T/in"
pg-copy -c application_name=mine postgresql:// <"$T/in"
pg-copy -R run -k 12 postgresql:// <"$T/in"
PGAPPNAME=theirs pg-copy postgresql:// <"$T/in"
sed 's/public	t/Sales	Order Items/' "$T/in" | pg-copy postgresql://
psql -XAtc 'table t' -c 'table "Sales"."Order Items"'
for setting in lock_timeout no_such=1 lock_timeout=soon =x client_encoding=latin1 INTERVALSTYLE=iso_8601; do
	status=0
	pg-copy -c "$setting" postgresql:// <"$T/in" || status=$?
	echo "$status"
done
