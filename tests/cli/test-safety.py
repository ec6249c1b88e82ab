#!/usr/bin/python3
# test-safety.py - what code may do, what it may not, and who is told
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import unittest

from heapscape_cli import CLI, GUARD, CliTestCase

DENY_CALLS = os.environ["HS_DENY_CALLS"]

# Writes into each file that is named, and prints what came of it as JSON.
WRITE = """
import errno, json, sys
done = {}
for path in sys.argv[1:]:
    try:
        with open(path, 'w') as file:
            file.write('by the code')
        done[path] = 'written'
    except OSError as error:
        done[path] = errno.errorcode[error.errno]
print(json.dumps(done))
"""


@functools.cache
def get_bubblewrap_problem():
    """Why bubblewrap cannot be used on this machine; None if it can."""
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed"
    done = subprocess.run(["bwrap", "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/",
                           "--proc", "/proc", "true"], stderr=subprocess.PIPE, check=False)
    return None if done.returncode == 0 else "bubblewrap does not work here: " + done.stderr.decode()


class SafetyTestCase(CliTestCase):
    def setUp(self):
        super().setUp()
        self.victim = self.write("precious", "victim.txt")

    def tearDown(self):
        super().tearDown()
        with open(self.victim, encoding="utf-8") as file:
            self.assertEqual(file.read(), "precious")

    def deny(self, what, *args, stdin=subprocess.DEVNULL, **environment):
        """Runs the command line where @what is missing; returns as cli() does."""
        done = subprocess.run([DENY_CALLS, what, CLI, *args], stdin=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=dict(self.environment, **environment),
                              timeout=GUARD, check=False)
        if done.returncode == 77:
            self.skipTest(done.stderr.decode())
        return done.returncode, done.stdout, done.stderr

    def write_by_code(self, paths, *args, what=None, **environment):
        """Returns {path: "written" or the name of an error} of code that writes to @paths."""
        command = ["run", self.write(WRITE), *args]
        for path in paths:
            command += ["--arg", path]
        code, out, err = (self.deny(what, *command, **environment) if what is not None
                          else self.cli(*command, **environment))
        self.assertEqual(code, 0, err)
        return json.loads(out)


class Missing(SafetyTestCase):
    """Of the kernel's protections; bubblewrap stands in for Landlock."""

    def needs_bubblewrap(self):
        if get_bubblewrap_problem() is not None:
            self.skipTest(get_bubblewrap_problem())

    def refused(self, what, *expected, **environment):
        code, out, err = self.deny(what, "run", self.write(WRITE), "--arg", self.victim,
                                   **environment)
        self.assertEqual((code, out), (1, b""))
        for text in (*expected, "The code was not run", "--allow unprotected"):
            self.assertIn(text, err.decode())
        self.assertEqual(err.count(b"\n"), 1)

    def test_bubblewrap(self):
        self.needs_bubblewrap()
        allowed = self.path("allowed")
        os.mkdir(allowed)
        devices = ["/dev/null", "/dev/zero", "/dev/full"]
        paths = [self.victim, self.path("new"), os.path.join(allowed, "new"), "/tmp/new",
                 "/dev/shm/new", "/dev/new", "/proc/sys/kernel/core_pattern",
                 os.path.expanduser("~/.new"), "in-working-folder", *devices]
        done = self.write_by_code(paths, "--allow", "write=" + allowed, what="landlock")
        written = [path for path in paths if done[path] == "written"]
        self.assertEqual(written, [os.path.join(allowed, "new"), "/dev/null", "/dev/zero"], done)
        self.assertEqual(done[self.victim], "EROFS")
        self.assertEqual(os.listdir(allowed), ["new"])
        self.assertEqual(sorted(os.listdir(self.folder)),
                         ["allowed", "code.py", "tmp", "victim.txt"])

    def test_bubblewrap_scratch(self):
        """Its own folder is there, and no process but its own; a snapshot comes back."""
        self.needs_bubblewrap()
        source = ("import os, tempfile\n"
                  "open(os.path.join(tempfile.gettempdir(), 'x'), 'w').write('y')\n"
                  "pids = [int(name) for name in os.listdir('/proc') if name.isdigit()]\n"
                  "print(sorted(pids) == [1, os.getpid()], os.getppid())\n")
        code, out, err = self.deny("landlock", "run", self.write(source), "--json", "-")
        data = json.loads(out)
        self.assertEqual((code, data["stdout"], err), (0, "True 1\n", b""))
        self.assertIn("pids", [name["name"] for name in data["names"]])

    def test_bubblewrap_input(self):
        self.needs_bubblewrap()
        code, out, _ = self.deny("landlock", "run", self.write("print(input())\n"), "--stdin",
                                 self.victim)
        self.assertEqual((code, out), (0, b"precious\n"))

    def test_bubblewrap_network(self):
        """With the filter of system calls, and by itself."""
        self.needs_bubblewrap()
        with socket.create_server(("127.0.0.1", 0)) as server:
            source = self.write("import socket\n"
                                f"socket.create_connection(('127.0.0.1', {server.getsockname()[1]}),"
                                " 10)\n")
            for what, *args in (("landlock",), ("landlock,seccomp", "--allow", "unprotected")):
                code, _, err = self.deny(what, "run", source, *args)
                self.assertEqual(code, 1)
                self.assertIn(b"Error", err)
                code, _, err = self.deny(what, "run", source, *args, "--allow", "network")
                self.assertEqual(code, 0, err)

    def test_bubblewrap_processes(self):
        """What the code starts can write no more than the code, and ends with it."""
        self.needs_bubblewrap()
        source = ("import subprocess\n"
                  "subprocess.Popen(['sleep', '1000'], start_new_session=False)\n"
                  f"print(subprocess.run(['cp', '/dev/null', '{self.victim}']).returncode)\n")
        code, out, err = self.deny("landlock", "run", self.write(source), "--allow", "processes")
        self.assertEqual((code, out), (0, b"1\n"), err)

    def test_bubblewrap_ends(self):
        """By a limit, on request, and when nobody is left; tearDown looks for processes."""
        self.needs_bubblewrap()
        endless = self.write("x = 1\nprint('ready', flush=True)\nwhile True:\n    pass\n")
        code, out, _ = self.deny("landlock", "run", endless, "--json", "-", "--timeout", "0.5")
        self.assertEqual((code, json.loads(out)["status"]), (1, "timeout"))
        for number in (signal.SIGINT, signal.SIGKILL):
            process = subprocess.Popen([DENY_CALLS, "landlock", CLI, "run", endless],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       env=self.environment)
            self.assertEqual(process.stdout.readline(), b"ready\n")
            process.send_signal(number)
            _, err = process.communicate(timeout=GUARD)
            self.assertEqual(b"Stopped on request" in err, number == signal.SIGINT)
        for name in os.listdir(self.temporary):
            os.rmdir(os.path.join(self.temporary, name))

    def test_bubblewrap_is_used_in_any_case(self):
        """That something else is missing, and allowed to be, is no reason to leave it out."""
        self.needs_bubblewrap()
        done = self.write_by_code([self.victim], "--allow", "unprotected", what="landlock,seccomp")
        self.assertEqual(done, {self.victim: "EROFS"})

    def test_nothing_for_files(self):
        self.refused("landlock,namespaces", "Landlock", "bubblewrap", "your files")

    def test_no_bubblewrap(self):
        self.refused("landlock", "Landlock", "not installed", PATH=self.temporary)

    def test_nothing_for_calls(self):
        self.refused("seccomp", "seccomp", "network")

    def test_nothing(self):
        self.refused("landlock,namespaces,seccomp", "Landlock", "bubblewrap", "seccomp")

    def test_unprotected(self):
        for what in ("landlock,namespaces", "landlock,namespaces,seccomp"):
            new = self.path("new")
            done = self.write_by_code([new], "--allow", "unprotected", what=what)
            self.assertEqual(done, {new: "written"})
            os.remove(new)

    def test_unprotected_is_not_less(self):
        """Where nothing is missing, it allows nothing."""
        done = self.write_by_code([self.victim], "--allow", "unprotected")
        self.assertIn(done[self.victim], ("EACCES", "EROFS"))


class List(SafetyTestCase):
    """What “pythons” says about the protections."""

    IDS = ["landlock", "bubblewrap", "seccomp", "privileges", "limits", "own-session"]

    def get(self, what=None, **environment):
        """Returns the JSON, and its protections by their ids."""
        args = ["pythons", "--json", "-"]
        code, out, err = (self.deny(what, *args, **environment) if what is not None
                          else self.cli(*args, **environment))
        self.assertEqual((code, err), (0, b""))
        data = json.loads(out)
        self.assertEqual([line["id"] for line in data["protections"]], self.IDS)
        # The table says the same.
        code, out, _ = (self.deny(what, "pythons", **environment) if what is not None
                        else self.cli("pythons", **environment))
        self.assertEqual(code, 0)
        for line in data["protections"]:
            self.assertIn(line["name"], out.decode())
            self.assertIn(line["state"], out.decode())
        if data["protection_warning"]:
            self.assertIn(data["protection_warning"], out.decode())
        return data, {line["id"]: line for line in data["protections"]}

    def test_all(self):
        data, lines = self.get()
        if data["landlock_abi"] == 0:
            self.skipTest("there is no Landlock here")
        self.assertIsNone(data["protection_warning"])
        self.assertEqual(lines["landlock"]["state"], f"active, ABI {data['landlock_abi']}")
        self.assertFalse(lines["bubblewrap"]["active"])
        for name in ("landlock", "seccomp", "privileges", "limits", "own-session"):
            self.assertTrue(lines[name]["active"], name)

    def test_no_landlock(self):
        data, lines = self.get("landlock", PATH=self.temporary)
        self.assertEqual(data["landlock_abi"], 0)
        self.assertFalse(lines["landlock"]["active"] or lines["bubblewrap"]["active"])
        self.assertIn("Linux 5.13", lines["landlock"]["state"])
        self.assertIn("not installed", lines["bubblewrap"]["state"])
        self.assertIn("your files", data["protection_warning"])

    def test_bubblewrap(self):
        if get_bubblewrap_problem() is not None:
            self.skipTest(get_bubblewrap_problem())
        data, lines = self.get("landlock")
        self.assertTrue(lines["bubblewrap"]["active"])
        self.assertIsNone(data["protection_warning"])

    def test_no_seccomp(self):
        data, lines = self.get("seccomp")
        self.assertFalse(lines["seccomp"]["active"])
        self.assertIn("seccomp", data["protection_warning"])


if __name__ == "__main__":
    unittest.main()
