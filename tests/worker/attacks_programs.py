# attacks_programs.py - what code may do to itself and to those who watch it
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs with the end that each must come to; see test-attacks.py."""

import dataclasses

from heapworker import ALLOW_PROCESSES, HUNG_AT_EXIT, KILLED, MIB, OS_EXIT


@dataclasses.dataclass
class Attack:
    name: str
    source: str
    status: tuple  # any of these
    options: dict = dataclasses.field(default_factory=dict)  # of the Job
    flags: int = None  # all of HUNG_AT_EXIT, KILLED, OS_EXIT; None: whatever
    line: int = None
    signal: int = None
    exit_code: int = None
    type: str = None  # of the exception
    refused: str = None
    stdout: bytes = None
    has_snapshot: bool = None
    needs_limits: bool = False  # of address space, which a sanitized worker cannot have
    not_as: str = None  # "root": what it tries is allowed to root


ATTACKS = []


def attack(name, source, *status, timeout=3.0, **more):
    fields = {field.name for field in dataclasses.fields(Attack)}
    about = {key: more.pop(key) for key in list(more) if key in fields}
    ATTACKS.append(Attack(name, source, status, {"timeout": timeout, **more}, **about))


# ---- It does not end ----

attack("an endless loop", "x = 1\nwhile True:\n    pass\n", "timeout", timeout=0.6, flags=0,
       has_snapshot=True)
attack("one that catches everything", """
while True:
    try:
        while True: pass
    except BaseException:
        pass
""", "timeout", timeout=0.6, flags=0, has_snapshot=True)
attack("sleeping", "import time\ntime.sleep(1e6)\n", "timeout", timeout=0.6, flags=0, line=2)
attack("a regular expression", "import re\nre.match('(a+)+$', 'a' * 40 + 'b')\n", "timeout",
       timeout=0.6)
attack("arithmetic in C", "x = 10 ** 10 ** 8\nstr(x)\n", "timeout", "exception", "memory-limit",
       timeout=0.6)
attack("a loop in C", "sum(range(10 ** 12))\n", "timeout", timeout=0.6, flags=KILLED, line=None)
attack("a loop in C with a memory of it", "x = [1, 2, 3]\nany(iter(int, 1))\n", "timeout",
       timeout=0.6, flags=KILLED)
attack("a collector in a loop", "import gc\nwhile True: gc.collect()\n", "timeout", timeout=0.6)
attack("a thread with the GIL in C", """
import threading
threading.Thread(target=lambda: sum(range(10 ** 12)), daemon=True).start()
while True: pass
""", "timeout", timeout=0.6)
attack("a deadlock", "import threading\nx = threading.Lock()\nx.acquire()\nx.acquire()\n",
       "timeout", timeout=0.6, line=4)
attack("all signals blocked", """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True: pass
""", "timeout", timeout=0.6, flags=KILLED)
attack("all signals ignored", """
import signal
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: pass
""", "timeout", timeout=0.6, flags=KILLED)
attack("all signals handled", """
import signal
for n in range(1, 65):
    try: signal.signal(n, lambda *args: None)
    except (OSError, ValueError): pass
while True: pass
""", "timeout", timeout=0.6, flags=KILLED)
attack("it stops itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n", "timeout",
       timeout=0.6, flags=KILLED)
attack("it waits for a signal", "import signal\nsignal.pause()\n", "timeout", timeout=0.6)
attack("input there is none", "input('name? ')\n", "exception", type="EOFError", line=1)
attack("a FIFO nobody writes to", "import os\nos.mkfifo('f')\nopen('f').read()\n", "timeout",
       timeout=0.6)
attack("asyncio for ever", "import asyncio\nasyncio.run(asyncio.sleep(1e6))\n", "timeout",
       timeout=0.6)

# ---- It ends badly ----

attack("abort", "import os\nos.abort()\n", "crashed", signal=6, has_snapshot=False)
attack("a null pointer", "import ctypes\nctypes.string_at(0)\n", "crashed", signal=11)
attack("a wild jump", "import ctypes\nctypes.CFUNCTYPE(None)(1)()\n", "crashed")
attack("SIGKILL to itself", "import os\nos.kill(os.getpid(), 9)\n", "crashed", signal=9)
attack("SIGTERM to itself", "import os\nos.kill(os.getpid(), 15)\n", "crashed", signal=15)
attack("the request to stop, by itself", """
import os, signal
os.kill(os.getpid(), signal.SIGRTMAX - 1)
while True: pass
""", "exit", "ok", "cancelled", "timeout", timeout=1)
attack("broken bytecode", """
def f(): pass
f.__code__ = f.__code__.replace(co_code=bytes([100, 255] * 4), co_stacksize=1)
f()
""", "crashed", "exception", "ok", "timeout", timeout=1)
attack("os._exit", "import os\nos._exit(7)\n", "exit", exit_code=7, flags=OS_EXIT)
attack("sys.exit with a text", "import sys\nsys.exit('no')\n", "exit", exit_code=1)
attack("sys.exit in a thread", "import sys, threading\nt = threading.Thread(target=sys.exit)\n"
       "t.start(); t.join()\n", "ok")
attack("recursion", "def f(): f()\nf()\n", "exception", type="RecursionError")
attack("recursion in C", """
import sys
sys.setrecursionlimit(10 ** 7)
class A:
    def __getattr__(self, name): return getattr(self, name + 'x')
A().x
""", "exception", "crashed", "memory-limit", "timeout", timeout=2)
attack("deeply nested lists", """
x = []
for i in range(200000): x = [x]
repr(x)
""", "exception", "crashed")
attack("deeply nested lists are freed", """
x = []
for i in range(1000000): x = [x]
del x
""", "ok")
attack("a deep traceback", """
def f(n):
    try: f(n + 1)
    except RecursionError as error: raise ValueError(n) from error
f(0)
""", "exception")
attack("a source of nothing but parentheses", "(" * 100000, "syntax-error")
attack("a NUL byte", b"x = 1\0\nprint(x)\n", "syntax-error")
attack("an encoding that lies", b"# coding: utf-16\nprint(1)\n", "syntax-error")
attack("a hostile sys.exit", """
import sys
class Code(int):
    def __index__(self): return 5
    def __int__(self): raise ValueError
sys.exit(Code(3))
""", "exit")
attack("exceptions that lie", """
class E(Exception):
    def __str__(self): raise SystemExit(9)
    __repr__ = __str__
    @property
    def __class__(self): raise KeyError
    @property
    def __traceback__(self): raise KeyError
raise E('x')
""", "exception", type="E")
attack("an endless chain of exceptions", """
a, b = ValueError('a'), ValueError('b')
a.__context__, b.__context__ = b, a
raise a
""", "exception")
attack("an excepthook that does not end", """
import sys
def hook(*args):
    while True: pass
sys.excepthook = hook
1 / 0
""", "exception", timeout=0.6, type="ZeroDivisionError", flags=HUNG_AT_EXIT)

# ---- It will not leave ----

attack("a thread goes on", """
import threading
def f():
    while True: pass
threading.Thread(target=f).start()
""", "ok", timeout=0.6, flags=HUNG_AT_EXIT)
attack("an exit handler goes on", """
import atexit
@atexit.register
def f():
    while True: pass
""", "ok", timeout=0.6, flags=HUNG_AT_EXIT)
attack("a finalizer goes on", """
class A:
    def __del__(self):
        while True: pass
a = A()
""", "ok", timeout=0.6, flags=HUNG_AT_EXIT)
attack("a stream that does not flush", """
import sys
class Stream:
    def write(self, text): return len(text)
    def flush(self):
        while True: pass
sys.stdout = sys.__stdout__ = Stream()
""", "ok", timeout=0.6, flags=HUNG_AT_EXIT)
attack("exit handlers that register more", """
import atexit
def f(): atexit.register(f)
atexit.register(f)
""", "ok", timeout=0.6)
attack("daemons at the end", """
import threading, time
def f():
    while True: [[] for i in range(1000)]
for i in range(8): threading.Thread(target=f, daemon=True).start()
time.sleep(0.1)
""", "ok")
attack("it dies at the end", "import atexit, os\natexit.register(os.abort)\n", "ok")
attack("os._exit at the end", "import atexit, os\natexit.register(os._exit, 9)\n", "ok")

# ---- More than there is ----

LIMITED = {"memory_limit": 200 * MIB, "needs_limits": True, "timeout": 20}
attack("one list", "x = [0] * 10 ** 9\n", "memory-limit", type="MemoryError", has_snapshot=True,
       **LIMITED)
attack("a growing list", "x = []\nwhile True: x.append(bytes(1000))\n", "memory-limit",
       has_snapshot=True, **LIMITED)
attack("small objects", "x = []\nwhile True: x.append([])\n", "memory-limit", **LIMITED)
attack("one of a terabyte", "bytes(1 << 40)\n", "memory-limit", line=1, **LIMITED)
attack("a growing string", "x = 'x'\nwhile True: x += x\n", "memory-limit", "exception", **LIMITED)
attack("MemoryError caught for ever", """
x = []
while True:
    try: x.append(bytearray(1 << 20))
    except MemoryError: pass
""", "timeout", memory_limit=200 * MIB, needs_limits=True, timeout=1)
attack("mappings of nothing", """
import mmap
x = []
while True:
    x.append(mmap.mmap(-1, 1 << 26, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    for i in range(0, 1 << 26, 4096): x[-1][i] = 1
""", "exception", "memory-limit", **LIMITED)
attack("shared mappings", """
import mmap
x = []
while True:
    x.append(mmap.mmap(-1, 1 << 26))
    for i in range(0, 1 << 26, 4096): x[-1][i] = 1
""", "exception", "memory-limit", **LIMITED)
attack("brk", """
import ctypes
libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
while libc.sbrk(ctypes.c_long(1 << 24)) not in (None, ctypes.c_void_p(-1).value): pass
""", "ok", "memory-limit", "crashed", **LIMITED)
attack("malloc past Python", """
import ctypes
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
n = 0
while True:
    p = libc.malloc(ctypes.c_size_t(1 << 20))
    if not p: raise MemoryError
    ctypes.memset(p, 1, 1 << 20)
""", "memory-limit", **LIMITED)
attack("threads", """
import threading, time
n = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        n += 1
        if n == 3000: break
except (RuntimeError, MemoryError):
    pass
print(n < 3000)
""", "ok", "memory-limit", "timeout", memory_limit=400 * MIB, needs_limits=True)
attack("threads of root's", """
import threading, time
threading.stack_size(32 * 1024)
try:
    while True: threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
except RuntimeError:
    time.sleep(100)
""", "memory-limit", not_as="user", flags=KILLED, timeout=20)
attack("threads with small stacks", """
import threading, time
threading.stack_size(64 * 1024)
try:
    for i in range(20000): threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
except (RuntimeError, MemoryError):
    pass
""", "ok", "memory-limit", "timeout", timeout=2, memory_limit=400 * MIB, needs_limits=True)
attack("pipes", """
import os
n = 0
try:
    while True: os.pipe(); n += 2
except OSError as error:
    print(error.errno == 24, n < 1100)
""", "ok", stdout=b"True True\n")
attack("one large file", "f = open('f', 'wb')\nwhile True: f.write(bytes(1 << 20))\n", "exception",
       scratch_limit=20 * MIB, type="OSError", line=2)
attack("many files", """
import itertools
for i in itertools.count():
    with open(f'f{i}', 'wb') as f: f.write(bytes(1 << 20))
""", "disk-limit", scratch_limit=20 * MIB, flags=KILLED, timeout=20)
attack("very many empty files", """
import itertools, os
for i in itertools.count(): os.close(os.open(f'f{i}', os.O_CREAT))
""", "disk-limit", scratch_limit=2000 * MIB, timeout=60, not_as="user", needs_limits=True)
attack("very many folders", """
import itertools, os
for i in itertools.count(): os.mkdir(f'd{i}')
""", "disk-limit", scratch_limit=4 * MIB, timeout=20)
attack("deleted files", """
import os
files = []
while True:
    files.append(open('f', 'wb'))
    os.unlink('f')
    files[-1].write(bytes(1 << 20))
    files[-1].flush()
""", "disk-limit", scratch_limit=20 * MIB, timeout=20)
attack("folders in folders", """
import os
for i in range(100000):
    os.mkdir('d')
    os.chdir('d')
""", "disk-limit", scratch_limit=2000 * MIB, timeout=20)
attack("things that are hard to delete", """
import os
for i in range(50):
    os.mkdir(f'd{i}', 0)
os.mkdir('x' * 255)
os.mkdir(b'\\xff\\n')
os.symlink('/', 'root')
os.symlink('loop', 'loop')
os.mkfifo('fifo')
os.mkdir('a')
for i in range(60):
    os.chdir('a')
    os.mkdir('a')
    open('f', 'w').close()
""", "ok")

# ---- Limits that depend on what the code could write ----

FIND_SHARED = """
import ctypes, mmap, os
places = [line.split()[0].split('-') for line in open('/proc/self/maps') if 'memfd' in line]
places = [(int(a, 16), int(b, 16)) for a, b in places]
START, END = max(places, key=lambda place: place[1] - place[0])
"""
attack("a lie about a moment, and a full disk", FIND_SHARED + """
for at in range(START + 64, START + 400, 4):
    if ctypes.c_uint32.from_address(at).value == 0: ctypes.c_uint32.from_address(at).value = 1
for i in range(2000):
    with open(f'f{i}', 'wb') as f: f.write(bytes(1 << 20))
""", "disk-limit", scratch_limit=20 * MIB, timeout=20, flags=KILLED)
for phase in (0, 2, 3, 4, 5):
    attack(f"a lie about phase {phase}, and much memory", FIND_SHARED + f"""
ctypes.c_uint32.from_address(START).value = {phase}
""" + """
import time
x = mmap.mmap(-1, 1000 << 20)
for i in range(0, 1000 << 20, 4096): x[i] = 1
time.sleep(0.3)
print('touched', flush=True)
""", "memory-limit", "ok", "failed", "cancelled", memory_limit=100 * MIB, needs_limits=True,
           stdout=b"", timeout=20)
attack("deleted files that are only mapped", """
import ctypes, os
mmap = ctypes.CDLL(None).mmap
mmap.restype = ctypes.c_void_p
for i in range(2000):
    fd = os.open('f', os.O_RDWR | os.O_CREAT)
    os.write(fd, bytes(1 << 20))
    assert mmap(None, ctypes.c_size_t(4096), 1, 1, fd, ctypes.c_long(0)) > 0
    os.close(fd)
    os.unlink('f')
""", "disk-limit", scratch_limit=20 * MIB, timeout=20, flags=KILLED)
attack("deleted files on their way", """
import array, os, socket
a, b = socket.socketpair()
for i in range(2000):
    fd = os.open('f', os.O_RDWR | os.O_CREAT)
    os.write(fd, bytes(1 << 20))
    a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [fd]))])
    os.close(fd)
    os.unlink('f')
""", "exception", type="PermissionError", line=6, scratch_limit=20 * MIB, timeout=20)
attack("memory in sockets", """
import socket
a, b = socket.socketpair()
for option in (socket.SO_SNDBUF, socket.SO_RCVBUF, 32, 33):
    try: a.setsockopt(socket.SOL_SOCKET, option, 1 << 28)
    except OSError: print('refused')
print(a.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) < 1 << 20)
""", "ok", stdout=b"refused\n" * 4 + b"True\n")
attack("signals that the user may have queued", """
import ctypes, os, signal, struct
signal.pthread_sigmask(signal.SIG_BLOCK, [40])
info = struct.pack('iiiiI', 40, 0, -1, os.getpid(), os.getuid()).ljust(128, b'\\0')
n = 0
while n < 5000 and ctypes.CDLL(None).syscall(ctypes.c_long(129), os.getpid(), 40, info) == 0:
    n += 1
print(n < 2000)
""", "ok", stdout=b"True\n")
attack("the number that copies are made with", """
import ctypes, os
syscall = ctypes.CDLL(None).syscall
end = 0
for line in open('/proc/self/maps'):
    fields = line.split()
    first, last = (int(x, 16) for x in fields[0].split('-'))
    if fields[1][1] != 'w' or 'heapscape-worker' not in line and first != end: continue
    end = last
    for at in range(first, min(last, first + (1 << 20)), 8):
        number = ctypes.c_uint64.from_address(at).value
        if number >> 33 == 0: continue
        pid = syscall(*(ctypes.c_ulong(x) for x in (56, 0, 0, number, 0, 0)))
        if pid == 0: os._exit(0)
        if pid > 0: print('forked')
""", "ok", stdout=b"", timeout=10)

# ---- Output ----

attack("much output", "print('x' * (64 << 20))\n", "output-limit", timeout=20)
attack("much output past Python", """
import os
for i in range(256): os.write(2, bytes(1 << 20))
""", "output-limit", timeout=20)
attack("both at once", """
import os, threading
def f(fd):
    for i in range(64): os.write(fd, b'x' * (1 << 20))
threads = [threading.Thread(target=f, args=(fd,)) for fd in (1, 2)]
for t in threads: t.start()
for t in threads: t.join()
""", "output-limit", timeout=20)
attack("bytes that are no text", "import os\nos.write(1, bytes(range(256)) * 10)\n", "ok",
       stdout=bytes(range(256)) * 10)
attack("lone surrogates", "print('\\ud800')\n", "exception", type="UnicodeEncodeError")
attack("its streams closed", "import os\nos.close(1)\nos.close(2)\nos.close(0)\nprint('x')\n",
       "exception", "ok")
attack("everything closed", "import os\nos.closerange(0, 1 << 16)\n", "ok")
attack("the streams replaced", "import sys\nsys.stdout = sys.stderr = sys.stdin = 5\nprint\n", "ok")
attack("its output read back", """
import os
fd = os.open('/proc/self/fd/1', os.O_RDONLY | os.O_NONBLOCK)
print('x')
""", "ok", "exception")

# ---- Against the measuring ----

FIND_RESULT = """
import ctypes
with open('/proc/self/maps') as f:
    for line in f:
        if 'heapscape-result' in line:
            start, end = [int(x, 16) for x in line.split()[0].split('-')]
            break
x = [1, 2, 3]
"""
attack("the result overwritten with ones", FIND_RESULT +
       "ctypes.memset(start, 0xff, 1 << 20)\n", "ok", "failed", "timeout", "crashed", "exit",
       "exception", "cancelled", "memory-limit", "output-limit", "disk-limit", "syntax-error",
       timeout=2)
attack("the result overwritten with zeros", FIND_RESULT +
       "ctypes.memset(start, 0, 1 << 20)\n", "ok", "failed", "timeout", "crashed", "exit",
       timeout=2)
attack("the result overwritten at random", FIND_RESULT + """
import random
random.seed(1)
while True:
    ctypes.c_uint32.from_address(start + 4 * random.randrange(1 << 16)).value = \
        random.getrandbits(32)
""", "ok", "failed", "timeout", "crashed", "exit", "exception", "cancelled", "memory-limit",
       "output-limit", "disk-limit", "syntax-error", timeout=0.6)
attack("the snapshot overwritten at the end", FIND_RESULT + """
import atexit
atexit.register(lambda: ctypes.memset(start + (64 << 20), 0xff, 4096))
""", "ok")
attack("the result unmapped", FIND_RESULT +
       "ctypes.CDLL(None).munmap(ctypes.c_void_p(start), ctypes.c_size_t(end - start))\n",
       "crashed", "timeout")
attack("the result made unwritable", FIND_RESULT +
       "ctypes.CDLL(None).mprotect(ctypes.c_void_p(start), ctypes.c_size_t(end - start), 1)\n",
       "crashed", "timeout")
attack("a long text where a short one belongs", FIND_RESULT + """
for i in range(0, 4096, 4): ctypes.c_uint32.from_address(start + 512 + i).value = 0x7fffffff
raise ValueError
""", "exception", "failed", "crashed")
attack("tracing switched off", "import sys\nsys.settrace(None)\nsys.setprofile(None)\nx = 1\n",
       "ok", record=True, ledger_lines=True)
attack("tracing taken over", """
import sys
def trace(*args): return trace
sys.settrace(trace)
for i in range(100): x = [i]
""", "ok", record=True, ledger_lines=True)
attack("builtins cleared", "import builtins\nbuiltins.__dict__.clear()\n", "ok", "exception")
attack("modules cleared", "import sys\nsys.modules.clear()\n", "ok", "exception")
attack("every object cleared", """
import gc
for x in gc.get_objects():
    try: x.clear()
    except BaseException: pass
""", "ok", "exception", "crashed", "timeout", timeout=2)
attack("the collector frozen and off", "import gc\ngc.disable()\ngc.freeze()\nx = [[]]\n", "ok",
       has_snapshot=True)
attack("classes that lie", """
class Meta(type):
    def __getattribute__(cls, name): raise SystemExit(9)
    def __instancecheck__(cls, other): raise SystemExit(9)
class A(metaclass=Meta):
    def __getattribute__(self, name): raise SystemExit(9)
    def __sizeof__(self): return -1
    def __eq__(self, other): raise SystemExit(9)
    def __hash__(self): return 1
    def __len__(self): return -1
x = A()
""", "ok", has_snapshot=True)
attack("audit hooks", """
import sys
def hook(event, args):
    if event != 'x': raise RuntimeError(event)
sys.addaudithook(hook)
x = 1
""", "ok", "exception", "crashed", "exit", "timeout", timeout=1)
attack("__main__ thrown away", "import sys\ndel sys.modules['__main__']\nx = 1\n", "ok")
attack("a loader that lies", """
class Loader:
    def get_source(self, name): raise SystemExit(9)
__loader__ = Loader()
1 / 0
""", "exception", type="ZeroDivisionError")
attack("a pickle that calls", """
class A:
    def __reduce__(self):
        import os
        return os._exit, (9,)
result = A()
""", "ok", result=True)
attack("reducing for ever", """
class A:
    def __reduce__(self):
        while True: pass
result = A()
""", "timeout", "ok", result=True, timeout=0.6)
attack("a sub-interpreter", """
try:
    import _interpreters as i
except ImportError:
    import _xxsubinterpreters as i
n = i.create()
i.run_string(n, "while True: pass")
""", "timeout", timeout=0.6)
attack("x32", """
import ctypes, mmap
code = bytes([0xb8, 39, 0, 0, 0x40, 0x0f, 0x05, 0xc3])  # getpid of x32
m = mmap.mmap(-1, 4096, prot=7, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
m.write(code)
ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()
""", "crashed", signal=31)
attack("int 0x80", """
import ctypes, mmap
code = bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3])  # getpid of i386
m = mmap.mmap(-1, 4096, prot=7, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
m.write(code)
ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()
""", "crashed", signal=31)

# ---- What it is told of being refused ----

attack("refused to write", "open('/etc/passwd', 'a')\n", "exception", type="PermissionError",
       line=1, not_as="user", refused="write")
attack("refused to read", f"open('/proc/1/cmdline')\n", "exception", type="PermissionError",
       refused="read")
attack("refused a process", "import subprocess\nsubprocess.run(['true'])\n", "exception",
       type="PermissionError", refused="process", line=2)
attack("refused the network", "import socket\nsocket.socket()\n", "exception",
       type="PermissionError", refused="network", line=2)
attack("refused a call", "import os\nos.chmod('/', 0o777)\n", "exception", refused="call")
attack("refused a call beside words", "import os\nbinding = 1; reconnect = 2; forks_ = os.chmod\n"
       "binding, reconnect; os.chmod('/', 0o777) # websocket, prefork, bind_to, Popens\n",
       "exception", refused="call", line=3)
attack("refused a spawned process", "import os\nos.posix_spawn('/bin/true', ['true'], {})\n",
       "exception", refused="process", line=2)
attack("refused a second terminal", "import os, pty\nos.forkpty()\n", "exception",
       refused="process", line=2)

# ---- Processes, where they are allowed ----

attack("a fork bomb", """
import os
while True:
    try: os.fork()
    except OSError: pass
""", "timeout", "ok", timeout=0.4, allow=ALLOW_PROCESSES, not_as="root")
attack("children that stay", """
import os, time
for i in range(10):
    if os.fork() == 0:
        if os.fork() == 0: os.close(1)
        while True: time.sleep(1)
""", "ok", allow=ALLOW_PROCESSES)
attack("children in sessions of their own", """
import os, time
for i in range(5):
    if os.fork() == 0:
        try: os.setsid()
        except OSError: pass
        while True: time.sleep(1)
""", "ok", allow=ALLOW_PROCESSES)
attack("a child goes where its parent may not", """
import subprocess, sys
code = "open('/tmp/heapscape-attack', 'w')"
print(subprocess.run([sys.executable, '-c', code], stderr=subprocess.DEVNULL).returncode)
code = "import socket; socket.socket()"
print(subprocess.run([sys.executable, '-c', code], stderr=subprocess.DEVNULL).returncode)
""", "ok", allow=ALLOW_PROCESSES, stdout=b"1\n1\n", timeout=10)
attack("another program in its place", "import os\nos.execv('/bin/sleep', ['sleep', '100'])\n",
       "timeout", allow=ALLOW_PROCESSES, timeout=0.6, flags=KILLED)
attack("a program with the rights of another", """
import subprocess
p = subprocess.run(['/usr/bin/id', '-u'], stdout=subprocess.PIPE)
print(p.returncode)
""", "ok", allow=ALLOW_PROCESSES, stdout=b"0\n")
