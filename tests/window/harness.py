"""Heapscape on a desktop of its own, and what a person does with it."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import gettext
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback

import desktop
from accessible import COMPONENT, Node, Waited, wait_until
from desktop import Desktop
from pointer import Input

# Hang guards, never expectations of speed.
SCENARIO_SECONDS = 90
PROGRAM_SECONDS = 30

SKIP = 77

# What GTK itself says on such a bare desktop, whatever the program does.
HARMLESS = re.compile(
    r'Failed to measure available space|Unable to acquire session bus|'
    r'Could not load a pixbuf from icon theme|'
    # The key caps of GTK's own shortcuts window.
    r'GtkLabel 0x[0-9a-f]+ \(label\) reported min width -')
# For the one scenario in which it was seen: the slider of a scrollbar whose view
# changed its text and its size in one frame (gtk_scrolled_window_snapshot in
# the backtrace); it is drawn in the next.
SLIDER_REMARK = re.compile(
    r"Trying to snapshot GtkGizmo 0x[0-9a-f]+ without a current allocation")
COMPLAINT = re.compile(r'WARNING|CRITICAL|ERROR \*\*|AddressSanitizer|runtime error:')

# "_Save", "保存(_S)", shown as "保存(S)"; not "__slots__".
_MNEMONIC = re.compile(r'\(_?[A-Z0-9]\)|(?<!_)_(?=[^\W_])')
_PLACEHOLDER = re.compile(r'%(?:\d+\\\$)?[-+0-9.]*(?:l|ll|z|h)?[sdiuxXcfg]')


def called(wanted):
    """A predicate for the name of a control: but for the underscore of a mnemonic
    and for case, and followed by the label, which GTK 4.8 joins to the name."""
    text = _MNEMONIC.sub('', wanted).casefold()

    def matches(name):
        name = _MNEMONIC.sub('', name).casefold()
        return name == text or name.startswith(f'{text} {text[:2]}')

    matches.__name__ = wanted
    return matches


class Hang(Exception):
    pass


class Translator:
    """The texts of the program in one language. A text that has no translation
    yet is the English one, in the program as here."""

    def __init__(self, language, folder):
        self._own = gettext.translation('heapscape', folder, [language], fallback=True)

    def __call__(self, text, context=None):
        """As it is shown: without the underscore of a mnemonic."""
        own = self._own.pgettext(context, text) if context else self._own.gettext(text)
        return _MNEMONIC.sub('', own)

    def label(self, text, context=None):
        """A predicate for names of buttons: GTK may leave the underscore of the
        mnemonic in them, and joins the label to another name that they have."""
        return called(self(text, context))

    def is_foreign(self, shown):
        """Whether this is an English text that is another one in this language."""
        if not hasattr(self._own, '_catalog'):
            return False
        return self._own.gettext(shown) != shown and not any(
            shown == translation for translation in self._own._catalog.values())

    def pattern(self, text):
        """A predicate for what a format with placeholders makes."""
        expression = _PLACEHOLDER.sub('.*', re.escape(self._own.gettext(text)).replace('%%', '%'))
        return re.compile(expression, re.S).search


class Program:
    """One process of Heapscape."""

    def __init__(self, session, process, log):
        self.session, self.process, self.log = session, process, log

    @property
    def pid(self):
        return self.process.pid

    def is_running(self):
        return self.process.poll() is None

    def children(self):
        """Commands of the processes that it has started and that live."""
        return desktop.descendants(self.pid)

    allows_slider_remark = False

    def messages(self):
        return self.log.read_text(encoding='utf-8', errors='replace')

    def complaints(self):
        return [line for line in self.messages().splitlines()
                if COMPLAINT.search(line) and not HARMLESS.search(line)
                and not (self.allows_slider_remark and SLIDER_REMARK.search(line))]


class Session(Desktop):
    """What the scenarios use."""

    def __init__(self, options, label='window', **screen):
        super().__init__(options.cache, options.language, **screen)
        self.options = options
        self.label = label
        self.tr = Translator(options.language, options.build / 'po')
        self.input = None
        self.program = None
        self.app = None
        self._n_started = 0

    def __enter__(self):
        super().__enter__()
        self.input = Input(self)
        return self

    # Start and end

    def run(self, *arguments, cwd=None, without=None, **environment):
        """Starts the program and waits for its window. without: protections that the system is
        to lack, as deny-calls names them."""
        self._n_started += 1
        log = self.folder / f'program-{self._n_started}.log'
        with log.open('wb') as out:
            command = [str(self.options.program), *map(str, arguments)]
            if without is not None:
                command = [str(self.options.deny_calls), without, *command]
            process = self.start(command, stdout=out, stderr=out, cwd=cwd or self.folder / 'home',
                                 environment=self.environment | environment)
        self.program = Program(self, process, log)

        def find_app():
            if not self.program.is_running():
                raise AssertionError(f'it ended at once:\n{self.program.messages()}')
            return self.bus.program(process.pid)

        self.app = wait_until('the program', find_app, PROGRAM_SECONDS)
        wait_until('its window', self.input.windows, PROGRAM_SECONDS)
        return self.window

    @property
    def window(self):
        """The (first) main window."""
        return self.app.find('frame')

    def dialog(self, title):
        """The window with this title, once it is there."""
        return wait_until(f'the window {title!r}', lambda: next(
            (node for node in self.app.children() if node.name == title), None))

    def expect_one_window(self):
        wait_until('a single window', lambda: len(self.app.children()) == 1)

    @staticmethod
    def toplevel_of(node):
        while node.parent is not None and node.parent.parent is not None:
            node = node.parent
        return node

    def expect_end(self):
        """The program has gone by itself, cleanly, and took everything along."""
        wait_until('the end of the program', lambda: not self.program.is_running(), PROGRAM_SECONDS)
        code = self.program.process.returncode
        assert code == 0, f'it ended with {code}:\n{self.program.messages()}'
        complaints = self.program.complaints()
        assert not complaints, 'it complained:\n' + '\n'.join(complaints)
        wait_until('its helpers to end', lambda: not self.leftovers())
        scratch = [path for path in (self.folder / 'tmp').iterdir()]
        assert not scratch, f'it left {scratch}'

    def quit(self, keep=False):
        """Leaves with Ctrl+Q. keep: the windows, and what was changed in them, come back at the
        next start; else nobody misses it."""
        if os.environ.get('HS_WINDOW_KEEP'):
            self.keep_evidence(self.label)
        self.key('ctrl+q')
        discard = self.tr.label('_Discard')

        def ended():
            if not self.program.is_running():
                return True
            button = self.app.first('push button', discard)
            if button is not None:
                button.act()
            return False

        wait_until('the end of the program', ended, PROGRAM_SECONDS)
        self.expect_end()
        if not keep:
            state = self.folder / 'state' / 'heapscape'
            shutil.rmtree(state / 'drafts', ignore_errors=True)
            (state / 'session').unlink(missing_ok=True)

    # Where things are

    def x_window(self, node):
        """The X window that shows a node, and the node that fills it."""
        sizes = {}
        for window in self.input.windows():
            sizes.setdefault(self.input.geometry(window)[2:], window)
        while node.parent is not None and node.parent.parent is not None:
            if node.role not in ('application', 'frame', 'dialog', 'alert') and \
                    tuple(node.extents[2:]) in sizes:
                return sizes[tuple(node.extents[2:])], node, (0, 0)
            node = node.parent
        return self._toplevel(node)

    def _toplevel(self, node):
        """A window has a border for resizing around what is drawn."""
        _, _, width, height = node.extents
        for window in reversed(self.input.windows()):
            _, _, outer_width, outer_height = self.input.geometry(window)
            left, top = self.input.shadow(window) or ((outer_width - width) // 2,
                                                     (outer_height - height) // 2)
            if self.input.title(window) == node.name and 0 <= outer_width - width < 120 and \
                    0 <= outer_height - height < 120:
                return window, node, (left, top)
        raise Waited(f'no X window for {node}')

    def place(self, node, across=0.5, down=0.5):
        """A point of a node on the screen."""
        window, native, (left, top) = self.x_window(node)
        window_x, window_y, _, _ = self.input.geometry(window)
        x, y, width, height = node.extents
        native_x, native_y, _, _ = native.extents
        return (window_x + left + x - native_x + width * across,
                window_y + top + y - native_y + height * down)

    def is_shown(self, node):
        """Whether it takes up room and nothing around hides it."""
        while node is not None and COMPONENT in node.interfaces:
            if not node.has('visible') or min(node.extents[2:]) <= 0:
                return False
            node = node.parent
        return True

    def brightness(self, node):
        """The mean of what is seen of a node, 0 to 255."""
        x, y = (round(value) for value in self.place(node, 0, 0))
        _, _, width, height = node.extents
        rows = self.screen_rows()[max(y, 0):y + height]
        pixels = b''.join(row[max(x, 0) * 3:(x + width) * 3] for row in rows)
        return sum(pixels) / len(pixels)

    # What a person does

    def click(self, node, across=0.5, down=0.5, button=1, count=1):
        self.input.click(*self.place(node, across, down), button, count)

    def hover(self, node, across=0.5, down=0.5):
        x, y = self.place(node, across, down)
        self.input.move(x - 3, y - 1)
        self.input.move(x, y)

    def key(self, *keys):
        self.input.key(*keys)

    def type(self, text):
        """Types text; line ends are the Return key."""
        for number, line in enumerate(text.split('\n')):
            if number:
                self.key('Return')
            if line:
                self.input.type(line)

    def type_into(self, node, text):
        """Replaces what stands in a field."""
        self.click(node)
        wait_until('the focus', lambda: self.has_focus(node))
        self.key('ctrl+a')
        self.type(text)

    @staticmethod
    def has_focus(node):
        """Of an entry it is the text inside that has it."""
        return node.first(where=lambda inner: inner.has('focused')) is not None

    def click_button(self, name, within=None, **options):
        button = (within or self.app).find(
            ('push button', 'toggle button'), called(name) if isinstance(name, str) else name,
            where=lambda node: self.is_shown(node) and node.has('sensitive'))
        self.click(button, **options)
        return button

    def choose(self, menu_button, item):
        """Opens a menu and clicks on one of its items."""
        button = self.window.find('push button', called(menu_button),
                                  where=lambda node: 'click' in node.actions)
        self.click(button)
        entry = button.parent.find('menu item', called(item), where=self.is_shown)
        self.click_settled(entry)
        # A menu may be longer than the window. Without a window manager the keys go to what is
        # below the pointer.
        self.input.move(*self.place(self.window, 0.35, 0.03))

    def click_settled(self, node):
        """Clicks once a popover that moves stands still."""
        place = None

        def settled():
            nonlocal place
            before, place = place, self.place(node)
            return before == place

        wait_until(f'{node} to stand still', settled)
        self.input.click(*place)

    def click_down(self, view, what, done):
        """Clicks down a text view, more than once on each line, until a click did
        what is wanted: GTK does not tell where a line is."""
        height = view.extents[3]
        for down in range(8, height, 6):
            self.click(view, 0.2, down / height)
            try:
                wait_until(what, done, 0.25)
                return
            except Waited:
                continue
        raise Waited(f'no click led to {what}')

    def paste_code(self, text):
        """Sets the code as a screen reader does; typing is tested elsewhere."""
        editor = self.editor
        editor.set_text(text)
        wait_until('the code', lambda: editor.text == text)

    # What the window is made of

    @property
    def editor(self):
        return self.window.find('text', self.tr('Python source'))

    @property
    def output(self):
        return self.window.find('text', self.tr('Program output'))

    def picture(self, title):
        """The canvas of a view."""
        return self.window.find('list', self.tr('Picture: %s') % self.tr(title))

    def items(self, title):
        return {node.name: node for node in self.picture(title).children()}

    @property
    def graph(self):
        return self.picture('Graph')

    def boxes(self):
        return self.items('Graph')

    def status(self, matches, seconds=15):
        """Waits for a message about the run: a text or a predicate."""
        test = matches if callable(matches) else lambda text: matches in text
        return self.window.find('label', test, where=self.is_shown, seconds=seconds)

    def wait_for_text(self, node, text, seconds=15):
        def contains():
            return text in node.text
        try:
            wait_until(f'{text!r}', contains, seconds)
        except Waited as waited:
            raise Waited(f'{waited}; there is {node.text[:1000]!r}') from None

    def keep_evidence(self, name):
        """The screen, the tree and the messages, in the build folder."""
        base = self.options.evidence / name
        paths = []
        for suffix, write in (('png', self._write_screen), ('tree.txt', self._write_tree),
                              ('log', self._write_log)):
            path = pathlib.Path(f'{base}.{suffix}')
            try:
                write(path)
                paths.append(str(path))
            except Exception as error:  # pylint: disable=broad-except
                print(f'no {path.name}: {error}', file=sys.stderr)
        return paths

    def _write_screen(self, path):
        self.screenshot(path)

    def _write_tree(self, path):
        path.write_text(self.app.dump() if self.app else 'no program\n', encoding='utf-8')

    def _write_log(self, path):
        path.write_text(self.program.messages() if self.program else 'no program\n',
                        encoding='utf-8')


SCENARIOS = {}


def scenario(function):
    """A test: a function of a Session, run by its name."""
    SCENARIOS[function.__name__.replace('_', '-')] = function
    return function


class Options:
    """From the environment that meson gives."""

    def __init__(self, language):
        self.language = language
        self.build = pathlib.Path(os.environ['HS_BUILD_ROOT'])
        self.source = pathlib.Path(os.environ['HS_SOURCE_ROOT'])
        self.program = pathlib.Path(os.environ.get('HS_PROGRAM', self.build / 'heapscape'))
        self.deny_calls = pathlib.Path(os.environ.get(
            'HS_DENY_CALLS', self.build / 'tests' / 'deny-calls'))
        self.evidence = self.build / 'tests' / 'window'
        self.cache = self.evidence / 'cache'
        self.cache.mkdir(parents=True, exist_ok=True)


def _hang(*_):
    raise Hang('the scenario hangs')


def _terminated(*_):
    raise SystemExit(143)


def run_scenario(name, language):
    """0: passed, 1: failed."""
    function = SCENARIOS[name]
    label = name if language == 'C' else f'{name}-{language}'
    start = time.monotonic()
    signal.signal(signal.SIGALRM, _hang)
    try:
        with Session(Options(language), label) as session:
            try:
                signal.alarm(SCENARIO_SECONDS)
                function(session)
                if session.program is not None and session.program.is_running():
                    session.quit()
            except BaseException:
                signal.alarm(60)
                print(f'evidence: {" ".join(session.keep_evidence(label))}', file=sys.stderr)
                raise
            finally:
                signal.alarm(0)
    except Exception:  # pylint: disable=broad-except
        traceback.print_exc()
        print(f'not ok - {label}')
        return 1
    print(f'ok - {label} ({time.monotonic() - start:.1f} s)')
    return 0


def main(arguments):
    """[--language LANGUAGE] [SCENARIO…]: all of them if none is named."""
    language = 'C'
    if arguments[:1] == ['--language']:
        language, arguments = arguments[1], arguments[2:]
    missing = desktop.missing_tools()
    if missing:
        print(f'not installed: {" ".join(missing)}')
        return SKIP
    desktop.become_subreaper()
    signal.signal(signal.SIGTERM, _terminated)
    return max([run_scenario(name, language) for name in arguments or SCENARIOS], default=1)


__all__ = ['Node', 'Session', 'Waited', 'main', 'scenario', 'subprocess', 'wait_until']
