# Every neutral type by the faithful rules; SQLite's own come first where the source is SQLite.
awk -f schema.awk -v source=mssql >"$T/in" <<'END'
table|shop|t
column|c_bool|bool
column|c_i8|i8
column|c_i16|i16
column|c_i32|i32
column|c_i64|i64
column|c_u8|u8
column|c_u16|u16
column|c_u32|u32
column|c_u64|u64
column|c_year|year
column|c_decimal|decimal
column|c_decimal2|decimal(10,2)
column|c_f32|f32
column|c_f64|f64
column|c_char|char(3)
column|c_char0|char(0)
column|c_varchar|varchar(255)
column|c_text|text
column|c_binary|binary(16)
column|c_varbinary|varbinary(16)
column|c_bytes|bytes
column|c_date|date
column|c_time|time(3)
column|c_timestamp|timestamp(6)
column|c_timestamp0|timestamp(0)
column|c_timestamp7|timestamp(7)
column|c_timestamptz|timestamptz(3)
column|c_interval|interval(2)
column|c_bit|bit(9)
column|c_uuid|uuid
column|c_inet|inet
column|c_json|json
column|c_xml|xml
column|c_enum|enum
label|a
column|c_set|set
column|c_geometry|geometry
column|c_texts|text[]
column|c_varchars|varchar(9)[]
END
cast-schema "$T/in"
sed 's/source=mssql/source=sqlite/' "$T/in" >"$T/sqlite"
cast-schema -x "$T/sqlite" | cut -f 3- | grep -E '^c_(decimal|char|varchar|timestamp)'
