/* hs-file-kind.h - what a file is that somebody opens, by how it begins
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HS_FILE_KIND_SOURCE,  /* or anything else, or what cannot be read */
  HS_FILE_KIND_RUN,     /* hs_run_load_sync() */
  HS_FILE_KIND_PICTURE, /* PNG */
} HsFileKind;

/* Looks at the first bytes, in a thread; never at the name. There are no errors: who loads the
 * file says what is wrong with it. What is cancelled is a source.
 */
void       hs_file_kind_async (GFile              *file,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
HsFileKind hs_file_kind_finish (GAsyncResult *result);

G_END_DECLS
