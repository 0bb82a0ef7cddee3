pgtide --frobnicate a b
