/* test-effect.c - the rank test, and what is called an effect
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "hs-effect.h"
#include "hs-rank-test.h"

static void
assert_p (const guint64 *a,
          guint          n,
          const guint64 *b,
          guint          m,
          double         expected)
{
  g_assert_cmpfloat_with_epsilon (hs_rank_test (a, n, b, m), expected, 5e-5);
  g_assert_cmpfloat_with_epsilon (hs_rank_test (b, m, a, n), expected, 5e-5);
}

/* Values by hand: of all ways to choose m of n + m ranks, those at least as far out. */
static void
test_known_probabilities (void)
{
  static const guint64 low[] = { 1, 2, 3, 4, 5 };
  static const guint64 high[] = { 6, 7, 8, 9, 10 };
  static const guint64 mixed[] = { 2, 4, 6, 8, 10 };
  static const guint64 odd[] = { 1, 3, 5, 7, 9 };
  static const guint64 same[] = { 7, 7, 7, 7, 7 };

  assert_p (low, 5, high, 5, 2 / 252.);
  assert_p (low, 3, high, 4, 2 / 35.);
  assert_p (low, 1, high, 1, 1);
  assert_p (same, 5, same, 5, 1);
  /* U = 10 of 25; P (U <= 10) = 87 / 252. */
  assert_p (odd, 5, mixed, 5, 2 * 87 / 252.);
  g_assert_cmpfloat (hs_rank_test (low, 0, high, 5), ==, 1);
}

/* Hollander and Wolfe (1973), p. 69: permeability constants of the chorioamnion, as they are
 * given with the result of an independent program: W = 35, one-sided p = 0.1272.
 */
static void
test_published_example (void)
{
  static const guint64 term[] = { 80, 83, 189, 104, 145, 138, 191, 164, 73, 146 };
  static const guint64 early[] = { 115, 88, 90, 74, 121 };
  gint64               shift, low, high;

  g_assert_cmpfloat_with_epsilon (hs_rank_test (term, 10, early, 5), 0.2544, 5e-5);

  /* The median of the 50 differences, and those that P (U <= 8) = 0.0200 leaves inside. */
  hs_rank_shift (early, 5, term, 10, .95, &shift, &low, &high);
  g_assert_cmpint (shift, >=, 29);
  g_assert_cmpint (shift, <=, 32);
  g_assert_cmpint (low, <, 0);
  g_assert_cmpint (high, >, 60);
}

static void
test_ties (void)
{
  static const guint64 a[] = { 1, 1, 2 };
  static const guint64 b[] = { 2, 3, 3 };

  /* Ranks 1.5 1.5 3.5 against 3.5 5.5 5.5. Of the 20 choices of three ranks those of the sums 6.5
   * (2 ways) and 14.5 (2 ways) are as far out.
   */
  assert_p (a, 3, b, 3, 4 / 20.);
}

/* Of all choices of @m values of @n + m, by trying each; twice the ranks are whole numbers. */
static double
try_choices (const guint64 *values,
             guint          n,
             guint          m)
{
  guint  all = 0, far = 0;
  gint64 ranks[16], middle = (gint64)m * (n + m + 1), distance = -middle;

  for (guint i = 0; i < n + m; i++)
    {
      ranks[i] = 1;
      for (guint j = 0; j < n + m; j++)
        ranks[i] += (values[j] < values[i]) + (values[j] <= values[i]);
      if (i >= n)
        distance += ranks[i];
    }
  for (guint set = 0; set < 1U << (n + m); set++)
    {
      gint64 sum = -middle;

      if ((guint)__builtin_popcount (set) != m)
        continue;
      for (guint i = 0; i < n + m; i++)
        sum += (set >> i & 1) != 0 ? ranks[i] : 0;
      all++;
      far += ABS (sum) >= ABS (distance);
    }

  return (double)far / all;
}

/* Of all signs that differences can have, by trying each. */
static double
try_signs (const guint64 *a,
           const guint64 *b,
           guint          n)
{
  gint64 ranks[16], distance = 0;
  guint  k = 0, far = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 own = ABS ((gint64)b[i] - (gint64)a[i]);

      if (own == 0)
        continue;
      ranks[k] = 1;
      for (guint j = 0; j < n; j++)
        {
          gint64 other = ABS ((gint64)b[j] - (gint64)a[j]);

          if (other != 0)
            ranks[k] += (other < own) + (other <= own);
        }
      distance += b[i] > a[i] ? ranks[k] : -ranks[k];
      k++;
    }
  for (guint set = 0; set < 1U << k; set++)
    {
      gint64 sum = 0;

      for (guint i = 0; i < k; i++)
        sum += (set >> i & 1) != 0 ? ranks[i] : -ranks[i];
      far += ABS (sum) >= ABS (distance);
    }

  return (double)far / (1U << k);
}

static void
test_random_ranks (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1945);

  for (guint trial = 0; trial < 300; trial++)
    {
      guint   n = (guint)g_rand_int_range (random, 1, 7);
      guint   m = (guint)g_rand_int_range (random, 1, 7);
      guint64 values[16], others[16];

      for (guint i = 0; i < n + m; i++)
        {
          values[i] = g_rand_int (random) % 9;
          others[i] = g_rand_int (random) % 9;
        }
      g_assert_cmpfloat_with_epsilon (hs_rank_test (values, n, values + n, m),
                                      try_choices (values, n, m), 1e-9);
      g_assert_cmpfloat_with_epsilon (hs_rank_test_pairs (values, others, n + m),
                                      try_signs (values, others, n + m), 1e-9);
    }
}

/* Wilcoxon (1945): critical sums of n pairs for two-sided 0.05 and 0.01. */
static void
test_pairs (void)
{
  static const struct
  {
    guint n, sum;
  } critical[][2] = { { { 8, 3 }, { 8, 0 } }, { { 10, 8 }, { 10, 3 } }, { { 12, 13 }, { 12, 7 } } };
  static const double levels[] = { 0.05, 0.01 };

  for (gsize i = 0; i < G_N_ELEMENTS (critical); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (levels); j++)
      for (guint more = 0; more < 2; more++)
        {
          guint64 a[16], b[16];
          guint   n = critical[i][j].n, rest = critical[i][j].sum + more;

          /* Ranks that add up to the sum get the other sign. */
          for (guint k = n; k > 0; k--)
            {
              gboolean is_other = k <= rest;

              rest -= is_other ? k : 0;
              a[k - 1] = is_other ? 100 + k : 100;
              b[k - 1] = is_other ? 100 : 100 + k;
            }
          g_assert_cmpint (hs_rank_test_pairs (a, b, n) <= levels[j], ==, more == 0);
        }

  g_assert_cmpfloat (hs_rank_test_pairs (NULL, NULL, 0), ==, 1);
}

/* Just below and just above where the normal distribution begins there is hardly a difference. */
static void
test_many (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1947);
  guint64 a[HS_RANK_TEST_N_EXACT + 1], b[HS_RANK_TEST_N_EXACT + 1];
  gint64  shift, low, high;
  guint   n = HS_RANK_TEST_N_EXACT + 1;

  for (guint trial = 0; trial < 10; trial++)
    {
      for (guint i = 0; i < n; i++)
        {
          a[i] = 1000 + g_rand_int (random) % 100;
          b[i] = 1000 + trial * 2 + g_rand_int (random) % 100;
        }
      g_assert_cmpfloat_with_epsilon (hs_rank_test (a, n, b, n - 1),
                                      hs_rank_test (a, n - 1, b, n - 1), 0.1);
      g_assert_cmpfloat_with_epsilon (hs_rank_test_pairs (a, b, n),
                                      hs_rank_test_pairs (a, b, n - 1), 0.1);
      hs_rank_shift (a, n, b, n, 0.95, &shift, &low, &high);
      g_assert_cmpint (low, <, shift);
      g_assert_cmpint (high, >, shift);
    }
}

static void
test_extremes (void)
{
  static const guint64 zero[] = { 0, 0, 0 };
  static const guint64 most[] = { G_MAXUINT64, G_MAXUINT64, G_MAXUINT64 };
  HsMeasure            first, second;

  hs_measure_init (&first, zero, 3);
  hs_measure_init (&second, most, 3);
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      HsEffect effect;

      hs_effect_init (&effect, (HsMetric)metric, &first, &second);
      g_assert_cmpint (effect.difference, ==, G_MAXINT64);
      hs_effect_init (&effect, (HsMetric)metric, &second, &first);
      g_assert_cmpint (effect.difference, ==, -G_MAXINT64);
      hs_effect_init (&effect, (HsMetric)metric, &second, &second);
      g_assert_cmpint (effect.kind, ==, HS_EFFECT_NONE);
    }
  hs_measure_clear (&first);
  hs_measure_clear (&second);
}

/* A time with rare long pauses, as on a machine that others use, and a drift of the rounds. */
static guint64
take_time (GRand *random,
           double base,
           double drift,
           guint  round)
{
  double time = base * (1 + drift * round) * (1 + 0.03 * fabs (g_rand_double (random) - .5));

  if (g_rand_double (random) < .15)
    time *= 1 + 3 * g_rand_double (random) * g_rand_double (random);

  return (guint64)time;
}

static HsEffectKind
compare_times (GRand *random,
               double factor,
               double drift,
               guint  n)
{
  guint64      a[32], b[32];
  HsMeasure    base, other;
  HsEffect     effect;
  HsEffectKind kind;

  for (guint i = 0; i < n; i++)
    {
      a[i] = take_time (random, 1e7, drift, i);
      b[i] = take_time (random, 1e7 * factor, drift, i);
    }
  hs_measure_init (&base, a, n);
  hs_measure_init (&other, b, n);
  hs_effect_init (&effect, HS_METRIC_TIME, &base, &other);
  kind = effect.kind;
  g_assert_cmpint (effect.low, <=, effect.difference);
  g_assert_cmpint (effect.high, >=, effect.difference);
  hs_measure_clear (&base);
  hs_measure_clear (&other);

  return kind;
}

static void
test_times (void)
{
  static const guint  rounds[] = { 5, 8, 25 };
  static const guint  least[] = { 500, 600, 950 };
  static const double drifts[] = { 0, 0.02 };
  g_autoptr(GRand) random = g_rand_new_with_seed (4711);

  for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (drifts); j++)
      {
        guint n_wrong = 0, n_found = 0;

        for (guint trial = 0; trial < 1000; trial++)
          {
            n_wrong += compare_times (random, 1, drifts[j], rounds[i]) != HS_EFFECT_NONE;
            n_found += compare_times (random, 1.5, drifts[j], rounds[i]) == HS_EFFECT_MORE;
          }
        g_test_message ("%u rounds, drift %g: %u of 1000 wrong, %u found", rounds[i], drifts[j],
                        n_wrong, n_found);
        g_assert_cmpuint (n_wrong, <=, 20);
        g_assert_cmpuint (n_found, >=, least[i]);
      }
}

/* Passes of which every other pair is disturbed, as by something with a rhythm of its own. If the
 * first ten of them are shuffled as one, and the later ones in pairs, no more is found than what
 * chance alone explains.
 */
static void
test_rhythm (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1117);
  guint              n_wrong[2] = { 0, 0 };
  static const guint rounds[] = { 5, 25 };

  for (gsize k = 0; k < G_N_ELEMENTS (rounds); k++)
    for (guint trial = 0; trial < 2000; trial++)
      {
        guint     n = rounds[k];
        guint64   times[2][25];
        guint     taken[2] = { 0, 0 };
        gboolean  order[50];
        HsMeasure base, other;
        HsEffect  effect;

        for (guint i = 0; i < 2 * n; i++)
          {
            guint from = i < 10 ? 0 : i - i % 2;
            guint j = (guint)g_rand_int_range (random, (gint32)from, (gint32)i + 1);

            order[i] = order[j];
            order[j] = i % 2 == 1;
          }
        for (guint i = 0; i < 2 * n; i++)
          {
            gboolean which = order[i];

            times[which][taken[which]++] = 2200000 + ((i + trial) / 2 % 2) * 8000000 +
                                           g_rand_int (random) % 200000;
          }
        hs_measure_init (&base, times[0], n);
        hs_measure_init (&other, times[1], n);
        hs_effect_init (&effect, HS_METRIC_TIME, &base, &other);
        n_wrong[k] += effect.kind != HS_EFFECT_NONE;
        hs_measure_clear (&base);
        hs_measure_clear (&other);
      }
  g_test_message ("%u and %u of 2000 wrong", n_wrong[0], n_wrong[1]);
  g_assert_cmpuint (n_wrong[0], <=, 40);
  g_assert_cmpuint (n_wrong[1], <=, 40);
}

/* A tenth faster, with noise of a few percent. */
static void
test_power (void)
{
  static const guint rounds[] = { 5, 8, 10 };
  g_autoptr(GRand) random = g_rand_new_with_seed (815);

  for (gsize k = 0; k < G_N_ELEMENTS (rounds); k++)
    {
      guint n_found = 0;

      for (guint trial = 0; trial < 500; trial++)
        {
          guint64   a[16], b[16];
          HsMeasure base, other;
          HsEffect  effect;

          for (guint i = 0; i < rounds[k]; i++)
            {
              a[i] = (guint64)(1e7 * g_rand_double_range (random, 1, 1.06));
              b[i] = (guint64)(9e6 * g_rand_double_range (random, 1, 1.06));
            }
          hs_measure_init (&base, a, rounds[k]);
          hs_measure_init (&other, b, rounds[k]);
          hs_effect_init (&effect, HS_METRIC_TIME, &base, &other);
          n_found += effect.kind == HS_EFFECT_LESS;
          hs_measure_clear (&base);
          hs_measure_clear (&other);
        }
      g_assert_cmpuint (n_found, ==, 500);
    }
}

static void
test_bytes (void)
{
  static const guint64 once[] = { 1000, 1000 };
  static const guint64 less[] = { 952, 952 };
  static const guint64 near[] = { 1008, 1008 };
  static const guint64 noisy[] = { 1000, 1100 };
  static const guint64 far[] = { 5000, 5000 };
  HsMeasure            base, other;
  HsEffect             effect;

  hs_measure_init (&base, once, 2);
  hs_measure_init (&other, less, 2);
  hs_effect_init (&effect, HS_METRIC_FINAL, &base, &other);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_LESS);
  g_assert_cmpint (effect.difference, ==, -48);
  g_assert_cmpfloat_with_epsilon (effect.percent, -4.8, 1e-9);
  hs_measure_clear (&other);

  hs_measure_init (&other, near, 2);
  hs_effect_init (&effect, HS_METRIC_FINAL, &base, &other);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_NONE);
  hs_measure_clear (&other);

  /* What one variant varies by itself is no effect of the other. */
  hs_measure_init (&other, noisy, 2);
  hs_effect_init (&effect, HS_METRIC_FINAL, &base, &other);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_NONE);
  hs_measure_clear (&base);
  hs_measure_init (&base, far, 2);
  hs_effect_init (&effect, HS_METRIC_FINAL, &other, &base);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_MORE);
  hs_measure_clear (&other);
  hs_measure_clear (&base);
}

static void
test_unknown (void)
{
  static const guint64 values[] = { 0, 0 };
  HsMeasure            none, some;
  HsEffect             effect;

  hs_measure_init (&none, NULL, 0);
  hs_measure_init (&some, values, 2);
  hs_effect_init (&effect, HS_METRIC_PEAK, &none, &some);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_UNKNOWN);
  hs_effect_init (&effect, HS_METRIC_TIME, &some, &none);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_UNKNOWN);
  hs_effect_init (&effect, HS_METRIC_PEAK, &some, &some);
  g_assert_cmpint (effect.kind, ==, HS_EFFECT_NONE);
  g_assert_true (isnan (effect.percent));
  hs_measure_clear (&some);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/effect/known-probabilities", test_known_probabilities);
  g_test_add_func ("/effect/published-example", test_published_example);
  g_test_add_func ("/effect/ties", test_ties);
  g_test_add_func ("/effect/random-ranks", test_random_ranks);
  g_test_add_func ("/effect/pairs", test_pairs);
  g_test_add_func ("/effect/many", test_many);
  g_test_add_func ("/effect/extremes", test_extremes);
  g_test_add_func ("/effect/times", test_times);
  g_test_add_func ("/effect/rhythm", test_rhythm);
  g_test_add_func ("/effect/power", test_power);
  g_test_add_func ("/effect/bytes", test_bytes);
  g_test_add_func ("/effect/unknown", test_unknown);

  return g_test_run ();
}
