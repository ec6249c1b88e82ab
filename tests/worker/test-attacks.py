#!/usr/bin/python3
# test-attacks.py - hostile code: each attack ends as it must, and nothing is touched
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-attacks.py WORKER [unittest options]

As root everything is run a second time as an ordinary user.
"""

import ctypes
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

import attacks_calls
from attacks_programs import ATTACKS
from heapworker import HUNG_AT_EXIT, KILLED, OS_EXIT, Job, Worker

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
NOBODY = 65534
PR_SET_CHILD_SUBREAPER = 36

# Tells of every signal it gets, and when asked how it is.
VICTIM = r"""
import os, resource, signal, sys
secret = bytearray(b"secret" * 100)
def tell(number, frame): os.write(1, b"signal %d\n" % number)
for number in range(1, 65):
    if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
        signal.signal(number, tell)
print("ready", flush=True)
while sys.stdin.readline():
    print(os.getpriority(os.PRIO_PROCESS, 0), resource.getrlimit(resource.RLIMIT_CORE),
          sorted(os.sched_getaffinity(0)), secret == b"secret" * 100, flush=True)
"""


class Victim:
    def __init__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", "-c", VICTIM], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, start_new_session=True, text=True,
                                        env={"SECRET": "secret"})
        assert self.process.stdout.readline() == "ready\n"
        self.first = self.ask()

    def ask(self):
        self.process.stdin.write("how are you\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Home:
    """A folder of the user's, with what the code could want."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="heapscape-home-", dir="/var/tmp")
        self.secret = os.path.join(self.path, "secret")
        with open(self.secret, "w", encoding="utf-8") as file:
            file.write("secret" * 100)
        os.chmod(self.secret, 0o640)
        try:
            os.setxattr(self.secret, "user.kept", b"1")
        except OSError:
            pass
        os.mkdir(os.path.join(self.path, "empty"))
        os.symlink("secret", os.path.join(self.path, "link"))
        self.first = self.look()

    def look(self):
        found = {}
        for folder, folders, files in os.walk(self.path):
            for name in [".", *folders, *files]:
                path = os.path.join(folder, name)
                s = os.lstat(path)
                found[path] = (s.st_mode, s.st_uid, s.st_gid, s.st_size, s.st_nlink, s.st_mtime_ns,
                               s.st_ctime_ns)
        with open(self.secret, "rb") as file:
            found["text"] = file.read()
        return found

    def close(self):
        shutil.rmtree(self.path)


class Listeners:
    """Services of this machine, that nobody may talk to."""

    def __init__(self, folder):
        self.unix_path = os.path.join(folder, "socket")
        self.abstract = f"\0heapscape-test-{os.getpid()}"
        self.sockets = [self.listen(socket.AF_UNIX, self.unix_path),
                        self.listen(socket.AF_UNIX, self.abstract),
                        self.listen(socket.AF_INET, ("127.0.0.1", 0))]
        self.tcp = self.sockets[2].getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        self.udp = udp.getsockname()[1]
        self.sockets.append(udp)

    @staticmethod
    def listen(family, address):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.bind(address)
        listener.listen(5)
        listener.setblocking(False)
        return listener

    def is_untouched(self):
        for listener in self.sockets:
            try:
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()
                else:
                    listener.recv(100)
                return False
            except BlockingIOError:
                pass
        return True

    def close(self):
        for listener in self.sockets:
            listener.close()


class HostileWorker(Worker):
    """Whose results may be anything; only where they lie must be right."""

    def take_result(self, ancillary, total, *places):
        for offset, size in places:
            assert offset + size <= total, (offset, size, total)
        try:
            super().take_result(ancillary, total, *places)
        except Exception as error:  # pylint: disable=broad-except
            self.result.broken = error

    def remove_scratch(self):
        # It may be deeper than Python's own way to remove it goes.
        subprocess.run(["rm", "-rf", self.scratch.name], check=True)
        super().remove_scratch()


def list_children():
    """Of this process, those included that were left to it."""
    found = set()
    for task in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{task}/children", encoding="ascii") as file:
            found |= {int(pid) for pid in file.read().split()}
    return found


class AttackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.victim = Victim()
        cls.sockets_folder = tempfile.TemporaryDirectory(prefix="heapscape-test-")
        cls.listeners = Listeners(cls.sockets_folder.name)
        cls.home = Home()
        cls.children = list_children()
        cls.priority = os.getpriority(os.PRIO_PROCESS, 0)

    @classmethod
    def tearDownClass(cls):
        cls.home.close()
        cls.listeners.close()
        cls.sockets_folder.cleanup()
        cls.victim.close()

    def check_untouched(self):
        self.assertEqual(self.victim.ask(), self.victim.first, "the victim was touched")
        self.assertEqual(self.home.look(), self.home.first, "files were touched")
        self.assertTrue(self.listeners.is_untouched(), "somebody was called")
        self.assertEqual(os.getpriority(os.PRIO_PROCESS, 0), self.priority)
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/etc", "/run"):
            self.assertFalse(os.path.lexists(f"{folder}/heapscape-attack"), folder)
        for _ in range(200):
            left = list_children() - self.children
            if not left:
                return
            time.sleep(0.02)
        self.fail(f"processes were left: {left}")

    def run_attack(self, source, options):
        args = (0, os.getpid(), self.victim.process.pid, self.home.path, self.home.secret,
                self.listeners.unix_path, self.listeners.abstract.replace("\0", "@"),
                self.listeners.tcp, self.listeners.udp)
        fds = len(os.listdir("/proc/self/fd"))
        job = Job(source, args=[str(arg) for arg in args], **options)
        result = HostileWorker(WORKER, job).finish()
        self.assertFalse(result.closed_early, "the worker died")
        self.assertEqual(result.worker_exit, 0)
        self.assertLess(result.elapsed, 100)
        self.assertEqual(len(os.listdir("/proc/self/fd")), fds)
        self.check_untouched()
        return result

    def check(self, attack):
        source = attack.source
        if isinstance(source, str):
            source = textwrap.dedent(source).lstrip("\n")
        result = self.run_attack(source, attack.options)
        self.assertIn(result.status, attack.status, str(result))
        if attack.flags is not None:
            self.assertEqual(result.flags & (HUNG_AT_EXIT | KILLED | OS_EXIT), attack.flags,
                             str(result))
        for name in ("line", "signal", "exit_code", "type", "refused", "stdout"):
            if getattr(attack, name) is not None:
                self.assertEqual(getattr(result, name), getattr(attack, name), (name, str(result)))
        if attack.has_snapshot is not None:
            self.assertEqual(result.snapshot is not None, attack.has_snapshot, str(result))


class Programs(AttackTest):
    def test_programs(self):
        self.assertGreaterEqual(len(ATTACKS), 80)
        for attack in ATTACKS:
            if attack.not_as == ("root" if os.geteuid() == 0 else "user") or \
               (HAS_ASAN and attack.needs_limits):
                continue
            with self.subTest(attack.name):
                began = time.monotonic()
                self.check(attack)
                if os.environ.get("HS_TIMES"):
                    print(f"{time.monotonic() - began:6.2f} {attack.name}", file=sys.stderr)


class Calls(AttackTest):
    def run_group(self, group, **options):
        result = self.run_attack(attacks_calls.make_program(group), {"timeout": 30, **options})
        lines = result.stdout.decode(errors="replace").splitlines()
        n = len(attacks_calls.get_lines(group))
        self.assertEqual(result.status, "ok", str(result))
        self.assertEqual([line for line in lines if line.startswith("ALLOWED")], [])
        self.assertEqual(len([line for line in lines if line.startswith("refused")]), n)
        self.assertEqual(lines[-1], f"attempts {n}")

    def test_groups(self):
        if os.uname().machine != "x86_64":
            self.skipTest("the numbers of calls are those of x86-64")
        for group in attacks_calls.GROUPS:
            with self.subTest(group):
                self.run_group(group)

    def test_groups_with_a_record(self):
        """While everything is watched there is no more that is open."""
        if os.uname().machine != "x86_64":
            self.skipTest("the numbers of calls are those of x86-64")
        self.run_group("processes", record=True, ledger_lines=True, pages=True)

    # What would tell that it has run without protection.
    WRITE = "open(%r, 'w').write('attacked')\n"

    def test_modules_beside_the_code(self):
        """None of them is imported before the process is confined."""
        with tempfile.TemporaryDirectory(prefix="heapscape-home-", dir="/var/tmp") as folder:
            for name in ("types", "_pickle", "pickle", "io", "linecache", "tokenize", "traceback",
                         "signal", "site", "sitecustomize", "usercustomize", "encodings", "codecs"):
                with open(os.path.join(folder, name + ".py"), "w", encoding="utf-8") as file:
                    file.write("try:\n    " + self.WRITE % (self.home.path + "/new") +
                               "except OSError:\n    pass\n")
            for options in ({}, {"result": True}, {"record": True, "ledger_lines": True}):
                self.run_attack("result = 1\n1 / 0\n", {
                    "working_folder": folder, "file_name": folder + "/code.py", **options})

    def test_environment_of_the_users(self):
        """What lies in it for the start of the interpreter is run in the sandbox."""
        about = json.loads(subprocess.run([WORKER, "--describe"], check=True,
                                          capture_output=True).stdout)
        with tempfile.TemporaryDirectory(prefix="heapscape-home-", dir="/var/tmp") as folder:
            subprocess.run([about["executable"], "-m", "venv", "--without-pip", folder], check=True)
            packages = os.path.join(folder, "lib", f"python{about['minor']}", "site-packages")
            with open(os.path.join(packages, "attack.pth"), "w", encoding="utf-8") as file:
                file.write("import sys; sys.attacked = 1; " +
                           self.WRITE % (self.home.path + "/new"))
            with open(os.path.join(packages, "sitecustomize.py"), "w", encoding="utf-8") as file:
                file.write(self.WRITE % (self.home.path + "/new"))
            result = self.run_attack("import sys\nprint(sys.attacked)\n", {
                "executable": os.path.join(folder, "bin", "python")})
            self.assertEqual((result.status, result.stdout), ("ok", b"1\n"), str(result))

    def test_what_is_allowed(self):
        """And nothing beyond it."""
        with tempfile.TemporaryDirectory(prefix="heapscape-home-", dir="/var/tmp") as folder:
            source = textwrap.dedent(f"""\
                import os
                open({folder!r} + "/new", "w").write("x")
                os.rename({folder!r} + "/new", {folder!r} + "/renamed")
                os.mkdir({folder!r} + "/folder")
                try:
                    open(os.path.dirname({folder!r}) + "/heapscape-attack", "w")
                except PermissionError:
                    print("refused")
                """)
            result = self.run_attack(source, {"folders": [folder]})
            self.assertEqual((result.status, result.stdout), ("ok", b"refused\n"), str(result))
            self.assertEqual(sorted(os.listdir(folder)), ["folder", "renamed"])

    def test_network_that_is_allowed(self):
        source = textwrap.dedent("""\
            import socket, sys
            with socket.create_connection(("127.0.0.1", int(sys.argv[8]))): pass
            for family in (socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET):
                try: socket.socket(family, socket.SOCK_STREAM)
                except OSError: print("refused")
            """)
        result = Worker(WORKER, Job(source, allow=1, args=[
            "x"] * 7 + [str(self.listeners.tcp)])).finish()
        self.assertEqual((result.status, result.stdout), ("ok", b"refused\n" * 3), str(result))
        self.assertFalse(self.listeners.is_untouched())


def run_as_user(arguments):
    """Everything once more as nobody. Returns: the exit status"""
    with tempfile.TemporaryDirectory(prefix="heapscape-test-") as folder:
        os.chmod(folder, 0o755)
        worker = shutil.copy(WORKER, folder)
        here = os.path.dirname(os.path.abspath(__file__))
        for name in os.listdir(here):
            if name.endswith(".py"):
                shutil.copy(os.path.join(here, name), folder)
        for name in os.listdir(folder):
            os.chmod(os.path.join(folder, name), 0o755)

        command = [worker, "--describe"]
        if subprocess.run(command, capture_output=True, user=NOBODY, group=NOBODY, cwd="/",
                          check=False).returncode != 0:
            print("Only root can use this Python: no attack is made as an ordinary user",
                  file=sys.stderr)
            return 0
        print("As an ordinary user:", file=sys.stderr)
        return subprocess.run(["/usr/bin/python3", os.path.join(folder, "test-attacks.py"), worker,
                               *arguments], user=NOBODY, group=NOBODY, extra_groups=[], cwd="/",
                              env={**os.environ, "HOME": "/nonexistent"}, check=False).returncode


if __name__ == "__main__":
    WORKER = os.path.abspath(sys.argv.pop(1))
    # What is left without a parent becomes a child of this process, and is noticed.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.chdir("/")
    if os.geteuid() != 0:
        unittest.main()
    program = unittest.main(exit=False)
    status = run_as_user(sys.argv[1:])
    sys.exit(0 if program.result.wasSuccessful() and status == 0 else 1)
