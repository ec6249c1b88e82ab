#!/usr/bin/python3
# test-break-even.py - from which N on a technique saves, against a measurement of its own
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same programs under plain Python, watched by tracemalloc, which counts requested bytes too.

What is expected is computed here from those, by straight lines between the values.
"""

import json
import subprocess
import unittest
from fractions import Fraction

from heapscape_cli import CLI, GUARD, CliTestCase

# Of a difference between two variants. Nearly all are the same to the byte; but with one instance
# the peak is while the class is made, and what an import needs varies a little.
TOLERANCE_BYTES = 160

# Less than this is not called less (hs-effect.h).
FLOOR_BYTES = 32

# The peak is that of the variant, not of an import before it.
BALLAST = "ballast = [None] * 20_000\n"

SLOTS = (BALLAST + "N = 10\n# heapscape: sweep N = {}\n"
         "# %% class\nclass Point:\n    pass\n"
         "points = []\nfor i in range(N):\n"
         "    point = Point()\n    point.x = point.y = point.z = None\n    points.append(point)\n"
         "# %% slots\nclass Point:\n    __slots__ = ('x', 'y', 'z')\n"
         "points = []\nfor i in range(N):\n"
         "    point = Point()\n    point.x = point.y = point.z = None\n    points.append(point)\n")

# A class costs something before it saves anything.
RECORDS = (BALLAST + "N = 10\n# heapscape: sweep N = {}\n"
           "# %% dict\npoints = []\nfor i in range(N):\n"
           "    points.append({{'x': None, 'y': None, 'z': None}})\n"
           "# %% slots\nclass Point:\n    __slots__ = ('x', 'y', 'z')\n"
           "points = []\nfor i in range(N):\n"
           "    point = Point()\n    point.x = point.y = point.z = None\n"
           "    points.append(point)\n")

ARRAY = ("from array import array\n" + BALLAST + "N = 10\n# heapscape: sweep N = {}\n"
         "# %% list\nnumbers = list(range(N))\n"
         "# %% array\nnumbers = array('q', range(N))\n")

# So does a dict of words.
WORDS = (BALLAST + "N = 10\n# heapscape: sweep N = {}\n"
         "WORDS = ['january', 'february', 'march', 'april', 'may', 'june']\n"
         "# %% as read\ncolumn = []\nfor i in range(N):\n"
         "    word = WORDS[i % 6] + '-' * 20\n    column.append(word)\n")
OWN_DICT = (WORDS + "# %% own dict\nseen = {{}}\ncolumn = []\nfor i in range(N):\n"
            "    word = WORDS[i % 6] + '-' * 20\n    column.append(seen.setdefault(word, word))\n")
INTERN = ("import sys\n" + WORDS + "# %% sys.intern\ncolumn = []\nfor i in range(N):\n"
          "    word = WORDS[i % 6] + '-' * 20\n    column.append(sys.intern(word))\n")

PROGRAMS = {
    "slots": (SLOTS, [1, 3, 10, 30, 300]),
    "records": (RECORDS, [1, 3, 10, 30, 300]),
    "array": (ARRAY, [50, 100, 200, 300, 1000]),
    "own_dict": (OWN_DICT, [1, 4, 10, 40, 200, 1000]),
    "intern": (INTERN, [1, 4, 10, 40, 200, 1000]),
}

WATCH = """
import gc, sys, tracemalloc, types
with open(sys.argv[1]) as file:
    source = file.read()
scope = types.ModuleType("__main__").__dict__
scope.update(__builtins__=__builtins__, __annotations__={}, __file__="code.py", __cached__=None)
code = compile(source, "code.py", "exec")
gc.collect()  # what is kept for later, such as dicts, would be taken without being counted
tracemalloc.start()
exec(code, scope)
final, peak = tracemalloc.get_traced_memory()
print(peak, final)
"""


def list_pythons():
    done = subprocess.run([CLI, "pythons", "--json", "-"], capture_output=True, check=True)
    return [(row["minor"], row["executable"]) for row in json.loads(done.stdout)["pythons"]]


def cut(source, variant, n):
    """One variant of @source by itself, with @n in it."""
    common, *variants = source.replace("N = 10\n", f"N = {n}\n", 1).split("# %% ")
    return common + variants[variant].partition("\n")[2]


def find_break_even(values, distances):
    """What is expected: (kind, value)."""
    signs = [distance <= -FLOOR_BYTES for distance in distances]
    changes = [i for i in range(1, len(signs)) if signs[i] != signs[i - 1]]
    if not changes:
        return ("always" if signs[0] else "never"), None
    if len(changes) > 1:
        return "mixed", None
    i = changes[0]
    step = Fraction(distances[i] - distances[i - 1], values[i] - values[i - 1])
    at = values[i - 1] - distances[i - 1] / step
    return ("up-to" if signs[0] else "from"), float(at)


class BreakEven(CliTestCase):
    def measure(self, python, source, variant, n):
        """(peak, final) of a fresh process."""
        path = self.write(cut(source, variant, n), "plain.py")
        done = subprocess.run([python, "-s", "-c", WATCH, path], stdout=subprocess.PIPE,
                              env={"PYTHONHASHSEED": "0"}, timeout=GUARD, check=True)
        return tuple(map(int, done.stdout.split()))

    def measure_distances(self, python, source, values):
        """For peak and final: by how much the second variant needs more, at each of @values."""
        rows = [[self.measure(python, source, variant, n) for variant in (0, 1)] for n in values]
        return {"peak_bytes": [other[0] - base[0] for base, other in rows],
                "final_bytes": [other[1] - base[1] for base, other in rows]}

    def check_metric(self, python, source, values, sweep, metric, distances):
        base, other = (variant[metric]["points"] for variant in sweep["variants"])
        for value, first, second, distance in zip(values, base, other, distances):
            self.assertAlmostEqual(second - first, distance, delta=TOLERANCE_BYTES,
                                   msg=f"{metric} at {value}")

        kind, at = find_break_even(values, distances)
        said = sweep["variants"][1][metric]["break_even"]
        self.assertEqual(said["kind"], kind, said)
        if at is None:
            self.assertIsNone(said["value"])
            return
        self.assertAlmostEqual(said["value"], at, delta=0.05 * at + 0.1)
        if at >= 10:
            self.assertIn(f"N = {said['value']:.0f}", said["text"])

    def check(self, name, minor, python):
        source, values = PROGRAMS[name]
        source = source.format(", ".join(map(str, values)))
        code, out, err = self.cli("compare", self.write(source), "--json", "-", "--repeat", "0",
                                  "--python", minor)
        self.assertEqual((code, err), (0, b""))
        sweep = json.loads(out)["sweep"]
        self.assertEqual((sweep["parameter"], sweep["values"]), ("N", values))
        for metric, distances in self.measure_distances(python, source, values).items():
            with self.subTest(metric=metric):
                self.check_metric(python, source, values, sweep, metric, distances)


for each_minor, each_program in list_pythons():
    for each_name in PROGRAMS:
        def test(self, name=each_name, minor=each_minor, python=each_program):
            self.check(name, minor, python)

        setattr(BreakEven, f"test_{each_name}_{each_minor.replace('.', '_')}", test)

if __name__ == "__main__":
    unittest.main()
