"""Pictures and code on their way: copied, dragged out and in, printed, and opened again."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import errno
import os
import pathlib
import subprocess
import sys

from file_scenarios import wait_for_code
from graph_scenarios import CODE, check_picture, draw, png_chunks, save_as
from harness import scenario, wait_until

FOLDER = pathlib.Path(__file__).parent

TARGETS = ('image/png', 'image/svg+xml', 'text/plain', 'text/plain;charset=utf-8')


def notice(session, text, *parts):
    """The sentence above the panes that is made of this one."""
    matches = session.tr.pattern(text)
    return session.app.find('label', lambda name: matches(name) and all(
        part in name for part in parts), where=session.is_shown)


def partner(session, title, script, *arguments):
    """Another program, whose window lies on the lower right of the screen. Returns: its middle"""
    process = session.start([sys.executable, str(FOLDER / script), *arguments])
    window = wait_until(f'the window {title!r}', lambda: next(
        (window for window in session.input.windows()
         if session.input.title(window) == title), None))
    session.input.place_window(window, 1340, 700)
    x, y, width, height = session.input.geometry(window)
    return process, (x + width / 2, y + height / 2)


def end(process):
    process.terminate()
    process.wait()


@scenario
def copy_as_anything(session):
    """As PNG, SVG and text, each as the other program asks for it."""
    draw(session)
    session.key('ctrl+shift+c')
    session.app.find('label', session.tr('Picture copied'), where=session.is_shown)

    def clipboard(target):
        return session.output_of('xclip', '-selection', 'clipboard', '-t', target, '-o',
                                 check=False)

    targets = wait_until('the clipboard', lambda: clipboard('TARGETS').decode().split())
    assert set(TARGETS) <= set(targets), targets
    check_picture(clipboard('image/png'))
    assert b'<svg' in clipboard('image/svg+xml')
    text = clipboard('text/plain;charset=utf-8').decode()
    assert "'banana'" in text and clipboard('text/plain').decode() == text
    # What is copied is what was seen then.
    session.paste_code('pass\n')
    session.quit()


@scenario
def drag_the_picture_out(session):
    draw(session)
    handle = session.app.find(None, session.tr('Drag the picture into another program'),
                              where=session.is_shown)
    for kind in ('picture', 'files'):
        path = session.folder / 'home' / f'dropped {kind}'
        receiver, middle = partner(session, 'Drop receiver', 'drop_receiver.py', kind, str(path))
        session.input.drag(session.place(handle), middle, steps=30)
        wait_until('what was dropped', path.exists)
        end(receiver)
        if kind == 'picture':
            check_picture(path.read_bytes())
        else:
            uri = path.read_text('utf-8').strip()
            assert uri.startswith('file://') and uri.endswith('.png'), uri
            picture = pathlib.Path(uri.removeprefix('file://'))
            check_picture(picture.read_bytes())

    # Dropped where it came from, it is nothing new.
    session.input.drag(session.place(handle), session.place(session.editor), steps=30)
    session.expect_one_window()
    session.click(session.editor)
    session.quit()
    wait_until('its folder to go', lambda: not picture.parent.parent.exists())


@scenario
def drop_text(session):
    session.run()
    source, middle = partner(session, 'Drag content', 'drag_content.py', 'text/plain;charset=utf-8',
                             'dropped = 1\n')
    # On the views, where there is no editor.
    empty = session.place(session.window, 0.75, 0.5)
    session.input.drag(middle, empty, steps=30)
    wait_for_code(session, 'dropped = 1\n')

    # Into the editor, at the place.
    session.input.drag(middle, session.place(session.editor, 0.3, 0.8), steps=30)
    wait_for_code(session, 'dropped = 1\ndropped = 1\n')
    end(source)
    session.key('ctrl+z')
    wait_for_code(session, 'dropped = 1\n')

    # It is saved nowhere, so closing asks.
    session.key('ctrl+w')
    session.dialog(session.tr('Save Changes?'))
    session.click_button(session.tr('Discard'))
    session.expect_end()


@scenario
def drop_several_files(session):
    folder = session.folder / 'home'
    names = ['first.py', 'second.py', 'third.py']
    for name in names:
        (folder / name).write_text(f'name = {name!r}\n', 'utf-8')
    session.run()
    uris = ''.join(f'{(folder / name).as_uri()}\r\n' for name in names)
    source, middle = partner(session, 'Drag content', 'drag_content.py', 'text/uri-list',
                             uris + 'https://example.org/fourth.py\r\n')
    session.input.drag(middle, session.place(session.editor), steps=30)
    wait_until('three windows', lambda: len(session.app.children()) == 3)
    for name in names:
        wait_until(name, lambda name=name: any(
            f'name = {name!r}\n' == node.text for node in session.app.all('text')))
    notice(session, '“%s” is not a file of this computer; download it, then open it from its '
           'folder', 'https://example.org/fourth.py')
    end(source)
    session.key('ctrl+q')
    session.expect_end()


@scenario
def open_a_picture(session):
    """The code comes back from the picture: by an argument, dropped, and from the recent files."""
    tr = session.tr
    target = session.folder / 'home' / 'basket.png'
    draw(session)
    session.key('ctrl+e')
    session.click_button(tr('Export'), session.dialog(tr('Export Picture')))
    save_as(session, target)
    wait_until('the file', target.exists)
    session.quit()

    renamed = target.with_name('no name')
    target.rename(renamed)
    session.run(renamed)
    wait_for_code(session, CODE)
    notice(session, 'This is the code in the picture “%1$s”, measured with %2$s on %3$s. Run it to '
           'measure it anew.', 'no name', 'CPython 3.')
    session.click_button(tr('Run'))
    wait_until('the graph', lambda: len(session.boxes()) >= 3)
    session.quit()

    renamed.rename(target)
    session.run()
    source, middle = partner(session, 'Drag content', 'drag_content.py', 'text/uri-list',
                             target.as_uri() + '\r\n')
    session.input.drag(middle, session.place(session.editor), steps=30)
    wait_for_code(session, CODE)
    end(source)
    session.click(session.editor)
    session.quit()

    session.run()
    session.choose(tr('Recent files'), 'basket.png')
    wait_for_code(session, CODE)
    # It has no file: the picture is not written over.
    session.key('ctrl+s')
    session.dialog(tr('Save As'))
    session.key('Escape')
    session.expect_one_window()
    session.quit()


@scenario
def refuse_other_pictures(session):
    folder = session.folder / 'home'
    draw(session)
    target = folder / 'ours.png'
    session.key('ctrl+e')
    session.click_button(session.tr('Export'), session.dialog(session.tr('Export Picture')))
    save_as(session, target)
    wait_until('the file', target.exists)
    session.quit()

    data = target.read_bytes()
    assert len(png_chunks(data)) > 5
    (folder / 'cut.png').write_bytes(data[:len(data) - 20])
    session.run(folder / 'cut.png')
    notice(session, 'The picture “%s” is damaged or incomplete; copy it again from where it came '
           'from', 'cut.png')
    assert session.editor.text == ''
    session.quit()

    session.screenshot(folder / 'screen.png')
    session.run(folder / 'screen.png')
    notice(session, 'The picture “%s” has no code of Heapscape in it; open one that was exported '
           'as PNG, or the file of the code', 'screen.png')
    session.quit()


def print_dialog(session, key):
    session.key(key)
    return wait_until('the dialog', lambda: next(
        (node for node in session.app.children()[1:] if node.name), None))


@scenario
def print_code_and_picture(session):
    """Into files, which is what there is without a printer."""
    tr = session.tr
    home = session.folder / 'home'
    draw(session)
    for key in ('ctrl+p', 'ctrl+shift+p'):
        dialog = print_dialog(session, key)
        # The one printer that there is without any; in the words of GTK's own translation.
        table = dialog.find('list', 'GtkColumnListView', where=session.is_shown)
        session.click(table.find('label', where=lambda node: node.name != 'GtkLabel'))
        button = [node for node in dialog.all('push button') if session.is_shown(node)][-1]
        wait_until('a printer', lambda button=button: button.has('sensitive'))
        session.click_settled(button)
        session.expect_one_window()
        pdf = wait_until('the file', lambda: next(home.glob('*.pdf'), None))
        session.app.find('label', lambda name: pdf.name in name, where=session.is_shown)
        assert pdf.read_bytes().startswith(b'%PDF-')
        pdf.unlink()
    # What was chosen is chosen the next time.
    choices = (session.folder / 'config' / 'heapscape' / 'print.ini').read_text('utf-8')
    for group in ('[Code]', '[Picture]', '[Paper of Code]', '[Paper of Picture]', 'printer='):
        assert group in choices, choices
    session.quit()


@scenario
def choose_how_to_print_a_picture(session):
    """The page of the dialog that is ours."""
    tr = session.tr
    draw(session)
    dialog = print_dialog(session, 'ctrl+shift+p')
    session.click(dialog.find('label', tr('Picture'), where=session.is_shown))
    several = dialog.find('check box', tr('Large enough to read, on as many pages as it takes'),
                          where=session.is_shown)
    session.click(several)
    wait_until('the choice', lambda: several.has('checked'))
    session.key('Escape')
    session.expect_one_window()
    session.quit()


def export_and_fail(session, target, reason):
    """Returns: the dialog, in which another place can be chosen."""
    dialog = session.dialog(session.tr('Export Picture'))
    session.click_button(session.tr('Export'), dialog)

    def focused_field():
        return next((node for window in session.app.children()[1:]
                     for node in window.all(('text', 'entry')) if node.has('focused')), None)

    field = wait_until('the field for the name', focused_field)
    session.key('ctrl+a')
    session.type(str(target))
    wait_until('the name', lambda: field.text == str(target))
    session.key('Return')
    session.app.find('label', session.tr('The picture could not be exported'),
                     where=session.is_shown)
    session.app.find('label', lambda name: target.name in name and os.strerror(reason) in name,
                     where=session.is_shown)
    session.key('Escape')
    session.app.find('push button', session.tr('Export'), where=session.is_shown)


@scenario
def export_without_room(session):
    """A full disk and one that is read-only are named, and what was there stays."""
    disk = session.folder / 'disk'
    disk.mkdir()
    is_mounted = os.geteuid() == 0 and subprocess.run(
        ['mount', '-t', 'tmpfs', '-o', 'size=4k', 'none', str(disk)], check=False).returncode == 0
    target = disk / 'heap.png'
    try:
        draw(session)
        session.key('ctrl+e')
        if is_mounted:
            export_and_fail(session, target, errno.ENOSPC)
            assert not list(disk.iterdir())
            subprocess.run(['mount', '-o', 'remount,ro', str(disk)], check=True)
            export_and_fail(session, target, errno.EROFS)
        elif os.geteuid() != 0:
            disk.chmod(0o500)
            export_and_fail(session, target, errno.EACCES)
        assert not list(disk.iterdir())

        # Another place is as good as before.
        session.click_button(session.tr('Export'), session.dialog(session.tr('Export Picture')))
        save_as(session, session.folder / 'home' / 'heap.png')
        wait_until('the file', (session.folder / 'home' / 'heap.png').exists)
        session.quit()
    finally:
        if is_mounted:
            subprocess.run(['umount', '-l', str(disk)], check=True)
