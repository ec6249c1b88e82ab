# known.py - differences that are known, each with its reason
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""(name of the kind, minor versions or None for all, fields, reason)"""

EXCEPTIONS = ()


def find_reason(name, minor, field):
    for kind, minors, fields, reason in EXCEPTIONS:
        if kind == name and (minors is None or minor in minors) and field in fields:
            return reason
    return None
