"""Runs shell commands in turn and prints the median of each: wall clock, CPU seconds, and both relative to the others.

usage: bench.py [-n runs] [-b command] NAME=COMMAND...

Each COMMAND runs under sh once to warm up, then runs times, one after another: a b c a b c. -b is run before each, not
measured. CPU seconds are those of all processes of the command, not of a server. The ratio of a later command is the
median over the rounds of the first one's wall clock divided by its own.
"""
import getopt
import os
import resource
import statistics
import subprocess
import sys
import time


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    options, operands = getopt.getopt(sys.argv[1:], "n:b:")
    options = dict(options)
    rounds = int(options.get("-n", 7))
    before = options.get("-b")
    named = [operand.split("=", 1) for operand in operands]
    taken = {name: [] for name, _ in named}
    for turn in range(-1, rounds):
        for name, command in named:
            if before:
                subprocess.run(["sh", "-c", before], check=True)
            result = run(command)
            if turn >= 0:
                taken[name].append(result)
    first = named[0][0]
    print(f"{'median of ' + str(rounds):24} {'wall s':>8} {'min':>8} {'CPU s':>8}   {first} / it")
    for name, _ in named:
        walls = [wall for wall, _ in taken[name]]
        ratio = statistics.median(a[0] / b[0] for a, b in zip(taken[first], taken[name]))
        print(f"{name:24} {statistics.median(walls):8.2f} {min(walls):8.2f}"
              f" {statistics.median(cpu for _, cpu in taken[name]):8.2f}   "
              + ("" if name == first else f"{ratio:.2f}"))


os.environ["LC_ALL"] = "C.UTF-8"
main()
