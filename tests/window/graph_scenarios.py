"""The picture: pointing, walking, zooming, searching, exporting."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import struct
import zlib

from harness import scenario, wait_until

CODE = '''words = ["apple", "banana", "cherry"]
basket = {"words": words, "price": 12.5}
again = words
print("ready")
'''


def draw(session, code=CODE, *arguments, **environment):
    session.run(*arguments, **environment)
    session.paste_code(code)
    session.click(session.editor)
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Finished; measured in %s.'))
    wait_until('the graph', lambda: len(session.boxes()) >= 3)
    return steady(session)


def steady(session, title='Graph'):
    """The items of a view, once nothing moves any more."""
    last = None

    def unmoved():
        nonlocal last
        now = {name: node.extents for name, node in session.items(title).items()}
        before, last = last, now
        return now == before

    wait_until('the picture to stand still', unmoved)
    return session.items(title)


def box(session, word):
    for name, node in session.boxes().items():
        if word in name:
            return node
    raise LookupError(f'no box {word!r}')


def selected(session, title='Graph'):
    return [name for name, node in session.items(title).items() if node.has('selected')]


@scenario
def select_boxes(session):
    draw(session)
    session.click(box(session, 'dict'), 0.5, 0.1)
    wait_until('the dict to be selected', lambda: [
        name for name in selected(session) if 'dict' in name])

    # Right: to what it refers to; left: back.
    session.key('Right')
    wait_until('another box', lambda: selected(session) and 'dict' not in selected(session)[0])
    session.key('Left')
    wait_until('the way back', lambda: selected(session) and 'dict' in selected(session)[0])
    session.key('Home')
    first = wait_until('the first box', lambda: selected(session))
    session.key('End')
    wait_until('the last box', lambda: selected(session) and selected(session) != first)
    session.quit()


@scenario
def hover_for_facts(session):
    draw(session)
    before = set(session.input.windows())
    session.hover(box(session, 'list'), 0.5, 0.15)
    wait_until('a tooltip', lambda: set(session.input.windows()) - before)
    session.quit()


@scenario
def zoom_and_pan(session):
    draw(session)
    graph = session.graph
    width = box(session, 'list').extents[2]

    session.click(graph, 0.02, 0.98)
    session.input.move(*session.place(graph))
    session.input.wheel(2, 'ctrl')
    wait_until('larger boxes', lambda: box(session, 'list').extents[2] > width * 1.1)
    larger = box(session, 'list').extents[2]
    session.input.wheel(-3, 'ctrl')
    wait_until('smaller boxes', lambda: box(session, 'list').extents[2] < larger * 0.9)

    session.key('1')
    wait_until('100 %', lambda: session.window.first('push button', lambda name: '100' in name))
    steady(session)
    x, y = box(session, 'list').extents[:2]
    start = session.place(graph, 0.5, 0.03)
    session.input.drag(start, (start[0] - 60, start[1] + 90))
    wait_until('the boxes to follow the hand', lambda: abs(
        box(session, 'list').extents[0] - (x - 60)) <= 8 and abs(
            box(session, 'list').extents[1] - (y + 90)) <= 8)

    session.key('0')
    left, top, right, bottom = (graph.extents[0], graph.extents[1],
                                graph.extents[0] + graph.extents[2],
                                graph.extents[1] + graph.extents[3])
    wait_until('everything to be seen', lambda: all(
        left <= x and top <= y and x + w <= right and y + h <= bottom
        for x, y, w, h in (node.extents for node in session.boxes().values())))
    session.quit()


@scenario
def search_in_graph(session):
    draw(session)
    session.click(session.graph, 0.02, 0.98)
    # Typed on without a look at the screen.
    session.key('ctrl+f', *'banana')
    wait_until('the found box', lambda: [name for name in selected(session) if 'banana' in name])
    entry = session.window.find(name=session.tr('Find in the picture'), where=lambda node: (
        node.role in ('entry', 'text') and session.is_shown(node)))
    assert session.has_focus(entry) and entry.text == 'banana'
    session.key('Escape')
    wait_until('the focus back in the graph', lambda: session.graph.has('focused'))
    session.quit()


def png_chunks(data):
    """[(kind, content)], with every checksum checked."""
    assert data[:8] == b'\x89PNG\r\n\x1a\n', 'not a PNG'
    position, chunks = 8, []
    while position < len(data):
        length, = struct.unpack('>I', data[position:position + 4])
        body = data[position + 4:position + 8 + length]
        crc, = struct.unpack('>I', data[position + 8 + length:position + 12 + length])
        assert zlib.crc32(body) == crc, 'a damaged PNG'
        chunks.append((body[:4].decode(), body[4:]))
        position += 12 + length
    assert chunks[-1][0] == 'IEND', 'a PNG that was cut'
    return chunks


def png_size(chunks):
    assert chunks[0][0] == 'IHDR'
    return struct.unpack('>II', chunks[0][1][:8])


def check_picture(data):
    width, height = png_size(png_chunks(data))
    assert width > 300 and height > 200, f'{width}×{height}'
    return width, height


@scenario
def export_png(session):
    draw(session)
    target = session.folder / 'home' / 'heap picture.png'
    session.key('ctrl+e')
    dialog = session.dialog(session.tr('Export Picture'))
    session.click_button(session.tr('Export'), dialog)
    save_as(session, target)
    wait_until('the file', target.exists)
    chunks = png_chunks(target.read_bytes())
    check_picture(target.read_bytes())
    texts = {content.split(b'\0')[0].decode() for kind, content in chunks
             if kind in ('tEXt', 'iTXt', 'zTXt')}
    for key in ('Title', 'Software', 'Creation Time', 'Heapscape Python', 'Source Code'):
        assert key in texts, f'no {key} in {texts}'
    session.quit()


def save_as(session, path):
    """Types a whole path into GTK's own file chooser."""
    def focused_field():
        return next((node for window in session.app.children()[1:]
                     for node in window.all(('text', 'entry')) if node.has('focused')), None)

    field = wait_until('the field for the name', focused_field)
    session.key('ctrl+a')
    session.type(str(path))
    wait_until('the name', lambda: field.text == str(path))
    session.key('Return')
    session.expect_one_window()


@scenario
def copy_picture(session):
    draw(session)
    session.key('ctrl+shift+c')

    def clipboard():
        return session.output_of('xclip', '-selection', 'clipboard', '-t', 'image/png', '-o',
                                 check=False)

    check_picture(wait_until('a picture in the clipboard', clipboard))
    session.quit()


@scenario
def dark_mode(session):
    draw(session, CODE, ADW_DEBUG_COLOR_SCHEME='prefer-dark')
    dark = session.brightness(session.graph)
    editor = session.brightness(session.editor)
    assert dark < 100 and editor < 100, f'graph {dark:.0f}, editor {editor:.0f}'
    session.quit()
