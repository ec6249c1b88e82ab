/* hs-record-format.h - the bytes of a record: what happened while the code ran
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "hs-snapshot-format.h"

/* A snapshot is one moment; a record is the time between them. It is a header with
 * a table of parts, and one array for each part, at its own place of a sparse file.
 * It is filled in place while the code runs, row by row, and is valid at every
 * moment: a row counts as soon as the number of its part says so. What was
 * recorded is there even if the process is killed.
 *
 * The size is bounded, however long the run: parts have a capacity. Rows that
 * find no room are counted (HsRecordPart.n_lost), or make room: samples of the
 * two curves are merged in pairs, each keeping the extremes of both.
 *
 * Numbers are little-endian. "text" is the byte offset of a NUL-ended text in
 * HS_RECORD_TEXTS; 0 is the empty text. "site" is the number that snapshots of
 * the same run use. Times are nanoseconds since the code began. Like a snapshot,
 * a record is hostile input until hs_record_view_init() has accepted it.
 */
#define HS_RECORD_MAGIC   "HSREC\r\n" /* with its NUL 8 bytes */
#define HS_RECORD_VERSION 1

#define HS_RECORD_ALIGNMENT 64

typedef enum
{
  HS_RECORD_SAMPLES = 0,  /* HsRecordSample, by time: live bytes of Python's allocators */
  HS_RECORD_RSS,          /* HsRecordRss, by time: memory of the process, seen from outside */
  HS_RECORD_SITES,        /* HsRecordSite, by number from HS_SITE_FIRST on */
  HS_RECORD_LINES,        /* HsRecordLine: what each site has allocated, at the last moment */
  HS_RECORD_MOMENTS,      /* HsRecordMoment, by time; the first is the beginning */
  HS_RECORD_MAPPINGS,     /* HsRecordMapping, in the order in which they were found */
  HS_RECORD_PAGE_SAMPLES, /* HsRecordPageSample, by time */
  HS_RECORD_PAGE_RUNS,    /* HsRecordPageRun: in which pages two samples differ */
  HS_RECORD_TEXTS,        /* char */
  HS_RECORD_N_PARTS
} HsRecordPartId;

typedef struct
{
  uint32_t id;           /* HsRecordPartId */
  uint32_t element_size; /* bytes */
  uint64_t offset;       /* from the header, a multiple of HS_RECORD_ALIGNMENT */
  uint64_t capacity;     /* elements */
  uint64_t n;            /* elements that are there; stored last (atomic) */
  uint64_t n_lost;       /* that found no room */
} HsRecordPart;

typedef enum
{
  HS_RECORD_LEDGER = 1 << 0,  /* samples, peak and counts are there */
  HS_RECORD_BY_LINE = 1 << 1, /* and the lines that allocated */
  /* Lines were watched for marks or mappings: the code was slowed, and frame
   * objects of the watching are among what was allocated for a moment. A table of
   * lines for each code object that was called stays: some 50 to 1000 bytes, in one
   * block or two, charged to its line.
   */
  HS_RECORD_WATCHED = 1 << 2,
  HS_RECORD_FINISHED = 1 << 3, /* the process came to write everything: it was not killed */
  /* The code has set a trace function of its own, which ended the watching: marks were
   * passed unseen from then on, and pages only looked at elsewhere.
   */
  HS_RECORD_UNWATCHED = 1 << 4,
} HsRecordFlags;

typedef struct
{
  char     magic[8];
  uint32_t version;
  uint32_t n_parts;
  uint64_t total_size; /* bytes from here to the end of the last part */
  uint32_t flags;      /* HsRecordFlags (atomic) */
  uint32_t page_size;  /* bytes */

  uint64_t duration_ns; /* of the run, from outside; 0: it has not begun */

  /* The most that was live at a time, and where it was reached: exact, but for
   * peak_line above a library that allocates faster than frames can be looked at.
   */
  uint64_t peak_bytes;
  uint64_t peak_ns; /* about: in the sample whose live_max it is */
  uint32_t peak_site;
  uint32_t peak_line; /* of the code's file; 0: none */

  uint64_t sample_ns; /* how much time a sample spans by now, at most about that */
  uint64_t rss_ns;    /* and one of the RSS */

  /* Looking at pages is given a share of the run's time. */
  uint64_t page_time_ns;           /* that it took */
  uint64_t n_page_samples_skipped; /* because the share was used up */

  uint64_t watch_time_ns; /* that snapshots of moments took: no time of the code */
  uint64_t reserved[5];

  HsRecordPart parts[HS_RECORD_N_PARTS];
} HsRecordHeader;

/* ---- Curves ---- */

/* What happened from the end of the sample before (the beginning for the first)
 * to @time_ns. Samples follow each other without a gap.
 */
typedef struct
{
  uint64_t time_ns;
  uint64_t live_min; /* bytes, as requested; the least and the most in between */
  uint64_t live_max;
  uint64_t live_bytes;      /* at the end */
  uint64_t allocated_bytes; /* in between */
  uint64_t allocated_blocks;
  uint32_t site_max; /* that allocated when @live_max was reached */
  uint32_t line_max; /* of the code's file, in which or below which that was; 0: none */
  uint32_t site;     /* that allocated last */
  uint32_t line;     /* likewise */
} HsRecordSample;

typedef struct
{
  uint64_t time_ns;
  uint64_t rss_min; /* bytes, in between */
  uint64_t rss_max;
  uint64_t anon; /* bytes, at the end; the three are the RSS */
  uint64_t file;
  uint64_t shmem; /* without the pages of the result area */
  uint64_t swap;
} HsRecordRss;

/* ---- Lines ---- */

typedef enum
{
  HS_RECORD_SITE_OWN = 1 << 0, /* in the code's file */
} HsRecordSiteFlags;

typedef struct
{
  uint32_t file;     /* text */
  uint32_t function; /* text */
  uint32_t line;
  uint32_t flags; /* HsRecordSiteFlags */
} HsRecordSite;

typedef struct
{
  uint32_t site; /* also those below HS_SITE_FIRST */
  uint32_t reserved;
  uint64_t total_bytes; /* asked for since the code began */
  uint64_t total_blocks;
  uint64_t live_bytes;
  uint64_t live_blocks;
  uint64_t peak_bytes;    /* the most of this line that was live at a time */
  uint64_t at_peak_bytes; /* live when the peak of all was reached */
} HsRecordLine;

/* ---- Moments ---- */

typedef enum
{
  HS_MOMENT_BEGIN = 0, /* before the first line; without a snapshot */
  HS_MOMENT_MARK,      /* a line marked in the editor was reached: before it runs */
  HS_MOMENT_COMMENT,   /* "# heapscape: snapshot NAME": where that stands */
  HS_MOMENT_END,       /* the end of the code, however it ended */
  HS_N_MOMENT_KINDS
} HsMomentKind;

/* What the memory of the process consists of: resident bytes. */
typedef enum
{
  HS_MEMORY_OBJECTS = 0,  /* live blocks of Python's allocators, as occupied */
  HS_MEMORY_POOL_FREE,    /* free blocks in pools in use, and the heads and tails of pools */
  HS_MEMORY_ARENA_FREE,   /* pools that are not in use */
  HS_MEMORY_FRAMES,       /* stacks of Python frames */
  HS_MEMORY_MALLOC,       /* malloc() past Python's allocators: extensions and libraries */
  HS_MEMORY_MALLOC_FREE,  /* what malloc() keeps for later */
  HS_MEMORY_MAPPED_FILES, /* of files mapped by the code */
  HS_MEMORY_MAPPED_ANON,  /* anonymous mappings of the code, private copies of file pages */
  HS_MEMORY_LIBRARIES,    /* code and data of the program and its libraries */
  HS_MEMORY_STACKS,       /* of threads */
  HS_MEMORY_OWN,          /* our own: ledger, snapshots, record */
  HS_MEMORY_UNEXPLAINED,  /* the rest of the RSS; signed, as two's complement */
  HS_N_MEMORIES
} HsMemoryKind;

typedef enum
{
  HS_MOMENT_FORKED = 1 << 0, /* a copy of the process took the snapshot */
  HS_MOMENT_CUT = 1 << 1,    /* there was no room for the snapshot, or not for all of it */
  HS_MOMENT_LAST = 1 << 2,   /* of its mark: later ones were too many and are only counted */
  HS_MOMENT_MEMORY = 1 << 3, /* @rss and @memory are known */
} HsMomentFlags;

typedef struct
{
  uint64_t time_ns;         /* when the code was stopped for it */
  uint64_t pause_ns;        /* how long it stood still */
  uint64_t snapshot_offset; /* bytes from the start of the result; a multiple of 64 */
  uint64_t snapshot_size;   /* bytes; 0: there is none */
  uint32_t kind;            /* HsMomentKind */
  uint32_t flags;           /* HsMomentFlags */
  uint32_t line;            /* of the code's file; 0: unknown */
  uint32_t name;            /* text: that of the comment; else empty */
  uint64_t count;           /* how many times its mark was reached by then, from 1 */

  uint64_t live_bytes; /* with the ledger, else 0 */
  uint64_t live_blocks;
  uint64_t peak_bytes; /* up to then */
  uint64_t total_bytes;
  uint64_t total_blocks;

  uint64_t rss;                   /* bytes */
  uint64_t memory[HS_N_MEMORIES]; /* bytes; together @rss */
  uint64_t n_reached;             /* with HS_MOMENT_LAST: as @count, by the end of the run */
  uint64_t reserved[6];
} HsRecordMoment;

/* ---- Pages ---- */

typedef enum
{
  HS_MAPPING_FILE_SHARED = 0, /* ACCESS_WRITE, the default: writes go to the file */
  HS_MAPPING_FILE_READ,       /* ACCESS_READ */
  HS_MAPPING_FILE_COPY,       /* ACCESS_COPY, MAP_PRIVATE: written pages are copies */
  HS_MAPPING_ANON_SHARED,     /* mmap.mmap(-1, n) */
  HS_MAPPING_ANON_PRIVATE,
  HS_N_MAPPING_KINDS
} HsMappingKind;

typedef enum
{
  /* The kernel does not say which pages are in its cache, because the file is
   * neither the user's own nor writable: mincore() then says "all" (Linux 5.2).
   */
  HS_MAPPING_CACHE_HIDDEN = 1 << 0,
  HS_MAPPING_MEMORY_FILE = 1 << 1,   /* tmpfs: its pages are memory, no cache of a disk */
  HS_MAPPING_CLOSED = 1 << 2,        /* in a sample: closed; it has no pages any more */
  HS_MAPPING_RESIZED = 1 << 3,       /* in a sample: to another size than before */
  HS_MAPPING_DIRTY_UNKNOWN = 1 << 4, /* the kernel does not say which pages are newer */
  HS_MAPPING_CUT = 1 << 5,           /* in a sample: changes found no room; its sums are true */
  HS_MAPPING_HUGE_UNKNOWN = 1 << 6,  /* the kernel does not say which pages are huge */
} HsMappingFlags;

typedef struct
{
  uint64_t object;      /* address of the Python object */
  uint64_t start;       /* address of the first page, when it was found */
  uint64_t bytes;       /* when it was found; the last page may be in part beyond it */
  uint64_t file_offset; /* bytes */
  uint64_t file_bytes;  /* length of the file; 0: anonymous */
  uint32_t kind;        /* HsMappingKind */
  uint32_t flags;       /* HsMappingFlags of the whole */
  uint32_t file;        /* text; empty: anonymous */
  uint32_t file_system; /* text: "ext4"; empty: anonymous or unknown */
  uint32_t page_size;   /* bytes */
  uint32_t read_ahead;  /* bytes that the device reads ahead; 0: unknown or none */
  uint32_t line;        /* of the code's file, during which it was made; 0: unknown */
  uint32_t type;        /* text: "mmap", "memmap" */
} HsRecordMapping;

/* The state of a page: bits. */
typedef enum
{
  HS_PAGE_CACHED = 1 << 0, /* in the page cache; of anonymous memory: never */
  HS_PAGE_MAPPED = 1 << 1, /* in the page table of the process */
  HS_PAGE_DIRTY = 1 << 2,  /* in the page cache, newer than on the disk */
  HS_PAGE_COPY = 1 << 3,   /* the process's own copy: anonymous memory */
  HS_PAGE_ZERO = 1 << 4,   /* mapped to the page of zeros: read, but no memory */
  HS_PAGE_SWAPPED = 1 << 5,
  HS_PAGE_HUGE = 1 << 6, /* part of a huge page */
  HS_PAGE_STATES = (1 << 7) - 1
} HsPageState;

/* The pages of one mapping when @line had run. Its pages are in the state in
 * which the sample before of the same mapping had them (all 0 for the first),
 * but for those in its runs. After a resize the pages that are there before and after
 * keep their states, and new ones begin at 0.
 */
typedef struct
{
  uint64_t time_ns;
  uint32_t mapping; /* index */
  uint32_t flags;   /* HsMappingFlags */
  uint32_t line;    /* of the code's file; 0: unknown */
  uint32_t moment;  /* index of the moment at which it was taken; UINT32_MAX: at none */
  uint64_t bytes;   /* length of the mapping by now */
  uint64_t first_run;
  uint64_t n_runs;
  /* Of all its pages; in pages. */
  uint64_t n_cached;
  uint64_t n_mapped;
  uint64_t n_dirty;
  uint64_t n_copies;
  uint64_t n_swapped;
  uint64_t n_huge;
  /* Of the process, bytes. */
  uint64_t rss_anon;
  uint64_t rss_file;
  uint64_t rss_shmem;
  int32_t  advice; /* the last one that madvise() was given for it; -1: none */
  uint32_t reserved;
} HsRecordPageSample;

typedef struct
{
  uint32_t first_page;
  uint32_t n_pages; /* not 0 */
  uint32_t state;   /* HsPageState */
} HsRecordPageRun;

/* ---- How much there may be ---- */

#define HS_RECORD_N_SAMPLES_MAX      16384
#define HS_RECORD_N_RSS_MAX          16384
#define HS_RECORD_N_SITES_MAX        65536
#define HS_RECORD_N_LINES_MAX        65536
#define HS_RECORD_N_MOMENTS_MAX      4096
#define HS_RECORD_N_MAPPINGS_MAX     1024
#define HS_RECORD_N_PAGE_SAMPLES_MAX 65536
#define HS_RECORD_N_PAGE_RUNS_MAX    (3 << 19)
#define HS_RECORD_N_TEXTS_MAX        (8 << 20)

static_assert (sizeof (HsRecordPart) == 40, "HsRecordPart changed size");
static_assert (sizeof (HsRecordHeader) % 8 == 0, "HsRecordHeader has a tail");
static_assert (sizeof (HsRecordSample) == 64, "HsRecordSample changed size");
static_assert (sizeof (HsRecordRss) == 56, "HsRecordRss changed size");
static_assert (sizeof (HsRecordSite) == 16, "HsRecordSite changed size");
static_assert (sizeof (HsRecordLine) == 56, "HsRecordLine changed size");
static_assert (sizeof (HsRecordMoment) == 256, "HsRecordMoment changed size");
static_assert (sizeof (HsRecordMapping) == 72, "HsRecordMapping changed size");
static_assert (sizeof (HsRecordPageSample) == 128, "HsRecordPageSample changed size");
static_assert (sizeof (HsRecordPageRun) == 12, "HsRecordPageRun changed size");
