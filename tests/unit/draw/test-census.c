/* test-census.c - the types of a heap, as text and as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-census-scene-private.h"
#include "hs-test-heap.h"

/* A list of lists of strings: what lists retain is counted once. */
static HsHeap *
new_heap (void)
{
  TestHeap *heap = test_heap_new ();
  guint32   a = test_heap_add (heap, T_STR, "'a'");
  guint32   b = test_heap_add (heap, T_STR, "'b'");
  guint32   inner = test_heap_add_sequence (heap, T_LIST, a, b, HS_NO_OBJECT);
  guint32   outer = test_heap_add_sequence (heap, T_LIST, inner, HS_NO_OBJECT);
  guint32   number = test_heap_add (heap, T_INT, "7");

  test_heap_name (heap, "outer", outer);
  test_heap_name (heap, "number", number);

  return test_heap_finish (heap);
}

static const HsCensusType *
find (HsCensus   *census,
      const char *name)
{
  for (guint i = 0; i < hs_census_get_n (census); i++)
    if (g_str_equal (hs_census_get (census, i)->name, name))
      return hs_census_get (census, i);
  g_assert_not_reached ();
}

static void
test_sums (void)
{
  g_autoptr (HsHeap) heap = new_heap ();
  g_autoptr (HsCensus) census = hs_census_new (heap, HS_CENSUS_BY_BYTES, NULL, NULL);
  const HsCensusType *list = find (census, "list");
  const HsCensusType *str = find (census, "str");
  guint64             sum = 0;

  g_assert_cmpuint (list->n_objects, ==, 2);
  g_assert_cmpuint (str->n_objects, ==, 2);
  g_assert_cmpuint (list->retained, ==, list->occupied + str->occupied);
  g_assert_cmpuint (str->retained, ==, str->occupied);
  for (guint i = 0; i < hs_census_get_n (census); i++)
    {
      const HsCensusType *type = hs_census_get (census, i);

      sum += type->occupied;
      g_assert_cmpuint (hs_census_find (census, type->type), ==, i);
      if (i > 0)
        g_assert_cmpuint (type->occupied, <=, hs_census_get (census, i - 1)->occupied);
    }
  g_assert_cmpuint (sum, ==, hs_census_get_occupied (census, NULL));
  g_assert_cmpuint (hs_census_get_n_objects (census), ==, 5);
}

static void
test_orders (void)
{
  g_autoptr (HsHeap) heap = new_heap ();
  g_autoptr (HsCensus) by_name = hs_census_new (heap, HS_CENSUS_BY_NAME, NULL, NULL);
  g_autoptr (HsCensus) by_count = hs_census_new (heap, HS_CENSUS_BY_COUNT, NULL, NULL);
  g_autoptr (HsCensus) by_retained = hs_census_new (heap, HS_CENSUS_BY_RETAINED, NULL, NULL);

  g_assert_cmpstr (hs_census_get (by_name, 0)->name, ==, "int");
  g_assert_cmpstr (hs_census_get (by_name, 1)->name, ==, "list");
  g_assert_cmpstr (hs_census_get (by_count, 2)->name, ==, "int");
  g_assert_cmpstr (hs_census_get (by_retained, 0)->name, ==, "list");
}

static void
test_scene (void)
{
  g_autoptr (HsHeap) heap = new_heap ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HsScene) scene =
               hs_census_scene_new (heap, HS_CENSUS_BY_BYTES, 2, NULL, NULL, &error);
  HsCensusScene *self = (HsCensusScene *)scene;
  HsRect         rect;
  HsHit          hit;

  g_assert_no_error (error);
  g_assert_cmpuint (hs_scene_get_n_items (scene), ==, 3);
  g_assert_true (hs_scene_can_show_more (scene));
  for (guint i = 0; i < 3; i++)
    {
      hs_scene_get_item_rect (scene, i, &rect);
      hit = hs_scene_hit (scene, rect.x + 20, rect.y + 5);
      g_assert_cmpint (hit.kind, ==, i < 2 ? HS_HIT_ITEM : HS_HIT_MORE);
      g_assert_cmpuint (hit.item, ==, i);
    }
  for (guint32 object = 0; object < hs_heap_get_view (heap)->n_objects; object++)
    g_assert_cmpuint (hs_scene_find_object (scene, object), <, 3);

  for (guint i = 0; i < self->labels->len; i++)
    for (guint j = i + 1; j < self->labels->len; j++)
      {
        const HsCensusLabel *a = &g_array_index (self->labels, HsCensusLabel, i);
        const HsCensusLabel *b = &g_array_index (self->labels, HsCensusLabel, j);

        g_assert_true (fabs (a->y - b->y) >= 14 || a->x + a->text->width <= b->x ||
                       b->x + b->text->width <= a->x);
      }
}

static void
test_nothing (void)
{
  g_autoptr (HsHeap) heap = test_heap_finish (test_heap_new ());
  g_autoptr (GError) error = NULL;

  g_assert_null (hs_census_scene_new (heap, HS_CENSUS_BY_BYTES, 60, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/census/sums", test_sums);
  g_test_add_func ("/census/orders", test_orders);
  g_test_add_func ("/census/scene", test_scene);
  g_test_add_func ("/census/nothing", test_nothing);

  return g_test_run ();
}
