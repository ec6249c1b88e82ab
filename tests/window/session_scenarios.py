"""Several windows, and how they come back."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from harness import called, scenario, wait_until
from survive_scenarios import said, write_unsaved
from view_scenarios import tab


def windows(session):
    """title: node of every main window."""
    return {node.name: node for node in session.app.children() if 'Heapscape' in node.name}


def window_of(session, word):
    return wait_until(f'a window of {word!r}', lambda: next(
        (node for title, node in windows(session).items() if word in title), None))


def editor_of(session, word):
    return window_of(session, word).find('text', session.tr('Python source'))


def new_file(session, name, text):
    path = session.folder / 'home' / name
    path.write_text(text, 'utf-8')
    return path


def focus(session, word):
    """X has no window manager here: the focus is set."""
    name = window_of(session, word).name
    session.input.focus(wait_until(f'the window of {word!r}', lambda: next(
        (window for window in session.input.windows() if session.input.title(window) == name),
        None)))


def open_beside(session, path):
    """By another start of the program, as a file manager does it."""
    session.start([str(session.options.program), str(path)]).wait()


@scenario
def restore_session(session):
    """Files, cursors, views, sizes and what was never saved are back; what was closed is not."""
    first = new_file(session, 'first.py', 'a = 1\nb = 2\nc = 3\n')
    second = new_file(session, 'second.py', 'second = 1\n')
    third = new_file(session, 'third.py', 'third = 1\n')
    session.run(first)
    wait_until('the code', lambda: session.editor.text == 'a = 1\nb = 2\nc = 3\n')
    session.click(session.editor)
    session.key('ctrl+Home', 'Down', 'Down')
    session.click(tab(session, 'Strings'))
    window = session.x_window(session.window)[0]
    session.input.resize_window(window, 1100, 700)
    wait_until('the size', lambda: session.window.extents[2] < 1110)
    size = session.window.extents[2:]
    for path in second, third:
        open_beside(session, path)
        wait_until('its window', lambda path=path: editor_of(session, path.name).text ==
                   path.read_text('utf-8'))
    focus(session, 'second.py')
    session.key('ctrl+n')
    wait_until('a window', lambda: len(windows(session)) == 4)
    focus(session, session.tr('Untitled'))
    session.type('never = "saved"\n')
    wait_until('the text', lambda: 'never' in editor_of(session, session.tr('Untitled')).text)
    # Closed by hand: it does not come back.
    focus(session, 'third.py')
    session.key('ctrl+w')
    wait_until('three windows', lambda: len(windows(session)) == 3)
    focus(session, 'second.py')
    session.quit(keep=True)
    assert second.read_text('utf-8') == 'second = 1\n'

    session.run()
    wait_until('three windows', lambda: len(windows(session)) == 3)
    wait_until('the text', lambda: editor_of(
        session, session.tr('Untitled')).text == 'never = "saved"\n')
    assert '•' in window_of(session, session.tr('Untitled')).name
    wait_until('the first', lambda: editor_of(session, 'first.py').text.startswith('a = 1'))
    wait_until("its size", lambda: window_of(session, "first.py").extents[2:] == size)
    assert window_of(session, 'first.py').find('page tab', session.tr('Strings')).has('selected')
    focus(session, 'first.py')
    session.type('x')
    wait_until('the cursor', lambda: editor_of(
        session, 'first.py').text == 'a = 1\nb = 2\nxc = 3\n')

    # Changes of a file are kept as well, and a crash later loses nothing of it.
    session.quit(keep=True)
    assert first.read_text('utf-8') == 'a = 1\nb = 2\nc = 3\n'
    session.run()
    wait_until('three windows', lambda: len(windows(session)) == 3)
    wait_until('the change', lambda: editor_of(session, 'first.py').text ==
               'a = 1\nb = 2\nxc = 3\n')
    session.quit()


@scenario
def restore_session_without_a_file(session):
    """What is gone is said and left out; a damaged file of the session is said."""
    first = new_file(session, 'first.py', 'first = 1\n')
    second = new_file(session, 'second.py', 'second = 1\n')
    session.run(first, second)
    wait_until('two windows', lambda: len(windows(session)) == 2)
    session.quit(keep=True)
    first.unlink()
    session.run()
    said(session, 'first.py')
    assert list(windows(session)) == [window_of(session, 'second.py').name]
    session.quit(keep=True)
    (session.folder / 'state' / 'heapscape' / 'session').write_text('[nonsense', 'utf-8')
    session.run()
    said(session, 'heapscape/session')
    session.quit()


@scenario
def forget_session(session):
    """Without that setting Quit asks, and nothing comes back."""
    session.run(new_file(session, 'work.py', 'kept = 1\n'))
    session.key('ctrl+comma')
    preferences = session.dialog(session.tr('Preferences'))
    row = preferences.find('list item', called(session.tr('Restore session')),
                           where=session.is_shown)
    session.click_settled(row)
    wait_until('it to be off', lambda: not row.first('check box').has('checked'))
    session.key('Escape')
    session.expect_one_window()
    wait_until('the session to go', lambda: not (
        session.folder / 'state' / 'heapscape' / 'session').exists())
    write_unsaved(session, 'kept = 2\n')
    session.key('ctrl+q')
    session.click_button(session.tr.label('_Discard'))
    session.expect_end()
    session.run()
    assert session.editor.text == ''
    session.quit()


@scenario
def one_window_for_a_file(session):
    """Also when it is opened by a link, and none that is saved over a file of another window."""
    first = new_file(session, 'first.py', 'first = 1\n')
    second = new_file(session, 'second.py', 'second = 1\n')
    link = session.folder / 'home' / 'link.py'
    link.symlink_to(first)
    session.run(first)
    wait_until('the code', lambda: session.editor.text == 'first = 1\n')
    open_beside(session, second)
    wait_until('the code', lambda: editor_of(session, 'second.py').text == 'second = 1\n')
    open_beside(session, link)
    focus(session, 'second.py')
    session.key('ctrl+shift+s')
    wait_until('the file chooser', lambda: len(session.app.children()) == 3)
    field = wait_until('the field for the name', lambda: next(
        (node for node in session.app.children()[2].all(('text', 'entry')) if node.has('focused')),
        None))
    session.key('ctrl+a')
    session.type(str(first))
    wait_until('the name', lambda: field.text == str(first))
    session.key('Return')
    # GTK asks whether to replace it.
    session.app.find('push button', called('Replace')).act()
    session.app.find('label', session.tr.pattern('“%s” is open in another window. Choose another '
                                                 'name, or close that window first.'))
    assert first.read_text('utf-8') == 'first = 1\n'
    assert len(windows(session)) == 2, windows(session)
    session.quit()
