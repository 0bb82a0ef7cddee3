select 'deep';
\i here.sql
