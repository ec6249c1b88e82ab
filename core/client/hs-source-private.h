/* hs-source-private.h - what the parts of HsSource share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-source.h"

G_BEGIN_DECLS

/* @etag: (nullable): of @file at the moment when it was read. */
HsSource *_hs_source_new_for_file (GBytes     *bytes,
                                   GFile      *file,
                                   const char *etag);

/* Whether an editor whose lines end by "\n" shows @text for the bytes of @self as Python reads
 * them.
 */
gboolean _hs_source_is_text_unchanged (HsSource   *self,
                                       const char *text);

/* NULL if it does not come from @file. */
const char *_hs_source_get_etag (HsSource *self,
                                 GFile    *file);

/* As a message shows it. Returns: (transfer full) */
char *_hs_source_dup_name (GFile *file);

/* Reads what @file has, no more than HS_SOURCE_SIZE_MAX bytes. Never waits for somebody to write,
 * unless it is a pipe or terminal behind /dev/stdin or /dev/fd, and then until @cancellable.
 * Errors: HS_ERROR_SOURCE for a user, or of GIO. @name: for messages.
 * Returns: (transfer full) (nullable)
 */
GBytes *_hs_source_read_file (GFile        *file,
                              const char   *name,
                              GCancellable *cancellable,
                              GError      **error);
GBytes *_hs_source_read_fd (int         fd,
                            const char *name,
                            GError    **error);

/* Replaces @file once all bytes are on the disk. The old file stays whole if there is no room; it
 * keeps its permissions, a link is followed. Fails with G_IO_ERROR_WRONG_ETAG if @etag (nullable)
 * is not that of the file. Other errors are of GIO. @new_etag: (transfer full) (nullable)
 */
gboolean _hs_source_write_file (GFile        *file,
                                GBytes       *bytes,
                                const char   *etag,
                                char        **new_etag,
                                GCancellable *cancellable,
                                GError      **error);

/* The encoding that the coding line of @text names, if it has one (PEP 263):
 * looks at the first two lines only. Returns: (transfer full) (nullable)
 */
char *_hs_source_find_cookie (const char *text,
                              gsize       length);

G_END_DECLS
