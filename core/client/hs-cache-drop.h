/* hs-cache-drop.h - takes a file out of the page cache
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why pages are still there, or none was asked for: bits. */
typedef enum
{
  /* The user neither owns the file nor may write it: the kernel does not say what is
   * in its cache (Linux 5.2, mm/mincore.c), so that no figure would be true.
   */
  HS_CACHE_HIDDEN = 1 << 0,
  HS_CACHE_MEMORY = 1 << 1, /* tmpfs and the like: there is no disk to read it from again */
  HS_CACHE_DIRTY = 1 << 2,  /* pages are newer than the disk, or being written to it */
  HS_CACHE_MAPPED = 1 << 3, /* processes have pages of it in their page tables */
  HS_CACHE_BUSY = 1 << 4,   /* none of these: somebody who cannot be seen holds them */
} HsCacheReasons;

typedef struct
{
  guint64        n_pages;  /* of the file; page_size bytes each */
  guint64        n_before; /* in the cache; with HS_CACHE_HIDDEN 0, likewise the others */
  guint64        n_after;
  guint64        n_dirty;     /* of those that are left; 0 where the kernel does not say */
  guint          n_processes; /* that have pages mapped, of those which may be looked at */
  guint          page_size;
  HsCacheReasons reasons; /* 0: nothing is left */
} HsCacheDrop;

/* Writes what is newer than the disk (if the user owns the file: fsync() of others' files is
 * not ours to ask for), asks the kernel to forget the file's pages, and looks which are
 * left. Needs no privilege. Blocks, on a slow disk for seconds; any thread. Errors of
 * G_IO_ERROR, each a translated sentence that names the file. Returns: (transfer full)
 * (nullable), to be freed by g_free()
 */
HsCacheDrop *hs_cache_drop (GFile        *file,
                            GCancellable *cancellable,
                            GError      **error);

/* The same in a thread. */
void         hs_cache_drop_async (GFile              *file,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
HsCacheDrop *hs_cache_drop_finish (GAsyncResult *result,
                                   GError      **error);

/* What was done, and why what is left is left: translated, one sentence on a line.
 * Returns: (transfer full)
 */
char *hs_cache_drop_describe (const HsCacheDrop *self);

G_END_DECLS
