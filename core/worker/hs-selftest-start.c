/* hs-selftest-start.c - what the self-tests of a worker share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-selftest-private.h"

#include "hs-arenas.h"
#include "hs-interpreter.h"
#include "hs-ledger.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define REPORT_FD 3 /* if open: the code may print */

static FILE *
open_report (void)
{
  return fcntl (REPORT_FD, F_GETFD) >= 0 ? fdopen (REPORT_FD, "w") : stdout;
}

static bool
open_job (HsJobView  *job,
          const char *path)
{
  static char folder[PATH_MAX];
  struct stat info;
  int         fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0 || fstat (fd, &info) != 0 || getcwd (folder, sizeof folder) == NULL)
    return false;

  memset (job, 0, sizeof *job);
  job->head.source_size = (uint64_t)info.st_size;
  job->source = mmap (NULL, (size_t)info.st_size + 1, PROT_READ, MAP_PRIVATE, fd, 0);
  job->file_name = path;
  job->working_folder = folder;
  job->scratch_folder = "/tmp";
  close (fd);

  return job->source != MAP_FAILED;
}

FILE *
hs_selftest_start (const char *mode,
                   const char *path,
                   HsJobView  *job)
{
  FILE *out = open_report ();
  char  problem[1024];

  if (out == NULL || !open_job (job, path))
    {
      fprintf (stderr, "%s cannot be read\n", path);
      return NULL;
    }

  if (!hs_arenas_init () ||
      (strcmp (mode, "none") != 0 && !hs_ledger_init (strcmp (mode, "lines") == 0)))
    {
      fprintf (stderr, "no address space\n");
      return NULL;
    }
  if (!hs_interpreter_init (job, problem, sizeof problem))
    {
      fprintf (stderr, "%s\n", problem);
      return NULL;
    }

  return out;
}

void
hs_selftest_print_text (FILE       *out,
                        const char *text)
{
  fputc ('"', out);
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\' || (unsigned char)*c < 0x20)
      fprintf (out, "\\u%04x", (unsigned int)*c);
    else
      fputc (*c, out);
  fputc ('"', out);
}
