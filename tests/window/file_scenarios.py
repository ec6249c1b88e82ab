"""Opening, changing, saving, closing; and what is kept."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import sys

from graph_scenarios import save_as
from harness import scenario, wait_until
from run_scenarios import write

FOLDER = pathlib.Path(__file__).parent


def wait_for_code(session, text):
    wait_until('the code', lambda: session.editor.text == text)


@scenario
def open_example(session):
    session.run()
    session.choose(session.tr('Examples'), session.tr('__slots__ against __dict__'))
    wanted = (session.options.source / 'resources' / 'examples' / '02-slots.py').read_text('utf-8')
    wait_for_code(session, wanted)
    session.click_button(session.tr('Run'))
    session.status(session.tr.pattern('Finished; measured in %s.'))
    session.wait_for_text(session.output, 'getsizeof with slots:')
    wait_until('the graph', lambda: any('NodeWithSlots' in name for name in session.boxes()))
    session.quit()


@scenario
def open_another_example(session):
    """What was run before is not shown beside code that it does not belong to."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    session.choose(tr('Examples'), tr('A first tour: references and sharing'))
    wait_until('the code', lambda: 'fruits' in session.editor.text)
    session.click_button(tr('Run'))
    session.wait_for_text(session.output, 'fruits is same')
    wait_until('the graph', lambda: any('list' in name for name in session.boxes()))
    session.choose(tr('Examples'), tr('Interned strings'))
    wait_until('the code', lambda: 'sys.intern' in session.editor.text)
    wait_until('the old output to go', lambda: 'fruits' not in session.output.text)
    wait_until('the old graph to go', lambda: not session.boxes())
    session.quit()


@scenario
def changed_on_disk(session):
    """What another program wrote is noticed, and neither version is lost unasked."""
    path = session.folder / 'home' / 'shared.py'
    path.write_text('mine = 1\n', 'utf-8')
    session.run(path)
    wait_for_code(session, 'mine = 1\n')
    path.write_text('theirs = 1\n', 'utf-8')
    reload = session.app.find('push button', session.tr.label('_Reload'), where=session.is_shown)
    shown = [node.name for node in reload.all('label')]
    assert shown and '_' not in ''.join(shown), shown
    session.click_settled(reload)
    wait_for_code(session, 'theirs = 1\n')

    session.click(session.editor)
    session.key('ctrl+End')
    session.type('mine = 2')
    path.write_text('theirs = 2\n', 'utf-8')
    session.app.find('push button', session.tr.label('_Reload'), where=session.is_shown)
    session.key('ctrl+s')
    save = session.app.find('push button', session.tr.label('_Save Anyway'),
                            where=session.is_shown)
    assert path.read_text('utf-8') == 'theirs = 2\n'
    session.click_settled(save)
    wait_until('the file', lambda: path.read_text('utf-8').startswith('theirs = 1\nmine = 2'))
    session.quit()


@scenario
def open_recent(session):
    path = session.folder / 'home' / 'a_recent_one.py'
    path.write_text('recent = 1\n', 'utf-8')
    session.run(path)
    wait_for_code(session, 'recent = 1\n')
    session.quit()
    session.run()
    session.choose(session.tr('Recent files'), 'a_recent_one.py')
    wait_for_code(session, 'recent = 1\n')
    session.quit()


@scenario
def open_argument(session):
    path = session.folder / 'home' / 'my data.py'
    (path.parent / 'numbers.txt').write_text('3 4\n', 'utf-8')
    path.write_text('print(open("numbers.txt").read(), __file__)\n', 'utf-8')
    session.run(path)
    wait_for_code(session, path.read_text('utf-8'))
    assert 'my data.py' in session.window.name, session.window.name
    session.key('ctrl+Return')
    session.wait_for_text(session.output, '3 4')
    session.quit()


@scenario
def refuse_what_is_no_text(session):
    """A file that cannot be read is explained and not harmed."""
    path = session.folder / 'home' / 'latin.py'
    content = 'name = "caf\xe9"\n'.encode('latin-1')
    path.write_bytes(content)
    session.run(path)
    button = session.app.find('push button', lambda name: 'ISO-8859-15' in name)
    dialog = session.toplevel_of(button)
    assert dialog.first('label', lambda text: 'latin.py' in text), dialog.dump()
    session.click(button)
    wait_for_code(session, 'name = "café"\n')
    assert path.read_bytes() == content
    session.quit()


@scenario
def missing_file(session):
    session.run(session.folder / 'home' / 'nowhere.py')
    session.app.find('label', lambda text: 'nowhere.py' in text, where=session.is_shown)
    session.quit()


@scenario
def open_with_dialog(session):
    path = session.folder / 'home' / 'chosen.py'
    path.write_text('chosen = True\n', 'utf-8')
    session.run()
    session.click_button(session.tr('Open'))
    wait_until('the file chooser', lambda: len(session.app.children()) == 2)
    chooser = session.app.children()[1]
    wait_until('its focus', lambda: session.has_focus(chooser))
    # A slash opens GTK's field for a path.
    session.type(str(path))
    wait_until('the path', lambda: next(
        (node for node in chooser.all('text') if node.text == str(path)), None))
    session.key('Return')
    wait_for_code(session, 'chosen = True\n')
    session.quit()


@scenario
def drop_file(session):
    path = session.folder / 'home' / 'drop me.py'
    path.write_text('dropped = 1\n', 'utf-8')
    session.run()
    source = session.start([sys.executable, str(FOLDER / 'drag_source.py'), str(path)])
    window = wait_until('the drag source', lambda: next(
        (window for window in session.input.windows()
         if session.input.title(window) == 'Drag source'), None))
    session.input.place_window(window, 1340, 700)
    x, y, width, height = session.input.geometry(window)
    session.input.drag((x + width / 2, y + height / 2), session.place(session.editor), steps=30)
    wait_for_code(session, 'dropped = 1\n')
    source.terminate()
    source.wait()
    session.quit()


@scenario
def find_and_replace(session):
    session.run()
    session.paste_code('one = 1\ntwo = one + one\n')
    session.click(session.editor)
    # Typed on without a look at the screen.
    session.key('ctrl+Home', 'ctrl+h', *'one')
    session.window.find('label', lambda text: '3' in text and session.tr.pattern(
        '%1$d of %2$d')(text), where=session.is_shown)
    field = session.window.find('text', session.tr('Replace with'), where=session.is_shown)
    session.type_into(field, 'eins')
    session.click_button(session.tr('Replace all'))
    wait_for_code(session, 'eins = 1\ntwo = eins + eins\n')
    session.key('Escape')
    wait_until('the focus in the editor', lambda: session.editor.has('focused'))
    session.key('ctrl+z')
    wait_for_code(session, 'one = 1\ntwo = one + one\n')
    session.quit()


def change_and_close(session, path):
    path.write_text('kept = 1\n', 'utf-8')
    session.run(path)
    wait_for_code(session, 'kept = 1\n')
    session.click(session.editor)
    session.key('ctrl+End')
    session.type('more = 2')
    wait_for_code(session, 'kept = 1\nmore = 2')
    return ask_to_close(session)


def ask_to_close(session):
    session.key('ctrl+w')
    return session.toplevel_of(session.app.find('push button', session.tr.label('_Discard')))


@scenario
def close_and_cancel(session):
    path = session.folder / 'home' / 'changed.py'
    dialog = change_and_close(session, path)
    session.click_button(session.tr.label('_Cancel'), dialog)
    session.expect_one_window()
    assert session.editor.text == 'kept = 1\nmore = 2'
    assert session.program.is_running()
    assert path.read_text('utf-8') == 'kept = 1\n'
    session.quit()


@scenario
def close_and_discard(session):
    path = session.folder / 'home' / 'changed.py'
    dialog = change_and_close(session, path)
    session.click_button(session.tr.label('_Discard'), dialog)
    session.expect_end()
    assert path.read_text('utf-8') == 'kept = 1\n'


@scenario
def close_and_save(session):
    path = session.folder / 'home' / 'changed.py'
    dialog = change_and_close(session, path)
    session.click_button(session.tr.label('_Save'), dialog)
    session.expect_end()
    assert path.read_text('utf-8').startswith('kept = 1\nmore = 2')


@scenario
def save_new_file(session):
    """Pasted code gets a name; afterwards nothing is asked."""
    path = session.folder / 'home' / 'named.py'
    session.run()
    write(session, 'value = "new"')
    session.key('ctrl+s')
    save_as(session, path)
    wait_until('the file', lambda: path.exists() and
               path.read_text('utf-8').strip() == 'value = "new"')
    wait_until('the name in the title', lambda: 'named.py' in session.window.name)
    session.key('ctrl+w')
    session.expect_end()


@scenario
def keep_window_size(session):
    settings = {'GSETTINGS_BACKEND': 'keyfile'}
    session.run(**settings)
    window, _, _ = session.x_window(session.window)
    _, _, width, height = session.input.geometry(window)
    border = width - session.window.extents[2]
    session.input.resize_window(window, width - 210, height - 90)
    drawn = [width - 210 - border, height - 90 - border]
    wait_until('the new size', lambda: list(session.window.extents[2:]) == drawn)
    session.quit()

    session.run(**settings)
    wait_until('the same size', lambda: list(session.window.extents[2:]) == drawn)
    session.quit()


@scenario
def wait_for_a_slow_file(session):
    """What takes longer than half a second is said, and can be cancelled."""
    tr = session.tr
    path = session.folder / 'home' / 'slow-code.py'
    path.write_text('late = 1\n', 'utf-8')
    slow = session.options.build / 'tests' / 'window' / 'libslow-files.so'

    def says_that_it_opens():
        return session.app.first('label', lambda name: tr.pattern('Opening “%s”…')(name),
                                 where=session.is_shown)

    session.run(path, LD_PRELOAD=str(slow))
    wait_until('what it waits for', says_that_it_opens)
    session.keep_evidence('slow-file')
    session.click_button(tr.label('_Cancel'))
    wait_until('the sentence to go', lambda: not says_that_it_opens())
    assert session.editor.text == ''
    session.quit()

    session.run(path, LD_PRELOAD=str(slow))
    wait_until('what it waits for', says_that_it_opens)
    path.with_name(path.name + '.now').touch()
    wait_for_code(session, 'late = 1\n')
    wait_until('the sentence to go', lambda: not says_that_it_opens())
    session.quit()
