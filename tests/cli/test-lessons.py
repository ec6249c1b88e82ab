#!/usr/bin/python3
# test-lessons.py - what lessons say holds in the measurement of this run
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs every example that has a lesson on every Python for which there is a worker: all variants
end well, every claim is kept, every question has exactly one right answer, every figure is one. A
claim may be unknown only where this system does not let it be measured: the kernel hides the page
cache, numpy is not installed. If what is said of times is not so with few rounds on a busy machine,
they are taken again, more often. Under plain python3 each example runs to its end as well.

HS_LESSONS=13,27 and HS_PYTHONS=3.12 run some of them."""

import json
import os
import subprocess
import unittest

from heapscape_cli import CLI, SOURCE_ROOT, CliTestCase

FOLDER = os.path.join(SOURCE_ROOT, "resources", "examples")
ONLY = os.environ.get("HS_LESSONS", "").split(",")
PYTHONS = os.environ.get("HS_PYTHONS", "").split(",")

# As few as can tell a difference at all, and as many as tell it from noise.
FEW_ROUNDS = 5
MANY_ROUNDS = 25

# The views of @look, and what can be chosen in them.
VIEWS = ("compare", "graph", "heap", "layout", "pages", "strings", "timeline")


def list_examples():
    names = sorted(name[:-3] for name in os.listdir(FOLDER) if name.endswith(".py"))
    return [name for name in names
            if int(name[:2]) >= 11 and (ONLY == [""] or name[:2] in ONLY)]


def list_pythons():
    """(minor version, interpreter or None) of each worker."""
    done = subprocess.run([CLI, "pythons", "--json", "-"], capture_output=True, check=True)
    rows = [(row["minor"], row["executable"]) for row in json.loads(done.stdout)["pythons"]]
    return [row for row in rows if PYTHONS == [""] or row[0] in PYTHONS]


def is_about_time(claim):
    return "time" in claim["expression"]


class Lessons(CliTestCase):
    def compare(self, minor, name, rounds):
        code, out, err = self.cli("examples", name, "--compare", "--python", minor,
                                  "--repeat", str(rounds), "--json", "-")
        self.assertIn(code, (0, 1), err)
        return code, json.loads(out), err

    def check_lesson(self, minor, name):
        code, lesson, err = self.compare(minor, name, FEW_ROUNDS)
        broken = [claim for claim in lesson["claims"] if claim["state"] == "broken"]
        if broken and all(is_about_time(claim) for claim in broken):
            code, lesson, err = self.compare(minor, name, MANY_ROUNDS)

        for variant in lesson["variants"]:
            self.assertTrue(variant["ok"], variant)
        for claim in lesson["claims"]:
            self.assertNotEqual(claim["state"], "broken", claim)
            if claim["state"] == "unknown":
                print(f"{name} on {minor}, line {claim['line']}: {claim['reason']}")
        for question in lesson["questions"]:
            self.assertIsNone(question["reason"], question)
            self.assertIsNotNone(question["answer"], question)
        for target in lesson["look"]:
            self.assertIn(target.partition(".")[0], VIEWS)
        self.assertEqual(lesson["problems"], [])
        self.assertGreater(len(lesson["claims"]), 0)
        self.assertGreater(len(lesson["questions"]), 0)
        self.assertTrue(lesson["python"].startswith(f"CPython {minor}."), lesson["python"])
        self.assertEqual(code, 0, err)

    def check_plain(self, program, name):
        if program is None:
            self.skipTest("the worker has a library only, no interpreter")
        folder = self.path("plain")
        os.mkdir(folder)
        # An example leaves nothing behind that is not temporary.
        done = subprocess.run([program, os.path.join(FOLDER, name + ".py")], cwd=folder,
                              env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"),
                              capture_output=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertEqual(done.stderr, b"")
        self.assertEqual(os.listdir(folder), [])


class Usage(CliTestCase):
    def test_lesson_in_the_language_of_messages(self):
        for language, heading in (("C", "What to look at"), ("zh_CN", "看什么")):
            code, out, err = self.cli("examples", "13-slots", "--lesson", LANGUAGE=language,
                                      LC_ALL="C.UTF-8")
            self.assertEqual((code, err), (0, b""))
            self.assertIn(heading, out.decode())
            # Nothing is measured yet.
            self.assertIn("…", out.decode())

    def test_wrong_usage(self):
        for args in (("--lesson",), ("--compare",), ("13-slots", "--json", "-"),
                     ("13-slots", "--repeat", "5"), ("13-slots", "--python", "3.11"),
                     ("13-slots", "--lesson", "--compare"),
                     ("13-slots", "--compare", "--repeat", "-5"),
                     ("13-slots", "--compare", "--python", "2.7"),
                     ("01-references", "--lesson"), ("99-nothing", "--lesson"),
                     ("99-nothing", "--compare")):
            self.usage_error("examples", *args)

    def test_list_by_chapter(self):
        _, out, _ = self.cli("examples")
        lines = out.decode().splitlines()
        for chapter in ("First tour: the views", "Eight techniques", "More"):
            self.assertIn(chapter, lines)

    def test_compare_as_text(self):
        code, out, err = self.cli("examples", "13-slots", "--compare", "--repeat", "0")
        self.assertEqual((code, err), (0, b""), out)
        self.assertIn("✓", out.decode())
        self.assertNotIn("✗", out.decode())
        # Without times what is said of them is not known, and that is said.
        self.assertIn("? Making and reading", out.decode())


def add(minor, program, name):
    def lesson(self):
        self.check_lesson(minor, name)

    def plain(self):
        self.check_plain(program, name)

    words = name.replace("-", "_")
    setattr(Lessons, f"test_{minor.replace('.', '_')}_{words}", lesson)
    setattr(Lessons, f"test_{minor.replace('.', '_')}_{words}_plain", plain)


for each_minor, each_program in list_pythons():
    for each_name in list_examples():
        add(each_minor, each_program, each_name)


if __name__ == "__main__":
    unittest.main()
