/* hs-pyinternal-collector.h - what the garbage collector and the free lists keep
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#define HS_N_GENERATIONS 3

/* Of the garbage collector and of the free lists, as far as they are counted.
 * Nothing but ints, and cleared before it is filled in, so that two are equal
 * if their bytes are.
 */
typedef struct
{
  int is_enabled;
  int is_collecting;
  int counts[HS_N_GENERATIONS]; /* as gc.get_count() has them */
  int thresholds[HS_N_GENERATIONS];
  int n_free_floats;
  int n_free_lists;
  int n_free_dicts;
  int n_free_keys;
  int n_free_contexts;
  int n_free_tuples; /* of all lengths that have a free list */
} HsCollector;

/* Needs the GIL; allocates nothing. */
void hs_py_get_collector (HsCollector *collector);

#define HS_GC_HEAD_SIZE 16 /* bytes, directly before the object */

/* Whether the HS_GC_HEAD_SIZE bytes before what may be an object of a type with such a header
 * are one. @head: a block in use
 */
bool hs_py_may_be_gc_head (const void *head);
