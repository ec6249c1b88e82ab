#!/usr/bin/python3
# test-contract.py - the JSON that heapscape-cli run promises
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import unittest

from heapscape_cli import CliTestCase, example

NUMBER = int
TEXT = str
NULL = type(None)

# Members that must be there, with their types; DESIGN section 9.
RUN = {
    "format": TEXT, "version": NUMBER, "python": dict, "file": TEXT, "status": TEXT,
    "message": TEXT, "exit_code": (NUMBER, NULL), "signal": (TEXT, NULL),
    "exception": (dict, NULL), "refused": (dict, NULL), "permissions": list,
    "stdout": TEXT, "stderr": TEXT, "output_truncated_bytes": NUMBER,
    "time": (dict, NULL), "memory": dict, "names": list, "objects": list,
    "objects_total": NUMBER, "described_objects": NUMBER, "types": list,
    "strings": list, "strings_total": NUMBER,
}
MEMORY = {
    "peak_bytes": (NUMBER, NULL), "final_bytes": (NUMBER, NULL), "final_blocks": (NUMBER, NULL),
    "baseline_bytes": (NUMBER, NULL), "baseline_blocks": (NUMBER, NULL),
    "allocations": (NUMBER, NULL), "allocated_bytes": (NUMBER, NULL), "arena_bytes": NUMBER,
    "arena_free_bytes": NUMBER, "frame_stack_bytes": NUMBER, "rss_peak_bytes": NUMBER,
}
SIZES = {
    "getsizeof": (NUMBER, NULL), "requested": (NUMBER, NULL), "occupied": (NUMBER, NULL),
    "retained": (NUMBER, NULL),
}
NAME = {
    "scope": TEXT, "name": TEXT, "id": NUMBER, "type": TEXT, "deep": (NUMBER, NULL), **SIZES,
}
OBJECT = {
    "id": NUMBER, "address": TEXT, "type": TEXT, "preview": TEXT, **SIZES,
    "refcount": (NUMBER, NULL), "immortal": bool, "interned": (TEXT, NULL), "static": bool,
    "gc_tracked": bool, "baseline": bool, "boundary": bool, "line": (NUMBER, NULL),
    "blocks": list, "references": list,
}
BLOCK = {
    "kind": TEXT, "shared": bool, "requested": (NUMBER, NULL), "occupied": (NUMBER, NULL),
}
FIELD = {"offset": NUMBER, "size": NUMBER, "name": TEXT, "kind": TEXT, "value": TEXT}
REFERENCE = {"label": TEXT, "kind": TEXT, "to": NUMBER}
STRING = {
    "preview": TEXT, "length": (NUMBER, NULL), "copies": NUMBER, "references": NUMBER,
    "interned": bool, "why": (TEXT, NULL), "why_text": TEXT, "occupied": NUMBER, "saving": NUMBER,
    "ids": list,
}
TYPE = {"type": TEXT, "count": NUMBER, "occupied": (NUMBER, NULL)}
COUNTS = {
    "total_bytes": NUMBER, "total_blocks": NUMBER, "live_bytes": NUMBER, "live_blocks": NUMBER,
}
LINE = {"kind": TEXT, "file": TEXT, "function": TEXT, "line": NUMBER, **COUNTS}
NO_LINE = {"kind": TEXT, **COUNTS}
OPTIONAL = {
    "occupied_at_least": NUMBER, "retained_at_least": NUMBER, "length": NUMBER,
    "external": (NUMBER, bool, NULL), "own_sizeof": bool, "line_file": TEXT, "reached": bool,
    "lines": list, "fields": list, "constant_of": list, "constant_of_more": bool,
    "fields_cut": bool, "lost_blocks": NUMBER, "lost_previews": NUMBER,
    # What happened over time: test-record.py.
    "timeline": list, "timeline_total": NUMBER, "peak": dict, "mappings": list,
    "mappings_total": NUMBER, "page_samples_skipped": NUMBER, "moments": list,
    "moments_total": NUMBER, "rss": dict, "growth": list,
}

class Contract(CliTestCase):
    def check(self, value, members):
        for name, kind in members.items():
            self.assertIn(name, value)
            self.assertIsInstance(value[name], kind, name)
        for name in value.keys() - members.keys():
            self.assertIn(name, OPTIONAL)
            self.assertIsInstance(value[name], OPTIONAL[name])

    def check_block(self, block):
        self.check(block, BLOCK)
        if block["requested"] is not None:
            self.assertLessEqual(block["requested"], block["occupied"])
        if not block.get("fields"):
            return
        end = min(field["offset"] for field in block["fields"])
        for field in sorted(block["fields"], key=lambda field: field["offset"]):
            self.check(field, FIELD)
            self.assertEqual(field["offset"], end, "a hole or an overlap")
            end += field["size"]
        self.assertEqual(sum(field["size"] for field in block["fields"]), block["occupied"])

    def check_sizes(self, item):
        """The sums are those of the object's own blocks."""
        for size in ("requested", "occupied"):
            own = [block[size] for block in item["blocks"]
                   if not block["shared"] and not block.get("external")]
            if item[size] is not None and not item["static"]:
                self.assertEqual(item[size], sum(own), item)

    def check_lines(self, data):
        """The ledger's sums are those of its lines; without it there are none."""
        if data["memory"]["peak_bytes"] is None:
            self.assertNotIn("lines", data)
            return
        self.assertGreaterEqual(data["memory"]["peak_bytes"], data["memory"]["final_bytes"])
        for line in data["lines"]:
            self.check(line, LINE if line["kind"] == "line" else NO_LINE)
        for size in ("bytes", "blocks"):
            self.assertEqual(sum(line[f"live_{size}"] for line in data["lines"]),
                             data["memory"][f"final_{size}"])

    def check_strings(self, data):
        """Every str that is reached is in one of them; the most to save comes first."""
        for item in data["strings"]:
            self.check(item, STRING)
            self.assertEqual(len(item["ids"]), item["copies"])
            copies = [data["objects"][index - 1] for index in item["ids"]]
            self.assertEqual({copy["preview"] for copy in copies}, {item["preview"]})
            self.assertEqual(sum(copy["occupied"] for copy in copies), item["occupied"])
            self.assertEqual(any(copy["interned"] for copy in copies), item["interned"])
        savings = [item["saving"] for item in data["strings"]]
        self.assertEqual(savings, sorted(savings, reverse=True))
        self.assertEqual(data["strings_total"], len(data["strings"]))
        self.assertEqual(sorted(index for item in data["strings"] for index in item["ids"]),
                         [item["id"] for item in data["objects"]
                          if item["type"] == "str" and item.get("reached", True)])

    def check_all(self, data):
        self.check(data, RUN)
        self.check(data["memory"], MEMORY)
        self.check_lines(data)
        self.assertEqual((data["format"], data["version"]), ("heapscape-run", 1))
        self.assertEqual(data["objects_total"], len(data["objects"]))
        self.assertEqual([item["id"] for item in data["objects"]],
                         list(range(1, len(data["objects"]) + 1)))

        for name in data["names"]:
            self.check(name, NAME)
            self.assertEqual(name["type"], data["objects"][name["id"] - 1]["type"])
            for size in SIZES:
                self.assertEqual(name[size], data["objects"][name["id"] - 1][size])
        for item in data["objects"]:
            self.check(item, OBJECT)
            self.assertRegex(item["address"], "^0x[0-9a-f]+$")
            self.assertIn(item["interned"], (None, "mortal", "immortal", "static"))
            self.assertEqual("occupied_at_least" in item, item["occupied"] is None)
            self.assertEqual("retained_at_least" in item, item["retained"] is None)
            self.assertGreaterEqual(item.get("retained_at_least", item["retained"]),
                                    item.get("occupied_at_least", item["occupied"]))
            self.assertFalse(item["baseline"] and item["line"] is not None)
            for block in item["blocks"]:
                self.check_block(block)
                self.assertEqual("fields" in block, item["id"] <= data["described_objects"])
            self.check_sizes(item)
            for reference in item["references"]:
                self.check(reference, REFERENCE)
                self.assertTrue(1 <= reference["to"] <= len(data["objects"]))
        for kind in data["types"]:
            self.check(kind, TYPE)
        self.assertEqual(sum(kind["count"] for kind in data["types"]), len(data["objects"]))
        self.check_strings(data)

    def names(self, data):
        return {name["name"]: data["objects"][name["id"] - 1] for name in data["names"]}

    def follow(self, data, item, label, kind=None):
        found = [reference for reference in item["references"]
                 if reference["label"] == label and kind in (None, reference["kind"])]
        self.assertEqual(len(found), 1, f"{label} in {item}")
        return data["objects"][found[0]["to"] - 1]

    def test_examples(self):
        for name in ("01-references", "02-slots", "03-interning", "04-attributes",
                     "05-generators", "06-mmap"):
            with self.subTest(name):
                code, data = self.run_json(example(name))
                self.assertEqual((code, data["status"]), (0, "ok"), data["message"])
                self.assertEqual(data["file"], example(name))
                self.check_all(data)

    def test_each_python(self):
        code, out, _ = self.cli("pythons", "--json", "-")
        self.assertEqual(code, 0)
        versions = re.findall(rb'"minor":"([0-9.]+)"', out)
        self.assertTrue(versions)
        for version in versions:
            with self.subTest(version):
                code, data = self.run_json("class A:\n    pass\na = A()\na.x = [1.5]\n",
                                           "--python", version.decode())
                self.assertEqual(code, 0, data["message"])
                self.assertTrue(data["python"]["version"].startswith(version.decode()))
                self.check_all(data)
                value = self.follow(data, self.names(data)["a"], "x", "attribute")
                self.assertEqual((value["type"], value["length"]), ("list", 1))

    def test_measures(self):
        source = "a = bytearray(50_000_000)\na[::4096] = b'x' * len(a[::4096])\nb = bytearray(10)\n"
        _, data = self.run_json(source)
        memory = data["memory"]
        self.assertIsNone(data["time"], "the ledger slows the code")
        self.assertGreater(memory["rss_peak_bytes"], 50_000_000)
        self.assertGreater(memory["peak_bytes"], memory["baseline_bytes"] + 50_000_000)
        self.assertGreater(memory["final_bytes"], memory["baseline_bytes"] + 49_900_000)
        self.assertGreater(memory["allocations"], 1)
        names = self.names(data)
        self.assertEqual((names["a"]["line"], names["b"]["line"]), (1, 3))
        self.assertEqual(names["b"]["requested"], 56 + 11)
        self.assertGreaterEqual(names["a"]["requested"], 50_000_000)
        line = [line for line in data["lines"] if line.get("line") == 1]
        self.assertGreaterEqual(line[0]["live_bytes"], 50_000_000)

    def check_time(self, data, n):
        for key in ("wall_ns", "cpu_ns"):
            time = data["time"][key]
            self.assertEqual(time.keys(), {"median", "min", "max", "repeats"})
            self.assertEqual(time["repeats"], n)
            self.assertTrue(0 < time["min"] <= time["median"] <= time["max"])

    def test_light(self):
        _, data = self.run_json("a = [bytearray(10)]\n", "--light")
        self.check_all(data)
        self.check_time(data, 1)
        self.assertIsNone(data["memory"]["peak_bytes"])
        a = self.names(data)["a"]
        self.assertEqual((a["requested"], a["line"], a["baseline"]), (None, None, False))
        self.assertGreater(a["occupied"], 0)
        self.assertGreater(a["getsizeof"], 0)

    def test_repeat(self):
        source = "print('once')\nimport time\ntime.sleep(0.01)\nfor i in range(9999):\n    pass\n"
        for args in ((), ("--light",)):
            _, data = self.run_json(source, "--repeat", "4", *args)
            self.check_all(data)
            self.check_time(data, 4)
            self.assertGreater(data["time"]["wall_ns"]["min"], 10_000_000)
            self.assertLess(data["time"]["cpu_ns"]["min"], data["time"]["wall_ns"]["min"])
            self.assertEqual(data["stdout"], "once\n")

    def test_all_objects(self):
        source = "class A:\n    pass\na = [A()]\na[0].x = a\n"
        _, few = self.run_json(source)
        _, data = self.run_json(source, "--all-objects")
        self.check_all(data)
        self.assertGreater(len(data["objects"]), 2000)
        reached = [item for item in data["objects"] if item["reached"]]
        self.assertEqual(len(reached), len(few["objects"]))
        self.assertEqual(reached, data["objects"][:len(reached)])
        self.assertEqual([item["type"] for item in reached],
                         [item["type"] for item in few["objects"]])
        for size in ("deep", "retained"):
            self.assertEqual([name[size] for name in data["names"]],
                             [name[size] for name in few["names"]])
        self.assertEqual([item["retained"] for item in reached],
                         [item["retained"] for item in few["objects"]])

    def test_own_sizeof(self):
        _, data = self.run_json("class A:\n    def __sizeof__(self):\n        print('called')\n"
                                "        return 7\na = A()\n")
        a = self.names(data)["a"]
        self.assertEqual((a["getsizeof"], a["own_sizeof"], data["stdout"]), (None, True, ""))
        self.assertGreater(a["occupied"], 0)

    def test_sharing(self):
        _, data = self.run_json(example("01-references"))
        names = self.names(data)
        self.assertEqual(names["fruits"]["id"], names["same"]["id"])
        self.assertNotEqual(names["fruits"]["id"], names["copied"]["id"])
        self.assertEqual(self.follow(data, names["fruits"], "0")["id"],
                         self.follow(data, names["copied"], "0")["id"])
        self.assertEqual(self.follow(data, names["loop"], "2")["id"], names["loop"]["id"])

    def test_slots(self):
        _, data = self.run_json(example("02-slots"))
        names = self.names(data)
        for name, kind in (("node", "attribute"), ("slotted", "slot")):
            self.assertEqual(self.follow(data, names[name], "neighbours", kind)["id"],
                             names["neighbours"]["id"])
            self.assertEqual(self.follow(data, names[name], "node_id", kind)["type"], "int")
        self.assertLess(names["slotted"]["occupied"], names["node"]["occupied"])

    def test_text_is_valid(self):
        _, data = self.run_json("a = '\\ud800 \\x00 \\x1b é 中'\nimport sys\n"
                                "sys.stdout.buffer.write(b'\\xff\\x00\\x1b\"\\\\')\n")
        self.assertEqual(data["stdout"], "\ufffd\ufffd\x1b\"\\")
        self.check_all(data)

    def test_stdin_name(self):
        code, out, err = self.cli("run", "-", "--json", "-", text_in=b"a = 1\n")
        self.assertEqual((code, err), (0, b""))
        self.assertIn(b'"file": "<stdin>"', out)

    def test_large(self):
        code, data = self.run_json("a = [[i] for i in range(50_000)]\n")
        self.assertEqual(code, 0)
        self.assertGreaterEqual(len(data["objects"]), 50_001)
        self.check_all(data)


if __name__ == "__main__":
    unittest.main()
