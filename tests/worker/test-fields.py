#!/usr/bin/env python3
# test-fields.py - what a snapshot says of the bytes of each block
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of every block cover it without a hole, and hold what Python says they hold.

test-fields.py WORKER…"""

import collections
import json
import os
import sys

import heapsnapshot
import heapworker

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sizes")
N_KINDS_MIN = 400
N_OBJECTS_MIN = 3000
EXTERNAL = 2
WORD = 1 << 64

# Code that makes what reads the memory of objects stumble.
EVIL = {
    "instances of a class that is gone": """
class A:
    __slots__ = ("x", "y")
a = A(); a.x = a; a.y = [a]
del A
b = [type(a)(), a]
""",
    "a class that changes": """
class A: pass
class B:
    def __init__(self): self.q = 1
a = [A() for i in range(50)]
for i, x in enumerate(a):
    for j in range(i): setattr(x, f"a{j}", j)
for x in a[::3]: x.__class__ = B
for x in a[::4]: x.__dict__
for x in a[::5]: x.__dict__ = {1: 2, "a": 3}
for x in a[::7]: del x.__dict__
""",
    "a thousand slots": """
class A:
    __slots__ = tuple(f"s{i}" for i in range(1000))
a = A()
a.s0 = a.s999 = a
""",
    "a hundred classes above each other": """
classes = [object]
for i in range(100):
    classes.append(type(f"C{i}", (classes[-1],), {"__slots__": (f"s{i}",)}))
a = classes[-1]()
a.s0 = a.s99 = a
""",
    "classes that are called like others": """
names = ["decimal.Decimal", "xml.etree.ElementTree.Element", "_struct.Struct", "array.array",
         "collections.deque", "mmap.mmap", "collections.OrderedDict", "dict", "int", "module",
         "builtins.str", "functools.partial", "memoryview", "weakref", "numpy.ndarray"]
values = []
for name in names:
    for bases in ((), (int,), (list,), (dict,), (bytes,), (Exception,)):
        c = type(name, bases, {"__module__": "builtins"})
        values.append(c())
        values.append(type(name, bases, {"__slots__": ()})())
""",
    "negative and huge numbers": """
a = [-(1 << i) for i in range(0, 3000, 7)] + [True, -1, 0]
class I(int): pass
b = [I(-(1 << i)) for i in range(0, 300, 7)]
for x in b[::2]: x.y = x
""",
    "lists, dicts and sets while they are emptied": """
a = list(range(1000)); del a[3:]
b = {i: i for i in range(1000)}
for i in range(999): del b[i]
c = set(range(1000))
for i in range(990): c.discard(i)
d = {str(i): i for i in range(30)}
for i in range(0, 30, 2): del d[str(i)]
import collections
e = collections.deque(range(300))
for i in range(250): e.popleft()
f = collections.OrderedDict((i, i) for i in range(100))
for i in range(95): f.popitem(last=False)
g = bytearray(1000); del g[:400]
""",
    "a deque whose ends meet": """
import collections
a = [collections.deque() for i in range(70)]
for i, d in enumerate(a):
    for j in range(i): d.append(j)
    for j in range(i): d.popleft()
b = [collections.deque(range(i)) for i in range(140)]
""",
    "generators in every state": """
def g(n):
    try:
        yield n
        yield locals()
        raise ValueError
    finally:
        n = [n]
a = [g(i) for i in range(7)]
for i in range(1, 6):
    for j in range(i):
        try: next(a[i])
        except Exception: pass
a[6].close()
async def c(): pass
async def ag(): yield 1
b, d = c(), ag()
b.close()
def deep(x):
    y = [x]
    import sys
    return sys._getframe()
f = deep(1)
def running():
    global h
    h = me
    yield list(me.gi_frame.f_locals)
me = running()
k = next(me)
import sys
frames = [sys._getframe()]
try:
    1 // 0
except Exception as e:
    t = e.__traceback__
""",
    "code that is watched": """
import sys
def f(n):
    s = 0
    for i in range(n):
        s += i
    return s
f.__code__.co_code; f.__code__.co_varnames
if hasattr(sys, "monitoring"):
    m = sys.monitoring
    m.use_tool_id(2, "x")
    for e in (m.events.LINE, m.events.INSTRUCTION, m.events.BRANCH):
        m.register_callback(2, e, lambda *a: None)
    m.set_local_events(2, f.__code__, m.events.LINE | m.events.INSTRUCTION | m.events.BRANCH)
else:
    sys.settrace(lambda *a: lambda *a: None)
f(10)
sys.settrace(None)
""",
    "classes written in Python that lie": """
class M(type):
    def __getattribute__(cls, name): raise RuntimeError(name)
class A(metaclass=M):
    __slots__ = ("x",)
    def __getattribute__(self, name): raise RuntimeError(name)
    def __len__(self): raise RuntimeError
    def __hash__(self): raise RuntimeError
    def __eq__(self, other): raise RuntimeError
    def __repr__(self): raise RuntimeError
a = [A() for i in range(3)]
""",
    "ctypes over somebody's object": """
import ctypes
a = (ctypes.c_char * 64).from_address(id(object()))
b = ctypes.cast(0, ctypes.c_void_p)
class S(ctypes.Structure): _fields_ = [("a", ctypes.c_int * 1000)]
c = [S(), ctypes.pointer(S()), S]
""",
    "strings with everything": """
a = [chr(0) * 5, chr(0xd800), chr(0x10ffff) * 70, "x" * 100000, "\\n\\"'" * 3]
b = [bytes(300), b"\\0\\xff" * 9, bytearray(b"\\0" * 9)]
c = memoryview(bytearray(10))[::-1]
import array
d = [array.array(t, b"") for t in "bBhHiIlLqQfd"] + [array.array("d", [float("nan")] * 100)]
""",
}


# Behind builtin.py and modules.py: each type that can be renamed gets the name of another whose
# objects have the same size.
RENAME = """
groups = {}
for name in list(globals()):
    if name.startswith("k_"):
        for base in type(globals()[name]).__mro__:
            if base.__flags__ & (1 << 9):
                groups.setdefault(base.__basicsize__, {})[base] = None
n_renamed = 0
for group in groups.values():
    types_of_group = list(group)
    names_of_group = [f"{t.__module__}.{t.__qualname__}" for t in types_of_group]
    for number, t in enumerate(types_of_group):
        try:
            t.__name__ = names_of_group[number - 1]
            n_renamed += 1
        except TypeError:
            pass
"""


def read(*names):
    texts = []
    for name in names:
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def run(worker, source, **options):
    result = heapworker.run(worker, source, output_limit=64 << 20, timeout=100,
                            allow=heapworker.ALLOW_NETWORK, **options)
    assert result.status == "ok", result
    assert result.snapshot is not None and not result.snapshot.flags & 1, result
    return result


# ---- Every block is covered ----

def check_cover(value, number, fields, first, occupied):
    """That the fields of one block follow each other from @first on; occupied None: unknown."""
    at = fields[0].offset
    if fields[0].name.startswith("mchunk"):
        assert at == first - 8 if fields[0].name == "mchunk_size" else at == first - 16
    else:
        assert at == first, f"begins at {at}, not at {first}"
    for field in fields:
        assert field.offset == at, f"{field.name} is at {field.offset}, not at {at}"
        assert field.size > 0, f"{field.name} is empty"
        at += field.size
    if occupied is not None:
        covered = at - fields[0].offset
        assert covered == occupied, f"{covered} bytes of {occupied}"


def check_object(value):
    """All blocks of one object."""
    fields = value.fields
    blocks = collections.defaultdict(list)
    order = [field.block for field in fields]
    assert order == sorted(order), "the blocks are not in order"
    for field in fields:
        blocks[field.block].append(field)
    others = [block for block in value.blocks if block.kind != "main"]
    main = value.blocks[0] if value.blocks and value.blocks[0].kind == "main" else None

    presize = value.snapshot.columns["TPRE"][value.type_index]
    # Static types, as those of C, have no GC header.
    if main is None and blocks[0][0].offset == 0:
        presize = 0
    head = {field.name: field for field in blocks[0]}
    check_cover(value, 0, blocks[0], -presize, main.occupied if main else None)
    for i, block in enumerate(others, 1):
        if block.occupied == heapsnapshot.NONE and i not in blocks:
            continue
        assert blocks[i], f"the {block.kind} block is not described"
        check_cover(value, i, blocks[i], 0, block.occupied)
        if block.requested is not None and not block.flags & EXTERNAL:
            check_requested(blocks[i], 0, block.requested)
    if main is not None and main.requested is not None:
        check_requested(blocks[0], -presize, main.requested)

    if "immortal" not in value.flags and "static" not in value.flags:
        assert head["ob_refcnt"].value == value.refcount, "ob_refcnt"
    if "gc" in value.flags:
        assert head["_gc_next"].value != 0 and head["_gc_prev"].value & ~3 != 0, "_gc"


def check_requested(fields, first, requested):
    """That what was not asked for is padding, and nothing else."""
    for field in fields:
        if field.name.startswith("mchunk"):
            continue
        is_padding = field.kind == "padding"
        is_behind = field.offset >= first + requested
        assert is_padding == is_behind, f"{field} with {requested} requested"


# Types whose references are not all their own: what they are instead.
FOREIGN_REFERENCES = {
    "frame": "variables of a generator, or of the interpreter's stack",
    "_lru_cache_wrapper": "keys and results that its links hold",
}


def check_references(value):
    """That each reference stands in a field, if all are described one by one."""
    fields = value.fields
    if (any(field.kind == "items" for field in fields) or value.type in FOREIGN_REFERENCES or
            value.flags & {"static", "blocks-incomplete"}):
        return 0
    there = {field.value for field in fields if field.kind == "object"}
    # The keys of a split dict are its class's, its values can be an instance's.
    is_split = any(field.name == "ma_values" and field.value for field in fields)
    for edge in value.edges:
        if not is_split or edge.kind not in ("key", "value"):
            assert edge.to.address in there, f"no field for {edge} to {edge.to}"
    return 1


def check_all(snapshot):
    """Every object that is described. Returns: how many"""
    wrong = []
    n_with_references = 0
    n = 0
    for value in snapshot.objects:
        if value.fields is None:
            break
        n += 1
        try:
            assert value.fields, "there are no fields"
            check_object(value)
            n_with_references += check_references(value)
        except (AssertionError, KeyError) as error:
            wrong.append(f"{value.module}.{value.type} {value.preview[:40]}: {error!r}")
    assert not wrong, f"{len(wrong)} of {n}:\n" + "\n".join(wrong[:40])
    return n, n_with_references


# ---- Fields hold what Python says ----

def get_indexed(fields, prefix, suffix=""):
    """The values of prefix[0]suffix, prefix[1]suffix …"""
    return [field.value for field in fields
            if field.name.startswith(prefix + "[") and field.name.endswith("]" + suffix)
            and field.kind != "items"]


def check_expected(value, said):
    fields = value.fields
    by_name = {}
    for field in fields:
        by_name.setdefault(field.name, field)

    def same(what, is_said):
        assert what == is_said, f"{what} is not {is_said}"

    same(by_name["ob_type"].value, said["ob_type"])
    for name, expected in said.get("fields", {}).items():
        # The type's cache gives it a version when an attribute is asked for.
        changing = 1 << 19 if name == "tp_flags" else 0
        same((name, by_name[name].value % WORD & ~changing), (name, expected % WORD & ~changing))
    for name, expected in said.get("attributes", {}).items():
        same((name, by_name[name].value), (name, expected))
    for name in ("ob_size", "ma_used", "used", "ob_fval", "length"):
        if name in said and name in by_name:
            same((name, by_name[name].value), (name, said[name]))
    if "ob_digit" in said:
        same(get_indexed(fields, "ob_digit"), said["ob_digit"][:64])
    if "ob_item" in said:
        same(get_indexed(fields, "ob_item")[:len(said["ob_item"])], said["ob_item"][:64])
    if "items" in said:
        same(get_indexed(fields, "ob_item"), said["items"][:64])
    if "data" in said:
        same(get_indexed(fields, "data"), said["data"])
    if "cval" in said:
        same([by_name["cval.real"].value, by_name["cval.imag"].value], said["cval"])
    if "text" in said and 0 < said["length"] < 60:
        same(by_name["data" if "data" in by_name else "ob_sval"].value, said["text"])
    if "entries" in said:
        keys = get_indexed(fields, "dk_entries", ".me_key")
        values = get_indexed(fields, "dk_entries", ".me_value")
        if values:
            same(list(map(list, zip(keys, values))), said["entries"][:len(keys)])
    if "members" in said and said["used"] <= 21:
        keys = [field.value for field in fields if field.name.endswith("].key")]
        assert set(said["members"]) <= set(keys) or len(keys) == 21, "members"


def check_kinds(worker, **options):
    result = run(worker, read("builtin.py", "modules.py", "fields.py"), **options)
    said = json.loads(result.stdout)
    wrong = []
    for name, expected in said.items():
        value = result.snapshot[name]
        try:
            check_expected(value, expected)
        except (AssertionError, KeyError) as error:
            wrong.append(f"{name} ({value.module}.{value.type}): {error!r}")
    assert not wrong, f"{len(wrong)} of {len(said)}:\n" + "\n".join(wrong[:40])
    assert len(said) >= N_KINDS_MIN, len(said)
    n, n_with_references = check_all(result.snapshot)
    assert n >= N_OBJECTS_MIN, n
    return len(said), n, n_with_references


def check_known(snapshot, name, expected):
    """The bytes from the place of one field on, as (name, size, kind)."""
    fields = [(field.name, field.size, field.kind) for field in snapshot[name].fields]
    first = fields.index(expected[0])
    assert fields[first:first + len(expected)] == expected, fields


def check_small(worker):
    """A few whose every byte is known."""
    result = run(worker, """
a = [1, 2, 3]
a.append(4)
a.append(5)
b = 1.5
class S:
    __slots__ = ("x", "y")
s = S()
s.y = a
t = ("x", "y")
""", ledger=True)
    snapshot = result.snapshot
    check_known(snapshot, "a", [("ob_refcnt", 8, "signed"), ("ob_type", 8, "object"),
                                ("ob_size", 8, "signed"), ("ob_item", 8, "pointer"),
                                ("allocated", 8, "signed"), ("", 8, "padding"),
                                ("ob_item[0]", 8, "object"), ("ob_item[1]", 8, "object"),
                                ("ob_item[2]", 8, "object"), ("ob_item[3]", 8, "object"),
                                ("ob_item[4]", 8, "object"), ("", 24, "unused")])
    check_known(snapshot, "b", [("ob_refcnt", 8, "signed"), ("ob_type", 8, "object"),
                                ("ob_fval", 8, "double"), ("", 8, "padding")])
    check_known(snapshot, "s", [("_gc_next", 8, "pointer"), ("_gc_prev", 8, "pointer"),
                                ("ob_refcnt", 8, "signed"), ("ob_type", 8, "object"),
                                ("x", 8, "object"), ("y", 8, "object")])
    slots = {field.name: field.value for field in snapshot["s"].fields}
    assert slots["x"] == 0 and slots["y"] == snapshot["a"].address
    check_known(snapshot, "t", [("ob_size", 8, "signed"), ("ob_item[0]", 8, "object"),
                                ("ob_item[1]", 8, "object"), ("", 8, "padding")])


def check_renamed(worker):
    result = run(worker, read("builtin.py", "modules.py") + RENAME)
    assert int(result.snapshot["n_renamed"].preview) > 100
    check_all(result.snapshot)


def check_evil(worker):
    check_renamed(worker)
    for name, source in EVIL.items():
        for ledger in (False, True):
            result = run(worker, source, ledger=ledger)
            try:
                check_all(result.snapshot)
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from None


def main():
    for worker in sys.argv[1:] or heapworker.list_workers():
        check_small(worker)
        n_kinds, n_objects, n_with_references = check_kinds(worker)
        check_kinds(worker, ledger=True)
        check_evil(worker)
        print(f"{os.path.basename(worker)}: {n_kinds} kinds; the blocks of {n_objects} objects "
              f"are covered, the references of {n_with_references} stand in fields")


if __name__ == "__main__":
    main()
