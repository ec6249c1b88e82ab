#!/usr/bin/python3
# test-strings.py - why strings and other values are one object or several
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What CPython shares, on each version: once the code says it itself with "is", once the JSON."""

import re
import unittest

from heapscape_cli import CliTestCase, example

# Two expressions that are assigned in one module: whether they are one object, and why.
PAIRS = [
    # All name characters, folded up to 4096 of them, interned by the compiler.
    ("'abcd' * 1024", "'abcd' * 1024", "compile-time"),
    ("'ab_' + 'cd'", "'ab_cd'", "compile-time"),
    ("'hello'", "'hello'", "compile-time"),
    ("'" + "name" * 1500 + "'", "'" + "name" * 1500 + "'", "compile-time"),
    # Others are merged in one compilation.
    ("'ab cd' * 100", "'ab cd' * 100", "constant"),
    ("'hello world!'", "'hello world!'", "constant"),
    ("'\\u03a9\\u03a9'", "'\\u03a9\\u03a9'", "constant"),
    ("'" + "x" * 200 + "!'", "'" + "x" * 200 + "!'", "constant"),
    # Too long to be folded.
    ("'uvwxyz' * 1000", "'uvwxyz' * 1000", "fold-limit"),
    ("'k' * 4097", "'k' * 4097", "fold-limit"),
    # Made while the code runs.
    ("half + 'p1'", "half + 'p1'", "run-time"),
    ("''.join(['x', 'y2'])", "''.join(['x', 'y2'])", "run-time"),
    ("f'{half}3'", "f'{half}3'", "run-time"),
    ("long[0:6]", "long[0:6]", "run-time"),
    ("str(12345)", "str(12345)", "run-time"),
    ("half + 'ap'", "'heap'", "run-time"),
    # The same object again.
    ("sys.intern(half + ' 5')", "sys.intern(half + ' 5')", "sys-intern"),
    ("sys.intern('a constant 6')", "'a constant 6'", "sys-intern"),
    ("(alias := half + ' 7')", "alias", "alias"),
    ("(sliced := half + ' 8')", "sliced[:]", "alias"),
    ("'e'", "'hello'[1]", None),
    ("''", "half[0:0]", "empty"),
    ("'\\u00e9'", "'\\u00e9'", "one-character"),
]
SHARED = {"compile-time", "constant", "sys-intern", "alias", "empty", "one-character"}

# The same of values that are no strings.
OTHERS = ["256", "257", "1.5", "(1, 2)", "(0,) * 256", "(0,) * 257", "b'ab'", "2 ** 62", "-5", "-6",
          "b'a' * 4096", "b'a' * 4097", "()", "[]", "None"]


class Strings(CliTestCase):
    def setUp(self):
        super().setUp()
        _, out, _ = self.cli("pythons", "--json", "-")
        self.versions = [minor.decode() for minor in re.findall(rb'"minor":"([0-9.]+)"', out)]
        self.assertTrue(self.versions)

    def run_each(self, source, *args):
        """Returns the version and the JSON of a run on each Python."""
        runs = []
        for version in self.versions:
            code, data = self.run_json(source, "--python", version, *args)
            self.assertEqual(code, 0, data["message"])
            data["ids"] = {name["name"]: name["id"] for name in data["names"]}
            data["by_id"] = {index: item for item in data["strings"] for index in item["ids"]}
            runs.append((version, data))
        return runs

    def value(self, data, name):
        return data["by_id"][data["ids"][name]]

    def check_pair(self, data, i, why, is_same):
        a, b = self.value(data, f"a{i}"), self.value(data, f"b{i}")
        context = f"{PAIRS[i]}: {a}"
        self.assertIs(a, b, context)
        self.assertEqual(data["ids"][f"a{i}"] == data["ids"][f"b{i}"], is_same, context)
        if why is not None:
            self.assertEqual((a["why"], is_same), (why, why in SHARED), context)
        if is_same:
            return
        self.assertEqual(a["copies"], 2, context)
        kept = data["objects"][data["ids"][f"a{i}"] - 1]["occupied"]
        if why == "fold-limit":
            self.assertEqual((a["occupied"], a["saving"]), (2 * kept, kept))
            self.assertEqual((a["interned"], a["references"]), (False, 2))

    def test_one_module(self):
        source = "import sys\nhalf = 'he'\nlong = 'some text ' * 9\n"
        source += "".join(f"a{i} = {a}\nb{i} = {b}\n" for i, (a, b, _) in enumerate(PAIRS))
        source += "print(*[" + ", ".join(f"a{i} is b{i}" for i in range(len(PAIRS))) + "])\n"
        for version, data in self.run_each(source):
            with self.subTest(version):
                said = data["stdout"].split()
                self.assertEqual(len(said), len(PAIRS))
                for i, (_, _, why) in enumerate(PAIRS):
                    self.check_pair(data, i, why, said[i] == "True")
                first = self.value(data, "a0")
                self.assertEqual((first["length"], first["copies"], first["references"]),
                                 (4096, 1, 2))
                self.assertEqual((first["saving"], first["interned"], first["constant_of"]),
                                 (0, True, ["<module>"]))
                self.assertIn("<module>", first["why_text"])
                self.assertIn("1 of 2", self.value(data, "a15")["why_text"])
                self.assertEqual(self.value(data, "a8")["preview"],
                                 data["strings"][0]["preview"], "the highest saving comes first")

    def test_one_character(self):
        """Before 3.13 an interned one need not be the one in the cache of characters."""
        source = ("text = 'hello'\nwords = [text[1], chr(101), 'e']\nprint(text[1] is words[2])\n"
                  "digits = [str(1), '1']\n")
        for version, data in self.run_each(source):
            with self.subTest(version):
                same = data["stdout"] == "True\n"
                value = [item for item in data["strings"] if item["preview"] == "'e'"][0]
                self.assertEqual(value["copies"], 1 if same else 2)
                self.assertEqual(value["why"], "one-character" if same else "two-caches")
                self.assertTrue(same or version in ("3.11", "3.12"))
                value = [item for item in data["strings"] if item["preview"] == "'1'"][0]
                self.assertGreaterEqual(value["copies"], 1)
                self.assertIn(value["why"], ("run-time", "one-character"))

    def test_others(self):
        source = "".join(f"a{i} = {text}\nb{i} = {text}\n" for i, text in enumerate(OTHERS))
        source += "print(*[" + ", ".join(f"a{i} is b{i}" for i in range(len(OTHERS))) + "])\n"
        for version, data in self.run_each(source):
            with self.subTest(version):
                for i, said in enumerate(data["stdout"].split()):
                    self.assertEqual(data["ids"][f"a{i}"] == data["ids"][f"b{i}"], said == "True",
                                     OTHERS[i])

    def test_functions(self):
        """Constants are shared by what is compiled together: functions, classes, tuples."""
        source = ("def f(x='not a name 1'):\n    y = 'not a name 2'\n    return x, y, 'a_name'\n"
                  "def g():\n    return 'not a name 1', 'not a name 2', 'a_name'\n"
                  "class A:\n    text = 'not a name 2'\n    def method(self):\n"
                  "        return ('in', ('a tuple', 'of tuples')), {'of', 'a set'} & set()\n"
                  "f1, f2, f3 = f()\ng1, g2, g3 = g()\n"
                  "inner = A().method()[0][1][0]\n"
                  "gone = (lambda: 'of a lambda')()\n"
                  "for last in ('first one', 'last one'):\n    pass\n"
                  "exec(\"apart = 'not a name 2'\\nalike = 'a_name'\")\n")
        for version, data in self.run_each(source):
            with self.subTest(version):
                self.assertEqual(data["ids"]["f1"], data["ids"]["g1"])
                self.assertEqual(data["ids"]["f2"], data["ids"]["g2"])
                self.assertEqual(data["ids"]["f3"], data["ids"]["alike"])
                self.assertNotEqual(data["ids"]["f2"], data["ids"]["apart"])
                self.assertEqual(sorted(self.value(data, "f1")["constant_of"]), ["<module>", "g"])
                self.assertEqual(self.value(data, "f1")["why"], "constant")
                self.assertEqual(sorted(self.value(data, "f2")["constant_of"]), ["A", "f", "g"])
                self.assertEqual(self.value(data, "f3")["why"], "compile-time")
                self.assertEqual(self.value(data, "apart")["why"], "run-time")
                self.assertEqual(self.value(data, "inner")["constant_of"], ["A.method"])
                self.assertEqual(self.value(data, "gone")["constant_of"], ["<lambda>"])
                self.assertEqual(self.value(data, "last")["constant_of"], ["<module>"])

    def test_names(self):
        """Names are interned; a text that is also a name is one with it."""
        source = ("import sys\nclass Point:\n    pass\np = Point()\np.left_side = 1\n"
                  "setattr(p, ''.join(['right', '_side']), 2)\n"
                  "left = sys.intern(''.join(['left_', 'side']))\n"
                  "right = sys.intern(''.join(['right_', 'side']))\n"
                  "module = sys.intern(''.join(['mod', 'ule']))\n"
                  "method = Point.__name__\n"
                  "word = sys.intern(''.join(['no_name', '_of_anything']))\n")
        for version, data in self.run_each(source):
            with self.subTest(version):
                for name in ("left", "right", "module", "method"):
                    self.assertEqual(self.value(data, name)["why"], "name"
                                     if name != "method" else "compile-time", name)
                self.assertEqual(self.value(data, "word")["why"], "sys-intern")

    def test_without_ledger(self):
        """What was made when is then not known, and not said."""
        source = ("import sys\na = ''.join(['x', ' y'])\nb = ''.join(['x', ' y'])\nc = 'x z'\n"
                  "d = c\ne = sys.intern(''.join(['x', ' e']))\n")
        for version, data in self.run_each(source, "--light"):
            with self.subTest(version):
                self.assertEqual(self.value(data, "a")["why"], "separate")
                self.assertEqual(self.value(data, "c")["why"], "constant")
                self.assertEqual(self.value(data, "e")["why"], "interned")

    def test_column(self):
        """A column of repeated words: what interning would save."""
        source = ("import sys\nwords = ('apple1 pear1 plum1 fig1 ' * 250).split()\n"
                  "shared = [sys.intern(word) for word in words]\n")
        for version, data in self.run_each(source):
            with self.subTest(version):
                column = data["objects"][data["ids"]["words"] - 1]
                for reference in column["references"][:4]:
                    item = data["by_id"][reference["to"]]
                    each = data["objects"][reference["to"] - 1]["occupied"]
                    self.assertEqual((item["copies"], item["references"]), (250, 500))
                    self.assertEqual(item["saving"], 249 * each)
                    self.assertEqual(item["why"], "run-time")
                    self.assertIn("249 of 250", item["why_text"])

    def test_exception(self):
        """A run that failed, or was stopped, has its constants, too."""
        for source in ("a = 'not a name'\nb = 'not a name'\n1 / 0\n",
                       "a = 'not a name'\nb = 'not a name'\nwhile True:\n    pass\n"):
            code, data = self.run_json(source, "--timeout", "1")
            self.assertEqual(code, 1)
            value = [item for item in data["strings"] if item["preview"] == "'not a name'"][0]
            self.assertEqual((value["why"], value["copies"], value["references"]),
                             ("constant", 1, 2))

    def test_example(self):
        _, data = self.run_json(example("03-interning"))
        whys = {item["length"]: item["why"] for item in data["strings"] if item["length"] > 4000}
        self.assertEqual(whys, {4096: "compile-time", 6000: "fold-limit"})


if __name__ == "__main__":
    unittest.main()
