# needs: sqlite3
# Rows come in the order of the rowid or the primary key, also where an index holds all the columns.
sqlite3 "$T/order.db" <<'SQL'
CREATE TABLE t (a TEXT, b TEXT);
CREATE INDEX t_ab ON t (a, b);
INSERT INTO t VALUES ('c', '1'), ('a', '2'), ('b', '3');
CREATE TABLE w (a TEXT, b INT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX w_a ON w (a);
INSERT INTO w VALUES ('a', 3), ('b', 1), ('c', 2);
ANALYZE;
SQL
sqlite-rows -t t "$T/order.db"
sqlite-rows -t w "$T/order.db"
