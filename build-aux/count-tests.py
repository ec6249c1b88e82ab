#!/usr/bin/env python3
"""Adds up the results that meson left: count-tests.py FAILURES BUILD-FOLDER…

FAILURES are those that happened outside of meson (a build that failed). Ends
with the line "N passed, N failed" and a status of 1 if anything failed or if a
folder has no results.
"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

GOOD = ('OK', 'EXPECTEDFAIL')


def subtests(logs):
    """For each test program its subtests: name to [passed, failed, skipped].

    What is said here of a program that crashed halfway is what it did until
    then: testlog.json alone knows that it crashed.
    """
    counts = {}
    for case in ElementTree.parse(logs / 'testlog.junit.xml').getroot().iter('testcase'):
        count = counts.setdefault(case.get('classname', '').partition('.')[2], [0, 0, 0])
        if case.find('failure') is not None or case.find('error') is not None:
            count[1] += 1
        elif case.find('skipped') is not None:
            count[2] += 1
        else:
            count[0] += 1
    return counts


def count_folder(folder):
    """Passed, failed and skipped of one build folder; prints what did not pass."""
    logs = pathlib.Path(folder) / 'meson-logs'
    total = [0, 0, 0]
    known = subtests(logs)

    for line in (logs / 'testlog.json').read_text(encoding='utf-8').splitlines():
        test = json.loads(line)
        count = known.get(test['name'], [0, 0, 0])
        if test['result'] == 'SKIP':
            count = [0, 0, 1]
        elif test['result'] in GOOD:
            count = count if sum(count) > 0 else [1, 0, 0]
        else:
            count = [count[0], max(count[1], 1), count[2]]
            print(f"failed: {test['name']} ({test['result']})")
        total = [a + b for a, b in zip(total, count)]
        if count[2]:
            print(f"skipped: {test['name']}: {count[2]}")
    return total


def main():
    passed, failed, skipped = 0, int(sys.argv[1]), 0

    for folder in sys.argv[2:]:
        try:
            count = count_folder(folder)
        except (OSError, ValueError, ElementTree.ParseError) as error:
            print(f'{folder}: no results: {error}')
            count = (0, 1, 0)
        passed, failed, skipped = passed + count[0], failed + count[1], skipped + count[2]

    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
