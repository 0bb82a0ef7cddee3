# A schema that has not been cast yet has no PostgreSQL types.
printf '#schema\t1\tsource=sqlite\n#end\t0\n' | pg-ddl -s pre
