# The schema(5) of a target from lines with | instead of TAB.
BEGIN { FS = "|"; OFS = "\t"; print "#schema\t1\tsource=sqlite\ttarget=postgresql" }
{ $1 = $1; print; lines++ }
END { print "#end", lines + 0 }
