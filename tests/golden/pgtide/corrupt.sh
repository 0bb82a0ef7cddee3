# needs: sqlite3
# Damage that nothing else would have found before the rows of that table; locked.
sqlite3 "$T/db" "PRAGMA page_size = 512; CREATE TABLE t (a TEXT);
	WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100)
	INSERT INTO t SELECT printf('%0100d', n) FROM n"
dd if=/dev/zero of="$T/db" bs=512 seek=8 count=1 conv=notrunc 2>/dev/null
pgtide -q --quick-check -d "$T/run" "$T/db" dbname=x
