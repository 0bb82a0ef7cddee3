"""Compares rows-fmt and schema-fmt, from PATH, with formats.py: lines `ok TAB WHAT` or `fail TAB WHAT
TAB WHY`. What they disagree on is left in the directory.

    python3 compare.py samples | mutants | long | prefixes | written  SAMPLES DIRECTORY
"""

import os
import random
import subprocess
import sys

import formats
from mutate import mutants

TYPICAL = {"valid": 0, "invalid": 1, "cut": 3}


def run_c(arguments, data):
    done = subprocess.run([arguments[0] + "-fmt", *arguments[1:]], input=data, capture_output=True,
                          check=False)
    return done.returncode, done.stdout


def disagreement(arguments, data, want=None):
    """What is wrong, or nothing; want is the status that both must have."""
    status, out = run_c(arguments, data)
    py_status, py_out, message = formats.run(arguments, data)
    if status != py_status:
        return "C ends with %d, Python with %d: %s" % (status, py_status, message)
    if want is not None and status != want:
        return "both end with %d, not %d: %s" % (status, want, message)
    if status == 0 and out != py_out:
        return "the outputs differ"
    if status == 0 and out != data and run_c(arguments, out) != (0, out):
        return "what was written is not canonical"
    return None


def load(folder, fmt, kind):
    where = os.path.join(folder, fmt, kind)
    samples = {}
    for name in sorted(os.listdir(where)):
        with open(os.path.join(where, name), "rb") as f:
            samples[name] = f.read()
    return samples


class Report:
    def __init__(self, directory):
        self.directory = directory

    def tell(self, what, why):
        print("\t".join(["fail", what, why] if why else ["ok", what]))

    def all(self, what, cases):
        """One line for many cases of (name, arguments, data, wanted status); each failure shows."""
        number = failures = 0
        for name, arguments, data, want in cases:
            number += 1
            why = disagreement(arguments, data, want)
            if why:
                failures += 1
                left = os.path.join(self.directory, "%s-%d" % (what.replace(" ", "-"), number))
                with open(left, "wb") as f:
                    f.write(data)
                self.tell("%s: %s" % (what, name), "%s: %s: %r" % (" ".join(arguments), why,
                                                                   data[:2000]))
        self.tell("%s: %d cases" % (what, number), "%d failed" % failures if failures else None)


def samples(folder, report):
    for fmt in "rows", "schema":
        for kind, want in TYPICAL.items():
            for name, data in load(folder, fmt, kind).items():
                report.tell("%s: %s" % (kind, name), disagreement([fmt], data, want))
    for kind in TYPICAL:
        report.all("rows -c, %s" % kind, ((name, ["rows", "-c"], data, None)
                                          for name, data in load(folder, "rows", kind).items()))


def mutated(folder, report):
    for fmt, options in ("rows", []), ("rows", ["-c"]), ("schema", []):
        cases = mutants(load(folder, fmt, "valid"), 300, "".join([fmt, *options]))
        report.all(" ".join(["mutants of", fmt, *options]),
                   ((name, [fmt, *options], data, None) for name, data in cases))


def prefixes(folder, report):
    """Whatever byte a text ends behind, it was cut."""
    for fmt in "rows", "schema":
        data = load(folder, fmt, "valid")["man-page." + fmt]
        report.all("prefixes of " + fmt, (("%d bytes" % n, [fmt], data[:n], 3)
                                          for n in range(len(data))))


def long(_, report):
    """Lines beyond every buffer, and characters and escapes across the edges of buffers."""
    big = 300 << 10

    def rows(row, count=1, name=b"a"):
        return (b"#rows\t1\ts\tt\n#fields\t%b\tb\n#types\ttext\ttext\n" % name + row +
                b"#end\t%d\t0\n" % count)

    def cases():
        schema = b"#schema\t1\tsource=csv\ntable\ts\t%b\n#end\t1\n"
        for step in range(4):
            for what, filler in ("plain", b"yyyy"), ("characters", "éé".encode()), \
                    ("long characters", "😀".encode()), ("escapes", b"\\t\\n"), ("zeros", b"\\000"):
                name = "%s, %d bytes later" % (what, step)
                field = b"x" * step + filler * (big // 4)
                yield name, ["rows"], rows(b"\t" + field + b"\n"), 0
                yield name + ", then a bad escape", ["rows"], rows(field + b"\\q\t\n"), 1
                if step and "characters" not in what:
                    continue
                yield name + ", then a bad byte", ["rows"], rows(b"\t" + field + b"\xff\n"), 1
                yield name + ", then a third field", ["rows"], rows(b"\t" + field + b"\t\n"), 1
                yield name + ", no line feed", ["rows"], rows(b"\t" + field)[:-9], 3
                yield name + ", column name", ["rows"], rows(b"", 0, field), 0
                yield name + ", operand", ["schema"], schema % field, 0
        yield "comment", ["rows"], rows(b"# " + b"x" * big + b"\n", 0), 0
        yield "unknown line", ["rows"], rows(b"#" + b"x" * big + b"\n", 0), 1
        yield "many rows", ["rows"], rows(b"1\t2\n" * 20000, 20000), 0
        yield "many rows, one more", ["rows"], rows(b"1\t2\n" * 20000, 19999), 3
        yield "many tables", ["rows"], rows(b"1\t2\n") * 2000, 0
        yield "many columns", ["schema"], b"#schema\t1\tsource=csv\ntable\ts\tt\n" + b"".join(
            b"column\tc%d\ttext\n" % n for n in range(5000)) + b"#end\t5001\n", 0

    report.all("long lines", cases())


def random_text(rng):
    alphabet = "\\\\\\##NN.x0\t\n\r\b\f\v\0\x01\x1b\x7f =é€😀\ufeff\U0010ffff"
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(8))).encode()


def unique_texts(rng, number):
    texts = {random_text(rng) for _ in range(number)}
    return sorted(texts)


def written(_, report):
    """What Python writes comes back the same through C."""
    rng = random.Random("written")

    def contents(tables):
        return [(t.schema, t.name, t.attributes, t.fields, t.types, t.rows, t.rejected)
                for t in tables]

    for n in range(50):
        tables = []
        for _ in range(rng.randrange(1, 4)):
            names = unique_texts(rng, rng.randrange(6))
            attributes = [(b"%d" % k + random_text(rng).replace(b"=", b""), rng.choice([True, random_text(rng)]))
                          for k in range(rng.randrange(3))]
            rows = [[rng.choice([None, random_text(rng), random_text(rng)]) for _ in names]
                    for _ in range(rng.randrange(20))]
            tables.append(formats.Rows(random_text(rng), random_text(rng), attributes, names,
                                       [random_text(rng) for _ in names], rows,
                                       rejected=rng.randrange(1 << 64)))
        data = formats.write_rows(tables)
        status, out = run_c(["rows"], data)
        same = status == 0 and out == data and contents(formats.read_rows(out)) == contents(tables)
        report.tell("rows written by Python, %d" % n, None if same else "%d: %r" % (status, data))

    for n in range(50):
        schema = formats.Schema({b"source": random_text(rng), b"database": random_text(rng)})
        for name in unique_texts(rng, 5):
            table = formats.Line(b"table", [b"s", name], {b"comment": random_text(rng),
                                                          b"?" + random_text(rng): True})
            for column in unique_texts(rng, 4):
                default = rng.choice([None, random_text(rng)])
                table.below.append(formats.Line(b"column", [column, b"text"], {b"default": default}))
                table.below.append(formats.Line(b"index", [random_text(rng)], {}, [
                    formats.Line(b"key", [column], {b"desc": True})]))
            for line in table.below + [table]:
                # A bare name with '=' in it would come back as a name and a value.
                line.attributes = {k.replace(b"=", b""): v for k, v in line.attributes.items()}
            schema.top.below.append(table)
        data = formats.write_schema(schema)
        status, out = run_c(["schema"], data)
        same = status == 0 and out == data and formats.read_schema(out) == schema
        report.tell("a schema written by Python, %d" % n,
                    None if same else "%d: %r" % (status, data))


if __name__ == "__main__":
    word, sample_folder, left_over = sys.argv[1:]
    {"samples": samples, "mutants": mutated, "prefixes": prefixes, "long": long,
     "written": written}[word](sample_folder, Report(left_over))
