-- The demo's sample: a year of a small bicycle hire, "Rad & Tat", as it might have grown in SQLite.
--
--	sqlite3 sample.db <scripts/sample.sql
--
-- Every run makes the same database: nothing is random and nothing is taken from the clock. Where
-- data should look scattered, (i * 2654435761) % 4294967296 is Knuth's multiplicative hash.

PRAGMA synchronous = off;
PRAGMA foreign_keys = off;
BEGIN;

-- Tables ----------------------------------------------------------------------------------------------

CREATE TABLE stations (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	city VARCHAR(40) NOT NULL,
	latitude REAL NOT NULL,
	longitude REAL NOT NULL,
	capacity INTEGER NOT NULL DEFAULT 20,
	opened_on DATE NOT NULL,
	staffed BOOLEAN NOT NULL DEFAULT 0
);

-- From an older program, hence the other way of writing names.
CREATE TABLE "Employee" (
	"EmployeeId" INTEGER PRIMARY KEY,
	"FirstName" VARCHAR(40) NOT NULL,
	"LastName" VARCHAR(40) NOT NULL,
	"Title" VARCHAR(40),
	"ReportsTo" INTEGER REFERENCES "Employee" ("EmployeeId") ON DELETE SET NULL,
	"StationId" INTEGER REFERENCES stations (id) ON UPDATE CASCADE ON DELETE SET NULL,
	"HiredOn" DATE NOT NULL,
	"Badge" BLOB
);

CREATE TABLE "bike model" (
	id INTEGER PRIMARY KEY,
	brand TEXT NOT NULL,
	"model name" TEXT NOT NULL,
	list_price DECIMAL(10,2) NOT NULL,
	weight_kg REAL,
	electric BOOLEAN NOT NULL DEFAULT 0,
	UNIQUE (brand, "model name")
);

CREATE TABLE bikes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	frame_number CHAR(12) NOT NULL UNIQUE,
	model_id INTEGER NOT NULL REFERENCES "bike model" (id),
	home_station INTEGER REFERENCES stations,
	in_service BOOLEAN NOT NULL DEFAULT 1,
	odometer_km REAL NOT NULL DEFAULT 0.0,
	bought_on DATE,
	price_paid DECIMAL(10,2)
);

CREATE TABLE customers (
	id INTEGER PRIMARY KEY,
	email VARCHAR(120) NOT NULL UNIQUE,
	full_name TEXT NOT NULL,
	notes TEXT,
	balance DECIMAL(10,2) NOT NULL DEFAULT 0.00,
	newsletter BOOLEAN NOT NULL DEFAULT 0,
	locale TEXT NOT NULL DEFAULT 'de',
	referred_by INTEGER REFERENCES customers (id) ON DELETE SET NULL,
	created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE tariffs (
	code TEXT NOT NULL,
	valid_from DATE NOT NULL,
	title TEXT NOT NULL DEFAULT '',
	unlock_fee DECIMAL(10,2) NOT NULL DEFAULT 1.00,
	per_minute DECIMAL(6,4) NOT NULL,
	PRIMARY KEY (code, valid_from)
) WITHOUT ROWID;

CREATE TABLE rentals (
	id INTEGER PRIMARY KEY,
	bike_id INTEGER NOT NULL REFERENCES bikes (id),
	customer_id INTEGER NOT NULL REFERENCES customers (id),
	start_station INTEGER NOT NULL REFERENCES stations (id),
	end_station INTEGER REFERENCES stations (id),
	started_at DATETIME NOT NULL,
	ended_at DATETIME,
	tariff_code TEXT NOT NULL,
	tariff_from DATE NOT NULL,
	distance_km REAL,
	fee DECIMAL(10,2),
	FOREIGN KEY (tariff_code, tariff_from) REFERENCES tariffs (code, valid_from)
		ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE TABLE gps_points (
	rental_id INTEGER NOT NULL REFERENCES rentals (id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,
	latitude REAL NOT NULL,
	longitude REAL NOT NULL,
	recorded_at DATETIME NOT NULL,
	PRIMARY KEY (rental_id, seq)
) WITHOUT ROWID;

CREATE TABLE repairs (
	id INTEGER PRIMARY KEY,
	bike_id INTEGER NOT NULL REFERENCES bikes (id) ON DELETE CASCADE,
	"MechanicId" INTEGER REFERENCES "Employee" ("EmployeeId") ON DELETE SET NULL,
	reported_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
	report TEXT NOT NULL DEFAULT '',
	cost DECIMAL(10,2),
	photo BLOB,
	done BOOLEAN NOT NULL DEFAULT 0
);

-- Things sold over the counter.
CREATE TABLE "order" (
	id INTEGER PRIMARY KEY,
	customer_id INTEGER NOT NULL REFERENCES customers (id),
	station_id INTEGER NOT NULL REFERENCES stations (id),
	placed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
	status TEXT NOT NULL DEFAULT 'open',
	"user" TEXT
);

CREATE TABLE order_lines (
	order_id INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
	line_no INTEGER NOT NULL,
	article TEXT NOT NULL,
	quantity INTEGER NOT NULL DEFAULT 1,
	unit_price DECIMAL(10,2) NOT NULL,
	PRIMARY KEY (order_id, line_no)
);

-- Rows ------------------------------------------------------------------------------------------------

INSERT INTO stations
WITH RECURSIVE
	i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 60),
	town (k, city, lat, lon) AS (VALUES
		(0, 'Köln', 50.9375, 6.9603), (1, 'Düsseldorf', 51.2277, 6.7735),
		(2, 'Zürich', 47.3769, 8.5417), (3, 'Århus', 56.1629, 10.2039),
		(4, 'Łódź', 51.7592, 19.456)),
	place (k, place) AS (VALUES
		(0, 'Hauptbahnhof'), (1, 'Alter Markt'), (2, 'Universität'), (3, 'Messe "Nord"'),
		(4, 'Flussufer'), (5, 'Stadtgarten'), (6, 'O''Connell-Platz'), (7, 'Klinik'),
		(8, 'Zoo 🦒'), (9, 'Hafen'), (10, 'Theater'), (11, 'Süd\West'))
SELECT n, city || ', ' || place, city,
	lat + (n * 37 % 100 - 50) / 1000.0, lon + (n * 53 % 100 - 50) / 1000.0,
	10 + n * 7 % 31, date('2019-03-01', '+' || (n * 17) || ' days'), n % 9 = 0
FROM i JOIN town ON town.k = n % 5 JOIN place ON place.k = n % 12;

INSERT INTO "Employee"
WITH RECURSIVE
	i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 48),
	first (k, first) AS (VALUES (0, 'Jürgen'), (1, 'Zoë'), (2, 'Mehmet'), (3, 'Anaïs'),
		(4, 'Łukasz'), (5, 'Søren'), (6, 'Renée')),
	last (k, last) AS (VALUES (0, 'Müller'), (1, 'O''Brien'), (2, 'Yılmaz'), (3, 'Großmann'),
		(4, 'de la Cruz'), (5, 'Nguyễn'), (6, 'Smith-Jones'), (7, 'Åkesson'), (8, 'Weiß'),
		(9, 'Ó Súilleabháin'), (10, '李'))
SELECT n, first, last,
	CASE WHEN n = 1 THEN 'Owner' WHEN n < 6 THEN 'Manager' WHEN n % 3 = 0 THEN 'Mechanic' END,
	CASE WHEN n = 1 THEN NULL WHEN n < 6 THEN 1 ELSE 2 + n % 4 END,
	CASE WHEN n > 5 THEN 1 + n % 60 END,
	date('2019-01-15', '+' || (n * 41) || ' days'),
	CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN x'' WHEN 2 THEN x'00ff5c0a090d27225c4e00'
		ELSE CAST(printf('badge %08x', n * 2654435761 % 4294967296) AS BLOB) END
FROM i JOIN first ON first.k = n % 7 JOIN last ON last.k = n % 11;

INSERT INTO "bike model" VALUES
	(1, 'Möwe', 'City 3', 649.00, 15.5, 0),
	(2, 'Möwe', 'City 7 "Komfort"', 899.90, 16.25, 0),
	(3, 'Möwe', 'E-City', 2299.00, 23.8, 1),
	(4, 'Björn', 'Lastesel', 3499.99, 38.0, 1),
	(5, 'Björn', 'Lastesel XL', 4850.50, 44.7, 1),
	(6, 'Velo Zwo', 'Tandem', 1999.00, NULL, 0),
	(7, 'Velo Zwo', 'Kids 20″', 349.95, 9.1, 0),
	(8, 'Velo Zwo', 'Trail\29', 1149.00, 13.400000000000001, 0);

INSERT INTO bikes
WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 1205)
SELECT n, printf('RT%010d', n * 2654435761 % 4294967296), 1 + n % 8,
	CASE WHEN n % 40 <> 0 THEN 1 + n * 7 % 60 END,
	n % 25 <> 0, n * 2654435761 % 1000003 / 64.0,
	CASE WHEN n % 30 <> 0 THEN date('2020-01-01', '+' || (n * 3 % 1900) || ' days') END,
	CASE WHEN n % 30 <> 0 THEN (30000 + n * 2654435761 % 400000) / 100.0 END
FROM i;
-- Sold again; AUTOINCREMENT does not hand out their numbers a second time.
DELETE FROM bikes WHERE id > 1200;

INSERT INTO customers
WITH RECURSIVE
	i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 6000),
	first (k, first) AS (VALUES (0, 'Ada'), (1, 'Bjørn'), (2, 'Çiğdem'), (3, 'Dörte'),
		(4, 'Éloïse'), (5, 'Фёдор'), (6, 'Grete'), (7, 'さくら'), (8, 'İpek'), (9, 'Jens'),
		(10, 'Noël'), (11, 'Ümit'), (12, 'Žofie')),
	last (k, last) AS (VALUES (0, 'Lovelace'), (1, 'Hansen'), (2, 'Şahin'), (3, 'Größ'),
		(4, 'd''Artagnan'), (5, 'Достоевский'), (6, 'Müller-Lüdenscheidt'), (7, '田中'),
		(8, 'Öztürk'), (9, 'van der Meer'), (10, 'Nuñez'), (11, 'Håkansson'), (12, 'Dvořák'),
		(13, 'MacDonald'), (14, 'Sjöberg'), (15, 'Weber'), (16, 'Zimmermann'))
SELECT n, printf('customer%05d@example.%s', n, CASE n % 3 WHEN 0 THEN 'org' WHEN 1 THEN 'com' ELSE 'net' END),
	first || ' ' || last,
	CASE n % 19
		WHEN 0 THEN ''
		WHEN 1 THEN 'prefers the red one 🚲❤️'
		WHEN 2 THEN 'tall' || char(9) || '1.98 m' || char(9) || 'frame 62'
		WHEN 3 THEN 'called twice:' || char(10) || '1. lost the key' || char(10) || '2. found it' || char(10)
		WHEN 4 THEN 'files under C:\new\temp\0042\'
		WHEN 5 THEN 'says "it''s fine", pays `later`'
		WHEN 6 THEN '\N'
		WHEN 7 THEN '\.'
		WHEN 8 THEN '# not a comment'
		WHEN 9 THEN 'from the old system' || char(13) || char(10) || 'with its line ends'
		WHEN 10 THEN ' leading and trailing blanks  '
		WHEN 11 THEN 'NULL'
		WHEN 12 THEN '👩‍👩‍👧 family card, naïve coöperation, Straße'
		WHEN 13 THEN char(8, 11, 12, 127)
	END,
	CASE WHEN n % 5 = 0 THEN (n * 2654435761 % 20000 - 4000) / 100.0 ELSE 0 END,
	n % 3 = 0, CASE n % 4 WHEN 0 THEN 'en' WHEN 1 THEN 'tr' ELSE 'de' END,
	CASE WHEN n > 100 AND n % 6 = 0 THEN n * 31 % 100 + 1 END,
	datetime('2020-05-01 08:00:00', '+' || (n * 400) || ' minutes', '+' || (n % 60) || ' seconds')
FROM i JOIN first ON first.k = n % 13 JOIN last ON last.k = n % 17;

INSERT INTO tariffs VALUES
	('NIGHT', '2024-01-01', 'Night owl 🦉', 0.50, 0.0900),
	('NIGHT', '2025-07-01', 'Night owl 🦉', 0.50, 0.0950),
	('PRO', '2024-01-01', 'Subscription', 0, 0.0625),
	('PRO', '2025-07-01', 'Subscription', 0, 0.0700),
	('STD', '2024-01-01', 'Pay as you ride', 1.00, 0.1500),
	('STD', '2025-07-01', 'Pay as you ride', 1.20, 0.1600);

-- One every 13 minutes; the last 150 are still under way, each on a bike of its own.
INSERT INTO rentals
WITH RECURSIVE
	i (n, h) AS (SELECT 1, 2654435761
		UNION ALL SELECT n + 1, (n + 1) * 2654435761 % 4294967296 FROM i WHERE n < 40000),
	ride AS (SELECT n, h, n <= 39850 AS ended, 4 + h % 113 AS minutes,
		datetime('2025-01-01 05:00:00', '+' || (n * 13) || ' minutes', '+' || (h % 60) || ' seconds') AS at,
		CASE h % 7 WHEN 0 THEN 'NIGHT' WHEN 1 THEN 'PRO' ELSE 'STD' END AS code
		FROM i),
	priced AS (SELECT ride.*, valid_from,
		CAST(round(100 * (unlock_fee + minutes * per_minute)) AS INTEGER) AS cents
		FROM ride JOIN tariffs ON tariffs.code = ride.code
			AND valid_from = CASE WHEN at < '2025-07-01' THEN '2024-01-01' ELSE '2025-07-01' END)
SELECT n, CASE WHEN ended THEN 1 + h / 7 % 1200 ELSE n - 39850 END, 1 + h / 11 % 6000,
	1 + h / 13 % 60, CASE WHEN ended THEN 1 + h / 17 % 60 END,
	at, CASE WHEN ended THEN datetime(at, '+' || minutes || ' minutes') END,
	code, valid_from,
	CASE WHEN ended THEN minutes * (150 + h / 19 % 120) / 1000.0 END,
	CASE WHEN ended THEN cents / 100.0 END
FROM priced;

INSERT INTO gps_points
WITH RECURSIVE k (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < 3)
SELECT r.id, k, s.latitude + (r.id * k * 7919 % 2000 - 1000) / 100000.0,
	s.longitude + (r.id * k * 6091 % 2000 - 1000) / 100000.0,
	datetime(r.started_at, '+' || k || ' minutes')
FROM rentals r JOIN stations s ON s.id = r.start_station, k
WHERE r.id % 2 = 0;

INSERT INTO repairs
WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 3000)
SELECT n, 1 + n * 2654435761 % 4294967296 % 1200,
	CASE WHEN n % 10 <> 0 THEN 6 + n % 14 * 3 END,
	datetime('2025-01-02 09:00:00', '+' || (n * 173) || ' minutes'),
	CASE n % 6 WHEN 0 THEN '' WHEN 1 THEN 'flat tyre, rear' WHEN 2 THEN 'Bremse schleift; Beläge getauscht'
		WHEN 3 THEN 'brake:' || char(9) || 'ok' || char(10) || 'light:' || char(9) || '✗'
		WHEN 4 THEN 'chain \ derailleur' ELSE 'see photo' END,
	CASE WHEN n % 8 <> 0 THEN (n * 2654435761 % 12000) / 100.0 END,
	CASE WHEN n % 6 = 5 THEN x'89504e470d0a1a0a' WHEN n % 50 = 0 THEN zeroblob(64) END,
	n < 2950
FROM i;

INSERT INTO "order"
WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 7500)
SELECT n, 1 + n * 2654435761 % 4294967296 % 6000, 1 + n % 60,
	datetime('2025-01-02 07:30:00', '+' || (n * 69) || ' minutes', '+' || (n % 60) || ' seconds'),
	CASE WHEN n > 7400 THEN 'open' WHEN n % 31 = 0 THEN 'cancelled' ELSE 'paid' END,
	CASE WHEN n % 12 <> 0 THEN printf('till-%d', n % 60) END
FROM i;

INSERT INTO order_lines
WITH RECURSIVE
	k (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < 4),
	goods (g, article, cents) AS (VALUES (0, 'helmet', 4995), (1, 'bottle 0,7 l', 899),
		(2, 'Regenponcho', 1450), (3, 'lock "U"', 3900), (4, 'repair kit', 725), (5, 'map', 0),
		(6, 'café crème ☕', 280))
SELECT o.id, k, article, 1 + (o.id + k) % 3, cents / 100.0
FROM "order" o, k JOIN goods ON g = (o.id + k * 3) % 7
WHERE k <= 1 + o.id % 4;

-- Indexes after the rows, as it is faster here too ----------------------------------------------------

CREATE INDEX ix_bikes_model ON bikes (model_id);
CREATE INDEX ix_bikes_home_station ON bikes (home_station, in_service);
CREATE INDEX ix_customers_full_name ON customers (full_name);
CREATE INDEX "IX Employee Name" ON "Employee" ("LastName", "FirstName");
CREATE INDEX ix_rentals_customer ON rentals (customer_id, started_at DESC);
CREATE INDEX ix_rentals_started ON rentals (started_at DESC);
CREATE UNIQUE INDEX ux_rentals_under_way ON rentals (bike_id) WHERE ended_at IS NULL;
CREATE INDEX ix_repairs_bike ON repairs (bike_id);
CREATE INDEX ix_repairs_costly ON repairs (cost DESC, bike_id) WHERE cost > 100;
CREATE INDEX ix_order_customer ON "order" (customer_id);

CREATE VIEW station_traffic AS
SELECT s.id, s.name, count(r.id) AS departures, total(r.distance_km) AS km
FROM stations s LEFT JOIN rentals r ON r.start_station = s.id
GROUP BY s.id, s.name;

CREATE TRIGGER rental_ends AFTER UPDATE OF ended_at ON rentals
WHEN old.ended_at IS NULL AND new.ended_at IS NOT NULL
BEGIN
	UPDATE bikes SET odometer_km = odometer_km + new.distance_km, home_station = new.end_station
	WHERE id = new.bike_id;
END;

COMMIT;
