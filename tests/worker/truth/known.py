# known.py - differences that are known, each with its reason
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""(kinds, minor versions or None for all, field without its source, reason)"""

EXCEPTIONS = (
    (("hash sha256", "hash md5", "hash sha3"), None, "external",
     "OpenSSL's own structure, which only OpenSSL knows"),
    (("sqlite3.Connection",), None, "external", "a hundred blocks that only SQLite knows"),
    (("scandir",), None, "external", "the C library's DIR, which only the C library knows"),
)


def find_reason(name, minor, field):
    for kinds, minors, known_field, reason in EXCEPTIONS:
        if name in kinds and (minors is None or minor in minors) and (
                field.rpartition(" ")[0] or field) == known_field:
            return reason
    return None
