"""The first run from end to end: by keys alone, and by the accessibility tree alone."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from gi.repository import GLib
from graph_scenarios import check_picture, save_as
from harness import called, scenario, wait_until
from learn_scenarios import COMPARE_SECONDS
from look_scenarios import TYPE_NAME

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


@scenario
def read_the_picture_as_text(session):
    """The text of what is seen follows it, and can be copied."""
    tr = session.tr
    session.run()
    session.paste_code("fruits = ['apple', 'banana']\nbasket = fruits\n")
    session.key('ctrl+Return')
    wait_for_end(session)
    session.key('ctrl+alt+t')
    window = opened(session, tr('Picture as Text'))
    view = window.find('text', tr('Text of the picture'))
    wait_until('the text of the graph', lambda: "'banana'" in view.text and 'basket' in view.text)
    wait_until('the focus', lambda: session.has_focus(window))
    press(session, tr('Copy'), window)

    def clipboard():
        return session.output_of('xclip', '-selection', 'clipboard', '-o', check=False).decode()

    wait_until('the text in the clipboard', lambda: clipboard().strip() == view.text.strip())
    graph = view.text

    # Another view, and then another picture of it.
    session.window.find('page tab', tr('Strings')).act('click')
    wait_until('the text of the strings', lambda: view.text != graph and 'apple' in view.text)
    session.editor.set_text("fruits = ['cherry']\n")
    press(session, tr('Run'), session.window)
    wait_until('the new text', lambda: 'cherry' in view.text and 'apple' not in view.text)
    session.key('Escape')
    session.expect_one_window()
    session.quit()


@scenario
def go_between_panes(session):
    """F6 leaves the editor, in which Tab is a character, and comes back."""
    session.run()
    session.paste_code('value = [1]\n')
    session.key('ctrl+Return')
    wait_for_end(session)
    wait_until('the focus', lambda: session.has_focus(session.editor))

    def console():
        """How the run ended, which a screen reader says then."""
        return (node := focused(session, 'label')) and session.tr.pattern(
            'Finished; measured in %s.')(node.name)

    def graph():
        return session.has_focus(session.graph)

    def editor():
        return session.has_focus(session.editor)

    wait_until('the focus', editor)
    for key, panes in (('F6', (console, graph, editor)), ('shift+F6', (graph, console, editor))):
        for pane in panes:
            session.key(key)
            wait_until(f'{key} to lead to the {pane.__name__}', pane)
    session.quit()



CONTROLS = ('push button', 'toggle button', 'switch', 'check box', 'radio button', 'text', 'entry',
            'combo box', 'slider', 'spin button', 'list item', 'page tab', 'menu item', 'link')
# What GTK calls focusable and is only around what is.
AROUND = ('scroll pane', 'filler', 'panel', 'viewport', 'list')


def is_shown(node):
    """Also if it has no place, as the contents of a window that is not the first."""
    try:
        if not node.has('visible'):
            return False
    except GLib.Error:
        return False  # it went meanwhile
    try:
        return min(node.extents[2:]) > 0
    except GLib.Error:
        return True


def walk_shown(node):
    """The node and what is seen below it."""
    yield node
    for child in node.children():
        if is_shown(child):
            yield from walk_shown(child)


def check_names(session, where, windows=None):
    """Whatever can be used has a name, and not that of its class."""
    count = 0
    for window in windows or [session.window]:
        for node in walk_shown(window):
            try:
                role = node.role
                if role in AROUND or not (role in CONTROLS or node.has('focusable')):
                    continue
                name = node.name
                # What a row with a choice shows is a list of its own; the row has the name.
                if role == 'list item' and node.parent.name.startswith('Gtk'):
                    continue
            except GLib.Error:
                continue
            assert name.strip() and not TYPE_NAME.match(name), (
                f'{where}: a {role} is called {name!r}: {node.extents}')
            count += 1
    assert count > 2, f'{where}: only {count} controls'


@scenario
def every_control_has_a_name(session):
    """What a screen reader says of each control in each window and view."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    check_names(session, 'the empty window')
    session.key('ctrl+l')
    wait_until('the page', lambda: session.window.first('list', tr('Eight techniques'),
                                                        where=session.is_shown))
    check_names(session, 'the page of examples')
    session.key('Escape')
    wait_until('the code', lambda: session.is_shown(session.editor))

    choose(session, tr('Examples'), tr('Eight techniques'), tr(LESSON))
    wait_until('the code', lambda: 'SlottedNode' in session.editor.text)
    session.key('ctrl+Return')
    wait_for_end(session)
    for view in ('Graph', 'Layout', 'Strings', 'Heap', 'Timeline', 'Pages', 'Compare'):
        tab = session.window.find('page tab', tr(view))
        tab.act('click')
        wait_until(f'the tab of {view}', lambda: tab.has('selected'))
        check_names(session, view)

    for key, field in (('ctrl+h', 'Replace with'), ('ctrl+i', 'Line to go to')):
        session.key(key)
        session.window.find('text', tr(field), where=session.is_shown)
        check_names(session, field)
        session.key('Escape')
    for key, title in (('ctrl+comma', 'Preferences'), ('ctrl+e', 'Export Picture'),
                       ('ctrl+alt+t', 'Picture as Text')):
        session.window.find('page tab', tr('Graph')).act('click')
        wait_for_end(session)
        session.key(key)
        window = opened(session, tr(title))
        check_names(session, title, [window])
        for page in [*window.all('page tab', where=session.is_shown)][1:]:
            page.act('click')
            wait_until(f'the tab {page.name}', lambda page=page: page.has('selected'))
            check_names(session, f'{title}, {page.name}', [window])
        session.key('Escape')
        session.expect_one_window()
    session.quit()
