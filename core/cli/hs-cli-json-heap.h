/* hs-cli-json-heap.h - the names, objects and types of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"
#include "hs-json-out.h"

G_BEGIN_DECLS

/* "names", "objects", "objects_total", "described_objects" and "types". Ids count from 1 in the
 * order of the snapshot.
 */
void hs_cli_json_put_heap (HsJsonOut *out,
                           HsHeap    *heap);

G_END_DECLS
