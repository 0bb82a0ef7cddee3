# Columns go by name; those that are not in the rows get their defaults.
psql -Xqc "create table t (c text default 'by default', b text, a int generated always as identity)"
printf '#rows\t1\tpublic\tt\n#fields\ta\tb\n#types\tint\ttext\n7\tx\n#end\t1\t0\n' | pg-copy postgresql://
psql -XAtc 'select * from t'
