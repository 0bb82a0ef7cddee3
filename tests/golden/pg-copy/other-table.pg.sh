# -n and -t take names with escapes.
psql -Xqc 'create schema "a.b"; create table "a.b"."x	y" (a int)'
printf '#rows\t1\tmain\tt\n#fields\ta\n#types\tint\n7\n#end\t1\t0\n' |
	pg-copy -n a.b -t 'x\ty' -S "$T/stats" postgresql://
psql -XAtc 'select * from "a.b"."x	y"'
grep table "$T/stats"
