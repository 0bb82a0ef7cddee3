# needs: sqlite3
# What sqlite-schema writes is what schema-fmt makes of it, for a schema with a bit of everything.
sqlite3 "$T/all.db" <<'SQL'
CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT UNIQUE, y TEXT DEFAULT '#', CHECK (x <> y), CHECK (id > 0));
CREATE TABLE a (id INT PRIMARY KEY, b1 REFERENCES b, b2 REFERENCES b (x), b3 REFERENCES gone);
CREATE TABLE A2 (z, "	", "
");
CREATE INDEX z ON a (b2 DESC);
CREATE INDEX "#" ON a (b1 || b2, id) WHERE b2;
CREATE UNIQUE INDEX u ON a (b1);
CREATE VIEW v AS SELECT 1;
CREATE TRIGGER tr AFTER INSERT ON a BEGIN SELECT 1; END;
INSERT INTO b (x) VALUES ('x');
SQL
sqlite-schema -o "$T/1" "$T/all.db"
schema-fmt -o "$T/2" "$T/1"
sqlite-schema -o "$T/3" "$T/all.db"
cmp "$T/1" "$T/2"
cmp "$T/1" "$T/3"
grep -c . "$T/1"
