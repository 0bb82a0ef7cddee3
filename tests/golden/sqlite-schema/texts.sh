# needs: sqlite3
# What only the text of CREATE TABLE tells: checks, generated columns, names of constraints.
sqlite3 "$T/texts.db" <<'SQL'
CREATE TABLE [odd [ table] /* ( */ ( -- , CHECK (no)
	a INTEGER CHECK (a > 0) CONSTRAINT "a ""small""" CHECK (a < 10 -- with ) a remark
	) NOT NULL,
	`b,(` TEXT CONSTRAINT c1 CONSTRAINT c2 CHECK (length("b,(") > 1 AND "b,(" NOT IN ('it''s', 'CHECK (x)', '/*', '--')),
	'c' VARCHAR (10, 5) DEFAULT (1 + (2)) CHECK (c NOT LIKE '%)%'),
	d INTEGER GENERATED ALWAYS AS (a * 2) STORED CHECK (d > 1),
	e AS (a || `b,(` || x'29' || 1e3 || .5),
	f INTEGER AS (a /* , */ + 1) VIRTUAL NOT NULL UNIQUE,
	g TEXT NULL ON CONFLICT IGNORE NOT NULL ON CONFLICT ROLLBACK DEFAULT - 5 COLLATE NOCASE,
	"check" TEXT DEFAULT 'CHECK (1)',
	CONSTRAINT [PK [odd] PRIMARY KEY (a, [b,(]) ON CONFLICT FAIL,
	CONSTRAINT later CHECK (a <> d) ON CONFLICT IGNORE CONSTRAINT lonely CONSTRAINT last CHECK ("check" <> e)
	CHECK (a IS NOT NULL)
);
CREATE TABLE empty_comment (a CHECK (a /*/ ) */ > 1));
CREATE TABLE é (ü TEXT CHECK (ü <> 'ß'));
CREATE TABLE altered (a);
ALTER TABLE altered ADD COLUMN b INTEGER CONSTRAINT added CHECK (b > 0) REFERENCES altered (a);
CREATE TABLE made AS SELECT 1 AS x, 'y' AS "y z";
SQL
sqlite-schema "$T/texts.db"
