"""Runs as files: saved, opened again, dropped, and refused."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import sys

from file_scenarios import wait_for_code
from graph_scenarios import save_as
from harness import called, scenario, wait_until
from permit_scenarios import close_popover, nothing_allowed, permissions, wait_for_switch

FOLDER = pathlib.Path(__file__).parent

CODE = """\
words = ['word' + str(i) for i in range(3)]
# heapscape: snapshot words
pairs = {word: [word] for word in words}
print('pairs:', len(pairs))
raise ValueError('at the end')
"""


def save_run(session, name):
    """Runs CODE and saves the run. Returns: its path, and what is in the graph"""
    path = session.folder / 'home' / name
    session.paste_code(CODE)
    session.click(session.editor)
    session.key('ctrl+Return')
    session.wait_for_text(session.output, 'pairs: 3')
    boxes = wait_until('the graph', lambda: sorted(session.boxes()))
    session.key('ctrl+alt+s')
    save_as(session, path)
    session.app.find('label', session.tr.pattern('Snapshot saved as “%s”'), where=session.is_shown)
    assert path.stat().st_size > 0
    return path, boxes


def wait_for_run(session, boxes):
    wait_for_code(session, CODE)
    session.wait_for_text(session.output, 'pairs: 3')
    session.wait_for_text(session.output, 'ValueError: at the end')
    wait_until('the same graph', lambda: sorted(session.boxes()) == boxes)


@scenario
def save_and_open_a_snapshot(session):
    tr = session.tr
    session.run()
    path, boxes = save_run(session, 'points.heapscape')
    session.quit()

    # Its name says nothing, as that of a download may not.
    renamed = path.with_name('what.bin')
    path.rename(renamed)
    session.run(renamed)
    wait_for_run(session, boxes)
    session.app.find('label', lambda text: 'what.bin' in text and tr.pattern(
        'The snapshot “%1$s”, taken with %2$s on %3$s. Run the code to measure it anew.')(text),
        where=session.is_shown)

    # Running it is a run like any other.
    session.click_button(tr('Run'))
    wait_until('the notice to go', lambda: not any(
        'what.bin' in node.name and session.is_shown(node) for node in session.app.all('label')))
    wait_for_run(session, boxes)
    session.quit()


@scenario
def drop_a_snapshot(session):
    session.run()
    path, boxes = save_run(session, 'drop me.heapscape')
    session.quit()

    session.run()
    source = session.start([sys.executable, str(FOLDER / 'drag_source.py'), str(path)])
    window = wait_until('the drag source', lambda: next(
        (window for window in session.input.windows()
         if session.input.title(window) == 'Drag source'), None))
    session.input.place_window(window, 1340, 700)
    x, y, width, height = session.input.geometry(window)
    session.input.drag((x + width / 2, y + height / 2), session.place(session.editor), steps=30)
    wait_for_run(session, boxes)
    source.terminate()
    source.wait()
    session.quit()


@scenario
def refuse_a_damaged_snapshot(session):
    """What is wrong is said, and the window keeps what it shows."""
    session.run()
    path, _ = save_run(session, 'good.heapscape')
    session.quit()

    data = path.read_bytes()
    damaged = path.with_name('damaged.heapscape')
    damaged.write_bytes(data[:len(data) // 2] + bytes([data[len(data) // 2] ^ 1])
                        + data[len(data) // 2 + 1:])
    session.run(damaged)
    session.app.find('label', lambda text: 'damaged.heapscape' in text and session.tr.pattern(
        'The snapshot “%s” is damaged; make it again, or copy it again from where it came from')(
            text), where=session.is_shown)
    assert session.editor.text == ''
    session.quit()


@scenario
def show_where_a_snapshot_is(session):
    """The file manager of the desktop is asked."""
    asked = session.folder / 'asked'
    manager = session.start([sys.executable, str(FOLDER / 'file_manager.py'), str(asked)])
    wait_until('a file manager', asked.exists)
    session.run()
    path, _ = save_run(session, 'points.heapscape')
    session.click_button(session.tr('Show in Folder'))
    wait_until('what it was asked', lambda: asked.read_text('utf-8') == path.as_uri())
    manager.terminate()
    manager.wait()
    session.quit()


@scenario
def open_a_snapshot_without_permissions(session):
    """What the code was allowed where the snapshot was taken it is not allowed here."""
    tr = session.tr
    session.run()
    session.click(permissions(session))
    session.click_settled(session.window.find('list item', called(tr('Use the _Network')),
                                              where=session.is_shown))
    wait_for_switch(session, tr('Use the _Network'), True)
    close_popover(session)
    path, boxes = save_run(session, 'points.heapscape')
    session.quit()

    session.run(path)
    wait_for_run(session, boxes)
    nothing_allowed(session)
    session.quit()
