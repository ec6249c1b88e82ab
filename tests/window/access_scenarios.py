"""The keyboard comes everywhere and out again; text may be large."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import signal
import typing

from gallery import Gallery
from harness import called, scenario, wait_until
from story_scenarios import opened, wait_for_end
from view_scenarios import wait_for_items

EXAMPLE = '02-slots.py'

# They take the focus themselves only if nothing inside does; F8 leads to the handle of a pane.
AROUND = ('GtkScrolledWindow', 'GtkPaned')
# More than any window has.
MOST_STOPS = 120


class Stop(typing.NamedTuple):
    """What can have the focus."""
    widget: str
    native: str
    group: str
    state: str
    kind: str
    name: str

    def __str__(self):
        return f'{self.kind} “{self.name}”'


class Walk:
    """Goes around in the program with one of the keys."""

    def __init__(self, session):
        self.session = session
        self._file = session.folder / 'focus.tsv'

    def start(self, *arguments):
        session = self.session
        preload = session.options.build / 'tests' / 'window' / 'liblook-focus.so'
        session.run(*arguments, LD_PRELOAD=str(preload), HS_FOCUS_FILE=str(self._file))
        session.program.allows_slider_remark = True

    def stops(self):
        self._file.unlink(missing_ok=True)
        os.kill(self.session.program.pid, signal.SIGUSR2)
        wait_until('what can have the focus', self._file.exists)
        return [Stop(*line.split('\t')) for line in self._file.read_text('utf-8').splitlines()]

    def focused(self):
        return next((stop for stop in self.stops() if stop.state), None)

    def step(self, key):
        """Presses it; in the editor, where it is a character, with Ctrl."""
        before = wait_until('the focus', self.focused)
        self.session.key(f'ctrl+{key}' if before.kind == 'GtkSourceView' else key)
        return wait_until(f'{key} to leave {before}', lambda: (
            after := self.focused()) and after.widget != before.widget and after)

    def around(self, where, key, least):
        """Until it comes back to where it began."""
        start = wait_until('the focus', self.focused)
        visited = {}
        for _ in range(MOST_STOPS):
            stop = self.step(key)
            assert stop.widget not in visited, (
                f'{where}: {key} goes around without {start}: {list(map(str, visited.values()))}')
            visited[stop.widget] = stop
            if stop.widget == start.widget:
                break
        else:
            raise AssertionError(f'{where}: {key} does not come back to {start}')
        groups = {stop.group for stop in visited.values()}
        missed = [str(stop) for stop in self.stops()
                  if stop.native == start.native and stop.group not in groups
                  and stop.kind not in AROUND]
        assert not missed, f'{where}: {key} does not lead to {", ".join(missed)}'
        assert len(visited) >= least, f'{where}: only {", ".join(map(str, visited.values()))}'

    def both_ways(self, where, least=4):
        for key in ('Tab', 'shift+Tab'):
            self.around(where, key, least)


@scenario
def tab_through_the_window(session):
    """With a picture; with the field for searches, and the moments of a run."""
    tr = session.tr
    walk = Walk(session)
    walk.start(session.options.source / 'resources' / 'examples' / EXAMPLE)
    session.key('ctrl+Return')
    wait_for_end(session)
    walk.both_ways('the graph', 25)
    session.key('alt+5')
    wait_until('the timeline', lambda: session.is_shown(session.picture('Timeline')))
    session.click(session.editor)
    session.key('ctrl+h')
    session.window.find('text', tr('Replace with'), where=session.is_shown)
    walk.around('the timeline and the search', 'Tab', 25)
    session.quit()


@scenario
def tab_through_dialogs(session):
    tr = session.tr
    walk = Walk(session)
    walk.start(session.options.source / 'resources' / 'examples' / EXAMPLE)
    session.key('ctrl+Return')
    wait_for_end(session)
    button = session.window.find('push button', tr.pattern('Permissions: %s'),
                                 where=session.is_shown)
    before = wait_until('the focus', walk.focused)
    button.find('push button', where=lambda node: 'click' in node.actions).act()
    wait_until('the permissions', lambda: (stop := walk.focused()) and
               stop.native != before.native)
    walk.both_ways('the permissions')
    session.key('Escape')
    wait_until('the focus', lambda: (stop := walk.focused()) and stop.native == before.native)
    for key, title in (('ctrl+comma', 'Preferences'), ('ctrl+e', 'Export Picture'),
                       ('ctrl+alt+t', 'Picture as Text')):
        session.key(key)
        window = opened(session, tr(title))
        pages = [*window.all('page tab', where=session.is_shown)]
        walk.both_ways(title, 2)
        for page in pages[1:]:
            page.act('click')
            wait_until('the page', lambda page=page: page.has('selected'))
            walk.both_ways(f'{title}, {page.name}')
        session.key('Escape')
        session.expect_one_window()
    session.quit()


@scenario
def tab_through_the_lessons(session):
    tr = session.tr
    walk = Walk(session)
    walk.start()
    session.key('ctrl+l')
    first = session.window.find('list item', lambda name: tr(
        'A first tour: references and sharing') in name)
    wait_until('the focus', lambda: session.has_focus(first))
    walk.both_ways('the lessons')
    session.key('Return')
    wait_until('the focus', lambda: session.has_focus(session.editor))
    walk.both_ways('a lesson', 15)
    session.quit()


# At twice the size libadwaita shortens the names of the views and the title of a dialog; the
# tooltip, and the button that says what the dialog is for, are whole.
SHORTENED_BY_LARGE_TEXT = ('AdwViewSwitcherButton', 'HsExportDialog/contents/box/headerbar')
LARGE_SIZE = 1024, 768


@scenario
def bear_large_text(session):
    """Text of twice the size on a screen of 1024×768."""
    tr = session.tr
    # What GTK takes it from, where no settings daemon says it.
    session.output_of('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER',
                      'Xft.dpi:\t192\n')
    walk = Gallery(session, None, LARGE_SIZE)
    walk.start(session.options.source / 'resources' / 'examples' / EXAMPLE)
    assert session.window.extents[2:] == LARGE_SIZE, session.window.extents
    session.key('ctrl+Return')
    wait_for_end(session)
    for number, title in enumerate(('Graph', 'Layout', 'Strings', 'Heap', 'Timeline'), 1):
        session.key(f'alt+{number}')
        wait_for_items(session, title)
        walk.shoot(f'view-{title.lower()}')
    buttons = [node for node in session.window.all('push button', where=session.is_shown)
               if node.extents[1] < 50]
    assert len(buttons) > 8, buttons
    for button in buttons:
        x, _, width, _ = button.extents
        assert 0 <= x and x + width <= LARGE_SIZE[0], f'{button} at {button.extents}'
    assert session.window.first('push button', called(tr('Run')), where=session.is_shown)

    # So have pictures.
    session.key('alt+1', '1')
    wait_until('100 %', lambda: session.window.first('push button', lambda name: '100' in name))
    assert max(node.extents[3] for node in session.graph.children()) > 150

    walk.menu('menu', called(tr('Main menu')))
    walk.menu('permissions', tr.pattern('Permissions: %s'))
    for key, title in ('ctrl+comma', 'Preferences'), ('ctrl+e', 'Export Picture'):
        session.key(key)
        dialog = walk.dialog(title, tr(title))
        assert dialog.extents[2] <= 1024 and dialog.extents[3] <= 768, dialog.extents
        walk.close_dialog()
    session.key('ctrl+l')
    walk.shoot('lessons')
    problems = [problem for problem in walk.problems
                if not any(part in problem for part in SHORTENED_BY_LARGE_TEXT)]
    assert not problems, '\n'.join(problems)
    session.quit()


@scenario
def proposed_words_have_names(session):
    session.run()
    session.paste_code('words = 1\nworlds = 2\nwo')
    session.click(session.editor)
    session.key('ctrl+End')
    session.type('r')
    for word in 'words', 'worlds':
        session.window.find('list item', word, where=session.is_shown)
    session.key('Escape')
    session.quit()
