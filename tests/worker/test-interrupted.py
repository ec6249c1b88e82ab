#!/usr/bin/python3
# test-interrupted.py - a program that is stopped anywhere leaves a consistent snapshot
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-interrupted.py WORKER [unittest options]

The programs never end. Each is in the middle of something when it is stopped: a list that is being
sorted and is empty meanwhile, a table that is being looked through, an object half made.
"""

import array
import os
import random
import sys
import time
import unittest

from endless_programs import CHURN, PREAMBLE, PROGRAMS
from heapsnapshot import EDGES, POSITIONS
from heapworker import KILLED, OUTPUT, Job, Worker

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
MODES = ({"all_objects": True}, {"ledger_lines": True, "all_objects": True}, {"ledger": True}, {})
SHARED, EXTERNAL = 1, 2
UNKNOWN = (1 << 64) - 1
RESERVED = 1 << 38  # hs-arenas.h: where arenas are, from the base address on


def get_rows(snapshot):
    """(object, first edge, end) for all objects, late ones included."""
    c = snapshot.columns
    for columns in (("OEDG", range(snapshot.n_objects)), ("LEDG", c["LOBJ"])):
        starts = c[columns[0]]
        for i, row in enumerate(columns[1]):
            yield row, starts[i], starts[i + 1]


def get_blocks(snapshot):
    """(start, end, object) of all blocks inside Python's allocators that are listed."""
    c = snapshot.columns
    presizes = [c["TPRE"][i] for i in snapshot.decode("OTYP")]
    base = snapshot.base_address

    def get_end(start, size):
        # Of a chunk of malloc() the word in front, or two, belongs to its size.
        return start + size - (0 if 0 <= start - base < RESERVED else 16)

    starts = (address - presizes[i] for i, address in enumerate(snapshot.decode("OADR")))
    for i, (start, size) in enumerate(zip(starts, snapshot.decode("OOCC"))):
        if 0 < size < UNKNOWN:
            yield start, get_end(start, size), i
    sizes = snapshot.decode("BOCC")
    for i, start in enumerate(snapshot.decode("BADR")):
        if 0 < sizes[i] < UNKNOWN and not c["BFLG"][i] & EXTERNAL:
            yield start, get_end(start, sizes[i]), c["BOBJ"][i]


def check_edges(snapshot):
    c, n = snapshot.columns, snapshot.n_objects
    assert all(target < n for target in c["EDST"]), "an edge leads nowhere"
    assert all(kind < len(EDGES) for kind in c["EKND"])
    texts = [i for i, kind in enumerate(c["EKND"]) if EDGES[kind] not in POSITIONS]
    assert all(c["ELBL"][i] < len(snapshot.strings) for i in texts)
    assert all(target < n for target in c["NOBJ"]) and all(t < n for t in c["KOBJ"])
    for name in ("OEDG", "LEDG", "BOBJ", "OFLD", "LOBJ"):
        assert all(a <= b for a, b in zip(c[name], c[name][1:])), name


def check_blocks(snapshot):
    """No block belongs to two objects, or lies within another."""
    last = (0, 0, None)
    for block in sorted(get_blocks(snapshot)):
        if block[0] < last[1]:
            raise AssertionError(f"{snapshot.object(last[2])} {last[0]:#x}-{last[1]:#x} and "
                                 f"{snapshot.object(block[2])} {block[0]:#x}-{block[1]:#x}")
        last = max(last, block, key=lambda b: b[1])


def check_counts(snapshot):
    """Not more references than are counted. Those that the table of interned strings holds are not
    (Objects/unicodeobject.c)."""
    c = snapshot.columns
    found = array.array("I", bytes(4 * snapshot.n_objects))
    for target in c["EDST"]:
        found[target] += 1
    uncounted = 2 | 4 | 8 | 16 | 32  # immortal, static, interned
    for i, count in enumerate(snapshot.decode("OREF")):
        if found[i] > count and not c["OFLG"][i] & uncounted:
            holders = [(snapshot.object(row), EDGES[c["EKND"][k]], c["ELBL"][k])
                       for row, first, end in get_rows(snapshot) for k in range(first, end)
                       if c["EDST"][k] == i]
            raise AssertionError(f"{snapshot.object(i)} has {count} references, found are "
                                 f"{found[i]}: {holders[:20]}")


def check_snapshot(snapshot):
    assert snapshot.flags == 0, "cut"
    check_edges(snapshot)
    check_blocks(snapshot)
    check_counts(snapshot)


class TestCase(unittest.TestCase):
    def stop(self, source, after, **options):
        """Stops the program so many seconds after it has written its first line."""
        worker = Worker(WORKER, Job(source, timeout=60, **options))
        while worker.receive() != OUTPUT:
            pass
        time.sleep(after)
        worker.stop()
        result = worker.finish()
        self.assertEqual((result.status, result.flags & KILLED), ("cancelled", 0), str(result))
        self.assertEqual(result.stderr, b"")
        self.assertIsNotNone(result.snapshot)
        check_snapshot(result.snapshot)
        return result


class PlacesTest(TestCase):
    def test_places(self):
        chance = random.Random(7)
        for i, (name, source) in enumerate(PROGRAMS.items()):
            for options in (MODES[i % 2], MODES[2 + i % 2]):
                with self.subTest(name, **options):
                    r = self.stop(PREAMBLE + source, chance.uniform(0.1, 0.3), **options)
                    self.assertIn("things", r.snapshot.scope_names())
                    self.assertGreater(r.snapshot.n_objects, 40)

    def test_list_that_is_sorted(self):
        """It is empty meanwhile: its items are where sort() has put them."""
        r = self.stop(PREAMBLE + "items = [object() for i in range(1000)]\n"
                      "while True: items.sort(key=lambda x: spin())\n", 0.2, all_objects=True)
        self.assertEqual([edge for edge in r.snapshot["items"].edges if edge.kind == "index"], [])

    def test_half_made(self):
        r = self.stop("class C:\n    def __init__(self):\n        self.a = [1]; print('ready')\n"
                      "        while True: pass\n        self.b = 2\nC()\n", 0.1)
        instance = r.snapshot.lookup(1, "self")
        self.assertEqual([edge.label for edge in instance.edges if edge.kind == "attribute"], ["a"])

    def test_at_exit(self):
        """The program has ended: its snapshot was taken before."""
        worker = Worker(WORKER, Job("import atexit\nx = [1]\n@atexit.register\ndef f():\n"
                                    "    print('ready')\n    while True: pass\n", timeout=60,
                                    all_objects=True))
        while worker.receive() != OUTPUT:
            pass
        worker.stop()
        result = worker.finish()
        self.assertEqual(result.status, "ok")
        check_snapshot(result.snapshot)
        self.assertIn("x", result.snapshot.scope_names())

    def test_timeout(self):
        worker = Worker(WORKER, Job(PREAMBLE + "while True: things.sort()\n", timeout=0.5,
                                    all_objects=True))
        result = worker.finish()
        self.assertEqual((result.status, result.flags & KILLED), ("timeout", 0), str(result))
        check_snapshot(result.snapshot)


class MomentsTest(TestCase):
    def test_moments(self):
        chance = random.Random(os.getpid())
        for i in range(40):
            after = chance.uniform(0, 0.4)
            with self.subTest(i=i, after=after):
                self.stop(PREAMBLE + CHURN.format(seed=i), after, **MODES[i % 4])


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    unittest.main()
