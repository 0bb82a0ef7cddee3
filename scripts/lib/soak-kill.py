"""The runs of soak-kill, which prepared $T: db, schema and the program server (stop, start); PG* name the server.

usage: soak-kill.py RUNS ROWS [SEED]

Each run loads a table, by -R RUN, and kills somebody: most while COPY runs, some at any time, some exactly before
COMMIT, within it, or after it before pg-copy ends. What must hold then: all rows and their marker are there, or none;
a pg-copy that ended with 0 did load; the other stages end by themselves. And after loading again until it succeeds:
every row is there once, and the digest is that of the source.
"""
import collections
import os
import random
import signal
import subprocess
import sys
import time

T = os.environ["T"]
VICTIMS = ["extract", "cast", "filter", "load", "backend", "backend -9", "server"]
# How much of COPY they live through: the pipes hold the rest.
ALIVE = {"extract": 0.5, "cast": 0.55, "filter": 0.6}
WAIT = 60


class Sql:
    """A psql that stays."""

    def __init__(self):
        self.psql = None

    def ask(self, query):
        if self.psql is None:
            self.psql = subprocess.Popen(["psql", "-XAtq"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, text=True, bufsize=1)
        lines = []
        try:
            self.psql.stdin.write(query + ";\n\\echo end of answer\n")
            for line in self.psql.stdout:
                if line == "end of answer\n":
                    return lines
                lines.append(line.rstrip("\n"))
        except BrokenPipeError:
            pass
        self.psql.wait()
        self.psql = None
        return None

    def patiently(self, query):
        """Until the server is up again; a session that the crash ended answers nothing."""
        for _ in range(WAIT * 10):
            answer = self.ask(query)
            if answer:
                return answer
            if self.psql:
                self.psql.terminate()
                self.psql.wait()
                self.psql = None
            time.sleep(0.1)
        raise SystemExit("soak-kill: the server does not answer")


sql = Sql()
ACTIVITY = ("select pid, state, coalesce(wait_event, ''), replace(query, chr(10), ' ') from pg_stat_activity "
            "where application_name like 'pgtide pg-copy%' and backend_type = 'client backend'")


def sessions():
    return [line.split("|", 3) for line in sql.ask(ACTIVITY) or []]


def phase_of(pipe):
    """What pg-copy is doing, by what its session is doing."""
    if pipe.stages[-1].poll() is not None:
        return "after the end"
    for _, state, _, query in sessions():
        if "COPY " in query:
            return "COPY" if state == "active" else "between COPYs"
        if query.startswith("COMMIT"):
            return "COMMIT" if state == "active" else "after COMMIT"
        return "in the session"
    return "no session yet"


class Pipe:
    def __init__(self, run, table, stats):
        target = ["pg-copy", "-R", run, "-k", "1", "-t", table, "-D", "-S", stats]
        if table == "picky":
            target += ["-e", "100", "-E", f"{T}/bad"]
        commands = [["sqlite-rows", "-t", "t", "-s", f"{T}/schema", f"{T}/db"],
                    ["cast-rows", "-s", f"{T}/schema"],
                    ["awk", "{ print }"],
                    target + ["postgresql://"]]
        self.stages = []
        source = subprocess.DEVNULL
        self.messages = open(f"{T}/messages", "w+")
        for i, command in enumerate(commands):
            last = i == len(commands) - 1
            stage = subprocess.Popen(command, stdin=source, stderr=self.messages,
                                     stdout=subprocess.DEVNULL if last else subprocess.PIPE)
            if i:
                source.close()
            source = stage.stdout
            self.stages.append(stage)

    def wait(self):
        """The statuses; stages that do not end by themselves are a fault."""
        try:
            statuses = [stage.wait(WAIT) for stage in self.stages]
        except subprocess.TimeoutExpired:
            raise SystemExit("soak-kill: a stage did not end by itself") from None
        self.messages.close()
        return statuses


def kill(victim, pipe):
    """False when there was nobody to kill any more."""
    if victim in ("extract", "cast", "filter", "load"):
        stage = pipe.stages[["extract", "cast", "filter", "load"].index(victim)]
        if stage.poll() is not None:
            return False
        stage.kill()
        return True
    if victim == "server":
        subprocess.run([f"{T}/server", "stop"], check=True)
        subprocess.run([f"{T}/server", "start"], check=True)
        return True
    found = sessions()
    if not found:
        return False
    try:
        os.kill(int(found[0][0]), signal.SIGKILL if victim == "backend -9" else signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True


def until(condition):
    for _ in range(WAIT * 200):
        if condition():
            return True
        time.sleep(0.005)
    return False


def fill(path):
    """A pipe that takes no more, so that whoever writes there waits for ever."""
    os.mkfifo(path)
    fd = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        while True:
            os.write(fd, b"x" * 4096)
    except BlockingIOError:
        return fd


HOLD = {"before COMMIT": "create trigger hold before update on pgtide.loaded for each row execute function hold()",
        "COMMIT": "create constraint trigger hold after update on pgtide.loaded deferrable initially deferred "
                  "for each row execute function hold()"}


class Soak:
    def __init__(self, runs, rows):
        self.runs, self.rows = runs, rows
        self.histogram = collections.Counter()
        self.outcome = collections.Counter()
        self.digests, self.counts, self.copy_time, self.time = {}, {}, {}, {}
        self.tries = 0

    def fail(self, number, what):
        print(f"run {number}: {what}", flush=True)
        print(open(f"{T}/messages").read(), flush=True)
        raise SystemExit(1)

    def state(self, table):
        """Rows, rows that differ, markers, digest."""
        # The digest takes no heed of rows that come twice in its columns only; the count does.
        answer = sql.patiently(f"select count(*), count(distinct id), (select count(*) from pgtide.loaded) from {table}")
        rows, distinct, markers = (int(n) for n in answer[0].split("|"))
        return rows, distinct, markers

    def digest(self, table):
        command = f"pg-rows -t {table} postgresql:// | rows-digest"
        for _ in range(WAIT):
            done = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            if done.stdout:
                return done.stdout.split("\t")[2:4]
            time.sleep(0.5)
        raise SystemExit("soak-kill: the target cannot be read")

    def empty(self, table):
        subprocess.run(["pg-copy", "-Z", "-t", table, "postgresql://"], check=True)

    def measure(self, table):
        """A load that nobody disturbs: how long it takes, and what it gives."""
        begun = time.monotonic()
        pipe = Pipe("clean", table, f"{T}/stats")
        until(lambda: phase_of(pipe) != "no session yet")
        copying = time.monotonic()
        if any(pipe.wait()):
            self.fail(0, "a load that nobody disturbed failed")
        self.copy_time[table] = time.monotonic() - copying
        self.time[table] = time.monotonic() - begun
        self.digests[table] = self.digest(table)
        self.counts[table] = int(self.digests[table][0])
        sql.patiently("delete from pgtide.loaded returning 1")
        self.empty(table)

    def disturb(self, number, table, when, victim):
        """Starts a load and kills; returns the status of pg-copy and the phase."""
        stats, fd = f"{T}/stats", -1
        if os.path.exists(stats):
            os.unlink(stats)
        if when in HOLD:
            sql.ask(HOLD[when])
        elif when == "after COMMIT":
            fd = fill(stats)
        pipe = Pipe(f"run {number}", table, stats)
        if when == "COPY":
            until(lambda: phase_of(pipe) in ("COPY", "after the end"))
            time.sleep(random.uniform(0, self.copy_time[table] * ALIVE.get(victim, 0.8)))
        elif when in HOLD:
            until(lambda: any(s[2] == "PgSleep" for s in sessions()) or pipe.stages[-1].poll() is not None)
        elif when == "after COMMIT":
            until(lambda: sessions())
            until(lambda: not sessions())
        else:
            time.sleep(random.uniform(0, self.time[table] * 1.1))
        phase = when if when in HOLD or when == "after COMMIT" else phase_of(pipe)
        killed = kill(victim, pipe)
        status = pipe.wait()[-1]
        if fd >= 0:
            os.close(fd)
            os.unlink(stats)
        return status, phase if killed else "after the end"

    def check_whole(self, number, table, what):
        rows, distinct, markers = self.state(table)
        if (rows, distinct, markers) != (self.counts[table], self.counts[table], 1):
            self.fail(number, f"{what}: {rows} rows, {distinct} different, {markers} markers")
        digest = self.digest(table)
        if digest != self.digests[table]:
            self.fail(number, f"{what}: digest {digest} instead of {self.digests[table]}")

    def load_again(self, number, table):
        """Until it succeeds, as make would: only 75 may come before."""
        for _ in range(WAIT):
            status = Pipe(f"run {number}", table, f"{T}/stats").wait()[-1]
            self.tries += 1
            if status == 0:
                return
            if status != 75:
                self.fail(number, f"loading again gave status {status}")
            time.sleep(0.3)
        self.fail(number, "loading again never succeeded")

    def check_report(self, number, table):
        """What pg-copy says of itself."""
        stats = dict(line.rstrip("\n").split("\t", 1) for line in open(f"{T}/stats"))
        if stats["digest"].split("\t")[2:4] != self.digests[table]:
            self.fail(number, "the statistics have another digest")
        rows, _, rejected = stats["table"].split("\t")[2:5]
        if int(rows) + int(rejected) != self.rows:
            self.fail(number, f"the statistics do not add up: {rows} and {rejected} rejected")
        if table == "picky":
            bad = subprocess.run(["rows-fmt", f"{T}/bad"], stdout=subprocess.PIPE, check=True, text=True).stdout
            if not bad.endswith(f"#end\t{rejected}\t0\n"):
                self.fail(number, f"the reject file does not hold {rejected} rows")

    def run(self, number, when, victim):
        table = random.choice(["t", "picky"])
        status, phase = self.disturb(number, table, when, victim)
        self.histogram[phase, victim] += 1
        if status == 0:
            self.check_whole(number, table, f"{victim} was killed in {phase}, and pg-copy said it was done")
        self.load_again(number, table)
        already = "already" in open(f"{T}/messages").read()
        self.check_whole(number, table, f"{victim} was killed in {phase}")
        self.check_report(number, table)
        self.outcome["done all the same" if status == 0 else "all there, found again" if already else "loaded again"] += 1
        if when in HOLD:
            sql.patiently("drop trigger hold on pgtide.loaded; select 1")
        self.empty(table)

    def plan(self):
        exact = max(self.runs // 30, 1)
        plan = [(when, victim) for when in ("before COMMIT", "COMMIT")
                for victim in (["load", "backend", "backend -9", "server", "load"] * exact)[:exact]]
        plan += [("after COMMIT", "load")] * exact
        for i in range(self.runs - len(plan)):
            plan.append(("any" if i % 8 == 7 else "COPY", random.choice(VICTIMS)))
        random.shuffle(plan)
        return plan

    def report(self):
        phases = ["no session yet", "in the session", "between COPYs", "COPY", "before COMMIT", "COMMIT", "after COMMIT",
                  "after the end"]
        total = sum(self.histogram.values())
        print(f"\n{'killed':16}" + "".join(f"{victim:>11}" for victim in VICTIMS) + f"{'all':>11}")
        for phase in phases:
            counts = [self.histogram[phase, victim] for victim in VICTIMS]
            share = f"{sum(counts)} {100 * sum(counts) // total:3}%"
            print(f"{phase:16}" + "".join(f"{count or '':>11}" for count in counts) + f"{share:>11}")
        print()
        for what, count in self.outcome.most_common():
            print(f"{count:6} {what}")
        print(f"{total:6} runs, {self.tries} resumes: every row is there once, each time")


def main():
    runs, rows = int(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    random.seed(seed)
    soak = Soak(runs, rows)
    for table in ("t", "picky"):
        soak.measure(table)
    print(f"seed {seed}, {runs} runs, {rows} rows, a load takes {soak.time['t']:.2f} s", flush=True)
    for number, (when, victim) in enumerate(soak.plan(), 1):
        soak.run(number, when, victim)
        if number % 50 == 0:
            print(f"{number} runs", flush=True)
    soak.report()


main()
