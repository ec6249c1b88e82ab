# heap.py - what sys.getsizeof() says of all objects of a process that has loaded a lot
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in a worker, behind builtin.py and modules.py. Prints the address and the size of each
object that the garbage collector knows, or that one of those leads to; the size 0 if it raises, 1
if its class says so in Python. All are held until the end, so that the addresses stay theirs."""

import array
import gc
import importlib
import sys
import types

# What opens windows or browsers, or tests itself; crypt crashes under AddressSanitizer.
SKIPPED = {"antigravity", "this", "idlelib", "turtledemo", "turtle", "tkinter", "test", "lib2to3",
           "__phello__", "__hello__", "_tkinter", "pty", "tty", "rlcompleter", "crypt", "_crypt"}


def load_everything():
    for name in sorted(sys.stdlib_module_names - SKIPPED):
        try:
            importlib.import_module(name)
        except BaseException:
            pass


def find_all():
    """A list of every object, each once."""
    found = {id(value): value for value in gc.get_objects()}
    waiting = list(found.values())
    while waiting:
        for referent in gc.get_referents(waiting.pop()):
            if id(referent) not in found:
                found[id(referent)] = referent
                waiting.append(referent)
    return list(found.values())


def measure_one(value):
    method = None
    for base in type(value).__mro__:
        if "__sizeof__" in vars(base):
            method = vars(base)["__sizeof__"]
            break
    if type(method) is not types.MethodDescriptorType or method.__name__ != "__sizeof__":
        return 1
    try:
        return sys.getsizeof(value)
    except TypeError:
        return 0


def measure_all():
    """Fills sizes, which is as long as everything, and makes nothing that stays."""
    for i in range(len(everything)):
        sizes[i] = measure_one(everything[i])


load_everything()
gc.collect()
gc.disable()
everything = []
sizes = array.array("Q")
addresses = array.array("Q")
everything.extend(find_all())
addresses.extend(map(id, everything))
sizes.extend(addresses)
measure_all()
measure_all()
sys.stdout.write(addresses.tobytes().hex() + "\n" + sizes.tobytes().hex() + "\n")
sys.stdout.flush()
