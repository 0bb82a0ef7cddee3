# Numbers that MySQL cuts to the range of a generated column, where PostgreSQL's type has more; and years.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|t
column|a|i8|src=tinyint(4)
column|ua|u8|src=tinyint(3) unsigned
column|b|i16|src=smallint(6)
column|i|i32|src=int(11)
column|u|u32|src=int(10) unsigned
column|mu|u32|src=mediumint(8) unsigned
column|w|u64|src=bigint(20) unsigned
column|n|decimal(2,0)|src=decimal(2,0)
column|p|decimal(10,2)|src=decimal(10,2) unsigned
column|d|date|notnull|src=date
column|s|varchar(9)|src=varchar(9)
column|tiny_sum|i8|generated=`a` + `a`|stored|src=tinyint(4)
column|tiny_same|i8|generated=`a`|stored|src=tinyint(4)
column|tiny_neg|i8|generated=-`a`|stored|src=tinyint(4)
column|tiny_rest|i8|generated=`i` % 100|stored|src=tinyint(4)
column|tiny_n|i8|generated=`n`|stored|src=tinyint(4)
column|tiny_p|i8|generated=`p`|stored|src=tinyint(4)
column|tiny_lit|i8|generated=127|stored|src=tinyint(4)
column|tiny_over|i8|generated=if(`i` > 0,1,128)|stored|src=tinyint(4)
column|tiny_truth|u8|generated=`i` > 0|stored|src=tinyint(1) unsigned
column|utiny|u8|generated=if(`i` > 0,255,`ua`)|stored|src=tinyint(3) unsigned
column|utiny_neg|u8|generated=`a`|stored|src=tinyint(3) unsigned
column|usmall|u16|generated=`ua` * `ua`|stored|src=smallint(5) unsigned
column|medium|i32|generated=`b` * `b`|stored|src=mediumint(9)
column|medium_b|i32|generated=`b` * 256|stored|src=mediumint(9)
column|medium_128|i32|generated=`b` * 128|stored|src=mediumint(9)
column|umedium|u32|generated=`mu`|stored|src=mediumint(8) unsigned
column|umedium_1|u32|generated=`mu` + 1|stored|src=mediumint(8) unsigned
column|int_neg|u32|generated=-`i`|stored|src=int(10) unsigned
column|int_abs|u32|generated=abs(`i`)|stored|src=int(10) unsigned
column|int_len|u32|generated=char_length(`s`)|stored|src=int(10) unsigned
column|int_more|u32|generated=`u` + 1|stored|src=int(10) unsigned
column|int_sum|i32|generated=`i` + `i`|stored|src=int(11)
column|big|u64|generated=`w`|stored|src=bigint(20) unsigned
column|big_u|u64|generated=`u` * 2|stored|src=bigint(20) unsigned
column|big_w|u64|generated=`w` * 1.5|stored|src=bigint(20) unsigned
column|money|decimal(10,2)|generated=`p` * 2|stored|src=decimal(10,2) unsigned
column|money_neg|decimal(10,2)|generated=`p` - 1|stored|src=decimal(10,2) unsigned
column|double_neg|f64|generated=-`i` * 1e0|stored|src=double unsigned
column|y_of|year|generated=year(`d`)|stored|src=year(4)
column|y_75|year|generated=75|stored|src=year(4)
column|y_2155|year|generated=2155|stored|src=year(4)
column|y_if|year|generated=if(`i` > 0,year(`d`),2000)|stored|src=year(4)
column|y_if75|year|generated=if(`i` > 0,year(`d`),75)|stored|src=year(4)
column|y_less|year|generated=year(`d`) - 1900|stored|src=year(4)
column|y_coalesce|year|generated=coalesce(nullif(year(`d`),2000),`i`)|stored|src=year(4)
column|y_default|year|defexpr=(70 + 5)|src=year(4)
column|y_default75|year|defexpr=(75)|src=year(4)
column|y_default2000|year|defexpr=(2000)|src=year(4)
END
cast-schema "$T/in" | sed -n 's/^column.\(.*\)/\1/p;/^skipped/p' | grep 'generated\|defexpr\|default' | cut -f 1-5
