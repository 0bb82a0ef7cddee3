unset PGTIDE_TARGET
pg-copy <shop.rows
