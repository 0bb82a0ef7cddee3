pg-rows -t t "postgresql://me@/x?host=$T&port=5432"
