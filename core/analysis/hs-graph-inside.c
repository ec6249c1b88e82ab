/* hs-graph-inside.c - what the members of a group refer to, and what they alone hold
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* So many references are followed between two questions whether to go on. */
#define CANCEL_INTERVAL 16384

typedef struct
{
  HsHeap                 *heap;
  HsGraphScratch         *scratch;
  const HsGraphWanted    *wanted;
  const guint32          *box_of;
  const HsGraphReference *members;
  guint                   n_members;
  GCancellable           *cancellable;
} Search;

void
_hs_graph_scratch_clear (HsGraphScratch *self)
{
  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->stamps, g_free);
}

static void
prepare_scratch (HsGraphScratch *self,
                 HsHeap         *heap)
{
  /* Zero pages until they are written to. */
  if (self->counts == NULL)
    {
      self->counts = g_new0 (guint32, (gsize)heap->view.n_objects + 1);
      self->stamps = g_new0 (guint32, (gsize)heap->view.n_objects + 1);
    }
}

/* Whether @object is new since the last change of the stamp. */
static gboolean
stamp (HsGraphScratch *self,
       uint32_t        object)
{
  if (self->stamps[object] == self->stamp)
    return FALSE;

  self->stamps[object] = self->stamp;

  return TRUE;
}

/* "10 000 × int", "3 × int, shared", "11 objects of several types" */
static char *
dup_summary (HsHeap  *heap,
             uint32_t object,
             guint    n_distinct,
             guint    n_members,
             gboolean is_one_type)
{
  g_autofree char *count = hs_format_count (n_distinct);
  g_autofree char *type = NULL;

  if (!is_one_type)
    /* translators: what a reference of each member of a group leads to; %s is a number */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object of several types",
                                         "%s objects of several types", n_distinct),
                            count);

  type = hs_heap_dup_type_name (heap, hs_snapshot_view_get_type (&heap->view, object));
  if (n_distinct < n_members)
    /* translators: what a reference of each member of a group leads to: a number, a type;
     * several members refer to the same object
     */
    return g_strdup_printf (_("%s × %s, shared"), count, type);

  /* translators: title of a group of objects: how many, and their type: "1 000 × float" */
  return g_strdup_printf (_("%s × %s"), count, type);
}

/* What reference @i of each member leads to. */
static HsGraphGroupRow
make_row (Search  *search,
          uint32_t i)
{
  HsHeap               *heap = search->heap;
  const HsSnapshotView *view = &heap->view;
  HsGraphGroupRow       row = { view->object_edges[search->members[0].target] + i, HS_NO_OBJECT };
  uint32_t              first = view->edge_target[row.edge];
  uint32_t              type = hs_snapshot_view_get_type (view, first);
  gboolean              is_one_type = TRUE;
  guint                 n_distinct = 0;

  search->scratch->stamp++;
  for (guint m = 0; m < search->n_members; m++)
    {
      uint32_t edge = view->object_edges[search->members[m].target] + i;
      uint32_t target = view->edge_target[edge];

      if (stamp (search->scratch, target))
        n_distinct++;
      is_one_type = is_one_type && hs_snapshot_view_get_type (view, target) == type;
    }

  if (n_distinct == 1)
    row.target = first;
  else
    row.value = dup_summary (heap, first, n_distinct, search->n_members, is_one_type);

  return row;
}

static void
add_rows (HsGraphInside *self,
          Search        *search)
{
  const HsSnapshotView *view = &search->heap->view;
  uint32_t              first = search->members[0].target;
  uint32_t              end = view->object_edges[first + 1];

  for (uint32_t edge = view->object_edges[first]; edge < end; edge++)
    {
      HsGraphGroupRow row;

      if (!_hs_graph_is_drawn (search->heap, edge, end))
        continue;
      if (g_cancellable_is_cancelled (search->cancellable))
        return;

      row = make_row (search, edge - view->object_edges[first]);
      g_array_append_val (self->rows, row);
    }
}

static gboolean
can_be_inside (Search  *search,
               uint32_t object)
{
  return (search->heap->view.object_flags[object] & (HS_OBJECT_STATIC | HS_OBJECT_BOUNDARY)) == 0 &&
         _hs_heap_get_role (search->heap, object) != HS_ROLE_DEFINITION &&
         search->box_of[object] == 0 &&
         _hs_graph_wanted_get (search->wanted->objects, object) == 0;
}

/* Counts the references from @object; what has no others is inside. */
static void
follow (HsGraphInside *self,
        Search        *search,
        GArray        *touched,
        uint32_t       object)
{
  const HsSnapshotView *view = &search->heap->view;
  guint32              *counts = search->scratch->counts;

  for (uint32_t edge = view->object_edges[object]; edge < view->object_edges[object + 1]; edge++)
    {
      uint32_t target = view->edge_target[edge];

      /* A mark of a row's target: it gets a box of its own. */
      if (counts[target] == G_MAXUINT32)
        continue;
      if (counts[target]++ == 0)
        g_array_append_val (touched, target);
      if (counts[target] == search->heap->n_referrers[target] && can_be_inside (search, target))
        g_array_append_val (self->inside, target);
    }
}

static void
find_inside (HsGraphInside *self,
             Search        *search)
{
  guint32 *counts = search->scratch->counts;
  g_autoptr(GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_inside = 0;

  /* Neither a member nor what all refer to is inside. */
  for (guint i = 0; i < search->n_members; i++)
    {
      counts[search->members[i].target] = G_MAXUINT32;
      g_array_append_val (touched, search->members[i].target);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint32 target = g_array_index (self->rows, HsGraphGroupRow, i).target;

      if (target == HS_NO_OBJECT)
        continue;
      counts[target] = G_MAXUINT32;
      g_array_append_val (touched, target);
    }

  for (guint i = 0; i < search->n_members + n_inside; i++)
    {
      uint32_t object = i < search->n_members
                          ? search->members[i].target
                          : g_array_index (self->inside, guint32, i - search->n_members);

      if (i % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (search->cancellable))
        break;
      follow (self, search, touched, object);
      n_inside = self->inside->len;
    }

  for (guint i = 0; i < touched->len; i++)
    counts[g_array_index (touched, guint32, i)] = 0;
}

static void
row_clear (gpointer data)
{
  g_free (((HsGraphGroupRow *)data)->value);
}

void
_hs_graph_inside_init (HsGraphInside          *self,
                       HsHeap                 *heap,
                       HsGraphScratch         *scratch,
                       const HsGraphWanted    *wanted,
                       const guint32          *box_of,
                       const HsGraphReference *members,
                       guint                   n_members,
                       gboolean                is_mixed,
                       GCancellable           *cancellable)
{
  Search search = { heap, scratch, wanted, box_of, members, n_members, cancellable };

  self->rows = g_array_new (FALSE, FALSE, sizeof (HsGraphGroupRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->inside = g_array_new (FALSE, FALSE, sizeof (guint32));

  /* Leaves have neither. */
  if (!is_mixed && _hs_graph_is_leaf (heap, members[0].target))
    return;

  prepare_scratch (scratch, heap);
  if (!is_mixed)
    add_rows (self, &search);
  find_inside (self, &search);
}

void
_hs_graph_inside_clear (HsGraphInside *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->inside);
}
