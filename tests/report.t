#!/bin/sh
# The reports of a run: figures that are right, JSON and XML that others can read whatever is in them, commands that do again
# what failed, and no time lost with thousands of tables.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
command -v python3 >/dev/null || skip_all 'no python3'

valid()
{
	if command -v xmllint >/dev/null; then
		ok "$2: valid by the schema of Jenkins' plugin" xmllint --noout --schema "$TOP/tests/lib/junit.xsd" "$1"
	else
		skip "$2: valid by the schema of Jenkins' plugin" 'no xmllint'
	fi
}

# --- whatever is in it ------------------------------------------------------------------------------

cat >"$T/hostile.py" <<-'END'
	import json, re, sys, xml.etree.ElementTree as et
	run = sys.argv[1]
	# Every byte but NUL, as schema(5) escapes it, and what is special to XML, JSON, or a shell.
	def escape(b):
	    for c, e in ((b"\\", b"\\\\"), (b"\t", b"\\t"), (b"\n", b"\\n"), (b"\r", b"\\r"), (b"\b", b"\\b"), (b"\f", b"\\f"), (b"\v", b"\\v")):
	        b = b.replace(c, e)
	    return b
	ugly = [bytes(range(1, 256)), "é€😀\ufffe\uffff\u0085\u2028".encode(), b"\xed\xa0\x80 \xc0\xaf \xf5\x80\x80\x80 \xe2\x82", b"]]> & <b> \"q\" 'a'", b"$(false) `false` \\x \\",
	        b"#hash", b"\x7f", b" ", b""]
	# Control characters stay what they are in JSON; what is no UTF-8 becomes visible.
	def as_json(b):
	    return b.decode("utf-8", "backslashreplace")
	def as_xml(b):
	    return re.sub("[\x01-\x08\x0b-\x1f\x7f\ufffe\uffff]", lambda m: "".join("\\x%02x" % c for c in m[0].encode()), as_json(b))
	if sys.argv[2] == "write":
	    out = open(run + "/facts", "wb")
	    out.write(b"run\tr\nkind\tsqlite\ndirectory\t/tmp/it's\nstatus\t1\n")
	    for b in ugly:
	        e = escape(b)
	        out.write(b"source\t" + e + b"\ntable\ts\t" + e + b"\tm\t" + e + b"\t5\t4\t1\t7\t0.5\t0.25\t0.125\n")
	        out.write(b"rejected\ts\t" + e + b"\tmisfit\t" + e + b"\t" + e + b"\t1\trejects/0001.rows\n")
	        out.write(b"altered\ts\t" + e + b"\t" + e + b"\t" + e + b"\t3\nskipped\tview\t" + e + b"\t\t\t" + e + b"\n")
	        out.write(b"check\trows\ts." + e + b"\tnot ok\t" + e + b"\t0001\t" + e + b"\n")
	    out.write(b"phase\tp\t951782400\t951782401.5\nphase\tq\t4102444799.25\t4102444800.5\n")
	    sys.exit()
	j = json.load(open(run + "/json", encoding="utf-8"))
	for i, b in enumerate(ugly):
	    want = as_json(b)
	    assert j["tables"][i]["table"] == want, (j["tables"][i]["table"], want)
	    assert j["tables"][i]["from_table"] == want and j["altered"][i]["column"] == want and j["skipped"][i]["reason"] == want
	    assert j["checks"][i]["object"] == "s." + want and j["checks"][i]["said"] == want and j["rejected"][i]["constraint"] == want
	assert j["checks"][0]["again"] == "make -C '/tmp/it'\\''s' -f plan.mk done/0001", j["checks"][0]["again"]
	assert j["started"] == "2000-02-29T00:00:00Z" and j["ended"] == "2100-01-01T00:00:00Z" and j["seconds"] == 2.75
	n = len(ugly)
	assert j["totals"] == {"tables": n, "read": 5 * n, "loaded": 4 * n, "rejected": n, "altered": 3 * n, "bytes": 7 * n, "checks": n, "failed": n}, j["totals"]
	x = et.parse(run + "/xml").getroot()
	cases = x.findall("testsuite[@name='rows']/testcase")
	assert len(cases) == n and len(x.findall("testsuite[@name='left out']/testcase/skipped")) == n
	for b, case in zip(ugly, cases):
	    assert case.get("name") == "s." + as_xml(b), (case.get("name"), as_xml(b))
	    assert case.get("time") == "0.250"
	    said = as_xml(b)
	    assert case.find("failure").get("message") == said.split("\n")[0], case.find("failure").get("message")
	    assert case.find("failure").text == (said + "\n" + said + "\n" if b else "") + "again: make -C '/tmp/it'\\''s' -f plan.mk done/0001", case.find("failure").text
	text = open(run + "/text", "rb").read()
	assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", text), "control characters"
	text.decode()
END
mkdir -p "$T/hostile/job"
echo r >"$T/hostile/job/name"
python3 "$T/hostile.py" "$T/hostile" write
for format in json text; do
	ok "hostile names, $format" sh -c "pgtide-report -f $format '$T/hostile' >'$T/hostile/$format'"
done
ok 'hostile names, junit' sh -c "pgtide-report -f junit '$T/hostile' >'$T/hostile/xml'"
ok 'all of it is read as it was meant' python3 "$T/hostile.py" "$T/hostile" read
valid "$T/hostile/xml" 'hostile names'

# --- thousands of tables ----------------------------------------------------------------------------

mkdir -p "$T/many/job" "$T/many/done" "$T/many/stats" "$T/many/checks" "$T/many/log" "$T/many/rejects"
echo r >"$T/many/job/name"
awk -v run="$T/many" 'BEGIN {
	for (i = 1; i <= 2000; i++) {
		step = sprintf("%04d", i)
		printf "public\nt%d\nmain\nt%d\n", i, i >(run "/tables")
		printf "%s\t1\t%s\t0\t%d\n", step, step, i >(run "/steps")
		printf "stage\tsqlite-rows\ntable\tmain\tt%d\t%d\t%d\t0\nseconds\t0.010\n", i, i, 10 * i >(run "/stats/" step ".1-rows")
		printf "stage\tcast-rows\ntable\tpublic\tt%d\t%d\t%d\t0\nseconds\t0.010\n", i, i, 10 * i >(run "/stats/" step ".2-cast")
		printf "stage\tpg-copy\ntable\tpublic\tt%d\t%d\t%d\t0\nseconds\t0.020\n", i, i, 10 * i >(run "/stats/" step ".3-copy")
		printf "" >(run "/done/" sprintf("%04d", i))
		printf "rows\tpublic.t%d\tok\t%d rows\n", i, i >(run "/checks/" i)
		for (c = 1; c <= 10; c++)
			printf "column\tpublic.t%d c%d\tok\t\n", i, c >(run "/checks/objects")
		for (c = 1; c <= 3; c++)
			close(run "/stats/" step "." (c == 1 ? "1-rows" : c == 2 ? "2-cast" : "3-copy"))
		close(run "/done/" sprintf("%04d", i))
		close(run "/checks/" i)
	}
	print "" >(run "/done/pre")
}'
exits 0 '2,000 tables: a verdict' python3 -c '
import resource, subprocess, sys
status = subprocess.call(["pgtide-verdict", sys.argv[1]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
open(sys.argv[2], "w").write("%d\n" % (used.ru_utime + used.ru_stime))
sys.exit(status)' "$T/many" "$T/cpu"
diag "2,000 tables of 10 columns: verdict and three reports in $(cat "$T/cpu") s of processor time"
# Those that run a program for each file take longer than that for their programs alone.
ok '2,000 tables: in less than 8 s of processor time' test "$(cat "$T/cpu")" -lt 8
like "$(cat "$T/many/report.txt")" '^all  *2001000  *2001000  *0  *20[.]0  *20[.]00  *40[.]00 ' '2,000 tables: the sums are right'
rm -rf "$T/many" # no run of pgtide

# --- a run all of whose names have backslashes, tabs and newlines ------------------------------------

if [ -n "${PGTIDE_TEST_PGHOST-}" ] || pg_find; then
	# shellcheck disable=SC2119	# without tcp
	pg_need
	pg_fresh report
	odd=$(printf 'a\\nb\\\\c\td"\ne')
	mkdir "$T/$odd"
	sqlite3 -bail "$T/$odd/s\\b" 'create table "t\t" (id integer primary key, "c\\n" text); insert into "t\t" values (1, 1)'
	exits 0 'a run directory with a backslash, a tab and a newline' pgtide -q -n 'o\nx' -d "$T/$odd/r\\t" "$T/$odd/s\\b" "$(pg_uri)"
	exits 1 'one whose preflight finds something' pgtide -q -n 'o\nx' -d "$T/$odd/again" "$T/$odd/s\\b" "$(pg_uri)"
	like "$(cat "$T/.output")" '^pgtide: target: table o\\nx\.t\\t is there already$' 'says names as they are'
	ok 'the reports have them as they are' python3 -c '
import json, sys
run, source = sys.argv[1:]
j = json.load(open(run + "/r\\t/report.json"))
assert j["directory"] == run + "/r\\t" and j["source"] == source, j
assert [(t["schema"], t["table"]) for t in j["tables"]] == [("o\\nx", "t\\t")], j["tables"]
assert {c["object"] for c in j["checks"] if c["check"] == "column"} == {"o\\nx.t\\t id", "o\\nx.t\\t c\\\\n"}, j["checks"]
j = json.load(open(run + "/again/report.json"))
assert [(c["check"], c["object"]) for c in j["checks"] if not c["ok"]] == [("collision", "o\\nx.t\\t")], j["checks"]
' "$T/$odd" "$T/$odd/s\\b"
	valid "$T/$odd/again/report.xml" 'they'
	like "$(cat "$T/$odd/again/report.txt")" 'not ok: collision o\\\\nx\.t\\\\t: is in the target already' 'the text has names as schema(5) writes them'
else
	skip 'a run' 'no PostgreSQL server installed'
fi

done_testing
