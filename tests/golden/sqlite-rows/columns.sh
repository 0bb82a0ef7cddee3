# needs: sqlite3
# Odd names, generated columns, no rows, one column.
sqlite3 "$T/columns.db" <<'SQL'
CREATE TABLE "a	table" ("select" INTEGER, "a ""b""" TEXT, "#" TEXT, 'c''d' TEXT, "é" TEXT, "	" TEXT);
INSERT INTO "a	table" VALUES (1, 'two', 'three', 'four', 'five', 'six');
CREATE TABLE made (a INTEGER, twice INTEGER AS (a * 2), text AS ('#' || a) STORED);
INSERT INTO made VALUES (1), (NULL);
CREATE TABLE no_rows (a INTEGER);
CREATE TABLE one (a TEXT);
INSERT INTO one VALUES (''), (NULL), ('#end	1	0');
SQL
sqlite-rows -t 'a\ttable' "$T/columns.db"
sqlite-rows -t made "$T/columns.db"
sqlite-rows -t no_rows -n main "$T/columns.db"
sqlite-rows -t one "$T/columns.db"
