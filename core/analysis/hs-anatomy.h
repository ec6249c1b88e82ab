/* hs-anatomy.h - the bytes of one or more objects, word by word
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* What the bytes of a field are for; decides how they are drawn. */
typedef enum
{
  HS_CELL_HEADER,  /* what every object has: GC header, pre-header, count, type; malloc's word */
  HS_CELL_POINTER, /* to an object or a block */
  HS_CELL_COUNT,   /* lengths, capacities, flags */
  HS_CELL_DATA,    /* what the object is there for: digits, characters, items */
  HS_CELL_UNUSED,  /* asked for, but nothing is kept there now */
  HS_CELL_PADDING, /* not asked for: the rest of the size class or chunk */
  HS_CELL_UNKNOWN, /* not described in the snapshot */
  HS_N_CELLS
} HsCell;

/* Where a field points to. */
typedef enum
{
  HS_AIM_NONE, /* it is no pointer */
  HS_AIM_NULL,
  HS_AIM_BLOCK,   /* a block of the anatomy: @block */
  HS_AIM_OBJECT,  /* an object that is not in the anatomy: @object */
  HS_AIM_OUTSIDE, /* something that is not in the snapshot */
} HsAim;

/* A field, or several that are folded into one. The drawing shows @before bytes
 * to scale, a mark that @cut bytes are left out, and @after bytes; @cut is a
 * multiple of 8, and begins at a whole word of the block.
 */
typedef struct
{
  gint64  offset; /* bytes, from the object in its main block, else from the block's start */
  guint64 size;   /* bytes */
  guint64 before;
  guint64 cut;
  guint64 after;
  char   *name;  /* CPython's name; of what is not used a translated word */
  char   *value; /* NULL if there is none to show; stable across runs */
  guint64 n;     /* equal parts that are folded: 1 for a plain field */
  HsCell  cell;
  HsAim   aim;
  guint   block;        /* HS_AIM_BLOCK: index in the anatomy */
  guint32 object;       /* of HS_AIM_OBJECT and _BLOCK: the object; else HS_NO_OBJECT */
  guint32 row;          /* field of the snapshot of a plain field; G_MAXUINT32 */
  guint   can_open : 1; /* folded by the anatomy, not by the worker */
  guint64 key;          /* but for the lowest HS_ANATOMY_KEY_BITS that of its block */
} HsAnatomyField;

/* Bytes of one kind, of the fields as they are before any is folded. */
typedef struct
{
  guint64 end; /* bytes from the first one of the block */
  HsCell  cell;
} HsAnatomyRun;

typedef struct
{
  guint32     object; /* whose it is */
  guint       column;
  HsBlockKind kind;
  guint       is_shared : 1; /* belongs to several objects; in no sum */
  guint       is_external : 1;
  guint       is_static : 1; /* inside the interpreter: no heap bytes */
  guint       is_chunk : 1;  /* from malloc() rather than a pool of Python's */
  guint       is_opened : 1; /* something in it would be folded otherwise */
  guint64     requested;     /* bytes, or HS_BYTES_UNKNOWN */
  guint64     occupied;
  guint64     address;
  char       *title; /* translated: "key table" */
  char       *note;  /* translated: whom it is shared with; NULL */
  guint       first_field;
  guint       n_fields;
  guint       first_run; /* all bytes, without a hole */
  guint       n_runs;
  guint64     n_words; /* of 8 bytes, rounded up */
  guint64     key;
} HsAnatomyBlock;

/* The objects that the items of a container lead to. */
typedef struct
{
  guint64 n_pointers;
  guint64 n_objects; /* distinct, on the heap */
  guint64 n_static;  /* distinct, inside the interpreter */
  guint64 bytes;     /* occupied by those on the heap, or HS_BYTES_UNKNOWN */
  char   *type_name; /* if all are of one type, or NULL */
} HsAnatomyContents;

/* An object with its __dict__, if it has one of its own. */
typedef struct
{
  guint32  object;
  guint32  dict; /* HS_NO_OBJECT: none */
  HsFamily family;
  char    *type_name;
  char    *preview; /* "" if there is none */
  char    *name;    /* the code's name for it, or NULL */
  char    *note;    /* translated: how many others are alike; NULL */
  guint    first_block;
  guint    n_blocks;
  guint64  n_left_out; /* blocks that are not listed, because there are too many */
  guint64  left_out_bytes;
  guint64  requested; /* sums over the blocks that are neither shared nor external */
  guint64  occupied;
  guint64  least; /* known part of the occupied bytes */
  guint64  getsizeof;
  guint64  external;
  guint64  mapped;  /* part of it that is as long as a file, not memory that is used */
  guint64  shared;  /* occupied by blocks that it shares, in whichever column they stand */
  char    *summary; /* translated: the three sums in a line */
  char    *reason;  /* translated: why they differ */
  char    *cost;    /* translated: for a million of it; NULL unless it is an instance */
  char    *against; /* translated: compared with the first column; NULL for that */

  HsAnatomyContents contents;      /* n_pointers is 0 if they are not shown */
  char             *contents_line; /* translated; NULL */
} HsAnatomyColumn;

/* Which objects are chosen. */
typedef struct
{
  guint32 object;
  guint64 n_kind;  /* instances of its type; 0: not counted */
  guint64 n_alike; /* of these, how many occupy as much, itself included */
} HsAnatomyChoice;

#define HS_ANATOMY_COLUMNS_MAX 6
#define HS_ANATOMY_KEY_BITS    20

typedef enum
{
  HS_CONTENTS_NUMBERS, /* of containers that hold nothing but numbers */
  HS_CONTENTS_NEVER,
  HS_CONTENTS_ALWAYS,
} HsContents;

/* Immutable; atomically reference counted. */
typedef struct _HsAnatomy HsAnatomy;

/* Without a wish: a typical instance of each class of the code; else the largest
 * named containers. @n_left_out: candidates that found no place.
 * Returns: (transfer full) (element-type HsAnatomyChoice). O(objects).
 */
GArray *hs_anatomy_choose (HsHeap  *heap,
                           guint64 *n_left_out);
/* The objects with these names. */
GArray *hs_anatomy_choose_names (HsHeap            *heap,
                                 const char *const *names,
                                 guint64           *n_left_out);
/* @object, and one of each other size that objects of its type have, the most
 * frequent first.
 */
GArray *hs_anatomy_choose_kind (HsHeap  *heap,
                                guint32  object,
                                guint64 *n_left_out);

/* Whether @object is one of @choices, or a field of them, their __dict__ or their
 * class points to it.
 */
gboolean hs_anatomy_choices_show (HsHeap       *heap,
                                  const GArray *choices,
                                  guint32       object);

/* @opened: (nullable): keys of fields (guint64) that are not to be folded
 * @n_left_out: as of the function that chose
 * Returns: (transfer full) (nullable): NULL with G_IO_ERROR_CANCELLED
 */
HsAnatomy *hs_anatomy_new (HsHeap       *heap,
                           const GArray *choices,
                           HsContents    contents,
                           GHashTable   *opened,
                           guint64       n_left_out,
                           GCancellable *cancellable,
                           GError      **error);
HsAnatomy *hs_anatomy_ref (HsAnatomy *self);
void       hs_anatomy_unref (HsAnatomy *self);

HsHeap *hs_anatomy_get_heap (HsAnatomy *self); /* (transfer none) */
guint   hs_anatomy_get_n_columns (HsAnatomy *self);
guint   hs_anatomy_get_n_blocks (HsAnatomy *self);
guint   hs_anatomy_get_n_fields (HsAnatomy *self);
guint64 hs_anatomy_get_n_left_out (HsAnatomy *self);

const HsAnatomyColumn *hs_anatomy_get_column (HsAnatomy *self,
                                              guint      column);
const HsAnatomyBlock  *hs_anatomy_get_block (HsAnatomy *self,
                                             guint      block);
const HsAnatomyField  *hs_anatomy_get_field (HsAnatomy *self,
                                             guint      field);

const HsAnatomyRun *hs_anatomy_get_run (HsAnatomy *self,
                                        guint      run);

/* One line about a block or a field; and all about it in several.
 * Returns: (transfer full)
 */
char *hs_anatomy_name_block (HsAnatomy *self,
                             guint      block);
char *hs_anatomy_describe_block (HsAnatomy *self,
                                 guint      block);
char *hs_anatomy_name_field (HsAnatomy *self,
                             guint      field);
char *hs_anatomy_describe_field (HsAnatomy *self,
                                 guint      field);
/* "1000", "list", "Point 'x'": an object in a few words. Returns: (transfer full) */
char *hs_anatomy_dup_object_name (HsAnatomy *self,
                                  guint32    object);
/* How the bytes are called: "pointer", "padding". */
const char *hs_cell_get_title (HsCell cell);

/* The text twin, stable across runs. Returns: (transfer full) */
char *hs_anatomy_to_text (HsAnatomy *self);
/* What is not shown, as a sentence. Returns: (transfer full) (nullable) */
char *hs_anatomy_dup_left_out (HsAnatomy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsAnatomy, hs_anatomy_unref)

G_END_DECLS
