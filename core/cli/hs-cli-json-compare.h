/* hs-cli-json-compare.h - comparisons as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-run-spec.h"

G_BEGIN_DECLS

/* The contract of DESIGN section 9. @spec: of the file that was compared, @python: with which */
gboolean hs_cli_json_write_comparison (HsComparison  *comparison,
                                       HsRunSpec     *spec,
                                       HsPython      *python,
                                       GOutputStream *stream,
                                       GError       **error);

G_END_DECLS
