/* hs-cli-json-heap.c - the names, objects and types of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-heap.h"

#include <string.h>

/* An object's index in the snapshot as the id that people see. */
static gint64
to_id (guint32 object)
{
  return (gint64)object + 1;
}

guint64
hs_cli_get_occupied_at_least (HsHeap *heap,
                              guint32 object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint64               sum = 0;

  for (guint32 i = view->object_blocks[object]; i < view->object_blocks[object + 1]; i++)
    {
      guint64 bytes = view->block_occupied[i];

      if ((view->block_flags[i] & HS_BLOCK_SHARED) || bytes == HS_BYTES_UNKNOWN)
        continue;
      if (!g_uint64_checked_add (&sum, sum, bytes))
        return G_MAXINT64;
    }

  return sum;
}

/* A number of bytes that may be unknown. JSON's integers end at 2^63. */
static void
set_bytes (JsonObject *object,
           const char *member,
           guint64     bytes)
{
  if (bytes == HS_BYTES_UNKNOWN)
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, (gint64)MIN (bytes, G_MAXINT64));
}

static void
set_occupied (JsonObject *object,
              HsHeap     *heap,
              guint32     index)
{
  guint64 occupied = hs_heap_get_occupied (heap, index);

  set_bytes (object, "occupied", occupied);
  if (occupied == HS_BYTES_UNKNOWN)
    set_bytes (object, "occupied_at_least", hs_cli_get_occupied_at_least (heap, index));
}

static void
set_string (JsonObject *object,
            const char *member,
            HsHeap     *heap,
            guint32     offset)
{
  g_autofree char *text = hs_heap_dup_string (heap, offset);

  json_object_set_string_member (object, member, text);
}

static void
put_names (HsJsonOut         *out,
           HsHeap            *heap,
           const char *const *types)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  hs_json_out_begin_array (out, "names");
  for (guint32 i = 0; i < view->n_names; i++)
    {
      JsonObject *object = json_object_new ();
      guint32     index = view->name_object[i];

      set_string (object, "scope", heap, view->scope_name[view->name_scope[i]]);
      set_string (object, "name", heap, view->name_label[i]);
      json_object_set_int_member (object, "id", to_id (index));
      json_object_set_string_member (object, "type", types[view->object_type[index]]);
      set_occupied (object, heap, index);
      set_bytes (object, "deep", hs_heap_get_deep (heap, index));
      hs_json_out_add_object (out, object);
    }
  hs_json_out_end_array (out);
}

static JsonArray *
new_blocks (const HsSnapshotView *view,
            guint32               object)
{
  JsonArray *array = json_array_new ();

  for (guint32 i = view->object_blocks[object]; i < view->object_blocks[object + 1]; i++)
    {
      JsonObject *block = json_object_new ();

      json_object_set_string_member (block, "kind", hs_block_kind_to_string (view->block_kind[i]));
      json_object_set_boolean_member (block, "shared",
                                      (view->block_flags[i] & HS_BLOCK_SHARED) != 0);
      set_bytes (block, "occupied", view->block_occupied[i]);
      json_array_add_object_element (array, block);
    }

  return array;
}

static JsonArray *
new_references (HsHeap *heap,
                guint32 object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  JsonArray            *array = json_array_new ();

  for (guint32 i = view->object_edges[object]; i < view->object_edges[object + 1]; i++)
    {
      g_autofree char *label = hs_heap_dup_edge_label (heap, i);
      JsonObject      *reference = json_object_new ();

      json_object_set_string_member (reference, "label", label);
      json_object_set_string_member (reference, "kind",
                                     hs_edge_kind_to_string (view->edge_kind[i]));
      json_object_set_int_member (reference, "to", to_id (view->edge_target[i]));
      json_array_add_object_element (array, reference);
    }

  return array;
}

/* (nullable): NULL if it is not interned */
static const char *
get_interned (guint32 flags)
{
  if (flags & HS_OBJECT_INTERNED_STATIC)
    return "static";
  if (flags & HS_OBJECT_INTERNED_IMMORTAL)
    return "immortal";

  return flags & HS_OBJECT_INTERNED_MORTAL ? "mortal" : NULL;
}

static JsonObject *
new_object (HsHeap            *heap,
            guint32            index,
            const char *const *types)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               flags = view->object_flags[index];
  const char           *interned = get_interned (flags);
  g_autofree char      *address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                                                   view->object_address[index]);
  JsonObject           *object = json_object_new ();

  json_object_set_int_member (object, "id", to_id (index));
  json_object_set_string_member (object, "address", address);
  json_object_set_string_member (object, "type", types[view->object_type[index]]);
  set_string (object, "preview", heap, view->object_preview[index]);
  if (view->object_length[index] != HS_LENGTH_NONE)
    set_bytes (object, "length", view->object_length[index]);
  set_occupied (object, heap, index);

  if (flags & (HS_OBJECT_IMMORTAL | HS_OBJECT_STATIC))
    json_object_set_null_member (object, "refcount");
  else
    json_object_set_int_member (object, "refcount", view->object_refcount[index]);
  json_object_set_boolean_member (object, "immortal", (flags & HS_OBJECT_IMMORTAL) != 0);
  if (interned != NULL)
    json_object_set_string_member (object, "interned", interned);
  else
    json_object_set_null_member (object, "interned");
  json_object_set_boolean_member (object, "static", (flags & HS_OBJECT_STATIC) != 0);
  json_object_set_boolean_member (object, "gc_tracked", (flags & HS_OBJECT_GC_TRACKED) != 0);

  json_object_set_array_member (object, "blocks", new_blocks (view, index));
  json_object_set_array_member (object, "references", new_references (heap, index));

  return object;
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
      TypeSum *sum = &sums[view->object_type[i]];
      guint64  occupied = hs_heap_get_occupied (heap, i);

      sum->count++;
      if (occupied == HS_BYTES_UNKNOWN)
        {
          sum->is_unknown = TRUE;
          occupied = hs_cli_get_occupied_at_least (heap, i);
        }
      if (!g_uint64_checked_add (&sum->occupied, sum->occupied, occupied))
        sum->occupied = G_MAXINT64;
    }

  qsort (sums, view->n_types, sizeof *sums, compare_type_sums);

  hs_json_out_begin_array (out, "types");
  for (guint32 i = 0; i < view->n_types; i++)
    {
      JsonObject *object;

      if (sums[i].count == 0)
        continue;

      object = json_object_new ();
      json_object_set_string_member (object, "type", sums[i].name);
      json_object_set_int_member (object, "count", (gint64)sums[i].count);
      set_bytes (object, "occupied", sums[i].is_unknown ? HS_BYTES_UNKNOWN : sums[i].occupied);
      if (sums[i].is_unknown)
        set_bytes (object, "occupied_at_least", sums[i].occupied);
      hs_json_out_add_object (out, object);
    }
  hs_json_out_end_array (out);
}

void
hs_cli_json_put_heap (HsJsonOut *out,
                      HsHeap    *heap)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autoptr(GPtrArray) types = g_ptr_array_new_with_free_func (g_free);

  for (guint32 i = 0; i < view->n_types; i++)
    g_ptr_array_add (types, hs_heap_dup_type_name (heap, i));
  g_ptr_array_add (types, NULL);

  put_names (out, heap, (const char *const *)types->pdata);

  hs_json_out_begin_array (out, "objects");
  for (guint32 i = 0; i < view->n_objects; i++)
    hs_json_out_add_object (out, new_object (heap, i, (const char *const *)types->pdata));
  hs_json_out_end_array (out);
  hs_json_out_put_int (out, "objects_total", (gint64)MIN (view->info.objects_seen, G_MAXINT64));

  put_types (out, heap, (const char *const *)types->pdata);
}
