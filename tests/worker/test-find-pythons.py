#!/usr/bin/python3
# test-find-pythons.py - for which builds of CPython there are workers
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-find-pythons.py FIND-PYTHONS.PY [unittest options]

Folders are made up that look like what "make install" leaves.
"""

import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = None


class FindTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="heapscape-test-")
        self.addCleanup(folder.cleanup)
        self.home = folder.name

    def write(self, path, text=""):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def install(self, version, config="", build="", internal=True, library=True, said=None):
        """Returns the prefix."""
        minor = ".".join(version.split(".")[:2])
        prefix = os.path.join(self.home, ".pyenv", "versions", version + build)
        include = os.path.join(prefix, "include", f"python{minor}{build}")
        self.write(os.path.join(include, "patchlevel.h"),
                   f'#define PY_VERSION    "{said or version}"\n')
        self.write(os.path.join(include, "pyconfig.h"), config)
        if internal:
            self.write(os.path.join(include, "internal", "pycore_frame.h"))
        if library:
            self.write(os.path.join(prefix, "lib", f"libpython{minor}{build}.so"))
        program = os.path.join(prefix, "bin", "python" + minor)
        self.write(program)
        os.chmod(program, 0o755)
        return prefix

    def find(self, *wanted):
        """Returns (exit status, the lines as lists of fields, what was complained)."""
        environment = {"HOME": self.home, "PATH": os.environ["PATH"], "PKG_CONFIG": "/bin/false"}
        done = subprocess.run([sys.executable, SCRIPT, *wanted], capture_output=True, text=True,
                              env=environment, check=False)
        lines = [line.split("\t") for line in done.stdout.splitlines()]
        # What this machine has in /usr/local and /opt is not made up.
        return done.returncode, [line for line in lines if self.home in line[2]], done.stderr

    def check_refused(self, reason, **options):
        prefix = self.install("3.12.7", **options)
        status, lines, said = self.find("3.12")
        if lines == [] and status == 0:
            self.skipTest("there is a 3.12 in /usr/local or /opt")
        self.assertEqual((status, lines), (1, []))
        self.assertIn(reason, said)
        self.assertIn(prefix, said)
        # Without being asked for it is no error, but said.
        status, lines, said = self.find()
        self.assertEqual((status, lines), (0, []))
        self.assertIn("no worker for Python 3.12", said)
        self.assertIn(reason, said)

    def test_release(self):
        prefix = self.install("3.12.7", config="/* #undef Py_DEBUG */\n")
        status, lines, said = self.find("3.12")
        self.assertEqual((status, said), (0, ""))
        self.assertEqual(lines, [["3.12", "3.12.7", f"{prefix}/include/python3.12", f"{prefix}/lib",
                                  "python3.12", f"{prefix}/bin/python3.12", f"{prefix}/lib"]])

    def test_newest(self):
        self.install("3.12.7")
        self.install("3.12.10")
        self.install("3.12.9")
        self.assertEqual(self.find("3.12")[1][0][1], "3.12.10")

    def test_release_beside_others(self):
        """A build that can be used is taken, and the others are not spoken of."""
        self.install("3.13.1")
        self.install("3.13.2", build="t", config="#define Py_GIL_DISABLED 1\n")
        status, lines, said = self.find("3.13")
        self.assertEqual((status, [line[1] for line in lines], said), (0, ["3.13.1"], ""))

    def test_debug(self):
        self.check_refused("is a debug build", config="#define Py_DEBUG 1\n")

    def test_debug_by_name(self):
        self.check_refused("is a debug build", build="d")

    def test_free_threaded(self):
        self.check_refused("is a free-threaded build", config="#define Py_GIL_DISABLED 1\n")

    def test_free_threaded_by_name(self):
        self.check_refused("is a free-threaded build", build="t")

    def test_trace_refs(self):
        self.check_refused("Py_TRACE_REFS", config=" # define Py_TRACE_REFS 1\n")

    def test_no_library(self):
        self.check_refused("no shared libpython3.12", library=False)

    def test_no_internal_headers(self):
        self.check_refused("no internal headers", internal=False)

    def test_pre_release(self):
        self.check_refused("is a pre-release", said="3.12.0rc1")

    def test_other_version(self):
        self.check_refused("belongs to Python 3.11.4", said="3.11.4")

    def test_configuration_elsewhere(self):
        """Debian's pyconfig.h includes that of the architecture."""
        prefix = self.install("3.12.7", config="# include <x86_64/python3.12/pyconfig.h>\n")
        self.write(os.path.join(prefix, "include", "x86_64", "python3.12", "pyconfig.h"),
                   "#define Py_DEBUG 1\n")
        self.assertIn("is a debug build", self.find("3.12")[2])

    def test_unsupported(self):
        self.install("3.10.1")
        status, lines, said = self.find("3.10")
        self.assertEqual((status, lines), (1, []))
        self.assertIn("3.11, 3.12, 3.13", said)


if __name__ == "__main__":
    SCRIPT = sys.argv.pop(1)
    unittest.main()
