/* hs-rank-test.h - whether two series of measurements differ by more than chance
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* With more values in a series probabilities are those of the normal distribution. */
#define HS_RANK_TEST_N_EXACT 64

/* The probability that two series from the same source differ in their ranks at least as much as
 * these do, in one direction or the other (Mann and Whitney 1947, exact, ties by permutation of
 * midranks; beyond HS_RANK_TEST_N_EXACT the normal approximation with ties). 1 if a series is
 * empty. Exact: O((n + m)³ m)
 */
double hs_rank_test (const guint64 *a,
                     guint          n,
                     const guint64 *b,
                     guint          m);

/* The same for values that were taken in pairs: the probability of the differences within pairs if
 * the sign of each were chance (Wilcoxon 1945, exact, ties by midranks, none of pairs that
 * are equal; beyond HS_RANK_TEST_N_EXACT the normal approximation). Noise that the two of a pair
 * share, or that takes from one what it gives to the other, does not matter. 1 if all are equal.
 */
double hs_rank_test_pairs (const guint64 *a,
                           const guint64 *b,
                           guint          n);

/* By how much @b is more than @a: the median of all differences between a value of one and a
 * value of the other (Hodges and Lehmann 1963), and the interval in which it lies with
 * @confidence (0.95), as far as so few values can say; else their extremes. Both series have
 * values.
 */
void hs_rank_shift (const guint64 *a,
                    guint          n,
                    const guint64 *b,
                    guint          m,
                    double         confidence,
                    gint64        *shift,
                    gint64        *low,
                    gint64        *high);

G_END_DECLS
