#!/usr/bin/env python3
"""What a snapshot costs: bench-snapshot.py WORKER... [--objects N] [--repeats N].
Programs leave a large heap behind, on which each worker takes its snapshot; in
the same process, before that, gc.get_objects() and, where they can be imported,
guppy3, pympler and objgraph look at the same heap. Nanoseconds and bytes for
each object, minima, and ratios to the snapshot."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'worker'))

import heapworker  # noqa: E402

GIB = 1 << 30

# Goals for a heap that is as it was made, and for one that has lived, in ns.
GOALS = {'plain': 40, 'aged': 60}

COMMON = '''
import gc
import random
import time

gc.disable()

class Point:
    def __init__(self, i):
        self.a = i
        self.b = i * 0.5
        self.c = f"n{i}"

class Node:
    __slots__ = ("next", "value")
    def __init__(self, next, value):
        self.next = next
        self.value = value
'''

# Each makes about four objects for each of n, but for the last.
PROGRAMS = {
    'plain': 'data = [Point(i) for i in range(n)]\n',
    # Allocated in another order than referred to, two fifths of it replaced.
    'aged': '''
chance = random.Random(3)
data = [Point(i) for i in range(n)]
chance.shuffle(data)
for _ in range(2):
    for i in chance.sample(range(n), n // 5):
        data[i] = None
    holes = [i for i in range(n) if data[i] is None]
    chance.shuffle(holes)
    for i in holes:
        data[i] = Point(i)
chance.shuffle(data)
del holes, chance
''',
    'records': '''
data = [{"id": 1000 + i, "name": f"user {i}", "tags": [f"t{i}", i / 3], "on": i % 2 == 0}
        for i in range(n // 2)]
''',
    'linked': '''
data = None
for i in range(n):
    data = Node(data, i)
''',
}

# What others take for the same heap, where they are installed.
OTHERS = '''
def measure(name, function):
    began = time.process_time_ns()
    function()
    print(name, time.process_time_ns() - began, flush=True)

measure("gc.get_objects", gc.get_objects)
if with_others:
    try:
        import guppy
        measure("guppy3 heap()", lambda: guppy.hpy().heap())
    except ImportError:
        pass
    try:
        from pympler import asizeof
        measure("pympler asizeof", lambda: asizeof.asizeof(data))
    except ImportError:
        pass
    try:
        import objgraph
        measure("objgraph typestats", objgraph.typestats)
    except ImportError:
        pass
'''


def take(worker, name, n, with_others):
    source = (f'n = {n}\nwith_others = {with_others}\n' + COMMON + PROGRAMS[name] + OTHERS)
    result = heapworker.run(worker, source, timeout=900.0, result_limit=16 * GIB)
    if result.status != 'ok' or result.snapshot is None:
        sys.exit(f'{name}: {result}')
    others = {}
    for line in result.stdout.decode().splitlines():
        other, _, ns = line.rpartition(' ')
        others[other] = int(ns)
    return result, others


def measure_program(worker, name, n, repeats):
    times = []
    others = {}
    for i in range(repeats):
        # The last run is that in which others may leave their traces.
        result, found = take(worker, name, n, i == repeats - 1)
        if i < repeats - 1 or repeats == 1:
            times.append(result.snapshot.duration_ns)
            n_objects = result.snapshot.n_objects
            size = result.snapshot.size
        others.update(found)
    best = min(times)
    goal = f' (goal {GOALS[name]})' if name in GOALS else ''
    print(f'  {name:8} {n_objects:10} objects  {best / 1e6:8.1f} ms '
          f'{best / n_objects:6.1f} ns{goal}  {size / n_objects:5.1f} bytes each')
    for other, ns in others.items():
        print(f'           {other:22} {ns / 1e6:10.1f} ms {ns / best:7.2f} times as long')


def get_version(worker):
    text = subprocess.run([worker, '--describe'], capture_output=True, check=True, text=True)
    return text.stdout.strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('workers', nargs='+')
    parser.add_argument('--objects', type=int, default=1_000_000, help='times four, about')
    parser.add_argument('--repeats', type=int, default=4)
    parser.add_argument('--programs', default=','.join(PROGRAMS))
    args = parser.parse_args()

    for worker in args.workers:
        print(os.path.basename(worker), get_version(worker))
        for name in args.programs.split(','):
            measure_program(worker, name, args.objects, args.repeats)
    return 0


if __name__ == '__main__':
    sys.exit(main())
