# Expressions that are none, or longer or deeper than anybody writes: each is skipped, and says where it stops.
nest()
{
	awk -v left="$1" -v right="$2" -v n="$3" 'BEGIN { for (i = 0; i < n; i++) s = s left
		s = s "i"; for (i = 0; i < n; i++) s = s right; print s }'
}

{
	echo 'table|main|t'
	echo 'column|i|i64|src=INTEGER'
	echo 'column|s|text|src=TEXT'
	while IFS= read -r expr; do
		echo "check||$expr"
	done <<'END'

 
-- nothing
i >
i > 1)
(i > 1
i > 'open
i > [open
i > "open
i = 1 /* open
i = 1, s = 'a'
i = 1; SELECT 1
i = ?1
i = $a
i 1
CASE END
CASE WHEN i
CAST(i)
CAST(i AS TEXT
i BETWEEN 1 OR 2
i NOT 1
i IS DISTINCT 1
i IN 1
abs(i
abs()
t.
main.t.i
CASE WHEN i THEN 1
i COLLATE 1
x'1' = s
1e400 > i
9223372036854775808 > i
END
	echo "check||$(nest '(' ')' 100) = 1"
	echo "check||$(nest '(' ')' 1000) = 1"
	echo "check||$(nest 'NOT ' '' 1000) = 1"
	echo "check||$(nest 'abs(' ')' 1000) = 1"
	echo "check||$(nest 'CASE WHEN ' ' THEN 1 END' 1000) = 1"
	echo "check||$(nest 'i + ' '' 200) = 1"
	echo "check||i IN ($(nest '1, ' '' 1000))"
	echo "check||i IN ($(nest '1, ' '' 3000))"
} | awk -f schema.awk | cast-schema | cut -c 1-150 | sed 's/	text=/	/'
