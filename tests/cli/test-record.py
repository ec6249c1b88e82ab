#!/usr/bin/python3
# test-record.py - what happened over time, in the JSON of heapscape-cli run
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import unittest

from heapscape_cli import SOURCE_ROOT, CliTestCase

KINDS = ["objects", "pool-free", "arena-free", "frames", "malloc", "malloc-free", "mapped-files",
         "mapped-anon", "libraries", "stacks", "own", "unexplained"]
SMALL = 256 << 10

PEAK = """
import time

def build():
    big = [bytes(1000) for i in range(5000)]
    time.sleep(0.03)
    return len(big)

kept = [bytes(1000) for i in range(500)]
n = build()
small = [i * 1.5 for i in range(100)]
"""

MAPPED = """
import mmap, tempfile
with open(tempfile.gettempdir() + "/data", "w+b") as f:
    f.truncate(1 << 20)
    mm = mmap.mmap(f.fileno(), 0)
x = mm[:10]
mm[1 << 19] = 7
anon = mmap.mmap(-1, 1 << 16)
anon[0] = 1
gone = mmap.mmap(-1, 1 << 16)
gone.close()
"""

# What a member is: (type, whether it may be null)
NUMBER, LINE, FLAG, TEXT = (int, False), (int, True), (bool, False), (str, True)
POINT = {"t_ns": NUMBER, "line": LINE, "bytes": NUMBER, "rss": LINE, "bytes_min": NUMBER,
         "bytes_max": NUMBER, "allocated_bytes": NUMBER, "allocated_blocks": NUMBER}
PEAK_LINE = {"kind": TEXT, "line": LINE, "file": TEXT, "function": TEXT, "bytes": NUMBER}
MAPPING = {"name": TEXT, "file": TEXT, "bytes": NUMBER, "page_size": NUMBER, "pages": NUMBER,
           "kind": TEXT, "line": LINE, "moments": (list, False), "moments_total": NUMBER}
SAMPLE = {"line": LINE, "t_ns": NUMBER, "mapped": NUMBER, "cached": LINE, "dirty": LINE,
          "copies": NUMBER, "swapped": NUMBER, "bytes": NUMBER, "closed": FLAG,
          "rss_anon": NUMBER, "rss_file": NUMBER}
MOMENT = {"name": TEXT, "kind": TEXT, "line": LINE, "t_ns": NUMBER, "pause_ns": NUMBER,
          "bytes": NUMBER, "count": NUMBER, "has_snapshot": FLAG, "rss": LINE}


class RecordTest(CliTestCase):
    def check(self, value, members):
        for name, (kind, is_nullable) in members.items():
            self.assertIn(name, value)
            if value[name] is not None or not is_nullable:
                self.assertIs(type(value[name]), kind, name)

    def check_growth(self, growth):
        """The kinds in their order. Returns the sum."""
        self.assertEqual([part["what"] for part in growth], KINDS)
        return sum(part["bytes"] for part in growth)

    def check_times(self, rows):
        times = [row["t_ns"] for row in rows]
        self.assertEqual(times, sorted(times))

    def take(self, source, *args):
        data = self.run_json(source, *args)[1]
        self.assertEqual(data["status"], "ok", data["message"])
        return data

    def test_timeline(self):
        """The greatest maximum of the points is the peak; every allocation is in one of them."""
        data = self.take(PEAK)
        memory, points = data["memory"], data["timeline"]
        for point in points:
            self.check(point, POINT)
            self.assertLessEqual(point["bytes_min"], point["bytes"])
            self.assertLessEqual(point["bytes"], point["bytes_max"])
        self.check_times(points)
        self.assertEqual(max(point["bytes_max"] for point in points), memory["peak_bytes"])
        self.assertEqual(points[-1]["bytes"], memory["final_bytes"])
        self.assertEqual(sum(point["allocated_bytes"] for point in points),
                         memory["allocated_bytes"])
        self.assertEqual(sum(point["allocated_blocks"] for point in points),
                         memory["allocations"])
        self.assertGreaterEqual(data["timeline_total"], len(points))
        self.assertLessEqual(len(points), 2001)

    def test_peak(self):
        data = self.take(PEAK)
        peak = data["peak"]
        self.assertEqual(peak["bytes"], data["memory"]["peak_bytes"])
        self.assertEqual(peak["line"], 5)
        for line in peak["lines"]:
            self.check(line, PEAK_LINE)
        self.assertEqual(peak["lines_total"], len(peak["lines"]))
        self.assertEqual(sum(line["bytes"] for line in peak["lines"]), peak["bytes"])
        sizes = [line["bytes"] for line in peak["lines"]]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        own = {}
        for line in peak["lines"]:
            if line["file"] == data["file"]:
                own[line["line"]] = own.get(line["line"], 0) + line["bytes"]
        # 33 bytes of a bytes object, and a pointer in the list.
        self.assertGreaterEqual(own[5], 5000 * 1041)
        self.assertGreaterEqual(own[9], 500 * 1041)
        self.assertNotIn(11, own)

    def test_growth(self):
        """Of a program that grows, less than 5 % is not explained."""
        data = self.take("kept = [[i] for i in range(200000)]\n")
        parts = {part["what"]: part["bytes"] for part in data["memory"]["growth"]}
        growth = self.check_growth(data["memory"]["growth"])
        self.assertGreater(parts["objects"], 200000 * 64)
        self.assertLess(abs(parts["unexplained"]), max(growth * 0.05, SMALL))
        for what in ("anon", "file", "shmem"):
            self.assertIs(type(data["memory"]["rss"][what]), int)
        self.assertGreater(data["memory"]["rss"]["anon"], parts["objects"] / 2)

    def test_growth_of_examples(self):
        folder = os.path.join(SOURCE_ROOT, "resources", "examples")
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".py"):
                continue
            with self.subTest(name), open(os.path.join(folder, name), "rb") as file:
                parts = self.take(file.read())["memory"]["growth"]
                growth = self.check_growth(parts)
                self.assertLess(abs(parts[-1]["bytes"]), max(growth * 0.05, SMALL))

    def test_moments(self):
        data = self.take(PEAK)
        moments = data["moments"]
        for moment in moments:
            self.check(moment, MOMENT)
        self.check_times(moments)
        self.assertEqual(data["moments_total"], len(moments))
        self.assertEqual((moments[0]["kind"], moments[-1]["kind"]), ("begin", "end"))
        self.assertFalse(moments[0]["has_snapshot"])
        self.assertTrue(moments[-1]["has_snapshot"])
        self.assertEqual(moments[-1]["growth"], data["memory"]["growth"])
        self.assertEqual(self.check_growth(moments[-1]["growth"]),
                         moments[-1]["rss"] - moments[0]["rss"])

    def test_mappings(self):
        data = self.take(MAPPED)
        self.assertEqual(data["mappings_total"], 3)
        for mapping in data["mappings"]:
            self.check(mapping, MAPPING)
            self.assertEqual(mapping["moments_total"], len(mapping["moments"]))
            self.check_times(mapping["moments"])
            for sample in mapping["moments"]:
                self.check(sample, SAMPLE)
                self.assertLessEqual(sample["mapped"], mapping["pages"])
        mm, anon, gone = data["mappings"]
        self.assertEqual((mm["name"], mm["kind"], mm["line"]), ("mm", "file-shared", 5))
        self.assertEqual(os.path.basename(mm["file"]), "data")
        self.assertEqual((mm["bytes"], mm["page_size"], mm["pages"]), (1 << 20, 4096, 256))
        first, last = mm["moments"][0], mm["moments"][-1]
        self.assertEqual((first["line"], first["mapped"]), (5, 0))
        self.assertGreaterEqual(last["mapped"], 2)
        self.assertEqual((anon["name"], anon["file"], anon["kind"]), ("anon", None, "anon-shared"))
        self.assertEqual(anon["moments"][-1]["mapped"], 1)
        self.assertTrue(gone["moments"][-1]["closed"])

    def test_light(self):
        """Without the ledger there is no record."""
        data = self.take(PEAK, "--light")
        for name in ("timeline", "peak", "mappings", "moments"):
            self.assertNotIn(name, data)
        self.assertNotIn("growth", data["memory"])

    def test_summary(self):
        path = self.write("kept = [[i] for i in range(200000)]\n")
        summary = self.cli("run", path, LANGUAGE="C")[2].decode()
        self.assertRegex(summary, r"RSS \+[0-9.]+ MiB since the code began:\n")
        self.assertRegex(summary, r"\n  Objects +\+[0-9.]+ MiB\n")
        self.assertRegex(summary, r"\n  Unexplained +")


if __name__ == "__main__":
    unittest.main()
