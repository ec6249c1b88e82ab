/* hs-test-anatomy.c - heaps whose blocks have fields, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-anatomy.h"
#include "hs-test-snapshot.h"

#include <string.h>

#define FIRST_ADDRESS G_GUINT64_CONSTANT (0x7f0000000000)
#define N_ITEMS       100

/* Blocks other than main ones lie below this in the page of their object. */
#define MAIN_OFFSET 0xe00

typedef struct
{
  HsTestSnapshot *snapshot;
  guint32         object; /* whose fields are added */
  guint16         block;
  gint32          at;
  guint           n_blocks; /* of all objects, in their order */
} Builder;

static guint64
get_address (guint32 object)
{
  return FIRST_ADDRESS + object * G_GUINT64_CONSTANT (0x1000) + MAIN_OFFSET;
}

static guint32
add_object (Builder    *self,
            guint32     type,
            const char *preview,
            guint64     requested,
            guint64     occupied)
{
  guint32 object = hs_test_snapshot_add_object (self->snapshot, type, preview, occupied);

  hs_test_snapshot_set_address (self->snapshot, object, get_address (object));
  hs_test_snapshot_set_ledger (self->snapshot, object, 0, requested, 0);
  hs_test_snapshot_set_getsizeof (self->snapshot, object, requested);
  self->object = object;
  self->block = 0;

  return object;
}

/* Returns: its address. Blocks are added in the order of their objects. */
static guint64
add_block (Builder    *self,
           HsBlockKind kind,
           guint64     requested,
           guint64     occupied,
           guint8      flags)
{
  self->block++;
  self->n_blocks++;
  self->at = 0;
  hs_test_snapshot_add_block (self->snapshot, self->object, kind, occupied, flags);
  hs_test_snapshot_set_ledger (self->snapshot, self->object, self->block, requested, 0);

  return FIRST_ADDRESS + self->object * G_GUINT64_CONSTANT (0x1000) +
         HS_GRANULE * (guint64)self->n_blocks;
}

static void
add (Builder    *self,
     guint64     size,
     const char *name,
     HsFieldKind kind,
     guint64     value)
{
  hs_test_snapshot_add_field (self->snapshot, self->object, self->block, self->at, size, name,
                              kind, value);
  self->at += (gint32)size;
}

static void
add_head (Builder *self,
          gint32   before,
          guint64  type)
{
  self->block = 0;
  self->at = -before;
  if (before >= 32)
    {
      add (self, 8, "values", HS_FIELD_POINTER, 0);
      add (self, 8, "dict", HS_FIELD_OBJECT, 0);
    }
  if (before >= 16)
    {
      add (self, 8, "_gc_next", HS_FIELD_POINTER, 0x5550);
      add (self, 8, "_gc_prev", HS_FIELD_POINTER, 0x5560);
    }
  add (self, 8, "ob_refcnt", HS_FIELD_SIGNED, 1);
  add (self, 8, "ob_type", HS_FIELD_OBJECT, type);
}

static guint32
add_type (Builder    *self,
          const char *module,
          const char *name,
          HsFamily    family,
          guint8      presize)
{
  guint32 type = hs_test_snapshot_add_type (self->snapshot, module, name, family);

  hs_test_snapshot_set_presize (self->snapshot, type, presize);

  return type;
}

/* ---- Instances ---- */

/* Returns: the address of the class; @keys: set to that of its key table */
static guint64
add_class (Builder *self,
           guint32  type,
           guint64 *keys)
{
  guint32 class = add_object (self, type, "Node", 960, 976);

  hs_test_snapshot_set_getsizeof (self->snapshot, class, 1688);
  self->at = -24;
  add (self, 8, "mchunk_size", HS_FIELD_BITS, 0x3d1);
  add (self, 8, "_gc_next", HS_FIELD_POINTER, 0x5570);
  add (self, 8, "_gc_prev", HS_FIELD_POINTER, 0x5580);
  add (self, 8, "ob_refcnt", HS_FIELD_SIGNED, 7);
  add (self, 8, "ob_type", HS_FIELD_OBJECT, 0x5590);
  for (guint i = 0; i < 111; i++)
    {
      g_autofree char *name = g_strdup_printf ("tp_slot%u", i);

      add (self, 8, name, HS_FIELD_POINTER, i % 3 == 0 ? 0 : 0x6000 + i);
    }
  add (self, 40, "", HS_FIELD_UNUSED, 0);
  add (self, 8, "", HS_FIELD_PADDING, 0);

  *keys = add_block (self, HS_BLOCK_SHARED_KEYS, 768, 784, HS_BLOCK_SHARED);
  self->at = -8;
  add (self, 8, "mchunk_size", HS_FIELD_BITS, 0x311);
  add (self, 8, "dk_refcnt", HS_FIELD_SIGNED, 2);
  add (self, 1, "dk_log2_size", HS_FIELD_UNSIGNED, 6);
  add (self, 1, "dk_log2_index_bytes", HS_FIELD_UNSIGNED, 6);
  add (self, 1, "dk_kind", HS_FIELD_UNSIGNED, 2);
  add (self, 1, "", HS_FIELD_UNUSED, 0);
  add (self, 4, "dk_version", HS_FIELD_UNSIGNED, 17);
  add (self, 8, "dk_usable", HS_FIELD_SIGNED, 1);
  add (self, 8, "dk_nentries", HS_FIELD_SIGNED, 2);
  add (self, 64, "dk_indices", HS_FIELD_ITEMS, 64);
  add (self, 672, "", HS_FIELD_UNUSED, 0);
  add (self, 8, "", HS_FIELD_PADDING, 0);

  return get_address (class);
}

/* @dict: address of its __dict__, which has the values then */
static guint32
add_node (Builder *self,
          guint32  type,
          guint64 class,
          guint64 dict,
          guint64 attribute)
{
  guint32 node = add_object (self, type, "", 56, 64);
  guint64 values = 0;

  hs_test_snapshot_set_flags (self->snapshot, node, HS_OBJECT_INSTANCE | HS_OBJECT_GC_TRACKED);
  if (dict == 0)
    {
      values = add_block (self, HS_BLOCK_VALUES, 32, 32, 0);
      add (self, 6, "insertion order", HS_FIELD_ITEMS, 2);
      add (self, 1, "size", HS_FIELD_UNSIGNED, 2);
      add (self, 1, "prefix_size", HS_FIELD_UNSIGNED, 8);
      add (self, 8, "node_id", HS_FIELD_OBJECT, attribute);
      add (self, 8, "next", HS_FIELD_OBJECT, 0);
      add (self, 8, "", HS_FIELD_UNUSED, 0);
      values += 8;
    }
  self->block = 0;
  self->at = -32;
  add (self, 8, "values", HS_FIELD_POINTER, values);
  add (self, 8, "dict", HS_FIELD_OBJECT, dict);
  add (self, 8, "_gc_next", HS_FIELD_POINTER, 0x5550);
  add (self, 8, "_gc_prev", HS_FIELD_POINTER, 0x5560);
  add (self, 8, "ob_refcnt", HS_FIELD_SIGNED, 1);
  add (self, 8, "ob_type", HS_FIELD_OBJECT, class);
  add (self, 8, "__weakref__", HS_FIELD_OBJECT, 0);
  add (self, 8, "", HS_FIELD_PADDING, 0);

  return node;
}

static guint64
add_dict (Builder *self,
          guint32  type,
          guint64  keys)
{
  guint32 dict = add_object (self, type, "", 64, 64);

  add_head (self, 16, 0x55a0);
  add (self, 8, "ma_used", HS_FIELD_SIGNED, 2);
  add (self, 8, "ma_version_tag", HS_FIELD_UNSIGNED, 4711);
  add (self, 8, "ma_keys", HS_FIELD_POINTER, keys);
  add (self, 8, "ma_values", HS_FIELD_POINTER, 0);

  return get_address (dict);
}

static guint32
add_slim (Builder *self,
          guint32  type,
          guint64  attribute)
{
  guint32 slim = add_object (self, type, "", 48, 48);

  hs_test_snapshot_set_flags (self->snapshot, slim, HS_OBJECT_INSTANCE | HS_OBJECT_GC_TRACKED);
  add_head (self, 16, 0x55b0);
  add (self, 8, "next", HS_FIELD_OBJECT, 0);
  add (self, 8, "node_id", HS_FIELD_OBJECT, attribute);

  return slim;
}

/* ---- Numbers ---- */

static guint32
add_int (Builder *self,
         guint32  type,
         guint    value)
{
  guint32 object = add_object (self, type, "", value == 0 ? 0 : 32, value == 0 ? 0 : 32);

  hs_test_snapshot_set_value_int (self->snapshot, object, value);
  hs_test_snapshot_set_getsizeof (self->snapshot, object, 28);
  if (value == 0)
    hs_test_snapshot_set_flags (self->snapshot, object, HS_OBJECT_STATIC);
  add_head (self, 0, 0x55c0);
  add (self, 8, "ob_size", HS_FIELD_SIGNED, 1);
  add (self, 4, "ob_digit[0]", HS_FIELD_UNSIGNED, value);
  add (self, 4, "", HS_FIELD_UNUSED, 0);

  return object;
}

static guint32
add_list (Builder       *self,
          guint32        type,
          const guint32 *items)
{
  guint32 list = add_object (self, type, "", 56, 64);
  guint64 block = add_block (self, HS_BLOCK_ITEMS, 864, 880, 0);

  hs_test_snapshot_set_length (self->snapshot, list, N_ITEMS);
  hs_test_snapshot_set_getsizeof (self->snapshot, list, 920);
  self->at = -8;
  add (self, 8, "mchunk_size", HS_FIELD_BITS, 0x371);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *name = g_strdup_printf ("ob_item[%u]", i);

      if (i < 64)
        add (self, 8, name, HS_FIELD_OBJECT, get_address (items[i]));
      else if (i == 64)
        add (self, 8 * (N_ITEMS - 64), name, HS_FIELD_ITEMS, N_ITEMS - 64);
      hs_test_snapshot_add_index (self->snapshot, list, HS_EDGE_INDEX, i, items[i]);
    }
  add (self, 64, "", HS_FIELD_UNUSED, 0);
  add (self, 8, "", HS_FIELD_PADDING, 0);
  add_head (self, 16, 0x55d0);
  add (self, 8, "ob_size", HS_FIELD_SIGNED, N_ITEMS);
  add (self, 8, "ob_item", HS_FIELD_POINTER, block);
  add (self, 8, "allocated", HS_FIELD_SIGNED, 108);
  add (self, 8, "", HS_FIELD_PADDING, 0);

  return list;
}

static guint32
add_array (Builder *self,
           guint32  type)
{
  guint32 array = add_object (self, type, "", 80, 80);
  guint64 block = add_block (self, HS_BLOCK_BUFFER, 400, 400, 0);

  hs_test_snapshot_set_getsizeof (self->snapshot, array, 480);
  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *name = g_strdup_printf ("ob_item[%u]", i);

      add (self, 4, name, HS_FIELD_SIGNED, i * 1000);
    }
  add (self, 4 * (N_ITEMS - 64), "ob_item[64]", HS_FIELD_ITEMS, N_ITEMS - 64);
  add_head (self, 16, 0x55e0);
  add (self, 8, "ob_size", HS_FIELD_SIGNED, N_ITEMS);
  add (self, 8, "ob_item", HS_FIELD_POINTER, block);
  add (self, 8, "allocated", HS_FIELD_SIGNED, N_ITEMS);
  add (self, 8, "ob_descr", HS_FIELD_POINTER, 0x55f0);
  add (self, 8, "weakreflist", HS_FIELD_OBJECT, 0);
  add (self, 8, "ob_exports", HS_FIELD_SIGNED, 0);

  return array;
}

static guint32
add_text (Builder *self,
          guint32  type)
{
  guint32 text = add_object (self, type, "'twelve chars'", 61, 64);

  hs_test_snapshot_set_length (self->snapshot, text, 12);
  add_head (self, 0, 0x5600);
  add (self, 8, "length", HS_FIELD_SIGNED, 12);
  add (self, 8, "hash", HS_FIELD_SIGNED, 0x1234567);
  add (self, 4, "state", HS_FIELD_TEXT,
       hs_test_snapshot_add_string (self->snapshot, "interned=0 kind=1"));
  add (self, 4, "", HS_FIELD_UNUSED, 0);
  add (self, 8, "wstr", HS_FIELD_POINTER, 0);
  add (self, 12, "data", HS_FIELD_TEXT,
       hs_test_snapshot_add_string (self->snapshot, "'twelve chars'"));
  add (self, 1, "NUL", HS_FIELD_UNSIGNED, 0);
  add (self, 3, "", HS_FIELD_PADDING, 0);

  return text;
}

HsHeap *
test_anatomy_heap_new (void)
{
  g_autoptr(HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  Builder builder = { .snapshot = snapshot };
  guint32 type = add_type (&builder, "builtins", "type", HS_FAMILY_CLASS, 16);
  guint32 node = add_type (&builder, "__main__", "Node", HS_FAMILY_INSTANCE, 32);
  guint32 slim = add_type (&builder, "__main__", "Slim", HS_FAMILY_INSTANCE, 16);
  guint32 list = add_type (&builder, "builtins", "list", HS_FAMILY_CONTAINER, 16);
  guint32 dict = add_type (&builder, "builtins", "dict", HS_FAMILY_CONTAINER, 16);
  guint32 number = add_type (&builder, "builtins", "int", HS_FAMILY_NUMBER, 0);
  guint32 text = add_type (&builder, "builtins", "str", HS_FAMILY_TEXT, 0);
  guint32 array = add_type (&builder, "array", "array", HS_FAMILY_BUFFER, 16);
  guint32 scope =
    hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint32 items[N_ITEMS];
  guint64 keys;
  guint64 class;
  guint64 its_dict;

  g_autoptr(GBytes) bytes = NULL;

  for (guint i = 0; i < N_ITEMS; i++)
    items[i] = i == 2 ? items[1] : add_int (&builder, number, i * 1000);
  class = add_class (&builder, type, &keys);
  its_dict = add_dict (&builder, dict, keys);
  hs_test_snapshot_add_name (snapshot, scope, "node",
                             add_node (&builder, node, class, 0, get_address (items[5])));
  hs_test_snapshot_add_name (snapshot, scope, "other",
                             add_node (&builder, node, class, its_dict, 0));
  hs_test_snapshot_add_name (snapshot, scope, "slim",
                             add_slim (&builder, slim, get_address (items[5])));
  hs_test_snapshot_add_name (snapshot, scope, "numbers", add_list (&builder, list, items));
  hs_test_snapshot_add_name (snapshot, scope, "packed", add_array (&builder, array));
  hs_test_snapshot_add_name (snapshot, scope, "text", add_text (&builder, text));
  hs_test_snapshot_add_name (snapshot, scope, "hidden",
                             add_object (&builder, list, "", 56, 64));
  bytes = hs_test_snapshot_to_bytes (snapshot);

  return hs_heap_new (bytes, NULL);
}

guint32
test_anatomy_find (HsHeap     *heap,
                   const char *name)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  for (guint32 i = 0; i < view->n_names; i++)
    if (strcmp (hs_snapshot_view_get_string (view, view->name_label[i]), name) == 0)
      return view->name_object[i];

  g_assert_not_reached ();
}

HsHeap *
test_anatomy_heap_new_hostile (guint32 seed)
{
  static const char *const names[] = { "ob_item[0]", "ob_item[1]", "ob_type", "dict", "members[3]",
                                       "capacity", "allocated", "[", "a[99999999999999]",
                                       "data", "", "tp_x", "insertion order" };
  static const guint64     sizes[] = { 0, 1, 3, 4, 8, 8, 8, 8, 16, 100, 4096, G_MAXUINT32,
                                       G_MAXUINT64 };
  static const guint64     occupied[] = { 0, 16, 48, 512, 528, 65536, HS_BYTES_UNKNOWN,
                                          HS_BYTES_UNKNOWN - 1 };

  g_autoptr(HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  g_autoptr(GBytes) bytes = NULL;
  Builder builder = { .snapshot = snapshot };
  guint32 types[4];
  guint32 scope =
    hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint32 n = (guint32)g_rand_int_range (random, 1, 8);

  types[0] = add_type (&builder, "__main__", "Node", HS_FAMILY_INSTANCE, 32);
  types[1] = add_type (&builder, "builtins", "list", HS_FAMILY_CONTAINER, 16);
  types[2] = add_type (&builder, "builtins", "dict", HS_FAMILY_CONTAINER, 255);
  types[3] = add_type (&builder, "builtins", "int", HS_FAMILY_NUMBER, 0);
  for (guint32 i = 0; i < n; i++)
    {
      guint32 object = hs_test_snapshot_add_object (
        snapshot, types[g_rand_int_range (random, 0, 4)], "'x'",
        occupied[g_rand_int_range (random, 0, G_N_ELEMENTS (occupied))]);
      guint n_blocks = (guint)g_rand_int_range (random, 0, 12);

      hs_test_snapshot_set_flags (snapshot, object, g_rand_int (random) & 0x7fff);
      hs_test_snapshot_set_getsizeof (snapshot, object,
                                      occupied[g_rand_int_range (random, 0, 8)]);
      for (guint b = 0; b < n_blocks; b++)
        hs_test_snapshot_add_block (
          snapshot, object, (HsBlockKind)g_rand_int_range (random, 1, HS_N_BLOCK_KINDS),
          occupied[g_rand_int_range (random, 1, 8)], (guint8)g_rand_int_range (random, 0, 4));
      for (gint f = g_rand_int_range (random, 0, 200); f > 0; f--)
        hs_test_snapshot_add_field (
          snapshot, object, (guint16)g_rand_int_range (random, 0, (gint)n_blocks + 1),
          g_rand_boolean (random) ? f * -8 + 400 : (gint32)g_rand_int (random),
          sizes[g_rand_int_range (random, 0, G_N_ELEMENTS (sizes))],
          names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))],
          (HsFieldKind)(g_rand_int_range (random, 0, HS_N_FIELD_KINDS)) == HS_FIELD_TEXT
            ? HS_FIELD_OBJECT
            : (HsFieldKind)g_rand_int_range (random, 0, HS_FIELD_TEXT),
          FIRST_ADDRESS + 0x1000 * (guint64)g_rand_int_range (random, 0, 9));
      hs_test_snapshot_add_index (snapshot, object, HS_EDGE_INDEX, 0,
                                  (guint32)g_rand_int_range (random, 0, (gint)n));
      hs_test_snapshot_add_name (snapshot, scope, "n", object);
    }
  if (seed % 2 == 0)
    hs_test_snapshot_set_ledger (snapshot, 0, 0, 24, 0);
  bytes = hs_test_snapshot_to_bytes (snapshot);

  return hs_heap_new (bytes, NULL);
}
