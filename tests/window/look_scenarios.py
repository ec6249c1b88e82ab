"""Looking at everything: what a screen reader says, and in which language."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import re

from accessible import COMPONENT
from graph_scenarios import draw
from harness import called, scenario, wait_until

CONTROLS = ('push button', 'toggle button', 'check box', 'switch', 'spin button', 'entry',
            'combo box', 'menu item', 'list', 'text')
# Parts of GTK's own widgets, which GTK names by their types.
TYPE_NAME = re.compile(r'^(Gtk|Adw|Hs)[A-Z][A-Za-z]+$')


def nameless(session, window):
    """Controls that one can reach and of which a screen reader could not say what they are."""
    for node in window.walk():
        if node.role not in CONTROLS or COMPONENT not in node.interfaces or \
                not node.has('focusable') or not session.is_shown(node):
            continue
        if node.name and not TYPE_NAME.match(node.name):
            continue
        # GTK names the button inside of a menu button, or the text inside of an entry, not.
        outer = node.parent
        if outer.name and not TYPE_NAME.match(outer.name) and outer.role in CONTROLS:
            continue
        if any(inner.name and not TYPE_NAME.match(inner.name) for inner in node.walk()):
            continue
        yield f'{node.role} {node.name!r} in {outer.role} {outer.name!r} at {node.extents}'


def untranslated(session, window):
    """Texts of the program that have a translation and are shown in English."""
    for node in window.walk():
        name = node.name
        if name and session.tr.is_foreign(name) and session.is_shown(node):
            yield f'{node.role} {name!r}'


def look_at(session, window, what, is_own=True):
    """is_own: or else one of GTK's, of which only the texts are the program's."""
    problems = [*untranslated(session, window)]
    if is_own:
        problems += nameless(session, window)
    assert not problems, f'{what}:\n' + '\n'.join(problems)


@scenario
def look_around(session):
    tr = session.tr
    draw(session)
    look_at(session, session.window, 'the window')

    for number, title in (3, 'Strings'), (2, 'Layout'), (1, 'Graph'):
        session.key(f'alt+{number}')
        wait_until(title, lambda title=title: (
            session.is_shown(session.picture(title)) and session.items(title)))
        look_at(session, session.window, title)
    session.key('Home', 'shift+F10')
    wait_until('the menu', lambda: len(session.input.windows()) == 2)
    look_at(session, session.window, 'the menu of a box')
    session.key('Escape')
    wait_until('the menu to close', lambda: len(session.input.windows()) == 1)

    session.click(session.graph, 0.02, 0.98)
    session.key('ctrl+f')
    session.window.find(name=tr('Find in the picture'), where=lambda node: (
        node.role in ('entry', 'text') and session.is_shown(node)))
    look_at(session, session.window, 'the search in the graph')
    session.key('Escape')

    session.click(session.editor)
    session.key('ctrl+h')
    session.window.find(name=tr('Replace with'), where=session.is_shown)
    look_at(session, session.window, 'find and replace')
    session.key('Escape')

    for name in (tr('Main menu'), tr('Examples'), tr('More options')):
        button = session.window.find('push button', called(name), where=lambda node: (
            'click' in node.actions and session.is_shown(node)))
        session.click(button)
        session.window.find(('menu item', 'check menu item', 'radio menu item'),
                            where=session.is_shown)
        look_at(session, session.window, name)
        session.key('Escape')
        wait_until('the menu to close', lambda: len(session.input.windows()) == 1)

    for keys, title in (('ctrl+comma', tr('Preferences')), ('ctrl+e', tr('Export Picture'))):
        session.key(keys)
        dialog = session.dialog(title)
        wait_until('the dialog', lambda: len(session.input.windows()) == 2)
        look_at(session, dialog, title)
        session.key('Escape')
        session.expect_one_window()

    for item in (tr('_Keyboard Shortcuts'), tr('A_bout Heapscape')):
        session.choose(tr('Main menu'), item)
        wait_until(item, lambda: len(session.app.children()) == 2)
        look_at(session, session.app.children()[1], item, is_own=False)
        session.key('Escape')
        session.expect_one_window()
    session.quit()
