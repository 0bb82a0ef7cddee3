# cast-schema makes skipped lines of views. One that is still there is said, and not made.
printf '#schema\t1\tsource=sqlite\ttarget=postgresql\nview\tpublic\tv\ttext=select 1\n#end\t1\n' | pg-ddl -s pre
