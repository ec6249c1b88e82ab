/* hs-test-heap.c - small heaps with the usual types, for tests of the analysis
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-heap.h"

#include <stdarg.h>
#include <string.h>

static const struct
{
  const char *module;
  const char *name;
  HsFamily    family;
  guint64     occupied;
} types[] = {
  [T_LIST] = { "builtins", "list", HS_FAMILY_CONTAINER, 64 },
  [T_TUPLE] = { "builtins", "tuple", HS_FAMILY_CONTAINER, 64 },
  [T_DICT] = { "builtins", "dict", HS_FAMILY_CONTAINER, 64 },
  [T_SET] = { "builtins", "set", HS_FAMILY_CONTAINER, 224 },
  [T_STR] = { "builtins", "str", HS_FAMILY_TEXT, 64 },
  [T_INT] = { "builtins", "int", HS_FAMILY_NUMBER, 32 },
  [T_FLOAT] = { "builtins", "float", HS_FAMILY_NUMBER, 32 },
  [T_BOOL] = { "builtins", "bool", HS_FAMILY_NUMBER, 0 },
  [T_NONE] = { "builtins", "NoneType", HS_FAMILY_NUMBER, 0 },
  [T_FUNCTION] = { "builtins", "function", HS_FAMILY_CALLABLE, 160 },
  [T_CLASS] = { "builtins", "type", HS_FAMILY_CLASS, 960 },
  [T_MODULE] = { "builtins", "module", HS_FAMILY_MODULE, 80 },
  [T_GENERATOR] = { "builtins", "generator", HS_FAMILY_CALLABLE, 208 },
  [T_CELL] = { "builtins", "cell", HS_FAMILY_CALLABLE, 48 },
  [T_NODE] = { "__main__", "Node", HS_FAMILY_INSTANCE, 48 },
  [T_DEQUE] = { "collections", "deque", HS_FAMILY_CONTAINER, 240 },
  [T_BUILTIN] = { "builtins", "builtin_function_or_method", HS_FAMILY_CALLABLE, 80 },
};

TestHeap *
test_heap_new (void)
{
  TestHeap *self = g_new0 (TestHeap, 1);

  self->snapshot = hs_test_snapshot_new ();
  for (guint i = 0; i < N_TYPES; i++)
    self->type[i] = hs_test_snapshot_add_type (self->snapshot, types[i].module, types[i].name,
                                               types[i].family);
  self->scope = hs_test_snapshot_add_scope (self->snapshot, "__main__", HS_SCOPE_MODULE,
                                            "/somewhere/test.py", 0);

  return self;
}

void
test_heap_free (TestHeap *self)
{
  hs_test_snapshot_free (self->snapshot);
  g_free (self);
}

guint32
test_heap_add (TestHeap   *self,
               TestType    type,
               const char *preview)
{
  guint32 object = hs_test_snapshot_add_object (self->snapshot, self->type[type], preview,
                                                types[type].occupied);

  hs_test_snapshot_set_getsizeof (self->snapshot, object, HS_BYTES_UNKNOWN);
  if (types[type].occupied == 0)
    hs_test_snapshot_set_flags (self->snapshot, object, HS_OBJECT_STATIC);

  return object;
}

guint32
test_heap_add_sequence (TestHeap *self,
                        TestType  type,
                        ...)
{
  guint32  sequence = test_heap_add (self, type, "");
  guint32  position = 0;
  guint32  item;
  va_list  args;
  gboolean is_set = type == T_SET;

  va_start (args, type);
  while ((item = va_arg (args, guint32)) != HS_NO_OBJECT)
    hs_test_snapshot_add_index (self->snapshot, sequence,
                                is_set ? HS_EDGE_MEMBER : HS_EDGE_INDEX, position++, item);
  va_end (args);

  hs_test_snapshot_set_length (self->snapshot, sequence, position);

  return sequence;
}

void
test_heap_name (TestHeap   *self,
                const char *name,
                guint32     object)
{
  hs_test_snapshot_add_name (self->snapshot, self->scope, name, object);
}

HsHeap *
test_heap_finish (TestHeap *self)
{
  g_autoptr(GBytes) bytes = hs_test_snapshot_to_bytes (self->snapshot);
  g_autoptr(GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (heap);
  test_heap_free (self);

  return heap;
}

char *
test_plain (char *text)
{
  GString *plain = g_string_new (text);

  g_free (text);
  g_string_replace (plain, "\xe2\x80\xaf", " ", 0);

  return g_string_free (plain, FALSE);
}

char *
test_graph_text (HsHeap               *heap,
                 const HsGraphOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsGraph) graph = hs_graph_new (heap, options, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (graph);

  return test_plain (hs_graph_to_text (graph));
}
