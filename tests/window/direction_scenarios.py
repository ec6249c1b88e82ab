"""Other scripts and languages: nothing that cannot be translated, nothing that breaks when it is
read from right to left."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import re

from accessible import COMPONENT
from gallery import PARTS, Gallery
from harness import Translator, scenario
from pseudo import LANGUAGE, OPEN, make_catalog

# Texts that are the same in every language: (where, text, reason).
SAME = tuple((where, re.compile(text), reason) for where, text, reason in (
    (r'', r'[\W\d_]*', 'numbers and signs'),
    (r'', r'[−+~<≥±]? ?[\d.,\s]+ ?(B|[KMGT]iB|%|s|ms|µs|ns|×)', 'values with their units'),
    (r'', r'(Heapscape|Python( \d[\w.+]*)?|\d\.\d+[\w.+]*|main|PNG|SVG|PDF)', 'names'),
    (r'', r'.*(/|\.py|\.heapscape\b).*', 'files and folders'),
    (r'/scene|/textview|/GtkSourceView|gutter', r'.*', 'code and what it wrote'),
    (r'editor-font|GtkFontButton|font_button', r'.*', 'fonts'),
    (r'GtkFileChooser|AdwAboutWindow|GtkFontChooser', r'.*', 'windows of GTK and libadwaita'),
    (r'/legal_box', r'(?s:.*)', 'the licence, in the words of libadwaita'),
    (r'GtkPrintUnixDialog', r'(?s:.*)', 'the window of GTK for printers'),
    (r'/schemes', r'.*', 'styles of GtkSourceView'),
    (r'GtkSourceCompletion.*/typed_text', r'.*', 'words of the code'),
    (r'', r'Copy|Cut|Delete|Insert Emoji|Paste|Redo|Select All|Undo|Change Case|'
     r'All Upper Case|All Lower Case|Invert Case|Title Case', 'the menu of GTK and GtkSourceView'),
    (r'', r'(Close|Maximize|Minimize)( the window)?', 'the buttons of the title bar'),
    (r'HsLessonPanel/.*content', r'.*', 'lessons, which have a file for each language'),
    (r'variant_chooser', r'[A-Z]  \w+', 'names of variants, from the code'),
    (r'help_overlay/headerbar', r'.*', 'the title of the window of shortcuts, which is GTK\'s'),
    (r'GtkShortcutLabel|/shortcut/|keycap|GtkShortcutsWindow/(headerbar|box)', r'.*',
     'keys, which GTK names'),
    (r'modelbutton|/accelerator|popover.*label', r'(Shift|Ctrl|Alt)\+.*|[A-Z]\d+', 'keys'),
))


# Where it is worth the time to ask for what only a screen reader says.
SPOKEN_STEPS = ('empty', 'find-and-replace', 'learn', 'view-graph', 'view-pages', 'console-input',
                'notice-refused', 'lesson', 'comparison')


def is_same(path, text):
    return any(re.search(where, path) and regex.fullmatch(text) for where, regex, _ in SAME)


def untranslatable(walk):
    """What was seen without a mark."""
    for text in sorted({(text, path.rpartition('/')[0][-60:], name)
                        for name, _, path, kind, text in walk.seen
                        if text.strip() and OPEN not in text and not is_same(path, text)}):
        yield text


def accessible_texts(session):
    """Names and descriptions that a screen reader would say of the main window's own parts. Items
    of pictures are values as well as words; labels were seen."""
    lesson = session.window.first('panel', session.tr('Lesson'))
    of_lesson = set(lesson.walk()) if lesson is not None else set()
    for node in session.window.walk():
        if node in of_lesson:
            continue
        if COMPONENT not in node.interfaces or not session.is_shown(node):
            continue
        for text in (node.name, node.description):
            if text and OPEN not in text and not re.match(r'^(Gtk|Adw|Hs)[A-Z]', text) and \
                    node.role not in ('text', 'list item', 'label') and not is_same('', text):
                yield f'{node.role}: {text!r}'


def add_scenarios(name, part):
    def pseudo(session):
        folder = session.folder / 'locale'
        folder.mkdir()
        make_catalog(session.options.source, folder)
        session.tr = Translator(LANGUAGE, folder)
        walk = Gallery(session, None, (1280, 800),
                       {'LANGUAGE': LANGUAGE, 'HS_LOOK_LOCALE': str(folder)})
        spoken = set()

        def listen(step):
            if step in SPOKEN_STEPS:
                spoken.update(accessible_texts(session))

        walk.listener = listen
        part(walk)
        problems = [f'{text!r} in …{path} ({step})' for text, path, step in untranslatable(walk)]
        problems += sorted(spoken)
        assert not problems, '\n'.join(problems)

    def mirrored(session):
        walk = Gallery(session, None, (1280, 800), {'HS_LOOK_DIRECTION': 'rtl'})
        part(walk)
        assert not walk.problems, '\n'.join(walk.problems)

    for prefix, function in ('pseudo', pseudo), ('mirrored', mirrored):
        function.__name__ = f'{prefix}_{name}'
        scenario(function)


for part_name, part_function in PARTS.items():
    add_scenarios(part_name, part_function)
