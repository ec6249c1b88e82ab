#!/usr/bin/python3
"""Every window, page, dialog, popover and menu, one after the other: nothing of them is cut.

By hand, with pictures, in 2 languages × light, dark, high contrast × 1×, 2×:
  HS_BUILD_ROOT=… HS_SOURCE_ROOT=… HEAPSCAPE_WORKERS=… gallery.py [OPTION…] FOLDER
    --language C,zh_CN    --look light,dark,contrast    --scale 1,2    --size 1280x800
    --only NAME,…         parts of the walk    --rtl                    from right to left
montage (of ImageMagick) makes sheets of them, where it is installed."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import itertools
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import traceback

import desktop
from compare_scenarios import VARIANTS
from graph_scenarios import save_as
from harness import Options, Session, called, scenario, wait_until
from learn_scenarios import COMPARE_SECONDS, choices
from permit_scenarios import HIDDEN
from survive_scenarios import crash, restored, wait_for_draft
from time_scenarios import MOMENTS
from view_scenarios import tab, wait_for_items

LOOKS = {
    'light': {},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_HIGH_CONTRAST': '1'},
}

# Where GTK's and libadwaita's own widgets shorten a text, or ours do so because it may be of any
# length; each is read in full somewhere else.
MAY_BE_SHORTENED = (
    # The name and the folder of a file: its tooltip and the title of the window are whole.
    'window_title',
    # The icon in the field and the buttons beside it say the same.
    'replace_entry/text/placeholder',
    # The file chooser, the font chooser and the shortcuts window are GTK's.
    'GtkFileChooserDialog', 'GtkFontChooserWidget', 'GtkShortcutsShortcut', 'GtkShortcutsWindow',
)

CODE = '''import mmap
import sys

words = ["apple", "banana", "cherry"]
basket = {"words": words, "price": 12.5}
again = words
names = [f"name {i}" for i in range(40)]
region = mmap.mmap(-1, 1 << 20)
region[:5] = b"hello"
for i in range(3):
    words.append(i)
print("ready", sys.getsizeof(words))
'''


class Problem(AssertionError):
    pass


class Gallery:
    """A walk through one program. folder: for the pictures; None: none are taken."""

    def __init__(self, session, folder=None, size=(1280, 800), environment=None):
        self.session, self.folder, self.size = session, folder, size
        self.environment = environment or {}
        self.problems = []
        self.seen = []  # of what the windows show: (step, window, path, kind, text)
        self.listener = None  # is called at each step
        self._look_file = session.folder / 'look.tsv'
        settings = session.folder / 'config' / 'gtk-4.0'
        settings.mkdir(exist_ok=True)
        # Nothing moves by itself: what is still once is still.
        (settings / 'settings.ini').write_text(
            '[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\n', 'utf-8')

    def start(self, *arguments, **options):
        session = self.session
        preload = session.options.build / 'tests' / 'window' / 'liblook-inside.so'
        session.run(*arguments, **options, **self.environment, LD_PRELOAD=str(preload),
                    HS_LOOK_FILE=str(self._look_file))
        session.program.allows_slider_remark = True
        self.resize(*self.size)

    def resize(self, width, height):
        session = self.session
        window, _, (left, top) = session.x_window(session.window)
        session.input.place_window(window, 0, 0)
        session.input.resize_window(window, width + 2 * left, height + 2 * top)
        wait_until('its size', lambda: session.window.extents[2:] == (width, height))
        session.input.move(width - 3, height - 3)

    # Looking

    def read_widgets(self):
        self._look_file.unlink(missing_ok=True)
        os.kill(self.session.program.pid, signal.SIGUSR1)
        wait_until('what is shown', self._look_file.exists)
        for line in self._look_file.read_text('utf-8').splitlines():
            window, path, kind, text, *place, problem = line.split('\t')
            text = text.encode().decode('unicode_escape').encode('latin-1').decode('utf-8')
            yield window, path, kind, text, tuple(map(int, place)), problem

    def steady(self):
        """Waits until the program has nothing to do and its screen stays the same."""
        looks = []

        def is_same():
            self.session.window.name  # an answer: what was asked before is done
            looks.append(self.session.frame_buffer())
            return len(looks) > 5 and all(look == looks[-1] for look in looks[-5:])

        wait_until('a screen that stands still', is_same, 20)

    def shoot(self, name, moves=False):
        """moves: it does not stand still, as while code runs."""
        if not moves:
            self.steady()
        found = []
        for window, path, kind, text, place, problem in self.read_widgets():
            self.seen.append((name, window, path, kind, text))
            if problem and not any(part in path for part in MAY_BE_SHORTENED):
                found.append(f'{problem}: {text!r} at {place} in {path}')
        for window in self.session.input.windows():
            x, y, width, height = self.session.input.geometry(window)
            screen = [side // self.session.scale for side in self.session.screen]
            if width > screen[0] or height > screen[1]:
                found.append(f'larger than the screen: {width}×{height}')
        self.problems += [f'{name}: {problem}' for problem in found]
        if self.listener is not None:
            self.listener(name)
        if self.folder is not None:
            # With what hangs out of the window.
            width, height = (min(side + most * self.session.scale, limit) for side, most, limit in
                             zip((side * self.session.scale for side in self.size), (260, 60),
                                 self.session.screen))
            rows = self.session.screen_rows()[:height]
            desktop.write_png(self.folder / f'{name}.png', width, len(rows),
                              [row[:width * 3] for row in rows])

    # Opening and closing

    def menu(self, name, title):
        """A menu button's popover."""
        session = self.session
        button = session.window.find('push button', title, where=session.is_shown)
        button.find('push button', where=lambda node: 'click' in node.actions).act()
        wait_until(f'the popover of {name}', lambda: len(session.input.windows()) > 1)
        self.shoot(name)
        self.close_popover()

    def close_popover(self):
        self.session.key('Escape')
        wait_until('the popover to close', lambda: len(self.session.input.windows()) == 1)

    def dialog(self, name, title=None):
        """Waits for a second window of the program, and shoots it at its place."""
        session = self.session
        node = wait_until(f'the dialog {name}', lambda: next(
            (node for node in session.app.children()[1:] if title in (None, node.name)), None))
        main = session.window.name
        window = wait_until('its window', lambda: next(
            (window for window in session.input.windows()
             if session.input.title(window) != main), None))
        session.input.place_window(window, 20, 20)
        self.shoot(name)
        return node

    def close_dialog(self):
        self.session.key('Escape')
        self.session.expect_one_window()

    def run_code(self, code=CODE):
        session = self.session
        session.paste_code(code)
        session.click(session.editor)
        session.key('ctrl+Return')

    # The walk, in parts that need nothing of each other

    def empty(self):
        """What a new window offers."""
        session, tr = self.session, self.session.tr
        recent = session.folder / 'home' / 'recent.py'
        recent.write_text('kept = 1\n', 'utf-8')
        self.start()
        self.shoot('empty')
        for name, title in (('menu-examples', 'Examples'), ('menu-primary', 'Main menu'),
                            ('menu-interpreters', 'Interpreter')):
            self.menu(name, called(tr(title)))
        self.menu('popover-permissions', tr.pattern('Permissions: %s'))
        for number in range(2, 8):
            session.key(f'alt+{number}')
            self.shoot(f'empty-view-{number}')
        session.key('alt+1')
        session.click(session.editor)
        session.key('ctrl+f')
        self.shoot('find')
        session.key('ctrl+h')
        session.type('kept')
        self.shoot('find-and-replace')
        session.key('Escape')
        session.click(session.editor)
        session.key('shift+F10')
        wait_until('the menu', lambda: len(session.input.windows()) == 2)
        self.shoot('menu-editor')
        self.close_popover()
        session.key('ctrl+l')
        self.shoot('learn')
        session.key('Escape')
        session.quit()
        self.start(recent)
        session.quit()
        self.start()
        self.menu('menu-recent', called(tr('Recent files')))
        session.quit()

    def dialogs(self):
        session, tr = self.session, self.session.tr
        self.start()
        session.key('ctrl+comma')
        preferences = self.dialog('preferences', tr('Preferences'))
        page = preferences.find('page tab', tr.label('_Editor'), where=session.is_shown)
        page.act()
        wait_until('the page', lambda: page.has('selected'))
        self.shoot('preferences-editor')
        session.key('shift+Tab', 'shift+Tab')
        self.shoot('preferences-editor-end')
        self.close_dialog()
        session.key('ctrl+question')
        self.dialog('shortcuts')
        for number in 2, 3:
            session.key('Page_Down')
            self.shoot(f'shortcuts-{number}')
        self.close_dialog()
        session.choose(tr('Main menu'), tr('A_bout Heapscape'))
        self.about_pages(self.dialog('about'))
        self.close_dialog()
        session.quit()

    def about_pages(self, about):
        """Those of libadwaita's own window, which has the details, troubles, credits, licence."""
        session = self.session
        seen = []
        for key in ['Tab'] * 6 + ['Down'] * 3:
            session.key(key)
            self.steady()
            row = about.first('list item', where=lambda node: node.has('focused'))
            if row is None or row.name in seen:
                continue
            seen.append(row.name)
            before = session.frame_buffer()
            session.key('Return')
            wait_until('the page', lambda before=before: session.frame_buffer() != before)
            self.shoot(f'about-{len(seen)}')
            about.act('about.back')
            self.steady()
        assert len(seen) > 2, seen

    def files(self):
        """Dialogs that ask for a file, for paper, and the picture as text."""
        session, tr = self.session, self.session.tr
        self.start()
        self.run_code(CODE)
        session.status(tr.pattern('Finished; measured in %s.'))
        for name, key, title in (('export', 'ctrl+e', 'Export Picture'),
                                 ('text', 'ctrl+alt+t', 'Picture as Text'),
                                 ('open', 'ctrl+o', None),
                                 ('save', 'ctrl+s', None),
                                 ('save-snapshot', 'ctrl+alt+s', 'Save Snapshot'),
                                 ('print-code', 'ctrl+p', None),
                                 ('print-picture', 'ctrl+shift+p', None)):
            session.key(key)
            self.dialog(name, title and tr(title))
            self.close_dialog()
        session.choose(tr('Main menu'), tr('Compare with Fi_le…'))
        self.dialog('compare-file')
        self.close_dialog()
        session.quit()

    def questions(self):
        """Dialogs and notices about files."""
        session, tr = self.session, self.session.tr
        path = session.folder / 'home' / 'work.py'
        path.write_text('kept = 1\n', 'utf-8')
        latin = session.folder / 'home' / 'latin.py'
        latin.write_bytes('name = "caf\xe9"\n'.encode('latin-1'))
        self.start(latin)
        self.dialog('question-not-text')
        self.close_dialog()
        session.quit()
        self.start(session.folder / 'home' / 'nowhere.py')
        session.app.find('label', lambda text: 'nowhere.py' in text, where=session.is_shown)
        self.shoot('notice-missing')
        session.quit()
        self.start(path)
        session.click(session.editor)
        session.key('ctrl+End')
        session.type('more = 2')
        session.key('ctrl+w')
        session.app.find('push button', tr.label('_Discard'))
        self.dialog('question-save')
        self.close_dialog()
        session.key('ctrl+s')
        session.app.find('label', tr.pattern('Saved “%s”'), where=session.is_shown)
        self.shoot('toast-saved')
        session.key('ctrl+End')
        session.type(' + 3')
        path.write_text('theirs = 1\n', 'utf-8')
        session.app.find('push button', tr.label('_Reload'), where=session.is_shown)
        self.shoot('notice-changed')
        session.key('ctrl+s')
        session.app.find('push button', tr.label('_Save Anyway'), where=session.is_shown)
        self.shoot('notice-save-anyway')
        session.quit()
        self.start(path, without=HIDDEN)
        session.click(session.editor)
        session.key('ctrl+Return')
        self.dialog('question-protection')
        self.close_dialog()
        session.quit()

    def editing(self):
        """What helps while code is written."""
        session, tr = self.session, self.session.tr
        path = session.folder / 'home' / 'work.py'
        path.write_text(CODE, 'utf-8')
        self.start(path)
        session.click(session.editor)
        session.key('ctrl+i')
        session.window.find('text', tr('Line to go to'), where=session.is_shown)
        session.type('7')
        self.shoot('go-to-line')
        session.key('Return')
        session.key('ctrl+End')
        session.type('wor')
        wait_until('the words', lambda: len(session.input.windows()) > 1)
        self.shoot('words')
        session.key('Escape')
        wait_for_draft(session, 'wor')
        crash(session)
        self.start()
        restored(session, 'work.py')
        self.shoot('notice-restored')
        session.click_button(tr.label('_Discard'))
        self.dialog('question-discard')
        self.close_dialog()
        session.quit()

    def moments(self):
        """A run with moments, from a file."""
        session, tr = self.session, self.session.tr
        self.start()
        self.run_code(MOMENTS)
        session.status(tr.pattern('Finished; measured in %s.'))
        wait_for_items(session, 'Graph')
        session.key('alt+comma')
        self.shoot('moment')
        session.window.find(('toggle button', 'push button'), lambda name: tr(
            'Compare with the moment before') in name, where=session.is_shown).act('click')
        wait_until('what has grown', lambda: any(
            tr('grew') in name for name in session.boxes()))
        self.shoot('moment-compared')
        session.key('alt+4')
        wait_for_items(session, 'Heap')
        self.shoot('moment-compared-heap')
        path = session.folder / 'home' / 'run.heapscape'
        session.key('ctrl+alt+s')
        save_as(session, path)
        session.app.find('label', tr.pattern('Snapshot saved as “%s”'), where=session.is_shown)
        self.shoot('toast-snapshot')
        session.quit()
        self.start(path)
        wait_for_items(session, 'Graph')
        self.shoot('notice-snapshot')
        session.quit()

    def views(self):
        """A run in each view, and what hangs from them."""
        session, tr = self.session, self.session.tr
        self.start()
        self.run_code()
        session.status(tr.pattern('Finished; measured in %s.'))
        for number, title in enumerate(('Graph', 'Layout', 'Strings', 'Heap', 'Timeline', 'Pages',
                                        'Compare'), 1):
            session.key(f'alt+{number}')
            if title != 'Compare':
                wait_for_items(session, title)
            self.shoot(f'view-{title.lower()}')
            if title == 'Compare':
                continue
            more = session.window.first('push button', called(tr('More options')),
                                        where=session.is_shown)
            if more is not None:
                self.menu(f'menu-options-{title.lower()}', called(tr('More options')))
            session.key(f'alt+{number}', 'Home', 'shift+F10')
            if len(session.input.windows()) > 1 or title in ('Graph', 'Layout'):
                wait_until('the menu', lambda: len(session.input.windows()) == 2)
                self.shoot(f'menu-item-{title.lower()}')
                self.close_popover()
            session.key('ctrl+f')
            self.shoot(f'find-{title.lower()}')
            session.key('Escape')
            legend = session.window.first('push button', called(tr('Legend')),
                                          where=session.is_shown)
            if legend is not None:
                self.menu(f'legend-{title.lower()}', called(tr('Legend')))
        session.key('ctrl+shift+c')
        session.key('alt+1')
        session.key('ctrl+shift+c')
        self.shoot('toast-copied')
        session.quit()

    def console(self):
        """How runs end, and input."""
        session, tr = self.session, self.session.tr
        self.start()
        self.run_code('def area(width, height):\n    return width * height\n\n'
                      'print("begun")\nprint(area(3))\n')
        session.status('TypeError')
        self.shoot('console-error')
        self.run_code('name = input("Name? ")\n')
        session.window.find('text', tr('Standard input'), where=session.is_shown)
        self.shoot('console-input', moves=True)
        session.key('Escape')
        stopped = tr.pattern('Stopped on request at line %u.'), tr.pattern('Stopped on request.')
        session.status(lambda text: any(test(text) for test in stopped))
        self.shoot('console-stopped')
        self.run_code('open("/var/lib/data.txt", "w")\n')
        session.status('PermissionError')
        self.shoot('notice-refused')
        self.run_code('import socket\nsocket.create_connection(("127.0.0.1", 1))\n')
        session.status('Error')
        self.shoot('notice-network')
        session.quit()

    def lessons(self):
        session, tr = self.session, self.session.tr
        self.start()
        session.key('ctrl+l')
        first = session.window.find('list item', lambda name: tr(
            'A first tour: references and sharing') in name)
        wait_until('the focus', lambda: session.has_focus(first))
        session.key(*['Down'] * 8, 'Return')
        wait_until('the questions', lambda: len(choices(session)) == 5)
        self.shoot('lesson')
        button = session.window.first(('toggle button', 'push button'), called(tr('Lesson')),
                                      where=session.is_shown)
        if button is not None:
            session.click(button)
            self.shoot('lesson-aside')
            session.click(button)
        session.click(choices(session)[1])
        session.key('ctrl+shift+Return')
        session.status(tr.pattern('%1$u of %2$u right'), seconds=COMPARE_SECONDS)
        self.shoot('lesson-answers')
        session.quit()

    def comparing(self):
        session, tr = self.session, self.session.tr
        self.start()
        session.paste_code(VARIANTS)
        session.window.find('push button', tr('Compare'), where=session.is_shown)
        self.shoot('variants')
        session.key('ctrl+shift+Return')
        session.status(tr.pattern('“%1$s” saves the most against “%2$s”. %3$s'),
                       seconds=COMPARE_SECONDS)
        wait_for_items(session, 'Compare')
        self.shoot('comparison')
        session.click(tab(session, 'Graph'))
        wait_for_items(session, 'Graph')
        self.shoot('comparison-variant')
        session.quit()


PARTS = {part.__name__: part for part in (
    Gallery.empty, Gallery.dialogs, Gallery.files, Gallery.questions, Gallery.editing,
    Gallery.views, Gallery.moments, Gallery.console, Gallery.lessons, Gallery.comparing)}


def add_scenario(name, part):
    def walk(session):
        one = Gallery(session, None, (720, 480))
        part(one)
        assert not one.problems, '\n'.join(one.problems)

    walk.__name__ = f'gallery_{name}'
    walk.__doc__ = 'In the smallest window, where it is hardest.'
    scenario(walk)


for part_name, part_function in PARTS.items():
    add_scenario(part_name, part_function)


# By hand


def make_sheets(folder):
    """A few pictures of many."""
    if shutil.which('montage') is None:
        return
    pictures = sorted(path for path in folder.glob('*.png') if not path.name.startswith('sheet'))
    for number, start in enumerate(range(0, len(pictures), 6), 1):
        subprocess.run(['montage', '-font', 'DejaVu-Sans', '-label', '%t',
                        *map(str, pictures[start:start + 6]), '-tile', '2x3', '-resize', '900x',
                        '-geometry', '+4+4', str(folder / f'sheet-{number:02}.png')], check=True)


def walk_by_hand(arguments, language, look, scale):
    width, height = (int(side) for side in arguments.size.split('x'))
    folder = pathlib.Path(arguments.folder) / (
        f'{language}-{look}-{scale}x-{arguments.size}' + ('-rtl' if arguments.rtl else ''))
    folder.mkdir(parents=True, exist_ok=True)
    problems = []
    for name in arguments.only.split(',') if arguments.only else PARTS:
        screen = max(1600, width + 100) * scale, max(1000, height + 100) * scale
        with Session(Options(language), 'gallery', screen=screen, scale=scale) as session:
            direction = {'HS_LOOK_DIRECTION': 'rtl'} if arguments.rtl else {}
            walk = Gallery(session, folder, (width, height), LOOKS[look] | direction)
            try:
                PARTS[name](walk)
            except Exception:  # pylint: disable=broad-except
                traceback.print_exc()
                problems.append(f'{name}: {" ".join(session.keep_evidence(f"gallery-{name}"))}')
            problems += walk.problems
    (folder / 'problems.txt').write_text(''.join(f'{line}\n' for line in problems), 'utf-8')
    print(f'{folder}: {len(problems)} problems')
    make_sheets(folder)
    return problems


def main(words):
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--language', default='C,zh_CN')
    parser.add_argument('--look', default='light,dark,contrast')
    parser.add_argument('--scale', default='1,2')
    parser.add_argument('--size', default='1280x800')
    parser.add_argument('--rtl', action='store_true', help='from right to left')
    parser.add_argument('--only', default='')
    parser.add_argument('folder')
    arguments = parser.parse_args(words)
    desktop.become_subreaper()
    found = [problem for language, look, scale in itertools.product(
        arguments.language.split(','), arguments.look.split(','), arguments.scale.split(','))
             for problem in walk_by_hand(arguments, language, look, int(scale))]
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
