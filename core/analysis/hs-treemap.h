/* hs-treemap.h - what keeps how many bytes alive, level by level
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

typedef enum
{
  HS_TILE_OBJECT, /* an object with all that it alone keeps alive */
  HS_TILE_SELF,   /* what the object above occupies itself */
  HS_TILE_GROUP,  /* several objects of one type */
  HS_TILE_REST,   /* the others, each too small for a tile of its own */
} HsTileKind;

typedef struct
{
  HsTileKind kind;
  guint32    object;    /* of a group the one that retains most; of the rest HS_NO_OBJECT */
  guint64    n_objects; /* 1, or how many of a group or the rest */
  guint64    bytes;     /* retained, as far as it is known */
  gboolean   is_least;  /* of a part it is not */
  gboolean   has_tiles; /* there is something inside */
  HsFamily   family;
  char      *title; /* owned: "points", "[3]", "10 000 × Point", "… 12 more" */
  char      *type;  /* owned: "list", "" of the rest */
} HsTreemapTile;

/* What @object keeps alive and what it occupies, or for HS_NO_OBJECT what nothing of the
 * snapshot keeps alive alone: what names lead to, what several objects share. By bytes,
 * the most first, the rest last; the bytes add up to what the object retains. Objects
 * without heap bytes are left out. Makes the dominators. O(children).
 * Returns: (transfer full) (element-type HsTreemapTile)
 */
GArray *hs_treemap_get_tiles (HsHeap *heap,
                              guint32 object);

/* The objects above @object, it itself last: none for HS_NO_OBJECT.
 * Returns: (transfer full) (element-type guint32)
 */
GArray *hs_treemap_get_way (HsHeap *heap,
                            guint32 object);

/* What @object is called, as in the title of its tile. Returns: (transfer full) */
char *hs_treemap_dup_title (HsHeap *heap,
                            guint32 object);

/* "points, list, 161 MiB, 99 %"; and all facts in lines. @whole: bytes of all.
 * Returns: (transfer full)
 */
char *hs_treemap_tile_name (const HsTreemapTile *tile,
                            guint64              whole);
char *hs_treemap_tile_describe (HsHeap              *heap,
                                const HsTreemapTile *tile,
                                guint64              whole);

/* Three levels, as far as they are a hundredth of the whole. Returns: (transfer full) */
char *hs_treemap_to_text (HsHeap *heap,
                          guint32 root);

G_END_DECLS
