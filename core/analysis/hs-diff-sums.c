/* hs-diff-sums.c - what differs between two heaps, by type and by line
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-diff-private.h"

#include <string.h>

typedef struct
{
  HsDiff *self;
  guint  *type_of; /* by number of the text: index in types, G_MAXUINT */
  guint  *line_of; /* the same of lines */
} Sums;

/* Of two sums the difference has to fit, too. */
static guint64
add_up (guint64 sum,
        guint64 bytes)
{
  return bytes > (guint64)G_MAXINT64 - sum ? (guint64)G_MAXINT64 : sum + bytes;
}

static void
count (HsDiffSum *sum,
       gboolean   is_after,
       guint64    bytes)
{
  if (is_after)
    {
      sum->n_after++;
      sum->bytes_after = add_up (sum->bytes_after, bytes);
    }
  else
    {
      sum->n_before++;
      sum->bytes_before = add_up (sum->bytes_before, bytes);
    }
}

static void
count_state (HsDiffSum  *sum,
             HsDiffState state,
             guint64     bytes)
{
  sum->n[state]++;
  sum->bytes[state] = add_up (sum->bytes[state], bytes);
}

static HsDiffType *
get_type (Sums    *sums,
          gboolean is_after,
          guint32  number,
          guint32  object)
{
  HsDiff *self = sums->self;
  HsHeap *heap = is_after ? self->after : self->before;

  if (sums->type_of[number] == G_MAXUINT)
    {
      guint32    index = hs_snapshot_view_get_type (&heap->view, object);
      HsDiffType type = { .type = is_after ? index : G_MAXUINT32 };

      type.name = hs_heap_dup_type_name (heap, index);
      type.family = hs_heap_get_family (heap, object);
      sums->type_of[number] = self->types->len;
      g_array_append_val (self->types, type);
    }

  return &g_array_index (self->types, HsDiffType, sums->type_of[number]);
}

/* NULL unless a line is known that allocated @object. */
static HsDiffLine *
get_line (Sums          *sums,
          HsHeap        *heap,
          const guint32 *numbers,
          guint32        object)
{
  const HsSnapshotView *view = &heap->view;
  HsDiff               *self = sums->self;
  guint32               site;
  guint32               number;

  if (object >= view->n_traced_objects || (view->object_flags[object] & HS_OBJECT_STATIC))
    return NULL;
  site = view->object_site[object];
  if (site < HS_SITE_FIRST || site >= view->n_sites)
    return NULL;

  number = numbers[site] - HS_SITE_FIRST;
  if (sums->line_of[number] == G_MAXUINT)
    {
      HsDiffLine line = { 0 };

      line.file = hs_heap_dup_string (heap, view->site_file[site]);
      line.line = view->site_line[site];
      sums->line_of[number] = self->lines->len;
      g_array_append_val (self->lines, line);
    }

  return &g_array_index (self->lines, HsDiffLine, sums->line_of[number]);
}

static void
add_object (Sums    *sums,
            gboolean is_after,
            gboolean has_lines,
            guint32  object)
{
  HsDiff               *self = sums->self;
  HsHeap               *heap = is_after ? self->after : self->before;
  const HsSnapshotView *view = &heap->view;
  const guint32        *numbers = is_after ? self->types_after : self->types_before;
  guint32               number = numbers[hs_snapshot_view_get_type (view, object)];
  HsDiffType           *type = get_type (sums, is_after, number, object);
  HsDiffLine           *line = NULL;
  guint64               bytes = hs_heap_get_least (heap, object);
  HsDiffState           state = is_after ? hs_diff_get_state (self, object) : HS_DIFF_GONE;

  if (has_lines)
    line = get_line (sums, heap, is_after ? self->sites_after : self->sites_before, object);
  if (hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN)
    type->is_least = TRUE;
  count (&self->sum, is_after, bytes);
  count (&type->sum, is_after, bytes);
  if (line != NULL)
    count (&line->sum, is_after, bytes);
  if (!self->is_matched || (!is_after && self->later[object] != HS_NO_OBJECT))
    return;

  count_state (&self->sum, state, bytes);
  count_state (&type->sum, state, bytes);
  if (line != NULL)
    count_state (&line->sum, state, bytes);
}

static int
compare_sums (const HsDiffSum *left,
              const HsDiffSum *right)
{
  gint64 left_net = (gint64)left->bytes_after - (gint64)left->bytes_before;
  gint64 right_net = (gint64)right->bytes_after - (gint64)right->bytes_before;

  if (left_net == right_net)
    {
      left_net = (gint64)left->n_after - (gint64)left->n_before;
      right_net = (gint64)right->n_after - (gint64)right->n_before;
    }

  return left_net > right_net ? -1 : left_net < right_net;
}

static int
compare_types (gconstpointer a,
               gconstpointer b)
{
  const HsDiffType *left = a;
  const HsDiffType *right = b;
  int               result = compare_sums (&left->sum, &right->sum);

  return result != 0 ? result : strcmp (left->name, right->name);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const HsDiffLine *left = a;
  const HsDiffLine *right = b;
  int               result = compare_sums (&left->sum, &right->sum);

  if (result == 0)
    result = strcmp (left->file, right->file);

  return result != 0 ? result : (left->line > right->line) - (left->line < right->line);
}

static void
clear_type (gpointer data)
{
  g_free (((HsDiffType *)data)->name);
}

static void
clear_line (gpointer data)
{
  g_free (((HsDiffLine *)data)->file);
}

static gboolean
add_objects (Sums         *sums,
             gboolean      is_after,
             GCancellable *cancellable)
{
  const HsSnapshotView *before = &sums->self->before->view;
  const HsSnapshotView *after = &sums->self->after->view;
  guint                 lines = before->info.flags & after->info.flags & HS_INFO_LEDGER_LINES;
  guint32               n = (is_after ? after : before)->n_objects;

  for (guint32 i = 0; i < n; i++)
    {
      if (i % HS_DIFF_CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      add_object (sums, is_after, lines != 0, i);
    }

  return TRUE;
}

gboolean
_hs_diff_sum (HsDiff       *self,
              GCancellable *cancellable)
{
  guint    n = hs_text_table_get_n (self->texts);
  Sums     sums = { self };
  gboolean is_done;

  self->types = g_array_new (FALSE, FALSE, sizeof (HsDiffType));
  self->lines = g_array_new (FALSE, FALSE, sizeof (HsDiffLine));
  g_array_set_clear_func (self->types, clear_type);
  g_array_set_clear_func (self->lines, clear_line);
  sums.type_of = g_new (guint, (gsize)n + 1);
  sums.line_of = g_new (guint, (gsize)n + 1);
  memset (sums.type_of, 0xff, sizeof (guint) * ((gsize)n + 1));
  memset (sums.line_of, 0xff, sizeof (guint) * ((gsize)n + 1));

  is_done = add_objects (&sums, TRUE, cancellable) && add_objects (&sums, FALSE, cancellable);
  g_free (sums.type_of);
  g_free (sums.line_of);
  g_array_sort (self->types, compare_types);
  g_array_sort (self->lines, compare_lines);

  return is_done;
}
