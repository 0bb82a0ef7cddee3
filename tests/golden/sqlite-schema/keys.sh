# needs: sqlite3
# Primary keys, the rowid's aliases and what only looks like one, unique constraints, indexes.
sqlite3 "$T/keys.db" <<'SQL'
CREATE TABLE alias (id INTEGER PRIMARY KEY, v TEXT);
CREATE TABLE alias_auto (id integer PRIMARY KEY AUTOINCREMENT);
CREATE TABLE alias_table (v TEXT, id INTEGER, PRIMARY KEY (id));
CREATE TABLE alias_table_desc (id INTEGER, PRIMARY KEY (id DESC));
CREATE TABLE no_alias_desc (id INTEGER PRIMARY KEY DESC);
CREATE TABLE no_alias_int (id INT PRIMARY KEY);
CREATE TABLE no_alias_length (id INTEGER(8) PRIMARY KEY);
CREATE TABLE no_alias_rowid (id INTEGER PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE no_alias_two (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
CREATE TABLE composite (a TEXT, b TEXT, c TEXT, PRIMARY KEY (c, a)) WITHOUT ROWID;
CREATE TABLE no_key (a TEXT);
CREATE TABLE uniques (
	a TEXT UNIQUE,
	b TEXT CONSTRAINT one_b UNIQUE,
	c TEXT COLLATE NOCASE UNIQUE,
	d TEXT,
	e TEXT PRIMARY KEY COLLATE RTRIM,
	CONSTRAINT two UNIQUE (a, B),
	UNIQUE (b, a),
	CONSTRAINT which UNIQUE (c, d),
	CONSTRAINT which_one UNIQUE (c, d)
);
CREATE TABLE indexed (a INTEGER, b TEXT, c TEXT COLLATE NOCASE, "odd ""name""" TEXT);
CREATE INDEX plain ON indexed (a);
CREATE INDEX two_desc ON indexed (b DESC, a ASC);
CREATE INDEX collated ON indexed (b COLLATE NOCASE, c, c COLLATE binary);
CREATE UNIQUE INDEX only_one ON indexed (b);
CREATE INDEX partial ON indexed (a) WHERE b IS NOT NULL AND c <> 'x)';
CREATE UNIQUE INDEX partial_unique ON indexed (a) WHERE c = 'where' /* a remark */;
CREATE INDEX expression ON indexed (lower(b), a + (1) DESC, (a) COLLATE NOCASE, b || c COLLATE NOCASE);
CREATE INDEX
	[brackets and (] -- remark, with a comma
	ON "indexed" /* ON x (y) */ ("odd ""name""" COLLATE RTRIM DESC, upper("b" /* , */) COLLATE nocase);
SQL
sqlite-schema "$T/keys.db"
