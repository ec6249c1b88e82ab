#!/usr/bin/env python3
"""Fails when clang-format would change a file. Skips without version 14,
which .clang-format is written for."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import shutil
import subprocess
import sys

SKIP = 77


def main():
    root = pathlib.Path(sys.argv[1])
    program = shutil.which('clang-format-14') or shutil.which('clang-format')
    version = subprocess.run([program, '--version'], capture_output=True, text=True,
                             check=False).stdout if program else ''
    if 'version 14.' not in version:
        print('clang-format 14 is not installed')
        return SKIP

    files = sorted(str(path) for folder in ('core', 'gui', 'tests')
                   for path in (root / folder).glob('**/*.[ch]'))
    return subprocess.run([program, '--dry-run', '-Werror', *files], check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
