/* hs-growth-maps.c - the address space of the process, and which of it is resident
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-growth-maps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PAGE_SIZE UINT64_C (4096)

/* A line holds a path of at most 4096 bytes, escaped. */
#define TEXT_SIZE 65536

/* Documentation/admin-guide/mm/pagemap.rst; struct pm_scan_arg and page_region of
 * linux/fs.h, which older headers lack.
 */
typedef struct
{
  uint64_t size;
  uint64_t flags;
  uint64_t start;
  uint64_t end;
  uint64_t walk_end;
  uint64_t regions;
  uint64_t n_regions;
  uint64_t n_pages_max;
  uint64_t inverted;
  uint64_t mask;
  uint64_t any_mask;
  uint64_t return_mask;
} ScanArg;

typedef struct
{
  uint64_t start;
  uint64_t end;
  uint64_t categories;
} ScanRegion;

#define SCAN           _IOWR ('f', 16, ScanArg)
#define SCAN_FILE      (1 << 2)
#define SCAN_PRESENT   (1 << 3)
#define SCAN_ZERO_PAGE (1 << 5)

#define N_REGIONS 512

#define ENTRY_PRESENT   (UINT64_C (1) << 63)
#define ENTRY_FILE      (UINT64_C (1) << 61)
#define ENTRY_EXCLUSIVE (UINT64_C (1) << 56)

#define N_ENTRIES 4096

static char     text[TEXT_SIZE];
static HsArea   areas[HS_AREAS_MAX];
static uint32_t n_areas;

static union
{
  ScanRegion regions[N_REGIONS];
  uint64_t   entries[N_ENTRIES];
} found;

/* ---- /proc/self/maps ---- */

static HsAreaKind
get_kind (const char *name)
{
  if (*name == '\0' || strncmp (name, "[anon", 5) == 0)
    return HS_AREA_ANON;
  if (strncmp (name, "/dev/zero", 9) == 0 || strncmp (name, "/SYSV", 5) == 0)
    return HS_AREA_SHARED;
  if (strcmp (name, "[heap]") == 0)
    return HS_AREA_HEAP;
  if (strcmp (name, "[stack]") == 0)
    return HS_AREA_STACK;

  return *name == '[' ? HS_AREA_KERNEL : HS_AREA_FILE;
}

/* "start-end rwxp offset device inode    name" */
static bool
add_line (char *line)
{
  HsArea *area = &areas[n_areas];
  char   *at;

  if (n_areas == HS_AREAS_MAX)
    return false;

  area->start = strtoull (line, &at, 16);
  if (*at != '-')
    return false;
  area->end = strtoull (at + 1, &at, 16);
  if (*at != ' ' || strlen (at) < 5 || area->end < area->start)
    return false;

  area->is_accessible = at[1] == 'r' || at[2] == 'w' || at[3] == 'x';
  area->is_writable = at[2] == 'w';
  at++;
  for (int i = 0; i < 4 && at != NULL; i++)
    {
      at = strchr (at, ' ');
      at = at != NULL ? at + strspn (at, " ") : NULL;
    }
  area->kind = get_kind (at != NULL ? at : "");
  n_areas++;

  return true;
}

/* "Rss:       4 kB": of the area before. */
static void
add_field (const char *line)
{
  HsArea *area = n_areas != 0 ? &areas[n_areas - 1] : NULL;

  if (area == NULL)
    return;
  if (strncmp (line, "Rss:", 4) == 0)
    area->rss_bytes = strtoull (line + 4, NULL, 10) * 1024;
  else if (strncmp (line, "Anonymous:", 10) == 0)
    area->anon_bytes = strtoull (line + 10, NULL, 10) * 1024;
}

/* Adds all whole lines. Returns: bytes of the rest, moved to the front; -1 on a
 * line that is none
 */
static ssize_t
add_lines (size_t size)
{
  char *line = text;
  char *end;

  text[size] = '\0';
  for (; (end = strchr (line, '\n')) != NULL; line = end + 1)
    {
      *end = '\0';
      /* Addresses are in small letters. */
      if (*line >= 'A' && *line <= 'Z')
        add_field (line);
      else if (!add_line (line))
        return -1;
    }

  size -= (size_t)(line - text);
  memmove (text, line, size);

  return (ssize_t)size;
}

const HsArea *
hs_growth_read_maps (bool      has_rss,
                     uint32_t *n)
{
  ssize_t kept = 0;
  ssize_t size = 0;
  int     fd = open (has_rss ? "/proc/self/smaps" : "/proc/self/maps", O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return NULL;

  n_areas = 0;
  do
    {
      size = read (fd, text + kept, TEXT_SIZE - 1 - (size_t)kept);
      if (size > 0)
        kept = add_lines ((size_t)(kept + size));
    }
  while (kept >= 0 && kept < TEXT_SIZE - 1 && (size > 0 || (size < 0 && errno == EINTR)));
  close (fd);
  *n = n_areas;

  return size == 0 && kept == 0 ? areas : NULL;
}

uint64_t
hs_growth_read_rss (void)
{
  char    line[256];
  char   *at;
  ssize_t size;
  int     fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return 0;
  size = read (fd, line, sizeof line - 1);
  close (fd);
  if (size <= 0)
    return 0;

  /* Total, resident, … in pages. */
  line[size] = '\0';
  at = strchr (line, ' ');

  return at != NULL ? strtoull (at, NULL, 10) * PAGE_SIZE : 0;
}

/* ---- /proc/self/pagemap ---- */

/* Asks about a page of this program. */
static bool
can_scan (int fd)
{
  uint64_t page = (uint64_t)(uintptr_t)&found & ~(PAGE_SIZE - 1);
  ScanArg  arg = {
     .size = sizeof arg,
     .start = page,
     .end = page + PAGE_SIZE,
     .regions = (uint64_t)(uintptr_t)found.regions,
     .n_regions = N_REGIONS,
     .mask = SCAN_PRESENT,
     .return_mask = SCAN_FILE,
  };

  return ioctl (fd, SCAN, &arg) >= 0;
}

bool
hs_residency_open (HsResidency *self)
{
  self->counts_shared = true;
  self->has_scan = false;
  self->fd = open ("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (self->fd < 0)
    return false;
  self->has_scan = can_scan (self->fd);

  return true;
}

void
hs_residency_close (HsResidency *self)
{
  close (self->fd);
}

static bool
scan (HsResidency   *self,
      uint64_t       start,
      uint64_t       end,
      HsResidentFunc func,
      void          *data)
{
  ScanArg arg = {
    .size = sizeof arg,
    .start = start,
    .end = end,
    .regions = (uint64_t)(uintptr_t)found.regions,
    .n_regions = N_REGIONS,
    .inverted = SCAN_ZERO_PAGE,
    .mask = SCAN_PRESENT | SCAN_ZERO_PAGE,
    .return_mask = SCAN_FILE,
  };

  while (arg.start < end)
    {
      int n = ioctl (self->fd, SCAN, &arg);

      if (n < 0)
        return false;
      for (int i = 0; i < n; i++)
        func (found.regions[i].start, found.regions[i].end,
              (found.regions[i].categories & SCAN_FILE) == 0, data);
      if (arg.walk_end <= arg.start)
        return false;
      arg.start = arg.walk_end;
    }

  return true;
}

/* 0: not resident; else 1, and 2 if it is anonymous */
static int
get_state (const HsResidency *self,
           uint64_t           entry)
{
  if ((entry & ENTRY_PRESENT) == 0)
    return 0;
  if ((entry & ENTRY_FILE) != 0)
    return 1;

  /* The page of zeros is not ours alone, nor is what a fork shares. */
  return (entry & ENTRY_EXCLUSIVE) != 0 || self->counts_shared ? 2 : 0;
}

static bool
read_entries (HsResidency   *self,
              uint64_t       start,
              uint64_t       end,
              HsResidentFunc func,
              void          *data)
{
  uint64_t run_start = start;
  int      run_state = 0;

  for (uint64_t page = start; page < end;)
    {
      uint64_t n = (end - page) / PAGE_SIZE;
      ssize_t  size;

      n = n < N_ENTRIES ? n : N_ENTRIES;
      size = pread (self->fd, found.entries, n * 8, (off_t)(page / PAGE_SIZE * 8));
      if (size < 8)
        return false;
      for (ssize_t i = 0; i < size / 8; i++, page += PAGE_SIZE)
        {
          int state = get_state (self, found.entries[i]);

          if (state == run_state)
            continue;
          if (run_state != 0)
            func (run_start, page, run_state == 2, data);
          run_start = page;
          run_state = state;
        }
    }
  if (run_state != 0)
    func (run_start, end, run_state == 2, data);

  return true;
}

bool
hs_residency_visit (HsResidency   *self,
                    uint64_t       start,
                    uint64_t       end,
                    HsResidentFunc func,
                    void          *data)
{
  return self->has_scan ? scan (self, start, end, func, data)
                        : read_entries (self, start, end, func, data);
}
