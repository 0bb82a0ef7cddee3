# -x: for each column the rules that decided, with the guards that held, and what that costs.
awk -f schema.awk -v source=mysql ../../rules/source >"$T/in"
cat >"$T/rules" <<'EOF'
type int when signed and (< 10 precision) drop default using right-trim
type int -- with a comment
  to smallint drop not null
column users.email to varchar(20)
column orders.price to real
column orders.made drop column
column orders.ratio rename to q
column orders.name to date set default '2024-02-29'
column orders.rate to numeric(4,1)
column orders.seen to timestamptz drop extra
column "orders".note to "char"
column arch.*.made_at to timestamptz set not null
EOF
cast-schema -x -r "$T/rules" "$T/in"
# What nothing can become of is shown too, all of it, and then it ends.
awk -f schema.awk -v source=mysql >"$T/in" <<'EOF'
table|main|t
column|a|timestamptz(3)|src=timestamp(3)
column|b|other|src=vector(3)
column|c|i32|src=int
EOF
echo 'type timestamp to timestamp' >"$T/rules"
cast-schema -x -r "$T/rules" "$T/in" || echo "$?"
