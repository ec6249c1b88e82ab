"""The keyboard comes everywhere and out again; the window bears large text."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from gi.repository import GLib
from harness import called, scenario, wait_until
from story_scenarios import AROUND, is_shown, opened, wait_for_end

EXAMPLE = '02-slots.py'


def look(window, within=None):
    """What can have the focus in a window, and what has it: two lists."""
    focusable, focused = [], []
    pending = [within or window]
    while pending:
        node = pending.pop()
        try:
            if not is_shown(node):
                continue
            pending += reversed(node.children())
            states = node.states
            if 'focused' in states:
                focused.append(node)
            if 'focusable' in states and 'sensitive' in states:
                focusable.append(node)
        except GLib.Error:
            continue
    return focusable, focused


@scenario
def tab_dump(session):
    session.run(session.options.source / 'resources' / 'examples' / EXAMPLE)
    session.key('ctrl+Return')
    wait_for_end(session)
    import time
    t = time.time()
    for key in ('Tab', 'shift+Tab'):
        session.key('alt+1')
        a, b = look(session.window)
        print(time.time() - t)
        for n in a:
            p = []
            m = n
            while m is not None and m.parent is not None:
                p.append(m.role)
                m = m.parent
            print('   F', n.role, n.name[:30], n.extents, '<', ' '.join(p[1:5]))
        for i in range(45):
            _, b = look(session.window)
            print(key, [(n.path.split('/')[-1][:6], n.role, n.name[:40]) for n in b], flush=True)
            if b and b[0].role == 'text' and 'source' in b[0].name:
                session.key('ctrl+' + key if key == 'Tab' else 'ctrl+shift+Tab')
            else:
                session.key(key)
    session.quit()
