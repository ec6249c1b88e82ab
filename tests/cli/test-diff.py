#!/usr/bin/python3
# test-diff.py - snapshots and moments of a run, compared
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import unittest

from heapscape_cli import CliTestCase

CODE = """
class Point:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y

points = [Point(i, i + 1000) for i in range(1000)]
old = bytearray(5000)
kept = [1.5]
pass  # heapscape: snapshot middle
points.clear()
del old
fresh = [Point(i, -i) for i in range(20)]
kept.extend(["a" * 50, "b" * 60])
"""


class DiffTest(CliTestCase):
    def snapshot(self, name, *args):
        path = self.path(name)
        code, _, err = self.cli("run", self.write(CODE), "--snapshot", path, *args)
        self.assertEqual(code, 0, err)
        return path

    def export(self, view, *args):
        path = self.path(view + ".txt")
        code, _, err = self.cli("run", self.write(CODE), "--export", f"{view}={path}", *args)
        self.assertEqual(code, 0, err)
        with open(path, encoding="utf-8") as file:
            return file.read().replace("\u202f", " ")

    def test_files(self):
        before = self.snapshot("before", "--moment", "middle")
        after = self.snapshot("after")
        code, out, err = self.cli("diff", before, after, "--json", "-")
        self.assertEqual((code, err), (0, b""))
        data = json.loads(out)
        self.assertFalse(data["objects_are_matched"])
        types = {row["type"]: row for row in data["types"]}
        self.assertEqual(types["Point"]["objects_before"], 1000)
        self.assertEqual(types["Point"]["objects_after"], 20)
        self.assertEqual(types["bytearray"]["objects_after"], 0)
        states = {row["name"]: row["state"] for row in data["names"]}
        self.assertEqual(states["fresh"], "appeared")
        self.assertEqual(states["old"], "gone")
        self.assertEqual(states["points"], "shrank")
        self.assertEqual(states["kept"], "grew")
        sums = data["together"]
        for what in ("objects", "bytes"):
            for when in ("before", "after"):
                name = f"{what}_{when}"
                self.assertEqual(sum(row[name] for row in data["types"]), sums[name])
        code, out, err = self.cli("diff", before, after)
        self.assertEqual((code, err), (0, b""))
        self.assertIn(b"different processes", out)

    def test_one_process(self):
        before = self.snapshot("before")
        code, out, _ = self.cli("diff", "--one-process", before, before, "--json", "-")
        self.assertEqual(code, 0)
        sums = json.loads(out)["together"]
        self.assertEqual(sums["stayed"]["objects"], sums["objects_after"])
        self.assertEqual(sums["appeared"]["objects"] + sums["gone"]["objects"], 0)

    def test_usage(self):
        path = self.snapshot("before")
        self.assertIn("Which two", self.usage_error("diff", path))
        self.assertIn("snapshot", self.usage_error("diff", path, self.write(CODE)))
        self.assertIn("nowhere", self.usage_error("diff", path, "nowhere"))

    def test_graph(self):
        text = self.export("graph", "--compare-moment", "middle")
        self.assertRegex(text, r"\n    old → \[\d+\] bytearray .*\(gone\)\n")
        self.assertRegex(text, r"\n    0 … 999 → \[\d+\] 1 000 × Point \(gone\)\n")
        self.assertRegex(text, r"1 000 × Point, 48 000 B, with .* inside, .*, freed\n")
        self.assertRegex(text, r"list, 20 items, .*, new, ")
        self.assertRegex(text, r"list, 3 items, .*, grew, ")

    def test_same_moment(self):
        text = self.export("graph", "--compare-moment", "1", "--moment", "middle")
        for word in ("(gone)", "freed", ", new", ", grew", ", changed"):
            self.assertNotIn(word, text)

    def test_types(self):
        text = self.export("heap", "--compare-moment", "middle")
        self.assertIn("Since the earlier moment: ", text)
        self.assertRegex(text, r"  Point: objects 1 000 → 20 \(−980\), ")
        self.assertRegex(text, r"\nbytearray, 0 objects\n")
        self.assertIn("__main__.fresh (list): new, ", text)

    def test_no_moment(self):
        code, _, err = self.cli("run", self.write(CODE), "--moment", "nothing", "--export",
                                "graph=" + self.path("x.txt"))
        self.assertEqual(code, 2)
        self.assertIn("There is no moment “nothing”; there are 1 “middle”, 2 “End”", err.decode())


if __name__ == "__main__":
    unittest.main()
