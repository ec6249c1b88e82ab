#!/usr/bin/env python3
"""Checks what every file of the project must have: licence, length, width."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import subprocess
import sys

MAX_LINES = {'.c': 800, '.h': 600, '.py': 800, '.ui': 250}
MAX_COLUMNS = 100
# A line comment, not one inside a text such as "https://…".
LINE_COMMENT = re.compile(r'^\s*//|;\s*//')
OPEN_WORK = re.compile(r'\b(TODO|FIXME|XXX)\b')


def tracked_files(root):
    try:
        names = subprocess.run(['git', '-C', str(root), 'ls-files', '-z'], check=True,
                               capture_output=True, text=True).stdout.split('\0')
    except (OSError, subprocess.CalledProcessError):
        return [path for path in root.glob('**/*') if path.is_file()
                and not path.relative_to(root).parts[0].startswith(('build', '.'))
                or 'build-aux' in path.parts]
    return [root / name for name in names if name and (root / name).is_file()]


def check(path, name):
    text = path.read_text(encoding='utf-8')
    lines = text.split('\n')

    if path.suffix in MAX_LINES and len(lines) > MAX_LINES[path.suffix]:
        yield f'{name}: {len(lines)} lines, at most {MAX_LINES[path.suffix]}: a second concept?'
    if not text.endswith('\n') and text:
        yield f'{name}: no newline at the end'
    is_example = name.startswith('resources/examples/')
    is_ours = path.suffix in ('.c', '.h', '.py') and not is_example
    if is_ours and 'SPDX-License-Identifier' not in text:
        yield f'{name}: no SPDX licence line'
    for number, line in enumerate(lines, 1):
        if path.suffix in ('.c', '.h', '.py') and len(line) > MAX_COLUMNS:
            yield f'{name}:{number}: {len(line)} columns'
        if path.suffix in ('.c', '.h') and LINE_COMMENT.search(line):
            yield f'{name}:{number}: line comment, use /* */'
        if path.suffix in ('.c', '.h') and OPEN_WORK.search(line):
            yield f'{name}:{number}: open work belongs in an issue'
        if line != line.rstrip() and path.suffix in ('.c', '.h', '.py', '.ui', '.build'):
            yield f'{name}:{number}: blanks at the end'


def main():
    root = pathlib.Path(sys.argv[1])
    errors = []
    for path in tracked_files(root):
        if path.suffix in ('.c', '.h', '.py', '.ui', '.build', '.css', '.xml'):
            errors += check(path, str(path.relative_to(root)))
    print('\n'.join(errors))
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
