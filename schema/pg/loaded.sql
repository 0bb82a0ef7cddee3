-- Made on demand, by pg-copy -R: one row for each range of a run that is in its table.
create schema if not exists pgtide;
create table if not exists pgtide.loaded (
	run         pg_catalog.text not null,
	range       pg_catalog.text not null,
	relid       pg_catalog.oid not null,
	schema_name pg_catalog.text not null,
	table_name  pg_catalog.text not null,
	storage     pg_catalog.text,
	rows        pg_catalog.int8,
	bytes       pg_catalog.int8,
	rejected    pg_catalog.int8,
	digest      pg_catalog.text,
	started     pg_catalog.timestamptz not null default pg_catalog.clock_timestamp(),
	finished    pg_catalog.timestamptz,
	primary key (run, range, relid)
);
comment on table pgtide.loaded is 'Ranges that pg-copy has loaded, each written in the transaction of its rows';
