# kindtable.py - the table of kinds of objects, and what to do with them
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs fill the table with kind() and setup(), then call main().

PROGRAM oracle     only fills the table
PROGRAM objects    makes one object of each kind and binds it to the name k and its number
PROGRAM getsizeof  the same, then prints what sys.getsizeof says of them
"""

import gc
import json
import sys

# (name, function that prepares and returns the function that makes the object)
KINDS = []

# What the objects were made of.
KEPT = []


def is_version(since, before):
    return (since or (3, 0)) <= sys.version_info[:2] < (before or (4, 0))


def kind(name, make, since=None, before=None):
    """Adds a kind for which nothing has to be prepared."""
    if is_version(since, before):
        KINDS.append((name, lambda: make))


def setup(name, since=None, before=None):
    """Decorates a function that prepares what a kind needs, and returns what makes the object."""

    def add(factory):
        if is_version(since, before):
            KINDS.append((name, factory))
        return factory

    return add


def keeping(name, make, since=None, before=None):
    """Adds a kind whose function is given a list for what must live as long as the object."""

    def factory():
        kept = [None] * 3
        return lambda: make(kept)
    setup(name, since, before)(factory)


def numerous(name, make, since=None, before=None):
    """Adds a kind whose class is written in Python and not made anew.

    By many instances the space for their attributes shrinks to the least.
    """

    def factory():
        for _ in range(40):
            make()
        return make
    setup(name, since, before)(factory)


def make_all(namespace):
    """As the oracle does it: once to fill caches, then for good, free lists being empty."""
    errors = {}
    for i, (name, factory) in enumerate(KINDS):
        try:
            factory()()
            make = factory()
            gc.collect()
            namespace[f"k{i}"] = make()
        except Exception as error:
            errors[name] = repr(error)
        else:
            KEPT.append(make)
    return errors


def main():
    # So that it takes little time to empty the free lists, which only a full collection does.
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000)
    if sys.argv[1:] == ["oracle"]:
        return

    namespace = sys.modules["__main__"].__dict__
    report = {"errors": make_all(namespace)}
    if sys.argv[1:] == ["getsizeof"]:
        report["getsizeof"] = {name: sys.getsizeof(namespace[f"k{i}"])
                               for i, (name, _) in enumerate(KINDS)
                               if name not in report["errors"]}
    print(json.dumps(report))
