/* fuzz-snapshot-main.c - runs the fuzz target on mutants, the same ones each time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A longer run by hand, with other mutants, best built with the address and undefined behaviour
 * sanitizers:
 *
 *   fuzz-snapshot [MUTANTS [SEED]]
 */

#include "config.h"

#include "hs-test-snapshot.h"

#include <string.h>

#define N_MUTANTS 300000
#define SEED      20260101

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Values of their type, some of them wide, and fields of object @i. */
static void
add_details (HsTestSnapshot *test,
             guint32         i,
             guint32         site)
{
  hs_test_snapshot_set_ledger (test, i, 0, i == 3 ? HS_BYTES_UNKNOWN : 56, i % 2 == 0 ? site : 0);
  hs_test_snapshot_set_length (test, i, i == 5 ? G_GUINT64_CONSTANT (1) << 33 : i);
  if (i == 5)
    hs_test_snapshot_set_refcount (test, i, 1000);
  if (i == 6)
    hs_test_snapshot_set_text_hash (test, i, G_GUINT64_CONSTANT (0x0102030405060708));
  if (i == 7)
    hs_test_snapshot_set_getsizeof (test, i, HS_BYTES_UNKNOWN);
  if (i == 8)
    hs_test_snapshot_set_address (test, i, 0x1234);
  if (i == 9)
    hs_test_snapshot_set_late (test, i);
  if (i < 12)
    {
      hs_test_snapshot_add_field (test, i, 0, 0, 8, "ob_refcnt", HS_FIELD_SIGNED, i);
      hs_test_snapshot_add_field (test, i, 1, 0, 32, "ob_item", HS_FIELD_TEXT,
                                  hs_test_snapshot_add_string (test, "text"));
    }
}

static void
add_pools (HsTestSnapshot *test)
{
  hs_test_snapshot_add_arena (test, 0x100000);
  hs_test_snapshot_add_arena (test, G_MAXUINT64 - 0x1fffff);
  for (guint32 i = 0; i < 8; i++)
    {
      hs_test_snapshot_set_pool (test, i * 16, HS_POOL_IN_USE, 16 << i % 6, 31);
      hs_test_snapshot_use_pool_block (test, i * 16, i, i % 2 == 0);
      hs_test_snapshot_use_pool_block (test, i * 16, 30, FALSE);
      hs_test_snapshot_set_pool (test, i * 16 + 1, HS_POOL_FREE, 0, 0);
    }
  hs_test_snapshot_set_pool (test, 2, HS_POOL_DAMAGED, 0, 0);
  hs_test_snapshot_leave_out_map (test, 16);
}

static GBytes *
make_seed (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 type = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 number = hs_test_snapshot_add_type (test, "builtins", "int", HS_FAMILY_NUMBER);
  guint32 scope = hs_test_snapshot_add_scope (test, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  guint32 site = hs_test_snapshot_add_site (test, "t.py", "f", 3, 4000, 30, 2000, 10);

  for (guint32 i = 0; i < 16; i++)
    {
      guint32 object = hs_test_snapshot_add_object (test, type, "[]", i == 4 ? 1 << 22 : 64);

      hs_test_snapshot_add_block (test, object, HS_BLOCK_ITEMS, 32, 0);
      hs_test_snapshot_add_index (test, object, HS_EDGE_INDEX, 0, (i + 1) % 16);
      hs_test_snapshot_add_edge (test, object, HS_EDGE_ATTRIBUTE, "name", (i * 7) % 16);
      hs_test_snapshot_add_item (test, object, (i * 3) % 18, (i * 5) % 18);
      hs_test_snapshot_add_name (test, scope, "x", object);
      add_details (test, object, site);
    }

  hs_test_snapshot_add_object (test, number, "123456789012345678901234567890", 48);
  hs_test_snapshot_set_value_int (test, hs_test_snapshot_add_object (test, number, "", 32), 7);
  hs_test_snapshot_get_info (test)->n_reached = 17;

  for (guint32 i = 0; i < 8; i++)
    hs_test_snapshot_add_constant (test, hs_test_snapshot_add_code (test, "<module>", i),
                                   i % HS_N_CONSTANT_KINDS, i * 2);

  add_pools (test);

  return hs_test_snapshot_to_bytes (test);
}

/* Numbers at the edges of their types, which plain random bytes rarely hit. */
static guint64
choose_value (GRand *random)
{
  static const guint64 values[] = {
    0,
    1,
    15,
    16,
    17,
    63,
    64,
    65,
    255,
    256,
    4096,
    G_MAXUINT16,
    G_MAXINT32,
    G_MAXUINT32,
    G_MAXUINT32 - 1,
    G_MAXINT64,
    G_MAXUINT64,
    G_MAXUINT64 - 63,
  };

  return values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))];
}

static void
mutate (GRand  *random,
        guint8 *data,
        gsize   size)
{
  guint32 n_sections = ((HsSnapshotHeader *)(gpointer)data)->n_sections;
  gint32  head = (gint32)MIN (size, 64 + 32 * n_sections);

  for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
    {
      /* The header and the table are where mistakes are dangerous. */
      gint32  at = g_rand_int_range (random, 0, g_rand_boolean (random) ? head : (gint32)size);
      guint64 value = choose_value (random);
      gsize   width = (gsize)1 << g_rand_int_range (random, 0, 4);

      if (g_rand_boolean (random))
        {
          at -= at % (gint32)width;
          memcpy (data + at, &value, MIN (width, size - (gsize)at));
        }
      else
        data[at] = (guint8)g_rand_int (random);
    }
}

int
main (int    argc,
      char **argv)
{
  guint64 n_mutants = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : N_MUTANTS;
  guint32 start = argc > 2 ? (guint32)g_ascii_strtoull (argv[2], NULL, 10) : SEED;
  g_autoptr (GBytes) seed = make_seed ();
  g_autoptr (GRand) random = g_rand_new_with_seed (start);
  gsize         size;
  gconstpointer data = g_bytes_get_data (seed, &size);

  for (guint64 i = 0; i < n_mutants; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);

      mutate (random, copy, size);
      LLVMFuzzerTestOneInput (copy, g_rand_int_range (random, 0, 8) == 0
                                      ? (gsize)g_rand_int_range (random, 0, (gint32)size)
                                      : size);
    }

  return 0;
}
