#!/usr/bin/python3
# test-baseline.py - what the interpreter holds by itself, and what the code has made
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-baseline.py WORKER [unittest options]"""

import os
import sys
import tempfile
import textwrap
import unittest

from heapworker import Job, Worker

WORKER = None

# Of everything that CPython keeps free lists of, and of what the compiler makes.
MADE = """
    literal = "a text that is no name"
    number = 12345.5
    large = 10 ** 30
    nested = (1000, 2.5, "x y", (b"bytes", 7j))
    chosen = {5000, 6000} | frozenset([7000])

    def function(a="a default", *, b=[1]):
        "A docstring."
        def inner(): return a, "inside of it"
        return inner

    class Plain:
        "Another docstring."
        attribute = [1]
        def __init__(self): self.a, self.b = [1], "é" * 3
        @property
        def p(self): return 1

    class Slots:
        __slots__ = "x", "y"

    def generator():
        yield [1]

    floats = [float(i) + 0.25 for i in range(300)]
    tuples = [(i, i + 0.5) for i in range(100)] + [tuple(range(i)) for i in range(1, 20)]
    lists = [[[]] for i in range(100)]
    dicts = [{}, {"a": 1}] + [{i: {}} for i in range(100)]
    slices = [slice(i, 2 * i) for i in range(300, 320)]
    methods = [Plain().__init__, [].append]
    running = generator()
    next(running)
    others = [Plain(), Slots(), object(), bytearray(9), set("abc"), iter([1]), range(5000),
              complex(1, 2), bytes([200, 201]), str(10 ** 9), memoryview(b"12"), Exception("x")]
    code = function.__code__
    joined = "-".join(["made", "at", "run", "time"])
"""

# Objects that were there before, in dicts of the code's own: its names alone do not lead to them.
BEFORE = """
    import builtins, sys
    before = {"modules": dict(sys.modules), "builtins": dict(vars(builtins)),
              "codecs": dict(vars(sys.modules["codecs"])), "path": sys.path,
              "types": object.__subclasses__()}
"""


class TestCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        # The interpreter knows paths: their lengths count.
        folder = tempfile.TemporaryDirectory(prefix="heapscape-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def snapshot(self, source, **options):
        worker = Worker(WORKER, Job(textwrap.dedent(source).lstrip("\n"), timeout=60,
                                    file_name=os.path.join(self.folder, "code.py"),
                                    working_folder=self.folder, **options))
        result = worker.finish()
        self.assertEqual((result.status, result.stderr), ("ok", b""), str(result))
        return result.snapshot


def collect(roots):
    """The objects that the references lead to, but not out of what the code has made."""
    found, queue = {}, list(roots)
    while queue:
        o = queue.pop()
        if o.index not in found:
            found[o.index] = o
            if "boundary" not in o.flags:
                queue.extend(edge.to for edge in o.edges)
    return list(found.values())


class MadeTest(TestCase):
    def test_made(self):
        """No object of the code's is taken for the interpreter's."""
        for options in ({"ledger": True}, {"ledger_lines": True},
                        {"ledger_lines": True, "all_objects": True}):
            with self.subTest(options):
                snapshot = self.snapshot(MADE, **options)
                for name in snapshot.scope_names():
                    o = snapshot[name]
                    self.assertNotIn("baseline", o.flags, name)
                    self.assertNotIn("static", o.flags, name)

    def test_behind_names(self):
        """What its objects refer to is the code's, or shared: names, small numbers, builtins."""
        snapshot = self.snapshot(MADE, ledger_lines=True)
        found = collect(snapshot[name] for name in snapshot.scope_names())
        self.assertGreater(len(found), 1000)
        wrong = [o for o in found if "baseline" in o.flags and "boundary" not in o.flags and
                 not (o.type == "str" and any("interned" in flag for flag in o.flags))]
        # Of a function: its globals, its module's builtins, the names in them, and its file.
        globals_of = snapshot["function"].get("__globals__", "field")
        builtins = snapshot["function"].get("__builtins__", "field")
        allowed = {globals_of.index, builtins.index}
        names = f"'{self.folder}/code.py'", "'__main__'"
        allowed |= {o.index for o in wrong if o.preview in names}
        allowed |= {edge.to.index for o in (globals_of, builtins) for edge in o.edges}
        allowed |= {edge.to.index for name in ("Plain", "Slots") for edge in snapshot[name].edges}
        self.assertEqual([o for o in wrong if o.index not in allowed], [])

    def test_lines(self):
        """What is made while the code runs has its line; what the compiler made has none. Not of
        objects from a free list, which have the line at which their block was allocated."""
        snapshot = self.snapshot(MADE, ledger_lines=True)
        lines = textwrap.dedent(MADE).lstrip("\n").split("\n")
        for name in ("joined", "running", "function", "Plain", "Slots"):
            site = snapshot[name].site
            self.assertIsNotNone(site, name)
            self.assertTrue(lines[site.line - 1].startswith((name + " =", f"class {name}:",
                                                             f"def {name}(")), (name, site))
        for name in ("literal", "number", "nested", "code"):
            self.assertIsNone(snapshot[name].site, name)

    def test_recycled(self):
        """Objects that the code throws away do not become the interpreter's, nor the other way."""
        snapshot = self.snapshot("""
            import sys
            for i in range(1000):
                x = [float(i)], (i, i), {i: [i]}, slice(i), {str(i)}
            del x
            made = [[float(i)] for i in range(100)], [(i, [i]) for i in range(100)]
            made += [{i: [i]} for i in range(100)], [slice(i + 300) for i in range(100)]
            """, ledger=True)
        for o in collect([snapshot["made"]]):
            self.assertFalse("baseline" in o.flags and "immortal" not in o.flags, o)


class BeforeTest(TestCase):
    def test_before(self):
        """Modules, builtins and types that were there are the interpreter's, or have no memory."""
        snapshot = self.snapshot(BEFORE, ledger=True, all_objects=True)
        groups = {edge.label: edge.to for edge in snapshot["before"].edges if edge.kind == "value"}
        own = {snapshot[name].index for name in snapshot.scope_names()} | {
            o.index for o in groups.values()}
        main = groups["'modules'"].get("'__main__'", "value")
        n = 0
        for group in groups.values():
            for edge in group.edges:
                if edge.kind == "class" or edge.to.index in own:
                    continue
                n += 1
                self.assertTrue({"baseline", "static"} & edge.to.flags, (group, edge))
        self.assertIn("baseline", main.flags)
        self.assertGreater(n, 500)

    def test_everything(self):
        """Of a program that does nothing, nothing but its own code is not the interpreter's."""
        snapshot = self.snapshot("", ledger=True, all_objects=True)
        mine = [o for o in snapshot.objects
                if not {"baseline", "static"} & o.flags]
        self.assertEqual({o.type for o in mine} - {"code", "str", "bytes", "tuple"}, set())
        self.assertLess(len(mine), 10)

    def test_figures(self):
        """The baseline is that of an empty program, to the byte."""
        for options in ({"ledger": True}, {"ledger_lines": True}):
            empty = self.snapshot("", **options)
            self.assertGreater(empty.baseline.live_blocks, 5000)
            for source in (MADE, BEFORE, "x = '" + "a b" * 5000 + "'\n",
                           "import json, re\nd = json.loads('[1, 2]')\n"):
                found = self.snapshot(source, **options)
                self.assertEqual(found.baseline[:3], empty.baseline[:3])
            self.assertEqual(empty.baseline.peak_bytes, empty.baseline.live_bytes)
            # What lives is the code object, and what runs it is counted.
            self.assertLess(empty.counts.live_bytes - empty.baseline.live_bytes, 1000)
            self.assertLess(empty.counts.total_bytes - empty.baseline.total_bytes, 2000)
            self.assertGreaterEqual(empty.counts.total_bytes - empty.baseline.total_bytes,
                                    empty.counts.live_bytes - empty.baseline.live_bytes)

    def test_large_source(self):
        """What the compiler works with is not the code's, what it leaves is."""
        source = "".join(f"x{i} = {i} + 0.5, 'text {i}'\n" for i in range(3000))
        snapshot = self.snapshot(source, ledger_lines=True)
        total = snapshot.counts.total_bytes - snapshot.baseline.total_bytes
        live = snapshot.counts.live_bytes - snapshot.baseline.live_bytes
        self.assertGreater(live, 3000 * (24 + 50 + 64))
        self.assertLess(total, 2 * live)
        self.assertLess(snapshot.counts.peak_bytes - snapshot.baseline.live_bytes, 2 * live)
        sites = snapshot.sites
        self.assertEqual(sum(site.total_bytes for site in sites), snapshot.counts.total_bytes)
        self.assertEqual(sum(site.live_bytes for site in sites), snapshot.counts.live_bytes)
        self.assertEqual(sites[0].total_bytes, snapshot.baseline.total_bytes)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    unittest.main()
