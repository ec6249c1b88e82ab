# measure.py - what sys.getsizeof() says of each object that has a name
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints, as JSON, a number for each global name that begins with k_: "own" if its class says so in
Python, "other" if another method stands there, "error" if it raises."""

import json
import sys
import types


def measure(value):
    method = getattr(type(value), "__sizeof__", None)
    if not isinstance(method, types.MethodDescriptorType):
        return "own"
    if method.__name__ != "__sizeof__":
        return "other"
    try:
        return sys.getsizeof(value)
    except TypeError:
        return "error"


names = [name for name in globals() if name.startswith("k_")]
values = {name: measure(globals()[name]) for name in names}
print(json.dumps(values))
