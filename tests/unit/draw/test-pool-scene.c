/* test-pool-scene.c - the map of Python's arenas, as text and as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "hs-pool-scene-private.h"
#include "hs-test-snapshot.h"

#define ARENA      G_GUINT64_CONSTANT (0x7f0000000000)
#define ARENA_SIZE 0x100000
#define POOL_SIZE  0x4000
#define N_POOLS    64 /* of an arena */

static HsHeap *
finish (HsTestSnapshot *snapshot)
{
  g_autoptr (GBytes) bytes = hs_test_snapshot_to_bytes (snapshot);
  g_autoptr (GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);
  hs_test_snapshot_free (snapshot);

  return heap;
}

static HsScene *
new_scene (HsHeap *heap)
{
  g_autoptr (GError) error = NULL;
  HsScene *scene = hs_pool_scene_new (heap, NULL, NULL, &error);

  g_assert_no_error (error);

  return scene;
}

/* A traced object outside of the arenas. */
static void
add_ledger (HsTestSnapshot *snapshot)
{
  guint32 type = hs_test_snapshot_add_type (snapshot, "builtins", "list", HS_FAMILY_CONTAINER);

  hs_test_snapshot_set_ledger (snapshot, hs_test_snapshot_add_object (snapshot, type, "", 64), 0,
                               64, HS_SITE_BASELINE);
}

/* Every second of the first @n_touched blocks is used; of these every fourth is from
 * before.
 */
static void
fill_pool (HsTestSnapshot *snapshot,
           guint32         pool,
           guint32         block_size,
           guint32         n_touched)
{
  hs_test_snapshot_set_pool (snapshot, pool, HS_POOL_IN_USE, block_size, n_touched);
  for (guint32 i = 0; i < n_touched; i += 2)
    hs_test_snapshot_use_pool_block (snapshot, pool, i, i % 8 == 0);
}

/* Pools of each state in @n_arenas arenas. */
static HsTestSnapshot *
make_arenas (guint    n_arenas,
             gboolean has_ledger)
{
  HsTestSnapshot *snapshot = hs_test_snapshot_new ();

  if (has_ledger)
    add_ledger (snapshot);
  for (guint i = 0; i < n_arenas; i++)
    {
      guint32 first = hs_test_snapshot_add_arena (snapshot, ARENA + (guint64)i * ARENA_SIZE);

      for (guint32 j = 0; j < 40; j++)
        fill_pool (snapshot, first + j, 16 * (j % 32 + 1), 10 + j % 20);
      for (guint32 j = 40; j < 50; j++)
        hs_test_snapshot_set_pool (snapshot, first + j, HS_POOL_FREE, 0, 0);
      hs_test_snapshot_set_pool (snapshot, first + 50, HS_POOL_DAMAGED, 0, 0);
      hs_test_snapshot_leave_out_map (snapshot, first + 3);
    }

  return snapshot;
}

static void
check_sum (const HsPoolSum *sum)
{
  g_assert_cmpuint (sum->n_used + sum->n_holes + sum->n_never, ==, sum->n_blocks);
  g_assert_cmpuint (sum->n_baseline, <=, sum->n_used);
  g_assert_cmpuint (sum->used_bytes + sum->hole_bytes + sum->never_bytes + sum->lost_bytes, ==,
                    sum->n_in_state[HS_POOL_IN_USE] * POOL_SIZE);
}

static void
check_sums (HsHeap *heap)
{
  g_autoptr (HsPoolMap) map = hs_pool_map_new (heap, NULL, NULL);
  const HsPoolSum *all = hs_pool_map_get_all (map);
  guint64          n_pools = 0;
  guint64          n_used = 0;
  guint64          bytes = 0;

  check_sum (all);
  for (guint i = 0; i < hs_pool_map_get_n_classes (map); i++)
    {
      const HsPoolSum *sum = hs_pool_map_get_class (map, i);

      check_sum (sum);
      g_assert_cmpuint (sum->block_size, >, 0);
      n_pools += sum->n_pools;
      n_used += sum->n_used;
    }
  g_assert_cmpuint (n_pools, ==, all->n_in_state[HS_POOL_IN_USE]);
  g_assert_cmpuint (n_used, ==, all->n_used);
  for (guint i = 0; i < HS_N_POOL_PARTS; i++)
    bytes += hs_pool_map_get_part (map, (HsPoolPart)i);
  g_assert_cmpuint (bytes, ==, all->n_pools * POOL_SIZE);
}

/* No two texts of a picture overlap, none leaves it. */
static void
check_texts (HsScene *scene)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPoolLabel *a = &g_array_index (self->labels, HsPoolLabel, i);

      g_assert_cmpfloat (a->x, >=, 0);
      g_assert_cmpfloat (a->x + a->text->width, <=, scene->width);
      for (guint j = i + 1; j < self->labels->len; j++)
        {
          const HsPoolLabel *b = &g_array_index (self->labels, HsPoolLabel, j);

          if (fabs (a->y - b->y) >= 14 || a->x + a->text->width <= b->x ||
              b->x + b->text->width <= a->x)
            continue;
          g_test_message ("“%s” is over “%s”", a->text->string, b->text->string);
          g_test_fail ();
        }
    }
}

/* Every pool is in one cell, and every cell in a place of its own inside the picture. */
static void
check_cells (HsScene *scene)
{
  HsPoolScene          *self = (HsPoolScene *)scene;
  const HsSnapshotView *view = hs_heap_get_view (hs_scene_get_heap (scene));
  guint64               n_pools = 0;

  g_assert_cmpuint (self->n_cells, <=, HS_POOL_CELLS_MAX);
  g_assert_cmpuint (hs_scene_get_n_items (scene), ==, self->n_rows + self->n_cells);
  for (guint32 i = 0; i < self->n_cells; i++)
    {
      HsPoolSum sum;
      HsRect    rect;
      HsHit     hit;

      hs_pool_map_sum (self->map, i * self->pools_per_cell, self->pools_per_cell, &sum);
      n_pools += sum.n_pools;
      hs_scene_get_item_rect (scene, self->n_rows + i, &rect);
      g_assert_cmpfloat (rect.x, >=, 0);
      g_assert_cmpfloat (rect.x + rect.width, <=, scene->width);
      g_assert_cmpfloat (rect.y + rect.height, <=, scene->height);
      /* All four corners belong to it alone. */
      for (guint corner = 0; corner < 4; corner++)
        {
          hit = hs_scene_hit (scene, rect.x + (corner & 1 ? rect.width - 0.5 : 0.5),
                              rect.y + (corner & 2 ? rect.height - 0.5 : 0.5));
          g_assert_cmpint (hit.kind, ==, HS_HIT_ITEM);
          g_assert_cmpuint (hit.item, ==, self->n_rows + i);
        }
      g_assert_cmpuint (hs_scene_find_key (scene, hs_scene_get_item_key (scene, self->n_rows + i)),
                        ==, self->n_rows + i);
    }
  g_assert_cmpuint (n_pools, ==, view->n_pools);
}

/* Nothing to compare with; it must draw at any scale. */
static void
check_draws (HsScene *scene)
{
  static const double scales[] = { 0.05, 0.3, 1, 4 };
  HsRect              extents;

  hs_scene_get_extents (scene, &extents);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 256, 256);
      cairo_t         *cr = cairo_create (surface);

      cairo_scale (cr, scales[i], scales[i]);
      hs_scene_draw (scene, cr, &extents, scales[i], hs_theme_get (HS_THEME_DARK));
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_cells (gconstpointer data)
{
  guint n_arenas = GPOINTER_TO_UINT (data);
  g_autoptr (HsHeap) heap = finish (make_arenas (n_arenas, TRUE));
  g_autoptr (HsScene) scene = new_scene (heap);
  g_autoptr (HsScene) again = new_scene (heap);
  g_autofree char *dump = hs_scene_dump (scene);
  g_autofree char *second = hs_scene_dump (again);

  check_sums (heap);
  check_texts (scene);
  check_cells (scene);
  check_draws (scene);
  g_assert_cmpstr (dump, ==, second);
}

/* A pool with one block per block that fits, used as told. */
static HsTestSnapshot *
make_few (gboolean has_ledger)
{
  HsTestSnapshot *snapshot = hs_test_snapshot_new ();
  guint32         first;

  if (has_ledger)
    {
      HsSnapshotMemory *memory = hs_test_snapshot_get_memory (snapshot);

      add_ledger (snapshot);
      memory->large_blocks = 2;
      memory->large_bytes = 3000;
      memory->large_baseline_blocks = 1;
      memory->large_baseline_bytes = 1000;
    }
  first = hs_test_snapshot_add_arena (snapshot, ARENA);
  fill_pool (snapshot, first, 64, 16);
  hs_test_snapshot_set_pool (snapshot, first + 1, HS_POOL_FREE, 0, 0);
  hs_test_snapshot_set_pool (snapshot, first + 2, HS_POOL_DAMAGED, 0, 0);

  return snapshot;
}

static void
test_text (void)
{
  g_autoptr (HsHeap) heap = finish (make_few (TRUE));
  g_autoptr (HsScene) scene = new_scene (heap);
  g_autofree char *text = hs_scene_to_text (scene);

  g_assert_cmpstr (
    text, ==,
    "1 arena of Python's memory for small blocks holds 1.00 MiB; 512 B are used.\n"
    "The code uses 384 B of that, the interpreter 128 B.\n"
    "15.4 KiB are free, but in pools that hold other blocks: 512 B as holes, 14.9 KiB never "
    "used. Only blocks of the same size can use them.\n"
    "992 KiB are free in whole pools, for blocks of any size up to 512 B.\n"
    "An arena is given back when all of its pools are free: 1 of 1 hold blocks and stay.\n"
    "Outside arenas: 3 000 B in 2 blocks, 2 000 B of the code and 1 000 B of the interpreter.\n"
    "1 pool contradicts itself, as after a write behind the end of a block: nothing is known of "
    "its blocks.\n"
    "\n"
    "used by the code: 384 B\n"
    "used by the interpreter: 128 B\n"
    "holes between used blocks: 512 B\n"
    "never used, in pools in use: 15 296 B\n"
    "free pools: 16 384 B\n"
    "untouched pools: 999 424 B\n"
    "heads and ends of pools: 64 B\n"
    "damaged pools: 16 384 B\n"
    "\n"
    "1 pool in use, 1 free pool, 61 untouched pools, 1 damaged pool\n"
    "64 B: 8 of 255 blocks used; 1 pool in use\n"
    "  Used: 512 B; blocks of the code: 6, of the interpreter: 2\n"
    "  Holes: 8 (512 B)\n"
    "  Never used: 239 (15 296 B)\n"
    "  Lost to the heads and ends of pools: 64 B\n");
}

static void
test_without_ledger (void)
{
  g_autoptr (HsHeap) heap = finish (make_few (FALSE));
  g_autoptr (HsScene) scene = new_scene (heap);
  g_autofree char *text = hs_scene_to_text (scene);

  check_sums (heap);
  g_assert_null (strstr (text, "interpreter"));
  g_assert_null (strstr (text, "Outside"));
  g_assert_nonnull (strstr (text, "used: 512 B"));
}

/* What the snapshot had no room for is said. */
static void
test_limits (void)
{
  HsTestSnapshot *snapshot = make_few (TRUE);
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (HsScene) scene = NULL;
  g_autofree char *text = NULL;

  hs_test_snapshot_leave_out_map (snapshot, 0);
  hs_test_snapshot_get_memory (snapshot)->n_arenas_left_out = 7;
  heap = finish (snapshot);
  scene = new_scene (heap);
  text = hs_scene_to_text (scene);
  check_draws (scene);
  g_assert_nonnull (strstr (text, "no room for 7 more arenas"));
  g_assert_nonnull (strstr (text, "Of 1 pool only the number"));
  g_assert_nonnull (strstr (text, "1 pool contradicts itself"));
}

static void
test_objects (void)
{
  HsTestSnapshot *snapshot = make_few (TRUE);
  guint32         type = hs_test_snapshot_add_type (snapshot, "__main__", "P", HS_FAMILY_INSTANCE);
  guint32         small = hs_test_snapshot_add_object (snapshot, type, "", 48);
  guint32         large = hs_test_snapshot_add_object (snapshot, type, "", 64);
  guint32         elsewhere = hs_test_snapshot_add_object (snapshot, type, "", 64);
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (HsScene) scene = NULL;
  g_autofree char *name = NULL;
  g_autofree char *facts = NULL;
  guint            item;

  hs_test_snapshot_set_address (snapshot, small, ARENA + 64 * 2 + 0x30);
  hs_test_snapshot_set_address (snapshot, large, ARENA + 64 * 4 + 0x30);
  hs_test_snapshot_set_address (snapshot, elsewhere, ARENA + 4 * ARENA_SIZE);
  heap = finish (snapshot);
  scene = new_scene (heap);
  item = hs_scene_find_object (scene, small);
  g_assert_cmpuint (item, ==, 1); /* behind the row of the only size */
  g_assert_cmpuint (hs_scene_find_object (scene, large), ==, item);
  g_assert_cmpuint (hs_scene_find_object (scene, elsewhere), ==, HS_NO_ITEM);
  g_assert_cmpuint (hs_scene_get_item_object (scene, item), ==, large);
  g_assert_cmpuint (hs_scene_get_item_object (scene, 0), ==, HS_NO_OBJECT);
  name = hs_scene_name_item (scene, item);
  g_assert_cmpstr (name, ==, "64 B: 8 of 255 blocks used");
  facts = hs_scene_describe_item (scene, item);
  g_assert_nonnull (strstr (facts, "Known objects: P × 2"));
  g_assert_nonnull (strstr (facts, "at 0x7f0000000000"));
}

static void
test_nothing (void)
{
  g_autoptr (HsHeap) heap = finish (hs_test_snapshot_new ());
  g_autoptr (GError) error = NULL;

  g_assert_null (hs_pool_scene_new (heap, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_cancelled (void)
{
  g_autoptr (HsHeap) heap = finish (make_few (TRUE));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hs_pool_scene_new (heap, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pool-scene/text", test_text);
  g_test_add_func ("/pool-scene/without-ledger", test_without_ledger);
  g_test_add_func ("/pool-scene/limits", test_limits);
  g_test_add_func ("/pool-scene/objects", test_objects);
  g_test_add_func ("/pool-scene/nothing", test_nothing);
  g_test_add_func ("/pool-scene/cancelled", test_cancelled);
  g_test_add_data_func ("/pool-scene/cells/few", GUINT_TO_POINTER (2), test_cells);
  g_test_add_data_func ("/pool-scene/cells/some", GUINT_TO_POINTER (20), test_cells);
  g_test_add_data_func ("/pool-scene/cells/many", GUINT_TO_POINTER (100), test_cells);
  g_test_add_data_func ("/pool-scene/cells/merged", GUINT_TO_POINTER (405), test_cells);

  return g_test_run ();
}
