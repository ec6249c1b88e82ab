"""What code may do: allowing, refusing, remembering; missing protection."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from file_scenarios import wait_for_code
from graph_scenarios import save_as
from harness import called, scenario, wait_until
from run_scenarios import write

WRITE = 'open({!r}, "w").write("hello")\nprint("wrote")\n'
CONNECT = 'import socket\nsocket.socket()\nprint("has a socket")\n'


def new_file(session, name, code):
    """A file in a folder of its own, which is not the home folder."""
    path = session.folder / 'home' / name / 'code.py'
    path.parent.mkdir()
    path.write_text(code, 'utf-8')
    return path


def permissions(session, matches=None):
    """The button in the header bar; its name says what is allowed."""
    test = session.tr.pattern('Permissions: %s')
    return session.window.find('push button', lambda name: test(name) and (
        matches is None or matches in name), where=lambda node: 'click' in node.actions)


def nothing_allowed(session):
    return permissions(session, session.tr('May only read files'))


def switch(session, name):
    """A switch of the popover."""
    return session.window.find('check box', lambda text: name in text, where=session.is_shown)


def wait_for_switch(session, name, is_on):
    toggle = switch(session, name)
    wait_until(f'{name!r} to be {"on" if is_on else "off"}',
               lambda: toggle.has('checked') == is_on)
    return toggle


def run(session):
    session.click(session.editor)
    session.key('ctrl+Return')


def close_popover(session):
    session.key('Escape')
    wait_until('the popover to close', lambda: session.window.first(
        'check box', session.tr.label('Remember for this file'), where=session.is_shown) is None)


def refused_button(session, label):
    return session.window.find('push button', label, where=session.is_shown)


@scenario
def allow_a_folder(session):
    """What was refused is named, and one click leads to its switch, which stays off."""
    tr = session.tr
    target = session.folder / 'home' / 'data' / 'result.txt'
    target.parent.mkdir()
    path = new_file(session, 'code', WRITE.format(str(target)))
    session.run(path)
    wait_for_code(session, path.read_text('utf-8'))
    nothing_allowed(session)

    run(session)
    session.status('PermissionError')
    session.window.find('label', lambda text: tr.pattern('The code may not write “%s”.')(text) and
                        str(target) in text, where=session.is_shown)
    session.click(refused_button(session, lambda name: '“data”' in name))
    name = tr('Write in “%s”') % target.parent
    row = session.window.find('list item', name, where=session.is_shown)
    wait_until('the focus on its row', lambda: row.has('focused'))
    wait_for_switch(session, name, False)
    nothing_allowed(session)

    session.key('space')
    wait_for_switch(session, name, True)
    close_popover(session)
    permissions(session, str(target.parent))
    run(session)
    session.wait_for_text(session.output, 'wrote')
    assert target.read_text('utf-8') == 'hello'

    # And no more: by the pointer, on the switch itself.
    session.click(permissions(session))
    session.click_settled(switch(session, name))
    wait_for_switch(session, name, False)
    session.click_button(tr('Remove “%s” from this list') % target.parent)
    wait_until('its row to go', lambda: session.window.first('list item', name) is None)
    close_popover(session)
    nothing_allowed(session)
    run(session)
    session.status('PermissionError')
    session.quit()


@scenario
def allow_own_folder(session):
    """The folder of the file is proposed; another one is chosen in a dialog."""
    tr = session.tr
    other = session.folder / 'home' / 'other'
    other.mkdir()
    path = new_file(session, 'code', WRITE.format('here.txt') + WRITE.format(str(other / 'there')))
    session.run(path)
    wait_for_code(session, path.read_text('utf-8'))
    session.click(permissions(session))
    session.click_settled(session.window.find('list item', tr('Write in “%s”') % path.parent,
                                              where=session.is_shown))
    wait_for_switch(session, tr('Write in “%s”') % path.parent, True)
    session.click_settled(session.window.find(
        'list item', called(tr('Write in Another _Folder…')), where=session.is_shown))
    wait_until('the folder chooser', lambda: len(session.app.children()) == 2)
    chooser = session.app.children()[1]
    wait_until('its focus', lambda: session.has_focus(chooser))
    session.type(str(other))
    wait_until('the path', lambda: next(
        (node for node in chooser.all('text') if node.text == str(other)), None))
    session.key('Return')
    session.expect_one_window()
    wait_for_switch(session, tr('Write in “%s”') % other, True)
    close_popover(session)
    run(session)
    session.wait_for_text(session.output, 'wrote\nwrote')
    assert (path.parent / 'here.txt').exists() and (other / 'there').exists()
    session.quit()


@scenario
def allow_the_network(session):
    """And other programs: each by its own switch."""
    tr = session.tr
    session.run()
    for code, message, label, title in (
            (CONNECT, 'The code may not use the network.', '_Allow the Network…',
             'Use the _Network'),
            ('import os\nprint("child", os.fork() >= 0)\n',
             'The code may not start other programs.', '_Allow Other Programs…',
             'Start Other _Programs')):
        session.paste_code(code)
        run(session)
        session.window.find('label', tr(message), where=session.is_shown)
        session.click(refused_button(session, tr.label(label)))
        row = session.window.find('list item', called(tr(title)), where=session.is_shown)
        wait_until('the focus on its row', lambda: row.has('focused'))
        session.key('Return')
        wait_until('the notice to go', lambda: session.window.first(
            'label', tr(message), where=session.is_shown) is None)
        close_popover(session)
        run(session)
        session.status(tr.pattern('Finished; measured in %s.'))
    # What was never saved has no name by which to remember.
    session.click(permissions(session))
    remember = session.window.find('check box', tr.label('Remember for this file'),
                                   where=session.is_shown)
    assert not remember.has('sensitive')
    close_popover(session)
    session.quit()


@scenario
def remember_for_this_file(session):
    """What is ticked is there again after a restart; nothing goes to another file."""
    tr = session.tr
    first = new_file(session, 'first', CONNECT)
    second = new_file(session, 'second', CONNECT)
    remember = tr.label('Remember for this file')
    network = called(tr('Use the _Network'))

    def allow(ticks):
        session.click(permissions(session))
        row = session.window.find('list item', network, where=session.is_shown)
        session.click_settled(row)
        if ticks:
            session.click(session.window.find('check box', remember, where=session.is_shown))
            wait_until('it to be remembered', lambda: (
                session.folder / 'state' / 'heapscape' / 'permissions').exists())
        close_popover(session)
        permissions(session, tr('use the network'))

    session.run(first)
    wait_for_code(session, CONNECT)
    allow(ticks=True)
    session.quit()

    session.run(second)
    wait_for_code(session, CONNECT)
    nothing_allowed(session)
    allow(ticks=False)
    session.quit()

    session.run(first)
    wait_for_code(session, CONNECT)
    permissions(session, tr('use the network'))
    run(session)
    session.wait_for_text(session.output, 'has a socket')
    # Unticked, it is forgotten, but goes on for now.
    session.click(permissions(session))
    box = session.window.find('check box', remember, where=session.is_shown)
    assert box.has('checked')
    session.click_settled(box)
    wait_until('the tick to go', lambda: not box.has('checked'))
    close_popover(session)
    permissions(session, tr('use the network'))
    session.quit()

    for path in (first, second):
        session.run(path)
        wait_for_code(session, CONNECT)
        nothing_allowed(session)
        session.quit()


@scenario
def nothing_goes_to_an_example(session):
    """Other code in the same window may not do what the code before it might."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    session.choose(tr('Examples'), tr('Interned strings'))
    wait_until('the code', lambda: 'sys.intern' in session.editor.text)
    session.click(permissions(session))
    session.click_settled(session.window.find('list item', called(tr('Use the _Network')),
                                              where=session.is_shown))
    close_popover(session)
    permissions(session, tr('use the network'))
    session.choose(tr('Examples'), tr('A first tour: references and sharing'))
    wait_until('the code', lambda: 'fruits' in session.editor.text)
    nothing_allowed(session)
    session.quit()


HIDDEN = 'landlock,namespaces'
TELLING = 'print("it ran")\n'


def question(session):
    """The dialog before code runs where something protective is missing."""
    button = session.app.find('push button', session.tr.label('_Run Without Protection'),
                              where=session.is_shown)
    return session.toplevel_of(button)


@scenario
def run_without_protection(session):
    """Where the system protects nothing, nothing runs before that was answered."""
    tr = session.tr
    path = new_file(session, 'code', TELLING)
    session.run(path, without=HIDDEN)
    wait_for_code(session, TELLING)
    run(session)
    dialog = question(session)
    assert dialog.first('label', lambda text: 'Landlock' in text), dialog.dump()
    # Return is Cancel, and so is Escape.
    for key in ('Return', 'Escape'):
        dialog = question(session)
        session.key(key)
        session.expect_one_window()
        assert not session.program.children(), session.program.children()
        assert 'it ran' not in session.output.text
        nothing_allowed(session)
        session.key('ctrl+Return')

    session.click_button(tr.label('_Run Without Protection'), question(session))
    session.expect_one_window()
    session.wait_for_text(session.output, 'it ran')
    # It holds for this file, and is seen.
    permissions(session, tr('run where the system cannot protect your files'))
    session.key('ctrl+Return')
    session.status(tr.pattern('Finished; measured in %s.'))
    session.expect_one_window()

    # Taken back, it is asked again.
    session.click(permissions(session))
    session.click_settled(session.window.find(
        'list item', called(tr('Run _Without Protection')), where=session.is_shown))
    close_popover(session)
    nothing_allowed(session)
    run(session)
    session.click_button(tr.label('_Cancel'), question(session))
    session.expect_one_window()
    session.quit()


@scenario
def compare_without_protection(session):
    tr = session.tr
    code = '# %% one\nresult = 1\n# %% two\nresult = 1.5\n'
    session.run(without=HIDDEN)
    session.paste_code(code)
    session.click(session.editor)
    session.key('ctrl+shift+Return')
    session.click_button(tr.label('_Cancel'), question(session))
    session.expect_one_window()
    assert not session.program.children(), session.program.children()
    session.key('ctrl+shift+Return')
    session.click_button(tr.label('_Run Without Protection'), question(session))
    session.status(tr.pattern('No saving is claimed: none does the same as “%s”.'), seconds=40)
    session.quit()


@scenario
def troubleshooting(session):
    """From the question itself: what is missing here; as text that can be copied."""
    tr = session.tr
    session.run(without=HIDDEN)
    session.paste_code(TELLING)
    run(session)
    session.click_button(tr.label('_Troubleshooting…'), question(session))
    about = wait_until('the window About', lambda: next(
        (node for node in session.app.children()[2:]), None))
    text = about.find('text', where=lambda node: 'Landlock' in node.text).text
    for word in ('Heapscape', 'GTK', 'libadwaita', 'GLib', 'Cairo', 'Linux', 'heapscape-worker',
                 'bubblewrap', 'seccomp'):
        assert word in text, (word, text)
    session.key('Escape')
    wait_until('it to close', lambda: len(session.app.children()) == 2)
    session.click_button(tr.label('_Cancel'), question(session))
    session.expect_one_window()
    session.quit()


@scenario
def nothing_goes_to_a_copy(session):
    """Code that gets its first name keeps what it may do; a copy under another name may nothing."""
    tr = session.tr

    def allow_and_save(path):
        session.click(permissions(session))
        session.click_settled(session.window.find('list item', called(tr('Use the _Network')),
                                                  where=session.is_shown))
        close_popover(session)
        permissions(session, tr('use the network'))
        session.click(session.editor)
        session.key('ctrl+shift+s')
        save_as(session, path)
        wait_until('the name in the title', lambda: path.name in session.window.name)

    first = session.folder / 'home' / 'first.py'
    session.run()
    write(session, CONNECT.strip())
    allow_and_save(first)
    permissions(session, tr('use the network'))
    session.quit()

    session.run(first)
    wait_until('the code', lambda: 'socket' in session.editor.text)
    nothing_allowed(session)
    allow_and_save(session.folder / 'home' / 'second.py')
    nothing_allowed(session)
    session.quit()


@scenario
def compare_what_is_refused(session):
    """A variant that is refused something says so as a run does."""
    tr = session.tr
    session.run()
    session.paste_code('# %% one\nresult = 1\n# %% two\nimport socket\nsocket.socket()\n'
                       'result = 1\n')
    session.click(session.editor)
    session.key('ctrl+shift+Return')
    session.click(session.window.find('push button', tr.label('_Allow the Network…'),
                                      where=session.is_shown, seconds=40))
    row = session.window.find('list item', called(tr('Use the _Network')), where=session.is_shown)
    wait_until('the focus on its row', lambda: row.has('focused'))
    session.key('space')
    wait_for_switch(session, tr('Use the _Network'), True)
    close_popover(session)
    session.key('ctrl+shift+Return')
    session.window.find('push button', tr.label('Stop'), where=session.is_shown)
    session.window.find('push button', tr.label('Run'), where=session.is_shown, seconds=40)
    assert session.window.first('push button', tr.label('_Allow the Network…'),
                                where=session.is_shown) is None
    session.quit()
