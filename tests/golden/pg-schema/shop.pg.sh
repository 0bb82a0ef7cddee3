# All that schema(5) has lines for, and all that it has none for. Servers differ in how they print a view.
psql -Xq -v ON_ERROR_STOP=1 -f shop.sql
pg-schema postgresql:/// >"$T/shop.schema"
sed -e 's/^# server .*/# server N/' -e '/^skipped	view/s/text=.*/text=…/' "$T/shop.schema"
sed '/^# /d' "$T/shop.schema" >"$T/plain.schema"
schema-fmt "$T/shop.schema" | cmp - "$T/plain.schema"
