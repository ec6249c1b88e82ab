/* hs-job-private.h - what a worker is given to do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run-spec.h"

G_BEGIN_DECLS

/* The job of hs-protocol.h in a sealed memfd. @scratch: the run's folder.
 * @has_stdin: a descriptor comes along with START.
 * Returns: the descriptor, or -1 with an error
 */
int _hs_job_new (HsRunSpec  *spec,
                 HsPython   *python,
                 const char *scratch,
                 gboolean    has_stdin,
                 GError    **error);

/* @bytes in a memfd that nobody can change, at its beginning. */
int _hs_sealed_memfd_new (const char   *name,
                          gconstpointer data,
                          gsize         size,
                          GError      **error);

G_END_DECLS
