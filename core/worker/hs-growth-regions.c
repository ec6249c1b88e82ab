/* hs-growth-regions.c - what is known of the address space, by address
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-growth-regions.h"

#include "hs-arenas.h"
#include "hs-pyinternal.h"

#include <link.h>
#include <pthread.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE_SIZE UINT64_C (4096)
#define PAGE_MASK (PAGE_SIZE - 1)

/* Of a process that has run nothing of Python yet. */
#define N_KEPT_MAX 512

/* glibc, nptl: struct pthread, whose address is the thread's identifier, lies at
 * the end of the stack and has about so many bytes.
 */
#define THREAD_SIZE 2304

#define GUARD_SIZE_MAX UINT64_C (65536)
#define STACK_SIZE_MIN UINT64_C (32768)      /* threading.stack_size() takes no less */
#define HEAP_ALIGNMENT (UINT64_C (64) << 20) /* glibc, malloc/arena.c: HEAP_MAX_SIZE */

typedef struct
{
  HsRegion regions[N_KEPT_MAX];
  uint32_t n;
  bool     is_full;
} Kept;

static Kept early; /* anonymous memory of the program's start */
static Kept own;
static Kept files; /* mapped before the code began */
static bool has_files;

static uint64_t stack_size; /* of a thread, with its guard */

static HsRegion regions[HS_REGIONS_MAX];
static uint32_t n_regions;
static bool     is_full;

static void
keep (Kept    *kept,
      uint64_t start,
      uint64_t end,
      uint32_t kind)
{
  if (start >= end)
    return;
  if (kept->n == N_KEPT_MAX)
    {
      kept->is_full = true;
      return;
    }

  kept->regions[kept->n++] = (HsRegion) { start, end, kind };
}

bool
hs_regions_note_early (void)
{
  uint32_t      n;
  const HsArea *areas = hs_growth_read_maps (false, &n);

  if (areas == NULL)
    return false;

  for (uint32_t i = 0; i < n; i++)
    if (areas[i].kind == HS_AREA_ANON)
      keep (&early, areas[i].start, areas[i].end, HS_MEMORY_LIBRARIES);

  return !early.is_full;
}

/* What of an area is not among the early ones, nor arenas. */
static void
keep_new (const HsArea *area)
{
  uint64_t start = area->start;

  if (start >= hs_arenas.base && start < hs_arenas.base + hs_arenas.reserved)
    return;

  for (uint32_t i = 0; i < early.n; i++)
    if (early.regions[i].start < area->end && early.regions[i].end > start)
      {
        keep (&own, start, early.regions[i].start, HS_MEMORY_OWN);
        start = early.regions[i].end;
      }
  keep (&own, start, area->end, HS_MEMORY_OWN);
}

bool
hs_regions_note_own (const void *shared,
                     uint64_t    shared_size)
{
  uint64_t       shared_start = (uint64_t)(uintptr_t)shared;
  pthread_attr_t attributes;
  size_t         size;
  uint32_t       n;
  const HsArea  *areas = hs_growth_read_maps (false, &n);

  if (areas == NULL)
    return false;

  for (uint32_t i = 0; i < n; i++)
    if (areas[i].kind == HS_AREA_ANON)
      keep_new (&areas[i]);
  keep (&own, shared_start, shared_start + shared_size, HS_MEMORY_OWN);

  if (pthread_getattr_default_np (&attributes) == 0)
    {
      if (pthread_attr_getstacksize (&attributes, &size) == 0)
        stack_size = size;
      pthread_attr_destroy (&attributes);
    }

  return !own.is_full;
}

/* ---- The list ---- */

static void
add (uint64_t start,
     uint64_t end,
     uint32_t kind)
{
  if (start >= end)
    return;
  if (n_regions == HS_REGIONS_MAX)
    {
      is_full = true;
      return;
    }

  regions[n_regions++] = (HsRegion) { start, end, kind };
}

static void
add_kept (const Kept *kept)
{
  for (uint32_t i = 0; i < kept->n; i++)
    add (kept->regions[i].start, kept->regions[i].end, kept->regions[i].kind);
}

static void
add_mmap (uint64_t start,
          uint64_t size,
          void    *data)
{
  (void)data;
  add (start & ~PAGE_MASK, (start + size + PAGE_MASK) & ~PAGE_MASK, HS_REGION_MAPPED);
}

/* What the worker itself may write to is ours: the program is no other. */
static int
add_library (struct dl_phdr_info *library,
             size_t               size,
             void                *data)
{
  uint32_t *n = data;

  (void)size;
  for (int i = 0; i < library->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *segment = &library->dlpi_phdr[i];
      uint64_t start = library->dlpi_addr + segment->p_vaddr;

      if (segment->p_type == PT_LOAD)
        add (start & ~PAGE_MASK, (start + segment->p_memsz + PAGE_MASK) & ~PAGE_MASK,
             *n == 0 && (segment->p_flags & PF_W) != 0 ? HS_MEMORY_OWN : HS_MEMORY_LIBRARIES);
    }
  (*n)++;

  return 0;
}

/* Include/cpython/pystate.h: the stack of Python frames is a list of chunks. */
static void
add_frame_stacks (void)
{
  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    for (const _PyStackChunk *chunk = thread->datastack_chunk; chunk != NULL;
         chunk = chunk->previous)
      add ((uint64_t)chunk, (uint64_t)chunk + chunk->size, HS_MEMORY_FRAMES);
}

/* ---- Stacks of threads ---- */

/* Returns: the end of the highest thread of Python in an area, 0 if there is none */
static uint64_t
find_thread_end (const HsArea *area)
{
  uint64_t end = 0;

  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    {
      uint64_t address = thread->thread_id;
      uint64_t thread_end = (address + THREAD_SIZE + PAGE_MASK) & ~PAGE_MASK;

      if (address >= area->start && address < area->end && thread_end > end)
        end = thread_end;
    }

  return end < area->end ? end : area->end;
}

static bool
is_guard (const HsArea *area,
          const HsArea *next)
{
  return area->kind == HS_AREA_ANON && !area->is_accessible && area->end == next->start &&
         area->end - area->start <= GUARD_SIZE_MAX && next->kind == HS_AREA_ANON &&
         next->is_writable && next->start % HEAP_ALIGNMENT != 0;
}

/* struct pthread begins with its own address, and has it again as its third word
 * (glibc, sysdeps/x86_64/nptl/tls.h, tcbhead_t); it is aligned to 64 bytes. The last
 * page of a stack holds it, and is resident. Another thread may unmap it by now: the
 * kernel then says so.
 */
static bool
ends_with_thread (const HsArea *area)
{
#if defined __x86_64__
  uint64_t     words[PAGE_SIZE / 8];
  uint64_t     start = area->end - PAGE_SIZE;
  struct iovec to = { words, sizeof words };
  struct iovec from = { (void *)(uintptr_t)start, sizeof words };

  if (process_vm_readv (getpid (), &to, 1, &from, 1, 0) != (ssize_t)sizeof words)
    return false;

  for (uint64_t i = 0; i < PAGE_SIZE / 8; i += 8)
    if (words[i] == start + i * 8 && words[i + 2] == words[i])
      return true;
#endif

  return false;
}

/* A stack lies behind its guard. Those of threads that have ended are kept for
 * others, and there are threads that are not Python's: these are known by how they
 * end, or that they have the size of most.
 */
static void
add_guarded_stack (const HsArea *guard,
                   const HsArea *area)
{
  uint64_t size = stack_size - (guard->end - guard->start);
  uint64_t end = find_thread_end (area);

  if (end == 0 && ends_with_thread (area))
    end = area->end;
  if (end == 0 && area->end - area->start >= size)
    end = area->start + size;
  add (area->start, end, HS_MEMORY_STACKS);
}

/* From glibc 2.42 on the guard may be part of the area, and a stack lies anywhere in
 * it.
 */
static void
add_stacks_in (const HsArea *area)
{
  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    {
      uint64_t address = thread->thread_id;
      uint64_t end = (address + THREAD_SIZE + PAGE_MASK) & ~PAGE_MASK;

      if (address >= area->start && address < area->end && end <= area->end)
        add (end - area->start > stack_size ? end - stack_size : area->start, end,
             HS_MEMORY_STACKS);
    }
}

static void
add_thread_stacks (const HsArea *areas,
                   uint32_t      n)
{
  for (uint32_t i = 1; i < n; i++)
    {
      if (is_guard (&areas[i - 1], &areas[i]))
        add_guarded_stack (&areas[i - 1], &areas[i]);
      else if (areas[i].kind == HS_AREA_ANON && areas[i].is_writable &&
               areas[i].end - areas[i].start >= STACK_SIZE_MIN)
        add_stacks_in (&areas[i]);
    }
}

/* ---- All of them ---- */

/* Of two that begin at the same place, what is known of the present goes first. */
static bool
is_before (const HsRegion *a,
           const HsRegion *b)
{
  return a->start != b->start ? a->start < b->start : a->kind > b->kind;
}

static void
sift_down (uint32_t root,
           uint32_t n)
{
  HsRegion moved = regions[root];

  for (uint32_t child = root * 2 + 1; child < n; child = root * 2 + 1)
    {
      if (child + 1 < n && is_before (&regions[child], &regions[child + 1]))
        child++;
      if (!is_before (&moved, &regions[child]))
        break;
      regions[root] = regions[child];
      root = child;
    }
  regions[root] = moved;
}

/* A heap sort: qsort() allocates. */
static void
sort (void)
{
  for (uint32_t i = n_regions / 2; i-- > 0;)
    sift_down (i, n_regions);
  for (uint32_t n = n_regions; n-- > 1;)
    {
      HsRegion last = regions[n];

      regions[n] = regions[0];
      regions[0] = last;
      sift_down (0, n);
    }
}

/* Of two that overlap, the first keeps its place. */
static void
make_disjoint (void)
{
  uint64_t end = 0;
  uint32_t n = 0;

  for (uint32_t i = 0; i < n_regions; i++)
    {
      HsRegion region = regions[i];

      if (region.start < end)
        region.start = end;
      if (region.start >= region.end)
        continue;
      end = region.end;
      regions[n++] = region;
    }
  n_regions = n;
}

static void
note_files (const HsArea *areas,
            uint32_t      n)
{
  for (uint32_t i = 0; i < n; i++)
    if (areas[i].kind == HS_AREA_FILE)
      keep (&files, areas[i].start, areas[i].end, HS_MEMORY_LIBRARIES);
  has_files = true;
}

const HsRegion *
hs_regions_collect (const HsArea *areas,
                    uint32_t      n_areas,
                    uint32_t     *n)
{
  uint32_t n_libraries = 0;

  n_regions = 0;
  is_full = false;
  if (!has_files)
    note_files (areas, n_areas);

  add_kept (&own);
  add (hs_arenas.base, hs_arenas.base + hs_arenas.reserved, HS_REGION_ARENAS);
  hs_growth_visit_mmaps (add_mmap, NULL);
  add_frame_stacks ();
  add_thread_stacks (areas, n_areas);
  dl_iterate_phdr (add_library, &n_libraries);
  add_kept (&early);
  add_kept (&files);
  sort ();
  make_disjoint ();
  *n = n_regions;

  return is_full || files.is_full ? NULL : regions;
}
