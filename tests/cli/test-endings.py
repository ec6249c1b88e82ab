#!/usr/bin/python3
# test-endings.py - every way a run can end, seen from the command line
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import signal
import unittest

from heapscape_cli import GUARD, CliTestCase

READY = "a = [1]\nprint('ready', flush=True)\nwhile True:\n    pass\n"

# Hears no signal that could be handled.
DEAF = ("import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
        "print('ready', flush=True)\nwhile True:\n    pass\n")


class Endings(CliTestCase):
    def check(self, source, status, *args, code=1, message=""):
        exit_code, data = self.run_json(source, *args)
        self.assertEqual(data["status"], status, data["message"])
        self.assertEqual(exit_code, code)
        self.assertIn(message, data["message"])
        return data

    def test_ok(self):
        data = self.check("a = [1]\nprint('hi')\n", "ok", code=0, message="Finished; measured in ")
        self.assertEqual((data["exit_code"], data["signal"], data["exception"]), (0, None, None))
        self.assertEqual((data["stdout"], data["stderr"]), ("hi\n", ""))

    def test_empty(self):
        data = self.check("", "ok", code=0)
        self.assertEqual(data["names"], [])

    def test_syntax_error(self):
        data = self.check("a = 1\nf(:\n", "syntax-error", message="at line 2, character 3")
        self.assertEqual(data["exception"]["type"], "SyntaxError")
        self.assertEqual(data["exception"]["line"], 2)
        self.assertNotIn("objects", data)

    def test_exception(self):
        data = self.check("a = 1\ndef f():\n    raise ValueError('no good')\nf()\n", "exception",
                          message="ValueError at line 3: no good")
        self.assertEqual(data["exception"]["type"], "ValueError")
        self.assertEqual(data["exception"]["message"], "no good")
        self.assertEqual(data["exception"]["line"], 3)
        self.assertIn("Traceback (most recent call last)", data["exception"]["traceback"])
        self.assertEqual(data["exit_code"], 1)
        self.assertIn("a", [name["name"] for name in data["names"]])

    def test_sys_exit(self):
        data = self.check("import sys\nsys.exit(3)\n", "exit", message="code 3")
        self.assertEqual(data["exit_code"], 3)
        self.assertIsNone(data["exception"])

    def test_sys_exit_zero(self):
        data = self.check("import sys\nsys.exit(0)\n", "exit", code=0)
        self.assertEqual(data["exit_code"], 0)

    def test_os_exit(self):
        data = self.check("import os\nos._exit(7)\n", "exit", message="os._exit()")
        self.assertEqual(data["exit_code"], 7)
        self.assertNotIn("names", data)

    def test_abort(self):
        data = self.check("import os\nos.abort()\n", "crashed", message="SIGABRT")
        self.assertEqual(data["signal"], "SIGABRT")
        self.assertIsNone(data["exit_code"])

    def test_timeout(self):
        data = self.check("x = 0\nwhile True:\n    x += 1\n", "timeout", "--timeout", "2",
                          "--light", message="Stopped after 2 s, the time limit")
        self.assertGreaterEqual(data["time"]["wall_ns"]["median"], 1_900_000_000)
        self.assertIn("x", [name["name"] for name in data["names"]])

    def test_timeout_fraction(self):
        self.check("while True:\n    pass\n", "timeout", "--timeout", ".25", message="0.25 s")

    def test_timeout_deaf(self):
        data = self.check(DEAF, "timeout", "--timeout", "0.5",
                          message="deaf to signals, and was killed")
        self.assertNotIn("objects", data)

    def test_memory_limit(self):
        data = self.check("a = []\nwhile True:\n    a.append(bytearray(10**6))\n", "memory-limit",
                          "--memory-limit", "256", message="256 MiB")
        self.assertLess(data["memory"]["rss_peak_bytes"], 400 << 20)
        self.assertIn("a", [name["name"] for name in data["names"]])

    def test_memory_limit_mmap(self):
        self.check("import mmap\na = []\nwhile True:\n    m = mmap.mmap(-1, 1 << 22)\n"
                   "    m.write(b'x' * (1 << 22))\n    a.append(m)\n", "memory-limit",
                   "--memory-limit", "256", "--timeout", "30")

    def test_output_limit(self):
        data = self.check("for i in range(100):\n    print('x' * 999_999)\n", "output-limit",
                          code=0, message="were cut")
        self.assertEqual(len(data["stdout"]), 4 << 20)
        self.assertEqual(data["output_truncated_bytes"], 100_000_000 - (4 << 20))

    def test_not_utf8(self):
        data = self.check(b"# hi\nprint('caf\xe9')\n", "syntax-error",
                          message="line 2, byte 11 is 0xe9")
        self.assertIn("code.py", data["message"])

    def test_nul(self):
        self.check(b"a = 1\0\n", "syntax-error", message="byte 6 is zero")

    def test_encoding_cookie(self):
        data = self.check(b"# coding: latin-1\nprint('caf\xe9')\n", "ok", code=0)
        self.assertEqual(data["stdout"], "caf\u00e9\n")

    def test_input_without_stdin(self):
        self.check("input()\n", "exception", message="--stdin")

    def test_thread_left(self):
        self.check("import threading, time\n"
                   "threading.Thread(target=time.sleep, args=(1000,)).start()\n", "ok",
                   "--timeout", "1", code=0, message="Threads or exit handlers")

    def test_child_processes_end(self):
        """Whether or not code may start processes, none is left."""
        self.run_json("import os, time\ntry:\n    if os.fork() == 0:\n        time.sleep(1000)\n"
                      "except OSError:\n    pass\n")


class Interrupted(CliTestCase):
    def interrupt(self, source, number):
        process = self.start("run", self.write(source))
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.send_signal(number)
        out, err = process.communicate(timeout=GUARD)
        self.assertEqual(out, b"")
        return process.returncode, err

    def test_ctrl_c(self):
        code, err = self.interrupt(READY, signal.SIGINT)
        self.assertEqual(code, 1)
        self.assertIn(b"Stopped on request", err)
        self.assertIn(b"list", err)

    def test_terminate(self):
        code, err = self.interrupt("print('ready', flush=True)\nimport time\ntime.sleep(1000)\n",
                                   signal.SIGTERM)
        self.assertEqual(code, 1)
        self.assertIn(b"Stopped on request", err)

    def test_deaf_code(self):
        code, err = self.interrupt(DEAF, signal.SIGINT)
        self.assertEqual(code, 1)
        self.assertIn(b"deaf to signals, and was killed", err)

    def test_killed(self):
        """Nothing survives even if there was no time to tidy up; tearDown looks."""
        process = self.start("run", self.write(READY))
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.kill()
        process.communicate(timeout=GUARD)
        # The folder cannot have been removed by anybody.
        for name in os.listdir(self.temporary):
            os.rmdir(os.path.join(self.temporary, name))

    def test_ctrl_c_in_a_terminal(self):
        """The whole foreground group gets the signal; the worker must not."""
        process = self.start("run", self.write(READY), start_new_session=True)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=GUARD)
        self.assertEqual(process.returncode, 1)
        self.assertIn(b"Stopped on request", err)
        self.assertIn(b"list", err)


if __name__ == "__main__":
    unittest.main()
