/* hs-sampler.h - how much memory another process holds
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Reads /proc/PID/statm through a kept descriptor: 1.5 µs, whatever the size
 * of the process, and nothing in the process itself.
 */
typedef struct
{
  int      statm_fd;       /* -1: not readable */
  int      status_fd;      /* -1: not readable */
  uint64_t rss_bytes;      /* at the last hs_sampler_read() */
  uint64_t rss_peak_bytes; /* highest that was read */
} HsSampler;

void hs_sampler_open (HsSampler *self,
                      pid_t      pid);
void hs_sampler_close (HsSampler *self);

/* Returns: false once the process is gone. */
bool hs_sampler_read (HsSampler *self);

/* proc(5), /proc/PID/status; bytes. The first three are what is resident. */
typedef struct
{
  uint64_t anon;  /* RssAnon: private, without a file, or copies of a file's pages */
  uint64_t file;  /* RssFile: the page cache's */
  uint64_t shmem; /* RssShmem: tmpfs, memfds, shared anonymous memory */
  uint64_t swap;  /* VmSwap: of the first kind */
  uint64_t peak;  /* VmHWM: the most of the three together that there has been */
} HsSamplerMemory;

/* Reads /proc/PID/status: 15 µs. Returns: false once the process is gone. */
bool hs_sampler_read_memory (HsSampler       *self,
                             HsSamplerMemory *memory);

/* What a memory limit is about: anonymous and shared memory. Pages of mapped
 * files are left out; they are the page cache's, and can be dropped.
 * Returns: bytes; 0 if unknown
 */
uint64_t hs_sampler_get_charged (HsSampler *self);
