#!/usr/bin/python3
# test-usage.py - options, files and messages of heapscape-cli
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import struct
import unittest

from heapscape_cli import CLI, GUARD, SOURCE_ROOT, CliTestCase, example


class Usage(CliTestCase):
    def test_help(self):
        code, out, err = self.cli("--help")
        self.assertEqual((code, err), (0, b""))
        for command in (b"run FILE", b"compare FILE", b"inspect SNAPSHOT", b"diff BEFORE",
                        b"examples", b"pythons"):
            self.assertIn(command, out)
        # Not there yet.
        self.assertNotIn(b"advise", out)

    def test_help_of_commands(self):
        for command in ("run", "compare", "inspect", "diff", "examples", "pythons"):
            code, out, err = self.cli(command, "--help")
            self.assertEqual((code, err), (0, b""))
            self.assertIn(f"heapscape-cli {command}".encode(), out)
        _, out, _ = self.cli("run", "--help")
        for option in ("python", "arg", "stdin", "timeout", "memory-limit", "output-limit", "json",
                       "snapshot", "export", "set", "focus", "scale", "theme"):
            self.assertIn(f"--{option}=".encode(), out)

    def test_version(self):
        code, out, _ = self.cli("--version")
        self.assertEqual(code, 0)
        self.assertRegex(out, rb"^heapscape-cli [0-9.]+\n$")

    def test_no_command(self):
        code, out, err = self.cli()
        self.assertEqual((code, out), (2, b""))
        self.assertIn(b"Usage:", err)

    def test_unknown_command(self):
        for command in ("rum", "advise"):
            self.assertIn(f"“{command}”", self.usage_error(command))

    def test_wrong_usage(self):
        path = self.write("open('was-run', 'w')\n")
        for args, expected in (
                ((), "Which file?"),
                ((path, path), "Only one file"),
                ((path, "--frobnicate"), "--frobnicate"),
                ((path, "--timeout", "soon"), "soon"),
                ((path, "--timeout", "-3"), "--timeout"),
                ((path, "--timeout", "nan"), "--timeout"),
                ((path, "--memory-limit", "-1e3"), "--memory-limit"),
                ((path, "--export", "graph"), "graph=FILE.png"),
                ((path, "--export", "bytes=x.png"), "no view “bytes”; there are graph, "),
                ((path, "--set", "graph"), "--set VIEW.OPTION=CHOICE"),
                ((path, "--set", "graph.values-in-rows"), "--set VIEW.OPTION=CHOICE"),
                ((path, "--set", "bytes.sort=name"), "no view “bytes”"),
                ((path, "--set", "graph.sort=name"), "no option “sort”; it has values-in-rows"),
                ((path, "--set", "graph.values-in-rows=maybe"), "it takes off, on"),
                ((path, "--export", "graph=x.gif"), "x.gif"),
                ((path, "--export", "graph=x"), ".png, .svg, .pdf or .txt"),
                ((path, "--scale", "3"), "--scale"),
                ((path, "--repeat", "-1"), "--repeat"),
                ((path, "--repeat", "often"), "often"),
                ((path, "--theme", "pink"), "pink"),
                ((path, "--python", "2.7"), "2.7"),
                ((path, "--python", "/bin/true"), "/bin/true"),
                ((path, "--stdin", "/no/such/file"), "/no/such/file")):
            with self.subTest(args):
                self.assertIn(expected, self.usage_error("run", *args))
        self.assertFalse(os.path.exists(self.path("was-run")))

    def test_unreadable_files(self):
        missing = self.path("missing.py")
        self.assertIn(missing, self.usage_error("run", missing))
        self.assertIn("is a folder", self.usage_error("run", self.folder))
        with open(self.path("large.py"), "wb") as file:
            file.truncate((16 << 20) + 1)
        self.assertIn("larger than 16 MiB", self.usage_error("run", self.path("large.py")))

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission(self):
        path = self.write("a = 1\n")
        os.chmod(path, 0)
        self.assertIn("no permission", self.usage_error("run", path))


class Output(CliTestCase):
    def test_streams(self):
        path = self.write("import sys\nprint('out')\nprint('err', file=sys.stderr)\n"
                          "fruits = ['apple']\n")
        code, out, err = self.cli("run", path)
        self.assertEqual(code, 0)
        self.assertEqual(out, b"out\n")
        self.assertTrue(err.startswith(b"err\nFinished; measured in "), err)
        self.assertRegex(err.decode(), r"(?m)^fruits +list( +[0-9]+ B){4}$")

    def test_light(self):
        """Only what was not slowed by the ledger is said to be the time of the code."""
        path = self.write("fruits = ['apple']\n")
        _, _, err = self.cli("run", path, "--light")
        self.assertTrue(err.startswith(b"Finished in "), err)
        self.assertNotIn(b"Requested", err)
        _, _, err = self.cli("run", path, "--repeat", "3")
        self.assertRegex(err.decode(), r"(?m)^Time without measuring: .* \(median of 3, ")
        self.assertRegex(err.decode(), r"(?m)^Requested: .* at the peak, ")

    def test_repeat_ends_differently(self):
        """Code that fails every other time, by chance."""
        path = self.write("import time\nif time.time_ns() // 1000 % 2:\n"
                          "    raise ValueError('odd')\n")
        for _ in range(20):
            code, _, err = self.cli("run", path, "--repeat", "5")
            if code == 0 and b"Repeat " in err:
                break
        self.assertIn("does not count, since it ended differently: ValueError", err.decode())

    def test_repeat_of_what_never_ends(self):
        path = self.write("while True:\n    pass\n")
        code, _, err = self.cli("run", path, "--timeout", "0.3", "--repeat", "1000")
        self.assertEqual(code, 1)
        self.assertNotIn(b"Time without", err)

    def test_live(self):
        """What is printed appears while the code still runs."""
        source = "import time\nprint('first', flush=True)\ntime.sleep(1000)\n"
        process = self.start("run", self.write(source))
        self.assertEqual(process.stdout.readline(), b"first\n")
        self.assertIsNone(process.poll())
        process.terminate()
        process.communicate(timeout=GUARD)

    def test_traceback_is_shown_once(self):
        _, _, err = self.cli("run", self.write("raise ValueError('no')\n"))
        self.assertEqual(err.count(b"Traceback (most recent call last)"), 1)

    def test_reader_goes_away(self):
        path = self.write("for i in range(100_000):\n    print(i)\n")
        process = self.start("run", path)
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.wait(timeout=GUARD), 0)
        self.assertIn(b"Finished", err)

    def test_json_file(self):
        path = self.write("print('hi')\n")
        target = self.path("out.json")
        code, out, err = self.cli("run", path, "--json", target)
        self.assertEqual((code, out), (0, b"hi\n"))
        self.assertIn(b"Finished", err)
        with open(target, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["stdout"], "hi\n")

    def test_json_cannot_be_written(self):
        code, _, err = self.cli("run", self.write("a = 1\n"), "--json", "/no/such/folder/x.json")
        self.assertEqual(code, 1)
        self.assertIn(b"/no/such/folder/x.json", err)

    def test_json_to_device(self):
        code, _, _ = self.cli("run", self.write("a = 1\n"), "--json", "/dev/null")
        self.assertEqual(code, 0)

    def test_snapshot(self):
        for name, magic in (("x.heapscape", b"HSRUN\r\n\0"), ("x.hss", b"HSSNAP\r\n")):
            target = self.path(name)
            code, _, err = self.cli("run", self.write("a = [1]\n"), "--snapshot", target)
            self.assertEqual(code, 0, err)
            with open(target, "rb") as file:
                data = file.read()
            self.assertEqual(data[:8], magic)
        self.assertEqual(struct.unpack_from("<Q", data, 24)[0], len(data))

    def test_no_snapshot(self):
        target = self.path("x.heapscape")
        code, _, err = self.cli("run", self.write("import os\nos._exit(0)\n"), "--snapshot", target)
        self.assertEqual(code, 1)
        self.assertIn(b"os._exit", err)
        self.assertFalse(os.path.exists(target))

    def test_names_are_counted_when_cut(self):
        source = "".join(f"name_{i} = {i}\n" for i in range(100))
        _, _, err = self.cli("run", self.write(source))
        self.assertIn("… 60 more names".encode(), err)

    def test_translated(self):
        build = os.path.dirname(CLI)
        if not os.path.exists(os.path.join(build, "po/zh_CN/LC_MESSAGES/heapscape.mo")):
            self.skipTest("no translation was built")
        path = self.write("raise ValueError('no')\n")
        for args in (("run", "--help"), ("run", path), ("pythons",), ("examples",), ("--what",)):
            _, out, err = self.cli(*args, LANGUAGE="zh_CN", LC_ALL="C.UTF-8")
            self.assertRegex((out + err).decode(), "[\u4e00-\u9fff]", args)


class Input(CliTestCase):
    def test_source_from_stdin(self):
        source = b"import sys\nprint(__file__, repr(sys.stdin.read()))\n"
        code, out, _ = self.cli("run", "-", text_in=source)
        self.assertEqual((code, out), (0, b"<stdin> ''\n"))

    def test_stdin_file(self):
        path = self.write("import sys\nprint(sys.stdin.read().upper())\n")
        data = self.write("hello", "data.txt")
        code, out, _ = self.cli("run", path, "--stdin", data)
        self.assertEqual((code, out), (0, b"HELLO\n"))

    def test_both(self):
        data = self.write("hello", "data.txt")
        code, out, _ = self.cli("run", "-", "--stdin", data, text_in=b"print(input())\n")
        self.assertEqual((code, out), (0, b"hello\n"))

    def test_own_stdin_is_not_the_code_s(self):
        path = self.write("import sys\nprint(repr(sys.stdin.read()))\n")
        code, out, _ = self.cli("run", path, text_in=b"secret")
        self.assertEqual((code, out), (0, b"''\n"))

    def test_args(self):
        path = self.write("import sys\nprint(sys.argv[1:])\n")
        code, out, _ = self.cli("run", path, "--arg", "one", "--arg", "--two", "--arg", "")
        self.assertEqual((code, out), (0, b"['one', '--two', '']\n"))

    def test_working_folder(self):
        """A file finds what lies beside it, wherever it is started from."""
        self.write("found", "data.txt")
        self.write("VALUE = 3\n", "helper.py")
        path = self.write("import helper\nprint(open('data.txt').read(), helper.VALUE)\n")
        code, out, _ = self.cli("run", path)
        self.assertEqual((code, out), (0, b"found 3\n"))

    def test_odd_file_name(self):
        path = self.write("print(__file__)\n", "a b 'ä\n中.py")
        code, out, _ = self.cli("run", path)
        self.assertEqual((code, out), (0, path.encode() + b"\n"))


class Exports(CliTestCase):
    def export(self, name, *args, source=None):
        path = source or example("02-slots")
        target = self.path(name)
        code, _, err = self.cli("run", path, "--export", f"graph={target}", *args)
        self.assertEqual(code, 0, err)
        with open(target, "rb") as file:
            return file.read()

    def test_png(self):
        data = self.export("g.png")
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", data[16:24])
        self.assertTrue(width > 300 and height > 200)
        double = self.export("g2.PNG", "--scale", "2")
        self.assertEqual(struct.unpack(">II", double[16:24]), (2 * width, 2 * height))

    def test_png_says_what_it_shows(self):
        data = self.export("g.png")
        self.assertIn(b"02-slots.py", data)
        self.assertIn(b"CPython", data)

    def test_svg(self):
        data = self.export("g.svg")
        self.assertIn(b"<svg", data)

    def test_pdf(self):
        self.assertTrue(self.export("g.pdf").startswith(b"%PDF"))

    def test_text(self):
        text = self.export("g.txt").decode()
        for word in ("NodeWithoutSlots", "neighbours", "neighbours"):
            self.assertIn(word, text)

    def test_focus(self):
        text = self.export("g.txt", "--focus", "slotted, claimed").decode()
        self.assertIn("slotted", text)
        self.assertNotIn("asked", text)

    def test_set(self):
        def export(*args):
            text = self.export("g.txt", *args).decode()
            return text[:text.rindex("\n\n")]  # below are date and duration

        boxes = export("--set", "graph.values-in-rows=off")
        self.assertNotEqual(boxes, export("--set", "graph.values-in-rows=on"))
        self.assertEqual(boxes, export(), "off is the default")

    def test_wrong_focus(self):
        path = self.write("apples = 1\nbananas = 2\n")
        code, _, err = self.cli("run", path, "--export", f"graph={self.path('g.png')}",
                                "--focus", "apples,cherries")
        self.assertEqual(code, 2)
        self.assertIn("“cherries”", err.decode())
        self.assertIn("apples, bananas", err.decode())
        self.assertFalse(os.path.exists(self.path("g.png")))

    def test_several(self):
        code, _, err = self.cli("run", example("01-references"), "--theme", "dark",
                                "--export", f"graph={self.path('a.png')}",
                                "--export", f"graph={self.path('a.txt')}")
        self.assertEqual(code, 0, err)
        self.assertTrue(os.path.exists(self.path("a.png")) and os.path.exists(self.path("a.txt")))
        self.assertIn(self.path("a.png").encode(), err)

    def test_after_exception(self):
        """What there was when it went wrong is drawn as well."""
        target = self.path("g.txt")
        path = self.write("fruits = ['apple']\nraise ValueError\n")
        code, _, _ = self.cli("run", path, "--export", f"graph={target}")
        self.assertEqual(code, 1)
        with open(target, encoding="utf-8") as file:
            self.assertIn("fruits", file.read())

    def test_nothing_to_draw(self):
        path = self.write("if\n")
        code, _, err = self.cli("run", path, "--export", f"graph={self.path('g.png')}")
        self.assertEqual(code, 1)
        self.assertIn(b"nothing to draw", err)

    def test_cannot_be_written(self):
        path = self.write("a = 1\n")
        code, _, err = self.cli("run", path, "--export", "graph=/no/such/folder/g.png")
        self.assertEqual(code, 1)
        self.assertIn(b"/no/such/folder/g.png", err)


class Examples(CliTestCase):
    def test_list(self):
        code, out, _ = self.cli("examples")
        self.assertEqual(code, 0)
        for name in sorted(os.listdir(os.path.join(SOURCE_ROOT, "resources", "examples"))):
            if name.endswith(".py"):
                self.assertIn(name[:-3].encode(), out)

    def test_print(self):
        for name in ("02-slots", "02-slots.py"):
            code, out, _ = self.cli("examples", name)
            self.assertEqual(code, 0)
            with open(example("02-slots"), "rb") as file:
                self.assertEqual(out, file.read())

    def test_piped(self):
        _, source, _ = self.cli("examples", "03-interning")
        code, out, _ = self.cli("run", "-", text_in=source)
        self.assertEqual(code, 0)
        self.assertIn(b"a is b: True", out)

    def test_unknown(self):
        self.assertIn("nothing-here", self.usage_error("examples", "nothing-here"))
        self.assertIn("Only one", self.usage_error("examples", "02-slots", "03-interning"))


if __name__ == "__main__":
    unittest.main()
