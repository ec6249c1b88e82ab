"""What the window survives, and what outlives the window."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import signal

from file_scenarios import wait_for_code
from harness import scenario, wait_until


def drafts(session):
    """The drafts that are there, as bytes by name."""
    folder = session.folder / 'state' / 'heapscape' / 'drafts'
    return {path.name: path.read_bytes() for path in folder.glob('*.draft')}


def wait_for_draft(session, text):
    wait_until(f'a draft with {text!r}', lambda: any(
        text.encode() in content for content in drafts(session).values()))


def write_unsaved(session, text):
    """Sets the code, and types its last line: GTK takes a text that a screen reader has set
    for an unmodified one."""
    session.paste_code('')
    start, _, last = text[:-1].rpartition('\n')
    if start:
        session.paste_code(start + '\n')
    session.click(session.editor)
    session.key('ctrl+End')
    session.type(last + '\n')
    wait_for_code(session, text)


def crash(session):
    """No program can prevent it or do anything."""
    os.kill(session.program.pid, signal.SIGKILL)
    wait_until('its end', lambda: not session.program.is_running())
    wait_until('the end of its workers', lambda: not session.leftovers())


def restored(session, text):
    """Waits for the notice, and returns its whole sentence."""
    return session.app.find('label', lambda name: session.tr.pattern(
        'Restored unsaved changes of “%1$s” from %2$s.')(name) and text in name,
        where=session.is_shown).name


@scenario
def restore_after_crash(session):
    """Unsaved changes of a file and its cursor are back; the file is as it was."""
    path = session.folder / 'home' / 'work.py'
    path.write_bytes(b'first = 1\r\nsecond = 2\r\n')
    session.run(path)
    wait_for_code(session, 'first = 1\nsecond = 2\n')
    assert not drafts(session)
    session.click(session.editor)
    session.key('ctrl+Home', 'Down')
    session.type('between = "x"\n')
    wait_for_draft(session, 'between = "x"')
    crash(session)
    assert path.read_bytes() == b'first = 1\r\nsecond = 2\r\n'

    session.run()
    restored(session, 'work.py')
    session.keep_evidence('survive-restored')
    wait_for_code(session, 'first = 1\nbetween = "x"\nsecond = 2\n')
    session.expect_one_window()
    assert 'work.py' in session.window.name and '•' in session.window.name
    # Where it was typed last, without a click.
    session.type('more = 3\n')
    wait_for_code(session, 'first = 1\nbetween = "x"\nmore = 3\nsecond = 2\n')
    session.key('ctrl+s')
    wait_until('the file', lambda: path.read_bytes() ==
               b'first = 1\r\nbetween = "x"\r\nmore = 3\r\nsecond = 2\r\n')
    wait_until('the draft to go', lambda: not drafts(session))
    session.quit()
    assert not list((session.folder / 'state' / 'heapscape' / 'drafts').iterdir())


@scenario
def restore_untitled(session):
    """Each crash keeps it, until it is discarded."""
    session.run()
    write_unsaved(session, 'untitled = "text"\n')
    wait_for_draft(session, 'untitled = "text"')
    crash(session)

    session.run()
    restored(session, session.tr('Untitled'))
    wait_for_code(session, 'untitled = "text"\n')
    crash(session)

    session.run()
    restored(session, session.tr('Untitled'))
    wait_for_code(session, 'untitled = "text"\n')
    session.click_button(session.tr.label('_Discard'))
    session.keep_evidence('survive-discard')
    dialog = session.dialog(session.tr('Discard the Restored Changes?'))
    session.click_button(session.tr.label('_Discard'), dialog)
    wait_for_code(session, '')
    wait_until('the draft to go', lambda: not drafts(session))
    session.quit()


@scenario
def restore_over_another_version(session):
    """What was written to the file since is not replaced unasked."""
    path = session.folder / 'home' / 'shared.py'
    path.write_text('old = 1\n', 'utf-8')
    session.run(path)
    wait_for_code(session, 'old = 1\n')
    write_unsaved(session, 'mine = 1\n')
    wait_for_draft(session, 'mine = 1')
    crash(session)
    path.write_text('theirs = 1\n', 'utf-8')

    session.run(path)
    restored(session, session.tr('The file was changed on disk since then; Save asks before it '
                                 'replaces that.'))
    session.expect_one_window()
    session.key('ctrl+s')
    save = session.app.find('push button', session.tr.label('_Save Anyway'),
                            where=session.is_shown)
    assert path.read_text('utf-8') == 'theirs = 1\n'
    session.click_settled(save)
    wait_until('the file', lambda: path.read_text('utf-8') == 'mine = 1\n')
    session.quit()


@scenario
def restore_without_the_file(session):
    """The file and a draft are gone: the text is not."""
    path = session.folder / 'home' / 'gone.py'
    path.write_text('old = 1\n', 'utf-8')
    session.run(path)
    wait_for_code(session, 'old = 1\n')
    write_unsaved(session, 'mine = 1\n')
    wait_for_draft(session, 'mine = 1')
    crash(session)
    path.unlink()
    damaged = session.folder / 'state' / 'heapscape' / 'drafts' / 'abcdef01-0.draft'
    damaged.write_text('[Heapscape Draft]\nVersion=1\n', 'utf-8')

    session.run()
    notice = restored(session, session.tr('The file is gone from the disk; Save writes it again.'))
    assert 'abcdef01-0.draft.damaged' in notice, notice
    session.keep_evidence('survive-gone')
    assert damaged.with_suffix('.draft.damaged').exists()
    session.key('ctrl+s')
    wait_until('the file', lambda: path.exists() and path.read_text('utf-8') == 'mine = 1\n')
    session.quit()


@scenario
def end_by_signal(session):
    """Somebody ends the program while it runs code: nothing is lost, nothing stays behind."""
    for number, sent in enumerate((signal.SIGTERM, signal.SIGHUP, signal.SIGINT)):
        code = f'import time\nprint("at it")\ntime.sleep(60)\nx = {number}\n'
        session.run()
        write_unsaved(session, code)
        session.key('ctrl+Return')
        session.wait_for_text(session.output, 'at it')
        os.kill(session.program.pid, sent)
        session.expect_end()
        (draft,) = drafts(session).values()
        assert draft.endswith(code.encode()), draft
    # Each text has its window.
    folder = session.folder / 'state' / 'heapscape' / 'drafts'
    (folder / 'abcdef01-0.draft').write_bytes(draft)
    session.run()
    wait_until('two windows', lambda: len(session.app.children()) == 2)
    crash(session)
    assert len(drafts(session)) == 2


@scenario
def lose_the_display(session):
    """The server ends at once: GTK ends the program, and the text is there before."""
    session.run()
    write_unsaved(session, 'last = "words"\n')
    server = next(process for process in session._started  # pylint: disable=protected-access
                  if process.args[0] == 'Xvfb')
    server.kill()
    wait_until('the end of the program', lambda: not session.program.is_running())
    assert session.program.process.returncode > 0, session.program.process.returncode
    wait_for_draft(session, 'last = "words"')
    wait_until('the end of its workers', lambda: all(
        'heapscape' not in command for command in session.leftovers().values()))
