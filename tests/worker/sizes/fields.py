# fields.py - what Python itself says of objects whose fields are known
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in a worker, behind builtin.py and modules.py. Prints, as JSON, for each global name that
begins with k_ the address of its type, and what some of its fields should hold."""

import array
import collections
import json
import sys
import types


def digits(number):
    """As many digits of 30 bits as the number has."""
    number = abs(number)
    found = []
    while number or not found:
        found.append(number & 0x3fffffff)
        number >>= 30
    return found


def ids(values):
    return [id(value) for value in values]


def expect(value):
    expected = {"ob_type": id(type(value))}
    kind = type(value)
    if isinstance(value, int):
        expected["ob_digit"] = digits(value)
    elif isinstance(value, float):
        expected["ob_fval"] = value
    elif kind is complex:
        expected["cval"] = [value.real, value.imag]
    elif kind in (str, bytes):
        expected["text"] = repr(value)
        expected["length"] = len(value)
    elif isinstance(value, (list, tuple)):
        expected["ob_size"] = len(value)
        expected["ob_item"] = ids(list.__iter__(value) if isinstance(value, list)
                                  else tuple.__iter__(value))
    elif kind in (dict, collections.defaultdict):
        expected["ma_used"] = len(value)
        expected["entries"] = [[id(key), id(item)] for key, item in value.items()]
    elif isinstance(value, (set, frozenset)):
        expected["used"] = len(value)
        expected["members"] = sorted(ids(value))
    elif kind is collections.deque:
        expected["ob_size"] = len(value)
        expected["data"] = ids(value)
    elif kind is array.array:
        if value.typecode != "u":
            expected["items"] = value.tolist()
    elif kind is types.FunctionType:
        expected["fields"] = {"func_code": id(value.__code__),
                              "func_globals": id(value.__globals__),
                              "func_name": id(value.__name__),
                              "func_closure": id(value.__closure__) if value.__closure__ else 0}
    elif kind is types.CodeType:
        expected["fields"] = {"co_consts": id(value.co_consts), "co_name": id(value.co_name),
                              "co_argcount": value.co_argcount, "co_flags": value.co_flags,
                              "co_firstlineno": value.co_firstlineno}
    elif kind is types.MethodType:
        expected["fields"] = {"im_func": id(value.__func__), "im_self": id(value.__self__)}
    elif kind is slice:
        expected["fields"] = {"start": id(value.start), "stop": id(value.stop)}
    elif kind is types.CellType:
        try:
            expected["fields"] = {"ob_ref": id(value.cell_contents)}
        except ValueError:
            expected["fields"] = {"ob_ref": 0}
    elif isinstance(value, type):
        expected["fields"] = {"tp_basicsize": value.__basicsize__, "tp_flags": value.__flags__,
                              "tp_itemsize": value.__itemsize__,
                              "tp_base": id(value.__base__) if value.__base__ else 0,
                              "tp_mro": id(value.__mro__)}
        if value.__flags__ & (1 << 9):
            expected["fields"]["ht_name"] = id(type.__dict__["__name__"].__get__(value))
    return expected


def attributes_of(value):
    """Slots, and attributes as long as there is no __dict__ (which asking would make)."""
    found = {}
    for base in type(value).__mro__:
        for name, descriptor in vars(base).items():
            if type(descriptor) is types.MemberDescriptorType and base.__flags__ & (1 << 9):
                try:
                    found[name] = id(descriptor.__get__(value))
                except AttributeError:
                    found[name] = 0
    return found


names = [name for name in globals() if name.startswith("k_")]
said = {name: expect(globals()[name]) for name in names}
for name in ("k_slots", "k_slots_weak", "k_slots_dict", "k_derived", "k_data_slots"):
    said[name]["attributes"] = attributes_of(globals()[name])
said["k_instance"]["attributes"] = {f"a{i}": id(getattr(k_instance, f"a{i}")) for i in range(3)}
said["k_generator"]["attributes"] = {"a": id(1), "b": id(2), "c": id(3)}
print(json.dumps(said))
sys.stdout.flush()
