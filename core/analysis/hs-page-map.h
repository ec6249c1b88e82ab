/* hs-page-map.h - the pages of mappings at each time at which they were looked at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-history.h"

G_BEGIN_DECLS

/* What a page is shown as. A page has one class; where several are true, the last but
 * for HS_PAGE_CLASS_HIDDEN.
 */
typedef enum
{
  HS_PAGE_CLASS_NONE,   /* neither mapped nor in the cache */
  HS_PAGE_CLASS_HIDDEN, /* not mapped; whether it is in the cache, the kernel does not say */
  HS_PAGE_CLASS_CACHED, /* in the cache, not mapped */
  HS_PAGE_CLASS_NEWER,  /* likewise, and newer than the disk */
  HS_PAGE_CLASS_MAPPED,
  HS_PAGE_CLASS_ZERO, /* mapped to the page of zeros */
  HS_PAGE_CLASS_DIRTY,
  HS_PAGE_CLASS_COPY, /* of a private mapping of a file: the process's own */
  HS_PAGE_CLASS_SWAPPED,
  HS_N_PAGE_CLASSES
} HsPageClass;

/* Pages @first to @end - 1. */
typedef struct
{
  guint32 first;
  guint32 end;
  guint32 state; /* HsPageState */
} HsPageSpan;

/* A time at which pages were looked at: those of one mapping or of several. */
typedef struct
{
  guint64 time_ns;
  guint   line;         /* of the code's file, that had run; 0: unknown */
  guint   moment;       /* of the history; HS_NO_MOMENT */
  guint   first_sample; /* of the record's page samples */
  guint   n_samples;    /* not 0 */
  guint   is_end : 1;   /* of the code: no line of it runs any more */
} HsPageStep;

/* Immutable and atomically reference counted: any thread may read it. Mappings and
 * samples are named by their index in the record.
 */
typedef struct _HsPageMap HsPageMap;

#define HS_NO_SAMPLE G_MAXUINT

/* Returns: (transfer full) (nullable): NULL with G_IO_ERROR_NOT_FOUND (a translated
 * sentence) if there is no history, no mapping or no sample, G_IO_ERROR_CANCELLED.
 * O(samples + runs * log samples)
 */
HsPageMap *hs_page_map_new (HsHistory    *history,
                            GCancellable *cancellable,
                            GError      **error);
HsPageMap *hs_page_map_ref (HsPageMap *self);
void       hs_page_map_unref (HsPageMap *self);

HsHistory *hs_page_map_get_history (HsPageMap *self); /* (transfer none) */

guint             hs_page_map_get_n_steps (HsPageMap *self); /* not 0 */
const HsPageStep *hs_page_map_get_step (HsPageMap *self,
                                        guint      step);
/* The same without a map, O(samples): 0 without a history. */
guint    hs_page_map_count_steps (HsHistory *history); /* (nullable) */
gboolean hs_page_map_find_step (HsHistory  *history,
                                guint       step,
                                HsPageStep *found);
/* The last step at or before @moment (HS_NO_MOMENT: the end); if there is none, or at the
 * end all are closed: the last of those with most pages mapped or in the cache.
 * HS_NO_SAMPLE without any. O(samples)
 */
guint hs_page_map_choose_step (HsHistory *history,
                               guint      moment);

guint hs_page_map_get_n_mappings (HsPageMap *self);
/* The last sample of @mapping by @step; HS_NO_SAMPLE: it was not yet found. O(log n) */
guint hs_page_map_find_sample (HsPageMap *self,
                               guint      mapping,
                               guint      step);
/* The sample of the same mapping before @sample, or HS_NO_SAMPLE. O(log n) */
guint hs_page_map_get_previous (HsPageMap *self,
                                guint      sample);
/* 0 if it is closed by then. */
guint32 hs_page_map_get_n_pages (HsPageMap *self,
                                 guint      sample);
/* The most that a mapping had at any time: those of the map that has room for all. */
guint32 hs_page_map_get_most_pages (HsPageMap *self,
                                    guint      mapping);

/* The pages that are in any state but 0, ascending. O(spans + a bounded number of runs)
 * Returns: (transfer full) (element-type HsPageSpan)
 */
GArray *hs_page_map_dup_spans (HsPageMap *self,
                               guint      sample);
/* The same from those of the sample before. O(spans) in copying, else O(runs * log spans) */
GArray *hs_page_map_dup_next_spans (HsPageMap    *self,
                                    guint         sample,
                                    const GArray *before);

/* The class of a page of @mapping in @state; and what it is called: that depends on what
 * is mapped. Translated, constant.
 */
HsPageClass hs_page_map_get_class (HsPageMap *self,
                                   guint      mapping,
                                   guint32    state);
const char *hs_page_map_get_class_name (HsPageMap  *self,
                                        guint       mapping,
                                        HsPageClass page_class);
guint32     hs_page_spans_get_state (const GArray *spans,
                                     guint32       page);

/* ---- Cells ---- */

/* How many of the pages of a cell are in which class. */
typedef struct
{
  guint32 n[HS_N_PAGE_CLASSES];
} HsPageCell;

/* Pages @first_page to @first_page + @n_pages - 1 of a mapping, 1 << @shift in each cell. */
typedef struct
{
  guint32     first_page;
  guint32     n_pages;
  guint       shift; /* below 32 */
  guint32     n_cells;
  HsPageCell *cells;                       /* owned */
  guint8      classes[HS_PAGE_STATES + 1]; /* HsPageClass by state */
} HsPageCells;

/* O(cells + spans) */
void hs_page_cells_init (HsPageCells  *self,
                         HsPageMap    *map,
                         guint         mapping,
                         const GArray *spans,
                         guint32       first_page,
                         guint32       n_pages,
                         guint         shift);
void hs_page_cells_clear (HsPageCells *self);
/* What @sample changed, from the spans of the sample before to its own. O(its runs * log
 * spans, and the cells that lie in them)
 */
void hs_page_cells_change (HsPageCells  *self,
                           HsPageMap    *map,
                           guint         sample,
                           const GArray *before,
                           const GArray *after);

/* Of most of the pages; of several, the last. */
HsPageClass hs_page_cell_get_dominant (const HsPageCell *self);
/* Of those that are not the dominant one, the one that is worth most attention; the
 * dominant one if there is no other.
 */
HsPageClass hs_page_cell_get_odd (const HsPageCell *self);

/* The sample, up to @sample, in which @page came into the class that it has there;
 * HS_NO_SAMPLE: it has always been in it. O(samples * log runs)
 */
guint hs_page_map_find_last_change (HsPageMap *self,
                                    guint      sample,
                                    guint32    page);

/* ---- What the last access did ---- */

/* Pages that are new in a sample against the one before. */
typedef enum
{
  HS_PAGE_CHANGE_READ_AHEAD, /* came into the cache, but are not mapped */
  HS_PAGE_CHANGE_MAPPED,     /* touched, or mapped together with one that was */
  HS_PAGE_CHANGE_WRITTEN,    /* dirty, or copied */
  HS_PAGE_CHANGE_GONE,       /* no longer mapped or in the cache */
  HS_N_PAGE_CHANGES
} HsPageChange;

/* Against the sample before, whose pages are not @after; none in the first sample of a
 * mapping: what is in the cache then may have been there for long. Ascending; .state is
 * an HsPageChange. Returns: (transfer full) (element-type HsPageSpan)
 */
GArray     *hs_page_map_dup_changes (HsPageMap    *self,
                                     guint         sample,
                                     const GArray *after);
const char *hs_page_change_get_name (HsPageChange change); /* translated, constant */

/* ---- Words ---- */

/* The object of a mapping in @heap; HS_NO_OBJECT if it is not there (any more). */
guint32 hs_page_map_find_object (HsPageMap *self,
                                 HsHeap    *heap,
                                 guint      mapping);
/* "mm" by the names that point to it in @heap; else its file or "Mapping 3".
 * Returns: (transfer full)
 */
char *hs_page_map_dup_mapping_name (HsPageMap *self,
                                    HsHeap    *heap,
                                    guint      mapping);
/* What is mapped and how, one fact in each. @sample: HS_NO_SAMPLE: of none.
 * Returns: (transfer full)
 */
char **hs_page_map_dup_facts (HsPageMap *self,
                              guint      mapping,
                              guint      sample);
/* Why a mapping has no sample: translated, constant. */
const char *hs_page_map_get_absence (HsPageMap *self,
                                     guint      mapping);
/* "5 mapped, …": the sums of the sample. Returns: (transfer full) */
char *hs_page_map_dup_sums (HsPageMap *self,
                            guint      sample);
/* What the last access did, a sentence for each change. (transfer full) */
char **hs_page_map_dup_change_sentences (HsPageMap    *self,
                                         guint         sample,
                                         const GArray *changes);
/* "Line 5, 3 of 12" (transfer full) */
char *hs_page_step_dup_name (const HsPageStep *step,
                             guint             index,
                             guint             n_steps);
/* All facts of the pages @first to @first + @n - 1 at @sample; of one page also when it
 * changed before. O(samples * log runs). Returns: (transfer full)
 */
char *hs_page_map_describe_pages (HsPageMap        *self,
                                  guint             mapping,
                                  guint             sample,
                                  guint32           first,
                                  guint32           n,
                                  const HsPageCell *cell);
/* "pages 0–15" (transfer full) */
char *hs_page_format_range (guint32 first,
                            guint32 n);
/* What was not sampled, or not kept, as sentences; NULL if nothing. (transfer full) */
char *hs_page_map_dup_limits (HsPageMap *self);
/* The text twin: samples, then the mappings at @step in runs of pages. */
char *hs_page_map_to_text (HsPageMap *self,
                           HsHeap    *heap,
                           guint      step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPageMap, hs_page_map_unref)

G_END_DECLS
