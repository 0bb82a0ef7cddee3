# needs: sqlite3
# What cannot come along has a line that says so; of what is SQLite's own the statistics are listed.
sqlite3 "$T/skipped.db" <<'SQL'
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
CREATE INDEX t_v ON t (v);
INSERT INTO t (v) VALUES ('a');
ANALYZE;
CREATE VIEW "a view" AS SELECT v	FROM t;
CREATE TRIGGER t_ai AFTER INSERT ON T BEGIN
	SELECT 'two
lines';
END;
CREATE TRIGGER v_ii INSTEAD OF INSERT ON "a view" BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE docs USING fts5 (body);
SQL
sqlite-schema "$T/skipped.db"
echo '-- selected'
sqlite-schema -t t "$T/skipped.db"
