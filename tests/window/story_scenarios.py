"""The first run from end to end: by keys alone, and by the accessibility tree alone."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from graph_scenarios import check_picture, save_as
from harness import called, scenario, wait_until
from learn_scenarios import COMPARE_SECONDS

LESSON = 'What __slots__ saves'


def without(session, *names):
    """What the story must do without fails."""
    def refuse(*_, **__):
        raise AssertionError('the story goes without it')
    for name in names:
        setattr(session.input, name, refuse)


def focused(session, role=None):
    """What has the focus in any window."""
    return next((node for window in session.app.children()
                 for node in window.all(role, where=lambda node: node.has('focused'))), None)


def walk_to(session, key, what, matches, most=60):
    """Presses @key until what has the focus matches."""
    for _ in range(most):
        node = focused(session)
        if node is not None and matches(node):
            return node
        before = node
        session.key(key)
        wait_until('the focus to move', lambda: focused(session) != before)
    raise AssertionError(f'{key} does not lead to {what}')


def wait_for_verdict(session):
    session.status(session.tr.pattern('“%1$s” saves the most against “%2$s”. %3$s'),
                   seconds=COMPARE_SECONDS)


def wait_for_end(session):
    session.status(session.tr.pattern('Finished; measured in %s.'))
    return wait_until('the graph', lambda: session.boxes())


def opened(session, title):
    return wait_until(f'the window {title}', lambda: next(
        (window for window in session.app.children() if called(title)(window.name)), None))


@scenario
def first_run_by_keys(session):
    """From the empty window to a picture in a file, without a pointer."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    without(session, 'click', 'move', 'drag')

    # The empty window says what to do.
    session.window.find('label', tr('Objects Appear Here'), where=session.is_shown)
    session.key('ctrl+l')
    wait_until('the list', lambda: (node := focused(session)) and node.role == 'list item')
    walk_to(session, 'Down', LESSON, lambda node: tr(LESSON) in node.name)
    session.key('Return')
    wait_until('the code', lambda: 'SlottedNode' in session.editor.text)
    wait_until('the focus', lambda: session.has_focus(session.editor))

    # Run it, and walk along the references.
    session.key('ctrl+Return')
    wait_for_end(session)
    session.key('ctrl+alt+g')
    wait_until('the focus in the picture', lambda: session.graph.has('focused') or
               session.graph.first(where=lambda node: node.has('focused')))
    session.key('Down', 'Right')
    chosen = wait_until('a chosen item', lambda: next(
        (node for node in session.graph.all('list item') if node.has('selected')), None))
    assert chosen.name and chosen.description, chosen
    session.key('alt+2')
    wait_until('the layout', lambda: session.is_shown(session.picture('Layout')))

    # Compare, and read what is true.
    session.key('ctrl+shift+Return')
    wait_for_verdict(session)
    session.key('alt+7')
    wait_until('the comparison', lambda: session.is_shown(session.picture('Compare')))

    # The picture goes into a file.
    target = session.folder / 'home' / 'by keys.png'
    session.key('ctrl+e')
    opened(session, tr('Export Picture'))
    walk_to(session, 'Tab', 'Export', lambda node: called(tr('Export'))(node.name) and
            node.role == 'push button')
    session.key('Return')
    save_as(session, target)
    wait_until('the file', target.exists)
    check_picture(target.read_bytes())

    # A preference, the shortcuts, and the end.
    session.key('ctrl+comma')
    opened(session, tr('Preferences'))
    switch = walk_to(session, 'Tab', 'a switch', lambda node: node.role in (
        'toggle button', 'switch', 'check box'))
    before = switch.has('checked')
    session.key('space')
    wait_until('the switch', lambda: switch.has('checked') != before)
    session.key('space')
    wait_until('the switch', lambda: switch.has('checked') == before)
    session.key('Escape')
    session.expect_one_window()
    session.key('ctrl+question')
    wait_until('the shortcuts', lambda: len(session.app.children()) == 2)
    session.key('Escape')
    session.expect_one_window()
    session.key('ctrl+q')
    session.expect_end()


def press(session, name, within=None, roles=('push button', 'toggle button')):
    """Activates a button, as a screen reader does."""
    button = (within or session.app).find(
        roles, called(name) if isinstance(name, str) else name,
        where=lambda node: 'click' in node.actions and node.has('sensitive') and
        session.is_shown(node))
    button.act('click')
    return button


def choose(session, menu_button, *items):
    """An item of a menu, below those of its submenus."""
    press(session, menu_button)
    for item in items:
        entry = session.app.find('menu item', called(item), where=session.is_shown)
        entry.act('click')


@scenario
def first_run_by_tree(session):
    """The same by what the tree offers: no key, no pointer."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    without(session, 'click', 'move', 'drag', 'key', 'type')

    session.window.find('label', tr('Objects Appear Here'), where=session.is_shown)
    choose(session, tr('Examples'), tr('Eight techniques'), tr(LESSON))
    wait_until('the code', lambda: 'SlottedNode' in session.editor.text)

    press(session, tr('Run'))
    wait_for_end(session)
    # Every item of the picture says what it is and what it takes.
    for item in session.graph.all('list item'):
        assert item.name, item
    assert any('NodeWithout' in name or 'DictNode' in name or 'Slotted' in name
               for name in session.boxes()), session.boxes()

    choose(session, tr('Main menu'), tr('Compare _Variants'))
    wait_for_verdict(session)
    items = wait_until('the comparison', lambda: session.items('Compare'))
    assert any('%' in name for name in items), items

    choose(session, tr('Main menu'), tr('_Preferences'))
    preferences = opened(session, tr('Preferences'))
    field = preferences.find(where=lambda node: 'org.a11y.atspi.Value' in node.interfaces and
                             session.is_shown(node))
    assert field.name, field
    preferences.act('window.close')
    session.expect_one_window()

    # The text of the code is changed, and the run follows it.
    session.editor.set_text('answer = [6 * 7]\nprint(answer)\n')
    press(session, tr('Run'))
    session.wait_for_text(session.output, '[42]')
    session.window.find('page tab', tr('Graph')).act('click')
    wait_until('the new graph', lambda: any('list' in name for name in session.boxes()))

    # Nothing is lost without a question, which is answered in the tree as well.
    session.window.act('window.close')
    press(session, tr('_Discard'))
    session.expect_end()
