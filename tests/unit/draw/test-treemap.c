/* test-treemap.c - what keeps how many bytes alive, as area
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-dominators.h"
#include "hs-test-heap.h"
#include "hs-treemap-scene-private.h"

/* Names for lists of strings, the i-th of i strings; "all" holds them, too. */
static HsHeap *
new_heap (guint n_lists)
{
  TestHeap *heap = test_heap_new ();

  for (guint i = 1; i <= n_lists; i++)
    {
      g_autofree char *name = g_strdup_printf ("list%u", i);
      guint32          list = test_heap_add (heap, T_LIST, "");

      hs_test_snapshot_set_length (heap->snapshot, list, i);
      for (guint j = 0; j < i; j++)
        hs_test_snapshot_add_index (heap->snapshot, list, HS_EDGE_INDEX, j,
                                    test_heap_add (heap, T_STR, "'x'"));
      test_heap_name (heap, name, list);
    }

  return test_heap_finish (heap);
}

static void
check_inside (const HsRect *outer,
              const HsRect *inner)
{
  g_assert_cmpfloat (inner->x, >=, outer->x - 0.01);
  g_assert_cmpfloat (inner->y, >=, outer->y - 0.01);
  g_assert_cmpfloat (inner->x + inner->width, <=, outer->x + outer->width + 0.01);
  g_assert_cmpfloat (inner->y + inner->height, <=, outer->y + outer->height + 0.01);
}

static gboolean
overlap (const HsRect *a,
         const HsRect *b)
{
  return a->x + 0.01 < b->x + b->width && b->x + 0.01 < a->x + a->width &&
         a->y + 0.01 < b->y + b->height && b->y + 0.01 < a->y + a->height;
}

static void
test_squarify (void)
{
  const HsRect rect = { 10, 20, 600, 400 };

  for (guint n = 1; n < 60; n++)
    {
      g_autofree double *weights = g_new (double, n);
      g_autofree HsRect *rects = g_new (HsRect, n);
      double             whole = 0;

      for (guint i = 0; i < n; i++)
        whole += weights[i] = floor (1e6 / (double)((i + 1) * (i + 1)));
      _hs_treemap_squarify (weights, n, &rect, rects);
      for (guint i = 0; i < n; i++)
        {
          double area = rects[i].width * rects[i].height;

          g_assert_cmpfloat_with_epsilon (area, 240000 * weights[i] / whole, 0.5);
          check_inside (&rect, &rects[i]);
          for (guint j = 0; j < i; j++)
            g_assert_false (overlap (&rects[i], &rects[j]));
        }
    }
}

static void
test_sums (void)
{
  g_autoptr (HsHeap) heap = new_heap (60);
  const HsDominators *dominators = hs_heap_get_dominators (heap);
  g_autoptr (GArray) top = hs_treemap_get_tiles (heap, HS_NO_OBJECT);
  guint64 n_objects = 0;
  guint64 bytes = 0;
  guint64 all = 0;

  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_objects; i++)
    all += hs_heap_get_least (heap, i);
  for (guint i = 0; i < top->len; i++)
    {
      const HsTreemapTile *tile = &g_array_index (top, HsTreemapTile, i);

      bytes += tile->bytes;
      n_objects += tile->n_objects;
      if (tile->kind == HS_TILE_OBJECT)
        {
          g_autoptr (GArray) inside = hs_treemap_get_tiles (heap, tile->object);
          guint64 sum = 0;

          for (guint j = 0; j < inside->len; j++)
            sum += g_array_index (inside, HsTreemapTile, j).bytes;
          g_assert_cmpuint (sum, ==, tile->bytes);
          g_assert_cmpuint (sum, ==, hs_dominators_get_retained (dominators, tile->object, NULL));
        }
    }
  g_assert_cmpuint (bytes, ==, all);
  g_assert_cmpuint (n_objects, ==, 60);
  g_assert_cmpint (g_array_index (top, HsTreemapTile, top->len - 1).kind, ==, HS_TILE_REST);
}

static void
test_scene (void)
{
  g_autoptr (HsHeap) heap = new_heap (20);
  g_autoptr (GError) error = NULL;
  g_autoptr (HsScene) scene = hs_treemap_scene_new (heap, HS_NO_OBJECT, NULL, NULL, &error);
  g_autoptr (HsScene) again = hs_treemap_scene_new (heap, HS_NO_OBJECT, NULL, NULL, &error);
  g_autofree char *dump = hs_scene_dump (scene);
  g_autofree char *second = hs_scene_dump (again);
  HsTreemapScene  *self = (HsTreemapScene *)scene;

  g_assert_no_error (error);
  g_assert_cmpstr (dump, ==, second);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const HsTreemapBox *box = &g_array_index (self->boxes, HsTreemapBox, i);

      check_inside (box->parent == HS_NO_ITEM
                      ? &self->map
                      : &g_array_index (self->boxes, HsTreemapBox, box->parent).rect,
                    &box->rect);
      for (guint j = 0; j < i; j++)
        if (g_array_index (self->boxes, HsTreemapBox, j).parent == box->parent)
          g_assert_false (
            overlap (&box->rect, &g_array_index (self->boxes, HsTreemapBox, j).rect));
    }
  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_objects; i++)
    g_assert_cmpuint (hs_scene_find_object (scene, i), <, scene->n_items);
}

static void
test_roots (void)
{
  g_autoptr (HsHeap) heap = new_heap (3);
  g_autoptr (HsScene) scene = hs_treemap_scene_new (heap, HS_NO_OBJECT, NULL, NULL, NULL);
  HsHit   hit = { HS_HIT_ITEM, 0, HS_NO_ITEM };
  guint32 root = HS_NO_OBJECT;

  g_assert_true (hs_treemap_scene_get_root_for (scene, &hit, &root));
  g_assert_cmpuint (root, ==, hs_scene_get_item_object (scene, 0));
  hs_scene_unref (scene);
  scene = hs_treemap_scene_new (heap, root, NULL, NULL, NULL);

  /* The last items are the way back. */
  hit.item = hs_scene_get_n_items (scene) - 2;
  g_assert_true (hs_treemap_scene_get_root_for (scene, &hit, &root));
  g_assert_cmpuint (root, ==, HS_NO_OBJECT);
}

static void
test_nothing (void)
{
  g_autoptr (HsHeap) heap = test_heap_finish (test_heap_new ());
  g_autoptr (GError) error = NULL;

  g_assert_null (hs_treemap_scene_new (heap, HS_NO_OBJECT, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/treemap/squarify", test_squarify);
  g_test_add_func ("/treemap/sums", test_sums);
  g_test_add_func ("/treemap/scene", test_scene);
  g_test_add_func ("/treemap/roots", test_roots);
  g_test_add_func ("/treemap/nothing", test_nothing);

  return g_test_run ();
}
