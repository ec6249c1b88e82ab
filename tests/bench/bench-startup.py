#!/usr/bin/env python3
"""Start of the program to its first painted frame, against an empty
libadwaita window: bench-startup.py PROGRAM. Both are started in turn under
one Xvfb and one session bus, without assistive technology."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import statistics
import subprocess
import sys
import time

from display import get_environment, in_display

REPEATS = 15


def first_frame_ms(program, what, environment):
    start_us = time.monotonic_ns() // 1000
    result = subprocess.run([program, what, str(start_us)], env=environment, check=True,
                            capture_output=True, text=True, timeout=60)
    return int(result.stdout.split()[-1]) / 1000


def measure(program):
    environment = get_environment()
    times = {'empty': [], 'heapscape': []}
    for what in times:
        first_frame_ms(program, what, environment)
    for _ in range(REPEATS):
        for what, values in times.items():
            values.append(first_frame_ms(program, what, environment))
    for what, values in times.items():
        print(f'{what:10} median {statistics.median(values):.0f} ms '
              f'({min(values):.0f} to {max(values):.0f})')
    ratio = statistics.median(times['heapscape']) / statistics.median(times['empty'])
    print(f'ratio: {ratio:.2f} (goal: at most 1.3)')


if __name__ == '__main__':
    sys.exit(in_display(measure))
