"""Runs shell commands in turn and prints the median of each: wall clock, CPU seconds, and both relative to the others.

usage: bench.py [-mw] [-n runs] [-b command] [-s pid]... [-t title] NAME=COMMAND...

Each COMMAND runs under sh once to warm up (not with -w), then runs times, one after another: a b c a b c. -b is run before
each, not measured. CPU seconds are those of all processes of the command; with -s, the process id of a server, those of it
and of its processes come in a column of their own, and behind it the share that the command had of all. The ratio of a later
command is the median over the rounds of the first one's wall clock divided by its own. -m prints the peak of memory of each
program, as seen every 10 ms when warming up; with -w in all runs. With BENCH_TSV in the environment the figures of every run
are added to that file: title, name, run, wall, CPU and server seconds, and the most memory of a program in KiB, with its name.
"""
import getopt
import os
import resource
import statistics
import subprocess
import sys
import threading
import time


def stat(pid):
    """The fields of proc(5) from the third on, or none when it has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def seconds(fields, first):
    """The sum of two fields, counted as proc(5) does."""
    return (int(fields[first - 3]) + int(fields[first - 2])) / os.sysconf("SC_CLK_TCK") if fields else 0


def server_cpu(pids):
    """CPU seconds of all processes of the servers so far: those that ended and those that are there."""
    total = 0
    for pid in pids:
        total += seconds(stat(pid), 14) + seconds(stat(pid), 16)
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            total += sum(seconds(stat(child), 14) for child in file.read().split())
    return total


def watch_memory(session, peaks, ended):
    """The most memory of each program of the session, in KiB, by its name."""
    while not ended.wait(0.01):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            fields = stat(pid)
            if not fields or int(fields[3]) != session:
                continue
            try:
                with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
                    status = dict(line.split(":\t", 1) for line in file if ":\t" in line)
            except (FileNotFoundError, ProcessLookupError):
                continue
            if "VmHWM" in status:
                name = status["Name"].strip()
                peaks[name] = max(peaks.get(name, 0), int(status["VmHWM"].split()[0]))


def run(command, servers, peaks=None):
    at_server = server_cpu(servers)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    ended = threading.Event()
    with subprocess.Popen(["bash", "-o", "pipefail", "-c", command], start_new_session=True) as process:
        if peaks is not None:
            threading.Thread(target=watch_memory, args=(process.pid, peaks, ended), daemon=True).start()
        status = process.wait()
        ended.set()
    if status:
        sys.exit(f"bench: status {status}: {command}")
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    at_server = server_cpu(servers) - at_server
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, at_server


def print_figures(named, taken, rounds, with_servers):
    first = named[0][0]
    print(f"{'median of ' + str(rounds):24} {'wall s':>8} {'min':>8} {'CPU s':>8}"
          + (f" {'server s':>8} {'share':>6}" if with_servers else "") + f"   {first} / it")
    for name, _ in named:
        walls = [wall for wall, _, _ in taken[name]]
        ratio = statistics.median(a[0] / b[0] for a, b in zip(taken[first], taken[name]))
        cpu = statistics.median(cpu for _, cpu, _ in taken[name])
        line = f"{name:24} {statistics.median(walls):8.2f} {min(walls):8.2f} {cpu:8.2f}"
        if with_servers:
            share = statistics.median(own / (own + other) for _, own, other in taken[name])
            line += f" {statistics.median(other for _, _, other in taken[name]):8.2f} {100 * share:5.0f}%"
        print(line + "   " + ("" if name == first else f"{ratio:.2f}"))


def print_memory(named, peaks):
    for name, _ in named:
        most = sorted(peaks[name].items(), key=lambda item: -item[1])[:6]
        print(f"most memory, {name}: " + ", ".join(f"{program} {kib / 1024:.1f} MiB" for program, kib in most))


def main():
    pairs, operands = getopt.getopt(sys.argv[1:], "mwn:b:s:t:")
    options = dict(pairs)
    rounds = int(options.get("-n", 7))
    before = options.get("-b")
    servers = [pid for option, pid in pairs if option == "-s"]
    named = [operand.split("=", 1) for operand in operands]
    taken = {name: [] for name, _ in named}
    peaks = {name: {} for name, _ in named}
    tsv = os.environ.get("BENCH_TSV")
    for turn in range(0 if "-w" in options else -1, rounds):
        for name, command in named:
            if before:
                subprocess.run(["sh", "-c", before], check=True)
            watched = "-m" in options and (turn < 0 or "-w" in options)
            result = run(command, servers, peaks[name] if watched else None)
            if turn < 0:
                continue
            taken[name].append(result)
            if tsv:
                program, most = max(peaks[name].items(), key=lambda item: item[1], default=("", ""))
                with open(tsv, "a", encoding="utf-8") as file:
                    file.write("\t".join([options.get("-t", named[0][0]), name, str(turn)]
                                         + [f"{figure:.3f}" for figure in result] + [str(most), program]) + "\n")
    print_figures(named, taken, rounds, bool(servers))
    if "-m" in options:
        print_memory(named, peaks)


os.environ["LC_ALL"] = "C.UTF-8"
main()
