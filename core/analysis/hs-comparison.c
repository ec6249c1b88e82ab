/* hs-comparison.c - variants of code, what each needs, and what may be said of it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparison.h"

#include <glib/gi18n-lib.h>

#include "hs-heap-private.h"

struct _HsComparison
{
  gatomicrefcount ref_count;

  GPtrArray     *variants; /* owned, of HsVariant */
  HsSweep       *sweep;    /* owned; nullable */
  HsPictureInfo *info;     /* owned */
};

HsVariant *
hs_variant_new (void)
{
  return g_new0 (HsVariant, 1);
}

void
hs_variant_free (HsVariant *self)
{
  g_free (self->name);
  g_free (self->message);
  g_free (self->result_type);
  g_free (self->result_preview);
  g_free (self->difference);
  g_free (self->output);
  g_free (self->reason);
  for (guint i = 0; i < HS_N_METRICS; i++)
    hs_measure_clear (&self->measures[i]);
  g_clear_pointer (&self->history, hs_history_unref);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_free (self);
}

HsComparison *
hs_comparison_new (GPtrArray     *variants,
                   HsSweep       *sweep,
                   HsPictureInfo *info)
{
  HsComparison *self;

  g_return_val_if_fail (variants != NULL && variants->len > 0, NULL);

  self = g_new0 (HsComparison, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->variants = variants;
  self->sweep = sweep;
  self->info = info;

  return self;
}

HsComparison *
hs_comparison_ref (HsComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_comparison_unref (HsComparison *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->variants);
  g_clear_pointer (&self->sweep, hs_sweep_free);
  g_clear_pointer (&self->info, hs_picture_info_free);
  g_free (self);
}

guint
hs_comparison_get_n (HsComparison *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->variants->len;
}

const HsVariant *
hs_comparison_get (HsComparison *self,
                   guint         i)
{
  g_return_val_if_fail (self != NULL && i < self->variants->len, NULL);

  return g_ptr_array_index (self->variants, i);
}

const HsSweep *
hs_comparison_get_sweep (HsComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sweep;
}

const HsPictureInfo *
hs_comparison_get_info (HsComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->info;
}

guint
hs_comparison_find (HsComparison *self,
                    const char   *name)
{
  g_return_val_if_fail (self != NULL, G_MAXUINT);

  for (guint i = 0; i < self->variants->len; i++)
    if (g_strcmp0 (hs_comparison_get (self, i)->name, name) == 0)
      return i;

  return G_MAXUINT;
}

guint
hs_comparison_get_n_rounds (HsComparison *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->variants->len; i++)
    n = MAX (n, hs_comparison_get (self, i)->measures[HS_METRIC_TIME].n);

  return n;
}

HsHeap *
hs_comparison_open_heap (HsComparison *self)
{
  HsHeap *heap;

  g_return_val_if_fail (self != NULL, NULL);

  heap = _hs_heap_new_empty (NULL);
  _hs_heap_set_comparison (heap, self);

  return heap;
}
