/* hs-disk-watch.c - how much the code has written into its scratch folder
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-disk-watch.h"

#include "hs-clock.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PAUSE_NS (100 * HS_NS_PER_MS)

/* A look may take this part of the time. */
#define SHARE 10

/* Files cost more than their bytes: each has an entry and an inode. */
#define N_FILES_MAX UINT64_C (50000)
#define DEPTH_MAX   200

/* stat(2): in units of 512 bytes. */
#define BLOCK_SIZE 512

typedef struct
{
  uint64_t bytes;
  uint64_t n_files;
  uint64_t limit_bytes;
  bool     is_too_deep;
} Sum;

static bool
is_over (const Sum *sum)
{
  return sum->bytes > sum->limit_bytes || sum->n_files > N_FILES_MAX || sum->is_too_deep;
}

/* The code may be changing all of this meanwhile; links are not followed. */
static void
add_folder (Sum        *sum,
            int         parent_fd,
            const char *name,
            int         depth)
{
  int            fd = openat (parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR           *folder = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (folder == NULL)
    {
      if (fd >= 0)
        close (fd);
      return;
    }

  sum->is_too_deep = depth > DEPTH_MAX;
  while (!is_over (sum) && (entry = readdir (folder)) != NULL)
    {
      struct stat status;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0 ||
          fstatat (fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        continue;

      sum->n_files++;
      sum->bytes += (uint64_t)status.st_blocks * BLOCK_SIZE;
      if (S_ISDIR (status.st_mode))
        add_folder (sum, fd, entry->d_name, depth + 1);
    }
  closedir (folder);
}

/* Files without a name live as long as they are open. */
static void
add_deleted (Sum  *sum,
             pid_t pid)
{
  char           path[64];
  DIR           *folder;
  struct dirent *entry;

  snprintf (path, sizeof path, "/proc/%d/fd", (int)pid);
  folder = opendir (path);
  if (folder == NULL)
    return;

  while (!is_over (sum) && (entry = readdir (folder)) != NULL)
    {
      struct stat status;

      if (fstatat (dirfd (folder), entry->d_name, &status, 0) == 0 && S_ISREG (status.st_mode) &&
          status.st_nlink == 0)
        sum->bytes += (uint64_t)status.st_blocks * BLOCK_SIZE;
    }
  closedir (folder);
}

static uint64_t
get_free_bytes (const char *folder)
{
  struct statvfs status;

  return statvfs (folder, &status) == 0 ? (uint64_t)status.f_bfree * status.f_frsize : 0;
}

/* Deleted files of the folder live as long as they are mapped, too. What /proc/PID/maps writes
 * of them is their path and this.
 */
static bool
has_deleted_mapping (const HsDiskWatch *self)
{
  static const char end[] = " (deleted)\n";
  char              path[64];
  char              folder[PATH_MAX + 1];
  char             *line = NULL;
  size_t            room = 0;
  ssize_t           size;
  bool              is_found = false;
  FILE             *maps;

  snprintf (path, sizeof path, "/proc/%d/maps", (int)self->pid);
  maps = fopen (path, "re");
  if (maps == NULL)
    return false;

  if (realpath (self->folder, folder) != NULL)
    while (!is_found && (size = getline (&line, &room, maps)) > 0)
      {
        const char *name = strchr (line, '/');

        is_found = name != NULL && strncmp (name, folder, strlen (folder)) == 0 &&
                   (size_t)size > strlen (end) && strcmp (line + size - strlen (end), end) == 0;
      }
  free (line);
  fclose (maps);

  return is_found;
}

/* The sizes of such files cannot be had without privileges; what the file system has lost since
 * the run began tells.
 */
static bool
is_over_by_mappings (const HsDiskWatch *self)
{
  uint64_t free_bytes = get_free_bytes (self->folder);

  return free_bytes < self->free_bytes && self->free_bytes - free_bytes > self->limit_bytes &&
         has_deleted_mapping (self);
}

void
hs_disk_watch_init (HsDiskWatch *self,
                    const char  *folder,
                    pid_t        pid,
                    uint64_t     limit_bytes)
{
  *self = (HsDiskWatch) {
    .folder = folder,
    .pid = pid,
    .limit_bytes = limit_bytes,
    .free_bytes = limit_bytes != 0 ? get_free_bytes (folder) : 0,
  };
}

bool
hs_disk_watch_is_over (HsDiskWatch *self,
                       uint64_t     now_ns)
{
  Sum      sum = { .limit_bytes = self->limit_bytes };
  uint64_t end_ns;

  if (self->limit_bytes == 0 || now_ns < self->next_ns)
    return false;

  add_folder (&sum, AT_FDCWD, self->folder, 0);
  add_deleted (&sum, self->pid);
  end_ns = hs_clock_get_ns ();
  self->next_ns = end_ns + (end_ns - now_ns) * SHARE;
  if (self->next_ns < now_ns + PAUSE_NS)
    self->next_ns = now_ns + PAUSE_NS;

  return is_over (&sum) || is_over_by_mappings (self);
}
