/* hs-comparison.c - variants of code, what each needs, and what may be said of it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparison-private.h"

#include <glib/gi18n-lib.h>

#include "hs-heap-private.h"

struct _HsComparison
{
  gatomicrefcount ref_count;

  GPtrArray     *variants; /* owned, of HsVariant */
  HsSweep       *sweep;    /* owned; nullable */
  HsPictureInfo *info;     /* owned */
};

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
  for (guint i = 0; i < variants->len; i++)
    _hs_variant_judge (g_ptr_array_index (variants, i), g_ptr_array_index (variants, 0));

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

gboolean
hs_comparison_can_claim (HsComparison *self,
                         guint         i)
{
  g_return_val_if_fail (self != NULL && i < self->variants->len, FALSE);

  return hs_comparison_get (self, 0)->is_ok && hs_comparison_get (self, i)->is_ok &&
         hs_comparison_get (self, i)->verdict < HS_VERDICT_RESULTS_DIFFER;
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

/* The variant that saves the most, by its peak and then by what is left; G_MAXUINT if none does. */
static guint
find_best (HsComparison *self)
{
  guint best = G_MAXUINT;

  for (guint i = 1; i < self->variants->len; i++)
    {
      const HsVariant *variant = hs_comparison_get (self, i);
      const HsVariant *found;

      if (variant->verdict != HS_VERDICT_SAVES)
        continue;
      if (best == G_MAXUINT)
        {
          best = i;
          continue;
        }
      found = hs_comparison_get (self, best);
      if (variant->measures[HS_METRIC_PEAK].median < found->measures[HS_METRIC_PEAK].median ||
          (variant->measures[HS_METRIC_PEAK].median == found->measures[HS_METRIC_PEAK].median &&
           variant->measures[HS_METRIC_TIME].median < found->measures[HS_METRIC_TIME].median))
        best = i;
    }

  return best;
}

static guint
count_verdicts (HsComparison *self,
                HsVerdict     verdict)
{
  guint n = 0;

  for (guint i = 1; i < self->variants->len; i++)
    n += hs_comparison_get (self, i)->verdict == verdict;

  return n;
}

static gboolean
is_any_different (HsComparison *self)
{
  for (guint i = 1; i < self->variants->len; i++)
    if (hs_comparison_get (self, i)->sameness == HS_SAMENESS_DIFFERENT)
      return TRUE;

  return FALSE;
}

char *
hs_comparison_dup_summary (HsComparison *self)
{
  const HsVariant *baseline;
  guint            best;

  g_return_val_if_fail (self != NULL, NULL);

  baseline = hs_comparison_get (self, 0);
  best = find_best (self);
  if (!baseline->is_ok)
    /* translators: %1$s is the name of a variant, %2$s a sentence that says how it ended */
    return g_strdup_printf (_("“%1$s”, with which the others are compared, failed: %2$s"),
                               baseline->name, baseline->message);
  if (self->variants->len == 1)
    /* translators: %s is the name of a program */
    return g_strdup_printf (_("“%s” was measured by itself."), baseline->name);
  if (best != G_MAXUINT)
    /* translators: %1$s and %2$s are names of variants, sentences follow */
    return g_strdup_printf (_("“%1$s” saves the most against “%2$s”. %3$s"),
                               hs_comparison_get (self, best)->name, baseline->name,
                               hs_comparison_get (self, best)->reason);
  if (count_verdicts (self, HS_VERDICT_NO_EFFECT) == self->variants->len - 1)
    /* translators: %s is the name of a variant */
    return g_strdup_printf (_("It makes no difference: none needs more or less than “%s”."),
                               baseline->name);
  if (count_verdicts (self, HS_VERDICT_RESULTS_DIFFER) == self->variants->len - 1)
    {
      if (!is_any_different (self))
        return g_strdup (_("No saving is claimed."));
      return g_strdup_printf (_("No saving is claimed: none does the same as “%s”."),
                                 baseline->name);
    }

  return g_strdup_printf (_("None saves anything against “%s”."), baseline->name);
}
