# A default stays only if it is certainly the same value in the target's type.
awk -f schema.awk >"$T/in" <<'END'
table|main|t
column|b|bool|default=t
column|i|i64|default=-5
column|i_bool|i64|default=1
column|i_bool2|i64|default=2
column|i_trans|i64|default=2
column|i_text|i64|default=7
column|b_int|bool|default=t
column|n|decimal|default=1.50
column|n_scale|decimal|default=0.995
column|n_small|i64|default=40000
column|f|f64|default=0.1
column|f_text|f64|default=1
column|f_real|f64|default=16777217
column|s|text|default=
column|s_hash|text|default=\#1
column|s_null|text|notnull|default=\N
column|s_tab|text|default=a\tb\\
column|s_trim|text|default=x  |notnull
column|s_empty|text|default=
column|s_int|text|default=abc
column|s_vc|text|default=abcd
column|x|bytes|default=\\x00ff
column|x_text|bytes|default=\\x00ff
column|d|date|default=2024-02-29
column|d0|date|default=2023-02-29
column|ts|timestamp(6)|default=2024-01-01 00:00:00
column|ts24|timestamp(6)|default=2024-01-01 24:00:00
column|tz|timestamp(6)|default=2024-01-01 00:00:00
column|j|json|default={"a":1}
column|u|uuid|default=6f9619ff-8b86-d011-b42d-00cf4fc964ff
column|u_bad|uuid|default=x
column|dropped|text|default=x
column|now|timestamp(6)|defexpr=CURRENT_TIMESTAMP
column|now_tz|timestamp(6)|defexpr=current_timestamp
column|now_text|text|defexpr=( datetime('now') )
column|now_date|date|defexpr=CURRENT_DATE
column|now_date2|date|defexpr=CURRENT_TIMESTAMP
column|now_dt|text|defexpr=date('now')
column|now_time|time(6)|defexpr=CURRENT_TIME
column|now_tt|text|defexpr=CURRENT_TIME
column|now_i|i64|defexpr=CURRENT_TIMESTAMP
column|expr|text|defexpr=lower("s")
column|id|i64|identity=bydefault|default=1
END
cat >"$T/r.cast" <<'END'
column t.i_bool to boolean
column t.i_bool2 to boolean
column t.i_trans to boolean using tinyint-to-boolean
column t.i_text to text
column t.b_int to integer
column t.n_scale to numeric(10,2)
column t.n_small to smallint
column t.f_text to text
column t.f_real to real
column t.s_trim using right-trim
column t.s_empty using empty-string-to-null
column t.s_int to integer
column t.s_vc to varchar(3)
column t.x_text to text
column t.tz to timestamptz
column t.now_tz to timestamptz
column t.dropped drop default
END
cast-schema -r "$T/r.cast" "$T/in"
