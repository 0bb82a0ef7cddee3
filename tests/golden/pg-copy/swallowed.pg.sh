# A trigger drops a row without an error: everything is rolled back.
psql -Xq <<'S'
create table t (a int);
create function f() returns trigger language plpgsql as 'begin return case when new.a <> 2 then new end; end';
create trigger t before insert on t for each row execute function f();
S
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n1\n2\n3\n#end\t3\t0\n' | pg-copy postgresql:// || echo "status $?"
psql -XAtc 'select count(*) from t'
