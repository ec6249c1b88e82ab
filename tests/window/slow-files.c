/* slow-files.c - files that take long, as those of a far server do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With LD_PRELOAD. Who opens a file whose name begins with "slow-" waits until a file of that name
 * and ".now" is there.
 */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef int (*Open) (const char *path,
                     int         flags,
                     ...);

static void
wait_for (const char *path)
{
  const char *name = strrchr (path, '/');
  char        now[4096];

  if (name == NULL || strncmp (name, "/slow-", 6) != 0)
    return;

  snprintf (now, sizeof now, "%s.now", path);
  while (access (now, F_OK) < 0)
    usleep (10000);
}

/* As which open() is compiled where files may be large. */
int open64 (const char *path,
            int         flags,
            ...);

__attribute__ ((visibility ("default"))) int
open64 (const char *path,
        int         flags,
        ...)
{
  Open    real = (Open)dlsym (RTLD_NEXT, "open64");
  va_list args;
  int     mode;

  va_start (args, flags);
  mode = va_arg (args, int);
  va_end (args);
  wait_for (path);

  return real (path, flags, mode);
}
