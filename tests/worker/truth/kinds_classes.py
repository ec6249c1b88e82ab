# kinds_classes.py - instances and classes
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes of instances are made anew each time: an instance's size depends on those before it."""

import abc
import collections
import dataclasses
import enum
import functools
import types
import typing
import weakref

from kindtable import keeping, kind, main, numerous, setup

A, B, C = object(), object(), object()
HUNDRED = list(range(100))
NAMES = [f"a{i}" for i in range(40)]


def nothing(*args):
    return args and args[0]


# ---- Plain instances ----

def make_class(n, base=object, **members):
    """A class of instances with n attributes, set by __init__ as if by hand."""
    body = "".join(f"    self.{name} = A\n" for name in NAMES[:n]) or "    pass\n"
    namespace = {"A": A}
    exec(f"def __init__(self):\n{body}", namespace)
    return type("Plain", (base,), {"__init__": namespace["__init__"], **members})


def add_instances():
    """Instances with so many attributes, of which so many were made before."""
    for n, ordinals in ((0, (1, 30)), (1, (1, 2, 9, 17, 25, 30)),
                        (2, (1, 2, 9, 17, 25, 26, 27, 28, 30)), (3, (1, 2, 9, 17, 25, 30)),
                        (10, (1, 9, 25, 30)), (24, (1, 9, 30)), (29, (1, 2, 30)),
                        (30, (1, 2, 30)), (31, (1, 2, 30)), (40, (1, 30))):
        for ordinal in ordinals:
            def prepare(n=n, ordinal=ordinal):
                plain = make_class(n)
                earlier = [plain() for _ in range(ordinal - 1)]
                return lambda: plain() if earlier is not None else None
            setup(f"instance no. {ordinal} with {n} attributes")(prepare)

            def prepare_asked(n=n, ordinal=ordinal):
                make_plain = prepare(n, ordinal)

                def make():
                    instance = make_plain()
                    instance.__dict__  # pylint: disable=pointless-statement
                    return instance
                return make
            if n in (1, 3, 30, 31):
                setup(f"instance no. {ordinal} with {n} attributes, asked for __dict__")(
                    prepare_asked)

            def prepare_dict(n=n, ordinal=ordinal):
                make_plain = prepare(n, ordinal)
                kept = [None]

                def make():
                    kept[0] = make_plain()
                    return kept[0].__dict__
                return make
            if n in (0, 3, 30, 31):
                setup(f"__dict__ of instance no. {ordinal} with {n} attributes")(prepare_dict)


add_instances()


@setup("instance with an attribute more than the first one")
def _():
    plain = make_class(3)
    plain()

    def make():
        instance = plain()
        instance.more = A
        return instance
    return make


@setup("instance with an attribute deleted")
def _():
    plain = make_class(3)

    def make():
        instance = plain()
        del instance.a1
        return instance
    return make


@setup("instance with attributes in another order")
def _():
    plain = make_class(3)
    plain()

    def make():
        instance = plain.__new__(plain)
        instance.a2 = instance.a0 = instance.b = A
        return instance
    return make


@setup("instance whose __dict__ has a key that is no str")
def _():
    plain = make_class(3)

    def make():
        instance = plain()
        instance.__dict__[5] = A
        return instance
    return make


@setup("instance whose __dict__ was replaced")
def _():
    plain = make_class(3)
    other = {"x": A}

    def make():
        instance = plain()
        instance.__dict__ = other
        return instance
    return make


@setup("instance whose __dict__ was filled by update()")
def _():
    plain = make_class(0)

    def make():
        instance = plain()
        instance.__dict__.update(x=A, y=B)
        return instance
    return make


@setup("__dict__ that grew beyond its class")
def _():
    plain = make_class(3)
    kept = [None]

    def make():
        kept[0] = instance = plain()
        result = instance.__dict__
        for name in NAMES:
            result[name] = A
        return result
    return make


@setup("__dict__ of an instance that is gone")
def _():
    plain = make_class(3)
    return lambda: plain().__dict__


@setup("instance with a weak reference")
def _():
    plain = make_class(3)
    kept = [None]

    def make():
        instance = plain()
        kept[0] = weakref.ref(instance)
        return instance
    return make


# ---- Instances with slots and of built-in types ----

def add_subclasses():
    """An instance without, then with an attribute; then of a class with __slots__."""
    for what, base, args in (
            ("int", int, (7,)), ("int large", int, (1 << 70,)), ("float", float, (1.5,)),
            ("complex", complex, (1.5,)), ("str ascii", str, ("x" * 10,)),
            ("str latin1", str, ("é" * 10,)), ("str UCS4", str, (chr(0x1f600) * 10,)),
            ("bytes", bytes, (b"x" * 10,)), ("bytearray", bytearray, (b"x" * 10,)),
            ("tuple", tuple, ((A, B, C),)), ("list", list, ((A, B, C),)),
            ("dict", dict, ({"a": A, "b": B},)), ("dict int", dict, ({1: A},)),
            ("set", set, (HUNDRED[:10],)), ("frozenset", frozenset, (HUNDRED[:3],)),
            ("deque", collections.deque, (HUNDRED,)),
            ("OrderedDict", collections.OrderedDict, ({"a": A},)),
            ("defaultdict", collections.defaultdict, (list, {"a": A})),
            ("Exception", Exception, ("x",)), ("OSError", OSError, (2, "x")),
            ("property", property, (nothing,)), ("staticmethod", staticmethod, (nothing,)),
            ("module", types.ModuleType, ("m",)), ("partial", functools.partial, (nothing, A)),
            ("enumerate", enumerate, (HUNDRED,)), ("SimpleNamespace", types.SimpleNamespace, ())):
        def prepare(base=base, args=args):
            derived = type("Derived", (base,), {})
            return lambda: derived(*args)
        setup(f"subclass of {what}")(prepare)

        def prepare_attribute(base=base, args=args):
            derived = type("Derived", (base,), {})

            def make():
                instance = derived(*args)
                instance.x = A
                return instance
            return make
        setup(f"subclass of {what} and an attribute")(prepare_attribute)

        def prepare_slots(base=base, args=args):
            derived = type("Derived", (base,), {"__slots__": ()})
            return lambda: derived(*args)
        if base is not property:
            setup(f"subclass of {what} and no slots")(prepare_slots)

        def prepare_filled(base=base, args=args):
            derived = type("Derived", (base,), {"__slots__": ("x", "y")})

            def make():
                instance = derived(*args)
                instance.x = A
                return instance
            return make
        if base not in (int, bytes, tuple, property):
            setup(f"subclass of {what} and two slots")(prepare_filled)


add_subclasses()


def add_slots():
    for slots in ((), ("a",), ("a", "b"), tuple(NAMES[:10]), tuple(NAMES[:24]), tuple(NAMES[:31]),
                  ("__dict__",), ("a", "__dict__"), ("__weakref__",), ("a", "b", "__weakref__"),
                  ("a", "__dict__", "__weakref__")):
        name = ", ".join(slots) if len(slots) < 4 else len(slots)

        def prepare(slots=slots):
            slotted = type("Slotted", (), {"__slots__": slots})
            return slotted
        setup(f"instance with slots: {name}")(prepare)

        def prepare_filled(slots=slots):
            slotted = type("Slotted", (), {"__slots__": slots})
            kept = [None]

            def make():
                instance = slotted()
                for i in slots:
                    if not i.startswith("_"):
                        setattr(instance, i, A)
                if "__dict__" in slots:
                    instance.more = A
                if "__weakref__" in slots:
                    kept[0] = weakref.ref(instance)
                return instance
            return make
        if slots:
            setup(f"instance with slots used: {name}")(prepare_filled)


add_slots()


@setup("instance of a class with slots that derives from one")
def _():
    base = type("Base", (), {"__slots__": ("a", "b")})
    return type("Derived", (base,), {"__slots__": ("c",)})


@setup("instance without slots of a class with slots")
def _():
    base = type("Base", (), {"__slots__": ("a", "b")})
    return make_class(2, base)


@setup("namedtuple")
def _():
    pair = collections.namedtuple("Pair", "x y")
    return lambda: pair(A, B)


@setup("typing.NamedTuple")
def _():
    class Pair(typing.NamedTuple):
        x: int
        y: int = 0
    return lambda: Pair(A, B)


@setup("dataclass")
def _():
    @dataclasses.dataclass
    class Point:
        x: int
        y: int
    return lambda: Point(A, B)


@setup("dataclass with slots")
def _():
    @dataclasses.dataclass(slots=True)
    class Point:
        x: int
        y: int
    return lambda: Point(A, B)


@setup("dataclass, frozen")
def _():
    @dataclasses.dataclass(frozen=True)
    class Point:
        x: int
        y: int
    return lambda: Point(A, B)


@setup("instance of a generic class")
def _():
    variable = typing.TypeVar("T")

    class Box(typing.Generic[variable]):
        def __init__(self):
            self.x = A
    return lambda: Box[int]()


@setup("instance of an abstract class' subclass")
def _():
    return make_class(1, type("Base", (abc.ABC,), {}))


@setup("instance with cached_property")
def _():
    plain = make_class(1, what=None)
    plain.what = functools.cached_property(nothing)
    plain.what.__set_name__(plain, "what")

    def make():
        instance = plain()
        instance.what  # pylint: disable=pointless-statement
        return instance
    return make


@setup("Enum member")
def _():
    def make():
        class Colour(enum.Enum):
            RED = 1
            GREEN = 2
        return Colour.RED
    return make


@setup("IntEnum member")
def _():
    def make():
        class Colour(enum.IntEnum):
            RED = 1
            GREEN = 2
        return Colour.RED
    return make


@setup("Flag member")
def _():
    def make():
        class Right(enum.Flag):
            READ = 1
            WRITE = 2
        return Right.READ | Right.WRITE
    return make


# ---- Classes ----

class Meta(type):
    pass


class Base:
    pass


def define_class():
    class Plain:
        def __init__(self):
            self.a = A
    return Plain


def define_documented():
    class Plain:
        """What it is for: to be documented at some length, that is."""

        x: int = 5
    return Plain


def define_slotted():
    class Slotted:
        __slots__ = ("a", "b", "c")
    return Slotted


def with_subclasses(kept):
    plain = define_class()
    kept[0] = [type("Derived", (plain,), {}) for _ in range(30)]
    return plain


def with_instances(kept, n_instances, n_attributes=3):
    plain = make_class(n_attributes)
    kept[0] = [plain() for _ in range(n_instances)]
    return plain


def with_weakref(kept):
    plain = type("Plain", (), {})
    kept[0] = weakref.ref(plain)
    return plain


kind("class", define_class)
kind("class with a docstring", define_documented)
kind("class with slots", define_slotted)
kind("class with slots and __dict__", lambda: type("S", (), {"__slots__": ("a", "__dict__")}))
kind("class by type()", lambda: type("Plain", (), {}))
kind("class derived", lambda: type("Derived", (Base,), {"x": 5}))
kind("class derived from int", lambda: type("Derived", (int,), {}))
kind("class derived from str with slots", lambda: type("Derived", (str,), {"__slots__": ()}))
kind("class derived from Exception", lambda: type("Error", (Exception,), {}))
kind("class derived from two", lambda: type("Derived", (Base, dict), {}))
kind("class with a metaclass", lambda: Meta("Plain", (), {}))
keeping("class with subclasses", with_subclasses)
keeping("class with one instance", lambda kept: with_instances(kept, 1))
keeping("class with 40 instances", lambda kept: with_instances(kept, 40))
keeping("class with many attributes", lambda kept: with_instances(kept, 3, 31))
keeping("class with weak references", with_weakref)
kind("class named in Greek", lambda: type("Ωmega", (), {}))
kind("class of namedtuple", lambda: collections.namedtuple("Pair", "x y"))
kind("class of dataclass", lambda: dataclasses.make_dataclass("Point", ["x", "y"]))
kind("class of dataclass with slots",
     lambda: dataclasses.make_dataclass("Point", ["x", "y"], slots=True))
kind("class of enum", lambda: enum.Enum("Colour", "RED GREEN"))
kind("class abstract", lambda: abc.ABCMeta("Base", (), {}))
kind("class protocol", lambda: types.new_class("P", (typing.Protocol,)))
kind("class built in", lambda: dict)
kind("module", lambda: types.ModuleType("m"))
kind("module with a docstring", lambda: types.ModuleType("m", "what it does"))
kind("module of Python", lambda: dataclasses)
kind("object", object)

main()
