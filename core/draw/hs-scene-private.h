/* hs-scene-private.h - what a view implements
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene.h"

G_BEGIN_DECLS

/* As in hs-scene.h, where each function stands. Those marked optional may be
 * NULL; items and marks are checked before a function is called.
 */
typedef struct
{
  const char *view;    /* "graph": name of the view on the command line */
  gboolean    is_page; /* read from the top: a small one stands there, not in the middle */

  void (*finalize) (HsScene *self); /* frees what the view has added */

  void (*get_item_rect) (HsScene *self, guint item, HsRect *rect);
  guint64 (*get_item_key) (HsScene *self, guint item);
  guint32 (*get_item_object) (HsScene *self, guint item); /* optional: no objects */
  guint (*get_item_line) (HsScene *self, guint item);     /* optional: none */
  guint (*get_item_moment) (HsScene *self, guint item);   /* optional: none */
  guint (*find_key) (HsScene *self, guint64 key);         /* optional: compares all keys */
  guint (*find_object) (HsScene *self, guint32 object);   /* optional: compares all objects */

  HsHit (*hit) (HsScene *self, double x, double y);            /* optional: the last there is */
  guint (*follow) (HsScene *self, const HsHit *hit);           /* optional: nowhere */
  HsHit (*get_action) (HsScene *self, guint item);             /* optional: HS_HIT_ITEM */
  guint (*walk) (HsScene *self, guint item, HsWalk direction); /* optional: nearest that way */
  /* optional: the lines of name_item() and describe_item() */
  guint (*search) (HsScene *self, const char *text, guint start, gboolean backwards);

  char *(*name_item) (HsScene *self, guint item);
  char *(*describe_item) (HsScene *self, guint item);
  char *(*to_text) (HsScene *self);
  char *(*dup_left_out) (HsScene *self);     /* optional: nothing is */
  gboolean (*can_show_more) (HsScene *self); /* optional: no */
  char *(*dup_answer) (HsScene *self);       /* optional: nothing can be asked */
  char *(*dump) (HsScene *self);

  void (*draw) (HsScene *self, cairo_t *cr, const HsRect *clip, double scale, const HsTheme *theme);
  /* optional: a frame round the item's rectangle */
  void (*draw_mark) (
    HsScene *self, cairo_t *cr, guint item, HsMark mark, double scale, const HsTheme *theme);
  /* optional, both or none */
  void (*draw_item) (HsScene *self, cairo_t *cr, guint item, double scale, const HsTheme *theme);
  void (*draw_between) (
    HsScene *self, cairo_t *cr, const HsRect *clip, double scale, const HsTheme *theme);
  /* optional: none */
  const HsLegendEntry *(*get_legend) (HsScene *self, guint *n_entries);
} HsSceneClass;

/* The beginning of every view's own struct. */
struct _HsScene
{
  const HsSceneClass *klass;
  gatomicrefcount     ref_count;
  HsHeap             *heap;     /* owned */
  char               *language; /* of the characters, for hs_texts_new(); NULL: none preferred */
  guint               n_items;  /* set by the view, as are: */
  double              width;    /* scene units, margins included */
  double              height;
};

/* A view's struct of @size bytes, zeroed but for klass, ref_count, heap and
 * language. @language: as hs_graph_scene_new(). Returns: (transfer full)
 */
gpointer _hs_scene_alloc (const HsSceneClass *klass,
                          gsize               size,
                          HsHeap             *heap,
                          const char         *language);

G_END_DECLS
