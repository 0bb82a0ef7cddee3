"""rows(5) and schema(5) once more, written from the man pages alone.

    python3 formats.py rows [-c] | schema   < in > out

does what rows-fmt [-c] and schema-fmt do: checks everything, writes the canonical form, and ends
with 0, with 1 when the input is malformed, or with 3 when it was cut. Text is bytes throughout,
NULL is None, and an attribute without a value has the value True.
"""

import re
import sys
from dataclasses import dataclass, field as member


class Fault(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def malformed(message):
    return Fault(1, message)


def cut(message):
    return Fault(3, message)


# --- what both formats share ------------------------------------------------------------------------

ESCAPES = {b"\\": b"\\\\", b"\t": b"\\t", b"\n": b"\\n", b"\r": b"\\r", b"\b": b"\\b",
           b"\f": b"\\f", b"\v": b"\\v", b"\0": b"\\000"}
UNESCAPES = {written: byte for byte, written in ESCAPES.items()}


def escape(value):
    if value is None:
        return b"\\N"
    text = re.sub(rb"[\\\t\n\r\b\f\v\0]", lambda m: ESCAPES[m[0]], value)
    return b"\\" + text if text.startswith(b"#") else text


def unescape(text, null=False):
    """The value of a field; null tells whether it may be \\N."""
    if null and text == b"\\N":
        return None
    if text.startswith(b"#"):
        raise malformed("a raw # begins a field")
    if b"\0" in text or b"\r" in text:
        raise malformed("a raw zero byte or carriage return")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        raise malformed("invalid UTF-8") from None

    if b"\\" not in text:
        return text

    def one(m):
        if m[0] == b"\\#" and m.start() == 0:
            return b"#"
        if m[0] not in UNESCAPES:
            raise malformed("a backslash that is no escape")
        return UNESCAPES[m[0]]

    return re.sub(rb"(?s)\\(000|.|$)", one, text)


def number(text):
    m = re.fullmatch(rb"0*([0-9]{1,20})", text)
    if not m or int(m[1]) >= 1 << 64:
        raise malformed("not a number: %r" % text)
    return int(m[1])


def check_version(text):
    if number(text) != 1:
        raise malformed("version %r, not 1" % text)


def split_attribute(text):
    """The name and the value of an attribute that is unescaped already."""
    name, equals, value = text.partition(b"=")
    return name, value if equals else True


def join_attribute(name, value):
    return escape(name if value is True else name + b"=" + value)


def join_line(*fields):
    return b"\t".join(fields) + b"\n"


def each_line(data, take):
    """Gives every line but comments to take(); its faults get the line's number."""
    lines = data.split(b"\n")
    last = lines.pop()
    for n, line in enumerate(lines + ([last] if last else []), 1):
        try:
            if n > len(lines):
                raise cut("the last line has no line feed")
            if not line.startswith(b"# "):
                take(line)
        except Fault as fault:
            raise Fault(fault.status, "line %d: %s" % (n, fault)) from None


# --- rows -------------------------------------------------------------------------------------------

@dataclass
class Rows:
    """One table of a stream; attributes are pairs."""
    schema: bytes
    name: bytes
    attributes: list = member(default_factory=list)
    fields: list = None
    types: list = None
    rows: list = member(default_factory=list)
    lines: list = member(default_factory=list)      # the rows as they were read
    rejected: int = None


class RowsReader:
    def __init__(self, recount=False):
        self.recount = recount
        self.tables = []

    def read(self, data):
        each_line(data, self.line)
        if not self.tables or self.tables[-1].rejected is None:
            raise cut("the input ends before #end")
        return self.tables

    def line(self, line):
        table = self.tables[-1] if self.tables else None
        if table and table.rejected is not None:
            table = None
        if not line.startswith(b"#"):
            if table is None or table.types is None:
                raise malformed("a row without a table")
            table.rows.append(self.row(line, len(table.fields)))
            table.lines.append(line + b"\n")
            return

        word, *parts = line.split(b"\t")
        if word == b"#rows":
            if table:
                raise cut("#rows before the #end of the table before")
            self.begin([unescape(part) for part in parts])
        elif word == b"#fields" and table and table.fields is None:
            table.fields = [unescape(part) for part in parts]
            if len(set(table.fields)) < len(table.fields):
                raise malformed("two columns have one name")
        elif word == b"#types" and table and table.fields is not None and table.types is None:
            table.types = [unescape(part) for part in parts]
            if len(table.types) != len(table.fields):
                raise malformed("%d types for %d names" % (len(table.types), len(table.fields)))
        elif word == b"#end" and table and table.types is not None:
            self.end(table, parts)
        else:
            raise malformed("%r is out of place" % word)

    def begin(self, parts):
        if len(parts) < 3:
            raise malformed("#rows has too few parts")
        check_version(parts[0])
        attributes = [split_attribute(p) for p in parts[3:]]
        names = [name for name, _ in attributes]
        if b"" in names or len(set(names)) < len(names) or len(names) > 64:
            raise malformed("an attribute without a name, or twice, or too many")
        if dict(attributes).get(b"target", b"postgresql") != b"postgresql":
            raise malformed("another target= than postgresql")
        self.tables.append(Rows(parts[1], parts[2], attributes))

    def end(self, table, parts):
        if len(parts) != 2:
            raise malformed("#end has two numbers")
        count, rejected = map(number, parts)
        if count != len(table.rows) and not self.recount:
            raise cut("%d rows, but #end says %d" % (len(table.rows), count))
        table.rejected = rejected

    @staticmethod
    def row(line, columns):
        if columns == 0:
            if line:
                raise malformed("a field in a table without columns")
            return []
        fields = line.split(b"\t")
        if len(fields) != columns:
            raise malformed("%d fields, not %d" % (len(fields), columns))
        return [unescape(field, null=True) for field in fields]


def read_rows(data, recount=False):
    return RowsReader(recount).read(data)


def write_rows(tables, as_read=False):
    """As text; rows that are passed on stand in it as they came."""
    out = []
    for table in tables:
        out.append(join_line(b"#rows", b"1", escape(table.schema), escape(table.name),
                             *(join_attribute(*a) for a in table.attributes)))
        out.append(join_line(b"#fields", *map(escape, table.fields)))
        out.append(join_line(b"#types", *map(escape, table.types)))
        out.extend(table.lines if as_read else (join_line(*map(escape, r)) for r in table.rows))
        out.append(b"#end\t%d\t%d\n" % (len(table.rows), table.rejected))
    return b"".join(out)


# --- schema -----------------------------------------------------------------------------------------

ATTRIBUTES = (
    "notnull identity= default= defexpr= generated= stored onupdate= desc nulls= prefix= opclass= "
    "method= where= nullsnotdistinct match= ondelete= deferrable deferred notvalid type= start= "
    "increment= min= max= cycle collate= enum= enumschema= strict src= comment= reason= text= "
    "fromschema= from= was= using= rule=").encode().split()
ORDER = {attribute.rstrip(b"="): n for n, attribute in enumerate(ATTRIBUTES)}

# Keyword: number of operands, lines it may belong to ('' is the top), attributes.
KEY = "desc nulls= prefix= opclass= collate="
KEYWORDS = {
    "skipped": (2, "table,", "reason= text="),
    "enum": (2, "", "comment= fromschema= from="),
    "label": (1, "enum,column", ""),
    "sequence": (2, "", "type= start= increment= min= max= cycle comment= fromschema= from="),
    "next": (2, "sequence,table", ""),
    "table": (2, "", "collate= strict comment= fromschema= from= rule="),
    "column": (2, "table", "notnull identity= default= defexpr= generated= stored onupdate= start= "
               "increment= collate= enum= enumschema= src= comment= from= was= using= rule="),
    "primary": (1, "table", "deferrable deferred comment= from="),
    "unique": (1, "table", "where= nullsnotdistinct deferrable deferred comment= from="),
    "index": (1, "table", "method= where= nullsnotdistinct comment= from="),
    "key": (1, "primary,unique,index", KEY),
    "keyexpr": (1, "unique,index", KEY),
    "include": (1, "primary,unique,index", ""),
    "check": (2, "table", "notvalid comment= from="),
    "foreign": (3, "table", "onupdate= match= ondelete= deferrable deferred notvalid comment= from="),
    "pair": (2, "foreign", ""),
    "view": (2, "", "text= comment= fromschema= from="),
}
KEYWORDS = {word.encode(): (n, above.encode().split(b","), attributes.encode().split())
            for word, (n, above, attributes) in KEYWORDS.items()}

TOP_ORDER = [b"skipped", b"enum", b"sequence", b"table", b"view"]
TABLE_ORDER = [b"column", b"primary", b"unique", b"index", b"check", b"foreign", b"skipped", b"next"]

PLAIN_TYPES = ("bool i8 i16 i32 i64 u8 u16 u32 u64 year decimal f32 f64 text bytes date uuid inet "
               "json xml enum set geometry other").encode().split()
HEADER = [b"source", b"target", b"database"]


def is_neutral_type(text):
    text = text[:-2] if text.endswith(b"[]") else text
    if text in PLAIN_TYPES:
        return True
    m = re.fullmatch(rb"(char|varchar|binary|varbinary|bit)\(0*([0-9]{1,10})\)", text)
    if m:
        return int(m[2]) <= 2147483647
    return bool(re.fullmatch(rb"(time|timestamp|timestamptz|interval)\(0*[0-9]\)"
                             rb"|decimal\( *%b *, *%b *\)" % ((rb"0*(1000|[0-9]{1,3})",) * 2), text))


@dataclass
class Line:
    word: bytes
    operands: list = member(default_factory=list)
    attributes: dict = member(default_factory=dict)
    below: list = member(default_factory=list)

    def lines(self, *words):
        return [line for line in self.below if line.word in words]


@dataclass
class Schema:
    header: dict = None
    top: Line = member(default_factory=lambda: Line(b""))


class SchemaReader:
    def __init__(self):
        self.schema = Schema()
        self.path = [self.schema.top]       # the line before, behind those it belongs to
        self.count = 0
        self.ended = False

    def read(self, data):
        each_line(data, self.line)
        if not self.ended:
            raise cut("the input ends before #end")
        check_schema(self.schema)
        return self.schema

    def line(self, line):
        word, *parts = line.split(b"\t")
        if self.ended:
            raise malformed("a line behind #end")
        if word == b"#schema" and self.schema.header is None:
            self.begin([unescape(part) for part in parts])
        elif self.schema.header is None:
            raise malformed("the first line is not #schema")
        elif word == b"#end":
            self.end(parts)
        elif word in KEYWORDS:
            self.fact(word, parts)
            self.count += 1
        else:
            raise malformed("unknown keyword %r" % word)

    def begin(self, parts):
        check_version(parts[0] if parts else b"")
        header = {}
        for part in parts[1:]:
            name, value = split_attribute(part)
            if name not in HEADER or name in header or value is True:
                raise malformed("attribute %r of #schema" % part)
            header[name] = value
        if b"source" not in header or header.get(b"target", b"postgresql") != b"postgresql":
            raise malformed("no source=, or another target= than postgresql")
        self.schema.header = header

    def end(self, parts):
        if len(parts) != 1:
            raise malformed("#end has one number")
        if number(parts[0]) != self.count:
            raise cut("%d lines, but #end says %d" % (self.count, number(parts[0])))
        self.ended = True

    def fact(self, word, parts):
        operands, holders, known = KEYWORDS[word]
        if len(parts) < operands:
            raise malformed("%r has %d operands" % (word, operands))
        fact = Line(word, [unescape(part) for part in parts[:operands]])
        for part in parts[operands:]:
            if word == b"column" and part.startswith(b"default="):
                name, value = b"default", unescape(part[len(b"default="):], null=True)
            else:
                name, value = split_attribute(unescape(part))
            if not name or name in fact.attributes:
                raise malformed("attribute %r without a name, or twice" % name)
            if (name if value is not True else name + b"=") in known:
                raise malformed("attribute %r with or without a value" % name)
            fact.attributes[name] = value

        while self.path and self.path[-1].word not in holders:
            self.path.pop()
        if not self.path:
            raise malformed("%r belongs to no line above it" % word)
        self.path[-1].below.append(fact)
        self.path.append(fact)


def check_schema(schema):
    """What can only be seen with all lines at hand."""
    objects = schema.top.lines(b"enum", b"sequence", b"table", b"view")
    check_unique("schema and name", (tuple(line.operands) for line in objects))
    for table in schema.top.lines(b"table"):
        columns = [column.operands[0] for column in table.lines(b"column")]
        check_unique("column", columns)
        check_unique("primary key", (b"" for _ in table.lines(b"primary")))
        for column in table.lines(b"column"):
            if b"target" not in schema.header and not is_neutral_type(column.operands[1]):
                raise malformed("unknown type %r" % column.operands[1])
            if {b"default", b"defexpr"} <= column.attributes.keys():
                raise malformed("both default= and defexpr= on %r" % column.operands[0])
        named = table.lines(b"next")
        for line in table.lines(b"primary", b"unique", b"index", b"foreign"):
            if not any(below.word != b"include" for below in line.below):
                raise malformed("nothing below %r %r" % (line.word, line.operands[0]))
            named += line.lines(b"key", b"include", b"pair")
        for line in named:
            if line.operands[0] not in columns:
                raise malformed("there is no column %r" % line.operands[0])


def check_unique(what, names):
    seen = set()
    for name in names:
        if name in seen:
            raise malformed("a second %s %r" % (what, name))
        seen.add(name)


def sort_lines(line):
    """Brings what stands below a line into canonical order."""
    for below in line.below:
        sort_lines(below)
    if line.word == b"":
        line.below.sort(key=lambda l: (TOP_ORDER.index(l.word), l.operands))
    elif line.word == b"table":
        line.below.sort(key=lambda l: (TABLE_ORDER.index(l.word),
                                       l.operands if l.word != b"column" else []))
    elif line.word == b"sequence":
        line.below.sort(key=lambda l: l.operands)
    else:
        line.below.sort(key=lambda l: l.word == b"include")


def write_line(line):
    known = KEYWORDS[line.word][2]

    def place(attribute):
        name, value = attribute
        known_as = name if value is True else name + b"="
        return (ORDER[name], b"") if known_as in known else (len(ORDER), name)

    parts = [line.word, *map(escape, line.operands)]
    for name, value in sorted(line.attributes.items(), key=place):
        if line.word == b"column" and name == b"default":
            parts.append(b"default=" + escape(value))
        else:
            parts.append(join_attribute(name, value))
    return [join_line(*parts)] + [text for below in line.below for text in write_line(below)]


def read_schema(data):
    return SchemaReader().read(data)


def write_schema(schema):
    sort_lines(schema.top)
    facts = [text for line in schema.top.below for text in write_line(line)]
    attributes = [join_attribute(name, schema.header[name]) for name in HEADER
                  if name in schema.header]
    return b"".join([join_line(b"#schema", b"1", *attributes), *facts, b"#end\t%d\n" % len(facts)])


# --- the program ------------------------------------------------------------------------------------

def run(arguments, data):
    """Status, output and message for an input, as a program would have them."""
    try:
        if arguments == ["schema"]:
            return 0, write_schema(read_schema(data)), ""
        return 0, write_rows(read_rows(data, "-c" in arguments), as_read=True), ""
    except Fault as fault:
        return fault.status, b"", str(fault)


def main(arguments):
    if arguments not in (["rows"], ["rows", "-c"], ["schema"]):
        sys.exit("usage: formats.py rows [-c] | schema")
    status, out, message = run(arguments, sys.stdin.buffer.read())
    if message:
        print("formats.py: -: " + message, file=sys.stderr)
    sys.stdout.buffer.write(out)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
