#!/usr/bin/python3
# test-safety.py - what code may do, what it may not, and who is told
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import functools
import json
import os
import pty
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
    if done.returncode == 0:
        return None
    return "bubblewrap does not work here: " + done.stderr.decode()


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

    def test_bubblewrap_refused(self):
        """The same is said as with Landlock."""
        self.needs_bubblewrap()
        for path in (self.victim, self.path("new")):
            code, out, _ = self.deny("landlock", "run", self.write(f"open({path!r}, 'w')\n"),
                                     "--json", "-")
            data = json.loads(out)
            self.assertEqual((code, data["refused"]), (1, {"what": "write", "file": path}))
            self.assertIn("--allow write=" + self.folder, data["message"])

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
            port = server.getsockname()[1]
            source = self.write("import socket\n"
                                f"socket.create_connection(('127.0.0.1', {port}), 10)\n")
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
        bomb = self.write("import os, subprocess\nsubprocess.Popen(['sleep', '1000'])\n"
                          "if os.fork() == 0:\n    os.fork()\n    while True:\n        pass\n"
                          "print('ready', flush=True)\nwhile True:\n    pass\n", "bomb.py")
        for source in (endless, bomb):
            for number in (signal.SIGINT, signal.SIGKILL):
                process = subprocess.Popen([DENY_CALLS, "landlock", CLI, "run", source,
                                            "--allow", "processes"],
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


class Refused(SafetyTestCase):
    """What is said about code that was kept from something."""

    def check(self, source, status, what, message, *args, file=None, code=1, line=None):
        exit_code, data = self.run_json(source, *args)
        self.assertEqual((exit_code, data["status"]), (code, status), data["message"])
        self.assertEqual(data["refused"], what and {"what": what, "file": file}, data["message"])
        self.assertIn(message, data["message"])
        if line is not None:
            self.assertIn(f"at line {line}", data["message"])
        return data

    def test_write(self):
        self.check(f"x = 1\nopen({self.victim!r}, 'w')\n", "exception", "write",
                   f"--allow write={self.folder}.", file=self.victim, line=2)

    def test_write_allowed(self):
        allowed = self.path("allowed")
        os.mkdir(allowed)
        data = self.check(f"open({allowed + '/x'!r}, 'w')\n", "ok", None, "Finished", "--allow",
                          "write=" + allowed, code=0)
        self.assertEqual(data["permissions"], ["write=" + allowed])

    def test_write_beside_allowed(self):
        """A folder allows nothing beside it, by whatever way."""
        allowed = self.path("allowed")
        os.mkdir(allowed)
        for source in (f"open({allowed + '/../victim.txt'!r}, 'w')\n",
                       f"import os\nos.rename({self.victim!r}, {allowed + '/x'!r})\n",
                       f"import os\nos.link({self.victim!r}, {allowed + '/x'!r})\n"
                       f"open({allowed + '/x'!r}, 'w')\n",
                       f"import os\nos.symlink({self.victim!r}, {allowed + '/y'!r})\n"
                       f"open({allowed + '/y'!r}, 'w')\n"):
            code, data = self.run_json(source, "--allow", "write=" + allowed)
            self.assertEqual((code, data["status"]), (1, "exception"), source)

    def test_replaced_folder(self):
        """Code that may write beside an allowed folder puts a link in its place."""
        outer, inner = self.path("outer"), self.path("outer/inner")
        os.makedirs(inner)
        allow = ("--allow", "write=" + outer, "--allow", "write=" + inner)
        source = f"import os\nos.rmdir({inner!r})\nos.symlink({self.folder!r}, {inner!r})\n"
        self.assertEqual(self.run_json(source, *allow)[0], 0)
        # Where it leads is what the user has named now: what is said shows it.
        code, data = self.run_json("x = 1\n", *allow)
        self.assertEqual((code, data["permissions"]), (0, ["write=" + self.folder,
                                                           "write=" + outer]))

    def test_read(self):
        environment = f"/proc/{os.getpid()}/environ"
        self.check(f"open({environment!r})\n", "exception", "read",
                   f"“{environment}”: other processes", file=environment)

    def test_network(self):
        self.check("import socket\nsocket.socket()\n", "exception", "network",
                   "give --allow network")

    def test_processes(self):
        self.check("import subprocess\nsubprocess.run(['true'])\n", "exception", "process",
                   "give --allow processes")
        data = self.check("import subprocess\nprint(subprocess.run(['true']).returncode)\n", "ok",
                          None, "Finished", "--allow", "processes", code=0)
        self.assertEqual((data["stdout"], data["permissions"]), ("0\n", ["processes"]))

    def test_call(self):
        self.check("import os\nos.chmod('code.py', 0)\n", "exception", "call",
                   "cannot be allowed")

    def test_of_the_user(self):
        """What the user may not do either is no refusal."""
        self.check("open('/nowhere/x', 'w')\n", "exception", None, "FileNotFoundError")

    def test_large_file(self):
        self.check("import tempfile\nwith open(tempfile.gettempdir() + '/x', 'wb') as file:\n"
                   "    file.truncate(1 << 40)\n", "exception", None, "512 MiB at most")

    def test_disk(self):
        data = self.check("import tempfile\nfor i in range(10000):\n"
                          "    with open(f'{tempfile.gettempdir()}/{i}', 'wb') as file:\n"
                          "        file.write(bytes(1 << 20))\n", "disk-limit", None,
                          "--allow write=FOLDER")
        self.assertIsNone(data["exit_code"])

    def test_crash(self):
        data = self.check("import ctypes\nctypes.string_at(0)\n", "crashed", None,
                          "look at extension modules", line=2)
        self.assertEqual(data["signal"], "SIGSEGV")

    def test_stack_overflow(self):
        self.check("import sys\nsys.setrecursionlimit(10**6)\nx = []\nfor i in range(200000):\n"
                   "    x = [x]\nrepr(x)\n", "crashed", None, "sys.setrecursionlimit()", line=6)

    def test_inside_c_code(self):
        self.check("def f():\n    return sum(range(10**12))\nf()\n", "timeout", None,
                   "inside C code at line 2, ", "--timeout", "0.5", line=2)

    def test_deaf(self):
        self.check("import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, "
                   "signal.valid_signals())\nwhile True:\n    pass\n", "timeout", None,
                   "deaf to signals", "--timeout", "0.5")

    def test_killed(self):
        data = self.check("import os\nos.kill(os.getpid(), 9)\n", "crashed", None,
                          "runs out of memory")
        self.assertEqual(data["signal"], "SIGKILL")

    def test_processor_time(self):
        data = self.check("import resource, signal\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))"
                          "\nwhile True:\n    pass\n", "timeout", None, "processor time")
        self.assertEqual(data["signal"], "SIGXCPU")

    def test_hostile_texts(self):
        """What a sentence quotes tells a terminal nothing."""
        source = "raise type('E\\x1b[2J', (Exception,), {})('\\x1b[31mred\\x07')\n"
        data = self.check(source, "exception", None, "E␛[2J at line 1: ␛[31mred␇")
        self.assertEqual(data["exception"]["message"], "\x1b[31mred\x07")
        code, _, err = self.cli("run", self.path("\x1b[31mred"))
        self.assertEqual(code, 2)
        self.assertNotIn(b"\x1b", err)


class Allowed(SafetyTestCase):
    """The option of all commands that run code."""

    def test_wrong(self):
        source = self.write("open('was-run', 'w')\n")
        for command in (["run", source], ["compare", source],
                        ["examples", "13-slots", "--compare"]):
            for what, expected in (("everything", "nothing that can be allowed"),
                                   ("write=/", "everywhere"), ("write=", "needs a folder"),
                                   ("write=" + self.path("missing"), self.path("missing")),
                                   ("write=" + source, "not a folder"),
                                   ("write=/proc", "belongs to the system")):
                self.assertIn(expected, self.usage_error(*command, "--allow", what))
        self.assertIn("go with --compare", self.usage_error("examples", "13-slots", "--allow",
                                                            "network"))

    def test_relative_folder(self):
        """Of where the command line is, not of where the code is."""
        os.mkdir(self.path("here"))
        source = self.write(f"open({self.path('here/new')!r}, 'w')\n")
        done = subprocess.run([CLI, "run", source, "--allow", "write=here"], cwd=self.folder,
                              env=self.environment, stderr=subprocess.PIPE, timeout=GUARD,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_compare(self):
        """All passes of all variants are held to the same."""
        allowed = self.path("allowed")
        os.mkdir(allowed)
        source = self.write(f"# %% one\nopen({allowed + '/one'!r}, 'a').write('x')\n"
                            f"# %% two\nopen({allowed + '/two'!r}, 'a').write('x')\n")
        args = ("compare", source, "--repeat", "0")
        code, out, _ = self.cli(*args)
        self.assertEqual((code, os.listdir(allowed)), (1, []))
        self.assertIn(b"PermissionError", out)
        code, out, err = self.cli(*args, "--allow", "write=" + allowed)
        self.assertEqual((code, sorted(os.listdir(allowed))), (0, ["one", "two"]), out + err)

    def test_example(self):
        code, _, err = self.cli("examples", "13-slots", "--compare", "--repeat", "0", "--allow",
                                "network")
        self.assertEqual(code, 0, err)

    def test_more_than_one(self):
        code, data = self.run_json("x = 1\n", "--allow", "processes", "--allow", "network",
                                   "--allow", "write=" + self.folder, "--allow", "network")
        self.assertEqual((code, data["permissions"]), (0, ["write=" + self.folder, "network",
                                                           "processes"]))


# Everything that a terminal would obey, and what is none of that.
OUTPUT = b"\x1b[31mred\x07 \xff\xe2\0|\xc2\x9b31m|caf\xc3\xa9\ttab\r\nend\n"
OUTPUT_SHOWN = ("␛[31mred␇ ��␀|\\x9b31m|café\ttab\nend\n").encode()


class Terminal(SafetyTestCase):
    SOURCE = (f"import os, sys\nfor i in range({len(OUTPUT)}):\n"
              f"    os.write(1, {OUTPUT!r}[i:i + 1])\n")

    def run_on_terminal(self, *args):
        """Returns what a terminal as standard output is sent."""
        master, slave = pty.openpty()
        shown = b""
        with subprocess.Popen([CLI, "run", self.write(self.SOURCE), *args], stdout=slave,
                              stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              env=self.environment) as process:
            os.close(slave)
            while True:
                try:
                    data = os.read(master, 4096)
                except OSError: # EIO: everybody has closed the other end
                    break
                shown += data
                if not data:
                    break
            self.assertEqual(process.wait(GUARD), 0, process.stderr.read())
        os.close(master)
        return shown.replace(b"\r\n", b"\n")

    def test_terminal(self):
        self.assertEqual(self.run_on_terminal(), OUTPUT_SHOWN)

    def test_pipe(self):
        code, out, _ = self.cli("run", self.write(self.SOURCE))
        self.assertEqual((code, out), (0, OUTPUT))


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
