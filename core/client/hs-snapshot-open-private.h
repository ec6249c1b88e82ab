/* hs-snapshot-open-private.h - files of Heapscape: opened with care, and what is wrong with them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HS_FILE_NOT_OURS,
  HS_FILE_NOT_A_FILE, /* a FIFO, a device or a socket */
  HS_FILE_TOO_LARGE,
  HS_FILE_TRUNCATED,
  HS_FILE_DAMAGED,
  HS_FILE_OLDER,
  HS_FILE_NEWER,
  HS_FILE_NO_MEMORY,
} HsFileProblem;

/* HS_ERROR_SNAPSHOT: a translated sentence with @name, the file, and what to do. */
void _hs_snapshot_set_error (GError      **error,
                             HsFileProblem problem,
                             const char   *name);

/* Turns what GIO says, in @error, into such a sentence; what is one already, and
 * G_IO_ERROR_CANCELLED, stays.
 */
void _hs_snapshot_explain_error (GError    **error,
                                 const char *name);

/* Opens nothing but an ordinary file, and does not wait for the other end of a FIFO. @name: for
 * errors, which _hs_snapshot_explain_error() has to explain. Returns: (transfer full) (nullable)
 */
GInputStream *_hs_snapshot_open (GFile        *file,
                                 const char   *name,
                                 GCancellable *cancellable,
                                 GError      **error);

typedef gboolean (*HsWriteFunc) (GOutputStream *stream,
                                 gpointer       user_data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* Replaces @file by what @function writes, once that is complete; a link is followed. Blocks; any
 * thread. Errors of G_IO_ERROR, with the name of the file.
 */
gboolean _hs_snapshot_replace (GFile        *file,
                               HsWriteFunc   function,
                               gpointer      user_data,
                               GCancellable *cancellable,
                               GError      **error);

G_END_DECLS
