/* hs-pages.h - looks at the pages of mappings while the code runs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-shared.h"

/* Before limits are set. Without this call the others do nothing. Returns: false
 * without address space
 */
bool hs_pages_init (HsShared *shared);

/* The code is about to begin: from its first mapping on, as long as there is one, the
 * pages are looked at after each line of the code's file. Needs the GIL, as all below.
 */
void hs_pages_begin (void);

/* At a moment (an index in the record; UINT32_MAX: none), in any case; the code stands
 * on @line.
 */
void hs_pages_sample_moment (uint32_t moment,
                             uint32_t line);

/* Lines are no longer watched, nor mappings looked for. */
void hs_pages_end (void);
