#!/usr/bin/python3
# test-moments.py - a snapshot at each mark that the code comes to
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-moments.py WORKER [unittest options]"""

import os
import re
import sys
import textwrap
import unittest

import heapworker
from heaprecord import (FLAG_FINISHED, FLAG_UNWATCHED, FLAG_WATCHED, MOMENT_BEGIN, MOMENT_COMMENT,
                        MOMENT_END, MOMENT_MARK)
from heapworker import ALLOW_PROCESSES, KILLED, MARK_AFTER, MARK_BEFORE, MIB, OUTPUT, Job, Worker

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
FORKED, CUT, LAST = 1, 2, 4


def find_marks(source, most=100):
    """Lines that end in "#B NAME" or "#A NAME", or "#A3 NAME" for a statement of three lines; what
    the client makes of comments is another test."""
    marks = []
    for number, line in enumerate(source.splitlines(), 1):
        found = re.search(r"#([AB])(\d*)(?: (\w+))?$", line)
        if found:
            n_lines = int(found[2] or 1)
            marks.append((number - n_lines + 1, number,
                          MARK_AFTER if found[1] == "A" else MARK_BEFORE, found[3], most))
    return marks


class MomentsTest(unittest.TestCase):
    maxDiff = None

    def run_code(self, source, status="ok", most=100, **options):
        source = textwrap.dedent(source).lstrip("\n")
        options.setdefault("marks", find_marks(source, most))
        options.setdefault("ledger_lines", True)
        result = heapworker.run(WORKER, source, **options)
        self.assertEqual(result.status, status, str(result))
        self.check_moments(result)
        return result

    def check_moments(self, result):
        moments = result.record.moments
        self.assertEqual(moments[0].kind, MOMENT_BEGIN)
        self.assertEqual(moments[0].snapshot_size, 0)
        end = 0
        for moment in moments:
            self.assertGreaterEqual(moment.time_ns, end)
            end = moment.time_ns
        places = sorted((m.snapshot_offset, m.snapshot_size) for m in moments if m.snapshot_size)
        for (offset, size), (following, _) in zip(places, places[1:]):
            self.assertLessEqual(offset + size, following, "two snapshots lie in the same place")

    def get_names(self, result):
        """What a person would see: name or line of each moment that is a mark."""
        record = result.record
        return [record.text(m.name) or m.line for m in record.moments
                if m.kind in (MOMENT_MARK, MOMENT_COMMENT)]

    def get_values(self, result, name):
        """What the name of the module was at each mark; None where there was none."""
        values = []
        for moment, snapshot in zip(result.record.moments, result.snapshots):
            if moment.kind in (MOMENT_MARK, MOMENT_COMMENT):
                self.assertIsNotNone(snapshot, moment)
                values.append(snapshot[name].preview if name in snapshot.scope_names() else None)
        return values


class PlaceTest(MomentsTest):
    """Where and how often a mark is reached."""

    def test_lines(self):
        result = self.run_code("""
            x = 1
            x = 2  #B
            x = 3  #A three
            x = 4
            """)
        kinds = [m.kind for m in result.record.moments]
        self.assertEqual(kinds, [MOMENT_BEGIN, MOMENT_MARK, MOMENT_COMMENT, MOMENT_END])
        self.assertEqual(self.get_names(result), [2, "three"])
        self.assertEqual(self.get_values(result, "x"), ["1", "3"])
        self.assertEqual(result.record.flags & (FLAG_WATCHED | FLAG_FINISHED | FLAG_UNWATCHED),
                         FLAG_WATCHED | FLAG_FINISHED)
        self.assertTrue(all(m.pause_ns > 0 for m in result.record.moments[1:]))


    def test_loops(self):
        result = self.run_code("""
            for i in range(5):  #B
                x = i  #A body
            while True:
                i += 1  #B
                if i > 6: break
            """)
        self.assertEqual(self.get_names(result), [1, "body"] * 5 + [1, 4, 4, 4][:4])
        self.assertEqual([m.count for m in result.record.moments if m.line == 1],
                         [1, 2, 3, 4, 5, 6])

    def test_loop_of_one_line(self):
        """The same line again and again, with nothing in between."""
        result = self.run_code("""
            def count(n=[0]):
                n[0] += 1
                return n[0]
            x = 0
            for i in range(3): x += i  #A one
            while True:
                if count() > 3: break  #B
            y = [i for i in range(50)]  #B
            z = sum(i for i in (lambda: range(50))())  #A sum
            """)
        self.assertEqual(self.get_names(result), ["one"] + [7] * 4 + [8, "sum"])
        self.assertEqual(self.get_values(result, "x")[0], "3")

    def test_statement_of_many_lines(self):
        result = self.run_code("""
            def f(*args):
                return [*args]
            x = f(
                f(1),
                [i
                 for i in range(3)],
                f(2))  #A5 call
            y = 1
            """)
        self.assertEqual(self.get_names(result), ["call"])
        self.assertIn("x", result.snapshots[1].scope_names())

    def test_before_statement_of_many_lines(self):
        source = textwrap.dedent("""\
            def f(*args):
                return [*args]
            x = f(
                f(1),
                f(2))
            y = 1
            """)
        result = self.run_code(source, marks=[(3, 5, MARK_BEFORE, None, 9)])
        self.assertEqual(self.get_names(result), [3])
        self.assertNotIn("x", result.snapshots[1].scope_names())

    def test_definitions(self):
        """Their first line is a statement of where they stand."""
        result = self.run_code("""
            def f():  #A f
                x = 1  #A inner
                return x  #A result
            class C:  #A C
                a = 1  #A body
                b = 2  #B
            f()
            f()
            """)
        self.assertEqual(self.get_names(result),
                         ["f", "body", 6, "C", "inner", "result", "inner", "result"])
        frame = result.snapshots[5]
        self.assertEqual([scope[:2] for scope in frame.scopes], [("__main__", "module"),
                                                               ("f", "frame")])
        self.assertEqual(frame.lookup(1, "x").preview, "1")
        self.assertEqual(result.snapshots[2].scopes[1][:2], ("C", "frame"))

    def test_recursion(self):
        result = self.run_code("""
            def f(n):
                if n > 0:
                    f(n - 1)  #A out
                return n  #B
            f(3)
            """)
        self.assertEqual(self.get_names(result), [4, "out", 4, "out", 4, "out", 4])
        self.assertEqual([len(s.scopes) - 1 for s in result.snapshots[1:-1]],
                         [4, 3, 3, 2, 2, 1, 1])

    def test_generators(self):
        """Two that take turns; a statement that gives way has not run."""
        result = self.run_code("""
            def f(n):
                x = yield n  #A yield
                x = yield n + 1
                n = n  #B
            a, b = f(0), f(10)
            next(a), next(b)
            next(a)
            next(b)
            c = f(20)
            next(c)
            c.close()
            c = list(a)
            """)
        self.assertEqual(self.get_names(result), ["yield", "yield", 4])
        scopes = [s.scopes[1] for s in result.snapshots[1:-1]]
        self.assertEqual([scope[0] for scope in scopes], ["f"] * 3)
        self.assertEqual([s.lookup(1, "n").preview for s in result.snapshots[1:-1]],
                         ["0", "10", "0"])

    def test_coroutines(self):
        result = self.run_code("""
            import asyncio
            async def f(n):
                await asyncio.sleep(0.001 * n)  #A awaited
                return n
            async def main():
                return await asyncio.gather(f(2), f(1))
            x = asyncio.run(main())
            """)
        self.assertEqual(self.get_names(result), ["awaited", "awaited"])
        self.assertEqual([s.lookup(len(s.scopes) - 1, "n").preview
                          for s in result.snapshots[1:-1]], ["1", "2"])

    def test_exceptions(self):
        """What an exception has left has not run; what has handled it has."""
        result = self.run_code("""
            def fail():
                raise ValueError  #B
            try:
                x = fail()  #A failed
            except ValueError:
                x = 2  #A handled
            class Once:
                def __iter__(self):
                    return self
                def __next__(self):
                    raise StopIteration
            y = [i for i in Once()]  #A once
            for i in Once(): pass  #A loop
            z = 1
            fail()
            """, status="exception")
        self.assertEqual(self.get_names(result), [2, "handled", "once", "loop", 2])
        self.assertEqual(result.record.moments[-1].kind, MOMENT_END)
        self.assertEqual(result.record.moments[-1].line, 2)

    def test_return(self):
        result = self.run_code("""
            def f():
                return [1, 2]  #A return
            def g():
                x = 1
                if x: return  #A return2
            x = f()
            g()
            """)
        self.assertEqual(self.get_names(result), ["return", "return2"])

    def test_last_line(self):
        result = self.run_code("""
            x = 1
            x = 2  #A last""")
        self.assertEqual(self.get_names(result), ["last"])
        self.assertEqual(self.get_values(result, "x"), ["2"])

    def test_never_reached(self):
        result = self.run_code("""
            def f():
                x = 1  #B
            if False:
                y = 2  #A never
            """)
        self.assertEqual(self.get_names(result), [])
        result = self.run_code("x = 1", marks=[(70000, 1 << 31, MARK_AFTER, "far", 3)])
        self.assertEqual(self.get_names(result), [])

    def test_file_of_many_lines(self):
        """Beyond those that are looked up."""
        result = self.run_code("#\n" * 70000 + "x = 1\nfor i in 1, 2:\n    x = i\n",
                               marks=[(70001, 70001, MARK_AFTER, "far", 3),
                                      (70003, 70003, MARK_BEFORE, None, 3)])
        self.assertEqual(self.get_names(result), ["far", 70003, 70003])

    def test_other_files(self):
        """Lines of libraries that have the same numbers are none of the code's."""
        result = self.run_code("import json\nx = json.loads('[1]')\n",
                               marks=[(line, line, MARK_BEFORE, None, 9)
                                      for line in range(3, 400)])
        self.assertEqual(self.get_names(result), [])


class CountTest(MomentsTest):
    """How many, and for how many there is room."""

    def test_most(self):
        result = self.run_code("""
            x = []
            for i in range(1000):
                x.append(i)  #B
            """, most=3)
        moments = result.record.moments
        self.assertEqual(self.get_names(result), [3, 3, 3])
        self.assertEqual([m.flags & LAST for m in moments], [0, 0, 0, LAST, 0])
        self.assertEqual(moments[3].count, 3)
        self.assertEqual(moments[3].n_reached, 1000)
        self.assertEqual([s["x"].length for s in result.snapshots[1:]], [0, 1, 2, 1000])

    def test_hundred_marks(self):
        source = "".join(f"x{i} = [{i}]\n" for i in range(100))
        marks = [(i + 1, i + 1, (MARK_AFTER, MARK_BEFORE)[i % 2], f"m{i}", 10) for i in range(100)]
        result = self.run_code(source, marks=marks)
        self.assertEqual(self.get_names(result), [f"m{i}" for i in range(100)])
        for i, snapshot in enumerate(result.snapshots[1:-1]):
            self.assertEqual(len(snapshot.scope_names()), i + 1 - i % 2)

    def test_same_line(self):
        result = self.run_code("x = 1\nx = 2\nx = 3\n",
                               marks=[(2, 2, MARK_AFTER, "a", 9), (2, 2, MARK_BEFORE, "b", 9),
                                      (2, 2, MARK_AFTER, "c", 9), (3, 3, MARK_BEFORE, "d", 9)])
        self.assertEqual(self.get_names(result), ["b", "a", "c", "d"])

    def test_no_room(self):
        """The marks are cut, the end is not."""
        result = self.run_code("""
            x = []
            for i in range(100):
                x.append([[j] for j in range(1000)])
                y = i  #A grown
            """, result_limit=128 * MIB)
        moments = result.record.moments
        cut = [bool(m.flags & CUT) for m in moments]
        self.assertEqual(len(moments), 102)
        self.assertFalse(cut[1])
        self.assertTrue(cut[-2])
        self.assertFalse(cut[-1])
        for moment, snapshot in zip(moments[1:], result.snapshots[1:]):
            self.assertEqual(bool(moment.flags & CUT), snapshot is None)
            if snapshot is not None:
                self.assertEqual(snapshot.flags, 0)
        self.assertEqual(moments[50].count, 50)
        self.assertEqual(result.snapshot["x"].length, 100)

    def test_more_moments_than_rows(self):
        result = self.run_code("for i in range(5000):\n    pass\n", ledger_lines=False,
                               marks=[(2, 2, MARK_BEFORE, None, 1 << 30)], timeout=120)
        self.assertEqual(len(result.record.moments), 4096)
        self.assertEqual(result.record.moments[-1].kind, MOMENT_END)
        self.assertEqual(result.record.n_lost[4], 5000 - 4094)


class EndTest(MomentsTest):
    """However the code ends."""

    def test_time_limit(self):
        result = self.run_code("""
            x = [1]  #A one
            def f():
                local = 2  #A two
                while True:
                    pass
            f()
            """, status="timeout", timeout=1)
        self.assertEqual(self.get_names(result), ["one", "two"])
        last = result.record.moments[-1]
        self.assertEqual((last.kind, last.line in (4, 5)), (MOMENT_END, True))
        self.assertEqual(result.snapshot.lookup(1, "local").preview, "2")
        self.assertTrue(result.record.flags & FLAG_FINISHED)

    def test_time_limit_in_marks(self):
        """One mark after the other, with a large heap."""
        result = self.run_code("""
            x = [[i] for i in range(200000)]
            while True:
                y = 1  #A again
            """, status="timeout", timeout=2, most=1 << 30)
        self.assertEqual(result.flags & KILLED, 0)
        self.assertEqual(result.record.moments[-1].kind, MOMENT_END)
        self.assertEqual(result.snapshot["x"].length, 200000)

    def test_stop(self):
        worker = Worker(WORKER, Job("x = 1\nprint(x, flush=True)\nwhile True: pass\n",
                                    marks=[(1, 1, MARK_AFTER, "one", 1)]))
        while worker.receive() != OUTPUT:
            pass
        worker.stop()
        result = worker.finish()
        self.assertEqual(result.status, "cancelled")
        self.assertEqual(self.get_names(result), ["one"])
        self.assertEqual(result.record.moments[-1].kind, MOMENT_END)

    def test_os_exit(self):
        """What was taken by then is there."""
        result = self.run_code("""
            import os
            x = [[i] for i in range(10)]
            x = 1  #A one
            os._exit(3)
            """, status="exit")
        self.assertEqual(self.get_names(result), ["one"])
        self.assertEqual(result.record.moments[-1].kind, MOMENT_COMMENT)
        self.assertFalse(result.record.flags & FLAG_FINISHED)

    def test_crash(self):
        result = self.run_code("""
            import os, signal
            x = 1  #A one
            os.kill(os.getpid(), signal.SIGKILL)
            """, status="crashed")
        self.assertEqual(self.get_names(result), ["one"])

    def test_syntax_error(self):
        result = heapworker.run(WORKER, "x = (\n", marks=[(1, 1, MARK_AFTER, "one", 1)])
        self.assertEqual(result.status, "syntax-error")


class ForkTest(MomentsTest):
    """Of a large heap a copy of the process takes the snapshot."""

    LARGE = "x = [[i, str(i), (i,)] for i in range(60000)]\n"

    def test_same_as_inline(self):
        """The last one is taken by the process itself, in the same state."""
        for options in ({}, {"all_objects": True}, {"ledger_lines": False}):
            with self.subTest(options=options):
                result = self.run_code(self.LARGE + "z = 1  #A one", **options)
                moments = result.record.moments
                self.assertEqual([m.flags & (FORKED | CUT) for m in moments], [0, FORKED, 0])
                copy, own = result.snapshots[1:]
                self.assertEqual(copy.flags, 0)
                self.assertEqual(copy.n_reached, own.n_reached)
                self.assertEqual(copy.names, own.names)
                same = [name for name in own.columns
                        if copy.columns[name][:] == own.columns[name][:]]
                if "all_objects" not in options:
                    for name in ("OADR", "OTYP", "OFLG", "OVAL", "OOCC", "OGSZ", "OEDG", "EDST",
                                 "EKND", "ELBL", "BADR", "BOBJ", "BOCC", "OSIT", "OSLK", "TNAM"):
                        self.assertIn(name, same)
                else:
                    self.assertLess(abs(copy.n_objects - own.n_objects), 20)
                if options.get("ledger_lines", True):
                    self.assertLess(abs(moments[1].live_bytes - moments[2].live_bytes), 2000)
                    self.assertEqual(moments[1].live_blocks, copy.counts.live_blocks)

    def test_goes_on(self):
        """What the code changes meanwhile is not in the snapshot."""
        result = self.run_code("""
            x = [[i] for i in range(100000)]
            y = 1  #A one
            for item in x: item.append(1)
            x = None
            y = 2  #A two
            """)
        copy = result.snapshots[1]
        self.assertEqual(copy["x"].length, 100000)
        self.assertEqual({edge.to.length for edge in copy["x"].edges}, {1})
        self.assertEqual(copy["y"].preview, "1")
        self.assertEqual(result.snapshots[2]["x"].type, "NoneType")

    def test_many(self):
        result = self.run_code(self.LARGE + "for i in range(20):\n    y = i  #A\n")
        self.assertEqual(self.get_values(result, "y"), [str(i) for i in range(20)])
        self.assertTrue(all(m.flags & FORKED for m in result.record.moments[1:-1]))

    def test_unseen_by_the_code(self):
        """Neither by wait() nor by signals; what it closes is closed; its own forks work."""
        result = self.run_code(self.LARGE + textwrap.dedent("""\
            import os, signal, time
            signals = []
            signal.signal(signal.SIGCHLD, lambda *args: signals.append(args))
            r, w = os.pipe()
            y = 1  #A one
            try:
                os.wait()
                print("waited")
            except ChildProcessError:
                pass
            os.close(w)
            assert os.read(r, 1) == b""
            pid = os.fork()
            if pid == 0:
                y = 2  #A child
                os._exit(7)
            y = 3  #A two
            assert os.waitpid(-1, 0) == (pid, 7 << 8)
            time.sleep(0.3)
            assert len(signals) == 1, signals
            try:
                os.wait()
                print("waited")
            except ChildProcessError:
                pass
            """), allow=ALLOW_PROCESSES)
        self.assertEqual(result.stdout, b"")
        self.assertEqual(self.get_names(result), ["one", "two"])
        self.assertTrue(all(m.flags & FORKED for m in result.record.moments[1:-1]))

    def test_forked_by_the_code(self):
        """They go on without us, whether they end by themselves or not."""
        result = self.run_code("""
            import os, sys
            def f(n):
                return n + 1  #A f
            for i in range(3):
                if os.fork() == 0:
                    sys.settrace(lambda *args: None)
                    f(1)
                    f(2)
                    if i == 1:
                        os._exit(0)
                    sys.exit(0)
                os.wait()
            x = f(0)
            """, allow=ALLOW_PROCESSES)
        self.assertEqual(self.get_names(result), ["f"])

    def test_threads_that_allocate(self):
        result = self.run_code(self.LARGE + textwrap.dedent("""\
            import threading, hashlib, zlib
            stop = False
            def work():
                while not stop:
                    hashlib.sha256(bytes(100000)).digest()
                    zlib.compress(bytes(100000))
                    [[i] for i in range(100)]
            threads = [threading.Thread(target=work) for i in range(3)]
            for t in threads: t.start()
            for i in range(20):
                y = i  #A
            stop = True
            for t in threads: t.join()
            """))
        moments = result.record.moments[1:-1]
        self.assertEqual([m.flags & (FORKED | CUT) for m in moments], [FORKED] * 20)

    def test_nothing_is_left(self):
        """Ended in the midst of a copy's work."""
        for end, status in (("os._exit(0)", "exit"), ("os.kill(os.getpid(), 9)", "crashed"),
                            ("while True: pass", "timeout")):
            with self.subTest(end=end):
                result = self.run_code(
                    "import os\n" + self.LARGE + "y = 1  #A one\nprint(os.getpid())\n" + end,
                    status=status, timeout=3)
                self.assertEqual(self.get_names(result), ["one"])
                pid = int(result.stdout)
                for name in os.listdir("/proc"):
                    if name.isdigit():
                        try:
                            with open(f"/proc/{name}/stat", encoding="ascii",
                                      errors="replace") as file:
                                fields = file.read().rpartition(")")[2].split()
                        except OSError:
                            continue
                        self.assertNotIn(pid, (int(name), int(fields[2]), int(fields[3])))

    @unittest.skipIf(HAS_ASAN, "far slower there")
    def test_pause(self):
        """A million objects: how long the code stands still."""
        result = self.run_code("x = [[i] for i in range(1000000)]\ny = 1  #A one\ny = 2  #A two",
                               timeout=120)
        first, second, last = result.record.moments[1:]
        self.assertEqual((first.flags | second.flags) & (FORKED | CUT), FORKED)
        print(f"pause: {first.pause_ns / 1e6:.1f} ms by a copy, "
              f"{second.pause_ns / 1e6:.1f} ms when it has to wait for the one before, "
              f"{last.pause_ns / 1e6:.1f} ms by the process itself", file=sys.stderr)
        self.assertLess(first.pause_ns, last.pause_ns)


class WatchTest(MomentsTest):
    """What the watching does to the code, and the code to the watching."""

    def test_own_tracer(self):
        result = self.run_code("""
            import sys
            lines = []
            def f():
                x = 1
                x = 2  #A f
                return x
            def trace(frame, event, arg):
                if event == "line":
                    lines.append(frame.f_lineno)
                return trace
            f()
            assert sys.gettrace() is None
            sys.settrace(trace)
            f()
            sys.settrace(None)
            f()
            print(lines)
            """)
        self.assertEqual(result.stdout, b"[4, 5, 6]\n")
        self.assertEqual(self.get_names(result), ["f"])
        self.assertEqual(result.record.flags & (FLAG_WATCHED | FLAG_UNWATCHED),
                         FLAG_WATCHED | FLAG_UNWATCHED)

    def test_debugger(self):
        """It traces frames that run already, with and without marks."""
        result = self.run_code("""
            import pdb, io, sys
            def f():
                y = 1
                pdb.Pdb(stdin=io.StringIO("next\\nnext\\np y\\nnext\\nnext\\nnext\\ncontinue\\n"),
                        stdout=sys.stdout, nosigint=True, readrc=False).set_trace()
                y = 2
                y = 3
                return y
            x = 1  #A one
            f()
            x = 2
            x = 3  #A two
            """)
        self.assertRegex(result.stdout, rb"\(Pdb\) [23]\n")  # 3.13 stops one line earlier
        self.assertEqual(self.get_names(result), ["one"])

    def test_threads(self):
        """From their first line on; each frame by itself."""
        for large in ("x = 0", "x = [[i] for i in range(60000)]"):
            with self.subTest(large=large):
                result = self.run_code(large + textwrap.dedent("""
                    import threading
                    def f(n):
                        x = n
                        for i in range(3):
                            x += 1  #A f
                        return x  #B
                    threads = [threading.Thread(target=f, args=(10 * i,)) for i in range(4)]
                    for t in threads: t.start()
                    for t in threads: t.join()
                    y = 1  #A end
                    """))
                names = self.get_names(result)
                self.assertEqual((names.count("f"), names.count(7), names[-1]), (12, 4, "end"))
                self.assertEqual(sum(m.flags & CUT for m in result.record.moments), 0)
                values = [s.lookup(1, "x").preview for s in result.snapshots[1:-2]]
                self.assertIn("33", values)
                self.assertEqual(result.record.flags & FLAG_UNWATCHED, 0)

    def test_tracer_of_a_thread(self):
        result = self.run_code("""
            import sys, threading
            lines = []
            def f():
                x = 2  #A f
            def trace(frame, event, arg):
                if event == "line":
                    lines.append(frame.f_lineno)
                return trace
            def g():
                sys.settrace(trace)
                f()
            f()
            t = threading.Thread(target=g)
            t.start()
            t.join()
            print(lines[0])
            """)
        self.assertEqual(result.stdout, b"4\n")
        self.assertEqual(self.get_names(result), ["f"])
        self.assertTrue(result.record.flags & FLAG_UNWATCHED)

    def test_own_profiler(self):
        """It does not disturb, and is not disturbed."""
        result = self.run_code("""
            import sys
            calls = []
            sys.setprofile(lambda frame, event, arg: calls.append((event, frame.f_code.co_name)))
            def f():
                x = 2  #A f
            f()
            sys.setprofile(None)
            print(calls[:2])
            """)
        self.assertEqual(result.stdout, b"[('call', 'f'), ('return', 'f')]\n")
        self.assertEqual(self.get_names(result), ["f"])

    def test_nothing_of_it_remains(self):
        """Neither frame objects nor what the collector would see."""
        source = textwrap.dedent("""
            import gc, sys
            def f(n):
                return n if n == 0 else f(n - 1)
            gc.collect()
            n = [len(gc.get_objects())]
            f(50)
            for i in range(1000):
                f(1)
            n.append(len(gc.get_objects()))
            x = 1
            print(n[1] - n[0])
            """)
        n_lines = source.count("\n")
        plain = self.run_code(source, record=True)
        marked = self.run_code(source, all_objects=True, marks=[(n_lines - 2, n_lines - 2,
                                                                 MARK_BEFORE, None, 1)])
        self.assertEqual(plain.stdout, marked.stdout)
        frames = [o for o in marked.snapshot.objects if o.type == "frame"]
        self.assertEqual(frames, [])
        difference = (marked.record.moments[-1].live_bytes - plain.record.moments[-1].live_bytes)
        print(f"left by the watching: {difference} bytes", file=sys.stderr)
        self.assertLess(abs(difference), 20000)

    def test_only_record(self):
        """Without marks nothing is watched."""
        result = self.run_code("x = 1", record=True, marks=())
        self.assertEqual([m.kind for m in result.record.moments], [MOMENT_BEGIN, MOMENT_END])
        self.assertEqual(result.record.flags & FLAG_WATCHED, 0)

    def test_counters(self):
        result = self.run_code("""
            x = bytearray(1000000)  #A big
            x = None  #A none
            """)
        begin, big, none, end = result.record.moments
        self.assertGreater(big.live_bytes - begin.live_bytes, 1000000)
        self.assertLess(none.live_bytes - begin.live_bytes, 20000)
        self.assertEqual(none.peak_bytes, end.peak_bytes)
        self.assertGreaterEqual(big.total_bytes - begin.total_bytes, 1000000)
        for moment, snapshot in zip((big, none, end), result.snapshots[1:]):
            self.assertEqual(moment.live_blocks, snapshot.counts.live_blocks)
            self.assertEqual(moment.time_ns, snapshot.time_ns)

    def test_resident_peak(self):
        """What a snapshot needs is not the code's."""
        source = "x = [[i] for i in range(40000)]\n" + "y = 1\n" * 4
        plain = self.run_code(source, record=True, ledger_lines=False)
        marked = self.run_code(source, ledger_lines=False,
                               marks=[(i, i, MARK_AFTER, f"m{i}", 9) for i in range(2, 6)])
        self.assertLess(marked.rss_peak - plain.rss_peak, MIB)


def main():
    global WORKER
    WORKER = sys.argv.pop(1)
    unittest.main()


if __name__ == "__main__":
    main()
