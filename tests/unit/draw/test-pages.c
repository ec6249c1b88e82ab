/* test-pages.c - the pages of mappings as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "hs-pages-scene-private.h"
#include "hs-test-pages.h"
#include "hs-wishes.h"

static HsScene *
build (const HsWishes *wishes,
       HsHeap         *heap)
{
  g_autoptr(GError) error = NULL;
  HsScene *scene = hs_wishes_build (wishes, heap, NULL, NULL, &error);

  g_assert_no_error (error);

  return scene;
}

static HsWishes *
new_wishes (void)
{
  return hs_wishes_new (hs_view_find ("pages"));
}

static gboolean
activate (HsWishes *wishes,
          HsScene  *scene,
          guint     item)
{
  HsHit hit = hs_scene_get_action (scene, item);

  return hs_wishes_activate (wishes, scene, &hit);
}

/* Items */

static void
check_item (HsScene *scene,
            guint    item)
{
  g_autofree char *name = hs_scene_name_item (scene, item);
  g_autofree char *facts = hs_scene_describe_item (scene, item);
  HsRect           extents;
  HsRect           rect;
  HsHit            hit;

  g_assert_cmpuint (strlen (name), >, 3);
  g_assert_null (strchr (name, '\n'));
  g_assert_cmpuint (strlen (facts), >=, strlen (name) / 2);
  g_assert_true (g_utf8_validate (facts, -1, NULL));
  hs_scene_get_extents (scene, &extents);
  hs_scene_get_item_rect (scene, item, &rect);
  g_assert_cmpfloat (rect.width, >, 0);
  g_assert_cmpfloat (rect.height, >, 0);
  g_assert_cmpfloat (rect.x, >=, 0);
  g_assert_cmpfloat (rect.x + rect.width, <=, extents.width);
  g_assert_cmpfloat (rect.y + rect.height, <=, extents.height);
  hit = hs_scene_hit (scene, rect.x + rect.width / 2, rect.y + rect.height / 2);
  g_assert_cmpuint (hit.item, ==, item);
  g_assert_cmpuint (hs_scene_find_key (scene, hs_scene_get_item_key (scene, item)), ==, item);
  for (guint i = HS_WALK_LEFT; i <= HS_WALK_LAST; i++)
    g_assert_cmpuint (hs_scene_walk (scene, item, (HsWalk)i), <, hs_scene_get_n_items (scene));
}

static void
check_picture (HsScene *scene,
               double   scale)
{
  HsRect           extents;
  cairo_surface_t *surface;
  cairo_t         *cr;

  hs_scene_get_extents (scene, &extents);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (extents.width * scale),
                                        (int)ceil (MIN (extents.height * scale, 4000)));
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  hs_scene_draw (scene, cr, &extents, scale, hs_theme_get (HS_THEME_DARK));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_all (gconstpointer data)
{
  HsTestPages which = (HsTestPages)GPOINTER_TO_UINT (data);
  g_autoptr(HsHeap) heap = hs_test_pages_new (which);
  g_autoptr(HsWishes) wishes = new_wishes ();
  guint n_steps = hs_wishes_get_n_steps (wishes, heap);

  g_assert_cmpuint (n_steps, >, 0);
  g_assert_cmpuint (hs_wishes_get_step (wishes, heap), <, n_steps);
  for (guint step = 0; step < n_steps; step += 1 + n_steps / 8)
    {
      g_autoptr(HsScene) scene = NULL;
      g_autofree char *name = hs_wishes_dup_step_name (wishes, heap, step);
      g_autofree char *text = NULL;
      g_autofree char *dump = NULL;
      guint            n_items;

      hs_wishes_set_step (wishes, step);
      g_assert_cmpuint (hs_wishes_get_step (wishes, heap), ==, step);
      g_assert_nonnull (name);
      scene = build (wishes, heap);
      n_items = hs_scene_get_n_items (scene);
      for (guint i = 0; i < n_items; i += 1 + n_items / 200)
        check_item (scene, i);
      text = hs_scene_to_text (scene);
      dump = hs_scene_dump (scene);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      check_picture (scene, 1);
      check_picture (scene, 0.11);
      hs_wishes_set_before (wishes, scene);
    }
}

/* Steps */

static void
test_steps (void)
{
  g_autoptr(HsHeap) heap = hs_test_pages_new (HS_TEST_PAGES_FILE);
  g_autoptr(HsHeap) other = hs_history_open_heap (hs_heap_get_history (heap), HS_NO_MOMENT, NULL);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autofree char *name = hs_wishes_dup_step_name (wishes, heap, 1);
  HsPagesScene    *self = (HsPagesScene *)scene;

  g_assert_cmpuint (hs_wishes_get_n_steps (wishes, other), ==, 7);
  /* At the end it is closed: the last time at which it had all of its pages. */
  g_assert_cmpuint (hs_wishes_get_step (wishes, heap), ==, 5);
  g_assert_cmpuint (self->shown_column, ==, 5);
  g_assert_cmpstr (name, ==, "Line 5, sample 2 of 7");
  g_assert_null (hs_wishes_dup_step_name (wishes, heap, 7));
  g_assert_cmpuint (hs_wishes_get_step_line (wishes, heap, 6), ==, 10);
  g_assert_cmpuint (hs_scene_get_item_line (scene, self->first_column + 3), ==, 7);
  g_assert_cmpuint (hs_scene_get_item_line (scene, 0), ==, 4);
  g_assert_cmpuint (hs_scene_get_item_line (scene, self->parts->first_item), ==, 5);
  g_assert_cmpuint (hs_scene_get_item_line (scene, self->parts->first_item + 512), ==, 7);
  g_assert_cmpuint (hs_scene_get_item_line (scene, self->parts->first_item + 4095), ==, 8);

  g_assert_false (activate (wishes, scene, self->first_column + 5));
  g_assert_true (activate (wishes, scene, self->first_column + 1));
  g_assert_cmpuint (hs_wishes_get_step (wishes, heap), ==, 1);
  g_assert_true (hs_wishes_set_step (wishes, HS_NO_STEP));
  g_assert_false (hs_wishes_set_step (wishes, HS_NO_STEP));
  g_assert_cmpuint (hs_wishes_get_step (wishes, heap), ==, 5);
}

static void
test_views_without_steps (void)
{
  g_autoptr(HsHeap) heap = hs_test_pages_new (HS_TEST_PAGES_FILE);
  g_autoptr(HsWishes) wishes = hs_wishes_new (hs_view_find ("graph"));

  g_assert_cmpuint (hs_wishes_get_n_steps (wishes, heap), ==, 0);
  g_assert_cmpuint (hs_wishes_get_step (wishes, heap), ==, HS_NO_STEP);
  g_assert_false (hs_wishes_set_step (wishes, 0));
  g_assert_null (hs_wishes_dup_step_name (wishes, heap, 0));
}

/* Many pages, many mappings */

static void
test_zoom (void)
{
  g_autoptr(HsHeap) heap = hs_test_pages_new (HS_TEST_PAGES_LARGE);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autoptr(HsScene) near = NULL;
  g_autoptr(HsScene) all = NULL;
  HsPagesPart     *part = ((HsPagesScene *)scene)->parts;
  g_autofree char *facts = NULL;
  guint            item;

  g_assert_cmpuint (part->cells.shift, ==, 6);
  facts = hs_scene_describe_item (scene, part->first_item + part->cells.n_cells - 1);
  g_assert_nonnull (strstr (facts, "1 × written (dirty)"));

  g_assert_true (activate (wishes, scene, part->first_item + 600100 / 64));
  near = build (wishes, heap);
  part = ((HsPagesScene *)near)->parts;
  g_assert_cmpuint (part->cells.shift, ==, 0);
  g_assert_cmpuint (part->cells.n_pages, ==, 4096);
  item = part->first_item + 600100 - part->cells.first_page;
  g_assert_cmpuint (part->changed[item - part->first_item], ==, 1 + HS_PAGE_CHANGE_WRITTEN);
  g_assert_false (activate (wishes, near, item));
  g_assert_true (activate (wishes, near, 0));
  all = build (wishes, heap);
  g_assert_cmpuint (((HsPagesScene *)all)->parts->cells.shift, ==, 6);
}

static void
test_many (void)
{
  g_autoptr(HsHeap) heap = hs_test_pages_new (HS_TEST_PAGES_MANY);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autoptr(HsScene) more = NULL;
  g_autofree char *left_out = hs_scene_dup_left_out (scene);
  HsPagesScene    *self = (HsPagesScene *)scene;

  g_assert_cmpuint (self->n_parts, ==, 8 + 24);
  g_assert_cmpuint (self->n_more, ==, 8);
  g_assert_cmpstr (left_out, ==, "The pages of 32 more mappings are not shown.");
  g_assert_true (hs_scene_can_show_more (scene));
  g_assert_true (activate (wishes, scene, 20));
  g_assert_true (activate (wishes, scene, self->n_parts));
  more = build (wishes, heap);
  g_assert_cmpuint (((HsPagesScene *)more)->n_more, ==, 0);
  g_assert_true (((HsPagesScene *)more)->parts[15].is_whole);
  g_assert_true (((HsPagesScene *)more)->parts[16].is_whole);
  g_assert_false (((HsPagesScene *)more)->parts[17].is_whole);
}

static void
test_limits (void)
{
  g_autoptr(HsHeap) heap = hs_test_pages_new (HS_TEST_PAGES_LONG);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(HsScene) scene = build (wishes, heap);
  g_autofree char *left_out = hs_scene_dup_left_out (scene);

  g_assert_nonnull (strstr (left_out, "41\u202f234 lines"));
  g_assert_nonnull (strstr (left_out, "12.0 ms"));
  g_assert_nonnull (strstr (left_out, "Of 1 sample only the sums"));
  g_assert_cmpuint (((HsPagesScene *)scene)->columns->len, <=, 176);
}

/* Pixels */

/* One page of a million is seen at any size. */
static void
test_odd_page (void)
{
  static const double scales[] = { 3, 1.3, 1, 0.65, 0.5, 0.19, 0.05 };
  HsPageCells         cells = { .n_pages = 1 << 20, .shift = 6, .n_cells = 1 << 14 };
  const HsTheme      *theme = hs_theme_get (HS_THEME_LIGHT);

  cells.cells = g_new0 (HsPageCell, cells.n_cells);
  for (guint i = 0; i < cells.n_cells; i++)
    cells.cells[i].n[HS_PAGE_CLASS_MAPPED] = 64;
  cells.cells[5000].n[HS_PAGE_CLASS_MAPPED]--;
  cells.cells[5000].n[HS_PAGE_CLASS_NONE]++;
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      double           pixels = 5 * scales[i];
      guint            merged = pixels >= 1 ? 1 : (guint)ceil (1 / pixels);
      double           size = MAX (pixels, 1);
      cairo_surface_t *image =
        pixels >= 1 ? _hs_pages_create_image (&cells, 128, 0, 0, 128, 128, pixels, theme)
                    : _hs_pages_create_small_image (&cells, 128, merged, theme);
      guint         left = _hs_pages_get_edge (5000 % 128 / merged, size);
      guint         top = _hs_pages_get_edge (5000 / 128 / merged, size);
      guint         below = _hs_pages_get_edge ((5000 / 128 + 20) / merged, size);
      const guchar *data = cairo_image_surface_get_data (image);
      gsize         stride = (gsize)cairo_image_surface_get_stride (image);
      gboolean      differs = FALSE;

      /* The cell below looks as all others do. */
      for (guint y = 0; y < (guint)size; y++)
        differs |= memcmp (data + (top + y) * stride + left * 4,
                           data + (below + y) * stride + left * 4, (gsize)size * 4) != 0;
      g_assert_true (differs);
      cairo_surface_destroy (image);
    }
  hs_page_cells_clear (&cells);
}

static void
test_nothing (void)
{
  g_autoptr(HsHeap) heap = hs_test_pages_new (HS_TEST_PAGES_FEW);
  g_autoptr(HsHeap) alone = hs_heap_new (hs_heap_get_bytes (heap), NULL);
  g_autoptr(HsWishes) wishes = new_wishes ();
  g_autoptr(GError) error = NULL;

  g_assert_null (hs_wishes_build (wishes, alone, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (hs_wishes_get_n_steps (wishes, alone), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < HS_TEST_N_PAGES; i++)
    {
      g_autofree char *path =
        g_strconcat ("/pages/all/", hs_test_pages_get_name ((HsTestPages)i), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_all);
    }
  g_test_add_func ("/pages/steps", test_steps);
  g_test_add_func ("/pages/views-without-steps", test_views_without_steps);
  g_test_add_func ("/pages/zoom", test_zoom);
  g_test_add_func ("/pages/many", test_many);
  g_test_add_func ("/pages/limits", test_limits);
  g_test_add_func ("/pages/odd-page", test_odd_page);
  g_test_add_func ("/pages/nothing", test_nothing);

  return g_test_run ();
}
