#!/usr/bin/env python3
"""What an object retains is what Python really gives back when it goes: the same
code runs once as it is, and once for each name without that name at the end. Of
all objects of the process then exactly those bytes are missing."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import unittest

from heapscape_cli import CliTestCase

# A full collection also empties the lists of free objects, in which lists, dicts,
# tuples and floats that went would stay allocated.
SOURCE = '''
import collections
import functools
import gc
import sys

class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

class Slotted:
    __slots__ = ("a", "b")
    def __init__(self, a, b):
        self.a = a
        self.b = b

class Node:
    def __init__(self, parent):
        self.parent = parent
        self.children = []

class Alone:
    rows = [f"row {i}" for i in range(50)]
    def method(self):
        return self.rows

def make_tree(parent, depth):
    node = Node(parent)
    if depth > 0:
        node.children += [make_tree(node, depth - 1) for i in range(3)]
    return node

def generate():
    local = [f"local {i}" for i in range(50)]
    yield local

def make_closure():
    data = [f"cell {i}" for i in range(50)]
    def inner():
        return data
    return inner

@functools.lru_cache(maxsize=None)
def cached(key):
    return [key] * 3

strings = [f"string {i}" for i in range(300)]
one = [f"two names {i}" for i in range(100)]
two = one
records = {f"key {i}": [i * 1000, i / 3, (i + 0.5, f"x{i}")] for i in range(100)}
points = [Point(i + 1000, i / 7) for i in range(100)]
slots = [Slotted(i + 5000, f"s{i}") for i in range(100)]
with_dict = [Point(i + 9000, i / 7) for i in range(30)]
for point in with_dict:
    vars(point)
del point
both = [[f"both {i}" for i in range(100)], [f"own {i}" for i in range(10)]]
other = {"both": both[0]}
loop = [f"loop {i}" for i in range(20)]
loop.append(loop)
tree = make_tree(None, 4)
generator = generate()
next(generator)
closure = make_closure()
ordered = collections.OrderedDict((f"o{i}", [i]) for i in range(50))
queue = collections.deque(f"q{i}" for i in range(200))
members = {f"m{i}" for i in range(100)}
frozen = frozenset(f"f{i}" for i in range(100))
partial = functools.partial(print, [f"p{i}" for i in range(30)])
buffer = bytearray(100000)
words = [sys.intern(f"word_{i}") for i in range(100)]
for i in range(50):
    cached(f"cached {i}")
constant = ["a constant of the code"]
names = NAMES

for i, name in enumerate(names):
    if int(sys.argv[1], 16) >> i & 1:
        del globals()[name]
gc.collect()
'''

NAMES = """strings records points slots with_dict both other loop tree generator closure
ordered queue members frozen partial buffer words constant one cached Alone""".split()

# Those that are not as simple.
ODD = ["one", "cached", "Alone"]


def get_sum(data):
    """Bytes of all objects, and of what several of them share."""
    total = 0
    for item in data["objects"]:
        total += item["occupied"] if item["occupied"] is not None else item["occupied_at_least"]
        total += sum(block["occupied"] or 0 for block in item["blocks"]
                     if block["shared"] and not block.get("external"))
    return total


# What a base class knows a subclass by: a weak reference, and an int in its dict.
SUBCLASS = 112


class Retained(CliTestCase):
    def run_without(self, names, *args):
        source = SOURCE.replace("NAMES", repr(NAMES))
        # As long as any other, or else the argument itself would count.
        which = format(sum(1 << NAMES.index(name) for name in names), "08x")
        code, data = self.run_json(source, "--all-objects", "--arg", which, *args)
        self.assertEqual(code, 0, data["stderr"])
        return data

    def get_gone(self, whole, names, *args):
        """Bytes that Python has less without @names."""
        less = self.run_without(names, *args)
        gone = get_sum(whole) - get_sum(less)
        # The ledger's bytes are those asked for.
        asked = whole["memory"]["final_bytes"] - less["memory"]["final_bytes"]
        self.assertLess(asked, gone + 128)
        self.assertGreater(asked, gone * 0.8 - 128)
        return gone

    def check_truth(self, *args, each=False):
        whole = self.run_without([], *args)
        found = {item["name"]: item for item in whole["names"]}
        retained = {name: found[name]["retained"] for name in NAMES}

        # "both" and "other" hold a list together, which goes only with both.
        simple = [name for name in NAMES if name not in ODD + ["both"]]
        self.assertEqual(self.get_gone(whole, simple, *args),
                         sum(retained[name] for name in simple))
        for name in NAMES if each else ():
            if name not in ODD:
                with self.subTest(name):
                    self.assertEqual(self.get_gone(whole, [name], *args), retained[name])

        # "two" holds the same list.
        self.assertEqual(self.get_gone(whole, ["one"], *args), 0)
        self.assertEqual(retained["one"], found["two"]["retained"])

        # A function of the library's, of which not all is known.
        gone = self.get_gone(whole, ["cached"], *args)
        self.assertIsNone(retained["cached"])
        self.assertLessEqual(found["cached"]["retained_at_least"], gone)
        self.assertGreater(found["cached"]["retained_at_least"], gone * 0.95)

        self.assertEqual(self.get_gone(whole, ["Alone"], *args), retained["Alone"] + SUBCLASS)

    def test_truth(self):
        _, out, _ = self.cli("pythons", "--json", "-")
        for i, python in enumerate(json.loads(out)["pythons"]):
            with self.subTest(python["minor"]):
                self.check_truth("--python", python["minor"], each=i == 0)


if __name__ == "__main__":
    unittest.main()
