"""Comforts of the editor: lines, completion, occurrences, settings, saving by itself."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from accessible import Waited
from harness import scenario, wait_until
from run_scenarios import expect_stopped


def wait_for_code(session, text):
    try:
        wait_until('the code', lambda: session.editor.text == text)
    except AssertionError as error:
        raise AssertionError(f'{error}: {session.editor.text!r}') from None


@scenario
def edit_lines(session):
    """Lines are commented, indented, moved, duplicated, deleted, and all of it is undone."""
    session.run()
    code = 'def f():\n    x = 1\n\n    return x\n'
    session.paste_code(code)
    session.click(session.editor)
    session.key('ctrl+Home', 'Down', 'shift+Down', 'shift+Down', 'shift+Down')
    session.key('ctrl+slash')
    wait_for_code(session, 'def f():\n    # x = 1\n\n    # return x\n')
    session.key('ctrl+slash')
    wait_for_code(session, code)
    session.key('ctrl+bracketright')
    wait_for_code(session, 'def f():\n        x = 1\n\n        return x\n')
    session.key('ctrl+bracketleft')
    wait_for_code(session, code)
    session.key('ctrl+Home', 'alt+Down', 'ctrl+shift+d')
    wait_for_code(session, '    x = 1\ndef f():\ndef f():\n\n    return x\n')
    session.key('ctrl+shift+k', 'alt+Up')
    wait_for_code(session, '    x = 1\n\ndef f():\n    return x\n')
    session.key(*['ctrl+z'] * 8)
    wait_for_code(session, code)
    session.quit()


@scenario
def go_to_line(session):
    """A number, or a line and a column; Escape stays where it was."""
    session.run()
    session.program.allows_slider_remark = True
    session.paste_code(''.join(f'a{number} = {number}\n' for number in range(1, 121)))
    session.click(session.editor)
    session.key('ctrl+Home', 'ctrl+i')
    field = session.window.find('text', session.tr('Line to go to'), where=session.is_shown)
    wait_until('the focus', lambda: session.has_focus(field))
    session.type('100:3')
    session.key('Return')
    wait_until('the focus in the editor', lambda: session.editor.has('focused'))
    session.key('x')
    wait_until('the code', lambda: '\na1x00 = 100\n' in session.editor.text)
    session.key('ctrl+i')
    wait_until('the focus', lambda: session.has_focus(field))
    session.type('400')
    session.key('Return')
    wait_until('what was refused to stay', lambda: session.has_focus(field))
    session.key('Escape', 'y')
    wait_until('the code', lambda: '\na1xy00 = 100\n' in session.editor.text)
    session.quit()


@scenario
def complete_words(session):
    """Words of the text and of Python: Tab takes the first, Enter is a new line unless one was
    chosen, and in comments there are none. Escape closes the list and stops no run."""
    session.run()
    session.paste_code('import time\nprint("begun")\nremarkable = 1\n')
    session.click(session.editor)
    session.key('ctrl+End')
    session.type('rema')
    wait_until('the list', lambda: len(session.input.windows()) > 1)
    session.key('Tab')
    session.type(' + rema\n')
    wait_for_code(session, 'import time\nprint("begun")\nremarkable = 1\nremarkable + rema\n')
    session.type('rema')
    wait_until('the list', lambda: len(session.input.windows()) > 1)
    session.key('Down', 'Return')
    wait_until('the code', lambda: session.editor.text.endswith('\nremarkable'))
    session.key('ctrl+a')
    session.key('BackSpace')
    session.paste_code('import time\nprint("begun")\ntime.sleep(1000)\n')
    session.key('ctrl+Return')
    session.wait_for_text(session.output, 'begun')
    session.click(session.editor)
    session.key('ctrl+End')
    session.type('# impo\nimpo')
    wait_until('the list', lambda: len(session.input.windows()) > 1)
    session.key('Escape')
    wait_until('the list to close', lambda: len(session.input.windows()) == 1)
    session.type('r')
    wait_until('the code', lambda: session.editor.text.endswith('\n# impo\nimpor'))
    assert session.program.children(), 'Escape has stopped the run'
    session.key('Escape')
    expect_stopped(session)
    session.quit()


@scenario
def save_by_itself(session):
    """A pause saves what has a file; what another program has changed waits for a person."""
    path = session.folder / 'home' / 'kept.py'
    path.write_text('kept = 1\n', 'utf-8')
    session.run(path)
    wait_for_code(session, 'kept = 1\n')
    choose_in_preferences(session, 'Save f_iles automatically')
    session.click(session.editor)
    session.key('ctrl+End')
    session.type('more = 2')
    wait_until('the file', lambda: path.read_text('utf-8').startswith('kept = 1\nmore = 2'))
    wait_until('the title', lambda: '•' not in session.window.name)
    session.key(*['ctrl+z'] * 8)
    wait_until('the file', lambda: path.read_text('utf-8') == 'kept = 1\n')

    path.write_text('theirs = 1\n', 'utf-8')
    session.app.find('push button', session.tr.label('_Reload'), where=session.is_shown)
    session.key('ctrl+End')
    session.type('mine = 3')
    # Closing asks as ever: there is no other way to see that nothing is about to be saved.
    session.key('ctrl+w')
    dialog = session.toplevel_of(session.app.find('push button', session.tr.label('_Discard')))
    session.click_button(session.tr.label('_Cancel'), dialog)
    session.expect_one_window()
    session.key('ctrl+s')
    save = session.app.find('push button', session.tr.label('_Save Anyway'),
                            where=session.is_shown)
    assert path.read_text('utf-8') == 'theirs = 1\n'
    session.click_settled(save)
    wait_until('the file', lambda: path.read_text('utf-8').startswith('kept = 1\nmine = 3'))

    # From now on it is no matter of dispute any more, and closing asks nothing.
    session.click(session.editor)
    session.key('ctrl+Home')
    session.type('x')
    session.key('ctrl+w')
    session.expect_end()
    assert path.read_text('utf-8').startswith('xkept = 1\nmine = 3')


def choose_in_preferences(session, *switches):
    """Turns switches of the page for editors, by keys and by names."""
    session.key('ctrl+comma')
    dialog = session.dialog(session.tr('Preferences'))
    session.click(dialog.find('page tab', session.tr.label('_Editor'), where=session.is_shown))
    for name in switches:
        switch = dialog.find('check box', session.tr.label(name))
        before = switch.has('checked')
        switch.act('toggle')
        wait_until(f'the switch {name!r}', lambda node=switch, was=before:
                   node.has('checked') != was)
    session.key('Escape')
    session.expect_one_window()


def go_with(session, key, node, most=12):
    """Presses a key until the focus is there."""
    for _ in range(most):
        session.key(key)
        try:
            wait_until('the focus', lambda: node.has('focused'), 0.5)
            return
        except Waited:
            continue
    raise Waited(f'{key} did not lead to {node}')


@scenario
def choose_looks(session):
    """The style of the text is chosen by keys alone, is seen at once, and is said to be chosen."""
    session.run()
    session.paste_code('looks = 1\n')
    before = session.brightness(session.editor)
    session.key('ctrl+comma')
    dialog = session.dialog(session.tr('Preferences'))
    session.click(dialog.find('page tab', session.tr.label('_Editor'), where=session.is_shown))
    chosen = dialog.find('table cell', 'Adwaita', where=session.is_shown)
    # Their names are translated by others.
    wanted = next(cell for cell in dialog.all('table cell') if cell.name.startswith('Solarized'))
    assert chosen.has('selected') and not wanted.has('selected')
    go_with(session, 'Tab', chosen)
    go_with(session, 'Right', wanted)
    session.key('space')
    wait_until('the choice', lambda: wanted.has('selected') and not chosen.has('selected'))
    session.key('Escape')
    session.expect_one_window()
    wait_until('the style', lambda: session.brightness(session.editor) < before - 5)

    wide = session.editor.extents[2]
    choose_in_preferences(session, '_Overview of the text')
    wait_until('room for the overview', lambda: session.editor.extents[2] < wide)
    session.quit()
