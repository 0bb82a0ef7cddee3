# What is not understood is refused: file, line, column, and what was expected.
awk -f schema.awk >"$T/in" <<'END'
table|main|t
column|c|text|src=text
column|C2|text|src=text
column|c2|text|src=text
END
cd "$T" || exit
while IFS= read -r rule; do
	printf -- '-- a line before\n%s\n' "$rule" >x.cast
	cast-schema -r x.cast in >out || echo "$?" >&2
done <<'END'
typo int to text
type
type int
type int to
type int to text keep
type int to text drop nothing
type int to text drop column
type int to text set default
type int to numeric(10
type int to numeric)
type int when unsigned to text
type int when (= 1 precision) to text
type int when default to text
type int with extra on update to text
type int and null to text
type int to text using
type int to text using no-such-function
type int to text using right-trim twice
type int to text to bytea
type 'int to text
type int /* to text
type
neutral int to text
neutral decimal(10,2) to text
column c to text
column t. to text
column t.c
column t.C3 t.c to text
column t.C2 drop default
column T.C2 to text
column T."c2" to text drop default
alter table t rename to u
alter schema main to u
alter schema main rename to
# shell comment
column t.c to boolean
column t.c to bytea
END
