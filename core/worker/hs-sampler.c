/* hs-sampler.c - how much memory another process holds
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-sampler.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
open_entry (pid_t       pid,
            const char *name)
{
  char path[64];

  snprintf (path, sizeof path, "/proc/%d/%s", (int)pid, name);

  return open (path, O_RDONLY | O_CLOEXEC);
}

void
hs_sampler_open (HsSampler *self,
                 pid_t      pid)
{
  memset (self, 0, sizeof *self);
  self->statm_fd = open_entry (pid, "statm");
  self->status_fd = open_entry (pid, "status");
}

void
hs_sampler_close (HsSampler *self)
{
  if (self->statm_fd >= 0)
    close (self->statm_fd);
  if (self->status_fd >= 0)
    close (self->status_fd);
  self->statm_fd = -1;
  self->status_fd = -1;
}

bool
hs_sampler_read (HsSampler *self)
{
  char          text[256];
  unsigned long n_pages;
  ssize_t       size;

  if (self->statm_fd < 0)
    return false;

  /* statm: total, resident, … in pages */
  size = pread (self->statm_fd, text, sizeof text - 1, 0);
  if (size <= 0)
    return false;
  text[size] = '\0';
  if (sscanf (text, "%*u %lu", &n_pages) != 1)
    return false;

  self->rss_bytes = n_pages * (uint64_t)sysconf (_SC_PAGESIZE);
  if (self->rss_bytes > self->rss_peak_bytes)
    self->rss_peak_bytes = self->rss_bytes;

  return true;
}

static uint64_t
get_field (const char *text,
           const char *name)
{
  const char *line = strstr (text, name);

  return line == NULL ? 0 : strtoull (line + strlen (name), NULL, 10) * 1024;
}

bool
hs_sampler_read_memory (HsSampler       *self,
                        HsSamplerMemory *memory)
{
  char    text[4096];
  ssize_t size;

  memset (memory, 0, sizeof *memory);
  if (self->status_fd < 0)
    return false;

  size = pread (self->status_fd, text, sizeof text - 1, 0);
  if (size <= 0)
    return false;
  text[size] = '\0';
  /* A process that is dead, but was not waited for, has none of these lines. */
  if (strstr (text, "\nRssAnon:") == NULL)
    return false;

  memory->anon = get_field (text, "\nRssAnon:");
  memory->file = get_field (text, "\nRssFile:");
  memory->shmem = get_field (text, "\nRssShmem:");
  memory->swap = get_field (text, "\nVmSwap:");
  memory->peak = get_field (text, "\nVmHWM:");

  return true;
}

uint64_t
hs_sampler_get_charged (HsSampler *self)
{
  HsSamplerMemory memory;

  hs_sampler_read_memory (self, &memory);

  return memory.anon + memory.shmem;
}
