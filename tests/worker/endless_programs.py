# endless_programs.py - programs that never end, each in the middle of something
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""For test-interrupted.py. All begin with PREAMBLE, which says when it is done."""

PREAMBLE = '''
import time
started = time.monotonic()
def spin(*args):
    for i in range(2000): pass
    return 0
class Thing:
    def __init__(self, i): self.number, self.text = i, str(i)
    def __hash__(self): spin(); return 1
    def __eq__(self, other): spin(); return self is other
    def __lt__(self, other): spin(); return self.number < other.number
things = [Thing(i) for i in range(500)]
print("ready")
'''

PROGRAMS = {
    "loop": '''
while True: x = [1, 2]
''',
    "sorted with a key": '''
while True: sorted(things, key=lambda t: spin(t))
''',
    "sort": '''
while True: things.sort()
''',
    "sort with a key": '''
while True: things.sort(key=lambda t: (spin(t), t.number))
''',
    "min and max": '''
while True: min(things, key=spin), max(things, key=spin)
''',
    "substitution": '''
import re
while True: re.sub('[a-z]', lambda m: str(spin(m)), 'abc' * 1000)
''',
    "matching": '''
import re
re.match('(a+)+$', 'a' * 60 + 'b')
''',
    "json": '''
import json
while True: json.loads('[' + '{"a": [1.5, "x"]},' * 500 + '1]',
    object_hook=lambda d: (spin(), d)[1], parse_float=lambda f: (spin(), f)[1])
''',
    "dict grows while keys are compared": '''
while True:
    d = {}
    for t in things: d[t] = [t]
''',
    "dict update": '''
while True:
    a = dict.fromkeys(things[:50]); b = dict.fromkeys(things[50:99])
    a.update(b); a == b; {**a, **b}
''',
    "set operations": '''
while True:
    a, b = set(things[:50]), set(things[25:75])
    a | b, a & b, a - b, a ^ b, a <= b; a.update(b); a.discard(things[0])
''',
    "frozenset": '''
while True: frozenset(things[:99]) | frozenset(things[50:99])
''',
    "finalizer": '''
class D:
    def __init__(self): self.a = [1]
    def __del__(self): self.b = [2]; spin()
while True: D()
''',
    "finalizer of a cycle": '''
import gc
class D:
    def __init__(self): self.me = [self]
    def __del__(self): spin(); spin()
while True:
    x = [D() for i in range(50)]; del x; gc.collect()
''',
    "callback of a weak reference": '''
import gc, weakref
class D: pass
while True:
    x = [D() for i in range(50)]
    for d in x: d.me = d
    r = [weakref.ref(d, spin) for d in x]
    del x, d; gc.collect()
''',
    "callback of the collector": '''
import gc
gc.callbacks.append(lambda *a: spin())
while True: gc.collect()
''',
    "deallocation of a chain": '''
class D:
    def __del__(self): spin()
while True:
    x = None
    for i in range(200): y = D(); y.next = x; x = y
''',
    "generator": '''
def g():
    local = [1]
    while True:
        x = [local]; yield spin()
for x in g(): pass
''',
    "generator closing": '''
def g():
    try: yield [1]
    finally:
        spin(); spin()
while True:
    x = g(); next(x); x.close()
''',
    "yield from": '''
def g(n):
    if n: yield from g(n - 1)
    else:
        while True: yield spin()
for x in g(50): pass
''',
    "generator throwing": '''
def g():
    while True:
        try: yield
        except KeyError as e: spin(); kept = e
x = g(); next(x)
while True: x.throw(KeyError('a'))
''',
    "coroutine": '''
import asyncio
async def f(n):
    local = [n]
    while True:
        await asyncio.sleep(0); spin()
async def main(): await asyncio.gather(*(f(i) for i in range(20)))
asyncio.run(main())
''',
    "async generator": '''
import asyncio
async def g():
    while True:
        yield [1]; spin()
async def main():
    async for x in g(): y = [z async for z in h()]
async def h():
    for i in range(5): yield spin()
asyncio.run(main())
''',
    "thread": '''
import threading
def run(n):
    while True: local = [n]; spin()
for i in range(4): threading.Thread(target=run, args=(i,), daemon=True).start()
while True: time.sleep(1)
''',
    "threads that begin and end": '''
import threading
while True:
    t = [threading.Thread(target=spin) for i in range(8)]
    for x in t: x.start()
    for x in t: x.join()
''',
    "collector off": '''
import gc
gc.disable()
while True:
    x = []; x.append(x)
    if time.monotonic() - started > 2: time.sleep(1)
''',
    "collector frozen": '''
import gc
gc.freeze()
while True:
    x = {}; x[1] = x; gc.freeze()
    if len(gc.get_objects()) > 10**6: break
    if time.monotonic() - started > 1: time.sleep(1)
''',
    "class that is being made": '''
class M(type):
    def __new__(mcls, name, bases, space):
        spin(); made = super().__new__(mcls, name, bases, space)
        spin(); return made
    def __init__(cls, *args): spin(); cls.more = [cls]
    @classmethod
    def __prepare__(mcls, *args): spin(); return {'a': 1}
class D:
    def __set_name__(self, owner, name): spin()
class B:
    def __init_subclass__(cls): spin()
while True:
    class C(B, metaclass=M):
        spin(); d = D(); __slots__ = 'x', 'y'
        def f(self): return __class__
''',
    "instance that is being made": '''
class C:
    def __new__(cls):
        self = super().__new__(cls); spin(); return self
    def __init__(self):
        self.a = [1]; spin()
        self.b = [2]; spin(); self.c = [self]
while True: C()
''',
    "tuple that is being made": '''
def g():
    for i in range(50): spin(); yield [i]
while True: tuple(g()), list(g()), set(map(id, g())), dict(
    (i, x) for i, x in enumerate(g())), bytes(map(spin, g()))
''',
    "text that is being made": '''
class S:
    def __str__(self): spin(); return 'é'
    __repr__ = __format__ = lambda *a: S.__str__(a[0])
while True: f'{S()} and {S()!r}', '%s %r' % (S(), S()), \\
    ''.join(str(S()) for i in range(9)), '{} {}'.format(S(), S())
''',
    "exception handler": '''
while True:
    try:
        try: [][1]
        except IndexError as e: spin(); raise ValueError('x') from e
    except ValueError as e: kept = e; spin()
    finally: spin()
''',
    "exception group": '''
while True:
    try: raise ExceptionGroup('g', [KeyError(1), OSError(2)])
    except* KeyError as e: spin(); x = e
    except* OSError as e: spin()
''',
    "unwinding": '''
class C:
    def __enter__(self): return self
    def __exit__(self, *args): spin(); return True
def f(n):
    with C(): f(n - 1) if n else [][1]
while True: f(30)
''',
    "import": '''
import sys, importlib
while True:
    for name in 'json json.decoder csv difflib colorsys'.split():
        sys.modules.pop(name, None); importlib.import_module(name)
''',
    "importer": '''
import sys
class F:
    def find_spec(self, *args): spin(); spin()
sys.meta_path.insert(0, F())
while True:
    try: import nothing_of_this_name
    except ImportError: pass
''',
    "signal handler": '''
import signal
def handle(*args):
    while True: local = [args]; spin()
signal.signal(signal.SIGALRM, handle)
signal.setitimer(0, 0.01)
while True: spin()
''',
    "map and filter": '''
while True: list(map(spin, filter(lambda t: spin() == 0, things)))
''',
    "itertools": '''
import itertools as i
while True:
    list(i.islice(i.groupby(i.starmap(spin, zip(i.accumulate(things, lambda a, b:
        (spin(), b)[1]), i.tee(things, 3)[1])), key=spin), 50))
''',
    "reduce and partial": '''
import functools
while True:
    functools.reduce(lambda a, b: (spin(), [a, b])[1][:1], things[:50])
    functools.partial(spin, 1)(2)
''',
    "cache": '''
import functools
@functools.lru_cache(maxsize=20)
def f(x): spin(); return [x]
while True:
    for t in things[:40]: f(t)
''',
    "deep recursion": '''
import sys
sys.setrecursionlimit(10000)
def f(n):
    local = [n]
    return f(n - 1) if n else spin()
while True: f(3000)
''',
    "recursion through C": '''
def f(n): return list(map(f, [n - 1])) if n else [spin() for i in '123']
while True: f(100)
''',
    "property and descriptor": '''
class C:
    @property
    def p(self): return spin()
    def __getattr__(self, name): spin(); return [name]
    def __setattr__(self, name, value): spin(); vars(self)[name] = value
c = C()
while True: c.p, c.q; c.r = [1]
''',
    "slots": '''
class S:
    __slots__ = 'a', 'b'
    def __init__(self): self.b = [1]; spin()
while True:
    s = S(); s.a = s; del s.b
''',
    "dict of an instance": '''
class C: pass
while True:
    c = C(); c.a = [1]; d = c.__dict__
    d['b'] = 2; del c.a; c.__dict__ = {'x': spin()}; del c
''',
    "deque": '''
import collections
q = collections.deque(things, 100)
while True: q.extend(t for t in things if not spin()); q.index(things[-1]); q.rotate(7)
''',
    "ordered dict": '''
import collections
while True:
    d = collections.OrderedDict()
    for t in things[:50]: d[t] = [t]; d.move_to_end(t, last=False)
    while d: d.popitem()
''',
    "heap": '''
import heapq, bisect
while True:
    h = list(things); heapq.heapify(h)
    heapq.heappop(h); bisect.insort(h, things[7])
''',
    "buffers": '''
import io
b = bytearray(100)
while True:
    m = memoryview(b); x = m[5:50]
    spin(); del m, x; b += b'x' * 50; del b[100:]; io.BytesIO(b).read(5)
''',
    "comprehension": '''
while True: [[spin() for y in range(3)] for x in things if not spin()]
''',
    "match statement": '''
while True:
    match things:
        case [a, *b] if spin(): pass
        case [a, b, *c]: spin(); x = [c]
''',
    "compile and eval": '''
while True: eval(compile('[spin() for i in range(9)]', 'x', 'eval'))
''',
    "trace function": '''
import sys
def trace(*args): local = [args]; return trace
sys.settrace(trace)
while True: spin()
''',
    "context variables": '''
import contextvars
v = contextvars.ContextVar('v')
while True: contextvars.copy_context().run(lambda: (v.set([1]), spin()))
''',
    "pickle": '''
import pickle
class P:
    def __reduce__(self): spin(); return spin, ([self.x],)
    x = 1
while True: pickle.loads(pickle.dumps([P() for i in range(20)]))
''',
    "copy": '''
import copy
while True: copy.deepcopy(things[:50])
''',
    "sleep": '''
time.sleep(1e6)
''',
    "pipe": '''
import os
r, w = os.pipe()
os.read(r, 1)
''',
}

# Everything that lives is made and unmade all the time.
CHURN = '''
import random
random.seed({seed})
class P:
    def __init__(self, i): self.a, self.b = i, str(i)
class S: __slots__ = "x", "y"
keep = [None] * 3000
def make(i):
    kind = i % 9
    if kind == 0: return P(i)
    if kind == 1: return [i] * (i % 50)
    if kind == 2: return {{str(j): j for j in range(i % 40)}}
    if kind == 3: return {{j for j in range(i % 40)}}
    if kind == 4: return (i, (i, [i]))
    if kind == 5: s = S(); s.x = s; return s
    if kind == 6: return "é" * (i % 700)
    if kind == 7: return (lambda x: lambda: (x, i))(i)
    return type("T", (P,), {{"z": i}})
i = 0
while True:
    i += 1
    place = random.randrange(3000)
    keep[place] = make(random.randrange(10000))
    if i % 1000 == 0: keep[place] = keep
'''
