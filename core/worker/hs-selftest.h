/* hs-selftest.h - runs a file under the ledger, and checks the ledger
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* For tests/worker/test-ledger.py and tests/bench/bench-ledger.py:
 *
 *   heapscape-worker-X.Y --check-ledger none|counters|lines FILE.py
 *
 * runs the file in this process, started as a job is but without supervisor and
 * limits, and prints one line of JSON. Returns: the exit status
 */
int hs_selftest_run (const char *mode,
                     const char *path);
