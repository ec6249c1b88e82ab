# heaprecord.py - reads a record
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""hs-record-format.h, implemented a second time from the header alone."""

import collections
import struct

MOMENT_BEGIN, MOMENT_MARK, MOMENT_COMMENT, MOMENT_END = range(4)
MEMORIES = ("objects", "pool-free", "arena-free", "frames", "malloc", "malloc-free",
            "mapped-files", "mapped-anon", "libraries", "stacks", "own", "unexplained")
FLAG_LEDGER, FLAG_BY_LINE, FLAG_WATCHED, FLAG_FINISHED, FLAG_UNWATCHED = 1, 2, 4, 8, 16
CACHED, MAPPED, DIRTY, COPY, ZERO, SWAPPED, HUGE = 1, 2, 4, 8, 16, 32, 64
MAPPING_CACHE_HIDDEN, MAPPING_MEMORY_FILE, MAPPING_CLOSED, MAPPING_RESIZED = 1, 2, 4, 8
NO_MOMENT = 0xFFFFFFFF
SITE_FIRST = 3

PARTS = (
    ("Sample", "<QQQQQQIIII", "time_ns live_min live_max live_bytes allocated_bytes "
     "allocated_blocks site_max line_max site line"),
    ("Rss", "<QQQQQQQ", "time_ns rss_min rss_max anon file shmem swap"),
    ("Site", "<IIII", "file function line flags"),
    ("Line", "<I4xQQQQQQ", "site total_bytes total_blocks live_bytes live_blocks peak_bytes "
     "at_peak_bytes"),
    ("Moment", "<QQQQIIIIQQQQQQQ12QQ48x", "time_ns pause_ns snapshot_offset snapshot_size kind "
     "flags line name count live_bytes live_blocks peak_bytes total_bytes total_blocks rss"),
    ("Mapping", "<QQQQQIIIIIIII", "object start bytes file_offset file_bytes kind flags file "
     "file_system page_size read_ahead line type"),
    ("PageSample", "<QIIIIQQQQQQQQQQQQi4x", "time_ns mapping flags line moment bytes first_run "
     "n_runs n_cached n_mapped n_dirty n_copies n_swapped n_huge rss_anon rss_file rss_shmem "
     "advice"),
    ("PageRun", "<III", "first_page n_pages state"),
)
NAMES = ("samples", "rss", "sites", "lines", "moments", "mappings", "page_samples", "page_runs")


class Record:
    """The parts as lists of named tuples; texts are resolved."""

    def __init__(self, data, offset, size):
        head = data[offset:offset + 24]
        magic, version, n_parts, total = struct.unpack("<8sIIQ", head)
        assert magic == b"HSREC\r\n\0" and version == 1 and n_parts == 9, (magic, version, n_parts)
        assert total <= size, (total, size)
        (self.flags, self.page_size, self.duration_ns, self.peak_bytes, self.peak_ns,
         self.peak_site, self.peak_line, self.sample_ns, self.rss_ns, self.page_time_ns,
         self.n_page_samples_skipped, self.watch_time_ns) = struct.unpack_from(
             "<II QQQ II QQ QQ Q", data, offset + 24)
        at = offset + 24 + 8 + 24 + 8 + 16 + 16 + 8 + 40
        self.n_lost = []
        tables = []
        for i in range(n_parts):
            part, element, start, capacity, n, n_lost = struct.unpack_from("<II QQQQ", data,
                                                                          at + 40 * i)
            assert part == i and n <= capacity, (part, i, n, capacity)
            self.n_lost.append(n_lost)
            tables.append(data[offset + start:offset + start + n * element])
            if i < len(PARTS):
                assert element == struct.calcsize(PARTS[i][1]), (i, element)

        self.texts = tables[8]
        for i, (name, layout, fields) in enumerate(PARTS):
            if name == "Moment":
                kind = collections.namedtuple(name, fields + " memory n_reached")
                rows = [kind(*row[:15], row[15:27], row[27])
                        for row in struct.iter_unpack(layout, tables[i])]
            else:
                kind = collections.namedtuple(name, fields)
                rows = [kind(*row) for row in struct.iter_unpack(layout, tables[i])]
            setattr(self, NAMES[i], rows)

    def text(self, offset):
        return self.texts[offset:self.texts.index(b"\0", offset)].decode()

    def site(self, number):
        """(file, function, line) of a site; None for those that are no lines."""
        if not SITE_FIRST <= number < SITE_FIRST + len(self.sites):
            return None
        site = self.sites[number - SITE_FIRST]
        return self.text(site.file), self.text(site.function), site.line

    def pages(self, sample_index):
        """The state of every page at a sample, replayed."""
        mapping = self.page_samples[sample_index].mapping
        states = {}
        for sample in self.page_samples[:sample_index + 1]:
            if sample.mapping != mapping:
                continue
            for run in self.page_runs[sample.first_run:sample.first_run + sample.n_runs]:
                for page in range(run.first_page, run.first_page + run.n_pages):
                    states[page] = run.state
        return states
