"""Writing code, running it, stopping it, and every way in which it can end."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import time

from harness import Waited, scenario, wait_until

# A hang guard around "Stop answers within a second".
STOP_SECONDS = 5

ENDLESS = 'kept = ["here"]\nprint("begun")\nwhile True:\n    pass\n'


def write(session, text):
    """Types code as a person does: into the editor, emptied."""
    editor = session.editor
    session.click(editor)
    wait_until('the focus in the editor', lambda: editor.has('focused'))
    session.key('ctrl+a', 'Delete')
    wait_until('an empty editor', lambda: editor.text == '')
    session.type(text)
    return editor


@scenario
def write_and_run(session):
    session.run()
    # The indent after a colon and its end after return are the editor's work.
    editor = write(session, 'class Point:\ndef __init__(self, x):\nself.x = x\n')
    wait_until('automatic indent', lambda: editor.text == (
        'class Point:\n'
        '    def __init__(self, x):\n'
        '        self.x = x\n'
        '        ') or False)
    session.key('shift+Home', 'BackSpace')
    session.type('here = Point("somewhere")\nthere = [here, here]\nprint("made", len(there))\n')

    session.click_button(session.tr('Run'))
    session.status(session.tr.pattern('Finished; measured in %s.'))
    session.wait_for_text(session.output, 'made 2')
    wait_until('the graph', lambda: any('Point' in name for name in session.boxes()))
    names = ' | '.join(session.boxes())
    for word in ('list', 'Point', 'somewhere'):
        assert word in names, f'{word} is not in {names}'

    # Again, from the keyboard, with the cursor in the editor.
    session.click(editor)
    session.key('ctrl+a')
    session.type('number = 12345\nprint("another", number)')
    session.key('ctrl+Return')
    session.wait_for_text(session.output, 'another 12345')
    wait_until('the new graph', lambda: any('12345' in name or '12345' in node.description
                                            for name, node in session.boxes().items()))
    assert not any('Point' in name for name in session.boxes())
    assert 'made 2' not in session.output.text, 'the old output is still there'
    assert editor.text == 'number = 12345\nprint("another", number)', 'Ctrl+Return wrote a line'
    session.quit()


def run_endless(session):
    session.run()
    session.paste_code(ENDLESS)
    session.click(session.editor)
    session.key('ctrl+Return')
    session.wait_for_text(session.output, 'begun')
    assert session.program.children(), 'nothing runs'


def expect_stopped(session):
    """Returns whether the code answered: on a busy machine it may come too late,
    and is then killed, as code is that never answers."""
    answered = session.tr.pattern('Stopped on request at line %u.')
    killed = session.tr.pattern('Stopped on request.')
    message = session.status(lambda text: answered(text) or killed(text), STOP_SECONDS).name
    wait_until('the worker to end', lambda: not session.program.children(), STOP_SECONDS)
    session.window.find('push button', session.tr.label('Run'), where=session.is_shown)
    return bool(answered(message))


@scenario
def stop_with_button(session):
    run_endless(session)
    session.click_button(session.tr('Stop'))
    # The window goes on afterwards.
    for _ in range(4):
        if expect_stopped(session):
            break
        session.key('ctrl+Return')
        session.window.find('push button', session.tr.label('Stop'), where=session.is_shown)
        session.wait_for_text(session.output, 'begun')
        session.click_button(session.tr('Stop'))
    wait_until('the graph of that moment', lambda: any(
        'here' in name for name in session.boxes()))
    session.key('ctrl+Return')
    session.window.find('push button', session.tr.label('Stop'), where=session.is_shown)
    session.click_button(session.tr('Stop'))
    expect_stopped(session)
    session.quit()


@scenario
def stop_with_escape(session):
    run_endless(session)
    session.key('Escape')
    expect_stopped(session)
    session.quit()


@scenario
def quit_while_running(session):
    run_endless(session)
    session.quit()


@scenario
def answer_input(session):
    session.run()
    session.paste_code('name = input("Who? ")\nprint("Hello,", name)\nrest = input()\n')
    session.click(session.editor)
    session.key('ctrl+Return')
    session.wait_for_text(session.output, 'Who? ')
    entry = session.window.find(name=session.tr('Standard input'), where=session.is_shown)
    session.click(entry)
    session.type('Ada\n')
    session.wait_for_text(session.output, 'Hello, Ada')
    # End of input from the keyboard: input() then raises EOFError.
    session.key('ctrl+d')
    session.wait_for_text(session.output, 'EOFError')
    session.status('EOFError')
    session.quit()


@scenario
def show_exception(session):
    session.run()
    session.paste_code('def divide(a, b):\n    return a / b\n\n\nkept = ["still", "here"]\n'
                       'print(divide(1, 0))\n')
    session.click(session.editor)
    session.key('ctrl+Home', 'Down', 'Down', 'ctrl+Return')
    session.wait_for_text(session.output, 'Traceback (most recent call last)')
    session.status('ZeroDivisionError')
    wait_until('partial results', lambda: any('list' in name for name in session.boxes()))

    # A click on a line of the traceback goes there.
    for wanted in (6, 2):
        session.click_down(session.output, f'line {wanted}', lambda: (
            session.editor.text[:session.editor.caret].count('\n') == wanted - 1))
    wait_until('the focus back in the editor', lambda: session.editor.has('focused'))
    session.quit()


@scenario
def name_every_end(session):
    session.run()
    tr = session.tr
    for code, message in (
            ('x = (1,\n', 'SyntaxError'),
            ('import sys\nsys.exit(3)\n',
             tr.pattern('Ended by sys.exit() with code %1$d at line %2$u.')),
            ('import os\nos._exit(7)\n', '7'),
            ('import os\nos.abort()\n', 'SIGABRT'),
            ('', tr.pattern('Finished; measured in %s.'))):
        session.paste_code(code)
        session.click(session.editor)
        session.key('ctrl+Return')
        session.status(message)
        wait_until('the worker to end', lambda: not session.program.children())
    session.quit()


@scenario
def output_floods(session):
    """Long output is cut, says so, and the window answers meanwhile."""
    session.run()
    session.paste_code('import sys\nfor i in range(400_000):\n    print("line", i, "x" * 80)\n'
                       'print("problem", file=sys.stderr)\n')
    session.click(session.editor)
    session.key('ctrl+Return')
    session.status(session.tr.pattern('%1$s of output were cut, beyond the limit of %2$s for each '
                                      'stream.'), seconds=40)
    session.wait_for_text(session.output, 'problem')
    session.quit()


@scenario
def time_limit_in_preferences(session):
    session.run()
    session.key('ctrl+comma')
    dialog = session.dialog(session.tr('Preferences'))
    field = dialog.find('spin button', session.tr.label('Time limit in seconds'))
    session.type_into(field, '1')
    session.key('Tab')
    session.key('Escape')
    session.expect_one_window()
    session.paste_code(ENDLESS)
    session.click(session.editor)
    start = time.monotonic()
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Stopped after %1$s, the time limit, at line %2$u.'))
    if time.monotonic() - start < 0.9:
        raise Waited('it was stopped before its time')
    session.quit()
