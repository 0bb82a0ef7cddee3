PGTIDE_TARGET='host=127.0.0.1 port=1 user=me dbname=x password=topsecret' pg-copy <shop.rows
