/* hs-channel.h - packets to and from the client, never blocking
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hs-protocol.h"

typedef struct _HsPacket HsPacket;

/* The worker's end of the control socket. What the client does not take at
 * once is queued; the queue is bounded by what is put into it: the kept output
 * and the few messages of one run.
 */
typedef struct
{
  int       fd;
  bool      is_closed; /* the client is gone */
  HsPacket *first;     /* owned, as are those behind it */
  HsPacket *last;
} HsChannel;

void hs_channel_init (HsChannel *self,
                      int        fd);

/* Sends or queues one message. @head and @body are copied. */
void hs_channel_send (HsChannel    *self,
                      HsMessageKind kind,
                      const void   *head,
                      size_t        head_size,
                      const void   *body,
                      size_t        body_size);

/* Waits until everything is sent, then sends HS_MESSAGE_DONE with @fd, or
 * without a descriptor if it is -1. Gives up when the client is gone.
 */
void hs_channel_send_done (HsChannel  *self,
                           const void *payload,
                           size_t      size,
                           int         fd);

/* Sends what the socket takes now; for POLLOUT. */
void hs_channel_flush (HsChannel *self);

static inline bool
hs_channel_has_queue (const HsChannel *self)
{
  return self->first != NULL;
}

/* Takes one message. @fds receives at most @n_fds descriptors, -1 where there
 * is none. Returns: its HsMessageKind, 0 if there is none, -1 if the client is
 * gone or speaks another protocol.
 */
int hs_channel_receive (HsChannel *self,
                        int       *fds,
                        int        n_fds);
