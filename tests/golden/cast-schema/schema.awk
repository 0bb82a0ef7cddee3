# A schema(5) from lines with | instead of TAB; -v source=NAME, by default sqlite.
BEGIN { FS = "|"; OFS = "\t"; print "#schema\t1\tsource=" (source ? source : "sqlite") "\tdatabase=test" }
{ $1 = $1; print; lines++ }
END { print "#end", lines + 0 }
