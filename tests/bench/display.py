# display.py - a display of its own for a benchmark
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import subprocess
import sys


def get_environment():
    """For a program whose frames are measured: software rendering, nobody listening."""
    environment = dict(os.environ, GSK_RENDERER='cairo', GTK_A11Y='none',
                       GSETTINGS_BACKEND='memory')
    environment.pop('MALLOC_PERTURB_', None)
    return environment


def in_display(measure, size='1600x1000'):
    """Calls @measure with the first argument, inside Xvfb and a session bus. Returns the exit
    status; 77 if there is no Xvfb."""
    if os.environ.get('HS_BENCH_INSIDE'):
        measure(sys.argv[1])
        return 0
    if not shutil.which('Xvfb') or not shutil.which('dbus-run-session'):
        print('Xvfb or dbus-run-session is not installed')
        return 77

    read_end, write_end = os.pipe()
    with subprocess.Popen(['Xvfb', '-displayfd', str(write_end), '-screen', '0', f'{size}x24',
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
