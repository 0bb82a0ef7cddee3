# The faithful types of MySQL, and both ends of foreign keys in one.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|orders
column|id|u64|notnull|identity=bydefault|src=bigint(20) unsigned
column|parent|u64|src=bigint(20) unsigned
column|other|u64|src=bigint(20) unsigned
column|size|u32|src=mediumint(8) unsigned
column|size0|u32|src=mediumint(8) unsigned zerofill
column|count|u32|src=int(10) unsigned
column|flag|i8|notnull|default=1|src=tinyint(1)
column|year|year|src=year(4)
column|bits|bit(12)|default=000000000101|src=bit(12)
column|took|time(3)|src=time(3)
column|shape|geometry|src=point
column|doc|json|src=json
column|id16|binary(16)|src=binary(16)
primary|
key|id
foreign|fk_self|shop|orders
pair|parent|id
table|shop|items
column|order_id|u64|notnull|default=0|src=bigint(20) unsigned
column|line|u64|default=18446744073709551615|src=bigint(20) unsigned
column|small|u32|src=int(10) unsigned
primary|
key|order_id
key|line
foreign|fk_order|shop|orders
pair|order_id|id
foreign|fk_small|shop|orders
pair|small|id
table|shop|notes
column|order_id|u64|src=bigint(20) unsigned
column|line|u64|src=bigint(20) unsigned
column|chosen|u64|src=bigint(20) unsigned
foreign|fk_item|shop|items
pair|order_id|order_id
pair|line|line
foreign|fk_chosen|shop|orders
pair|chosen|id
table|shop|ring_a
column|id|u64|src=bigint(20) unsigned
primary|
key|id
foreign|fk_b|shop|ring_b
pair|id|id
table|shop|ring_b
column|id|u64|notnull|identity=bydefault|src=bigint(20) unsigned
primary|
key|id
foreign|fk_a|shop|ring_a
pair|id|id
table|shop|ring_tail
column|id|u64|src=bigint(20) unsigned
column|far|u64|src=bigint(20) unsigned
foreign|fk_a|shop|ring_a
pair|id|id
foreign|fk_gone|elsewhere|ring_a
pair|far|id
table|shop|plain
column|id|u64|notnull|src=bigint(20) unsigned
primary|
key|id
table|shop|counts
column|id|u64|notnull|identity=bydefault|src=bigint(20) unsigned
primary|
key|id
foreign|fk_plain|shop|plain
pair|id|id
table|shop|counted
column|id|u64|src=bigint(20) unsigned
foreign|fk_counts|shop|counts
pair|id|id
END
echo 'column notes.chosen to numeric(30)' >"$T/rules"
cast-schema -x -r "$T/rules" "$T/in" | sed "s|$T/||"
cast-schema -r "$T/rules" "$T/in" | sed "s|$T/||" | grep -v '^table\|^column\|^#'

# A rule for all enums, whatever their labels look like.
awk -v source=mysql -f schema.awk >"$T/labels" <<'END'
table|shop|t
column|a|enum|src=enum('a)b','(','it''s')
label|a)b
label|(
label|it's
column|b|set|default={a,"x y)"}|src=set('a','x y)')
label|a
label|x y)
END
printf 'type enum to text\ntype set to text[]\n' >"$T/rules"
cast-schema -x -r "$T/rules" "$T/labels" | sed "s|$T/||"
