/* hs-page-states.c - which pages of a mapping are where
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-page-states.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Documentation/admin-guide/mm/pagemap.rst */
#define PAGEMAP_PRESENT   (UINT64_C (1) << 63)
#define PAGEMAP_SWAPPED   (UINT64_C (1) << 62)
#define PAGEMAP_FILE      (UINT64_C (1) << 61)
#define PAGEMAP_EXCLUSIVE (UINT64_C (1) << 56)

/* include/uapi/linux/fs.h of Linux 6.7; the headers may be older. */
typedef struct
{
  uint64_t size;
  uint64_t flags;
  uint64_t start;
  uint64_t end;
  uint64_t walk_end;
  uint64_t vec;
  uint64_t vec_len;
  uint64_t max_pages;
  uint64_t category_inverted;
  uint64_t category_mask;
  uint64_t category_anyof_mask;
  uint64_t return_mask;
} ScanArgument;

typedef struct
{
  uint64_t start;
  uint64_t end;
  uint64_t categories;
} ScanRegion;

#define SCAN            _IOWR ('f', 16, ScanArgument)
#define SCAN_IS_PRESENT (UINT64_C (1) << 3)
#define SCAN_IS_SWAPPED (UINT64_C (1) << 4)
#define SCAN_IS_ZERO    (UINT64_C (1) << 5)
#define SCAN_IS_HUGE    (UINT64_C (1) << 6)
#define SCAN_N_REGIONS  64

/* include/uapi/linux/mman.h of Linux 6.5 */
#define CACHESTAT_CALL 451

typedef struct
{
  uint64_t offset;
  uint64_t length;
} CacheRange;

typedef struct
{
  uint64_t n_cached;
  uint64_t n_dirty;
  uint64_t n_writeback;
  uint64_t n_evicted;
  uint64_t n_recently_evicted;
} CacheCounts;

typedef struct
{
  uint64_t entries[HS_PAGE_CHUNK];
  uint8_t  cached[HS_PAGE_CHUNK];
} Buffers;

static Buffers *buffers;
static int      pagemap_fd = -1;
static bool     has_scan = true; /* until the kernel says that it knows no such thing */

bool
hs_page_states_init (void)
{
  void *area = mmap (NULL, sizeof *buffers, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  buffers = area != MAP_FAILED ? area : NULL;

  return buffers != NULL;
}

/* Not kept open: the code might close it. */
bool
hs_page_states_open (void)
{
  pagemap_fd = open ("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

  return pagemap_fd >= 0;
}

void
hs_page_states_close (void)
{
  if (pagemap_fd >= 0)
    close (pagemap_fd);
  pagemap_fd = -1;
}

static bool
count_cache (int          fd,
             uint64_t     offset,
             uint64_t     length,
             CacheCounts *counts)
{
  CacheRange range = { offset, length };

  return fd >= 0 && syscall (CACHESTAT_CALL, fd, &range, counts, 0) == 0;
}

bool
hs_page_states_has_dirty (int fd)
{
  CacheCounts counts;

  return count_cache (fd, 0, HS_PAGE_BYTES, &counts);
}

/* ---- The page table ---- */

/* Marks the huge pages, and those that are the page of zeros. Returns: whether any page of
 * the stretch may be mapped or swapped out
 */
static bool
scan (uint64_t start,
      uint64_t end,
      uint8_t *states)
{
  ScanRegion   regions[SCAN_N_REGIONS];
  ScanArgument argument = {
    .size = sizeof argument,
    .start = start,
    .end = end,
    .vec = (uint64_t)(uintptr_t)regions,
    .vec_len = SCAN_N_REGIONS,
    .category_anyof_mask = SCAN_IS_PRESENT | SCAN_IS_SWAPPED,
    .return_mask = SCAN_IS_ZERO | SCAN_IS_HUGE,
  };
  bool is_any = !has_scan;

  while (has_scan && argument.start < end)
    {
      long n = ioctl (pagemap_fd, SCAN, &argument);

      if (n < 0)
        {
          has_scan = errno == EINTR || errno == EAGAIN;
          return true;
        }
      for (long i = 0; i < n; i++)
        {
          uint64_t categories = regions[i].categories;
          uint8_t  state = 0;

          is_any = true;
          if ((categories & SCAN_IS_HUGE) != 0)
            state |= HS_PAGE_HUGE;
          if ((categories & SCAN_IS_ZERO) != 0)
            state |= HS_PAGE_ZERO;
          if (state == 0)
            continue;
          for (uint64_t at = regions[i].start; at < regions[i].end; at += HS_PAGE_BYTES)
            states[(at - start) / HS_PAGE_BYTES] |= state;
        }
      if (n < SCAN_N_REGIONS)
        break;
      argument.start = argument.walk_end;
    }

  return is_any;
}

bool
hs_page_states_has_huge (void)
{
  uint64_t start = (uint64_t)(uintptr_t)buffers;
  uint8_t  state = 0;

  if (has_scan && hs_page_states_open ())
    {
      scan (start, start + HS_PAGE_BYTES, &state);
      hs_page_states_close ();
    }

  return has_scan;
}

/* @state: what scan() has found */
static uint8_t
get_mapped_state (uint64_t entry,
                  uint32_t kind,
                  uint8_t  state)
{
  bool is_private = kind == HS_MAPPING_FILE_COPY || kind == HS_MAPPING_ANON_PRIVATE;

  if ((entry & PAGEMAP_SWAPPED) != 0)
    return HS_PAGE_SWAPPED;
  if ((entry & PAGEMAP_PRESENT) == 0)
    return 0;
  if (!is_private || (state & HS_PAGE_ZERO) != 0)
    return HS_PAGE_MAPPED;
  /* The page of zeros belongs to everybody, and the huge one passes for one of a file. Older
   * kernels do not name it; there a page that a forked process has, too, looks the same for
   * as long as that lives.
   */
  if (!has_scan && kind == HS_MAPPING_ANON_PRIVATE &&
      (entry & (PAGEMAP_FILE | PAGEMAP_EXCLUSIVE)) != PAGEMAP_EXCLUSIVE)
    return HS_PAGE_MAPPED | HS_PAGE_ZERO;
  if ((entry & PAGEMAP_FILE) != 0)
    return HS_PAGE_MAPPED;

  return HS_PAGE_MAPPED | HS_PAGE_COPY;
}

static bool
read_page_table (const HsPageRange *range,
                 uint64_t           first,
                 uint64_t           n,
                 uint8_t           *states)
{
  uint64_t address = range->start + first * HS_PAGE_BYTES;
  uint64_t done = 0;

  if (!scan (address, address + n * HS_PAGE_BYTES, states))
    return true;

  while (done < n * sizeof (uint64_t))
    {
      off_t   at = (off_t)(address / HS_PAGE_BYTES * sizeof (uint64_t) + done);
      ssize_t size = pread (pagemap_fd, (uint8_t *)buffers->entries + done,
                            n * sizeof (uint64_t) - done, at);

      if (size <= 0)
        return false;
      done += (uint64_t)size;
    }
  for (uint64_t i = 0; i < n; i++)
    states[i] |= get_mapped_state (buffers->entries[i], range->kind, states[i]);

  return true;
}

/* ---- The page cache ---- */

static bool
read_cache (const HsPageRange *range,
            uint64_t           first,
            uint64_t           n,
            uint8_t           *states)
{
  void *address = (void *)(uintptr_t)(range->start + first * HS_PAGE_BYTES);

  if (mincore (address, n * HS_PAGE_BYTES, buffers->cached) != 0)
    return false;
  for (uint64_t i = 0; i < n; i++)
    states[i] |= (buffers->cached[i] & 1) != 0 ? HS_PAGE_CACHED : 0;

  return true;
}

/* cachestat() counts; where some are dirty, each half is asked again: a few calls of
 * half a microsecond for each stretch of dirty pages.
 */
static void
find_dirty (const HsPageRange *range,
            uint64_t           first,
            uint64_t           n,
            uint8_t           *states)
{
  CacheCounts counts;
  uint64_t    half = n / 2;

  if (!count_cache (range->fd, range->file_offset + first * HS_PAGE_BYTES, n * HS_PAGE_BYTES,
                    &counts) ||
      counts.n_dirty == 0)
    return;

  if (counts.n_dirty >= n)
    {
      for (uint64_t i = 0; i < n; i++)
        states[i] |= HS_PAGE_DIRTY;
      return;
    }
  if (n == 1)
    return;
  find_dirty (range, first, half, states);
  find_dirty (range, first + half, n - half, states + half);
}

bool
hs_page_states_read (const HsPageRange *range,
                     uint64_t           first,
                     uint64_t           n,
                     uint8_t           *states)
{
  bool is_file = range->kind <= HS_MAPPING_FILE_COPY;

  if (n == 0 || n > HS_PAGE_CHUNK)
    return false;

  memset (states, 0, n);
  if (!read_page_table (range, first, n, states))
    return false;
  if (is_file && (range->flags & HS_MAPPING_CACHE_HIDDEN) == 0 &&
      !read_cache (range, first, n, states))
    return false;
  if (is_file && (range->flags & HS_MAPPING_DIRTY_UNKNOWN) == 0)
    find_dirty (range, first, n, states);

  return true;
}
