"""A program that goes on writing to an SQLite database while another reads it.

    python3 writer.py make DATABASE MODE ROWS    two tables of ROWS rows, in journal mode MODE
    python3 writer.py write DATABASE RATE        RATE transactions a second, until standard input ends

Each transaction moves an amount from a row of `credit` to a row of `debit`, so that the sum over both tables is always
0, and numbers itself in `turn`. At the end it prints, with blanks between: transactions, those that failed as the
database was locked, seconds of the longest, and of all.
"""

import random
import select
import sqlite3
import sys
import time

BUSY_SECONDS = 5


def make(path, mode, rows):
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = %s" % mode)
    for table in "credit", "debit":
        db.execute("CREATE TABLE %s (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, note TEXT)" % table)
        db.executemany("INSERT INTO %s VALUES (?, 0, ?)" % table,
                       ((n, "row %d " % n + "x" * 80) for n in range(rows)))
    db.execute("CREATE TABLE turn (n INTEGER NOT NULL)")
    db.execute("INSERT INTO turn VALUES (0)")
    db.commit()
    db.close()


def move(db, rows, amount):
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("UPDATE credit SET amount = amount - ? WHERE id = ?", (amount, random.randrange(rows)))
        db.execute("UPDATE debit SET amount = amount + ? WHERE id = ?", (amount, random.randrange(rows)))
        db.execute("UPDATE turn SET n = n + 1")
        db.execute("COMMIT")
    except sqlite3.OperationalError:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def write(path, rate):
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    rows = db.execute("SELECT count(*) FROM credit").fetchone()[0]
    done = failed = 0
    longest = 0.0
    begin = time.monotonic()
    print("ready", flush=True)
    while True:
        left = max(0, begin + (done + failed) / rate - time.monotonic())
        if select.select([sys.stdin], [], [], left)[0]:
            break
        start = time.monotonic()
        try:
            move(db, rows, random.randrange(1, 100))
            done += 1
        except sqlite3.OperationalError as fault:
            print(fault, file=sys.stderr)
            failed += 1
        took = time.monotonic() - start
        longest = max(longest, took)
        # What was missed is not made up for.
        begin += max(0, took - 1 / rate)
    print(done, failed, "%.3f" % longest, "%.1f" % (time.monotonic() - begin), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        write(sys.argv[2], float(sys.argv[3]))
