#!/usr/bin/python3
# test-shapes.py - the first instances of a class, long lists and deep nesting
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-shapes.py WORKER [unittest options]"""

import collections
import json
import subprocess
import sys
import unittest

from heapworker import run

WORKER = None
ABOUT = None

# What is asked for an instance with two attributes, by its number among those of its class: main
# block and values (Objects/dictobject.c, new_values(); 3.13: _PyObject_InitInlineValues()). The
# table was measured with a hook in the allocator.
REQUESTED = {
    (3, 11): {1: (56, 264), 2: (56, 256), 9: (56, 192), 17: (56, 120), 25: (56, 48), 26: (56, 40),
              27: (56, 32), 28: (56, 32), 30: (56, 32), 60: (56, 32)},
    (3, 12): {1: (48, 264), 2: (48, 256), 9: (48, 192), 17: (48, 120), 25: (48, 48), 26: (48, 40),
              27: (48, 32), 28: (48, 32), 30: (48, 32), 60: (48, 32)},
    (3, 13): {1: (328,), 2: (320,), 9: (256,), 17: (184,), 25: (112,), 26: (104,), 27: (96,),
              28: (88,), 30: (88,), 60: (88,)},
}
SHARED_KEYS = 768

INSTANCES = """
class Pair:
    def __init__(self):
        self.x = 1
        self.y = 2

items = [Pair() for i in range(60)]
"""

LINKED = """
class Node:
    __slots__ = ("value", "next")

def link(n):
    head = None
    for i in range(n):
        node = Node()
        node.value = None
        node.next = head
        head = node
    return head

head = link({n})
"""

NESTED = """
def nest(n):
    outer = inner = []
    for i in range(n - 1):
        inner.append([])
        inner = inner[0]
    return outer

outer = nest({n})
"""

# Neither ends while the interpreter takes it apart: that alone would need a deep stack.
CYCLES = """
class Node:
    pass

first = node = Node()
for i in range({n} - 1):
    node.next = Node()
    node.next.previous = node
    node = node.next
node.next = first
first.previous = node
"""


def round_up(size):
    return (size + 15) // 16 * 16


class ShapeTest(unittest.TestCase):
    def snapshot(self, source, **options):
        result = run(WORKER, source, timeout=120, **options)
        self.assertEqual(result.status, "ok", str(result))
        return result.snapshot

    @property
    def version(self):
        return tuple(int(part) for part in ABOUT["minor"].split("."))

    def test_first_instances(self):
        snapshot = self.snapshot(INSTANCES)
        items = [edge.to for edge in snapshot["items"].edges]
        for ordinal, requested in REQUESTED[self.version].items():
            with self.subTest(ordinal=ordinal):
                self.assertEqual([block.occupied for block in items[ordinal - 1].blocks],
                                 [round_up(size) for size in requested])

    def test_first_instances_with_ledger(self):
        snapshot = self.snapshot(INSTANCES, ledger=True)
        items = [edge.to for edge in snapshot["items"].edges]
        for ordinal, requested in REQUESTED[self.version].items():
            with self.subTest(ordinal=ordinal):
                self.assertEqual([block.requested for block in items[ordinal - 1].blocks],
                                 list(requested))
        keys = [block.requested for block in snapshot["Pair"].blocks if block.kind == "shared-keys"]
        self.assertEqual(keys, [SHARED_KEYS])

    def get_types(self, snapshot):
        """How many objects of each type there are, and the bytes of all their blocks."""
        names = [snapshot.string(offset) for offset in snapshot.columns["TNAM"]]
        type_of = snapshot.decode("OTYP")
        counts = collections.Counter(names[i] for i in type_of)
        occupied = collections.Counter()
        for of_type, size in zip(type_of, snapshot.decode("OOCC")):
            occupied[names[of_type]] += size
        for index, size in zip(snapshot.columns["BOBJ"], snapshot.decode("BOCC")):
            occupied[names[type_of[index]]] += size
        return counts, occupied

    def follow(self, snapshot, start, label, n):
        """Whether a chain of references is as long as that, edge by edge."""
        targets = snapshot.columns["EDST"]
        edges = snapshot.columns["OEDG"]
        late = dict(zip(snapshot.columns["LOBJ"], range(len(snapshot.columns["LOBJ"]))))
        kinds = snapshot.columns["OTYP"]
        index = start.index
        for _ in range(n - 1):
            first, end = edges[index], edges[index + 1]
            if first == end and index in late:
                first, end = (snapshot.columns["LEDG"][late[index] + i] for i in (0, 1))
            found = [targets[i] for i in range(first, end) if kinds[targets[i]] == kinds[index]]
            self.assertEqual(len(found), 1, f"{label} of {index}")
            index = found[0]

    def test_linked_list(self):
        n = 1_000_000
        snapshot = self.snapshot(LINKED.format(n=n))
        counts, occupied = self.get_types(snapshot)
        self.assertEqual((counts["Node"], occupied["Node"]), (n, n * 48))
        self.assertEqual(snapshot.objects_seen, snapshot.n_objects)
        self.follow(snapshot, snapshot["head"], "next", n)

    def test_deep_nesting(self):
        n = 100_000
        snapshot = self.snapshot(NESTED.format(n=n))
        counts, occupied = self.get_types(snapshot)
        # The innermost one is empty; append() makes room for four.
        self.assertEqual((counts["list"], occupied["list"]), (n, n * 64 + (n - 1) * 32))
        self.follow(snapshot, snapshot["outer"], "0", n)

    def test_large_cycle(self):
        n = 200_000
        snapshot = self.snapshot(CYCLES.format(n=n))
        counts, occupied = self.get_types(snapshot)
        self.assertEqual(counts["Node"], n)
        each = {(3, 11): 64 + 32, (3, 12): 48 + 32, (3, 13): 96}[self.version]
        self.assertAlmostEqual(occupied["Node"] / n, each, delta=0.1)
        self.assertIs(snapshot["first"].get("previous").get("next"), snapshot["first"])


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    ABOUT = json.loads(subprocess.run([WORKER, "--describe"], check=True,
                                      capture_output=True).stdout)
    unittest.main()
