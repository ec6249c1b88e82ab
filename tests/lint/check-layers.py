#!/usr/bin/env python3
"""Fails when a file includes a header that its layer must not know."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import sys

GLIB = r'glib|gio|gobject|gmodule|json-glib'
GTK = r'gtk|gdk|gsk|adwaita|graphene'
DRAWING = r'cairo|pango|png'
PYTHON = r'Python|internal/pycore|structmember|frameobject|cpython/'

# folder: (project folders that it may include, outside headers that it may not)
LAYERS = {
    'core/snapshot': ({'core/snapshot'}, f'{GLIB}|{GTK}|{DRAWING}|{PYTHON}'),
    'core/worker': ({'core/snapshot', 'core/worker'}, f'{GLIB}|{GTK}|{DRAWING}'),
    'core/analysis': ({'core/snapshot', 'core/analysis'}, f'{GTK}|{DRAWING}|{PYTHON}|json-glib'),
    'core/client': ({'core/snapshot', 'core/analysis', 'core/client'}, f'{GTK}|{DRAWING}|{PYTHON}'),
    'core/draw': ({'core/snapshot', 'core/analysis', 'core/draw'}, f'{GTK}|{PYTHON}|json-glib'),
    'core/cli': ({'core/snapshot', 'core/analysis', 'core/client', 'core/draw', 'core/cli'},
                 f'{GTK}|{PYTHON}'),
    'gui': ({'core/snapshot', 'core/analysis', 'core/client', 'core/draw', 'gui'}, PYTHON),
}
# What is private to CPython differs in every version, and is kept in one place.
PRIVATE = re.compile(r'^\s*#\s*(?:include\s+[<"]internal/|define\s+Py_BUILD_CORE)', re.M)
PRIVATE_FILES = re.compile(r'core/worker/hs-py(?:internal|frame)(?:-\w+)?\.c')
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


def main():
    root = pathlib.Path(sys.argv[1])
    headers = {folder: {path.name for path in (root / folder).glob('*.h')} for folder in LAYERS}
    home = {name: folder for folder, names in headers.items() for name in names}
    errors = []

    for folder, (allowed, banned) in LAYERS.items():
        files = sorted((root / folder).glob('*.[ch]'))
        if not files:
            errors.append(f'{folder}: there are no files')
        for path in files:
            name = path.relative_to(root).as_posix()
            text = path.read_text(encoding='utf-8')
            if PRIVATE.search(text) and not PRIVATE_FILES.fullmatch(name):
                errors.append(f'{name}: private headers of CPython are for hs-pyinternal*.c alone')
            for quote, header in INCLUDE.findall(text):
                owner = None
                if quote == '"':
                    owner = folder if header in headers[folder] else home.get(header)
                if (owner is not None and owner not in allowed) or \
                   (owner is None and re.match(banned, header)):
                    errors.append(f'{name}: {folder} must not include {header}')

    print('\n'.join(errors))
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
