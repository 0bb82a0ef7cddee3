psql -Xqf schema.sql
printf '#rows\t1\tpublic\tusers\n#fields\tid\temail\n#types\tbigint\ttext\n#end\t0\t0\n' | pg-copy postgresql://
