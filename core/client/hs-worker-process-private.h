/* hs-worker-process-private.h - a worker as a process
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One worker, the socket to it and what it writes to its own standard error. */
typedef struct
{
  GSubprocess *process;
  int          socket;    /* -1 once closed */
  int          errors_fd; /* -1 once closed */
  GByteArray  *errors;
  gboolean     has_namespace; /* its numbers of processes are its own, and all end with it */
  int          code;          /* the process that runs the code; 0: not known */
} HsWorkerProcess;

/* Starts the worker at @path. @before: (nullable): what stands in front of its command line, the
 * program that starts it. Returns: (transfer full) (nullable)
 */
HsWorkerProcess *_hs_worker_process_new (const char        *path,
                                         const char *const *before,
                                         GError           **error);

/* Closes both descriptors. Does not end the process. */
void _hs_worker_process_free (HsWorkerProcess *self);

/* @pid: that of the process that runs the code, as the worker has told it. Believed only if it is
 * the worker's child.
 */
void _hs_worker_process_set_code (HsWorkerProcess *self,
                                  int              pid);

/* Kills what the code has started if the worker, which should have done that, was killed itself.
 * Only once it is dead.
 */
void _hs_worker_process_clear_up (HsWorkerProcess *self);

/* Closes the socket, at which a worker ends the code and every process that the
 * code has started, and waits for its end; kills it if that takes too long.
 */
void _hs_worker_process_dismiss (HsWorkerProcess *self);

/* Kills it at once with what has started it, and by that the code: it has asked the kernel for
 * its death together with the worker's (PR_SET_PDEATHSIG). Processes that the code
 * has started live on until _hs_worker_process_clear_up(). Does nothing if it is dead already.
 */
void _hs_worker_process_kill (HsWorkerProcess *self);
void _hs_worker_process_close_socket (HsWorkerProcess *self);

/* Takes some of its error output without blocking. Returns: FALSE at the end */
gboolean _hs_worker_process_read_errors (HsWorkerProcess *self);

/* Why it ended without a result; only once it is dead. Returns: (transfer full) */
char *_hs_worker_process_dup_failure (HsWorkerProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsWorkerProcess, _hs_worker_process_free)

G_END_DECLS
