/* hs-selftest.h - what a worker can check of itself
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

/* For tests/worker/test-observer.py:
 *
 *   heapscape-worker-X.Y --check-observer none|counters|lines FILE.py [DISTURBANCE]
 *
 * runs the file, takes snapshots when the file sends this process SIGUSR2 and at
 * its end, and prints as JSON what each has changed. @wanted: something that is
 * changed on purpose, or the empty text. Returns: the exit status
 */
int hs_selftest_observe (const char *mode,
                         const char *path,
                         const char *wanted);
