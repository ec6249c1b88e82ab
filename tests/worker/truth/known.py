# known.py - differences that are known, each with its reason
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""(kinds, minor versions or None for all, fields, reason)"""

# Only these may be called unknown; a number that is given must be right everywhere.
OPENSSL = "OpenSSL's own structures, which only OpenSSL knows"
SQLITE = "a hundred blocks of SQLite's, which only SQLite knows"
DIRECTORY = "the C library's DIR, which only the C library knows"
ZLIB = "the private state of zlib"
EXPAT = "the private structures of Expat"

EXCEPTIONS = (
    (("hash sha256", "hash md5", "hash sha3"), None, ("external", "unknown"), OPENSSL),
    (("sqlite3.Connection",), None, ("external", "unknown"), SQLITE),
    (("scandir",), None, ("external", "unknown"), DIRECTORY),
    (("zlib compressobj", "zlib compressobj used", "zlib decompressobj",
      "zlib decompressobj used"), None, ("unknown",), ZLIB),
    (("XMLParser",), None, ("unknown",), EXPAT),
)


def find_reason(name, minor, field):
    """field: followed by who said it."""
    for kinds, minors, fields, reason in EXCEPTIONS:
        if name in kinds and (minors is None or minor in minors) and (
                field.rpartition(" ")[0] in fields):
            return reason
    return None
