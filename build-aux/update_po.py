#!/usr/bin/env python3
"""Brings po/ up to date with the sources: POTFILES and every catalogue.

Run it after a change of user-visible text, then translate what `msgfmt
--statistics` reports as untranslated.
"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import subprocess
import sys

MARKS = {
    '.c': re.compile(r'\b(_|N_|C_|NC_|Q_|ngettext|dngettext|g_dngettext|g_dpgettext2?)\s?\('),
    '.ui': re.compile(r'translatable="(yes|true)"'),
    '.in': re.compile(r'^(Name|Comment|Keywords|GenericName)=|<summary|<caption', re.M),
}
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'Q_:1g', 'g_dngettext:2,3', 'ngettext:1,2',
            'g_dcgettext:2', 'g_dpgettext2:2c,3']


def translatable_files(root):
    """Paths below @root of the files with translatable text, sorted."""
    names = []
    for folder in ('core', 'gui', 'resources'):
        for path in sorted((root / folder).glob('**/*')):
            mark = MARKS.get(path.suffix)
            if mark and path.is_file() and mark.search(path.read_text(encoding='utf-8')):
                names.append(str(path.relative_to(root)))
    return sorted(names)


def extract(root, pot):
    """Writes the template @pot of all translatable text below @root."""
    command = ['xgettext', '--from-code=UTF-8', '--add-comments=translators', '--no-wrap',
               '--sort-by-file', '--package-name=heapscape', '--directory', str(root),
               '--flag=_:1:pass-c-format', '--flag=N_:1:pass-c-format',
               '--flag=g_dngettext:2:pass-c-format', '--flag=g_dngettext:3:pass-c-format',
               '--flag=g_strdup_printf:1:c-format', '--flag=g_set_error:4:c-format',
               '--flag=g_string_append_printf:2:c-format', '-o', str(pot)]
    command += [f'--keyword={keyword}' for keyword in KEYWORDS]
    subprocess.run(command + translatable_files(root), check=True)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    po = root / 'po'
    pot = po / 'heapscape.pot'

    (po / 'POTFILES').write_text('\n'.join(translatable_files(root)) + '\n', encoding='utf-8')
    extract(root, pot)
    for language in (po / 'LINGUAS').read_text(encoding='utf-8').split():
        catalogue = po / f'{language}.po'
        if catalogue.exists():
            subprocess.run(['msgmerge', '--update', '--backup=off', '--no-fuzzy-matching',
                            '--no-wrap', '--sort-by-file', str(catalogue), str(pot)], check=True)
        else:
            subprocess.run(['msginit', '--no-translator', '--no-wrap', '-l', f'{language}.UTF-8',
                            '-i', str(pot), '-o', str(catalogue)], check=True)
        subprocess.run(['msgattrib', '--no-obsolete', '--no-wrap', '-o', str(catalogue),
                        str(catalogue)], check=True)
        subprocess.run(['msgfmt', '--check', '--statistics', '-o', '/dev/null', str(catalogue)],
                       check=False)
    pot.unlink()
    return 0


if __name__ == '__main__':
    sys.exit(main())
