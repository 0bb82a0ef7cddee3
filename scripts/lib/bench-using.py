"""What one value costs in an expression behind USING: CPU nanoseconds of cast-rows with it, less without it.

usage: bench-using.py [-n runs] directory

Without the expression the fields are copied as they are, so the figure holds all that comes with it: finding the fields,
keeping them to the end of the row, running the expression, the check of the result and writing it. Median of the runs,
each with and without in turn. The files are written into the directory.
"""
import getopt
import os
import resource
import statistics
import subprocess
import sys

ROWS = 1000000

# The row that all of them see: first, last, price, day, ip.
ROW = "Ada\tLovelace\t1,234.50\t12/10/1815\t3232235777\n"
FIELDS = ["first", "last", "price", "day", "ip"]

CASES = [
    ("lisp", '"pgloader"', "text"),
    ("lisp", "first", "text"),
    ("lisp", '(if (string= first "") nil first)', "text"),
    ("lisp", "(concatenate 'string first \" \" last)", "text"),
    ("lisp", '(format nil "(~a,~a)" first last)', "text"),
    ("lisp", "(string-upcase last)", "text"),
    ("lisp", "(remove #\\\\, price)", "numeric"),
    ("lisp", "(let ((p (split-sequence #\\\\/ day))) (format nil \"~a-~a-~a\" (third p) (first p) (second p)))", "date"),
    ("lisp", '(format nil "~8,\'0d" (+ 1 (parse-integer ip)))', "text"),
    ("lisp", "(int-to-ip (parse-integer ip))", "inet"),
    ("clojure", "(when last (str (subs last 0 1) \".\"))", "text"),
]


def cast(schema, rows):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["cast-rows", "-s", schema, "-o", "/dev/null", rows], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def write_schema(path, more):
    with open(path, "w", encoding="utf-8") as f:
        f.write("#schema\t1\tsource=sqlite\ttarget=postgresql\ntable\tpublic\tt\tfromschema=main\tfrom=t\n")
        for name in FIELDS:
            f.write(f"column\t{name}\ttext\tfrom={name}\twas=text\trule=r.cast:1\n")
        f.write(f"{more}#end\t{len(FIELDS) + 1 + (more != '')}\n")


def main():
    options, (folder,) = getopt.getopt(sys.argv[1:], "n:")
    runs = int(dict(options).get("-n", 7))
    plain, used, rows = (os.path.join(folder, name) for name in ("plain", "used", "rows"))
    with open(rows, "w", encoding="utf-8") as f:
        f.write("#rows\t1\tmain\tt\n#fields\t" + "\t".join(FIELDS) + "\n#types" + "\ttext" * len(FIELDS) + "\n")
        f.writelines([ROW * 1000] * (ROWS // 1000))
        f.write(f"#end\t{ROWS}\t0\n")
    write_schema(plain, "")
    print(f"{'median of ' + str(runs):100} {'ns a value':>10}")
    for language, form, target in CASES:
        write_schema(used, f"column\tx\t{target}\texpr={language} {form}\trule=r.cast:2\n")
        costs = []
        for turn in range(runs + 1):
            cost = cast(used, rows) - cast(plain, rows)
            if turn:
                costs.append(cost)
        shown = form.replace("\\\\", "\\")
        print(f"{shown:100} {statistics.median(costs) / ROWS * 1e9:10.0f}", flush=True)


main()
