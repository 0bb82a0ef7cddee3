# Warnings of a trigger are shown, notices are not; neither is taken for an error.
psql -Xq <<'S'
create table t (a int);
create function f() returns trigger language plpgsql as
	$$begin raise notice 'row %', new.a; if new.a = 2 then raise warning E'strange\nrow %', new.a; end if; return new; end$$;
create trigger t before insert on t for each row execute function f();
S
{
	printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n1\n2\n3\n'
	sleep 1
	printf '4\n#end\t4\t0\n'
} | pg-copy postgresql://
psql -XAtc 'select count(*) from t'
