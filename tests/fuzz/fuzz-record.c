/* fuzz-record.c - the reader of records under libFuzzer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short run with made-up mutants is a test (fuzz-record-main.c). For a long one, which
 * finds its way by coverage, from the root of the tree:
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Icore/snapshot \
 *     -Itests/unit/snapshot tests/fuzz/fuzz-record.c \
 *     tests/unit/snapshot/hs-test-touch-record.c core/snapshot/hs-record-view.c \
 *     -o fuzz-record
 *   mkdir corpus && ./fuzz-record -max_len=65536 corpus
 */

#include "hs-test-touch-record.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  /* Aligned, and of exactly that size: a read behind it is found. */
  uint8_t     *copy = malloc (size == 0 ? 1 : size);
  HsRecordView view;

  if (copy == NULL)
    return 0;

  memcpy (copy, data, size);
  if (hs_record_view_init (&view, copy, size, size) == HS_SNAPSHOT_STATUS_OK)
    hs_test_touch_record (&view, size);
  free (copy);

  return 0;
}
