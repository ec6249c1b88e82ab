#!/usr/bin/python3
# test-technique.py - the sizes that tutorials quote, and what the allocator gave
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One command reproduces the figures, beside the true bytes of the same objects."""

import json
import re
import unittest

from heapscape_cli import CliTestCase

SOURCE = """
import sys

def function():
    yield

class WithDict:
    def __init__(self, node_id, title):
        self.node_id = node_id
        self.title = title

class WithSlots:
    __slots__ = ("node_id", "title")
    def __init__(self, node_id, title):
        self.node_id = node_id
        self.title = title

expression = (n for n in range(100))
comprehension = [n for n in range(100)]
appended = []
for n in range(100):
    appended.append(n)

first = WithDict(1, "a title")
first.more = "another"

class Other(WithDict):
    pass

others = [Other(n, "a title") for n in range(30)]
thirtieth = others[-1]
slots = WithSlots(1, "a title")

print(sys.getsizeof(function), sys.getsizeof(expression), sys.getsizeof(comprehension),
      sys.getsizeof(appended))
"""

# As sys.getsizeof() prints them: cpython-memory.md, section 9. The dict of an
# instance is made by asking for it.
ASKED = SOURCE + """
print(sys.getsizeof(first) + sys.getsizeof(first.__dict__), sys.getsizeof(slots))
"""
PRINTED = {
    "3.11": "152 200 920 920\n{} 48\n",
    "3.12": "160 192 920 920\n{} 48\n",
    "3.13": "160 192 920 920\n{} 48\n",
}
WITH_DICT = {"3.11": 352, "3.12": 344, "3.13": 344}

# Requested and occupied, of everything that belongs to the object alone.
TRUE_BYTES = {
    "function": {"3.11": (152, 160), "3.12": (160, 160), "3.13": (160, 160)},
    "expression": {"3.11": (200, 208), "3.12": (192, 192), "3.13": (192, 192)},
    "comprehension": {"3.11": (920, 944), "3.12": (920, 944), "3.13": (920, 944)},
    "appended": {"3.11": (920, 944), "3.12": (920, 944), "3.13": (920, 944)},
    "first": {"3.11": (56 + 264, 336), "3.12": (48 + 264, 320), "3.13": (328, 336)},
    "thirtieth": {"3.11": (56 + 32, 96), "3.12": (48 + 32, 80), "3.13": (88, 96)},
    "slots": {"3.11": (48, 48), "3.12": (48, 48), "3.13": (48, 48)},
}


class Technique(CliTestCase):
    def setUp(self):
        super().setUp()
        _, out, _ = self.cli("pythons", "--json", "-")
        self.versions = [minor.decode() for minor in re.findall(rb'"minor":"([0-9.]+)"', out)]
        self.assertTrue(self.versions)

    def run_json(self, source, version):
        code, out, err = self.cli("run", self.write(source), "--python", version, "--json", "-")
        self.assertEqual(code, 0, err)
        return json.loads(out)

    def test_true_bytes(self):
        for version in self.versions:
            names = {name["name"]: name for name in self.run_json(SOURCE, version)["names"]}
            for name, expected in TRUE_BYTES.items():
                with self.subTest(version=version, name=name):
                    self.assertEqual((names[name]["requested"], names[name]["occupied"]),
                                     expected[version])

    def test_printed(self):
        """The same numbers as under that Python, from the code and from the snapshot."""
        for version in self.versions:
            with self.subTest(version=version):
                run = self.run_json(ASKED, version)
                names = {name["name"]: name for name in run["names"]}
                first = names["first"]
                made = next(entry for entry in run["objects"] if entry["id"] == first["id"])
                held = next(reference["to"] for reference in made["references"]
                            if reference["label"] == "__dict__")
                of_dict = next(entry for entry in run["objects"] if entry["id"] == held)

                self.assertEqual(run["stdout"], PRINTED[version].format(WITH_DICT[version]))
                self.assertEqual(first["getsizeof"] + of_dict["getsizeof"], WITH_DICT[version])
                for name, printed in zip(("function", "expression", "comprehension", "appended"),
                                         run["stdout"].split()):
                    self.assertEqual(names[name]["getsizeof"], int(printed), name)


if __name__ == "__main__":
    unittest.main()
