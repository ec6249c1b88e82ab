/* test-snapshot-pools.c - pools in snapshots, well-formed and hostile
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-snapshot.h"
#include "hs-test-touch.h"

#include <string.h>

#define ARENA          G_GUINT64_CONSTANT (0x7e0000000000)
#define N_RANDOM_EDITS 20000

/* Two arenas, with a pool in each state and one whose map is left out. Maps: words
 * 0 and 1 of pool 0, word 2 of pool 64.
 */
static void
add_pools (HsTestSnapshot *test)
{
  hs_test_snapshot_add_arena (test, ARENA);
  hs_test_snapshot_add_arena (test, ARENA + 0x300000);
  hs_test_snapshot_set_pool (test, 0, HS_POOL_IN_USE, 160, 70);
  hs_test_snapshot_use_pool_block (test, 0, 0, TRUE);
  hs_test_snapshot_use_pool_block (test, 0, 2, FALSE);
  hs_test_snapshot_use_pool_block (test, 0, 69, TRUE);
  hs_test_snapshot_set_pool (test, 1, HS_POOL_FREE, 0, 0);
  hs_test_snapshot_set_pool (test, 2, HS_POOL_DAMAGED, 0, 0);
  hs_test_snapshot_set_pool (test, 3, HS_POOL_IN_USE, 16, 1021);
  hs_test_snapshot_use_pool_block (test, 3, 1020, FALSE);
  hs_test_snapshot_leave_out_map (test, 3);
  hs_test_snapshot_set_pool (test, 64, HS_POOL_IN_USE, 512, 1);
  hs_test_snapshot_use_pool_block (test, 64, 0, FALSE);
  hs_test_snapshot_get_memory (test)->large_blocks = 7;
}

/* One list with the ledger, as little as there can be. */
static GBytes *
make_snapshot (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 list = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);

  hs_test_snapshot_add_object (test, list, "", 64);
  hs_test_snapshot_set_ledger (test, 0, 0, 56, HS_SITE_BASELINE);
  add_pools (test);

  return hs_test_snapshot_to_bytes (test);
}

static HsSnapshotSection *
find_section (guint8 *data,
              guint32 id)
{
  HsSnapshotHeader  *header = (HsSnapshotHeader *)(gpointer)data;
  HsSnapshotSection *table = (HsSnapshotSection *)(gpointer)(data + header->header_size);

  for (guint32 i = 0; i < header->n_sections; i++)
    if (table[i].id == id)
      return &table[i];

  g_assert_not_reached ();
}

static void
test_pools (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  HsSnapshotView view;
  HsSnapshotPool pool;
  gsize          size;
  gconstpointer  data = g_bytes_get_data (bytes, &size);
  guint32        found;

  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);
  g_assert_cmpuint (view.n_arenas, ==, 2);
  g_assert_cmpuint (view.n_pools, ==, 128);
  g_assert_cmpuint (view.memory.large_blocks, ==, 7);
  g_assert_cmpuint (hs_snapshot_view_get_pools_per_arena (&view), ==, 64);

  hs_snapshot_view_get_pool (&view, 0, &pool);
  g_assert_cmpint (pool.state, ==, HS_POOL_IN_USE);
  g_assert_cmpuint (pool.block_size, ==, 160);
  g_assert_cmpuint (pool.n_blocks, ==, 102);
  g_assert_cmpuint (pool.n_touched, ==, 70);
  g_assert_cmpuint (pool.n_used, ==, 3);
  g_assert_cmpuint (pool.n_baseline, ==, 2);
  g_assert_true (hs_snapshot_pool_has (&pool, pool.used, 69));
  g_assert_false (hs_snapshot_pool_has (&pool, pool.used, 1));
  g_assert_false (hs_snapshot_pool_has (&pool, pool.used, 101));
  g_assert_false (hs_snapshot_pool_has (&pool, pool.baseline, 2));
  g_assert_true (hs_snapshot_pool_has (&pool, pool.baseline, 0));
  g_assert_cmpuint (hs_snapshot_view_find_block_of_pool (&view, &pool, ARENA), ==, G_MAXUINT32);
  g_assert_cmpuint (hs_snapshot_view_find_block_of_pool (&view, &pool, ARENA + 48), ==, 0);
  g_assert_cmpuint (hs_snapshot_view_find_block_of_pool (&view, &pool, ARENA + 48 + 160), ==, 1);
  g_assert_cmpuint (hs_snapshot_view_find_block_of_pool (&view, &pool, ARENA + 48 + 102 * 160), ==,
                    G_MAXUINT32);

  hs_snapshot_view_get_pool (&view, 2, &pool);
  g_assert_cmpint (pool.state, ==, HS_POOL_DAMAGED);
  g_assert_cmpuint (pool.n_blocks, ==, 0);
  g_assert_null (pool.used);
  hs_snapshot_view_get_pool (&view, 3, &pool);
  g_assert_cmpuint (pool.n_blocks, ==, 1021);
  g_assert_null (pool.used);
  g_assert_null (pool.baseline);
  hs_snapshot_view_get_pool (&view, 65, &pool);
  g_assert_cmpint (pool.state, ==, HS_POOL_UNTOUCHED);
  g_assert_cmpuint (pool.address, ==, ARENA + 0x300000 + 0x4000);

  g_assert_true (hs_snapshot_view_find_pool (&view, pool.address, &found));
  g_assert_cmpuint (found, ==, 65);
  g_assert_true (hs_snapshot_view_find_pool (&view, pool.address - 1, &found));
  g_assert_cmpuint (found, ==, 64);
  g_assert_false (hs_snapshot_view_find_pool (&view, ARENA - 1, &found));
  g_assert_false (hs_snapshot_view_find_pool (&view, ARENA + 0x100000, &found));
  g_assert_false (hs_snapshot_view_find_pool (&view, G_MAXUINT64, &found));
}

/* One of before pools were known: their sections are not there at all. */
static void
test_older (void)
{
  static const guint32 later[] = { HS_SECTION_MEMORY, HS_SECTION_ARENA_ADDRESS,
                                   HS_SECTION_POOL_STATE, HS_SECTION_POOL_BLOCK_SIZE,
                                   HS_SECTION_POOL_USED, HS_SECTION_POOL_TOUCHED,
                                   HS_SECTION_POOL_MAP, HS_SECTION_POOL_BASELINE,
                                   HS_SECTION_MAP_USED, HS_SECTION_MAP_BASELINE };
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize             size;
  guint8           *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  HsSnapshotHeader *header = (HsSnapshotHeader *)(gpointer)data;
  HsSnapshotView    view;
  guint32           found;

  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      HsSnapshotSection *section = find_section (data, later[i]);

      section->id = 0x41424344;
      section->flags = 0;
    }
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_CORRUPT);
  header->minor = 0;
  g_assert_cmpint (hs_snapshot_view_init (&view, data, size), ==, HS_SNAPSHOT_STATUS_OK);
  g_assert_cmpuint (view.n_objects, ==, 1);
  g_assert_cmpuint (view.n_arenas, ==, 0);
  g_assert_cmpuint (view.n_pools, ==, 0);
  g_assert_cmpuint (hs_snapshot_view_get_pools_per_arena (&view), ==, 0);
  g_assert_false (hs_snapshot_view_find_pool (&view, ARENA, &found));
  hs_test_touch_view (&view);

  g_free (data);
}

/* What of a section is overwritten. */
typedef enum
{
  VALUE, /* an element; of HS_SECTION_MEMORY, four bytes */
  SIZE,
  ID,
} Place;

typedef struct
{
  const char      *name;
  guint32          id;
  Place            place;
  guint            element;
  guint64          value;
  HsSnapshotStatus expected;
} Edit;

#define CORRUPT HS_SNAPSHOT_STATUS_CORRUPT
#define VERSION HS_SNAPSHOT_STATUS_BAD_VERSION
#define OK      HS_SNAPSHOT_STATUS_OK
#define HUGE64  G_MAXUINT64

static const Edit edits[] = {
  { "memory-missing", HS_SECTION_MEMORY, SIZE, 0, 0, CORRUPT },
  { "memory-unknown", HS_SECTION_MEMORY, ID, 0, 0x12345678, VERSION },
  { "arena-size-none", HS_SECTION_MEMORY, VALUE, 0, 0, CORRUPT },
  { "arena-size-odd", HS_SECTION_MEMORY, VALUE, 0, 0x100001, CORRUPT },
  { "arena-size-huge", HS_SECTION_MEMORY, VALUE, 0, 0xffffc000, CORRUPT },
  { "pool-size-none", HS_SECTION_MEMORY, VALUE, 1, 0, CORRUPT },
  { "pool-size-half", HS_SECTION_MEMORY, VALUE, 1, 0x2000, CORRUPT },
  { "pool-size-huge", HS_SECTION_MEMORY, VALUE, 1, G_MAXUINT32, CORRUPT },
  { "pool-header-small", HS_SECTION_MEMORY, VALUE, 2, 0, OK },
  { "pool-header-large", HS_SECTION_MEMORY, VALUE, 2, 0x4000, CORRUPT },
  { "pool-header-leaves-none", HS_SECTION_MEMORY, VALUE, 2, 0x3fff, CORRUPT },
  { "arenas-descend", HS_SECTION_ARENA_ADDRESS, VALUE, 1, ARENA - 0x300000, CORRUPT },
  { "arenas-overlap", HS_SECTION_ARENA_ADDRESS, VALUE, 1, ARENA + 0xfffff, CORRUPT },
  { "arenas-equal", HS_SECTION_ARENA_ADDRESS, VALUE, 1, ARENA, CORRUPT },
  { "arenas-touch", HS_SECTION_ARENA_ADDRESS, VALUE, 1, ARENA + 0x100000, OK },
  { "arena-wraps", HS_SECTION_ARENA_ADDRESS, VALUE, 1, HUGE64 - 0xfffff, CORRUPT },
  { "arena-missing", HS_SECTION_ARENA_ADDRESS, SIZE, 0, 8, CORRUPT },
  { "pools-differ", HS_SECTION_POOL_STATE, SIZE, 0, 64, CORRUPT },
  { "pool-state", HS_SECTION_POOL_STATE, VALUE, 5, HS_N_POOL_STATES, CORRUPT },
  { "pool-state-in-use", HS_SECTION_POOL_STATE, VALUE, 1, HS_POOL_IN_USE, CORRUPT },
  { "pool-state-free", HS_SECTION_POOL_STATE, VALUE, 0, HS_POOL_FREE, CORRUPT },
  { "pool-block-size-none", HS_SECTION_POOL_BLOCK_SIZE, VALUE, 0, 0, CORRUPT },
  { "pool-block-size-large", HS_SECTION_POOL_BLOCK_SIZE, VALUE, 0, 15, CORRUPT },
  { "pool-block-size-free", HS_SECTION_POOL_BLOCK_SIZE, VALUE, 1, 1, CORRUPT },
  { "pool-used-none", HS_SECTION_POOL_USED, VALUE, 0, 0, CORRUPT },
  { "pool-used-other", HS_SECTION_POOL_USED, VALUE, 0, 4, CORRUPT },
  { "pool-used-many", HS_SECTION_POOL_USED, VALUE, 3, 1022, CORRUPT },
  { "pool-used-without-map", HS_SECTION_POOL_USED, VALUE, 3, 1021, OK },
  { "pool-used-free", HS_SECTION_POOL_USED, VALUE, 1, 1, CORRUPT },
  { "pool-touched-few", HS_SECTION_POOL_TOUCHED, VALUE, 0, 69, CORRUPT },
  { "pool-touched-other", HS_SECTION_POOL_TOUCHED, VALUE, 0, 71, OK },
  { "pool-touched-many", HS_SECTION_POOL_TOUCHED, VALUE, 0, 129, CORRUPT },
  { "pool-touched-beyond", HS_SECTION_POOL_TOUCHED, VALUE, 3, 1022, CORRUPT },
  { "pool-map-other", HS_SECTION_POOL_MAP, VALUE, 64, 1, CORRUPT },
  { "pool-map-outside", HS_SECTION_POOL_MAP, VALUE, 64, 3, CORRUPT },
  { "pool-map-none", HS_SECTION_POOL_MAP, VALUE, 64, HS_POOL_NO_MAP, CORRUPT },
  { "pool-map-free", HS_SECTION_POOL_MAP, VALUE, 1, 0, CORRUPT },
  { "pool-baseline-many", HS_SECTION_POOL_BASELINE, VALUE, 3, 2, CORRUPT },
  { "pool-baseline-other", HS_SECTION_POOL_BASELINE, VALUE, 0, 1, CORRUPT },
  { "pool-baseline-short", HS_SECTION_POOL_BASELINE, SIZE, 0, 2, CORRUPT },
  { "pool-baseline-missing", HS_SECTION_POOL_BASELINE, SIZE, 0, 0, CORRUPT },
  { "map-other", HS_SECTION_MAP_USED, VALUE, 0, 7, CORRUPT },
  { "map-beyond", HS_SECTION_MAP_USED, VALUE, 1, 1 << 6, CORRUPT },
  { "map-short", HS_SECTION_MAP_USED, SIZE, 0, 16, CORRUPT },
  { "map-baseline-unused", HS_SECTION_MAP_BASELINE, VALUE, 0, 2, CORRUPT },
  { "map-baseline-short", HS_SECTION_MAP_BASELINE, SIZE, 0, 16, CORRUPT },
  { "map-baseline-missing", HS_SECTION_MAP_BASELINE, SIZE, 0, 0, OK },
};

static void
apply (guint8     *data,
       const Edit *edit)
{
  HsSnapshotSection *section = find_section (data, edit->id);
  gsize              size = edit->id == HS_SECTION_MEMORY ? 4 : section->element_size;

  switch (edit->place)
    {
    case VALUE:
      memcpy (data + section->offset + edit->element * size, &edit->value, size);
      break;

    case SIZE:
      section->size = edit->value;
      break;

    case ID:
      section->id = (guint32)edit->value;
      break;
    }
}

static void
test_hostile_edit (gconstpointer user_data)
{
  const Edit *edit = user_data;
  g_autoptr (GBytes) bytes = make_snapshot ();
  gsize            size;
  guint8          *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  HsSnapshotView   view;
  HsSnapshotStatus status;

  apply (data, edit);
  status = hs_snapshot_view_init (&view, data, size);
  g_assert_cmpstr (hs_snapshot_status_to_string (status), ==,
                   hs_snapshot_status_to_string (edit->expected));
  if (status == HS_SNAPSHOT_STATUS_OK)
    hs_test_touch_view (&view);

  g_free (data);
}

static void
test_random_edits (void)
{
  g_autoptr (GBytes) bytes = make_snapshot ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint         n_accepted = 0;

  for (int i = 0; i < N_RANDOM_EDITS; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      HsSnapshotView     view;

      for (int k = g_rand_int_range (random, 1, 4); k > 0; k--)
        {
          gint32 at = g_rand_int_range (random, 0, (gint32)size);

          copy[at] ^= (guint8)g_rand_int_range (random, 1, 256);
        }
      if (hs_snapshot_view_init (&view, copy, size) == HS_SNAPSHOT_STATUS_OK)
        {
          hs_test_touch_view (&view);
          n_accepted++;
        }
    }

  /* Padding and free values are accepted, everything else is not. */
  g_assert_cmpuint (n_accepted, >, 0);
  g_assert_cmpuint (n_accepted, <, N_RANDOM_EDITS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snapshot-pools/pools", test_pools);
  g_test_add_func ("/snapshot-pools/older", test_older);
  g_test_add_func ("/snapshot-pools/random-edits", test_random_edits);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strconcat ("/snapshot-pools/hostile/", edits[i].name, NULL);

      g_test_add_data_func (path, &edits[i], test_hostile_edit);
    }

  return g_test_run ();
}
