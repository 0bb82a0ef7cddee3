# needs: sqlite3
# Rules for numbers that count time, from the file to PostgreSQL; text of any class by rule too.
sqlite3 "$T/db" <<'SQL'
CREATE TABLE t (id INTEGER PRIMARY KEY, s INTEGER DEFAULT 0, ms TIMESTAMP DEFAULT 1000, at DATETIME, jd REAL, any INTEGER, flag BOOLEAN, d NUMERIC);
INSERT INTO t VALUES (1, 1700000000, 1700000000123, 1700000000.25, julianday('2024-02-29 12:34:56.789'), 'toto', 'yes', 0.5),
	(2, -1, -1, 0, 2440587.5, '', 2, 'x'), (3, '1e3', 0, '1.5', 2440588, 12.5, NULL, 1e300 * 1e300), (4, NULL, NULL, NULL, NULL, NULL, 1, NULL);
SQL
cat >"$T/rules" <<'RULES'
column t.s to timestamp using epoch-to-timestamp
column t.ms to timestamptz using epoch-ms-to-timestamp
column t.at to timestamp using epoch-to-timestamp
column t.jd to timestamp using julian-to-timestamp
column t.any to text
column t.flag to text
column t.d to text
RULES
sqlite-schema "$T/db" | cast-schema -r "$T/rules" | sed "s|$T/||" >"$T/target"
cat "$T/target"
sqlite-rows -s "$T/target" -t t "$T/db" | cast-rows -s "$T/target" | tee "$T/rows" | sed 1,3d
pg-ddl -s pre "$T/target" | psql -Xq
pg-copy -t t "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER" <"$T/rows"
psql -XAtqc "set timezone = 'UTC'" -c 'table t'
psql -XAtqc "set timezone = 'UTC'" -c 'insert into t default values returning s, ms'
