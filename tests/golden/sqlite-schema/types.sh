# needs: sqlite3
# Declared types: whole names first, then the rules of affinity; in a STRICT table its own six.
sqlite3 "$T/types.db" <<'SQL'
CREATE TABLE plain (
	a1 BOOLEAN, a2 bool, a3 Date, a4 DATETIME, a5 datetime(6), a6 TIMESTAMP, a7 TIME, a8 JSON, a9 jsonb,
	a10 UUID, a11 GUID, a12 UNIQUEIDENTIFIER,
	b1 INT, b2 INTEGER, b3 TINYINT(1), b4 UNSIGNED BIG INT, b5 INT8, b6 "signed long", b7 CHARINT, b8 FLOATING POINT,
	c1 CHARACTER(20), c2 VARCHAR(255), c3 "nchar(55)", c4 CLOB, c5 TEXT, c6 "BLOBTEXT",
	d1 BLOB, d2, d3 "", d4 "REAL BLOB",
	e1 REAL, e2 DOUBLE, e3 DOUBLE PRECISION, e4 FLOAT,
	f1 NUMERIC, f2 DECIMAL(10,5), f3 MONEY, f4 "BOOLEAN NOT", f5 STRING, f6 TIMESTAMP WITH TIME ZONE,
	f7 POINT, f8 ANY
);
CREATE TABLE strict (
	a INT, b INTEGER, c REAL, d TEXT, e BLOB, f ANY
) STRICT;
SQL
sqlite-schema "$T/types.db"
