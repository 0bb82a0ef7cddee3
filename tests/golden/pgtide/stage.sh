# pgtide runs its stages as git runs its plumbing.
printf '#schema\t1\tsource=x\n# comment\n#end\t0\n' | pgtide schema-fmt
