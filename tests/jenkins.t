#!/bin/sh
# The shell part of the Jenkinsfile, as it stands, as an agent may run it: by somebody without rights or a home, in a directory that
# cannot be written, with hardly an environment.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
command -v python3 >/dev/null || skip_all 'no python3'
pg_need tcp
pg_fresh nightly

file=$TOP/scripts/jenkins/Jenkinsfile
python3 - "$file" >"$T/shell" <<-'END'
	import re, sys
	found = re.findall(r"sh '''\n(.*?)'''", open(sys.argv[1]).read(), re.S)
	assert len(found) == 1 and "\\" not in found[0] # what Groovy would read otherwise
	print(found[0])
END
ok 'it has a shell part' grep -q pgtide "$T/shell"
is "$(awk '{ gsub(/[^{}()]/, ""); text = text $0 } END { while (gsub(/\{\}|\(\)/, "", text)); print text }' "$file")" '' 'its brackets are in pairs'
for word in 'cron(' credentials\( 'timeout(' 'junit ' 'archiveArtifacts ' 'post {'; do
	ok "it has $word" grep -qF "$word" "$file"
done

# The build's programs, where anybody may run them.
mkdir "$T/bin" "$T/tmp" "$T/workspace" "$T/readonly"
cp "$PGTIDE_BIN"/* "$T/bin/"
sqlite3 -bail "$T/sample.db" <"$TOP/scripts/sample.sql"
chmod 755 "$T" "$T/bin"
chmod 644 "$T/sample.db" "$T/shell"
somebody=
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	somebody="setpriv --reuid=65534 --regid=65534 --clear-groups"
	chown 65534:65534 "$T/tmp" "$T/workspace"
fi
chmod 555 "$T/readonly"

# build SOURCE: as Jenkins does it, sh -xe in a file of its own
build()
(
	cd "$T/readonly"
	# shellcheck disable=SC2086	# a list of words
	exec $somebody env -i PATH="$T/bin:/usr/local/bin:/usr/bin:/bin" TMPDIR="$T/tmp" WORKSPACE="$T/workspace" TZ=Pacific/Chatham \
		LC_ALL=tlh_KX.ISO-8859-15 PGTIDE_SOURCE="$1" PGTIDE_TARGET="postgresql://app:secret@127.0.0.1:$PGPORT/nightly" \
		sh -xe "$T/shell"
)

exits 0 'it moves the sample' build "$T/sample.db"
cp "$T/.output" "$T/console"
like "$(cat "$T/console")" '^verdict: ok' 'the console has the report'
exits 0 'and again the next night' build "$T/sample.db"
is "$(psql -XAtqc 'select count(*) from rentals')" "$(sqlite3 "$T/sample.db" 'select count(*) from rentals')" 'the rows are there'
is "$(python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["version"], r["status"], r["ok"])' "$T/workspace/report.json")" '1 0 True' 'report.json says so'
ok 'and how long keys took' python3 -c 'import json, sys; sys.exit(not sum(t["index_seconds"] for t in json.load(open(sys.argv[1]))["tables"]) > 0)' \
	"$T/workspace/report.json"
ok 'report.xml is XML' python3 -c 'import sys, xml.etree.ElementTree as e; sys.exit(e.parse(sys.argv[1]).getroot().get("failures") != "0")' "$T/workspace/report.xml"
is "$(ls -A "$T/readonly")" '' 'nothing was written where nothing may be'
is "$(grep -rl ':secret@' "$T/tmp" "$T/workspace" "$T/console" | grep -c . || :)" 0 'the password is nowhere'

build "$T/none.db" >"$T/console" 2>&1 && status=0 || status=$?
ok 'a build that fails does fail' test "$status" -ne 0
ok 'report.xml has why' grep -q '<failure .*none.db' "$T/workspace/report.xml"

done_testing
