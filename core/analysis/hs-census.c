/* hs-census.c - the types of a heap by count, bytes and retained bytes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-census-private.h"

#include <string.h>

#include "hs-dominators.h"
#include "hs-heap-private.h"

/* Objects between two looks at the cancellable. */
#define CHECK_EVERY 65536

static guint64
add_bytes (guint64 sum,
           guint64 bytes)
{
  return bytes > G_MAXUINT64 - 1 - sum ? G_MAXUINT64 - 1 : sum + bytes;
}

static HsCensusType *
get_type (HsCensus *self,
          guint32   type)
{
  if (self->by_type[type] == G_MAXUINT)
    {
      HsCensusType fresh = {
        .type = type,
        .name = hs_heap_dup_type_name (self->heap, type),
        .object = HS_NO_OBJECT,
      };

      self->by_type[type] = self->types->len;
      g_array_append_val (self->types, fresh);
    }

  return &g_array_index (self->types, HsCensusType, self->by_type[type]);
}

/* Whether its main block was there before the code began. Only the ledger knows. */
static gboolean
is_baseline (HsHeap *heap,
             guint32 object)
{
  HsSnapshotBlock block;

  return heap->view.n_traced_objects > 0 &&
         hs_snapshot_view_get_main_block (&heap->view, object, &block) &&
         block.site == HS_SITE_BASELINE;
}

static void
add_object (HsCensus *self,
            guint32   object)
{
  const HsSnapshotView *view = &self->heap->view;
  HsCensusType         *type = get_type (self, hs_snapshot_view_get_type (view, object));
  guint64               least = hs_heap_get_least (self->heap, object);
  guint64               getsizeof = hs_heap_get_getsizeof (self->heap, object);

  type->family = hs_heap_get_family (self->heap, object);
  type->n_objects++;
  if (view->object_flags[object] & HS_OBJECT_STATIC)
    type->n_static++;
  if (is_baseline (self->heap, object))
    {
      type->n_baseline++;
      self->n_baseline++;
      self->baseline = add_bytes (self->baseline, least);
    }
  type->occupied = add_bytes (type->occupied, least);
  if (hs_heap_get_occupied (self->heap, object) == HS_BYTES_UNKNOWN)
    type->is_least = self->is_least = TRUE;
  if (getsizeof == HS_BYTES_UNKNOWN || type->getsizeof == HS_BYTES_UNKNOWN)
    type->getsizeof = HS_BYTES_UNKNOWN;
  else
    type->getsizeof = add_bytes (type->getsizeof, getsizeof);
  self->occupied = add_bytes (self->occupied, least);
  self->n_objects++;
}

/* One object on the way from the top of the tree of dominators. */
typedef struct
{
  guint32        object; /* HS_NO_OBJECT: the top */
  const guint32 *children;
  guint32        n_children;
  guint32        next;
} Level;

static Level
level_new (const HsDominators *dominators,
           guint32             object)
{
  Level level = { .object = object };

  level.children = hs_dominators_get_children (dominators, object, &level.n_children);

  return level;
}

static void
add_retained (HsCensus           *self,
              const HsDominators *dominators,
              guint32             object,
              guint64            *most)
{
  HsCensusType *type = get_type (self, hs_snapshot_view_get_type (&self->heap->view, object));
  gboolean      is_least;
  guint64       retained = hs_dominators_get_retained (dominators, object, &is_least);

  type->retained = add_bytes (type->retained, retained);
  type->is_retained_least |= is_least;
  if (type->object == HS_NO_OBJECT || retained > most[type->type])
    {
      type->object = object;
      most[type->type] = retained;
    }
}

/* What an object of the type retains counts once: not within another of the type.
 * Goes down the tree and counts the objects of each type above. O(objects)
 */
static gboolean
sum_retained (HsCensus     *self,
              GCancellable *cancellable)
{
  const HsSnapshotView *view = &self->heap->view;
  const HsDominators   *dominators = hs_heap_get_dominators (self->heap);
  g_autofree guint32   *n_above = g_new0 (guint32, view->n_types + 1);
  g_autofree guint64   *most = g_new0 (guint64, view->n_types + 1);
  g_autoptr(GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Level   top = level_new (dominators, HS_NO_OBJECT);
  guint32 n_seen = 0;

  g_array_append_val (levels, top);
  while (levels->len > 0)
    {
      Level  *level = &g_array_index (levels, Level, levels->len - 1);
      Level   below;
      guint32 type;

      if (level->next == level->n_children)
        {
          if (level->object != HS_NO_OBJECT)
            n_above[hs_snapshot_view_get_type (view, level->object)]--;
          g_array_set_size (levels, levels->len - 1);
          continue;
        }
      if (n_seen++ % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;

      below = level_new (dominators, level->children[level->next++]);
      type = hs_snapshot_view_get_type (view, below.object);
      if (n_above[type]++ == 0)
        add_retained (self, dominators, below.object, most);
      g_array_append_val (levels, below);
    }

  return TRUE;
}

static int
compare_numbers (guint64 left,
                 guint64 right)
{
  return left > right ? -1 : left < right;
}

/* Growth in bytes or objects; of what is not compared 0. */
static gint64
get_growth (const HsCensusType *type,
            HsCensusOrder       order)
{
  const HsDiffSum *sum;

  if (type->difference == NULL)
    return 0;

  sum = &type->difference->sum;

  return order == HS_CENSUS_BY_BYTES ? (gint64)sum->bytes_after - (gint64)sum->bytes_before
                                     : (gint64)sum->n_after - (gint64)sum->n_before;
}

static int
compare_growth (const HsCensusType *left,
                const HsCensusType *right,
                HsCensusOrder       order)
{
  gint64 left_growth = get_growth (left, order);
  gint64 right_growth = get_growth (right, order);

  return left_growth > right_growth ? -1 : left_growth < right_growth;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const HsCensusType *left = a;
  const HsCensusType *right = b;
  HsCensusOrder       order = *(const HsCensusOrder *)user_data;
  int                 result = 0;

  if (order == HS_CENSUS_BY_BYTES || order == HS_CENSUS_BY_COUNT)
    result = compare_growth (left, right, order);
  if (result != 0)
    return result;
  if (order == HS_CENSUS_BY_BYTES)
    result = compare_numbers (left->occupied, right->occupied);
  else if (order == HS_CENSUS_BY_RETAINED)
    result = compare_numbers (left->retained, right->retained);
  if (result == 0 && order != HS_CENSUS_BY_NAME)
    result = compare_numbers (left->n_objects, right->n_objects);
  if (result == 0)
    result = strcmp (left->name, right->name);

  return result != 0 ? result : left->type < right->type ? -1
                                                         : left->type > right->type;
}

static void
clear_type (gpointer data)
{
  g_free (((HsCensusType *)data)->name);
}

/* Takes what differs over, and types of which all objects have gone. */
static void
add_differences (HsCensus *self,
                 HsDiff   *diff)
{
  self->diff = hs_diff_ref (diff);
  for (guint i = 0; i < hs_diff_get_n_types (diff); i++)
    {
      const HsDiffType *difference = hs_diff_get_type (diff, i);
      HsCensusType      gone = { .type = G_MAXUINT32, .object = HS_NO_OBJECT };

      if (difference->type != G_MAXUINT32)
        {
          get_type (self, difference->type)->difference = difference;
          continue;
        }
      gone.name = g_strdup (difference->name);
      gone.family = difference->family;
      gone.difference = difference;
      g_array_append_val (self->types, gone);
    }
}

HsCensus *
hs_census_new (HsHeap       *heap,
               HsCensusOrder order,
               GCancellable *cancellable,
               GError      **error)
{
  return hs_census_new_compared (heap, NULL, order, cancellable, error);
}

HsCensus *
hs_census_new_compared (HsHeap       *heap,
                        HsDiff       *diff,
                        HsCensusOrder order,
                        GCancellable *cancellable,
                        GError      **error)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autoptr(HsCensus) self = g_new0 (HsCensus, 1);

  self->heap = hs_heap_ref (heap);
  self->types = g_array_new (FALSE, FALSE, sizeof (HsCensusType));
  g_array_set_clear_func (self->types, clear_type);
  self->by_type = g_new (guint, view->n_types + 1);
  memset (self->by_type, 0xff, sizeof (guint) * (view->n_types + 1));

  for (guint32 i = 0; i < view->n_objects; i++)
    {
      if (i % CHECK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      add_object (self, i);
    }
  if (!hs_heap_prepare_dominators (heap, cancellable, error))
    return NULL;
  if (!sum_retained (self, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }

  if (diff != NULL && hs_diff_get_after (diff) == heap)
    add_differences (self, diff);
  g_array_sort_with_data (self->types, compare, &order);
  for (guint i = 0; i < self->types->len; i++)
    if (g_array_index (self->types, HsCensusType, i).type != G_MAXUINT32)
      self->by_type[g_array_index (self->types, HsCensusType, i).type] = i;

  return g_steal_pointer (&self);
}

void
hs_census_free (HsCensus *self)
{
  hs_heap_unref (self->heap);
  g_clear_pointer (&self->diff, hs_diff_unref);
  g_array_unref (self->types);
  g_free (self->by_type);
  g_free (self);
}

HsHeap *
hs_census_get_heap (HsCensus *self)
{
  return self->heap;
}

HsDiff *
hs_census_get_diff (HsCensus *self)
{
  return self->diff;
}

guint
hs_census_get_n (HsCensus *self)
{
  return self->types->len;
}

const HsCensusType *
hs_census_get (HsCensus *self,
               guint     i)
{
  g_return_val_if_fail (i < self->types->len, NULL);

  return &g_array_index (self->types, HsCensusType, i);
}

guint
hs_census_find (HsCensus *self,
                guint32   type)
{
  g_return_val_if_fail (type < hs_heap_get_view (self->heap)->n_types, G_MAXUINT);

  return self->by_type[type];
}

guint64
hs_census_get_n_objects (HsCensus *self)
{
  return self->n_objects;
}

guint64
hs_census_get_occupied (HsCensus *self,
                        gboolean *is_least)
{
  if (is_least != NULL)
    *is_least = self->is_least;

  return self->occupied;
}
