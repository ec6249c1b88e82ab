/* hs-cli-json-object.c - one object of a heap as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-object.h"

#include <string.h>

#include "hs-dominators.h"

gint64
hs_cli_json_get_id (guint32 object)
{
  return (gint64)object + 1;
}

void
hs_cli_json_put_bytes (HsJsonOut  *out,
                       const char *member,
                       guint64     bytes)
{
  if (bytes == HS_BYTES_UNKNOWN)
    hs_json_out_put_null (out, member);
  else
    hs_json_out_put_int (out, member, (gint64)MIN (bytes, G_MAXINT64));
}

void
hs_cli_json_put_sizes (HsJsonOut *out,
                       HsHeap    *heap,
                       guint32    index)
{
  guint64  occupied = hs_heap_get_occupied (heap, index);
  gboolean is_least;
  guint64  retained =
    hs_dominators_get_retained (hs_heap_get_dominators (heap), index, &is_least);

  hs_cli_json_put_bytes (out, "getsizeof", hs_heap_get_getsizeof (heap, index));
  if (hs_heap_get_view (heap)->object_flags[index] & HS_OBJECT_OWN_SIZEOF)
    hs_json_out_put_boolean (out, "own_sizeof", TRUE);
  hs_cli_json_put_bytes (out, "requested", hs_heap_get_requested (heap, index));
  hs_cli_json_put_bytes (out, "occupied", occupied);
  if (occupied == HS_BYTES_UNKNOWN)
    hs_cli_json_put_bytes (out, "occupied_at_least", hs_heap_get_least (heap, index));

  hs_cli_json_put_bytes (out, "retained", is_least ? HS_BYTES_UNKNOWN : retained);
  if (is_least)
    hs_cli_json_put_bytes (out, "retained_at_least", retained);
}

/* ---- Blocks ---- */

static void
put_field (HsJsonOut *out,
           HsHeap    *heap,
           uint32_t   field)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree char      *name = hs_heap_dup_field_name (heap, field);
  g_autofree char      *value = hs_heap_dup_field_value (heap, field);
  HsFieldKind           kind = (HsFieldKind)view->field_kind[field];

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_int (out, "offset", view->field_offset[field]);
  hs_cli_json_put_bytes (out, "size", view->field_size[field]);
  hs_json_out_put_text (out, "name", name);
  hs_json_out_put_text (out, "kind", hs_field_kind_to_string (kind));
  hs_json_out_put_text (out, "value", value);
  hs_json_out_end_object (out);
}

/* The fields of an object by block. */
typedef struct
{
  uint32_t *first;  /* owned; by block, 0 being the main one: into @fields */
  uint32_t *fields; /* owned */
} Fields;

static void
fields_clear (Fields *self)
{
  g_free (self->first);
  g_free (self->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fields, fields_clear)

/* @n_blocks: without the main one */
static void
fields_init (Fields *self,
             HsHeap *heap,
             guint32 index,
             guint32 n_blocks)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  uint32_t              start = view->object_fields[index];
  uint32_t              end = view->object_fields[index + 1];
  g_autofree uint32_t  *next = NULL;

  self->first = g_new0 (uint32_t, (gsize)n_blocks + 2);
  self->fields = g_new (uint32_t, (gsize)(end - start) + 1);

  for (uint32_t i = start; i < end; i++)
    self->first[view->field_block[i] + 1]++;
  for (gsize i = 0; i <= n_blocks; i++)
    self->first[i + 1] += self->first[i];
  next = g_memdup2 (self->first, ((gsize)n_blocks + 1) * sizeof *next);
  for (uint32_t i = start; i < end; i++)
    self->fields[next[view->field_block[i]]++] = i;
}

/* @fields: (nullable); @number: 0 is the main one */
static void
put_block (HsJsonOut             *out,
           HsHeap                *heap,
           const HsSnapshotBlock *block,
           const Fields          *fields,
           gsize                  number)
{
  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "kind", hs_block_kind_to_string (block->kind));
  hs_json_out_put_boolean (out, "shared", (block->flags & HS_BLOCK_SHARED) != 0);
  if (block->flags & HS_BLOCK_EXTERNAL)
    hs_json_out_put_boolean (out, "external", TRUE);
  hs_cli_json_put_bytes (out, "requested", block->requested);
  hs_cli_json_put_bytes (out, "occupied", block->occupied);
  if (fields != NULL)
    {
      hs_json_out_begin_array (out, "fields");
      for (uint32_t i = fields->first[number]; i < fields->first[number + 1]; i++)
        put_field (out, heap, fields->fields[i]);
      hs_json_out_end_array (out);
    }
  hs_json_out_end_object (out);
}

static void
put_blocks (HsJsonOut *out,
            HsHeap    *heap,
            guint32    index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  HsSnapshotBlock       block;
  guint32               first;
  guint32               n = hs_heap_get_blocks (heap, index, &first);
  g_auto(Fields) fields = { NULL };
  const Fields *described = NULL;

  if (index < view->n_described)
    {
      fields_init (&fields, heap, index, n);
      described = &fields;
    }

  hs_json_out_begin_array (out, "blocks");
  if (hs_snapshot_view_get_main_block (view, index, &block))
    put_block (out, heap, &block, described, 0);
  for (guint32 i = 0; i < n; i++)
    {
      hs_snapshot_view_get_block (view, first + i, &block);
      put_block (out, heap, &block, described, (gsize)i + 1);
    }
  hs_json_out_end_array (out);
}

/* ---- References ---- */

static void
put_references (HsJsonOut *out,
                HsHeap    *heap,
                guint32    index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               first;
  guint32               n = hs_snapshot_view_get_all_edges (view, index, &first);

  hs_json_out_begin_array (out, "references");
  for (guint32 i = first; i < first + n; i++)
    {
      g_autofree char *label = hs_heap_dup_edge_label (heap, i);
      HsEdgeKind       kind = (HsEdgeKind)view->edge_kind[i];

      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "label", label);
      hs_json_out_put_text (out, "kind", hs_edge_kind_to_string (kind));
      hs_json_out_put_int (out, "to", hs_cli_json_get_id (view->edge_target[i]));
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
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
put_identity (HsJsonOut *out,
              HsHeap    *heap,
              guint32    index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint32               flags = view->object_flags[index];
  const char           *interned = get_interned (flags);

  if (flags & (HS_OBJECT_IMMORTAL | HS_OBJECT_STATIC))
    hs_json_out_put_null (out, "refcount");
  else
    hs_json_out_put_int (out, "refcount", hs_snapshot_view_get_refcount (view, index));
  hs_json_out_put_boolean (out, "immortal", (flags & HS_OBJECT_IMMORTAL) != 0);
  hs_json_out_put_text (out, "interned", interned);
  hs_json_out_put_boolean (out, "static", (flags & HS_OBJECT_STATIC) != 0);
  hs_json_out_put_boolean (out, "gc_tracked", (flags & HS_OBJECT_GC_TRACKED) != 0);
  hs_json_out_put_boolean (out, "baseline", (flags & HS_OBJECT_BASELINE) != 0);
  hs_json_out_put_boolean (out, "boundary", (flags & HS_OBJECT_BOUNDARY) != 0);
  if (view->info.flags & HS_INFO_ALL_OBJECTS)
    hs_json_out_put_boolean (out, "reached", index < view->info.n_reached);
}

/* The line that allocated it; the file only if it is not the code's own. */
static void
put_line (HsJsonOut *out,
          HsHeap    *heap,
          guint32    index)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  uint32_t              file;
  guint                 line = hs_heap_get_line (heap, index, &file);
  const char           *own;

  if (line == 0)
    {
      hs_json_out_put_null (out, "line");
      return;
    }

  hs_json_out_put_int (out, "line", line);
  own = view->n_scopes > 0 ? hs_snapshot_view_get_string (view, view->scope_file[0]) : "";
  if (strcmp (hs_snapshot_view_get_string (view, file), own) != 0)
    {
      g_autofree char *name = hs_heap_dup_string (heap, file);

      hs_json_out_put_text (out, "line_file", name);
    }
}

void
hs_cli_json_add_object (HsJsonOut         *out,
                        HsHeap            *heap,
                        guint32            index,
                        const char *const *types)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree char      *address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                                                   hs_snapshot_view_get_address (view, index));
  g_autofree char      *preview = hs_heap_dup_preview (heap, index);
  guint64               length = hs_snapshot_view_get_length (view, index);
  guint64               external = hs_heap_get_external (heap, index);

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_int (out, "id", hs_cli_json_get_id (index));
  hs_json_out_put_text (out, "address", address);
  hs_json_out_put_text (out, "type", types[hs_snapshot_view_get_type (view, index)]);
  hs_json_out_put_text (out, "preview", preview);
  if (length != HS_LENGTH_NONE)
    hs_cli_json_put_bytes (out, "length", length);
  hs_cli_json_put_sizes (out, heap, index);
  if (external != 0)
    hs_cli_json_put_bytes (out, "external", external);
  put_identity (out, heap, index);
  put_line (out, heap, index);
  put_blocks (out, heap, index);
  put_references (out, heap, index);
  hs_json_out_end_object (out);
}
