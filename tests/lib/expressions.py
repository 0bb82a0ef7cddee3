"""Runs the lines of expressions.tsv: what cast-schema makes of an expression of SQLite, and that both
databases give the same for it. Prints TAP. The programs come from PATH, PostgreSQL from the environment.

    python3 expressions.py TSV DIRECTORY [bless]

A line is COLUMNS, USE, EXPRESSION and RESULT with tabs between. COLUMNS is what stands in CREATE TABLE's
parentheses, behind `STRICT: ` for such a table. USE is key, check, where, or, of the last column,
generated or default. RESULT is the expression in PostgreSQL, or `skipped: ` and the reason.
"""

import itertools
import json
import random
import re
import sqlite3
import subprocess
import sys

INT = [None, 0, 1, -1, 2, 5, -7, 31, 100, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)]
REAL = [None, 0.0, 0.5, -1.5, 0.1, 0.2, 1.0, 3.0, 1e300, -1e300, 1e-300, 9007199254740992.0,
        float("inf"), float("-inf")]
DECIMAL = [None, 0, 1, -1, 0.1, 0.01, 12.34, -2.5, 99.99, 100, 1e20, -1e20, 2**53 + 1, 0.1 + 0.2]
TEXT = [None, "", "a", "A", "abc", "ABC", "aBc", " ab ", "ä", "Ä", "é€", "10", "1x3", "123", "a%b", "a_b", "x\\y",
        "line\nbreak", "日本", "z", "aB1@x.de", "b.c", "it's", "_", "%", "😀a"]
BOOL = [None, 0, 1]
DATE = [None, "2020-01-01", "1999-12-31", "2020-02-29", "0001-01-01", "9999-12-31", "2029-12-31"]
BYTES = [None, b"", b"\0\xff", b"\0", b"abc"]
VALUES = {"i": INT, "j": [None, 0, 1, -1, 3, -100], "d": REAL, "e": REAL, "n": DECIMAL, "s": TEXT, "u": TEXT,
          "b": BOOL, "c": BOOL, "t": DATE, "tt": DATE, "h": BYTES, "v": [None, 1, 1.5, "a"],
          "w": [None, b"a", "ab"], "ts": DATE, "uu": [None], "jj": [None]}
ROWS = 150

TRY = """
create function pg_temp.try(q text) returns text language plpgsql as $$
declare r jsonb;
begin
	execute q into r;
	return r;
exception when numeric_value_out_of_range then
	return '"out of range"';
end $$;
"""


def names(columns):
    return [part.split()[0] for part in re.sub(r"\([^)]*\)", "", columns.removeprefix("STRICT: ")).split(",")]


def escaped(text):
    """As schema(5) has it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def create(name, columns, number=False):
    strict = columns.startswith("STRICT: ")
    return "CREATE TABLE %s(%s%s)%s" % (name, "_n INTEGER, " if number else "",
                                        columns.removeprefix("STRICT: "), " STRICT" if strict else "")


def run(arguments, data=b""):
    done = subprocess.run(arguments, input=data, capture_output=True, check=False)
    if done.returncode:
        sys.exit("%s: %s" % (arguments[0], done.stderr.decode()))
    return done.stdout


def psql(script):
    return run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"], script.encode()).decode()


# --- what cast-schema says


def add_use(source, lines):
    """schema(5) of the tables with the expressions in it, which SQLite itself might not take."""
    out, table = [], None
    for text in source.splitlines():
        word = text.split("\t")
        if word[0] == "table":
            table = lines[int(word[2][1:])]
        if table and word[0] == "column" and word[1] == names(table[0])[-1]:
            if table[1] == "default":
                text = "\t".join(word[:3] + ["defexpr=" + escaped(table[2])] + word[3:])
            elif table[1] == "generated":
                text = "\t".join(word[:3] + ["generated=" + escaped(table[2]), "stored"] + word[3:])
        if word[0] == "#end":
            break
        out.append(text)
        if table and word[0] == "column" and word[1] == names(table[0])[-1]:
            if table[1] == "key":
                out += ["index\tx", "keyexpr\t" + escaped(table[2])]
            elif table[1] == "where":
                out += ["index\tx\twhere=" + escaped(table[2]), "key\t" + word[1]]
            elif table[1] == "check":
                out.append("check\tx\t" + escaped(table[2]))
    return "\n".join(out + ["#end\t%d" % (len(out) - 1)]) + "\n"


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n"}.get(m[1], m[1]), text)


def translations(schema, count):
    """Each table's result and the type of its last column."""
    result, types, table = [None] * count, [None] * count, None
    for text in schema.splitlines():
        word = text.split("\t")
        attrs = dict(a.split("=", 1) for a in word[1:] if "=" in a)
        if word[0] == "table":
            table = int(word[2][1:])
        elif word[0] == "column":
            types[table] = word[2]
            found = attrs.get("generated", attrs.get("defexpr"))
            result[table] = unescaped(found) if found is not None else result[table]
        elif word[0] == "keyexpr":
            result[table] = unescaped(word[1])
        elif word[0] == "index" and "where" in attrs:
            result[table] = unescaped(attrs["where"])
        elif word[0] == "check":
            result[table] = unescaped(word[2])
        elif word[0] == "skipped" and word[1] != "collation":
            result[table] = "skipped: " + unescaped(attrs["reason"])
    return result, types


def cast(lines, directory):
    path = directory + "/source.sqlite"
    db = sqlite3.connect(path)
    for i, line in enumerate(lines):
        db.execute(create("t%d" % i, line[0]))
    db.commit()
    db.close()
    source = add_use(run(["sqlite-schema", path]).decode(), lines)
    return run(["cast-schema"], source.encode()).decode()


# --- what the databases say


def rows(columns):
    pools = [VALUES[n] for n in names(columns) if n != "x"]
    every = list(itertools.product(*pools))
    return every if len(every) <= ROWS else random.Random(1).sample(every, ROWS)


def load(lines, directory):
    """A table for each list of columns, with rows, in both databases."""
    path = directory + "/rows.sqlite"
    db, tables = sqlite3.connect(path), {}
    for columns, use, _, _ in lines:
        if use == "default" or columns in tables or re.search(r"\b(ts|v|w|uu)\b", columns):
            continue
        tables[columns] = "r%d" % len(tables)
        db.execute(create(tables[columns], columns, number=True))
        used = [n for n in names(columns) if n != "x"]
        db.executemany("INSERT INTO %s(_n, %s) VALUES (?%s)" % (tables[columns], ", ".join(used), ", ?" * len(used)),
                       [(n, *row) for n, row in enumerate(rows(columns))])
    db.commit()
    target = directory + "/rows.target"
    with open(target, "wb") as out:
        out.write(run(["cast-schema"], run(["sqlite-schema", path])))
    psql(run(["pg-ddl", "-s", "pre", target]).decode())
    for table in tables.values():
        data = run(["sqlite-rows", "-s", target, "-t", table, path])
        run(["pg-copy"], run(["cast-rows", "-s", target], data))
    return db, tables


def question(expression, table=None):
    """A query for the value as jsonb, for each row of a table; those that are out of range are OUT."""
    if not table:
        return "select pg_temp.try($q$select to_jsonb(%s)$q$);\n" % expression
    return "select pg_temp.try($q$select to_jsonb(%s) from public.%s where _n = $q$ || _n) from public.%s order by _n;\n" % (
        expression, table, table)


def answers(text):
    return [json.loads(a) if a else None for a in text.splitlines()]


def ask_postgresql(questions):
    """The answers to each question, in one session."""
    mark = "select 'next question';\n"
    told = psql(TRY + "".join(q + mark for q in questions))
    return [answers(part) for part in told.split("next question\n")[:-1]]


OUT = "out of range"


def ask_sqlite(db, query, table, count):
    """The value of each row; OUT where there is none."""
    try:
        return [row[0] for row in db.execute("%s FROM %s AS t ORDER BY _n" % (query, table))]
    except sqlite3.DatabaseError as e:
        if "overflow" not in str(e):
            raise
    out = []
    for n in range(count):
        try:
            out.append(db.execute("%s FROM %s AS t WHERE _n = %d" % (query, table, n)).fetchone()[0])
        except sqlite3.DatabaseError:
            out.append(OUT)
    return out


def same(ours, theirs, text):
    """SQLite's value and PostgreSQL's; where SQLite goes on with a double, PostgreSQL may say no."""
    if theirs == OUT:
        return bool(re.search(r"[-+*/]|abs", text))
    if isinstance(ours, bytes):
        return theirs == "\\x" + ours.hex()
    if isinstance(ours, float) and isinstance(theirs, str):
        return theirs == {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(ours)
    if isinstance(ours, float) and theirs is not None:
        return float(theirs) == ours
    if isinstance(theirs, (str, type(None))) or isinstance(ours, (str, type(None))):
        return ours == theirs
    return int(ours) == theirs


def pg_question(tables, line, text, kind):
    columns, use, _, _ = line
    if use == "default":
        return question("(%s)::%s" % (text, kind))
    return question("(%s)::%s" % (text, kind) if use == "generated" else text, tables[columns])


def sqlite_rows(db, tables, line):
    columns, use, expression, _ = line
    table = tables[columns]
    count = db.execute("SELECT count(*) FROM " + table).fetchone()[0]
    if use in ("check", "where"):
        return ask_sqlite(db, "SELECT CASE WHEN (%s\n) THEN 1 WHEN NOT (%s\n) THEN 0 END" % (
            expression, expression), table, count)
    if use == "key":
        return ask_sqlite(db, "SELECT (%s\n)" % expression, table, count)
    first, last = columns.rsplit(",", 1)
    db.execute("CREATE TEMP TABLE g(_n, %s, %s GENERATED ALWAYS AS (%s))" % (first, last, expression))
    used = ", ".join(n for n in names(columns) if n != "x")
    db.execute("INSERT INTO g(_n, %s) SELECT _n, %s FROM %s" % (used, used, table))
    out = ask_sqlite(db, "SELECT x", "temp.g", count)
    db.execute("DROP TABLE temp.g")
    # Of a column without a type, PostgreSQL has the text.
    return [v if v is None or last.split() != ["x"] else str(v) for v in out]


def compare_rows(db, tables, line, theirs):
    table = tables[line[0]]
    ours = sqlite_rows(db, tables, line)
    rows_of = db.execute("SELECT * FROM %s ORDER BY _n" % table).fetchall()
    wrong = ["row %s: SQLite has %r, PostgreSQL %r" % (rows_of[n], a, b)
             for n, (a, b) in enumerate(zip(ours, theirs)) if not same(a, b, line[2])]
    if len(ours) != len(theirs) or not ours:
        wrong.append("%d and %d results" % (len(ours), len(theirs)))
    if all(b == OUT for b in theirs):
        wrong.append("nothing but errors")
    return wrong


def default_of(line):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE q(k, %s DEFAULT (%s))" % (line[0], line[2]))
    db.execute("INSERT INTO q(k) VALUES (1)")
    value = db.execute("SELECT x FROM q").fetchone()[0]
    return str(value) if line[0] == "x" else value


def compare_default(ours, before, after, kind):
    """A default may be the present, which passes: SQLite's lies between two of PostgreSQL's."""
    if isinstance(before, str) and isinstance(ours, str):
        # JSON has a T in a timestamp, and no zeros at its end.
        ours, before, after = (v.replace("T", " ") for v in (ours, before, after))
        width = len(ours) if kind.startswith("timestamp") else 0
        before, after = (v.ljust(width, "0") if "." in v else v for v in (before, after))
    if same(ours, before, "") or same(ours, after, ""):
        return []
    if isinstance(ours, bytes) or type(ours) is not type(before) or not before <= ours <= after:
        return ["SQLite has %r, PostgreSQL %r and then %r" % (ours, before, after)]
    return []


def compare(lines, result, types, db, tables):
    """What is wrong with each line."""
    wrong = {i: [] for i in range(len(lines))}
    asked = [i for i in wrong if result[i] and not result[i].startswith("skipped: ") and
             (lines[i][1] == "default" or lines[i][0] in tables)]
    questions = [pg_question(tables, lines[i], result[i], types[i]) for i in asked]
    before = dict(zip(asked, ask_postgresql(questions)))
    ours = {i: default_of(lines[i]) for i in asked if lines[i][1] == "default"}
    after = dict(zip(ours, ask_postgresql([q for i, q in zip(asked, questions) if i in ours])))
    for i in asked:
        if i in ours:
            wrong[i] += compare_default(ours[i], before[i][0], after[i][0], types[i])
        else:
            wrong[i] += compare_rows(db, tables, lines[i], before[i])
    return wrong


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        lines = [(text.rstrip("\n").split("\t") + [""])[:4] for text in f if not text.startswith("#")]
    schema = cast(lines, sys.argv[2])
    result, types = translations(schema, len(lines))
    if sys.argv[3:] == ["bless"]:
        with open(sys.argv[1], encoding="utf-8") as f:
            head = [text for text in f if text.startswith("#")]
        with open(sys.argv[1], "w", encoding="utf-8") as out:
            out.writelines(head + ["\t".join(line[:3] + [r]) + "\n" for line, r in zip(lines, result)])
    db, tables = load(lines, sys.argv[2])
    failed = 0
    for i, wrong in compare(lines, result, types, db, tables).items():
        line = lines[i]
        if result[i] != line[3] and sys.argv[3:] != ["bless"]:
            wrong += ["expected: %s" % line[3], "     got: %s" % result[i]]
        print("%sok %d - %s %s" % ("not " if wrong else "", i + 1, line[1], line[2].replace("#", "\\#")))
        for text in wrong[:8]:
            print("# " + text)
        failed += bool(wrong)
    # All that was translated is something that PostgreSQL takes, in an index or a generated column too.
    psql("drop schema public cascade; create schema public")
    target = sys.argv[2] + "/target"
    with open(target, "w", encoding="utf-8") as out:
        out.write(schema)
    psql(run(["pg-ddl", "-s", "pre", target]).decode())
    psql(run(["pg-ddl", "-s", "post", target]).decode())
    print("ok %d - PostgreSQL takes all of them" % (len(lines) + 1))
    translated = sum(not r.startswith("skipped: ") for r in result if r)
    enough = len(lines) >= 60 and translated >= 60
    print("%sok %d - %d lines, %d translated" % ("" if enough else "not ", len(lines) + 2, len(lines), translated))
    print("1..%d" % (len(lines) + 2))
    sys.exit(bool(failed) or not enough)


main()
