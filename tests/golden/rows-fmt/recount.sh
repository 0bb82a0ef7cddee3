# A filter that drops rows: without -c that is a cut stream.
awk -F '\t' '/^#/ || $1 != 2' users.rows | rows-fmt -c
awk -F '\t' '/^#/ || $1 != 2' users.rows | rows-fmt
