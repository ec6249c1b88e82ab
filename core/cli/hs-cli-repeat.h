/* hs-cli-repeat.h - how long code takes when nothing is measured meanwhile
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"

G_BEGIN_DECLS

/* Nanoseconds. */
typedef struct
{
  guint   n; /* times that were taken; 0: the others mean nothing */
  guint64 median;
  guint64 min;
  guint64 max;
} HsCliTime;

typedef struct
{
  HsCliTime wall;
  HsCliTime cpu; /* user and system */
} HsCliTimes;

void hs_cli_times_free (HsCliTimes *self);

/* The time of one run without the ledger. Returns: (transfer full) (nullable):
 * NULL if @run has none
 */
HsCliTimes *hs_cli_times_new (HsRun *run);

/* Runs what @first ran @n more times, without the ledger and with its output
 * kept off the terminal. Only those count that end as @first did; on standard
 * error it is said of each other how it ended. Ends early when it is
 * interrupted. Returns: (transfer full) (nullable): NULL if there is no time
 */
HsCliTimes *hs_cli_repeat (HsRun *first,
                           guint  n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsCliTimes, hs_cli_times_free)

G_END_DECLS
