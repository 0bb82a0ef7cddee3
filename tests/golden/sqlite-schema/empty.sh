# needs: sqlite3
# A database without tables is no error, but it is said.
: >"$T/zero.db"
sqlite-schema "$T/zero.db"
sqlite3 "$T/none.db" 'CREATE TABLE t (a); DROP TABLE t'
sqlite-schema "$T/none.db"
