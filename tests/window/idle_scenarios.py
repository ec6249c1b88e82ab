"""A window in which nothing happens uses no processor time."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import time

from harness import Waited, scenario, wait_until
from run_scenarios import write

# So long nothing may happen. A clock tick of the kernel is 10 ms of processor time.
QUIET_SECONDS = 3
# The cursor of the editor blinks for ten seconds after the last key, as everywhere in GTK.
GUARD_SECONDS = 60
# Threads of GLib that wait for work look up now and then.
MAX_WAKEUPS = 6


def used(pid):
    """Clock ticks of the process, and how often its threads began to wait."""
    process = pathlib.Path(f'/proc/{pid}')
    fields = (process / 'stat').read_text(encoding='utf-8').rpartition(')')[2].split()
    switches = 0
    for status in process.glob('task/*/status'):
        for line in status.read_text(encoding='utf-8').splitlines():
            if line.startswith('voluntary_ctxt_switches:'):
                switches += int(line.split()[1])
    return int(fields[11]) + int(fields[12]), switches


def wait_for_quiet(session):
    """Until the program does nothing for a while. It is not looked at meanwhile: a question to its
    accessible tree would be work."""
    end = time.monotonic() + GUARD_SECONDS
    last = None
    while time.monotonic() < end:
        ticks, switches = used(session.program.pid)
        time.sleep(QUIET_SECONDS)
        later, later_switches = used(session.program.pid)
        last = f'{later - ticks} clock ticks and {later_switches - switches} wake-ups'
        if later == ticks and later_switches - switches <= MAX_WAKEUPS:
            return
    raise Waited(f'the program is not idle: {last} within {QUIET_SECONDS} s')


@scenario
def use_nothing_when_idle(session):
    session.run()
    wait_for_quiet(session)

    write(session, 'rows = [[i] for i in range(100)]\n')
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Finished; measured in %s.'))
    wait_until('the graph', lambda: any('list' in name for name in session.boxes()))
    wait_for_quiet(session)
    session.quit()
