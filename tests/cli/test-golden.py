#!/usr/bin/python3
# test-golden.py - the text twins of all views of all examples, as they were looked at
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares with the files in tests/cli/golden, one for each example, view, choice and version of
Python; a release that has none is passed over. What has changed knowingly is written anew with HS_GOLDEN_UPDATE=1 and read in the diff."""

import json
import os
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


def list_examples():
    return sorted(name[:-3] for name in os.listdir(os.path.join(SOURCE_ROOT, "resources",
                                                                "examples"))
                  if name.endswith(".py"))


def without_footer(text):
    """Date and time, and which build of Python it was, stand in the last paragraph."""
    return text[:text.rindex("\n\n") + 1]


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
        for view, settings in TWINS:
            what = "-".join([view] + [setting.partition("=")[2] for setting in settings])
            target = self.path(what + ".txt")
            args = [part for setting in settings for part in ("--set", setting)]
            code, _, err = self.cli("run", example(name), "--python", minor, *args,
                                    "--export", f"{view}={target}")
            if b"no instances of classes" in err:
                continue
            self.assertEqual(code, 0, err)
            targets[what] = target
        for what, target in targets.items():
            with open(target, encoding="utf-8") as file:
                text = without_footer(file.read())
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
