#!/usr/bin/python3
# test-endurance.py - many runs in a row, stopped and killed at random moments
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-endurance.py WORKER [unittest options]

HS_SEED repeats what a test has printed, HS_RUNS says how many runs there are.
"""

import collections
import ctypes
import errno
import os
import random
import signal
import sys
import tempfile
import textwrap
import time
import unittest

from heapworker import ALLOW_PROCESSES, MIB, Job, Worker

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
N_RUNS = int(os.environ.get("HS_RUNS", "200"))
SEED = int(os.environ.get("HS_SEED", str(random.randrange(1 << 32))))
PR_SET_CHILD_SUBREAPER = 36

# Something happens at a moment up to this long after the start, seconds.
MOMENT_MAX = 0.25

# source, options, how it ends if nothing happens to it
PROGRAMS = {
    "short": ("x = [[i] for i in range(1000)]\nprint(len(x))\n", {}, {"ok"}),
    "exit": ("import sys, time\ntime.sleep(0.05)\nsys.exit(3)\n", {}, {"exit"}),
    "exception": ("import time\ntime.sleep(0.05)\nraise ValueError\n", {}, {"exception"}),
    "crash": ("import os, time\ntime.sleep(0.05)\nos.abort()\n", {}, {"crashed"}),
    "no syntax": ("if\n", {}, {"syntax-error"}),
    "loop": ("while True: pass\n", {"timeout": 0.3}, {"timeout"}),
    "sleep": ("import time\ntime.sleep(1000)\n", {"timeout": 0.3}, {"timeout"}),
    "deaf": ("""\
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True: pass
        """, {"timeout": 0.2}, {"timeout"}),
    "output": ("while True: print('x' * 5000)\n", {"timeout": 0.3}, {"timeout"}),
    "memory": ("x = []\nwhile True: x.append(bytearray(MIB))\n".replace("MIB", str(MIB)),
               {"memory_limit": 128 * MIB}, {"memory-limit"}),
    "files": ("""\
        import os
        i = 0
        while True:
            os.makedirs(f"folder {i}/x")
            open(f"folder {i}/x/file", "w").write("x" * 10000)
            os.mkfifo(f"folder {i}/pipe")
            i += 1
        """, {"timeout": 0.3}, {"timeout"}),
    "threads": ("""\
        import threading
        def spin():
            while True: pass
        for _ in range(8): threading.Thread(target=spin).start()
        """, {"timeout": 0.3}, {"timeout", "ok"}),
    "at the end": ("import atexit, time\natexit.register(time.sleep, 0.1)\n", {}, {"ok"}),
    "moments": ("""\
        x = []
        for i in range(2000):
            x.append([i] * 10)
        """, {"marks": [(3, 3, 1, None, 1000)], "timeout": 0.5}, {"ok", "timeout"}),
    "lines": ("""\
        class Point:
            def __init__(self): self.x = [1.5] * 10
        x = [Point() for _ in range(5000)]
        """, {"record": True, "ledger_lines": True}, {"ok"}),
    "processes": ("""\
        import os, time
        for _ in range(5):
            if os.fork() == 0:
                os.fork()
                time.sleep(1000)
        time.sleep(0.05)
        while True: pass
        """, {"allow": ALLOW_PROCESSES, "timeout": 0.3}, {"timeout"}),
}


class Run:
    """One program, to which one thing happens. What it may end as is in @statuses."""

    def __init__(self, program, action, moment):
        source, options, self.statuses = PROGRAMS[program]
        self.name = f"{program}, {action} after {moment * 1000:.1f} ms"
        self.action = action
        self.moment = moment
        self.is_done = False
        self.may_close_early = False
        self.worker = Worker(WORKER, Job(textwrap.dedent(source), **options))

    def signal_child(self, number):
        # The supervisor may have waited for it before it says so.
        if self.worker.pid is None or self.worker.result.status is not None:
            return False
        try:
            os.kill(self.worker.pid, number)
        except ProcessLookupError:
            return False
        return True

    def send_stop(self):
        try:
            self.worker.stop()
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has ended

    def act(self):
        """What happens; then waits for the end. Returns: None if there is no result to wait for"""
        supervisor = self.worker.process
        self.is_done = True
        if self.action == "stop":
            self.statuses = self.statuses | {"cancelled"}
            self.send_stop()
        elif self.action == "stop and stop":
            self.statuses = self.statuses | {"cancelled"}
            self.send_stop()
            self.send_stop()
        elif self.action == "kill code":
            if self.signal_child(signal.SIGKILL):
                self.statuses = self.statuses | {"crashed"}
        elif self.action == "halt code":
            if self.signal_child(signal.SIGSTOP):
                self.statuses = self.statuses | {"timeout", "cancelled"}
                self.send_stop()
        elif self.action == "pause code":
            self.signal_child(signal.SIGSTOP)
            time.sleep(0.02)
            self.signal_child(signal.SIGCONT)
        elif self.action == "kill worker":
            self.may_close_early = True
            supervisor.kill()
        elif self.action == "end worker":
            self.may_close_early = True
            supervisor.terminate()
        elif self.action == "stop and kill worker":
            self.may_close_early = True
            self.statuses = self.statuses | {"cancelled"}
            self.send_stop()
            supervisor.kill()
        elif self.action == "halt and kill worker":
            self.may_close_early = True
            supervisor.send_signal(signal.SIGSTOP)
            time.sleep(0.02)
            supervisor.kill()
        elif self.action == "pause worker":
            supervisor.send_signal(signal.SIGSTOP)
            time.sleep(0.05)
            supervisor.send_signal(signal.SIGCONT)
        elif self.action == "close":
            self.worker.socket.close()
        elif self.action == "kill code and close":
            self.signal_child(signal.SIGKILL)
            self.worker.socket.close()

    def read(self):
        """To the end, with what happens on the way. Returns: whether the socket is open"""
        result = self.worker.result
        try:
            while result.status is None:
                left = self.worker.began + self.moment - time.monotonic()
                if not self.is_done and left <= 0:
                    self.act()
                    if self.worker.socket.fileno() < 0:
                        return False
                try:
                    if self.worker.receive(60 if self.is_done else max(left, 0.0005)) is None:
                        result.closed_early = True
                        break
                except TimeoutError:
                    assert not self.is_done, "the worker says nothing"
        except ConnectionResetError:
            result.closed_early = True
        return True

    def kill_group(self):
        """What a client does for a worker that was killed: the code's process has died with it,
        and what that has started is in its group, which nobody can leave."""
        try:
            os.killpg(self.worker.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def finish(self):
        """Returns: the Result, or None if it was not waited for"""
        is_open = self.read()
        self.worker.process.wait(timeout=30)
        if self.worker.result.closed_early and self.worker.pid is not None:
            self.kill_group()
        if is_open:
            self.worker.socket.close()
        return self.worker.result if is_open else None


ACTIONS = ("nothing", "stop", "stop and stop", "kill code", "halt code", "pause code",
           "kill worker", "end worker", "stop and kill worker", "halt and kill worker",
           "pause worker", "close", "kill code and close")


def list_children():
    """Of this process, those included that were left to it."""
    found = set()
    for task in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{task}/children", encoding="ascii") as file:
            found |= {int(pid) for pid in file.read().split()}
    return found


def reap():
    """Takes those that died after their parents."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
    except OSError as error:
        assert error.errno == errno.ECHILD


class EnduranceTest(unittest.TestCase):
    def check_nobody_left(self):
        for _ in range(300):
            reap()
            left = list_children()
            if not left:
                return
            time.sleep(0.01)
        names = {}
        while left:
            for pid in left:
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                    names[pid] = " ".join(file.read().split()[:6])
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            left = list_children()
        self.fail(f"processes were left: {names}")

    def check(self, program, action, moment):
        n_fds = len(os.listdir("/proc/self/fd"))
        run = Run(program, action, moment)
        result = run.finish()

        self.check_nobody_left()
        if result is not None and result.closed_early:
            self.assertTrue(run.may_close_early, "the worker died")
        elif result is not None:
            self.assertIn(result.status, run.statuses, str(result))
            if result.status == "crashed" and program != "crash":
                self.assertEqual(result.signal, signal.SIGKILL, str(result))
        if not run.may_close_early:
            self.assertEqual(run.worker.process.returncode, 0)
        run.worker.remove_scratch()
        self.assertFalse(os.path.exists(run.worker.scratch.name))
        self.assertEqual(len(os.listdir("/proc/self/fd")), n_fds)

        return "closed" if result is None else result.status or "died"

    def test_random(self):
        chance = random.Random(SEED)
        counts = collections.Counter()
        before = {folder: sorted(os.listdir(folder)) for folder in ("/dev/shm", TMPDIR)}
        programs = sorted(set(PROGRAMS) - ({"memory"} if HAS_ASAN else set()))

        print(f"HS_SEED={SEED}", file=sys.stderr)
        for i in range(N_RUNS):
            program = chance.choice(programs)
            action = ACTIONS[i % len(ACTIONS)]
            moment = chance.random() * MOMENT_MAX
            with self.subTest(f"{i}: {program}, {action} after {moment * 1000:.1f} ms"):
                counts[self.check(program, action, moment)] += 1

        print(dict(counts), file=sys.stderr)
        self.assertEqual({folder: sorted(os.listdir(folder)) for folder in before}, before)


if __name__ == "__main__":
    WORKER = os.path.abspath(sys.argv.pop(1))
    # What is left without a parent becomes a child of this process, and is noticed.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="heapscape-test-") as TMPDIR:
        tempfile.tempdir = TMPDIR
        unittest.main()
