# rows(5) from lines with | instead of TAB; a line `end REJECTED` becomes #end with the count of rows.
BEGIN { FS = "|"; OFS = "\t" }
/^end / { split($0, word, " "); print "#end", rows + 0, word[2]; rows = 0; next }
{ $1 = $1; print }
!/^#/ { rows++ }
