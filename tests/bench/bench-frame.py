#!/usr/bin/env python3
# bench-frame.py - how long a frame of 50 000 boxes takes
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pans and zooms through a graph of 50 000 boxes in a window of 1920 x 1080, and shows a static
image of the same size. Both are presented in the same way, so that their ratio is what drawing
costs."""

import os
import subprocess
import sys

from display import get_environment, in_display

REPEATS = 3


def measure(program):
    totals = {}
    for _ in range(REPEATS):
        for what in ('static', 'pan', 'zoom'):
            done = subprocess.run([program, what], env=get_environment(), stdout=subprocess.PIPE,
                                  text=True, timeout=240, check=True)
            for line in done.stdout.splitlines():
                name, frame, draw, worst = line.split()
                totals.setdefault(name, []).append((float(frame), float(draw), float(worst)))
    anchor = min(value[0] for value in totals['static'])
    for name, values in totals.items():
        frame, draw, worst = min(values)
        print(f'{name:12} frame {frame:5.1f} ms, {frame / anchor:.2f} of a static image '
              f'(goal: at most 1.15); drawing {draw:.2f} ms, at most {worst:.2f} (goal: 4)')


if __name__ == '__main__':
    os.environ.setdefault('GDK_BACKEND', 'x11')
    sys.exit(in_display(measure, '1920x1080'))
