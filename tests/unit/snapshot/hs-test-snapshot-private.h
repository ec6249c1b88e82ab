/* hs-test-snapshot-private.h - what the files of the builder share, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-test-snapshot.h"

G_BEGIN_DECLS

/* What is known of the value of an object besides preview and length. */
typedef enum
{
  VALUE_UNSET,
  VALUE_INT,
  VALUE_FLOAT,
} ValueState;

typedef struct
{
  guint32 name;    /* string */
  guint32 module;  /* string */
  guint8  family;  /* HsFamily */
  guint8  presize; /* bytes */
} Type;

typedef struct
{
  guint32    type;
  guint64    address;
  guint32    flags;
  guint32    refcount; /* if has_refcount */
  guint32    preview;  /* string */
  guint64    length;   /* HS_LENGTH_NONE */
  ValueState value_state;
  guint64    value; /* as in the column */
  guint64    occupied;
  guint64    getsizeof;
  guint64    requested; /* HS_BYTES_UNKNOWN too */
  guint32    site;
  gboolean   has_refcount;
  gboolean   is_traced; /* requested and site were set */
  gboolean   is_late;
} Object;

typedef struct
{
  guint32  object;
  guint64  occupied;
  guint64  requested;
  guint32  site;
  gboolean is_traced;
  guint8   kind;
  guint8   flags;
} Block;

typedef struct
{
  guint32 from;
  guint32 to;
  guint32 label;
  guint8  kind;
} Edge;

typedef struct
{
  guint32 object;
  guint64 size;
  guint64 value;
  gint32  offset;
  guint32 name; /* string */
  guint16 block;
  guint8  kind;
} Field;

typedef struct
{
  guint32 file;     /* string */
  guint32 function; /* string */
  guint32 line;
  guint64 total_bytes;
  guint64 total_blocks;
  guint64 live_bytes;
  guint64 live_blocks;
} Site;

typedef struct
{
  guint32 name; /* string */
  guint32 file; /* string */
  guint32 line;
  guint8  kind;
} Scope;

typedef struct
{
  guint32 scope;
  guint32 label;
  guint32 object;
} Name;

typedef struct
{
  guint32 name; /* string */
  guint32 line;
} Code;

typedef struct
{
  guint32 code;
  guint32 object;
  guint8  kind;
} Constant;

#define POOL_WORDS 16 /* of a map of the smallest blocks */

typedef struct
{
  guint8   state;      /* HsPoolState */
  guint8   block_size; /* granules */
  guint16  touched;
  guint16  n_used;
  guint16  n_baseline;
  guint32  map; /* once they are laid out */
  gboolean has_no_map;
  guint64  used[POOL_WORDS];
  guint64  baseline[POOL_WORDS];
} Pool;

struct _HsTestSnapshot
{
  HsSnapshotInfo info;
  guint32        flags;
  gboolean       has_ledger;
  GString       *strings;
  GHashTable    *offsets; /* text → offset, so that equal texts are stored once */

  GArray *types;   /* Type */
  GArray *objects; /* Object */
  GArray *blocks;  /* Block */
  GArray *edges;   /* Edge */
  GArray *fields;  /* Field */
  GArray *sites;   /* Site */
  GArray *scopes;  /* Scope */
  GArray *names;   /* Name */

  GArray *codes;     /* Code */
  GArray *constants; /* Constant */

  HsSnapshotMemory memory;
  GArray          *arenas; /* guint64 */
  GArray          *pools;  /* Pool */
};

#define ROW(array, type, i) (&g_array_index ((array), type, (i)))

G_END_DECLS
