/* hs-watch-frames.c - in which line each watched frame is
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-watch-frames.h"

#include <string.h>
#include <sys/mman.h>

#define N_FIRST 256 /* places; a power of 2, as every later number */

/* Open addressing, at most half full. */
static HsWatchFrame *frames;
static uint64_t      mask; /* places - 1 */
static uint64_t      n_used;

/* The last one that was asked for is mostly the next one. */
static HsWatchFrame *last;

static HsWatchFrame *
map_places (uint64_t n)
{
  void *memory = mmap (NULL, n * sizeof *frames, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory == MAP_FAILED ? NULL : memory;
}

static uint64_t
get_home (uint64_t address)
{
  return (address * UINT64_C (0x9e3779b97f4a7c15) >> 32) & mask;
}

static HsWatchFrame *
find_place (uint64_t address)
{
  uint64_t at = get_home (address);

  while (frames[at].frame != 0 && frames[at].frame != address)
    at = (at + 1) & mask;

  return &frames[at];
}

static bool
grow (void)
{
  HsWatchFrame *old = frames;
  uint64_t      n_old = old != NULL ? mask + 1 : 0;
  uint64_t      n = old != NULL ? n_old * 2 : N_FIRST;
  HsWatchFrame *larger = map_places (n);

  if (larger == NULL)
    return false;

  frames = larger;
  mask = n - 1;
  last = NULL;
  for (uint64_t i = 0; i < n_old; i++)
    if (old[i].frame != 0)
      *find_place (old[i].frame) = old[i];
  if (old != NULL)
    munmap (old, n_old * sizeof *old);

  return true;
}

HsWatchFrame *
hs_watch_frames_get (void *frame)
{
  uint64_t address = (uint64_t)frame;

  if (last != NULL && last->frame == address)
    return last;
  if ((frames == NULL || n_used * 2 > mask) && !grow ())
    return NULL;

  last = find_place (address);
  if (last->frame == 0)
    {
      memset (last, 0, sizeof *last);
      last->frame = address;
      n_used++;
    }

  return last;
}

/* Those behind it that it kept from their home move up. */
void
hs_watch_frames_remove (void *frame)
{
  HsWatchFrame *place;
  uint64_t      hole;

  last = NULL;
  if (frames == NULL)
    return;
  place = find_place ((uint64_t)frame);
  if (place->frame == 0)
    return;

  hole = (uint64_t)(place - frames);
  for (uint64_t at = (hole + 1) & mask; frames[at].frame != 0; at = (at + 1) & mask)
    if (((at - get_home (frames[at].frame)) & mask) >= ((at - hole) & mask))
      {
        frames[hole] = frames[at];
        hole = at;
      }
  frames[hole].frame = 0;
  n_used--;
}

void
hs_watch_frames_clear (void)
{
  if (frames != NULL)
    munmap (frames, (mask + 1) * sizeof *frames);
  frames = NULL;
  mask = 0;
  n_used = 0;
  last = NULL;
}
