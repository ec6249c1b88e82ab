/* hs-cli-json-object.c - one object of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-object.h"

#include <string.h>

gint64
hs_cli_json_get_id (guint32 object)
{
  return (gint64)object + 1;
}

void
hs_cli_json_set_bytes (JsonObject *object,
                       const char *member,
                       guint64     bytes)
{
  if (bytes == HS_BYTES_UNKNOWN)
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, (gint64)MIN (bytes, G_MAXINT64));
}

void
hs_cli_json_set_sizes (JsonObject *object,
                       HsHeap     *heap,
                       guint32     index)
{
  guint64 occupied = hs_heap_get_occupied (heap, index);

  hs_cli_json_set_bytes (object, "getsizeof", hs_heap_get_getsizeof (heap, index));
  if (hs_heap_get_view (heap)->object_flags[index] & HS_OBJECT_OWN_SIZEOF)
    json_object_set_boolean_member (object, "own_sizeof", TRUE);
  hs_cli_json_set_bytes (object, "requested", hs_heap_get_requested (heap, index));
  hs_cli_json_set_bytes (object, "occupied", occupied);
  if (occupied == HS_BYTES_UNKNOWN)
    hs_cli_json_set_bytes (object, "occupied_at_least", hs_heap_get_least (heap, index));
}

/* ---- Blocks ---- */

static JsonObject *
new_field (HsHeap  *heap,
           uint32_t field)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree char      *name = hs_heap_dup_field_name (heap, field);
  g_autofree char      *value = hs_heap_dup_field_value (heap, field);
  HsFieldKind           kind = (HsFieldKind)view->field_kind[field];
  JsonObject           *object = json_object_new ();

  json_object_set_int_member (object, "offset", view->field_offset[field]);
  hs_cli_json_set_bytes (object, "size", view->field_size[field]);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "kind", hs_field_kind_to_string (kind));
  json_object_set_string_member (object, "value", value);

  return object;
}

/* The fields of @index by block, 0 being the main one. Returns: (transfer container) */
static JsonArray **
new_fields (HsHeap *heap,
            guint32 index,
            guint32 n_blocks)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  JsonArray           **fields = g_new (JsonArray *, (gsize)n_blocks + 1);

  for (gsize i = 0; i <= n_blocks; i++)
    fields[i] = json_array_new ();
  for (uint32_t i = view->object_fields[index]; i < view->object_fields[index + 1]; i++)
    json_array_add_object_element (fields[view->field_block[i]], new_field (heap, i));

  return fields;
}

/* @fields: (transfer full) (nullable) */
static JsonObject *
new_block (const HsSnapshotBlock *block,
           JsonArray             *fields)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", hs_block_kind_to_string (block->kind));
  json_object_set_boolean_member (object, "shared", (block->flags & HS_BLOCK_SHARED) != 0);
  if (block->flags & HS_BLOCK_EXTERNAL)
    json_object_set_boolean_member (object, "external", TRUE);
  hs_cli_json_set_bytes (object, "requested", block->requested);
  hs_cli_json_set_bytes (object, "occupied", block->occupied);
  if (fields != NULL)
    json_object_set_array_member (object, "fields", fields);

  return object;
}

static JsonArray *
new_blocks (HsHeap *heap,
            guint32 index)
{
  const HsSnapshotView  *view = hs_heap_get_view (heap);
  JsonArray             *array = json_array_new ();
  HsSnapshotBlock        block;
  guint32                first;
  guint32                n = hs_heap_get_blocks (heap, index, &first);
  g_autofree JsonArray **fields = NULL;

  if (index < view->n_described)
    fields = new_fields (heap, index, n);

  if (hs_snapshot_view_get_main_block (view, index, &block))
    json_array_add_object_element (array, new_block (&block, fields != NULL ? fields[0] : NULL));
  else if (fields != NULL)
    json_array_unref (fields[0]);

  for (guint32 i = 0; i < n; i++)
    {
      hs_snapshot_view_get_block (view, first + i, &block);
      json_array_add_object_element (
        array, new_block (&block, fields != NULL ? fields[i + 1] : NULL));
    }

  return array;
}

/* ---- References ---- */

static JsonArray *
new_references (HsHeap *heap,
                guint32 index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  JsonArray            *array = json_array_new ();
  guint32               first;
  guint32               n = hs_snapshot_view_get_all_edges (view, index, &first);

  for (guint32 i = first; i < first + n; i++)
    {
      g_autofree char *label = hs_heap_dup_edge_label (heap, i);
      HsEdgeKind       kind = (HsEdgeKind)view->edge_kind[i];
      JsonObject      *reference = json_object_new ();

      json_object_set_string_member (reference, "label", label);
      json_object_set_string_member (reference, "kind", hs_edge_kind_to_string (kind));
      json_object_set_int_member (reference, "to", hs_cli_json_get_id (view->edge_target[i]));
      json_array_add_object_element (array, reference);
    }

  return array;
}

/* ---- The object ---- */

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

static void
set_identity (JsonObject *object,
              HsHeap     *heap,
              guint32     index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               flags = view->object_flags[index];
  const char           *interned = get_interned (flags);

  if (flags & (HS_OBJECT_IMMORTAL | HS_OBJECT_STATIC))
    json_object_set_null_member (object, "refcount");
  else
    json_object_set_int_member (object, "refcount", hs_snapshot_view_get_refcount (view, index));
  json_object_set_boolean_member (object, "immortal", (flags & HS_OBJECT_IMMORTAL) != 0);
  if (interned != NULL)
    json_object_set_string_member (object, "interned", interned);
  else
    json_object_set_null_member (object, "interned");
  json_object_set_boolean_member (object, "static", (flags & HS_OBJECT_STATIC) != 0);
  json_object_set_boolean_member (object, "gc_tracked", (flags & HS_OBJECT_GC_TRACKED) != 0);
  json_object_set_boolean_member (object, "baseline", (flags & HS_OBJECT_BASELINE) != 0);
  json_object_set_boolean_member (object, "boundary", (flags & HS_OBJECT_BOUNDARY) != 0);
  if (view->info.flags & HS_INFO_ALL_OBJECTS)
    json_object_set_boolean_member (object, "reached", index < view->info.n_reached);
}

/* The line that allocated it; the file only if it is not the code's own. */
static void
set_line (JsonObject *object,
          HsHeap     *heap,
          guint32     index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  uint32_t              file;
  guint                 line = hs_heap_get_line (heap, index, &file);
  const char           *own;

  if (line == 0)
    {
      json_object_set_null_member (object, "line");
      return;
    }

  json_object_set_int_member (object, "line", line);
  own = view->n_scopes > 0 ? hs_snapshot_view_get_string (view, view->scope_file[0]) : "";
  if (strcmp (hs_snapshot_view_get_string (view, file), own) != 0)
    {
      g_autofree char *name = hs_heap_dup_string (heap, file);

      json_object_set_string_member (object, "line_file", name);
    }
}

JsonObject *
hs_cli_json_new_object (HsHeap            *heap,
                        guint32            index,
                        const char *const *types)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree char      *address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                                                   hs_snapshot_view_get_address (view, index));
  g_autofree char      *preview = hs_heap_dup_preview (heap, index);
  guint64               length = hs_snapshot_view_get_length (view, index);
  guint64               external = hs_heap_get_external (heap, index);
  JsonObject           *object = json_object_new ();

  json_object_set_int_member (object, "id", hs_cli_json_get_id (index));
  json_object_set_string_member (object, "address", address);
  json_object_set_string_member (object, "type", types[hs_snapshot_view_get_type (view, index)]);
  json_object_set_string_member (object, "preview", preview);
  if (length != HS_LENGTH_NONE)
    hs_cli_json_set_bytes (object, "length", length);
  hs_cli_json_set_sizes (object, heap, index);
  if (external != 0)
    hs_cli_json_set_bytes (object, "external", external);
  set_identity (object, heap, index);
  set_line (object, heap, index);

  json_object_set_array_member (object, "blocks", new_blocks (heap, index));
  json_object_set_array_member (object, "references", new_references (heap, index));

  return object;
}
