-- What after load executes.
\ir chinook-view.sql
insert into public.said select 'after', count(*) > 0 from sales.invoice;
