"""Databases that hold what an SQLite file can hold, and what PostgreSQL has to make of each piece.

    python3 torture.py DIRECTORY

makes there torture.db (in WAL mode, with most of it still in the log), utf16.db, errors.db and errors16.db, and beside
them what is expected: types.want (a line for each column: table, column, type), rows/TABLE.sql and rows/TABLE.want (a
query and its answer as COPY writes it), skipped.want, facts.sql and facts.want, errors.want (table, then the message).
All of it is written down here by hand: nothing is derived from what pgtide does.
"""

import math
import os
import sqlite3
import sys

INF = math.inf

# --- types: name, PostgreSQL's -------------------------------------------------------------------------

# The examples of sqlite.org/datatype3.html section 3.1.1 first, then what is found in the wild.
TYPES = [
    ("INT", "bigint"), ("INTEGER", "bigint"), ("TINYINT", "bigint"), ("SMALLINT", "bigint"),
    ("MEDIUMINT", "bigint"), ("BIGINT", "bigint"), ("UNSIGNED BIG INT", "bigint"), ("INT2", "bigint"),
    ("INT8", "bigint"), ("CHARACTER(20)", "text"), ("VARCHAR(255)", "text"), ("VARYING CHARACTER(255)", "text"),
    ("NCHAR(55)", "text"), ("NATIVE CHARACTER(70)", "text"), ("NVARCHAR(100)", "text"), ("TEXT", "text"),
    ("CLOB", "text"), ("BLOB", "bytea"), ("", "text"), ("REAL", "double precision"),
    ("DOUBLE", "double precision"), ("DOUBLE PRECISION", "double precision"), ("FLOAT", "double precision"),
    ("NUMERIC", "numeric"), ("DECIMAL(10,5)", "numeric"), ("BOOLEAN", "boolean"), ("DATE", "date"),
    ("DATETIME", "timestamp without time zone"), ("FLOATING POINT", "bigint"), ("STRING", "numeric"),
    ("CHARINT", "bigint"),
    ("signed long", "numeric"), ("unsigned long", "numeric"), ("number", "numeric"), ("number(10)", "numeric"),
    ("mediumint unsigned", "bigint"), ("int(11)", "bigint"), ("integer(8)", "bigint"), ("bigint unsigned (20)", "bigint"),
    ("tinyint(1)", "bigint"), ("bool", "boolean"), ("Boolean", "boolean"), ("bit", "numeric"), ("bit(1)", "numeric"),
    ("LONGVARCHAR", "text"), ("LONGTEXT", "text"), ("text(5)", "text"), ("tinytext", "text"), ("citext", "text"),
    ("char", "text"), ("character varying", "text"), ("char(1)", "text"), ("LONGBLOB", "bytea"), ("tinyblob", "bytea"),
    ("float(53)", "double precision"), ("FLOAT8", "double precision"), ("double unsigned", "double precision"),
    ("real(10,2)", "double precision"), ("decimal", "numeric"), ("DEC(4,2)", "numeric"), ("money", "numeric"),
    ("currency", "numeric"), ("TIME", "time without time zone"), ("TIMESTAMP", "timestamp without time zone"),
    ("timestamp(3)", "timestamp without time zone"), ("timestamptz", "numeric"), ("JSON", "json"), ("JSONB", "json"),
    ("UUID", "uuid"), ("guid", "uuid"), ("UNIQUEIDENTIFIER", "uuid"), ("binary(16)", "numeric"), ("varbinary", "numeric"),
    ("text[]", "text"), ("integer[]", "bigint"), ("POINT", "bytea"), ("GEOMETRY", "bytea"), ("enum", "numeric"),
    ('"quoted type"', "numeric"), ("`INT`", "bigint"), ("[any thing]", "numeric"), ("interval", "bigint"), ("xml", "numeric"),
    ("nonsense", "numeric"), ("BLOBTEXT", "text"), ("FLOATINT", "bigint"), ("DOUBLOB", "bytea"),
]

STRICT_TYPES = [("INT", "bigint"), ("INTEGER", "bigint"), ("REAL", "double precision"), ("TEXT", "text"),
                ("BLOB", "bytea"), ("ANY", "text")]

# --- values: declared type, then pairs of what is put in and what PostgreSQL prints -------------------------

TINY = "0." + "0" * 323 + "5"  # 5e-324

VALUES = {
    "v_int": ("INT", [
        (0, "0"), (-1, "-1"), (2**63 - 1, "9223372036854775807"), (-2**63, "-9223372036854775808"),
        (2**53 + 1, "9007199254740993"), (12.0, "12"), (-0.0, "0"), ("007", "7"), ("12.0", "12"), ("1e3", "1000"),
        ("  7 ", "7"), ("9007199254740993", "9007199254740993"), (math.nan, None), (None, None)]),
    "v_text": ("TEXT", [
        (0, "0"), (2**63 - 1, "9223372036854775807"), (12.5, "12.5"), (12.0, "12.0"), (INF, "Inf"), (1e22, "1.0e+22"),
        ("", ""), (None, None), ("007", "007"), ("  7 ", "  7 "), ("\\N", "\\N"), ("NULL", "NULL"), ("\\", "\\"),
        ("a\tb\nc\rd\be\ff\vg", "a\tb\nc\rd\be\ff\vg"), ("\x01\x1b\x7f", "\x01\x1b\x7f"), ("#hash", "#hash"), ("\\.", "\\."),
        ("é€😀\U0010ffff", "é€😀\U0010ffff"), ("x" * 100000, "x" * 100000), (math.nan, None)]),
    "v_varchar": ("VARCHAR(3)", [("longer than three", "longer than three"), (12345, "12345"), ("ab   ", "ab   ")]),
    # SQLite itself makes U+FFFD of it on the way to UTF-16.
    "v_noncharacter": ("TEXT", [("\ufffe\uffff", "\ufffe\uffff")]),
    "v_none": ("", [
        (0, "0"), (12, "12"), (12.0, "12.0"), (12.5, "12.5"), (-0.0, "-0.0"), (INF, "Infinity"), (-INF, "-Infinity"),
        (1e22, "1e+22"), (0.1 + 0.2, "0.30000000000000004"), ("12", "12"), ("", ""), (None, None),
        (2**53 + 1, "9007199254740993")]),
    "v_blob": ("BLOB", [
        (b"", "\\x"), (b"\x00\xff", "\\x00ff"), (b"abc", "\\x616263"), ("abc", "\\x616263"), ("é", "\\xc3a9"), ("", "\\x"),
        ("YWJj", "\\x59574a6a"), (None, None), (bytes(range(256)) * 400, "\\x" + (bytes(range(256)) * 400).hex())]),
    "v_real": ("REAL", [
        (0, "0"), (-0.0, "0"), (12, "12"), (12.5, "12.5"), (INF, "Infinity"), (-INF, "-Infinity"), (math.nan, None),
        (1e22, "1e+22"), (0.1 + 0.2, "0.30000000000000004"), (5e-324, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (2**53 + 1, "9.007199254740992e+15"), (2**63 - 1, "9.223372036854776e+18"), ("1e400", "Infinity"), (".5", "0.5"),
        ("007", "7"), (16777217, "16777217"), (None, None)]),
    "v_numeric": ("DECIMAL(10,2)", [
        (0, "0"), (12.0, "12"), (0.995, "0.995"), (0.1 + 0.2, "0.30000000000000004"), (2**53 + 1, "9007199254740993"),
        ("9007199254740993", "9007199254740993"), (2**63 - 1, "9223372036854775807"), (1e22, "1" + "0" * 22), (INF, "Infinity"),
        (-INF, "-Infinity"), (5e-324, TINY), ("007", "7"), ("1e3", "1000"), (math.nan, None), (None, None)]),
    "v_bool": ("BOOLEAN", [(0, "f"), (1, "t"), (1.0, "t"), ("1", "t"), ("true", "t"), ("FALSE", "f"), ("T", "t"), ("f", "f"), (None, None)]),
    "v_date": ("DATE", [("2024-02-29", "2024-02-29"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"), (None, None)]),
    "v_time": ("TIME", [("10:30", "10:30:00"), ("23:59:59", "23:59:59"), ("00:00:00.000001", "00:00:00.000001"), (None, None)]),
    "v_datetime": ("DATETIME", [
        ("2024-02-29 12:34:56", "2024-02-29 12:34:56"), ("2024-01-01T00:00", "2024-01-01 00:00:00"),
        ("2024-01-01 00:00:00.123456", "2024-01-01 00:00:00.123456"), ("0001-01-01 00:00:00", "0001-01-01 00:00:00"), (None, None)]),
    "v_json": ("JSON", [
        ('{"b": 1, "a": [1.50, null]}', '{"b": 1, "a": [1.50, null]}'), ('"x"', '"x"'), (12, "12"), (12.5, "12.5"),
        ("null", "null"), (None, None)]),
    "v_uuid": ("UUID", [("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), (None, None)]),
    # By a rule, whatever the class.
    "v_rule_text": ("INTEGER", [(1, "1"), ("toto", "toto"), ("", ""), (12.5, "12.5"), (INF, "Infinity"), (None, None)]),
    "v_rule_epoch": ("DATETIME", [
        (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59"), (10**10, "2286-11-20 17:46:40"), (0.5, "1970-01-01 00:00:00.5"),
        ("951782400", "2000-02-29 00:00:00"), (253402300799, "9999-12-31 23:59:59"), (None, None)]),
    "v_rule_epoch_ms": ("INTEGER", [(1700000000123, "2023-11-14 22:13:20.123+00"), (-1, "1969-12-31 23:59:59.999+00"), (None, None)]),
    "v_rule_julian": ("REAL", [(2440587.5, "1970-01-01 00:00:00"), (2460310, "2023-12-31 12:00:00"), (None, None)]),
    "v_rule_bytea": ("TEXT", [(b"\xff", "\\xff"), ("abc", "\\x616263"), ("a\0b", "\\x610062")]),
}

RULES = """column v_rule_text.v to text
column v_rule_epoch.v to timestamp using epoch-to-timestamp
column v_rule_epoch_ms.v to timestamptz using epoch-ms-to-timestamp
column v_rule_julian.v to timestamp using julian-to-timestamp
column v_rule_bytea.v to bytea
"""

# --- values that have to be refused: declared type, value, the value and the column in words, what is wrong, rule ----

EPOCH = "timestamp using epoch-to-timestamp"

ERRORS = [
    ("INT", 12.5, "real 12.5 in an integer", "", "text"),
    ("INT", 1e22, "real 1e+22 in an integer", "", "text"),
    ("INT", INF, "real Infinity in an integer", "", "text"),
    ("INTEGER", "toto", "text 'toto' in an integer", "", "text"),
    ("INT", "", "text '' in an integer", "", "text"),
    ("INT", "0x10", "text '0x10' in an integer", "", "text"),
    ("INT", "true", "text 'true' in an integer", "", "text"),
    ("INT", "9223372036854775808", "real 9.223372036854776e+18 in an integer", "", "text"),
    ("INT", b"1", "blob x'31' in an integer", "", "bytea"),
    ("TEXT", b"a", "blob x'61' in a text", "", "bytea"),
    ("TEXT", "a\0b", "text 'a\\x00b' in a text", "a zero byte at byte 1, which PostgreSQL's text cannot hold", "bytea"),
    ("TEXT", b"ab\xff", "text 'ab\\xff' in a text", "invalid UTF-8 at byte 2: \\xff", "bytea"),
    ("TEXT", b"\xed\xa0\x80", "text '\\xed\\xa0\\x80' in a text", "invalid UTF-8 at byte 0: \\xed", "bytea"),
    ("TEXT", b"\xc0\x80", "text '\\xc0\\x80' in a text", "invalid UTF-8 at byte 0: \\xc0", "bytea"),
    ("", b"\0", "blob x'00' in a text", "", "bytea"),
    ("BLOB", 1, "integer 1 in a bytes", "", "text"),
    ("BLOB", 1.0, "real 1.0 in a bytes", "", "text"),
    ("REAL", "1,5", "text '1,5' in a float", "", "text"),
    ("REAL", "", "text '' in a float", "", "text"),
    ("REAL", b"", "blob x'' in a float", "", "bytea"),
    ("NUMERIC", "x", "text 'x' in a decimal", "", "text"),
    ("NUMERIC", "", "text '' in a decimal", "", "text"),
    ("NUMERIC", b"1", "blob x'31' in a decimal", "", "bytea"),
    ("BOOLEAN", 2, "integer 2 in a boolean", "", "bigint"),
    ("BOOLEAN", 0.5, "real 0.5 in a boolean", "", "text"),
    ("BOOLEAN", "yes", "text 'yes' in a boolean", "", "text"),
    ("BOOLEAN", b"\1", "blob x'01' in a boolean", "", "bytea"),
    ("DATE", "2024-02-30", "text '2024-02-30' in a date", "no such day", "text"),
    ("DATE", "-0001-01-01", "text '-0001-01-01' in a date", "not of the form YYYY-MM-DD", "text"),
    ("DATE", 20240101, "integer 20240101 in a date", "", "text", EPOCH),
    ("DATETIME", "now", "text 'now' in a timestamp", "not of the form YYYY-MM-DD HH:MM:SS", "text"),
    ("DATETIME", "", "text '' in a timestamp", "not of the form YYYY-MM-DD HH:MM:SS", "text"),
    ("DATETIME", "2024-01-01T00:00:00Z", "text '2024-01-01T00:00:00Z' in a timestamp", "more behind the seconds than a fraction", "text"),
    ("DATETIME", "2024-01-01 24:00:00", "text '2024-01-01 24:00:00' in a timestamp", "no such time of day", "text"),
    ("DATETIME", 1700000000, "integer 1700000000 in a timestamp", "", "text", EPOCH),
    ("DATETIME", 1700000000000, "integer 1700000000000 in a timestamp", "", "text", "timestamp using epoch-ms-to-timestamp"),
    ("DATETIME", 1700000000000000, "integer 1700000000000000 in a timestamp", "", "text", "timestamp using epoch-us-to-timestamp"),
    ("DATETIME", 1700000000000000000, "integer 1700000000000000000 in a timestamp", "", "text", "timestamp using epoch-ns-to-timestamp"),
    ("DATETIME", 2440587.5, "real 2440587.5 in a timestamp", "", "text", "timestamp using julian-to-timestamp"),
    ("TIME", "24:00:00", "text '24:00:00' in a time", "no such time of day", "text"),
    ("TIME", 3600, "integer 3600 in a time", "", "text"),
    ("JSON", b"{}", "blob x'7b7d' in a json", "", "bytea"),
    ("JSON", INF, "real Infinity in a json", "no JSON has it", "text"),
    ("UUID", bytes(16), "blob x'00000000000000000000000000000000' in a uuid", "", "bytea"),
    ("UUID", "a0eebc999c0b4ef8bb6d6bb9bd380a11", "text 'a0eebc999c0b4ef8bb6d6bb9bd380a11' in a uuid", "not of the form 8-4-4-4-12", "text"),
]

# In UTF-16 there is no invalid byte, but half a pair.
ERRORS_16 = [
    ("TEXT", "61 00 3d d8", "text x'61003dd8' in a text", "invalid UTF-16 at byte 2: half a surrogate pair"),
    ("TEXT", "00 de 61 00", "text x'00de6100' in a text", "invalid UTF-16 at byte 0: half a surrogate pair"),
    ("", "3d d8 3d d8", "text x'3dd83dd8' in a text", "invalid UTF-16 at byte 0: half a surrogate pair"),
]

# --- everything else ------------------------------------------------------------------------------------

STRUCTURE = """
CREATE TABLE k_alias (id INTEGER PRIMARY KEY, v TEXT);
INSERT INTO k_alias VALUES (5, 'five');
CREATE TABLE k_auto (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
INSERT INTO k_auto VALUES (7, 'seven'), (41, 'gone');
DELETE FROM k_auto WHERE id = 41;
CREATE TABLE k_auto_empty (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
INSERT INTO k_auto_empty VALUES (9, 'gone');
DELETE FROM k_auto_empty;
CREATE TABLE k_negative (id INTEGER PRIMARY KEY, v TEXT);
INSERT INTO k_negative VALUES (-5, 'below');
CREATE TABLE k_int (id INT PRIMARY KEY, v TEXT);
INSERT INTO k_int VALUES (1, 'one');
CREATE TABLE k_desc (id INTEGER PRIMARY KEY DESC, v TEXT);
INSERT INTO k_desc VALUES (1, 'one');
CREATE TABLE k_desc_table (id INTEGER, v TEXT, PRIMARY KEY (id DESC));
INSERT INTO k_desc_table VALUES (3, 'three');
CREATE TABLE k_composite (b TEXT, a INT, c, PRIMARY KEY (a, b)) WITHOUT ROWID;
INSERT INTO k_composite VALUES ('z', 1, NULL), ('a', 2, 'x'), ('b', 1, 'y');
CREATE TABLE k_text (code TEXT PRIMARY KEY NOT NULL COLLATE NOCASE, v TEXT) STRICT, WITHOUT ROWID;
INSERT INTO k_text VALUES ('A', 'a');
CREATE TABLE f_parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE, x INT, y INT, UNIQUE (x, y));
CREATE TABLE f_child (id INTEGER PRIMARY KEY, implicit INTEGER REFERENCES f_parent, code TEXT REFERENCES f_parent (code)
  ON DELETE CASCADE ON UPDATE SET NULL, x INT, y INT, later INTEGER REFERENCES f_later (id) DEFERRABLE INITIALLY DEFERRED,
  self INTEGER REFERENCES f_child, CONSTRAINT named FOREIGN KEY (x, y) REFERENCES f_parent (x, y));
CREATE TABLE f_later (id INTEGER PRIMARY KEY);
CREATE TABLE f_nowhere (id INTEGER PRIMARY KEY, a INTEGER REFERENCES no_such_table (id));
INSERT INTO f_parent VALUES (1, 'one', 10, 11), (2, 'two', 20, 21);
INSERT INTO f_later VALUES (3);
INSERT INTO f_child VALUES (1, 1, 'one', 10, 11, 3, 1), (2, NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO f_nowhere VALUES (1, 99);
CREATE TABLE d_literals (id INTEGER PRIMARY KEY, i INT DEFAULT -5, plus INT DEFAULT +7, hex INT DEFAULT 0x1F, r REAL DEFAULT 1e3,
  t TEXT DEFAULT 'it''s', n TEXT DEFAULT 'null', e TEXT DEFAULT '', z TEXT DEFAULT NULL, q TEXT DEFAULT "quoted", b BLOB DEFAULT x'00ff',
  yes BOOLEAN DEFAULT TRUE, no BOOLEAN DEFAULT 0, d DATE DEFAULT '2024-02-29', dec DECIMAL(10,2) DEFAULT 0.10, par INT DEFAULT (42),
  num TEXT DEFAULT 12, big INT DEFAULT 9223372036854775807, back TEXT DEFAULT 'a\\b', hash TEXT DEFAULT '#');
CREATE TABLE d_now (id INTEGER PRIMARY KEY, at DATETIME DEFAULT CURRENT_TIMESTAMP, at2 DATETIME DEFAULT (datetime('now')),
  day DATE DEFAULT CURRENT_DATE, tod TIME DEFAULT CURRENT_TIME, txt TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE g_columns (id INTEGER PRIMARY KEY, a INT, b INT GENERATED ALWAYS AS (a * 2) VIRTUAL, c INT AS (a + 1) STORED, d TEXT AS (lower('X' || a)));
INSERT INTO g_columns (id, a) VALUES (1, 5), (2, NULL), (3, -7);
CREATE TABLE c_checks (id INTEGER PRIMARY KEY, v INT CHECK (v > 0), CONSTRAINT pair CHECK (id <> v));
INSERT INTO c_checks VALUES (1, 2);
CREATE TABLE s_strict (id INTEGER PRIMARY KEY, i INT, n INTEGER, r REAL, t TEXT, b BLOB, a ANY) STRICT;
INSERT INTO s_strict VALUES (1, 1, 2, 3, '4', x'05', 6), (2, NULL, NULL, 0.5, '', x'', 'text'), (3, 0, 0, 0, '0', x'30', 12.0);
CREATE TABLE n_none (v TEXT);
INSERT INTO n_none VALUES ('a'), ('b'), ('a');
CREATE TABLE "select" ("from" INT PRIMARY KEY, "a ""quoted"" name" TEXT, "tab	name" TEXT, "UPPER" INT);
INSERT INTO "select" VALUES (1, 'q', 't', 2);
CREATE VIRTUAL TABLE docs USING fts5 (body);
INSERT INTO docs VALUES ('some words');
CREATE VIRTUAL TABLE boxes USING rtree (id, minx, maxx);
CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER PRIMARY KEY);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);
CREATE TABLE gpkg_extensions (table_name TEXT);
CREATE VIRTUAL TABLE rtree_roads_geom USING rtree (id, minx, maxx, miny, maxy);
CREATE TABLE roads (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom LINESTRING, name TEXT(80));
INSERT INTO roads VALUES (1, x'47500001', 'High Street');
CREATE VIEW v_view AS SELECT * FROM n_none;
CREATE TRIGGER tr_n AFTER INSERT ON n_none BEGIN SELECT 1; END;
CREATE INDEX ix_n ON n_none (v DESC);
CREATE UNIQUE INDEX ux_partial ON f_parent (x) WHERE x IS NOT NULL;
ANALYZE;
"""

ROWS = [
    ("k_alias", "id", [("5", "five")]),
    ("k_auto", "id", [("7", "seven")]),
    ("k_auto_empty", "id", []),
    ("k_negative", "id", [("-5", "below")]),
    ("k_composite", "a, b", [("b", "1", "y"), ("z", "1", None), ("a", "2", "x")]),
    ("f_child", "id", [("1", "1", "one", "10", "11", "3", "1"), ("2", None, None, None, None, None, "1")]),
    ("f_nowhere", "id", [("1", "99")]),
    ("g_columns", "id", [("1", "5", "10", "6", "x5"), ("2", None, None, None, None), ("3", "-7", "-14", "-6", "x-7")]),
    ("s_strict", "id", [("1", "1", "2", "3", "4", "\\x05", "6"), ("2", None, None, "0.5", "", "\\x", "text"),
                        ("3", "0", "0", "0", "0", "\\x30", "12.0")]),
    ("n_none", "v", [("a",), ("a",), ("b",)]),
    ('"select"', "1", [("1", "q", "t", "2")]),
    ("roads", "fid", [("1", "\\x47500001", "High Street")]),
]

SKIPPED = ["foreign ", "shadow boxes_node", "shadow boxes_parent", "shadow boxes_rowid", "shadow docs_config", "shadow docs_content",
           "shadow docs_data", "shadow docs_docsize", "shadow docs_idx", "shadow rtree_roads_geom_node",
           "shadow rtree_roads_geom_parent", "shadow rtree_roads_geom_rowid", "table gpkg_contents", "table gpkg_extensions",
           "table gpkg_geometry_columns", "table gpkg_spatial_ref_sys", "table sqlite_stat1", "trigger tr_n", "view v_view",
           "virtual boxes", "virtual docs", "virtual rtree_roads_geom"]

# Queries with one answer each.
FACTS = [
    ("insert into k_alias (v) values ('x') returning id", "6"),
    ("insert into k_auto (v) values ('x') returning id", "42"),
    ("insert into k_auto_empty (v) values ('x') returning id", "10"),
    ("insert into k_negative (v) values ('x') returning id", "1"),
    ("insert into k_desc_table (v) values ('x') returning id", "4"),
    ("select string_agg(attrelid::regclass || ' ' || attidentity::text, ', ' order by 1) from (select attrelid, attidentity from"
     " pg_attribute where attrelid::regclass::text in ('k_int', 'k_desc', 'k_composite') and attidentity <> '' order by 1) x", ""),
    ("select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'k_composite'::regclass and contype = 'p'", "PRIMARY KEY (a, b)"),
    ("select string_agg(pg_get_constraintdef(oid), '; ' order by pg_get_constraintdef(oid)) from pg_constraint where contype = 'f'"
     " and conrelid = 'f_child'::regclass",
     "FOREIGN KEY (code) REFERENCES f_parent(code) ON UPDATE SET NULL ON DELETE CASCADE; FOREIGN KEY (implicit) REFERENCES f_parent(id);"
     " FOREIGN KEY (later) REFERENCES f_later(id) DEFERRABLE INITIALLY DEFERRED; FOREIGN KEY (self) REFERENCES f_child(id);"
     " FOREIGN KEY (x, y) REFERENCES f_parent(x, y)"),
    ("select count(*) from pg_constraint where contype = 'f' and conname = 'named'", "1"),
    ("select count(*) from pg_constraint where contype = 'f' and conrelid = 'f_nowhere'::regclass", "0"),
    ("insert into d_literals default values returning row(d_literals.*)",
     "(1,-5,7,31,1000,it's,null,\"\",,quoted,\"\\\\x00ff\",t,f,2024-02-29,0.10,42,12,9223372036854775807,\"a\\\\b\",#)"),
    ("insert into d_now default values returning concat_ws(',', at = date_trunc('second', now() at time zone 'UTC'), at2 = at,"
     " day = at::date, tod = at::time, txt = to_char(at, 'YYYY-MM-DD HH24:MI:SS'))", "t,t,t,t,t"),
    ("update g_columns set a = 10 where id = 1 returning row(b, c, d)", "(20,11,x10)"),
    ("update g_columns set a = null where id = 3 returning row(b, c, d)", "(,,)"),
    ("select indexdef from pg_indexes where indexname = 'ix_n'", "CREATE INDEX ix_n ON public.n_none USING btree (v DESC)"),
    ("select indexdef from pg_indexes where indexname = 'ux_partial'",
     "CREATE UNIQUE INDEX ux_partial ON public.f_parent USING btree (x) WHERE (x IS NOT NULL)"),
    ("select count(*) from pg_class where relkind = 'r' and relname ~ '^x{54}_[0-9a-f]{8}$'", "1"),
    ("select count(*) from pg_attribute where attname ~ '^y{54}_[0-9a-f]{8}$' and attrelid::regclass::text ~ '^x{54}_' and attnum > 0", "1"),
    ("select count(*) from pg_tables where tablename ~ '^(gpkg_|rtree_|docs|boxes|sqlite)'", "0"),
]

LONG_TABLE, LONG_COLUMN = "x" * 200, "y" * 200


def copy_text(value):
    """As COPY TO writes it."""
    if value is None:
        return "\\N"
    for byte, letter in ("\\", "\\"), ("\t", "t"), ("\n", "n"), ("\r", "r"), ("\b", "b"), ("\f", "f"), ("\v", "v"):
        value = value.replace(byte, "\\" + letter)
    return value


def write(directory, name, lines):
    with open(os.path.join(directory, name), "w", encoding="utf-8", newline="") as f:
        f.writelines(line + "\n" for line in lines)


def want_rows(directory, name, table, order, rows):
    write(directory, "rows/%s.sql" % name, ["copy (select * from %s order by %s) to stdout" % (table, order)])
    write(directory, "rows/%s.want" % name, ["\t".join(copy_text(v) for v in row) for row in rows])


def make_types(db, directory):
    want = []
    for table, types, suffix in ("t_types", TYPES, ""), ("t_strict", STRICT_TYPES, " STRICT"):
        columns = ["c%03d" % n for n in range(len(types))]
        db.execute("CREATE TABLE %s (%s)%s" % (table, ", ".join(
            "%s %s" % (column, declared) for column, (declared, _) in zip(columns, types)), suffix))
        db.execute("INSERT INTO %s DEFAULT VALUES" % table)
        want += ["%s|%s|%s" % (table, column, target) for column, (_, target) in zip(columns, types)]
    write(directory, "types.want", want)


def make_values(db, directory, tables):
    for table in tables:
        declared, pairs = VALUES[table]
        db.execute("CREATE TABLE %s (id INTEGER PRIMARY KEY, v %s)" % (table, declared))
        db.executemany("INSERT INTO %s VALUES (?, ?)" % table, enumerate(value for value, _ in pairs))
        want_rows(directory, table, table, "id", [(str(n), text) for n, (_, text) in enumerate(pairs)])


def make_torture(directory):
    db = sqlite3.connect(os.path.join(directory, "torture.db"), isolation_level=None)
    db.execute("PRAGMA page_size = 1024")
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    make_types(db, directory)
    make_values(db, directory, VALUES)
    db.executescript(STRUCTURE)
    db.execute('CREATE TABLE "%s" ("%s" INT)' % (LONG_TABLE, LONG_COLUMN))
    for table, order, rows in ROWS:
        want_rows(directory, table.strip('"'), table, order, rows)
    write(directory, "skipped.want", SKIPPED)
    write(directory, "facts.sql", [query for query, _ in FACTS])
    write(directory, "facts.want", [answer for _, answer in FACTS])
    write(directory, "rules.cast", RULES.splitlines())
    return db


def make_utf16(directory):
    texts = ["v_text", "v_none", "v_numeric", "v_datetime", "v_json"]
    db = sqlite3.connect(os.path.join(directory, "utf16.db"), isolation_level=None)
    db.execute("PRAGMA encoding = 'UTF-16le'")
    make_values(db, directory, texts)
    db.execute('CREATE TABLE "é€😀" ("ü" TEXT)')
    db.execute('INSERT INTO "é€😀" VALUES (\'ñ\')')
    db.close()


def message(table, words, fault, rule, counts=None):
    text = "sqlite-rows: main.%s: rowid 9: column 'v': %s column" % (table, words)
    if fault:
        text += ": " + fault
    if rule:
        text += "; the rule 'column %s.v to %s' reads it as %s" % (table, rule, rule)
    if counts:
        text += ", 'column %s.v to %s' as a time" % (table, counts)
    return text


def make_errors(directory):
    """A table for each, so that each can be read alone. A row before the bad one must not hide it."""
    want = []
    db = sqlite3.connect(os.path.join(directory, "errors.db"), isolation_level=None)
    for n, (declared, value, *words) in enumerate(ERRORS):
        table = "e%02d" % n
        db.execute("CREATE TABLE %s (v %s)" % (table, declared))
        db.execute("INSERT INTO %s (rowid, v) VALUES (2, NULL)" % table)
        # Python's str cannot be invalid UTF-8, so that goes in as bytes.
        as_text = isinstance(value, bytes) and words[0].startswith("text ")
        db.execute("INSERT INTO %s (rowid, v) VALUES (9, %s)" % (table, "CAST(? AS TEXT)" if as_text else "?"), (value,))
        want.append("%s\t%s" % (table, message(table, *words)))
    db.close()
    write(directory, "errors.want", want)
    want = []
    db = sqlite3.connect(os.path.join(directory, "errors16.db"), isolation_level=None)
    db.execute("PRAGMA encoding = 'UTF-16le'")
    for n, (declared, units, words, fault) in enumerate(ERRORS_16):
        table = "e%02d" % n
        db.execute("CREATE TABLE %s (v %s)" % (table, declared))
        # A blob that is a parameter would be taken for UTF-8.
        db.execute("INSERT INTO %s (rowid, v) VALUES (9, CAST(x'%s' AS TEXT))" % (table, units.replace(" ", "")))
        want.append("%s\t%s" % (table, message(table, words, fault, None)))
    db.close()
    write(directory, "errors16.want", want)


def main(directory):
    os.makedirs(os.path.join(directory, "rows"))
    make_utf16(directory)
    make_errors(directory)
    database = make_torture(directory)
    # Without closing it, which would move the log into the file.
    sys.stdout.flush()
    assert database.in_transaction is False
    os._exit(0)


main(sys.argv[1])
