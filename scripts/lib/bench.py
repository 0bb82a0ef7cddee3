"""Runs shell commands in turn and prints the median of each: wall clock, CPU seconds, and both relative to the others.

usage: bench.py [-n runs] [-b command] [-s pid] NAME=COMMAND...

Each COMMAND runs under sh once to warm up, then runs times, one after another: a b c a b c. -b is run before each, not
measured. CPU seconds are those of all processes of the command; with -s, the process id of a PostgreSQL server, those of
its processes come in a column of their own. The ratio of a later command is the
median over the rounds of the first one's wall clock divided by its own.
"""
import getopt
import os
import resource
import statistics
import subprocess
import sys
import time


def cpu_of(pid, first):
    """The sum of two fields of /proc/PID/stat, counted as proc(5) does."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0
    return (int(fields[first - 3]) + int(fields[first - 2])) / os.sysconf("SC_CLK_TCK")


def server_cpu(pid):
    """CPU seconds of all processes of the server so far: those that ended and those that are there."""
    if not pid:
        return 0
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return cpu_of(pid, 16) + sum(cpu_of(child, 14) for child in file.read().split())


def run(command, server):
    at_server = server_cpu(server)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    at_server = server_cpu(server) - at_server
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, at_server


def main():
    options, operands = getopt.getopt(sys.argv[1:], "n:b:s:")
    options = dict(options)
    rounds = int(options.get("-n", 7))
    before = options.get("-b")
    server = options.get("-s")
    named = [operand.split("=", 1) for operand in operands]
    taken = {name: [] for name, _ in named}
    for turn in range(-1, rounds):
        for name, command in named:
            if before:
                subprocess.run(["sh", "-c", before], check=True)
            result = run(command, server)
            if turn >= 0:
                taken[name].append(result)
    first = named[0][0]
    print(f"{'median of ' + str(rounds):24} {'wall s':>8} {'min':>8} {'CPU s':>8}"
          + (f" {'server s':>8}" if server else "") + f"   {first} / it")
    for name, _ in named:
        walls = [wall for wall, _, _ in taken[name]]
        ratio = statistics.median(a[0] / b[0] for a, b in zip(taken[first], taken[name]))
        print(f"{name:24} {statistics.median(walls):8.2f} {min(walls):8.2f}"
              f" {statistics.median(cpu for _, cpu, _ in taken[name]):8.2f}"
              + (f" {statistics.median(cpu for _, _, cpu in taken[name]):8.2f}" if server else "") + "   "
              + ("" if name == first else f"{ratio:.2f}"))


os.environ["LC_ALL"] = "C.UTF-8"
main()
