/* hs-advice.h - what the code advises the kernel to do with its memory
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/* mmap.madvise() has no audit event (CPython 3.11 to 3.13), and of most advice the kernel keeps
 * nothing that could be read. So the program has a madvise() of its own, which libraries that
 * are loaded find before that of the C library; calls within the C library do not
 * come by. Any thread.
 */
typedef struct
{
  uint64_t start; /* address */
  uint64_t end;
  int32_t  advice; /* MADV_… */
} HsAdvice;

#define HS_N_ADVICES_MAX 64

/* From now on calls are noted. */
void hs_advice_begin (void);

/* What was advised since this was last asked, oldest first; of the same range only the last;
 * the oldest are lost if there is more than fits. @advices: room for HS_N_ADVICES_MAX.
 * Returns: how many
 */
uint32_t hs_advice_take (HsAdvice *advices);
bool     hs_advice_is_any (void);
