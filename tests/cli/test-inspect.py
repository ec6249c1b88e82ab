#!/usr/bin/env python3
# test-inspect.py - snapshots from disk: what they hold
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `run` says of a run, `inspect` says of its file; and what is no file of it is refused."""

import json
import unittest

from heapscape_cli import CliTestCase

CODE = b"""\
words = ['word' + str(i) for i in range(5)]
# heapscape: snapshot words
pairs = {word: [word] for word in words}
print('pairs', len(pairs))
raise ValueError('at the end')
"""


class InspectTest(CliTestCase):
    def make(self, name):
        """Runs CODE. Returns: the path of its snapshot @name, and its JSON"""
        path = self.path(name)
        code, out, err = self.cli("run", self.write(CODE), "--snapshot", path, "--json", "-")
        self.assertEqual(code, 1, err)
        return path, json.loads(out)

    def inspect(self, *args, code=0):
        status, out, err = self.cli("inspect", *args)
        self.assertEqual(status, code, err)
        return out.decode(), err.decode()

    def test_the_same_json(self):
        path, said = self.make("run.heapscape")
        found = json.loads(self.inspect(path, "--json", "-")[0])
        # Not what is of this machine, and not whose file it was.
        self.assertIsNone(found["python"].pop("executable"))
        said["python"].pop("executable")
        self.assertEqual(found.pop("file"), "code.py")
        said.pop("file")
        self.assertEqual(found, said)

    def test_a_heap_alone(self):
        path, said = self.make("heap.hss")
        found = json.loads(self.inspect(path, "--json", "-")[0])
        for name in ("objects", "types", "strings"):
            self.assertEqual(found[name], said[name])
        self.assertEqual([name["name"] for name in found["names"]], ["words", "pairs"])
        self.assertIsNone(found["status"])
        self.assertIn("without its code", self.inspect(path)[0])
        self.assertIn("does not hold its code", self.inspect(path, "--source", code=1)[1])

    def test_text(self):
        path, _ = self.make("run.heapscape")
        text = self.inspect(path)[0]
        for word in ("run.heapscape", "code.py", "Python 3.", "ValueError at line 5", "pairs"):
            self.assertIn(word, text)
        self.assertEqual(self.inspect(path, "--source")[0], CODE.decode())
        self.assertIn("list, 6 objects", self.inspect(path, "--types")[0])
        self.assertIn("list, 1 object\n", self.inspect(path, "--types", "--moment", "words")[0])

    def test_why_it_is_alive(self):
        path, said = self.make("run.heapscape")
        inner = next(thing for thing in said["objects"] if thing["preview"] == "'word3'")
        self.assertTrue(self.inspect(path, "--path-to", "words")[0].startswith("words → list\n"))
        self.assertTrue(self.inspect(path, "--path-to", inner["address"])[0].startswith(
            "words → [3] → str\n"))
        self.assertIn("nope", self.inspect(path, "--path-to", "nope", code=2)[1])
        self.assertIn("0x10", self.inspect(path, "--path-to", "0x10", code=2)[1])

    def test_pictures(self):
        path, _ = self.make("run.heapscape")
        drawn, again = self.path("drawn.txt"), self.path("again.txt")
        self.inspect(path, "--export", f"graph={drawn}", "--moment", "words")
        self.inspect(path, "--export", f"timeline={again}")
        with open(drawn, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("words", text)
        self.assertNotIn("pairs", text.partition("raise")[0].replace("pairs = ", ""))
        self.inspect(path, "--export", "graph=x.gif", code=2)
        self.inspect(path, "--moment", "gone", code=2)

    def test_diff_of_both_kinds(self):
        whole, _ = self.make("run.heapscape")
        bare, _ = self.make("heap.hss")
        code, out, err = self.cli("diff", whole, bare)
        self.assertEqual(code, 0, err)
        self.assertIn("Together: objects 12 → 12 (0)".encode(), out)

    def test_wrong_usage(self):
        self.assertIn("Which snapshot?", self.inspect(code=2)[1])
        self.assertIn("is not a snapshot", self.inspect(self.write(CODE), code=2)[1])
        self.assertIn("gone.heapscape", self.inspect(self.path("gone.heapscape"), code=2)[1])


if __name__ == "__main__":
    unittest.main()
