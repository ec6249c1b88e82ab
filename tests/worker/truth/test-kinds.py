#!/usr/bin/python3
# test-kinds.py - what is said of each kind of object is what the allocator gave
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-kinds.py MINOR ORACLE PYTHON [--table FILE]

Three programs make the same objects: the oracle, which has hooks of its own in Python's
allocators, a plain interpreter, which is asked for sys.getsizeof(), and heapscape-cli run.
Prints TAP, one test for each kind; --table appends the differences to a file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from known import find_reason

FOLDER = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ("builtin", "callables", "classes", "library")
# Fields of DESIGN section 9 that a build may not report yet.
OPTIONAL_FIELDS = ("requested", "getsizeof")
GUARD = 300


def bail_out(message):
    print(f"Bail out! {message}", flush=True)
    sys.exit(1)


def run(*args):
    environment = dict(os.environ)
    # Real interpreters are not measured with a patched allocator.
    environment.pop("MALLOC_PERTURB_", None)
    environment.pop("PYTHONMALLOC", None)
    output = subprocess.run(args, stdout=subprocess.PIPE, timeout=GUARD, env=environment,
                            check=False)
    return output.returncode, output.stdout


def run_json(*args):
    code, output = run(*args)
    try:
        return json.loads(output)
    except ValueError:
        bail_out(f"{args[0]} ended with {code}: {output[-500:]!r}")


class Block:
    """A block that the oracle saw."""

    def __init__(self, requested, occupied, domain, is_chunk):
        self.requested = requested
        self.domain = domain
        # A chunk of malloc() may be 16 bytes longer than asked for, if no other chunk fits into
        # what would have been left of a free one (malloc.c, MINSIZE); which depends on the heap.
        chunk = max(32, (requested + 8 + 15) // 16 * 16)
        self.allowed = {occupied}
        if is_chunk:
            self.allowed |= {occupied - 16, occupied + 16, chunk, chunk + 16}
            self.allowed -= set(range(chunk))
        if requested >= 128 * 1024:
            # Mapped alone or not, as it happened (malloc.c, mmap_threshold).
            self.allowed.add((requested + 16 + 4095) // 4096 * 4096)
        self.occupied = occupied

    def __str__(self):
        return f"{self.requested}>{self.occupied}{self.domain[0].upper()}"


class Truth:
    """What a kind of object is made of."""

    def __init__(self, data):
        self.error = data.get("error")
        self.type = data.get("type")
        self.is_consistent = True
        self.blocks = []
        if self.error:
            return
        rounds = [[Block(*block) for block in
                   ([item["main"]] if item["main"] else []) + item["own"] + item["contested"]]
                  for item in data["rounds"]]
        self.blocks = rounds[-1]
        self.is_consistent = len({tuple(sorted(block.requested for block in blocks))
                                  for blocks in rounds}) == 1

    @property
    def requested(self):
        return sum(block.requested for block in self.blocks)

    def fits(self, sizes):
        """Whether blocks occupy so many bytes each."""
        sizes = sorted(sizes)
        blocks = sorted(self.blocks, key=lambda block: (block.occupied, block.requested))
        return len(sizes) == len(blocks) and all(size in block.allowed for size, block in
                                                 zip(sizes, blocks))


def count(items):
    """['a', 'a', 'b'] as '2×a b'."""
    items = [str(item) for item in items]
    return " ".join(f"{items.count(item)}×{item}" if items.count(item) > 1 else item
                    for item in dict.fromkeys(items)) or "none"


class Result:
    """What heapscape-cli says of one object."""

    def __init__(self, item):
        self.item = item
        self.own = [block for block in item["blocks"] if not block.get("external")
                    and block["kind"] not in ("mapping", "data")]

    def describe(self):
        blocks = count(f"{block['kind']}:{block['occupied']}" for block in self.own)
        if self.item["occupied"] is None:
            blocks += f" (unknown, at least {self.item.get('occupied_at_least')})"
        return blocks


class Comparison:
    def __init__(self, minor, table):
        self.minor = minor
        self.table = table
        self.n_tests = 0
        self.n_wrong = 0
        self.lines = []
        self.missing = set()

    def check(self, name, truth, result, size):
        """Returns the differences of one kind: (field, expected, found)."""
        if truth.error or result is None or size is None:
            yield "made", truth.error or "made", "not made" if None in (result, size) else "made"
            return
        if not truth.is_consistent:
            yield "oracle", "the same blocks each time", "others"

        if not result.item["type"].endswith(truth.type.rpartition(".")[2]):
            yield "type", truth.type, result.item["type"]

        sizes = [block["occupied"] for block in result.own]
        shared = [block["occupied"] for block in result.own if block["shared"]]
        kinds = {block["kind"] for block in result.own if block["shared"]}
        if None in sizes or not truth.fits(sizes) or kinds - {"shared-keys"}:
            yield "blocks", count(truth.blocks), result.describe()
        elif result.item["occupied"] != sum(sizes) - sum(shared):
            yield "occupied", sum(sizes) - sum(shared), result.describe()

        requested = truth.requested - sum(block.requested for block in truth.blocks
                                          if shared and block.occupied in shared)
        for field, expected in (("requested", requested), ("getsizeof", size)):
            if field not in result.item:
                self.missing.add(field)
            elif result.item[field] != expected:
                yield field, expected, result.item[field]

    def add(self, name, differences):
        excused = []
        wrong = []
        for field, expected, found in differences:
            reason = find_reason(name, self.minor, field)
            if reason:
                excused.append(f"{field}: {reason}")
            else:
                wrong.append(f"{field}: {expected}; said: {found}")
                self.lines.append(f"{self.minor}\t{name}\t{field}\t{expected}\t{found}")

        self.n_tests += 1
        self.n_wrong += bool(wrong)
        note = f" # SKIP {'; '.join(excused)}" if excused and not wrong else ""
        print(f"{'not ' if wrong else ''}ok {self.n_tests} - {name.replace('#', 'no. ')}{note}")
        for line in wrong:
            print(f"# {line}")

    def finish(self):
        print(f"1..{self.n_tests}")
        if self.missing:
            print(f"# not reported yet: {', '.join(sorted(self.missing))}")
        if self.table:
            with open(self.table, "a", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in self.lines)


def measure(program, minor):
    """What heapscape-cli says: the objects by the number of their kind, and the errors."""
    with tempfile.TemporaryDirectory(prefix="hs-kinds-") as folder:
        path = os.path.join(folder, "result.json")
        run(os.environ["HEAPSCAPE_CLI"], "run", program, "--python", minor, "--arg", "objects",
            "--timeout", "120", "--json", path)
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    if data["status"] != "ok":
        bail_out(f"{program} ended with {data['message']}: {data['stderr'][-2000:]}")
    objects = {item["id"]: item for item in data["objects"]}
    return {item["name"]: Result(objects[item["id"]]) for item in data["names"]
            if item["scope"] == "__main__"}, json.loads(data["stdout"])["errors"]


def compare_program(comparison, args, program):
    truths = run_json(args.oracle, program)["kinds"]
    plain = run_json(args.python, "-E", "-s", "-B", program, "getsizeof")
    results, errors = measure(program, args.minor)

    for i, (name, data) in enumerate(truths.items()):
        truth = Truth(data)
        for problems in (plain["errors"], errors):
            truth.error = truth.error or problems.get(name)
        comparison.add(name, list(comparison.check(name, truth, results.get(f"k{i}"),
                                                   plain["getsizeof"].get(name))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("minor")
    parser.add_argument("oracle")
    parser.add_argument("python")
    parser.add_argument("--table")
    args = parser.parse_args()

    comparison = Comparison(args.minor, args.table)
    for name in PROGRAMS:
        program = os.path.join(FOLDER, f"kinds_{name}.py")
        if os.path.exists(program):
            compare_program(comparison, args, program)
    comparison.finish()
    return 1 if comparison.n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
