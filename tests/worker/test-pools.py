#!/usr/bin/python3
# test-pools.py - the pools of pymalloc in snapshots
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-pools.py WORKER [unittest options]

Pools are compared with the blocks of the objects, with the sums of the ledger, and with what
sys._debugmallocstats() prints in the same process.
"""

import collections
import os
import sys
import textwrap
import unittest

from heapworker import MIB, run

WORKER = None
BASELINE = 0

CHURN = """
    import random

    random.seed(1)
    keep = [bytes(random.randrange(700)) for i in range(30000)]
    for i in range(0, 30000, 3):
        keep[i] = None
    for i in range(0, 30000, 7):
        keep[i] = {i: str(i), str(i): [i] * (i % 90)}

    class Point:
        def __init__(self, i):
            self.i = i
            self.text = "x" * i

    points = [Point(i) for i in range(3000)]
    del points[::2]
    numbers = {i * 1.5 for i in range(20000)}
    for i in range(20000):
        numbers.discard(i * 1.5)
"""


def count(bits):
    return bin(bits).count("1")


class PoolsTest(unittest.TestCase):
    maxDiff = None

    def take(self, source, **options):
        self.result = run(WORKER, textwrap.dedent(source), **options)
        self.assertIsNotNone(self.result.snapshot, self.result)
        return self.result.snapshot

    def check(self, snapshot):
        """What holds for every snapshot in which nothing is left out. Returns the pools."""
        memory, pools = snapshot.memory, snapshot.pools
        self.assertEqual((memory.n_arenas_left_out, memory.n_pools_without_map), (0, 0))
        self.assertEqual(len(pools) * memory.pool_size, snapshot.arena_bytes)
        self.assertEqual([pool.address for pool in pools], sorted(pool.address for pool in pools))
        self.assertEqual({pool.address % memory.pool_size for pool in pools}, {0})

        for pool in pools:
            self.assertNotEqual(pool.state, "damaged")
            if pool.state != "in-use":
                continue
            self.assertIn(pool.block_size, range(16, 513, 16))
            self.assertLessEqual(pool.n_touched, pool.n_blocks)
            self.assertLess(pool.used, 1 << pool.n_touched)
            self.assertEqual(count(pool.used), pool.n_used)
            if pool.baseline is not None:
                self.assertEqual(count(pool.baseline), pool.n_baseline)
                self.assertEqual(pool.baseline & ~pool.used, 0)
        self.assertEqual(sum(pool.n_used * pool.block_size for pool in pools),
                         snapshot.arena_bytes - snapshot.arena_free_bytes)
        return pools

    def check_objects(self, snapshot, pools):
        """Each block of an object is in use, and is where blocks of its size are. Returns how many
        lie in pools."""
        header = snapshot.memory.pool_header
        size = snapshot.memory.pool_size
        by_address = {pool.address: pool for pool in pools}
        n = 0
        for thing in snapshot.objects:
            for block in thing.blocks:
                pool = by_address.get(block.address - block.address % size)
                if pool is None:
                    continue
                offset = block.address - pool.address - header
                self.assertEqual((pool.state, pool.block_size, offset % pool.block_size),
                                 ("in-use", block.occupied, 0), thing)
                i = offset // pool.block_size
                self.assertTrue(pool.used >> i & 1, thing)
                if pool.baseline is not None:
                    self.assertEqual(pool.baseline >> i & 1, block.site == BASELINE, thing)
                n += 1
        return n

    def check_ledger(self, snapshot, pools):
        """The same blocks as in the ledger, of the code and from before it."""
        memory, before = snapshot.memory, snapshot.site(BASELINE)
        in_pools = sum(pool.n_used for pool in pools)
        self.assertEqual(in_pools + memory.large_blocks, snapshot.counts.live_blocks)
        self.assertEqual(sum(pool.n_baseline for pool in pools) + memory.large_baseline_blocks,
                         before.live_blocks)

        # A block may be shrunk by a quarter, and stays where it is.
        occupied = sum(pool.n_used * pool.block_size for pool in pools)
        requested = snapshot.counts.live_bytes - memory.large_bytes
        self.assertLessEqual(requested, occupied)
        self.assertGreaterEqual(requested, occupied * 3 // 4 - 16 * in_pools)
        self.assertLessEqual(before.live_bytes - memory.large_baseline_bytes, requested)
        self.assertGreaterEqual(before.live_bytes, memory.large_baseline_bytes)

    def test_without_ledger(self):
        snapshot = self.take(CHURN)
        pools = self.check(snapshot)
        self.assertGreater(self.check_objects(snapshot, pools), 20000)
        self.assertEqual({pool.baseline for pool in pools}, {None})
        self.assertEqual(snapshot.memory.large_blocks, 0)

    def test_ledger(self):
        for options in ({"ledger": True}, {"ledger_lines": True}):
            with self.subTest(options):
                snapshot = self.take(CHURN, **options)
                pools = self.check(snapshot)
                self.check_ledger(snapshot, pools)
                self.assertGreater(self.check_objects(snapshot, pools), 20000)

    def test_all_objects(self):
        snapshot = self.take("import json\n" + textwrap.dedent(CHURN), ledger_lines=True,
                             all_objects=True)
        pools = self.check(snapshot)
        self.check_ledger(snapshot, pools)
        n = self.check_objects(snapshot, pools)
        # Nearly everything in pools is a block of an object.
        self.assertGreater(n, sum(pool.n_used for pool in pools) * 0.8)

    def test_large(self):
        """What the code has outside of arenas: 100 blocks of 1000 bytes and one of a megabyte."""
        empty = self.take("x = [None] * 100\n", ledger=True).memory
        full = self.take("x = [None] * 100\nfor i in range(100):\n"
                         f"    x[i] = bytes(967)\ny = bytearray({MIB} - 1)\n", ledger=True).memory
        code = [memory.large_bytes - memory.large_baseline_bytes for memory in (empty, full)]
        blocks = [memory.large_blocks - memory.large_baseline_blocks for memory in (empty, full)]
        self.assertAlmostEqual(blocks[1] - blocks[0], 101, delta=2)
        self.assertAlmostEqual(code[1] - code[0], 100 * 1000 + MIB, delta=4096)

    def test_holes(self):
        """Of blocks that were made one after the other, every second one is given back."""
        snapshot = self.take("x = [object() for i in range(100000)]\ndel x[::2]\n", ledger=True)
        pools = self.check(snapshot)
        checkered = 0
        for pool in pools:
            if pool.block_size == 16 and pool.n_baseline == 0 and pool.n_touched == pool.n_blocks:
                neighbours = count(pool.used & pool.used >> 1)
                if neighbours < 5:
                    self.assertAlmostEqual(pool.n_used, pool.n_touched / 2, delta=5)
                    checkered += 1
        self.assertGreaterEqual(checkered, 100000 // 1021 - 2)

    def test_free_pools(self):
        """What is given back altogether: pools that are free, or arenas that are gone."""
        kept = self.take("x = [object() for i in range(20000)]\n")
        freed = self.take("x = [object() for i in range(20000)]\nx.clear()\n")
        found = [collections.Counter(pool.state for pool in self.check(snapshot))
                 for snapshot in (kept, freed)]
        self.assertGreaterEqual(found[0]["in-use"] - found[1]["in-use"], 17)
        if freed.arena_bytes == kept.arena_bytes:
            self.assertGreaterEqual(found[1]["free"] - found[0]["free"], 17)

    def test_untouched(self):
        """Blocks behind the last that was given out are no holes."""
        snapshot = self.take("x = [bytes(460) for i in range(1000)]\n", ledger=True)
        pools = [pool for pool in self.check(snapshot)
                 if pool.block_size == 496 and pool.n_baseline == 0]
        self.assertGreater(len(pools), 25)
        partial = [pool for pool in pools if pool.n_touched < pool.n_blocks]
        self.assertLessEqual(len(partial), 1)
        for pool in pools:
            self.assertGreaterEqual(pool.n_used, pool.n_touched - 2)

    def test_interpreters_own_table(self):
        """What the interpreter prints as the code's last act."""
        snapshot = self.take(CHURN + "    import sys\n    sys._debugmallocstats()\n")
        pools = self.check(snapshot)
        table = {}
        for line in self.result.stderr.decode().split("\n"):
            fields = line.split()
            if len(fields) == 5 and all(field.isdigit() for field in fields):
                table[int(fields[1])] = (int(fields[2]), int(fields[3]), int(fields[4]))
        self.assertGreater(len(table), 25)

        for size, (n_pools, n_used, n_free) in table.items():
            of_size = [pool for pool in pools if pool.block_size == size]
            found = (sum(pool.n_used for pool in of_size),
                     sum(pool.n_blocks - pool.n_used for pool in of_size))
            self.assertLessEqual(abs(len(of_size) - n_pools), 1, size)
            self.assertLessEqual(abs(found[0] - n_used), 40, size)
            if len(of_size) == n_pools:
                self.assertEqual(sum(found), n_used + n_free, size)

    def test_damaged(self):
        """A chain of free blocks that never ends, and one that leaves its pool."""
        for target in ("at", "16"):
            with self.subTest(target):
                snapshot = self.take(f"""
                    import ctypes, gc
                    gc.disable()
                    x = [bytes(460) for i in range(1000)]
                    word = ctypes.c_uint64
                    at = id(x[500])
                    x[500] = None
                    word.from_address(at).value = {target}
                    """)
                damaged = [pool for pool in snapshot.pools if pool.state == "damaged"]
                self.assertEqual(len(damaged), 1)
                self.assertEqual((damaged[0].n_used, damaged[0].used), (0, None))

    def test_no_room(self):
        """What does not fit is counted."""
        # 16 MiB are the least there is; this takes twice as much in pools of the smallest size.
        cut = self.take("x = [object() for i in range(2300000)]\n", ledger=True,
                        result_limit=16 * MIB)
        memory = cut.memory
        self.assertGreater(memory.n_pools_without_map, 0)
        self.assertEqual(sum(pool.state == "in-use" and pool.used is None for pool in cut.pools),
                         memory.n_pools_without_map)
        self.assertEqual((len(cut.columns["RADR"]) + memory.n_arenas_left_out) * memory.arena_size,
                         cut.arena_bytes)
        self.assertGreater(memory.n_arenas_left_out, 0)
        self.assertEqual(len(cut.pools), len(cut.columns["RADR"]) * 64)


if __name__ == "__main__":
    WORKER = os.path.abspath(sys.argv.pop(1))
    unittest.main()
