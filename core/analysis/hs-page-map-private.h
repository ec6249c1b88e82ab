/* hs-page-map-private.h - what the map of pages is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-page-map.h"

G_BEGIN_DECLS

/* The pages of a mapping at one of its samples, so that no other sample is far. */
typedef struct
{
  guint   nth;   /* of the mapping's samples */
  GArray *spans; /* owned; HsPageSpan */
} HsPageKeyframe;

/* A mapping, with what the record says of it. */
typedef struct
{
  GArray *samples;    /* owned; guint: of the record, ascending */
  GArray *keyframes;  /* owned; HsPageKeyframe, ascending */
  guint32 most_pages; /* at any time */
} HsPageMapping;

struct _HsPageMap
{
  gatomicrefcount     ref_count;
  HsHistory          *history; /* owned */
  const HsRecordView *record;
  GArray             *steps;    /* owned; HsPageStep */
  HsPageMapping      *mappings; /* owned */
};

/* Fills in the keyframes of a mapping whose samples are there. FALSE if cancelled. */
gboolean _hs_page_map_add_keyframes (HsPageMap     *self,
                                     HsPageMapping *mapping,
                                     GCancellable  *cancellable);
/* Which of its mapping's samples @sample is. */
guint _hs_page_map_get_nth (HsPageMap *self,
                            guint      sample);

/* What one sample changes: its runs, and the pages that it has no more. (transfer full) */
GArray *_hs_page_map_dup_sample (HsPageMap *self,
                                 guint      sample);

/* The first of @spans that ends behind @page, or their number. From @start on. */
guint _hs_page_spans_find (const GArray *spans,
                           guint         start,
                           guint32       page);
/* Behind the last: @first to @end - 1 in @state, one with the last if that is the same. */
void _hs_page_spans_append (GArray *spans,
                            guint32 first,
                            guint32 end,
                            guint32 state);

G_END_DECLS
