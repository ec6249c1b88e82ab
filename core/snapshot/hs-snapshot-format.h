/* hs-snapshot-format.h - the bytes of a snapshot: what a worker measured
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* A snapshot is a header, a table of sections, and one section per column:
 *
 *   +--------------------+ 0
 *   | HsSnapshotHeader   | 64 bytes
 *   +--------------------+ header.header_size
 *   | HsSnapshotSection  | x header.n_sections, 32 bytes each
 *   +--------------------+
 *   | column             | at section.offset, a multiple of 64; section.size bytes
 *   | …                  |
 *   +--------------------+ header.total_size
 *
 * All numbers are little-endian. Sections may stand in any order and may have
 * holes between them (a worker writes each column at its own place of a sparse
 * file). A reader skips what lies between sizeof (HsSnapshotHeader) and
 * header_size, and sections that it does not know unless they are marked
 * HS_SECTION_REQUIRED. Another major version is refused; a minor version only
 * adds sections, flags and enum values.
 *
 * Everything in a snapshot is hostile input until hs_snapshot_view_init() has
 * accepted it: the process that wrote it ran arbitrary code. Text is bytes
 * without a promise of valid UTF-8; it is made valid where it is shown.
 */
#define HS_SNAPSHOT_MAGIC "HSSNAP\r\n"
#define HS_SNAPSHOT_MAJOR 1
#define HS_SNAPSHOT_MINOR 0

#define HS_SECTION_ALIGNMENT 64
#define HS_SECTION_REQUIRED  (UINT32_C (1) << 0)

/* An id from its four letters, the first in the lowest byte. */
#define HS_SECTION_ID(a, b, c, d) \
  ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* The columns. In brackets: how many elements there are. "string" is the byte
 * offset of a NUL-ended text in HS_SECTION_STRINGS; 0 is the empty text.
 * "object", "type" and "scope" are indices. All three are u32.
 */

/* HsSnapshotInfo [1]; char, the first and the last are NUL. */
#define HS_SECTION_INFO    HS_SECTION_ID ('I', 'N', 'F', 'O')
#define HS_SECTION_STRINGS HS_SECTION_ID ('S', 'T', 'R', 'S')

/* [types]: string, __qualname__; string, __module__; HsFamily u8. */
#define HS_SECTION_TYPE_NAME   HS_SECTION_ID ('T', 'N', 'A', 'M')
#define HS_SECTION_TYPE_MODULE HS_SECTION_ID ('T', 'M', 'O', 'D')
#define HS_SECTION_TYPE_FAMILY HS_SECTION_ID ('T', 'F', 'A', 'M')

/* [objects]: u64; type; u32, see HS_REFCOUNT_MAX; HsObjectFlags u32; string;
 * u64, number of items, or HS_LENGTH_NONE.
 */
#define HS_SECTION_OBJECT_ADDRESS  HS_SECTION_ID ('O', 'A', 'D', 'R')
#define HS_SECTION_OBJECT_TYPE     HS_SECTION_ID ('O', 'T', 'Y', 'P')
#define HS_SECTION_OBJECT_REFCOUNT HS_SECTION_ID ('O', 'R', 'E', 'F')
#define HS_SECTION_OBJECT_FLAGS    HS_SECTION_ID ('O', 'F', 'L', 'G')
#define HS_SECTION_OBJECT_PREVIEW  HS_SECTION_ID ('O', 'P', 'R', 'E')
#define HS_SECTION_OBJECT_LENGTH   HS_SECTION_ID ('O', 'L', 'E', 'N')

/* [objects + 1]: u32, the first block of each; u32, the first edge of each. */
#define HS_SECTION_OBJECT_BLOCKS HS_SECTION_ID ('O', 'B', 'L', 'K')
#define HS_SECTION_OBJECT_EDGES  HS_SECTION_ID ('O', 'E', 'D', 'G')

/* [blocks]: u64; u64, bytes or HS_BYTES_UNKNOWN; HsBlockKind u8;
 * HsBlockFlags u8.
 */
#define HS_SECTION_BLOCK_ADDRESS  HS_SECTION_ID ('B', 'A', 'D', 'R')
#define HS_SECTION_BLOCK_OCCUPIED HS_SECTION_ID ('B', 'O', 'C', 'C')
#define HS_SECTION_BLOCK_KIND     HS_SECTION_ID ('B', 'K', 'N', 'D')
#define HS_SECTION_BLOCK_FLAGS    HS_SECTION_ID ('B', 'F', 'L', 'G')

/* [edges]: object; HsEdgeKind u8; u32, a position or a string, by kind. */
#define HS_SECTION_EDGE_TARGET HS_SECTION_ID ('E', 'D', 'S', 'T')
#define HS_SECTION_EDGE_KIND   HS_SECTION_ID ('E', 'K', 'N', 'D')
#define HS_SECTION_EDGE_LABEL  HS_SECTION_ID ('E', 'L', 'B', 'L')

/* [scopes]: string, "__main__" or the function; string; u32, where it stands,
 * 0 unknown; HsScopeKind u8.
 */
#define HS_SECTION_SCOPE_NAME HS_SECTION_ID ('S', 'N', 'A', 'M')
#define HS_SECTION_SCOPE_FILE HS_SECTION_ID ('S', 'F', 'I', 'L')
#define HS_SECTION_SCOPE_LINE HS_SECTION_ID ('S', 'L', 'I', 'N')
#define HS_SECTION_SCOPE_KIND HS_SECTION_ID ('S', 'K', 'N', 'D')

/* [names]: scope, ascending; string; object. */
#define HS_SECTION_NAME_SCOPE  HS_SECTION_ID ('N', 'S', 'C', 'P')
#define HS_SECTION_NAME_LABEL  HS_SECTION_ID ('N', 'L', 'B', 'L')
#define HS_SECTION_NAME_OBJECT HS_SECTION_ID ('N', 'O', 'B', 'J')

/* A reference count above this is stored as this. Objects whose count means
 * nothing carry HS_OBJECT_IMMORTAL or HS_OBJECT_STATIC; look there first.
 */
#define HS_REFCOUNT_MAX UINT32_MAX

#define HS_LENGTH_NONE   UINT64_MAX /* the object has no length */
#define HS_BYTES_UNKNOWN UINT64_MAX

/* What a type is for; decides the hue and the sign with which it is drawn. */
typedef enum
{
  HS_FAMILY_OTHER = 0,
  HS_FAMILY_CONTAINER, /* list, tuple, dict, set, deque … */
  HS_FAMILY_TEXT,      /* str */
  HS_FAMILY_NUMBER,    /* int, float, complex, bool, None, Decimal … */
  HS_FAMILY_CALLABLE,  /* function, method, builtin, code, generator, cell */
  HS_FAMILY_CLASS,     /* type and its subclasses */
  HS_FAMILY_INSTANCE,  /* instance of a class written in Python */
  HS_FAMILY_MODULE,
  HS_FAMILY_BUFFER, /* bytes, bytearray, memoryview, array, mmap, ndarray */
  HS_N_FAMILIES
} HsFamily;

typedef enum
{
  HS_OBJECT_GC_TRACKED = 1 << 0,
  HS_OBJECT_IMMORTAL = 1 << 1, /* its reference count is not counted (PEP 683, 3.12) */
  HS_OBJECT_STATIC = 1 << 2,   /* inside libpython or an extension: no heap bytes */

  HS_OBJECT_INTERNED_MORTAL = 1 << 3,
  HS_OBJECT_INTERNED_IMMORTAL = 1 << 4,
  HS_OBJECT_INTERNED_STATIC = 1 << 5,
  HS_OBJECT_INTERNED =
    HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_INTERNED_IMMORTAL | HS_OBJECT_INTERNED_STATIC,

  /* The type may own blocks that are not in the list, so that the sum of its
   * blocks is a lower bound.
   */
  HS_OBJECT_BLOCKS_INCOMPLETE = 1 << 6,
  /* Its references were not followed: it belongs to the interpreter or to a
   * library (a module, a class or function from outside the code).
   */
  HS_OBJECT_BOUNDARY = 1 << 7,
  HS_OBJECT_PREVIEW_CUT = 1 << 8,      /* the value is longer than its preview */
  HS_OBJECT_EDGES_INCOMPLETE = 1 << 9, /* the type may hold references that are not in the list */
  HS_OBJECT_INSTANCE = 1 << 10,        /* of a class written in Python, whatever it derives from */
} HsObjectFlags;

typedef enum
{
  HS_BLOCK_MAIN = 0,    /* the object with its GC header and pre-header */
  HS_BLOCK_ITEMS,       /* list items, deque blocks */
  HS_BLOCK_KEYS,        /* key table of a dict */
  HS_BLOCK_VALUES,      /* attribute values of an instance, values of a split dict */
  HS_BLOCK_TABLE,       /* hash table of a set */
  HS_BLOCK_BUFFER,      /* bytearray, array, data of a str that is not compact */
  HS_BLOCK_UTF8,        /* UTF-8 copy of a str */
  HS_BLOCK_SHARED_KEYS, /* key table of a class, shared with its instances */
  HS_BLOCK_EXTRA,       /* whatever else the type owns */
  HS_N_BLOCK_KINDS
} HsBlockKind;

typedef enum
{
  HS_BLOCK_SHARED = 1 << 0, /* belongs to several objects, listed at one of them */
} HsBlockFlags;

typedef enum
{
  HS_EDGE_OTHER = 0, /* reported by tp_traverse, meaning unknown; label: 0 */
  HS_EDGE_ATTRIBUTE, /* of an instance without a dict object; label: string */
  HS_EDGE_SLOT,      /* __slots__; label: string */
  HS_EDGE_INDEX,     /* list, tuple, deque; label: position */
  HS_EDGE_KEY,       /* the key itself; label: string, preview of the key */
  HS_EDGE_VALUE,     /* label: string, preview of its key; follows its HS_EDGE_KEY */
  HS_EDGE_MEMBER,    /* of a set; label: position in iteration order */
  HS_EDGE_CELL,      /* contents of a cell; label: string */
  HS_EDGE_LOCAL,     /* local variable of a suspended or running frame; label: string */
  HS_EDGE_STACK,     /* temporary of a frame; label: position */
  HS_EDGE_FIELD,     /* a field of the C struct: __code__, __dict__, __func__ …; label: string */
  HS_EDGE_CLASS,     /* to its type, a class written in Python; label: "__class__" */
  HS_N_EDGE_KINDS
} HsEdgeKind;

/* Whether the label of such an edge is a number rather than a string. */
static inline int
hs_edge_kind_has_position (uint8_t kind)
{
  return kind == HS_EDGE_INDEX || kind == HS_EDGE_MEMBER || kind == HS_EDGE_STACK;
}

typedef enum
{
  HS_SCOPE_MODULE = 0,
  HS_SCOPE_FRAME,
  HS_N_SCOPE_KINDS
} HsScopeKind;

typedef enum
{
  /* The result area was full: objects_seen counts what was found before. */
  HS_SNAPSHOT_CUT = 1 << 0,
} HsSnapshotFlags;

typedef struct
{
  char     magic[8];
  uint16_t major;
  uint16_t minor;
  uint32_t header_size; /* bytes, at least sizeof (HsSnapshotHeader) */
  uint32_t n_sections;
  uint32_t flags;      /* HsSnapshotFlags */
  uint64_t total_size; /* bytes, header included */
  uint64_t reserved[4];
} HsSnapshotHeader;

typedef struct
{
  uint32_t id;
  uint32_t element_size; /* bytes */
  uint64_t offset;       /* bytes from the start of the header */
  uint64_t size;         /* bytes, a multiple of element_size */
  uint32_t crc;          /* CRC-32 in files on disk; 0: not computed */
  uint32_t flags;        /* HS_SECTION_REQUIRED */
} HsSnapshotSection;

typedef struct
{
  uint32_t python_hex;   /* PY_VERSION_HEX of the measured interpreter */
  uint32_t line;         /* of the code, at that moment; 0 unknown */
  uint64_t time_ns;      /* since the code started */
  uint64_t duration_ns;  /* that taking the snapshot took */
  uint64_t objects_seen; /* equals the number of objects unless HS_SNAPSHOT_CUT */
  uint64_t reserved[4];
} HsSnapshotInfo;

static_assert (sizeof (HsSnapshotHeader) == 64, "HsSnapshotHeader changed size");
static_assert (sizeof (HsSnapshotSection) == 32, "HsSnapshotSection changed size");
static_assert (sizeof (HsSnapshotInfo) == 64, "HsSnapshotInfo changed size");
static_assert (offsetof (HsSnapshotHeader, total_size) % 8 == 0,
               "HsSnapshotHeader.total_size is not aligned");
