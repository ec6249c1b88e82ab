/* test-cost.c - what one more instance costs, as text and as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "hs-cost-scene-private.h"
#include "hs-test-snapshot.h"

typedef struct
{
  HsTestSnapshot *snapshot;
  guint32         list_type;
  guint32         int_type;
  guint32         value;
  guint32         scope;
} Code;

static void
code_init (Code *self)
{
  self->snapshot = hs_test_snapshot_new ();
  self->list_type =
    hs_test_snapshot_add_type (self->snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  self->int_type = hs_test_snapshot_add_type (self->snapshot, "builtins", "int", HS_FAMILY_NUMBER);
  self->value = hs_test_snapshot_add_object (self->snapshot, self->int_type, "7", 32);
  self->scope =
    hs_test_snapshot_add_scope (self->snapshot, "__main__", HS_SCOPE_MODULE, "c.py", 0);
}

/* A list of @n instances of a new class; the first @n_large occupy @large bytes. */
static void
add_class (Code       *self,
           const char *name,
           gboolean    has_slots,
           guint       n_attributes,
           guint       n,
           guint64     bytes,
           guint       n_large,
           guint64     large)
{
  guint32 type = hs_test_snapshot_add_type (self->snapshot, "__main__", name, HS_FAMILY_INSTANCE);
  guint32 list = hs_test_snapshot_add_object (self->snapshot, self->list_type, "", 8 * n + 56);

  hs_test_snapshot_set_presize (self->snapshot, type, has_slots ? 16 : 32);
  hs_test_snapshot_set_length (self->snapshot, list, n);
  hs_test_snapshot_add_name (self->snapshot, self->scope, name, list);
  for (guint i = 0; i < n; i++)
    {
      guint32 instance =
        hs_test_snapshot_add_object (self->snapshot, type, "", i < n_large ? large : bytes);

      hs_test_snapshot_add_index (self->snapshot, list, HS_EDGE_INDEX, i, instance);
      for (guint j = 0; j < n_attributes; j++)
        {
          g_autofree char *label = g_strdup_printf ("a%u", j);

          hs_test_snapshot_add_edge (self->snapshot, instance,
                                     has_slots ? HS_EDGE_SLOT : HS_EDGE_ATTRIBUTE, label,
                                     self->value);
        }
    }
}

static HsHeap *
code_finish (Code *self)
{
  g_autoptr (GBytes) bytes = hs_test_snapshot_to_bytes (self->snapshot);
  g_autoptr (GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);
  hs_test_snapshot_free (self->snapshot);

  return heap;
}

static HsScene *
new_scene (HsHeap *heap)
{
  g_autoptr (GError) error = NULL;
  HsScene *scene = hs_cost_scene_new (heap, NULL, NULL, &error);

  g_assert_no_error (error);

  return scene;
}

static void
test_text (void)
{
  Code code;
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (HsScene) scene = NULL;
  g_autofree char *text = NULL;

  code_init (&code);
  add_class (&code, "Plain", FALSE, 2, 45, 96, 26, 336);
  add_class (&code, "Slotted", TRUE, 2, 3, 48, 0, 0);
  add_class (&code, "Few", FALSE, 2, 2, 336, 0, 0);
  heap = code_finish (&code);
  scene = new_scene (heap);
  text = hs_scene_to_text (scene);

  g_assert_cmpstr (
    text, ==,
    "The first Plain occupies 336 B, from number 27 on each occupies 96 B.\n"
    "With 2 attributes: 96 B without __slots__, 48 B with, 50% less.\n"
    "The first instances of a class are larger than those that follow: to see what one more Few "
    "costs, make at least 40.\n"
    "\n"
    "Few, without __slots__, 2 attributes\n"
    "  2 instances, 336 B each\n"
    "  first instances: 336 × 2\n"
    "Plain, without __slots__, 2 attributes\n"
    "  45 instances, 96 B each (19 of them; all: 96 B to 336 B)\n"
    "  A million more: 91.6 MiB\n"
    "  first instances: 336 × 26 96 × 14\n"
    "Slotted, with __slots__, 2 attributes\n"
    "  3 instances, 48 B each\n"
    "  A million more: 45.8 MiB\n"
    "  first instances: 48 × 3\n");
}

/* No two texts of a picture overlap, none leaves it. */
static void
check_texts (HsScene *scene)
{
  HsCostScene *self = (HsCostScene *)scene;

  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCostLabel *a = &g_array_index (self->labels, HsCostLabel, i);

      g_assert_cmpfloat (a->x, >=, 0);
      g_assert_cmpfloat (a->x + a->text->width, <=, scene->width);
      for (guint j = i + 1; j < self->labels->len; j++)
        {
          const HsCostLabel *b = &g_array_index (self->labels, HsCostLabel, j);

          if (fabs (a->y - b->y) >= 14 || a->x + a->text->width <= b->x ||
              b->x + b->text->width <= a->x)
            continue;
          g_test_message ("“%s” is over “%s”", a->text->string, b->text->string);
          g_test_fail ();
        }
    }
}

static void
test_charts (void)
{
  Code code;
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (HsScene) scene = NULL;
  g_autoptr (HsScene) again = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *second = NULL;
  HsCostScene     *self;

  code_init (&code);
  for (guint n = 0; n <= 32; n++)
    {
      g_autofree char *plain = g_strdup_printf ("Plain%u", n);
      g_autofree char *slotted = g_strdup_printf ("Slotted%u", n);

      add_class (&code, plain, FALSE, n, 60, n < 31 ? 80 + 8 * n : 1664, n < 20 ? 20 : 0, 336);
      add_class (&code, slotted, TRUE, n, 60, 32 + 8 * n, 0, 0);
    }
  heap = code_finish (&code);
  scene = new_scene (heap);
  self = (HsCostScene *)scene;
  check_texts (scene);

  /* Both charts, both lines, all points inside. */
  g_assert_nonnull (self->charts[0].ticks);
  g_assert_nonnull (self->charts[1].ticks);
  g_assert_cmpuint (self->charts[1].lines->len, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (self->charts); i++)
    for (guint j = 0; j < self->charts[i].lines->len; j++)
      {
        const HsCostLine *line = &g_array_index (self->charts[i].lines, HsCostLine, j);
        const HsRect     *plot = &self->charts[i].plot;

        for (guint k = 0; k < line->n_points; k++)
          {
            const HsCostPoint *point =
              &g_array_index (self->points, HsCostPoint, line->first_point + k);

            g_assert_cmpfloat (point->x, >=, plot->x);
            g_assert_cmpfloat (point->x, <=, plot->x + plot->width + 0.01);
            g_assert_cmpfloat (point->y, >=, plot->y - 0.01);
            g_assert_cmpfloat (point->y, <=, plot->y + plot->height + 0.01);
          }
      }

  again = new_scene (heap);
  dump = hs_scene_dump (scene);
  second = hs_scene_dump (again);
  g_assert_cmpstr (dump, ==, second);
}

static void
test_items (void)
{
  Code code;
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (HsScene) scene = NULL;
  HsRect rect;
  HsHit  hit;

  code_init (&code);
  add_class (&code, "A", FALSE, 1, 2, 336, 0, 0);
  add_class (&code, "B", TRUE, 1, 2, 48, 0, 0);
  heap = code_finish (&code);
  scene = new_scene (heap);
  check_texts (scene);
  g_assert_cmpuint (hs_scene_get_n_items (scene), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      hs_scene_get_item_rect (scene, i, &rect);
      hit = hs_scene_hit (scene, rect.x + 5, rect.y + 5);
      g_assert_cmpint (hit.kind, ==, HS_HIT_ITEM);
      g_assert_cmpuint (hit.item, ==, i);
      g_assert_cmpuint (hs_scene_find_object (scene, hs_scene_get_item_object (scene, i)), ==, i);
    }
  g_assert_cmpuint (hs_scene_walk (scene, 0, HS_WALK_DOWN), ==, 1);
  g_assert_cmpuint (hs_scene_search (scene, "__slots__, 1", HS_NO_ITEM, FALSE), ==, 0);
}

static void
test_nothing (void)
{
  Code code;
  g_autoptr (HsHeap) heap = NULL;
  g_autoptr (GError) error = NULL;

  code_init (&code);
  hs_test_snapshot_add_name (code.snapshot, code.scope, "n", code.value);
  heap = code_finish (&code);
  g_assert_null (hs_cost_scene_new (heap, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cost/text", test_text);
  g_test_add_func ("/cost/charts", test_charts);
  g_test_add_func ("/cost/items", test_items);
  g_test_add_func ("/cost/nothing", test_nothing);

  return g_test_run ();
}
