#!/usr/bin/python3
# test-kinds.py - what is said of each kind of object is what the allocator gave
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-kinds.py MINOR ORACLE PYTHON WORKER [--table FILE]

Programs make the same objects in several places: the oracle, which has hooks of its own in
Python's allocators; a plain interpreter, which is asked for sys.getsizeof(); the worker, without
and with its ledger; and heapscape-cli run. What the last three say must be what the first two saw.
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
sys.path.insert(0, os.path.dirname(FOLDER))
import heapworker  # noqa: E402
PROGRAMS = ("builtin", "callables", "classes", "library", "seldom")
FIELDS = ("requested", "getsizeof")
# Regions that were mapped; no allocator sees them.
MAPPINGS = {"mmap anonymous": [65536], "mmap of a file": [8192]}
# Points to a block that a capsule frees, which it keeps (Modules/_ctypes/cfield.c, Z_set()).
NOT_ITS_OWN = ("ctypes c_wchar_p",)
# What the oracle itself must find, in every version: bytes requested for each block. From CPython's
# headers and sources, not from a program.
FACTS = {
    "bool": [], "float": [24], "complex": [32], "int 2**100": [40], "bytes 480": [513],
    "bytearray 10": [11, 56], "list of range 100": [56, 800], "list comprehension 100": [56, 864],
    "tuple 3": [64], "dict empty": [64], "dict 5 str": [64, 120], "dict 5 int": [64, 160],
    "dict 100 int": [64, 4624], "set 4": [216], "set 100": [216, 8192], "slice": [56],
    "cell": [40], "method": [64], "array empty": [80], "deque 100": [232, 528, 528],
    "OrderedDict 3": [32, 32, 32, 64, 120, 128], "mmap anonymous": [96],
    "instance with slots: a, b": [48],
}
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
        self.external = []
        if self.error:
            return
        rounds = [[Block(*block) for block in
                   ([item["main"]] if item["main"] else []) + item["own"]]
                  for item in data["rounds"]]
        self.blocks = rounds[-1]
        self.contested = [Block(*block) for block in data["rounds"][-1]["contested"]]
        self.external = [Block(*block) for block in data["rounds"][-1]["external"]]
        self.is_consistent = len({tuple(sorted(block.requested for block in blocks))
                                  for blocks in rounds}) == 1

    @property
    def requested(self):
        return sum(block.requested for block in self.blocks)


def contain(blocks, sizes):
    """Whether there is a block of its own for each of the sizes."""
    rest = list(blocks)
    for size in sorted(size for size in sizes if size is not None):
        fitting = [block for block in rest if size in block.allowed]
        if not fitting:
            return False
        # The others may be needed for what is larger.
        rest.remove(min(fitting, key=lambda block: max(block.allowed)))
    return None not in sizes


def fit(blocks, sizes):
    """Whether blocks occupy so many bytes each."""
    return len(sizes) == len(blocks) and contain(blocks, sizes)


def count(items):
    """['a', 'a', 'b'] as '2×a b'."""
    items = [str(item) for item in items]
    return " ".join(f"{items.count(item)}×{item}" if items.count(item) > 1 else item
                    for item in dict.fromkeys(items)) or "none"


class Result:
    """What is said of one object."""

    def __init__(self, type_name, occupied, blocks):
        """blocks: tuples of kind, whether shared, whether external, occupied, requested."""
        self.type = type_name
        self.occupied = occupied  # None: unknown
        self.blocks = [block for block in blocks if not block[2]]
        self.external = [block for block in blocks if block[2]]
        self.fields = {}
        self.gap = None

    def __str__(self):
        blocks = count(f"{kind}:{occupied}" + ("" if requested is None else f"<{requested}")
                       for kind, _, _, occupied, requested in self.blocks)
        return blocks + (" (unknown)" if self.occupied is None else "")


def make_result_of_json(item):
    blocks = [(block["kind"], block["shared"], block.get("external", False), block["occupied"],
               block.get("requested")) for block in item["blocks"]]
    result = Result(item["type"], item["occupied"], blocks)
    result.fields = {name: item[name] for name in FIELDS if name in item}
    return result


def find_gap(item, has_ledger):
    """Where the fields of an object's blocks overlap, leave a gap or end too early or late."""
    for number, block in enumerate(item.blocks):
        if block.flags & 2:
            continue
        fields = sorted((field.offset, field.size, field.kind) for field in item.fields
                        if field.block == number)
        start = block.address - item.address if number == 0 else 0
        # A chunk of malloc() begins with its size, or two words if it was mapped alone.
        if not fields or start - fields[0][0] not in (0, 8, 16):
            return f"{block.kind} begins with {fields[:1]} instead of {start}"
        at = fields[0][0]
        for offset, size, _ in fields:
            if offset != at:
                return f"{block.kind} at {at}: {offset}"
            at += size
        if at != fields[0][0] + block.occupied:
            return f"{block.kind} ends at {at} of {block.occupied}"
        padding = sum(size for _, size, kind in fields if kind == "padding")
        if has_ledger and padding + start - fields[0][0] != block.occupied - block.requested:
            return f"{block.kind} has {padding} bytes of padding"
    return None


def make_result_of_object(item, has_ledger):
    blocks = [(block.kind, bool(block.flags & 1), bool(block.flags & 2), block.occupied,
               block.requested if has_ledger else None) for block in item.blocks]
    occupied = None if "blocks-incomplete" in item.flags else item.occupied
    result = Result(item.type, occupied, blocks)
    result.gap = find_gap(item, has_ledger)
    result.fields["getsizeof"] = item.getsizeof
    if has_ledger:
        result.fields["requested"] = None if occupied is None else item.requested
    return result


class Comparison:
    def __init__(self, minor, table):
        self.minor = minor
        self.table = table
        self.n_tests = 0
        self.n_wrong = 0
        self.lines = []
        self.names = set()

    def check_truth(self, name, truth, size):
        found = sorted(block.requested for block in truth.blocks)
        if truth.error or size is None:
            yield "made", "made", truth.error or "not made"
        elif not truth.is_consistent:
            yield "oracle", "the same blocks each time", "others"
        elif truth.contested and name not in NOT_ITS_OWN:
            yield "oracle", "blocks of this object alone", count(truth.contested)
        elif found != FACTS.get(name, found):
            yield "oracle", FACTS[name], found

    def check(self, source, name, truth, result, size):
        """Yields the differences of one kind: field, expected, found."""
        if truth.error or size is None:
            return
        if result is None:
            yield f"made {source}", "made", "not made"
            return
        if not result.type.endswith(truth.type.rpartition(".")[2]):
            yield f"type {source}", truth.type, result.type

        yield from self.check_blocks(source, truth, result)
        yield from self.check_external(source, name, truth, result)
        if result.gap is not None:
            yield f"fields {source}", "each byte once", result.gap

        shared = [occupied for _, is_shared, _, occupied, _ in result.blocks if is_shared]
        requested = truth.requested - sum(block.requested for block in truth.blocks
                                          if block.occupied in shared)
        for field, expected in (("requested", requested), ("getsizeof", size)):
            # Only the ledger knows what was requested.
            if (field, source) == ("requested", "worker"):
                continue
            found = result.fields.get(field, "nothing")
            if field == "requested" and found is None and result.occupied is None:
                continue
            if found != expected:
                yield f"{field} {source}", expected, found

    def check_blocks(self, source, truth, result):
        own = [occupied for _, is_shared, _, occupied, _ in result.blocks if not is_shared]
        sizes = [occupied for _, _, _, occupied, _ in result.blocks]
        # Only the key table of a class is listed with the class, but not counted as its own.
        kinds = {kind for kind, is_shared, _, _, _ in result.blocks if is_shared}
        asked = sorted(requested for _, _, _, _, requested in result.blocks
                       if requested is not None)

        if result.occupied is None and contain(truth.blocks, sizes):
            # What is listed is right, but there may be more.
            yield f"unknown {source}", count(truth.blocks), result
        elif None in sizes or not fit(truth.blocks, sizes) or kinds - {"shared-keys"}:
            yield f"blocks {source}", count(truth.blocks), result
        elif result.occupied != sum(own):
            yield f"occupied {source}", sum(own), result
        elif asked and asked != sorted(block.requested for block in truth.blocks):
            yield f"requested blocks {source}", count(truth.blocks), result

    def check_external(self, source, name, truth, result):
        mapped = [block[3] for block in result.external if block[0] == "mapping"]
        if mapped != MAPPINGS.get(name, []):
            yield f"mapping {source}", MAPPINGS.get(name, []), mapped
        data = [block[3] for block in result.external if block[0] != "mapping"]
        if not fit(truth.external, data):
            yield f"external {source}", count(truth.external), count(data)

    def add(self, name, differences):
        known = {}
        wrong = []
        for field, expected, found in differences:
            reason = find_reason(name, self.minor, field)
            if reason:
                known[reason] = True
            else:
                wrong.append(f"{field}: {expected}; said: {found}")
                self.lines.append(f"{self.minor}\t{name}\t{field}\t{expected}\t{found}")

        self.names.add(name)
        self.n_tests += 1
        self.n_wrong += bool(wrong)
        print(f"{'not ' if wrong else ''}ok {self.n_tests} - {name.replace('#', 'no. ')}")
        for line in wrong + [f"known: {reason}" for reason in known]:
            print("# " + line.replace("\n", "\n# "))

    def finish(self):
        print(f"1..{self.n_tests}")
        if self.table:
            with open(self.table, "a", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in self.lines)


def measure_by_cli(program, minor):
    """What heapscape-cli says: results by the name that the object is bound to, and errors."""
    with tempfile.TemporaryDirectory(prefix="hs-kinds-") as folder:
        path = os.path.join(folder, "result.json")
        run(os.environ["HEAPSCAPE_CLI"], "run", program, "--python", minor, "--arg", "objects",
            "--timeout", "120", "--allow", "network", "--json", path)
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    if data["status"] != "ok":
        raise RuntimeError(f"{data['message']} {data['stderr'][-2000:]}")
    objects = {item["id"]: item for item in data["objects"]}
    return {item["name"]: make_result_of_json(objects[item["id"]]) for item in data["names"]
            if item["scope"] == "__main__"}, json.loads(data["stdout"])["errors"]


def measure_by_worker(program, worker, has_ledger):
    """What a snapshot says, read by other code than that of heapscape-cli."""
    with open(program, "rb") as file:
        source = file.read()
    answer = heapworker.run(worker, source, allow=heapworker.ALLOW_NETWORK, file_name=program,
                            working_folder=FOLDER, args=("objects",), timeout=120,
                            ledger=has_ledger)
    if answer.status != "ok":
        raise RuntimeError(str(answer))
    names = answer.snapshot.scope_names()
    return {name: make_result_of_object(answer.snapshot[name], has_ledger) for name in names
            if name[0] == "k"}, json.loads(answer.stdout)["errors"]


def compare_program(comparison, args, program):
    truths = run_json(args.oracle, program)["kinds"]
    plain = run_json(args.python, "-E", "-s", "-B", program, "getsizeof")
    sources = {}
    for source, measure in (
            ("cli", lambda: measure_by_cli(program, args.minor)),
            ("worker", lambda: measure_by_worker(program, args.worker, False)),
            ("ledger", lambda: measure_by_worker(program, args.worker, True))):
        try:
            sources[source] = measure()
        except RuntimeError as error:
            comparison.add(f"{os.path.basename(program)} by {source}", [("ending", "ok", error)])

    for i, (name, data) in enumerate(truths.items()):
        truth = Truth(data)
        truth.error = truth.error or plain["errors"].get(name)
        size = plain["getsizeof"].get(name)
        differences = list(comparison.check_truth(name, truth, size))
        for source, (results, errors) in sources.items():
            result = None if name in errors else results.get(f"k{i}")
            differences += comparison.check(source, name, truth, result, size)
        comparison.add(name, differences)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("minor")
    parser.add_argument("oracle")
    parser.add_argument("python")
    parser.add_argument("worker")
    parser.add_argument("--table")
    args = parser.parse_args()

    comparison = Comparison(args.minor, args.table)
    for name in PROGRAMS:
        program = os.path.join(FOLDER, f"kinds_{name}.py")
        if os.path.exists(program):
            compare_program(comparison, args, program)
    comparison.add("facts", [("facts", name, "no such kind") for name in FACTS
                             if name not in comparison.names])
    comparison.finish()
    return 1 if comparison.n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
