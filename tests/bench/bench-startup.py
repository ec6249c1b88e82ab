#!/usr/bin/env python3
"""Start of the program to its first painted frame, and what it takes when idle, against an empty
libadwaita window: bench-startup.py PROGRAM EMPTY PROBE. Both are started in turn under one Xvfb and
one session bus, without assistive technology, with settings of their own, caches warm."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from display import get_environment, in_display

REPEATS = 15
SETTLED_SECONDS = 15


def get_probed(probe, folder):
    environment = get_environment()
    environment.update({f'XDG_{kind}_HOME': f'{folder}/{kind.lower()}'
                        for kind in ('CONFIG', 'STATE', 'DATA', 'CACHE')})
    environment['LD_PRELOAD'] = probe
    environment['HS_PROBE_START'] = str(time.monotonic_ns() // 1000)
    return environment


def start_once(program, probe, folder):
    """Milliseconds to the first frame, and those of the processor: all threads, both modes."""
    with subprocess.Popen([program], env=get_probed(probe, folder), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return int(output.split()[-1]) / 1000, (usage.ru_utime + usage.ru_stime) * 1000


def get_memory_kib(pid):
    """What the process has written to, and all that is resident. What it shares depends on who else
    uses the same libraries at the time."""
    fields = {}
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(encoding='utf-8').splitlines():
        name, _, value = line.partition(':')
        if value.endswith('kB'):
            fields[name] = int(value.split()[0])
    return fields['Private_Dirty'], fields['Rss']


def rest(program, probe, folder):
    """Of a window that has been left alone for a while: its memory in KiB, and clock ticks of its
    processor time within three seconds."""
    environment = get_probed(probe, folder)
    environment['HS_PROBE_STAY'] = '1'
    with subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        try:
            time.sleep(SETTLED_SECONDS)
            stat = pathlib.Path(f'/proc/{process.pid}/stat')
            ticks = []
            for _ in range(2):
                fields = stat.read_text(encoding='utf-8').rpartition(')')[2].split()
                ticks.append(int(fields[11]) + int(fields[12]))
                time.sleep(3)
            return *get_memory_kib(process.pid), ticks[1] - ticks[0]
        finally:
            process.kill()


def measure(program):
    empty, probe = sys.argv[2:4]
    programs = {'empty': empty, 'heapscape': program}
    samples = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        for path in programs.values():
            start_once(path, probe, folder)
        for _ in range(REPEATS):
            for name, path in programs.items():
                samples[name].append(start_once(path, probe, folder))
        resting = {name: rest(path, probe, folder) for name, path in programs.items()}

    medians = {}
    for name, values in samples.items():
        walls, processor = zip(*values)
        medians[name] = statistics.median(walls), statistics.median(processor)
        private, resident, ticks = resting[name]
        print(f'{name:10} first frame {medians[name][0]:.0f} ms ({min(walls):.0f} to '
              f'{max(walls):.0f}), processor {medians[name][1]:.0f} ms ({min(processor):.0f} to '
              f'{max(processor):.0f}); idle: {private / 1024:.1f} MiB of its own, '
              f'{resident / 1024:.1f} MiB resident, {ticks} clock ticks in 3 s')
    print(f'ratio: {medians["heapscape"][0] / medians["empty"][0]:.2f} of the time (goal: at most '
          f'1.3), {medians["heapscape"][1] / medians["empty"][1]:.2f} of the processor time')


if __name__ == '__main__':
    sys.exit(in_display(measure))
