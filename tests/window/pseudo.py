"""A language that nobody speaks: every text of the program, with marks, so that one that cannot
be translated is seen."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import ast
import pathlib
import re
import subprocess
import sys

LANGUAGE = 'qps'
OPEN, CLOSE = '⟦', '⟧'

_ACCENTS = str.maketrans('aeiouscnAEOUSC', 'àéîöüšçñÀÉØÜŠÇ')
# What has a meaning: placeholders, markup, mnemonics and names between two underscores.
_KEPT = re.compile(r'%(?:\d+\$)?[-+0-9.*]*(?:ll|l|z|h)?[A-Za-z%]|<[^>]*>|&#?\w+;|\\.|__\w+__|_\w')
_STRING = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?(".*")$')


def pseudo(text):
    parts, end = [], 0
    for match in _KEPT.finditer(text):
        parts += [text[end:match.start()].translate(_ACCENTS), match.group()]
        end = match.end()
    inner = ''.join(parts) + text[end:].translate(_ACCENTS)
    # A line end at the beginning or the end is asked for by msgfmt.
    start, stop = len(inner) - len(inner.lstrip('\n')), len(inner.rstrip('\n'))
    return inner[:start] + OPEN + inner[start:stop] + CLOSE + inner[stop:]


def entries(template):
    """{'msgid': …, …} of each text."""
    entry, field = {}, None
    for line in [*template.splitlines(), '']:
        match = _STRING.match(line)
        if match:
            field = match.group(1) or field
            entry[field] = entry.get(field, '') + ast.literal_eval(match.group(2))
        elif not line:
            if entry.get('msgid'):
                yield entry
            entry, field = {}, None


def quoted(text):
    for old, new in ('\\', '\\\\'), ('"', '\\"'), ('\n', '\\n'), ('\t', '\\t'):
        text = text.replace(old, new)
    return f'"{text}"'


def make_catalog(source, folder):
    """Writes LANGUAGE's texts of the sources there, as bindtextdomain() wants them."""
    sys.path.insert(0, str(source / 'build-aux'))
    from update_po import extract  # pylint: disable=import-error,import-outside-toplevel

    template = pathlib.Path(folder) / 'heapscape.pot'
    extract(source, template)
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n'
             'Plural-Forms: nplurals=2; plural=n != 1;\\n"', '']
    for entry in entries(template.read_text('utf-8')):
        if 'msgctxt' in entry:
            lines.append(f'msgctxt {quoted(entry["msgctxt"])}')
        lines.append(f'msgid {quoted(entry["msgid"])}')
        if 'msgid_plural' in entry:
            lines += [f'msgid_plural {quoted(entry["msgid_plural"])}',
                      f'msgstr[0] {quoted(pseudo(entry["msgid"]))}',
                      f'msgstr[1] {quoted(pseudo(entry["msgid_plural"]))}']
        else:
            lines.append(f'msgstr {quoted(pseudo(entry["msgid"]))}')
        lines.append('')
    catalog = pathlib.Path(folder) / LANGUAGE / 'LC_MESSAGES' / 'heapscape.mo'
    catalog.parent.mkdir(parents=True)
    (pathlib.Path(folder) / 'pseudo.po').write_text('\n'.join(lines), 'utf-8')
    subprocess.run(['msgfmt', '-o', str(catalog), str(pathlib.Path(folder) / 'pseudo.po')],
                   check=True)
