#!/usr/bin/python3
"""Heapscape's real window, under a display of its own, by pointer, keys and
accessible tree: test_window.py [--language LANGUAGE] [SCENARIO…]

In case of failure the screen, the accessible tree and the program's messages
are kept in the build folder. HS_WINDOW_KEEP=1 keeps them in any case."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import sys

# Each adds its scenarios.
import access_scenarios  # noqa: F401 pylint: disable=unused-import
import compare_scenarios  # noqa: F401 pylint: disable=unused-import
import direction_scenarios  # noqa: F401 pylint: disable=unused-import
import editor_scenarios  # noqa: F401 pylint: disable=unused-import
import file_scenarios  # noqa: F401 pylint: disable=unused-import
import gallery  # noqa: F401 pylint: disable=unused-import
import graph_scenarios  # noqa: F401 pylint: disable=unused-import
import idle_scenarios  # noqa: F401 pylint: disable=unused-import
import learn_scenarios  # noqa: F401 pylint: disable=unused-import
import look_scenarios  # noqa: F401 pylint: disable=unused-import
import permit_scenarios  # noqa: F401 pylint: disable=unused-import
import run_scenarios  # noqa: F401 pylint: disable=unused-import
import snapshot_scenarios  # noqa: F401 pylint: disable=unused-import
import session_scenarios  # noqa: F401 pylint: disable=unused-import
import story_scenarios  # noqa: F401 pylint: disable=unused-import
import survive_scenarios  # noqa: F401 pylint: disable=unused-import
import time_scenarios  # noqa: F401 pylint: disable=unused-import
import transfer_scenarios  # noqa: F401 pylint: disable=unused-import
import view_scenarios  # noqa: F401 pylint: disable=unused-import
from harness import main

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
