/* hs-cache-holders-private.h - which processes keep pages of a file in the cache
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many processes have pages of the file mapped of which this process has the region at
 * @address, without a page of it mapped itself. Those of other users cannot be looked at,
 * and are not counted. Blocks; any thread.
 */
guint _hs_cache_count_holders (const void *address);

G_END_DECLS
