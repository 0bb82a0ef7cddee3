psql -Xq <<'S'
create table t (a int);
create view v as select a from t;
create function f() returns trigger language plpgsql as 'begin insert into public.t values (new.a); return new; end';
create trigger v instead of insert on v for each row execute function f();
S
printf '#rows\t1\tpublic\tv\n#fields\ta\n#types\tint\n1\n#end\t1\t0\n' | pg-copy postgresql://
psql -XAtc 'select * from t'
