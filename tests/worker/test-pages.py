#!/usr/bin/python3
# test-pages.py - the pages of mappings, line by line, as they are seen from outside
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-pages.py WORKER ORACLE [unittest options]

ORACLE (page-oracle.c) looks at the process from outside while it stands still after each line; what
the record says of that line must be the same, page by page. Everything but the oracle runs as an
ordinary user: root drops its privileges first.
"""

import ctypes
import dataclasses
import functools
import io
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import textwrap
import unittest

from heaprecord import (CACHED, COPY, DIRTY, HUGE, MAPPED, MAPPING_CACHE_HIDDEN, MAPPING_CLOSED,
                        MAPPING_MEMORY_FILE, MAPPING_RESIZED, NO_MOMENT, SWAPPED, ZERO)
from heapworker import Job, Worker, run

WORKER = None
ORACLE = None
PAGE = 4096
MIB = 1 << 20
NOBODY = 65534

SHARED, READ, PRIVATE_FILE, ANON_SHARED, ANON_PRIVATE = range(5)
IN_CACHE, IN_TABLE, IS_DIRTY, IS_ANON, IS_ZERO, IS_SWAPPED = 1, 2, 4, 8, 16, 32
DIRTY_UNKNOWN, HUGE_UNKNOWN = 16, 64


@dataclasses.dataclass
class Look:
    """What the oracle has seen."""
    states: list
    region: int  # sums of the region, bytes
    rss: int
    dirty: int
    huge: int
    swap: int


class Oracle:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, pid, start, n_pages, path="-", offset=0):
        self.process.stdin.write(f"{pid} {start:x} {n_pages} {offset} {path}\n")
        self.process.stdin.flush()
        sums = [int(part) * 1024 for part in self.process.stdout.readline().split()]
        return Look(list(bytes.fromhex(self.process.stdout.readline())), *sums)


def find_file_system(name, folders):
    """The first folder on a file system of that kind in which files can be made."""
    for folder in folders:
        answer = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True,
                                check=False)
        if name in answer.stdout and os.access(folder, os.W_OK):
            return folder
    return None


def find_region(pid, path):
    """(start, end) of the first region of a process whose line ends so; None if there is none."""
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            if line.rstrip("\n").endswith(path):
                start, end = line.split()[0].split("-")
                return int(start, 16), int(end, 16)
    return None


def replay(record, index):
    """The state of every page at a sample: as HsRecordPageSample says, also of resized ones."""
    mapping = record.page_samples[index].mapping
    states = {}
    for sample in record.page_samples[:index + 1]:
        if sample.mapping != mapping:
            continue
        n_pages = -(-sample.bytes // PAGE)
        if sample.flags & MAPPING_RESIZED:
            states = {page: state for page, state in states.items() if page < n_pages}
        for run_of_pages in record.page_runs[sample.first_run:sample.first_run + sample.n_runs]:
            for page in range(run_of_pages.first_page,
                              run_of_pages.first_page + run_of_pages.n_pages):
                states[page] = run_of_pages.state
    return states


class Steps:
    """Code that stands still after each of its lines, and what was seen then."""

    HEAD = textwrap.dedent("""\
        import ctypes, mmap, os, re, time
        address = 0
        at = open("at", "wb", 0); go = open("go", "rb", 0)
        """)
    STOP = 'time.sleep(0.03)\nat.write(b"%16d" % address); go.read(1)\n'

    def __init__(self, statements, path=None, n_pages=0, offset=0, pages=True):
        self.looks = {}  # by line of the statement; None if there is no mapping
        self.n_pages = n_pages
        lines = self.HEAD.count("\n")
        source = self.HEAD
        self.lines = []
        for statement in statements:
            source += statement + "\n"
            self.lines.append(lines + statement.count("\n") + 1)
            source += self.STOP
            lines = source.count("\n")

        with tempfile.TemporaryDirectory(prefix="heapscape-test-") as folder:
            fifos = [os.path.join(folder, name) for name in ("at", "go")]
            for fifo in fifos:
                os.mkfifo(fifo)
            worker = Worker(WORKER, Job(source, pages=pages, working_folder=folder, timeout=60,
                                        folders=list_folders()))
            with open(fifos[0], "rb", 0) as at, open(fifos[1], "wb", 0) as go:
                while worker.pid is None:
                    worker.receive()
                for line in self.lines:
                    message = at.read(16)
                    if len(message) != 16:
                        break
                    self.looks[line] = self.look(worker.pid, int(message), path, offset)
                    go.write(b"x")
            self.result = worker.finish()
        self.record = self.result.record

    def look(self, pid, address, path, offset):
        n_pages = self.n_pages
        if path is not None:
            region = find_region(pid, path)
            if region is None:
                return None
            address = region[0]
            n_pages = (region[1] - region[0]) // PAGE
        if address == 0:
            return None
        is_file = path is not None and path.startswith("/") and "(deleted)" not in path
        name = path if is_file else "-" if path is None else "="
        return ORACLE.ask(pid, address, n_pages, name, offset)

    def sample(self, line, mapping=0):
        """The index of the last sample before the next statement; None if there is none."""
        found = None
        for i, sample in enumerate(self.record.page_samples):
            # The line after the statement sleeps, the one after that stands still.
            if sample.mapping == mapping and sample.line <= line + 1 and sample.moment == NO_MOMENT:
                found = i
        return found


def list_folders():
    """Those in which the files of these tests are, and the code may write."""
    folders = {tempfile.gettempdir(), *Disk.FOLDERS, *Memory.FOLDERS}
    return sorted(folder for folder in folders if os.path.isdir(folder))


def run_code(source, **options):
    return run(WORKER, source, folders=list_folders(), **options)


class TestCase(unittest.TestCase):
    maxDiff = None

    def expect(self, look, mapping):
        """The states that the record should have, of what the oracle has seen."""
        states = []
        is_file = mapping.kind <= PRIVATE_FILE
        is_private = mapping.kind in (PRIVATE_FILE, ANON_PRIVATE)
        for seen in look.states:
            state = 0
            if is_file and not mapping.flags & MAPPING_CACHE_HIDDEN and seen & IN_CACHE:
                state |= CACHED
            if is_file and not mapping.flags & DIRTY_UNKNOWN and seen & IS_DIRTY:
                state |= DIRTY
            if seen & IN_TABLE:
                state |= MAPPED
                if seen & IS_ZERO:
                    state |= ZERO
                elif is_private and seen & IS_ANON:
                    state |= COPY
            if seen & IS_SWAPPED:
                state |= SWAPPED
            states.append(state)
        return states

    def check_steps(self, steps):
        """Compares every line. Returns: the sample of each statement."""
        self.assertEqual(steps.result.status, "ok", steps.result)
        record = steps.record
        self.assertEqual(record.n_page_samples_skipped, 0)
        self.assertEqual(record.n_lost, [0] * len(record.n_lost))
        samples = []
        for line in steps.lines:
            look = steps.looks[line]
            index = steps.sample(line)
            samples.append(None if index is None else record.page_samples[index])
            if look is None:
                if index is not None:
                    self.assertTrue(samples[-1].flags & MAPPING_CLOSED, line)
                continue
            self.assertIsNotNone(index, f"line {line} has no sample")
            self.check_sample(record, index, look, line)
        return samples

    def check_sample(self, record, index, look, line):
        sample = record.page_samples[index]
        mapping = record.mappings[sample.mapping]
        expected = self.expect(look, mapping)
        found = replay(record, index)
        states = [found.get(i, 0) for i in range(len(expected))]
        self.assertEqual(-(-sample.bytes // PAGE), len(expected), line)
        self.assertFalse([page for page, state in found.items()
                          if page >= len(expected) and state != 0])

        wrong = [(page, states[page], expected[page]) for page in range(len(expected))
                 if states[page] & ~HUGE != expected[page]]
        message = f"line {line}: page, found, expected; {len(wrong)} in all: {wrong[:10]}"
        if wrong and all((state, other) == (CACHED, 0) for _, state, other in wrong):
            raise TakenBack(message)
        self.assertFalse(wrong, message)

        def count(bit):
            return sum(1 for state in states if state & bit)

        self.assertEqual((sample.n_cached, sample.n_mapped, sample.n_dirty, sample.n_copies,
                          sample.n_swapped, sample.n_huge),
                         tuple(count(bit) for bit in (CACHED, MAPPED, DIRTY, COPY, SWAPPED, HUGE)),
                         line)
        if look.region == len(expected) * PAGE:
            self.assertEqual((sample.n_mapped - count(ZERO)) * PAGE, look.rss, line)
            huge = [state for state in states if state & HUGE and not state & ZERO]
            if not mapping.flags & HUGE_UNKNOWN:
                self.assertEqual(len(huge) * PAGE, look.huge, line)


class TakenBack(AssertionError):
    """Pages were cached when the worker looked, and no longer when the oracle did."""


def again_if_taken_back(test):
    """The kernel may take pages that nobody maps out of its cache between two looks, but hardly
    each time."""
    @functools.wraps(test)
    def run(self):
        for _ in range(2):
            try:
                return test(self)
            except TakenBack:
                self.doCleanups()
                self.setUp()
        return test(self)
    return run


class FileCase(TestCase):
    """With a file that the cache does not have."""

    def __init_subclass__(cls):
        for name, test in list(vars(cls).items()):
            if name.startswith("test_"):
                setattr(cls, name, again_if_taken_back(test))

    FOLDERS = ()
    SYSTEM = ""

    def setUp(self):
        folder = find_file_system(self.SYSTEM, self.FOLDERS)
        if folder is None:
            self.skipTest(f"no folder on {self.SYSTEM}")
        self.folder = tempfile.mkdtemp(prefix="heapscape-test-", dir=folder)
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = os.path.join(self.folder, "data")

    def make_file(self, size):
        with open(self.path, "wb") as file:
            block = bytes(range(256)) * 4096
            for at in range(0, size, len(block)):
                file.write(block[:size - at])
            file.flush()
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return self.path

    def open_statement(self, access="ACCESS_WRITE", mode="r+b"):
        return (f'f = open({self.path!r}, {mode!r}); '
                f'mm = mmap.mmap(f.fileno(), 0, access=mmap.{access})')

    def count_fincore(self):
        answer = subprocess.run(["fincore", "-n", "-r", "-o", "PAGES", self.path],
                                capture_output=True, text=True, check=True)
        return int(answer.stdout.strip() or 0)


class Disk(FileCase):
    FOLDERS = (os.environ.get("MESON_BUILD_ROOT", "/var/tmp"), "/var/tmp", "/tmp")
    SYSTEM = "ext"
    IS_MEMORY = False

    STATEMENTS = ["first = mm[:10]", "mm[1 << 20]", "mm[2 << 20] = 7", "part = mm[3 << 20:4 << 20]",
                  "view = memoryview(mm)[5 << 20:6 << 20]", "view[-1]", "view.release()",
                  "mm.find(b'never in it')", "all = mm.read()", "del all", "mm.flush()"]

    def test_every_line(self):
        self.make_file(32 * MIB)
        steps = Steps([self.open_statement()] + self.STATEMENTS + ["mm.close()"], self.path)
        samples = self.check_steps(steps)

        mapping, = steps.record.mappings
        text = steps.record.text
        self.assertEqual(mapping.kind, SHARED)
        self.assertEqual(text(mapping.file), self.path)
        self.assertEqual((mapping.bytes, mapping.file_bytes, mapping.file_offset),
                         (32 * MIB, 32 * MIB, 0))
        self.assertEqual(mapping.page_size, PAGE)
        self.assertEqual(mapping.line, steps.lines[0])
        self.assertEqual(text(mapping.type), "mmap")
        self.assertEqual(bool(mapping.flags & MAPPING_MEMORY_FILE), self.IS_MEMORY)
        self.assertFalse(mapping.flags & MAPPING_CACHE_HIDDEN)
        self.check_system(mapping, text(mapping.file_system))
        self.assertTrue(samples[-1].flags & MAPPING_CLOSED)

        # What the lesson is about.
        self.assertEqual(samples[0].n_mapped, 0)
        self.assertGreaterEqual(samples[1].n_mapped, 1)
        self.assertGreaterEqual(samples[8].n_mapped, samples[3].n_mapped)
        self.assertEqual(samples[9].n_mapped, 8192)
        self.assertGreaterEqual(samples[9].rss_anon, samples[8].rss_anon + 31 * MIB)
        # The address sanitizer keeps what is freed.
        if os.environ.get("HS_ASAN") != "1":
            self.assertLess(samples[10].rss_anon, samples[8].rss_anon + MIB)

    def check_system(self, mapping, name):
        self.assertEqual(name, "ext4")
        device = os.stat(self.path).st_dev
        path = f"/sys/class/bdi/{os.major(device)}:{os.minor(device)}/read_ahead_kb"
        with open(path, encoding="utf-8") as file:
            self.assertEqual(mapping.read_ahead, int(file.read()) * 1024)

    def test_cache_as_fincore_has_it(self):
        if shutil.which("fincore") is None:
            self.skipTest("there is no fincore")
        self.make_file(32 * MIB)
        for statement in ("pass", "mm[0]", "mm[20 << 20]", "mm[:]"):
            with self.subTest(statement):
                source = f"import mmap, time\n{self.open_statement()}\n{statement}\n"
                source += "time.sleep(0.05)\npass\n"
                # The system may take pages away at any time.
                for _ in range(3):
                    found = run_code(source, pages=True)
                    self.assertEqual(found.status, "ok", found)
                    n_cached = found.record.page_samples[-1].n_cached
                    n_fincore = self.count_fincore()
                    if n_cached == n_fincore:
                        break
                self.assertEqual(n_cached, n_fincore)

    def test_read_only(self):
        self.make_file(4 * MIB)
        steps = Steps([self.open_statement("ACCESS_READ", "rb"), "mm[5]", "mm[1 << 20]",
                       "bytes(mm)"], self.path)
        self.check_steps(steps)
        self.assertEqual(steps.record.mappings[0].kind, READ)

    def test_copy(self):
        self.make_file(4 * MIB)
        steps = Steps([self.open_statement("ACCESS_COPY", "rb"), "mm[5]", "mm[8192] = 1",
                       "mm[1 << 20:(1 << 20) + 12288] = bytes(12288)", "mm.find(b'never')"],
                      self.path)
        samples = self.check_steps(steps)
        self.assertEqual(steps.record.mappings[0].kind, PRIVATE_FILE)
        self.assertEqual([sample.n_copies for sample in samples], [0, 0, 1, 4, 4])

    def test_advice(self):
        self.make_file(4 * MIB)
        steps = Steps([self.open_statement(), "mm.madvise(mmap.MADV_RANDOM)", "mm[0]",
                       "mm[2 << 20]", "mm.madvise(mmap.MADV_NORMAL)", "mm[3 << 20]",
                       "mm.madvise(mmap.MADV_DONTNEED)"], self.path)
        samples = self.check_steps(steps)
        self.assertEqual([sample.advice for sample in samples], [-1, 1, 1, 1, 0, 0, 4])
        if not self.IS_MEMORY:
            self.assertEqual([sample.n_cached for sample in samples[:4]], [0, 0, 1, 2])
        self.assertEqual(samples[6].n_mapped, 0)

    def test_resize(self):
        self.make_file(2 * MIB + 100)
        steps = Steps([self.open_statement(), "mm[0]", "mm.resize(6 << 20)", "mm[5 << 20]",
                       "mm[4 << 20] = 1", "mm.resize(8192)", "mm[4096]", "mm.close()"], self.path)
        samples = self.check_steps(steps)
        sizes = [2 * MIB + 100, 2 * MIB + 100, 6 * MIB, 6 * MIB, 6 * MIB, 8192, 8192]
        self.assertEqual([sample.bytes for sample in samples[:-1]], sizes)
        resized = [sample.line for sample in steps.record.page_samples
                   if sample.flags & MAPPING_RESIZED]
        self.assertEqual(resized, [steps.lines[2], steps.lines[5]])

    def test_part_of_a_file(self):
        self.make_file(8 * MIB)
        steps = Steps([f"f = open({self.path!r}, 'r+b'); "
                       "mm = mmap.mmap(f.fileno(), 3 << 20, offset=4 << 20)", "mm[0]",
                       "mm[1 << 20] = 3"], self.path, offset=4 * MIB)
        self.check_steps(steps)
        self.assertEqual(steps.record.mappings[0].file_offset, 4 * MIB)

    def look_at(self, statements, pages):
        steps = Steps([self.open_statement()] + statements, self.path, pages=pages)
        self.assertEqual(steps.result.status, "ok", steps.result)
        return list(steps.looks.values())

    def test_measuring_maps_nothing(self):
        """The same pages as without measuring, seen from outside."""
        statements = ["mm[:10]", "mm[20 << 20]", "mm[21 << 20] = 1"]
        cached = []
        mapped = []
        for pages in (False, True):
            self.make_file(32 * MIB)
            cached.append([[state & IN_CACHE for state in look.states] for look in
                           self.look_at(["mm.madvise(mmap.MADV_RANDOM)"] + statements, pages)])
            # How many pages a fault maps depends on which have come from the disk by then, and
            # now and then on where the mapping lies: no window passes the end of a page table.
            self.make_file(32 * MIB)
            with open(self.path, "rb") as file:
                file.read()
            mapped.append([0] * (len(statements) + 1))
            for _ in range(4):
                mapped[-1] = [max(pair) for pair in zip(mapped[-1], [
                    look.rss // PAGE for look in self.look_at(statements, pages)])]
        self.assertTrue(cached[0] == cached[1])
        self.assertEqual(mapped[0], mapped[1])

    def test_looking_touches_nothing(self):
        self.make_file(32 * MIB)
        steps = Steps([self.open_statement(), "for i in range(200):\n    pass"], self.path)
        for look in steps.looks.values():
            self.assertEqual(look.rss, 0)
            if not self.IS_MEMORY:
                self.assertEqual(set(look.states), {0})


class Memory(Disk):
    FOLDERS = ("/dev/shm", "/tmp")
    SYSTEM = "tmpfs"
    IS_MEMORY = True

    def check_system(self, mapping, name):
        self.assertEqual((name, mapping.read_ahead), ("tmpfs", 0))


class Anonymous(TestCase):
    TAKE = "address = ctypes.addressof(ctypes.c_char.from_buffer(mm))"

    def test_private(self):
        steps = Steps([f"mm = mmap.mmap(-1, 4 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
                       f"{self.TAKE}", "mm.madvise(mmap.MADV_NOHUGEPAGE)", "mm[0]",
                       "mm[8192:20480]", "mm[4096] = 1", "mm[:] = bytes(4 << 20)",
                       "mm.madvise(mmap.MADV_DONTNEED)"], n_pages=1024)
        samples = self.check_steps(steps)
        mapping, = steps.record.mappings
        self.assertEqual(mapping.kind, ANON_PRIVATE)
        self.assertEqual((steps.record.text(mapping.file), mapping.file_bytes), ("", 0))
        self.assertEqual([sample.n_mapped for sample in samples], [0, 0, 1, 4, 5, 1024, 0])
        self.assertEqual([sample.n_copies for sample in samples], [0, 0, 0, 0, 1, 1024, 0])
        self.assertEqual([sample.n_cached for sample in samples], [0] * 7)

    def test_shared(self):
        steps = Steps(["mm = mmap.mmap(-1, 4 << 20)", "mm[0]", "mm[1 << 20] = 1",
                       "part = mm[2 << 20:3 << 20]", "mm.close()"], "/dev/zero (deleted)")
        samples = self.check_steps(steps)
        self.assertEqual(steps.record.mappings[0].kind, ANON_SHARED)
        self.assertEqual([sample.n_mapped for sample in samples[:2]], [0, 1])

    def test_huge(self):
        with open("/sys/kernel/mm/transparent_hugepage/enabled", encoding="utf-8") as file:
            if "[never]" in file.read():
                self.skipTest("no huge pages")
        steps = Steps([f"mm = mmap.mmap(-1, 8 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
                       f"{self.TAKE}", "mm.madvise(mmap.MADV_HUGEPAGE)", "mm[4 << 20]",
                       "mm[4 << 20] = 1"], n_pages=2048)
        samples = self.check_steps(steps)
        self.assertEqual([sample.advice for sample in samples], [-1, 14, 14, 14])
        if steps.looks[steps.lines[3]].huge == 0:
            self.skipTest("no huge page was given")
        if not steps.record.mappings[0].flags & HUGE_UNKNOWN:
            self.assertEqual(samples[3].n_huge, 512)


class Finding(FileCase):
    FOLDERS = Disk.FOLDERS
    SYSTEM = "ext"

    def run_pages(self, source, **options):
        found = run_code(textwrap.dedent(source).lstrip("\n"), pages=True, **options)
        self.assertEqual(found.status, "ok", found)
        return found

    def test_subclasses_and_modules_anew(self):
        found = self.run_pages("""
            import mmap, sys
            class Mine(mmap.mmap):
                __slots__ = ("name",)
            class Other(Mine):
                pass
            a = Mine(-1, 4096)
            b = Other(-1, 8192)
            del sys.modules["mmap"]
            import mmap as again
            assert again.mmap is not mmap.mmap or True
            c = again.mmap(-1, 12288)
            """)
        self.assertEqual([(mapping.bytes, mapping.line) for mapping in found.record.mappings],
                         [(4096, 6), (8192, 7), (12288, 11)])

    def test_many_at_a_line(self):
        found = self.run_pages("""
            import mmap
            all = [mmap.mmap(-1, 4096 * (i + 1)) for i in range(50)]
            for mm in all: mm[0] = 1
            del all, mm
            """)
        self.assertEqual(len(found.record.mappings), 50)
        self.assertEqual({mapping.line for mapping in found.record.mappings}, {2})
        ends = [sample for sample in found.record.page_samples if sample.flags & MAPPING_CLOSED]
        self.assertEqual({sample.line for sample in ends}, {4})
        self.assertEqual(len(ends), 50)

    def test_object_at_the_place_of_another(self):
        """One that lies where another was freed in the same line is another mapping."""
        found = self.run_pages("""
            import mmap
            mm = mmap.mmap(-1, 8192)
            place = id(mm)
            del mm; mm = mmap.mmap(-1, 12288, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            assert id(mm) == place
            """)
        self.assertEqual([(mapping.bytes, mapping.kind, mapping.line)
                          for mapping in found.record.mappings],
                         [(8192, ANON_SHARED, 2), (12288, ANON_PRIVATE, 4)])

    def test_closed_and_opened(self):
        found = self.run_pages("""
            import mmap
            for i in range(5):
                with mmap.mmap(-1, 4096 << i) as mm:
                    mm[0] = 1
            """)
        self.assertEqual([mapping.bytes for mapping in found.record.mappings],
                         [4096 << i for i in range(5)])

    def test_more_than_there_is_room_for(self):
        found = self.run_pages("""
            import mmap
            all = [mmap.mmap(-1, 4096) for i in range(1100)]
            one = mmap.mmap(-1, 4096)
            """)
        self.assertEqual(len(found.record.mappings), 1024)
        self.assertEqual(found.record.n_lost[5], 77)

    def test_much_address_space_in_turn(self):
        """States of pages are kept for 1 TiB at a time, whatever was there before."""
        found = self.run_pages("""
            import mmap, time
            small = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            small[0] = 1
            for i in range(5):
                mm = mmap.mmap(-1, 300 << 30, flags=mmap.MAP_PRIVATE | 0x4020)
                mm[i << 20] = 1
                time.sleep(1)
                mm.close()
            """)
        self.assertGreaterEqual(len(found.record.mappings), 5)
        self.assertEqual(found.record.n_lost[5], 0)
        small = [sample for sample in found.record.page_samples if sample.mapping == 0]
        self.assertEqual(small[-1].n_mapped, 1)

    def test_without_numbers_of_files(self):
        found = self.run_pages("""
            import mmap, os
            mm = mmap.mmap(-1, 4096)
            files = []
            try:
                while True: files.append(open("/dev/null"))
            except OSError: pass
            mm[0] = 1
            del files
            mm.close()
            """)
        self.assertGreater(found.record.n_page_samples_skipped, 0)
        self.assertTrue(found.record.page_samples[-1].flags & MAPPING_CLOSED)

    def test_none(self):
        found = self.run_pages("x = [0] * 1000\n")
        self.assertEqual((found.record.mappings, found.record.page_samples), ([], []))

    def test_advice_is_that_of_its_mapping(self):
        found = self.run_pages("""
            import mmap
            a = mmap.mmap(-1, 1 << 20); b = mmap.mmap(-1, 1 << 20); b.madvise(mmap.MADV_SEQUENTIAL)
            a.madvise(mmap.MADV_RANDOM); a[0] = 1; b[0] = 1
            a.madvise(mmap.MADV_WILLNEED, 4096, 4096)
            del a; a = mmap.mmap(-1, 1 << 20)
            a[0] = 1
            """)
        advice = {}
        for sample in found.record.page_samples:
            advice.setdefault(sample.mapping, []).append((sample.line, sample.advice))
        self.assertEqual([dict(advice[i])[line] for i, line in ((0, 2), (1, 2), (0, 3), (0, 4))],
                         [-1, 2, 1, 3])
        self.assertEqual({entry[1] for entry in advice[2]}, {-1})

    def test_hidden(self):
        """A file of somebody else's that can only be read."""
        path = "/usr/bin/env"
        if os.access(path, os.W_OK):
            self.skipTest("every file is writable for root")
        found = self.run_pages(f"""
            import mmap
            f = open({path!r}, "rb")
            mm = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
            mm[0]
            pass
            """)
        mapping, = found.record.mappings
        self.assertTrue(mapping.flags & MAPPING_CACHE_HIDDEN)
        self.assertTrue(mapping.flags & DIRTY_UNKNOWN)
        self.assertEqual({sample.n_cached for sample in found.record.page_samples}, {0})
        self.assertGreater(found.record.page_samples[-1].n_mapped, 0)

    def test_memmap(self):
        self.make_file(2 * MIB)
        source = f"import numpy\na = numpy.memmap({self.path!r}, mode='r')\na[0]\n"
        found = run_code(source, pages=True)
        if found.status != "ok":
            # One that keeps its mmap object in the same way.
            found = self.run_pages(f"""
                import mmap; memmap = type("memmap", (), {{}}); f = open({self.path!r}, "r+b")
                a = memmap(); a._mmap = mmap.mmap(f.fileno(), 0)
                a._mmap[0]
                """)
        mapping, = found.record.mappings
        self.assertEqual((mapping.bytes, mapping.line), (2 * MIB, 2))
        self.assertEqual(found.record.text(mapping.type), "memmap")

    def test_unmapped_behind_its_back(self):
        found = self.run_pages("""
            import ctypes, mmap
            mm = mmap.mmap(-1, 1 << 20)
            mm[0] = 1
            a = ctypes.addressof(ctypes.c_char.from_buffer(mm))
            ctypes.CDLL(None).munmap(ctypes.c_void_p(a), ctypes.c_size_t(1 << 20))
            x = 1
            """)
        self.assertEqual(len(found.record.mappings), 1)
        self.assertEqual(found.record.page_samples[-1].n_mapped, 0)

    def test_threads(self):
        self.run_pages("""
            import mmap, threading
            def work():
                for i in range(300):
                    mm = mmap.mmap(-1, 4096 * (i % 17 + 1))
                    mm[0] = 1
                    mm.close()
            threads = [threading.Thread(target=work) for i in range(4)]
            for thread in threads: thread.start()
            for i in range(300):
                mm = mmap.mmap(-1, 1 << 20)
                mm.resize(1 << 16)
                mm[0] = 1
                del mm
            for thread in threads: thread.join()
            """)


class Budget(FileCase):
    FOLDERS = Disk.FOLDERS
    SYSTEM = "ext"

    def test_share_of_the_time(self):
        source = textwrap.dedent("""\
            import mmap
            mm = mmap.mmap(-1, 256 << 20)
            for i in range(0, 256 << 20, 4096):
                mm[i] = 1
            """)
        found = run_code(source, pages=True, timeout=60)
        self.assertEqual(found.status, "ok", found)
        record = found.record
        self.assertLess(record.page_time_ns, max(0.2 * record.duration_ns, 200e6) + 100e6)
        self.assertGreater(record.n_page_samples_skipped, 0)
        self.assertEqual(record.page_samples[-1].n_mapped, 65536)

    def test_runs_find_no_room(self):
        """Every other page, again and again: what is not said of changes is admitted."""
        source = textwrap.dedent("""\
            import mmap
            mm = mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            mm.madvise(mmap.MADV_NOHUGEPAGE)
            def touch():
                for i in range(0, 1 << 30, 8192): mm[i] = 1
            def forget():
                mm.madvise(mmap.MADV_DONTNEED)
            for i in range(8):
                exec("touch()")
                forget()
            touch()
            pass
            """)
        found = run_code(source, pages=True, timeout=120)
        self.assertEqual(found.status, "ok", found)
        samples = found.record.page_samples
        self.assertEqual(samples[-1].n_mapped, 131072)
        if found.record.n_lost[7] > 0:
            self.assertTrue(any(sample.flags & 32 for sample in samples))


class OldKernel(unittest.TestCase):
    def test_without_what_is_new(self):
        """As before Linux 6.5: neither PAGEMAP_SCAN nor cachestat(). The oracle has both."""
        if os.uname().machine != "x86_64":
            self.skipTest("the filter is one for x86-64")
        names = ["Anonymous", "Disk.test_every_line", "Disk.test_copy", "Memory.test_every_line"]
        suite = unittest.defaultTestLoader.loadTestsFromNames(names, sys.modules[__name__])
        read_end, write_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            report = io.StringIO()
            try:
                forbid_what_is_new()
                result = unittest.TextTestRunner(report).run(suite)
                report.write("fine" if result.wasSuccessful() else "not so")
            finally:
                os.write(write_end, report.getvalue()[-4000:].encode())
                os._exit(0)
        os.close(write_end)
        with open(read_end, encoding="utf-8") as file:
            report = file.read()
        os.waitpid(pid, 0)
        self.assertTrue(report.endswith("fine"), report)
        self.assertIn("Ran 6 tests", report)


def forbid_what_is_new():
    """seccomp: ioctl(PAGEMAP_SCAN) fails with ENOTTY, cachestat() with ENOSYS."""
    allow, fail = 0x7FFF0000, 0x00050000
    load, jump, answer = 0x20, 0x15, 0x06
    steps = [(load, 0, 0, 0), (jump, 0, 1, 451), (answer, 0, 0, fail | 38),
             (jump, 0, 3, 16), (load, 0, 0, 24), (jump, 0, 1, 0xC0606610),
             (answer, 0, 0, fail | 25), (answer, 0, 0, allow)]
    code = b"".join(struct.pack("<HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("<H6xQ", len(steps), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, program, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no filter")


def drop_privileges():
    if os.geteuid() != 0:
        return
    described = subprocess.run([WORKER, "--describe"], capture_output=True, user=NOBODY,
                               group=NOBODY, cwd="/", check=False)
    if described.returncode != 0:
        print("Only root can use this Python: it is not tested as an ordinary user",
              file=sys.stderr)
        return
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.environ["HOME"] = "/nonexistent"


if __name__ == "__main__":
    WORKER = os.path.abspath(sys.argv.pop(1))
    ORACLE = Oracle(sys.argv.pop(1))
    drop_privileges()
    os.chdir("/")
    unittest.main(verbosity=2)
