/* hs-cli-json-mappings.h - the mappings of a run and their pages, as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-history.h"
#include "hs-json-out.h"

G_BEGIN_DECLS

/* "mappings", named as @heap does. @heap: (nullable) */
void hs_cli_json_put_mappings (HsJsonOut *out,
                               HsHistory *history,
                               HsHeap    *heap);

G_END_DECLS
