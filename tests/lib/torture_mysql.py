"""A database that holds what MySQL and MariaDB can hold, and what PostgreSQL has to make of each piece.

    python3 torture_mysql.py mariadb|mysql56 DIRECTORY

writes there torture.sql and errors.sql, for the client, and beside them what is expected: types.want (table, column,
type), rows/TABLE.sql and rows/TABLE.want (a query and its answer as COPY writes it), defaults.want, skipped.want,
facts.sql and facts.want, rules.cast, errors.want (table, then the message). All of it is written down here by hand:
nothing is derived from what pgtide does.
"""

import os
import struct
import sys

SERVER = sys.argv[1]
MARIADB = SERVER == "mariadb"


def text(value, charset="utf8mb4", encoding="utf-8"):
    """A literal that no setting of the session changes."""
    return "_%s x'%s'" % (charset, value.encode(encoding).hex()) if value else "''"


def binary(value):
    return "x'%s'" % value.hex()


def same(*values):
    """What is written as it is expected: numbers, dates."""
    return [(value, value) for value in values] + [("NULL", None)]


def quoted(*values):
    return [("'%s'" % value, value) for value in values] + [("NULL", None)]


def texts(*values):
    return [(text(value), value) for value in values] + [("NULL", None)]


def binaries(*values):
    return [(binary(value), "\\x" + value.hex()) for value in values] + [("NULL", None)]


def floats(*pairs):
    """A literal, what PostgreSQL prints, and the bits: of both widths."""
    return [(literal, shown) for literal, shown, _ in pairs] + [("NULL", None)]


# --- values: declared type, PostgreSQL's type, then pairs of what is put in and what PostgreSQL prints -----------

NEGATIVE_ZERO = "0" if MARIADB else "-0"  # MariaDB stores a zero without its sign
ALL_TEXT = ["", "a", " ", "  two  ", "\\", "\\N", "NULL", "\\.", "#hash", "a\tb\nc\rd\be\ff\vg", "\r", "\r\n", "\n", "\x01\x1b\x7f",
            "it's", '"', "`", "é€", "\\t", "x" * 50, "100%", "\u0130\u0131\u00df", "\ufffd\u2028\ufeff", "e\u0301"]
FOUR_BYTES = ["😀", "\U0010ffff", "a😀b", "\ufffe\uffff"]
LATIN1 = bytes(range(0x01, 0x100))
# MySQL's latin1 is cp1252, with the five bytes that it leaves open as C1 controls.
LATIN1_TEXT = "".join(bytes([b]).decode("cp1252") if b not in (0x81, 0x8d, 0x8f, 0x90, 0x9d) else chr(b) for b in LATIN1)
BYTES = [b"", b"\0", b"\xff", b"\\", b"\\x41", b"a\0b", b"\n\t\r", bytes(range(256))]

# Literal, as real prints it, its bits; and for double precision.
FLOATS = [
    ("0", "0", 0x00000000), ("-0e0", NEGATIVE_ZERO, 0 if MARIADB else 0x80000000), ("0.1", "0.1", 0x3dcccccd),
    ("16777216", "1.6777216e+07", 0x4b800000), ("16777217", "1.6777216e+07", 0x4b800000), ("16777218", "1.6777218e+07", 0x4b800001),
    ("1.1754944e-38", "1.1754944e-38", 0x00800000), ("1.17549e-38", "1.17549e-38", 0x007fffe1),
    ("1.4e-45", "1e-45", 0x00000001), ("-1.4e-45", "-1e-45", 0x80000001), ("3.402823466e38", "3.4028235e+38", 0x7f7fffff),
    ("-3.402823466e38", "-3.4028235e+38", 0xff7fffff), ("123456.789", "123456.79", 0x47f12065), ("1e10", "1e+10", 0x501502f9),
    ("0.333333333", "0.33333334", 0x3eaaaaab), ("9999999", "9.999999e+06", 0x4b18967f), ("1e-7", "1e-07", 0x33d6bf95),
]
DOUBLES = [
    ("0", "0", 0x0000000000000000), ("-0e0", NEGATIVE_ZERO, 0 if MARIADB else 0x8000000000000000),
    ("0.1", "0.1", 0x3fb999999999999a), ("0.1e0 + 0.2e0", "0.30000000000000004", 0x3fd3333333333334),
    ("5e-324", "5e-324", 0x0000000000000001), ("-5e-324", "-5e-324", 0x8000000000000001),
    ("2.2250738585072014e-308", "2.2250738585072014e-308", 0x0010000000000000),
    ("1.7976931348623157e308", "1.7976931348623157e+308", 0x7fefffffffffffff),
    ("-1.7976931348623157e308", "-1.7976931348623157e+308", 0xffefffffffffffff),
    ("9007199254740993e0", "9.007199254740992e+15", 0x4340000000000000), ("1e22", "1e+22", 0x4480f0cf064dd592),
    ("1e23", "9.999999999999999e+22", 0x44b52d02c7e14af6), ("123456789.123456789", "123456789.12345679", 0x419d6f34547e6b75),
    ("4.35", "4.35", 0x4011666666666666), ("1e15", "1e+15", 0x430c6bf526340000), ("123456789012345e0", "123456789012345", 0x42dc12218377de40),
    ("1e-5", "1e-05", 0x3ee4f8b588e368f1), ("299792458", "299792458", 0x41b1de784a000000),
]

DAYS = [("'0000-00-00'", None), ("'2010-00-00'", None), ("'2010-05-00'", None), ("'0000-01-01'", None),
        ("'0001-01-01'", "0001-01-01"), ("'1000-01-01'", "1000-01-01"), ("'2024-02-29'", "2024-02-29"),
        ("'9999-12-31'", "9999-12-31"), ("NULL", None)]

VALUES = {
    "tinyint1": ("TINYINT(1)", "smallint", same("0", "1", "2", "-1", "127", "-128")),
    "tinyint1_unsigned": ("TINYINT(1) UNSIGNED", "smallint", same("0", "1", "255")),
    "bool": ("BOOL", "smallint", [("TRUE", "1"), ("FALSE", "0"), ("2", "2"), ("NULL", None)]),
    "tinyint": ("TINYINT", "smallint", same("-128", "127")),
    "tinyint_unsigned": ("TINYINT UNSIGNED", "smallint", same("0", "255")),
    "smallint": ("SMALLINT", "smallint", same("-32768", "32767")),
    "smallint_unsigned": ("SMALLINT UNSIGNED", "integer", same("0", "65535")),
    "mediumint": ("MEDIUMINT", "integer", same("-8388608", "8388607")),
    "mediumint_unsigned": ("MEDIUMINT UNSIGNED", "integer", same("0", "16777215")),
    "int": ("INT", "integer", same("-2147483648", "2147483647")),
    "int1": ("INT(1)", "integer", same("-2147483648", "2147483647")),
    "int11": ("INT(11)", "integer", same("-2147483648", "2147483647")),
    "int_unsigned": ("INT(11) UNSIGNED", "bigint", same("0", "4294967295")),
    "bigint": ("BIGINT", "bigint", same("-9223372036854775808", "9223372036854775807")),
    "bigint_unsigned": ("BIGINT(20) UNSIGNED", "numeric(20,0)", same("0", "9223372036854775808", "18446744073709551615")),
    "zerofill": ("INT(5) ZEROFILL", "bigint", same("0", "4294967295") + [("42", "42"), ("00042", "42"), ("123456", "123456")]),
    "tinyint_zerofill": ("TINYINT(3) ZEROFILL", "smallint", [("0", "0"), ("7", "7"), ("255", "255"), ("NULL", None)]),
    "mediumint_zerofill": ("MEDIUMINT ZEROFILL", "integer", [("0", "0"), ("7", "7"), ("16777215", "16777215")]),
    "bigint_zerofill": ("BIGINT(20) ZEROFILL", "numeric(20,0)", [("0", "0"), ("7", "7"), ("18446744073709551615", "18446744073709551615")]),
    "decimal": ("DECIMAL(65,30)", "numeric(65,30)", same(
        "9" * 35 + "." + "9" * 30, "-" + "9" * 35 + "." + "9" * 30, "0." + "0" * 29 + "1", "-0." + "0" * 29 + "1", "0." + "0" * 30)
        + [("1", "1." + "0" * 30), ("-0.0", "0." + "0" * 30)]),
    "decimal65": ("DECIMAL(65,0)", "numeric(65,0)", same("9" * 65, "-" + "9" * 65, "0")),
    "decimal_plain": ("DECIMAL", "numeric(10,0)", same("9999999999", "-9999999999")),
    "decimal_unsigned": ("DECIMAL(10,2) UNSIGNED", "numeric(10,2)", [("0", "0.00"), ("0.995", "1.00"), ("99999999.99", "99999999.99")]),
    "decimal_zerofill": ("DECIMAL(10,2) ZEROFILL", "numeric(10,2)", [("0", "0.00"), ("7.5", "7.50"), ("99999999.99", "99999999.99")]),
    "decimal_one": ("DECIMAL(1,1)", "numeric(1,1)", same("0.9", "-0.9", "0.0")),
    "float": ("FLOAT", "real", floats(*FLOATS)),
    "float_unsigned": ("FLOAT UNSIGNED", "real", [("0.1", "0.1"), ("16777216", "1.6777216e+07"), ("3.402823466e38", "3.4028235e+38")]),
    "float_md": ("FLOAT(7,3)", "real", [("1234.5678", "1234.568"), ("-9999.999", "-9999.999"), ("0.0006", "0.001"), ("NULL", None)]),
    "float_zerofill": ("FLOAT ZEROFILL", "real", [("1.5", "1.5"), ("16777216", "1.6777216e+07"), ("0", "0")]),
    "float24": ("FLOAT(24)", "real", [("16777217", "1.6777216e+07"), ("0.1", "0.1")]),
    "float25": ("FLOAT(25)", "double precision", [("16777217", "16777217"), ("0.1", "0.1")]),
    "double": ("DOUBLE", "double precision", floats(*DOUBLES)),
    "double_md": ("DOUBLE(10,2)", "double precision", [("1234.5678", "1234.57"), ("99999999.99", "99999999.99"), ("NULL", None)]),
    "double_zerofill": ("DOUBLE ZEROFILL", "double precision", [("1.5", "1.5"), ("0.1", "0.1")]),
    "real": ("REAL", "double precision", [("0.1", "0.1"), ("5e-324", "5e-324")]),
    "bit1": ("BIT(1)", "boolean", [("b'0'", "f"), ("b'1'", "t"), ("NULL", None)]),
    "bit": ("BIT", "boolean", [("0", "f"), ("1", "t")]),
    "bit8": ("BIT(8)", "bit(8)", [("0", "00000000"), ("5", "00000101"), ("255", "11111111"), ("NULL", None)]),
    "bit12": ("BIT(12)", "bit(12)", [("b'101'", "000000000101"), ("0", "0" * 12), ("4095", "1" * 12), ("0x0a0d", "101000001101")]),
    "bit63": ("BIT(63)", "bit(63)", [("0x7fffffffffffffff", "1" * 63), ("1", "0" * 62 + "1")]),
    "bit64": ("BIT(64)", "bit(64)", [("0xffffffffffffffff", "1" * 64), ("0x8000000000000000", "1" + "0" * 63), ("92", "0" * 57 + "1011100")]),
    "year": ("YEAR", "smallint", [("0", "0"), ("1901", "1901"), ("2024", "2024"), ("2155", "2155"), ("'00'", "2000"), ("NULL", None)]),
    "date": ("DATE", "date", DAYS),
    "date_not_null": ("DATE NOT NULL", "date", quoted("0001-01-01", "2024-02-29", "9999-12-31")[:-1]),
    "datetime": ("DATETIME", "timestamp(0) without time zone", [
        ("'0000-00-00 00:00:00'", None), ("'2010-00-00 12:34:56'", None), ("'2010-05-00 00:00:00'", None), ("'0000-01-01 00:00:00'", None)]
        + quoted("0001-01-01 00:00:00", "2024-03-31 02:30:00", "2024-10-27 02:30:00", "9999-12-31 23:59:59", "1969-12-31 23:59:59")),
    "datetime3": ("DATETIME(3)", "timestamp(3) without time zone", [("'2024-02-29 12:00:00.1234'", "2024-02-29 12:00:00.123"),
        ("'9999-12-31 23:59:59.999'", "9999-12-31 23:59:59.999"), ("'2024-01-01'", "2024-01-01 00:00:00"), ("'0000-00-00'", None)]),
    "datetime6": ("DATETIME(6)", "timestamp without time zone", quoted(
        "9999-12-31 23:59:59.999999", "2024-02-29 12:00:00.000001", "2024-03-10 02:30:00.5") + [("'0000-00-00'", None), ("'2010-05-00 12:34:56.123456'", None)]),
    "timestamp": ("TIMESTAMP NULL", "timestamp(0) with time zone", [
        ("'0000-00-00 00:00:00'", None), ("NULL", None), ("'1970-01-01 00:00:01'", "1970-01-01 00:00:01+00"),
        ("'2038-01-19 03:14:07'", "2038-01-19 03:14:07+00"), ("'2024-10-27 00:30:00'", "2024-10-27 00:30:00+00"),
        ("'2024-10-27 01:30:00'", "2024-10-27 01:30:00+00")]),
    "timestamp3": ("TIMESTAMP(3) NULL", "timestamp(3) with time zone", [("'2024-02-29 12:00:00.123'", "2024-02-29 12:00:00.123+00"), ("'0000-00-00'", None)]),
    "timestamp6": ("TIMESTAMP(6) NULL", "timestamp with time zone", [
        ("'2024-02-29 12:00:00.123456'", "2024-02-29 12:00:00.123456+00"), ("'1970-01-01 00:00:01.000001'", "1970-01-01 00:00:01.000001+00"), ("NULL", None)]),
    "time": ("TIME", "time(0) without time zone", quoted("00:00:00", "23:59:59", "02:30:00", "24:00:00")),
    "time6": ("TIME(6)", "time without time zone", quoted("00:00:00.000001", "23:59:59.999999", "12:00:00.5")),
    "time_interval": ("TIME(6)", "interval", [
        ("'-838:59:59'", "-838:59:59"), ("'838:59:59'", "838:59:59"), ("'-00:00:01'", "-00:00:01"), ("'24:00:00'", "24:00:00"),
        ("'00:00:00.000001'", "00:00:00.000001"), ("'-00:00:00.000001'", "-00:00:00.000001"), ("'0'", "00:00:00"), ("NULL", None)]),
    "char": ("CHAR(5)", "character varying(5)", [(text("a  "), "a"), (text("é€😀"), "é€😀"), ("''", ""), (text("  a"), "  a"), (text("😀" * 5), "😀" * 5), ("NULL", None)]),
    "char0": ("CHAR(0)", "character varying", [("''", ""), ("NULL", None)]),
    "varchar": ("VARCHAR(60)", "character varying(60)", texts(*ALL_TEXT, *FOUR_BYTES)),
    "varchar_spaces": ("VARCHAR(3)", "character varying(3)", [(text("a  "), "a  "), (text("   "), "   "), (text("😀😀😀"), "😀😀😀")]),
    "varchar_long": ("VARCHAR(16000)", "character varying(16000)", [("repeat(%s, 16000)" % text("😀"), "😀" * 16000), ("repeat('\\\\', 16000)", "\\" * 16000)]),
    "tinytext": ("TINYTEXT", "text", texts(*ALL_TEXT)),
    "text": ("TEXT", "text", texts(*ALL_TEXT, *FOUR_BYTES) + [("repeat('x', 65535)", "x" * 65535)]),
    "mediumtext": ("MEDIUMTEXT", "text", texts(*ALL_TEXT)),
    "longtext": ("LONGTEXT", "text", texts(*ALL_TEXT, *FOUR_BYTES) + [("repeat(%s, 300000)" % text("é\\"), "é\\" * 300000)]),
    "latin1": ("TEXT CHARACTER SET latin1", "text", [("_latin1 " + binary(LATIN1), LATIN1_TEXT), ("_latin1 x'c3a9'", "Ã©"), ("NULL", None)]),
    "ascii": ("VARCHAR(20) CHARACTER SET ascii", "character varying(20)", [("'a'", "a"), ("_ascii x'5c'", "\\")]),
    "utf8mb3": ("TEXT CHARACTER SET utf8", "text", [(text(t, "utf8"), t) for t in ALL_TEXT] + [(text("\ufffe\uffff", "utf8"), "\ufffe\uffff")]),
    "ucs2": ("TEXT CHARACTER SET ucs2", "text", [(text(t, "ucs2", "utf-16-be"), t) for t in ALL_TEXT]),
    "utf16": ("TEXT CHARACTER SET utf16", "text", [(text(t, "utf16", "utf-16-be"), t) for t in ALL_TEXT + FOUR_BYTES]),
    "utf16le": ("TEXT CHARACTER SET utf16le", "text", [(text(t, "utf16le", "utf-16-le"), t) for t in ALL_TEXT + FOUR_BYTES]),
    "utf32": ("TEXT CHARACTER SET utf32", "text", [(text(t, "utf32", "utf-32-be"), t) for t in ALL_TEXT + FOUR_BYTES]),
    "sjis": ("TEXT CHARACTER SET sjis", "text", [("_sjis x'835c835c'", "ソソ"), ("_sjis x'955c5c'", "表\\"), ("_sjis x'b1'", "ｱ")]),
    "gbk": ("TEXT CHARACTER SET gbk", "text", [("_gbk x'815c'", "乗"), ("_gbk x'bfa75c'", "咖\\")]),
    "big5": ("TEXT CHARACTER SET big5", "text", [("_big5 x'a55c'", "功"), ("_big5 x'b35c5c'", "許\\")]),
    "euckr": ("TEXT CHARACTER SET euckr", "text", [("_euckr x'b0a1'", "가")]),
    "koi8r": ("TEXT CHARACTER SET koi8r", "text", [("_koi8r x'c1c2'", "аб")]),
    "double_encoded": ("VARCHAR(20) CHARACTER SET latin1", "character varying(20)", [("_latin1 x'c3a9'", "Ã©"), ("_latin1 x'e282ac'", "â‚¬")]),
    "char_binary": ("CHAR(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "character varying(4)", [(text("a "), "a"), (text("É"), "É")]),
    "binary": ("BINARY(4)", "bytea", [("'ab'", "\\x61620000"), ("''", "\\x00000000"), ("x'20202020'", "\\x20202020"), ("x'00ff5c0a'", "\\x00ff5c0a"), ("NULL", None)]),
    "varbinary": ("VARBINARY(300)", "bytea", binaries(*BYTES)),
    "tinyblob": ("TINYBLOB", "bytea", binaries(*BYTES[:-1])),
    "blob": ("BLOB", "bytea", binaries(*BYTES)),
    "mediumblob": ("MEDIUMBLOB", "bytea", binaries(*BYTES) + [("repeat(x'00', 300000)", "\\x" + "00" * 300000)]),
    "longblob": ("LONGBLOB", "bytea", binaries(*BYTES) + [("repeat(x'5c', 1000000)", "\\x" + "5c" * 1000000)]),
    "char_charset_binary": ("VARCHAR(20) CHARACTER SET binary", "bytea", binaries(b"\xff\0", b"abc")),
    "text_charset_binary": ("TEXT CHARACTER SET binary", "bytea", binaries(b"\xff\0", b"abc")),
    "enum": ("ENUM('a''b', 'a\\\\b', 'a,b', 'É', '', 'Z', 'two words', '\"', '{', 'null')", "v_enum_enum", [
        ("1", "a'b"), ("2", "a\\b"), ("3", "a,b"), ("4", "É"), ("5", ""), ("'z'", "Z"), ("7", "two words"), ("8", '"'), ("9", "{"), ("10", "null"), ("NULL", None)]),
    "enum_latin1": ("ENUM('é', 'ü') CHARACTER SET latin1", "v_enum_enum_latin1", [("1", "é"), ("2", "ü")]),
    "enum_four": ("ENUM('😀', '?', 'x') CHARACTER SET utf8mb4", "v_enum_enum_four", [("1", "😀"), ("2", "?"), ("3", "x")]),
    "set": ("SET('a\"b', 'a\\\\b', '{', '}', 'NULL', 'two words', 'É', 'a''b', 'plain')", "v_set_set[]", [
        ("''", "{}"), ("1", '{"a\\"b"}'), ("2", '{"a\\\\b"}'), ("4", '{"{"}'), ("8", '{"}"}'), ("16", '{"NULL"}'), ("32", '{"two words"}'), ("64", "{É}"),
        ("128", "{a'b}"), ("256", "{plain}"), ("'plain,two words'", '{"two words",plain}'),
        ("511", '{"a\\"b","a\\\\b","{","}","NULL","two words",É,a\'b,plain}'), ("NULL", None)]),
    "set64": ("SET(%s)" % ", ".join("'m%d'" % n for n in range(64)), "v_set_set64[]", [
        ("18446744073709551615", "{%s}" % ",".join("m%d" % n for n in range(64))), ("9223372036854775808", "{m63}"), ("0", "{}"), ("1", "{m0}")]),
    "point": ("POINT", "bytea", [
        ("%s('POINT(1 2)')" % "GeomFromText", "\\x0101000000" + struct.pack("<dd", 1, 2).hex()),
        ("GeomFromText('POINT(-0.5 1e300)', 4326)", "\\x0101000020e6100000" + struct.pack("<dd", -0.5, 1e300).hex()), ("NULL", None)]),
    "geometry": ("GEOMETRY", "bytea", [
        ("GeomFromText('LINESTRING(0 0, 1 1)')", "\\x010200000002000000" + struct.pack("<dddd", 0, 0, 1, 1).hex()),
        ("GeomFromText('LINESTRING(0 0, 1 1)', 3857)", "\\x0102000020110f000002000000" + struct.pack("<dddd", 0, 0, 1, 1).hex()),
        ("GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))', 7)",
         "\\x01070000200700000001000000" + "0101000000" + struct.pack("<dd", 1, 2).hex()), ("NULL", None)]),
    "polygon": ("POLYGON", "bytea", [("GeomFromText('POLYGON((0 0,0 1,1 1,0 0))')",
        "\\x01030000000100000004000000" + struct.pack("<8d", 0, 0, 0, 1, 1, 1, 0, 0).hex())]),
}
FLOAT_BITS = {"float": ("float4send", "%08x", FLOATS), "double": ("float8send", "%016x", DOUBLES)}

if MARIADB:
    VALUES.update({
        "json": ("JSON", "json", [("'{\"b\": 1, \"a\":   [1.50, null], \"a\": 2}'", '{"b": 1, "a":   [1.50, null], "a": 2}'), ("'1e400'", "1e400"),
            ("'\"\\\\\\\\u0000\"'", '"\\\\u0000"'), ("'\"\\\\u0000\"'", '"\\u0000"'), (text('"😀"'), '"😀"'), ("'null'", "null"), ("' [ ] '", " [ ] "), ("NULL", None)]),
        "uuid": ("UUID", "uuid", [("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            ("'00000000-0000-0000-0000-000000000000'", "00000000-0000-0000-0000-000000000000"),
            ("'ffffffff-ffff-ffff-ffff-ffffffffffff'", "ffffffff-ffff-ffff-ffff-ffffffffffff"), ("NULL", None)]),
        "inet4": ("INET4", "inet", quoted("0.0.0.0", "255.255.255.255", "192.168.0.1")),
        "inet6": ("INET6", "inet", quoted("::", "::1", "2001:db8::1", "::ffff:1.2.3.4", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1:0:0:2::3")),
    })
else:
    VALUES.update({
        # 5.6 takes it for four digits, and warns.
        "year2": ("YEAR(2)", "smallint", [("'69'", "2069"), ("'70'", "1970")]),
    })

# The tables, one for each line of what has to be moved, and their columns.
TABLES = {
    "v_tinyint1": "tinyint1 tinyint1_unsigned bool", "v_tinyint": "tinyint tinyint_unsigned", "v_smallint": "smallint smallint_unsigned",
    "v_mediumint": "mediumint mediumint_unsigned", "v_int": "int int1 int11 int_unsigned", "v_bigint": "bigint bigint_unsigned",
    "v_zerofill": "zerofill tinyint_zerofill mediumint_zerofill bigint_zerofill decimal_zerofill float_zerofill double_zerofill",
    "v_decimal": "decimal decimal65 decimal_plain decimal_unsigned decimal_one", "v_float": "float float_unsigned float_md float24 float25",
    "v_double": "double double_md real", "v_bit": "bit1 bit bit8 bit12 bit63 bit64", "v_year": "year year2", "v_date": "date date_not_null",
    "v_datetime": "datetime datetime3 datetime6", "v_timestamp": "timestamp timestamp3 timestamp6", "v_time": "time time6 time_interval",
    "v_char": "char char_binary char0", "v_varchar": "varchar varchar_spaces varchar_long", "v_text": "tinytext text mediumtext longtext",
    "v_charset": "latin1 ascii utf8mb3 ucs2 utf16 utf16le utf32 sjis gbk big5 euckr koi8r", "v_double_encoded": "double_encoded",
    "v_binary": "binary varbinary char_charset_binary", "v_blob": "tinyblob blob mediumblob longblob text_charset_binary",
    "v_enum": "enum enum_latin1 enum_four", "v_set": "set set64", "v_geometry": "point geometry polygon", "v_json": "json", "v_uuid": "uuid", "v_inet": "inet4 inet6",
}

RULES = """column v_time.time_interval to interval
"""

# --- defaults: declared type, its default, and what PostgreSQL says of the column's default -------------------------

DEFAULTS = [
    ("INT DEFAULT 5", "5"), ("INT DEFAULT -5", "'-5'::integer"), ("INT NOT NULL DEFAULT '7'", "7"), ("INT DEFAULT NULL", None), ("INT", None),
    ("TINYINT(1) NOT NULL DEFAULT '1'", "1"), ("BOOL DEFAULT FALSE", "0"), ("TINYINT UNSIGNED DEFAULT 255", "255"),
    ("BIGINT DEFAULT -9223372036854775808", "'-9223372036854775808'::bigint"), ("BIGINT UNSIGNED DEFAULT 18446744073709551615", "'18446744073709551615'::numeric"),
    ("INT(5) ZEROFILL DEFAULT 42", "42"), ("DECIMAL(10,2) DEFAULT 0.10", "0.10"), ("DECIMAL(10,2) DEFAULT '-1'", "'-1.00'::numeric"),
    ("FLOAT DEFAULT 0.1", "'0.1'::real"), ("DOUBLE DEFAULT 1e300", "'1e+300'::double precision"), ("DOUBLE DEFAULT -0.5", "'-0.5'::double precision"),
    ("BIT(1) NOT NULL DEFAULT b'0'", "false"), ("BIT(1) DEFAULT b'1'", "true"), ("BIT(8) DEFAULT b'101'", "'00000101'::\"bit\""),
    ("YEAR DEFAULT 2024", "2024"), ("YEAR DEFAULT '0000'", "0"),
    ("DATE DEFAULT '2024-02-29'", "'2024-02-29'::date"), ("DATE DEFAULT '0000-00-00'", None), ("DATE NOT NULL DEFAULT '0000-00-00'", None),
    ("DATETIME DEFAULT '2024-02-29 12:00:00'", "'2024-02-29 12:00:00'::timestamp without time zone"),
    ("DATETIME(3) DEFAULT '2024-02-29 12:00:00.123'", "'2024-02-29 12:00:00.123'::timestamp without time zone"),
    ("DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00'", None),
    ("DATETIME DEFAULT CURRENT_TIMESTAMP", "date_trunc('second'::text, LOCALTIMESTAMP)"), ("DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6)", "LOCALTIMESTAMP"),
    ("TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP", "date_trunc('second'::text, CURRENT_TIMESTAMP)"), ("TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3)", "date_trunc('milliseconds'::text, CURRENT_TIMESTAMP)"), ("TIMESTAMP NULL DEFAULT NOW()", "date_trunc('second'::text, CURRENT_TIMESTAMP)"),
    ("TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00'", None), ("TIMESTAMP NULL DEFAULT '2024-01-01 00:00:00'", "'2024-01-01 00:00:00+00'::timestamp with time zone"),
    ("TIME DEFAULT '12:34:56'", "'12:34:56'::time without time zone"),
    ("CHAR(3) DEFAULT 'abc'", "'abc'::character varying"), ("VARCHAR(9) NOT NULL DEFAULT ''", "''::character varying"),
    ("VARCHAR(9) DEFAULT 'it''s'", "'it''s'::character varying"), ("VARCHAR(9) DEFAULT 'NULL'", "'NULL'::character varying"),
    ("VARCHAR(9) DEFAULT NULL", None), ("VARCHAR(9) DEFAULT 'a\\\\b'", "'a\\b'::character varying"), ("VARCHAR(9) DEFAULT 'é€'", "'é€'::character varying"),
    ("VARCHAR(9) DEFAULT '#'", "'#'::character varying"), ("VARCHAR(20) DEFAULT 'CURRENT_TIMESTAMP'", "'CURRENT_TIMESTAMP'::character varying"),
    ("VARCHAR(9) DEFAULT '\\t\\n'", "'\t\n'::character varying"), ("VARCHAR(9) DEFAULT 0", "'0'::character varying"), ("VARCHAR(9) DEFAULT '''x'''", "'''x'''::character varying"),
    ("BINARY(4) DEFAULT 'ab'", "'\\x61620000'::bytea"), ("VARBINARY(9) DEFAULT x'00ff'", "'\\x00ff'::bytea"), ("BINARY(2) DEFAULT '\\0\\0'", "'\\x0000'::bytea"),
    ("VARBINARY(9) DEFAULT ''", "'\\x'::bytea"),
    ("ENUM('a''b', 'c') DEFAULT 'a''b'", "'a''b'::d_defaults_d51"), ("SET('x', 'y z') DEFAULT 'x,y z'", "'{x,\"y z\"}'::d_defaults_d52[]"), ("SET('x') NOT NULL DEFAULT ''", "'{}'::d_defaults_d53[]"),
]
if MARIADB:
    DEFAULTS += [
        ("TEXT DEFAULT 'text'", "'text'::text"), ("BLOB DEFAULT x'00'", "'\\x00'::bytea"), ("INT DEFAULT (1 + 2)", "(1 + 2)"),
        ("VARCHAR(36) DEFAULT uuid()", "(gen_random_uuid())::text"), ("DATE DEFAULT (curdate())", "CURRENT_DATE"), ("JSON DEFAULT '[]'", "'[]'::json"),
        ("UUID DEFAULT '00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000001'::uuid"), ("INET6 DEFAULT '::1'", "'::1'::inet"),
        ("DOUBLE DEFAULT (rand())", None), ("BIGINT DEFAULT (unix_timestamp())", "(floor(EXTRACT(epoch FROM CURRENT_TIMESTAMP)))::bigint"),
    ]

# --- everything else: SQL of both servers, then of each -------------------------------------------------------------

# Tables are files, whose names are longer than the table's.
LONG, LONG_TABLE = "あ" * 64, "é" * 64
STRUCTURE = """
CREATE TABLE k_auto (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT);
INSERT INTO k_auto VALUES (7, 'seven'), (41, 'gone');
DELETE FROM k_auto WHERE id = 41;
CREATE TABLE k_auto_empty (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT) AUTO_INCREMENT = 1000;
CREATE TABLE k_auto_fresh (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT);
CREATE TABLE k_negative (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT);
INSERT INTO k_negative VALUES (-5, 'below');
CREATE TABLE k_small (id TINYINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v TEXT);
INSERT INTO k_small VALUES (200, 'high');
CREATE TABLE k_not_primary (code CHAR(3) PRIMARY KEY, id INT AUTO_INCREMENT, KEY by_id (id));
INSERT INTO k_not_primary VALUES ('a', 3), ('b', 9);
CREATE TABLE k_full (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT);
INSERT INTO k_full VALUES (2147483647, 'last');
CREATE TABLE k_per_group (grp INT, id INT AUTO_INCREMENT, v TEXT, PRIMARY KEY (grp, id)) ENGINE = MyISAM;
INSERT INTO k_per_group (grp, v) VALUES (1, 'a'), (1, 'b'), (2, 'c');
CREATE TABLE k_composite (b VARCHAR(10), a INT, c TEXT, PRIMARY KEY (b, a), UNIQUE KEY ux_a_b (a, b));
INSERT INTO k_composite VALUES ('z', 1, NULL), ('a', 2, 'x'), ('b', 1, 'y');
CREATE TABLE k_none (a INT, b TEXT) ENGINE = MyISAM;
INSERT INTO k_none VALUES (1, 'twice'), (1, 'twice'), (NULL, NULL);
CREATE TABLE b_parent (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, other BIGINT UNSIGNED);
INSERT INTO b_parent VALUES (9223372036854775806, 18446744073709551615);
CREATE TABLE b_child (parent BIGINT UNSIGNED NOT NULL, CONSTRAINT b_fk FOREIGN KEY (parent) REFERENCES b_parent (id));
INSERT INTO b_child VALUES (9223372036854775806);
CREATE TABLE f_parent (id INT PRIMARY KEY, code VARCHAR(5) UNIQUE, x INT, y INT, UNIQUE KEY xy (x, y));
CREATE TABLE f_child (id INT PRIMARY KEY, code VARCHAR(5), x INT, y INT, self INT, KEY (code),
  CONSTRAINT by_code FOREIGN KEY (code) REFERENCES f_parent (code) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT `by xy` FOREIGN KEY (x, y) REFERENCES f_parent (x, y) ON DELETE NO ACTION ON UPDATE CASCADE,
  CONSTRAINT by_self FOREIGN KEY (self) REFERENCES f_child (id) ON DELETE RESTRICT);
INSERT INTO f_parent VALUES (1, 'one', 10, 11), (2, 'two', 20, 21);
INSERT INTO f_child VALUES (1, 'one', 10, 11, 1), (2, NULL, NULL, 11, 1);
CREATE TABLE f_left (id INT PRIMARY KEY, r INT);
CREATE TABLE f_right (id INT PRIMARY KEY, l INT, CONSTRAINT to_left FOREIGN KEY (l) REFERENCES f_left (id));
ALTER TABLE f_left ADD CONSTRAINT to_right FOREIGN KEY (r) REFERENCES f_right (id);
INSERT INTO f_left VALUES (1, NULL);
INSERT INTO f_right VALUES (2, 1);
UPDATE f_left SET r = 2;
CREATE TABLE i_indexes (id INT PRIMARY KEY, a INT, b VARCHAR(90), c TEXT, d VARBINARY(100), p POINT NOT NULL,
  KEY `ix two` (a, b), KEY ix_prefix (b(10)), UNIQUE KEY ux_prefix (c(5)), KEY ix_mixed (a, c(20)), KEY ix_bytes (d(4)),
  FULLTEXT KEY ft (c), FULLTEXT KEY ft_two (b, c), SPATIAL KEY sp (p), KEY ix_commented (a) COMMENT 'why') ENGINE = MyISAM;
INSERT INTO i_indexes VALUES (1, 1, 'abcdefghijklmnop', 'abcde', 'x', GeomFromText('POINT(1 2)')), (2, 1, 'abcdefghijklmnop', 'abcdf', 'y', GeomFromText('POINT(1 2)'));
CREATE TABLE o_update (id INT PRIMARY KEY, v INT, at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  stamp TIMESTAMP NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP);
INSERT INTO o_update VALUES (1, 1, '2001-01-01 00:00:00', '2001-01-01 00:00:00');
CREATE TABLE w_posts (id INT AUTO_INCREMENT PRIMARY KEY, made DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', day DATE NOT NULL DEFAULT '0000-00-00');
INSERT INTO w_posts VALUES (1, '0000-00-00 00:00:00', '0000-00-00'), (2, '2024-01-01 00:00:00', '2024-01-01');
CREATE TABLE m_comments (id INT PRIMARY KEY COMMENT 'it''s a key', v INT COMMENT 'tab\\there\\nnew line, é€ \\\\ "#"') COMMENT = '# table; ''quoted''';
CREATE TABLE p_parts (id INT NOT NULL, v TEXT, PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 4;
INSERT INTO p_parts VALUES (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four');
CREATE TABLE e_empty (id INT PRIMARY KEY);
CREATE TABLE Names (id INT PRIMARY KEY);
CREATE TABLE names (id INT PRIMARY KEY, `Id2` INT, `select` INT);
INSERT INTO Names VALUES (1);
INSERT INTO names VALUES (2, 3, 4);
CREATE TABLE `two words` (`a b` INT, ` c` INT, KEY `k k` (`a b`));
INSERT INTO `two words` VALUES (1, 2);
CREATE TABLE `a.b` (`c.d` INT PRIMARY KEY);
INSERT INTO `a.b` VALUES (1);
CREATE TABLE `q``q"q'q` (`b``b` INT PRIMARY KEY, `d"d` INT, `s's` INT, `back\\slash` INT, UNIQUE KEY `k"k` (`d"d`));
INSERT INTO `q``q"q'q` VALUES (1, 2, 3, 4);
CREATE TABLE `tab	tab` (`new
line` INT PRIMARY KEY, `#hash` INT, `a=b` INT);
INSERT INTO `tab	tab` VALUES (1, 2, 3);
CREATE TABLE `%(table)s` (`%(long)s` INT PRIMARY KEY, v INT, KEY `%(long)s` (v));
INSERT INTO `%(table)s` VALUES (1, 2);
CREATE VIEW x_view AS SELECT id FROM k_auto;
CREATE TRIGGER x_trigger BEFORE INSERT ON k_auto FOR EACH ROW SET NEW.v = upper(NEW.v);
CREATE PROCEDURE x_procedure() SELECT 1;
CREATE FUNCTION x_function() RETURNS INT DETERMINISTIC RETURN 1;
CREATE EVENT x_event ON SCHEDULE EVERY 1 DAY DISABLE DO SET @x = 1;
""" % {"long": LONG, "table": LONG_TABLE}

if MARIADB:
    STRUCTURE += """
CREATE TABLE g_columns (id INT PRIMARY KEY, a INT, twice INT AS (a * 2) VIRTUAL, more INT AS (a + 1) STORED, shout VARCHAR(20) AS (upper(concat('x', a))) VIRTUAL);
INSERT INTO g_columns (id, a) VALUES (1, 5), (2, -1), (3, NULL);
CREATE TABLE c_checks (id INT PRIMARY KEY, a INT CHECK (a > 0), b INT, CONSTRAINT `b over a` CHECK (b > a OR b IS NULL));
INSERT INTO c_checks VALUES (1, 1, 2), (2, 5, NULL);
CREATE TABLE h_hidden (id INT PRIMARY KEY, secret INT INVISIBLE DEFAULT 7);
INSERT INTO h_hidden (id, secret) VALUES (1, 8);
CREATE TABLE s_versioned (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING;
INSERT INTO s_versioned VALUES (1, 1);
UPDATE s_versioned SET v = 2;
CREATE SEQUENCE s_sequence START WITH 100 INCREMENT BY 10 MINVALUE 50 MAXVALUE 1000 NOCACHE;
DO nextval(s_sequence);
CREATE SEQUENCE s_exhausted MAXVALUE 100 CACHE 200;
DO nextval(s_exhausted);
CREATE TABLE i_desc (id INT PRIMARY KEY, a INT, b INT, KEY ix_desc (a DESC, b));
INSERT INTO i_desc VALUES (1, 2, 3);
"""

ROWS = [
    ("k_auto", "id", [("7", "seven")]),
    ("k_negative", "id", [("-5", "below")]),
    ("k_not_primary", "code", [("a", "3"), ("b", "9")]),
    ("k_full", "id", [("2147483647", "last")]),
    ("k_per_group", "grp, id", [("1", "1", "a"), ("1", "2", "b"), ("2", "1", "c")]),
    ("k_composite", "b", [("a", "2", "x"), ("b", "1", "y"), ("z", "1", None)]),
    ("k_none", "a", [("1", "twice"), ("1", "twice"), (None, None)]),
    ("b_parent", "id", [("9223372036854775806", "18446744073709551615")]),
    ("b_child", "parent", [("9223372036854775806",)]),
    ("f_child", "id", [("1", "one", "10", "11", "1"), ("2", None, None, "11", "1")]),
    ("f_left", "id", [("1", "2")]),
    ("w_posts", "id", [("1", None, None), ("2", "2024-01-01 00:00:00", "2024-01-01")]),
    ("p_parts", "id", [("1", "one"), ("2", "two"), ("3", "three"), ("4", "four")]),
    ('"Names"', "1", [("1",)]),
    ("names", "1", [("2", "3", "4")]),
    ('"two words"', "1", [("1", "2")]),
    ('"a.b"', "1", [("1",)]),
    ('"q`q""q\'q"', "1", [("1", "2", "3", "4")]),
    ('"tab	tab"', "1", [("1", "2", "3")]),
]
if MARIADB:
    ROWS += [
        ("g_columns", "id", [("1", "5", "10", "6", "X5"), ("2", "-1", "-2", "0", "X-1"), ("3", None, None, None, None)]),
        ("c_checks", "id", [("1", "1", "2"), ("2", "5", None)]),
        ("h_hidden", "id", [("1", "8")]),
        ("s_versioned", "id", [("1", "2")]),
    ]

# --- facts: a query, and its answer -----------------------------------------------------------------------------------

NEXT = ("select string_agg(c || '=' || case when called then v + 1 else v end, ' ' order by c) from (select c,"
        " (xpath('//v/text()', x))[1]::text::bigint v, (xpath('//c/text()', x))[1]::text::boolean called from (select c,"
        " query_to_xml(format('select last_value v, is_called c from %%s', pg_get_serial_sequence(format('%%I', c), 'id')), false, true, '') x"
        " from unnest('{%s}'::text[]) c) q) s")

FACTS = [
    (NEXT % "k_auto,k_auto_empty,k_auto_fresh,k_negative,k_small,k_not_primary",
     "k_auto=42 k_auto_empty=1000 k_auto_fresh=1 k_negative=1 k_not_primary=10 k_small=201"),
    ("insert into k_auto (v) values ('new') returning id, v", "42|new"),
    ("select string_agg(pg_get_constraintdef(oid), '; ' order by pg_get_constraintdef(oid)) from pg_constraint"
     " where contype <> 'n' and conrelid = 'k_composite'::regclass", "PRIMARY KEY (b, a); UNIQUE (a, b)"),
    ("select count(*) from pg_constraint where conrelid = 'k_none'::regclass", "0"),
    ("select string_agg(format_type(atttypid, atttypmod), ', ' order by attrelid::regclass::text, attnum) from pg_attribute"
     " where attrelid in ('b_parent'::regclass, 'b_child'::regclass) and attnum > 0", "bigint, bigint, numeric(20,0)"),
    ("select string_agg(conname || ' ' || pg_get_constraintdef(oid), '; ' order by conname) from pg_constraint where contype = 'f' and conrelid = 'f_child'::regclass",
     "by xy FOREIGN KEY (x, y) REFERENCES f_parent(x, y) ON UPDATE CASCADE; by_code FOREIGN KEY (code) REFERENCES f_parent(code)"
     " ON UPDATE SET NULL ON DELETE CASCADE; by_self FOREIGN KEY (self) REFERENCES f_child(id) ON UPDATE RESTRICT ON DELETE RESTRICT"),
    ("select count(*) from pg_constraint where contype = 'f' and not convalidated", "0"),
    ("select count(*) from pg_constraint where contype = 'f' and conrelid in ('f_left'::regclass, 'f_right'::regclass)", "2"),
    ("update o_update set v = 2 where id = 1 returning at > now() - interval '1 hour', stamp > now() - interval '1 hour'", "t|t"),
    ("update o_update set at = '2002-02-02', stamp = '2002-02-02 00:00:00+00' where id = 1 returning at, stamp", "2002-02-02 00:00:00|2002-02-02 00:00:00+00"),
    ("select string_agg(attname, ' ' order by attname) from pg_attribute where attrelid = 'w_posts'::regclass and attnum > 0 and attnotnull", "id"),
    ("select obj_description('m_comments'::regclass)", "# table; 'quoted'"),
    ("select replace(col_description('m_comments'::regclass, 2), E'\\n', '/')", "tab\there/new line, é€ \\ \"#\""),
    ("select col_description('m_comments'::regclass, 1)", "it's a key"),
    ("select string_agg(indexdef, '; ' order by indexname) from pg_indexes where tablename = 'two words'", "CREATE INDEX \"k k\" ON torture.\"two words\" USING btree (\"a b\")"),
    ("select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = '\"two words\"'::regclass and attnum > 0", "a b, c"),
    ("select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = 'names'::regclass and attnum > 0", "id,Id2,select"),
    ("select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = '\"q`q\"\"q''q\"'::regclass and attnum > 0", "b`b,d\"d,s's,back\\slash"),
    ("select replace(string_agg(attname, ',' order by attnum), E'\\n', '/') from pg_attribute where attrelid = E'\"tab\\ttab\"'::regclass and attnum > 0", "new/line,#hash,a=b"),
    ("select count(*) from pg_class where relkind = 'r' and relname ~ '^é{27}_[0-9a-f]{8}$'", "1"),
    ("select string_agg(enumlabel, ' ' order by enumsortorder) from pg_enum where enumtypid = (select atttypid from pg_attribute where attrelid = 'v_enum'::regclass and attname = 'enum')",
     "a'b a\\b a,b É  Z two words \" { null"),
    ("select string_agg(case when indexdef like '%USING gin%' then 'gin ' else '' end || indexname || ' ' || regexp_replace(indexdef, '^.*USING [a-z]+ ', ''), '; ' order by indexname)"
     " from pg_indexes where tablename = 'i_indexes'",
     "gin ft (to_tsvector('simple'::regconfig, COALESCE(c, ''::text))); gin ft_two (to_tsvector('simple'::regconfig,"
     " (((COALESCE(b, ''::character varying))::text || ' '::text) || COALESCE(c, ''::text)))); i_indexes_pkey (id); ix two (a, b);"
     " ix_bytes (SUBSTRING(d FROM 1 FOR 4)); ix_commented (a); ix_mixed (a, \"left\"(c, 20)); ix_prefix (\"left\"((b)::text, 10)); ux_prefix (\"left\"(c, 5))"),
    ("insert into i_indexes (id, c, p) values (9, 'abcdeXX', '')", "ERROR:  duplicate key value violates unique constraint \"ux_prefix\"|DETAIL:  Key (\"left\"(c, 5))=(abcde) already exists."),
]
if MARIADB:
    FACTS += [
        ("select last_value, is_called from s_sequence", "110|f"),
        ("select nextval('s_exhausted')", "ERROR:  nextval: reached maximum value of sequence \"s_exhausted\" (100)"),
        ("select string_agg(conname || ' ' || pg_get_constraintdef(oid), '; ' order by conname) from pg_constraint where conrelid = 'c_checks'::regclass and contype = 'c'",
         "a CHECK ((a > 0)); b over a CHECK (((b > a) OR (b IS NULL)))"),
        ("update g_columns set a = 7 where id = 1 returning twice, more, shout", "14|8|X5"),
        ("insert into h_hidden (id) values (2) returning secret", "7"),
        ("select indexdef from pg_indexes where indexname = 'ix_desc'", "CREATE INDEX ix_desc ON torture.i_desc USING btree (a DESC, b)"),
    ]

SKIPPED = ["event x_event", "function x_function"] + ["partition p%d" % n for n in range(4)] + ["procedure x_procedure", "trigger x_trigger"]
if MARIADB:
    SKIPPED.append("versioning s_versioned")
SKIPPED.append("view x_view")

# --- what has to be refused: declared type, value, the stage that does, and what it says ---------------------------------

ZERO = "has a zero for its year, month or day, which PostgreSQL has not; the rule 'column %s.v drop not null using zero-dates-to-null' makes it NULL"
BEYOND = "is no time of a day, which is all that the target takes; the rule 'column %s.v to interval' keeps it"
NO_TEXT = "row 2: invalid byte sequence for encoding \"UTF8\": 0x00 (22021): texts of PostgreSQL cannot hold a zero byte (\\000 in rows)"

ERRORS = [
    ("TIME", "'24:00:01'", "cast-rows", "'24:00:01' " + BEYOND),
    ("TIME(6)", "'838:59:59'", "cast-rows", "'838:59:59.000000' " + BEYOND),
    ("TIME", "'-00:00:01'", "cast-rows", "'-00:00:01' " + BEYOND),
    ("DATE NOT NULL", "'0000-00-00'", "cast-rows", "'0000-00-00' " + ZERO),
    ("DATE NOT NULL", "'2010-00-00'", "cast-rows", "'2010-00-00' " + ZERO),
    ("DATETIME NOT NULL", "'0000-00-00'", "cast-rows", "'0000-00-00 00:00:00' " + ZERO),
    ("TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP", "'0000-00-00'", "cast-rows", "'0000-00-00 00:00:00+00' " + ZERO),
    ("DATE", "'2009-02-31'", "pg-copy", "row 2, column v: date/time field value out of range: \"2009-02-31\" (22008)"),
    ("TEXT", "_utf8mb4 x'610062'", "pg-copy", NO_TEXT),
    ("VARCHAR(9)", "_utf8mb4 x'00'", "pg-copy", NO_TEXT),
    ("TEXT CHARACTER SET ucs2", "_ucs2 x'0061d83d'", "mysql-rows", "x'61eda0bd': invalid UTF-8 at byte 1"),
    ("ENUM('x', 'y')", "0", "cast-rows", "'' is no label of the enum: MySQL has it for what was none; the rule 'column %s.v to text' keeps it"),
]
# In a table's file that was written for another type, which is how old tables came to have them.
BAD_BYTES = [
    ("TEXT CHARACTER SET utf8mb4", "x'6162ff'", "x'6162ff': invalid UTF-8 at byte 2"),
    ("TEXT CHARACTER SET utf8mb4", "x'eda080'", "x'eda080': invalid UTF-8 at byte 0"),
    ("TEXT CHARACTER SET utf8", "x'6162ff'", "x'6162ff': invalid UTF-8 at byte 2"),
    ("TEXT CHARACTER SET utf8mb4", "x'c3'", "x'c3': invalid UTF-8 at byte 0"),
    ("TEXT CHARACTER SET ascii", "x'61ff'", "x'61ff': invalid UTF-8 at byte 1"),
]


# --- writing it ---------------------------------------------------------------------------------------------------------


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


def want_rows(directory, name, query, rows):
    write(directory, "rows/%s.sql" % name, ["copy (%s) to stdout" % query])
    write(directory, "rows/%s.want" % name, ["\t".join(copy_text(v) for v in row) for row in rows])


SESSION = ["SET NAMES utf8mb4;", "SET sql_mode = 'ALLOW_INVALID_DATES';", "SET time_zone = '+00:00';"]


def make_values(directory):
    sql, types = [], []
    for table, words in TABLES.items():
        columns = [name for name in words.split() if name in VALUES]
        if not columns:
            continue
        declared = ["`%s` %s" % (name, VALUES[name][0]) for name in columns]
        sql.append("CREATE TABLE %s (id INT PRIMARY KEY, %s);" % (table, ", ".join(declared)))
        types += ["%s|%s|%s" % (table, name, VALUES[name][1]) for name in columns]
        # Shorter columns end in their last value again.
        height = max(len(VALUES[name][2]) for name in columns)
        rows = [[VALUES[name][2][min(n, len(VALUES[name][2]) - 1)] for name in columns] for n in range(height)]
        sql += ["INSERT INTO %s VALUES (%d, %s);" % (table, n, ", ".join(value for value, _ in row)) for n, row in enumerate(rows)]
        want_rows(directory, table, "select * from %s order by id" % table, [[str(n)] + [shown for _, shown in row] for n, row in enumerate(rows)])
    for name, (send, pattern, triples) in FLOAT_BITS.items():
        want_rows(directory, "v_%s_bits" % name, "select id, encode(%s(\"%s\"), 'hex') from v_%s where id < %d order by id" % (send, name, name, len(triples)),
                  [(str(n), pattern % bits) for n, (_, _, bits) in enumerate(triples)])
    write(directory, "types.want", types)
    return sql


def make_defaults(directory):
    columns = ["d%02d" % n for n in range(len(DEFAULTS))]
    write(directory, "defaults.want", ["%s|%s" % (column, want or "") for column, (_, want) in zip(columns, DEFAULTS)])
    return ["CREATE TABLE d_defaults (id INT PRIMARY KEY, %s);" % ", ".join(
        "%s %s" % (column, declared) for column, (declared, _) in zip(columns, DEFAULTS))]


def make_errors(directory):
    """A table for each, so that each can be read alone. A row before the bad one must not hide it."""
    sql, want = [], []
    for n, (declared, value, stage, message) in enumerate(ERRORS):
        table = "e%02d" % n
        good = "'2024-01-01'" if "NOT NULL" in declared else "NULL"
        sql.append("CREATE TABLE %s (id INT PRIMARY KEY, v %s);" % (table, declared))
        sql.append("INSERT INTO %s VALUES (2, %s), (9, %s);" % (table, good, value))
        if stage == "cast-rows":
            want.append("%s\tcast-rows: 'errors.%s': row 2: column 'v': %s" % (table, table, message.replace("%s", table)))
        elif stage == "pg-copy":
            want.append("%s\tpg-copy: errors.%s: %s" % (table, table, message))
        else:
            want.append("%s\tmysql-rows: errors.%s: id 9: column 'v': %s" % (table, table, message))
    for n, (declared, value, message) in enumerate(BAD_BYTES):
        table = "b%02d" % n
        sql.append("CREATE TABLE %s (id INT PRIMARY KEY, v BLOB) ENGINE = MyISAM;" % table)
        sql.append("INSERT INTO %s VALUES (2, NULL), (9, %s);" % (table, value))
        sql.append("CREATE TABLE like_%s (id INT PRIMARY KEY, v %s) ENGINE = MyISAM;" % (table, declared))
        want.append("%s\tmysql-rows: errors.%s: id 9: column 'v': %s" % (table, table, message))
    write(directory, "errors.sql", SESSION + sql)
    write(directory, "errors.want", want)


def main(directory):
    os.makedirs(os.path.join(directory, "rows"))
    # Procedures have a semicolon at their end only, so the usual delimiter will do.
    write(directory, "torture.sql", SESSION + make_values(directory) + make_defaults(directory) + [STRUCTURE])
    make_errors(directory)
    for table, order, rows in ROWS:
        want_rows(directory, table.strip('"').replace("\t", " "), "select * from %s order by %s" % (table, order), rows)
    write(directory, "skipped.want", SKIPPED)
    write(directory, "facts.sql", [query for query, _ in FACTS])
    write(directory, "facts.want", [answer for _, answer in FACTS])
    write(directory, "rules.cast", RULES.splitlines())


main(sys.argv[2])
