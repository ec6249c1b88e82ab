# kinds_callables.py - functions, generators, exceptions, frames and code
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs, and what it leaves behind."""

import collections
import functools
import itertools
import operator
import sys
import types
import weakref

from kindtable import keeping, kind, main, numerous, setup

A, B, C = object(), object(), object()
HUNDRED = list(range(100))
counter = itertools.count()


def nothing(*args):
    return args and args[0]


# ---- Exceptions ----

def raised(error):
    try:
        raise error
    except BaseException as same:  # pylint: disable=broad-except
        return same


def without_traceback(error, result):
    error.__traceback__ = None
    return result


@setup("exception with a note")
def _():
    note = "note"

    def make():
        error = ValueError("x")
        error.add_note(note)
        return error
    return make


def chained():
    try:
        raise KEY_ERROR
    except KeyError as error:
        KEY_ERROR.__traceback__ = None
        return raised(ValueError(error))


KEY_ERROR = KeyError("k")
kind("exception", lambda: Exception("x"))
kind("exception without arguments", KeyError)
kind("exception raised", lambda: raised(ValueError("x")))
kind("exception with a context", chained)
kind("exception of the system", lambda: OSError(2, "x", "file"))
kind("exception of import", lambda: ImportError("x", name="m", path="p"))
kind("exception of a name", lambda: NameError("x", name="n"))
kind("exception of an attribute", lambda: AttributeError("x", name="n", obj=A))
kind("exception of syntax", lambda: SyntaxError("x", ("f", 1, 2, "text", 1, 3)))
kind("exception of Unicode", lambda: UnicodeDecodeError("utf-8", b"abc", 0, 1, "why"))
kind("exception of the end", lambda: SystemExit(3))
kind("exception StopIteration", lambda: StopIteration(A))
kind("exception group", lambda: ExceptionGroup("x", [KEY_ERROR]))
kind("traceback", lambda: raised(ValueError("x")).__traceback__)
kind("traceback of two frames", lambda: raised_below(KEY_ERROR))
kind("traceback made by hand", lambda: types.TracebackType(None, FRAME, 0, 1))
kind("frame of a traceback", lambda: raised(ValueError("x")).__traceback__.tb_frame)


def raised_below(error):
    def below():
        raise error
    try:
        below()
    except KeyError as same:
        return without_traceback(same, same.__traceback__)


# ---- Functions ----

def outer(value):
    def inner():
        return value
    return inner


def define():
    def function():
        pass
    return function


def define_all():
    def function(a: int, b=A, *args, c: str = "x", **keywords) -> int:
        """What it does."""
        return a, b, args, c, keywords
    return function


def with_attribute():
    function = define()
    function.note = A
    return function


def asked_for_dict():
    function = define()
    function.__dict__  # pylint: disable=pointless-statement
    return function


class Holder:
    """Of its methods bound ones are made."""

    __slots__ = ("x",)

    def method(self):
        pass

    @staticmethod
    def static():
        pass


class HolderWithDict:
    def method(self):
        pass


HOLDER = Holder()
FUNCTION = define()
CELL = types.CellType(A)

kind("function", define)
kind("function with defaults and annotations", define_all)
kind("function with an attribute", with_attribute)
kind("function asked for __dict__", asked_for_dict)
kind("function with code of another", lambda: types.FunctionType(nothing.__code__, {}))
kind("lambda", lambda: lambda: A)
kind("closure", lambda: outer(A))
kind("cell", lambda: types.CellType(A))
kind("cell empty", types.CellType)
kind("cell of a closure", lambda: outer(A).__closure__[0])
kind("method", lambda: HOLDER.method)
kind("method of anything", lambda: types.MethodType(nothing, A))
kind("builtin function", lambda: len)
kind("builtin bound", lambda: HUNDRED.append)
kind("builtin bound of a class", lambda: dict.fromkeys)
kind("builtin of a method with a class", lambda: collections.deque.__new__)
kind("method wrapper", lambda: A.__repr__)
kind("slot wrapper", lambda: int.__add__)
kind("method descriptor", lambda: list.append)
kind("getset descriptor", lambda: types.FunctionType.__dict__["__code__"])
kind("partial", lambda: functools.partial(nothing, A))
kind("partial with keywords", lambda: functools.partial(nothing, A, b=B))
kind("partial of a partial", lambda: functools.partial(PARTIAL, B))
PARTIAL = functools.partial(nothing, A)
numerous("partialmethod", lambda: functools.partialmethod(nothing, A))
kind("lru_cache", lambda: functools.lru_cache(FUNCTION))
kind("lru_cache unbounded", lambda: functools.cache(FUNCTION))
kind("lru_cache without a cache", lambda: functools.lru_cache(maxsize=0)(FUNCTION))
kind("lru_cache used", lambda: used(functools.lru_cache(maxsize=4)(nothing)))
kind("cmp_to_key", lambda: functools.cmp_to_key(nothing))
kind("cmp_to_key object", lambda: KEY(A))
KEY = functools.cmp_to_key(nothing)
kind("itemgetter", lambda: operator.itemgetter(1))
kind("itemgetter of two", lambda: operator.itemgetter(1, 2))
kind("attrgetter", lambda: operator.attrgetter("a"))
kind("attrgetter of a path", lambda: operator.attrgetter("a.b.c", "d"))
kind("methodcaller", lambda: operator.methodcaller("a", 1, b=2))
kind("property", lambda: property(nothing))
kind("property with a docstring", lambda: property(Holder.method, None, None, "text"))
kind("staticmethod", lambda: staticmethod(nothing))
kind("classmethod", lambda: classmethod(nothing))
numerous("cached_property", lambda: functools.cached_property(nothing))
kind("super", lambda: super(Holder, HOLDER))
kind("singledispatch", lambda: functools.singledispatch(nothing))


def used(function):
    for i in HUNDRED[:10]:
        function(i)
    return function


@setup("function wrapped")
def _():
    return lambda: functools.wraps(nothing)(define())


@setup("member descriptor")
def _():
    return lambda: type("Slotted", (), {"__slots__": ("a",)}).__dict__["a"]


@setup("weakref")
def _():
    return lambda: weakref.ref(FUNCTION)


@setup("weakref with a callback")
def _():
    return lambda: weakref.ref(FUNCTION, nothing)


@setup("weakref proxy")
def _():
    return lambda: weakref.proxy(FUNCTION)


@setup("weakref proxy of something not callable")
def _():
    instance = HolderWithDict()
    return lambda: weakref.proxy(instance)


@setup("weakref to a method")
def _():
    holder = HolderWithDict()
    return lambda: weakref.WeakMethod(holder.method)


# ---- Generators ----

def generate(n):
    x = y = n
    while n:
        yield x, y
        n -= 1


async def wait(n):
    return n


async def agenerate(n):
    yield n


def large_generator(a, b, c, d, e, f, g):
    yield [a, b, c, d, e, f, g, (a, b, c, d, [e, f, g, {a: (b, c)}])]


def advanced(generator, n=1):
    for _ in range(n):
        next(generator, None)
    return generator


def closed(generator):
    generator.close()
    return generator


GENERATOR = advanced(generate(5))
FRAME = GENERATOR.gi_frame

kind("generator fresh", lambda: generate(5))
kind("generator suspended", lambda: advanced(generate(5)))
kind("generator finished", lambda: advanced(generate(2), 5))
kind("generator closed", lambda: closed(advanced(generate(5))))
keeping("generator closed whose frame is kept",
        lambda kept: (g := advanced(generate(5)), kept.__setitem__(0, g.gi_frame), closed(g))[0])
kind("generator large", lambda: large_generator(A, B, C, A, B, C, A))
kind("generator expression", lambda: (i for i in HUNDRED))
kind("generator expression with a cell", lambda: (lambda x: (i for i in HUNDRED if x))(A))
kind("generator asked for its frame", lambda: (g := advanced(generate(5)), g.gi_frame)[0])
keeping("frame of a generator", lambda kept: (kept.__setitem__(0, advanced(generate(5))),
                                              kept[0].gi_frame)[1])
kind("frame of a generator that is gone", lambda: advanced(generate(5)).gi_frame)
keeping("frame of a closed generator",
        lambda kept: (kept.__setitem__(0, advanced(generate(5))), f := kept[0].gi_frame,
                      kept[0].close())[1])
kind("frame cleared", lambda: (f := raised(ValueError("x")).__traceback__.tb_frame, f.clear())[0])
kind("frame of a function that returned", lambda: sys._getframe())
kind("frame asked for its locals", lambda: asked_for_locals())
keeping("frame locals", lambda kept: (kept.__setitem__(0, advanced(generate(5)).gi_frame),
                                      kept[0].f_locals)[1])
kind("coroutine", lambda: wait(A))
kind("coroutine closed", lambda: closed(wait(A)))
keeping("coroutine wrapper", lambda kept: (kept.__setitem__(0, wait(A)),
                                           kept[0].__await__())[1])
kind("async generator", lambda: agenerate(A))
kind("async generator __anext__", lambda: AGENERATOR.__anext__())
kind("async generator asend", lambda: AGENERATOR.asend(None))
kind("async generator athrow", lambda: AGENERATOR.athrow(KEY_ERROR))
kind("anext with a default", lambda: anext(AGENERATOR, A))
AGENERATOR = agenerate(A)


def asked_for_locals():
    x, y = A, B
    frame = sys._getframe()
    frame.f_locals  # pylint: disable=pointless-statement
    return frame if x and y else None


# ---- Code ----

def numbered():
    """Text that was not compiled before, so that its code is nobody else's."""
    return f"def f(a, b):\n    x = [a, b, {next(counter)}]\n    return lambda: (x, a)\n"


def compiled():
    return compile("x = 1\ny = x + 2\n", "kinds", "exec")


def executed():
    code = compiled()
    for _ in range(100):
        exec(code, {})
    return code


def asked_for_bytes():
    code = compiled()
    code.co_code, code.co_varnames, code.co_freevars  # pylint: disable=pointless-statement
    return code


def traced():
    code = compiled()
    previous = sys.gettrace()
    sys.settrace(lambda *args: None)
    exec(code, {})
    sys.settrace(previous)
    return code


def traced_by_line():
    def trace(*args):
        return trace

    code = compiled()
    previous = sys.gettrace()
    sys.settrace(trace)
    exec(code, {})
    sys.settrace(previous)
    return code


def monitored():
    code = compiled()
    tool = sys.monitoring
    tool.use_tool_id(2, "kinds")
    tool.register_callback(2, tool.events.LINE, nothing)
    tool.set_local_events(2, code, tool.events.LINE)
    exec(code, {})
    tool.set_local_events(2, code, 0)
    tool.register_callback(2, tool.events.LINE, None)
    tool.free_tool_id(2)
    return code


kind("code", compiled)
kind("code of a function", lambda: compile(numbered(), "kinds", "exec").co_consts[0])
kind("code replaced", lambda: nothing.__code__.replace(co_firstlineno=7))
kind("code executed", executed)
kind("code asked for co_code", asked_for_bytes)
kind("code traced", traced)
kind("code traced by line", traced_by_line)
kind("code monitored", monitored, since=(3, 12))
keeping("code with a weak reference", lambda kept: (c := compiled(),
                                                    kept.__setitem__(0, weakref.ref(c)))[0])
kind("code asked for its lines", lambda: (c := compiled(), list(c.co_lines()))[0])
kind("code positions iterator", lambda: nothing.__code__.co_positions())
kind("code lines iterator", lambda: nothing.__code__.co_lines())

main()
