psql -Xq <<'S'
create table t (a text, b text);
insert into t values ('#', '#'), ('##', 'a#'), ('', '##'), (E'\t#', E'\n#'), ('#a#', E'\\#'), ('# ', null);
S
pg-rows -t t postgresql:// >"$T/rows"
rows-fmt "$T/rows"
rows-fmt "$T/rows" | cmp - "$T/rows"
