/* hs-output.c - one stream of the code's output, from its pipe to the client
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-output.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

/* The largest that a process without privileges may ask for by default,
 * fs.pipe-max-size; a larger pipe means fewer switches between the processes.
 */
#define PIPE_SIZE  (1024 * 1024)
#define CHUNK_SIZE (64 * 1024)
#define N_CHUNKS   16

int
hs_output_stream_open (HsOutputStream *self,
                       HsStream        stream,
                       uint64_t        limit_bytes)
{
  int ends[2];

  self->fd = -1;
  self->stream = stream;
  self->limit_bytes = limit_bytes;
  self->produced_bytes = 0;

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return -1;

  fcntl (ends[0], F_SETPIPE_SZ, PIPE_SIZE);
  fcntl (ends[0], F_SETFL, O_NONBLOCK);
  self->fd = ends[0];

  return ends[1];
}

static void
take (HsOutputStream *self,
      HsChannel      *channel,
      const char     *bytes,
      size_t          size)
{
  uint64_t before = self->produced_bytes;
  size_t   kept = size;

  self->produced_bytes += size;
  if (before >= self->limit_bytes)
    return;
  if (kept > self->limit_bytes - before)
    kept = (size_t)(self->limit_bytes - before);

  {
    HsOutput head = { .stream = self->stream, .size = (uint32_t)kept };

    hs_channel_send (channel, HS_MESSAGE_OUTPUT, &head, sizeof head, bytes, kept);
  }
}

/* Returns: whether there may be more. */
static bool
read_chunk (HsOutputStream *self,
            HsChannel      *channel)
{
  static char bytes[CHUNK_SIZE];
  ssize_t     size;

  if (self->fd < 0)
    return false;

  do
    size = read (self->fd, bytes, sizeof bytes);
  while (size < 0 && errno == EINTR);

  if (size > 0)
    {
      take (self, channel, bytes, (size_t)size);
      return true;
    }

  if (size == 0 || errno != EAGAIN)
    {
      close (self->fd);
      self->fd = -1;
    }

  return false;
}

void
hs_output_stream_pump (HsOutputStream *self,
                       HsChannel      *channel)
{
  for (int i = 0; i < N_CHUNKS; i++)
    if (!read_chunk (self, channel))
      break;
}

void
hs_output_stream_finish (HsOutputStream *self,
                         HsChannel      *channel)
{
  while (read_chunk (self, channel))
    ;

  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}
