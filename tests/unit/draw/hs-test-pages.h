/* hs-test-pages.h - histories with mappings, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-history.h"

G_BEGIN_DECLS

typedef enum
{
  HS_TEST_PAGES_FEW,     /* a file of four pages */
  HS_TEST_PAGES_FILE,    /* 16 MiB: touched, written, read as a whole, closed */
  HS_TEST_PAGES_LARGE,   /* 4 GiB: a million pages, a few of them odd */
  HS_TEST_PAGES_THREE,   /* a file that is copied, an anonymous one, one that is hidden */
  HS_TEST_PAGES_MANY,    /* 40 mappings */
  HS_TEST_PAGES_LONG,    /* 3000 samples of a loop, some left out */
  HS_TEST_PAGES_RESIZED, /* grown, shrunk, closed; one that no sample is of */
  HS_TEST_PAGES_FORGED,  /* sums and sizes that cannot be */
  HS_TEST_N_PAGES
} HsTestPages;

const char *hs_test_pages_get_name (HsTestPages which);
/* With a history, but no object. Returns: (transfer full) */
HsHeap *hs_test_pages_new (HsTestPages which);

G_END_DECLS
