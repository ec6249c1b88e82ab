/* hs-memory-left.c - how much memory the machine has left
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-memory-left.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

uint64_t
hs_memory_left_read (void)
{
  static const char name[] = "MemAvailable:";
  char              text[512];
  const char       *found;
  ssize_t           size;
  int               fd = open ("/proc/meminfo", O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return UINT64_MAX;
  size = read (fd, text, sizeof text - 1);
  close (fd);
  if (size <= 0)
    return UINT64_MAX;

  text[size] = '\0';
  found = strstr (text, name);

  return found == NULL ? UINT64_MAX : strtoull (found + strlen (name), NULL, 10) * 1024;
}
