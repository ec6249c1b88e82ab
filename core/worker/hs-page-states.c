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
#define SCAN_IS_FILE    (UINT64_C (1) << 2)
#define SCAN_IS_PRESENT (UINT64_C (1) << 3)
#define SCAN_IS_SWAPPED (UINT64_C (1) << 4)
#define SCAN_IS_ZERO    (UINT64_C (1) << 5)
#define SCAN_IS_HUGE    (UINT64_C (1) << 6)
#define SCAN_N_REGIONS  64

/* So many pages are looked for in the cache at a time: fewer make more calls, more make
 * fewer of them needless.
 */
#define N_CACHE_BLOCK 4096

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

static bool
is_private (uint32_t kind)
{
  return kind == HS_MAPPING_FILE_COPY || kind == HS_MAPPING_ANON_PRIVATE;
}

static uint8_t
get_scanned_state (uint64_t categories,
                   uint32_t kind)
{
  uint8_t state = (categories & SCAN_IS_HUGE) != 0 ? HS_PAGE_HUGE : 0;

  if ((categories & SCAN_IS_SWAPPED) != 0)
    return HS_PAGE_SWAPPED;
  if ((categories & SCAN_IS_ZERO) != 0)
    return state | HS_PAGE_MAPPED | HS_PAGE_ZERO;
  if (is_private (kind) && (categories & SCAN_IS_FILE) == 0)
    return state | HS_PAGE_MAPPED | HS_PAGE_COPY;

  return state | HS_PAGE_MAPPED;
}

/* Costs next to nothing where no page is mapped. Returns: false if the kernel does not
 * know it, which is then not asked again
 */
static bool
scan (uint64_t start,
      uint64_t end,
      uint32_t kind,
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
    .return_mask = SCAN_IS_FILE | SCAN_IS_SWAPPED | SCAN_IS_ZERO | SCAN_IS_HUGE,
  };

  while (argument.start < end)
    {
      long n = ioctl (pagemap_fd, SCAN, &argument);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || argument.walk_end <= argument.start)
        {
          has_scan = false;
          return false;
        }
      for (long i = 0; i < n; i++)
        memset (states + (regions[i].start - start) / HS_PAGE_BYTES,
                get_scanned_state (regions[i].categories, kind),
                (regions[i].end - regions[i].start) / HS_PAGE_BYTES);
      argument.start = argument.walk_end;
    }

  return true;
}

bool
hs_page_states_has_huge (void)
{
  uint64_t start = (uint64_t)(uintptr_t)buffers;
  uint8_t  state;

  if (has_scan && hs_page_states_open ())
    {
      scan (start, start + HS_PAGE_BYTES, HS_MAPPING_ANON_PRIVATE, &state);
      hs_page_states_close ();
    }

  return has_scan;
}

/* The page of zeros belongs to everybody, and the huge one passes for one of a file. The
 * entry does not name it; a page that a forked process has, too, looks the same for as
 * long as that lives.
 */
static uint8_t
get_entry_state (uint64_t entry,
                 uint32_t kind)
{
  if ((entry & PAGEMAP_SWAPPED) != 0)
    return HS_PAGE_SWAPPED;
  if ((entry & PAGEMAP_PRESENT) == 0)
    return 0;
  if (kind == HS_MAPPING_ANON_PRIVATE &&
      (entry & (PAGEMAP_FILE | PAGEMAP_EXCLUSIVE)) != PAGEMAP_EXCLUSIVE)
    return HS_PAGE_MAPPED | HS_PAGE_ZERO;
  if (is_private (kind) && (entry & PAGEMAP_FILE) == 0)
    return HS_PAGE_MAPPED | HS_PAGE_COPY;

  return HS_PAGE_MAPPED;
}

static bool
read_page_table (const HsPageRange *range,
                 uint64_t           first,
                 uint64_t           n,
                 uint8_t           *states)
{
  uint64_t address = range->start + first * HS_PAGE_BYTES;
  uint64_t done = 0;

  if (has_scan && scan (address, address + n * HS_PAGE_BYTES, range->kind, states))
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
    states[i] = get_entry_state (buffers->entries[i], range->kind);

  return true;
}

/* ---- The page cache ---- */

/* cachestat() counts; where some are dirty, each half is asked again: a few calls of
 * half a microsecond for each stretch of dirty pages.
 */
static void
find_dirty (const HsPageRange *range,
            uint64_t           first,
            uint64_t           n,
            uint64_t           n_dirty,
            uint8_t           *states)
{
  CacheCounts counts;
  uint64_t    half = n / 2;

  if (n_dirty >= n)
    for (uint64_t i = 0; i < n; i++)
      states[i] |= HS_PAGE_DIRTY;
  if (n_dirty == 0 || n_dirty >= n ||
      !count_cache (range->fd, range->file_offset + first * HS_PAGE_BYTES, half * HS_PAGE_BYTES,
                    &counts))
    return;

  find_dirty (range, first, half, counts.n_dirty, states);
  if (count_cache (range->fd, range->file_offset + (first + half) * HS_PAGE_BYTES,
                   (n - half) * HS_PAGE_BYTES, &counts))
    find_dirty (range, first + half, n - half, counts.n_dirty, states + half);
}

/* mincore() looks for each page; what cachestat() says in a moment is asked first: whether
 * there is any page at all. That all are counted does not mean that all have been read.
 */
static bool
read_cache (const HsPageRange *range,
            uint64_t           first,
            uint64_t           n,
            uint8_t           *states)
{
  void       *address = (void *)(uintptr_t)(range->start + first * HS_PAGE_BYTES);
  bool        is_counted = (range->flags & HS_MAPPING_DIRTY_UNKNOWN) == 0;
  CacheCounts counts = { 0 };

  if (is_counted && count_cache (range->fd, range->file_offset + first * HS_PAGE_BYTES,
                                 n * HS_PAGE_BYTES, &counts))
    {
      if (counts.n_cached == 0)
        return true;
      find_dirty (range, first, n, counts.n_dirty, states);
    }

  if ((range->flags & HS_MAPPING_CACHE_HIDDEN) != 0)
    return true;
  if (mincore (address, n * HS_PAGE_BYTES, buffers->cached) != 0)
    return false;
  for (uint64_t i = 0; i < n; i++)
    states[i] |= (buffers->cached[i] & 1) != 0 ? HS_PAGE_CACHED : 0;

  return true;
}

bool
hs_page_states_read (const HsPageRange *range,
                     uint64_t           first,
                     uint64_t           n,
                     uint8_t           *states)
{
  if (n == 0 || n > HS_PAGE_CHUNK)
    return false;

  memset (states, 0, n);
  if (!read_page_table (range, first, n, states))
    return false;
  for (uint64_t i = 0; range->kind <= HS_MAPPING_FILE_COPY && i < n; i += N_CACHE_BLOCK)
    if (!read_cache (range, first + i, n - i < N_CACHE_BLOCK ? n - i : N_CACHE_BLOCK, states + i))
      return false;

  return true;
}
