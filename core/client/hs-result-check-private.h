/* hs-result-check-private.h - whether two results are the same
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-run.h"

G_BEGIN_DECLS

/* Whether it takes a process to tell. FALSE: @sameness and @difference (out) (transfer
 * full) (nullable) say it already: a result was not kept, or the pickles are the same, byte for
 * byte. @baseline and @other: runs of hs_run_spec_new_result(), both have set a result.
 */
gboolean _hs_result_check_is_needed (HsRun      *baseline,
                                     HsRun      *other,
                                     HsSameness *sameness,
                                     char      **difference);

/* A program of ours that compares the two. Nothing of them is executed: objects of classes
 * that are not known to be harmless become stand-ins. Returns: (transfer full)
 */
HsRunSpec *_hs_result_check_new_spec (HsRun *baseline,
                                      HsRun *other);

/* What it found out. @difference: (out) (transfer full) (nullable): translated */
HsSameness _hs_result_check_read (HsRun *run,
                                  char **difference);

G_END_DECLS
