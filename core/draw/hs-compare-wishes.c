/* hs-compare-wishes.c - what a person asked of the view of a comparison
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-compare-scene.h"
#include "hs-wishes-private.h"

enum
{
  OPTION_CURVES,
  OPTION_SCALE,
  OPTION_OBJECTS,
  OPTION_SWEEP,
  N_COMPARE_OPTIONS
};

/* Choices of OPTION_SWEEP. */
static const HsMetric swept[] = { HS_METRIC_PEAK, HS_METRIC_FINAL, HS_METRIC_TIME };

static HsScene *
compare_wishes_build (const HsWishes *wishes,
                      HsHeap         *heap,
                      const char     *language,
                      GCancellable   *cancellable,
                      GError        **error)
{
  HsCompareOptions options = {
    .is_progress = wishes->choices[OPTION_CURVES] != 0,
    .scale = (HsCompareScale)wishes->choices[OPTION_SCALE],
    .has_layouts = wishes->choices[OPTION_OBJECTS] == 0,
    .swept = swept[wishes->choices[OPTION_SWEEP]],
  };

  return hs_compare_scene_new (heap, &options, language, cancellable, error);
}

/* clang-format off */
static const char *const curve_ids[] = { "time", "progress", NULL };
static const char *const curve_labels[] = { N_("By Time"), N_("By Progress"), NULL };

/* In the order of HsCompareScale. */
static const char *const scale_ids[] = { "fit", "linear", "log", NULL };
static const char *const scale_labels[] = {
  N_("Fitting"), N_("Linear"), N_("Logarithmic"), NULL
};

static const char *const object_ids[] = { "on", "off", NULL };
static const char *const object_labels[] = { N_("Shown"), N_("Hidden"), NULL };

/* In the order of swept[]. */
static const char *const sweep_ids[] = { "peak", "final", "time", NULL };
static const char *const sweep_labels[] = {
  N_("Peak"), N_("At the End"), N_("Time"), NULL
};

static const HsOption options[N_COMPARE_OPTIONS] = {
  [OPTION_CURVES] = {
    .id = "curves",
    .label = N_("Curves"),
    .tooltip = N_("Whether runs are laid over each other in time, or each from beginning to end"),
    .choices = curve_ids,
    .labels = curve_labels,
  },
  [OPTION_SCALE] = {
    .id = "scale",
    .label = N_("Scales"),
    .tooltip = N_("The axes of bytes; fitting: logarithmic if the largest would hide the "
                  "smallest"),
    .choices = scale_ids,
    .labels = scale_labels,
  },
  [OPTION_OBJECTS] = {
    .id = "objects",
    .label = N_("Objects"),
    .tooltip = N_("An object of each variant, its bytes to scale"),
    .choices = object_ids,
    .labels = object_labels,
  },
  [OPTION_SWEEP] = {
    .id = "sweep",
    .label = N_("Sweep"),
    .tooltip = N_("What is shown for the values of a constant"),
    .choices = sweep_ids,
    .labels = sweep_labels,
  },
};

const HsView _hs_compare_view = {
  .name = "compare",
  .title = N_("Compare"),
  .description = N_("Variants side by side: what each needs, and whether it does the same"),
  .icon = "heapscape-compare-symbolic",
  .options = options,
  .n_options = N_COMPARE_OPTIONS,
  .wishes_size = sizeof (HsWishes),
  .is_of_comparison = TRUE,
  .build = compare_wishes_build,
};
/* clang-format on */
