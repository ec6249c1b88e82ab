/* hs-sweep-points-private.h - what was measured at each value of a sweep
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-run.h"

G_BEGIN_DECLS

typedef struct _HsSweepPoints HsSweepPoints;

HsSweepPoints *_hs_sweep_points_new (const char   *parameter,
                                     const double *values,
                                     guint         n_values,
                                     guint         n_variants);
void           _hs_sweep_points_free (HsSweepPoints *self);

/* Not where a smaller value already took too much time or memory, and no times of what did
 * not end well.
 */
gboolean _hs_sweep_points_is_wanted (HsSweepPoints *self,
                                     guint          variant,
                                     guint          value,
                                     gboolean       is_timing);

void _hs_sweep_points_take_counts (HsSweepPoints *self,
                                   guint          variant,
                                   guint          value,
                                   HsRun         *run);
void _hs_sweep_points_take_time (HsSweepPoints *self,
                                 guint          variant,
                                 guint          value,
                                 HsRun         *run);

/* Medians. Returns: (transfer full) */
HsSweep *_hs_sweep_points_conclude (HsSweepPoints *self);

G_END_DECLS
