"""A bank that never stands still, as SQL for the client of MySQL or MariaDB.

    python3 mysql_writer.py make ROWS        the tables
    python3 mysql_writer.py write ROWS RATE  RATE transactions a second, until standard input ends

Each transaction moves an amount from a row of `credit` to a row of `debit`, so that the sum over both is always 0, enters it in
`transfer` with its two `part`s, which refer to it, and deletes an old one with its parts. Rows of one instant have a sum of 0,
no orphan, and two parts for each transfer.
"""

import random
import select
import sys
import time

TABLES = """
create table credit (id int primary key, amount decimal(20,2) not null, note varchar(100));
create table debit (id int primary key, amount decimal(20,2) not null, note varchar(100));
create table transfer (id int primary key auto_increment, made datetime(6) not null);
create table part (id int primary key auto_increment, transfer int not null, credit int not null, amount decimal(20,2) not null,
    foreign key (transfer) references transfer (id), foreign key (credit) references credit (id));
"""

MOVE = """begin; update credit set amount = amount - {0} where id = {1}; update debit set amount = amount + {0} where id = {2};\
 insert into transfer (made) values (now(6)); set @t = cast(last_insert_id() as signed);\
 insert into part (transfer, credit, amount) values (@t, {1}, {0}), (@t, {3}, -{0});\
 delete from part where transfer = @t - 2000; delete from transfer where id = @t - 2000; commit;
"""


def make(rows):
    print(TABLES)
    for table in "credit", "debit":
        print("set @n = 0; insert into %s select seq, 0, concat('row ', seq, repeat(' x', 40)) from seq_1_to_%d;" % (table, rows))


def write(rows, rate):
    begin = time.monotonic()
    done = 0
    while not select.select([sys.stdin], [], [], max(0, begin + done / rate - time.monotonic()))[0]:
        row = [random.randrange(1, rows + 1) for _ in range(3)]
        sys.stdout.write(MOVE.format("%d.%02d" % (random.randrange(100), random.randrange(1, 100)), *row))
        sys.stdout.flush()
        done += 1
    seconds = time.monotonic() - begin
    print("select 'transactions', %d, %.1f;" % (done, seconds))


if sys.argv[1] == "make":
    make(int(sys.argv[2]))
else:
    write(int(sys.argv[2]), float(sys.argv[3]))
