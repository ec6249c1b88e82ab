# compare-results.py - whether two results of code are the same
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares two pickled results and prints one line of JSON that says what it found.

Standard input: a line with the sizes of both in bytes, then both. The first is the baseline.
Objects of classes that are not known to be harmless become stand-ins, which have the name of
their class, what they are made of and nothing else: no code of theirs runs.

Same means: of the same type and equal, and the same for all that is inside. NaN equals NaN.
"""
import array
import collections
import datetime
import decimal
import fractions
import io
import json
import pickle
import sys

N_PREVIEW = 120  # characters
N_ITEMS = 6

SAFE = {
    "builtins": {"int", "float", "complex", "bool", "str", "bytes", "bytearray", "list", "tuple",
                 "dict", "set", "frozenset", "range", "slice", "object"},
    "collections": {"OrderedDict", "deque", "Counter", "defaultdict"},
    "datetime": {"date", "time", "datetime", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "fractions": {"Fraction"},
    "array": {"array", "_array_reconstructor"},
}
NUMPY = {"_reconstruct", "_frombuffer", "ndarray", "dtype", "scalar"}

# What == says all of.
ATOMS = {int, float, complex, bool, str, bytes, bytearray, type(None), range, slice,
         datetime.date, datetime.time, datetime.datetime, datetime.timedelta, datetime.timezone,
         decimal.Decimal, fractions.Fraction, type(Ellipsis), type(NotImplemented)}
SEQUENCES = {list, tuple, collections.deque}
DICTS = {dict, collections.OrderedDict, collections.Counter, collections.defaultdict}
SETS = {set, frozenset}


# ---- Stand-ins ----

class StandIn:
    """An object of a class that is not loaded."""

    __slots__ = ("args", "state", "items", "pairs", "known_hash")

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self.args = args + tuple(sorted(kwargs.items()))
        self.state = {}
        self.items = []
        self.pairs = {}
        self.known_hash = None
        return self

    def __setstate__(self, state):
        self.state = normalise(state)

    def append(self, item):
        self.items.append(item)

    def extend(self, items):
        self.items.extend(items)

    def add(self, item):
        self.items.append(item)

    def __setitem__(self, key, value):
        self.pairs[key] = value

    def __eq__(self, other):
        return find_difference(self, other) is None

    def __hash__(self):
        if self.known_hash is None:
            self.known_hash = hash((type(self).qualified, shallow_hash(self.args),
                                    shallow_hash(values_of(self.state)), len(self.items)))
        return self.known_hash


def shallow_hash(values):
    total = []
    for value in values:
        try:
            total.append(hash(value))
        except TypeError:
            total.append(hash(type(value).__name__))
    return hash(tuple(total))


def normalise(state):
    """Attributes are attributes, whether they are in a __dict__ or in slots."""
    if state is None:
        return {}
    if (type(state) is tuple and len(state) == 2 and type(state[1]) is dict and
            (state[0] is None or type(state[0]) is dict)):
        return {**(state[0] or {}), **state[1]}
    return state


def values_of(state):
    if type(state) is dict:
        return list(state.values())
    return state if type(state) in (list, tuple) else [state]


class Reader(pickle.Unpickler):
    stand_ins = {}  # of both results

    def find_class(self, module, name):
        if name in SAFE.get(module, ()):
            return getattr(sys.modules.get(module) or __import__(module), name)
        if module.split(".")[0] == "numpy" and name in NUMPY:
            try:
                return super().find_class(module, name)
            except (ImportError, AttributeError):
                pass
        key = (module, name)
        if key not in self.stand_ins:
            qualified = name if module in ("__main__", "builtins") else f"{module}.{name}"
            self.stand_ins[key] = type(name.split(".")[-1], (StandIn,),
                                       {"__slots__": (), "qualified": qualified})
        return self.stand_ins[key]


# ---- Words ----

def name_type(value):
    kind = type(value)
    if issubclass(kind, StandIn):
        return kind.qualified
    if isinstance(value, type):
        return "type"
    if kind.__module__ in ("builtins", "__main__"):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def cut(text, n=N_PREVIEW):
    return text if len(text) <= n else text[:n - 1] + "…"


def join(texts, total):
    return ", ".join(texts) + (f", … {total} in all" if total > N_ITEMS else "")


def first_of(items):
    return [item for item, _ in zip(items, range(N_ITEMS))]


def describe_container(value, depth):
    kind = type(value)
    if kind in DICTS:
        pairs = [f"{describe(key, depth)}: {describe(item, depth)}"
                 for key, item in first_of(value.items())]
        return "{" + join(pairs, len(value)) + "}"
    begin, end = {list: "[]", tuple: "()"}.get(kind, "{}" if kind in SETS else "[]")
    items = join([describe(item, depth) for item in first_of(value)], len(value))
    return begin + items + ("," if kind is tuple and len(value) == 1 else "") + end


def describe(value, depth=0):
    """As repr() writes it, but not all of it."""
    kind = type(value)
    if kind is int and value.bit_length() > 4000:
        return f"int, {value.bit_length()} bits"
    if kind in (str, bytes, bytearray) and len(value) > N_PREVIEW:
        return cut(repr(value[:N_PREVIEW])) + f" {len(value)} in all"
    if kind in ATOMS:
        return cut(repr(value))
    if isinstance(value, type):
        return getattr(value, "qualified", value.__qualname__)
    if kind in SEQUENCES | DICTS | SETS:
        return "…" if depth > 2 else cut(describe_container(value, depth + 1))
    if isinstance(value, StandIn):
        if depth > 2:
            return f"{kind.qualified}(…)"
        parts = [describe(item, depth + 1) for item in first_of(value.args)]
        if type(value.state) is dict:
            parts += [f"{key}={describe(item, depth + 1)}"
                      for key, item in first_of(value.state.items())]
        parts += [describe(item, depth + 1) for item in first_of(value.items)]
        return cut(f"{kind.qualified}({', '.join(parts)})")
    if kind is array.array:
        items = join([repr(item) for item in value[:N_ITEMS]], len(value))
        return cut(f"array({value.typecode!r}, [{items}])")
    return cut(repr(value))


def write_path(path):
    text = "result"
    for kind, key in path:
        if kind == "index":
            text += f"[{key}]"
        elif kind == "key":
            text += f"[{cut(describe(key), 40)}]"
        elif kind == "attribute":
            text += f".{key}"
    return cut(text, 200)


# ---- Comparing ----

def is_nan(value):
    return value != value


class Difference:
    """@kind: type, value, length, missing (not in the second), extra (only in the second)"""

    def __init__(self, kind, first, second):
        self.kind = kind
        self.first = first
        self.second = second
        self.path = ()


def is_plain(first, second):
    """Two lists of atoms, compared at once."""
    kinds = list(map(type, first))
    return ATOMS.issuperset(kinds) and kinds == list(map(type, second)) and first == second


def walk_sequence(first, second):
    for i, (one, other) in enumerate(zip(first, second)):
        yield ("index", i), one, other


def walk_pairs(first, second, kind="key"):
    for key, one in first.items():
        yield (kind, key), one, second[key]


def compare_sequences(first, second):
    if len(first) != len(second):
        return Difference("length", len(first), len(second))
    return None if is_plain(first, second) else walk_sequence(first, second)


def compare_dicts(first, second, kind="key"):
    for key in first:
        if key not in second:
            return Difference("missing", key, None)
    keys = {key: key for key in second}
    for key in second:
        if key not in first:
            return Difference("extra", None, key)
    for key in first:
        if type(key) is not type(keys[key]):
            return Difference("missing", key, None)
    return walk_pairs(first, second, kind)


def compare_sets(first, second):
    one = {item for item in first if item == item}
    other = {item for item in second if item == item}
    for item in one - other:
        return Difference("missing", item, None)
    for item in other - one:
        return Difference("extra", None, item)
    if len(first) != len(second):
        return Difference("length", len(first), len(second))
    kinds = collections.Counter(map(type, first)), collections.Counter(map(type, second))
    return None if kinds[0] == kinds[1] else Difference("value", first, second)


def compare_stand_ins(first, second):
    one, other = first.state, second.state
    # A frozen dataclass with slots pickles a list of its fields, one without their names.
    if type(one) is not type(other) and {type(one), type(other)} == {list, dict}:
        one, other = values_of(one), values_of(other)
    for a, b in ((first.args, second.args), (first.items, second.items)):
        if len(a) != len(b):
            return Difference("length", len(a), len(b))
    if type(one) is dict and type(other) is dict:
        found = compare_dicts(one, other, "attribute")
        if isinstance(found, Difference):
            return found
        attributes = [found]
    else:
        attributes = [iter(((("attribute", "__getstate__()"), one, other),))]
    found = compare_dicts(first.pairs, second.pairs)
    if isinstance(found, Difference):
        return found

    def walk():
        yield from walk_sequence(first.args, second.args)
        for pairs in attributes:
            yield from pairs
        yield from walk_sequence(first.items, second.items)
        yield from found

    return walk()


def compare_numpy(first, second):
    numpy = sys.modules["numpy"]
    if first.dtype != second.dtype:
        return Difference("value", f"dtype {first.dtype}", f"dtype {second.dtype}")
    if first.shape != second.shape:
        return Difference("value", f"shape {first.shape}", f"shape {second.shape}")
    if first.dtype.hasobject:
        return walk_sequence(first.ravel().tolist(), second.ravel().tolist())
    same = (first == second) | ((first != first) & (second != second))
    if bool(numpy.all(same)):
        return None
    at = int(numpy.argmin(numpy.ravel(same)))
    one, other = numpy.ravel(first)[at].item(), numpy.ravel(second)[at].item()
    return iter(((("index", at), one, other),))


def compare(first, second):
    """None: the same; a Difference; or an iterator over what is inside."""
    if first is second:
        return None
    kind = type(first)
    if kind is not type(second):
        return Difference("type", first, second)
    if kind in ATOMS:
        if first == second or (kind is not complex and is_nan(first) and is_nan(second)):
            return None
        if kind is complex and repr(first) == repr(second):
            return None
        return Difference("value", first, second)
    if isinstance(first, type):
        return Difference("value", first, second)
    if issubclass(kind, StandIn):
        return compare_stand_ins(first, second)
    if kind in SEQUENCES:
        return compare_sequences(first, second)
    if kind in DICTS:
        return compare_dicts(first, second)
    if kind in SETS:
        return compare_sets(first, second)
    if kind is array.array:
        if first.typecode != second.typecode:
            return Difference("value", first, second)
        return compare_sequences(list(first), list(second))
    if kind.__module__.split(".")[0] == "numpy" and hasattr(first, "dtype"):
        return compare_numpy(first, second)
    return None if first == second else Difference("value", first, second)


def find_difference(first, second):
    """The first difference, depth first; None if they are the same."""
    seen = {}  # pairs that are being compared, or have been; kept, so that an id stays theirs
    stack = [iter(((None, first, second),))]
    path = []
    while stack:
        for step, one, other in stack[-1]:
            found = compare(one, other)
            if found is None:
                continue
            if isinstance(found, Difference):
                found.path = tuple(path[1:] + [step]) if step is not None else ()
                return found
            if (id(one), id(other)) in seen:
                continue
            seen[id(one), id(other)] = one, other
            path.append(step)
            stack.append(found)
            break
        else:
            stack.pop()
            if path:
                path.pop()
    return None


# ---- The program ----

def report(found):
    if found is None:
        return {"same": True}
    answer = {"same": False, "kind": found.kind, "where": write_path(found.path)}
    if found.kind == "length":
        answer["first_length"], answer["second_length"] = found.first, found.second
        return answer
    if found.kind != "extra":
        answer["first"], answer["first_type"] = describe(found.first), name_type(found.first)
    if found.kind != "missing":
        answer["second"], answer["second_type"] = describe(found.second), name_type(found.second)
    return answer


def read(data):
    return Reader(io.BytesIO(data)).load()


def main():
    sizes = [int(size) for size in sys.stdin.buffer.readline().split()]
    try:
        first, second = [read(sys.stdin.buffer.read(size)) for size in sizes]
        answer = report(find_difference(first, second))
    except MemoryError:
        answer = {"problem": "MemoryError"}
    except Exception as error:
        answer = {"problem": cut(f"{type(error).__name__}: {error}", 200)}
    print(json.dumps(answer))


main()
