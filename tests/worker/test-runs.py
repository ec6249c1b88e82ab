#!/usr/bin/python3
# test-runs.py - every way a run can end, and that nothing is left behind
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-runs.py WORKER [unittest options]"""

import json
import os
import signal
import subprocess
import sys
import time
import unittest

from heapworker import (ALLOW_PROCESSES, HUNG_AT_EXIT, KILLED, MIB, OS_EXIT, OUTPUT, STARTED, Job,
                        Worker, run)

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="latin-1") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def find_marked(marker):
    """Processes with that text in their command line or environment."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit() and int(entry) != os.getpid() and is_alive(int(entry)):
            try:
                with open(f"/proc/{entry}/environ", "rb") as file:
                    if marker.encode() in file.read():
                        found.append(int(entry))
            except OSError:
                pass
    return found


class TestCase(unittest.TestCase):
    def run_code(self, source, **options):
        result = run(WORKER, source, **options)
        self.assertFalse(result.closed_early, "the worker died")
        self.assertEqual(result.worker_exit, 0)
        self.assertEqual(find_marked(result.scratch), [], "processes were left behind")
        return result

    def stop_code(self, source, after=0.4, **options):
        worker = Worker(WORKER, Job(source, timeout=60, **options))
        while worker.receive() != STARTED:
            pass
        time.sleep(after)
        worker.stop()
        began = time.monotonic()
        result = worker.finish()
        result.stop_time = time.monotonic() - began
        self.assertEqual(find_marked(result.scratch), [], "processes were left behind")
        return result


class EndingTest(TestCase):
    def test_ok(self):
        r = self.run_code("x = 1\nprint('hello')\n")
        self.assertEqual((r.status, r.exit_code, r.signal, r.flags), ("ok", 0, 0, 0), str(r))
        self.assertEqual(r.stdout, b"hello\n")
        self.assertEqual(r.snapshot.scope_names(), ["x"])
        self.assertGreater(r.wall_ns, 0)
        self.assertGreater(r.rss_peak, 4 * MIB)

    def test_empty(self):
        r = self.run_code("")
        self.assertEqual((r.status, r.stdout, r.stderr), ("ok", b"", b""), str(r))
        self.assertEqual(r.snapshot.names, [])

    def test_exception(self):
        r = self.run_code("def f(n):\n    local = [n]\n    raise ValueError('boo')\n\nf(7)\n",
                          file_name="/nowhere/pasted.py")
        self.assertEqual((r.status, r.type, r.message, r.line), ("exception", "ValueError", "boo",
                                                                 3))
        # The file does not exist: the source of the job is shown.
        self.assertIn('File "/nowhere/pasted.py", line 3, in f\n    raise ValueError(\'boo\')',
                      r.traceback)
        self.assertEqual(r.stderr.decode(), r.traceback)
        self.assertEqual(r.snapshot.scopes[1], ("f", "frame", "/nowhere/pasted.py", 3))
        self.assertEqual(r.snapshot.lookup(1, "n").preview, "7")
        self.assertEqual(r.snapshot.lookup(1, "local").edges[0].to.preview, "7")

    def test_exception_in_library(self):
        r = self.run_code("import json\n\njson.loads('{')\n")
        self.assertEqual((r.status, r.type, r.line), ("exception", "json.decoder.JSONDecodeError",
                                                      3))

    def test_exception_of_the_codes_own(self):
        source = ("class Strange(Exception):\n"
                  "    def __str__(self):\n        print('asked')\n        return 'strange'\n"
                  "raise Strange('plain')\n")
        r = self.run_code(source)
        self.assertEqual((r.status, r.type, r.message, r.line), ("exception", "Strange", "plain",
                                                                 5))
        self.assertIn("Strange: strange", r.traceback)

    def test_excepthook(self):
        r = self.run_code("import sys\nsys.excepthook = lambda *a: print('mine')\n1 / 0\n")
        self.assertEqual((r.status, r.type, r.stdout), ("exception", "ZeroDivisionError",
                                                        b"mine\n"))
        self.assertEqual(r.stderr, b"")

    def test_traceback_while_running(self):
        r = self.run_code("import traceback\ntry:\n    1 / 0  # here\nexcept Exception:\n"
                          "    traceback.print_exc()\n", file_name="/nowhere/pasted.py")
        self.assertEqual(r.status, "ok")
        self.assertIn(b"1 / 0  # here", r.stderr)

    def test_exit(self):
        r = self.run_code("import sys\nx = 5\nsys.exit(3)\n")
        self.assertEqual((r.status, r.exit_code, r.flags, r.stderr), ("exit", 3, 0, b""))
        self.assertIn("x", r.snapshot.scope_names())
        self.assertEqual(self.run_code("import sys\nsys.exit()\n").exit_code, 0)
        r = self.run_code("import sys\nsys.exit('because')\n")
        self.assertEqual((r.status, r.exit_code, r.stderr), ("exit", 1, b"because\n"))

    def test_os_exit(self):
        r = self.run_code("import os\nos._exit(7)\n")
        self.assertEqual((r.status, r.exit_code, r.flags & OS_EXIT), ("exit", 7, OS_EXIT))
        self.assertIsNone(r.snapshot)

    def test_crash(self):
        r = self.run_code("import os\n\nos.abort()\n")
        self.assertEqual((r.status, r.signal), ("crashed", signal.SIGABRT))
        self.assertIn(b"line 3 in <module>", r.stderr)
        r = self.run_code("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
        self.assertEqual((r.status, r.signal), ("crashed", signal.SIGKILL))

    def test_syntax_error(self):
        r = self.run_code("x = 1\ny = (\n", file_name="/nowhere/pasted.py")
        self.assertEqual((r.status, r.type, r.line, r.column), ("syntax-error", "SyntaxError", 2,
                                                                5))
        self.assertEqual(r.message, "'(' was never closed")
        self.assertIn(b"    y = (\n        ^\n", r.stderr)
        self.assertIsNone(r.snapshot)
        self.assertEqual(r.wall_ns, 0)
        self.assertEqual(self.run_code("if x:\npass\n").type, "IndentationError")

    def test_not_utf8(self):
        r = self.run_code(b"# fine\nx = '\xe9'\n")
        self.assertEqual((r.status, r.type, r.line), ("syntax-error", "SyntaxError", 2))
        self.assertIn("Non-UTF-8 code starting with '\\xe9'", r.message)

    def test_encodings(self):
        for source in (b"# -*- coding: latin-1 -*-\nx = '\xe9'\nprint(ascii(x))\n",
                       "\ufeffx = 'é'\nprint(ascii(x))\n".encode(),
                       b"#!/usr/bin/python3\n# vim: set fileencoding=cp1252 :\nx = '\xe9'\n"
                       b"print(ascii(x))\n"):
            r = self.run_code(source)
            self.assertEqual((r.status, r.stdout), ("ok", b"'\\xe9'\n"), str(r))
        r = self.run_code(b"# coding: nonsense\nx = 1\n")
        self.assertEqual(r.status, "syntax-error")
        self.assertIn("nonsense", r.message)

    def test_nul(self):
        r = self.run_code(b"print('never')\ny = \0\n")
        self.assertEqual((r.status, r.line, r.stdout), ("syntax-error", 2, b""))
        self.assertIn("null bytes", r.message)

    def test_timeout(self):
        r = self.run_code("x = [1]\n\nwhile True:\n    x.append(2) if len(x) < 5 else None\n",
                          timeout=1)
        self.assertEqual((r.status, r.flags), ("timeout", 0))
        self.assertIn(r.line, (3, 4))
        self.assertEqual(r.snapshot["x"].length, 5)
        self.assertLess(r.elapsed, 10)

    def test_memory_limit(self):
        r = self.run_code("x = []\nwhile True:\n    x.append(bytearray(3000))\n", memory_limit=256
                          * MIB)
        self.assertEqual(r.status, "memory-limit", str(r))
        if not HAS_ASAN:
            self.assertEqual((r.type, r.line), ("MemoryError", 3))
            self.assertGreater(r.snapshot["x"].length, 50000)
            self.assertIn("MemoryError", r.traceback)
        self.assertLess(max(p[2] for p in r.progress), 400 * MIB)

    def test_memory_limit_of_shared_memory(self):
        # Counts for no resource limit: the supervisor sees it.
        r = self.run_code("import mmap\nm = mmap.mmap(-1, 1 << 30)\n"
                          "for i in range(0, 1 << 30, 4096):\n    m[i] = 1\n", memory_limit=256 *
                          MIB)
        self.assertEqual((r.status, r.flags & KILLED), ("memory-limit", KILLED), str(r))

    @unittest.skipIf(HAS_ASAN, "AddressSanitizer's allocator does not return")
    def test_memory_error_that_was_caught(self):
        r = self.run_code("try:\n    x = bytes(1 << 40)\nexcept MemoryError:\n    x = 'none'\n",
                          memory_limit=256 * MIB)
        self.assertEqual((r.status, r.snapshot["x"].preview), ("ok", "'none'"))

    def test_failed(self):
        r = run(WORKER, "x = 1\n", working_folder="/nowhere")
        self.assertEqual(r.status, "failed")
        self.assertIn("working folder", r.message)

    def test_bad_job(self):
        worker = Worker(WORKER, Job("x = 1\n", file_name="x" * 3000))
        self.assertEqual(worker.finish().status, "ok")
        job = Job("x = 1\n")
        whole = job.to_bytes
        job.to_bytes = lambda folder: whole(folder)[:100]
        self.assertEqual(Worker(WORKER, job).finish().status, "failed")

    def test_result_too_small(self):
        r = self.run_code("x = [str(i) for i in range(1000000)]\n", result_limit=MIB)
        self.assertEqual(r.status, "ok")
        self.assertEqual(r.snapshot.flags, 1)
        self.assertLess(r.snapshot.n_objects, 1000000)
        self.assertEqual(r.snapshot.names[0][1], "x")


    def test_modules_that_are_thrown_away(self):
        r = self.run_code("import sys\nx = [1]\nsys.modules.clear()\n")
        self.assertEqual((r.status, r.snapshot.scope_names()), ("ok", ["sys", "x"]), str(r))
        r = self.run_code("import builtins\nx = [1]\nbuiltins.__dict__.clear()\n")
        self.assertEqual((r.status, r.snapshot.scope_names()), ("ok", ["builtins", "x"]), str(r))


class OutputTest(TestCase):
    def test_much(self):
        r = self.run_code("line = 'x' * 99\nfor i in range(1000000):\n    print(line)\n",
                          output_limit=50000)
        self.assertEqual((r.status, len(r.stdout), r.stdout_bytes), ("output-limit", 50000,
                                                                     100000000))
        self.assertEqual(r.stdout, (b"x" * 99 + b"\n") * 500)

    def test_much_and_exception(self):
        r = self.run_code("print('x' * 1000)\n1 / 0\n", output_limit=100)
        self.assertEqual((r.status, len(r.stdout), len(r.stderr)), ("exception", 100, 100))
        self.assertGreater(r.stderr_bytes, 100)

    def test_appears_while_running(self):
        worker = Worker(WORKER, Job("import time\nprint('first')\ntime.sleep(60)\n", timeout=60))
        while worker.receive() != OUTPUT:
            pass
        self.assertEqual(worker.result.stdout, b"first\n")
        worker.stop()
        self.assertEqual(worker.finish().status, "cancelled")

    def test_client_that_does_not_read(self):
        worker = Worker(WORKER, Job("for i in range(200000):\n    print('x' * 99)\n",
                                    output_limit=20 * MIB))
        time.sleep(1.5)
        r = worker.finish()
        self.assertEqual((r.status, len(r.stdout)), ("ok", 20000000))

    def test_order_and_bytes(self):
        r = self.run_code("import os, sys\nprint('a')\nos.write(1, b'\\xff\\x00')\n"
                          "print('b', end='')\n"
                          "sys.stderr.write('e')\n")
        self.assertEqual((r.stdout, r.stderr), (b"a\n\xff\x00b", b"e"))

    def test_at_exit(self):
        r = self.run_code("import atexit\natexit.register(print, 'later')\n"
                          "class C:\n    def __del__(self): print('gone')\nc = C()\n")
        self.assertEqual((r.status, r.stdout), ("ok", b"later\ngone\n"))

    def test_closed_streams(self):
        self.assertEqual(self.run_code("import sys\nsys.stdout.close()\n").status, "ok")
        self.assertEqual(self.run_code("import os\nos.close(1)\nos.close(2)\nx = 1\n").status, "ok")
        r = self.run_code("import os\nos.closerange(0, 1 << 20)\nx = 1\n")
        self.assertEqual(r.status, "ok")
        self.assertEqual(r.snapshot.scope_names(), ["os", "x"])

    def test_stdin(self):
        r = self.run_code("name = input('who? ')\nprint('hello', name)\n", stdin=b"world\n")
        self.assertEqual((r.status, r.stdout), ("ok", b"who? hello world\n"))
        r = self.run_code("input()\n")
        self.assertEqual((r.status, r.type), ("exception", "EOFError"))


class StopTest(TestCase):
    def check(self, source, has_snapshot=True, **options):
        r = self.stop_code(source, **options)
        self.assertEqual(r.status, "cancelled", str(r))
        # Not a measure of speed but the promise itself, on a busy machine.
        self.assertLess(r.stop_time, 5)
        self.assertEqual(bool(r.flags & KILLED), not has_snapshot, str(r))
        self.assertEqual(r.snapshot is not None, has_snapshot)
        return r

    def test_loop(self):
        r = self.check("x = 1\nwhile True:\n    pass\n")
        self.assertIn(r.line, (2, 3))
        self.assertEqual(r.snapshot.scope_names(), ["x"])

    def test_frames(self):
        r = self.check("def inner(a):\n    b = [a]\n    while True: pass\ndef outer(c):\n"
                       "    inner(c)\nouter(5)\n")
        self.assertEqual([(s[0], s[3]) for s in r.snapshot.scopes],
                         [("__main__", 0), ("outer", 5), ("inner", 3)])
        self.assertEqual(r.snapshot.lookup(2, "b").edges[0].to.preview, "5")
        self.assertEqual(r.line, 3)

    def test_except(self):
        self.check("while True:\n    try:\n        while True: pass\n"
                   "    except BaseException: pass\n")

    def test_sleep(self):
        self.check("import time\ntime.sleep(1e6)\n")

    def test_regular_expression(self):
        self.check("import re\nre.match('(a+)+$', 'a' * 60 + 'b')\n")

    def test_lock(self):
        self.check("import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()\n")

    def test_loop_in_c(self):
        self.check("sum(range(10**12))\n", has_snapshot=False)

    def test_blocked_signals(self):
        self.check("import signal\n"
                   "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
                   "while True: pass\n", has_snapshot=False)

    def test_other_handlers(self):
        self.check("import signal\nfor s in signal.valid_signals():\n"
                   "    try: signal.signal(s, signal.SIG_IGN)\n"
                   "    except OSError: pass\nwhile True: pass\n", has_snapshot=False)

    def test_output_is_flushed(self):
        r = self.check("import sys\nsys.stdout.write('half a line')\nwhile True: pass\n")
        self.assertEqual(r.stdout, b"half a line")

    def test_evil_stdout(self):
        r = self.stop_code("import sys\nclass Evil:\n    def write(self, t): pass\n"
                           "    def flush(self):\n        while True: pass\n"
                           "sys.stdout = Evil()\nwhile True: pass\n")
        self.assertEqual(r.status, "cancelled")
        self.assertIsNotNone(r.snapshot)

    def test_thread_that_is_left(self):
        source = ("import threading, time\n"
                  "threading.Thread(target=time.sleep, args=(1000,)).start()\nx = 1\n")
        r = self.stop_code(source)
        self.assertEqual((r.status, r.flags), ("ok", HUNG_AT_EXIT))
        self.assertIn("x", r.snapshot.scope_names())
        r = self.run_code(source, timeout=1)
        self.assertEqual((r.status, r.flags), ("ok", HUNG_AT_EXIT))

    def test_exit_handler_that_hangs(self):
        r = self.run_code("import atexit, time\natexit.register(time.sleep, 1000)\n1 / 0\n",
                          timeout=1)
        self.assertEqual((r.status, r.type, r.flags), ("exception", "ZeroDivisionError",
                                                       HUNG_AT_EXIT))
        r = self.run_code("import atexit\n@atexit.register\ndef f():\n    sum(range(10**12))\n",
                          timeout=1)
        self.assertEqual((r.status, r.flags), ("ok", HUNG_AT_EXIT))

    def test_thread_that_ends(self):
        r = self.run_code("import threading, time\n"
                          "threading.Thread(target=lambda: (time.sleep(0.3), "
                          "print('done'))).start()\n")
        self.assertEqual((r.status, r.flags, r.stdout), ("ok", 0, b"done\n"))


class LeftoverTest(TestCase):
    def test_forks(self):
        r = self.run_code("import os\nfor i in range(5):\n    if os.fork() == 0:\n"
                          "        os.setsid()\n"
                          "        if os.fork() == 0:\n            os.setsid()\n"
                          "        while True: pass\n", timeout=20, protect=0)
        self.assertEqual(r.status, "ok")

    def test_fork_that_returns(self):
        # Both processes come to the end of the code; only one is the run.
        r = self.run_code("import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\n"
                          "print('here', pid > 0)\n", allow=ALLOW_PROCESSES)
        self.assertEqual((r.status, sorted(r.stdout.split(b"\n"))), ("ok", [b"", b"here False",
                                                                            b"here True"]))
        self.assertIn("pid", r.snapshot.scope_names())

    def test_background_process_holds_stdout(self):
        r = self.run_code("import subprocess\nsubprocess.Popen(['sleep', '1000'])\nprint('x')\n",
                          allow=ALLOW_PROCESSES)
        self.assertEqual((r.status, r.stdout), ("ok", b"x\n"))

    def test_client_vanishes(self):
        worker = Worker(WORKER, Job("import os, time\nif os.fork() == 0:\n    os.setsid()\n"
                                    "    time.sleep(1000)\n"
                                    "while True: pass\n", timeout=100, protect=0))
        while worker.receive() != STARTED:
            pass
        time.sleep(0.3)
        worker.socket.close()
        worker.process.wait(timeout=30)
        self.assertEqual(find_marked(worker.scratch.name), [])
        worker.scratch.cleanup()

    def test_supervisor_is_killed(self):
        worker = Worker(WORKER, Job("while True: pass\n", timeout=100))
        while worker.receive() != STARTED:
            pass
        worker.process.kill()
        worker.process.wait()
        for _ in range(500):
            if not is_alive(worker.pid):
                break
            time.sleep(0.01)
        self.assertFalse(is_alive(worker.pid))
        worker.socket.close()
        worker.scratch.cleanup()

    def test_no_descriptors(self):
        r = self.run_code("import os\nprint(sorted(os.listdir('/proc/self/fd')))\n")
        # The fourth is the listing's own.
        self.assertEqual(r.stdout, b"['0', '1', '2', '3']\n")


class EnvironmentTest(TestCase):
    def test_arguments_and_paths(self):
        r = self.run_code("import sys, os, tempfile\n"
                          "print(sys.argv[1:], sys.path[0] == os.getcwd(), __name__,\n"
                          "      __file__ == sys.argv[0], tempfile.gettempdir() == "
                          "os.environ['HOME'])\n",
                          args=["a", "b c", "é"])
        self.assertEqual(r.stdout.decode(), "['a', 'b c', 'é'] True __main__ True True\n", str(r))

    def test_environment(self):
        env = dict(os.environ, SECRET="secret", PYTHONPATH="/nowhere", LANG="C.UTF-8",
                   PYTHONHASHSEED="0")
        r = Worker(WORKER, Job("import os, sys\n"
                               "print('SECRET' in os.environ, '/nowhere' in sys.path, "
                               "os.environ['LANG'],\n"
                               "      [k for k in os.environ if k.startswith('PYTHON')], "
                               "sys.flags.utf8_mode)\n"),
                   env=env).finish()
        self.assertEqual(r.stdout, b"False False C.UTF-8 [] 1\n")

    def test_modules_beside_the_code(self):
        worker = Worker(WORKER, Job("import time\nwhile True:\n    try:\n        import helper\n"
                                    "        break\n"
                                    "    except ImportError:\n        import importlib\n"
                                    "        importlib.invalidate_caches()\nprint(helper.value)\n"))
        with open(os.path.join(worker.scratch.name, "helper.tmp"), "w", encoding="utf-8") as file:
            file.write("value = 42\n")
        os.rename(os.path.join(worker.scratch.name, "helper.tmp"),
                  os.path.join(worker.scratch.name, "helper.py"))
        r = worker.finish()
        self.assertEqual((r.status, r.stdout), ("ok", b"42\n"), str(r))

    def test_describe(self):
        about = json.loads(subprocess.run([WORKER, "--describe"], check=True,
                                          capture_output=True).stdout)
        self.assertTrue(about["version"].startswith(about["minor"]))
        self.assertTrue(os.path.exists(about["library"]))
        r = self.run_code("import sys\n"
                          "print(sys.version.split()[0], sys.hexversion, sys.executable, "
                          "sys.prefix)\n")
        self.assertEqual(r.stdout.decode().split(),
                         [about["version"], str(about["hex"]), about["executable"],
                          about["prefix"]])
        self.assertEqual(r.python_hex, about["hex"])

    def test_virtual_environment(self):
        about = json.loads(subprocess.run([WORKER, "--describe"], check=True,
                                          capture_output=True).stdout)
        if not about["executable"]:
            self.skipTest("the library has no interpreter")
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([about["executable"], "-m", "venv", "--without-pip", folder], check=True)
            packages = os.path.join(folder, "lib", "python" + about["minor"], "site-packages")
            with open(os.path.join(packages, "only_here.py"), "w", encoding="utf-8") as file:
                file.write("x = 'from the venv'\n")
            r = self.run_code("import only_here, sys\nprint(only_here.x, sys.prefix)\n",
                              executable=os.path.join(folder, "bin", "python3"))
            self.assertEqual((r.status, r.stdout.decode()), ("ok", f"from the venv {folder}\n"),
                             str(r))

    def test_usage(self):
        for args in ([], ["--control", "x"], ["--control", "1"], ["--other"]):
            self.assertEqual(subprocess.run([WORKER] + args, capture_output=True).returncode, 2)

    def test_progress(self):
        r = self.run_code("import time\nx = b'x' * (50 << 20)\ntime.sleep(0.6)\n")
        self.assertGreaterEqual(len(r.progress), 3)
        elapsed, rss, peak, _ = r.progress[-1]
        self.assertGreater(elapsed, 10**8)
        self.assertGreater(rss, 50 * MIB)
        self.assertGreaterEqual(peak, rss)
        self.assertGreaterEqual(r.rss_peak, peak)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    unittest.main()
