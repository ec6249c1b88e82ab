/* hs-line-bytes.h - what each line of the code has allocated
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-history.h"

G_BEGIN_DECLS

/* Of one line of the code's file, in all functions: bytes as requested, since the code
 * began.
 */
typedef struct
{
  guint   line; /* from 1 */
  guint64 total_bytes;
  guint64 total_blocks;
  guint64 live_bytes; /* at the end */
  guint64 live_blocks;
  guint64 peak_bytes;    /* the most that was live at a time; of one function's part of the line */
  guint64 at_peak_bytes; /* live when the whole was at its peak */
} HsLineBytes;

/* The lines that allocated anything, ascending. What lines of libraries allocated is
 * theirs. Returns: (transfer full): of HsLineBytes; empty without a ledger with lines
 */
GArray *hs_history_new_lines (HsHistory *self);

/* "line 3 allocated 1.2 MiB in 4 blocks …": sentences for a tooltip. Returns: (transfer
 * full)
 */
char *hs_line_bytes_describe (const HsLineBytes *self);

G_END_DECLS
