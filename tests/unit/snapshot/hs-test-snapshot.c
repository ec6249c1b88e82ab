/* hs-test-snapshot.c - builds valid snapshots in memory, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-snapshot-private.h"

#include <string.h>

/* Far from any address of the test itself, so that a mix-up shows. */
#define FIRST_ADDRESS G_GUINT64_CONSTANT (0x7f0000000000)

#define table_new(type) g_array_new (FALSE, TRUE, sizeof (type))

guint32
hs_test_snapshot_add_string (HsTestSnapshot *self,
                             const char     *text)
{
  gpointer offset;

  if (text == NULL || *text == '\0')
    return 0;

  if (!g_hash_table_lookup_extended (self->offsets, text, NULL, &offset))
    {
      offset = GSIZE_TO_POINTER (self->strings->len);
      g_hash_table_insert (self->offsets, g_strdup (text), offset);
      g_string_append_len (self->strings, text, (gssize)strlen (text) + 1);
    }

  return (guint32)GPOINTER_TO_SIZE (offset);
}

HsTestSnapshot *
hs_test_snapshot_new (void)
{
  HsTestSnapshot *self = g_new0 (HsTestSnapshot, 1);

  self->info.python_hex = 0x030b02f0;
  self->info.base_address = FIRST_ADDRESS;
  self->info.n_reached = G_MAXUINT32;
  self->strings = g_string_new (NULL);
  g_string_append_c (self->strings, '\0');
  self->offsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->types = table_new (Type);
  self->objects = table_new (Object);
  self->blocks = table_new (Block);
  self->edges = table_new (Edge);
  self->fields = table_new (Field);
  self->sites = table_new (Site);
  self->scopes = table_new (Scope);
  self->names = table_new (Name);
  self->codes = table_new (Code);
  self->constants = table_new (Constant);
  self->arenas = table_new (guint64);
  self->pools = table_new (Pool);

  return self;
}

void
hs_test_snapshot_free (HsTestSnapshot *self)
{
  g_string_free (self->strings, TRUE);
  g_hash_table_unref (self->offsets);
  g_array_unref (self->types);
  g_array_unref (self->objects);
  g_array_unref (self->blocks);
  g_array_unref (self->edges);
  g_array_unref (self->fields);
  g_array_unref (self->sites);
  g_array_unref (self->scopes);
  g_array_unref (self->names);
  g_array_unref (self->codes);
  g_array_unref (self->constants);
  g_array_unref (self->arenas);
  g_array_unref (self->pools);
  g_free (self);
}

guint32
hs_test_snapshot_add_type (HsTestSnapshot *self,
                           const char     *module,
                           const char     *name,
                           HsFamily        family)
{
  Type type = {
    .name = hs_test_snapshot_add_string (self, name),
    .module = hs_test_snapshot_add_string (self, module),
    .family = family,
  };

  g_array_append_val (self->types, type);

  return self->types->len - 1;
}

void
hs_test_snapshot_set_presize (HsTestSnapshot *self,
                              guint32         type,
                              guint8          bytes)
{
  ROW (self->types, Type, type)->presize = bytes;
}

guint32
hs_test_snapshot_add_object (HsTestSnapshot *self,
                             guint32         type,
                             const char     *preview,
                             guint64         occupied)
{
  guint32 index = self->objects->len;
  Object  object = {
     .type = type,
     .address = FIRST_ADDRESS + index * G_GUINT64_CONSTANT (0x1000),
     .preview = hs_test_snapshot_add_string (self, preview),
     .length = HS_LENGTH_NONE,
     .occupied = occupied,
     .getsizeof = occupied,
  };

  g_array_append_val (self->objects, object);

  return index;
}

void
hs_test_snapshot_set_flags (HsTestSnapshot *self,
                            guint32         object,
                            guint32         flags)
{
  ROW (self->objects, Object, object)->flags = flags;
}

void
hs_test_snapshot_set_address (HsTestSnapshot *self,
                              guint32         object,
                              guint64         address)
{
  ROW (self->objects, Object, object)->address = address;
}

void
hs_test_snapshot_set_length (HsTestSnapshot *self,
                             guint32         object,
                             guint64         length)
{
  ROW (self->objects, Object, object)->length = length;
}

void
hs_test_snapshot_set_refcount (HsTestSnapshot *self,
                               guint32         object,
                               guint32         refcount)
{
  ROW (self->objects, Object, object)->refcount = refcount;
  ROW (self->objects, Object, object)->has_refcount = TRUE;
}

void
hs_test_snapshot_set_getsizeof (HsTestSnapshot *self,
                                guint32         object,
                                guint64         bytes)
{
  ROW (self->objects, Object, object)->getsizeof = bytes;
}

void
hs_test_snapshot_set_value_int (HsTestSnapshot *self,
                                guint32         object,
                                gint64          value)
{
  ROW (self->objects, Object, object)->value = (guint64)value << 1;
  ROW (self->objects, Object, object)->value_state = VALUE_INT;
}

void
hs_test_snapshot_set_value_float (HsTestSnapshot *self,
                                  guint32         object,
                                  double          value)
{
  memcpy (&ROW (self->objects, Object, object)->value, &value, sizeof value);
  ROW (self->objects, Object, object)->value_state = VALUE_FLOAT;
}

void
hs_test_snapshot_set_text_hash (HsTestSnapshot *self,
                                guint32         object,
                                guint64         hash)
{
  Object     *row = ROW (self->objects, Object, object);
  const char *text = self->strings->str + row->preview;

  /* A text of its own, with the hash behind it. */
  g_assert (row->preview != 0);
  text = g_strdup (text);
  row->preview = (guint32)self->strings->len;
  row->flags |= HS_OBJECT_PREVIEW_CUT;
  g_string_append_len (self->strings, text, (gssize)strlen (text) + 1);
  g_string_append_len (self->strings, (const char *)&hash, sizeof hash);
  g_string_append_c (self->strings, '\0');
  g_free ((char *)text);
}

void
hs_test_snapshot_add_block (HsTestSnapshot *self,
                            guint32         object,
                            HsBlockKind     kind,
                            guint64         occupied,
                            guint8          flags)
{
  Block block = { .object = object, .occupied = occupied, .kind = kind, .flags = flags };

  g_array_append_val (self->blocks, block);
}

void
hs_test_snapshot_set_ledger (HsTestSnapshot *self,
                             guint32         object,
                             guint           block,
                             guint64         requested,
                             guint32         site)
{
  self->has_ledger = TRUE;
  self->info.flags |= HS_INFO_LEDGER | HS_INFO_LEDGER_LINES;

  if (block == 0)
    {
      ROW (self->objects, Object, object)->is_traced = TRUE;
      ROW (self->objects, Object, object)->requested = requested;
      ROW (self->objects, Object, object)->site = site;
      return;
    }

  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *row = ROW (self->blocks, Block, i);

      if (row->object != object || --block > 0)
        continue;
      row->is_traced = TRUE;
      row->requested = requested;
      row->site = site;
      return;
    }

  g_assert_not_reached ();
}

guint32
hs_test_snapshot_add_site (HsTestSnapshot *self,
                           const char     *file,
                           const char     *function,
                           guint32         line,
                           guint64         total_bytes,
                           guint64         total_blocks,
                           guint64         live_bytes,
                           guint64         live_blocks)
{
  Site site = {
    .file = hs_test_snapshot_add_string (self, file),
    .function = hs_test_snapshot_add_string (self, function),
    .line = line,
    .total_bytes = total_bytes,
    .total_blocks = total_blocks,
    .live_bytes = live_bytes,
    .live_blocks = live_blocks,
  };

  if (self->sites->len == 0)
    g_array_set_size (self->sites, HS_SITE_FIRST);
  g_array_append_val (self->sites, site);

  return self->sites->len - 1;
}

void
hs_test_snapshot_add_field (HsTestSnapshot *self,
                            guint32         object,
                            guint16         block,
                            gint32          offset,
                            guint64         size,
                            const char     *name,
                            HsFieldKind     kind,
                            guint64         value)
{
  Field field = {
    .object = object,
    .size = size,
    .value = value,
    .offset = offset,
    .name = hs_test_snapshot_add_string (self, name),
    .block = block,
    .kind = kind,
  };

  g_array_append_val (self->fields, field);
}

void
hs_test_snapshot_add_edge (HsTestSnapshot *self,
                           guint32         from,
                           HsEdgeKind      kind,
                           const char     *label,
                           guint32         to)
{
  Edge edge = { from, to, hs_test_snapshot_add_string (self, label), kind };

  g_array_append_val (self->edges, edge);
}

void
hs_test_snapshot_add_index (HsTestSnapshot *self,
                            guint32         from,
                            HsEdgeKind      kind,
                            guint32         position,
                            guint32         to)
{
  Edge edge = { from, to, position, kind };

  g_array_append_val (self->edges, edge);
}

void
hs_test_snapshot_add_item (HsTestSnapshot *self,
                           guint32         dict,
                           guint32         key,
                           guint32         value)
{
  Edge key_edge = { dict, key, 0, HS_EDGE_KEY };
  Edge value_edge = { dict, value, 0, HS_EDGE_VALUE };

  g_array_append_val (self->edges, key_edge);
  g_array_append_val (self->edges, value_edge);
}

void
hs_test_snapshot_set_late (HsTestSnapshot *self,
                           guint32         object)
{
  ROW (self->objects, Object, object)->is_late = TRUE;
}

guint32
hs_test_snapshot_add_scope (HsTestSnapshot *self,
                            const char     *name,
                            HsScopeKind     kind,
                            const char     *file,
                            guint32         line)
{
  Scope scope = {
    .name = hs_test_snapshot_add_string (self, name),
    .file = hs_test_snapshot_add_string (self, file),
    .line = line,
    .kind = kind,
  };

  g_array_append_val (self->scopes, scope);

  return self->scopes->len - 1;
}

void
hs_test_snapshot_add_name (HsTestSnapshot *self,
                           guint32         scope,
                           const char     *label,
                           guint32         object)
{
  Name name = { scope, hs_test_snapshot_add_string (self, label), object };

  g_array_append_val (self->names, name);
}

guint32
hs_test_snapshot_add_code (HsTestSnapshot *self,
                           const char     *name,
                           guint32         line)
{
  Code code = { hs_test_snapshot_add_string (self, name), line };

  g_array_append_val (self->codes, code);

  return self->codes->len - 1;
}

void
hs_test_snapshot_add_constant (HsTestSnapshot *self,
                               guint32         code,
                               HsConstantKind  kind,
                               guint32         object)
{
  Constant constant = { code, object, kind };

  g_array_append_val (self->constants, constant);
}

void
hs_test_snapshot_set_snapshot_flags (HsTestSnapshot *self,
                                     guint32         flags)
{
  self->flags = flags;
}

HsSnapshotInfo *
hs_test_snapshot_get_info (HsTestSnapshot *self)
{
  return &self->info;
}
