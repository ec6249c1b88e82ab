/* hs-graph-sizes.c - what an object measures besides what it occupies, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"

/* Returns: (transfer full) (nullable) */
static char *
dup_requested (HsHeap  *heap,
               uint32_t object)
{
  guint64          bytes = hs_heap_get_requested (heap, object);
  g_autofree char *text = NULL;

  if (bytes == HS_BYTES_UNKNOWN || (heap->view.object_flags[object] & HS_OBJECT_STATIC))
    return NULL;

  text = hs_format_bytes_exact (bytes);

  /* translators: bytes that Python asked its allocator for, which rounds up; %s is "56 B" */
  return g_strdup_printf (_("Requested: %s"), text);
}

/* Returns: (transfer full) (nullable) */
static char *
dup_getsizeof (HsHeap  *heap,
               uint32_t object)
{
  guint64          bytes = hs_heap_get_getsizeof (heap, object);
  g_autofree char *text = NULL;

  if (heap->view.object_flags[object] & HS_OBJECT_OWN_SIZEOF)
    /* translators: sys.getsizeof() and __sizeof__() are functions of Python */
    return g_strdup (_("sys.getsizeof(): not called, the class has its own __sizeof__()"));
  if (bytes == HS_BYTES_UNKNOWN)
    return NULL;

  text = hs_format_bytes_exact (bytes);

  /* translators: sys.getsizeof() is a function of Python; %s is "56 B" */
  return g_strdup_printf (_("sys.getsizeof(): %s"), text);
}

/* Returns: (transfer full) (nullable) */
static char *
dup_external (HsHeap  *heap,
              uint32_t object)
{
  guint64          bytes = hs_heap_get_external (heap, object);
  g_autofree char *text = NULL;

  if (bytes == 0)
    return NULL;

  text = hs_format_bytes_exact (bytes);

  /* translators: memory that an object holds but Python did not allocate, such as the
   * region of an mmap; %s is a size
   */
  return g_strdup_printf (_("Outside Python’s memory: %s"), text);
}

/* Returns: (transfer full) (nullable) */
static char *
dup_line (HsHeap  *heap,
          uint32_t object)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              file;
  guint                 line = hs_heap_get_line (heap, object, &file);
  const char           *own;
  const char           *slash;
  g_autofree char      *path = NULL;

  if (view->object_flags[object] & HS_OBJECT_BASELINE)
    return g_strdup (_("Allocated: before the code began"));
  if (line == 0)
    return NULL;

  own = view->n_scopes > 0 ? hs_snapshot_view_get_string (view, view->scope_file[0]) : "";
  if (strcmp (hs_snapshot_view_get_string (view, file), own) == 0)
    /* translators: the line of the code that made an object */
    return g_strdup_printf (_("Allocated: line %u"), line);

  path = _hs_heap_dup_short_string (heap, file, HS_GRAPH_PATH_CHARS);
  slash = strrchr (path, '/');

  /* translators: the line that made an object, and the file that it stands in */
  return g_strdup_printf (_("Allocated: line %1$u of %2$s"), line,
                             slash != NULL ? slash + 1 : path);
}

char **
_hs_graph_dup_sizes (HsHeap  *heap,
                     uint32_t object)
{
  char *texts[] = {
    dup_requested (heap, object),
    dup_getsizeof (heap, object),
    dup_external (heap, object),
    dup_line (heap, object),
  };
  char **known = g_new0 (char *, G_N_ELEMENTS (texts) + 1);
  gsize  n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] != NULL)
        known[n++] = texts[i];
    }

  return known;
}
