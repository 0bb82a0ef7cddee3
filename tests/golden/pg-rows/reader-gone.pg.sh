psql -Xqc 'create view v as select i from generate_series(1, 1000000) i'
(trap '' PIPE; pg-rows -t v postgresql:// || echo "status $?" >&2) | head -n 1 >/dev/null
