#!/usr/bin/python3
# test-ledger.py - the ledger knows every block, and the line that allocated it
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-ledger.py WORKER [unittest options]

The ledger is compared with what the allocators themselves keep: the chains of free blocks in
pymalloc's pools, sys.getallocatedblocks(), the C library's chunks; and with tracemalloc in a plain
interpreter of the same version.
"""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from heapworker import run

WORKER = None
ABOUT = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
MIB = 1 << 20

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
    for point in points[:100]:
        vars(point)
    array = bytearray()
    for i in range(5000):
        array += bytes(i % 40)
    del array[1000:]
    numbers = {i * 1.5 for i in range(20000)}
    for i in range(20000):
        numbers.discard(i * 1.5)
"""


class TestCase(unittest.TestCase):
    maxDiff = None

    @property
    def version(self):
        return tuple(int(part) for part in ABOUT["minor"].split("."))

    def check_ledger(self, source, mode="lines", env=None, stdout=None, is_in_place=True):
        """Runs a file under the ledger, and checks what must always be so. Returns the report."""
        with tempfile.TemporaryDirectory(prefix="heapscape-test-") as folder, \
             tempfile.TemporaryFile() as report:
            path = os.path.join(folder, "code.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write(textwrap.dedent(source).lstrip("\n"))
            result = subprocess.run([WORKER, "--check-ledger", mode, path], capture_output=True,
                                    env={**os.environ, **(env or {})}, pass_fds=[3], timeout=120,
                                    preexec_fn=lambda: os.dup2(report.fileno(), 3), check=False)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            report.seek(0)
            found = json.loads(report.read())
        if stdout is not None:
            self.assertEqual(result.stdout.decode(), stdout)
        found["stdout"] = result.stdout.decode()
        if mode != "none":
            self.check_report(found, is_in_place)

        found["lines"] = {}
        for file, function, line, *sums in found.get("sites", []):
            if file == path:
                found["lines"].setdefault(line, []).append((function, *sums))
        return found

    def check_report(self, found, is_in_place):
        self.assertEqual(found["is_in_place"], is_in_place)
        self.assertTrue(found["is_sound"])
        self.assertTrue(found["is_stable"])
        self.assertEqual(found["n_lost"], 0)

        # The same blocks, in each size class.
        for name in ("n_unrecorded", "n_too_large", "n_misfiled", "n_unbacked"):
            self.assertEqual(found[name], 0, name)
        self.assertEqual(found["recorded"], found["pool_blocks"])
        self.assertEqual(sum(found["pool_blocks"]), found["pools"]["blocks"])
        self.assertEqual(found["pools"]["sum"], found["arena_bytes"])
        self.assertLess(found["n_shrunk"], 50)

        # Sums in different ways.
        n_blocks = sum(found[domain]["live_blocks"] for domain in ("raw", "mem", "obj"))
        self.assertEqual(n_blocks, sum(found["recorded"]) + found["n_large"])
        n_bytes = sum(found[domain]["live_bytes"] for domain in ("raw", "mem", "obj"))
        self.assertEqual(found["live_bytes"], n_bytes)
        self.assertGreaterEqual(found["peak_bytes"], n_bytes)
        sites = [sum(site[i] for site in found["sites"]) for i in range(3, 7)]
        self.assertEqual(sites[:2], [n_bytes, n_blocks])
        for i, name in enumerate(("total_bytes", "total_blocks")):
            self.assertEqual(sites[2 + i], found["all"][name])
        baseline = found["sites"][0]
        self.assertEqual(baseline[3:5],
                         [found["baseline"]["live_bytes"], found["baseline"]["live_blocks"]])
        for site in found["sites"]:
            self.assertLessEqual(site[3], site[5])
            self.assertLessEqual(site[4], site[6])


class Blocks(TestCase):
    def test_churn(self):
        for mode in ("counters", "lines"):
            with self.subTest(mode):
                found = self.check_ledger(CHURN, mode)
                self.assertGreater(sum(found["recorded"]), 20000)
                self.assertGreater(min(found["recorded"]), 0)

    def test_library(self):
        source = "import asyncio, decimal, http.client, json, re, unittest\n"
        self.check_ledger(source + "text = json.dumps([{str(i): i} for i in range(2000)])\n")

    def test_same_blocks_with_lines(self):
        counters = self.check_ledger(CHURN, "counters")
        lines = self.check_ledger(CHURN, "lines")
        for name in ("raw", "mem", "obj", "all", "baseline", "recorded", "arena_bytes_max"):
            self.assertEqual(counters[name], lines[name], name)

    def test_interpreters_own_count(self):
        """What pymalloc counts, at a moment at which the code can ask it."""
        found = self.check_ledger(CHURN + """
    import sys
    print(sys.getallocatedblocks())
    """)
        # Larger ones, too, if they came by way of pymalloc.
        n_blocks = found["mem"]["live_blocks"] + found["obj"]["live_blocks"]
        self.assertAlmostEqual(int(found["stdout"]), n_blocks, delta=40)

    def test_ledger_changes_nothing(self):
        """The same order of hashing, the same blocks, the same collections."""
        source = CHURN + """
    import gc, sys
    print({"a", "b", "c", (1, 2), None and 1}, hash("x"), list(map(hash, ("y", 1.5))))
    gc.collect()
    before = sys.getallocatedblocks()
    x = [str(i) for i in range(3000)]
    print(sys.getallocatedblocks() - before, sum(s["collections"] > 0 for s in gc.get_stats()))
    """
        texts = [self.check_ledger(source, mode)["stdout"]
                 for mode in ("none", "counters", "lines")]
        self.assertEqual(texts[0], texts[1])
        self.assertEqual(texts[0], texts[2])

    def test_memory_goes_back(self):
        found = self.check_ledger("""
            x = [str(i) * 5 for i in range(400000)]
            print(len(x))
            del x
        """)
        self.assertGreater(found["arena_bytes_max"], 20 * MIB)
        self.assertLess(found["arena_bytes"], found["arena_bytes_max"] / 4)

    def test_frames_are_chunks(self):
        found = self.check_ledger("""
            def deep(n):
                return deep(n - 1) if n else 0
            deep(900)
        """)
        self.assertGreaterEqual(found["chunk_bytes"], 16384)
        self.assertEqual(found["chunk_bytes"] % 16384, 0)

    def test_peak(self):
        found = self.check_ledger("b = bytes(30_000_000)\ndel b\nc = bytes(1000)\n")
        above = found["peak_bytes"] - found["live_bytes"]
        self.assertAlmostEqual(above, 30_000_000, delta=3000)

        found = self.check_ledger("x = [bytes(400) for i in range(100000)]\ndel x\ny = []\n")
        above = found["peak_bytes"] - found["live_bytes"]
        self.assertAlmostEqual(above, 100000 * 433 + 100000 * 8, delta=100000)

    def test_baseline(self):
        """What is there before the code begins is kept or freed, but never handed out."""
        found = self.check_ledger("""
            lists = [[] for i in range(300)]
            floats = [i / 3 for i in range(300)]
            tuples = [(i / 3, i / 3) for i in range(300)]
            dicts = [{None: None} for i in range(300)]
        """)
        for name in ("live_bytes", "live_blocks"):
            self.assertLessEqual(found["baseline"][name], found["begin"][name])
            self.assertGreater(found["baseline"][name], found["begin"][name] * 0.98)
        for line, n_blocks in ((1, 300), (2, 300), (3, 3 * 300), (4, 2 * 300)):
            allocated = sum(site[2] for site in found["lines"][line])
            # The list and its items; and what lines leave on free lists.
            self.assertIn(allocated - n_blocks, range(2, 15), line)

    def test_baseline_is_freed(self):
        found = self.check_ledger("""
            import sys
            for name in list(sys.modules):
                if name not in ("sys", "builtins", "__main__"):
                    del sys.modules[name]
        """)
        self.assertLess(found["baseline"]["live_blocks"], found["begin"]["live_blocks"])


class Environment(TestCase):
    def test_variables_do_not_drop_hooks(self):
        for name, value in (("PYTHONMALLOC", "malloc"), ("PYTHONMALLOC", "debug"),
                            ("PYTHONDEVMODE", "1"), ("PYTHONTRACEMALLOC", "5")):
            with self.subTest(f"{name}={value}"):
                found = self.check_ledger("x = list(range(1000, 2000))\n", env={name: value})
                self.assertEqual(found["lines"][1][0][1], 56 + 8000 + 32 * 1000)

    def test_code_traces_itself(self):
        """Hooks of the code's own lie in front of ours."""
        source = """
            import tracemalloc
            tracemalloc.start(5)
            x = [str(i) for i in range(5000)]
            size = tracemalloc.get_traced_memory()[0]
            print(size > 250000)
        """
        self.check_ledger(source, stdout="True\n", is_in_place=False)
        source = textwrap.dedent(source) + "y = [bytes(i) for i in range(700)]\n"
        self.check_ledger(source, stdout="True\n", is_in_place=False)
        self.check_ledger(source + "tracemalloc.stop()\n", stdout="True\n")

    def test_threads(self):
        found = self.check_ledger("""
            import threading, time

            kept = []

            def work(n):
                mine = []
                for i in range(20000):
                    mine.append(bytes(n))
                kept.append(mine)

            threads = [threading.Thread(target=work, args=(n,)) for n in (100, 200, 600, 5)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            # join() does not wait until a thread has freed its own state.
            time.sleep(0.2)
        """)
        [(function, n_bytes, n_blocks, _, _)] = found["lines"][8]
        self.assertEqual(function, "work")
        lists = n_blocks - 4 * 20000
        self.assertLessEqual(lists, 4)
        self.assertGreaterEqual(n_bytes, 20000 * (100 + 200 + 600 + 5 + 4 * 33))

    def test_threads_without_gil(self):
        """Libraries that allocate raw memory while others run Python code."""
        self.check_ledger("""
            import ctypes, threading, time

            library = ctypes.CDLL(None)  # releases the GIL around calls
            library.PyMem_RawMalloc.restype = ctypes.c_void_p
            library.PyMem_RawMalloc.argtypes = [ctypes.c_size_t]
            library.PyMem_RawRealloc.restype = ctypes.c_void_p
            library.PyMem_RawRealloc.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
            library.PyMem_RawFree.argtypes = [ctypes.c_void_p]

            def work():
                for i in range(3000):
                    block = library.PyMem_RawMalloc(50 + i)
                    block = library.PyMem_RawRealloc(block, 3 * i)
                    big = bytes(600 + i)
                    if i % 10:
                        library.PyMem_RawFree(block)

            threads = [threading.Thread(target=work) for n in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            # join() does not wait until a thread has freed its own state.
            time.sleep(0.2)
        """)

    def test_fork(self):
        self.check_ledger("""
            import os
            x = [str(i) for i in range(1000)]
            for n in range(5):
                child = os.fork()
                if child == 0:
                    y = [bytes(i) for i in range(2000)]
                    del x
                    os._exit(7)
                assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
            z = [bytes(i) for i in range(2000)]
        """)

    def test_interpreters(self):
        if self.version >= (3, 13):
            calls = "import _interpreters as i\nn = i.create()\ni.run_string(n, code)\ni.destroy(n)"
        else:
            calls = "import _xxsubinterpreters as i\nn = i.create()\ni.run_string(n, code)\n" \
                    "i.destroy(n)"
        self.check_ledger(f"code = 'x = [bytes(i) for i in range(3000)]'\n{calls}\n"
                          "y = [bytes(i) for i in range(3000)]\n")

    @unittest.skipIf(HAS_ASAN, "limits cannot be used with AddressSanitizer")
    def test_memory_limit(self):
        """Arenas and large blocks count against the limit, the ledger itself does not."""
        source = textwrap.dedent("""
            kept = []
            try:
                while True:
                    kept.append([str(i) for i in range(1000)] + {large})
            except MemoryError:
                n = len(kept)
                del kept[:]
                import gc
                gc.collect()
                kept = [[str(i) for i in range(1000)] + {large} for k in range(n * 9 // 10)]
                print(n)
        """)
        for large in ("[]", "[bytes(300000)]"):
            counts = []
            for options in ({}, {"ledger": True}, {"ledger_lines": True}):
                result = run(WORKER, source.format(large=large), memory_limit=200 * MIB,
                             timeout=60, **options)
                self.assertEqual(result.status, "ok", str(result))
                counts.append(int(result.stdout))
            self.assertAlmostEqual(counts[1], counts[0], delta=counts[0] * 0.03)
            self.assertAlmostEqual(counts[2], counts[0], delta=counts[0] * 0.03)


class Resizing(TestCase):
    def test_append(self):
        found = self.check_ledger("""
            x = []
            for i in range(1000):
                x.append(None)
        """)
        [(_, n_bytes, n_blocks, total_bytes, total_blocks)] = found["lines"][3]
        # listobject.c, list_resize(): what the items grow to.
        sizes = [0]
        for n in range(1, 1001):
            if n > sizes[-1]:
                sizes.append((n + (n >> 3) + 6) & ~3)
        self.assertEqual((n_bytes, n_blocks), (sizes[-1] * 8, 1))
        self.assertEqual((total_bytes, total_blocks), (sum(sizes) * 8, len(sizes) - 1))

    def test_shrink_and_grow(self):
        self.check_ledger("""
            arrays = [bytearray(n) for n in (0, 1, 15, 16, 17, 400, 511, 512, 513, 5000, 200000)]
            for k in range(40):
                for i, array in enumerate(arrays):
                    if (i + k) % 3:
                        array.extend(bytes((k * 37 + i * 91) % 900))
                    else:
                        del array[(k * 53) % 700:]
        """)

    @unittest.skipIf(HAS_ASAN, "AddressSanitizer ends a process that asks for too much")
    def test_failure_keeps_the_block(self):
        found = self.check_ledger("""
            arrays = [bytearray(100), bytearray(5000)]
            for array in arrays:
                try:
                    array.extend(range(1))
                    array *= 1 << 55
                except MemoryError:
                    pass
        """)
        [(_, n_bytes, n_blocks, _, _)] = found["lines"][4]
        self.assertEqual(n_blocks, 2)
        self.assertGreaterEqual(n_bytes, 5102)


class Lines(TestCase):
    SOURCE = """
        def f(n):
            a = bytes(n)
            b = [None] * 1000
            return a, b
        x = f(100000)
        y = {i: i for i in range(1000, 1100)}
        def gen():
            for i in range(3):
                yield bytes(5000)
        z = list(gen())
        w = sorted([3, 2, 1],
                   key=lambda v: bytes(7000 + v))
        class K:
            def __init__(self):
                self.q = 'é' * 5000
        k = K()
        def rec(n):
            return bytes(3000) if n == 0 else rec(n - 1)
        r = rec(5)
        t = tuple(map(lambda i: bytes(600 + i),
                      range(10)))
        s = [bytes(40) for i in range(10)]
        class T: a = bytes(2000)
    """

    def get(self, found, line, function=None):
        """Live bytes, live blocks, all bytes, all blocks of a line."""
        sites = [site[1:] for site in found["lines"].get(line, [])
                 if function is None or site[0] == function]
        return tuple(sum(values) for values in zip(*sites)) or (0, 0, 0, 0)

    def test_lines(self):
        found = self.check_ledger(self.SOURCE)
        live = {
            (2, "f"): (100033, 1),
            (3, "f"): (8056, 2),
            (9, "gen"): (3 * 5033, 3),
            (12, "<lambda>"): (0, 0),
            (15, "K.__init__"): (5000 + (73 if self.version < (3, 12) else 57), 1),
            (18, "rec"): (3033, 1),
            (20, "<lambda>"): (10 * 633 + 45, 10),
            (23, "T"): (2033, 1),
        }
        for place, (n_bytes, n_blocks) in live.items():
            with self.subTest(place):
                found_bytes, found_blocks = self.get(found, *place)[:2]
                # Tuples of arguments stay on a free list, namespaces of classes in the class.
                self.assertIn(found_bytes - n_bytes, range(250))
                self.assertIn(found_blocks - n_blocks, range(4))
        self.assertGreaterEqual(self.get(found, 12, "<lambda>")[2], 3 * 7033 + 6)
        self.assertIn(self.get(found, 22)[0] - 10 * 73, range(100, 700))

    def test_all_lines_are_known(self):
        found = self.check_ledger(CHURN)
        no_line, others = found["sites"][1:3]
        self.assertLess(no_line[6], 20)
        self.assertEqual(others[3:], [0, 0, 0, 0])

    def test_against_tracemalloc(self):
        """The bytes of each line that are live at the end. What is taken from a free list belongs
        to the line that allocated it first, and the lists are not the same at the start.
        """
        source = textwrap.dedent(CHURN).lstrip("\n")
        ours = {line: [sum(values) for values in zip(*(site[1:3] for site in sites))]
                for line, sites in self.check_ledger(source)["lines"].items()}
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(textwrap.dedent("""
                import gc, json, sys, tracemalloc
                code = compile(sys.argv[1], "code.py", "exec")
                space = {"__name__": "__main__"}
                gc.collect()
                tracemalloc.start(1)
                exec(code, space)
                statistics = tracemalloc.take_snapshot().statistics("lineno")
                print(json.dumps([[s.traceback[0].lineno, s.size, s.count] for s in statistics
                                  if s.traceback[0].filename == "code.py"]))
            """))
            file.flush()
            result = subprocess.run([ABOUT["executable"], file.name, source], check=True,
                                    capture_output=True,
                                    env={**os.environ, "PYTHONHASHSEED": "0"})
        theirs = {line: [size, count] for line, size, count in json.loads(result.stdout)}

        for line in sorted(set(ours) | set(theirs)):
            size, count = ours.get(line, (0, 0))
            expected_size, expected_count = theirs.get(line, (0, 0))
            with self.subTest(line=line):
                self.assertAlmostEqual(count, expected_count, delta=20)
                self.assertAlmostEqual(size, expected_size, delta=20 * 100)

    def test_code_dies(self):
        """Memory of code that is gone is used again by other code."""
        found = self.check_ledger("""
            def make(i):
                source = "\\n" * (i % 50) + "def f(): return bytes(1000)\\nkept.append(f())\\n"
                exec(compile(source, f"file {i % 7}", "exec"))

            kept = []
            for i in range(3000):
                make(i)
        """)
        expected = {}
        for i in range(3000):
            place = (f"file {i % 7}", i % 50 + 1)
            expected[place] = expected.get(place, 0) + 1
        sites = {(file, line): (n_bytes, n_blocks)
                 for file, function, line, n_bytes, n_blocks, _, _ in found["sites"]
                 if function == "f"}
        self.assertEqual(sites, {place: (1033 * n, n) for place, n in expected.items()})

    def test_large_code_dies(self):
        found = self.check_ledger("""
            kept = []
            for i in range(60):
                body = "".join(f"    x = y = {k}.5 + {i}\\n" for k in range(400 + 90 * i))
                source = f"def f():\\n{body}    return bytes({3000 + i})\\nkept.append(f())\\n"
                exec(compile(source, f"file {i}", "exec"))
        """)
        sites = {(file, line): n_bytes
                 for file, function, line, n_bytes, n_blocks, _, _ in found["sites"]
                 if function == "f" and n_bytes != 0}
        self.assertEqual(sites, {(f"file {i}", 402 + 90 * i): 3033 + i for i in range(60)})

    def test_many_lines(self):
        """More lines than the cache holds, each in turn."""
        n = 40000
        source = f"kept = [None] * {n}\n"
        source += "".join(f"kept[{i}] = bytes({600 + i % 9})\n" for i in range(n))
        found = self.check_ledger(source)
        for i in range(n):
            if self.get(found, 2 + i)[0] - (633 + i % 9) not in (0, 48):
                self.fail((i, self.get(found, 2 + i)))

    def test_texts(self):
        found = self.check_ledger(r"""
            def 函数(): return bytes(5000)
            kept = [函数()]
            names = ["file 'quoted' \"twice\" \\", "a\nb", "x" * 5000, "\udce9", ""]
            for name in names:
                space = {}
                exec(compile("def f():\n  return bytes(2000)\n", name, "exec"), space)
                kept.append(space["f"]())
            del space
        """)
        self.assertIn(self.get(found, 1, "函数")[0], (5033, 5033 + 48))
        files = {site[0]: site[3] for site in found["sites"] if site[1] == "f"}
        self.assertEqual(files.get("file 'quoted' \"twice\" \\"), 2033)
        self.assertEqual(files.get("a\nb"), 2033)
        self.assertEqual([size for name, size in files.items() if name.startswith("xxx")], [2033])
        self.assertEqual(files.get(""), 2033)


class Jobs(TestCase):
    def test_ends(self):
        """A job with a ledger ends as one without."""
        for source, status in (("x = [1]\n", "ok"), ("1 / 0\n", "exception"),
                               ("import sys; sys.exit(3)\n", "exit"),
                               ("import os; os._exit(3)\n", "exit"), ("x = \n", "syntax-error")):
            for options in ({"ledger": True}, {"ledger_lines": True}):
                with self.subTest(source, **options):
                    self.assertEqual(run(WORKER, source, **options).status, status)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    ABOUT = json.loads(subprocess.run([WORKER, "--describe"], check=True,
                                      capture_output=True).stdout)
    unittest.main()
