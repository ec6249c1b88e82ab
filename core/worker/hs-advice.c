/* hs-advice.c - what the code advises the kernel to do with its memory
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-advice.h"

#include "hs-lock.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static HsLock   lock;
static bool     is_on;
static HsAdvice noted[HS_N_ADVICES_MAX];
static uint32_t n_noted;

static void
forget (uint32_t i)
{
  memmove (&noted[i], &noted[i + 1], (n_noted - i - 1) * sizeof noted[0]);
  n_noted--;
}

static void
note (uint64_t start,
      uint64_t end,
      int      advice)
{
  hs_lock_take (&lock);
  for (uint32_t i = 0; i < n_noted; i++)
    if (noted[i].start == start && noted[i].end == end)
      {
        forget (i);
        break;
      }
  if (n_noted == HS_N_ADVICES_MAX)
    forget (0);
  noted[n_noted++] = (HsAdvice) { start, end, advice };
  hs_lock_release (&lock);
}

__attribute__ ((visibility ("default"), used)) int
madvise (void  *address,
         size_t length,
         int    advice)
{
  int result = (int)syscall (SYS_madvise, address, length, advice);

  if (is_on && result == 0 && length > 0)
    note ((uint64_t)(uintptr_t)address, (uint64_t)(uintptr_t)address + length, advice);

  return result;
}

void
hs_advice_begin (void)
{
  is_on = true;
}

uint32_t
hs_advice_take (HsAdvice *advices)
{
  uint32_t n;

  hs_lock_take (&lock);
  n = n_noted;
  memcpy (advices, noted, n * sizeof noted[0]);
  n_noted = 0;
  hs_lock_release (&lock);

  return n;
}

bool
hs_advice_is_any (void)
{
  return n_noted > 0;
}
