# Zero dates: NULL where the column or its default allows for it. A NOT NULL column without such a default keeps both.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|posts
column|day|date|src=date
column|day_zero|date|default=0000-00-00|src=date
column|day_must|date|notnull|src=date
column|day_must_zero|date|notnull|default=0000-00-00|src=date
column|day_must_some|date|notnull|default=2024-02-29|src=date
column|at|timestamp(0)|default=2024-02-29 12:00:00|src=datetime
column|at_must_zero|timestamp(0)|notnull|default=0000-00-00 00:00:00|src=datetime
column|at_must_zero3|timestamp(3)|notnull|default=0000-00-00 00:00:00.000|src=datetime(3)
column|at_must_partial|timestamp(6)|notnull|default=2010-00-00 00:00:00.000000|src=datetime(6)
column|stamp|timestamptz(0)|default=\N|src=timestamp
column|stamp_must_zero6|timestamptz(6)|notnull|default=0000-00-00 00:00:00.000000|src=timestamp(6)
primary|
key|day_must_zero
END
cast-schema "$T/in" | cut -f 2- | grep -v '^shop'
