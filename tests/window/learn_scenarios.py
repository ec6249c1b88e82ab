"""Lessons: from the list of examples to the answers."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import re

from harness import scenario, wait_until
from look_scenarios import look_at

# A comparison takes its time twenty times or so; this is a hang guard.
COMPARE_SECONDS = 60


def open_lesson(session, title):
    """By the Learn page."""
    session.key('ctrl+l')
    row = session.window.find('list item', lambda name: session.tr(title) in name,
                              where=session.is_shown)
    session.click_settled(row)


def lesson(session):
    return session.window.find('panel', session.tr('Lesson'))


def choices(session):
    panel = session.window.first('panel', session.tr('Lesson'))
    return list(panel.all('radio button')) if panel is not None else []


def count(session, role, name):
    return len(list(lesson(session).all(role, name, where=session.is_shown)))


@scenario
def learn_slots(session):
    """Predict, compare, read the answers; the page says what was measured."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    session.key('ctrl+l')
    wait_until('the page', lambda: session.window.first('list', tr('Eight techniques')))
    look_at(session, session.window, 'the page of examples')
    session.key('Escape')
    wait_until('the code', lambda: session.is_shown(session.editor))

    open_lesson(session, 'What __slots__ saves')
    wait_until('the code', lambda: 'SlottedNode' in session.editor.text)
    wait_until('the questions', lambda: len(choices(session)) == 5)
    session.status(tr('Predict, then compare'))
    look_at(session, session.window, 'a lesson')

    # Where the dict comes from: the second is right; how an instance grows: the first is wrong.
    session.click(choices(session)[1])
    session.click(choices(session)[2])
    session.type_into(lesson(session).find('text', tr('Your guess')), '43')
    session.key('ctrl+shift+Return')

    session.status(tr('%1$u of %2$u right').replace('%1$u', '2').replace('%2$u', '3'),
                   seconds=COMPARE_SECONDS)
    assert count(session, 'label', tr.pattern('Right. Measured: %s')) == 2
    assert count(session, 'label', tr.pattern('Not so. Measured: %s')) == 1
    assert not any(choice.has('sensitive') for choice in choices(session))
    assert count(session, 'image', tr('Holds in this measurement')) > 3
    assert count(session, 'image', tr('Does not hold in this measurement')) == 0
    look_at(session, session.window, 'the answers')

    # A link leads to the view with its option.
    session.window.find('push button', re.compile(r'(cliff|断崖|悬崖|台阶)').search).act()
    wait_until('the layout', lambda: session.is_shown(session.picture('Layout')))

    session.key('ctrl+l')
    session.window.find('label', lambda name: 'slots' in name and '3.' in name and
                        re.search(r'\d+\s?%', name), where=session.is_shown)
    session.key('ctrl+l')
    session.click_button(tr('Close the lesson'))
    wait_until('the lesson to go', lambda: not choices(session))
    session.quit()


@scenario
def learn_by_keys(session):
    """From the page to an answer without a pointer."""
    tr = session.tr
    session.run()
    session.program.allows_slider_remark = True
    session.key('ctrl+l')
    wait_until('the page', lambda: session.window.first('list', tr('Eight techniques')))
    first = session.window.find('list item', lambda name: tr('A first tour: references and sharing')
                                in name)
    wait_until('the focus', lambda: session.has_focus(first))
    session.key('Down', 'Return')
    wait_until('the code', lambda: 'NodeWithoutSlots' in session.editor.text)
    wait_until('the focus', lambda: session.has_focus(session.editor))
    assert not choices(session)
    session.quit()
