/* hs-cli-json-record.h - what happened over time in a run, as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-json-out.h"
#include "hs-run.h"

G_BEGIN_DECLS

/* Into "memory", which is open: "rss", "growth". Nothing for what is not known. */
void hs_cli_json_put_rss (HsJsonOut *out,
                          HsRun     *run);

/* "timeline", "peak", "mappings", "moments", each with a …_total where there may be
 * more; nothing without a history.
 */
void hs_cli_json_put_record (HsJsonOut *out,
                             HsRun     *run);

G_END_DECLS
