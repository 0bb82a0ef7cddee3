# The server's configuration does not decide: the transaction says that it writes.
psql -Xqc 'create table t (a int)'
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n1\n#end\t1\t0\n' |
	PGOPTIONS='-c default_transaction_read_only=on -c datestyle=German -c search_path=nosuch' pg-copy postgresql://
psql -XAtc 'select * from t'
