select 1;
\ir itself.sql
