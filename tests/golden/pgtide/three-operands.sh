pgtide a b c
