# Indexes that are there for speed are dropped and made again; unique ones stay. A failure leaves all as it was.
psql -Xqf - <<'END'
create table t (a int primary key, b text, c int);
create index "By B" on t (lower(b) text_pattern_ops desc, c) where c > 0;
comment on index "By B" is 'it''s for the search';
create index with_options on t using btree (c) with (fillfactor = 70);
create unique index only_once on t (c);
create index identity on t (b);
alter table t cluster on identity;
create table kept as select oid, relname from pg_class where relname in ('t_pkey', 'only_once', 'identity');
END
show()
{
	psql -XAtc "select indexdef from pg_indexes where tablename = 't' order by 1" \
		-c "select obj_description('\"By B\"'::regclass)" \
		-c "select count(*) from t" -c "select relname from kept join pg_class using (oid, relname) order by 1"
}
show
printf '#rows\t1\tpublic\tt\n#fields\ta\tb\tc\n#types\tint\ttext\tint\n1\tx\t1\n2\ty\t2\n#end\t2\t0\n' >"$T/in"
pg-copy -I postgresql:// <"$T/in"
show >"$T/after"
cat "$T/after"
pg-copy -I postgresql:// <"$T/in" || echo "status $?"
show | diff "$T/after" -
sed 's/^1/3/; s/	1$/	3/' "$T/in" | pg-copy -I -e 1 -E "$T/bad" postgresql://
grep -c '^# reject' "$T/bad"
psql -XAtc 'select a from t where c > 0 order by a'
