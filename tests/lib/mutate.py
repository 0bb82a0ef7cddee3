"""Damages samples of rows(5) and schema(5), the same way every time."""

import random
import re

PIECES = [b"\t", b"\n", b"\\", b"#", b"\0", b"\r", b"\b", b"\xff", b"\xc3", b"\xed\xa0\x80", b"=", b" ",
          b"\\N", b"\\#", b"\\t", b"\\000", b"# ", b"\n# \n", b"\n\n", b"0", b"1", b"a", "é".encode()]


def count_again(schema):
    """With the right number behind #end, so that more than the count is wrong with it."""
    lines = [line for line in schema.split(b"\n")[:-1] if not line.startswith(b"#")]
    return re.sub(rb"(?m)^#end\t[0-9]+$", b"#end\t%d" % len(lines), schema)


def damage(rng, data, other):
    """One change to data; other is a sample to take lines from."""
    kind = rng.randrange(10)
    if kind < 4:                                        # bytes put in, replaced, taken out
        at = rng.randrange(len(data) + 1)
        piece = rng.choice(PIECES) if kind < 3 else b""
        return data[:at] + piece + data[at + kind % 2:]
    if kind == 4:                                       # cut off
        return data[:rng.randrange(len(data) + 1)]

    lines = data.splitlines(keepends=True) or [b"\n"]
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    if kind == 5:
        del lines[at]
    elif kind == 6:
        lines.insert(to, lines[at])
    elif kind == 7:
        lines[at], lines[to] = lines[to], lines[at]
    elif kind == 8:
        lines.insert(to, rng.choice(other.splitlines(keepends=True) or [b"\n"]))
    else:                                               # a field moves
        fields = lines[at].rstrip(b"\n").split(b"\t")
        field = fields.pop(rng.randrange(len(fields)))
        fields.insert(rng.randrange(len(fields) + 1), field)
        lines[at] = b"\t".join(fields) + b"\n"
    return b"".join(lines)


def mutants(samples, number, seed):
    """Yields so many descriptions and damaged samples; samples maps names to bytes."""
    rng = random.Random(seed)
    names = sorted(samples)
    for n in range(number):
        name = names[n % len(names)]
        data = samples[name]
        for _ in range(rng.choice([1, 1, 2, 3])):
            data = damage(rng, data, samples[rng.choice(names)])
        if data.startswith(b"#schema") and rng.randrange(4):
            data = count_again(data)
        yield "%d of %s" % (n, name), data
