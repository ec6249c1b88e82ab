/* hs-cache-drop.c - takes a file out of the page cache
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cache-drop.h"

#include "hs-cache-holders-private.h"
#include "hs-format.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* include/uapi/linux/magic.h */
#define TMPFS     0x01021994
#define RAMFS     0x858458f6
#define HUGETLBFS 0x958458f6

/* mincore() answers for so many pages at a time: between two the user may cancel. */
#define N_CHUNK 65536

/* A file that is open and mapped. */
typedef struct
{
  GFile        *file; /* (unowned) */
  GCancellable *cancellable;
  int           fd;
  struct stat   status;
  guint8       *pages; /* never touched; NULL for an empty file */
  HsCacheDrop   drop;
} Work;

static gboolean
fail (Work    *work,
      int      number,
      GError **error)
{
  g_autofree char *name = g_file_get_parse_name (work->file);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number),
               /* translators: %1$s is a file, %2$s the system's reason */
               _("“%1$s” could not be dropped from the cache: %2$s"), name, g_strerror (number));

  return FALSE;
}

/* ---- What there is ---- */

static gboolean
open_file (Work    *work,
           GError **error)
{
  g_autofree char *path = g_file_get_path (work->file);

  if (path == NULL)
    return fail (work, EOPNOTSUPP, error);

  /* Opening a pipe would wait for its other end. */
  work->fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (work->fd < 0 || fstat (work->fd, &work->status) != 0)
    return fail (work, errno, error);
  if (!S_ISREG (work->status.st_mode))
    return fail (work, S_ISDIR (work->status.st_mode) ? EISDIR : EINVAL, error);

  work->drop.page_size = (guint)sysconf (_SC_PAGESIZE);
  work->drop.n_pages = ((guint64)work->status.st_size + work->drop.page_size - 1) /
                       work->drop.page_size;
  if (work->status.st_size > 0)
    {
      void *pages = mmap (NULL, (gsize)work->status.st_size, PROT_READ, MAP_SHARED, work->fd, 0);

      if (pages == MAP_FAILED)
        return fail (work, errno, error);
      work->pages = pages;
    }

  return TRUE;
}

static gboolean
is_own (const Work *work)
{
  return work->status.st_uid == geteuid ();
}

/* mm/mincore.c, can_do_mincore(): the owner (or who may act as such), or who may write. */
static gboolean
is_hidden (const Work *work)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", work->fd);

  return !is_own (work) && faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0;
}

static gboolean
is_memory (const Work *work)
{
  struct statfs system;

  return fstatfs (work->fd, &system) == 0 &&
         (system.f_type == TMPFS || system.f_type == RAMFS ||
          (guint64)system.f_type == HUGETLBFS);
}

static gboolean
count_cached (Work    *work,
              guint64 *n_cached,
              GError **error)
{
  g_autofree guint8 *vector = g_malloc (N_CHUNK);
  guint64            n_pages = work->drop.n_pages;

  *n_cached = 0;
  for (guint64 first = 0; first < n_pages; first += N_CHUNK)
    {
      guint64 n = MIN (n_pages - first, N_CHUNK);

      if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
        return FALSE;
      if (mincore (work->pages + first * work->drop.page_size, n * work->drop.page_size,
                   vector) != 0)
        return fail (work, errno, error);
      for (guint64 i = 0; i < n; i++)
        *n_cached += vector[i] & 1;
    }

  return TRUE;
}

/* cachestat(), Linux 6.5: include/uapi/linux/mman.h. Older headers do not have it. */
static guint64
count_dirty (const Work *work)
{
  const long number = 451;
  struct
  {
    guint64 offset;
    guint64 length;
  } range = { 0, 0 }; /* to the end */
  struct
  {
    guint64 n_cached;
    guint64 n_dirty;
    guint64 n_writeback;
    guint64 n_evicted;
    guint64 n_recently_evicted;
  } counts = { 0 };

  if (syscall (number, work->fd, &range, &counts, 0) != 0)
    return 0;

  return counts.n_dirty + counts.n_writeback;
}

/* ---- Dropping ---- */

static gboolean
drop_pages (Work    *work,
            GError **error)
{
  int number;

  /* A system that is only read has nothing newer than its disk. */
  if (is_own (work) && fsync (work->fd) != 0 && errno != EROFS && errno != EINVAL)
    return fail (work, errno, error);
  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  number = posix_fadvise (work->fd, 0, 0, POSIX_FADV_DONTNEED);

  return number == 0 || fail (work, number, error);
}

static void
find_reasons (Work *work)
{
  HsCacheDrop *drop = &work->drop;

  drop->n_dirty = count_dirty (work);
  drop->n_processes = _hs_cache_count_holders (work->pages);
  if (drop->n_dirty > 0)
    drop->reasons |= HS_CACHE_DIRTY;
  if (drop->n_processes > 0)
    drop->reasons |= HS_CACHE_MAPPED;
  if (drop->reasons == 0)
    drop->reasons = HS_CACHE_BUSY;
}

static gboolean
drop_file (Work    *work,
           GError **error)
{
  HsCacheDrop *drop = &work->drop;

  if (!open_file (work, error))
    return FALSE;
  if (drop->n_pages == 0)
    return TRUE;
  if (is_hidden (work))
    {
      drop->reasons = HS_CACHE_HIDDEN;
      return TRUE;
    }
  if (!count_cached (work, &drop->n_before, error))
    return FALSE;
  if (is_memory (work))
    {
      drop->n_after = drop->n_before;
      drop->reasons = HS_CACHE_MEMORY;
      return TRUE;
    }
  if (!drop_pages (work, error) || !count_cached (work, &drop->n_after, error))
    return FALSE;
  if (drop->n_after > 0)
    find_reasons (work);

  return TRUE;
}

HsCacheDrop *
hs_cache_drop (GFile        *file,
               GCancellable *cancellable,
               GError      **error)
{
  Work     work = { .file = file, .cancellable = cancellable, .fd = -1 };
  gboolean ok;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  ok = !g_cancellable_set_error_if_cancelled (cancellable, error) && drop_file (&work, error);
  if (work.pages != NULL)
    munmap (work.pages, (gsize)work.status.st_size);
  if (work.fd >= 0)
    close (work.fd);

  return ok ? g_memdup2 (&work.drop, sizeof work.drop) : NULL;
}

/* ---- In a thread ---- */

static void
drop_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError      *error = NULL;
  HsCacheDrop *drop = hs_cache_drop (task_data, cancellable, &error);

  if (drop != NULL)
    g_task_return_pointer (task, drop, g_free);
  else
    g_task_return_error (task, error);
}

void
hs_cache_drop_async (GFile              *file,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_cache_drop_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, drop_thread);
}

HsCacheDrop *
hs_cache_drop_finish (GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_cache_drop_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- In words ---- */

static char *
describe_counts (const HsCacheDrop *self)
{
  guint64          n_gone = self->n_before - MIN (self->n_before, self->n_after);
  g_autofree char *gone = hs_format_count (n_gone);
  g_autofree char *before = hs_format_count (self->n_before);
  g_autofree char *after = hs_format_count (self->n_after);

  if (self->n_pages == 0)
    return g_strdup (_("The file is empty: there is nothing to drop."));
  if (self->n_before == 0 && self->n_after == 0)
    return g_strdup (_("No page of the file was in the cache."));
  if (self->n_after == 0)
    /* translators: %s is a number */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s page was dropped from the cache, all of it.",
                                         "%s pages were dropped from the cache, all of them.",
                                         (gulong)n_gone),
                            gone);

  return g_strdup_printf (
    /* translators: %1$s, %2$s and %3$s are numbers; %2$s decides between one and many */
    g_dngettext (GETTEXT_PACKAGE,
                 "Dropped from the cache: %1$s of %2$s page; still there: %3$s.",
                 "Dropped from the cache: %1$s of %2$s pages; still there: %3$s.",
                 (gulong)self->n_before),
    gone, before, after);
}

static void
add_reasons (GString           *text,
             const HsCacheDrop *self)
{
  g_autofree char *dirty = hs_format_count (self->n_dirty);

  if ((self->reasons & HS_CACHE_DIRTY) != 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
        text,
        /* translators: %s is a number */
        g_dngettext (GETTEXT_PACKAGE, "%s page is newer than the disk and was not yet written.",
                     "%s pages are newer than the disk and were not yet written.",
                     (gulong)self->n_dirty),
        dirty);
    }
  if ((self->reasons & HS_CACHE_MAPPED) != 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
        text,
        /* translators: a mapped page is one that a process has in its page table */
        g_dngettext (GETTEXT_PACKAGE, "%u process has pages of the file mapped.",
                     "%u processes have pages of the file mapped.", self->n_processes),
        self->n_processes);
    }
  if ((self->reasons & HS_CACHE_BUSY) != 0)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, _("Why they stay cannot be seen: another user's process may have "
                               "them mapped, or the system is using them."));
    }
}

char *
hs_cache_drop_describe (const HsCacheDrop *self)
{
  g_autofree char *counts = NULL;
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if ((self->reasons & HS_CACHE_HIDDEN) != 0)
    return g_strdup (_("Hidden by the kernel: of a file that is neither yours nor writable for you "
                       "it does not say which pages are in its cache. Nothing was dropped."));
  if ((self->reasons & HS_CACHE_MEMORY) != 0)
    return g_strdup (_("The file lies in memory, not on a disk: its pages cannot be dropped."));

  counts = describe_counts (self);
  text = g_string_new (counts);
  add_reasons (text, self);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
