#!/usr/bin/python3
# test-pythons.py - which interpreters can be used, and what is said about the others
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import glob
import json
import os
import subprocess
import unittest

from heapscape_cli import GUARD, CliTestCase

ABILITIES = ["run", "snapshot", "fields", "all-objects", "ledger", "lines"]


def list_others(minors):
    """Interpreters of this machine for which there are no workers, by their minor version."""
    found = {}
    for path in glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3")) + glob.glob(
            "/usr/bin/python3.*[0-9]"):
        done = subprocess.run([path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        minor = done.stdout.decode().strip()
        if minor and minor not in minors:
            found[minor] = path
    return found


class Case(CliTestCase):
    def get_pythons(self):
        code, out, _ = self.cli("pythons", "--json", "-")
        self.assertEqual(code, 0)
        return json.loads(out)["pythons"]

    def script(self, name, text):
        path = self.write("#!/bin/sh\n" + text + "\n", name)
        os.chmod(path, 0o755)
        return path

    def make_venv(self, interpreter, name):
        """Makes a virtual environment with a module of its own; returns its folder."""
        venv = self.path(name)
        subprocess.run([interpreter, "-m", "venv", "--without-pip", venv], check=True,
                       timeout=GUARD)
        command = [os.path.join(venv, "bin/python"), "-c",
                   "import site; print(site.getsitepackages()[0])"]
        site = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        with open(os.path.join(site, "only_here.py"), "w", encoding="utf-8") as file:
            file.write("VALUE = 42\n")
        return venv

    def refused(self, python, *expected):
        """What is said about @python names all that is expected, and the code does not run."""
        said = self.usage_error("run", self.write("open('was-run', 'w')\n"), "--python", python)
        for text in expected:
            self.assertIn(text, said)
        self.assertFalse(os.path.exists(self.path("was-run")))
        self.assertEqual(said.count("\n"), 1)


class List(Case):
    def test_table(self):
        code, out, _ = self.cli("pythons")
        self.assertEqual(code, 0)
        self.assertIn(b"heapscape-worker-3.", out)
        for python in self.get_pythons():
            for text in (python["version"], python["executable"], python["library"]):
                self.assertIn(text.encode(), out)
        self.assertIn(b"run, snapshot, fields, all objects, ledger, lines", out)

    def test_json(self):
        code, out, _ = self.cli("pythons", "--json", "-")
        data = json.loads(out)
        self.assertEqual(code, 0)
        self.assertEqual((data["format"], data["version"]), ("heapscape-pythons", 1))
        self.assertEqual(data["problems"], [])
        for python in data["pythons"]:
            self.assertTrue(python["version"].startswith(python["minor"] + "."))
            self.assertTrue(os.access(python["worker"], os.X_OK))
            self.assertTrue(os.path.exists(python["library"]))
            self.assertEqual(python["abilities"], ABILITIES)
        self.assertEqual([python["default"] for python in data["pythons"]],
                         [True] + [False] * (len(data["pythons"]) - 1))

    def test_none(self):
        code, out, err = self.cli("pythons", HEAPSCAPE_WORKERS=self.folder)
        self.assertEqual(code, 1)
        self.assertTrue(out.startswith(b"Protected from code"), out)
        self.assertIn(self.folder.encode(), err)

    def test_broken(self):
        path = self.write("#!/bin/sh\necho 'cannot load libpython' >&2\nexit 1\n",
                          "heapscape-worker-3.11")
        os.chmod(path, 0o755)
        code, out, _ = self.cli("pythons", HEAPSCAPE_WORKERS=self.folder)
        self.assertEqual(code, 1)
        self.assertIn(b"cannot load libpython", out)

    def test_run_without_worker(self):
        code, out, err = self.cli("run", self.write("a = 1\n"), HEAPSCAPE_WORKERS=self.path("tmp"))
        self.assertEqual((code, out), (1, b""))
        self.assertIn(self.path("tmp").encode(), err)

    def test_debug_library(self):
        """A library with what only debug builds have is refused when the worker starts."""
        compiler = os.environ.get("CC", "cc")
        source = self.write("void _Py_NegativeRefcount (void) {}\n", "debug.c")
        library = self.path("debug.so")
        done = subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source],
                              stderr=subprocess.DEVNULL, check=False)
        if done.returncode != 0 or os.environ.get("ASAN_OPTIONS"):
            self.skipTest("no library can be made, or not be loaded first")
        code, out, _ = self.cli("pythons", LD_PRELOAD=library)
        self.assertEqual(code, 1)
        self.assertIn(b"is a debug build of Python", out)
        code, out, err = self.cli("run", self.write("x = 1\n"), LD_PRELOAD=library)
        self.assertEqual((code, out), (1, b""))
        self.assertIn(b"is a debug build of Python", err)


class Choice(Case):
    def run_with(self, python, source="import sys\nprint('%d.%d' % sys.version_info[:2])\n"):
        code, out, err = self.cli("run", self.write(source), "--python", python)
        self.assertEqual(code, 0, err)
        return out.decode()

    def test_versions_and_interpreters(self):
        for python in self.get_pythons():
            expected = python["minor"] + "\n"
            self.assertEqual(self.run_with(python["minor"]), expected)
            self.assertEqual(self.run_with(python["version"]), expected)
            if python["executable"]:
                self.assertEqual(self.run_with(python["executable"]), expected)

    def test_virtual_environments(self):
        """By folder and by interpreter; its packages can be imported."""
        source = ("import only_here, sys\n"
                  "print(only_here.VALUE, '%d.%d' % sys.version_info[:2], sys.executable, "
                  "sys.prefix)\n")
        for python in self.get_pythons():
            if not python["executable"]:
                continue
            venv = self.make_venv(python["executable"], "venv-" + python["minor"])
            expected = f"42 {python['minor']} {venv}/bin/python {venv}\n"
            for what in (venv, venv + "/", os.path.join(venv, "bin", "python")):
                with self.subTest(what):
                    self.assertEqual(self.run_with(what, source), expected)
            # Not those of others.
            code, _, err = self.cli("run", self.write(source), "--python", python["minor"])
            self.assertEqual(code, 1)
            self.assertIn(b"only_here", err)

    def test_installation(self):
        """The folder that holds bin/python3."""
        for python in self.get_pythons():
            prefix = os.path.dirname(os.path.dirname(python["executable"] or ""))
            program = os.path.join(prefix, "bin", "python3")
            if prefix not in ("", "/usr") and os.access(program, os.X_OK):
                self.assertEqual(self.run_with(prefix), python["minor"] + "\n")


class Refusal(Case):
    def test_other_versions(self):
        minors = [python["minor"] for python in self.get_pythons()]
        for what in ("2.7", "3.8", "3.10", "3.14", "3.99"):
            self.refused(what, "Python " + what, *minors)
        for what in ("3.13t", "3.14t"):
            self.refused(what, "Free-threaded", *minors)
        self.refused(minors[0] + ".99", minors[0] + ".99")

    def test_other_interpreters(self):
        """Interpreters and virtual environments of other minor versions, with both versions."""
        minors = [python["minor"] for python in self.get_pythons()]
        for minor, path in list_others(minors).items():
            with self.subTest(minor):
                self.refused(path, path, "Python " + minor, *minors)
                if int(minor.split(".")[1]) >= 8:
                    venv = self.make_venv(path, "venv-" + minor)
                    for what in (venv, venv + "/bin/python"):
                        self.refused(what, what, "Python " + minor, *minors)

    def test_future_version(self):
        path = self.script("python3.14", "echo '{\"implementation\": \"cpython\", "
                           "\"version\": \"3.14.2\", \"minor\": \"3.14\", "
                           "\"executable\": \"\"}'")
        self.refused(path, path, "Python 3.14", *(p["minor"] for p in self.get_pythons()))

    def test_builds(self):
        python = self.get_pythons()[0]
        for member, expected in (("\"debug\": true", "debug build"),
                                 ("\"free_threaded\": true", "free-threaded build"),
                                 ("\"implementation\": \"pypy\"", "only CPython")):
            answer = ('{"implementation": "cpython", "version": "%s", "minor": "%s", '
                      '"executable": "", %s}' % (python["version"], python["minor"], member))
            path = self.script("odd-python", f"echo '{answer}'")
            self.refused(path, path, expected)

    def test_things_that_are_none(self):
        missing = self.path("missing")
        plain = self.write("x = 1\n", "plain.py")
        self.refused(missing, missing, "neither a version")
        self.refused(plain, plain, "a file, but no program")
        self.refused("/bin/true", "/bin/true", "does not answer as Python does")
        self.refused(self.folder, self.folder, "no virtual environment", "-m venv")
        old = self.script("python2", "echo 'Unknown option: -I' >&2\n"
                          "echo 'Try `python -h` for more information.' >&2\nexit 2")
        self.refused(old, old, "older than Python 3.4")

    def test_broken_virtual_environment(self):
        python = self.get_pythons()[0]
        venv = self.make_venv(python["executable"], "venv")
        for name in os.listdir(os.path.join(venv, "bin")):
            os.remove(os.path.join(venv, "bin", name))
        self.refused(venv, venv, "broken", "--clear")

    def test_flags_of_the_interpreter(self):
        """What the library itself says counts, after it has started."""
        for python in self.get_pythons():
            if not python["executable"]:
                continue
            venv = self.make_venv(python["executable"], "venv-" + python["minor"])
            for line, expected in (("sys.abiflags = 't'", b"free-threaded build"),
                                   ("sys.abiflags = 'd'", b"debug build"),
                                   ("sys.gettotalrefcount = len", b"debug build")):
                # A .pth file is run as the worker's interpreter starts. That of the environment is
                # asked before, with -c: its answer is not to be what refuses.
                site = glob.glob(os.path.join(venv, "lib/*/site-packages"))[0]
                with open(os.path.join(site, "odd.pth"), "w", encoding="utf-8") as file:
                    file.write(f"import sys; exec(\"if '-c' not in sys.orig_argv: {line}\")\n")
                path = self.write("print('was run')\n")
                code, out, err = self.cli("run", path, "--python", venv)
                self.assertNotEqual(code, 0)
                self.assertNotIn(b"was run", out)
                self.assertIn(expected, err + out)


if __name__ == "__main__":
    unittest.main()
