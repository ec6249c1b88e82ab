/* hs-job-private.h - what a worker is given to do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-feeder-private.h"
#include "hs-run-spec.h"

G_BEGIN_DECLS

/* Sends START to the worker behind @socket, with the job and, if the code is
 * given one, its standard input. @scratch: the run's folder; @protect: HsProtect,
 * without which the run is refused; @feeder: is opened if standard input is interactive. A worker
 * that is dead already is no error: its end is noticed anyway, and its error output says more.
 */
gboolean _hs_job_send (int         socket,
                       HsRunSpec  *spec,
                       HsPython   *python,
                       const char *scratch,
                       guint32     protect,
                       HsFeeder   *feeder,
                       GError    **error);

G_END_DECLS
