"""Memory over time: the slider over moments, marked lines, the chart, pages of a mapping."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from harness import scenario, wait_until
from view_scenarios import tab, wait_for_items

MOMENTS = '''import sys
kept = ["apple"]
# heapscape: snapshot few
kept += ["banana", "cherry"]
# heapscape: snapshot more
kept = None
'''

PEAK = '''total = 0
for i in range(3):
    total += i
numbers = [i * i for i in range(300_000)]
total += sum(numbers)
del numbers
total += 1
'''

MAPPED = '''import mmap
mm = mmap.mmap(-1, 64 * mmap.PAGESIZE)
mm[0] = 1
mm[10 * mmap.PAGESIZE] = 2
data = mm.read()
mm.close()
'''


def run(session, code):
    session.run()
    session.paste_code(code)
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Finished; measured in %s.'))


def slider(session):
    return session.window.find('slider', session.tr('Moment'), where=session.is_shown)


def label(session, *words):
    """Waits until the bar of moments says these words."""
    return session.window.find('label', lambda name: all(word in name for word in words),
                               where=session.is_shown)


def line_of_caret(session):
    return session.editor.text[:session.editor.caret].count('\n') + 1


def graph_says(session, *words):
    wait_until(f'{words} in the graph', lambda: all(
        any(word in name for name in session.boxes()) for word in words))


def whole(session):
    """Whether every box is seen."""
    x, y, width, height = session.graph.extents
    return all(x <= left and y <= top and left + wide <= x + width and top + high <= y + height
               for left, top, wide, high in (box.extents for box in session.boxes().values()))


@scenario
def go_through_moments(session):
    run(session, MOMENTS)
    slider(session)
    label(session, session.tr('End', 'moment'))
    wait_for_items(session, 'Graph')
    assert not any('apple' in name for name in session.boxes())

    session.key('alt+comma')
    label(session, 'more')
    graph_says(session, 'apple', 'banana', 'cherry')
    # Wider than the end, and nobody has moved it.
    wait_until('the whole picture', lambda: whole(session))
    session.key('alt+comma')
    label(session, 'few')
    graph_says(session, 'apple')
    wait_until('the others to be gone',
               lambda: not any('banana' in name for name in session.boxes()))
    # There is none before: nothing happens.
    session.key('alt+comma')
    label(session, 'few')

    # Every view is there.
    session.click(tab(session, 'Strings'))
    strings = wait_for_items(session, 'Strings')
    assert any('apple' in name for name in strings)
    session.click_button(session.tr('Next moment'))
    label(session, 'more')
    wait_until('the new text', lambda: any('banana' in name for name in session.items('Strings')))

    # Played to the end.
    session.click_button(session.tr('Play the run'))
    label(session, session.tr('End', 'moment'))
    session.quit()


@scenario
def mark_a_line(session):
    session.run()
    session.paste_code('values = []\nfor i in range(3):\n    values.append(str(i))\n')
    session.click(session.editor)
    session.key('ctrl+Home', 'Down', 'Down', 'F9')
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Finished; measured in %s.'))
    slider(session)
    session.key('alt+comma')
    label(session, (session.tr('Line %u') % 3), '3')
    # No longer marked, there is only the end.
    session.click(session.editor)
    session.key('ctrl+Home', 'Down', 'Down', 'F9', 'ctrl+Return')
    wait_until('the slider to go', lambda: session.window.first(
        'slider', session.tr('Moment'), where=session.is_shown) is None)
    session.quit()


@scenario
def click_the_peak(session):
    run(session, PEAK)
    session.click(tab(session, 'Timeline'))
    items = wait_for_items(session, 'Timeline')
    word = session.tr('Peak %s').split('%s', maxsplit=1)[0].strip()
    peak = next(node for name, node in items.items() if word in name)
    session.click(peak)
    wait_until('its line in the editor', lambda: line_of_caret(session) in (4, 5))
    session.quit()


@scenario
def play_pages(session):
    run(session, MAPPED)
    session.click(tab(session, 'Pages'))
    wait_for_items(session, 'Pages')
    bar = slider(session)
    while session.window.first('push button', session.tr('Previous moment'),
                               where=lambda node: node.has('sensitive')) is not None:
        session.key('alt+comma')
    wait_until('the line that maps', lambda: line_of_caret(session) == 2)
    session.key('alt+period')
    wait_until('the first write', lambda: line_of_caret(session) == 3)
    session.click_button(session.tr('Play the run'))
    wait_until('the end of the run', lambda: line_of_caret(session) == 6)
    assert bar.has('visible')
    session.quit()
