/* hs-identity-private.h - what code holds, between the files that find and tell it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap-private.h"
#include "hs-identity.h"

G_BEGIN_DECLS

/* The types that matter here, all of module builtins, exactly these. */
typedef enum
{
  HS_EXACT_OTHER = 0,
  HS_EXACT_STR,
  HS_EXACT_BYTES,
  HS_EXACT_INT,
  HS_EXACT_TUPLE,
  HS_EXACT_FROZENSET,
  HS_EXACT_DICT,
  HS_EXACT_CODE,
} HsExact;

/* That @holder has @object as a constant: a code object, a tuple or frozenset
 * that is held itself, or n_objects + the row of code that is no object.
 */
typedef struct
{
  guint32 object;
  guint32 holder;
} HsHeld;

struct _HsIdentity
{
  HsHeap *heap;  /* owned */
  guint8 *exact; /* owned; HsExact by type */
  guint8 *facts; /* owned; HS_IDENTITY_CONSTANT and HS_IDENTITY_NAME, by object */
  GArray *held;  /* owned; HsHeld, by object */
};

static inline HsExact
_hs_identity_get_exact (HsIdentity *self,
                        uint32_t    object)
{
  return (HsExact)self->exact[hs_snapshot_view_get_type (&self->heap->view, object)];
}

/* Longest preview that is looked at, bytes: more than a worker writes. */
#define HS_PREVIEW_MAX 4096

/* The text of the preview of a str, without its quotes. Returns: its size, bytes */
static inline gsize
_hs_identity_get_text (HsIdentity  *self,
                       uint32_t     object,
                       const char **text)
{
  const HsSnapshotView *view = &self->heap->view;
  const char           *preview;
  gsize                 size;

  preview =
    hs_snapshot_view_get_string (view, hs_snapshot_view_get_preview (view, object));
  size = strnlen (preview, HS_PREVIEW_MAX);
  *text = size > 0 ? preview + 1 : preview;

  return size >= 2 ? size - 2 : 0;
}

G_END_DECLS
