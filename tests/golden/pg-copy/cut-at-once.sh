# An input that is empty, cut or no rows at all never touches the server, which is not there.
pg-copy "postgresql:///x?host=$T&port=5432" </dev/null || echo "status $?"
printf '#rows\t1\tpublic\tt\n#fields\ta\n' | pg-copy "postgresql:///x?host=$T&port=5432" || echo "status $?"
echo id,email | pg-copy "postgresql:///x?host=$T&port=5432" || echo "status $?"
pg-copy "postgresql:///x?host=$T&port=5432" <. || echo "status $?"
