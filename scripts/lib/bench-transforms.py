"""What one value costs in each transform: CPU nanoseconds of cast-rows, with the transform less without it.

usage: bench-transforms.py [-n runs] directory

Without the transform the column is copied as it is, so the figure holds all that comes with it: finding the field, its
escapes, the call, the check of the result and writing it. Median of the runs, each with and without in turn; figures
below 1 are noise. The files are written into the directory.
"""
import getopt
import os
import resource
import statistics
import subprocess
import sys

ROWS = 1000000

# Transform, neutral type, type of the target, a usual value as rows(5) has it.
UUID = r"\\x88c2982f428a46b7b71b210618ae1658"
POINT = r"\\x0101000000000000000000f03f0000000000000040"
LINE = r"\\x010200000002000000000000000000000000000000000000000000000000000000000000000000f03f"
CASES = [
    ("base64-decode", "text", "text", "aGVsbG8gd29ybGQ="),
    ("binary-to-bytea", "bytes", "bytea", UUID),
    ("binary-to-uuid", "binary(16)", "uuid", UUID),
    ("binary-to-uuid('swap')", "binary(16)", "uuid", UUID),
    ("bits-to-boolean", "bit(1)", "boolean", "1"),
    ("bits-to-hex-bitstring", "bytes", "bit(16)", r"\\x0aff"),
    ("byte-vector-to-bytea", "bytes", "bytea", UUID),
    ("byte-vector-to-hexstring", "bytes", "text", UUID),
    ("checked-boolean", "i8", "boolean", "1"),
    ("convert-mysql-linestring", "geometry", "path", LINE),
    ("convert-mysql-point", "geometry", "point", POINT),
    ("date-with-no-separator", "text", "timestamp without time zone", "20041002152952"),
    ("db3-date-to-pgsql-date", "text", "date", "20041002"),
    ("db3-numeric-to-pgsql-integer", "text", "integer", "      1234"),
    ("db3-numeric-to-pgsql-numeric", "text", "numeric", "   1234.50"),
    ("db3-trim-string", "text", "text", "Lovelace            "),
    ("decode-as('utf8')", "text", "text", "caf\u00c3\u00a9 cr\u00c3\u00a8me"),
    ("decode-as('utf8','cp1251')", "text", "text", "\u0420\u0459\u0421\u0403"),
    ("empty-string-to-null", "text", "text", "Lovelace"),
    ("epoch-ms-to-timestamp", "decimal", "timestamp without time zone", "1700000000123"),
    ("epoch-ns-to-timestamp", "decimal", "timestamp without time zone", "1700000000123456789"),
    ("epoch-to-timestamp", "decimal", "timestamp without time zone", "1700000000"),
    ("epoch-us-to-timestamp", "decimal", "timestamp without time zone", "1700000000123456"),
    ("ewkb-to-geometry", "geometry", "geometry", POINT),
    ("float-to-string", "f64", "numeric", "3.14159"),
    ("hex-to-bytea", "text", "bytea", "88c2982f428a46b7b71b210618ae1658"),
    ("hex-to-dec", "text", "bigint", "7fffffff"),
    ("int-to-ip", "i64", "inet", "3232235777"),
    ("int-to-uuid", "text", "uuid", "24197857200151252728969465429440056815"),
    ("integer-to-string", "text", "bigint", "123456"),
    ("ip-range", "text", "text", "16777216,16777471"),
    ("julian-to-timestamp", "decimal", "timestamp without time zone", "2460310.75"),
    ("logical-to-boolean", "text", "boolean", "T"),
    ("mask-digits('salt')", "text", "text", "+49 171 2345678"),
    ("mask-fixed('x')", "text", "text", "Lovelace"),
    ("mask-hash('salt')", "text", "text", "ada@example.org"),
    ("mask-null", "text", "text", "Lovelace"),
    ("numeric-to-integer", "decimal", "integer", "1234.50"),
    ("remove-null-characters", "text", "text", "The quick brown fox jumps"),
    ("right-trim", "text", "text", "Lovelace"),
    ("set-to-enum-array", "text", "text[]", "red,green,dark blue"),
    ("sql-server-bit-to-boolean", "text", "boolean", "1"),
    ("sql-server-uniqueidentifier-to-uuid", "binary(16)", "uuid", UUID),
    ("sqlite-timestamp-to-timestamp", "text", "timestamp without time zone", "2024-01-02 03:04:05"),
    ("time-to-interval", "time(6)", "interval", "-838:59:59"),
    ("time-with-no-separator", "text", "time without time zone", "08231560"),
    ("tinyint-to-boolean", "i8", "boolean", "1"),
    ("tinyint-to-integer", "i8", "smallint", "1"),
    ("to-array", "text", "text[]", "dark blue"),
    ("trim-whitespace", "text", "text", "Lovelace"),
    ("truncate-digits(6)", "timestamp(7)", "timestamp(6) without time zone", "2024-01-02 03:04:05.1234567"),
    ("unix-timestamp-to-timestamptz", "i64", "timestamp with time zone", "1700000000"),
    ("varbinary-to-inet", "varbinary(16)", "inet", r"\\x7f000001"),
    ("varbinary-to-string", "varbinary(9)", "text", r"\\x61c3a9"),
    ("year-to-integer", "year", "integer", "2024"),
    ("zero-dates-to-null", "timestamp(6)", "timestamp without time zone", "2024-01-02 03:04:05"),
]


def cast(schema, rows):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["cast-rows", "-s", schema, "-o", "/dev/null", rows], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def write_schema(path, was, target, using):
    with open(path, "w", encoding="utf-8") as f:
        f.write("#schema\t1\tsource=sqlite\ttarget=postgresql\ntable\tpublic\tt\tfromschema=main\tfrom=t\n")
        f.write(f"column\tc\t{target}\tfrom=c\twas={was}{using}\trule=r.cast:1\n#end\t2\n")


def main():
    options, (folder,) = getopt.getopt(sys.argv[1:], "n:")
    runs = int(dict(options).get("-n", 7))
    plain, used, rows = (os.path.join(folder, name) for name in ("plain", "used", "rows"))
    print(f"{'median of ' + str(runs):38} {'ns a value':>10}")
    for using, was, target, value in CASES:
        with open(rows, "w", encoding="utf-8") as f:
            f.write(f"#rows\t1\tmain\tt\n#fields\tc\n#types\t{was}\n")
            f.writelines([(value + "\n") * 1000] * (ROWS // 1000))
            f.write(f"#end\t{ROWS}\t0\n")
        # The same types on both sides: nothing to do, as no check is.
        write_schema(plain, was, "something", "")
        write_schema(used, was, target, "\tusing=" + using)
        costs = []
        for turn in range(runs + 1):
            cost = cast(used, rows) - cast(plain, rows)
            if turn:
                costs.append(cost)
        print(f"{using:38} {statistics.median(costs) / ROWS * 1e9:10.0f}", flush=True)


main()
