/* hs-mappings.h - the mappings that the code has made
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-page-states.h"

#define HS_MAPPING_NO_ROW UINT32_MAX

/* How many pages of a mapping are in which state. */
typedef struct
{
  uint64_t n_cached;
  uint64_t n_mapped;
  uint64_t n_dirty;
  uint64_t n_copies;
  uint64_t n_swapped;
  uint64_t n_huge;
} HsPageSums;

/* A live mmap object, and what is known of its region. */
typedef struct
{
  PyObject     *object; /* borrowed, not to be used but for hs_mappings_refresh() */
  PyTypeObject *type;
  uint32_t      row;   /* in the record; HS_MAPPING_NO_ROW: it had no room for it */
  uint64_t      bytes; /* of the region by now */
  HsPageRange   range;
  uint8_t      *states;     /* of each page when they were last recorded */
  uint64_t      n_states;   /* pages for which there is room */
  HsPageSums    sums;       /* of @states */
  uint32_t      state;      /* HsMappingFlags of the next sample */
  int32_t       advice;     /* the last one; -1: none */
  bool          is_advised; /* anew since the last sample */
  bool          is_sampled; /* at least once */
} HsMapping;

/* Address space; before limits are set. Returns: false without it */
bool hs_mappings_init (HsRecordHeader *record);

/* Looks for mmap objects that are not known yet, through the collector's lists: no Python
 * code runs. @line: of the code's file, during which they were made
 */
void hs_mappings_find (uint32_t line);

/* The known ones. A closed one is there once more, with HS_MAPPING_CLOSED, and is then
 * forgotten by hs_mappings_forget_closed().
 */
HsMapping *hs_mappings_get (uint32_t *n);

/* Whether they are still what they were: closed, freed, resized, advised ones are
 * marked. To be called before another mmap object is made, too, which may come to lie at
 * the place of one that is dead.
 */
void hs_mappings_refresh (void);
void hs_mappings_forget_closed (void);
