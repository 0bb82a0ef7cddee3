# A directory is no database either.
mkdir "$T/db"
pgtide -q -d "$T/run" "$T/db" postgresql:///x
