/* hs-test-odd-heaps.c - snapshots that no worker writes but every view must bear, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-odd-heaps.h"

#include "hs-test-snapshot.h"

static const guint64 edge_numbers[] = {
  0,
  1,
  2,
  15,
  16,
  17,
  24,
  56,
  64,
  512,
  528,
  4096,
  65535,
  G_MAXINT32,
  G_MAXUINT32,
  G_GUINT64_CONSTANT (1) << 40,
  G_GUINT64_CONSTANT (1) << 53,
  G_MAXINT64,
  G_MAXUINT64 - 64,
  G_MAXUINT64 - 1,
  G_MAXUINT64, /* HS_BYTES_UNKNOWN, HS_LENGTH_NONE */
};

static const char *const odd_texts[] = {
  "",
  "a",
  "'north'",
  "b'\\x00'",
  "'",
  "\"\"",
  "%s%n%d",
  "<b>&amp;</b>",
  "tab\tline\nreturn\rbell\a",
  "\x1b[31m",
  "\xff\xfe bytes",
  "\xe5\x8d",
  "\xe2\x80\xae right to left \xe2\x81\xa6",
  "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
  "'\xe5\x8d\x97\xe5\x8c\x97'",
  "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
  "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
  "\xef\xbb\xbf",
  "\xe2\x80\xa8",
  "__dict__",
  "__weakref__",
  "ob_refcnt",
  "ob_item[0]",
  "self",
  "0",
};

#define N_TEXTS G_N_ELEMENTS (odd_texts)

static guint
choose (GRand *random,
        guint  n)
{
  return n <= 1 ? 0 : (guint)g_rand_int_range (random, 0, (gint32)n);
}

static guint64
choose_number (GRand *random)
{
  guint64 small = choose (random, 300);

  return choose (random, 3) != 0
           ? small * 8
           : edge_numbers[choose (random, G_N_ELEMENTS (edge_numbers))];
}

static const char *
choose_text (GRand *random)
{
  return odd_texts[choose (random, N_TEXTS)];
}

/* A snapshot under construction, with the types that the small ones use. */
typedef struct
{
  HsTestSnapshot *snapshot;
  guint32         list;
  guint32         str;
  guint32         number;
  guint32         instance;
  guint32         scope;
} Ground;

static void
ground_init (Ground *self)
{
  self->snapshot = hs_test_snapshot_new ();
  self->list = hs_test_snapshot_add_type (self->snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  self->str = hs_test_snapshot_add_type (self->snapshot, "builtins", "str", HS_FAMILY_TEXT);
  self->number = hs_test_snapshot_add_type (self->snapshot, "builtins", "int", HS_FAMILY_NUMBER);
  self->instance =
    hs_test_snapshot_add_type (self->snapshot, "__main__", "Point", HS_FAMILY_INSTANCE);
  self->scope =
    hs_test_snapshot_add_scope (self->snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
}

static GBytes *
ground_finish (Ground *self)
{
  GBytes *bytes = hs_test_snapshot_to_bytes (self->snapshot);

  hs_test_snapshot_free (self->snapshot);

  return bytes;
}

static GBytes *
make_nothing (void)
{
  HsTestSnapshot *snapshot = hs_test_snapshot_new ();
  GBytes         *bytes = hs_test_snapshot_to_bytes (snapshot);

  hs_test_snapshot_free (snapshot);

  return bytes;
}

/* Types, scopes, codes and an arena, but no objects. */
static GBytes *
make_no_objects (void)
{
  Ground ground;

  ground_init (&ground);
  hs_test_snapshot_add_code (ground.snapshot, "f", 3);
  hs_test_snapshot_add_arena (ground.snapshot, 0x100000);

  return ground_finish (&ground);
}

static GBytes *
make_one (void)
{
  Ground  ground;
  guint32 text;

  ground_init (&ground);
  text = hs_test_snapshot_add_object (ground.snapshot, ground.str, "'north'", 64);
  hs_test_snapshot_add_name (ground.snapshot, ground.scope, "a", text);

  return ground_finish (&ground);
}

/* One that no name leads to. */
static GBytes *
make_unnamed (void)
{
  Ground  ground;
  guint32 object;

  ground_init (&ground);
  object = hs_test_snapshot_add_object (ground.snapshot, ground.list, "", 56);
  hs_test_snapshot_set_flags (ground.snapshot, object, HS_OBJECT_UNREACHED);
  hs_test_snapshot_get_info (ground.snapshot)->n_reached = 0;

  return ground_finish (&ground);
}

/* What an example of a few lines leaves: a list, texts, numbers, an instance. */
static GBytes *
make_usual (void)
{
  Ground  ground;
  guint32 list;
  guint32 point;

  ground_init (&ground);
  list = hs_test_snapshot_add_object (ground.snapshot, ground.list, "", 56);
  hs_test_snapshot_set_length (ground.snapshot, list, 40);
  hs_test_snapshot_add_block (ground.snapshot, list, HS_BLOCK_ITEMS, 352, 0);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("'text %u'", i % 10);
      gboolean         is_number = i % 4 == 0;
      guint32          item =
        is_number ? hs_test_snapshot_add_object (ground.snapshot, ground.number, "", 32)
                           : hs_test_snapshot_add_object (ground.snapshot, ground.str, text, 64);

      if (is_number)
        hs_test_snapshot_set_value_int (ground.snapshot, item, i);
      else
        hs_test_snapshot_set_length (ground.snapshot, item, 6);
      hs_test_snapshot_add_index (ground.snapshot, list, HS_EDGE_INDEX, i, item);
    }
  point = hs_test_snapshot_add_object (ground.snapshot, ground.instance, "", 64);
  hs_test_snapshot_set_flags (ground.snapshot, point, HS_OBJECT_INSTANCE);
  hs_test_snapshot_add_edge (ground.snapshot, point, HS_EDGE_ATTRIBUTE, "x", list);
  hs_test_snapshot_add_field (ground.snapshot, list, 0, 0, 8, "ob_refcnt", HS_FIELD_SIGNED, 2);
  hs_test_snapshot_add_field (ground.snapshot, list, 0, 8, 8, "ob_type", HS_FIELD_POINTER, 0x5000);
  hs_test_snapshot_add_field (ground.snapshot, list, 1, 0, 320, "ob_item", HS_FIELD_ITEMS, 40);
  hs_test_snapshot_add_name (ground.snapshot, ground.scope, "values", list);
  hs_test_snapshot_add_name (ground.snapshot, ground.scope, "point", point);

  return ground_finish (&ground);
}

/* Lists in rings: of one, of two, and each of eight in every other. */
static GBytes *
make_cycles (void)
{
  Ground  ground;
  guint32 lists[11];

  ground_init (&ground);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    lists[i] = hs_test_snapshot_add_object (ground.snapshot, ground.list, "", 64);
  hs_test_snapshot_add_index (ground.snapshot, lists[0], HS_EDGE_INDEX, 0, lists[0]);
  hs_test_snapshot_add_index (ground.snapshot, lists[1], HS_EDGE_INDEX, 0, lists[2]);
  hs_test_snapshot_add_index (ground.snapshot, lists[2], HS_EDGE_INDEX, 0, lists[1]);
  for (guint i = 3; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 3; j < G_N_ELEMENTS (lists); j++)
      hs_test_snapshot_add_index (ground.snapshot, lists[i], HS_EDGE_INDEX, j - 3, lists[j]);
  for (guint i = 0; i < 4; i++)
    hs_test_snapshot_add_name (ground.snapshot, ground.scope, "ring", lists[i]);

  return ground_finish (&ground);
}

/* All objects and blocks at one address, all of a name, all equal. */
static GBytes *
make_same_addresses (void)
{
  Ground ground;

  ground_init (&ground);
  for (guint i = 0; i < 50; i++)
    {
      guint32 type = i % 3 == 0 ? ground.list : i % 3 == 1 ? ground.str
                                                           : ground.instance;
      guint32 object = hs_test_snapshot_add_object (ground.snapshot, type,
                                                    i % 3 == 1 ? "'same'" : "", 64);

      hs_test_snapshot_set_address (ground.snapshot, object, i < 25 ? 0x1000 : 0);
      hs_test_snapshot_add_block (ground.snapshot, object, HS_BLOCK_ITEMS, 64, HS_BLOCK_SHARED);
      hs_test_snapshot_add_field (ground.snapshot, object, 0, 0, 8, "ob", HS_FIELD_OBJECT, 0x1000);
      hs_test_snapshot_add_index (ground.snapshot, object, HS_EDGE_INDEX, 0, (i * 7) % 50);
      hs_test_snapshot_add_name (ground.snapshot, ground.scope, "same", object);
    }

  return ground_finish (&ground);
}

/* Bytes, lengths, counts and fields near what 64 bits can hold. */
static GBytes *
make_huge (void)
{
  Ground  ground;
  guint64 sizes[] = { G_MAXUINT64 - 1, G_MAXUINT64 - 64, G_MAXINT64, G_GUINT64_CONSTANT (1) << 62 };
  guint32 site;

  ground_init (&ground);
  site = hs_test_snapshot_add_site (ground.snapshot, "t.py", "f", G_MAXUINT32, G_MAXUINT64,
                                    G_MAXUINT64, G_MAXUINT64, G_MAXUINT64);
  for (guint i = 0; i < 24; i++)
    {
      guint64 size = sizes[i % G_N_ELEMENTS (sizes)];
      guint32 type = i % 3 == 0 ? ground.list : i % 3 == 1 ? ground.str
                                                           : ground.instance;
      guint32 object =
        hs_test_snapshot_add_object (ground.snapshot, type, i % 3 == 1 ? "'huge'" : "", size);

      hs_test_snapshot_set_length (ground.snapshot, object, size);
      hs_test_snapshot_set_refcount (ground.snapshot, object, G_MAXUINT32);
      hs_test_snapshot_set_address (ground.snapshot, object, G_MAXUINT64 - 16 * i);
      hs_test_snapshot_add_block (ground.snapshot, object, HS_BLOCK_ITEMS, size, 0);
      hs_test_snapshot_add_block (ground.snapshot, object, HS_BLOCK_DATA, size, HS_BLOCK_EXTERNAL);
      hs_test_snapshot_set_ledger (ground.snapshot, object, 0, size - 1, site);
      hs_test_snapshot_set_ledger (ground.snapshot, object, 1, size, site);
      hs_test_snapshot_add_field (ground.snapshot, object, 0, G_MININT32, size, "low",
                                  HS_FIELD_UNSIGNED, G_MAXUINT64);
      hs_test_snapshot_add_field (ground.snapshot, object, 0, G_MAXINT32, G_MAXUINT64, "high",
                                  HS_FIELD_ITEMS, G_MAXUINT64);
      hs_test_snapshot_add_field (ground.snapshot, object, 1, 0, size, "ob_item", HS_FIELD_ITEMS,
                                  size);
      hs_test_snapshot_add_index (ground.snapshot, object, HS_EDGE_INDEX, G_MAXUINT32,
                                  (i + 1) % 24);
      hs_test_snapshot_add_name (ground.snapshot, ground.scope, "huge", object);
    }

  return ground_finish (&ground);
}

/* Nothing is known of how large anything is, nor what it holds. */
static GBytes *
make_unknown (void)
{
  Ground ground;

  ground_init (&ground);
  for (guint i = 0; i < 20; i++)
    {
      guint32 object = hs_test_snapshot_add_object (
        ground.snapshot, i % 2 == 0 ? ground.str : ground.list, i % 2 == 0 ? "'?'" : "",
        HS_BYTES_UNKNOWN);

      hs_test_snapshot_set_flags (ground.snapshot, object,
                                  HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE |
                                    HS_OBJECT_PREVIEW_CUT | HS_OBJECT_OWN_SIZEOF);
      hs_test_snapshot_add_block (ground.snapshot, object, HS_BLOCK_EXTRA, HS_BYTES_UNKNOWN, 0);
      hs_test_snapshot_add_block (ground.snapshot, object, HS_BLOCK_MAPPING, HS_BYTES_UNKNOWN,
                                  HS_BLOCK_EXTERNAL);
      hs_test_snapshot_add_edge (ground.snapshot, object, HS_EDGE_OTHER, NULL, (i + 3) % 20);
      hs_test_snapshot_add_name (ground.snapshot, ground.scope, "x", object);
    }

  return ground_finish (&ground);
}

/* Every odd text as name of everything that has one, and long ones. */
static GBytes *
make_texts (void)
{
  Ground           ground;
  g_autofree char *ascii = g_strnfill (100000, 'x');
  GString         *wide = g_string_new ("'");
  guint32          previous = 0;

  ground_init (&ground);
  for (guint i = 0; i < 30000; i++)
    g_string_append (wide, i % 3 == 0 ? "\xe5\x8d\x97" : i % 3 == 1 ? "\n"
                                                                    : "\xe2\x80\xae");
  for (guint i = 0; i < N_TEXTS + 2; i++)
    {
      const char *text = i < N_TEXTS ? odd_texts[i] : i == N_TEXTS ? ascii
                                                                   : wide->str;
      guint32     type = hs_test_snapshot_add_type (ground.snapshot, text, text, i % HS_N_FAMILIES);
      guint32     object = hs_test_snapshot_add_object (ground.snapshot, type, text, 64);
      guint32     value = hs_test_snapshot_add_object (ground.snapshot, ground.str, text, 64);
      guint32     scope =
        hs_test_snapshot_add_scope (ground.snapshot, text, HS_SCOPE_FRAME, text, i);

      hs_test_snapshot_add_field (ground.snapshot, object, 0, 0, 8, text, HS_FIELD_TEXT,
                                  hs_test_snapshot_add_string (ground.snapshot, text));
      hs_test_snapshot_add_edge (ground.snapshot, object, HS_EDGE_ATTRIBUTE, text, value);
      hs_test_snapshot_add_edge (ground.snapshot, object, HS_EDGE_SLOT, text, previous);
      hs_test_snapshot_add_item (ground.snapshot, object, value, value);
      hs_test_snapshot_add_name (ground.snapshot, scope, text, object);
      hs_test_snapshot_add_constant (ground.snapshot,
                                     hs_test_snapshot_add_code (ground.snapshot, text, i),
                                     HS_CONSTANT_VALUE, value);
      previous = object;
    }
  g_string_free (wide, TRUE);

  return ground_finish (&ground);
}

/* Every kind of reference from an object of every family, to itself too. */
static GBytes *
make_edges (void)
{
  Ground ground;

  ground_init (&ground);
  for (guint family = 0; family < HS_N_FAMILIES; family++)
    {
      guint32 type = hs_test_snapshot_add_type (ground.snapshot, "builtins", "thing", family);
      guint32 object = hs_test_snapshot_add_object (ground.snapshot, type, "", 64);

      for (guint kind = 0; kind < HS_N_EDGE_KINDS; kind++)
        for (guint i = 0; i < 3; i++)
          {
            guint32 target = i == 0 ? object : (object + i * 4) % HS_N_FAMILIES;

            if (hs_edge_kind_has_position (kind))
              hs_test_snapshot_add_index (ground.snapshot, object, kind, i * 1000, target);
            else
              hs_test_snapshot_add_edge (ground.snapshot, object, kind, i == 2 ? NULL : "x",
                                         target);
          }
      hs_test_snapshot_add_name (ground.snapshot, ground.scope, "x", object);
    }

  return ground_finish (&ground);
}

/* Fields before, behind, upon each other, of no bytes and of odd ones. */
static GBytes *
make_fields (void)
{
  Ground ground;

  ground_init (&ground);
  hs_test_snapshot_set_presize (ground.snapshot, ground.list, 255);
  for (guint i = 0; i < 12; i++)
    {
      guint32 object = hs_test_snapshot_add_object (
        ground.snapshot, i % 2 == 0 ? ground.list : ground.instance, "", i == 3 ? 0 : 16 * i);

      hs_test_snapshot_add_block (ground.snapshot, object, HS_BLOCK_TABLE, i == 4 ? 0 : 3 * i, 0);
      for (gint32 k = 0; k < 2 * HS_N_FIELD_KINDS; k++)
        hs_test_snapshot_add_field (ground.snapshot, object, (guint16)(k % 2),
                                    (k - 7) * ((gint32)i * 5 - 20), (guint64)((k * 3) % 8), "f",
                                    k % HS_N_FIELD_KINDS == HS_FIELD_TEXT ? HS_FIELD_BITS
                                                                          : k % HS_N_FIELD_KINDS,
                                    (guint64)k << 50);
      hs_test_snapshot_add_name (ground.snapshot, ground.scope, "o", object);
    }

  return ground_finish (&ground);
}

/* A chain too long for any recursion. */
static GBytes *
make_chain (void)
{
  Ground ground;

  ground_init (&ground);
  for (guint i = 0; i < 100000; i++)
    {
      guint32 list = hs_test_snapshot_add_object (ground.snapshot, ground.list, "", 64);

      hs_test_snapshot_add_index (ground.snapshot, list, HS_EDGE_INDEX, 0, i == 99999 ? 0 : i + 1);
    }
  hs_test_snapshot_add_name (ground.snapshot, ground.scope, "chain", 0);

  return ground_finish (&ground);
}

/* Pools in every state, arenas at the ends of memory, a cut snapshot. */
static GBytes *
make_pools (void)
{
  Ground ground;

  ground_init (&ground);
  hs_test_snapshot_set_snapshot_flags (ground.snapshot, HS_SNAPSHOT_CUT);
  hs_test_snapshot_get_info (ground.snapshot)->objects_seen = G_MAXUINT64;
  hs_test_snapshot_add_arena (ground.snapshot, 0);
  hs_test_snapshot_add_arena (ground.snapshot, 0x100000);
  hs_test_snapshot_add_arena (ground.snapshot, G_MAXUINT64 - 0x1fffff);
  for (guint32 i = 0; i < 192; i++)
    {
      HsPoolState state = (HsPoolState)(i % HS_N_POOL_STATES);

      hs_test_snapshot_set_pool (ground.snapshot, i, state,
                                 state == HS_POOL_IN_USE ? 16 + 16 * (i % 32) : 0,
                                 state == HS_POOL_IN_USE ? 30 : 0);
      for (guint32 block = 0; state == HS_POOL_IN_USE && block < 1 + i % 29; block++)
        hs_test_snapshot_use_pool_block (ground.snapshot, i, block, block % 2 == 0);
      if (state == HS_POOL_IN_USE && i % 5 == 0)
        hs_test_snapshot_leave_out_map (ground.snapshot, i);
    }
  for (guint i = 0; i < 30; i++)
    {
      guint32 object = hs_test_snapshot_add_object (ground.snapshot, ground.str, "'pool'", 64);

      hs_test_snapshot_set_address (ground.snapshot, object, 0x100030 + i * 0x3000);
      hs_test_snapshot_add_name (ground.snapshot, ground.scope, "p", object);
    }
  hs_test_snapshot_get_memory (ground.snapshot)->large_blocks = G_MAXUINT64;
  hs_test_snapshot_get_memory (ground.snapshot)->large_bytes = G_MAXUINT64;
  hs_test_snapshot_get_memory (ground.snapshot)->n_arenas_left_out = G_MAXUINT32;

  return ground_finish (&ground);
}

/* At random */

static void
add_random_type (HsTestSnapshot *snapshot,
                 GRand          *random,
                 gboolean        is_text)
{
  const char *module = choose (random, 2) == 0 ? "builtins" : choose_text (random);
  const char *name = is_text ? "str" : choose_text (random);
  HsFamily    family = is_text ? HS_FAMILY_TEXT : (HsFamily)choose (random, HS_N_FAMILIES);
  guint32     type = hs_test_snapshot_add_type (snapshot, module, name, family);

  hs_test_snapshot_set_presize (snapshot, type, (guint8)(choose (random, 3) * 16));
}

static guint32
add_random_site (HsTestSnapshot *snapshot,
                 GRand          *random)
{
  const char *file = choose_text (random);
  const char *function = choose_text (random);
  guint64     numbers[5];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = choose_number (random);

  return hs_test_snapshot_add_site (snapshot, file, function, (guint32)numbers[4], numbers[0],
                                    numbers[1], numbers[2], numbers[3]);
}

static guint32
add_random_object (HsTestSnapshot *snapshot,
                   GRand          *random,
                   guint           n_types)
{
  const char *text = choose (random, 2) == 0 ? choose_text (random) : "";
  guint32     object =
    hs_test_snapshot_add_object (snapshot, choose (random, n_types), text, choose_number (random));

  hs_test_snapshot_set_flags (
    snapshot, object,
    choose (random, 3) == 0 ? g_rand_int (random) & 0x7fff & ~(guint)HS_OBJECT_PREVIEW_CUT : 0);
  hs_test_snapshot_set_length (snapshot, object, choose_number (random));
  hs_test_snapshot_set_getsizeof (snapshot, object, choose_number (random));
  if (choose (random, 3) == 0)
    hs_test_snapshot_set_refcount (snapshot, object, (guint32)choose_number (random));
  if (choose (random, 4) == 0)
    hs_test_snapshot_set_address (snapshot, object, choose_number (random));
  if (choose (random, 10) == 0 && *text != '\0')
    hs_test_snapshot_set_text_hash (snapshot, object, choose_number (random));

  return object;
}

static void
add_random_blocks (HsTestSnapshot *snapshot,
                   GRand          *random,
                   guint32         object,
                   guint32         n_sites)
{
  guint n_blocks = choose (random, 3) == 0 ? choose (random, 5) : choose (random, 2);

  for (guint i = 0; i < n_blocks; i++)
    hs_test_snapshot_add_block (snapshot, object, choose (random, HS_N_BLOCK_KINDS),
                                choose_number (random), (guint8)choose (random, 4));
  if (n_sites > 0 && choose (random, 2) == 0)
    hs_test_snapshot_set_ledger (snapshot, object, 0, choose_number (random),
                                 choose (random, n_sites));
  for (guint i = choose (random, 12); i > 0; i--)
    {
      HsFieldKind kind = (HsFieldKind)choose (random, HS_N_FIELD_KINDS);
      guint64     value = kind == HS_FIELD_TEXT
                            ? hs_test_snapshot_add_string (snapshot, choose_text (random))
                            : choose_number (random);

      hs_test_snapshot_add_field (snapshot, object, (guint16)choose (random, n_blocks + 1),
                                  choose (random, 3) == 0 ? (gint32)choose_number (random)
                                                          : (gint32)choose (random, 20) * 8 - 32,
                                  choose (random, 2) == 0 ? 8 : choose_number (random),
                                  choose_text (random), kind, value);
    }
}

static void
add_random_edges (HsTestSnapshot *snapshot,
                  GRand          *random,
                  guint32         object,
                  guint32         n_objects)
{
  guint n_edges = choose (random, 50) == 0 ? 200 : choose (random, 6);

  for (guint i = 0; i < n_edges; i++)
    {
      HsEdgeKind kind = (HsEdgeKind)choose (random, HS_N_EDGE_KINDS);
      guint32    target = choose (random, n_objects);

      if (hs_edge_kind_has_position ((guint8)kind))
        hs_test_snapshot_add_index (snapshot, object, kind, (guint32)choose_number (random),
                                    target);
      else
        hs_test_snapshot_add_edge (snapshot, object, kind, choose_text (random), target);
    }
  if (choose (random, 20) == 0)
    hs_test_snapshot_set_late (snapshot, object);
}

static void
add_random_pools (HsTestSnapshot *snapshot,
                  GRand          *random)
{
  guint32 first = hs_test_snapshot_add_arena (snapshot, 0x100000);

  for (guint32 i = first; i < first + 64; i++)
    {
      guint32 size = 16 * (1 + choose (random, 32));
      guint32 n_touched = 1 + choose (random, (0x4000 - 48) / size);

      hs_test_snapshot_set_pool (snapshot, i, HS_POOL_IN_USE, size, n_touched);
      hs_test_snapshot_use_pool_block (snapshot, i, n_touched - 1, FALSE);
      for (guint32 block = 0; block + 1 < n_touched; block++)
        if (choose (random, 2) == 0)
          hs_test_snapshot_use_pool_block (snapshot, i, block, choose (random, 2) == 0);
    }
}

static void
randomize_info (HsSnapshotInfo *info,
                GRand          *random)
{
  info->python_hex = choose (random, 2) == 0 ? 0x030c01f0 : g_rand_int (random);
  info->line = (guint32)choose_number (random);
  info->time_ns = choose_number (random);
  info->duration_ns = choose_number (random);
  info->objects_seen = choose_number (random);
  info->flags |=
    g_rand_int (random) & (HS_INFO_ALL_OBJECTS | HS_INFO_CONSTANTS | HS_INFO_FIELDS_CUT);
  info->n_reached = g_rand_int (random);
  info->counts.live_bytes = choose_number (random);
  info->counts.live_blocks = choose_number (random);
  info->counts.peak_bytes = choose_number (random);
  info->baseline.live_bytes = choose_number (random);
  info->arena_bytes = choose_number (random);
  info->arena_free_bytes = choose_number (random);
  info->frame_stack_bytes = choose_number (random);
  info->lost_blocks = choose_number (random);
  info->lost_previews = choose_number (random);
}

GBytes *
hs_test_odd_heap_make_random (guint32 seed,
                              guint   n_objects)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  guint   n_types = 1 + choose (random, 40);
  guint32 n_sites = 0;

  for (guint i = 0; i < n_types; i++)
    add_random_type (snapshot, random, i % 3 == 0);
  for (guint i = choose (random, 2) * 5; i > 0; i--)
    n_sites = 1 + add_random_site (snapshot, random);
  for (guint i = 0; i < n_objects; i++)
    {
      guint32 object = add_random_object (snapshot, random, n_types);

      add_random_blocks (snapshot, random, object, n_sites);
      add_random_edges (snapshot, random, object, n_objects);
    }
  for (guint i = 1 + choose (random, 4); i > 0; i--)
    {
      guint32 scope = hs_test_snapshot_add_scope (snapshot, choose_text (random),
                                                  choose (random, HS_N_SCOPE_KINDS),
                                                  choose_text (random), g_rand_int (random));

      for (guint k = choose (random, 1 + n_objects / 20); k > 0; k--)
        hs_test_snapshot_add_name (snapshot, scope, choose_text (random),
                                   choose (random, n_objects));
    }
  for (guint i = choose (random, 6); i > 0; i--)
    {
      guint32 code =
        hs_test_snapshot_add_code (snapshot, choose_text (random), g_rand_int (random));

      for (guint k = choose (random, 30); k > 0; k--)
        hs_test_snapshot_add_constant (snapshot, code, choose (random, HS_N_CONSTANT_KINDS),
                                       choose (random, n_objects));
    }
  if (choose (random, 2) == 0)
    add_random_pools (snapshot, random);
  randomize_info (hs_test_snapshot_get_info (snapshot), random);

  return hs_test_snapshot_to_bytes (snapshot);
}

static GBytes *
make_random (void)
{
  return hs_test_odd_heap_make_random (20260101, 2000);
}

static GBytes *
make_random_small (void)
{
  return hs_test_odd_heap_make_random (7, 60);
}

const HsTestOddHeap *
hs_test_odd_heaps_list (guint *n)
{
  static const HsTestOddHeap heaps[] = {
    { "nothing", make_nothing },
    { "no-objects", make_no_objects },
    { "one", make_one },
    { "unnamed", make_unnamed },
    { "usual", make_usual },
    { "cycles", make_cycles },
    { "same-addresses", make_same_addresses },
    { "huge", make_huge },
    { "unknown", make_unknown },
    { "texts", make_texts },
    { "edges", make_edges },
    { "fields", make_fields },
    { "chain", make_chain },
    { "pools", make_pools },
    { "random-small", make_random_small },
    { "random", make_random },
  };

  *n = G_N_ELEMENTS (heaps);

  return heaps;
}
