#!/usr/bin/env python3
# test-getsizeof.py - what a snapshot says that sys.getsizeof() would say
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs ask sys.getsizeof() of their own objects; the snapshot must say the same of each.

test-getsizeof.py WORKER…"""

import array
import collections
import json
import os
import sys

import heapsnapshot
import heapworker

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sizes")
N_KINDS_MIN = 400
N_OBJECTS_MIN = 100000

# What the programs themselves change between the question and the snapshot.
CHANGED = {"everything", "sizes", "addresses", "values", "names"}


def read(*names):
    texts = []
    for name in names:
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def run(worker, source):
    result = heapworker.run(worker, source, output_limit=64 << 20, timeout=100,
                            allow=heapworker.ALLOW_NETWORK)
    assert result.status == "ok", result
    assert result.snapshot is not None and not result.snapshot.flags & 1, result
    return result


def check_kinds(worker):
    """Each kind of object, by its name."""
    result = run(worker, read("builtin.py", "modules.py", "measure.py"))
    expected = json.loads(result.stdout)
    wrong = []
    for name, size in expected.items():
        value = result.snapshot[name]
        if isinstance(size, str):
            is_right = value.getsizeof is None and ("own-sizeof" in value.flags) == (size == "own")
        else:
            is_right = value.getsizeof == size and "own-sizeof" not in value.flags
        if not is_right:
            wrong.append(f"{name} ({value.module}.{value.type}): Python says {size}, "
                         f"the snapshot {value.getsizeof} {sorted(value.flags)}")
    assert not wrong, "\n".join(wrong)
    assert len(expected) >= N_KINDS_MIN, len(expected)
    return len(expected)


def check_heap(worker):
    """All objects of a process, by their addresses."""
    result = run(worker, read("builtin.py", "modules.py", "heap.py"))
    snapshot = result.snapshot
    addresses, sizes = (array.array("Q", bytes.fromhex(line)) for line in
                        result.stdout.decode().split())
    changed = {snapshot[name].address for name in CHANGED if name in snapshot.scope_names()}
    rows = {address: row for row, address in enumerate(snapshot.decode("OADR"))}
    measured = snapshot.decode("OGSZ")
    wrong = []
    missing = collections.Counter()
    n_own = 0
    for address, size in zip(addresses, sizes):
        row = rows.get(address)
        if row is None:
            missing["no such object"] += 1
            continue
        if size in (0, 1):
            n_own += size
            size = heapsnapshot.NONE
        if address not in changed and measured[row] != size:
            value = snapshot.object(row)
            wrong.append(f"{value.module}.{value.type} {value.preview[:40]} at {address:#x}: "
                         f"Python says {size}, the snapshot {value.getsizeof}")
    assert not missing, missing
    assert not wrong, f"{len(wrong)} of {len(sizes)}:\n" + "\n".join(wrong[:40])
    assert len(sizes) >= N_OBJECTS_MIN, len(sizes)
    return len(sizes), n_own


def main():
    for worker in sys.argv[1:] or heapworker.list_workers():
        n_kinds = check_kinds(worker)
        n_objects, n_own = check_heap(worker)
        print(f"{os.path.basename(worker)}: {n_kinds} kinds, {n_objects} objects, "
              f"{n_own} of them with a __sizeof__ in Python: all the same")


if __name__ == "__main__":
    main()
