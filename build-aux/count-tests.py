#!/usr/bin/env python3
"""Adds up the results that meson left: count-tests.py FAILURES JUNIT-FILE…

FAILURES are those that happened outside of meson (a build that failed). Ends
with the line "N passed, N failed" and a status of 1 if anything failed or if a
file is missing.
"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
import xml.etree.ElementTree as ElementTree


def main():
    failed = int(sys.argv[1])
    passed = skipped = 0

    for path in sys.argv[2:]:
        try:
            root = ElementTree.parse(path).getroot()
        except (OSError, ElementTree.ParseError) as error:
            print(f'{path}: no results: {error}')
            failed += 1
            continue
        for case in root.iter('testcase'):
            name = f"{case.get('classname', '')} {case.get('name', '')}"
            if case.find('failure') is not None or case.find('error') is not None:
                failed += 1
                print(f'failed: {name}')
            elif case.find('skipped') is not None:
                skipped += 1
                print(f'skipped: {name}')
            else:
                passed += 1

    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
