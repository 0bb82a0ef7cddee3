pgtide
