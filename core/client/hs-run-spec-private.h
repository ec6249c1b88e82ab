/* hs-run-spec-private.h - what only the runner reads of a HsRunSpec
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run-spec.h"

G_BEGIN_DECLS

const char *const *_hs_run_spec_get_args (HsRunSpec *self);  /* never NULL */
GBytes            *_hs_run_spec_get_stdin (HsRunSpec *self); /* (nullable) */
gboolean           _hs_run_spec_get_stdin_interactive (HsRunSpec *self);

/* The lines that are marked, as they were set. Returns: (transfer none) */
const guint *_hs_run_spec_get_lines (HsRunSpec *self,
                                     guint     *n_lines);

/* What it was made for. */
typedef enum
{
  HS_PASS_FULL,
  HS_PASS_COUNTING, /* hs_run_spec_new_counting() */
  HS_PASS_TIMING,   /* hs_run_spec_new_timing() */
  HS_PASS_RESULT,   /* hs_run_spec_new_result() */
} HsPass;

HsPass _hs_run_spec_get_pass (HsRunSpec *self);

/* The same with another program. Returns: (transfer full) */
HsRunSpec *_hs_run_spec_new_for_source (HsRunSpec *self,
                                        GBytes    *source);

/* Nothing of the heap is kept, not even at the end. */
void     _hs_run_spec_set_no_snapshot (HsRunSpec *self);
gboolean _hs_run_spec_get_no_snapshot (HsRunSpec *self);

/* What tracebacks and __file__ say. Returns: (transfer full) */
char *_hs_run_spec_dup_file_name (HsRunSpec *self);

/* The folder of the file. Returns: (transfer full) (nullable): NULL for code
 * that is not a local file, which runs in the scratch folder
 */
char *_hs_run_spec_dup_folder (HsRunSpec *self);

G_END_DECLS
