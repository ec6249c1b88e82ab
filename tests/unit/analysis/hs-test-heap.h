/* hs-test-heap.h - small heaps with the usual types, for tests of the analysis
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph.h"
#include "hs-test-snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  T_LIST,
  T_TUPLE,
  T_DICT,
  T_SET,
  T_STR,
  T_INT,
  T_FLOAT,
  T_BOOL,
  T_NONE,
  T_FUNCTION,
  T_CLASS,
  T_MODULE,
  T_GENERATOR,
  T_CELL,
  T_NODE,  /* a class of the code */
  T_DEQUE, /* of a module */
  T_BUILTIN,
  N_TYPES
} TestType;

typedef struct
{
  HsTestSnapshot *snapshot;
  guint32         type[N_TYPES];
  guint32         scope; /* module __main__ */
} TestHeap;

TestHeap *test_heap_new (void);
void      test_heap_free (TestHeap *self);

/* An object of the usual size of its type. */
guint32 test_heap_add (TestHeap   *self,
                       TestType    type,
                       const char *preview);

/* A container with items at its positions; the last is HS_NO_OBJECT. */
guint32 test_heap_add_sequence (TestHeap *self,
                                TestType  type,
                                ...);
void    test_heap_name (TestHeap   *self,
                        const char *name,
                        guint32     object);

/* Frees @self. */
HsHeap *test_heap_finish (TestHeap *self);

/* The text with U+202F as a plain space, so that tests can be read. */
char *test_plain (char *text);

/* The text twin of @heap under @options, which may be NULL. */
char *test_graph_text (HsHeap               *heap,
                       const HsGraphOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestHeap, test_heap_free)

G_END_DECLS
