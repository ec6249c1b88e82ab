/* hs-arenas.c - the memory of pymalloc, in one piece
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-arenas.h"

#include "hs-lock.h"

#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define SPAN_MAX ((uint64_t)HS_ARENAS_MAX * HS_ARENA_SIZE)
#define SPAN_MIN (UINT64_C (64) * HS_ARENA_SIZE)

HsArenas hs_arenas;

static PyObjectArenaAllocator original;

/* Interpreters of 3.12 and later may have a GIL and a pymalloc of their own,
 * but the arenas come from here for all.
 */
static HsLock lock;

static void
take_lock (void)
{
  hs_lock_take (&lock);
}

static void
release_lock (void)
{
  hs_lock_release (&lock);
}

static void *
get_arena (uint32_t i)
{
  return (void *)(uintptr_t)(hs_arenas.base + i * HS_ARENA_SIZE);
}

/* The lowest that is free: the range stays short and dense. */
static void *
take_arena (void)
{
  uint32_t end = (uint32_t)(hs_arenas.reserved >> HS_ARENA_BITS);
  uint32_t i = hs_arenas.first_free;

  while (i < end && hs_arenas.is_used[i])
    i++;
  hs_arenas.first_free = i;

  /* Only now does it count against the limit on data. */
  if (i == end || mprotect (get_arena (i), HS_ARENA_SIZE, PROT_READ | PROT_WRITE) != 0)
    return NULL;

  hs_arenas.is_used[i] = 1;
  hs_arenas.n_arenas++;
  if (hs_arenas.n_arenas > hs_arenas.n_arenas_max)
    hs_arenas.n_arenas_max = hs_arenas.n_arenas;
  if ((i + 1) * HS_ARENA_SIZE > hs_arenas.span)
    hs_arenas.span = (i + 1) * HS_ARENA_SIZE;

  return get_arena (i);
}

static void
return_arena (void *arena)
{
  uint32_t i = (uint32_t)(((uint64_t)arena - hs_arenas.base) >> HS_ARENA_BITS);

  hs_arenas.is_used[i] = 0;
  hs_arenas.n_arenas--;
  if (i < hs_arenas.first_free)
    hs_arenas.first_free = i;

  madvise (arena, HS_ARENA_SIZE, MADV_DONTNEED);
  mprotect (arena, HS_ARENA_SIZE, PROT_NONE);
}

/* Other sizes are the stacks of Python frames, which come the same way
 * (Python/pystate.c, allocate_chunk()).
 */
static void *
allocate (void  *context,
          size_t size)
{
  void *memory;

  (void)context;
  if (size == HS_ARENA_SIZE)
    {
      take_lock ();
      memory = take_arena ();
      release_lock ();
      return memory;
    }

  memory = original.alloc (original.ctx, size);
  if (memory != NULL)
    {
      take_lock ();
      hs_arenas.n_chunks++;
      hs_arenas.chunk_bytes += size;
      release_lock ();
    }

  return memory;
}

static void
release (void  *context,
         void  *memory,
         size_t size)
{
  (void)context;
  take_lock ();
  if (size == HS_ARENA_SIZE)
    return_arena (memory);
  else
    {
      hs_arenas.n_chunks--;
      hs_arenas.chunk_bytes -= size;
    }
  release_lock ();

  if (size != HS_ARENA_SIZE)
    original.free (original.ctx, memory, size);
}

/* Where a limit on address space comes from outside, half is for the rest. */
static uint64_t
get_span_wanted (void)
{
  struct rlimit limit;
  uint64_t      span = SPAN_MAX;

  if (getrlimit (RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    while (span > limit.rlim_cur / 2)
      span /= 2;

  return span;
}

static bool
reserve (uint64_t span)
{
  char    *memory = mmap (NULL, span + HS_ARENA_SIZE, PROT_NONE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  uint64_t before;

  if (memory == MAP_FAILED)
    return false;

  before = -(uint64_t)memory & (HS_ARENA_SIZE - 1);
  if (before != 0)
    munmap (memory, before);
  munmap (memory + before + span, HS_ARENA_SIZE - before);

  hs_arenas.base = (uint64_t)memory + before;
  hs_arenas.reserved = span;

  return true;
}

bool
hs_arenas_init (void)
{
  PyObjectArenaAllocator hook = { .alloc = allocate, .free = release };
  uint64_t               span = get_span_wanted ();

  while (span >= SPAN_MIN && !reserve (span))
    span /= 2;
  if (hs_arenas.reserved == 0 || pthread_atfork (take_lock, release_lock, release_lock) != 0)
    return false;

  PyObject_GetArenaAllocator (&original);
  PyObject_SetArenaAllocator (&hook);

  return true;
}
