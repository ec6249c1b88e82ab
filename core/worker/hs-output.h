/* hs-output.h - one stream of the code's output, from its pipe to the client
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hs-channel.h"

/* The code never waits for a slow client: everything is read at once, what is
 * within the limit is passed on, the rest is counted.
 */
typedef struct
{
  int      fd; /* -1: ended */
  HsStream stream;
  uint64_t limit_bytes;
  uint64_t produced_bytes;
} HsOutputStream;

/* Makes the pipe. Returns: the end to write to, or -1 with errno set. */
int hs_output_stream_open (HsOutputStream *self,
                           HsStream        stream,
                           uint64_t        limit_bytes);

/* Reads what is there, but only so much that the caller's loop goes on. */
void hs_output_stream_pump (HsOutputStream *self,
                            HsChannel      *channel);

/* Reads the rest, once nobody writes any more, and closes the pipe. */
void hs_output_stream_finish (HsOutputStream *self,
                              HsChannel      *channel);

static inline bool
hs_output_stream_is_cut (const HsOutputStream *self)
{
  return self->produced_bytes > self->limit_bytes;
}
