"""The views of a heap: their tabs, choices, menus, and the selection they share."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from graph_scenarios import CODE, box, draw, png_chunks, save_as, selected, steady
from harness import called, scenario, wait_until

# Something to see in every view.
CODE_WITH_PAGES = CODE + '\nimport mmap\nregion = mmap.mmap(-1, 65536)\n'

ALL_VIEWS = ('Graph', 'Layout', 'Strings', 'Heap', 'Timeline', 'Pages')


def views(session):
    """The titles of those that show a run, in their order; the last shows comparisons."""
    shown = [node.name for node in session.window.all('page tab')]
    assert shown.pop() == session.tr('Compare'), f'the last of {shown}'
    titles = [title for title in ALL_VIEWS if session.tr(title) in shown]
    assert [session.tr(title) for title in titles] == shown, f'there are {shown}'
    return titles


def is_picture(session):
    return session.tr.pattern('Picture: %s')


def tab(session, title):
    return session.window.find('page tab', session.tr(title))


def wait_for_items(session, title):
    """The items of a view, once it is the one that is seen."""
    wait_until(f'the tab of {title}', lambda: tab(session, title).has('selected'))
    picture = session.picture(title)
    wait_until(f'the picture of {title}',
               lambda: session.is_shown(picture) and session.items(title))
    return steady(session, title)


def expect_selected(session, word, title):
    wait_until(f'{word!r} to be selected in {title}', lambda: any(
        word in name for name in selected(session, title)))


def choose(session, item):
    """Clicks on an item of the menu that is open, and waits until it has gone."""
    session.click_settled(session.window.find('menu item', called(item), where=session.is_shown))
    wait_until('the menu to close', lambda: len(session.input.windows()) == 1)


@scenario
def switch_views(session):
    draw(session, CODE_WITH_PAGES)
    titles = views(session)
    for title in (*titles[1:], titles[0]):
        session.click(tab(session, title))
        wait_for_items(session, title)
        wait_until('the other views to go', lambda: len(list(session.window.all(
            'list', is_picture(session), where=session.is_shown))) == 1)
    for number, title in reversed(list(enumerate(titles, 1))):
        session.key(f'alt+{number}')
        wait_for_items(session, title)
        # Twice: from the tools of a view to its picture.
        session.key(f'alt+{number}')
        wait_until('the focus in the picture',
                   lambda title=title: session.picture(title).has('focused'))
    session.key('alt+9')  # There are not so many.
    session.click(session.editor)
    session.key('alt+1')
    wait_until('the focus in the graph', lambda: session.graph.has('focused'))
    session.quit()


@scenario
def share_selection(session):
    draw(session)
    session.click(box(session, 'banana'), 0.5, 0.3)
    expect_selected(session, 'banana', 'Graph')
    session.click(tab(session, 'Strings'))
    wait_for_items(session, 'Strings')
    expect_selected(session, 'banana', 'Strings')
    session.click(tab(session, 'Layout'))
    wait_for_items(session, 'Layout')

    # Back again, with another one.
    session.key('alt+3')
    strings = wait_for_items(session, 'Strings')
    session.click(next(node for name, node in strings.items() if 'cherry' in name))
    expect_selected(session, 'cherry', 'Strings')
    session.key('alt+1')
    wait_for_items(session, 'Graph')
    expect_selected(session, 'cherry', 'Graph')
    session.quit()


@scenario
def menu_by_pointer(session):
    tr = session.tr
    draw(session)
    session.click(box(session, 'apple'), 0.5, 0.3, button=3)
    expect_selected(session, 'apple', 'Graph')
    choose(session, tr('Show in %s') % tr('Strings'))
    wait_for_items(session, 'Strings')
    expect_selected(session, 'apple', 'Strings')

    # Where nothing is, there is no menu.
    session.key('alt+1')
    wait_for_items(session, 'Graph')
    session.click(session.graph, 0.02, 0.98, button=3)
    session.click(session.graph, 0.02, 0.98)
    wait_until('nothing to be selected', lambda: not selected(session))
    assert len(session.input.windows()) == 1
    session.quit()


@scenario
def menu_by_keys(session):
    tr = session.tr
    draw(session)
    session.click(box(session, 'float'), 0.5, 0.3)
    expect_selected(session, 'float', 'Graph')
    for key in ('Menu', 'shift+F10'):
        session.key(key)
        item = session.window.find('menu item', tr.label('_Copy as Text'), where=session.is_shown)
        wait_until('the menu', lambda: len(session.input.windows()) == 2)
        session.key('Escape')
        wait_until('the menu to close', lambda: len(session.input.windows()) == 1)
        wait_until('the focus in the graph', lambda: session.graph.has('focused'))

    session.key('shift+F10')
    item = session.window.find('menu item', tr.label('_Copy as Text'), where=session.is_shown)
    wait_until('the menu', lambda: len(session.input.windows()) == 2)
    # Up from the first goes to the last.
    wait_until('the last item', lambda: item.has('focused') or session.key('Down'))
    session.key('Return')

    def clipboard():
        return session.output_of('xclip', '-selection', 'clipboard', '-o', check=False).decode()

    wait_until('the text in the clipboard', lambda: '12.5' in clipboard())
    session.quit()


@scenario
def ask_about_an_object(session):
    tr = session.tr
    draw(session)
    for question, answer in (('_Why Is It Alive?', lambda text: 'words' in text),
                             ('What Does It _Keep Alive?', tr.pattern(
                                 'It keeps nothing else alive: without it %s would be free.'))):
        session.click(box(session, 'banana'), 0.5, 0.3, button=3)
        choose(session, tr(question))
        button = session.window.find('push button', tr('Close the answer'), where=session.is_shown)
        wait_until('the answer', lambda: answer(button.parent.first('label').name))
        expect_selected(session, 'banana', 'Graph')
    session.click(button)
    wait_until('the answer to go', lambda: not session.is_shown(button))
    wait_until('the picture without an answer', lambda: len(steady(session)) > 3)
    session.quit()


@scenario
def choose_options(session):
    tr = session.tr
    draw(session)
    check = session.window.find('check box', tr('Small Values in Rows'), where=session.is_shown)
    session.click(check, 0.1)
    wait_until('the values in the rows', lambda: not any(
        'apple' in name for name in session.boxes()))
    assert check.has('checked')
    session.click(check, 0.1)
    wait_until('the values in boxes', lambda: any('apple' in name for name in session.boxes()))
    session.click(check, 0.1)
    wait_until('the values in the rows', lambda: not any(
        'apple' in name for name in session.boxes()))

    session.key('alt+3')
    wait_for_items(session, 'Strings')
    sort = session.window.find('push button', lambda name: name.startswith(tr('Sort By')),
                               where=lambda node: session.is_shown(node) and node.actions)
    for choice, word in (('Length', 'banana'), ('Text', 'apple')):
        session.click(sort)
        session.click_settled(session.window.find(
            ('menu item', 'radio menu item'), tr(choice), where=session.is_shown))
        wait_until('the menu to close', lambda: len(session.input.windows()) == 1)
        wait_until('the choice', lambda: tr(choice) in sort.name)
        wait_until('the order', lambda: word in first_string(session))

    # As it was left, in the next window.
    session.key('ctrl+n')
    wait_until('another window', lambda: len(session.app.children()) == 2)
    newest = wait_until('its views', lambda: next((
        frame for frame in session.app.children()
        if frame.first('push button', tr.label('Run the code'), where=session.is_shown)), None))
    assert newest.find('page tab', tr('Strings')).has('selected')
    session.quit()


def first_string(session):
    """What the topmost item of the strings says."""
    items = [(node.extents[1], name) for name, node in session.items('Strings').items()
             if "'" in name]
    return min(items)[1]


@scenario
def search_in_strings(session):
    draw(session)
    session.key('alt+3')
    wait_for_items(session, 'Strings')
    session.click(session.picture('Strings'), 0.98, 0.02)
    session.key('ctrl+f')
    entry = session.window.find(name=session.tr('Find in the picture'), where=lambda node: (
        node.role in ('entry', 'text') and session.is_shown(node)))
    wait_until('the focus in the search', lambda: session.has_focus(entry))
    session.type('cherry')
    expect_selected(session, 'cherry', 'Strings')
    session.key('ctrl+a')
    session.type('mango')
    session.window.find('label', session.tr('Not found'), where=session.is_shown)
    session.key('Escape')
    wait_until('the focus back in the picture',
               lambda: session.picture('Strings').has('focused'))

    # It was found in all views.
    session.key('alt+1')
    wait_for_items(session, 'Graph')
    expect_selected(session, 'cherry', 'Graph')
    session.quit()


@scenario
def export_what_is_seen(session):
    draw(session, CODE_WITH_PAGES)
    texts = {}
    for number, title in enumerate(views(session), 1):
        session.key(f'alt+{number}')
        wait_for_items(session, title)
        for suffix in ('txt', 'png'):
            target = session.folder / 'home' / f'{number}.{suffix}'
            session.key('ctrl+e')
            dialog = session.dialog(session.tr('Export Picture'))
            session.click_button(session.tr('Export'), dialog)
            save_as(session, target)
            wait_until('the file', target.exists)
        texts[title] = (session.folder / 'home' / f'{number}.txt').read_text(encoding='utf-8')
        png_chunks(target.read_bytes())
    assert len(set(texts.values())) == len(texts)
    assert 'banana' in texts['Strings'] and 'banana' in texts['Graph']
    session.quit()
