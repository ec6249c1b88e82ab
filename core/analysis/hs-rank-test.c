/* hs-rank-test.c - whether two series of measurements differ by more than chance
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-rank-test.h"

#include <math.h>

typedef struct
{
  guint64  value;
  gboolean is_second; /* of the second series; of a pair: its second is more */
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *first = a, *second = b;

  return (first->value > second->value) - (first->value < second->value);
}

/* Twice the rank of each entry, from 1, so that those of ties are whole numbers. */
static void
rank (Entry *entries,
      guint  n,
      guint *ranks)
{
  qsort (entries, n, sizeof *entries, compare_entries);
  for (guint i = 0; i < n;)
    {
      guint end = i + 1;

      while (end < n && entries[end].value == entries[i].value)
        end++;
      for (guint j = i; j < end; j++)
        ranks[j] = i + 1 + end;
      i = end;
    }
}

/* Of all ways to choose @n_chosen of @ranks, the share whose sum is as far from the middle as
 * @sum, or farther.
 */
static double
share_as_far (const guint *ranks,
              guint        n,
              guint        n_chosen,
              guint        sum)
{
  guint              n_sums = n * (n + 1) + 1;
  g_autofree double *ways = g_new0 (double, (gsize)(n_chosen + 1) * n_sums);
  const double      *last = ways + (gsize)n_chosen * n_sums;
  double             middle = n_chosen * (n + 1.);
  double             distance = fabs (sum - middle);
  double             all = 0;
  double             far = 0;

  ways[0] = 1;
  for (guint i = 0; i < n; i++)
    for (guint k = MIN (i + 1, n_chosen); k >= 1; k--)
      {
        double       *to = ways + (gsize)k * n_sums;
        const double *from = to - n_sums;

        for (guint s = ranks[i]; s < n_sums; s++)
          to[s] += from[s - ranks[i]];
      }

  for (guint s = 0; s < n_sums; s++)
    {
      all += last[s];
      if (fabs (s - middle) >= distance - 0.5)
        far += last[s];
    }

  return MIN (far / all, 1);
}

/* Both directions of the normal distribution. */
static double
get_normal_p (double distance,
              double variance)
{
  /* By half a step, as the sums are whole numbers. */
  return variance > 0 ? erfc (fmax (distance - 0.5, 0) / sqrt (2 * variance)) : 1;
}

double
hs_rank_test (const guint64 *a,
              guint          n,
              const guint64 *b,
              guint          m)
{
  g_autofree Entry *entries = g_new (Entry, (gsize)n + m + 1);
  g_autofree guint *ranks = g_new (guint, (gsize)n + m + 1);
  double            sum = 0;
  double            middle = m * (n + (double)m + 1);
  double            squares = 0;

  if (n == 0 || m == 0)
    return 1;

  for (guint i = 0; i < n; i++)
    entries[i] = (Entry) { a[i], FALSE };
  for (guint i = 0; i < m; i++)
    entries[n + i] = (Entry) { b[i], TRUE };
  rank (entries, n + m, ranks);
  for (guint i = 0; i < n + m; i++)
    {
      double off = ranks[i] / 2. - (n + (double)m + 1) / 2;

      if (entries[i].is_second)
        sum += ranks[i];
      squares += off * off;
    }

  if (MAX (n, m) <= HS_RANK_TEST_N_EXACT)
    return share_as_far (ranks, n + m, m, (guint)sum);

  /* The variance of a sum that is drawn without putting back. */
  return get_normal_p (fabs (sum - middle) / 2,
                       squares * n * m / ((n + (double)m) * (n + (double)m - 1)));
}

/* Of all ways to give each of @ranks a sign, the share whose sum of the positive ones is as far
 * from the middle as @sum, or farther.
 */
static double
share_of_signs (const guint *ranks,
                guint        n,
                guint        sum)
{
  guint              n_sums = n * (n + 1) + 1;
  g_autofree double *share = g_new0 (double, n_sums);
  double             middle = n * (n + 1.) / 2;
  double             distance = fabs (sum - middle);
  double             far = 0;

  share[0] = 1;
  for (guint i = 0; i < n; i++)
    for (guint s = n_sums; s-- > 0;)
      share[s] = (share[s] + (s >= ranks[i] ? share[s - ranks[i]] : 0)) / 2;
  for (guint s = 0; s < n_sums; s++)
    if (fabs (s - middle) >= distance - 0.5)
      far += share[s];

  return MIN (far, 1);
}

double
hs_rank_test_pairs (const guint64 *a,
                    const guint64 *b,
                    guint          n)
{
  g_autofree Entry *entries = g_new (Entry, (gsize)n + 1);
  g_autofree guint *ranks = g_new (guint, (gsize)n + 1);
  guint             n_others = 0;
  double            sum = 0;
  double            squares = 0;

  for (guint i = 0; i < n; i++)
    if (a[i] != b[i])
      entries[n_others++] = (Entry) { b[i] > a[i] ? b[i] - a[i] : a[i] - b[i], b[i] > a[i] };
  if (n_others == 0)
    return 1;

  rank (entries, n_others, ranks);
  for (guint i = 0; i < n_others; i++)
    {
      if (entries[i].is_second)
        sum += ranks[i];
      squares += ranks[i] / 2. * (ranks[i] / 2.);
    }
  if (n_others <= HS_RANK_TEST_N_EXACT)
    return share_of_signs (ranks, n_others, (guint)sum);

  return get_normal_p (fabs (sum - n_others * (n_others + 1.) / 2) / 2, squares / 4);
}

static int
compare_differences (gconstpointer a,
                     gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* Without ties, how many of the sorted differences lie outside of the interval on each side: the
 * last one that counts is the U-th for the least U with P (≤ U) above half of what may be missed.
 */
static guint
count_below_exactly (guint  n,
                     guint  m,
                     double confidence)
{
  guint              n_sums = n * m + 1;
  g_autofree double *ways = g_new0 (double, (gsize)(m + 1) * n_sums);
  const double      *last = ways + (gsize)m * n_sums;
  double             all = 0;
  double             below = 0;
  guint              c = 0;

  /* Each element of the second series has 0 to n of the first below it, and no fewer than the
   * one before: the k-th number of a choice of m out of n + m, less what is always there.
   */
  ways[0] = 1;
  for (guint i = 0; i < n + m; i++)
    for (guint k = MIN (i + 1, m); k >= 1; k--)
      {
        double       *to = ways + (gsize)k * n_sums;
        const double *from = to - n_sums;
        guint         step = i + 1 - k;

        for (guint s = step; s < n_sums; s++)
          to[s] += from[s - step];
      }

  for (guint s = 0; s < n_sums; s++)
    all += last[s];
  while (c < n_sums && (below + last[c]) / all <= (1 - confidence) / 2)
    below += last[c++];

  return c > 0 ? c - 1 : 0;
}

static guint
count_below (guint  n,
             guint  m,
             double confidence)
{
  double all = (double)n * m;
  double below;

  if (MAX (n, m) <= HS_RANK_TEST_N_EXACT)
    return count_below_exactly (n, m, confidence);

  /* 2: standard deviations of the normal distribution, a little more than 0.95. */
  below = all / 2 - 2 * sqrt (all * (n + (double)m + 1) / 12);

  return below > 0 ? (guint)below : 0;
}

/* The difference of two values, as far as it fits. */
static gint64
subtract (guint64 a,
          guint64 b)
{
  if (a >= b)
    return (gint64)MIN (a - b, (guint64)G_MAXINT64);

  return -(gint64)MIN (b - a, (guint64)G_MAXINT64);
}

void
hs_rank_shift (const guint64 *a,
               guint          n,
               const guint64 *b,
               guint          m,
               double         confidence,
               gint64        *shift,
               gint64        *low,
               gint64        *high)
{
  g_autofree gint64 *differences = NULL;
  guint              n_differences;
  guint              c;

  g_return_if_fail (n > 0 && m > 0);

  n_differences = n * m;
  differences = g_new (gint64, n_differences);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      differences[i * m + j] = subtract (b[j], a[i]);
  qsort (differences, n_differences, sizeof *differences, compare_differences);

  *shift = differences[n_differences / 2];
  if (n_differences % 2 == 0)
    *shift = differences[n_differences / 2 - 1] / 2 + *shift / 2;
  c = count_below (n, m, confidence);
  c = MIN (c, (n_differences - 1) / 2);
  *low = differences[c];
  *high = differences[n_differences - 1 - c];
}
