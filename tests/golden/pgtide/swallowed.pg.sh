# needs: sqlite3
# A trigger in the target swallows rows: an event trigger adds it as soon as the table is made.
sqlite3 "$T/db" 'create table t (x integer); insert into t values (1), (2), (3)'
psql -Xq <<-'END'
	create function swallow() returns trigger language plpgsql as 'begin return case when new.x <> 2 then new end; end';
	create function add_it() returns event_trigger language plpgsql as 'begin
		if exists (select from pg_event_trigger_ddl_commands() where object_identity = ''public.t'') then
			create trigger swallow before insert on public.t for each row execute function public.swallow();
		end if;
	end';
	create event trigger add_it on ddl_command_end when tag in ('CREATE TABLE') execute function add_it();
END
pgtide -q -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" || echo "status $?"
psql -XAtc 'select count(*) from t'
