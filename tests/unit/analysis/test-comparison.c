/* test-comparison.c - verdicts on variants, and sweeps
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "hs-comparison.h"

static void
set_measure (HsVariant *variant,
             HsMetric   metric,
             guint64    value)
{
  const guint64 values[] = { value, value, value, value, value, value };

  hs_measure_clear (&variant->measures[metric]);
  hs_measure_init (&variant->measures[metric], values,
                   metric == HS_METRIC_RSS || metric == HS_METRIC_TIME ? 6 : 2);
}

static HsVariant *
new_variant (const char *name,
             guint64     peak,
             guint64     final,
             guint64     time)
{
  HsVariant *variant = hs_variant_new ();

  variant->name = g_strdup (name);
  variant->is_ok = TRUE;
  variant->status = HS_STATUS_OK;
  variant->message = g_strdup ("It ended.");
  variant->sameness = HS_SAMENESS_SAME;
  set_measure (variant, HS_METRIC_PEAK, peak);
  set_measure (variant, HS_METRIC_FINAL, final);
  set_measure (variant, HS_METRIC_ALLOCATIONS, 100);
  set_measure (variant, HS_METRIC_RSS, 1 << 20);
  set_measure (variant, HS_METRIC_TIME, time);

  return variant;
}

/* @other (transfer full) against a baseline of 10 000 bytes, 1000 at the end, 10 ms. */
static HsComparison *
compare (HsVariant *other)
{
  GPtrArray *variants = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_variant_free);

  g_ptr_array_add (variants, new_variant ("base", 10000, 1000, 10000000));
  g_ptr_array_add (variants, other);

  return hs_comparison_new (variants, NULL, hs_picture_info_new ());
}

static void
assert_verdict (HsVariant  *other,
                HsVerdict   verdict,
                const char *reason)
{
  g_autoptr(HsComparison) comparison = compare (other);
  const HsVariant *found = hs_comparison_get (comparison, 1);
  g_autofree char *text = hs_comparison_to_text (comparison, FALSE);
  g_autofree char *summary = hs_comparison_dup_summary (comparison);

  g_assert_cmpstr (hs_verdict_to_string (found->verdict), ==, hs_verdict_to_string (verdict));
  g_assert_cmpstr (found->reason, ==, reason);
  g_assert_nonnull (strstr (text, hs_verdict_get_title (verdict)));
  g_assert_nonnull (strstr (text, reason));
  g_assert_cmpstr (summary, !=, "");
}

static void
test_verdicts (void)
{
  HsVariant *variant;

  assert_verdict (new_variant ("less", 500, 1000, 20000000), HS_VERDICT_SAVES,
                  "Its peak is 95 % lower (−9 500 B). It takes 2.00 times as long (+10.0 ms).");
  assert_verdict (new_variant ("more", 30000, 1000, 10000000), HS_VERDICT_WORSE,
                  "Its peak is 3.00 times as high (+19.5 KiB). The time is the same within noise.");
  assert_verdict (new_variant ("end", 10000, 200, 10000000), HS_VERDICT_SAVES,
                  "Its peak is the same. At the end 80 % less is left (−800 B). "
                  "The time is the same within noise.");
  assert_verdict (new_variant ("fast", 10000, 1000, 5000000), HS_VERDICT_SAVES,
                  "It needs the same memory, at its peak and at the end. "
                  "It takes 50 % less time (−5.00 ms).");
  assert_verdict (new_variant ("same", 10008, 1000, 10050000), HS_VERDICT_NO_EFFECT,
                  "It needs the same memory, at its peak and at the end. "
                  "The time is the same within noise.");

  /* The peak decides, and the end is said. */
  assert_verdict (new_variant ("both", 5000, 2000, 10000000), HS_VERDICT_SAVES,
                  "Its peak is 50 % lower (−5 000 B). At the end 2.00 times as much is left "
                  "(+1 000 B). The time is the same within noise.");

  /* Without times. */
  variant = new_variant ("untimed", 5000, 1000, 0);
  hs_measure_clear (&variant->measures[HS_METRIC_TIME]);
  assert_verdict (variant, HS_VERDICT_SAVES, "Its peak is 50 % lower (−5 000 B).");
}

static void
test_refusals (void)
{
  HsVariant *variant;

  variant = new_variant ("other", 5, 5, 5);
  variant->sameness = HS_SAMENESS_DIFFERENT;
  variant->difference = g_strdup ("result is 2, not 1");
  assert_verdict (variant, HS_VERDICT_RESULTS_DIFFER,
                  "It does not do the same, so no saving is claimed: result is 2, not 1");

  variant = new_variant ("unknown", 5, 5, 5);
  variant->sameness = HS_SAMENESS_UNKNOWN;
  variant->difference = g_strdup ("a generator cannot be kept");
  assert_verdict (variant, HS_VERDICT_RESULTS_DIFFER,
                  "Whether it does the same is not known, so no saving is claimed: a generator "
                  "cannot be kept");

  /* The code ended its process by itself, before anything was counted up. */
  variant = new_variant ("uncounted", 0, 0, 5);
  for (guint metric = 0; metric < HS_METRIC_RSS; metric++)
    hs_measure_clear (&variant->measures[metric]);
  assert_verdict (variant, HS_VERDICT_RESULTS_DIFFER,
                  "How much memory it needs is not known, so no saving is claimed.");

  variant = new_variant ("crash", 5, 5, 5);
  variant->is_ok = FALSE;
  variant->status = HS_STATUS_CRASHED;
  assert_verdict (variant, HS_VERDICT_FAILED, "It ended.");
}

static void
test_failed_baseline (void)
{
  GPtrArray *variants = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_variant_free);
  HsVariant *base = new_variant ("base", 1, 1, 1);
  g_autoptr(HsComparison) comparison = NULL;
  g_autofree char *summary = NULL;

  base->is_ok = FALSE;
  g_ptr_array_add (variants, base);
  g_ptr_array_add (variants, new_variant ("other", 1, 1, 1));
  comparison = hs_comparison_new (variants, NULL, hs_picture_info_new ());
  summary = hs_comparison_dup_summary (comparison);
  g_assert_cmpint (hs_comparison_get (comparison, 0)->verdict, ==, HS_VERDICT_FAILED);
  g_assert_cmpint (hs_comparison_get (comparison, 1)->verdict, ==, HS_VERDICT_RESULTS_DIFFER);
  g_assert_cmpint (hs_comparison_get (comparison, 1)->effects[HS_METRIC_PEAK].kind, ==,
                   HS_EFFECT_UNKNOWN);
  g_assert_nonnull (strstr (summary, "failed"));
}

static HsSweep *
new_sweep (const guint64 *base,
           const guint64 *other,
           guint          n)
{
  static const double values[] = { 10, 20, 40, 80 };
  HsSweep            *sweep = hs_sweep_new ("N", values, n, 2);

  for (guint i = 0; i < n; i++)
    {
      hs_sweep_set (sweep, 0, i, HS_METRIC_PEAK, base[i]);
      hs_sweep_set (sweep, 1, i, HS_METRIC_PEAK, other[i]);
    }

  return sweep;
}

static void
assert_break_even (const guint64 *other,
                   HsBreakEven    expected,
                   double         at)
{
  static const guint64 base[] = { 100, 200, 400, 800 };
  HsSweep             *sweep = new_sweep (base, other, 4);
  double               value;
  g_autofree char     *words = hs_sweep_dup_break_even (sweep, 1, HS_METRIC_PEAK, "b", "a");

  g_assert_cmpint (hs_sweep_get_break_even (sweep, 1, HS_METRIC_PEAK, &value), ==, expected);
  if (expected == HS_BREAK_EVEN_FROM || expected == HS_BREAK_EVEN_UP_TO)
    g_assert_cmpfloat_with_epsilon (value, at, 1e-9);
  g_assert_nonnull (strstr (words, "“b”"));
  hs_sweep_free (sweep);
}

static void
test_break_even (void)
{
  static const guint64 always[] = { 1, 2, 3, 4 };
  static const guint64 never[] = { 100, 300, 401, 900 };
  /* 200 + N against 10 N meet at 22.22…; by straight lines between the values just there. */
  static const guint64 from[] = { 210, 220, 240, 280 };
  static const guint64 up_to[] = { 50, 100, 500, 1700 };
  static const guint64 mixed[] = { 50, 300, 300, 900 };
  static const guint64 unknown[] = { HS_SWEEP_UNKNOWN, HS_SWEEP_UNKNOWN, HS_SWEEP_UNKNOWN,
                                     HS_SWEEP_UNKNOWN };

  assert_break_even (always, HS_BREAK_EVEN_ALWAYS, 0);
  assert_break_even (never, HS_BREAK_EVEN_NEVER, 0);
  assert_break_even (from, HS_BREAK_EVEN_FROM, 200 / 9.);
  assert_break_even (up_to, HS_BREAK_EVEN_UP_TO, 30);
  assert_break_even (mixed, HS_BREAK_EVEN_MIXED, 0);
  assert_break_even (unknown, HS_BREAK_EVEN_UNKNOWN, 0);
}

/* Differences that say nothing are no break-even points, and numbers of any size are taken. */
static void
test_nothing_less (void)
{
  static const guint64 base[] = { 100, 200, 400, 800 };
  static const guint64 near[] = { 92, 192, 392, 792 };
  static const guint64 late[] = { 130, 190, 380, 700 };
  static const double  large[] = { -1e300, 0, 1e300 };
  HsSweep             *sweep;
  double               value, per_item, fixed;

  assert_break_even (near, HS_BREAK_EVEN_NEVER, 0);
  /* Ten and twenty bytes less are nothing yet. */
  assert_break_even (late, HS_BREAK_EVEN_FROM, 40);

  sweep = new_sweep (base, near, 4);
  for (guint i = 0; i < 4; i++)
    {
      hs_sweep_set (sweep, 0, i, HS_METRIC_TIME, 1000);
      hs_sweep_set (sweep, 1, i, HS_METRIC_TIME, i < 2 ? 950 : 500);
    }
  g_assert_cmpint (hs_sweep_get_break_even (sweep, 1, HS_METRIC_TIME, &value), ==,
                   HS_BREAK_EVEN_FROM);
  g_assert_cmpfloat (value, ==, 20);
  hs_sweep_free (sweep);

  sweep = hs_sweep_new ("N", large, 3, 2);
  for (guint i = 0; i < 3; i++)
    {
      hs_sweep_set (sweep, 0, i, HS_METRIC_PEAK, i == 0 ? G_MAXUINT64 - 1 : 0);
      hs_sweep_set (sweep, 1, i, HS_METRIC_PEAK, i == 0 ? 0 : G_MAXUINT64 - 1);
    }
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      g_autofree char *words = hs_sweep_dup_break_even (sweep, 1, (HsMetric)metric, "b", "a");

      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
  g_assert_true (hs_sweep_get_slope (sweep, 0, HS_METRIC_PEAK, &per_item, &fixed));
  hs_sweep_free (sweep);
}

static void
test_slope (void)
{
  /* 16 N + 40 with one odd point. */
  static const guint64 points[] = { 200, 360, 5000, 1320 };
  HsSweep             *sweep = new_sweep (points, points, 4);
  double               per_item, fixed;

  g_assert_true (hs_sweep_get_slope (sweep, 0, HS_METRIC_PEAK, &per_item, &fixed));
  g_assert_cmpfloat_with_epsilon (per_item, 16, 1);
  hs_sweep_set (sweep, 0, 2, HS_METRIC_PEAK, 680);
  g_assert_true (hs_sweep_get_slope (sweep, 0, HS_METRIC_PEAK, &per_item, &fixed));
  g_assert_cmpfloat_with_epsilon (per_item, 16, 1e-9);
  g_assert_cmpfloat_with_epsilon (fixed, 40, 1e-9);
  g_assert_false (hs_sweep_get_slope (sweep, 0, HS_METRIC_TIME, &per_item, &fixed));
  hs_sweep_free (sweep);
}

static void
test_text (void)
{
  static const guint64 first[] = { 100, 200, 400, 800 };
  static const guint64 second[] = { 210, 220, 240, 280 };
  GPtrArray           *variants = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_variant_free);
  g_autoptr(HsComparison) comparison = NULL;
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (variants, new_variant ("列表", 10000, 1000, 10000000));
  g_ptr_array_add (variants, new_variant ("generator", 500, 1000, 20000000));
  comparison = hs_comparison_new (variants, new_sweep (first, second, 4), hs_picture_info_new ());
  text = hs_comparison_to_text (comparison, TRUE);
  g_assert_null (strstr (text, "ms"));
  g_assert_nonnull (strstr (text, "Peak by N"));
  g_assert_nonnull (strstr (text, "from about N = 22 on"));
  g_assert_cmpuint (hs_comparison_find (comparison, "generator"), ==, 1);
  g_assert_cmpuint (hs_comparison_find (comparison, "loop"), ==, G_MAXUINT);
  g_assert_cmpuint (hs_comparison_get_n_rounds (comparison), ==, 6);

  heap = hs_comparison_open_heap (comparison);
  g_assert_true (hs_heap_get_comparison (heap) == comparison);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/comparison/verdicts", test_verdicts);
  g_test_add_func ("/comparison/refusals", test_refusals);
  g_test_add_func ("/comparison/failed-baseline", test_failed_baseline);
  g_test_add_func ("/comparison/break-even", test_break_even);
  g_test_add_func ("/comparison/nothing-less", test_nothing_less);
  g_test_add_func ("/comparison/slope", test_slope);
  g_test_add_func ("/comparison/text", test_text);

  return g_test_run ();
}
