/* hs-hash.c - a number that stands for a text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-hash.h"

#include <string.h>

/* Odd numbers with bits all over, the first from the golden ratio. */
#define FACTOR_A UINT64_C (0x9e3779b97f4a7c15)
#define FACTOR_B UINT64_C (0xd6e8feb86659fd93)

static uint64_t
mix (uint64_t a,
     uint64_t b)
{
  unsigned __int128 product = (unsigned __int128)(a ^ FACTOR_A) * (b ^ FACTOR_B);

  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t
hs_hash_text (const void *data,
              uint64_t    n,
              uint32_t    kind)
{
  const uint8_t *bytes = data;
  uint64_t       size = n * kind;
  uint64_t       hash = mix (size, kind);
  uint64_t       word = 0;
  uint64_t       i;

  for (i = 0; i + sizeof word <= size; i += sizeof word)
    {
      memcpy (&word, bytes + i, sizeof word);
      hash = mix (hash ^ word, i);
    }
  word = 0;
  memcpy (&word, bytes + i, size - i);
  hash = mix (hash ^ word, FACTOR_A);

  return hash != 0 ? hash : 1;
}
