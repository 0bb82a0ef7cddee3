"""Feeds pg-copy a rows(5) file that was cut, many times, and demands status 3 and an empty table after each.

usage: cut.py [-s]       (-s: a sample of the places)

Connects by PGHOST and so on; makes public.cut anew. Prints one line on success: how many places; else the first fault.
"""
import random
import subprocess
import sys


def sql(text):
    return subprocess.run(["psql", "-XqAtc", text], check=True, capture_output=True, text=True).stdout.strip()


def make_stream():
    rng = random.Random(4711)
    lines = []
    size = 0
    while size < 10_000_000:
        text = rng.choice(["plain", "tab\\tnewline\\n", "\\\\back", "\\#hash", "é€😀", "\\N", ""])
        line = f"{len(lines)}\t{text}\t{'y' * rng.randrange(200)}\n"
        lines.append(line)
        size += len(line.encode())
    head = "#rows\t1\tpublic\tcut\ttarget=postgresql\n#fields\tid\ta\tb\n#types\tbigint\ttext\ttext\n"
    return (head + "".join(lines) + f"#end\t{len(lines)}\t0\n").encode(), len(lines)


def places(stream, sample):
    rng = random.Random(815)
    ends = [i + 1 for i, byte in enumerate(stream) if byte == 10]
    found = {rng.randrange(len(stream)) for _ in range(50 if sample else 200)}
    near = 15 if sample else 100
    found.update(ends[:near] + ends[-near - 1:-1])
    found.update(range(len(stream) - (20 if sample else 64), len(stream)))
    return sorted(place for place in found if place < len(stream))


def copy(data):
    done = subprocess.run(["pg-copy", "postgresql://"], input=data, capture_output=True, check=False)
    return done.returncode, done.stderr.decode(errors="replace")


def main():
    sql("drop table if exists cut; create table cut (id bigint, a text, b text)")
    stream, rows = make_stream()
    all_places = places(stream, "-s" in sys.argv)
    for place in all_places:
        status, message = copy(stream[:place])
        # The dead rows of what was rolled back would slow down the next count.
        left = sql("select count(*) from cut; truncate cut")
        if status != 3 or left != "0":
            print(f"cut at {place} of {len(stream)}: status {status}, {left} rows: {message}")
            return 1
    status, message = copy(stream)
    if status != 0 or sql("select count(*) from cut") != str(rows):
        print(f"whole: status {status}: {message}")
        return 1
    print(f"{len(all_places)} places in {len(stream)} bytes")
    return 0


sys.exit(main())
