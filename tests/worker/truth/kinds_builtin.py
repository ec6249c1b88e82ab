# kinds_builtin.py - numbers, text, containers and iterators
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A kind's function makes exactly one object that stays; what that needs is there before."""

import collections
import itertools
import sys
import time
import types

from kindtable import kind, main, numerous, setup

A, B, C = object(), object(), object()
HUNDRED = list(range(100))
TEXTS = [f"text{i:03}" for i in range(1000)]
NUMBERS = list(range(1000, 2000))
LARGE = 1 << 70
counter = itertools.count()


def nothing(*args):
    return args and args[0]


def forever():
    while True:
        yield A


# ---- Numbers ----

kind("None", lambda: None)
kind("Ellipsis", lambda: ...)
kind("NotImplemented", lambda: NotImplemented)
kind("bool", lambda: A is A)
kind("int 0", lambda: int("0"))
kind("int 5", lambda: int("5"))
kind("int -5", lambda: int("-5"))
kind("int 256", lambda: int("256"))
kind("int 257", lambda: HUNDRED[99] + 158)
kind("int -6", lambda: -HUNDRED[6])
kind("int 1000", lambda: HUNDRED[10] * HUNDRED[10] * 10)
kind("int from text", lambda: int("1000"))
kind("int from long text", lambda: int("9" * 60))
kind("int 2**30-1", lambda: (1 << HUNDRED[30]) - 1)
kind("int 2**30", lambda: 1 << HUNDRED[30])
kind("int 2**60", lambda: 1 << HUNDRED[60])
kind("int 2**60 by a power", lambda: 2 ** HUNDRED[60])
kind("int 2**100", lambda: 2 ** (HUNDRED[99] + 1))
kind("int -2**70", lambda: -LARGE)
kind("int 10**100", lambda: 10 ** (HUNDRED[99] + 1))
kind("int 2**4000", lambda: 1 << HUNDRED[40] * 100)
kind("int left by a subtraction", lambda: (LARGE + 1000) - LARGE)
kind("int left by a division", lambda: LARGE // (LARGE >> 20))
kind("int of a remainder", lambda: (LARGE + 123456) % LARGE)
kind("int from bytes", lambda: int.from_bytes(b"\x01\x02\x03\x04\x05\x06\x07\x08\x09", "big"))
kind("int from float", lambda: int(1e30))
kind("float", lambda: float("1.5"))
kind("float nan", lambda: float("nan"))
kind("float of a sum", lambda: HUNDRED[1] + 0.25)
kind("complex", lambda: complex(1.0, 2.0))


# ---- Text ----

kind("str empty", lambda: "".join([]))
kind("str of one ascii character", lambda: "abc"[:HUNDRED[1]])
kind("str of one latin1 character", lambda: chr(0xe9))
kind("str of one wide character", lambda: chr(0x3a9))
kind("str ascii 10", lambda: "".join(["abcde", "fghij"]))
kind("str ascii 100", lambda: "x" * (HUNDRED[99] + 1))
kind("str ascii 471", lambda: "x" * (HUNDRED[47] * 10 + 1))
kind("str ascii 5000", lambda: "x" * (HUNDRED[50] * 100))
kind("str latin1 10", lambda: chr(0xe9) * HUNDRED[10])
kind("str UCS2 10", lambda: chr(0x3a9) * HUNDRED[10])
kind("str UCS4 10", lambda: chr(0x1f600) * HUNDRED[10])
kind("str UCS4 300", lambda: chr(0x1f600) * (HUNDRED[30] * 10))
kind("str slice", lambda: TEXTS[0][1:5])
kind("str concatenation", lambda: TEXTS[0] + TEXTS[1])
kind("str formatted", lambda: f"{TEXTS[0]}-{HUNDRED[5]:>20}")
kind("str with percent", lambda: "%s of %s" % (TEXTS[0], TEXTS[1]))
kind("str with format()", lambda: "{} of {!r}".format(TEXTS[0], TEXTS[1]))
kind("str of int", lambda: str(NUMBERS[0]))
kind("str of float", lambda: repr(1.2345678))
kind("str upper", lambda: TEXTS[0].upper())
kind("str replaced", lambda: TEXTS[0].replace("t", "éé"))
kind("str translated", lambda: TEXTS[0].translate({ord("t"): "Ω"}))
kind("str decoded ascii", lambda: b"abcdefghijkl".decode())
kind("str decoded UTF-8", lambda: b"abc\xc3\xa9\xc3\xa9\xc3\xa9 \xce\xa9 abcdefgh".decode())
kind("str decoded UTF-16", lambda: b"a\0b\0c\0".decode("utf-16-le"))
kind("str interned", lambda: sys.intern("interned %d" % next(counter)))


@setup("str appended to")
def _():
    def make():
        text = "abc%d" % HUNDRED[10]
        for _ in range(60):
            text += "xy"
        return text
    return make


def with_utf8(text):
    """Compiling text keeps its UTF-8 in it (bltinmodule.c, PyUnicode_AsUTF8AndSize())."""
    compile(text, "kinds", "eval")
    return text


kind("str latin1 with UTF-8", lambda: with_utf8("'" + chr(0xe9) * HUNDRED[9] + "'"))
kind("str UCS2 with UTF-8", lambda: with_utf8("'" + chr(0x3a9) * HUNDRED[9] + "'"))
kind("str UCS4 with UTF-8", lambda: with_utf8("'" + chr(0x1f600) * HUNDRED[90] + "'"))
kind("str ascii compiled", lambda: with_utf8("'" + "x" * HUNDRED[9] + "'"))

kind("bytes empty", lambda: b"".join([]))
kind("bytes 1", lambda: bytes(HUNDRED[1]))
kind("bytes 1 of a slice", lambda: b"abc"[:HUNDRED[1]])
kind("bytes 10", lambda: bytes(HUNDRED[10]))
kind("bytes 479", lambda: bytes(479))
kind("bytes 480", lambda: bytes(480))
kind("bytes 1000", lambda: bytes(1000))
kind("bytes of an iterable", lambda: bytes(HUNDRED))
kind("bytes of an iterator", lambda: bytes(iter(HUNDRED[:17])))
kind("bytes joined", lambda: b"-".join([b"abc", b"def"]))
kind("bytes encoded ascii", lambda: TEXTS[0].encode())
kind("bytes encoded UTF-8", lambda: ("é" * HUNDRED[30]).encode())
kind("bytes encoded UTF-16", lambda: TEXTS[0].encode("utf-16"))
kind("bytes of hex", lambda: bytes.fromhex("00 11 22 33"))
kind("bytes formatted", lambda: b"%d-%s" % (HUNDRED[5], b"abc"))
kind("bytearray empty", bytearray)
kind("bytearray 10", lambda: bytearray(10))
kind("bytearray 1000", lambda: bytearray(1000))
kind("bytearray of an iterator", lambda: bytearray(iter(HUNDRED)))
kind("bytearray of text", lambda: bytearray("é" * 10, "utf-8"))
kind("bytearray sum", lambda: bytearray(b"x" * 10) + b"y")


def changed(value, *changes):
    for name, *args in changes:
        getattr(value, name)(*args)
    return value


kind("bytearray appended to", lambda: changed(bytearray(10), ("append", 1)))
kind("bytearray extended", lambda: changed(bytearray(10), ("extend", b"x" * 100)))
kind("bytearray without its front",
     lambda: changed(bytearray(1000), ("__delitem__", slice(0, 300))))
kind("bytearray without its end", lambda: changed(bytearray(1000), ("__delitem__",
                                                                    slice(100, 1000))))
kind("bytearray cleared", lambda: changed(bytearray(1000), ("clear",)))


# ---- list and tuple ----

def append_hundred():
    items = []
    for i in HUNDRED:
        items.append(i)
    return items


kind("list empty", lambda: [])
kind("list display 1", lambda: [A])
kind("list display 3", lambda: [A, B, C])
kind("list display of constants", lambda: [1, 2, 3, 4, 5])
kind("list of range 100", lambda: list(range(100)))
kind("list of a generator", lambda: list(i for i in HUNDRED))
kind("list of an iterator with unknown length", lambda: list(itertools.islice(forever(), 20)))
kind("list comprehension 100", lambda: [i for i in HUNDRED])
kind("list appended to 100 times", append_hundred)
kind("list display appended to", lambda: changed([A, B, C], ("append", A)))
kind("list extended", lambda: changed([A], ("extend", HUNDRED)))
kind("list inserted into", lambda: changed([A, B], ("insert", 0, C)))
kind("list display of constants appended to", lambda: changed([1, 2, 3], ("append", A)))
kind("list cleared", lambda: changed([A, B, C], ("clear",)))
kind("list popped", lambda: changed(list(HUNDRED), *[("pop",)] * 80))
kind("list popped a little", lambda: changed(list(HUNDRED), *[("pop",)] * 10))
kind("list with a slice deleted", lambda: changed(list(HUNDRED), ("__delitem__",
                                                                  slice(10, 90))))
kind("list [A] * 100", lambda: [A] * 100)
kind("list copied", lambda: HUNDRED[:])
kind("list sorted", lambda: sorted(HUNDRED))
kind("list + list", lambda: HUNDRED + HUNDRED)
kind("list of 1000", lambda: list(NUMBERS))
kind("list reversed in place", lambda: changed([A, B, C], ("reverse",)))
kind("list split", lambda: "a b c d e f g h i j k l m n".split())
kind("tuple empty", lambda: tuple([]))
kind("tuple 1", lambda: (A,))
kind("tuple 3", lambda: (A, B, C))
kind("tuple 20", lambda: tuple(HUNDRED[:20]))
kind("tuple 100", lambda: tuple(HUNDRED))
kind("tuple of an iterator", lambda: tuple(iter(HUNDRED[:33])))
kind("tuple of a generator", lambda: tuple(i for i in HUNDRED))
kind("tuple + tuple", lambda: (A, B) + (C,))
kind("tuple of a struct time", lambda: tuple(time.gmtime(0)))


# ---- dict and set ----

def filled(keys):
    result = {}
    for key in keys:
        result[key] = A
    return result


def kept(result, n):
    for key in list(result)[n:]:
        del result[key]
    return result


def keywords(**arguments):
    return arguments


kind("dict empty", lambda: {})
kind("dict()", dict)
kind("dict display 1 str", lambda: {"a": A})
kind("dict display 3 str", lambda: {"a": A, "b": B, "c": C})
kind("dict 5 str", lambda: filled(TEXTS[:5]))
kind("dict 6 str", lambda: filled(TEXTS[:6]))
kind("dict 11 str", lambda: filled(TEXTS[:11]))
kind("dict 100 str", lambda: filled(TEXTS[:100]))
kind("dict 1000 str", lambda: filled(TEXTS))
kind("dict 1 int", lambda: filled(NUMBERS[:1]))
kind("dict 5 int", lambda: filled(NUMBERS[:5]))
kind("dict 100 int", lambda: filled(NUMBERS[:100]))
kind("dict 1000 int", lambda: filled(NUMBERS))
kind("dict of str, then int", lambda: filled(["a", "b", 5]))
kind("dict 100, then 95 deleted", lambda: kept(filled(NUMBERS[:100]), 5))
kind("dict copied after deletes", lambda: dict(kept(filled(NUMBERS[:100]), 5)))
kind("dict copied", lambda: filled(TEXTS[:100]).copy())
kind("dict copied little", lambda: dict(filled(TEXTS[:3])))
kind("dict fromkeys", lambda: dict.fromkeys(NUMBERS[:100]))
kind("dict fromkeys of a set", lambda: dict.fromkeys(set(TEXTS[:20])))
kind("dict of pairs", lambda: dict(zip(TEXTS[:10], HUNDRED)))
kind("dict comprehension", lambda: {key: A for key in TEXTS[:20]})
kind("dict | dict", lambda: filled(TEXTS[:3]) | filled(NUMBERS[:3]))
kind("dict unpacked", lambda: {**filled(TEXTS[:20]), "x": A})
kind("dict of keywords", lambda: keywords(a=A, b=B))
kind("dict cleared", lambda: changed(filled(TEXTS[:20]), ("clear",)))
kind("dict cleared and filled", lambda: changed(filled(TEXTS[:20]), ("clear",),
                                                ("update", {"a": A})))
kind("dict popped from", lambda: changed(filled(TEXTS[:20]), ("pop", TEXTS[0]), ("popitem",)))
kind("dict updated", lambda: changed(filled(TEXTS[:3]), ("update", filled(TEXTS[:50]))))
kind("mappingproxy", lambda: types.MappingProxyType(COUNTS))
kind("set empty", set)
kind("set 4", lambda: set(HUNDRED[:4]))
kind("set 5", lambda: set(HUNDRED[:5]))
kind("set 100", lambda: set(HUNDRED))
kind("set 1000", lambda: set(NUMBERS))
kind("set display", lambda: {A, B, C})
kind("set comprehension", lambda: {i for i in HUNDRED[:30]})
kind("set copied", lambda: set(NUMBERS[:50]).copy())
kind("set | set", lambda: set(NUMBERS[:10]) | set(NUMBERS[5:20]))
kind("set & set", lambda: set(NUMBERS[:30]) & set(NUMBERS[25:60]))
kind("set discarded from", lambda: changed(set(HUNDRED), *[("discard", i) for i in range(95)]))
kind("set cleared", lambda: changed(set(HUNDRED), ("clear",)))
kind("frozenset empty", frozenset)
kind("frozenset 4", lambda: frozenset(HUNDRED[:4]))
kind("frozenset 100", lambda: frozenset(HUNDRED))

COUNTS = {"a": 1, "b": 2}
kind("dict_keys", COUNTS.keys)
kind("dict_values", COUNTS.values)
kind("dict_items", COUNTS.items)
kind("slice", lambda: slice(A, B, C))
kind("range small", lambda: range(5, 50))
kind("range large", lambda: range(LARGE, LARGE + 1000))


# ---- Iterators ----

class Sequence:
    def __getitem__(self, i):
        raise IndexError

    def __len__(self):
        return 0


SEQUENCE = Sequence()

kind("list iterator", lambda: iter(HUNDRED))
kind("list reverse iterator", lambda: reversed(HUNDRED))
kind("tuple iterator", lambda: iter((1, 2, 3)))
kind("str iterator", lambda: iter("abc"))
kind("str iterator wide", lambda: iter("Ωabc"))
kind("bytes iterator", lambda: iter(b"abc"))
kind("range iterator", lambda: iter(range(10)))
kind("range iterator large", lambda: iter(range(LARGE)))
kind("dict key iterator", lambda: iter(COUNTS))
kind("dict value iterator", lambda: iter(COUNTS.values()))
kind("dict item iterator", lambda: iter(COUNTS.items()))
kind("dict reverse key iterator", lambda: reversed(COUNTS))
kind("dict reverse item iterator", lambda: reversed(COUNTS.items()))
kind("set iterator", lambda: iter(FEW))
kind("sequence iterator", lambda: iter(SEQUENCE))
kind("reversed", lambda: reversed(SEQUENCE))
kind("callable iterator", lambda: iter(nothing, A))
kind("zip", lambda: zip(HUNDRED, HUNDRED))
kind("map", lambda: map(nothing, HUNDRED))
kind("filter", lambda: filter(nothing, HUNDRED))
kind("enumerate", lambda: enumerate(HUNDRED))
kind("enumerate advanced", lambda: changed(enumerate(HUNDRED), ("__next__",)))
FEW = {1, 2, 3}
kind("itertools chain", lambda: itertools.chain(HUNDRED, HUNDRED))
kind("itertools chain from iterable", lambda: itertools.chain.from_iterable(HUNDRED))
kind("itertools islice", lambda: itertools.islice(HUNDRED, 5))
kind("itertools cycle", lambda: itertools.cycle(HUNDRED))
kind("itertools cycle used", lambda: changed(itertools.cycle(HUNDRED), *[("__next__",)] * 120))
kind("itertools count", lambda: itertools.count())
kind("itertools count float", lambda: itertools.count(0.5, 0.25))
kind("itertools repeat", lambda: itertools.repeat(A, 3))
kind("itertools product", lambda: itertools.product(HUNDRED, HUNDRED))
kind("itertools product advanced",
     lambda: changed(itertools.product(HUNDRED, HUNDRED), ("__next__",)))
kind("itertools permutations", lambda: itertools.permutations(HUNDRED[:10], 3))
kind("itertools permutations advanced",
     lambda: changed(itertools.permutations(HUNDRED[:10], 3), ("__next__",)))
kind("itertools combinations", lambda: itertools.combinations(HUNDRED[:10], 3))
kind("itertools combinations with replacement",
     lambda: itertools.combinations_with_replacement(HUNDRED[:10], 3))
kind("itertools groupby", lambda: itertools.groupby(HUNDRED))
kind("itertools groupby advanced", lambda: changed(itertools.groupby(HUNDRED), ("__next__",)))
kind("itertools tee", lambda: itertools.tee(HUNDRED, 1)[0])
kind("itertools tee advanced", lambda: changed(itertools.tee(HUNDRED, 1)[0],
                                               *[("__next__",)] * 60))
kind("itertools accumulate", lambda: itertools.accumulate(HUNDRED))
kind("itertools compress", lambda: itertools.compress(HUNDRED, HUNDRED))
kind("itertools dropwhile", lambda: itertools.dropwhile(nothing, HUNDRED))
kind("itertools takewhile", lambda: itertools.takewhile(nothing, HUNDRED))
kind("itertools filterfalse", lambda: itertools.filterfalse(nothing, HUNDRED))
kind("itertools starmap", lambda: itertools.starmap(nothing, HUNDRED))
kind("itertools pairwise", lambda: itertools.pairwise(HUNDRED))
kind("itertools zip_longest", lambda: itertools.zip_longest(HUNDRED, FEW))
kind("itertools batched", lambda: itertools.batched(HUNDRED, 3), since=(3, 12))


# ---- collections ----

kind("deque empty", collections.deque)
kind("deque 3", lambda: collections.deque(HUNDRED[:3]))
kind("deque 100", lambda: collections.deque(HUNDRED))
kind("deque 1000", lambda: collections.deque(NUMBERS))
kind("deque with maxlen", lambda: collections.deque(NUMBERS, maxlen=10))
kind("deque popped", lambda: changed(collections.deque(NUMBERS), *[("pop",)] * 900))
kind("deque popped from the left", lambda: changed(collections.deque(NUMBERS),
                                                   *[("popleft",)] * 700))
kind("deque rotated", lambda: changed(collections.deque(NUMBERS), ("rotate", 333)))
kind("deque cleared", lambda: changed(collections.deque(NUMBERS), ("clear",)))
kind("deque iterator", lambda: iter(DEQUE))
kind("deque reverse iterator", lambda: reversed(DEQUE))
DEQUE = collections.deque(HUNDRED)
kind("OrderedDict empty", collections.OrderedDict)
kind("OrderedDict 3", lambda: collections.OrderedDict(filled(TEXTS[:3])))
kind("OrderedDict 100", lambda: collections.OrderedDict(filled(TEXTS[:100])))
kind("OrderedDict int", lambda: collections.OrderedDict(filled(NUMBERS[:20])))
kind("OrderedDict after deletes",
     lambda: kept(collections.OrderedDict(filled(TEXTS[:100])), 5))
kind("OrderedDict moved", lambda: changed(collections.OrderedDict(filled(TEXTS[:5])),
                                          ("move_to_end", TEXTS[0])))
kind("OrderedDict iterator", lambda: iter(ORDERED))
kind("OrderedDict items", lambda: ORDERED.items())
ORDERED = collections.OrderedDict(a=1)
kind("defaultdict", lambda: collections.defaultdict(list))
kind("defaultdict 3", lambda: collections.defaultdict(list, filled(TEXTS[:3])))
kind("Counter", lambda: collections.Counter("abca"))
kind("Counter empty", collections.Counter)
numerous("ChainMap", lambda: collections.ChainMap(COUNTS))
numerous("UserDict", collections.UserDict)
kind("SimpleNamespace", lambda: types.SimpleNamespace(a=A))

main()
