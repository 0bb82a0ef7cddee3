# Rule files that cannot be read at all; tests/rules/wrong.txt has those with mistakes in them.
awk -f schema.awk >"$T/in" <<'EOF'
table|main|t
column|c|text|src=text
EOF
cd "$T" || exit
try()
{
	cast-schema -r x.cast in >out || echo "$?" >&2
}
printf 'type int to text\n  type \000 to text\n' >x.cast
try
printf 'type int to text\n-- \303(\n' >x.cast
try
printf 'type int to text\n\n-- cut: \303' >x.cast
try
rm x.cast
try
mkdir x.cast
try
cast-schema -r in in >out || echo "$?" >&2
