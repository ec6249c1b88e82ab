# heapsnapshot.py - reads snapshots
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""hs-snapshot-format.h, implemented a second time from the header alone.

Columns stay as they are, as views of the bytes; what is asked for is decoded then. For millions of
objects use the columns (Snapshot.decode(), .columns), for a few the Objects.
"""

import array
import collections
import struct

FAMILIES = ("other", "container", "text", "number", "callable", "class", "instance", "module",
            "buffer")
BLOCKS = ("main", "items", "keys", "values", "table", "buffer", "utf8", "shared-keys", "extra",
          "mapping", "data")
SHARED, EXTERNAL = 1, 2
EDGES = ("other", "attribute", "slot", "index", "key", "value", "member", "cell", "local", "stack",
         "field", "class")
POSITIONS = ("index", "member", "stack")
POOLS = ("untouched", "free", "in-use", "damaged")
NO_MAP = (1 << 32) - 1
FIELDS = ("padding", "unused", "pointer", "object", "unsigned", "signed", "bits", "double", "text",
          "items")
FLAGS = {"gc": 1, "immortal": 2, "static": 4, "interned-mortal": 8, "interned-immortal": 16,
         "interned-static": 32, "blocks-incomplete": 64, "boundary": 128, "preview-cut": 256,
         "edges-incomplete": 512, "instance": 1024, "baseline": 2048, "own-sizeof": 4096,
         "unreached": 8192, "name-characters": 16384}
LEDGER, LEDGER_LINES, ALL_OBJECTS, CONSTANTS, FIELDS_CUT = 1, 2, 4, 8, 16  # HsInfoFlags
VALUE_NONE, VALUE_LENGTH, VALUE_TEXT, VALUE_INT, VALUE_FLOAT = range(5)
BASELINE, NO_LINE, OTHERS = 0, 1, 2  # sites
NONE = (1 << 64) - 1
LOW = (1 << 32) - 1

COLUMNS = {
    "TNAM": "I", "TMOD": "I", "TFAM": "B", "TVAL": "B", "TPRE": "B",
    "OADR": "I", "OTYP": "H", "OREF": "B", "OFLG": "H", "OVAL": "Q", "OOCC": "H", "OGSZ": "H",
    "OSLK": "B", "OSIT": "I", "OEDG": "I",
    "LOBJ": "I", "LEDG": "I",
    "BOBJ": "I", "BADR": "I", "BOCC": "H", "BKND": "B", "BFLG": "B", "BREQ": "Q", "BSIT": "I",
    "EDST": "I", "EKND": "B", "ELBL": "I",
    "OFLD": "I", "FBLK": "H", "FOFF": "i", "FSIZ": "Q", "FNAM": "I", "FKND": "B", "FVAL": "Q",
    "AFIL": "I", "AFUN": "I", "ALIN": "I", "ATBY": "Q", "ATBL": "Q", "ALBY": "Q", "ALBL": "Q",
    "SNAM": "I", "SFIL": "I", "SLIN": "I", "SKND": "B",
    "NSCP": "I", "NLBL": "I", "NOBJ": "I",
    "CNAM": "I", "CLIN": "I", "KCOD": "I", "KOBJ": "I", "KKND": "B",
    "RADR": "Q", "PSTA": "B", "PBSZ": "B", "PUSE": "H", "PTCH": "H", "PMAP": "I", "PBAS": "H",
    "MUSE": "Q", "MBAS": "Q",
}
# Narrow columns: their table of wide values, the mark, the factor.
NARROW = {"OADR": ("WADR", 0xffffffff, 16), "OTYP": ("WTYP", 0xffff, 1), "OREF": ("WREF", 0xff, 1),
          "OOCC": ("WOCC", 0xffff, 16), "OGSZ": ("WGSZ", 0xffff, 1), "OSLK": ("WSLK", 0xff, 1),
          "BADR": ("WBAD", 0xffffffff, 16), "BOCC": ("WBOC", 0xffff, 16)}
WIDE = [wide for wide, _, _ in NARROW.values()] + ["WLEN"]

Counts = collections.namedtuple("Counts", "live_bytes live_blocks peak_bytes total_bytes "
                                "total_blocks")
Site = collections.namedtuple("Site", "file function line total_bytes total_blocks live_bytes "
                              "live_blocks")
Field = collections.namedtuple("Field", "block offset size name kind value")
Memory = collections.namedtuple("Memory", "arena_size pool_size pool_header n_arenas_left_out "
                                "n_pools_without_map large_blocks large_bytes "
                                "large_baseline_blocks large_baseline_bytes")
# Sets of blocks as numbers, bit i: block i; None: there is no map.
Pool = collections.namedtuple("Pool", "address state block_size n_blocks n_touched n_used "
                              "n_baseline used baseline")


class Block(collections.namedtuple("Block", "kind occupied flags address")):
    """With the ledger also .requested (None: unknown) and .site."""


class Edge:
    def __init__(self, kind, label, to):
        self.kind, self.label, self.to = kind, label, to

    def __repr__(self):
        return f"{self.kind} {self.label!r}"


def find(column, value):
    """The first place in an ascending column whose element is not below value."""
    low, high = 0, len(column)
    while low < high:
        middle = (low + high) // 2
        if column[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


def known(number):
    return None if number == NONE else number


class Object:
    """One row of the snapshot; edges lead to other Objects."""

    def __init__(self, snapshot, index):
        c = snapshot.columns
        self.snapshot = snapshot
        self.index = index
        self.address = snapshot.get("OADR", index)
        self.type_index = snapshot.get("OTYP", index)
        self.type = snapshot.string(c["TNAM"][self.type_index])
        self.module = snapshot.string(c["TMOD"][self.type_index])
        self.family = FAMILIES[c["TFAM"][self.type_index]]
        self.refcount = snapshot.get("OREF", index)
        self.flags = {name for name, bit in FLAGS.items() if c["OFLG"][index] & bit}
        self.getsizeof = known(snapshot.get("OGSZ", index))
        self.blocks = self.make_blocks()

    def make_blocks(self):
        snapshot, c, index = self.snapshot, self.snapshot.columns, self.index
        traced = len(c["OSLK"]) != 0
        blocks = []
        occupied = snapshot.get("OOCC", index)
        if occupied:
            block = Block("main", occupied, 0, self.address - c["TPRE"][self.type_index])
            slack = snapshot.get("OSLK", index) if traced else NONE
            block.requested = None if NONE in (slack, occupied) else occupied - slack
            block.site = c["OSIT"][index] if traced else BASELINE
            blocks.append(block)
        for i in range(find(c["BOBJ"], index), find(c["BOBJ"], index + 1)):
            block = Block(BLOCKS[c["BKND"][i]], snapshot.get("BOCC", i), c["BFLG"][i],
                          snapshot.get("BADR", i))
            block.requested = known(c["BREQ"][i]) if len(c["BREQ"]) else None
            block.site = c["BSIT"][i] if len(c["BSIT"]) else BASELINE
            blocks.append(block)
        return blocks

    @property
    def preview(self):
        kind = self.snapshot.columns["TVAL"][self.type_index]
        value = self.snapshot.columns["OVAL"][self.index]
        if kind == VALUE_TEXT:
            return self.snapshot.string(value & LOW)
        if kind == VALUE_INT:
            if value & 1:
                return self.snapshot.string(value >> 1)
            return str((value - (1 << 64) if value >> 63 else value) // 2)
        if kind == VALUE_FLOAT:
            return repr(struct.unpack("<d", struct.pack("<Q", value))[0])
        return ""

    @property
    def text_hash(self):
        """What tells texts apart whose preview is cut; None if it is not there."""
        if "preview-cut" not in self.flags or self.type != "str":
            return None
        end = self.snapshot.strings.index(0, self.snapshot.columns["OVAL"][self.index] & LOW) + 1
        return struct.unpack_from("<Q", self.snapshot.strings, end)[0]

    @property
    def length(self):
        kind = self.snapshot.columns["TVAL"][self.type_index]
        value = self.snapshot.columns["OVAL"][self.index]
        if kind == VALUE_LENGTH:
            return known(value)
        if kind == VALUE_TEXT:
            if value >> 32 != LOW:
                return value >> 32
            return self.snapshot.wide["WLEN"].get(self.index)
        return None

    @property
    def edges(self):
        c = self.snapshot.columns
        first, end = c["OEDG"][self.index], c["OEDG"][self.index + 1]
        if first == end:
            late = find(c["LOBJ"], self.index)
            if late < len(c["LOBJ"]) and c["LOBJ"][late] == self.index:
                first, end = c["LEDG"][late], c["LEDG"][late + 1]
        edges = []
        for i in range(first, end):
            kind = EDGES[c["EKND"][i]]
            label = c["ELBL"][i]
            to = self.snapshot.object(c["EDST"][i])
            if kind not in POSITIONS:
                label = self.snapshot.string(label)
            if kind == "key" and label == "":
                label = to.key_label
            elif kind == "value" and label == "":
                label = edges[-1].label
            edges.append(Edge(kind, label, to))
        return edges

    @property
    def key_label(self):
        """What a reference is called whose key this is."""
        if self.preview or self.type != "tuple" or not 0 < self.length <= 4:
            return self.preview
        items = [edge.to.preview or "…" for edge in self.edges if edge.kind == "index"]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"

    @property
    def fields(self):
        """Those of all its blocks; None if it is not described."""
        c = self.snapshot.columns
        if self.index + 1 >= len(c["OFLD"]):
            return None
        fields = []
        for i in range(c["OFLD"][self.index], c["OFLD"][self.index + 1]):
            kind = FIELDS[c["FKND"][i]]
            value = c["FVAL"][i]
            if kind == "signed":
                value = value - (1 << 64) if value >> 63 else value
            elif kind == "double":
                value = struct.unpack("<d", struct.pack("<Q", value))[0]
            elif kind == "text":
                value = self.snapshot.string(value)
            fields.append(Field(c["FBLK"][i], c["FOFF"][i], c["FSIZ"][i],
                                self.snapshot.string(c["FNAM"][i]), kind, value))
        return fields

    @property
    def occupied(self):
        """Bytes of the object's own blocks."""
        return sum(block.occupied for block in self.blocks if not block.flags & (SHARED | EXTERNAL))

    @property
    def requested(self):
        """What was asked for, for the same blocks; None if it is not known."""
        parts = [block.requested for block in self.blocks
                 if not block.flags & (SHARED | EXTERNAL)]
        return None if None in parts or not self.snapshot.columns["OSLK"] else sum(parts)

    @property
    def external(self):
        return sum(block.occupied for block in self.blocks
                   if block.flags & (SHARED | EXTERNAL) == EXTERNAL)

    @property
    def site(self):
        """Where the main block was allocated; None if there is no line."""
        site = self.blocks[0].site if self.blocks and self.blocks[0].kind == "main" else BASELINE
        return None if site in (BASELINE, NO_LINE, OTHERS) else self.snapshot.site(site)

    @property
    def line(self):
        return self.site.line if self.site else None

    def get(self, label, kind=None):
        """Where the reference with that label leads."""
        for edge in self.edges:
            if edge.label == label and (kind is None or edge.kind == kind):
                return edge.to
        raise KeyError(f"{label!r} of {self}: there is {self.edges}")

    def __repr__(self):
        return f"<{self.type} {self.preview} at {self.address:#x}>"


class Snapshot:
    def __init__(self, view, offset, size):
        data = memoryview(bytes(view[offset:offset + size]))
        magic, major, minor, header_size, n_sections, self.flags, total = struct.unpack_from(
            "<8sHHIIIQ", data)
        assert magic == b"HSSNAP\r\n" and (major, minor) == (2, 1) and total == size
        self.columns = {}
        self.wide = {}
        self.objects_by_index = {}
        self.total_size = total
        for i in range(n_sections):
            name, element, at, n_bytes, _, _ = struct.unpack_from("<4sIQQII", data,
                                                                  header_size + i * 32)
            assert at % 64 == 0 and at + n_bytes <= total and n_bytes % element == 0
            self.take(name.decode(), element, data[at:at + n_bytes])
        assert set(self.columns) == set(COLUMNS) and set(self.wide) == set(WIDE)
        self.n_objects = len(self.columns["OADR"])
        self.size = size
        self.check()

        c = self.columns
        self.scopes = [(self.string(c["SNAM"][i]), "module frame".split()[c["SKND"][i]],
                        self.string(c["SFIL"][i]), c["SLIN"][i]) for i in range(len(c["SNAM"]))]
        self.names = [(c["NSCP"][i], self.string(c["NLBL"][i]), c["NOBJ"][i])
                      for i in range(len(c["NSCP"]))]
        # (code, its line, what for, object) where no name leads to the code
        self.constants = [(self.string(c["CNAM"][code]), c["CLIN"][code],
                           "constant name".split()[c["KKND"][i]], c["KOBJ"][i])
                          for i, code in enumerate(c["KCOD"])]

    def take(self, name, element, data):
        if name == "INFO":
            fields = struct.unpack("<IIQQQQII 5Q 5Q QQQ QQ 3Q", data)
            (self.python_hex, self.line, self.time_ns, self.duration_ns, self.objects_seen,
             self.base_address, self.info_flags, self.n_reached) = fields[:8]
            self.counts, self.baseline = Counts(*fields[8:13]), Counts(*fields[13:18])
            self.arena_bytes, self.arena_free_bytes, self.frame_stack_bytes = fields[18:21]
            self.lost_blocks, self.lost_previews = fields[21:23]
        elif name == "MEMO":
            self.memory = Memory(*struct.unpack("<IIIII 4x QQQQ 32x", data))
        elif name == "STRS":
            self.strings = bytes(data)
        elif name in WIDE:
            assert element == 16
            rows = [(index, value) for value, index, _ in struct.iter_unpack("<QII", data)]
            assert all(rows[i - 1][0] < rows[i][0] for i in range(1, len(rows))), name
            self.wide[name] = dict(rows)
        else:
            self.columns[name] = data.cast(COLUMNS[name])
            assert self.columns[name].itemsize == element

    def check(self):
        """What holds for every snapshot."""
        c, n = self.columns, self.n_objects
        for name in ("OTYP", "OREF", "OFLG", "OVAL", "OOCC", "OGSZ"):
            assert len(c[name]) == n, name
        assert len(c["OEDG"]) == n + 1 and self.n_reached <= n
        assert len(c["OSLK"]) == len(c["OSIT"]) and len(c["OSLK"]) in (0, n)
        assert len(c["BREQ"]) == len(c["BSIT"]) and len(c["BREQ"]) in (0, len(c["BOBJ"]))
        assert bool(self.info_flags & LEDGER) == (len(c["OSLK"]) != 0) or n == 0
        for name, (wide, mark, _) in NARROW.items():
            marks = array.array(COLUMNS[name], c[name].tobytes()).count(mark)
            assert marks == len(self.wide[wide]), (name, marks, len(self.wide[wide]))
            assert all(c[name][i] == mark for i in self.wide[wide]), name
        assert c["LEDG"][0] == c["OEDG"][n] and c["LEDG"][-1] == len(c["EDST"])

    def get(self, name, index):
        """One value of a narrow column."""
        wide, mark, factor = NARROW[name]
        value = self.columns[name][index]
        if value == mark:
            return self.wide[wide][index]
        return value * factor + (self.base_address if name in ("OADR", "BADR") else 0)

    def decode(self, name):
        """All values of a narrow column, as an array of 64-bit numbers."""
        wide, _, factor = NARROW[name]
        base = self.base_address if name in ("OADR", "BADR") else 0
        if factor == 1:
            values = array.array("Q", self.columns[name].tolist())
        else:
            values = array.array("Q", [base + value * factor for value in self.columns[name]])
        for index, value in self.wide[wide].items():
            values[index] = value
        return values

    @property
    def pools(self):
        """By address."""
        c, memory = self.columns, self.memory
        per_arena = memory.arena_size // memory.pool_size
        assert len(c["PSTA"]) == len(c["RADR"]) * per_arena
        pools = []
        for i, state in enumerate(c["PSTA"]):
            address = c["RADR"][i // per_arena] + i % per_arena * memory.pool_size
            if POOLS[state] != "in-use":
                pools.append(Pool(address, POOLS[state], 0, 0, 0, 0, 0, None, None))
                continue
            size, touched, at = c["PBSZ"][i] * 16, c["PTCH"][i], c["PMAP"][i]
            words = slice(at, at + (touched + 63) // 64)
            used = baseline = None
            if at != NO_MAP:
                used = int.from_bytes(c["MUSE"][words].tobytes(), "little")
                if len(c["MBAS"]):
                    baseline = int.from_bytes(c["MBAS"][words].tobytes(), "little")
            pools.append(Pool(address, "in-use", size,
                              (memory.pool_size - memory.pool_header) // size, touched,
                              c["PUSE"][i], c["PBAS"][i] if len(c["PBAS"]) else 0, used, baseline))
        return pools

    @property
    def sites(self):
        return [self.site(i) for i in range(len(self.columns["AFIL"]))]

    def site(self, index):
        c = self.columns
        return Site(self.string(c["AFIL"][index]), self.string(c["AFUN"][index]), c["ALIN"][index],
                    c["ATBY"][index], c["ATBL"][index], c["ALBY"][index], c["ALBL"][index])

    def string(self, offset):
        return self.strings[offset:self.strings.index(0, offset)].decode("utf-8", "surrogateescape")

    def object(self, index):
        if index not in self.objects_by_index:
            self.objects_by_index[index] = Object(self, index)
        return self.objects_by_index[index]

    @property
    def objects(self):
        return [self.object(i) for i in range(self.n_objects)]

    def scope_names(self, scope=0):
        return [label for in_scope, label, _ in self.names if in_scope == scope]

    def __getitem__(self, name):
        """The object that a name of the first scope is bound to."""
        return self.lookup(0, name)

    def lookup(self, scope, name):
        for in_scope, label, index in self.names:
            if in_scope == scope and label == name:
                return self.object(index)
        raise KeyError(name)
