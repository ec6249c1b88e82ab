#!/usr/bin/env python3
"""Fails unless every translation is valid and complete, and POTFILES names
exactly the files that have something to translate."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import subprocess
import sys
import tempfile


def run(*args):
    result = subprocess.run([str(arg) for arg in args], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


def main():
    root = pathlib.Path(sys.argv[1])
    po = root / 'po'
    errors = []

    sys.path.insert(0, str(root / 'build-aux'))
    from update_po import extract, translatable_files

    listed = (po / 'POTFILES').read_text(encoding='utf-8').split()
    found = translatable_files(root)
    for name in sorted(set(found) ^ set(listed)):
        errors.append(f'po/POTFILES: {name} is {"missing" if name in found else "not needed"}')
    if listed != sorted(listed):
        errors.append('po/POTFILES: not sorted')

    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / 'heapscape.pot'
        extract(root, pot)
        for language in (po / 'LINGUAS').read_text(encoding='utf-8').split():
            catalogue = po / f'{language}.po'
            for command in (['msgfmt', '--check', '--statistics', '-o', '/dev/null', catalogue],
                            ['msgcmp', catalogue, pot]):
                status, output = run(*command)
                if status != 0 or 'untranslated' in output or 'fuzzy' in output:
                    errors.append(f'{command[0]} {catalogue.name}: {output.strip()}')

    print('\n'.join(errors))
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
