/* hs-cli-json-ledger.h - what was counted of a whole run, as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-json-out.h"
#include "hs-run.h"

G_BEGIN_DECLS

/* "line", or what a site is that is none. (transfer none) */
const char *hs_cli_json_get_site_kind (guint32 site);

/* "memory": of the process, and of the ledger if there is one. */
void hs_cli_json_put_memory (HsJsonOut *out,
                             HsRun     *run);

/* "lines": what each line of code allocated; nothing without the ledger. */
void hs_cli_json_put_lines (HsJsonOut *out,
                            HsHeap    *heap);

G_END_DECLS
