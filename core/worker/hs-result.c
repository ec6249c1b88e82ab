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
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Enough for the smallest snapshot that says something. */
#define LIMIT_MIN (HS_SNAPSHOTS_OFFSET + (UINT64_C (16) << 20))
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

uint64_t
hs_result_get_resident (const HsResult *self)
{
  struct stat status;
  uint64_t    end = self->shared->snapshot_offset + self->shared->snapshot_size;
  uint64_t    snapshots = end > HS_SNAPSHOTS_OFFSET ? end - HS_SNAPSHOTS_OFFSET : 0;
  uint64_t    resident;

  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    return 0;

  /* stat(2): in units of 512 bytes. */
  resident = (uint64_t)status.st_blocks * 512;

  return resident > snapshots ? resident - snapshots : 0;
}

uint64_t
hs_result_get_size (const HsResult *self)
{
  struct stat status;

  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    return 0;

  /* stat(2): in units of 512 bytes. */
  return (uint64_t)status.st_blocks * 512;
}

void
hs_result_discard (HsResult *self)
{
  close (self->fd);
  self->fd = -1;
}

/* The place of a snapshot, if it is one. Returns: where it ends, 0 if it is none */
static uint64_t
get_end (const HsResult *self,
         uint64_t        offset,
         uint64_t        size)
{
  if (size == 0 || offset % 64 != 0 || offset < HS_SNAPSHOTS_OFFSET || offset > self->size_bytes ||
      size > self->size_bytes - offset)
    return 0;

  return offset + size;
}

/* What the process says of its moments is bounded here, and checked by those who
 * read it.
 */
static uint64_t
get_moments_end (const HsResult *self)
{
  HsRecordHeader       *record = hs_shared_get_record (self->shared);
  const HsRecordMoment *moments;
  uint64_t              offset = record->parts[HS_RECORD_MOMENTS].offset;
  uint64_t              n = record->parts[HS_RECORD_MOMENTS].n;
  uint64_t              size = hs_record_get_max_size ();
  uint64_t              end = HS_SHARED_SIZE + size;

  if (offset % 8 != 0 || offset > size || n > HS_RECORD_N_MOMENTS_MAX ||
      n * sizeof *moments > size - offset)
    return end;

  moments = (const void *)((const uint8_t *)record + offset);
  for (uint64_t i = 0; i < n; i++)
    {
      uint64_t moment_end = get_end (self, moments[i].snapshot_offset, moments[i].snapshot_size);

      if (moment_end > end)
        end = moment_end;
    }

  return end;
}

/* Returns: where the pickle ends; 0 if there is none */
static uint64_t
get_pickle_end (const HsResult *self,
                uint64_t        offset,
                uint64_t        size)
{
  return size <= HS_KEPT_BYTES_MAX ? get_end (self, offset, size) : 0;
}

int
hs_result_seal (HsResult *self,
                HsDone   *done)
{
  uint64_t offset = self->shared->snapshot_offset;
  uint64_t size = atomic_load (&self->shared->snapshot_size);
  uint64_t end = get_end (self, offset, size);
  uint64_t pickle_offset = self->shared->pickle_offset;
  uint64_t pickle_size = self->shared->pickle_size;
  uint64_t pickle_end = done->kept == HS_KEPT_PICKLE
                          ? get_pickle_end (self, pickle_offset, pickle_size)
                          : 0;
  bool     has_record = hs_shared_get_record (self->shared)->total_size != 0;
  uint64_t total = end;

  if (has_record && get_moments_end (self) > total)
    total = get_moments_end (self);
  if (pickle_end > total)
    total = pickle_end;
  munmap (self->shared, self->size_bytes);
  self->shared = NULL;

  if (self->fd < 0 || total == 0 || ftruncate (self->fd, (off_t)total) != 0 || !seal (self->fd))
    return -1;

  done->result_size = total;
  if (end != 0)
    {
      done->snapshot_offset = offset;
      done->snapshot_size = size;
    }
  if (pickle_end != 0)
    {
      done->pickle_offset = pickle_offset;
      done->pickle_size = pickle_size;
    }
  if (has_record)
    {
      done->record_offset = HS_SHARED_SIZE;
      done->record_size = hs_record_get_max_size ();
    }

  return self->fd;
}
