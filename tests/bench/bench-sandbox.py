#!/usr/bin/env python3
"""What the sandbox costs: bench-sandbox.py WORKER... [--runs N]. The same program with
protection and without, in turns, so that what else the machine does meets both; then single
operations inside of it. Medians of times in ms, minima in ns."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import os
import resource
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'worker'))

import heapworker  # noqa: E402

# Of one run, ms.
GOAL_MS = 2

PROTECTIONS = {
    'none': 0,
    'files': heapworker.PROTECT_FILES,
    'calls': heapworker.PROTECT_CALLS,
    'both': heapworker.PROTECT_FILES | heapworker.PROTECT_CALLS,
}

PROGRAM = 'points = [(i, i * 1.5) for i in range(10)]\nprint(len(points))\n'

OPERATIONS = '''
import os
open("file", "w").close()
def is_there():
    os.stat("file")
def open_and_close():
    os.close(os.open("file", os.O_RDONLY))
def make_and_remove():
    os.mkdir("folder")
    os.rmdir("folder")
def parent():
    os.getppid()
def compute():
    sum(range(2000))
for function in (parent, is_there, open_and_close, make_and_remove, compute):
    best = min(measure(function) for _ in range(5))
    print(function.__name__, best)
'''

MEASURE = '''
import time
def measure(function):
    began = time.perf_counter_ns()
    for _ in range(300):
        function()
    return (time.perf_counter_ns() - began) // 300
'''


def run(worker, source, protection, **options):
    result = heapworker.run(worker, source, protect=PROTECTIONS[protection], **options)
    if result.status != 'ok':
        sys.exit(f'{protection}: {result}')
    return result


def get_cpu_ms():
    """Of all workers so far, and of what ran in them."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def measure_runs(worker, n_runs):
    """Of a short program from its start to its end, as the client sees them."""
    elapsed = {name: [] for name in PROTECTIONS}
    cpu = {name: [] for name in PROTECTIONS}
    for i in range(n_runs + 2):
        for name in PROTECTIONS:
            before = get_cpu_ms()
            result = run(worker, PROGRAM, name)
            if i >= 2:
                elapsed[name].append(result.elapsed * 1000)
                cpu[name].append(get_cpu_ms() - before)

    def get_cost(times, name):
        # Of neighbours in time.
        return statistics.median(a - b for a, b in zip(times[name], times['none']))

    for name in PROTECTIONS:
        print(f'  {name:6} {statistics.median(elapsed[name]):7.2f} ms a run, '
              f'{min(elapsed[name]):.2f} at least ({get_cost(elapsed, name):+.2f}, '
              f'{min(elapsed[name]) - min(elapsed["none"]):+.2f}); '
              f'processors {statistics.median(cpu[name]):.2f} ms ({get_cost(cpu, name):+.2f})')
    print(f"  the sandbox costs {get_cost(elapsed, 'both'):.2f} ms a run (goal: at most {GOAL_MS})")


def measure_operations(worker):
    times = {}
    for name in ('none', 'both'):
        # The best of some runs: each has its own luck with the machine.
        for _ in range(5):
            result = run(worker, MEASURE + OPERATIONS, name, no_snapshot=True, timeout=120.0)
            for line in result.stdout.decode().splitlines():
                operation, ns = line.split()
                known = times.setdefault(operation, {})
                known[name] = min(int(ns), known.get(name, int(ns)))
    for operation, found in times.items():
        print(f"  {operation:16} {found['none']:7} ns without, {found['both']:7} ns with "
              f"({found['both'] / found['none']:.2f} times)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('workers', nargs='+')
    parser.add_argument('--runs', type=int, default=100)
    args = parser.parse_args()

    for worker in args.workers:
        print(os.path.basename(worker))
        measure_runs(worker, args.runs)
        measure_operations(worker)
    return 0


if __name__ == '__main__':
    sys.exit(main())
