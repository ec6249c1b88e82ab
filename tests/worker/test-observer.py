#!/usr/bin/python3
# test-observer.py - taking a snapshot changes nothing
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-observer.py WORKER [unittest options]

The worker compares all memory of its process before and after each snapshot, byte by byte: what it
does not touch by its own account (--check-observer, hs-selftest-observer.c). That it would notice
is tested with disturbances.
"""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from heapworker import run

WORKER = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"
MODES = ("none", "counters", "lines")
KIB = 1 << 10

# The program's own pages that a snapshot touches for the first time, and what the stack grows by.
OWN_MAX = 64 * KIB

# Functions are bound as they are first called, and the kernel notes the processor in the thread's
# memory (rseq): neither is the snapshot's doing.
ENVIRONMENT = {"LD_BIND_NOW": "1", "GLIBC_TUNABLES": "glibc.pthread.rseq=0",
               "MALLOC_PERTURB_": "0"}

MEASURE = "import signal\ndef measure(): signal.raise_signal(signal.SIGUSR2)\n"


def observe(source, mode="lines", disturbance=None, error=""):
    """Returns what the snapshots of a program changed, and what it wrote. It ends with error."""
    with tempfile.TemporaryDirectory(prefix="heapscape-test-") as folder, \
         tempfile.TemporaryFile() as report:
        path = os.path.join(folder, "code.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(MEASURE + textwrap.dedent(source).lstrip("\n"))
        command = [WORKER, "--check-observer", mode, path] + [disturbance] * bool(disturbance)
        result = subprocess.run(command, capture_output=True, env={**os.environ, **ENVIRONMENT},
                                pass_fds=[3], preexec_fn=lambda: os.dup2(report.fileno(), 3),
                                timeout=120, cwd=folder, check=False)
        report.seek(0)
        complaint = result.stderr.decode()
        assert result.returncode == 0 and complaint.endswith(error), (result.returncode, complaint)
        assert bool(complaint) == bool(error), complaint
        measurements = json.loads(report.read())["measurements"]
    return measurements, result.stdout.decode()


def is_programs(name):
    """Whether pages of a mapping come and go with what code runs, whatever it does."""
    return ".so" in os.path.basename(name)


def list_changes(measurement):
    """Everything about a snapshot that should not be so."""
    wrong = {name: measurement[name] for name in ("changed", "vanished") if measurement[name]}
    appeared = [place for place in measurement["appeared"] if not is_programs(place[1])]
    if appeared:
        wrong["appeared"] = appeared
    for name, value in measurement.items():
        if (name.startswith("same_") or name == "is_repeatable") and not value:
            wrong[name] = value
    if measurement["scratch_bytes"] != 0:
        wrong["scratch"] = measurement["scratch_bytes"]
    return wrong


@unittest.skipIf(HAS_ASAN, "AddressSanitizer has memory of its own, terabytes of it")
class TestCase(unittest.TestCase):
    maxDiff = None

    def check(self, source, modes=MODES, n=None, error=""):
        """Nothing may change at any of the snapshots. Returns what the program wrote."""
        written = set()
        for mode in modes:
            measurements, stdout = observe(source, mode, error=error)
            written.add(stdout)
            if n is not None:
                self.assertEqual(len(measurements), n)
            for i, measurement in enumerate(measurements):
                with self.subTest(mode=mode, snapshot=i):
                    self.check_measurement(measurement, mode)
        self.assertEqual(len(written), 1, written)
        return written.pop()

    def check_measurement(self, measurement, mode):
        self.assertEqual(list_changes(measurement), {})
        self.assertGreater(measurement["pages"], 1000)
        self.assertGreater(measurement["n_pools"], 5000)
        self.assertEqual(measurement["n_ledger"] > 5000, mode != "none")
        growth = measurement["private_growth"] - measurement["result_bytes"]
        self.assertGreaterEqual(growth, 0)
        self.assertLessEqual(growth, OWN_MAX)
        self.assertLessEqual(measurement["private_growth"], measurement["own_growth"])
        # The result is as large as it says, in whole pages, and what was measured lies in it.
        self.assertLess(measurement["result_bytes"], measurement["snapshot_bytes"] + 16 * KIB)


class MemoryTest(TestCase):
    def test_many_instances(self):
        """200 000 instances: nothing is left behind."""
        self.check("""
            class Point:
                def __init__(self, i):
                    self.a, self.b, self.c = i, str(i), 1.5 * i

            points = [Point(i) for i in range(200000)]
            """, n=2)

    def test_no_dict_appears(self):
        stdout = self.check("""
            import atexit, gc

            class Plain:
                def __init__(self, n):
                    for i in range(n): setattr(self, f"a{i}", i)

            class Derived(list): pass
            class Slots: __slots__ = "x", "__weakref__"
            class Error(ValueError): pass

            items = [Plain(i % 40) for i in range(1000)] + [Derived() for i in range(10)]
            items += [Slots() for i in range(10)] + [Error(i) for i in range(10)]
            for item in items[:5]:
                item.__dict__

            def count():
                gc.collect()
                found = {id(o) for o in gc.get_objects()}
                return sum(isinstance(o, dict) for o in gc.get_objects())

            measure()
            """, n=4)
        self.assertEqual(stdout, "")

    def test_texts(self):
        self.check("""
            texts = ["é" * i for i in range(300)] + ["Ω" * i for i in range(300)]
            texts += [chr(0x1f600) * i for i in range(50)] + ["\\udc80" * 3]
            class S(str): pass
            texts += [S("é" * i) for i in range(50)]
            keys = {text: text for text in texts[:-50]}
            class K: pass
            for text in texts: setattr(K, "é" + text, text)
            """)

    def test_code(self):
        """Functions that never ran have caches that no one has filled."""
        self.check("""
            import ast, argparse, dis, json, typing, dataclasses
            def f(a, b=1, *c, d, **e):
                def g(): return a, b
                return g
            class A:
                def method(self): return super().method
                @property
                def p(self): return 1
                @staticmethod
                def s(): pass
            lambdas = [eval(f"lambda x{i}: x{i} + {i}") for i in range(200)]
            """)

    def test_collector(self):
        for source in ("gc.disable()", "gc.freeze()", "gc.set_threshold(1, 1, 1)",
                       "gc.collect(); gc.freeze(); gc.disable()",
                       "gc.set_debug(gc.DEBUG_UNCOLLECTABLE)"):
            with self.subTest(source):
                stdout = self.check(f"""
                    import atexit, gc
                    class Node:
                        def __init__(self): self.me = self
                    nodes = [Node() for i in range(3000)]
                    {source}
                    more = [Node() for i in range(3000)]
                    del nodes[::2]
                    was = gc.isenabled(), gc.get_threshold()
                    measure()
                    atexit.register(lambda: print(was == (gc.isenabled(), gc.get_threshold()),
                                                  gc.get_freeze_count() > 1000))
                    """, modes=("none", "lines"))
                self.assertEqual(stdout, f"True {'freeze' in source}\n")

    def test_weak_references(self):
        stdout = self.check("""
            import atexit, weakref
            class C: pass
            log = []
            alive = [C() for i in range(100)]
            refs = [weakref.ref(c, log.append) for c in alive]
            proxies = [weakref.proxy(c) for c in alive]
            values = weakref.WeakValueDictionary(enumerate(alive))
            keys = weakref.WeakKeyDictionary((c, i) for i, c in enumerate(alive))
            sets = weakref.WeakSet(alive)
            end = [weakref.finalize(c, log.append, 1) for c in alive]
            dead = weakref.ref(C(), log.append)
            log.clear()
            measure()
            atexit.register(lambda: print(len(log), len(values), len(keys), len(sets)))
            """)
        # finalize() calls back at exit, before the function that was registered first.
        self.assertIn(stdout, ("0 100 100 100\n", "100 100 100 100\n"))

    def test_free_lists(self):
        """What was just given back stays where it is."""
        self.check("""
            def churn():
                for i in range(50):
                    x = [float(j) for j in range(i)], {j: j for j in range(i)}, (i, x) if i else ()
                    y = slice(i, 2 * i), {str(i): i}, iter([]), (k for k in "abc")
            churn()
            """)

    def test_extensions(self):
        self.check("""
            import array, asyncio, collections, ctypes, datetime, decimal, enum, fractions
            import functools, hashlib, io, itertools, mmap, operator, random, re, socket, sqlite3
            import struct, threading, time, types, xml.etree.ElementTree as ET, zlib
            things = [array.array("d", range(100)), collections.deque(range(200)),
                      collections.OrderedDict(a=1), collections.defaultdict(list, a=[1]),
                      ctypes.create_string_buffer(100), (ctypes.c_int * 5)(),
                      datetime.datetime.now(),
                      decimal.Decimal("1.5"), fractions.Fraction(1, 3), functools.partial(int, 2),
                      hashlib.sha256(b"x"), io.BytesIO(b"x" * 99), io.StringIO("é" * 99),
                      itertools.count(), itertools.chain([1], [2]), itertools.tee([1, 2]),
                      memoryview(bytearray(9)), random.Random(1), re.compile("(a+)b"),
                      re.match("a", "a"), socket.socket(), sqlite3.connect(":memory:"),
                      struct.Struct("ii"), threading.Lock(), threading.RLock(),
                      threading.local(), time.localtime(), types.SimpleNamespace(a=1),
                      ET.fromstring("<a b='c'><d/>x</a>"), zlib.compressobj()]
            @functools.lru_cache
            def cached(x): return [x]
            for i in range(100): cached(i)
            measure()
            """)


class FramesTest(TestCase):
    def test_running(self):
        self.check("""
            def generator():
                local = [1]
                yield local
                yield 2
            async def coroutine(): await None
            import warnings
            warnings.simplefilter("ignore")
            started = generator(); next(started)
            fresh = generator(), coroutine(), (x for x in "ab")
            class Body:
                inside = [1]
                measure()
            def deep(n):
                here = [n]
                if n == 0: measure()
                else: deep(n - 1)
            deep(200)
            def through_c(): return sorted([3, 1, 2], key=lambda x: (measure(), x))
            through_c()
            """, modes=("none", "lines"))

    def test_in_generator(self):
        self.check("""
            def generator(a):
                b = [a]
                measure()
                yield b
            for x in generator(5): measure()
            """)

    def test_exception(self):
        self.check("""
            def f(n):
                local = [n]
                if n: f(n - 1)
                else: raise ValueError("boo")
            try: f(10)
            except ValueError as e:
                kept = e
                measure()
            f(5)
            """, n=4, error="ValueError: boo\n")

    def test_threads(self):
        self.check("""
            import threading
            gate = threading.Event()
            def wait(n):
                local = [n]
                gate.wait()
            threads = [threading.Thread(target=wait, args=(i,)) for i in range(5)]
            for t in threads: t.start()
            while not all(t.is_alive() for t in threads): pass
            import time
            time.sleep(0.2)
            measure()
            gate.set()
            for t in threads: t.join()
            time.sleep(0.3)
            """, n=4)


class UserTest(TestCase):
    def test_special_methods(self):
        """None of them runs: each would append to a log."""
        stdout = self.check("""
            import atexit
            log = []

            def logged(name, value):
                def method(self, *args, **options):
                    log.append(name)
                    return value(self, *args) if callable(value) else value
                return method

            class Meta(type):
                def __getattribute__(cls, name):
                    log.append("Meta." + name)
                    return type.__getattribute__(cls, name)
                __instancecheck__ = logged("instancecheck", True)
                __subclasscheck__ = logged("subclasscheck", True)
                __sizeof__ = logged("Meta.sizeof", 5)
                __hash__ = logged("Meta.hash", type.__hash__)
                __eq__ = logged("Meta.eq", True)
                __repr__ = logged("Meta.repr", "")
                __dir__ = logged("Meta.dir", [])
                __len__ = logged("Meta.len", 1)
                mro = type.mro

            class Descriptor:
                def __get__(self, instance, owner): log.append("get"); return 1
                def __set__(self, instance, value): log.append("set")
                def __set_name__(self, owner, name): log.append("set_name")

            methods = {"__%s__" % name: logged(name, value) for name, value in {
                "getattribute": None, "getattr": None, "len": 1, "sizeof": 1, "repr": "", "str": "",
                "hash": 1, "eq": True, "ne": True, "lt": True, "iter": iter, "next": 1,
                "bool": True, "dir": [], "del": None, "index": 1, "int": 1, "float": 1.0,
                "bytes": b"", "format": "", "contains": True, "getitem": 1, "missing": 1,
                "reduce": (), "reduce_ex": (), "length_hint": 1, "call": 1, "enter": 1, "exit": 1,
                "copy": 1, "deepcopy": 1, "getstate": 1, "complex": 1j, "trunc": 1,
                "buffer": None, "release_buffer": None, "fspath": "", "await": None,
                "class_getitem": 1, "init_subclass": None, "subclasshook": True}.items()}
            methods["__class__"] = property(logged("class", int))
            methods["__dict__"] = property(logged("dict", {}))
            methods["attribute"] = Descriptor()
            methods["__slots__"] = ()

            def make(base, *args):
                namespace = dict(methods)
                if base is object:
                    del namespace["__slots__"], namespace["__dict__"]
                if base in (int, str, tuple):
                    namespace["__hash__"], namespace["__eq__"] = base.__hash__, base.__eq__
                del namespace["__init_subclass__"]
                made = Meta("Logged" + base.__name__, (base,), namespace)
                return base.__new__(made, *args)

            objects = [make(object), make(int, 7), make(str, "é" * 5), make(bytes, b"abc"),
                       make(float, 1.5), make(tuple, (1, (2,))), make(frozenset, (1, 2)),
                       make(list), make(dict), make(set), make(bytearray), make(ValueError, 1)]
            list.extend(objects[7], [1, 2]); dict.update(objects[8], {1: [2]})
            holder = {i: o for i, o in enumerate(objects)}
            keys = {objects[1]: 1, objects[2]: 2, objects[5]: 3}
            attributes = type("Holder", (), {})()
            attributes.objects = objects
            log.clear()
            measure()
            measure()
            seen = list(log)
            atexit.register(print, seen, log)
            """, n=6)
        self.assertEqual(stdout, "[] []\n")

    def test_mappings(self):
        """Pages of the user's that were never touched stay untouched, and are not read."""
        stdout = self.check("""
            import atexit, ctypes, mmap, tempfile
            size = 1 << 26
            def get_rss(m):
                address = "%x-" % ctypes.addressof(ctypes.c_char.from_buffer(m))
                with open("/proc/self/smaps") as file:
                    for line in file:
                        if line.startswith(address): break
                    for line in file:
                        if line.startswith("Rss:"): return int(line.split()[1])

            shared = mmap.mmap(-1, size)
            private = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            file = tempfile.TemporaryFile(); file.truncate(size)
            mapped = mmap.mmap(file.fileno(), size)
            maps = shared, private, mapped
            for m in maps: m[0] = m[size // 2] = 1
            views = [memoryview(m) for m in maps]
            zeros = bytes(1 << 26), bytearray(1 << 26)
            try:
                import numpy
                zeros += numpy.zeros(1 << 23), numpy.frombuffer(shared, dtype="u1")
            except ImportError: pass
            before = [get_rss(m) for m in maps]
            measure()
            after = [get_rss(m) for m in maps]
            print(before == after, after)
            """, n=4)
        self.assertTrue(stdout.startswith("True "), stdout)


class DisturbanceTest(TestCase):
    """What a snapshot could do wrong would be noticed."""

    def check_noticed(self, disturbance, victim, *wanted, modes=("none", "lines")):
        source = f"""
            import mmap
            class Plain:
                def __init__(self): self.a = 1
            class Logged:
                def __repr__(self): log.append(1); return ""
            log = []
            victim = {victim}
            """
        for mode in modes:
            found = list_changes(observe(source, mode, disturbance)[0][0])
            for name in wanted:
                self.assertIn(name, found, (disturbance, mode))

    def test_noticed(self):
        self.check_noticed("dict", "Plain()", "changed", "same_pools", "is_repeatable")
        self.check_noticed("dict", "Plain()", "same_ledger", modes=["lines"])
        self.check_noticed("utf8", "'é' * 9", "changed", "same_pools")
        self.check_noticed("code", "(lambda: 1).__code__", "changed", "same_pools")
        self.check_noticed("count", "[1]", "changed", "same_tracked")
        self.check_noticed("float", "1", "changed")
        self.check_noticed("repr", "Logged()", "changed")
        self.check_noticed("page", "mmap.mmap(-1, 1 << 16)", "appeared")
        self.check_noticed("page", "mmap.mmap(-1, 1 << 16, flags=mmap.MAP_PRIVATE | "
                           "mmap.MAP_ANONYMOUS)", "appeared")
        self.check_noticed("freeze", "1", "changed", "same_collector")


class RunTest(TestCase):
    """The same as seen by the program, in a run as any other."""

    def test_program(self):
        for options in ({}, {"ledger": True}, {"all_objects": True},
                        {"ledger_lines": True, "all_objects": True}):
            with self.subTest(options):
                result = run(WORKER, textwrap.dedent("""
                    import atexit, gc, sys
                    class P:
                        def __init__(self, i): self.a, self.b = i, 'é' * 3
                    items = [P(i) for i in range(200000)]
                    more = [{'k': (i, [i])} for i in range(5000)]
                    def look():
                        with open('/proc/self/smaps_rollup', 'rb', 0) as file:
                            text = file.read()
                        at = text.index(b'Private_Dirty:') + 14
                        return (int(text[at:text.index(b'kB', at)]), sys.getallocatedblocks(),
                                gc.get_freeze_count(), gc.get_count()[0])
                    def check():
                        now = look()
                        print(*(b - a for a, b in zip(before, now)))
                    atexit.register(check)
                    gc.disable()
                    before = look()
                    before = look()
                    """), timeout=60, **options)
                self.assertEqual((result.status, result.stderr), ("ok", b""), str(result))
                private, blocks, frozen, count = map(int, result.stdout.split())
                # The interpreter itself has come a little farther by then. The snapshot is
                # not mapped any more.
                self.assertLess(abs(private), 256)
                self.assertLess(abs(blocks), 50)
                self.assertEqual(frozen, 0)
                self.assertLess(abs(count), 50)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    unittest.main()
