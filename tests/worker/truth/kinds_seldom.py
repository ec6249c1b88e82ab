# kinds_seldom.py - states that are seldom seen, and types that have no name of their own
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has been grown, shrunk, closed, detached, cleared or resized; helpers of C extensions."""

import _thread
import abc
import array
import asyncio
import bz2
import codecs
import collections
import contextvars
import copy
import csv
import ctypes
import datetime
import decimal
import functools
import gc
import hashlib
import io
import itertools
import json
import lzma
import mmap
import operator
import os
import pickle
import pyexpat
import queue
import random
import re
import resource
import select
import socket
import sqlite3
import ssl
import struct
import symtable
import sys
import tempfile
import threading
import time
import tokenize
import types
import typing
import weakref
import xml.etree.ElementTree as etree
import zlib

from kindtable import keeping, kind, main, numerous, setup

A, B, C = object(), object(), object()
HUNDRED = list(range(100))
TEXT = "one two three four"
DATA = b"one two three four" * 10
FOLDER = tempfile.TemporaryDirectory(prefix="hs-kinds-")
FILE = os.path.join(FOLDER.name, "file")
with open(FILE, "wb") as file_:
    file_.write(b"a line of text\n" * 1000)


def nothing(*args):
    return args and args[0]


def no_init(*args):
    pass


def advanced(iterator, n=1):
    for _ in range(n):
        next(iterator, None)
    return iterator


# ---- Buffers and files ----

kind("array popped", lambda: (a := array.array("q", HUNDRED), [a.pop() for _ in range(90)])[0])
kind("array inserted into", lambda: (a := array.array("b", b"abc"), a.insert(0, 5))[0])
kind("array read from bytes", lambda: (a := array.array("H"), a.frombytes(bytes(50)))[0])
kind("array with a view", lambda: (a := array.array("H", HUNDRED), memoryview(a).release())[0])
kind("array subclass", lambda: type("Derived", (array.array,), {})("i", HUNDRED))
kind("bytearray with a view", lambda: (b := bytearray(50), memoryview(b).release())[0])
kind("bytearray grown and cut", lambda: (b := bytearray(), [b.append(i) for i in HUNDRED],
                                         b.__delitem__(slice(0, 98)))[0])
kind("bytearray popped", lambda: (b := bytearray(100), [b.pop(0) for _ in range(60)])[0])
kind("bytearray extended in place", lambda: operator.iadd(bytearray(10), DATA))
kind("memoryview hashed", lambda: (m := memoryview(DATA), hash(m))[0])
kind("memoryview reversed", lambda: memoryview(DATA)[::-1])
kind("memoryview of a bytearray", lambda: memoryview(KEPT_BYTEARRAY))
kind("memoryview of ctypes", lambda: memoryview(KEPT_MATRIX))
KEPT_BYTEARRAY = bytearray(10)
KEPT_MATRIX = ((ctypes.c_int * 3) * 4)()
keeping("managed buffer", lambda kept: (kept.__setitem__(0, memoryview(DATA)),
                                        gc.get_referents(kept[0])[0])[1])
kind("mmap closed", lambda: (m := mmap.mmap(-1, 4096), m.close())[0])
kind("BytesIO asked for its value", lambda: (f := io.BytesIO(DATA), f.getvalue())[0])
kind("BytesIO truncated", lambda: (f := io.BytesIO(DATA), f.truncate(5))[0])
kind("BytesIO closed", lambda: (f := io.BytesIO(DATA), f.close())[0])
kind("BytesIO with attributes", lambda: (f := io.BytesIO(DATA), setattr(f, "x", A))[0])
kind("StringIO of wide text", lambda: io.StringIO("Ω" * 100))
kind("StringIO large", lambda: (f := io.StringIO(), [f.write(TEXT) for _ in HUNDRED],
                                f.seek(0), f.read(5))[0])
kind("StringIO truncated", lambda: (f := io.StringIO(TEXT), f.truncate(3))[0])
kind("StringIO with newlines", lambda: (f := io.StringIO(newline=None), f.write("a\r\nb"))[0])
kind("StringIO with attributes", lambda: (f := io.StringIO(TEXT), setattr(f, "x", A))[0])
kind("file in lines", lambda: (f := open(FILE, encoding="utf-8"), next(f), f.readline())[0])
kind("file asked where it is", lambda: (f := open(FILE, encoding="utf-8"), f.readline(),
                                        f.tell())[0])
kind("file with pending text", lambda: (f := open(FILE, "a", encoding="utf-8"), f.write("x"))[0])
kind("file with pending bytes", lambda: (f := open(FILE, "ab"), f.write(b"x"))[0])
kind("file in latin1", lambda: (f := open(FILE, encoding="latin-1"), f.read(3))[0])
kind("file in UTF-16", lambda: (f := open(FILE, encoding="utf-16-le"), f.read(3))[0])
kind("file with a large buffer", lambda: (f := open(FILE, "rb", buffering=100000), f.read(1))[0])
kind("file detached", lambda: (f := open(FILE, "rb"), f.detach().close())[0])
kind("file peeked into", lambda: (f := open(FILE, "rb"), f.peek())[0])
kind("file of text closed", lambda: (f := open(FILE, encoding="utf-8"), f.close())[0])
kind("BufferedRandom", lambda: io.BufferedRandom(io.BytesIO(DATA)))
kind("BufferedWriter", lambda: io.BufferedWriter(io.BytesIO(), 200))
kind("newline decoder of a decoder",
     lambda: io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), False))
kind("newline decoder used", lambda: (d := io.IncrementalNewlineDecoder(None, True),
                                      d.decode("a\r\nb\n"))[0])
kind("directory entry asked", lambda: (e := next(os.scandir(FOLDER.name)), e.stat(),
                                       e.is_dir())[0])
kind("scandir exhausted", lambda: (s := os.scandir(FOLDER.name), list(s))[0])
kind("select.poll changed", lambda: (p := select.poll(), [p.register(i) for i in range(40)],
                                     p.poll(0), p.unregister(7))[0])
kind("select.epoll closed", lambda: (p := select.epoll(), p.close())[0])
kind("socket closed", lambda: (s := socket.socket(), s.close())[0])
kind("MemoryBIO", ssl.MemoryBIO)
kind("SSLContext", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


# ---- Records of C ----

kind("uname_result", os.uname)
kind("times_result", os.times)
kind("struct_rusage", lambda: resource.getrusage(resource.RUSAGE_SELF))
kind("sched_param", lambda: os.sched_param(5))
kind("struct_time with all fields", lambda: time.localtime(0))
kind("IsoCalendarDate", lambda: datetime.date(2024, 1, 1).isocalendar())
kind("sys.flags", lambda: sys.flags)
kind("sys.version_info", lambda: sys.version_info)


# ---- Compression and hashes ----

kind("bz2 compressor", bz2.BZ2Compressor)
kind("bz2 compressor used", lambda: (c := bz2.BZ2Compressor(1), c.compress(DATA))[0])
kind("bz2 decompressor", bz2.BZ2Decompressor)
kind("bz2 decompressor used", lambda: (d := bz2.BZ2Decompressor(), d.decompress(BZ2))[0])
kind("bz2 decompressor half used", lambda: (d := bz2.BZ2Decompressor(), d.decompress(BZ2[:20]))[0])
BZ2 = bz2.compress(DATA)
kind("lzma compressor", lambda: lzma.LZMACompressor(preset=0))
kind("lzma decompressor", lzma.LZMADecompressor)
kind("lzma decompressor used", lambda: (d := lzma.LZMADecompressor(), d.decompress(LZMA))[0])
LZMA = lzma.compress(DATA)
kind("zlib decompressor", lambda: zlib._ZlibDecompressor(), since=(3, 12))
kind("zlib decompressobj at its end", lambda: (d := zlib.decompressobj(),
                                               d.decompress(zlib.compress(DATA) + b"rest"))[0])
kind("zlib compressobj flushed", lambda: (c := zlib.compressobj(), c.flush())[0])
kind("hash sha1", lambda: hashlib.sha1(DATA))
kind("hash sha512", lambda: hashlib.sha512(DATA))
kind("hash blake2s", lambda: hashlib.blake2s(DATA))
kind("hash shake", lambda: hashlib.shake_128(DATA))
kind("hash copied", lambda: HASH.copy())
HASH = hashlib.blake2b(DATA)
kind("hash with a lock", lambda: (h := hashlib.blake2b(), h.update(bytes(5000)))[0])


# ---- Text, csv, json, pickle, XML ----

kind("re.Pattern hashed", lambda: (p := PATTERN, hash(p))[0])
PATTERN = re.compile(r"(?P<a>\w)(?P<b>\w)(\w)(\w)(\w)(\w)(\w)(\w)")
kind("re.Match of many groups", lambda: PATTERN.match("abcdefghij"))
kind("re.Match of bytes", lambda: re.match(rb"(.)(.)", DATA))
kind("re.Match asked", lambda: (m := PATTERN.match("abcdefghij"), m.regs, m.groupdict())[0])
kind("re.Scanner used", lambda: (s := PATTERN.scanner("abcdefghij" * 5), s.search(), s.match())[0])
kind("re.Scanner without groups", lambda: re.compile("a").scanner("abc"))
kind("re template", lambda: (re._compile_template.cache_clear()
                             if hasattr(re._compile_template, "cache_clear") else re.purge(),
                             re._compile_template(PATTERN, r"x\1y\g<b>"))[1], since=(3, 12))
kind("EncodingMap", lambda: codecs.charmap_build("".join(map(chr, range(1000, 1256)))))
kind("incremental decoder with a rest", lambda: (d := codecs.getincrementaldecoder("gb18030")(),
                                                 d.decode(b"\x81"))[0])
kind("stream reader of gb18030", lambda: codecs.getreader("gb18030")(io.BytesIO(DATA)))
kind("stream writer of gb18030", lambda: codecs.getwriter("gb18030")(io.BytesIO()))
kind("csv.reader with a long field", lambda: (r := csv.reader(["x" * 50000 + ",b"]), next(r))[0])
kind("csv.reader in the middle", lambda: (r := csv.reader(['a,"b', 'c",d', "e"]), next(r))[0])
kind("csv.writer with many fields", lambda: (w := csv.writer(io.StringIO()),
                                             w.writerow(HUNDRED))[0])
kind("json encoder's markers", lambda: json.encoder.c_make_encoder(
    {}, nothing, nothing, 2, ": ", ", ", True, True, False))
kind("Pickler with many", lambda: (p := pickle.Pickler(io.BytesIO()),
                                   p.dump([str(i) for i in HUNDRED]))[0])
kind("Pickler cleared", lambda: (p := pickle.Pickler(io.BytesIO()),
                                 p.dump([str(i) for i in HUNDRED]), p.clear_memo())[0])
kind("Pickler of protocol 0", lambda: (p := pickle.Pickler(io.BytesIO(), 0), p.dump(A))[0])
kind("Pickler memo", lambda: pickle.Pickler(io.BytesIO()).memo)
kind("Unpickler with many", lambda: (p := pickle.Unpickler(io.BytesIO(PICKLE)), p.load())[0])
kind("Unpickler of protocol 0", lambda: (p := pickle.Unpickler(io.BytesIO(OLD), encoding="utf-8"),
                                         p.load())[0])
kind("Unpickler of a file", lambda: (p := pickle.Unpickler(open(PICKLED, "rb")), p.load())[0])
kind("Unpickler that failed", lambda: unpickle(b"\x80\x04]q\x00(K\x01K\x02K\x03"))
PICKLE = pickle.dumps([[str(i)] for i in HUNDRED])
OLD = pickle.dumps([1, 2, [3, "x"]], 0)
PICKLED = os.path.join(FOLDER.name, "pickle")
with open(PICKLED, "wb") as file_:
    file_.write(PICKLE)


def unpickle(data):
    unpickler = pickle.Unpickler(io.BytesIO(data))
    try:
        unpickler.load()
    except EOFError:
        pass
    return unpickler


def with_children(n, remove=0):
    element = etree.Element("a", x="y")
    for child in CHILDREN[:n]:
        element.append(child)
    for child in CHILDREN[:remove]:
        element.remove(child)
    return element


CHILDREN = [etree.Element("b") for _ in range(50)]
kind("Element without children again", lambda: with_children(20, 20))
kind("Element with fewer children", lambda: with_children(50, 30))
kind("Element cleared", lambda: (e := with_children(20), e.clear())[0])
kind("Element extended", lambda: (e := etree.Element("a"), e.extend(CHILDREN))[0])
kind("Element copied", lambda: copy.copy(with_children(9)))
kind("Element of text and tail", lambda: (e := etree.Element("a"), setattr(e, "tail", TEXT),
                                          setattr(e, "text", TEXT))[0])
kind("Element iterated", lambda: advanced(with_children(5).iter(), 3))
kind("Element itertext", lambda: with_children(5).itertext())
kind("TreeBuilder used", lambda: (t := etree.TreeBuilder(), t.start("a", {}), t.data("x"),
                                  t.start("b", {}), t.data("y"), t.data("z"))[0])
kind("expat parser", pyexpat.ParserCreate)
kind("Row of sqlite", lambda: sqlite3.Row(sqlite3.connect(":memory:").cursor(), (1,)))
kind("Blob of sqlite", lambda: CONNECTION.blobopen("t", "b", 1))
kind("Cursor of sqlite closed", lambda: (c := CONNECTION.cursor(), c.close())[0])
kind("Cursor of sqlite in the middle", lambda: (c := CONNECTION.execute(
    "select 1 union select 2"), c.fetchone())[0])
CONNECTION = sqlite3.connect(":memory:")
CONNECTION.execute("create table t(b blob)")
CONNECTION.execute("insert into t values (zeroblob(10))")


# ---- Numbers and time ----

kind("Decimal of an int", lambda: decimal.Decimal(10 ** 200))
kind("Decimal of a product", lambda: LONG * LONG)
kind("Decimal quantized", lambda: LONG.quantize(decimal.Decimal("1")))
kind("Decimal subclass", lambda: type("Derived", (decimal.Decimal,), {})("1" * 90))
kind("Decimal infinite", lambda: decimal.Decimal("inf"))
LONG = decimal.Decimal("1." + "7" * 27)
kind("decimal context copied", lambda: decimal.getcontext().copy())
kind("Random used", lambda: (r := random.Random(5), r.random(), r.getrandbits(1000))[0])
kind("datetime with fold", lambda: datetime.datetime(2024, 2, 29, 1, 2, 3, fold=1))
kind("datetime parsed", lambda: datetime.datetime.fromisoformat("2024-02-29T01:02:03"))
kind("datetime sum", lambda: datetime.datetime(2024, 2, 29) + DAY)
kind("datetime combined", lambda: datetime.datetime.combine(DATE, TIME))
kind("timedelta negative", lambda: -DAY)
kind("timedelta hashed", lambda: (d := datetime.timedelta(5), hash(d))[0])
DAY, DATE, TIME = datetime.timedelta(1), datetime.date(2024, 2, 29), datetime.time(1)
kind("Struct made anew", lambda: (s := struct.Struct("i"), s.__init__("20i3h"))[0])
kind("Struct of nothing", lambda: struct.Struct(""))
kind("float of a subclass", lambda: type("Derived", (float,), {"__slots__": ()})(1.5))
kind("int of a large subclass", lambda: type("Derived", (int,), {"__slots__": ()})(1 << 999))


# ---- Iterators and callables ----

kind("tee data", lambda: itertools.tee(HUNDRED)[0].__reduce__()[1][0])
kind("tee copied", lambda: itertools.tee(HUNDRED)[0].__copy__())
kind("grouper", lambda: next(itertools.groupby(HUNDRED))[1])
kind("product of nothing", lambda: itertools.product())
kind("product repeated", lambda: itertools.product(HUNDRED, repeat=5))
kind("permutations of nothing", lambda: itertools.permutations([], 3))
kind("permutations exhausted", lambda: advanced(itertools.permutations([1, 2], 2), 5))
kind("combinations exhausted", lambda: advanced(itertools.combinations([1, 2], 2), 5))
kind("combinations too long", lambda: itertools.combinations([1, 2], 20))
kind("chain exhausted", lambda: advanced(itertools.chain([1], [2]), 5))
kind("cycle exhausted once", lambda: advanced(itertools.cycle([1, 2, 3]), 7))
kind("repeat for ever", lambda: itertools.repeat(A))
kind("count of large numbers", lambda: itertools.count(1 << 70))
kind("count beyond the machine's", lambda: advanced(itertools.count(sys.maxsize - 1), 5))
kind("accumulate with a start", lambda: advanced(itertools.accumulate(HUNDRED, initial=5), 3))
kind("enumerate from a large number", lambda: advanced(enumerate(HUNDRED, 1 << 70), 3))
kind("zip exhausted", lambda: advanced(zip([1], [2]), 3))
kind("zip of many", lambda: zip(*[HUNDRED] * 50))
kind("map of many", lambda: map(nothing, *[HUNDRED] * 20))
kind("dict item iterator used", lambda: advanced(iter({"a": 1, "b": 2}.items())))
kind("OrderedDict iterator used", lambda: advanced(iter(collections.OrderedDict(a=1, b=2))))
kind("OrderedDict iterator of items", lambda: iter(ORDERED.items()))
ORDERED = collections.OrderedDict(a=1)
kind("OrderedDict cleared", lambda: (o := collections.OrderedDict.fromkeys(HUNDRED), o.clear())[0])
kind("OrderedDict popped", lambda: (o := collections.OrderedDict.fromkeys(HUNDRED),
                                    [o.popitem(last=False) for _ in range(95)])[0])
kind("OrderedDict grown", lambda: (o := collections.OrderedDict(), [o.__setitem__(i, A)
                                                                   for i in HUNDRED])[0])
kind("OrderedDict copied", lambda: collections.OrderedDict.fromkeys(HUNDRED).copy())
kind("OrderedDict asked for __dict__", lambda: (o := collections.OrderedDict(), o.__dict__)[0])
kind("deque used as a queue", lambda: (d := collections.deque(), [d.append(i) for i in HUNDRED],
                                       [d.popleft() for _ in HUNDRED])[0])
kind("deque extended to the left", lambda: (d := collections.deque(), d.extendleft(HUNDRED))[0])
kind("deque with the middle deleted", lambda: (d := collections.deque(range(500)),
                                               [d.__delitem__(200) for _ in range(200)])[0])
kind("deque copied", lambda: collections.deque(HUNDRED).copy())
kind("deque multiplied", lambda: collections.deque(HUNDRED) * 5)
kind("deque rotated far", lambda: (d := collections.deque(range(1000)), [d.rotate(64)
                                                                        for _ in range(20)])[0])
kind("set grown and popped", lambda: (s := set(range(1000)), [s.pop() for _ in range(990)],
                                      s.add(5))[0])
kind("set updated", lambda: (s := set(), s.update(range(20)), s.difference_update(range(19)))[0])
kind("set of a dict", lambda: set(dict.fromkeys(HUNDRED)))
kind("frozenset of a set", lambda: frozenset(set(range(50))))
kind("frozenset hashed", lambda: (s := frozenset(range(9)), hash(s))[0])
kind("lru_cache full", lambda: lru(4, HUNDRED))
kind("lru_cache cleared", lambda: (f := lru(None, HUNDRED), f.cache_clear())[0])
kind("lru_cache typed", lambda: (f := functools.lru_cache(typed=True)(nothing), f(1), f(1.0))[0])
kind("lru_cache of a method", lambda: functools.lru_cache(nothing).__get__(A))
kind("partial with a dict", lambda: (p := functools.partial(nothing, 1, b=2),
                                     setattr(p, "x", A))[0])
kind("partial changed", lambda: (p := functools.partial(nothing, 1),
                                 p.__setstate__((nothing, (1, 2, 3), {"a": 1}, None)))[0])
kind("itemgetter called", lambda: (g := operator.itemgetter(0, 1), g(HUNDRED))[0])
kind("methodcaller with keywords", lambda: operator.methodcaller("f", a=1, b=2))
kind("methodcaller called", lambda: (c := operator.methodcaller("count", 5), c(HUNDRED))[0])
kind("tuplegetter", lambda: collections.namedtuple("Pair", "x y").x)
kind("classmethod descriptor", lambda: dict.__dict__["fromkeys"])
kind("instance method", lambda: types.MethodType(lambda self: 5, A))
kind("capsule", lambda: datetime.datetime_CAPI)
kind("staticmethod wrapped", lambda: staticmethod(functools.wraps(nothing)(lambda: 5)))
kind("property changed", lambda: property(nothing).setter(nothing).deleter(nothing))
kind("property named", lambda: type("P", (), {"p": property(nothing)}).__dict__["p"])
kind("symbol table", lambda: symtable.symtable("def f(x):\n  return x", "f", "exec")._table)
kind("tokens", lambda: tokenize.tokenize(io.BytesIO(DATA).readline))
kind("tokens of C", lambda: __import__("_tokenize").TokenizerIter(
    io.StringIO("x = 1\n").readline, extra_tokens=True), since=(3, 13))


def lru(size, arguments):
    function = functools.lru_cache(maxsize=size)(nothing)
    for argument in arguments:
        function(argument)
    return function


# ---- Classes and types ----

kind("abc data", lambda: abc.ABCMeta("Base", (), {})._abc_impl)
kind("abc data with registered", lambda: (c := abc.ABCMeta("Base", (), {}), c.register(int),
                                          isinstance(5, c), isinstance("", c))[0]._abc_impl)
kind("TypeVar of a function", lambda: typed("def f[T: int](): pass", "f").__type_params__[0],
     since=(3, 12))
kind("TypeVar with a default", lambda: typed("class f[T = int]: pass", "f").__type_params__[0],
     since=(3, 13))
kind("TypeAliasType of a statement", lambda: typed("type f[T] = list[T]", "f"), since=(3, 12))
kind("TypeAliasType asked", lambda: (t := typed("type f = int", "f"), t.__value__)[0],
     since=(3, 12))
kind("function with type parameters", lambda: typed("def f[T](x: T): pass", "f"), since=(3, 12))
kind("class with type parameters", lambda: typed("class f[T]: pass", "f"), since=(3, 12))
kind("GenericAlias unpacked", lambda: next(iter(tuple[int, str])))
kind("GenericAlias of a subclass", lambda: type("D", (types.GenericAlias,), {})(list, (int,)))
kind("Union of many", lambda: int | str | bytes | list[int])
kind("ParamSpec kwargs", lambda: PARAMETERS.kwargs, since=(3, 12))
PARAMETERS = typing.ParamSpec("P")
kind("class with a long name", lambda: type("N" * 500, (), {}))
kind("class whose name changed", lambda: (c := type("N", (), {}), setattr(c, "__name__",
                                                                         "M" * 200))[0])
kind("class asked for its annotations", lambda: (c := type("N", (), {}), c.__annotations__)[0])
kind("class whose instances were many kinds", lambda: unlike_instances())
kind("class asked for its bases' change", lambda: (c := type("N", (BASE,), {}),
                                                   setattr(c, "__bases__", (OTHER,)))[0])
kind("class with a doc of None", lambda: type("N", (), {"__doc__": None}))
kind("class with a doc that is no str", lambda: type("N", (), {"__doc__": 5}))
kind("class with a wide doc", lambda: type("N", (), {"__doc__": "Ω" * 100}))
kind("class with a private slot", lambda: type("N", (), {"__slots__": ("__x", "y")}))
kind("class derived from a struct", lambda: type("N", (ctypes.Structure,), {}))
BASE, OTHER = type("Base", (), {}), type("Other", (), {})


def typed(code, name):
    namespace = {}
    exec(code, namespace)
    return namespace[name]


def unlike_instances():
    cls = type("Unlike", (), {})
    for i in range(40):
        setattr(cls(), f"attribute{i}", A)
    return cls


# ---- Running things ----

async def wait(n):
    await NEVER
    return n


class Never:
    def __await__(self):
        yield self


NEVER = Never()


async def agenerate(n):
    yield n
    await NEVER


def started(coroutine):
    coroutine.send(None)
    return coroutine


def with_origin(n):
    sys.set_coroutine_origin_tracking_depth(n)
    coroutine = wait(5)
    sys.set_coroutine_origin_tracking_depth(0)
    return coroutine


def with_trace():
    frame = sys._getframe()
    frame.f_trace = nothing
    frame.f_trace_opcodes = False
    return frame


def with_more_locals():
    x = A
    frame = sys._getframe()
    frame.f_locals["more"] = x
    return frame


kind("coroutine started", lambda: started(wait(5)))
kind("coroutine with its origin", lambda: with_origin(3))
kind("async generator started", lambda: (g := agenerate(5), g.__anext__())[0])
kind("async generator value", lambda: advance(agenerate(5)))
kind("frame with a trace", with_trace)
kind("frame with more locals", with_more_locals)
kind("frame of a class", lambda: frame_of_class())
kind("frame locals as a copy", lambda: dict(sys._getframe().f_locals))
kind("contextvars token used", lambda: (t := VARIABLE.set(A), VARIABLE.reset(t))[0])
VARIABLE = contextvars.ContextVar("v")
kind("Lock taken", lambda: (lock := threading.Lock(), lock.acquire())[0])
kind("Lock released", lambda: (lock := threading.Lock(), lock.acquire(), lock.release())[0])
kind("RLock released", lambda: (lock := threading.RLock(), lock.acquire(), lock.release())[0])
kind("local subclass", lambda: type("L", (threading.local,), {"__init__": no_init})(5))
kind("SimpleQueue used", lambda: (q := queue.SimpleQueue(), [(q.put(i), q.get())
                                                             for i in HUNDRED])[0])


def advance(generator):
    try:
        generator.__anext__().send(None)
    except StopIteration as stop:
        return stop.value


def frame_of_class():
    class Body:
        frame = sys._getframe()
    return Body.frame


class Loop:
    __slots__ = ()

    def get_debug(self):
        return False

    def call_soon(self, *args, **keywords):
        pass

    def call_exception_handler(self, context):
        pass


LOOP = Loop()


def future(*calls):
    result = asyncio.Future(loop=LOOP)
    for name, *args in calls:
        getattr(result, name)(*args)
    return result


kind("Future with an exception", lambda: (f := future(("set_exception", KeyError("x"))),
                                          f.exception())[0])
kind("Future cancelled", lambda: future(("cancel", "why")))
kind("Future with many callbacks", lambda: future(*[("add_done_callback", A)] * 9))
kind("Future whose callbacks ran", lambda: future(("add_done_callback", nothing),
                                                  ("set_result", 5)))
kind("Future subclass", lambda: type("F", (asyncio.Future,), {})(loop=LOOP))
kind("Task cancelled", lambda: (t := asyncio.Task(wait(5), loop=LOOP, name="t"), t.cancel())[0])
kind("Task with a context", lambda: asyncio.Task(wait(5), loop=LOOP, name="t",
                                                 context=contextvars.Context()))
kind("excepthook arguments", lambda: threading.ExceptHookArgs([ValueError, None, None, None]))
kind("lock of the runtime", _thread.allocate_lock)
kind("weakref dead", lambda: weakref.ref(type("N", (), {})()))
kind("weakref subclass", lambda: type("R", (weakref.ref,), {"__slots__": ("x",)})(BASE))
kind("weakref hashed", lambda: (r := weakref.ref(BASE, nothing), hash(r))[0])
numerous("WeakSet filled", lambda: weakref.WeakSet([BASE, OTHER]))


# ---- ctypes ----

class Inner(ctypes.Structure):
    _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_char * 40)]


class Outer(ctypes.Structure):
    _fields_ = [("inner", Inner), ("rest", ctypes.c_int * 3), ("bits", ctypes.c_int, 3)]


class Either(ctypes.Union):
    _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_double)]


class Big(ctypes.BigEndianStructure):
    _fields_ = [("a", ctypes.c_int)]


POINTS = ctypes.POINTER(Inner)
OUTER = Outer()
kind("ctypes Structure nested", Outer)
kind("ctypes Structure within another", lambda: OUTER.inner)
kind("ctypes array within another", lambda: OUTER.rest)
kind("ctypes Union", Either)
kind("ctypes BigEndianStructure", Big)
kind("ctypes Structure with references", lambda: (p := POINTS(), setattr(p, "contents", OUTER.inner)
                                                  )[0])
kind("ctypes pointer followed", lambda: POINTS(OUTER.inner).contents)
kind("ctypes array of pointers", lambda: (POINTS * 3)())
kind("ctypes resized", lambda: (b := ctypes.create_string_buffer(5), ctypes.resize(b, 500))[0])
kind("ctypes resized little", lambda: (b := ctypes.c_int(5), ctypes.resize(b, 12))[0])
kind("ctypes cast", lambda: ctypes.cast(OUTER.rest, ctypes.POINTER(ctypes.c_char)))
kind("ctypes at an address", lambda: ctypes.c_int.from_address(ctypes.addressof(OUTER)))
kind("ctypes copied from a buffer", lambda: Inner.from_buffer_copy(bytes(200)))
kind("ctypes c_wchar_p", lambda: ctypes.c_wchar_p(TEXT))
kind("ctypes c_void_p", lambda: ctypes.c_void_p(5))
kind("ctypes c_bool", lambda: ctypes.c_bool(True))
kind("ctypes unicode buffer", lambda: ctypes.create_unicode_buffer(TEXT, 100))
kind("ctypes byref with an offset", lambda: ctypes.byref(OUTER, 4))
kind("ctypes function with types", lambda: (f := ctypes.pythonapi["Py_IncRef"],
                                            setattr(f, "argtypes", [ctypes.py_object]),
                                            setattr(f, "restype", None))[0])
kind("ctypes function called", lambda: (f := ctypes.pythonapi["Py_GetVersion"], f())[0])
kind("ctypes callback of many", lambda: MANY_ARGUMENTS(nothing))
MANY_ARGUMENTS = ctypes.CFUNCTYPE(None, *[ctypes.c_int] * 8)
kind("ctypes Structure subclass", lambda: type("D", (Inner,), {"_fields_": [
    ("c", ctypes.c_int)]})())
kind("ctypes Structure with attributes", lambda: (o := Outer(), setattr(o, "x", A))[0])
kind("ctypes class of a Structure", lambda: type("S", (ctypes.Structure,), {
    "_fields_": [(name, ctypes.c_int) for name in "abcdefgh"]}))
kind("ctypes class of a Structure with arrays", lambda: type("S", (ctypes.Structure,), {
    "_fields_": [("a", ctypes.c_int * 3), ("b", ctypes.c_char_p), ("c", Inner)]}))
kind("ctypes class of a Union", lambda: type("S", (ctypes.Union,), {
    "_fields_": [("a", ctypes.c_int)]}))
kind("ctypes class of a matrix", lambda: type("T", (ctypes.Array,), {
    "_type_": ctypes.c_int * 3, "_length_": 7}))
kind("ctypes class of a pointer", lambda: type("P", (ctypes._Pointer,), {"_type_": Inner}))
kind("ctypes class of a function", lambda: type("F", (ctypes._CFuncPtr,), {
    "_flags_": 1, "_restype_": ctypes.c_int, "_argtypes_": (ctypes.c_int,)}))
kind("ctypes class of a simple type", lambda: type("I", (ctypes._SimpleCData,), {"_type_": "i"}))
kind("ctypes field with bits", lambda: Outer.__dict__["bits"])
numerous("ctypes library", lambda: ctypes.PyDLL(None))
numerous("typing.Annotated", lambda: ([c() for c in typing._cleanups],
                                      typing.Annotated[int, 5])[1])


@setup("instance that lost its __dict__'s keys")
def _():
    plain = type("Plain", (), {})

    def make():
        instance = plain()
        instance.x = instance.y = A
        instance.__dict__.clear()
        return instance
    return make


@setup("instance whose class changed")
def _():
    first, second = type("First", (), {}), type("Second", (), {})

    def make():
        instance = first()
        instance.x = A
        instance.__class__ = second
        return instance
    return make


@setup("instance copied")
def _():
    plain = type("Plain", (), {})
    original = plain()
    original.x = original.y = A
    return lambda: copy.copy(original)


class Reduced:
    def __init__(self):
        self.x = self.y = None


REDUCED = Reduced()


@setup("instance unpickled")
def _():
    data = pickle.dumps(REDUCED)
    for _ in range(40):
        Reduced()
    return lambda: pickle.loads(data)


main()
