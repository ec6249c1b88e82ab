#!/usr/bin/python3
# test-compare.py - variants of code, seen from the command line
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import signal
import subprocess
import sys
import time
import unittest

from heapscape_cli import GUARD, CliTestCase

SUM = ("n = 100_000\n"
       "# %% list\nresult = sum([i * i for i in range(n)])\n"
       "# %% generator\nresult = sum(i * i for i in range(n))\n")

# Allocates, computes, keeps something: one and the same thing twice.
IDENTICAL = ("import math\n"
             "def work():\n    kept = [str(i) for i in range(20_000)]\n"
             "    return kept, sum(math.sqrt(i) for i in range(20_000))\n"
             "# %% one\nkept, result = work()\n# %% other\nkept, result = work()\n")

N_IDENTICAL = 20


class Compare(CliTestCase):
    def compare(self, source, *args, second=None):
        """Returns (exit code, the JSON of a comparison)."""
        files = [self.write(source)]
        if second is not None:
            files.append(self.write(second, "second.py"))
        code, out, err = self.cli("compare", *files, "--json", "-", "--budget", "0", *args)
        self.assertEqual(err, b"")
        return code, json.loads(out)

    def check(self, first, second, verdict, *args, code=1, common=""):
        """Returns the second variant."""
        exit_code, data = self.compare(f"{common}# %% a\n{first}\n# %% b\n{second}\n", *args)
        variant = data["variants"][1]
        self.assertEqual(data["variants"][0]["name"], "a")
        self.assertEqual(variant["verdict"], verdict, variant)
        self.assertEqual(exit_code, code)
        return variant

    # What a change saves

    def test_saving(self):
        code, data = self.compare(SUM)
        first, second = data["variants"]
        self.assertEqual(code, 0)
        self.assertEqual((data["format"], data["version"], data["rounds"]),
                         ("heapscape-compare", 1, 5))
        self.assertEqual((first["verdict"], second["verdict"]), ("baseline", "saves"))
        self.assertEqual((second["proof"], second["same"]), ("result", True))
        self.assertEqual(first["result"], second["result"])
        peak = second["against_baseline"]["peak_bytes"]
        # A list of a hundred thousand references, and the numbers in it.
        self.assertLess(peak["difference"], -100_000 * (8 + 28))
        self.assertLess(peak["percent"], -99)
        self.assertEqual(peak["difference"],
                         second["memory"]["peak_bytes"] - first["memory"]["peak_bytes"])
        self.assertLess(second["against_baseline"]["rss_bytes"]["difference"], -2_000_000)

    def test_worse(self):
        worse = self.check("result = sum(i * i for i in range(100_000))",
                           "result = sum([i * i for i in range(100_000)])", "worse", code=0)
        self.assertGreater(worse["against_baseline"]["peak_bytes"]["difference"], 3_000_000)

    def count_no_effect(self):
        """By ten rounds; without a --budget such a program gets 25."""
        verdicts = []
        for _ in range(N_IDENTICAL):
            code, data = self.compare(IDENTICAL, "--repeat", "10")
            self.assertEqual(code, 0)
            verdicts.append(data["variants"][1]["verdict"])
            if verdicts[-1] != "no-effect":
                print(json.dumps(data["variants"]), file=sys.stderr)
        return verdicts.count("no-effect")

    def test_identical(self):
        self.assertGreaterEqual(self.count_no_effect(), N_IDENTICAL - 1)

    def test_identical_on_a_loaded_machine(self):
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
        try:
            n = self.count_no_effect()
        finally:
            for process in busy:
                process.kill()
                process.wait()
        self.assertGreaterEqual(n, N_IDENTICAL - 1)

    # Whether it does the same

    def test_results_differ(self):
        variant = self.check("result = sum([1] * 100_000)", "result = 1", "results-differ")
        self.assertEqual((variant["proof"], variant["same"]), ("result", False))
        self.assertEqual(variant["difference"], "result is 1 (int), not 100000 (int)")
        self.assertIn(variant["difference"], variant["reason"])

    def test_types_differ(self):
        for value, shown in (("1.0", "1.0 (float)"), ("True", "True (bool)")):
            variant = self.check("result = 1", f"result = {value}", "results-differ")
            self.assertEqual(variant["difference"], f"result is {shown}, not 1 (int)")

    def test_slots(self):
        source = "class Point:\n    {}\n    def __init__(self, x, y):\n        self.x = x\n" \
                 "        self.y = y\nresult = [Point(i, -i) for i in range(3000)]"
        variant = self.check(source.format("pass"), source.format("__slots__ = 'x', 'y'"), "saves",
                             code=0)
        self.assertTrue(variant["same"])
        self.assertEqual(variant["result"]["type"], "list")

    def test_cannot_be_pickled(self):
        variant = self.check("result = (i for i in range(3))", "result = (i for i in range(3))",
                             "results-differ")
        self.assertIsNone(variant["same"])
        self.assertIn("generator", variant["difference"])

    def test_output(self):
        self.check("print('a'); x = [0] * 10_000", "print('a')", "saves", code=0)
        variant = self.check("print('a'); x = [0] * 10_000", "print('b')", "results-differ")
        self.assertEqual(variant["proof"], "output")
        self.assertEqual(variant["difference"], "line 1 of the output is “b”, not “a”")

    def test_cut_output(self):
        variant = self.check("print('a' * 2_000_000)", "print('a' * 2_000_000)", "results-differ",
                             "--output-limit", "1", "--repeat", "0")
        self.assertIsNone(variant["same"])

    # How it may end

    def test_exceptions(self):
        variant = self.check("x = 1", "raise ValueError('no')", "failed")
        self.assertEqual(variant["status"], "exception")
        self.assertEqual((variant["proof"], variant["same"]), ("exception", False))
        self.check("raise ValueError('no')", "raise ValueError('no')", "failed")
        variant = self.check("raise ValueError('no')", "raise KeyError('no')", "failed")
        self.assertIn("KeyError", variant["difference"])

    def test_crash(self):
        variant = self.check("x = 1", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
                             "failed")
        self.assertEqual(variant["status"], "crashed")
        self.assertIsNone(variant["time"])

    def test_endless(self):
        began = time.monotonic()
        variant = self.check("x = 1", "while True: pass", "failed", "--timeout", "1")
        self.assertEqual(variant["status"], "timeout")
        self.assertIsNone(variant["time"])
        # Once, not for each pass.
        self.assertLess(time.monotonic() - began, 20)

    def test_syntax_error(self):
        self.assertEqual(self.check("x = 1", "x = (", "failed")["status"], "syntax-error")

    # Sweeps

    def test_sweep(self):
        # 33 + 5000 bytes, or 56 + 8 for each, as Objects/bytesobject.c and listobject.c ask for
        # them: even at 622, but for some bytes of the code around it.
        code, data = self.compare("# heapscape: sweep N = 100, 400, 1_000, 4_000\nN = 1\n"
                                  "# %% fixed\nx = bytes(5_000)\nresult = N\n"
                                  "# %% each\nx = [None] * N\nresult = N\n")
        self.assertEqual(code, 0)
        sweep = data["sweep"]
        self.assertEqual((sweep["parameter"], sweep["values"]), ("N", [100, 400, 1000, 4000]))
        fixed, each = [variant["peak_bytes"] for variant in sweep["variants"]]
        self.assertEqual((fixed["per_item"], each["per_item"]), (0, 8))
        self.assertEqual(each["break_even"]["kind"], "up-to")
        self.assertAlmostEqual(each["break_even"]["value"], 622, delta=5)
        self.assertNotIn(None, each["points"] + sweep["variants"][1]["wall_ns"]["points"])

    def test_sweep_on_one_file(self):
        code, data = self.compare("N = 5\nx = [None] * N\n# heapscape: sweep N = 1000, 2000\n")
        self.assertEqual(code, 0)
        self.assertEqual(len(data["variants"]), 1)
        self.assertEqual(data["sweep"]["values"], [1000, 2000])

    # The command

    def test_two_files(self):
        code, data = self.compare("x = [0] * 10_000\nprint(1)\n", second="print(1)\n")
        self.assertEqual(code, 0)
        self.assertEqual([variant["name"] for variant in data["variants"]],
                         ["code.py", "second.py"])
        self.assertEqual(data["variants"][1]["verdict"], "saves")

    def test_text(self):
        code, out, err = self.cli("compare", self.write(SUM), "--budget", "0")
        self.assertEqual((code, err), (0, b""))
        self.assertIn("“generator” saves", out.decode())

    def test_no_times(self):
        code, data = self.compare(SUM, "--repeat", "0")
        self.assertEqual((code, data["rounds"]), (0, 0))
        self.assertIsNone(data["variants"][0]["time"])

    def test_repeat(self):
        self.assertEqual(self.compare(SUM, "--repeat", "7")[1]["rounds"], 7)

    def test_stdin_and_arguments(self):
        read = "print(sys.argv[1:], input())\n"
        source = f"import sys\n# %% a\n{read}# %% b\n{read}"
        text = self.write("hello\n", "in.txt")
        code, data = self.compare(source, "--arg", "x", "--stdin", text, "--repeat", "0")
        self.assertEqual(code, 0)
        self.assertEqual(data["variants"][1]["stdout"], "['x'] hello\n")

    def test_usage(self):
        self.assertIn("# %% NAME", self.usage_error("compare", self.write("x = 1\n")))
        self.assertIn("only one variant", self.usage_error("compare", self.write("# %% a\n")))
        self.assertIn("Which file", self.usage_error("compare"))
        self.usage_error("compare", "a", "b", "c")
        self.usage_error("compare", self.path("missing.py"))
        path = self.write(SUM)
        self.assertIn("--repeat", self.usage_error("compare", path, "--repeat", "-1"))
        self.assertIn("--budget", self.usage_error("compare", path, "--budget", "-1"))
        self.assertIn("ending", self.usage_error("compare", path, "--export", "x.bmp"))

    def test_export(self):
        path = self.write(SUM)
        picture, text, heap = self.path("c.png"), self.path("c.txt"), self.path("list.txt")
        code, _, err = self.cli("compare", path, "--repeat", "0", "--export", picture, "--export",
                                f"compare={text}", "--export", f"heap:list={heap}")
        self.assertEqual(code, 0, err)
        with open(picture, "rb") as file:
            self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")
        with open(text, encoding="utf-8") as file:
            self.assertIn("generator", file.read())
        self.assertGreater(os.path.getsize(heap), 0)
        code, _, err = self.cli("compare", path, "--repeat", "0", "--export", f"heap:nix={heap}")
        self.assertEqual(code, 1)
        self.assertIn("“nix”", err.decode())

    def test_problems_are_said(self):
        path = self.write("# heapscape: sweep M = 1\n" + SUM)
        code, _, err = self.cli("compare", path, "--budget", "0")
        self.assertEqual(code, 0)
        self.assertIn("Line 1: ", err.decode())

    def test_interrupted(self):
        """At several moments; tearDown() looks for what is left."""
        path = self.write(SUM.replace("100_000", "1_000_000"))
        for delay in (0.05, 0.3, 0.7, 1.2):
            process = self.start("compare", path, "--repeat", "100")
            time.sleep(delay)
            os.kill(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=GUARD)
            self.assertIn(process.returncode, (1, -signal.SIGINT))
            if process.returncode == 1:
                self.assertIn("cancelled", err.decode())


if __name__ == "__main__":
    unittest.main()
