/* hs-result.c - the memfd in which a run leaves its results
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-result.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Enough for the smallest snapshot that says something. */
#define LIMIT_MIN (HS_SHARED_SIZE + (UINT64_C (16) << 20))
#define LIMIT_MAX (UINT64_C (1) << 40)
#define PAGE_MASK UINT64_C (0xffff)

/* Two seconds: longer than any reader of /proc takes. */
#define SEAL_PAUSE_NS 1000000
#define N_SEAL_TRIES  2000

bool
hs_result_open (HsResult *self,
                uint64_t  limit_bytes)
{
  uint64_t size = limit_bytes < LIMIT_MIN ? LIMIT_MIN : limit_bytes;

  if (size > LIMIT_MAX)
    size = LIMIT_MAX;

  self->size_bytes = (size + PAGE_MASK) & ~PAGE_MASK;
  self->shared = NULL;
  self->fd = memfd_create ("heapscape-result", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (self->fd < 0 || ftruncate (self->fd, (off_t)self->size_bytes) != 0)
    return false;

  self->shared = mmap (NULL, self->size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, self->fd, 0);
  if (self->shared == MAP_FAILED)
    self->shared = NULL;

  return self->shared != NULL;
}

/* The process is gone, but its memory need not be: whoever reads something like
 * /proc/PID/cmdline in that moment keeps it for as long, and as long as there is
 * a writable mapping the seal is refused. Returns: whether it is sealed
 */
static bool
seal (int fd)
{
  const int             seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  const struct timespec pause = { .tv_nsec = SEAL_PAUSE_NS };

  for (int i = 0; i < N_SEAL_TRIES; i++)
    {
      if (fcntl (fd, F_ADD_SEALS, seals) == 0)
        return true;
      if (errno != EBUSY)
        return false;
      nanosleep (&pause, NULL);
    }

  return false;
}

void
hs_result_discard (HsResult *self)
{
  close (self->fd);
  self->fd = -1;
}

int
hs_result_seal (HsResult *self,
                uint64_t *offset,
                uint64_t *size)
{
  uint64_t snapshot_offset = self->shared->snapshot_offset;
  uint64_t snapshot_size = atomic_load (&self->shared->snapshot_size);

  *offset = 0;
  *size = 0;
  munmap (self->shared, self->size_bytes);
  self->shared = NULL;

  if (self->fd < 0 || snapshot_size == 0 || snapshot_offset % 8 != 0 ||
      snapshot_offset < HS_SHARED_SIZE || snapshot_offset > self->size_bytes ||
      snapshot_size > self->size_bytes - snapshot_offset)
    return -1;

  if (ftruncate (self->fd, (off_t)(snapshot_offset + snapshot_size)) != 0 || !seal (self->fd))
    return -1;

  *offset = snapshot_offset;
  *size = snapshot_size;

  return self->fd;
}
