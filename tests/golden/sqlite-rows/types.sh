# needs: sqlite3
# The stored class decides how a value is written, the column's type whether it may stand there.
sqlite3 "$T/types.db" <<'SQL'
CREATE TABLE t (
	id INTEGER PRIMARY KEY, b BOOLEAN, d DECIMAL(10,2), r REAL, s TEXT, x BLOB,
	day DATE, tm TIME, ts DATETIME, u UUID, j JSON, any
);
INSERT INTO t VALUES (1, 1, 12.5, 0.1, 'plain', x'00ff10', '2024-02-29', '10:30', '2024-02-29 10:30', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{"a": [1, 2]}', 1);
INSERT INTO t VALUES (2, 0, 9223372036854775807, 1e300, '', x'', '0001-01-01', '23:59:59', '9999-12-31T23:59:59.999999', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '', 'x');
INSERT INTO t VALUES (-9223372036854775808, 'true', 1e999, 9e999, '#a' || char(9, 10, 13, 8, 11, 12) || 'b\', 'text as bytes', '1900-02-28', '00:00:00.000001', '2000-02-29 00:00:00.1', NULL, 5, 1.5);
INSERT INTO t VALUES (9223372036854775807, 'F', -1e999, -9e999, 'é€😀' || char(65533), CAST('é' AS BLOB), NULL, '12:00:00.5', NULL, NULL, 1.5, NULL);
INSERT INTO t VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO t VALUES (4, 'T', '123456789012345678901234567890.123456789', 5e-324, '\N', NULL, NULL, NULL, NULL, NULL, '\N', -0.0);
INSERT INTO t VALUES (5, 'FALSE', -0.5, 100, 7, x'5c4e', NULL, NULL, NULL, NULL, NULL, 9007199254740993);
INSERT INTO t VALUES (6, 1.0, 1e22, -123456789.125, 1.5, NULL, NULL, NULL, NULL, NULL, NULL, 1e22);
SQL
sqlite-rows -t t "$T/types.db" | tee "$T/rows"
rows-fmt "$T/rows" | cmp - "$T/rows"
