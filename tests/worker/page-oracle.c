/* page-oracle.c - the pages of another process, seen from outside
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* For each line "PID START N_PAGES OFFSET PATH" on standard input (START in hexadecimal, OFFSET
 * in bytes, PATH "-" for private and "=" for shared anonymous memory) two lines on standard
 * output: size, Rss, dirty, huge and swapped KiB that smaps has of the region at START, and
 * the state of each page as two hexadecimal digits.
 *
 * It shares nothing with the worker, and asks in other ways where there are others: the
 * cache through a mapping of its own, the page of zeros by the frame's flags (root only),
 * dirty pages one by one.
 */

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096
#define LINE 8192

/* The bits of the states. */
#define CACHED  1
#define MAPPED  2
#define DIRTY   4
#define ANON    8 /* mapped, and not a page of a file */
#define ZERO    16
#define SWAPPED 32

typedef struct
{
  int      pid;
  uint64_t start;
  uint64_t n_pages;
  uint64_t offset;
  char     path[LINE];
} Question;

static void
look_at_table (const Question *question,
               uint8_t        *states)
{
  char path[64];
  int  pagemap, flags;
  bool is_private = strcmp (question->path, "-") == 0;

  snprintf (path, sizeof path, "/proc/%d/pagemap", question->pid);
  pagemap = open (path, O_RDONLY);
  flags = open ("/proc/kpageflags", O_RDONLY);
  for (uint64_t i = 0; i < question->n_pages && pagemap >= 0; i++)
    {
      uint64_t entry = 0, frame = 0, of_frame = 0;

      if (pread (pagemap, &entry, 8, (off_t)((question->start / PAGE + i) * 8)) != 8)
        continue;
      if ((entry >> 62 & 1) != 0)
        states[i] |= SWAPPED;
      if ((entry >> 63 & 1) == 0)
        continue;
      states[i] |= MAPPED;
      if ((entry >> 61 & 1) == 0)
        states[i] |= ANON;
      /* Only root is told which frame it is; the page of zeros is nobody's alone, and the huge
       * one passes for one of a file.
       */
      if (flags < 0 && ((entry >> 61 & 1) == 0 ? (entry >> 56 & 1) == 0 : is_private))
        states[i] |= ZERO;
      frame = entry & ((UINT64_C (1) << 55) - 1);
      if (flags >= 0 && frame != 0 && pread (flags, &of_frame, 8, (off_t)(frame * 8)) == 8 &&
          (of_frame >> 24 & 1) != 0)
        states[i] |= ZERO;
    }
  if (flags >= 0)
    close (flags);
  if (pagemap >= 0)
    close (pagemap);
}

static bool
is_dirty (int      fd,
          uint64_t offset)
{
  uint64_t range[2] = { offset, PAGE };
  uint64_t counts[5] = { 0 };

  return syscall (451, fd, range, counts, 0) == 0 && counts[1] > 0;
}

static void
look_at_cache (const Question *question,
               uint8_t        *states)
{
  int            fd = open (question->path, O_RDONLY);
  size_t         size = question->n_pages * PAGE;
  void          *pages;
  unsigned char *cached = malloc (question->n_pages);

  if (fd < 0 || cached == NULL)
    exit (1);
  pages = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, (off_t)question->offset);
  if (pages == MAP_FAILED || mincore (pages, size, cached) != 0)
    exit (1);
  for (uint64_t i = 0; i < question->n_pages; i++)
    states[i] |= (uint8_t)((cached[i] & 1) * CACHED |
                           is_dirty (fd, question->offset + i * PAGE) * DIRTY);
  munmap (pages, size);
  close (fd);
  free (cached);
}

/* Neighbours of the same kind are one region for the kernel. */
static void
print_sums (const Question *question)
{
  char     path[64];
  char     line[LINE];
  uint64_t from, to, kib, rss = 0, dirty = 0, huge = 0, swap = 0, size = 0;
  bool     is_inside = false;
  FILE    *file;

  snprintf (path, sizeof path, "/proc/%d/smaps", question->pid);
  file = fopen (path, "r");
  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    {
      if (sscanf (line, "%" SCNx64 "-%" SCNx64 " ", &from, &to) == 2)
        {
          is_inside = from <= question->start && question->start < to;
          size = is_inside ? to - from : size;
        }
      if (!is_inside)
        continue;
      if (sscanf (line, "Rss: %" SCNu64, &kib) == 1)
        rss = kib;
      if (sscanf (line, "Shared_Dirty: %" SCNu64, &kib) == 1 ||
          sscanf (line, "Private_Dirty: %" SCNu64, &kib) == 1)
        dirty += kib;
      if (sscanf (line, "AnonHugePages: %" SCNu64, &kib) == 1 ||
          sscanf (line, "ShmemPmdMapped: %" SCNu64, &kib) == 1 ||
          sscanf (line, "FilePmdMapped: %" SCNu64, &kib) == 1)
        huge += kib;
      if (sscanf (line, "Swap: %" SCNu64, &kib) == 1)
        swap = kib;
    }
  if (file != NULL)
    fclose (file);
  printf ("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", size / 1024, rss,
          dirty, huge, swap);
}

int
main (void)
{
  static char     line[LINE + 256];
  static Question question;

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      uint8_t *states;

      if (sscanf (line, "%d %" SCNx64 " %" SCNu64 " %" SCNu64 " %8191[^\n]", &question.pid,
                  &question.start, &question.n_pages, &question.offset, question.path) != 5)
        return 1;
      states = calloc (question.n_pages + 1, 1);
      if (states == NULL)
        return 1;
      look_at_table (&question, states);
      if (question.path[0] == '/')
        look_at_cache (&question, states);
      print_sums (&question);
      for (uint64_t i = 0; i < question.n_pages; i++)
        printf ("%02x", states[i]);
      printf ("\n");
      fflush (stdout);
      free (states);
    }

  return 0;
}
