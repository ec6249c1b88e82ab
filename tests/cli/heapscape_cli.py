# heapscape_cli.py - runs heapscape-cli in tests
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share."""

import ctypes
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

CLI = os.environ["HEAPSCAPE_CLI"]
SOURCE_ROOT = os.environ["HS_SOURCE_ROOT"]
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h

# Far longer than anything here takes: only so that a hang ends.
GUARD = 120


def example(name):
    return os.path.join(SOURCE_ROOT, "resources", "examples", name + ".py")


def adopt_orphans():
    """Processes that lose their parent become children of this one."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError("PR_SET_CHILD_SUBREAPER")


def children():
    """Living children of this process, with their command lines."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                command = file.read()
        except OSError:
            continue
        if int(parent) == os.getpid() and state not in "ZX":
            found.append((int(pid), command))
    return found


class CliTestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        adopt_orphans()

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hs-cli-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        # What a run leaves in the folder for temporary files is seen there.
        self.temporary = os.path.join(self.folder, "tmp")
        os.mkdir(self.temporary)
        self.environment = dict(os.environ, TMPDIR=self.temporary)

    def tearDown(self):
        deadline = time.monotonic() + 10
        while children() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(children(), [], "a process was left behind")
        self.assertEqual(os.listdir(self.temporary), [], "a temporary folder was left behind")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, text, name="code.py"):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def cli(self, *args, stdin=subprocess.DEVNULL, text_in=None, **environment):
        """Returns (exit code, stdout, stderr), the streams as bytes."""
        options = {"input": text_in} if text_in is not None else {"stdin": stdin}
        done = subprocess.run([CLI, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=dict(self.environment, **environment), timeout=GUARD,
                              check=False, **options)
        return done.returncode, done.stdout, done.stderr

    def start(self, *args, **options):
        """Starts it and returns the process, its streams as pipes."""
        return subprocess.Popen([CLI, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment, **options)

    def run_json(self, source, *args, **options):
        """Returns (exit code, the JSON of a run of @source)."""
        path = source if os.path.isabs(str(source)) else self.write(source)
        code, out, err = self.cli("run", path, "--json", "-", *args, **options)
        self.assertEqual(err, b"")
        return code, json.loads(out)

    def usage_error(self, *args):
        """Returns what is said about wrong usage."""
        code, out, err = self.cli(*args)
        self.assertEqual(code, 2, err)
        self.assertEqual(out, b"")
        self.assertTrue(err.startswith(b"heapscape-cli: "), err)
        return err.decode()
