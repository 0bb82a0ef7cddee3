printf 'This is a text, not a database, and long enough to have a header that is none of SQLite.%0200d' 1 >"$T/db"
pgtide -q -d "$T/run" "$T/db" postgresql:///x
