# What makes room: nothing but what is planned goes, and nothing that hangs on it.
for section in drop truncate; do
	pg-ddl -s "$section" shop.schema
	pg-ddl -l -s "$section" shop.schema
done
