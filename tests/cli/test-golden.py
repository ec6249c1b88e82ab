#!/usr/bin/python3
# test-golden.py - the text twins of all views of all examples, as they were looked at
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares with the files in tests/cli/golden, one for each example, view, choice and version of
Python; a release that has none is passed over. What has changed knowingly is written anew with
HS_GOLDEN_UPDATE=1 and read in the diff."""

import json
import os
import re
import unittest

from heapscape_cli import SOURCE_ROOT, CliTestCase, example

UPDATE = bool(os.environ.get("HS_GOLDEN_UPDATE"))
FOLDER = os.path.join(SOURCE_ROOT, "tests", "cli", "golden")

# Views and what is chosen in them; the first of each view are the defaults.
TWINS = (
    ("graph", ()),
    ("layout", ()),
    ("layout", ("layout.show=cost",)),
    ("strings", ()),
    ("heap", ("heap.show=types",)),
    ("heap", ("heap.show=treemap",)),
)

# Blocks above 512 B come from malloc, whose chunks are not always of the same size.
LARGE = ("04-attributes",)
LARGE_TWINS = (("layout", ("layout.show=cost",)), ("strings", ()))

# What is about time is not twice the same, nor are names of scratch folders.
TIMED = ("05-generators", "06-mmap")

# From this number on examples have variants and lessons, whose statements are tested.
FIRST_WITH_LESSON = 11


def list_examples():
    return sorted(name[:-3] for name in os.listdir(os.path.join(SOURCE_ROOT, "resources",
                                                                "examples"))
                  if name.endswith(".py") and name[:-3] not in TIMED
                  and int(name[:2]) < FIRST_WITH_LESSON)


def stable(text):
    """Date and time, and which build of Python it was, stand in the last paragraph. What malloc
    notes of its chunks depends on what else it was asked for."""
    text = text[:text.rindex("\n\n") + 1]
    return re.sub(r"mchunk_size +0x[0-9a-f]+", "mchunk_size", text)


class Golden(CliTestCase):
    maxDiff = 4000

    def compare(self, name, text):
        path = os.path.join(FOLDER, name)
        if UPDATE:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            return
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), text, name)

    def check(self, minor, version, name):
        targets = {}
        for view, settings in LARGE_TWINS if name in LARGE else TWINS:
            what = "-".join([view] + [setting.partition("=")[2] for setting in settings])
            target = self.path(what + ".txt")
            args = [part for setting in settings for part in ("--set", setting)]
            with open(example(name), "rb") as source:
                # From standard input, so that no path is a text of the heap.
                code, _, err = self.cli("run", "-", "--python", minor, *args,
                                        "--export", f"{view}={target}", stdin=source)
            if b"no instances of classes" in err:
                continue
            self.assertEqual(code, 0, err)
            targets[what] = target
        for what, target in targets.items():
            with open(target, encoding="utf-8") as file:
                text = stable(file.read())
            self.assertNotIn("0x7f", text, "an address is not the same in two runs")
            with self.subTest(minor=minor, example=name, view=what):
                self.compare(os.path.join(version, f"{name}.{what}.txt"), text)

    def test_twins(self):
        _, out, _ = self.cli("pythons", "--json", "-")
        for python in json.loads(out)["pythons"]:
            version = python["version"]
            if not os.path.isdir(os.path.join(FOLDER, version)) and not UPDATE:
                print(f"there are no golden files of Python {version}")
                continue
            for name in list_examples():
                self.check(python["minor"], version, name)


if __name__ == "__main__":
    unittest.main()
