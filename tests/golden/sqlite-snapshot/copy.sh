# needs: sqlite3
# Copies that are kept: of both journal modes, with their bytes, and nothing beside them.
sqlite3 "$T/shop one.db" 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
sqlite3 "$T/wal.db" 'PRAGMA journal_mode = wal; PRAGMA page_size = 1024; CREATE TABLE t (a); INSERT INTO t VALUES (2)' >/dev/null
sqlite3 "$T/utf16.db" "PRAGMA encoding = 'UTF-16be'; CREATE TABLE t (a); INSERT INTO t VALUES ('é')"
: >"$T/empty.db"
without_seconds()
{
	cut -f 1-3,5
}
for name in 'shop one' wal utf16 empty; do
	sqlite-snapshot -k -q -o "$T/copy" "$T/$name.db" | without_seconds
	sqlite3 "$T/copy/$name.db" 'PRAGMA journal_mode; PRAGMA encoding'
	stat -c %a "$T/copy/$name.db"
done
sqlite-rows -t t "$T/copy/wal.db"
sqlite-rows -t t "$T/copy/utf16.db"
sqlite-schema "$(sqlite-snapshot -k -o "$T/again" "$T/shop one.db" | cut -f 5)"
cd "$T" || exit
PGTIDE_SOURCE=wal.db sqlite-snapshot -k -o rel/ | without_seconds
ls -A copy again rel
