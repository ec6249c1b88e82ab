#!/usr/bin/python3
# test-snapshots.py - what a snapshot says is true
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-snapshots.py WORKER [unittest options]

Sizes are compared with three sources that share no code with the worker: what sys.getsizeof says
in a plain interpreter of the same version, cut into blocks by the rules of CPython's source;
pymalloc's own statistics; and a table, measured with a hook in the allocator, of what getsizeof
leaves out.
"""

import json
import os
import re
import subprocess
import sys
import unittest

from heapworker import run

WORKER = None
ABOUT = None
HAS_ASAN = os.environ.get("HS_ASAN") == "1"


def round_up(size):
    """What an allocator gives: pymalloc's classes, else glibc's chunks."""
    if size <= 512:
        return (size + 15) // 16 * 16
    return (size + 8 + 15) // 16 * 16


class TestCase(unittest.TestCase):
    maxDiff = None

    def snapshot(self, source, **options):
        result = run(WORKER, source, timeout=60, **options)
        self.assertEqual(result.status, "ok", str(result))
        self.stdout = result.stdout.decode()
        self.stderr = result.stderr.decode()
        return result.snapshot

    @property
    def version(self):
        return tuple(int(n) for n in ABOUT["minor"].split("."))


# name: expression, how many bytes of its getsizeof are the main block (None: all of them).
SAMPLES = {
    "int_": ("10 ** 6", None),
    "long_": ("10 ** 100", None),
    "float_": ("float('1.25')", None),
    "complex_": ("complex('1+2j')", None),
    "text": ("''.join(['ab', 'cd'])", None),
    "text_long": ("'x' * 5000 + str(1)", None),
    "text_latin": ("'é' * 10 + str(1)", None),
    "text_wide": ("'Ω' * 10 + str(1)", None),
    "text_astral": ("chr(0x1f600) * 10 + str(1)", None),
    "bytes_": ("bytes(range(10))", None),
    "bytes_479": ("bytes(479) + b''.join([])", None),
    "bytes_480": ("bytes(480)", None),
    "bytes_large": ("bytes(300000)", None),
    "bytearray_": ("bytearray(10)", 56),
    "bytearray_empty": ("bytearray()", 56),
    "bytearray_grown": ("bytearray(b'x' * 10) + b'y'", 56),
    "list_empty": ("list()", 56),
    "list_display": ("[x, 1, 2]", 56),
    "list_range": ("list(range(100))", 56),
    "list_comp": ("[i for i in range(100)]", 56),
    "tuple_": ("tuple([1, 2, x])", None),
    "dict_empty": ("dict()", 64),
    "dict_str": ("{str(i): i for i in range(5)}", 64),
    "dict_str_large": ("{str(i): i for i in range(1000)}", 64),
    "dict_int": ("{i: i for i in range(5)}", 64),
    "dict_mixed": ("{1: 1, 'a': 2, None: 3}", 64),
    "set_small": ("set(range(4))", 216),
    "set_large": ("set(range(100))", 216),
    "frozenset_": ("frozenset(range(20))", 216),
    "function": ("(lambda a=[x]: a)", None),
    "closure": ("(lambda y: lambda: y)(x)", None),
    "method": ("[].append", None),
    "bound": ("Plain().hello", None),
    "generator": ("(i for i in range(100))", None),
    "range_": ("range(5, 1000)", None),
    "slice_": ("slice(1, 2, x)", None),
    "property_": ("property(len)", None),
    "static_": ("staticmethod(len)", None),
    "slots": ("Slots()", None),
    "deque_": ("collections.deque(range(100))", 232),
    "array_": ("array.array('d', range(100))", 80),
    "defaultdict_": ("collections.defaultdict(list, a=1)", 72),
    "counter": ("collections.Counter('abca')", None),
    "memoryview_": ("memoryview(b'abc' + bytes(1))", None),
    "partial_": ("functools.partial(len, x)", None),
    "enumerate_": ("enumerate([])", None),
    "zip_": ("zip([], [])", None),
    "iterator": ("iter([1])", None),
    "namespace": ("types.SimpleNamespace(a=1)", None),
    "exception": ("ValueError('x')", None),
    "object_": ("object()", None),
    "proxy": ("types.MappingProxyType({})", None),
}

PREAMBLE = """import array, collections, functools, types
class Plain:
    def hello(self): pass
class Slots:
    __slots__ = ('a', 'b')
x = object()
"""


class SizeTest(TestCase):
    def get_sizes(self, samples):
        """sys.getsizeof in a plain interpreter."""
        code = PREAMBLE + "import sys\n" + "".join(
            f"{name} = {expression}\nprint('{name}', sys.getsizeof({name}))\n"
            for name, (expression, _) in samples.items())
        output = subprocess.run([ABOUT["executable"], "-I", "-c", code], check=True,
                                capture_output=True)
        return {name: int(size) for name, size in
                (line.split() for line in output.stdout.decode().splitlines())}

    def test_samples(self):
        if not ABOUT["executable"]:
            self.skipTest("the library has no interpreter to compare with")
        snapshot = self.snapshot(PREAMBLE + "".join(
            f"{name} = {expression}\n" for name, (expression, _) in SAMPLES.items()))
        sizes = self.get_sizes(SAMPLES)
        wrong = {}
        for name, (expression, main) in SAMPLES.items():
            found = snapshot[name]
            if "blocks-incomplete" in found.flags:
                wrong[name] = "incomplete"
            # What getsizeof adds for dict subclasses and deques is their tables and blocks.
            if name == "counter":
                main = sizes[name] - 120
            rest = sizes[name] - (main or sizes[name])
            expected = [round_up(main or sizes[name])]
            if name == "deque_":
                expected += [round_up(528)] * (rest // 528)
            elif rest:
                expected.append(round_up(rest))
            if name == "bytes_large" and not HAS_ASAN:
                # Mapped alone: whole pages.
                expected = [(sizes[name] + 16 + 4095) // 4096 * 4096]
            occupied = [block[1] for block in found.blocks]
            if occupied != expected:
                wrong[name] = f"{occupied} instead of {expected} for {expression}"
        self.assertEqual(wrong, {})

    def test_static(self):
        snapshot = self.snapshot("import sys\n"
                                 "none, true, small, one, empty, t, f, m = None, True, 5, 'a', '', "
                                 "(), len, sys\n"
                                 "cls = dict\n")
        for name in ("none", "true", "small", "one", "empty", "t", "cls"):
            found = snapshot[name]
            self.assertEqual((found.blocks, "static" in found.flags), ([], True), name)
            self.assertNotIn("blocks-incomplete", found.flags, name)
        self.assertNotIn("static", snapshot["f"].flags)
        self.assertIn("boundary", snapshot["f"].flags)
        self.assertNotIn("blocks-incomplete", snapshot["m"].flags)

    def test_instances(self):
        """Values shrink from 29 slots on, instance by instance (dictobject.c, new_values())."""
        snapshot = self.snapshot("class P:\n    def __init__(self):\n        self.a = None\n"
                                 "        self.b = None\n"
                                 "items = [P() for i in range(40)]\nP_ = P\n")
        items = [edge.to for edge in snapshot["items"].edges]
        sizes = [[block[:2] for block in item.blocks] for item in items]
        # Requested, from the table: instance 1, 2, 9, 17, 25, 28 and beyond.
        values = {0: 264, 1: 256, 8: 192, 16: 120, 24: 48, 27: 32, 39: 32}
        for i, requested in values.items():
            if self.version >= (3, 13):
                inline = {0: 328, 1: 320, 8: 256, 16: 184, 24: 112, 27: 88, 39: 88}[i]
                self.assertEqual(sizes[i], [("main", round_up(inline))], i)
            else:
                main = 56 if self.version == (3, 11) else 48
                self.assertEqual(sizes[i], [("main", round_up(main)), ("values",
                                                                       round_up(requested))], i)
        # The key table is the class's, once, and marked as shared.
        keys = [block for block in snapshot["P"].blocks if block[0] == "shared-keys"]
        self.assertEqual([(size, flags) for _, size, flags, _ in keys], [(round_up(768), 1)])

    def test_dict_of_instance(self):
        """Asking for __dict__ makes a dict; no block is counted at both."""
        snapshot = self.snapshot("class P:\n    def __init__(self): self.a = None\np = P()\n"
                                 "d = p.__dict__\nq = P()\n")
        p, d = snapshot["p"], snapshot["d"]
        self.assertIs(p.get("__dict__", "field"), d)
        blocks = p.blocks + d.blocks
        self.assertEqual(len({block[3] for block in blocks}), len(blocks))
        expected = {(3, 11): 64 + 64 + 272, (3, 12): 48 + 64 + 272, (3, 13): 336 + 64}[self.version]
        self.assertEqual(p.occupied + d.occupied, expected)
        self.assertNotIn("__dict__", [edge.label for edge in snapshot["q"].edges])

    def test_seldom_blocks(self):
        snapshot = self.snapshot("class S(str): pass\ns = S('x' * 10)\nt = 'é' * 11\nhash(t)\n"
                                 "import ctypes\n"
                                 "ctypes.pythonapi.PyUnicode_AsUTF8.argtypes = [ctypes.py_object]\n"
                                 "ctypes.pythonapi.PyUnicode_AsUTF8(t)\n"
                                 "class Doc:\n    'x'\nclass N:\n    __slots__ = 'a', 'b', 'c'\n")
        self.assertEqual([b[0] for b in snapshot["t"].blocks], ["main", "utf8"])
        self.assertEqual(snapshot["t"].blocks[1][1], round_up(23))
        self.assertEqual([b[0] for b in snapshot["s"].blocks], ["main", "buffer"])
        self.assertEqual(snapshot["s"].blocks[1][1], round_up(11))
        size = {(3, 11): 904, (3, 12): 920, (3, 13): 928}[self.version] + 16
        self.assertEqual(snapshot["N"].blocks[0][:2], ("main", round_up(size + 40 * 4)))
        self.assertEqual([b[0] for b in snapshot["Doc"].blocks], ["main", "shared-keys", "extra"])

    def test_against_pymalloc(self):
        """Blocks of the small size classes, against what pymalloc itself counts."""
        source = ("import sys, gc\ngc.collect()\nsys._debugmallocstats()\n"
                  "class P:\n    def __init__(self, i):\n        self.a = i\n"
                  "        self.b = str(i)\n"
                  "class S:\n    __slots__ = 'x'\n"
                  "def make():\n"
                  "    x = [P(i + 1000) for i in range(20000)]\n"
                  "    x += [{j: float(j) for j in range(i % 9)} for i in range(20000)]\n"
                  "    x += [(i + 0.5, {str(i)}) for i in range(20000)]\n"
                  "    x += [S() for i in range(20000)]\n"
                  "    x += [p.__dict__ for p in x[:5000]]\n"
                  "    return x\nx = make()\n"
                  "sys._debugmallocstats()\n")
        snapshot = self.snapshot(source, output_limit=1 << 20)
        tables = re.split(r"class\s+size\s+num pools", self.stderr)[1:]
        counts = []
        for table in tables:
            count = {}
            for line in table.splitlines():
                fields = line.replace(",", "").split()
                if len(fields) == 5 and all(field.isdigit() for field in fields):
                    count[int(fields[1])] = int(fields[3])
            counts.append(count)
        self.assertEqual(len(counts), 2, self.stderr[:2000])

        found = {}
        for obj in snapshot.objects:
            if obj.index < 10 and "boundary" in obj.flags:
                continue
            for _, size, _, _ in obj.blocks:
                if size <= 512:
                    found[size] = found.get(size, 0) + 1
        for size in sorted(set(counts[1]) | set(found)):
            grown = counts[1].get(size, 0) - counts[0].get(size, 0)
            if grown > 1000 or found.get(size, 0) > 1000:
                self.assertAlmostEqual(found.get(size, 0), grown, delta=300, msg=f"class {size}")
        self.assertGreater(sum(found.values()), 150000)


class NothingChangesTest(TestCase):
    def test_blocks(self):
        """No block more or less after the snapshot than before it, by Python's own count."""
        source = ("import atexit, sys\n"
                  "class P:\n    def __init__(self): self.a = 'é' * 7\n"
                  "items = [P() for i in range(10000)]\n"
                  "more = [{'k': (i, [i])} for i in range(5000)]\n"
                  "before = [0]\n"
                  "def check():\n    print(sys.getallocatedblocks() - before[0])\n"
                  "atexit.register(check)\n"
                  "before[0] = sys.getallocatedblocks()\n")
        self.snapshot(source)
        with_snapshot = int(self.stdout)
        output = subprocess.run([ABOUT["executable"], "-I", "-c", source], check=True,
                                capture_output=True)
        without = int(output.stdout)
        self.assertLess(abs(with_snapshot - without), 50)

    def test_no_code_is_called(self):
        source = ("class Meta(type):\n"
                  "    def __getattribute__(cls, name): print('meta', name); return "
                  "type.__getattribute__(cls, name)\n"
                  "    def __instancecheck__(cls, x): print('instancecheck'); return True\n"
                  "class Evil(dict, metaclass=Meta):\n"
                  "    def __getattribute__(self, name): print('get', name); return None\n"
                  "    def __len__(self): print('len'); return 1\n"
                  "    def __iter__(self): print('iter'); return iter(())\n"
                  "    def __repr__(self): print('repr'); return ''\n"
                  "    def __hash__(self): print('hash'); return 1\n"
                  "    def __sizeof__(self): print('sizeof'); return 1\n"
                  "    def __eq__(self, other): print('eq'); return True\n"
                  "    def __class__(self): print('class')\n"
                  "e = Evil(a=1)\nk = {1: e}\nimport sys\nsys.stdout.flush()\nn = 5\n")
        self.snapshot(source)
        self.assertEqual(self.stdout, "")


class ReferenceTest(TestCase):
    def labels(self, obj):
        return [(edge.kind, edge.label, edge.to.preview or edge.to.type) for edge in obj.edges]

    def test_containers(self):
        snapshot = self.snapshot("import collections\nl = [1, 'a', None]\nt = (l, 2.5)\n"
                                 "d = {'k': l, 7: 8}\ns = {5}\nq = collections.deque(range(130))\n"
                                 "q.popleft()\n")
        self.assertEqual(self.labels(snapshot["l"]), [("index", 0, "1"), ("index", 1, "'a'"),
                                                      ("index", 2, "None")])
        self.assertIs(snapshot["t"].get(0), snapshot["l"])
        self.assertEqual(self.labels(snapshot["d"]), [("key", "'k'", "'k'"), ("value", "'k'",
                                                                              "list"),
                                                      ("key", "7", "7"), ("value", "7", "8")])
        self.assertEqual(self.labels(snapshot["s"]), [("member", 0, "5")])
        keys = self.snapshot("d = {(1, 'a'): 0, (2.5,): 1, ((), 3): 2, (): 3}\n")["d"].edges
        self.assertEqual([edge.label for edge in keys if edge.kind == "value"],
                         ["(1, 'a')", "(2.5,)", "(…, 3)", ""])
        self.assertEqual([e.to.preview for e in snapshot["q"].edges], [str(i) for i in range(1,
                                                                                             130)])
        self.assertEqual([snapshot[n].length for n in "ltdsq"], [3, 2, 2, 1, 129])

    def test_instances(self):
        snapshot = self.snapshot("class B:\n    __slots__ = 'p',\nclass C(B):\n"
                                 "    __slots__ = '__dict__', 'q'\n"
                                 "class D: pass\n"
                                 "c = C()\nc.p = [1]\nc.q = [2]\nd = D()\nd.x = c\n"
                                 "class L(list): pass\nl = L([3])\nl.name = 'n'\n")
        self.assertEqual(self.labels(snapshot["c"])[:3],
                         [("class", "__class__", "C"), ("slot", "q", "list"), ("slot", "p",
                                                                               "list")])
        self.assertEqual(self.labels(snapshot["d"]), [("class", "__class__", "D"), ("attribute",
                                                                                    "x", "C")])
        labels = self.labels(snapshot["l"])
        self.assertIn(("index", 0, "3"), labels)
        self.assertIn("instance", snapshot["l"].flags)
        self.assertEqual(snapshot["l"].length, 1)

    def test_functions(self):
        snapshot = self.snapshot("def outer(v):\n    def inner(w=[1], *, k={}):\n        return v\n"
                                 "    return inner\n"
                                 "f = outer([5])\nm = [].append\nclass C:\n"
                                 "    def meth(self): pass\nb = C().meth\n"
                                 "import os\njoin = os.path.join\n")
        f = snapshot["f"]
        self.assertEqual(f.preview, "outer.<locals>.inner()")
        cell = f.get("__closure__").get(0)
        self.assertEqual(cell.type, "cell")
        self.assertEqual(cell.get("cell_contents", "cell").get(0).preview, "5")
        self.assertEqual(f.get("__defaults__").get(0).type, "list")
        self.assertEqual(f.get("__code__").preview, "outer.<locals>.inner")
        self.assertIn("boundary", f.get("__globals__").flags)
        self.assertEqual(snapshot["m"].get("__self__").type, "list")
        self.assertEqual(snapshot["b"].get("__func__").preview, "C.meth()")
        self.assertIn("boundary", snapshot["join"].flags)
        self.assertEqual(snapshot["join"].edges, [])

    def test_generator(self):
        snapshot = self.snapshot("def gen(n):\n    a = [n]\n    for i in range(n):\n"
                                 "        yield i\n"
                                 "g = gen(9)\nnext(g)\ndone = gen(0)\nlist(done)\nfresh = gen(4)\n")
        g = snapshot["g"]
        self.assertEqual(g.get("n", "local").preview, "9")
        self.assertEqual(g.get("a", "local").get(0).preview, "9")
        self.assertEqual(g.get(0, "stack").type, "range_iterator")
        self.assertEqual([e for e in snapshot["done"].edges if e.kind == "local"], [])
        self.assertEqual(snapshot["fresh"].get("n", "local").preview, "4")

    def test_classes(self):
        snapshot = self.snapshot("class A:\n    x = [1]\n    __slots__ = 's',\n    @property\n"
                                 "    def p(self): pass\n"
                                 "class B(A): pass\nimport decimal\nD = decimal.Decimal\n"
                                 "class M(type): pass\n"
                                 "class W(metaclass=M): pass\n")
        a = snapshot["A"]
        namespace = a.get("__dict__")
        self.assertEqual(namespace.get("'x'", "value").get(0).preview, "1")
        self.assertEqual(namespace.get("'p'", "value").get("fget").preview, "A.p()")
        self.assertIs(namespace.get("'s'", "value").get("__objclass__"), a)
        self.assertIs(snapshot["B"].get("__base__"), a)
        self.assertIn("boundary", a.get("__base__").flags)
        self.assertEqual((a.type, a.family, a.preview), ("type", "class", "A"))
        self.assertIn("boundary", snapshot["D"].flags)
        self.assertEqual(snapshot["W"].family, "class")

    def test_complete(self):
        """Every reference that gc.get_referents reports is there, for objects of the code's own."""
        source = ("import collections, functools, gc, itertools, types, weakref\n"
                  "class C:\n    def __init__(self): self.a = [1]\n"
                  "    def m(self): return super()\n"
                  "class E(Exception): pass\n"
                  "def gen():\n    z = yield 5\n"
                  "g = gen(); next(g)\n"
                  "try:\n    raise E('x')\nexcept E as error:\n    e = error\n"
                  "objs = [C(), C().m, e, g, collections.OrderedDict(a=[1]), "
                  "collections.deque([[2]]), iter([[3]]),\n"
                  "        functools.partial(print, [4]), itertools.chain([5], (6,)), "
                  "types.SimpleNamespace(q=[7]),\n"
                  "        collections.defaultdict(list, a=[8]), zip([9]), enumerate([10]), "
                  "slice([1], 2), property(len),\n"
                  "        memoryview(bytearray(4)), types.MappingProxyType({1: [2]}), {}.keys(), "
                  "C, C.m, gen.__code__,\n"
                  "        staticmethod(gen), frozenset([(1, 2)]), functools.lru_cache(gen), "
                  "weakref.ref(C)]\n"
                  "for o in objs:\n"
                  "    own = [id(r) for r in gc.get_referents(o) if r is not type(o)]\n"
                  "    print(id(o), *own)\n")
        # Nothing may be made between the two looks at it that the first look keeps.
        snapshot = self.snapshot(source)
        by_address = {obj.address: obj for obj in snapshot.objects}
        for line in self.stdout.splitlines():
            address, *expected = map(int, line.split())
            obj = by_address[address]
            found = [edge.to.address for edge in obj.edges]
            for target in expected:
                self.assertIn(target, found, f"{obj}: {obj.edges}")
                found.remove(target)

    def test_refcounts(self):
        source = ("import sys\na = [1]\nb = a\nc = {'x': a}\nd = object()\nt = (d, d, d)\n"
                  "def f(): pass\nclass K: pass\nk = K()\ns = ''.join(['un', 'ique'])\n"
                  "print(*[sys.getrefcount(o) - 1 for o in (0,)][:0], sys.getrefcount(a) - 1, "
                  "sys.getrefcount(d) - 1,\n"
                  "      sys.getrefcount(f) - 1, sys.getrefcount(K) - 1, sys.getrefcount(k) - 1, "
                  "sys.getrefcount(s) - 1)\n")
        snapshot = self.snapshot(source)
        self.assertEqual([snapshot[name].refcount for name in ("a", "d", "f", "K", "k", "s")],
                         [int(n) for n in self.stdout.split()])
        self.assertEqual(snapshot["a"].refcount, 3)

    def test_cycle_and_depth(self):
        snapshot = self.snapshot("x = []\nx.append(x)\nn = None\nfor i in range(200000):\n"
                                 "    n = (n,)\n")
        self.assertIs(snapshot["x"].get(0), snapshot["x"])
        self.assertGreater(snapshot.n_objects, 200000)


class NameTest(TestCase):
    def test_names(self):
        snapshot = self.snapshot('"""The docstring."""\nimport sys\nx: int = 1\ndef f(): pass\n'
                                 '_private = 2\n'
                                 "for last in range(3): pass\ndel sys\n")
        self.assertEqual(snapshot.scope_names(), ["x", "f", "_private", "last"])
        self.assertEqual(self.snapshot("x = 1\n__doc__ = 'mine'\n__name__ = 'y'\n").scope_names(),
                         ["__name__", "__doc__", "x"])
        self.assertEqual(self.snapshot("x = y = 'é'\nünicode = 1\n").scope_names(), ["x", "y",
                                                                                     "ünicode"])

    def test_other_threads(self):
        """What the functions of threads hold that still run in the end."""
        snapshot = self.snapshot("import threading\n"
                                 "ready = threading.Event()\n"
                                 "def wait(text):\n"
                                 "    held = [text, 'in a thread']\n"
                                 "    ready.set()\n"
                                 "    threading.Event().wait()\n"
                                 "for i in range(2):\n"
                                 "    ready.clear()\n"
                                 "    threading.Thread(target=wait, args=(f'n{i}',),\n"
                                 "                     daemon=True).start()\n"
                                 "    ready.wait()\n")
        scopes = [scope for scope in snapshot.scopes if scope[0] == "wait"]
        self.assertEqual(len(scopes), 2)
        held = [[edge.to.preview for edge in snapshot.object(index).edges if edge.kind == "index"]
                for _, name, index in snapshot.names if name == "held"]
        self.assertEqual(sorted(held), [["'n0'", "'in a thread'"], ["'n1'", "'in a thread'"]])

    def test_info(self):
        snapshot = self.snapshot("x = [1, 2]\n")
        self.assertEqual(snapshot.python_hex, ABOUT["hex"])
        self.assertEqual((snapshot.flags, snapshot.objects_seen), (0, snapshot.n_objects))
        self.assertLess(snapshot.total_size, 100000)


class ValueTest(TestCase):
    def test_generators_say_where_they_go_on(self):
        snapshot = self.snapshot("def numbers():\n"
                                 "    yield 1\n"
                                 "    yield 2\n"
                                 "def outer():\n"
                                 "    yield from numbers()\n"
                                 "fresh, begun, further, done, delegating = (\n"
                                 "    numbers(), numbers(), numbers(), numbers(), outer())\n"
                                 "next(begun), next(further), next(further), list(done)\n"
                                 "next(delegating)\n")
        self.assertEqual([snapshot[name].preview for name in ("fresh", "begun", "further", "done",
                                                              "delegating")],
                         ["numbers()", "numbers() at line 2", "numbers() at line 3", "numbers()",
                          "outer() at line 5"])

    def test_previews_are_reprs(self):
        expressions = ["0", "-1", "12345678901234567890", "-2**100", "1.5", "0.1", "1e300",
                       "5e-324", "1e16", "1e15", "123456.789e-9",
                       "-0.0", "float('nan')", "float('-inf')", "2/3", "1/3*3e22",
                       "9007199254740993.0", "1e22", "0.0001", "0.00001",
                       "100.0", "1j", "-0j", "3+4j", "complex(-0.0, 1.5)",
                       "complex(1, float('nan'))", "True", "None", "...", "NotImplemented",
                       "''", "'a'", "'it\\'s'", "'\"'", "'\\'\"'", "'\\n\\t\\\\\\r\\0\\x7f'",
                       "'é\\xa0\\u200b\\U0001f600\\ud800'",
                       "b''", "b'\\x00abc\\xff\\''", "bytearray(b'x')", "range(5)",
                       "range(1, 10, 2)", "range(10, 0, -1)"]
        snapshot = self.snapshot("values = [" + ", ".join(expressions) + "]\n")
        found = [edge.to.preview for edge in snapshot["values"].edges]
        expected = [repr(eval(expression)) for expression in expressions]
        self.assertEqual(found, expected)

    def test_cut(self):
        snapshot = self.snapshot("s = 'x' * 121\nt = 'y' * 120\nb = bytes(1000)\ni = 2 ** 5000\n")
        self.assertEqual((snapshot["s"].preview, "preview-cut" in snapshot["s"].flags), ("'" + "x"
                                                                                         * 120 +
                                                                                         "…'",
                                                                                         True))
        self.assertEqual((snapshot["t"].preview, "preview-cut" in snapshot["t"].flags), ("'" + "y"
                                                                                         * 120 +
                                                                                         "'",
                                                                                         False))
        self.assertIn("preview-cut", snapshot["b"].flags)
        self.assertEqual(snapshot["i"].preview, "int, 5001 bits")
        self.assertEqual([snapshot[n].length for n in "stb"], [121, 120, 1000])

    def test_locale(self):
        snapshot = self.snapshot("import locale\nfor l in ('de_DE.UTF-8', 'C.UTF-8'):\n    try:\n"
                                 "        locale.setlocale(locale.LC_ALL, l)\n"
                                 "        break\n    except locale.Error: pass\nx = 1.5\n")
        self.assertEqual(snapshot["x"].preview, "1.5")

    def test_interned(self):
        snapshot = self.snapshot("import sys\na = 'heap'\nb = ''.join(['he', 'ap'])\n"
                                 "c = sys.intern(''.join(['sc', 'ape']))\n")
        flags = {name: {f for f in snapshot[name].flags if f.startswith("interned")} for name in
                 "abc"}
        kind = "interned-immortal" if self.version == (3, 12) else "interned-mortal"
        self.assertEqual(flags["b"], set())
        self.assertEqual(flags["c"], {kind})
        self.assertEqual(len(flags["a"]), 1)

    def test_families(self):
        snapshot = self.snapshot("import sys, array, decimal, collections\nclass C: pass\n"
                                 "values = [[], 'a', 1, len, C, C(), sys, b'', object(), "
                                 "array.array('i'), decimal.Decimal(1),\n"
                                 "          collections.deque(), None, (i for i in []), "
                                 "memoryview(b'')]\n"
                                 "class Sub(dict): pass\nsub = Sub()\nclass E(Exception): pass\n"
                                 "e = E()\n")
        self.assertEqual([edge.to.family for edge in snapshot["values"].edges],
                         ["container", "text", "number", "callable", "class", "instance", "module",
                          "buffer", "other",
                          "buffer", "number", "container", "number", "callable", "buffer"])
        self.assertEqual((snapshot["sub"].family, snapshot["e"].family), ("container", "instance"))
        deque = snapshot["values"].edges[11].to
        self.assertEqual((deque.module, deque.type), ("collections", "deque"))

    def test_immortal(self):
        snapshot = self.snapshot("x = None\ny = [1]\n")
        self.assertEqual("immortal" in snapshot["x"].flags, self.version >= (3, 12))
        self.assertNotIn("immortal", snapshot["y"].flags)
        self.assertIn("gc", snapshot["y"].flags)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    ABOUT = json.loads(subprocess.run([WORKER, "--describe"], check=True,
                                      capture_output=True).stdout)
    unittest.main()
