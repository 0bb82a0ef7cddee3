# needs: mysql-schema
# Of a source's password nothing gets into the run directory, not even when the URI is wrong.
for source in mysql://app:abc:def@127.0.0.1:1/db 'mysql://app:p/w?x@127.0.0.1:1/db' \
	'mysql://app@127.0.0.1:1/db?password=abc&connect_timeout=1' mysql://app:a%40c@127.0.0.1:1/db; do
	rm -rf "$T/run"
	pgtide plan -d "$T/run" "$source" postgresql:///x 2>"$T/err" && echo 'it was planned'
	cat "$T/run/job/source"
	grep -rnE 'abc|def|p/w|a%40c|a@c' "$T/run" "$T/err" || :
done
