# needs: sqlite3 python3
# Texts of every length around a machine word, each with a special byte in every place.
sqlite3 "$T/lengths.db" <<'SQL'
CREATE TABLE t (special TEXT, n INTEGER, place INTEGER, v TEXT, x BLOB);
WITH RECURSIVE
	n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 20),
	place (place) AS (SELECT 0 UNION ALL SELECT place + 1 FROM place WHERE place < 20),
	special (c) AS (VALUES ('\'), ('#'), ('é'), (char(9)), (char(31)), (char(127)), (' '), (''))
INSERT INTO t SELECT quote(c), n, place, substr('abcdefghijklmnopqrstuvwxyz', 1, place) || c || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1, n - place), NULL
FROM special, n, place WHERE place <= n;
UPDATE t SET x = CAST(v AS BLOB);
SQL
sqlite-rows -t t -o "$T/rows" "$T/lengths.db"
rows-fmt "$T/rows" | cmp - "$T/rows"
# Unescaped they are the bytes.
python3 - "$T/rows" <<'PY'
import re, sys
plain = {b'\\': b'\\', b't': b'\t', b'n': b'\n', b'r': b'\r', b'b': b'\b', b'f': b'\f', b'v': b'\v', b'#': b'#'}
rows = 0
for line in open(sys.argv[1], 'rb').read().split(b'\n')[3:-2]:
    v, x = line.split(b'\t')[3:]
    rows += 1
    v = re.sub(rb'\\(.)', lambda m: plain[m[1]], v)
    if v.hex().encode() != x[3:]:
        print('differs:', line)
print(rows)
PY
