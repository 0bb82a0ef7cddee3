# Expressions, from rules to the rows in PostgreSQL: a column from several, from itself, from none, one that is dropped and
# yet read, one into two; and rows that have no value.
# needs: sqlite3
sqlite3 -bail "$T/db" <<'END'
create table people (id integer primary key, first text not null, last text, born text default 'x', score int, secret text,
	both text as (first || last), active text);
create index by_name on people (first);
insert into people values (1, 'Ada', 'Lovelace', '12/10/1815', 7, 's1', 'yes'), (2, 'Bob', null, '01/02/1903', null, 's2', 'no'),
	(3, 'Éva', 'Kiss', null, 12, 's3', null);
create table codes (code text);
insert into codes values ('DE'), ('x');
END
cat >"$T/rules" <<'END'
column people.first rename to name using lisp (if last (format nil "~a ~a" first last) first)
column people.born to date using lisp
  ; as Americans write it -- the "month" comes first
  (when born
    (let ((p (split-sequence #\/ born)))
      (format nil "~a-~a-~a" (third p) (first p) (second p))))
column people.secret drop column
column people.both using lisp (concatenate 'string last first)
column people.active to boolean using lisp (and active (string= active "yes"))
column people.score using clojure (fn [v] (when v (* 2 (parse-long v))))
add column people.tag to varchar(20) set not null using lisp (concatenate 'string "u" id "-" (string-upcase secret))
add column people.initial to text using lisp (subseq first 0 1)
add column *.loaded_from to text set default 'here' using lisp "db"
END
sqlite-schema "$T/db" >"$T/s"
cast-schema -r "$T/rules" -o "$T/t" "$T/s"
sed "s|$T|\$T|g" "$T/t"
pg-ddl -s pre "$T/t" | psql -Xq
for table in people codes; do
	sqlite-rows -t $table -s "$T/t" "$T/db" | cast-rows -s "$T/t" -S "$T/stats" | tee "$T/rows" | pg-copy "dbname=$PGDATABASE"
	cat "$T/rows"
	sed '/^seconds/d' "$T/stats"
done
psql -Xc 'SELECT * FROM public.people ORDER BY id'
psql -Xc 'SELECT * FROM public.codes'

echo '--- rejects, and what they say'
echo "add column codes.second to text using lisp (subseq code 1 2)" >"$T/more"
cast-schema -r "$T/more" "$T/s" >"$T/t"
sqlite-rows -t codes -s "$T/t" "$T/db" | cast-rows -s "$T/t" -e 1 -E "$T/rejects"
cat "$T/rejects"
sqlite-rows -t codes -s "$T/t" "$T/db" | cast-rows -s "$T/t" >/dev/null || echo "status $?"

echo '--- explained'
cast-schema -x -r "$T/rules" "$T/s" | grep people | cut -f 3-8 | sed "s|$T|\$T|g"

echo '--- a field longer than the buffer'
{
	printf '#rows\t1\tmain\tcodes\n#fields\tcode\n#types\ttext\n'
	awk 'BEGIN { for (i = 0; i < 200000; i++) printf "0123456789\\n\303\251"; print "" }'
	printf 'x\\n\n\\N\n#end\t3\t0\n'
} >"$T/long"
echo "add column codes.length to integer using lisp (length code)
column codes.code using lisp (if (> (length code) 20) (subseq code 9 11) code)" >"$T/more"
cast-schema -r "$T/more" "$T/s" >"$T/t"
cast-rows -s "$T/t" "$T/long"
