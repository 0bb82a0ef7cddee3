"""Runs a pipe and prints the exit status and the peak memory of each of its stages.

usage: peak.py STAGE-COMMAND...     (each a command line without shell syntax but quotes and NAME=value before it)

Standard input goes to the first stage, the last one's output to standard output. Each line on file descriptor 2 after
all have ended: status, VmHWM in KiB, command. VmHWM is polled, for the figure that wait4(2) gives begins with what the
process was before exec; what a constant-memory stage uses it uses long before it ends.
"""
import os
import shlex
import subprocess
import sys
import time


def high_water(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def start(command, stdin, stdout):
    words = shlex.split(command)
    env = dict(os.environ)
    while "=" in words[0].split("/")[0]:
        name, value = words.pop(0).split("=", 1)
        env[name] = value
    return subprocess.Popen(words, stdin=stdin, stdout=stdout, env=env)


def main():
    commands = sys.argv[1:]
    processes = []
    stdin = None
    for i, command in enumerate(commands):
        last = i == len(commands) - 1
        process = start(command, stdin, None if last else subprocess.PIPE)
        if stdin:
            stdin.close()
        stdin = process.stdout
        processes.append(process)
    peaks = [0] * len(processes)
    while any(process.poll() is None for process in processes):
        for i, process in enumerate(processes):
            if process.returncode is None:
                peaks[i] = max(peaks[i], high_water(process.pid))
        time.sleep(0.005)
    for command, process, peak in zip(commands, processes, peaks):
        name = next(word for word in shlex.split(command) if "=" not in word)
        print(process.returncode, peak, name, sep="\t", file=sys.stderr)


main()
