/* hs-comparer.h - runs variants of code against each other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-run.h"

G_BEGIN_DECLS

#define HS_COMPARE_N_TIMES_MIN 5
#define HS_COMPARE_BUDGET_MS   6000 /* of all timing passes together; never fewer than the least */

#define HS_TYPE_COMPARER (hs_comparer_get_type ())
G_DECLARE_FINAL_TYPE (HsComparer, hs_comparer, HS, COMPARER, GObject)

/* One object, one comparison. For each variant, each time in a fresh process: two trace passes (the
 * second has only the counters and says what varies by itself; a third one like it if lines were
 * watched in the first, which leaves bytes of its own and then does not count), one that keeps the
 * result, and timing passes without any hook, in rounds of all variants, their order random; then
 * the sweep, if there is one. What did not end well takes no further part; two results are compared
 * in a process of their own. RSS is the peak of a timing pass above what was resident when its
 * first line began.
 * Disposing of it ends what goes on.
 *
 * Lives in the main context of the thread that calls hs_comparer_run_async(). Signal,
 * emitted there:
 *
 *   ::progress (guint done, guint total, const char *what)   passes; @what is a translated sentence
 */

/* The variants in the source of @spec; of a file without marks, the file alone (which can be
 * swept). Everything else of @spec holds for each. Marks for snapshots count in the first trace
 * pass.
 */
HsComparer *hs_comparer_new (HsRunSpec *spec);
/* Two programs. @names: (nullable): what they are called, else by their files; a file and
 * its saved version have names like "Saved" and "Edited". @first is the baseline.
 */
HsComparer *hs_comparer_new_for_two (HsRunSpec         *first,
                                     HsRunSpec         *second,
                                     const char *const *names);

/* Before it runs. @least: timing passes of each variant, 0: no times are taken; at least 5
 * otherwise.
 * @budget_ms: after which no further round begins; nor after 25, if @least is not more.
 */
void hs_comparer_set_timing (HsComparer *self,
                             guint       least,
                             guint       budget_ms);

/* A variant that does not end as it should is part of the comparison; an error is only what
 * keeps all from running: nothing to compare (HS_ERROR_VARIANTS, with what to do), no worker,
 * G_IO_ERROR_CANCELLED.
 */
void          hs_comparer_run_async (HsComparer         *self,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
HsComparison *hs_comparer_run_finish (HsComparer   *self,
                                      GAsyncResult *result,
                                      GError      **error); /* (transfer full) */

/* The first trace pass of a variant, when it is over. (transfer none) (nullable) */
HsRun *hs_comparer_get_run (HsComparer *self,
                            guint       variant);

G_END_DECLS
