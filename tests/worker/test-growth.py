#!/usr/bin/python3
# test-growth.py - what the resident memory of a process consists of
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-growth.py WORKER [unittest options]

Programs of which it is known what they make resident; and what the kernel tells another process
about one that waits.
"""

import glob
import os
import re
import sys
import textwrap
import unittest

from heaprecord import MEMORIES, MOMENT_BEGIN, MOMENT_END
from heapworker import MARK_BEFORE, MIB, Job, Worker, run

WORKER = None
KIB = 1 << 10
PAGE = 4096
MOMENT_MEMORY = 8
SMALL = 256 * KIB

MAPPINGS = """
    import mmap
    PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    file = open("big", "w+b")
    file.truncate(64 << 20)
    shared = mmap.mmap(file.fileno(), 0)
    for i in range(0, 32 << 20, 4096):
        shared[i] = 1
    copies = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    for i in range(0, 8 << 20, 4096):
        copies[i] = 1
    zero = mmap.mmap(-1, 16 << 20)
    for i in range(0, 4 << 20, 4096):
        zero[i] = 1
    # Neighbours, which the kernel joins.
    many = [mmap.mmap(-1, 1 << 20, flags=PRIVATE) for i in range(12)]
    for m in many[::2]:
        m[:] = b"x" * len(m)
    total = sum(m[0] for m in many)
    class Mine(mmap.mmap):
        pass
    mine = Mine(-1, 2 << 20, flags=PRIVATE)
    mine[:] = b"x" * len(mine)
    closed = mmap.mmap(-1, 8 << 20, flags=PRIVATE)
    closed[:] = b"x" * len(closed)
    closed.close()
"""

# What it makes resident: bytes of a kind, with how much it may be off.
PROGRAMS = {
    "nothing": ("x = 1", {"objects": (0, SMALL)}),
    "lists": ("x = [[i] for i in range(300000)]", {"objects": (300000 * 120, 2 * MIB)}),
    "lists freed": ("x = [[i] for i in range(300000)]\ndel x", {"objects": (0, SMALL)}),
    "lists, half freed": ("x = [[i] for i in range(300000)]\nx = x[::2]",
                          {"objects": (150000 * 120, 2 * MIB),
                           "pool-free": (150000 * 112, 2 * MIB)}),
    "large list": ("x = list(range(1000000))", {"objects": (40000000, MIB)}),
    "bytearrays": ("x = [bytearray(b'x' * (1 << 20)) for i in range(50)]",
                   {"objects": (50 * MIB, MIB)}),
    "kilobytes": ("x = [b'%08d' % i * 125 for i in range(60000)]\nx = x[::3]",
                  {"objects": (20000 * 1056, MIB), "malloc-free": (40000 * 1056, MIB)}),
    "zeros": ("x = bytes(64 << 20)", {"objects": (0, SMALL)}),
    "grown": ("x = bytearray()\nfor i in range(40):\n    x += b'y' * (1 << 20)",
              {"objects": (40 * MIB, MIB)}),
    "mappings": (MAPPINGS, {"mapped-files": (32 * MIB, 256 * KIB),
                            "mapped-anon": ((8 + 4 + 6 + 2) * MIB, 0)}),
    "huge pages": ("""
        import mmap
        PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        written = mmap.mmap(-1, 16 << 20, flags=PRIVATE)
        read = mmap.mmap(-1, 16 << 20, flags=PRIVATE)
        for m in written, read:
            m.madvise(mmap.MADV_HUGEPAGE)
        written[:] = b"x" * len(written)
        total = sum(read[i] for i in range(0, len(read), 4096))
        """, {"mapped-anon": (16 * MIB, 0)}),
    "malloc": ("""
        import ctypes
        library = ctypes.CDLL(None)
        library.malloc.restype = ctypes.c_void_p
        for size in (1 << 20,) * 20 + (5000,) * 2000:
            ctypes.memset(library.malloc(size), 1, size)
        untouched = library.malloc(64 << 20)
        """, {"malloc": (20 * MIB + 2000 * 5008, MIB)}),
    "zlib": ("""
        import zlib
        streams = [zlib.compressobj() for i in range(50)]
        for stream in streams:
            stream.compress(b"abc" * 10000)
        """, {"stacks": (0, SMALL)}),
    "sqlite3": ("""
        import sqlite3
        base = sqlite3.connect(":memory:")
        base.execute("create table t(a, b)")
        base.executemany("insert into t values (?, ?)", ((i, "x" * 100) for i in range(50000)))
        """, {"malloc": (6 * MIB, 2 * MIB)}),
    "threads": ("""
        import threading, time
        kept = []
        def work():
            kept.append([b'x' * 5000 + b'%d' % i for i in range(500)])
            barrier.wait()
            time.sleep(100)
        barrier = threading.Barrier(9)
        for i in range(8):
            threading.Thread(target=work, daemon=True).start()
        barrier.wait()
        """, {"objects": (8 * 500 * 5048, MIB), "stacks": (256 * KIB, 256 * KIB)}),
    "threads that ended": ("""
        import threading, time
        def deep(n):
            return sorted([1], key=lambda x: deep(n - 1) if n else 0)
        def work():
            deep(100)
            barrier.wait()
        threading.stack_size(1 << 20)
        barrier = threading.Barrier(21)
        threads = [threading.Thread(target=work) for i in range(20)]
        for thread in threads:
            thread.start()
        barrier.wait()
        for thread in threads:
            thread.join()
        time.sleep(0.1)
        """, {"objects": (0, 4 * MIB)}),
    "imports": ("import json, decimal, email, http.client, unittest, asyncio, ctypes, sqlite3",
                {"mapped-anon": (0, 0)}),
    "mmap imported twice": ("""
        import sys
        import mmap
        PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        first = mmap.mmap(-1, 4 << 20, flags=PRIVATE)
        del sys.modules["mmap"]
        import mmap
        second = mmap.mmap(-1, 4 << 20, flags=PRIVATE)
        first[:] = second[:] = b"x" * (4 << 20)
        """, {"mapped-anon": (8 * MIB, 0)}),
    "an exception": ("def f(n):\n    f(n - 1) if n else 1 / 0\nf(800)", {"objects": (0, 2 * MIB)}),
}

WAIT = """
import os, time
print("ready", flush=True)
while not os.path.exists("go"):
    time.sleep(0.005)
"""


def get_memory(moment):
    """The bytes by kind; the unexplained ones are signed."""
    memory = dict(zip(MEMORIES, moment.memory))
    if memory["unexplained"] >= 1 << 63:
        memory["unexplained"] -= 1 << 64
    return memory


def read_smaps(pid):
    """Of each area its name, RSS and what of it is anonymous, in bytes."""
    areas = []
    with open(f"/proc/{pid}/smaps", encoding="utf-8", errors="replace") as file:
        for line in file:
            if re.match("[0-9a-f]+-[0-9a-f]+ ", line):
                areas.append({"name": line[73:].strip(), "mode": line.split()[1]})
            elif line.startswith(("Rss:", "Anonymous:")):
                areas[-1][line.split(":")[0]] = int(line.split()[1]) * KIB
    return areas


class GrowthTest(unittest.TestCase):
    def check_moment(self, moment, base=None):
        self.assertTrue(moment.flags & MOMENT_MEMORY)
        memory = get_memory(moment)
        self.assertEqual(sum(memory.values()), moment.rss)
        unexplained = memory["unexplained"] - (get_memory(base)["unexplained"] if base else 0)
        growth = moment.rss - (base.rss if base else 0)
        self.assertLess(abs(unexplained), max(0.05 * abs(growth), SMALL), memory)
        return memory

    def get_ends(self, result):
        self.assertIsNotNone(result.record, result)
        self.assertIn(result.status, ("ok", "exception"), result)
        begin, end = result.record.moments[0], result.record.moments[-1]
        self.assertEqual((begin.kind, end.kind), (MOMENT_BEGIN, MOMENT_END), result)
        return begin, end

    def check_program(self, source, expected, **options):
        result = run(WORKER, textwrap.dedent(source), record=True, **options)
        begin, end = self.get_ends(result)
        before, after = self.check_moment(begin), self.check_moment(end, begin)
        for what, (wanted, tolerance) in expected.items():
            growth = after[what] - before[what]
            self.assertLessEqual(abs(growth - wanted), tolerance, (what, growth, after))
        return begin, end

    def test_programs(self):
        for name, (source, expected) in PROGRAMS.items():
            with self.subTest(name):
                self.check_program(source, expected, ledger_lines=True)

    def test_without_ledger(self):
        """Blocks of malloc() are then nobody's in particular."""
        for name, (source, expected) in PROGRAMS.items():
            with self.subTest(name):
                arenas = {what: wanted for what, wanted in expected.items()
                          if what not in ("objects", "malloc", "malloc-free")}
                self.check_program(source, arenas)
        begin, end = self.check_program(PROGRAMS["bytearrays"][0], {"objects": (0, SMALL)})
        growth = get_memory(end)["malloc"] - get_memory(begin)["malloc"]
        self.assertLess(abs(growth - 50 * MIB), MIB)

    def test_examples(self):
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "resources",
                              "examples")
        paths = sorted(glob.glob(os.path.join(folder, "*.py")))
        self.assertNotEqual(paths, [])
        for path in paths:
            with self.subTest(os.path.basename(path)), open(path, "rb") as file:
                result = run(WORKER, file.read(), record=True, ledger_lines=True, pages=True)
                begin, end = self.get_ends(result)
                self.check_moment(end, begin)

    def test_marks(self):
        """A snapshot is ours, and is not in the sums of its own moment."""
        source = ("x = [[i] for i in range(100000)]\ny = 1\n"
                  "z = [[i] for i in range(100000)]\nw = 2\n")
        marks = [(line, line, MARK_BEFORE, None, 10) for line in (2, 3, 4)]
        result = run(WORKER, source, record=True, ledger_lines=True, marks=marks)
        moments = result.record.moments
        self.assertEqual([moment.line for moment in moments[1:4]], [2, 3, 4], result)
        for moment in moments[1:]:
            self.check_moment(moment, moments[0])
        memories = [get_memory(moment) for moment in moments]
        for i, n in ((1, 100000), (2, 100000), (3, 200000), (4, 200000)):
            growth = memories[i]["objects"] - memories[0]["objects"]
            self.assertLess(abs(growth - n * 120), 2 * MIB)

    def test_from_outside(self):
        """What the kernel says to another process while the code waits."""
        source = textwrap.dedent(MAPPINGS) + "kept = [[i] for i in range(100000)]\n" + WAIT
        worker = Worker(WORKER, Job(source, record=True, ledger_lines=True))
        while b"ready" not in worker.result.stdout:
            self.assertIsNotNone(worker.receive(), worker.result)
        areas = read_smaps(worker.pid)
        with open(os.path.join(worker.scratch.name, "go"), "wb"):
            pass
        end = self.get_ends(worker.finish())[1]
        memory = self.check_moment(end)

        def add_up(what, condition):
            return sum(area[what] for area in areas if condition(area))

        def is_of_file(area):
            return area["name"].endswith("/big")

        def is_library(area):
            return (area["name"].startswith("/") and not is_of_file(area) and
                    "(deleted)" not in area["name"] and "heapscape-worker" not in area["name"])

        self.assertLess(abs(add_up("Rss", lambda area: True) - end.rss), SMALL)
        of_file = add_up("Rss", is_of_file)
        copies = add_up("Anonymous", is_of_file)
        self.assertEqual(memory["mapped-files"], of_file - copies)
        self.assertEqual(memory["mapped-anon"],
                         copies + add_up("Rss", lambda area: area["name"].startswith("/dev/zero"))
                         + 8 * MIB)
        stack = add_up("Rss", lambda area: area["name"] == "[stack]")
        self.assertLess(abs(memory["stacks"] - stack), 32 * KIB)
        libraries = add_up("Rss", is_library)
        self.assertGreaterEqual(memory["libraries"] + 64 * KIB, libraries)
        self.assertLess(memory["libraries"] - libraries, 2 * MIB)
        ours = add_up("Rss", lambda area: "heapscape-result" in area["name"])
        self.assertGreaterEqual(memory["own"] + 64 * KIB, ours)
        # What is left is the memory of allocators, and what we reserved for ourselves.
        allocated = sum(memory[what] for what in ("objects", "pool-free", "arena-free", "frames",
                                                  "malloc", "malloc-free"))
        heap = add_up("Rss", lambda area: area["name"] == "[heap]")
        anonymous = add_up("Rss", lambda area: area["name"] == "")
        self.assertGreaterEqual(allocated, heap)
        self.assertLessEqual(allocated, heap + anonymous - 8 * MIB + SMALL)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    WORKER = sys.argv.pop(1)
    if os.environ.get("HS_ASAN") == "1":
        sys.exit(77)
    unittest.main()
