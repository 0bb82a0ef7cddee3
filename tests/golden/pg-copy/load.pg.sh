# What goes in comes out, byte for byte, but for the count of rejects.
psql -Xqf schema.sql
pg-copy postgresql:// <shop.rows
for t in users 'Order Items' flags notes; do
	pg-rows -t "$t" postgresql://
done >"$T/back"
sed 's/^#end	2	3$/#end	2	0/' shop.rows | diff - "$T/back"
