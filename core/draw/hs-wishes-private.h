/* hs-wishes-private.h - what a view says of itself
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-wishes.h"

G_BEGIN_DECLS

#define HS_OPTIONS_MAX 8

struct _HsView
{
  const char     *name;
  const char     *title;       /* N_() */
  const char     *description; /* N_() */
  const char     *icon;
  const HsOption *options;
  guint           n_options;
  gsize           wishes_size;      /* of the view's own struct, which begins with HsWishes */
  gboolean        is_of_history;    /* of the time, not of one moment: an empty heap will do */
  gboolean        is_of_comparison; /* of variants: likewise */

  /* Optional but for build(), as in hs-wishes.h. A fresh struct is zeroed, its
   * choices 0.
   */
  void (*init) (HsWishes *self);
  void (*copy) (HsWishes *self, const HsWishes *other); /* what a memcpy() shares */
  void (*clear) (HsWishes *self);
  void (*set_focus) (HsWishes *self, const char *const *names);
  gboolean (*activate) (HsWishes *self, HsScene *scene, const HsHit *hit);
  gboolean (*show_more) (HsWishes *self);
  gboolean (*select) (HsWishes *self, HsHeap *heap, guint32 object);
  gboolean (*ask) (HsWishes *self, HsQuestion question, guint32 object);
  /* All or none: without them there are no steps. @step is one that there is, but of
   * set_step(), which knows no heap.
   */
  guint (*get_n_steps) (const HsWishes *self, HsHeap *heap);
  guint (*get_step) (const HsWishes *self, HsHeap *heap);
  gboolean (*set_step) (HsWishes *self, guint step);
  guint (*get_step_line) (const HsWishes *self, HsHeap *heap, guint step);
  char *(*dup_step_name) (const HsWishes *self, HsHeap *heap, guint step);
  HsScene *(*build) (const HsWishes *self,
                     HsHeap         *heap,
                     const char     *language,
                     GCancellable   *cancellable,
                     GError        **error);
};

struct _HsWishes
{
  const HsView *view;
  guint         choices[HS_OPTIONS_MAX];
  HsScene      *before;   /* owned; nullable: hs_wishes_set_before() */
  HsHeap       *compared; /* owned; nullable: hs_wishes_set_compared() */
};

extern const HsView _hs_graph_view;    /* hs-graph-wishes.c */
extern const HsView _hs_anatomy_view;  /* hs-anatomy-wishes.c */
extern const HsView _hs_strings_view;  /* hs-strings-wishes.c */
extern const HsView _hs_heap_view;     /* hs-heap-wishes.c */
extern const HsView _hs_pages_view;    /* hs-pages-wishes.c */
extern const HsView _hs_timeline_view; /* hs-timeline-wishes.c */
extern const HsView _hs_compare_view;  /* hs-compare-wishes.c */

G_END_DECLS
