/* hs-run-spec.h - everything that decides a run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-permissions.h"
#include "hs-python.h"

G_BEGIN_DECLS

#define HS_DEFAULT_TIMEOUT_MS   60000
#define HS_DEFAULT_MEMORY_LIMIT (G_GUINT64_CONSTANT (2048) << 20) /* bytes */
#define HS_DEFAULT_OUTPUT_LIMIT (G_GUINT64_CONSTANT (4) << 20)    /* bytes of each stream */

#define HS_SCRATCH_LIMIT (G_GUINT64_CONSTANT (512) << 20) /* bytes in the scratch folder */

#define HS_MARK_N_MAX 100 /* snapshots of one mark */

/* Reference counted. Set up by one owner, then given to a runner, from which
 * moment on it must not change.
 */
typedef struct _HsRunSpec HsRunSpec;

/* @source: the bytes of the file as they are. @file: where it lies, or NULL
 * for pasted code and standard input; then @display_name ("Untitled",
 * "<stdin>", "example.py") names it and the run's scratch folder is its
 * working folder.
 */
HsRunSpec *hs_run_spec_new (GBytes     *source,
                            GFile      *file,
                            const char *display_name);
HsRunSpec *hs_run_spec_ref (HsRunSpec *self);
void       hs_run_spec_unref (HsRunSpec *self);

void hs_run_spec_set_python (HsRunSpec *self,
                             HsPython  *python); /* default: the first of hs_pythons_list() */
void hs_run_spec_set_args (HsRunSpec         *self,
                           const char *const *args); /* sys.argv[1:] */
void hs_run_spec_set_timeout (HsRunSpec *self,
                              guint64    timeout_ms); /* 0: none */
void hs_run_spec_set_memory_limit (HsRunSpec *self,
                                   guint64    bytes); /* 0: none */
void hs_run_spec_set_output_limit (HsRunSpec *self,
                                   guint64    bytes);
/* Standard input: given whole, or (interactive) written while it runs with
 * hs_runner_write_stdin(). Default: empty.
 */
void hs_run_spec_set_stdin (HsRunSpec *self,
                            GBytes    *bytes);
void hs_run_spec_set_stdin_interactive (HsRunSpec *self,
                                        gboolean   interactive);

/* What the code may do beyond reading and computing. (transfer none); default: nothing. */
void hs_run_spec_set_permissions (HsRunSpec           *self,
                                  const HsPermissions *permissions);

/* Whether a ledger of every allocation is kept, for requested bytes, peak, totals
 * and the line of every block. Default: TRUE. It slows the code: how long such a
 * run takes says nothing about the code.
 */
void hs_run_spec_set_trace (HsRunSpec *self,
                            gboolean   trace);
/* Whether the snapshot has every object of the process, not only those that the
 * code's names lead to. Default: FALSE.
 */
void hs_run_spec_set_all_objects (HsRunSpec *self,
                                  gboolean   all_objects);

/* Lines of the source, from 1, in any order: a snapshot is taken whenever the statement
 * there, or the next one, is about to run. Those of "# heapscape: snapshot NAME" come
 * on top (hs-source-marks.h). Of each mark there are at most HS_MARK_N_MAX
 * snapshots; then it is only counted. The first HS_SOURCE_N_MARKS_MAX statements count.
 */
void hs_run_spec_set_marks (HsRunSpec   *self,
                            const guint *lines,
                            guint        n_lines);

/* The same run without the ledger and without marks, for its time. Returns: (transfer full) */
HsRunSpec *hs_run_spec_new_timing (HsRunSpec *self);
/* The same run with the counters of the ledger alone: no lines, no record, no marks. Returns:
 * (transfer full)
 */
HsRunSpec *hs_run_spec_new_counting (HsRunSpec *self);
/* The same run with nothing measured, for the value of its name "result" (hs_run_get_kept()).
 * Returns: (transfer full)
 */
HsRunSpec *hs_run_spec_new_result (HsRunSpec *self);

GBytes     *hs_run_spec_get_source (HsRunSpec *self);
GFile      *hs_run_spec_get_file (HsRunSpec *self); /* (nullable) */
const char *hs_run_spec_get_display_name (HsRunSpec *self);
HsPython   *hs_run_spec_get_python (HsRunSpec *self);       /* (nullable) */
guint64     hs_run_spec_get_timeout (HsRunSpec *self);      /* ms */
guint64     hs_run_spec_get_memory_limit (HsRunSpec *self); /* bytes */
guint64     hs_run_spec_get_output_limit (HsRunSpec *self); /* bytes */
gboolean    hs_run_spec_get_trace (HsRunSpec *self);

const HsPermissions *hs_run_spec_get_permissions (HsRunSpec *self);
gboolean             hs_run_spec_get_all_objects (HsRunSpec *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsRunSpec, hs_run_spec_unref)

G_END_DECLS
