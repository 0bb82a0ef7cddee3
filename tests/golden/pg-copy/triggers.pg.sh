# Triggers that users made are left out on request, and are afterwards what they were; foreign keys hold as always.
psql -Xqf - <<'END'
create table log (a int);
create table org (id int primary key);
insert into org values (1);
create table t (a int references org);
create function write() returns trigger language plpgsql as 'begin insert into public.log values (new.a); return new; end';
create trigger one before insert on t for each row execute function write();
create trigger two after insert on t for each row execute function write();
create trigger off after insert on t for each row execute function write();
alter table t enable always trigger two;
alter table t disable trigger off;
END
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n1\n#end\t1\t0\n' >"$T/in"
pg-copy postgresql:// <"$T/in"
psql -XAtc 'select count(*) from log' -c 'select count(*) from t'
pg-copy -x postgresql:// <"$T/in"
psql -XAtc 'select count(*) from log' -c 'select count(*) from t'
sed 's/^1$/2/' "$T/in" | pg-copy -x postgresql:// || echo "status $?"
psql -XAtc "select tgname, tgenabled from pg_trigger where not tgisinternal order by 1"
