"""rows(5) and schema(5) once more, written from the man pages alone.

    python3 formats.py rows [-c] | schema   < in > out

does what rows-fmt [-c] and schema-fmt do: checks everything, writes the canonical form, and ends
with 0, with 1 when the input is malformed, or with 3 when it was cut. Text is bytes throughout,
and NULL is None.
"""

import functools
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

    def one(m):
        if m[0] == b"\\#" and m.start() == 0:
            return b"#"
        if m[0] not in UNESCAPES:
            raise malformed("a backslash that is no escape")
        return UNESCAPES[m[0]]

    return re.sub(rb"(?s)\\(000|.|$)", one, text)


def check_utf8(text):
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        raise malformed("invalid UTF-8") from None


def number(text):
    if not re.fullmatch(rb"[0-9]+", text):
        raise malformed("not a number: %r" % text)
    return int(text)


def check_version(text):
    if number(text) != 1:
        raise malformed("version %r, not 1" % text)


def split_attribute(text):
    """An attribute's name and its value, None when it is bare; both unescaped already."""
    name, equals, value = text.partition(b"=")
    return name, value if equals else None


def join_attribute(name, value):
    return escape(name if value is None else name + b"=" + value)


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
            check_utf8(line)
            if b"\0" in line or b"\r" in line:
                raise malformed("a raw zero byte or carriage return")
            if not line.startswith(b"# "):
                take(line)
        except Fault as fault:
            raise Fault(fault.status, "line %d: %s" % (n, fault)) from None


# --- rows -------------------------------------------------------------------------------------------

@dataclass
class Rows:
    """One table of a stream. Attributes are pairs, the second None for a bare one."""
    schema: bytes
    name: bytes
    attributes: list = member(default_factory=list)
    fields: list = None
    types: list = None
    rows: list = member(default_factory=list)
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
            return

        word, *parts = line.split(b"\t")
        if word == b"#rows":
            self.begin(table, [unescape(part) for part in parts])
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

    def begin(self, table, parts):
        if table:
            raise cut("#rows before the #end of the table before")
        if len(parts) < 3:
            raise malformed("#rows has too few parts")
        check_version(parts[0])
        self.tables.append(Rows(parts[1], parts[2], [split_attribute(p) for p in parts[3:]]))

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


def write_rows(tables):
    out = []
    for table in tables:
        out.append(join_line(b"#rows", b"1", escape(table.schema), escape(table.name),
                             *(join_attribute(*a) for a in table.attributes)))
        out.append(join_line(b"#fields", *map(escape, table.fields)))
        out.append(join_line(b"#types", *map(escape, table.types)))
        out.extend(join_line(*map(escape, row)) for row in table.rows)
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

PLAIN_TYPES = "bool i8 i16 i32 i64 u8 u16 u32 u64 year decimal f32 f64 text bytes date uuid inet " \
              "json xml enum set geometry other".encode().split()
DIALECTS = [b"mysql", b"mssql", b"sqlite", b"csv", b"postgresql"]


def is_neutral_type(text):
    text = text[:-2] if text.endswith(b"[]") else text
    if text in PLAIN_TYPES:
        return True
    m = re.fullmatch(rb"(char|varchar|binary|varbinary|bit|time|timestamp|timestamptz|interval)"
                     rb"\( *([0-9]+) *\)", text)
    if m:
        return int(m[2]) <= (9 if m[1].startswith((b"time", b"interval")) else 2147483647)
    m = re.fullmatch(rb"decimal\( *([0-9]+) *, *([0-9]+) *\)", text)
    return bool(m) and int(m[1]) <= 1000 and int(m[2]) <= 1000


@dataclass
class Line:
    word: bytes
    operands: list = member(default_factory=list)
    attributes: dict = member(default_factory=dict)
    below: list = member(default_factory=list)


class SchemaReader:
    def __init__(self):
        self.header = None      # the three attributes, None for one that is not there
        self.ended = False
        self.count = 0
        self.top = Line(b"")
        self.last = {b"": self.top}     # keyword: the last such line

    def read(self, data):
        each_line(data, self.line)
        if not self.ended:
            raise cut("the input ends before #end")
        check_schema(self)
        return self

    def line(self, line):
        if self.ended:
            raise malformed("a line behind #end")
        if not line.startswith(b"#"):
            if self.header is None:
                raise malformed("the first line is not #schema")
            self.count += 1
            self.fact(line)
            return
        word, *parts = line.split(b"\t")
        if word == b"#schema" and self.header is None:
            self.begin([unescape(part) for part in parts])
        elif word == b"#end" and self.header is not None:
            if len(parts) != 1:
                raise malformed("#end has one number")
            if number(parts[0]) != self.count:
                raise cut("%d lines, but #end says %s" % (self.count, parts[0].decode()))
            self.ended = True
        else:
            raise malformed("%r is out of place" % word)

    def begin(self, parts):
        if not parts:
            raise malformed("#schema without version")
        check_version(parts[0])
        header = dict.fromkeys([b"source", b"target", b"database"])
        for part in parts[1:]:
            name, value = split_attribute(part)
            if name not in header or header[name] is not None or value is None:
                raise malformed("attribute %r of #schema" % part)
            header[name] = value
        if header[b"source"] not in DIALECTS or header[b"target"] not in (None, b"postgresql"):
            raise malformed("unknown source= or target=")
        self.header = header

    def fact(self, line):
        word, *parts = line.split(b"\t")
        if word not in KEYWORDS:
            raise malformed("unknown keyword %r" % word)
        operands, above, attributes = KEYWORDS[word]
        if len(parts) < operands:
            raise malformed("%r has %d operands" % (word, operands))
        fact = Line(word, [unescape(part) for part in parts[:operands]])
        for part in parts[operands:]:
            self.attribute(fact, part, attributes)

        # The last line above that may hold this one: lines are numbered as they come.
        owners = [self.last[a] for a in above if a in self.last]
        owner = max(owners, key=lambda line: line.number, default=None)
        if owner is None:
            raise malformed("%r belongs to no line above it" % word)
        owner.below.append(fact)
        fact.number = self.count
        self.last[word] = fact

    top_number = 0

    @staticmethod
    def attribute(fact, part, known):
        default = fact.word == b"column" and part.startswith(b"default=")
        if default:
            name, value = b"default", part[8:]
            unescape(value, null=True)
        else:
            name, value = split_attribute(unescape(part))
        if name in fact.attributes:
            raise malformed("attribute %r stands twice" % name)
        if (name in known and value is not None) or (name + b"=" in known and value is None):
            raise malformed("attribute %r with or without a value" % name)
        fact.attributes[name] = value


def check_schema(schema):
    """What can only be seen with all lines at hand."""


def read_schema(data):
    return SchemaReader().read(data)
