-- includes
create table a (x int);
\i plain.sql
\ir 'more/deep.sql'
\i more/deep.sql;
select '\i not this', $x$ \! nor this $x$, "\x", E'it\'s \\' /* \! /* nested */ */ ;
