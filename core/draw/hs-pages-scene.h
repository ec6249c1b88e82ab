/* hs-pages-scene.h - the pages of mappings, and what each line did to them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-page-map.h"
#include "hs-scene.h"

G_BEGIN_DECLS

#define HS_PAGES_NO_MAPPING G_MAXUINT

/* What is shown of the pages. */
typedef struct
{
  guint   step;       /* HS_NO_SAMPLE: chosen by the heap's moment */
  guint   n_whole;    /* mappings that are shown whole; the others in a line each */
  guint   extra;      /* one more that is shown whole, or HS_PAGES_NO_MAPPING */
  guint   zoomed;     /* the mapping of which only these pages are shown, or the same */
  guint32 first_page; /* a multiple of n_pages */
  guint32 n_pages;    /* a power of two */
} HsPagesFocus;

/* @before: (nullable): a scene of the same run, whose map of pages is used again.
 * Returns: (transfer full) (nullable): NULL with the errors of hs_page_map_new()
 */
HsScene *hs_pages_scene_new (HsHeap             *heap,
                             const HsPagesFocus *focus,
                             HsScene            *before,
                             const char         *language,
                             GCancellable       *cancellable,
                             GError            **error);

/* What is to be shown when @hit was activated: another step, a part of a mapping, more
 * mappings. FALSE if nothing changes.
 */
gboolean hs_pages_scene_activate (HsScene      *scene,
                                  const HsHit  *hit,
                                  HsPagesFocus *focus);

G_END_DECLS
