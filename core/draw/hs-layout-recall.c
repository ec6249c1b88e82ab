/* hs-layout-recall.c - where boxes stood before
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

/* A new box is looked for beside what it is joined to, and what is joined only
 * to new boxes beside those: so many steps from a box that was there.
 */
#define N_STEPS 8

/* Half of the greatest coordinate at which a double still tells units apart by
 * far; what is beyond was not drawn by anybody.
 */
#define MAX_COORDINATE 1e9

static void
guess_step (HsPlan *plan,
            double *sums,
            guint  *counts)
{
  memset (sums, 0, sizeof (double) * plan->n_nodes);
  memset (counts, 0, sizeof (guint) * plan->n_nodes);

  for (guint i = 0; i < plan->n_edges; i++)
    {
      const HsLayoutEdge *edge = &plan->edges[i];
      double              way = edge->port - plan->nodes[edge->to].entry;

      if (!isnan (plan->former_y[edge->from]))
        {
          sums[edge->to] += plan->former_y[edge->from] + way;
          counts[edge->to]++;
        }
      if (!isnan (plan->former_y[edge->to]))
        {
          sums[edge->from] += plan->former_y[edge->to] - way;
          counts[edge->from]++;
        }
    }

  for (guint i = 0; i < plan->n_nodes; i++)
    if (isnan (plan->former_y[i]) && counts[i] > 0)
      plan->former_y[i] = sums[i] / counts[i];
}

void
hs_plan_recall (HsPlan *plan)
{
  g_autofree double *sums = NULL;
  g_autofree guint  *counts = NULL;
  double             lowest = -HUGE_VAL;

  if (plan->hints == NULL)
    return;

  sums = g_new (double, plan->n_nodes);
  counts = g_new (guint, plan->n_nodes);
  plan->former_y = g_new (double, plan->n_nodes);
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      const HsLayoutHint *hint = &plan->hints[i];

      plan->former_y[i] =
        hint->is_known ? CLAMP (hint->place.y, -MAX_COORDINATE, MAX_COORDINATE) : NAN;
      if (hint->is_known)
        lowest = MAX (lowest, plan->former_y[i]);
    }

  for (guint step = 0; step < N_STEPS; step++)
    guess_step (plan, sums, counts);
  for (guint i = 0; i < plan->n_nodes; i++)
    if (isnan (plan->former_y[i]))
      plan->former_y[i] = lowest;
}
