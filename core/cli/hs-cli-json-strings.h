/* hs-cli-json-strings.h - the texts of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"
#include "hs-json-out.h"

G_BEGIN_DECLS

/* "strings", one element for each distinct text, and "strings_total". */
void hs_cli_json_put_strings (HsJsonOut *out,
                              HsHeap    *heap);

G_END_DECLS
