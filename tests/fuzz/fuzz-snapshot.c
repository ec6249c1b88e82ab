/* fuzz-snapshot.c - the reader under libFuzzer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short run with made-up mutants is a test (fuzz-snapshot-main.c). For a long
 * one, which finds its way by coverage, from the root of the tree:
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Icore/snapshot \
 *     -Itests/unit/snapshot tests/fuzz/fuzz-snapshot.c \
 *     tests/unit/snapshot/hs-test-touch.c core/snapshot/hs-snapshot-view.c \
 *     core/snapshot/hs-snapshot-object.c core/snapshot/hs-snapshot-pools.c \
 *     -o fuzz-snapshot
 *   mkdir corpus && ./fuzz-snapshot -max_len=65536 corpus
 *
 * Good seeds for the corpus are what "heapscape-cli run --snapshot" writes.
 */

#include "hs-test-touch.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  /* Aligned, and of exactly that size: a read behind it is found. */
  uint8_t       *copy = malloc (size == 0 ? 1 : size);
  HsSnapshotView view;

  if (copy == NULL)
    return 0;

  memcpy (copy, data, size);
  if (hs_snapshot_view_init (&view, copy, size) == HS_SNAPSHOT_STATUS_OK)
    hs_test_touch_view (&view);
  free (copy);

  return 0;
}
