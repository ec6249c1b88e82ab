"""What the window survives, and what outlives the window."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import errno
import os
import shutil
import signal
import subprocess

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
    session.quit(keep=True)
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


def said(session, *words, seconds=15):
    """Waits for a sentence in the window with all of the words."""
    return session.app.find('label', lambda text: all(word in text for word in words),
                            where=session.is_shown, seconds=seconds).name


@scenario
def refuse_hostile_files(session):
    """Said soon, with the file and what to do; what was shown stays."""
    home = session.folder / 'home'
    fifo, folder, loop = home / 'fifo.py', home / 'folder.py', home / 'loop.py'
    os.mkfifo(fifo)
    folder.mkdir()
    loop.symlink_to(loop)
    (home / 'large.py').write_bytes(b'')
    os.truncate(home / 'large.py', 100 << 20)
    (home / 'line.py').write_bytes(b'x = "' + b'a' * 10_000_000 + b'"\n')
    (home / 'wide.py').write_text('"é\u202eß"\0\n', 'utf-16')
    tr = session.tr
    for path, text in (
            (fifo, '“%s” is a named pipe, not a file; write the code to a file first'),
            (folder, '“%s” is a folder; choose a file in it'),
            (loop, '“%s” is a link that leads back to itself; choose the file itself'),
            ('/dev/zero', '“%s” is a device, not a file; choose a file'),
            (home / 'large.py', '“%1$s” is larger than %2$u MiB, too large for source code; let '
             'the code read its data from a file of its own'),
            (home / 'wide.py', '“%s” is UTF-16 text, which Python cannot read. Save it as UTF-8 '
             'in the editor that wrote it.'),
            (home / 'line.py', 'heapscape-cli run')):
        session.run(path)
        name = os.path.basename(path)
        sentence = said(session, name)
        if 'cli' not in text:
            assert tr.pattern(text)(sentence), sentence
        else:
            assert text in sentence, sentence
        assert session.editor.text == ''
        session.quit()


@scenario
def open_strange_files(session):
    """Text, however strange, is shown whole, and saved as it was if nothing was changed."""
    home = session.folder / 'home'
    for name, content, shown in (
            ('mixed.py', b'a = 1\r\nb = 2\rc = 3\n', 'a = 1\nb = 2\nc = 3\n'),
            ('a\nb\u202egpj.py', b'x = 1', 'x = 1'),
            ('bom.py', b'\xef\xbb\xbfx = 1\r\n', 'x = 1\n'),
            ('jis.py', '# coding: iso-2022-jp\nx = "日本"\n'.encode('iso-2022-jp') + b'\x1b(B',
             '# coding: iso-2022-jp\nx = "日本"\n')):
        path = home / name
        path.write_bytes(content)
        os.utime(path, (1, 1))
        session.run(path)
        wait_for_code(session, shown)
        assert '\n' not in session.window.name and '\u202e' not in session.window.name
        session.key('ctrl+s')
        wait_until('the file to be written', lambda: path.stat().st_mtime > 1000)
        assert path.read_bytes() == content, path.read_bytes()
        session.quit()


@scenario
def show_long_lines(session):
    """Without colours, and a paste that no editor bears is refused."""
    path = session.folder / 'home' / 'list.py'
    path.write_text('y = [' + '1, ' * 30000 + ']\n', 'utf-8')
    session.run(path)
    wait_for_code(session, path.read_text('utf-8'))
    said(session, '90006')
    session.quit()

    session.run()
    huge = session.folder / 'huge.txt'
    huge.write_bytes(b'a' * (50 << 20))
    session.start(['xclip', '-selection', 'clipboard', '-in', str(huge)])
    session.click(session.editor)
    session.key('ctrl+v')
    said(session, ' 16 MiB')
    assert session.editor.text == ''
    session.type('x = 1')
    wait_for_code(session, 'x = 1')
    for pid, command in session.leftovers().items():
        if command.startswith('xclip'):
            os.kill(pid, signal.SIGTERM)
    session.quit()


def workers_of(session):
    """A copy of the workers, which may be broken."""
    folder = session.folder / 'workers'
    shutil.copytree(os.environ['HEAPSCAPE_WORKERS'], folder,
                    ignore=lambda _, names: [name for name in names if '.' in name and
                                             not name.startswith('heapscape-worker')])
    return folder


@scenario
def break_the_worker(session):
    """Missing, not executable, something else: said, and the next run is like any other."""
    folder = workers_of(session)
    session.run(HEAPSCAPE_WORKERS=str(folder))
    write_unsaved(session, 'print(6 * 7)\n')
    session.key('ctrl+Return')
    session.wait_for_text(session.output, '42')
    programs = [path for path in folder.iterdir() if os.access(path, os.X_OK) and path.is_file()]
    hidden = folder / 'hidden'
    hidden.mkdir()
    for kind, word in (('missing', os.strerror(errno.ENOENT)), ('empty', os.strerror(errno.EACCES)),
                       ('other', '3')):
        for path in programs:
            path.rename(hidden / path.name)
            if kind == 'empty':
                path.write_bytes(b'')
            elif kind == 'other':
                path.write_text('#!/bin/sh\nexit 3\n', 'utf-8')
                path.chmod(0o755)
        session.key('ctrl+Return')
        said(session, word)
        session.keep_evidence(f'survive-worker-{kind}')
        for path in programs:
            (hidden / path.name).replace(path)
        session.key('ctrl+Return')
        session.status(session.tr.pattern('Finished; measured in %s.'))
    session.quit()


@scenario
def kill_the_worker(session):
    """From outside, while code runs: said, and the next run is like any other."""
    session.run()
    write_unsaved(session, 'import time; print("at it"); time.sleep(60)\n')
    session.key('ctrl+Return')
    session.wait_for_text(session.output, 'at it')
    for pid in session.program.children():
        os.kill(pid, signal.SIGKILL)
    said(session, 'SIGKILL')
    session.keep_evidence('survive-killed')
    wait_until('no children', lambda: not session.program.children())
    session.paste_code('print("again")\n')
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Finished; measured in %s.'))
    session.quit()


@scenario
def live_without_anything(session):
    """No home, no folder for settings, drafts or temporary files: said, and everything else
    goes on."""
    nowhere = '/proc/nowhere'
    session.run(HOME=nowhere, XDG_CONFIG_HOME=nowhere, XDG_STATE_HOME=nowhere,
                XDG_DATA_HOME=nowhere, XDG_CACHE_HOME=nowhere, TMPDIR=nowhere,
                GSETTINGS_BACKEND='keyfile')
    said(session, '/proc/nowhere/heapscape/drafts')
    session.keep_evidence('survive-nowhere')
    session.paste_code('print(6 * 7)\n')
    session.key('ctrl+Return')
    said(session, 'TMPDIR')
    session.keep_evidence('survive-nowhere-run')
    # Where there is no place to keep it, what is not saved is asked about.
    session.key('ctrl+q')
    session.app.find('push button', session.tr.label('_Discard')).act()
    wait_until('the end', lambda: not session.program.is_running())
    assert session.program.process.returncode == 0


@scenario
def save_without_room(session):
    """The old file stays whole, the text stays in the window, and it is said."""
    disk = session.folder / 'disk'
    disk.mkdir()
    path = disk / 'work.py'
    is_small = os.geteuid() == 0 and subprocess.run(
        ['mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', str(disk)], check=False).returncode == 0
    try:
        path.write_text('old = 1\n', 'utf-8')
        session.run(path)
        wait_for_code(session, 'old = 1\n')
        if is_small:
            text = '# filled\n' * 20000
            session.paste_code(text)
            session.key('ctrl+s')
            said(session, 'work.py', os.strerror(errno.ENOSPC))
            session.keep_evidence('survive-full')
            assert path.read_text('utf-8') == 'old = 1\n'
            assert session.editor.text == text
            assert [entry.name for entry in disk.iterdir()] == ['work.py']
        write_unsaved(session, 'new = 1\n')
        path.unlink()
        path.mkdir()
        session.key('ctrl+s')
        said(session, 'work.py')
        session.keep_evidence('survive-folder')
        assert session.editor.text == 'new = 1\n'
        path.rmdir()
        session.key('ctrl+s')
        wait_until('the file', lambda: path.is_file() and path.read_text('utf-8') == 'new = 1\n')
        session.quit()
    finally:
        if is_small:
            subprocess.run(['umount', '-l', str(disk)], check=True)
