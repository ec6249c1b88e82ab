#!/usr/bin/env python3
"""README, CONTRIBUTING and CHANGELOG keep to the tree: check-project.py ROOT

Links lead to something, both READMEs have the same sections, pictures and commands, commands and
their options exist, and the table of other tools is as build-aux/peers/measure-peers.py writes
it."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import ast
import pathlib
import re
import sys

PAGES = ('README.md', 'README.zh_CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md')
READMES = PAGES[:2]
TABLE = re.compile(r'<!-- measure-peers begin -->\n(.*?)<!-- measure-peers end -->', re.S)

problems = []


def complain(page, what):
    problems.append(f'{page}: {what}')


def without_code(text):
    return re.sub(r'^```.*?^```$', '', text, flags=re.S | re.M)


def get_anchors(text):
    """Of headings, as GitHub and GitLab make them."""
    titles = re.findall(r'^#+ (.*)$', without_code(text), re.M)
    return {re.sub(r'[^\w\- ]', '', title.lower()).strip().replace(' ', '-') for title in titles}


def check_links(root, page, text):
    for link in re.findall(r'\]\(([^)\s]+)\)', without_code(text)):
        if re.match(r'https?:', link):
            continue
        path, _, anchor = link.partition('#')
        target = root / path if path else root / page
        if not target.exists():
            complain(page, f'{link} leads to nothing')
        elif anchor and anchor not in get_anchors(target.read_text(encoding='utf-8')):
            complain(page, f'{link}: there is no such heading')


def get_commands(text):
    """Lines of shell, without their remarks, which are in the language of the page."""
    lines = []
    for block in re.findall(r'^```sh\n(.*?)^```$', text, re.S | re.M):
        lines += [line.partition('  #')[0].rstrip() for line in block.splitlines() if line.strip()]
    lines += [code for code in re.findall(r'`((?:build-aux/|heapscape-cli )[^`]*)`', text)]
    return lines


def check_command(root, page, line):
    words = line.split()
    if words[0].startswith('build-aux/'):
        if not (root / words[0]).is_file():
            complain(page, f'{words[0]} does not exist')
        return
    for word in words:
        if re.match(r'(resources|core|tests)/\S+\.\w+$', word) and not (root / word).exists():
            complain(page, f'{word} in “{line}” does not exist')
    if not words[0].endswith('heapscape-cli'):
        return

    source = ''.join(path.read_text(encoding='utf-8') for path in (root / 'core/cli').glob('*.c'))
    if len(words) > 1 and words[1].isalpha() and f'"{words[1]}"' not in source:
        complain(page, f'heapscape-cli has no command {words[1]}')
    for option in re.findall(r' --([a-z-]+)', line):
        if option not in ('help', 'version') and f'"{option}"' not in source:
            complain(page, f'heapscape-cli has no option --{option}')


def get_shape(text):
    """What both languages have in common: depths of headings, pictures, columns of tables."""
    shape = []
    for line in without_code(text).splitlines():
        if line.startswith('#'):
            shape.append(line.split()[0])
        elif line.startswith('|'):
            shape.append('|' * (len(re.split(r'(?<!\\)\|', line)) - 1))
        shape += re.findall(r'!\[[^\]]*\]\(([^)]+)\)', line)
    return shape


def check_readmes(texts):
    shapes = [get_shape(texts[page]) for page in READMES]
    for number, (first, second) in enumerate(zip(*shapes)):
        if first != second:
            complain(READMES[1], f'part {number} is {second}, in {READMES[0]} {first}')
            break
    if len(shapes[0]) != len(shapes[1]):
        complain(READMES[1], 'does not have the headings, tables and pictures of ' + READMES[0])
    commands = [[line for line in get_commands(texts[page])] for page in READMES]
    for line in set(commands[0]) ^ set(commands[1]):
        complain('the READMEs', f'“{line}” stands in one only')


def check_table(root, page, text):
    script = ast.parse((root / 'build-aux/peers/measure-peers.py').read_text(encoding='utf-8'))
    cases = next(node.value.elts for node in script.body if isinstance(node, ast.Assign)
                 and node.targets[0].id == 'CASES')
    found = TABLE.search(text)
    rows = [line for line in found[1].splitlines() if line.startswith('|')] if found else []
    # The titles, the line below them, and what asking leaves behind.
    if len(rows) != len(cases) + 3:
        complain(page, 'the table of other tools is not the one of measure-peers.py: run it')
        return
    if not re.search(r'Heapscape \d+\.\d+', rows[0]) or 'CPython 3.' not in found[1]:
        complain(page, 'the table of other tools does not say the versions')
    for row in rows[2:-1]:
        if not re.match(r'\|[^|]+\| \*\*\d+\.\d\*\* (\| \d+\.\d( \([+-]\d+ %\))? )+\|$', row):
            complain(page, f'measure-peers.py writes no such row: {row}')


def main(root):
    texts = {page: (root / page).read_text(encoding='utf-8') for page in PAGES}
    for page, text in texts.items():
        check_links(root, page, text)
        for line in get_commands(text):
            check_command(root, page, line)
    check_readmes(texts)
    for page in READMES:
        check_table(root, page, texts[page])
    version = re.search(r"^  version: '(.*)'", (root / 'meson.build').read_text(encoding='utf-8'),
                        re.M)[1]
    if f'\n## [{version}]' not in texts['CHANGELOG.md']:
        complain('CHANGELOG.md', f'says nothing of {version}')

    print('\n'.join(problems))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
