/* hs-collector-private.h - turns the packets of a worker into a HsRun
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-packet-private.h"
#include "hs-run.h"

G_BEGIN_DECLS

/* What has arrived so far of one run. */
typedef struct _HsCollector HsCollector;

HsCollector *_hs_collector_new (HsRunSpec *spec,
                                HsPython  *python);
void         _hs_collector_free (HsCollector *self);

/* Takes one packet. Returns: FALSE if it breaks the protocol.
 *
 * @stream, @output: (out) (transfer full) (nullable): what the code has
 *   written, within the limit; NULL if the packet brought none
 */
gboolean _hs_collector_take (HsCollector    *self,
                             const HsPacket *packet,
                             HsStream       *stream,
                             GBytes        **output);

const HsProgress *_hs_collector_get_progress (HsCollector *self); /* the last one */
gboolean          _hs_collector_has_done (HsCollector *self);

/* The run, complete but for what is made of its result. Without DONE it ended with @status:
 * HS_STATUS_CANCELLED, HS_STATUS_TIMEOUT, or HS_STATUS_FAILED for the reason
 * @failure. Call once.

 * Returns: (transfer full)
 */
HsRun *_hs_collector_finish (HsCollector *self,
                             HsStatus     status,
                             const char  *failure);

G_END_DECLS
