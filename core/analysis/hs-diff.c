/* hs-diff.c - matches the objects of two heaps
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-diff-private.h"

#include <string.h>

#define N_PASSES 8

/* What a number stands for, so that a type never gets that of a file. */
enum
{
  NUMBER_MODULE,
  NUMBER_TYPE,
  NUMBER_SITE,
};

guint32
_hs_diff_number (HsDiff     *self,
                 const char *text,
                 guint64     first,
                 guint64     second)
{
  HsTextKey key = { text, strnlen (text, HS_DIFF_TEXT_MAX), first, second };

  return hs_text_table_add (self->texts, &key);
}

static guint32 *
new_type_numbers (HsDiff *self,
                  HsHeap *heap)
{
  const HsSnapshotView *view = &heap->view;
  guint32              *numbers = g_new (guint32, (gsize)view->n_types + 1);

  for (guint32 i = 0; i < view->n_types; i++)
    {
      const char *module = hs_snapshot_view_get_string (view, view->type_module[i]);
      const char *name = hs_snapshot_view_get_string (view, view->type_name[i]);

      numbers[i] = _hs_diff_number (self, name, _hs_diff_number (self, module, 0, NUMBER_MODULE),
                                    NUMBER_TYPE);
    }

  return numbers;
}

static guint32 *
new_site_numbers (HsDiff *self,
                  HsHeap *heap)
{
  const HsSnapshotView *view = &heap->view;
  guint32              *numbers = g_new (guint32, (gsize)view->n_sites + 1);

  for (guint32 i = 0; i < view->n_sites; i++)
    {
      const char *file = hs_snapshot_view_get_string (view, view->site_file[i]);

      numbers[i] = i < HS_SITE_FIRST ? i
                                     : HS_SITE_FIRST + _hs_diff_number (self, file,
                                                                        view->site_line[i],
                                                                        NUMBER_SITE);
    }

  return numbers;
}

static void
number_texts (HsDiff *self)
{
  const HsSnapshotView *before = &self->before->view;
  const HsSnapshotView *after = &self->after->view;
  guint64               n = 2 * ((guint64)before->n_types + after->n_types) + before->n_sites +
              after->n_sites;

  n += 2 * ((guint64)before->n_scopes + after->n_scopes) + before->n_names + after->n_names;
  self->texts = hs_text_table_new ((guint32)MIN (n + 1, G_MAXUINT32 / 4));
  self->types_before = new_type_numbers (self, self->before);
  self->types_after = new_type_numbers (self, self->after);
  self->sites_before = new_site_numbers (self, self->before);
  self->sites_after = new_site_numbers (self, self->after);
}

static gboolean
is_same_text (HsDiff *self,
              guint32 former,
              guint32 latter)
{
  return strncmp (hs_snapshot_view_get_string (&self->before->view, former),
                  hs_snapshot_view_get_string (&self->after->view, latter),
                  HS_DIFF_TEXT_MAX) == 0;
}

static gboolean
is_same_value (HsDiff *self,
               guint32 former,
               guint32 object)
{
  const HsSnapshotView *before = &self->before->view;
  const HsSnapshotView *after = &self->after->view;
  guint8                kind = before->type_value[hs_snapshot_view_get_type (before, former)];

  if (after->type_value[hs_snapshot_view_get_type (after, object)] != kind)
    return FALSE;
  if (kind == HS_VALUE_FLOAT)
    return before->object_value[former] == after->object_value[object];
  if (kind == HS_VALUE_INT &&
      ((before->object_value[former] | after->object_value[object]) & 1) == 0)
    return before->object_value[former] == after->object_value[object];

  return hs_snapshot_view_get_length (before, former) ==
           hs_snapshot_view_get_length (after, object) &&
         is_same_text (self, hs_snapshot_view_get_preview (before, former),
                       hs_snapshot_view_get_preview (after, object)) &&
         (kind != HS_VALUE_TEXT || hs_snapshot_view_get_text_hash (before, former) ==
                                     hs_snapshot_view_get_text_hash (after, object));
}

/* The number of the site of its main block. @number: set if it is known. */
static gboolean
get_site (HsHeap        *heap,
          const guint32 *numbers,
          guint32        object,
          guint32       *number)
{
  guint32 site;

  if (object >= heap->view.n_traced_objects || (heap->view.object_flags[object] & HS_OBJECT_STATIC))
    return FALSE;

  site = heap->view.object_site[object];
  if (site >= heap->view.n_sites)
    return FALSE;
  *number = numbers[site];

  return TRUE;
}

static gboolean
is_same_object (HsDiff *self,
                guint32 former,
                guint32 object)
{
  const HsSnapshotView *before = &self->before->view;
  const HsSnapshotView *after = &self->after->view;
  guint32               one;
  guint32               two;

  if (self->types_before[hs_snapshot_view_get_type (before, former)] !=
      self->types_after[hs_snapshot_view_get_type (after, object)])
    return FALSE;
  if (get_site (self->before, self->sites_before, former, &one) &&
      get_site (self->after, self->sites_after, object, &two) && one != two)
    return FALSE;

  return _hs_heap_get_role (self->after, object) != HS_ROLE_ATOM ||
         is_same_value (self, former, object);
}

/* Goes through both by address. Of several at one address, which can only be forged, the
 * n-th is compared with the n-th.
 */
static gboolean
match (HsDiff       *self,
       GCancellable *cancellable)
{
  const HsSnapshotView *before = &self->before->view;
  const HsSnapshotView *after = &self->after->view;
  const guint32        *old = _hs_heap_get_by_address (self->before);
  const guint32 *new = _hs_heap_get_by_address (self->after);
  guint32 i = 0;
  guint32 j = 0;

  self->former = g_new (guint32, (gsize)after->n_objects + 1);
  self->later = g_new (guint32, (gsize)before->n_objects + 1);
  memset (self->former, 0xff, sizeof (guint32) * ((gsize)after->n_objects + 1));
  memset (self->later, 0xff, sizeof (guint32) * ((gsize)before->n_objects + 1));

  while (i < before->n_objects && j < after->n_objects)
    {
      guint64 left = hs_snapshot_view_get_address (before, old[i]);
      guint64 right = hs_snapshot_view_get_address (after, new[j]);

      if (i % HS_DIFF_CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (left == right && is_same_object (self, old[i], new[j]))
        {
          self->later[old[i]] = new[j];
          self->former[new[j]] = old[i];
        }
      i += left <= right;
      j += left >= right;
    }

  return TRUE;
}

/* Whether both refer to the same objects, by references of the same names. */
static gboolean
has_same_references (HsDiff *self,
                     guint32 former,
                     guint32 object)
{
  const HsSnapshotView *before = &self->before->view;
  const HsSnapshotView *after = &self->after->view;
  guint32               n = after->object_edges[object + 1] - after->object_edges[object];
  guint32               i = before->object_edges[former];
  guint32               j = after->object_edges[object];

  if (before->object_edges[former + 1] - i != n)
    return FALSE;

  for (guint32 k = 0; k < n; k++, i++, j++)
    {
      if (self->former[after->edge_target[j]] != before->edge_target[i] ||
          after->edge_kind[j] != before->edge_kind[i])
        return FALSE;
      if (hs_edge_kind_has_position (after->edge_kind[j])
            ? before->edge_label[i] != after->edge_label[j]
            : !is_same_text (self, before->edge_label[i], after->edge_label[j]))
        return FALSE;
    }

  return TRUE;
}

/* Whether the objects of each type keep their references as long as they live. Returns:
 * (transfer full)
 */
static guint8 *
new_fixed_types (HsHeap *heap)
{
  guint8 *is_fixed = g_malloc ((gsize)heap->view.n_types + 1);

  for (guint32 i = 0; i < heap->view.n_types; i++)
    is_fixed[i] = _hs_heap_type_is (heap, i, "tuple") || _hs_heap_type_is (heap, i, "frozenset");

  return is_fixed;
}

/* A tuple that refers to other objects than before is another tuple, and what refers to
 * it refers to another one, too. Tuples in tuples that are deeper than the passes made
 * stay matched.
 */
static gboolean
part_tuples (HsDiff       *self,
             GCancellable *cancellable)
{
  const HsSnapshotView *view = &self->after->view;
  g_autofree guint8    *is_fixed = new_fixed_types (self->after);
  gboolean              is_stable = FALSE;

  for (guint pass = 0; pass < N_PASSES && !is_stable; pass++)
    {
      is_stable = TRUE;
      for (guint32 i = 0; i < view->n_objects; i++)
        {
          guint32 former = self->former[i];

          if (i % HS_DIFF_CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
            return FALSE;
          if (former == HS_NO_OBJECT || !is_fixed[hs_snapshot_view_get_type (view, i)] ||
              has_same_references (self, former, i))
            continue;
          self->later[former] = HS_NO_OBJECT;
          self->former[i] = HS_NO_OBJECT;
          is_stable = FALSE;
        }
    }

  return TRUE;
}

static HsDiffState
find_state (HsDiff *self,
            guint32 object)
{
  guint32 former = self->former[object];
  guint64 before;
  guint64 after;

  if (former == HS_NO_OBJECT)
    return HS_DIFF_APPEARED;

  before = hs_heap_get_least (self->before, former);
  after = hs_heap_get_least (self->after, object);
  if (before != after)
    return before < after ? HS_DIFF_GREW : HS_DIFF_SHRANK;

  return is_same_value (self, former, object) && has_same_references (self, former, object)
           ? HS_DIFF_STAYED
           : HS_DIFF_CHANGED;
}

static gboolean
find_states (HsDiff       *self,
             GCancellable *cancellable)
{
  self->state = g_malloc ((gsize)self->after->view.n_objects + 1);
  for (guint32 i = 0; i < self->after->view.n_objects; i++)
    {
      if (i % HS_DIFF_CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      self->state[i] = (guint8)find_state (self, i);
    }

  return TRUE;
}

HsDiff *
hs_diff_new_of (HsHeap       *before,
                HsHeap       *after,
                gboolean      is_one_process,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr(HsDiff) self = NULL;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  self = g_new0 (HsDiff, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->before = hs_heap_ref (before);
  self->after = hs_heap_ref (after);
  self->is_matched = !!is_one_process;
  number_texts (self);

  if ((self->is_matched && (!match (self, cancellable) || !part_tuples (self, cancellable) ||
                            !find_states (self, cancellable))) ||
      !_hs_diff_sum (self, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  _hs_diff_compare_names (self);

  return g_steal_pointer (&self);
}

HsDiff *
hs_diff_new (HsHeap       *before,
             HsHeap       *after,
             GCancellable *cancellable,
             GError      **error)
{
  HsHistory *history;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  history = hs_heap_get_history (before);

  return hs_diff_new_of (before, after,
                         before == after ||
                           (history != NULL && history == hs_heap_get_history (after)),
                         cancellable, error);
}

HsDiff *
hs_diff_ref (HsDiff *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_diff_unref (HsDiff *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  hs_heap_unref (self->before);
  hs_heap_unref (self->after);
  g_free (self->former);
  g_free (self->later);
  g_free (self->state);
  g_clear_pointer (&self->texts, hs_text_table_free);
  g_free (self->types_before);
  g_free (self->types_after);
  g_free (self->sites_before);
  g_free (self->sites_after);
  g_clear_pointer (&self->types, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->names, g_array_unref);
  g_free (self);
}

HsHeap *
hs_diff_get_before (HsDiff *self)
{
  return self->before;
}

HsHeap *
hs_diff_get_after (HsDiff *self)
{
  return self->after;
}

gboolean
hs_diff_is_matched (HsDiff *self)
{
  return self->is_matched;
}

HsDiffState
hs_diff_get_state (HsDiff *self,
                   guint32 object)
{
  g_return_val_if_fail (object < self->after->view.n_objects, HS_DIFF_STAYED);

  return self->is_matched ? (HsDiffState)self->state[object] : HS_DIFF_STAYED;
}

guint32
hs_diff_get_former (HsDiff *self,
                    guint32 object)
{
  g_return_val_if_fail (object < self->after->view.n_objects, HS_NO_OBJECT);

  return self->is_matched ? self->former[object] : HS_NO_OBJECT;
}

guint32
hs_diff_get_later (HsDiff *self,
                   guint32 former)
{
  g_return_val_if_fail (former < self->before->view.n_objects, HS_NO_OBJECT);

  return self->is_matched ? self->later[former] : HS_NO_OBJECT;
}

const HsDiffSum *
hs_diff_get_sum (HsDiff *self)
{
  return &self->sum;
}

guint
hs_diff_get_n_types (HsDiff *self)
{
  return self->types->len;
}

const HsDiffType *
hs_diff_get_type (HsDiff *self,
                  guint   i)
{
  g_return_val_if_fail (i < self->types->len, NULL);

  return &g_array_index (self->types, HsDiffType, i);
}

guint
hs_diff_get_n_lines (HsDiff *self)
{
  return self->lines->len;
}

const HsDiffLine *
hs_diff_get_line (HsDiff *self,
                  guint   i)
{
  g_return_val_if_fail (i < self->lines->len, NULL);

  return &g_array_index (self->lines, HsDiffLine, i);
}

guint
hs_diff_get_n_names (HsDiff *self)
{
  return self->names->len;
}

const HsDiffName *
hs_diff_get_name (HsDiff *self,
                  guint   i)
{
  g_return_val_if_fail (i < self->names->len, NULL);

  return &g_array_index (self->names, HsDiffName, i);
}

gboolean
hs_diff_has_deep_names (HsDiff *self)
{
  return self->has_deep_names;
}
