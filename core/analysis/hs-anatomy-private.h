/* hs-anatomy-private.h - how an anatomy is put together
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-anatomy.h"

G_BEGIN_DECLS

#define HS_ANATOMY_ITEM_WORD 8 /* bytes of a word */

struct _HsAnatomy
{
  gatomicrefcount ref_count;
  HsHeap         *heap; /* owned */
  HsContents      contents;
  guint64         n_left_out;
  GHashTable     *opened; /* not owned; only while it is made */

  GArray *columns; /* HsAnatomyColumn */
  GArray *blocks;  /* HsAnatomyBlock, by column */
  GArray *fields;  /* HsAnatomyField, by block */
  GArray *runs;    /* HsAnatomyRun, by block */
};

static inline HsAnatomyColumn *
_hs_anatomy_column (HsAnatomy *self,
                    guint      i)
{
  return &g_array_index (self->columns, HsAnatomyColumn, i);
}

static inline HsAnatomyBlock *
_hs_anatomy_block (HsAnatomy *self,
                   guint      i)
{
  return &g_array_index (self->blocks, HsAnatomyBlock, i);
}

static inline HsAnatomyField *
_hs_anatomy_field (HsAnatomy *self,
                   guint      i)
{
  return &g_array_index (self->fields, HsAnatomyField, i);
}

/* hs-anatomy-fields.c: the fields of the last block, which is the @number-th of
 * its object, the main one being 0.
 */
void _hs_anatomy_add_fields (HsAnatomy      *self,
                             HsAnatomyBlock *block,
                             guint           number);
/* hs-anatomy-aim.c: what the fields point to, once all blocks are there. */
void _hs_anatomy_resolve (HsAnatomy *self);

/* hs-anatomy-sums.c: the numbers and sentences of the columns */
void _hs_anatomy_sum (HsAnatomy    *self,
                      const GArray *choices);

/* The value of the field of @object's main block with that name. */
gboolean _hs_anatomy_find_value (HsHeap     *heap,
                                 guint32     object,
                                 const char *name,
                                 guint64    *value);
/* The __dict__ that @object has for itself, or HS_NO_OBJECT. */
guint32 _hs_anatomy_find_dict (HsHeap *heap,
                               guint32 object);
/* The class of @object, if it is in the snapshot, or HS_NO_OBJECT. */
guint32  _hs_anatomy_find_class (HsHeap *heap,
                                 guint32 object);
gboolean _hs_anatomy_is_described (HsHeap *heap,
                                   guint32 object);

G_END_DECLS
