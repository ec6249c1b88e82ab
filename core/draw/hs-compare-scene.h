/* hs-compare-scene.h - variants of code side by side, as a scene
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* What the axes of bytes are. */
typedef enum
{
  HS_COMPARE_SCALE_FIT, /* logarithmic if the largest would hide the smallest */
  HS_COMPARE_SCALE_LINEAR,
  HS_COMPARE_SCALE_LOG,
} HsCompareScale;

typedef struct
{
  gboolean       is_progress; /* each run from 0 to 100 %, rather than in time */
  HsCompareScale scale;
  HsMetric       swept;       /* of the sweep */
  gboolean       has_layouts; /* of objects */
} HsCompareOptions;

/* A page: the variants with their verdicts, bars of all that was measured, curves of live bytes,
 * objects to scale, and the sweep. Items: variants, bars, curves, objects, and points.
 *
 * @heap: with a comparison. Returns: (transfer full) (nullable): NULL with G_IO_ERROR_NOT_FOUND
 * without one, or G_IO_ERROR_CANCELLED
 */
HsScene *hs_compare_scene_new (HsHeap                 *heap,
                               const HsCompareOptions *options,
                               const char             *language,
                               GCancellable           *cancellable,
                               GError                **error);

G_END_DECLS
