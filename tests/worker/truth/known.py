# known.py - differences that are known, each with its reason
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""(kinds, minor versions or None for all, fields, reason)"""

# Only these may be called unknown; a number that is given must be right everywhere.
LIBRARIES = {
    "OpenSSL's own structures, which only OpenSSL knows": (
        "hash sha256", "hash md5", "hash sha3", "hash sha1", "hash sha512", "hash shake",
        "MemoryBIO", "SSLContext"),
    "blocks of SQLite's, which only SQLite knows": (
        "sqlite3.Connection", "Blob of sqlite", "Cursor of sqlite in the middle"),
    "the C library's DIR, which only the C library knows": ("scandir",),
    "the private state of zlib": (
        "zlib compressobj", "zlib compressobj used", "zlib compressobj flushed",
        "zlib decompressobj", "zlib decompressobj used", "zlib decompressobj at its end",
        "zlib decompressor"),
    "the private state of libbz2": (
        "bz2 compressor", "bz2 compressor used", "bz2 decompressor", "bz2 decompressor used",
        "bz2 decompressor half used"),
    "the private state of liblzma": (
        "lzma compressor", "lzma decompressor", "lzma decompressor used"),
    "the private structures of Expat": ("XMLParser", "expat parser"),
    "what a capsule leads to, which only its maker knows": ("capsule",),
    "the private state of the tokenizer": ("tokens of C",),
}

EXCEPTIONS = tuple((kinds, None, ("external", "unknown"), reason)
                   for reason, kinds in LIBRARIES.items())


def find_reason(name, minor, field):
    """field: followed by who said it."""
    for kinds, minors, fields, reason in EXCEPTIONS:
        if name in kinds and (minors is None or minor in minors) and (
                field.rpartition(" ")[0] in fields):
            return reason
    return None
