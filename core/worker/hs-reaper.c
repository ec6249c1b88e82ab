/* hs-reaper.c - leaves no process behind
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-reaper.h"

#include "hs-clock.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TIME_LIMIT_NS UINT64_C (5000000000)
#define PAUSE_US      500

/* Returns: the parent of @pid, 0 if there is no such process. */
static pid_t
get_parent (pid_t pid)
{
  char    path[64];
  char    text[512];
  ssize_t size;
  char   *end;
  int     fd;

  snprintf (path, sizeof path, "/proc/%d/stat", (int)pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;

  size = read (fd, text, sizeof text - 1);
  close (fd);
  if (size <= 0)
    return 0;

  /* pid (name) state ppid …; the name may hold anything, also parentheses. */
  text[size] = '\0';
  end = strrchr (text, ')');
  if (end == NULL || strlen (end) < 4)
    return 0;

  return (pid_t)strtol (end + 4, NULL, 10);
}

/* Descendants whose parents died became ours: a process that left the group
 * by setsid() is found here.
 */
static void
kill_children (void)
{
  pid_t          self = getpid ();
  DIR           *folder = opendir ("/proc");
  struct dirent *entry;

  if (folder == NULL)
    return;

  while ((entry = readdir (folder)) != NULL)
    {
      pid_t pid;

      if (!isdigit ((unsigned char)entry->d_name[0]))
        continue;
      pid = (pid_t)strtol (entry->d_name, NULL, 10);
      if (get_parent (pid) == self)
        kill (pid, SIGKILL);
    }

  closedir (folder);
}

bool
hs_reaper_kill_all (pid_t group)
{
  uint64_t limit_ns = hs_clock_get_ns () + TIME_LIMIT_NS;

  for (;;)
    {
      pid_t pid;

      kill (-group, SIGKILL);
      while ((pid = waitpid (-1, NULL, WNOHANG)) > 0)
        ;

      if (pid < 0 && errno == ECHILD)
        return true;
      if (hs_clock_get_ns () > limit_ns)
        return false;

      kill_children ();
      usleep (PAUSE_US);
    }
}
