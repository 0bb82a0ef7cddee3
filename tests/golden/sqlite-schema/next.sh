# needs: sqlite3
# The next number the source would give: the greatest of the rows and of AUTOINCREMENT, never below 1.
sqlite3 "$T/next.db" <<'SQL'
CREATE TABLE a_empty (id INTEGER PRIMARY KEY);
CREATE TABLE b_rows (id INTEGER PRIMARY KEY);
INSERT INTO b_rows VALUES (7), (41), (12);
CREATE TABLE c_negative (id INTEGER PRIMARY KEY);
INSERT INTO c_negative VALUES (-5);
CREATE TABLE d_deleted (id INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO d_deleted VALUES (99);
DELETE FROM d_deleted;
CREATE TABLE e_behind (id INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO e_behind VALUES (50);
UPDATE sqlite_sequence SET seq = 3 WHERE name = 'e_behind';
CREATE TABLE f_full (id INTEGER PRIMARY KEY);
INSERT INTO f_full VALUES (9223372036854775807);
CREATE TABLE "g ""quoted""" ("i ""d""" INTEGER PRIMARY KEY);
INSERT INTO "g ""quoted""" VALUES (1);
SQL
sqlite-schema "$T/next.db" | grep -e '^table' -e '^next'
