/* hs-cli-json-heap.c - the names, objects and types of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-heap.h"

#include <string.h>

#include "hs-cli-json-object.h"

static void
put_string (HsJsonOut  *out,
            const char *member,
            HsHeap     *heap,
            guint32     offset)
{
  g_autofree char *text = hs_heap_dup_string (heap, offset);

  hs_json_out_put_text (out, member, text);
}

static void
put_names (HsJsonOut         *out,
           HsHeap            *heap,
           const char *const *types)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree guint64   *deep = hs_heap_new_deep_of (heap, view->name_object, view->n_names);

  hs_json_out_begin_array (out, "names");
  for (guint32 i = 0; i < view->n_names; i++)
    {
      guint32 index = view->name_object[i];
      guint32 type = hs_snapshot_view_get_type (view, index);

      hs_json_out_begin_object (out, NULL);
      put_string (out, "scope", heap, view->scope_name[view->name_scope[i]]);
      put_string (out, "name", heap, view->name_label[i]);
      hs_json_out_put_int (out, "id", hs_cli_json_get_id (index));
      hs_json_out_put_text (out, "type", types[type]);
      hs_cli_json_put_sizes (out, heap, index);
      hs_cli_json_put_bytes (out, "deep", deep[i]);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

/* The objects of one type together. */
typedef struct
{
  const char *name;
  guint64     count;
  guint64     occupied; /* of those that are known, bytes */
  gboolean    is_unknown;
} TypeSum;

/* Largest first; the name decides between equals, so that it stays the same. */
static int
compare_type_sums (gconstpointer a,
                   gconstpointer b)
{
  const TypeSum *first = a, *second = b;

  if (first->occupied != second->occupied)
    return first->occupied < second->occupied ? 1 : -1;
  if (first->count != second->count)
    return first->count < second->count ? 1 : -1;

  return strcmp (first->name, second->name);
}

static void
put_types (HsJsonOut         *out,
           HsHeap            *heap,
           const char *const *types)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree TypeSum   *sums = g_new0 (TypeSum, view->n_types);

  for (guint32 i = 0; i < view->n_types; i++)
    sums[i].name = types[i];

  for (guint32 i = 0; i < view->n_objects; i++)
    {
      TypeSum *sum = &sums[hs_snapshot_view_get_type (view, i)];
      guint64  occupied = hs_heap_get_occupied (heap, i);

      sum->count++;
      if (occupied == HS_BYTES_UNKNOWN)
        {
          sum->is_unknown = TRUE;
          occupied = hs_heap_get_least (heap, i);
        }
      if (!g_uint64_checked_add (&sum->occupied, sum->occupied, occupied))
        sum->occupied = G_MAXINT64;
    }

  if (view->n_types > 0)
    qsort (sums, view->n_types, sizeof *sums, compare_type_sums);

  hs_json_out_begin_array (out, "types");
  for (guint32 i = 0; i < view->n_types; i++)
    {
      if (sums[i].count == 0)
        continue;

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "type", sums[i].name);
      hs_json_out_put_int (out, "count", (gint64)sums[i].count);
      hs_cli_json_put_bytes (out, "occupied",
                             sums[i].is_unknown ? HS_BYTES_UNKNOWN : sums[i].occupied);
      if (sums[i].is_unknown)
        hs_cli_json_put_bytes (out, "occupied_at_least", sums[i].occupied);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

void
hs_cli_json_put_heap (HsJsonOut *out,
                      HsHeap    *heap)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *const *types;

  for (guint32 i = 0; i < view->n_types; i++)
    g_ptr_array_add (names, hs_heap_dup_type_name (heap, i));
  g_ptr_array_add (names, NULL);
  types = (const char *const *)names->pdata;

  put_names (out, heap, types);

  hs_json_out_begin_array (out, "objects");
  for (guint32 i = 0; i < view->n_objects; i++)
    hs_cli_json_add_object (out, heap, i, types);
  hs_json_out_end_array (out);
  hs_json_out_put_int (out, "objects_total", (gint64)MIN (view->info.objects_seen, G_MAXINT64));
  hs_json_out_put_int (out, "described_objects", view->n_described);
  if (view->info.flags & HS_INFO_FIELDS_CUT)
    hs_json_out_put_boolean (out, "fields_cut", TRUE);
  if (view->info.lost_previews != 0)
    hs_json_out_put_int (out, "lost_previews",
                         (gint64)MIN (view->info.lost_previews, G_MAXINT64));

  put_types (out, heap, types);
}
