#!/usr/bin/python3
# test-references.py - the references between objects are all there, and none is made up
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-references.py WORKER [unittest options]

The programs are those of truth/, which make hundreds of kinds of objects, and one that loads the
standard library. They ask the garbage collector which references objects have, and print them;
Python's own reference counts tell of those that are not there.
"""

import array
import collections
import glob
import os
import sys
import unittest

from evil_programs import ENDLESS, PROGRAMS
from heapsnapshot import EDGES, FLAGS
from heapworker import run

WORKER = None
KINDS = sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "truth",
                                      "kinds_*.py")))

MODULES = """
abc argparse array ast asyncio base64 bisect bz2 calendar cmath codecs collections
concurrent.futures configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal
difflib dis email.mime.text enum fractions functools gc getpass gettext glob gzip hashlib heapq
hmac html http.client http.server inspect io ipaddress itertools json locale logging lzma mimetypes
mmap multiprocessing.pool numbers operator optparse os pathlib pickle pickletools pkgutil platform
plistlib pprint queue random re reprlib sched secrets select selectors shelve shlex shutil signal
smtplib socket socketserver sqlite3 ssl statistics string struct subprocess symtable sysconfig
tarfile tempfile textwrap threading timeit tokenize traceback types typing unicodedata unittest
urllib.request uuid warnings wave weakref xml.dom.minidom xml.etree.ElementTree xmlrpc.client
zipfile zlib zoneinfo
"""
LIBRARY = f"""
import importlib
for name in '''{MODULES}'''.split():
    try:
        importlib.import_module(name)
    except ImportError as error:
        print('#', error)
"""

# Each object, its type, and what the collector finds in it.
TAIL = """
import gc as _gc, sys as _sys
_gc.unfreeze()
_gc.collect()
_gc.disable()
_objects = {objects}
for _object in _objects:
    if _object is not _objects and _object is not globals():
        _sys.stdout.write('@ %s\\n' % ' '.join(
            [str(id(_o)) for _o in (_object, type(_object), *_gc.get_referents(_object))]))
_object = _o = None
"""
ALL = "_gc.get_objects()"
NAMED = "[_o for _name, _o in globals().items() if _name[0] == 'k' and _name[1:].isdigit()]"

# Some report what others hold: the results of a cache are held by its links; the attributes of an
# instance of 3.13, by its dict if it has one; what ctypes knows of a type, by the type's dict.
INDIRECT = ("_lru_list_elem", "dict", "StgDict")


class Graph:
    """The edges of a snapshot, as arrays."""

    def __init__(self, snapshot):
        c = snapshot.columns
        self.snapshot = snapshot
        self.addresses = snapshot.decode("OADR")
        self.rows = {address: row for row, address in enumerate(self.addresses)}
        names = [snapshot.string(offset) for offset in c["TNAM"]]
        self.types = [names[index] for index in snapshot.decode("OTYP")]
        self.targets = array.array("I", c["EDST"].tolist())
        self.kinds = bytes(c["EKND"])
        self.ranges = list(zip(c["OEDG"][:snapshot.n_objects], c["OEDG"][1:]))
        for i, row in enumerate(c["LOBJ"]):
            self.ranges[row] = (c["LEDG"][i], c["LEDG"][i + 1])

    def label(self, edge):
        if EDGES[self.kinds[edge]] in ("index", "member", "stack"):
            return ""
        return self.snapshot.string(self.snapshot.columns["ELBL"][edge])

    def get_targets(self, row):
        """The addresses to which the references of an object lead, each as often as it is one."""
        return collections.Counter(self.addresses[self.targets[edge]]
                                   for edge in range(*self.ranges[row]))

    def is_held_by_child(self, row, address):
        """Also as the type of the child, of which there is no edge."""
        target = self.snapshot.object(self.rows[address]) if address in self.rows else None
        children = (self.rows[child] for child in self.get_targets(row))
        return any(address in self.get_targets(child) or (target and target.family == "class" and
                                                          target.preview == self.types[child])
                   for child in children if self.types[child] in INDIRECT)

    def find_missing(self, row, type_address, reported):
        """What the collector found and the snapshot has not."""
        missing = collections.Counter(reported)
        # The type is a column of its own; not every object reports it.
        missing[type_address] -= 1
        missing -= self.get_targets(row)
        return [address for address in missing if not self.is_held_by_child(row, address)]


class TestCase(unittest.TestCase):
    maxDiff = None

    def run_graph(self, source, **options):
        result = run(WORKER, source, timeout=100, output_limit=1 << 28, **options)
        self.assertEqual(result.status, "ok", str(result))
        self.result = result
        return Graph(result.snapshot)

    def run_file(self, path, objects, **options):
        with open(path, encoding="utf-8") as file:
            source = file.read() + TAIL.format(objects=objects)
        return self.run_graph(source, file_name=path, working_folder=os.path.dirname(path),
                              args=("objects",), **options)

    def check_reported(self, graph, n_least):
        """That every reference which the collector reports is there."""
        wrong = collections.Counter()
        n = 0
        for line in self.result.stdout.decode().splitlines():
            if not line.startswith("@ "):
                continue
            address, type_address, *reported = map(int, line[2:].split())
            row = graph.rows.get(address)
            if row is None:
                wrong["an object is not there"] += 1
                continue
            if graph.snapshot.columns["OFLG"][row] & FLAGS["boundary"] and (
                    graph.ranges[row][0] == graph.ranges[row][1]):
                continue
            n += 1
            for target in graph.find_missing(row, type_address, reported):
                to = graph.types[graph.rows[target]] if target in graph.rows else "?"
                wrong[f"{graph.types[row]} to {to}"] += 1
        self.assertEqual(wrong, {})
        self.assertGreater(n, n_least)

    def check_labels(self, graph, highest_share):
        """That nearly every reference says what it is for."""
        unlabelled = collections.Counter(
            graph.types[row] for row, (first, end) in enumerate(graph.ranges)
            for edge in range(first, end) if graph.kinds[edge] == 0)
        self.assertLessEqual(sum(unlabelled.values()), highest_share * len(graph.targets),
                             unlabelled.most_common(20))

    def check_counts(self, graph):
        """That no object has more references than Python counts. All objects must be there."""
        counts = graph.snapshot.decode("OREF")
        flags = graph.snapshot.columns["OFLG"]
        found = collections.Counter()
        for row, (first, end) in enumerate(graph.ranges):
            for edge in range(first, end):
                # A table of keys that instances share holds them once for all; and what a frame
                # object refers to can be held by a generator or a running function.
                if EDGES[graph.kinds[edge]] != "key" and (
                        graph.types[row] != "frame" or graph.label(edge) in ("f_back", "f_trace")):
                    found[graph.targets[edge]] += 1
        wrong = collections.Counter()
        for row, n in found.items():
            # What the table of interned strings has of one, it takes off the count.
            n -= 1 if flags[row] & FLAGS["interned-mortal"] else 0
            if n > counts[row] and not flags[row] & (FLAGS["static"] | FLAGS["immortal"]):
                wrong[graph.types[row], graph.snapshot.object(row).preview] += n - counts[row]
        self.assertEqual(wrong, {})


class KindsTest(TestCase):
    """Hundreds of kinds of objects."""

    def test_reported(self):
        for path in KINDS:
            with self.subTest(os.path.basename(path)):
                graph = self.run_file(path, NAMED)
                self.check_reported(graph, 50)
                self.check_labels(graph, 0)

    def test_all_objects(self):
        for path in KINDS:
            with self.subTest(os.path.basename(path)):
                graph = self.run_file(path, ALL, all_objects=True)
                self.check_reported(graph, 5000)
                self.check_labels(graph, 0)
                self.check_counts(graph)


# Types that are written in C and have these members, without a compiler.
FAKE = """
import ctypes


class Member(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("type", ctypes.c_int), ("offset", ctypes.c_ssize_t),
                ("flags", ctypes.c_int), ("doc", ctypes.c_char_p)]


class Slot(ctypes.Structure):
    _fields_ = [("slot", ctypes.c_int), ("pointer", ctypes.c_void_p)]


class Spec(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("size", ctypes.c_int), ("item_size", ctypes.c_int),
                ("flags", ctypes.c_uint), ("slots", ctypes.POINTER(Slot))]


kept = []
T_OBJECT, T_OBJECT_EX = 6, 16
ctypes.pythonapi.PyType_FromSpec.restype = ctypes.py_object
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
ctypes.pythonapi.PyMem_RawMalloc.restype = ctypes.c_void_p


def make_type(name, size, *members):
    members = (Member * (len(members) + 1))(*members)
    slots = (Slot * 2)(Slot(72, ctypes.addressof(members)))  # Py_tp_members
    spec = Spec(name, size, 0, 1 << 10, slots)  # Py_TPFLAGS_BASETYPE
    kept.extend((members, slots, spec))
    return ctypes.pythonapi.PyType_FromSpec(ctypes.byref(spec))


def put(thing, offset, value):
    if not isinstance(value, int):
        kept.append(value)
        value = id(value)
    ctypes.c_uint64.from_address(id(thing) + offset).value = value


def make_array(kind, data, n, flags, base):
    dtype = Dtype()
    put(dtype, 24, ord(kind))
    array = Ndarray()
    dimensions = ctypes.pythonapi.PyMem_RawMalloc(16)
    ctypes.memmove(dimensions, (ctypes.c_ssize_t * 2)(n, 8), 16)
    for offset, value in ((16, data), (24, 1), (32, dimensions), (40, dimensions + 8), (48, base),
                          (56, dtype), (64, flags)):
        put(array, offset, value)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(dtype))
    return array


Ndarray = make_type(b"numpy.ndarray", 96)
Dtype = make_type(b"numpy.dtype[any]", 104)
owner = make_array("f", libc.malloc(8000), 1000, 4 | 1, 0)
ctypes.pythonapi.Py_IncRef(ctypes.py_object(owner))
view = make_array("f", ctypes.c_uint64.from_address(id(owner) + 16).value + 80, 10, 1, owner)
texts = [f"text {i}" for i in range(5)]
place = libc.malloc(40)
ctypes.memmove(place, (ctypes.c_void_p * 5)(*map(id, texts)), 40)
objects = make_array("O", place, 5, 4 | 1, 0)
kept.append(texts)
del texts
structures = make_array("V", libc.malloc(80), 10, 4 | 1, 0)

Unknown = make_type(b"other.Unknown", 48, (b"first", T_OBJECT, 16), (b"again", T_OBJECT, 16),
                    (b"second", T_OBJECT_EX, 24), (b"number", 1, 32))
unknown = Unknown()
inside = [1]
put(unknown, 16, inside)
ctypes.pythonapi.Py_IncRef(ctypes.py_object(inside))


class Derived(Unknown):
    __slots__ = "third",


derived = Derived()
derived.third = [3]
put(derived, 24, inside)
ctypes.pythonapi.Py_IncRef(ctypes.py_object(inside))
"""


class ForeignTest(TestCase):
    """Types that do not come with Python."""

    def test_arrays(self):
        snapshot = self.run_graph(FAKE).snapshot
        owner, view, objects, structures = (snapshot[name] for name in
                                            ("owner", "view", "objects", "structures"))
        data = [block for block in owner.blocks if block.kind == "data"]
        self.assertEqual([block.kind for block in owner.blocks], ["main", "extra", "data"])
        self.assertEqual((data[0].flags, owner.external), (2, 8016))
        self.assertEqual([block.kind for block in view.blocks], ["main", "extra"])
        self.assertIs(view.get("base"), owner)
        self.assertEqual(owner.get("dtype").type, "dtype[any]")
        self.assertEqual([objects.get(i).preview for i in range(5)],
                         [f"'text {i}'" for i in range(5)])
        self.assertEqual((owner.family, owner.flags & {"blocks-incomplete", "edges-incomplete"}),
                         ("buffer", set()))
        self.assertIn("edges-incomplete", structures.flags)

    def test_code_extra(self):
        """What debuggers attach to code."""
        code = self.run_graph("""
import ctypes, sys
api = ctypes.pythonapi
name = "_PyEval_RequestCodeExtraIndex", "_PyCode_SetExtra"
if sys.version_info >= (3, 12):
    name = "PyUnstable_Eval_RequestCodeExtraIndex", "PyUnstable_Code_SetExtra"
index = getattr(api, name[0])(None)


def attach(function, value):
    getattr(api, name[1])(ctypes.py_object(function.__code__), index, ctypes.c_void_p(value))


def known(): pass
def unknown(): pass


attach(known, None)
attach(unknown, 1)
""").snapshot
        known, unknown = (code[name].get("__code__") for name in ("known", "unknown"))
        self.assertEqual([block.kind for block in known.blocks], ["main", "extra"])
        self.assertNotIn("blocks-incomplete", known.flags)
        self.assertEqual([block.kind for block in unknown.blocks], ["main", "extra"])
        self.assertIn("blocks-incomplete", unknown.flags)

    def test_members(self):
        """Of a type of which nothing is known, what it shows to Python."""
        snapshot = self.run_graph(FAKE).snapshot
        unknown, derived = snapshot["unknown"], snapshot["derived"]
        self.assertEqual([edge.label for edge in unknown.edges], ["first"])
        self.assertIs(unknown.get("first"), snapshot["inside"])
        self.assertEqual(unknown.flags & {"blocks-incomplete", "edges-incomplete"},
                         {"blocks-incomplete", "edges-incomplete"})
        self.assertEqual([edge.label for edge in derived.edges], ["__class__", "third", "second"])
        self.assertIs(derived.get("second"), snapshot["inside"])


class LibraryTest(TestCase):
    """The standard library."""

    def test_library(self):
        graph = self.run_graph(LIBRARY + TAIL.format(objects=ALL), all_objects=True)
        self.check_reported(graph, 20000)
        self.check_labels(graph, 0.02)
        self.check_counts(graph)
        unknown = collections.Counter(
            graph.types[row] for row, flags in enumerate(graph.snapshot.columns["OFLG"])
            if flags & (FLAGS["blocks-incomplete"] | FLAGS["edges-incomplete"]))
        self.assertLessEqual(sum(unknown.values()), 10, unknown)


class EvilTest(TestCase):
    """Nothing that code leaves behind may end the snapshot, or be called."""

    def check(self, source, statuses, **options):
        for all_objects in (False, True):
            result = run(WORKER, source, all_objects=all_objects, **options)
            self.assertIn(result.status, statuses, str(result))
            self.assertIsNotNone(result.snapshot, str(result))
            self.assertNotIn(b"CALLED", result.stderr)
            self.assertGreater(result.snapshot.n_objects, 10)
            if all_objects:
                self.check_counts(Graph(result.snapshot))

    def test_programs(self):
        for name, source in PROGRAMS.items():
            with self.subTest(name):
                self.check(source, ["ok"], timeout=60)

    def test_endless(self):
        for name, source in ENDLESS.items():
            with self.subTest(name):
                self.check(source, ["timeout"], timeout=1)


if __name__ == "__main__":
    WORKER = sys.argv.pop(1)
    unittest.main()
