# A database without tables is no fault: there is nothing to make.
printf '#schema\t1\tsource=sqlite\ttarget=postgresql\n#end\t0\n' >"$T/empty.schema"
pg-ddl -s pre "$T/empty.schema"
pg-ddl -s post "$T/empty.schema"
