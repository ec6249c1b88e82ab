# evil_programs.py - programs that leave behind what no sane program would
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Half-built objects, objects that lie, objects that are in use.

Everything must be looked at without a call into any of it. Programs that go on forever are stopped
in the middle.
"""

# Methods that would be noticed if anything called them.
LOUD = '''
def shout(*args, **kwargs):
    import os
    os.write(2, b"CALLED\\n")
    raise SystemError("called")


SPECIAL = ("__repr__ __str__ __hash__ __eq__ __ne__ __lt__ __len__ __iter__ __next__ __getitem__ "
           "__contains__ __getattr__ __getattribute__ __setattr__ __sizeof__ __dir__ __bool__ "
           "__int__ __index__ __call__ __get__ __format__ __reduce_ex__ __bytes__ __missing__ "
           "__instancecheck__ __subclasscheck__ __class_getitem__ mro __buffer__").split()
'''

PROGRAMS = {
    "half-built containers": '''
import ctypes, gc
new = ctypes.pythonapi
for make in (new.PyTuple_New, new.PyList_New, new.PyDict_New, new.PyCell_New):
    make.restype = ctypes.py_object
tuple_of_nothing = new.PyTuple_New(5)
list_of_nothing = new.PyList_New(5)
empty_cell = new.PyCell_New(None)
found = []


def items():
    tag = object()
    yield tag
    found.extend(x for x in gc.get_referrers(tag) if type(x) is tuple)
    raise KeyError


for container in (tuple, list, set, dict.fromkeys):
    try:
        container(items())
    except KeyError:
        pass


class T(tuple):
    pass


class L(list):
    __slots__ = "a", "b"


empty_slots = L()


def f():
    def g():
        return unbound
    if 0:
        unbound = 1
    return g


unbound = f()
''',

    "without __init__": '''
import asyncio, collections, contextlib, csv, ctypes, datetime, decimal, fractions, functools, io
import itertools, lzma, bz2, mmap, pickle, queue, random, re, select, socket, sqlite3, ssl, struct
import threading, types, weakref, xml.etree.ElementTree as etree, zoneinfo, json, _json, _pickle
import _elementtree, _queue, _thread, _ctypes, _asyncio, _struct, array, uuid, selectors, string
made = []
for kind in [*vars(io).values(), *vars(types).values(), *vars(_pickle).values(),
             *vars(_elementtree).values(), *vars(_queue).values(), *vars(_thread).values(),
             *vars(_ctypes).values(), *vars(_asyncio).values(), *vars(_struct).values(),
             *vars(_json).values(), *vars(sqlite3).values(), *vars(itertools).values(),
             *vars(functools).values(), *vars(collections).values(), *vars(decimal).values(),
             *vars(__builtins__).values(), *vars(ssl).values(), *vars(socket).values(),
             *vars(datetime).values(), *vars(select).values(), *vars(ctypes).values(),
             *vars(array).values(), *vars(random).values(), *vars(zoneinfo).values(),
             *vars(string).values(), *vars(lzma).values(), *vars(bz2).values()]:
    if isinstance(kind, type) and kind is not type:
        try:
            made.append(kind.__new__(kind))
        except BaseException:
            pass
        try:
            class Derived(kind):
                def __init__(self):
                    pass
            made.append(Derived.__new__(Derived))
            made[-1].attribute = 1
        except BaseException:
            pass
print(len(made))
''',

    "classes that lie": LOUD + '''
import os
Loud = type("Loud", (), dict.fromkeys(SPECIAL, shout))
LoudMeta = type("LoudMeta", (type,), dict.fromkeys(set(SPECIAL) - {"mro", "__setattr__"}, shout))
quiet = [object.__new__(Loud) for _ in range(100)]
loud_class = type.__new__(LoudMeta, "LoudClass", (), {"a": 1})
LoudDict = type("LoudDict", (dict,), dict.fromkeys(SPECIAL, shout))
LoudList = type("LoudList", (list,), dict.fromkeys(SPECIAL, shout))
LoudStr = type("LoudStr", (str,), dict.fromkeys(set(SPECIAL) - {"__hash__", "__eq__"}, shout))
LoudInt = type("LoudInt", (int,), dict.fromkeys(SPECIAL, shout))
loud = [dict.__new__(LoudDict), list.__new__(LoudList), str.__new__(LoudStr, "x"),
        int.__new__(LoudInt, 7)]
by_str = {str.__new__(LoudStr, "key"): 1}
# Names of types that have another struct.
for name in ("itertools.chain", "list_iterator", "collections.deque", "re.Pattern", "dict",
             "numpy.ndarray", "mmap.mmap", "functools._lru_cache_wrapper", "decimal.Decimal"):
    for slots in range(12):
        kind = type(name, (), {"__slots__": [f"s{i}" for i in range(slots)]})
        loud.append(kind())


class Odd(type):
    def mro(cls):
        return [cls, object, int] if cls.__name__ == "Strange" else super().mro()


try:
    class Strange(metaclass=Odd):
        pass
except TypeError:
    pass


class Many:
    __slots__ = [f"slot{i}" for i in range(3000)]


many = Many()
many.slot2999 = many


class Nameless:
    pass


Nameless.__module__ = ["no", "text"]
Nameless.__qualname__ = "\\ud800\\0x"
nameless = Nameless()
Module = type("Module", (type(os),), {"__slots__": ()})
moved = Module("moved")
bare = type(os).__new__(type(os))
emptied = type(os)("emptied")
emptied.__dict__.clear()


class A:
    pass


class Base:
    pass


class B(Base):
    pass


a = A()
a.x = 1
a.__class__ = Base
b = B()
b.x, b.y = 1, 2
del b.x
B.__bases__ = (A,)
''',

    "frames and generators": '''
import asyncio, sys, types


def generator(depth=3):
    local = [depth]
    if depth:
        yield from generator(depth - 1)
    yield local


def raising():
    x = [1]
    yield x
    raise ValueError(x)


async def coroutine():
    await asyncio.sleep(0)


async def agenerator():
    yield 1


sys.set_coroutine_origin_tracking_depth(5)
new, begun, ended, closed, failed = generator(), generator(), generator(), generator(), raising()
next(begun)
list(ended)
next(closed)
closed.close()
frames = [begun.gi_frame, new.gi_frame, sys._getframe()]
next(failed)
failing = failed.gi_frame
try:
    next(failed)
except ValueError as error:
    kept = error
cleared = generator()
next(cleared)
cleared_frame = cleared.gi_frame
try:
    cleared_frame.clear()
except RuntimeError:
    cleared.close()
coroutines = [coroutine(), agenerator(), agenerator().asend(None), agenerator().athrow(KeyError),
              agenerator().__anext__(), coroutine().__await__()]


def deep(n):
    return deep(n - 1) if n else sys._getframe()


tower = deep(500)


def trace(frame, event, arg):
    frame.f_trace_opcodes = True
    frames.append(frame)
    return trace


sys.settrace(trace)
deep(3)
sys.settrace(None)


def snap():
    a = 1
    locals()["b"] = 2
    return sys._getframe()


f = snap()
f.f_locals
del f.f_trace
loop = asyncio.new_event_loop()


async def main():
    tasks = [loop.create_task(asyncio.sleep(1000)) for _ in range(5)]
    await asyncio.sleep(0)
    return tasks


tasks = loop.run_until_complete(main())
eternal = None
for _ in range(100000):
    eternal = (x for x in (eternal,))
chain = None
for _ in range(50000):
    try:
        raise KeyError from chain
    except KeyError as e:
        chain = e
''',

    "ctypes": '''
import array, ctypes, mmap


class Node(ctypes.Structure):
    pass


Node._fields_ = [("next", ctypes.POINTER(Node)), ("name", ctypes.c_char_p),
                 ("bits", ctypes.c_int, 3), ("many", ctypes.c_double * 100)]


class Either(ctypes.Union):
    _fields_ = [("node", Node), ("text", ctypes.c_wchar * 50)]


class Unfinished(ctypes.Structure):
    pass


class Late(ctypes.BigEndianStructure):
    _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_short * 3)]


first, second, either, late = Node(), Node(name=b"second"), Either(), Late(1)
first.next = ctypes.pointer(second)
second.next = ctypes.pointer(first)
table = (Node * 1000)()
inside = table[5].many
matrix = ((ctypes.c_int * 3) * 4)()
callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.POINTER(Node))(lambda a, b: a)
address = ctypes.cast(first.next, ctypes.c_void_p)
dangling = ctypes.POINTER(Node)()
view = (ctypes.c_char * 10).from_buffer(bytearray(100), 7)
copied = Node.from_buffer_copy(bytes(ctypes.sizeof(Node)))
nowhere = Node.from_address(16)
reference = ctypes.byref(first)
unfinished = Unfinished()
library = ctypes.CDLL(None)
function = library.printf
function.argtypes = [ctypes.c_char_p]
objects = ctypes.py_object(first), ctypes.py_object()
texts = ctypes.create_string_buffer(1000), ctypes.create_unicode_buffer(5)
resized = Node()
ctypes.resize(resized, 4096)
released = memoryview(bytearray(5))
released.release()
cast = memoryview(array.array("i", range(12))).cast("B").cast("I", (3, 4))
part = cast[1:]
region = mmap.mmap(-1, 8192)
window = memoryview(region)[100:]
closed = mmap.mmap(-1, 4096)
closed.close()
''',

    "things in use": '''
import collections, contextvars, csv, functools, io, itertools, pickle, queue, re, sqlite3
import threading, weakref, zlib, lzma, xml.etree.ElementTree as etree, xml.parsers.expat
ordered = collections.OrderedDict((i, i) for i in range(100))
dict.__delitem__(ordered, 5)
dict.__setitem__(ordered, "hidden", 1)
walking = iter(ordered)
next(walking)
ordered.clear()
counted = collections.deque(range(1000), maxlen=100)
stopped = iter(counted)
next(stopped)
counted.append(1)
none = collections.deque([1], maxlen=0)


@functools.lru_cache(maxsize=3)
def cached(x):
    return [x]


for i in range(10):
    cached(i)
unlimited = functools.lru_cache(maxsize=None)(lambda x: [x])
unlimited(5)
branches = itertools.tee(range(100000), 3)
for _ in range(60000):
    next(branches[0])
groups = itertools.groupby([1, 1, 2])
group = next(groups)
grown = etree.Element("a")
for i in range(100):
    etree.SubElement(grown, "b").text = "x"
grown.append(grown)
grown[0].tail = ["odd"] and "t"
steps = grown.iter()
next(steps)
next(steps)
parser = etree.XMLParser()
parser.feed("<a><b>")
try:
    parser.feed("</c>")
except etree.ParseError as error:
    parse_error = error
expat = xml.parsers.expat.ParserCreate()
expat.buffer_text = True
expat.StartElementHandler = expat.EndElementHandler = print
base = sqlite3.connect(":memory:")
base.set_trace_callback(len)
base.create_function("f", 1, len)
cursor = base.execute("select 1 union select 2")
row = next(cursor)
gone = sqlite3.connect(":memory:")
gone.close()
pickler = pickle.Pickler(io.BytesIO())
pickler.dump([[1], "x" * 100])
unpickler = pickle.Unpickler(io.BytesIO(b""))
unpickler.memo = {5: [1], 100: "x"}
reader = csv.reader(["a,b", '"c'])
list(itertools.islice(reader, 1))
writer = csv.writer(io.StringIO())
writer.writerow(["x" * 1000])
packer = zlib.compressobj()
packer.compress(b"x" * 10000)
unpacker = lzma.LZMADecompressor()
scanner = re.compile("(a)(b)?").scanner("aab")
scanner.search()
variable = contextvars.ContextVar("variable", default=[])
context = contextvars.copy_context()
for i in range(200):
    context.run(contextvars.ContextVar(f"v{i}").set, i)
token = variable.set(1)
items = context.items()
iterator = iter(items)
next(iterator)


class C:
    pass


dead = weakref.ref(C())
dead_proxy = weakref.proxy(C())
c = C()
alive = [weakref.ref(c, print), weakref.proxy(c), weakref.WeakValueDictionary(a=c)]
local = threading.local()
local.x = [1]
started, go_on = threading.Event(), threading.Event()


def work():
    local.y = [2]
    mine = [3]
    started.set()
    go_on.wait()


thread = threading.Thread(target=work, daemon=True)
thread.start()
started.wait()
lines = queue.SimpleQueue()
for i in range(100):
    lines.put(i)
lines.get()
text = io.TextIOWrapper(io.BufferedRandom(io.BytesIO(b"x" * 100000)))
text.read(5)
shut = io.StringIO("x")
shut.close()
detached = io.TextIOWrapper(io.BytesIO())
detached.detach()
''',

    "builtins are gone": '''
import builtins, gc, sys
gc.freeze()
gc.disable()
spare = {"__name__": "spare"}
exec("def f(): return x\\nclass C: pass", spare)
f = spare["f"]
for name in ("exit", "quit", "copyright", "license", "object", "type", "print"):
    vars(builtins).pop(name, None)
sys.modules.clear()
__builtins__ = {"nothing": 1}
''',
}

# Stopped while they run.
ENDLESS = {
    "inside a generator": '''
def spin():
    mine = [1]
    while True:
        for inner in (x for x in iter(int, 1)):
            mine[0] = inner
        yield mine


running = spin()
next(running)
''',

    "inside a sort": '''
class Key:
    def __lt__(self, other):
        inside = items
        while True:
            pass


items = [Key() for _ in range(10)]
items.sort()
''',

    "inside what is being made": '''
import collections


class Hash:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        while self.n == 5:
            pass
        return self.n


table = collections.OrderedDict()
for i in range(6):
    table[Hash(i)] = {Hash(j): [j] for j in range(i)}
''',

    "inside a tuple": '''
def items():
    yield [1]
    while True:
        pass


made = tuple(items())
''',

    "inside __del__": '''
class Last:
    def __init__(self):
        self.me = self

    def __del__(self):
        state = [vars(self)]
        while True:
            pass


import gc
for _ in range(100):
    Last()
gc.collect()
''',

    "with struct sequences that are too long": '''
import gc, os, time
gc.disable()
times = os.stat("/"), time.gmtime(0)
for kind in (os.stat_result, time.struct_time):
    kind.n_fields = 1000000
while True:
    pass
''',

    "between threads": '''
import threading


def work(n):
    mine = [n]
    while True:
        mine[0] = sum(range(1000))


threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(4)]
for thread in threads:
    thread.start()
while True:
    pass
''',
}
