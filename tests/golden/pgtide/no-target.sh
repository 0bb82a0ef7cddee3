pgtide shop.sqlite
