#!/usr/bin/python3
# test-limits.py - what is said of measurements that there was no room for
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import unittest

from heapscape_cli import SOURCE_ROOT, CliTestCase

# In HsSnapshotInfo.
FLAGS, LOST_BLOCKS = 40, 152
# HsInfoFlags
LEDGER, LEDGER_LINES, FIELDS_CUT = 1, 2, 16

# The smallest room for a result that a worker takes.
SMALL = 16 << 20


class Limits(CliTestCase):
    def setUp(self):
        super().setUp()
        _, out, _ = self.cli("pythons", "--json", "-")
        worker = json.loads(out)["pythons"][0]["worker"]
        folder = self.path("workers")
        os.mkdir(folder)
        os.symlink(os.path.join(SOURCE_ROOT, "tests", "cli", "proxy-worker.py"),
                   os.path.join(folder, os.path.basename(worker)))
        self.environment.update(HEAPSCAPE_WORKERS=folder, PROXY_WORKER=worker)

    def patch(self, **sections):
        self.environment["PROXY_PATCH"] = json.dumps(sections)

    def summary(self, source="a = [1]\n", *args):
        code, _, err = self.cli("run", self.write(source), *args)
        self.assertEqual(code, 0, err)
        return err.decode()

    def test_nothing_lost(self):
        _, data = self.run_json("a = [1]\n")
        self.assertNotIn("lost_blocks", data["memory"])
        self.assertNotIn("fields_cut", data)
        self.assertNotIn("lost_previews", data)
        self.assertNotIn("others", [line["kind"] for line in data["lines"]])
        said = self.summary()
        self.assertNotIn("full", said)
        self.assertNotIn("room", said)

    def test_full_ledger(self):
        self.patch(INFO=[[LOST_BLOCKS, "<Q", 12345]])
        _, data = self.run_json("a = [1]\n")
        self.assertEqual(data["memory"]["lost_blocks"], 12345)
        self.assertIn("The ledger was full: 12\u202f345 blocks are in no sum.",
                      self.summary())
        self.patch(INFO=[[LOST_BLOCKS, "<Q", 1]])
        self.assertIn("1 block is in no sum", self.summary())
        # Without a ledger it says nothing.
        self.assertNotIn("ledger", self.summary("a = [1]\n", "--light"))
        _, data = self.run_json("a = [1]\n", "--light")
        self.assertNotIn("lost_blocks", data["memory"])

    def test_no_room_for_sites(self):
        """What was allocated at lines that there was no room for has a word, but no line."""
        self.patch(ATBY=[[16, "<Q", 100]], ATBL=[[16, "<Q", 3]], ALBY=[[16, "<Q", 64]],
                   ALBL=[[16, "<Q", 2]])
        _, data = self.run_json("a = [1]\n")
        self.assertEqual([line["kind"] for line in data["lines"]][:3],
                         ["baseline", "none", "others"])
        self.assertEqual(data["lines"][2],
                         {"kind": "others", "total_bytes": 100, "total_blocks": 3,
                          "live_bytes": 64, "live_blocks": 2})
        self.assertTrue(all(line["file"] for line in data["lines"][3:]))

    def test_object_of_others(self):
        _, data = self.run_json("a = [1]\n")
        row = [name["id"] for name in data["names"] if name["name"] == "a"][0] - 1
        self.assertEqual(data["objects"][row]["line"], 1)
        self.patch(OSIT=[[row * 4, "<I", 2]])
        _, data = self.run_json("a = [1]\n")
        self.assertIsNone(data["objects"][row]["line"])
        self.assertNotIn("line_file", data["objects"][row])

    def test_fields(self):
        """When there is no room for all fields, the first objects have theirs."""
        self.environment["PROXY_RESULT_LIMIT"] = str(SMALL)
        source = "a = [{'a': i, 'b': [i], 'c': (i, i)} for i in range(3000)]\n"
        _, data = self.run_json(source)
        n = data["described_objects"]
        self.assertIs(data["fields_cut"], True)
        self.assertTrue(0 < n < 9000, n)
        self.assertEqual([item["id"] for item in data["objects"]
                          if any("fields" in block for block in item["blocks"])][-1], n)
        self.assertEqual(data["objects_total"], len(data["objects"]))
        self.assertIn(f"There was room for the fields of only {n:,} objects."
                      .replace(",", "\u202f"), self.summary(source))

    def test_previews(self):
        """When there is no room for all texts, previews are left out, and nothing else."""
        self.environment["PROXY_RESULT_LIMIT"] = str(SMALL)
        source = "a = ['%0100d' % i for i in range(30000)]\nb = 'x' * 50\n"
        _, data = self.run_json(source)
        lost = [item for item in data["objects"] if item["type"] == "str" and
                item["preview"] == ""]
        self.assertEqual(data["lost_previews"], len(lost))
        self.assertTrue(10000 < len(lost) < 20000, len(lost))
        self.assertEqual(data["objects_total"], len(data["objects"]))
        self.assertEqual([name["name"] for name in data["names"]], ["a", "b"])
        self.assertEqual({item["length"] for item in lost}, {100})
        self.assertEqual(max(item["copies"] for item in data["strings"]), 1)
        self.assertTrue(all(line["file"] for line in data["lines"] if line["kind"] == "line"))
        self.assertIn("There was no room for the previews of ", self.summary(source))


if __name__ == "__main__":
    unittest.main()
