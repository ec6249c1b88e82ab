/* hs-run.h - what a run gave
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-history.h"
#include "hs-picture-info.h"
#include "hs-protocol.h"
#include "hs-run-spec.h"

G_BEGIN_DECLS

/* Immutable, atomically reference counted. */
typedef struct _HsRun HsRun;

HsRun *hs_run_ref (HsRun *self);
void   hs_run_unref (HsRun *self);

HsRunSpec *hs_run_get_spec (HsRun *self);   /* (transfer none) */
HsPython  *hs_run_get_python (HsRun *self); /* (transfer none): of the spec, or the default */
GDateTime *hs_run_get_date (HsRun *self);   /* (transfer none): when it started, local time */
/* What tracebacks call the code's file. Returns: (transfer full) */
char *hs_run_dup_code_name (HsRun *self);
/* Whether it is from a snapshot without its run: there is a heap, and nothing else is known but
 * the version of Python; the source is empty.
 */
gboolean    hs_run_is_bare (HsRun *self);
HsStatus    hs_run_get_status (HsRun *self);
int         hs_run_get_exit_code (HsRun *self);         /* for HS_STATUS_EXIT */
int         hs_run_get_signal (HsRun *self);            /* for HS_STATUS_CRASHED; also SIGXCPU */
guint       hs_run_get_flags (HsRun *self);             /* HsDoneFlags */
guint       hs_run_get_line (HsRun *self);              /* 0: unknown */
guint       hs_run_get_column (HsRun *self);            /* 0: unknown */
const char *hs_run_get_exception_type (HsRun *self);    /* (nullable) */
const char *hs_run_get_exception_message (HsRun *self); /* (nullable), valid UTF-8 */
const char *hs_run_get_traceback (HsRun *self);         /* (nullable), valid UTF-8 */

/* What was kept of a stream, made valid UTF-8. */
const char *hs_run_get_output (HsRun   *self,
                               HsStream stream);
guint64     hs_run_get_output_truncated (HsRun *self); /* bytes cut, both streams */

/* How long the run took, with whatever was measured meanwhile: a time of the code
 * only if hs_run_spec_get_trace() of its spec is FALSE.
 */
guint64 hs_run_get_wall_ns (HsRun *self);
guint64 hs_run_get_cpu_ns (HsRun *self);
guint64 hs_run_get_rss_peak (HsRun *self); /* bytes; 0: unknown */
guint64 hs_run_get_rss_base (HsRun *self); /* bytes, when the first line began; 0: unknown */

/* What a run of hs_run_spec_new_result() kept of the name "result": its pickle if that is
 * HS_KEPT_PICKLE, else why not. All (transfer none) (nullable), texts valid UTF-8 and cut.
 */
HsKept      hs_run_get_kept (HsRun *self);
GBytes     *hs_run_get_kept_pickle (HsRun *self);
const char *hs_run_get_kept_type (HsRun *self);    /* "int", "__main__.Point" */
const char *hs_run_get_kept_preview (HsRun *self); /* as repr() writes it */
const char *hs_run_get_kept_problem (HsRun *self); /* HS_KEPT_FAILED: an exception, in English */

/* What the exception that ended the code was refused by what keeps it from the rest of the
 * machine, as far as can be told; with the file (transfer none) (nullable), valid UTF-8, for
 * HS_REFUSED_WRITE and HS_REFUSED_READ. hs_permissions_add() could allow it.
 */
HsRefused   hs_run_get_refused (HsRun *self);
const char *hs_run_get_refused_file (HsRun *self);

/* What happened over time, with the heaps of all moments. (transfer none) (nullable): a
 * run without the trace has none, nor one that did not begin.
 */
HsHistory *hs_run_get_history (HsRun *self);

/* The heap at the end: (transfer none) (nullable), with the reason in
 * @reason (transfer none), translated, if NULL.
 */
HsHeap *hs_run_get_heap (HsRun       *self,
                         const char **reason);

/* "ok", "exception", "memory-limit" …: the names of the JSON. */
const char *hs_status_to_string (HsStatus status);

/* "SIGSEGV", "SIGRTMIN+2"; and what it means, translated: "invalid memory
 * access", or NULL if there is nothing to say. Returns: (transfer full), (transfer none)
 */
char       *hs_signal_dup_name (int signal_number);
const char *hs_signal_get_meaning (int signal_number);

/* Whether the code ended as it should: to its end, or by an exit code of 0. */
gboolean hs_run_is_ok (HsRun *self);

/* How it ended in one translated sentence that says what to do, with line,
 * limit, signal or exit code where they matter. Returns: (transfer full)
 */
char *hs_run_dup_message (HsRun *self);

/* For the exports. Returns: (transfer full) */
HsPictureInfo *hs_run_dup_picture_info (HsRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsRun, hs_run_unref)

G_END_DECLS
