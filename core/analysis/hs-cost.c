/* hs-cost.c - what one more instance of each class costs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cost-private.h"

#include <string.h>

#include "hs-anatomy-private.h"
#include "hs-heap-private.h"

/* Instances whose referrers are looked at to find the sequence that holds them. */
#define SAMPLE 1000

/* Objects between two looks at the cancellable. */
#define CHECK_EVERY 65536

/* What is collected of a class before it is summed up. */
typedef struct
{
  HsCostClass cost;
  GHashTable *sizes;      /* owned; guint64 → Size */
  GHashTable *attributes; /* owned; number of attributes → how many instances */
  GHashTable *holders;    /* owned; sequence → how many of the sampled instances */
  guint       n_sampled;
  gboolean    is_unknown;
} Collected;

typedef struct
{
  guint64 bytes;
  guint64 n;
  guint32 object; /* the first of that size */
} Size;

static void
collected_free (gpointer data)
{
  Collected *self = data;

  g_hash_table_unref (self->sizes);
  g_hash_table_unref (self->attributes);
  g_hash_table_unref (self->holders);
  g_free (self->cost.name);
  g_free (self);
}

static Collected *
collected_new (HsHeap *heap,
               guint32 type)
{
  Collected *self = g_new0 (Collected, 1);

  self->cost.type = type;
  self->cost.name = hs_heap_dup_type_name (heap, type);
  self->cost.has_slots = TRUE;
  self->cost.object = HS_NO_OBJECT;
  self->sizes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->attributes = g_hash_table_new (NULL, NULL);
  self->holders = g_hash_table_new (NULL, NULL);

  return self;
}

/* A class written in Python, of the code itself. */
static gboolean
is_of_code (HsHeap *heap,
            guint32 type)
{
  const HsSnapshotView *view = &heap->view;

  return view->type_family[type] == HS_FAMILY_INSTANCE &&
         strcmp (hs_snapshot_view_get_string (view, view->type_module[type]), "__main__") == 0;
}

guint64
_hs_cost_get_bytes (HsHeap *heap,
                    guint32 object)
{
  guint64 bytes = hs_heap_get_occupied (heap, object);
  guint32 dict = _hs_anatomy_find_dict (heap, object);

  if (dict == HS_NO_OBJECT || bytes == HS_BYTES_UNKNOWN)
    return bytes;

  return hs_heap_get_occupied (heap, dict) == HS_BYTES_UNKNOWN
           ? HS_BYTES_UNKNOWN
           : bytes + hs_heap_get_occupied (heap, dict);
}

static void
count_in (GHashTable *table,
          guint       key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, GUINT_TO_POINTER (key)));

  g_hash_table_insert (table, GUINT_TO_POINTER (key), GUINT_TO_POINTER (n + 1));
}

/* The key that was counted most often; the lower of two. */
static guint
find_most (GHashTable *table,
           guint       fallback)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;
  guint          best = fallback;
  guint          most = 0;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most ||
        (GPOINTER_TO_UINT (value) == most && GPOINTER_TO_UINT (key) < best))
      {
        best = GPOINTER_TO_UINT (key);
        most = GPOINTER_TO_UINT (value);
      }

  return best;
}

static void
add_size (Collected *self,
          guint64    bytes,
          guint32    object)
{
  Size *size = g_hash_table_lookup (self->sizes, &bytes);

  if (size == NULL)
    {
      size = g_new0 (Size, 1);
      size->bytes = bytes;
      size->object = object;
      g_hash_table_insert (self->sizes, &size->bytes, size);
    }
  size->n++;
}

/* Attributes in the instance, and those of its __dict__. */
static guint
count_attributes (HsHeap    *heap,
                  guint32    object,
                  Collected *self)
{
  const HsSnapshotView *view = &heap->view;
  guint32               dict = _hs_anatomy_find_dict (heap, object);
  guint                 n = 0;

  for (guint32 edge = view->object_edges[object]; edge < view->object_edges[object + 1]; edge++)
    if (view->edge_kind[edge] == HS_EDGE_ATTRIBUTE || view->edge_kind[edge] == HS_EDGE_SLOT)
      {
        n++;
        if (view->edge_kind[edge] == HS_EDGE_ATTRIBUTE)
          self->cost.has_slots = FALSE;
      }
  if (dict == HS_NO_OBJECT)
    return n;

  self->cost.has_slots = FALSE;
  for (guint32 edge = view->object_edges[dict]; edge < view->object_edges[dict + 1]; edge++)
    if (view->edge_kind[edge] == HS_EDGE_VALUE)
      n++;

  return n;
}

static void
add_holders (HsHeap    *heap,
             guint32    object,
             Collected *self)
{
  const HsSnapshotView *view = &heap->view;
  guint                 n_edges;
  const guint32        *edges = _hs_heap_get_referrers (heap, object, &n_edges);

  for (guint i = 0; i < n_edges; i++)
    if (view->edge_kind[edges[i]] == HS_EDGE_INDEX)
      count_in (self->holders, _hs_heap_get_edge_source (heap, edges[i]));
}

static void
add_instance (HsHeap    *heap,
              guint32    object,
              Collected *self)
{
  guint64 bytes = _hs_cost_get_bytes (heap, object);

  self->cost.n_instances++;
  count_in (self->attributes, count_attributes (heap, object, self));
  if (self->n_sampled++ < SAMPLE)
    add_holders (heap, object, self);
  if (bytes == HS_BYTES_UNKNOWN)
    self->is_unknown = TRUE;
  else
    add_size (self, bytes, object);
}

/* The first instances that @holder holds, each once. */
static void
fill_series (HsHeap      *heap,
             guint32      holder,
             HsCostClass *cost)
{
  const HsSnapshotView *view = &heap->view;
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 edge = view->object_edges[holder];
       edge < view->object_edges[holder + 1] && cost->n_series < HS_COST_SERIES; edge++)
    {
      guint32 object = view->edge_target[edge];

      if (view->edge_kind[edge] == HS_EDGE_INDEX &&
          hs_snapshot_view_get_type (view, object) == cost->type &&
          g_hash_table_add (seen, GUINT_TO_POINTER (object)))
        cost->series[cost->n_series++] = _hs_cost_get_bytes (heap, object);
    }
  if (cost->n_series < 2)
    cost->n_series = 0;
}

static void
sum_up (HsHeap    *heap,
        Collected *self)
{
  HsCostClass   *cost = &self->cost;
  const Size    *typical = NULL;
  guint          holder = find_most (self->holders, HS_NO_OBJECT);
  GHashTableIter iter;
  gpointer       value;

  if (holder != HS_NO_OBJECT)
    fill_series (heap, holder, cost);
  cost->min_bytes = HS_BYTES_UNKNOWN;
  g_hash_table_iter_init (&iter, self->sizes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Size *size = value;

      cost->min_bytes = MIN (cost->min_bytes, size->bytes);
      cost->max_bytes = MAX (cost->max_bytes, size->bytes);
      if (typical == NULL || size->n > typical->n ||
          (size->n == typical->n && size->bytes < typical->bytes))
        typical = size;
    }
  /* The first ones may be the most, but they are not what one more costs. */
  if (cost->n_series == HS_COST_SERIES)
    typical = g_hash_table_lookup (self->sizes, &cost->series[HS_COST_SERIES - 1]);
  cost->n_attributes = find_most (self->attributes, 0);
  if (cost->n_attributes == 0 && heap->view.type_presize[cost->type] >= HS_COST_PRESIZE_WITH_DICT)
    cost->has_slots = FALSE;
  if (typical == NULL || self->is_unknown)
    cost->bytes = cost->min_bytes = cost->max_bytes = HS_BYTES_UNKNOWN;
  else
    cost->bytes = typical->bytes;
  cost->is_steady = cost->bytes != HS_BYTES_UNKNOWN &&
                    (cost->n_instances >= HS_COST_SERIES ||
                     (cost->has_slots && cost->min_bytes == cost->max_bytes));
  if (typical != NULL)
    {
      cost->object = typical->object;
      cost->n_typical = typical->n;
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const HsCostClass *left = a;
  const HsCostClass *right = b;

  if (left->has_slots != right->has_slots)
    return left->has_slots ? 1 : -1;
  if (left->n_attributes != right->n_attributes)
    return left->n_attributes < right->n_attributes ? -1 : 1;
  if (strcmp (left->name, right->name) != 0)
    return strcmp (left->name, right->name);

  return left->type < right->type ? -1 : left->type > right->type;
}

static void
clear_class (gpointer data)
{
  g_free (((HsCostClass *)data)->name);
}

HsCost *
hs_cost_new (HsHeap       *heap,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr(HsCost) self = g_new0 (HsCost, 1);
  const HsSnapshotView  *view = &heap->view;
  g_autofree Collected **by_type = g_new0 (Collected *, view->n_types + 1);

  self->heap = hs_heap_ref (heap);
  self->classes = g_array_new (FALSE, FALSE, sizeof (HsCostClass));
  g_array_set_clear_func (self->classes, clear_class);
  for (guint32 i = 0; i < view->n_types; i++)
    if (is_of_code (heap, i))
      by_type[i] = collected_new (heap, i);
  for (guint32 i = 0; i < view->n_objects; i++)
    {
      Collected *collected = by_type[hs_snapshot_view_get_type (view, i)];

      if (i % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      if (collected != NULL)
        add_instance (heap, i, collected);
    }
  for (guint32 i = 0; i < view->n_types; i++)
    {
      if (by_type[i] != NULL && by_type[i]->cost.n_instances > 0)
        {
          sum_up (heap, by_type[i]);
          g_array_append_val (self->classes, by_type[i]->cost);
          by_type[i]->cost.name = NULL;
        }
      g_clear_pointer (&by_type[i], collected_free);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  g_array_sort (self->classes, compare);

  return g_steal_pointer (&self);
}

void
hs_cost_free (HsCost *self)
{
  hs_heap_unref (self->heap);
  g_array_unref (self->classes);
  g_free (self);
}

HsHeap *
hs_cost_get_heap (HsCost *self)
{
  return self->heap;
}

guint
hs_cost_get_n (HsCost *self)
{
  return self->classes->len;
}

const HsCostClass *
hs_cost_get (HsCost *self,
             guint   i)
{
  g_return_val_if_fail (i < self->classes->len, NULL);

  return &g_array_index (self->classes, HsCostClass, i);
}
