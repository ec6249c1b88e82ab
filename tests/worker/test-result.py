#!/usr/bin/python3
# test-result.py - the value of the name "result" is kept
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage: test-result.py WORKER [unittest options]"""

import os
import pickle
import sys
import time
import unittest

from heapworker import MIB, Job, Worker, run

WORKER = None


class ResultTest(unittest.TestCase):
    def keep(self, source, **options):
        return run(WORKER, source, result=True, no_snapshot=True, **options)

    def test_kept(self):
        result = self.keep("result = {'a': [1, 2.5, None], 'b': (True, b'x')}\n")
        self.assertEqual((result.status, result.kept), ("ok", "pickle"), result)
        self.assertEqual(pickle.loads(result.pickle), {"a": [1, 2.5, None], "b": (True, b"x")})
        self.assertEqual(result.kept_type, "dict")
        self.assertEqual(result.kept_preview, "{'a': [1, 2.5, None], 'b': (True, b'x')}")
        self.assertIsNone(result.snapshot)
        self.assertIsNone(result.record)
        self.assertGreater(result.rss_base, MIB)
        self.assertGreaterEqual(result.rss_peak, result.rss_base)

    def test_tuples(self):
        for value in ("()", "(1,)", "(1, 2)"):
            result = self.keep(f"result = {value}\n")
            self.assertEqual((result.kept, result.kept_type), ("pickle", "tuple"))
            self.assertEqual(repr(pickle.loads(result.pickle)), value)

    def test_not_set(self):
        result = self.keep("x = 1\n")
        self.assertEqual((result.status, result.kept, result.pickle), ("ok", "not-set", None))

    def test_not_asked(self):
        result = run(WORKER, "result = 1\n")
        self.assertEqual((result.kept, result.pickle), ("not-asked", b""))
        self.assertIsNotNone(result.snapshot)

    def test_not_reached(self):
        result = self.keep("result = 1\nraise ValueError\n")
        self.assertEqual((result.status, result.kept), ("exception", "not-asked"))

    def test_exit(self):
        result = self.keep("import sys\nresult = 1\nsys.exit()\n")
        self.assertEqual((result.status, result.kept), ("exit", "pickle"))
        result = self.keep("import sys\nresult = 1\nsys.exit(2)\n")
        self.assertEqual((result.status, result.kept), ("exit", "not-asked"))

    def test_cannot_be_pickled(self):
        for source, kind, problem in (
                ("result = (i for i in range(3))\n", "generator", "generator"),
                ("result = lambda: 1\n", "function", "lambda"),
                ("result = open('/dev/null')\n", "_io.TextIOWrapper", "TextIOWrapper"),
                ("def f():\n  class C: pass\n  return C()\nresult = f()\n", "f.<locals>.C",
                 "local"),
                ("class C:\n  def __reduce__(self): 1 / 0\nresult = C()\n", "C",
                 "ZeroDivisionError: division by zero"),
                ("class C:\n  def __reduce__(self): raise SystemExit(3)\nresult = C()\n", "C",
                 "SystemExit"),
                ("result = []\nfor i in range(100000): result = [result]\n", "list",
                 "RecursionError")):
            result = self.keep(source)
            self.assertEqual((result.status, result.kept), ("ok", "failed"), (source, result))
            self.assertIn(problem, result.kept_problem)
            self.assertEqual(result.kept_type, kind)
            self.assertEqual(result.pickle or b"", b"")

    def test_previews(self):
        for value, preview in (
                ("list(range(100))", "[0, 1, 2, 3, 4, 5, … 100 in all]"),
                ("'x' * 1000", "'" + "x" * 60 + "…'"),
                ("{1}", "{1}"), ("set()", "set()"), ("(1,)", "(1,)"), ("1.5", "1.5"),
                ("[[[[1]]]]", "[[[…]]]"), ("C()", "<C object>")):
            result = self.keep(f"class C:\n  def __repr__(self): 1 / 0\nresult = {value}\n")
            self.assertEqual(result.kept_preview, preview)

    def test_too_large(self):
        result = self.keep(f"result = b'x' * {300 * MIB}\n")
        self.assertEqual((result.status, result.kept), ("ok", "too-large"))
        self.assertEqual(result.pickle or b"", b"")

    @unittest.skipIf("HS_ASAN" in os.environ, "limits on address space are off")
    def test_large_under_a_limit(self):
        """The pickle is not memory of the code."""
        result = self.keep(f"result = b'x' * {200 * MIB}\n", memory_limit=400 * MIB)
        self.assertEqual((result.status, result.kept), ("ok", "pickle"))
        self.assertGreater(len(result.pickle), 200 * MIB)

    def test_time_is_that_of_the_code(self):
        source = ("import time\nclass C:\n  def __reduce__(self):\n    time.sleep(0.5)\n"
                  "    return (int, ())\nresult = C()\n")
        result = self.keep(source)
        self.assertEqual((result.status, result.kept), ("ok", "pickle"))
        self.assertLess(result.wall_ns, 400_000_000)

    def test_endless(self):
        """The time limit and the request to stop hold while it is pickled."""
        for body in ("while True: pass", "import time; time.sleep(1000)"):
            source = ("class C:\n  def __reduce__(self):\n    print('here', flush=True)\n"
                      f"    {body}\nresult = C()\n")
            result = self.keep(source, timeout=1.0)
            self.assertEqual((result.status, result.kept), ("timeout", "not-asked"))
            self.assertLess(result.elapsed, 8)
            worker = Worker(WORKER, Job(source, result=True, no_snapshot=True))
            while not worker.result.stdout:
                worker.receive()
            began = time.monotonic()
            worker.stop()
            result = worker.finish()
            self.assertEqual((result.status, result.kept), ("cancelled", "not-asked"))
            self.assertLess(time.monotonic() - began, 3)

    def test_hostile_module(self):
        """What the code does to pickle is its own affair, and no crash."""
        for source in ("import _pickle\n_pickle.Pickler = None\nresult = 1\n",
                       "import sys\nsys.modules.clear()\nresult = 1\n",
                       "import os\nclass C:\n  def __reduce__(self): os._exit(0)\nresult = C()\n",
                       "import os\nclass C:\n  def __reduce__(self):\n    os.fork()\n"
                       "    return (int, ())\nresult = C()\n",
                       "import os\nclass C:\n  def __reduce__(self): os.kill(os.getpid(), 11)\n"
                       "result = C()\n"):
            result = self.keep(source)
            self.assertIn(result.kept, ("pickle", "failed", "not-asked"))
            self.assertNotEqual(result.status, "failed", result)


def main():
    global WORKER
    WORKER = sys.argv.pop(1)
    unittest.main()


if __name__ == "__main__":
    main()
