# kinds_library.py - what the standard library makes
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes of the library written in Python are asked for many instances first."""

import array
import ast
import asyncio
import bisect
import calendar
import codecs
import configparser
import contextlib
import contextvars
import csv
import ctypes
import datetime
import decimal
import fractions
import functools
import gettext
import graphlib
import hashlib
import heapq
import hmac
import io
import ipaddress
import json
import logging
import mmap
import os
import pathlib
import pickle
import queue
import random
import re
import select
import selectors
import socket
import sqlite3
import string
import struct
import tempfile
import textwrap
import threading
import time
import types
import typing
import unicodedata
import uuid
import weakref
import xml.etree.ElementTree as etree
import zlib
import zoneinfo

from kindtable import keeping, kind, main, numerous, setup

A, B, C = object(), object(), object()
HUNDRED = list(range(100))
TEXT = "one two three four"
DATA = b"one two three four" * 10
FOLDER = tempfile.TemporaryDirectory(prefix="hs-kinds-")
FILE = os.path.join(FOLDER.name, "file")
with open(FILE, "wb") as file_:
    file_.write(bytes(8192))


def nothing(*args):
    return args and args[0]


def after(value, *results):
    """The value, after something was done with it."""
    return value


# ---- array, memoryview, mmap, struct ----

for code in "bBhHiIlLqQfd":
    kind(f"array {code}", lambda code=code: array.array(code, HUNDRED))
kind("array u", lambda: array.array("u", TEXT))
kind("array empty", lambda: array.array("i"))
kind("array of bytes", lambda: array.array("i", DATA[:40]))


def append_to_array():
    result = array.array("i")
    for i in HUNDRED:
        result.append(i)
    return result


def shrunk_array():
    result = array.array("d", HUNDRED)
    del result[20:]
    return result


NUMBERS = array.array("i", range(24))
kind("array appended to 100 times", append_to_array)
kind("array shrunk", shrunk_array)
kind("array extended", lambda: (a := array.array("i", [1, 2]), a.extend(HUNDRED))[0])
kind("array multiplied", lambda: array.array("h", [1, 2]) * 100)
kind("array slice", lambda: NUMBERS[3:20])
kind("array iterator", lambda: iter(NUMBERS))
kind("memoryview of bytes", lambda: memoryview(DATA))
kind("memoryview of array", lambda: memoryview(NUMBERS))
kind("memoryview of memoryview", lambda: VIEW[2:5])
kind("memoryview cast", lambda: VIEW.cast("B"))
kind("memoryview of two dimensions", lambda: BYTES.cast("i", [4, 6]))
kind("memoryview of four dimensions", lambda: BYTES.cast("i", [2, 3, 2, 2]))
kind("memoryview released", lambda: (m := memoryview(DATA), m.release())[0])
kind("memoryview iterator", lambda: iter(VIEW))
VIEW = memoryview(NUMBERS)
BYTES = VIEW.cast("B")
kind("memoryview of mmap", lambda: memoryview(MAPPING))
MAPPING = mmap.mmap(-1, 65536)
kind("mmap anonymous", lambda: mmap.mmap(-1, 65536))


@setup("mmap of a file")
def _():
    file = open(FILE, "rb")
    return lambda: mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)


kind("Struct", lambda: struct.Struct("<iHd"))
kind("Struct of many", lambda: struct.Struct("ihb" * 20))
kind("Struct iter_unpack", lambda: STRUCT.iter_unpack(bytes(32)))
STRUCT = struct.Struct("<q")


# ---- Records of C: named fields ----

kind("struct_time", lambda: time.gmtime(0))
kind("stat_result", lambda: os.stat(FOLDER.name))
kind("terminal_size", lambda: os.terminal_size((80, 24)))
kind("float_info", lambda: STRUCT_TYPE(range(11)))
STRUCT_TYPE = type(time.gmtime(0))


# ---- Text ----

for what, pattern_ in (("", "a(b+)c"), (" large", "|".join(TEXT.split()) + "[a-zé-ü]*"),
                       (" of bytes", rb"(?P<name>\d+)-(?P<other>\w)")):
    def prepare_pattern(pattern=pattern_):
        # The cache is empty, but has room.
        re.purge()
        re.compile("abc")
        return lambda: re.compile(pattern)
    setup(f"re.Pattern{what}")(prepare_pattern)
PATTERN = re.compile(r"(?P<first>\w+) (?P<second>\w+)( never)?")
kind("re.Match", lambda: PATTERN.match(TEXT))
kind("re.Match without groups", lambda: SHORT.search(TEXT))
SHORT = re.compile("t")
kind("re finditer", lambda: PATTERN.finditer(TEXT))
kind("re.Scanner", lambda: PATTERN.scanner(TEXT))
numerous("string.Template", lambda: string.Template(TEXT))
numerous("string.Formatter", string.Formatter)
numerous("TextWrapper", textwrap.TextWrapper)
kind("StringIO empty", io.StringIO)
kind("StringIO of a text", lambda: io.StringIO(TEXT))
kind("StringIO written", lambda: (f := io.StringIO(), f.write(TEXT * 20))[0])
kind("StringIO written twice", lambda: (f := io.StringIO(), f.write(TEXT), f.write(TEXT))[0])
kind("StringIO read", lambda: (f := io.StringIO(TEXT), f.read(3))[0])
kind("StringIO closed", lambda: (f := io.StringIO(TEXT), f.close())[0])
kind("BytesIO empty", io.BytesIO)
kind("BytesIO of bytes", lambda: io.BytesIO(DATA))
kind("BytesIO written", lambda: (f := io.BytesIO(), f.write(DATA), f.write(DATA))[0])
kind("BytesIO getbuffer", lambda: BUFFER.getbuffer())
BUFFER = io.BytesIO(DATA)
kind("codec information", lambda: codecs.CodecInfo(nothing, nothing))
numerous("incremental decoder", lambda: UTF8(errors="strict"))
UTF8 = codecs.getincrementaldecoder("utf-8")
kind("incremental decoder of gb18030", lambda: GB18030())
kind("incremental encoder of gb18030", lambda: codecs.getincrementalencoder("gb18030")())
GB18030 = codecs.getincrementaldecoder("gb18030")
kind("newline decoder", lambda: io.IncrementalNewlineDecoder(None, True))
kind("unicodedata.UCD", lambda: unicodedata.ucd_3_2_0)
kind("csv.reader", lambda: csv.reader(HUNDRED))
kind("csv.reader read", lambda: (r := csv.reader(["a,b,c", "d,e"]), next(r))[0])
kind("csv.writer", lambda: csv.writer(SINK))
kind("csv.writer written", lambda: (w := csv.writer(SINK), w.writerow(["a", "b"]))[0])
SINK = io.StringIO()
kind("csv.Dialect", lambda: csv.reader(HUNDRED, delimiter=";").dialect)
numerous("csv.DictReader", lambda: csv.DictReader(HUNDRED))
numerous("json.JSONEncoder", json.JSONEncoder)
numerous("json.JSONDecoder", json.JSONDecoder)
kind("json c_make_encoder", lambda: json.encoder.c_make_encoder(
    None, nothing, nothing, None, ": ", ", ", False, False, True))
kind("json scanner", lambda: json.scanner.c_make_scanner(DECODER))
DECODER = json.JSONDecoder()
numerous("ConfigParser", configparser.ConfigParser)
numerous("NullTranslations", gettext.NullTranslations)


# ---- Files ----

def opened(mode, **options):
    """Kept open as long as the object."""
    return lambda: open(FILE, mode, **options)


kind("file of text", opened("r", encoding="utf-8"))
kind("file of text read", lambda: (f := open(FILE, encoding="utf-8"), f.read(10))[0])
kind("file to be read", opened("rb"))
kind("file read", lambda: (f := open(FILE, "rb"), f.read(10))[0])
kind("file to be read and written", opened("r+b"))
kind("file to be written", opened("ab"))
kind("file unbuffered", opened("rb", buffering=0))
kind("file closed", lambda: (f := open(FILE, "rb"), f.close())[0])
for what, wrapper_ in (("BufferedReader", lambda buffer: io.BufferedReader(buffer, 100)),
                       ("BufferedRWPair", lambda buffer: io.BufferedRWPair(buffer, buffer)),
                       ("TextIOWrapper", lambda buffer: io.TextIOWrapper(buffer, "utf-8"))):
    def prepare_wrapper(wrapper=wrapper_):
        buffer = io.BytesIO(DATA)
        return lambda: wrapper(buffer)
    setup(f"{what} of a BytesIO")(prepare_wrapper)
kind("directory entry", lambda: next(os.scandir(FOLDER.name)))
kind("scandir", lambda: os.scandir(FOLDER.name))
kind("Path", lambda: pathlib.PurePosixPath("/a/b"))
kind("Path asked for its parts",
     lambda: after(p := pathlib.PurePosixPath("/a/b"), p.parts, hash(p)))
kind("Path used", lambda: after(p := pathlib.Path("/a/b"), p.name, str(p), p.suffix))
kind("Path parents", lambda: pathlib.PurePosixPath("/a/b").parents)
numerous("TemporaryDirectory", lambda: tempfile.TemporaryDirectory(dir=FOLDER.name))
numerous("SpooledTemporaryFile", tempfile.SpooledTemporaryFile)
kind("select.poll", select.poll)
kind("select.poll with registered ones", lambda: (p := select.poll(), p.register(0, 1),
                                                  p.register(1, 1), p.poll(0))[0])
kind("select.epoll", select.epoll)
numerous("SelectSelector", selectors.SelectSelector)
kind("socket", lambda: socket.socket())


# ---- Time ----

UTC = datetime.timezone.utc
kind("date", lambda: datetime.date(2024, 2, 29))
kind("time", lambda: datetime.time(1, 2, 3))
kind("time aware", lambda: datetime.time(1, 2, 3, tzinfo=UTC))
kind("datetime", lambda: datetime.datetime(2024, 2, 29, 1, 2, 3))
kind("datetime aware", lambda: datetime.datetime(2024, 2, 29, tzinfo=UTC))
kind("timedelta", lambda: datetime.timedelta(1, 2, 3))
kind("timezone", lambda: datetime.timezone(DELTA))
kind("timezone named", lambda: datetime.timezone(DELTA, "name"))
kind("timezone UTC", lambda: UTC)
DELTA = datetime.timedelta(hours=1)


@setup("subclass of datetime")
def _():
    derived = type("Derived", (datetime.datetime,), {})
    return lambda: derived(2024, 2, 29, tzinfo=UTC)


numerous("Calendar", calendar.Calendar)


# ---- Numbers ----

kind("Decimal", lambda: decimal.Decimal("1.5"))
kind("Decimal of 50 digits", lambda: decimal.Decimal("1" * 50))
kind("Decimal of 1000 digits", lambda: decimal.Decimal("1" * 1000))
kind("Decimal divided", lambda: decimal.Decimal(1) / SEVEN)
kind("Decimal not a number", lambda: decimal.Decimal("nan"))
SEVEN = decimal.Decimal(7)
kind("decimal context", decimal.Context)
kind("decimal local context", decimal.localcontext)
kind("decimal signals", lambda: decimal.Context().flags)
kind("Fraction", lambda: fractions.Fraction(1, 3))
kind("Random", random.Random)
kind("uuid", lambda: uuid.UUID(int=HUNDRED[7] << 100))
kind("IPv4Address", lambda: ipaddress.IPv4Address(16909060))
numerous("IPv6Network", lambda: ipaddress.IPv6Network("2001:db8::/64"))


# ---- Functions and types ----

kind("GenericAlias", lambda: list[int])
kind("GenericAlias hashed", lambda: after(a := dict[str, int], a.__parameters__))
kind("Union", lambda: int | str)
numerous("typing.Optional", lambda: ([c() for c in typing._cleanups], typing.Optional[int])[1])
numerous("typing.List", lambda: ([c() for c in typing._cleanups], typing.List[int])[1])
numerous("TypeVar", lambda: typing.TypeVar("T"))
numerous("TypeVar with bounds", lambda: typing.TypeVar("T", int, str))
numerous("ParamSpec", lambda: typing.ParamSpec("P"))
numerous("TypeVarTuple", lambda: typing.TypeVarTuple("Ts"))
numerous("ParamSpec args", lambda: PARAMETERS.args)
PARAMETERS = typing.ParamSpec("P")
kind("TypeAliasType", lambda: typing.TypeAliasType("T", int), since=(3, 12))
numerous("NewType", lambda: typing.NewType("N", int))
numerous("ForwardRef", lambda: typing.ForwardRef("int"))
numerous("DynamicClassAttribute", lambda: types.DynamicClassAttribute(nothing))
kind("GenericAlias iterator", lambda: iter(list[int]))
numerous("contextmanager", lambda: MANAGER())
MANAGER = contextlib.contextmanager(lambda: iter(HUNDRED))
numerous("ExitStack", contextlib.ExitStack)
numerous("nullcontext", contextlib.nullcontext)
numerous("suppress", lambda: contextlib.suppress(KeyError))
kind("ast node", lambda: ast.Name("x", A))
kind("ast node parsed", lambda: ast.parse("x + 1"))
numerous("TopologicalSorter", graphlib.TopologicalSorter)
kind("bisect function", lambda: bisect.bisect)
kind("heap", lambda: (h := list(HUNDRED), heapq.heapify(h))[0])
kind("reduce function", lambda: functools.reduce)


# ---- Contexts, threads, queues ----

kind("ContextVar", lambda: contextvars.ContextVar("v"))
kind("ContextVar with a default", lambda: contextvars.ContextVar("v", default=A))
kind("Context", contextvars.Context)
kind("Context copied", contextvars.copy_context)
kind("Context token", lambda: VARIABLE.set(A))
VARIABLE = contextvars.ContextVar("w")


def filled_context():
    context = contextvars.Context()
    for variable in VARIABLES:
        context.run(variable.set, A)
    return context


VARIABLES = [contextvars.ContextVar(str(i)) for i in range(40)]
kind("Context filled", filled_context)
kind("Context iterator", lambda: iter(FILLED))
FILLED = filled_context()
kind("Lock", threading.Lock)
kind("RLock", threading.RLock)
kind("RLock taken", lambda: (lock := threading.RLock(), lock.acquire())[0])
numerous("Event", threading.Event)
numerous("Condition", threading.Condition)
numerous("Semaphore", threading.Semaphore)
numerous("Barrier", lambda: threading.Barrier(2))
kind("local", threading.local)
kind("local with attributes", lambda: (v := threading.local(), setattr(v, "x", A))[0])
kind("local dict", lambda: (v := threading.local(), setattr(v, "x", A), v.__dict__)[2])
numerous("Thread not started", lambda: threading.Thread(target=nothing))
kind("SimpleQueue", queue.SimpleQueue)
kind("SimpleQueue filled", lambda: (q := queue.SimpleQueue(), [q.put(i) for i in HUNDRED])[0])
kind("SimpleQueue emptied", lambda: (q := queue.SimpleQueue(), [q.put(i) for i in HUNDRED],
                                     [q.get() for i in range(90)])[0])
numerous("Queue", queue.Queue)
numerous("PriorityQueue", queue.PriorityQueue)


class Loop:
    """All that a Future and a Task ask of an event loop."""

    __slots__ = ()

    def get_debug(self):
        return False

    def call_soon(self, *args, **keywords):
        pass

    def call_exception_handler(self, context):
        pass


LOOP = Loop()


async def wait():
    await asyncio.sleep(0)


kind("asyncio.Future", lambda: asyncio.Future(loop=LOOP))
kind("asyncio.Future done", lambda: (f := asyncio.Future(loop=LOOP), f.set_result(A))[0])
kind("asyncio.Future with callbacks", lambda: (f := asyncio.Future(loop=LOOP),
                                               f.add_done_callback(nothing),
                                               f.add_done_callback(print))[0])
kind("asyncio.Future iterator", lambda: iter(FUTURE))
FUTURE = asyncio.Future(loop=LOOP)
kind("asyncio.Task", lambda: asyncio.Task(wait(), loop=LOOP, name="t"))
numerous("asyncio.Event", asyncio.Event)
numerous("asyncio.Queue", asyncio.Queue)


# ---- Weak references ----

class Referent:
    pass


REFERENT = Referent()
numerous("WeakValueDictionary", weakref.WeakValueDictionary)
numerous("WeakKeyDictionary", weakref.WeakKeyDictionary)
numerous("WeakSet", weakref.WeakSet)
kind("KeyedRef", lambda: weakref.KeyedRef(REFERENT, nothing, 5))
numerous("finalize", lambda: weakref.finalize(REFERENT, nothing))


# ---- Data ----

kind("hash sha256", lambda: hashlib.sha256(DATA))
kind("hash md5", lambda: hashlib.md5(DATA))
kind("hash blake2b", lambda: hashlib.blake2b(DATA))
kind("hash sha3", lambda: hashlib.sha3_256(DATA))
kind("hmac", lambda: hmac.new(DATA, DATA, "sha256"))
kind("zlib compressobj", zlib.compressobj)
kind("zlib compressobj used", lambda: (c := zlib.compressobj(), c.compress(DATA))[0])
kind("zlib decompressobj", zlib.decompressobj)
kind("zlib decompressobj used", lambda: (c := zlib.decompressobj(), c.decompress(PACKED))[0])
PACKED = zlib.compress(DATA)
kind("pickle.Pickler", lambda: pickle.Pickler(io.BytesIO()))
kind("pickle.Pickler used", lambda: (p := pickle.Pickler(io.BytesIO()), p.dump(HUNDRED))[0])
kind("pickle.Unpickler", lambda: pickle.Unpickler(BUFFER))
kind("pickle.Unpickler used", lambda: (p := pickle.Unpickler(io.BytesIO(PICKLE)), p.load())[0])
kind("pickle.PickleBuffer", lambda: pickle.PickleBuffer(DATA))
PICKLE = pickle.dumps([HUNDRED, "abc"])
kind("Element", lambda: etree.Element("a"))
kind("Element with attributes", lambda: etree.Element("a", {"b": "c"}))
kind("Element with children", lambda: with_children(2))
kind("Element with 20 children", lambda: with_children(20))
kind("Element with text", lambda: (e := etree.Element("a"), setattr(e, "text", TEXT))[0])
kind("Element iterator", lambda: ELEMENT.iter())
numerous("ElementTree", lambda: etree.ElementTree(ELEMENT))
kind("TreeBuilder", etree.TreeBuilder)
kind("XMLParser", etree.XMLParser)
kind("XML parsed", lambda: etree.fromstring("<a><b>c</b><b/><b/><b/><b/><b/></a>"))
ELEMENT = etree.Element("a")
CHILDREN = [etree.Element("b") for _ in range(20)]


def with_children(n):
    element = etree.Element("a")
    for child in CHILDREN[:n]:
        element.append(child)
    return element


kind("sqlite3.Connection", lambda: sqlite3.connect(":memory:"))
kind("sqlite3.Cursor", lambda: CONNECTION.cursor())
kind("sqlite3.Cursor used", lambda: CONNECTION.execute("select 1, 'a'"))
kind("sqlite3.Row", lambda: sqlite3.Row(CURSOR, (1, "a")))
CONNECTION = sqlite3.connect(":memory:")
CURSOR = CONNECTION.execute("select 1, 'a'")
numerous("logging.Logger", lambda: logging.Logger("l"))
numerous("logging.LogRecord", lambda: logging.LogRecord("l", 10, "p", 1, "m", (), None))
kind("zoneinfo.ZoneInfo", lambda: zoneinfo.ZoneInfo.no_cache("UTC"))


# ---- ctypes ----

class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double), ("name", ctypes.c_char_p)]


class Large(ctypes.Structure):
    _fields_ = [("values", ctypes.c_int * 50)]


INTS = ctypes.c_int * 3
MANY = ctypes.c_int * 200
POINTER = ctypes.POINTER(ctypes.c_int)
FUNCTION = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
NUMBER = ctypes.c_int(5)

kind("ctypes c_int", lambda: ctypes.c_int(5))
kind("ctypes c_double", lambda: ctypes.c_double(5))
kind("ctypes c_char_p", lambda: ctypes.c_char_p(DATA))
kind("ctypes c_longdouble", lambda: ctypes.c_longdouble(5))
kind("ctypes py_object", lambda: ctypes.py_object(A))
kind("ctypes Structure", lambda: Point(1, 2.0))
kind("ctypes Structure with a pointer", lambda: Point(1, 2.0, DATA))
kind("ctypes Structure large", Large)
kind("ctypes array", lambda: INTS(1, 2, 3))
kind("ctypes array large", MANY)
kind("ctypes string buffer", lambda: ctypes.create_string_buffer(100))
kind("ctypes pointer", lambda: ctypes.pointer(NUMBER))
kind("ctypes pointer to nothing", lambda: POINTER())
kind("ctypes byref", lambda: ctypes.byref(NUMBER))
kind("ctypes from a buffer", lambda: ctypes.c_int.from_buffer(NUMBERS))
kind("ctypes callback", lambda: FUNCTION(nothing))
kind("ctypes function", lambda: ctypes.pythonapi["Py_IncRef"])
kind("ctypes field", lambda: type("S", (ctypes.Structure,),
                                  {"_fields_": [("x", ctypes.c_int)]}).__dict__["x"])
kind("ctypes Structure class", lambda: type("S", (ctypes.Structure,),
                                            {"_fields_": [("x", ctypes.c_int)]}))
kind("ctypes array class", lambda: type("T", (ctypes.Array,), {"_type_": ctypes.c_int,
                                                               "_length_": 7}))

main()
