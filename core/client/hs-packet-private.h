/* hs-packet-private.h - packets from and to a worker
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-protocol.h"

G_BEGIN_DECLS

typedef struct
{
  HsMessageKind kind;
  const guint8 *payload; /* in the buffer that was given */
  gsize         size;    /* bytes of the payload */
  int           fd;      /* that came along, or -1; belongs to the receiver */
} HsPacket;

typedef enum
{
  HS_RECEIVED_PACKET,
  HS_RECEIVED_NOTHING, /* none there at the moment */
  HS_RECEIVED_END,     /* the other end is closed */
  HS_RECEIVED_GARBAGE, /* not a packet of the protocol */
} HsReceived;

/* Takes one packet from @socket without blocking. @buffer: HS_PACKET_MAX
 * bytes, aligned to 8. Nothing in the packet is trusted; what is returned has
 * the right magic and version, a kind that workers send, the size that it
 * says, and at most one descriptor. Surplus ones are closed.
 */
HsReceived _hs_packet_receive (int       socket,
                               guint8   *buffer,
                               HsPacket *packet);

/* What is inside; FALSE if the sizes contradict each other. */
gboolean _hs_packet_parse_output (const HsPacket *packet,
                                  HsOutput       *output,
                                  const guint8  **data);
gboolean _hs_packet_parse_progress (const HsPacket *packet,
                                    HsProgress     *progress);

/* The texts behind HsDone: each (transfer full) (nullable), valid UTF-8. */
typedef struct
{
  char *type;
  char *message;
  char *traceback;
  char *kept_type;
  char *kept_preview;
  char *kept_problem;
  char *refused_file;
} HsDoneTexts;

gboolean _hs_packet_parse_done (const HsPacket *packet,
                                HsDone         *done,
                                HsDoneTexts    *texts);

/* A message without payload, with @n_fds descriptors, at most 2. */
gboolean _hs_packet_send (int           socket,
                          HsMessageKind kind,
                          const int    *fds,
                          guint         n_fds,
                          GError      **error);

/* The range of the result that a DONE names, mapped for reading. Refuses a
 * descriptor that anybody could still change or shorten.
 * Returns: (transfer full) (nullable): owns the mapping
 */
GBytes *_hs_result_map (int      fd,
                        guint64  offset,
                        guint64  size,
                        GError **error);

G_END_DECLS
