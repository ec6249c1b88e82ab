#!/usr/bin/env python3
"""What the ledger costs: bench-ledger.py WORKER... [--repeats N]. Programs that
do little but allocate run through each worker without hooks, with counters, and
with the line of every block, in turn; beside tracemalloc in the same
interpreter, and memray in this one if it is installed. Processor time of the
code alone, minima, as ratios to the bare run."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile
import time

REPEATS = 7
GOALS = {'counters': 1.10, 'lines': 1.25}

PROGRAMS = {
    'dicts': '''
def make(n):
    return [{'id': i, 'name': 'x', 'value': i * 2.5, 'tags': {i: i}} for i in range(n)]

def run():
    keep = []
    for i in range(80):
        keep.append(make(6000))
        if len(keep) > 4:
            del keep[0]
''',
    'json': '''
import json

def run():
    record = {'id': 17, 'name': 'some name', 'price': 1.25, 'tags': ['a', 'bc', 'def'],
              'nested': {'x': 1000, 'y': 2000, 'flag': True, 'nothing': None}}
    text = json.dumps([record] * 2000)
    for i in range(40):
        values = json.loads(text)
        back = json.dumps(values)
''',
    'str': '''
def run():
    words = []
    for i in range(400000):
        word = 'word %d' % i
        words.append(word.upper() + '-' + str(i))
        parts = word.split(' ')
        if i % 3 == 0:
            words[i] = ','.join(parts)
    table = {word: len(word) for word in words}
    text = ' '.join(words).replace('WORD', 'w').split()
''',
    'objs': '''
class Point:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def moved(self, d):
        return Point(self.x + d, self.y + d, self.z + d)

def run():
    points = [Point(i, i + 0.5, None) for i in range(120000)]
    for point in points:
        point.z = point.x * 1.5
    for _ in range(4):
        points = [point.moved(1) for point in points]
''',
    'lists': '''
def run():
    rows = []
    for i in range(70000):
        row = [i, i + 1, i + 2]
        row.append(i * 3)
        row.extend((1, 2, 3, 4, 5))
        rows.append(row[2:8])
    flat = [value for row in rows for value in row]
    pairs = list(zip(flat, flat[1:]))
    rows = [list(pair) for pair in pairs]
    rows = [sorted(row) for row in rows[:100000]]
''',
    'compute': '''
def run():
    total = 0.0
    seed = 12345
    for i in range(1800000):
        seed = (seed * 1103515245 + 12345) % 2147483648
        total += seed / 2147483648.0 * i
    return total
''',
}

TRACEMALLOC = 'import tracemalloc\ntracemalloc.start(1)\n'


def run_worker(worker, mode, path):
    """The processor time of the code, seconds."""
    result = subprocess.run([worker, '--check-ledger', mode, path], capture_output=True, text=True,
                            check=True, env=dict(os.environ, PYTHONHASHSEED='0'), timeout=600)
    return json.loads(result.stdout)['cpu_ns'] / 1e9


def measure(worker, folder, name, repeats):
    """The lowest time of each way to run a program, seconds."""
    plain = os.path.join(folder, name + '.py')
    traced = os.path.join(folder, name + '-tracemalloc.py')
    with open(plain, 'w', encoding='utf-8') as file:
        file.write(PROGRAMS[name] + 'run()\n')
    with open(traced, 'w', encoding='utf-8') as file:
        file.write(TRACEMALLOC + PROGRAMS[name] + 'run()\n')

    times = {'bare': [], 'counters': [], 'lines': [], 'tracemalloc': []}
    for i in range(repeats):
        times['bare'].append(run_worker(worker, 'none', plain))
        times['counters'].append(run_worker(worker, 'counters', plain))
        times['lines'].append(run_worker(worker, 'lines', plain))
        # Several times slower, so that its noise matters less.
        if i < (repeats + 2) // 3:
            times['tracemalloc'].append(run_worker(worker, 'none', traced))
    return {way: min(values) for way, values in times.items()}


def get_mean(ratios):
    return math.exp(sum(math.log(ratio) for ratio in ratios) / len(ratios))


def measure_worker(worker, folder, repeats):
    ratios = {'counters': [], 'lines': [], 'tracemalloc': []}
    print(f'\n{os.path.basename(worker):24} bare s   counters  lines  tracemalloc(1)')
    for name in PROGRAMS:
        times = measure(worker, folder, name, repeats)
        for way, values in ratios.items():
            values.append(times[way] / times['bare'])
        print(f'{name:24} {times["bare"]:6.3f}   {ratios["counters"][-1]:8.3f} '
              f'{ratios["lines"][-1]:6.3f} {ratios["tracemalloc"][-1]:9.2f}', flush=True)
    means = {way: get_mean(values) for way, values in ratios.items()}
    print(f'{"geometric mean":24}          {means["counters"]:8.3f} {means["lines"]:6.3f} '
          f'{means["tracemalloc"]:9.2f}')
    print(f'{"goal, at most":24}          {GOALS["counters"]:8.2f} {GOALS["lines"]:6.2f}')


def run_python(command):
    start = time.monotonic()
    subprocess.run([sys.executable, *command], check=True, capture_output=True, timeout=600)
    return time.monotonic() - start


def measure_memray(folder, repeats):
    """Wall time of whole processes: memray offers nothing finer."""
    if importlib.util.find_spec('memray') is None:
        print('\nmemray is not installed')
        return
    empty = os.path.join(folder, 'empty.py')
    with open(empty, 'w', encoding='utf-8'):
        pass

    ratios = []
    for name in PROGRAMS:
        path = os.path.join(folder, name + '.py')
        times = []
        for command in ([], ['-m', 'memray', 'run', '--trace-python-allocators', '-f', '-o',
                             os.path.join(folder, 'memray.bin')]):
            start = min(run_python([*command, empty]) for _ in range(repeats))
            times.append(min(run_python([*command, path]) for _ in range(repeats)) - start)
        ratios.append(times[1] / times[0])
        print(f'memray, all allocators: {name:10} {ratios[-1]:.2f}')
    print(f'memray, all allocators: geometric mean {get_mean(ratios):.2f}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('workers', nargs='+')
    parser.add_argument('--repeats', type=int, default=REPEATS)
    args = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='heapscape-bench-') as folder:
        for worker in args.workers:
            measure_worker(worker, folder, args.repeats)
        measure_memray(folder, 3)
    return 0


if __name__ == '__main__':
    sys.exit(main())
