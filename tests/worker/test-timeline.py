#!/usr/bin/python3
# test-timeline.py - memory over time and by line, against an account of its own
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-timeline.py WORKER [unittest options]

HS_LEDGER_ORACLE names the library of ledger-oracle.c, which is preloaded into the worker, and
counts every block a second time with nothing in common with the ledger.
"""

import os
import struct
import sys
import tempfile
import textwrap
import unittest

import heaprecord
from heapworker import ALLOW_PROCESSES, Job, Worker, run

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
MIB = 1 << 20
MS = 1_000_000

# What they hold at most and at the end is compared to the byte.
PROGRAMS = {
    "strings": """
        x = []
        for i in range(3000):
            x.append(str(i) * (i % 40))
        del x[::3]
    """,
    "sum of a generator": "total = sum(x * x for x in range(200_000))\n",
    "sum of a list": "total = sum([x * x for x in range(200_000)])\n",
    "short peaks in one line": """
        n = len(bytes(3_000_000)) + len([None] * 1000) + len("x" * 700)
        m = [len(bytes(k)) for k in (10, 600, 70_000, 5_000_000, 20)]
        q = max(map(len, ("y" * k for k in range(2000))))
    """,
    "resizing": """
        a = bytearray()
        for i in range(3000):
            a += bytes(i % 50)
        del a[5000:]
        lists = [[] for i in range(20)]
        for i in range(20_000):
            lists[i % 20].append(i)
        for one in lists:
            del one[10:]
        b = bytearray(400)
        for n in (10, 500, 30, 520, 100, 100_000, 3):
            b[:] = bytes(n)
    """,
    "large blocks": """
        kept = []
        for i in range(200):
            kept.append(bytes(10_000 * (i % 7)))
            if len(kept) > 20:
                kept.pop(i % 20)
        grown = [None] * 100_000
        grown *= 3
        del grown[1000:]
    """,
    "threads": """
        import threading

        def work(n):
            mine = []
            for i in range(5000):
                mine.append(bytes(n + i % 100))
                if i % 3 == 0:
                    mine.pop()
            kept.append(mine)

        kept = []
        threads = [threading.Thread(target=work, args=(n,)) for n in (5, 100, 480, 600)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # join() does not wait until a thread has freed its own state.
        import time
        time.sleep(0.2)
    """,
    "exceptions": """
        def fail(n):
            try:
                return fail(n - 1) if n else [][0]
            except IndexError as error:
                raise KeyError("x" * n) from error

        errors = []
        for i in range(60):
            try:
                fail(i)
            except KeyError as error:
                errors.append(error)
        del errors[:50]
        try:
            bytes(1 << 60)
        except MemoryError:
            pass
    """,
    "instances": """
        class Point:
            def __init__(self, i):
                self.i = i
                self.text = "x" * i

        class Slots:
            __slots__ = ("a", "b")

        points = [Point(i) for i in range(2000)]
        for point in points[:500]:
            vars(point)["more"] = 1.5
        slots = [Slots() for i in range(2000)]
        del points[::2], slots[:100]
    """,
    "generators": """
        def tree(n):
            if n:
                yield from tree(n - 1)
                yield [n] * 10
                yield from tree(n - 1)

        seen = [item for item in tree(9) if item[0] % 2]
        waiting = [tree(5) for i in range(50)]
        for one in waiting:
            next(one)
        pairs = list(zip(*[iter(range(1000))] * 2))
    """,
    "libraries": """
        import decimal, json, re

        text = json.dumps([{"a": i, "b": str(i), "c": [i] * 3} for i in range(2000)])
        values = json.loads(text)
        words = re.findall(r"[a-z]+", text)
        number = decimal.Decimal(1) / 7
    """,
    "tables": """
        table = {i: str(i) for i in range(20_000)}
        for i in range(0, 20_000, 2):
            del table[i]
        numbers = set(range(30_000))
        numbers -= set(range(0, 30_000, 3))
        table = dict(table)
        frozen = frozenset(numbers)
        big = [10 ** k for k in range(300)]
    """,
}


class Account:
    """What the oracle says."""

    def __init__(self, data):
        (self.has_ended, self.begin, self.live, self.peak, self.least, self.total_bytes,
         self.total_blocks) = struct.unpack("<7Q", data)


def run_with_oracle(source, **options):
    """Runs the code with both accounts. Returns the Result and the Account."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(56))
        file.flush()
        env = {**os.environ, "LD_PRELOAD": os.environ["HS_LEDGER_ORACLE"],
               "HS_LEDGER_ORACLE_FILE": file.name}
        result = Worker(WORKER, Job(textwrap.dedent(source), record=True, **options), env).finish()
        file.seek(0)
        return result, Account(file.read(56))


class TestCase(unittest.TestCase):
    maxDiff = None

    def check_record(self, record):
        """What must always be so."""
        samples = record.samples
        self.assertGreater(len(samples), 0)
        self.assertLessEqual(len(samples), 16384)
        before = None
        for sample in samples:
            self.assertLessEqual(sample.live_min, sample.live_bytes)
            self.assertLessEqual(sample.live_bytes, sample.live_max)
            if before is not None:
                self.assertGreaterEqual(sample.time_ns, before.time_ns)
                self.assertLessEqual(sample.live_min, before.live_bytes)
                self.assertGreaterEqual(sample.live_max, before.live_bytes)
                self.assertLessEqual(sample.live_bytes - before.live_bytes, sample.allocated_bytes)
            before = sample

        self.assertEqual(max(sample.live_max for sample in samples), record.peak_bytes)
        i = next(i for i, sample in enumerate(samples) if sample.live_max == record.peak_bytes)
        self.assertLessEqual(record.peak_ns, samples[i].time_ns)
        self.assertGreaterEqual(record.peak_ns, samples[i - 1].time_ns if i > 0 else 0)
        self.assertEqual(record.n_lost, [0] * 9)
        self.assertTrue(record.flags & heaprecord.FLAG_LEDGER)
        for before, row in zip(record.rss, record.rss[1:]):
            self.assertLessEqual(before.time_ns, row.time_ns)
            self.assertLessEqual(row.rss_min, row.rss_max)

    def check_lines(self, record):
        """The lines add up. For a record that was finished."""
        self.assertTrue(record.flags & heaprecord.FLAG_BY_LINE)
        lines = record.lines
        self.assertEqual(sum(line.at_peak_bytes for line in lines), record.peak_bytes)
        self.assertEqual(sum(line.live_bytes for line in lines), record.samples[-1].live_bytes)
        self.assertEqual(sum(line.total_bytes for line in lines),
                         sum(sample.allocated_bytes for sample in record.samples))
        self.assertEqual(sum(line.total_blocks for line in lines),
                         sum(sample.allocated_blocks for sample in record.samples))
        for before, line in zip(lines, lines[1:]):
            self.assertLess(before.site, line.site)
        for line in lines:
            self.assertLessEqual(line.live_bytes, line.peak_bytes)
            self.assertLessEqual(line.at_peak_bytes, line.peak_bytes)
            if line.site != 0:
                self.assertLessEqual(line.peak_bytes, line.total_bytes)

    def get_own(self, record):
        """By line of the code's file: total, live, peak and bytes at the peak of all."""
        found = {}
        for line in record.lines:
            if line.site >= 3 and record.sites[line.site - 3].flags & 1:
                number = record.site(line.site)[2]
                sums = (line.total_bytes, line.live_bytes, line.peak_bytes, line.at_peak_bytes)
                found[number] = tuple(map(sum, zip(found.get(number, (0, 0, 0, 0)), sums)))
        return found


@unittest.skipIf(HAS_ASAN, "the oracle cannot lie before AddressSanitizer")
class Exact(TestCase):
    def compare(self, source, status="ok", **options):
        result, account = run_with_oracle(source, **options)
        self.assertEqual(result.status, status, str(result))
        record = result.record
        self.check_record(record)
        self.assertEqual(account.has_ended, 1)
        begin = record.samples[0].live_bytes
        ours = {
            "peak": record.peak_bytes - begin,
            "final": record.samples[-1].live_bytes - begin,
            "least": min(sample.live_min for sample in record.samples) - begin,
            "total bytes": sum(sample.allocated_bytes for sample in record.samples),
            "total blocks": sum(sample.allocated_blocks for sample in record.samples),
        }
        theirs = {
            "peak": account.peak - account.begin,
            "final": account.live - account.begin,
            "least": account.least - account.begin,
            "total bytes": account.total_bytes,
            "total blocks": account.total_blocks,
        }
        self.assertEqual(ours, theirs)
        return record, ours

    def test_programs(self):
        self.assertEqual(len(PROGRAMS), 12)
        for name, source in PROGRAMS.items():
            with self.subTest(name):
                record, _ = self.compare(source, ledger_lines=True)
                self.check_lines(record)
            with self.subTest(name + ", without lines"):
                record, _ = self.compare(source, ledger=True)
                self.assertEqual(record.lines, [])

    def test_ends(self):
        """The moment of the end is the same however the code ends."""
        for source, status in (("x = [str(i) for i in range(1000)]\n1 / 0\n", "exception"),
                               ("x = [bytes(9)] * 50\nraise SystemExit(3)\n", "exit")):
            with self.subTest(status):
                record, _ = self.compare(source, status, ledger_lines=True)
                self.check_lines(record)

    def test_generator_against_list(self):
        _, lazy = self.compare(PROGRAMS["sum of a generator"], ledger_lines=True)
        _, eager = self.compare(PROGRAMS["sum of a list"], ledger_lines=True)
        self.assertLess(lazy["peak"], 2000)
        self.assertGreater(eager["peak"], 200_000 * (28 + 8))

    def test_long_run(self):
        """More samples than there is room for."""
        record, _ = self.compare("""
            import time

            kept = []
            while time.process_time() < 6:
                kept.append([str(i) for i in range(50)])
                if len(kept) > 300:
                    del kept[:200]
        """, ledger_lines=True, timeout=100)
        self.check_lines(record)
        self.assertGreaterEqual(record.sample_ns, 200_000)
        self.assertGreater(len(record.samples), 6000)
        spans = [sample.time_ns - before.time_ns
                 for before, sample in zip(record.samples, record.samples[1:])]
        self.assertLess(sorted(spans)[len(spans) // 2], 2 * record.sample_ns)
        self.assertGreater(record.samples[-1].time_ns, 5_900 * MS)


class Lines(TestCase):
    def test_peak_line(self):
        result = run(WORKER, textwrap.dedent("""\
            x = [bytes(1000) for i in range(100)]
            def short():
                return len(bytes(2_000_000))
            y = short()
            z = [bytes(1000) for i in range(200)]
            del x
        """), ledger_lines=True, record=True)
        record = result.record
        self.check_record(record)
        self.check_lines(record)
        self.assertEqual(record.peak_line, 3)
        self.assertEqual(record.site(record.peak_site)[1:], ("short", 3))
        own = self.get_own(record)
        # And the number of the result.
        self.assertEqual(own[3][1:], (28, 2_000_061, 2_000_061))
        self.assertGreaterEqual(own[1][3], 100 * 1033)
        self.assertLess(own[1][1], 2000)
        self.assertEqual(own[5][3], 0)
        self.assertGreaterEqual(own[5][1], 200 * 1033)

    def test_line_above_a_library(self):
        """What a library holds at the peak is shown at the line that called it."""
        result = run(WORKER, textwrap.dedent("""\
            import json
            text = "[" + "[1.5, 2.5, 3.5], " * 20_000 + "0]"
            small = json.loads("[1, 2, 3]")
            large = json.loads(text)
            del text
            again = json.loads("[1, 2, 3]")
        """), ledger_lines=True, record=True)
        record = result.record
        self.check_record(record)
        self.check_lines(record)
        self.assertEqual(record.peak_line, 4)
        self.assertEqual(os.path.basename(record.site(record.peak_site)[0]), "decoder.py")
        self.assertFalse(record.sites[record.peak_site - 3].flags & 1)
        lines = {sample.line for sample in record.samples}
        self.assertLessEqual(lines, {0, 1, 2, 3, 4, 5, 6})

    def test_samples_of_a_short_run(self):
        """Each of the first blocks begins a sample: every line of a small file is seen."""
        result = run(WORKER, "".join(f"x{i} = bytes({100 + i})\n" for i in range(100)),
                     ledger_lines=True, record=True)
        record = result.record
        self.check_record(record)
        seen = {(sample.line, sample.allocated_bytes) for sample in record.samples
                if sample.allocated_blocks == 1}
        self.assertLessEqual({(i + 1, 133 + i) for i in range(100)}, seen)

    def test_quiet_times(self):
        """What was short-lived does not seem to last while the code sleeps."""
        result = run(WORKER, textwrap.dedent("""\
            import time
            x = bytes(10_000_000)
            del x
            time.sleep(0.5)
            y = bytes(3_000_000)
            time.sleep(0.3)
        """), ledger_lines=True, record=True)
        record = result.record
        self.check_record(record)
        time_ns = 0
        high_ns = 0
        for sample in record.samples:
            if sample.live_max - record.samples[0].live_bytes > 9_000_000:
                high_ns += sample.time_ns - time_ns
            time_ns = sample.time_ns
        self.assertGreater(time_ns, 800 * MS)
        self.assertLess(high_ns, 150 * MS)


class Ends(TestCase):
    BUSY = """\
        import os, time
        end = time.monotonic() + 0.5
        kept = []
        while time.monotonic() < end:
            kept.append(str(len(kept)))
            if len(kept) > 50_000:
                del kept[:]
    """

    def test_killed(self):
        for last, status in (("os.kill(os.getpid(), 9)", "crashed"), ("os._exit(3)", "exit")):
            with self.subTest(status):
                result = run(WORKER, textwrap.dedent(self.BUSY) + last + "\n", ledger_lines=True,
                             record=True)
                self.assertEqual(result.status, status)
                record = result.record
                self.check_record(record)
                self.assertGreater(len(record.samples), 500)
                self.assertFalse(record.flags & heaprecord.FLAG_FINISHED)
                self.assertGreater(record.samples[-1].time_ns, 400 * MS)
                self.assertGreater(record.duration_ns, 490 * MS)
                self.assertGreater(len(record.rss), 20)
                own = self.get_own(record)
                self.assertGreater(own[5][0], 1_000_000)

    def test_stopped(self):
        result = run(WORKER, "kept = []\nwhile True:\n    kept.append(str(len(kept)))\n"
                             "    del kept[5000:]\n", timeout=0.5, ledger_lines=True, record=True)
        self.assertEqual(result.status, "timeout")
        self.check_record(result.record)
        self.check_lines(result.record)

    def test_forked(self):
        """A process that the code forks writes nothing."""
        result = run(WORKER, textwrap.dedent("""\
            import os
            x = [str(i) for i in range(1000)]
            child = os.fork()
            if child == 0:
                y = [bytes(i) for i in range(20_000)]
                z = bytes(50_000_000)
                os._exit(7)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
            z = [bytes(i) for i in range(500)]
        """), ledger_lines=True, record=True, allow=ALLOW_PROCESSES)
        self.assertEqual(result.status, "ok", str(result))
        self.check_record(result.record)
        self.check_lines(result.record)
        self.assertLess(result.record.peak_bytes - result.record.samples[0].live_bytes, MIB)

    def test_without_ledger(self):
        record = run(WORKER, "x = [1]\n", record=True).record
        self.assertEqual((record.samples, record.lines), ([], []))
        self.assertFalse(record.flags & heaprecord.FLAG_LEDGER)
        self.assertGreaterEqual(len(record.rss), 2)
        self.assertGreater(record.duration_ns, 0)


class Rss(TestCase):
    def test_kinds(self):
        """Against what the process reads of itself."""
        source = textwrap.dedent("""\
            import mmap, time

            def look():
                time.sleep(0.06)
                with open("/proc/self/status") as file:
                    fields = dict(line.split(":") for line in file)
                print(time.clock_gettime_ns(time.CLOCK_MONOTONIC),
                      *(int(fields["Rss" + kind].split()[0]) << 10
                        for kind in ("Anon", "File", "Shmem")))
                time.sleep(0.06)

            with open("file", "wb") as file:
                file.write(bytes(8 << 20))
            print(time.clock_gettime_ns(time.CLOCK_MONOTONIC))
            look()
            x = bytearray(b"x") * (20 << 20)
            look()
            shared = mmap.mmap(-1, 10 << 20)
            shared[:] = bytes(10 << 20)
            look()
            with open("file", "rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            n = sum(mapped[::4096])
            look()
            del x
            look()
        """)
        result = run(WORKER, source, ledger_lines=True, record=True)
        self.assertEqual(result.status, "ok", str(result))
        record = result.record
        looks = [tuple(map(int, line.split())) for line in result.stdout.decode().splitlines()]
        began = looks.pop(0)[0]
        for time_ns, anon, file, shmem in looks:
            # The clock of the record began a little before the first line.
            row = next(row for row in record.rss if row.time_ns > time_ns - began + 10 * MS)
            self.assertAlmostEqual(row.anon, anon, delta=MIB)
            self.assertAlmostEqual(row.file, file, delta=MIB)
            # The pages of the result are left out, and there is nothing else.
            self.assertIn(shmem - row.shmem, range(MIB))
        kinds = [[], [], []]
        for row in record.rss:
            for kind, value in zip(kinds, (row.anon, row.file, row.shmem)):
                kind.append(value)
        self.assertGreater(max(kinds[0]) - kinds[0][0], 20 * MIB)
        self.assertGreater(max(kinds[2]), 9 * MIB)
        self.assertLess(max(kinds[2]), 10 * MIB + 100_000)
        self.assertLess(kinds[2][0], 100_000)
        self.assertGreaterEqual(max(row.rss_max for row in record.rss), max(kinds[0]) + 10 * MIB)

    def test_short_peak(self):
        """The kernel's high-water mark is seen even if it lasts less than a look."""
        result = run(WORKER, "import time\ntime.sleep(0.2)\nx = b'x' * 30_000_000\ndel x\n"
                             "time.sleep(0.2)\n", record=True)
        rows = result.record.rss
        self.assertGreater(max(row.rss_max for row in rows) - rows[0].rss_max, 29_000_000)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    unittest.main()
