#!/usr/bin/env python3
"""Start of the program to its first painted frame, against an empty
libadwaita window: bench-startup.py PROGRAM. Both are started in turn under
one Xvfb and one session bus, without assistive technology."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import statistics
import subprocess
import sys
import time

REPEATS = 15


def first_frame_ms(program, what, environment):
    start_us = time.monotonic_ns() // 1000
    result = subprocess.run([program, what, str(start_us)], env=environment, check=True,
                            capture_output=True, text=True, timeout=60)
    return int(result.stdout.split()[-1]) / 1000


def measure(program):
    environment = dict(os.environ, GSK_RENDERER='cairo', GTK_A11Y='none',
                       GSETTINGS_BACKEND='memory')
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


def main():
    if os.environ.get('HS_BENCH_INSIDE'):
        measure(sys.argv[1])
        return 0
    if not shutil.which('Xvfb') or not shutil.which('dbus-run-session'):
        print('Xvfb or dbus-run-session is not installed')
        return 77

    read_end, write_end = os.pipe()
    with subprocess.Popen(['Xvfb', '-displayfd', str(write_end), '-screen', '0', '1600x1000x24',
                           '-nolisten', 'tcp'], pass_fds=[write_end],
                          stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        try:
            display = os.read(read_end, 16).decode().strip()
            environment = dict(os.environ, DISPLAY=f':{display}', HS_BENCH_INSIDE='1')
            environment.pop('WAYLAND_DISPLAY', None)
            return subprocess.run(['dbus-run-session', '--', sys.executable, *sys.argv],
                                  env=environment, check=False).returncode
        finally:
            server.terminate()


if __name__ == '__main__':
    sys.exit(main())
