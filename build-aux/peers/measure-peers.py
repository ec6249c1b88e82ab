#!/usr/bin/python3
"""What tools say a structure costs, beside what it takes: measure-peers.py [--cli CLI]
[--readme FILE]…

Builds each structure COUNT times over in processes of their own: one that only looks at its
resident memory, which is the truth here, and one for each tool that can be asked. A cell is what
the tool says for one element, and its error. The last row is how many blocks asking has left
behind, by sys.getallocatedblocks() after everything that the tool itself kept is gone.

Writes a Markdown table with the versions of all to standard output; with --readme, between the
marks in that file instead, in Chinese for README.zh_CN.md. A tool that is not installed is left
out, and said to be. On Debian 12: apt install python3-memory-profiler, and a build of
heapscape-cli."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

COUNT = 500_000
BEGIN = '<!-- measure-peers begin -->'
END = '<!-- measure-peers end -->'

# Title in the table, and code that makes the list "kept" of COUNT elements.
CASES = [
    ('instance, 3 attributes', '''
class Point:
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z
kept = [Point(1, 2, 3) for _ in range(COUNT)]
'''),
    ('the same with `__slots__`', '''
class Point:
    __slots__ = ("x", "y", "z")
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z
kept = [Point(1, 2, 3) for _ in range(COUNT)]
'''),
    ('dict of 3 keys', 'kept = [{"x": 1, "y": 2, "z": 3} for _ in range(COUNT)]\n'),
    ('float in a list', 'kept = [i * 0.5 for i in range(COUNT)]\n'),
    ('item of an `array`', 'import array\nkept = array.array("d", bytes(8 * COUNT))\n'),
    ('string of 20 characters', 'kept = ["%020d" % i for i in range(COUNT)]\n'),
    ('one of 100 words, interned', '''
import sys
kept = [sys.intern("word number %d" % (i % 100)) for i in range(COUNT)]
'''),
]

CHINESE = {
    'bytes of one': '一个元素的字节',
    'resident memory: the truth': '常驻内存：真值',
    'recursive getsizeof': '递归 getsizeof',
    'instance, 3 attributes': '实例，3 个属性',
    'the same with `__slots__`': '同上，用 `__slots__`',
    'dict of 3 keys': '3 个键的 dict',
    'float in a list': '列表中的 float',
    'item of an `array`': '`array` 的一项',
    'string of 20 characters': '20 个字符的字符串',
    'one of 100 words, interned': '100 个词之一，已驻留',
    'asking leaves behind': '询问之后留下',
    'nothing': '无',
}

# What each tool does in the process of the structure. "answer" is in bytes, for all of it.
TOOLS = {
    'sys.getsizeof': '''
def ask(kept):
    total = sys.getsizeof(kept)
    if isinstance(kept, list):
        total += sum(sys.getsizeof(item) for item in {id(item): item for item in kept}.values())
    return total
''',
    # As in the recipes that are copied most: whatever has a __dict__ is asked for it.
    'recursive getsizeof': '''
def ask(kept):
    seen = set()
    def size(thing):
        if id(thing) in seen:
            return 0
        seen.add(id(thing))
        total = sys.getsizeof(thing)
        if isinstance(thing, dict):
            total += sum(size(key) + size(value) for key, value in thing.items())
        elif hasattr(thing, "__dict__"):
            total += size(thing.__dict__)
        elif hasattr(thing, "__slots__"):
            total += sum(size(getattr(thing, name)) for name in thing.__slots__)
        elif isinstance(thing, (list, tuple, set)):
            total += sum(map(size, thing))
        return total
    return size(kept)
''',
    'tracemalloc': 'ask = None\n',
    'memory_profiler': 'ask = None\n',
}

CHILD = '''
import gc, json, sys
COUNT = {count}
code = compile({code!r}, "structure.py", "exec")
kind = {kind!r}
{tool}
def rss():
    with open("/proc/self/smaps_rollup") as file:
        for line in file:
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1024
gc.collect()
gc.disable()
space = {{"COUNT": COUNT}}
before_blocks = 0
if kind == "tracemalloc":
    import tracemalloc
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
elif kind == "memory_profiler":
    from memory_profiler import memory_usage
    memory_usage(-1, interval=0.01, timeout=0.02)
    before = memory_usage(-1, interval=0.01, timeout=0.02)[-1]
else:
    before = rss()
exec(code, space)
if kind == "tracemalloc":
    answer = tracemalloc.get_traced_memory()[0] - before
elif kind == "memory_profiler":
    answer = (memory_usage(-1, interval=0.01, timeout=0.02)[-1] - before) * 1024 * 1024
elif ask is None:
    answer = rss() - before
else:
    ask([1]), gc.collect()
    before_blocks = sys.getallocatedblocks()
    answer = ask(space["kept"])
    gc.collect()
    before_blocks = sys.getallocatedblocks() - before_blocks
print(json.dumps({{"answer": answer, "blocks": before_blocks}}))
'''


def in_child(kind, tool, code):
    source = CHILD.format(count=COUNT, code=code, kind=kind, tool=tool)
    result = subprocess.run([sys.executable, '-I', '-c', source], check=True, text=True,
                            capture_output=True, timeout=600)
    return json.loads(result.stdout)


def ask_heapscape(cli, code):
    """Bytes of the structure, and by how many it grew from one snapshot to the next."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, 'structure.py')
        source.write_text(f'COUNT = {COUNT}\n{code}# heapscape: snapshot one\npass\n'
                          '# heapscape: snapshot two\npass\n', encoding='utf-8')
        answers = []
        for moment in 'one', 'two':
            result = subprocess.run([cli, 'run', source, '--json', '-', '--moment', moment,
                                     '--memory-limit', '4096', '--timeout', '300'], check=True,
                                    capture_output=True, text=True, timeout=600)
            names = json.loads(result.stdout)['names']
            answers.append(next(name['deep'] for name in names if name['name'] == 'kept'))
    return {'answer': answers[0], 'blocks': answers[1] - answers[0]}


def get_version(module):
    code = f'import {module}; print(getattr({module}, "__version__", ""))'
    result = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True,
                            check=False)
    return result.stdout.strip() if result.returncode == 0 else None


def describe(value, truth):
    error = (value - truth) / truth * 100
    return f'{value:.1f} ({error:+.0f} %)' if abs(error) >= 0.5 else f'{value:.1f}'


def translate(text, language):
    """Of the table: cells by the list, sentences as they are in that language."""
    if language != 'zh_CN':
        return text
    rows = [' | '.join(CHINESE.get(cell, cell) for cell in line.split(' | '))
            if not line.startswith('| ') else
            '| ' + ' | '.join(CHINESE.get(cell, cell.replace(' blocks for each', ' 个内存块（每个元素）'))
                              for cell in line[2:-2].split(' | ')) + ' |'
            for line in text.splitlines()]
    text = '\n'.join(rows) + '\n'
    for words, chinese in (
            (' of each, the slot in the list or array included; the error is that against resident '
             'memory. Made by ', ' 个元素，含列表或数组中的位置；误差相对于常驻内存。由 '),
            ('measure-peers.py`.', 'measure-peers.py` 生成。'),
            (' Not installed here: ', '此处未安装：')):
        text = text.replace(words, chinese)
    return text


def measure(cli):
    python = platform.python_version()
    columns = {'resident memory': lambda code: in_child('truth', 'ask = None', code)}
    titles = {'resident memory': 'resident memory: the truth'}
    left_out = []
    for name, tool in TOOLS.items():
        if name == 'memory_profiler':
            version = get_version(name)
            if version is None:
                left_out.append(name)
                continue
            titles[name] = f'memory_profiler {version}'
        titles.setdefault(name, f'`{name}`' if '.' in name or name == 'tracemalloc' else name)
        columns[name] = lambda code, kind=name, tool=tool: in_child(kind, tool, code)
    if cli is not None:
        version = subprocess.run([cli, '--version'], check=True, capture_output=True,
                                 text=True).stdout.split()[-1]
        titles['heapscape'] = f'Heapscape {version}'
        columns['heapscape'] = lambda code: ask_heapscape(cli, code)

    rows = [['bytes of one', *(titles[name] for name in columns)],
            ['---', *('---:' for _ in columns)]]
    blocks = dict.fromkeys(columns, 0)
    for title, code in CASES:
        answers = {name: ask(code) for name, ask in columns.items()}
        truth = answers['resident memory']['answer'] / COUNT
        row = [title]
        for name, answer in answers.items():
            value = answer['answer'] / COUNT
            row.append(f'**{value:.1f}**' if name == 'resident memory' else describe(value, truth))
            blocks[name] = max(blocks[name], answer['blocks'])
        rows.append(row)
    rows.append(['asking leaves behind', '–', *(
        f'{blocks[name] / COUNT:.1f} blocks for each' if blocks[name] > COUNT / 100
        else '–' if name in ('tracemalloc', 'memory_profiler') else 'nothing'
        for name in list(columns)[1:])])

    text = '\n'.join('| ' + ' | '.join(row) + ' |' for row in rows)
    count = f'{COUNT:,}'.replace(',', ' ')
    text += (f'\n\nCPython {python}, {platform.machine()}, {count} of each'
             ', the slot in the list or array included; the error is that against resident memory. '
             'Made by `build-aux/peers/measure-peers.py`.')
    if left_out:
        text += ' Not installed here: ' + ', '.join(left_out) + '.'
    return text + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--cli', default=os.environ.get('HEAPSCAPE_CLI'))
    parser.add_argument('--readme', type=pathlib.Path, action='append', default=[])
    options = parser.parse_args()
    table = measure(options.cli)
    for path in options.readme:
        text = path.read_text(encoding='utf-8')
        before, begin, rest = text.partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            sys.exit(f'{path} has no place for the table: {BEGIN} … {END}')
        language = path.suffixes[0][1:]
        path.write_text(f'{before}{BEGIN}\n{translate(table, language)}{END}{after}',
                        encoding='utf-8')
    if not options.readme:
        print(table, end='')
    return 0


if __name__ == '__main__':
    sys.exit(main())
