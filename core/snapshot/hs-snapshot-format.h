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
 * adds sections, flags and enum values. Snapshots of an older minor version are
 * still read: the tables that came later ("since 2.x") are then empty.
 *
 * Everything in a snapshot is hostile input until hs_snapshot_view_init() has
 * accepted it: the process that wrote it ran arbitrary code. Text is bytes
 * without a promise of valid UTF-8; it is made valid where it is shown.
 */
#define HS_SNAPSHOT_MAGIC "HSSNAP\r\n"
#define HS_SNAPSHOT_MAJOR 2
#define HS_SNAPSHOT_MINOR 1

/* More of either is not accepted. Bytes; sections. */
#define HS_HEADER_SIZE_MAX 4096
#define HS_N_SECTIONS_MAX  1024

/* So that a checksum is never 0. */
#define HS_CHECKSUM_PRESENT (UINT64_C (1) << 32)

#define HS_SECTION_ALIGNMENT 64
#define HS_SECTION_REQUIRED  (UINT32_C (1) << 0)

/* An id from its four letters, the first in the lowest byte. */
#define HS_SECTION_ID(a, b, c, d) \
  ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* The columns. In brackets: how many elements there are. "string" is the byte
 * offset of a NUL-ended text in HS_SECTION_STRINGS; 0 is the empty text.
 * "object", "type", "scope" and "site" are indices. All are u32.
 *
 * A heap has millions of objects, nearly all of them small, so that the columns
 * of objects and blocks are narrow. The highest value of a narrow column (HS_NARROW_U8,
 * HS_NARROW_U16, HS_NARROW_U32) stands for a value in its table of wide ones:
 * HsSnapshotWide [any], ascending by row, with one entry for each such mark.
 */

/* HsSnapshotInfo [1]; char, the first and the last are NUL. */
#define HS_SECTION_INFO    HS_SECTION_ID ('I', 'N', 'F', 'O')
#define HS_SECTION_STRINGS HS_SECTION_ID ('S', 'T', 'R', 'S')

/* [types]: string, __qualname__; string, __module__; HsFamily u8; HsValueKind
 * u8; u8, bytes of the main block before the object.
 */
#define HS_SECTION_TYPE_NAME    HS_SECTION_ID ('T', 'N', 'A', 'M')
#define HS_SECTION_TYPE_MODULE  HS_SECTION_ID ('T', 'M', 'O', 'D')
#define HS_SECTION_TYPE_FAMILY  HS_SECTION_ID ('T', 'F', 'A', 'M')
#define HS_SECTION_TYPE_VALUE   HS_SECTION_ID ('T', 'V', 'A', 'L')
#define HS_SECTION_TYPE_PRESIZE HS_SECTION_ID ('T', 'P', 'R', 'E')

/* [objects]: u32, 16-byte granules from info.base_address; type u16; u8, see
 * HS_REFCOUNT_MAX; HsObjectFlags u16; u64, see HsValueKind; u16, granules of 16
 * bytes that the main block occupies, 0 if there is none; u16, bytes, what
 * sys.getsizeof() returns.
 */
#define HS_SECTION_OBJECT_ADDRESS   HS_SECTION_ID ('O', 'A', 'D', 'R')
#define HS_SECTION_OBJECT_TYPE      HS_SECTION_ID ('O', 'T', 'Y', 'P')
#define HS_SECTION_OBJECT_REFCOUNT  HS_SECTION_ID ('O', 'R', 'E', 'F')
#define HS_SECTION_OBJECT_FLAGS     HS_SECTION_ID ('O', 'F', 'L', 'G')
#define HS_SECTION_OBJECT_VALUE     HS_SECTION_ID ('O', 'V', 'A', 'L')
#define HS_SECTION_OBJECT_OCCUPIED  HS_SECTION_ID ('O', 'O', 'C', 'C')
#define HS_SECTION_OBJECT_GETSIZEOF HS_SECTION_ID ('O', 'G', 'S', 'Z')

/* HsSnapshotWide [any]: of blocks: addresses; occupied, bytes or
 * HS_BYTES_UNKNOWN.
 */
#define HS_SECTION_WIDE_BLOCK_ADDRESS  HS_SECTION_ID ('W', 'B', 'A', 'D')
#define HS_SECTION_WIDE_BLOCK_OCCUPIED HS_SECTION_ID ('W', 'B', 'O', 'C')

/* HsSnapshotWide [any]: addresses; types; reference counts; occupied, bytes or
 * HS_BYTES_UNKNOWN; getsizeof, bytes or HS_BYTES_UNKNOWN; requested, bytes or
 * HS_BYTES_UNKNOWN; lengths.
 */
#define HS_SECTION_WIDE_ADDRESS   HS_SECTION_ID ('W', 'A', 'D', 'R')
#define HS_SECTION_WIDE_TYPE      HS_SECTION_ID ('W', 'T', 'Y', 'P')
#define HS_SECTION_WIDE_REFCOUNT  HS_SECTION_ID ('W', 'R', 'E', 'F')
#define HS_SECTION_WIDE_OCCUPIED  HS_SECTION_ID ('W', 'O', 'C', 'C')
#define HS_SECTION_WIDE_GETSIZEOF HS_SECTION_ID ('W', 'G', 'S', 'Z')
#define HS_SECTION_WIDE_SLACK     HS_SECTION_ID ('W', 'S', 'L', 'K')
#define HS_SECTION_WIDE_LENGTH    HS_SECTION_ID ('W', 'L', 'E', 'N')

/* [objects] with the ledger, [0] without: u8, bytes of the main block that were
 * not asked for; site, where the main block was allocated.
 */
#define HS_SECTION_OBJECT_SLACK HS_SECTION_ID ('O', 'S', 'L', 'K')
#define HS_SECTION_OBJECT_SITE  HS_SECTION_ID ('O', 'S', 'I', 'T')

/* [objects + 1]: u32, the first edge of each. */
#define HS_SECTION_OBJECT_EDGES HS_SECTION_ID ('O', 'E', 'D', 'G')

/* [late]: object, ascending: those with HS_OBJECT_BOUNDARY whose references are
 * there after all, because every object is; behind the edges of all others.
 * [late + 1]: u32, the first edge of each.
 */
#define HS_SECTION_LATE_OBJECT HS_SECTION_ID ('L', 'O', 'B', 'J')
#define HS_SECTION_LATE_EDGES  HS_SECTION_ID ('L', 'E', 'D', 'G')

/* [blocks]: the blocks that are no main ones: object that lists it, ascending;
 * u32 and u16 as those of objects; HsBlockKind u8; HsBlockFlags u8.
 */
#define HS_SECTION_BLOCK_OBJECT   HS_SECTION_ID ('B', 'O', 'B', 'J')
#define HS_SECTION_BLOCK_ADDRESS  HS_SECTION_ID ('B', 'A', 'D', 'R')
#define HS_SECTION_BLOCK_OCCUPIED HS_SECTION_ID ('B', 'O', 'C', 'C')
#define HS_SECTION_BLOCK_KIND     HS_SECTION_ID ('B', 'K', 'N', 'D')
#define HS_SECTION_BLOCK_FLAGS    HS_SECTION_ID ('B', 'F', 'L', 'G')

/* [blocks] with the ledger, [0] without: u64, bytes or HS_BYTES_UNKNOWN; site. */
#define HS_SECTION_BLOCK_REQUESTED HS_SECTION_ID ('B', 'R', 'E', 'Q')
#define HS_SECTION_BLOCK_SITE      HS_SECTION_ID ('B', 'S', 'I', 'T')

/* [edges]: object; HsEdgeKind u8; u32, a position or a string, by kind. A key
 * or value with the label 0 is labelled with the preview of its key.
 */
#define HS_SECTION_EDGE_TARGET HS_SECTION_ID ('E', 'D', 'S', 'T')
#define HS_SECTION_EDGE_KIND   HS_SECTION_ID ('E', 'K', 'N', 'D')
#define HS_SECTION_EDGE_LABEL  HS_SECTION_ID ('E', 'L', 'B', 'L')

/* [described + 1]: u32, the first field of each of the first objects: as many
 * as have their blocks described, at most [objects]. [fields]: u16, 0 for the
 * main block, n for the n-th of the others of the object; i32, bytes from the
 * object in its main block, else from the start of the block; u64, bytes;
 * string, CPython's name; HsFieldKind u8; u64, by kind.
 */
#define HS_SECTION_OBJECT_FIELDS HS_SECTION_ID ('O', 'F', 'L', 'D')
#define HS_SECTION_FIELD_BLOCK   HS_SECTION_ID ('F', 'B', 'L', 'K')
#define HS_SECTION_FIELD_OFFSET  HS_SECTION_ID ('F', 'O', 'F', 'F')
#define HS_SECTION_FIELD_SIZE    HS_SECTION_ID ('F', 'S', 'I', 'Z')
#define HS_SECTION_FIELD_NAME    HS_SECTION_ID ('F', 'N', 'A', 'M')
#define HS_SECTION_FIELD_KIND    HS_SECTION_ID ('F', 'K', 'N', 'D')
#define HS_SECTION_FIELD_VALUE   HS_SECTION_ID ('F', 'V', 'A', 'L')

/* [sites]: lines that allocated: string, the file; string, the function; u32;
 * and what the ledger counted for each: u64, bytes asked for in all; u64,
 * blocks in all; u64, bytes still live; u64, blocks still live. Those below
 * HS_SITE_FIRST have no texts.
 */
#define HS_SECTION_SITE_FILE         HS_SECTION_ID ('A', 'F', 'I', 'L')
#define HS_SECTION_SITE_FUNCTION     HS_SECTION_ID ('A', 'F', 'U', 'N')
#define HS_SECTION_SITE_LINE         HS_SECTION_ID ('A', 'L', 'I', 'N')
#define HS_SECTION_SITE_TOTAL_BYTES  HS_SECTION_ID ('A', 'T', 'B', 'Y')
#define HS_SECTION_SITE_TOTAL_BLOCKS HS_SECTION_ID ('A', 'T', 'B', 'L')
#define HS_SECTION_SITE_LIVE_BYTES   HS_SECTION_ID ('A', 'L', 'B', 'Y')
#define HS_SECTION_SITE_LIVE_BLOCKS  HS_SECTION_ID ('A', 'L', 'B', 'L')

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

/* [codes]: the code objects of the code's file that are no objects of the
 * snapshot, because no name leads to them (above all the module's own), and that
 * hold objects which are: string, the __qualname__; u32, where it stands.
 * [constants]: code, ascending; object that it holds; HsConstantKind u8. These
 * are no references: they count nowhere as such.
 */
#define HS_SECTION_CODE_NAME       HS_SECTION_ID ('C', 'N', 'A', 'M')
#define HS_SECTION_CODE_LINE       HS_SECTION_ID ('C', 'L', 'I', 'N')
#define HS_SECTION_CONSTANT_CODE   HS_SECTION_ID ('K', 'C', 'O', 'D')
#define HS_SECTION_CONSTANT_OBJECT HS_SECTION_ID ('K', 'O', 'B', 'J')
#define HS_SECTION_CONSTANT_KIND   HS_SECTION_ID ('K', 'K', 'N', 'D')

/* Since 2.1. HsSnapshotMemory [1], or [0] in older snapshots. */
#define HS_SECTION_MEMORY HS_SECTION_ID ('M', 'E', 'M', 'O')

/* Since 2.1: the memory of pymalloc, as it stands when the objects have been
 * looked at. [arenas]: u64, the address of each, ascending; each is divided into
 * pools of one size (HsSnapshotMemory).
 *
 * [pools]: those of the first arena, by address, then those of the next:
 * HsPoolState u8; u8, what each of its blocks takes, in granules of 16 bytes, 0
 * unless it is in use; u16, blocks that are in use; u16, blocks that have ever
 * been given out, which are the first ones: those of them that are not in use are
 * the holes between the others, and all behind them has never been used; u32, the
 * first word of its map, HS_POOL_NO_MAP if it has none. [pools] with the ledger,
 * [0] without: u16, blocks in use that were there before the code began.
 *
 * [map words]: u64, bit i % 64 of word i / 64 of a pool's map: block i is in use.
 * As many words as the blocks that have ever been given out take, one pool's close
 * behind the other's. [map words] with the ledger, [0] without: u64, the same of
 * the blocks that were there before the code began.
 */
#define HS_SECTION_ARENA_ADDRESS   HS_SECTION_ID ('R', 'A', 'D', 'R')
#define HS_SECTION_POOL_STATE      HS_SECTION_ID ('P', 'S', 'T', 'A')
#define HS_SECTION_POOL_BLOCK_SIZE HS_SECTION_ID ('P', 'B', 'S', 'Z')
#define HS_SECTION_POOL_USED       HS_SECTION_ID ('P', 'U', 'S', 'E')
#define HS_SECTION_POOL_TOUCHED    HS_SECTION_ID ('P', 'T', 'C', 'H')
#define HS_SECTION_POOL_MAP        HS_SECTION_ID ('P', 'M', 'A', 'P')
#define HS_SECTION_POOL_BASELINE   HS_SECTION_ID ('P', 'B', 'A', 'S')
#define HS_SECTION_MAP_USED        HS_SECTION_ID ('M', 'U', 'S', 'E')
#define HS_SECTION_MAP_BASELINE    HS_SECTION_ID ('M', 'B', 'A', 'S')

#define HS_POOL_NO_MAP UINT32_MAX

#define HS_NARROW_U8  UINT8_MAX
#define HS_NARROW_U16 UINT16_MAX
#define HS_NARROW_U32 UINT32_MAX

#define HS_GRANULE 16 /* bytes; both of Python's allocators align to it */

/* A reference count above this is stored as this. Objects whose count means
 * nothing carry HS_OBJECT_IMMORTAL or HS_OBJECT_STATIC, and any count; look
 * there first.
 */
#define HS_REFCOUNT_MAX UINT32_MAX

/* Sites that are no lines; those from the first on are. */
#define HS_SITE_BASELINE 0 /* before the code began, or not known */
#define HS_SITE_NONE     1 /* no line of Python: other threads, C code; or lines are not noted */
#define HS_SITE_OTHERS   2 /* there was no room for more sites */
#define HS_SITE_FIRST    3

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

/* What the column of values holds for the objects of a type. */
typedef enum
{
  HS_VALUE_NONE = 0, /* 0 */
  HS_VALUE_LENGTH,   /* number of items, or HS_LENGTH_NONE */
  /* Low half: string, the preview; high half: number of items, characters or
   * bytes, HS_NARROW_U32 if it is in the table of wide ones, which need not
   * know it. A str whose preview is cut, but is not empty, has, behind the NUL of
   * that, eight bytes: a hash of the whole text, equal for equal texts.
   */
  HS_VALUE_TEXT,
  HS_VALUE_INT,   /* bit 0 clear: the rest, signed, is the value; set: a string, the preview */
  HS_VALUE_FLOAT, /* the bits of the double */
  HS_N_VALUE_KINDS
} HsValueKind;

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
  /* Its references lead out of what the code made: it belongs to the
   * interpreter or to a library (a module, a class or function from outside the
   * code). Among its edges they are not; in a snapshot of all objects they are
   * among the late ones.
   */
  HS_OBJECT_BOUNDARY = 1 << 7,
  HS_OBJECT_PREVIEW_CUT = 1 << 8,      /* the value is longer than its preview */
  HS_OBJECT_EDGES_INCOMPLETE = 1 << 9, /* the type may hold references that are not in the list */
  HS_OBJECT_INSTANCE = 1 << 10,        /* of a class written in Python, whatever it derives from */
  HS_OBJECT_BASELINE = 1 << 11,        /* was there before the code began (ledger only) */
  /* Its class defines __sizeof__ in Python: what sys.getsizeof() would return
   * is only known to that, which is not called.
   */
  HS_OBJECT_OWN_SIZEOF = 1 << 12,
  /* Only in snapshots of all objects: neither the code's names nor anything
   * that they lead to holds it. Such objects stand behind all others.
   */
  HS_OBJECT_UNREACHED = 1 << 13,
  /* Of a str whose preview is cut: all of it is ASCII letters, digits and "_". */
  HS_OBJECT_NAME_CHARACTERS = 1 << 14,
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
  HS_BLOCK_MAPPING,     /* the region of an mmap, as long as it is; external */
  HS_BLOCK_DATA,        /* what a C extension holds outside Python's allocators; external */
  HS_N_BLOCK_KINDS
} HsBlockKind;

typedef enum
{
  HS_BLOCK_SHARED = 1 << 0,   /* belongs to several objects, listed at one of them */
  HS_BLOCK_EXTERNAL = 1 << 1, /* outside Python's allocators: no part of the occupied bytes */
} HsBlockFlags;

/* What the bytes of a field mean, and what its value is. */
typedef enum
{
  HS_FIELD_PADDING = 0, /* behind what was asked for; value: 0 */
  HS_FIELD_UNUSED,      /* asked for, but nothing is kept there now; value: 0 */
  HS_FIELD_POINTER,     /* to anything; value: the address */
  HS_FIELD_OBJECT,      /* to an object; value: its address, 0: NULL */
  HS_FIELD_UNSIGNED,
  HS_FIELD_SIGNED,
  HS_FIELD_BITS,   /* flags; value: the number, shown in base 16 */
  HS_FIELD_DOUBLE, /* value: the bits */
  HS_FIELD_TEXT,   /* value: string */
  HS_FIELD_ITEMS,  /* several of the same that are not listed one by one; value: how many */
  HS_N_FIELD_KINDS
} HsFieldKind;

typedef enum
{
  HS_EDGE_OTHER = 0, /* reported by tp_traverse, meaning unknown; label: 0 */
  HS_EDGE_ATTRIBUTE, /* of an instance without a dict object; label: string */
  HS_EDGE_SLOT,      /* __slots__; label: string */
  HS_EDGE_INDEX,     /* list, tuple, deque; label: position */
  HS_EDGE_KEY,       /* the key itself; label: string, or 0 for the preview of the key */
  HS_EDGE_VALUE,     /* label: as that of its HS_EDGE_KEY, behind which it stands */
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
  HS_POOL_UNTOUCHED = 0, /* nothing has ever been in it */
  HS_POOL_FREE,          /* everything in it has been given back; fit for any size */
  HS_POOL_IN_USE,        /* for blocks of one size */
  /* What pymalloc keeps in it contradicts itself, as after a write behind the end
   * of a block: nothing is known of its blocks.
   */
  HS_POOL_DAMAGED,
  HS_N_POOL_STATES
} HsPoolState;

typedef enum
{
  HS_SCOPE_MODULE = 0,
  HS_SCOPE_FRAME,
  HS_N_SCOPE_KINDS
} HsScopeKind;

/* What a code object holds an object for. */
typedef enum
{
  HS_CONSTANT_VALUE = 0, /* in co_consts, or in a tuple or frozenset there */
  HS_CONSTANT_NAME,      /* the name of a variable, an attribute, or of the code itself */
  HS_N_CONSTANT_KINDS
} HsConstantKind;

typedef enum
{
  /* The result area was full: objects_seen counts what was found before. */
  HS_SNAPSHOT_CUT = 1 << 0,
} HsSnapshotFlags;

/* A value that its narrow column has no room for. */
typedef struct
{
  uint64_t value;
  uint32_t row; /* object or block */
  uint32_t reserved;
} HsSnapshotWide;

typedef struct
{
  char     magic[8];
  uint16_t major;
  uint16_t minor;
  uint32_t header_size; /* bytes, at least sizeof (HsSnapshotHeader) */
  uint32_t n_sections;
  uint32_t flags;      /* HsSnapshotFlags */
  uint64_t total_size; /* bytes, header included */
  /* In files on disk: HS_CHECKSUM_PRESENT and the CRC-32 of the header, this being 0, and
   * of the table. The crc of each section is computed then, and what lies between them is 0.
   * 0: none is computed, as in the memory of a worker.
   */
  uint64_t checksum;
  uint64_t reserved[3];
} HsSnapshotHeader;

typedef struct
{
  uint32_t id;
  uint32_t element_size; /* bytes */
  uint64_t offset;       /* bytes from the start of the header */
  uint64_t size;         /* bytes, a multiple of element_size */
  uint32_t crc;          /* CRC-32 in files on disk, see HsSnapshotHeader.checksum; else 0 */
  uint32_t flags;        /* HS_SECTION_REQUIRED */
} HsSnapshotSection;

/* What the ledger counted since the interpreter began to start; of all three
 * of Python's allocators together. Bytes are those that were asked for.
 */
typedef struct
{
  uint64_t live_bytes;
  uint64_t live_blocks;
  uint64_t peak_bytes; /* highest live_bytes since the code began, exact */
  uint64_t total_bytes;
  uint64_t total_blocks;
} HsSnapshotCounts;

typedef enum
{
  HS_INFO_LEDGER = 1 << 0,       /* counts, slack and requested bytes are valid */
  HS_INFO_LEDGER_LINES = 1 << 1, /* sites, too */
  HS_INFO_ALL_OBJECTS = 1 << 2,  /* every object of the process was looked for */
  /* Each object that a code object of the code's file holds as a constant is
   * listed for it, or is reached from it; but static ones other than str.
   */
  HS_INFO_CONSTANTS = 1 << 3,
  /* There was no room for the fields of the next object: fewer are described
   * than would have been.
   */
  HS_INFO_FIELDS_CUT = 1 << 4,
} HsInfoFlags;

typedef struct
{
  uint32_t python_hex;   /* PY_VERSION_HEX of the measured interpreter */
  uint32_t line;         /* of the code, at that moment; 0 unknown */
  uint64_t time_ns;      /* since the code started */
  uint64_t duration_ns;  /* that the code stood still for the snapshot */
  uint64_t objects_seen; /* equals the number of objects unless HS_SNAPSHOT_CUT */
  uint64_t base_address; /* from which the addresses of objects are counted */
  uint32_t flags;        /* HsInfoFlags */
  uint32_t n_reached;    /* objects that are not HS_OBJECT_UNREACHED; they come first */

  HsSnapshotCounts counts;   /* HS_INFO_LEDGER */
  HsSnapshotCounts baseline; /* the same, when the code began */

  uint64_t arena_bytes;       /* that pymalloc holds */
  uint64_t arena_free_bytes;  /* of these, in blocks and pools that nothing uses */
  uint64_t frame_stack_bytes; /* of the frames of running functions */

  /* HS_INFO_LEDGER: blocks that the ledger had no room for, in none of the
   * counts. Each time that one was allocated counts, whether it lives or not.
   */
  uint64_t lost_blocks;
  /* Previews that there was no room for: those values have HS_OBJECT_PREVIEW_CUT
   * and the empty text.
   */
  uint64_t lost_previews;
  uint64_t reserved[3];
} HsSnapshotInfo;

/* What Python's allocators hold: the shape of pymalloc's arenas, and what lies
 * outside of them, because it is larger than a pool's blocks can be, or was asked
 * for without pymalloc (PyMem_RawMalloc()).
 *
 * Requested bytes of all blocks are in HsSnapshotInfo.counts, of those from before
 * the code in the live ones of the site HS_SITE_BASELINE; less these numbers they
 * are what lies in pools.
 */
typedef struct
{
  uint32_t arena_size;  /* bytes, a multiple of pool_size */
  uint32_t pool_size;   /* bytes */
  uint32_t pool_header; /* bytes before the first block of a pool */
  /* Arenas that there was no room for, the highest ones; pools in use whose map
   * there was no room for.
   */
  uint32_t n_arenas_left_out;
  uint32_t n_pools_without_map;
  uint32_t reserved_32;

  /* HS_INFO_LEDGER: live blocks in no arena, bytes that were asked for; and of
   * these, those from before the code began.
   */
  uint64_t large_blocks;
  uint64_t large_bytes;
  uint64_t large_baseline_blocks;
  uint64_t large_baseline_bytes;
  uint64_t reserved[4];
} HsSnapshotMemory;

static_assert (sizeof (HsSnapshotHeader) == 64, "HsSnapshotHeader changed size");
static_assert (sizeof (HsSnapshotSection) == 32, "HsSnapshotSection changed size");
static_assert (sizeof (HsSnapshotWide) == 16, "HsSnapshotWide changed size");
static_assert (sizeof (HsSnapshotInfo) == 192, "HsSnapshotInfo changed size");
static_assert (sizeof (HsSnapshotMemory) == 88, "HsSnapshotMemory changed size");
static_assert (offsetof (HsSnapshotHeader, total_size) % 8 == 0,
               "HsSnapshotHeader.total_size is not aligned");
