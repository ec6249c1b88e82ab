/* hs-picture-file.h - what a PNG that was exported says about its run, and its code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-picture-info.h"

G_BEGIN_DECLS

/* All texts of a picture together, as they are in the file or unpacked from it. Larger ones, which
 * no export writes, are refused. Bytes.
 */
#define HS_PICTURE_FILE_TEXTS_MAX ((gsize)32 << 20)

/* Reads the texts of a PNG, wherever in it they stand; the pixels are not unpacked. The file may
 * be anything: that it is damaged, no PNG, too large or has no code of Heapscape in it is an error
 * with a translated sentence.
 *
 * @stream: read to its end unless there is an error; not closed
 * @name: of the file, for sentences; UTF-8
 * @error: G_IO_ERROR
 * Returns: (transfer full) (nullable): its source is valid UTF-8 that ends where its text ends, and
 *   so are the others that are not NULL
 * Blocks; any thread.
 */
HsPictureInfo *hs_picture_file_read (GInputStream *stream,
                                     const char   *name,
                                     GCancellable *cancellable,
                                     GError      **error);

G_END_DECLS
