# needs: sqlite3
# Values that their column's type cannot hold exactly: each names the row, the value and a rule.
# case NAME TYPE VALUE
refused()
{
	rm -f "$T/r.db"
	sqlite3 "$T/r.db" "CREATE TABLE users (id INTEGER PRIMARY KEY, age $1); INSERT INTO users VALUES (17, $2)"
	status=0
	sqlite-rows -o "$T/rows" -t users "$T/r.db" || status=$?
	[ "$status" -eq 1 ] || echo "status $status for $1 $2"
	! grep -q '^#end' "$T/rows" || echo "#end for $1 $2"
}
refused INTEGER "'toto'"
refused INTEGER "''"
refused INTEGER 12.5
refused INTEGER 1e30
refused INTEGER "x'00'"
refused "'unsigned' INT" "'0x10'"
refused BOOLEAN 2
refused BOOLEAN "'yes'"
refused BOOLEAN 0.5
refused BOOLEAN "x'01'"
refused REAL "'1,5'"
refused REAL "x'31'"
refused DECIMAL "'1.213,00'"
refused DECIMAL "x'31'"
refused TEXT "x'61'"
refused TEXT "CAST(x'6161ff61' AS TEXT)"
refused TEXT "CAST(x'6161006161' AS TEXT)"
refused TEXT "'a long text of over one hundred bytes, which a message does not show as a whole, since nobody would read it' || CAST(x'c3' AS TEXT)"
refused BLOB 5
refused BLOB 0.5
refused DATE "'2024-02-30'"
refused DATE "'2023-02-29'"
refused DATE "'0000-00-00'"
refused DATE "'2024-1-1'"
refused DATE "'2024-01-01 '"
refused DATE "'2024-01-01 00:00:00'"
refused DATE 20240101
refused DATE 2460310.5
refused TIME "'24:00:00'"
refused TIME "'10:30:60'"
refused TIME "'10:30:'"
refused TIME "'10:30:00.'"
refused TIME "'10:30:00.1234567'"
refused TIME "'10:30:00Z'"
refused DATETIME "'2024-01-01'"
refused DATETIME "'2024-01-01 10:00:00Z'"
refused DATETIME "'2024-01-01 10:00:00+02:00'"
refused DATETIME "'2024-02-30 10:00:00'"
refused DATETIME "'now'"
refused DATETIME "''"
refused DATETIME 1704103200
refused DATETIME "x'00'"
refused UUID "'a0eebc999c0b4ef8bb6d6bb9bd380a11'"
refused UUID "x'a0eebc999c0b4ef8bb6d6bb9bd380a11'"
refused UUID "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g'"
refused JSON "x'7b7d'"
