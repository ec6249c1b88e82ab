/* test-scene.c - scenes: text, pointing, walking, drawing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "hs-graph-scene-private.h"
#include "hs-test-scenes.h"
#include "hs-theme-private.h"

/* The dump without its numbers of places, which depend on the fonts. */
static char *
dup_shape (HsScene *scene)
{
  g_autofree char *dump = hs_scene_dump (scene);
  g_autoptr (GRegex) places = g_regex_new ("( -?\\d+,-?\\d+)+", 0, 0, NULL);

  return g_regex_replace_literal (places, dump, -1, 0, "", 0, NULL);
}

static void
test_dump (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  g_autofree char *shape = dup_shape (scene);

  g_assert_cmpstr (shape, ==,
                   "scene\n"
                   "box 0 “module __main__” “t.py”\n"
                   "  row “a” to 1\n"
                   "  row “b” to 1\n"
                   "  row “f” to 2\n"
                   "box 1 “list” “96 B” “3 items” “3 references”\n"
                   "  row “0” to 3\n"
                   "  row “1” to 4\n"
                   "  row “2” to 1\n"
                   "box 2 “function f” “≥ 144 B” “54 references”\n"
                   "box 3 “str” “64 B” “'north'” “interned · 1 reference”\n"
                   "box 4 “str” “unknown” “'南 south'” “1 reference”\n"
                   "arrow 0.0 to 1:\n"
                   "arrow 0.1 to 1:\n"
                   "arrow 0.2 to 2:\n"
                   "arrow 1.0 to 3:\n"
                   "arrow 1.1 to 4:\n"
                   "arrow 1.2 to 1:\n");
}

static void
test_deterministic (void)
{
  g_autoptr (HsScene) first = hs_test_scene_new ();
  g_autoptr (HsScene) second = hs_test_scene_new ();
  g_autofree char *a = hs_scene_dump (first);
  g_autofree char *b = hs_scene_dump (second);

  g_assert_cmpstr (a, ==, b);
}

/* No text reaches out of its box or over another. */
static void
test_texts_fit (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  HsGraphScene *self = (HsGraphScene *)scene;

  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsSceneBox *box = &self->boxes[i];
      double            room = box->rect.width - 2 * HS_BOX_PADDING;
      double            title = HS_SIGN_SIZE + box->title->width;
      double            line = 0;

      if (box->bytes != NULL)
        title += box->bytes->width + (box->can_fold ? HS_FOLD_WIDTH : 0);
      if (box->preview != NULL)
        line += box->preview->width;
      if (box->note != NULL)
        line += box->note->width;
      g_assert_cmpfloat (title, <=, room);
      g_assert_cmpfloat (line, <=, room);
      for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
        g_assert_cmpfloat (self->rows[row].label->width, <=, room);
    }
}

static void
test_long_text (void)
{
  g_autoptr (HsTexts) texts = hs_texts_new (NULL);
  g_autofree char *string = g_strnfill (500, 'm');
  const HsText    *whole = hs_texts_shape (texts, HS_TEXT_VALUE, string, -1);
  const HsText    *cut = hs_texts_shape (texts, HS_TEXT_VALUE, string, 200);
  const HsText    *again = hs_texts_shape (texts, HS_TEXT_VALUE, string, 200);

  g_assert_cmpfloat (whole->width, >, 2000);
  g_assert_cmpfloat (cut->width, <=, 200);
  g_assert_cmpfloat (cut->width, >, 150);
  g_assert_true (cut == again);
}

/* What no font has is seen, not left out. */
static void
test_missing_glyph (void)
{
  g_autoptr (HsTexts) texts = hs_texts_new (NULL);
  const HsText    *text = hs_texts_shape (texts, HS_TEXT_VALUE, "\xf4\x8f\xbf\xbd", -1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 32, 32);
  cairo_t         *cr = cairo_create (surface);
  guint            n_inked = 0;

  g_assert_cmpfloat (text->width, >, 2);
  hs_text_draw (text, cr, 4, 24);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint i = 0; i < 32 * (guint)cairo_image_surface_get_stride (surface); i++)
    n_inked += cairo_image_surface_get_data (surface)[i] > 0;
  cairo_surface_destroy (surface);
  g_assert_cmpuint (n_inked, >, 8);
}

/* Every point of a box and of its rows is found; what is between is nothing. */
static void
test_hit (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  HsGraphScene *self = (HsGraphScene *)scene;
  guint         list = hs_test_scene_find (scene, "list");
  HsRect        rect;
  HsHit         hit;

  for (guint i = 0; i < self->n_boxes; i++)
    {
      hs_scene_get_item_rect (scene, i, &rect);
      hit = hs_scene_hit (scene, rect.x + 30, rect.y + 10);
      g_assert_cmpint (hit.kind, ==, HS_HIT_ITEM);
      g_assert_cmpuint (hit.item, ==, i);
      g_assert_cmpuint (hit.part, ==, HS_GRAPH_NONE);
      hit = hs_scene_hit (scene, rect.x - 3, rect.y + 10);
      g_assert_cmpint (hit.kind, ==, HS_HIT_NOTHING);
      g_assert_cmpuint (hit.item, ==, HS_GRAPH_NONE);
    }

  for (guint row = self->boxes[list].first_row; row < self->boxes[list].first_row + 3; row++)
    {
      hit = hs_scene_hit (scene, self->boxes[list].rect.x + 5, self->rows[row].y + 12);
      g_assert_cmpint (hit.kind, ==, HS_HIT_ROW);
      g_assert_cmpuint (hit.part, ==, row);
    }

  hs_scene_get_item_rect (scene, list, &rect);
  hit = hs_scene_hit (scene, rect.x + rect.width - 12, rect.y + 16);
  g_assert_cmpint (hit.kind, ==, HS_HIT_FOLD);
  hit = hs_scene_hit (scene, -1000, 1e6);
  g_assert_cmpint (hit.kind, ==, HS_HIT_NOTHING);
}

static void
test_walk (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  HsGraphScene *self = (HsGraphScene *)scene;
  guint         list = hs_test_scene_find (scene, "list");
  guint         north = hs_test_scene_find (scene, "'north'");
  guint         south = hs_test_scene_find (scene, "'南 south'");

  g_assert_cmpuint (hs_scene_walk (scene, HS_GRAPH_NONE, HS_WALK_DOWN), ==, 0);
  g_assert_cmpuint (hs_scene_walk (scene, 0, HS_WALK_RIGHT), ==, list);
  g_assert_cmpuint (hs_scene_walk (scene, list, HS_WALK_RIGHT), ==, north);
  g_assert_cmpuint (hs_scene_walk (scene, north, HS_WALK_DOWN), ==, south);
  g_assert_cmpuint (hs_scene_walk (scene, south, HS_WALK_UP), ==, north);
  g_assert_cmpuint (hs_scene_walk (scene, north, HS_WALK_LEFT), ==, list);
  g_assert_cmpuint (hs_scene_walk (scene, list, HS_WALK_LEFT), ==, 0);
  g_assert_cmpuint (hs_scene_walk (scene, north, HS_WALK_FIRST), ==, 0);
  g_assert_cmpuint (hs_scene_walk (scene, 0, HS_WALK_LAST), ==, self->n_boxes - 1);
}

static cairo_surface_t *
paint (HsScene      *scene,
       const HsRect *clip,
       double        scale)
{
  const HsTheme   *theme = hs_theme_get (HS_THEME_LIGHT);
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, (int)ceil (clip->width * scale), (int)ceil (clip->height * scale));
  cairo_t *cr = cairo_create (surface);

  hs_theme_set_color (cr, theme->background);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -clip->x, -clip->y);
  hs_scene_draw (scene, cr, clip, scale, theme);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface,
          double           x,
          double           y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);

  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (x, <, cairo_image_surface_get_width (surface));
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (y, <, cairo_image_surface_get_height (surface));

  return ((const guint32 *)(const void *)(data + (gsize)stride * (gsize)y))[(gsize)x] & 0xffffff;
}

/* The head of every arrow touches its box; its line is there before it. */
static void
test_arrow_heads (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  HsGraphScene    *self = (HsGraphScene *)scene;
  const HsTheme   *theme = hs_theme_get (HS_THEME_LIGHT);
  double           scale = 4;
  HsRect           clip;
  cairo_surface_t *surface;

  hs_scene_get_extents (scene, &clip);
  surface = paint (scene, &clip, scale);
  for (guint i = 0; i < self->n_edges; i++)
    {
      const HsRect *to = &self->boxes[self->edges[i].to].rect;
      const HsRect *from = &self->boxes[self->edges[i].from].rect;
      double        row = self->rows[self->edges[i].row].y + HS_ROW_HEIGHT / 2.;

      g_assert_cmphex (
        pixel_at (surface, (to->x - 2) * scale, (to->y + HS_TITLE_HEIGHT / 2.) * scale), ==,
        theme->arrow);
      g_assert_cmphex (pixel_at (surface, (from->x + from->width + 1) * scale, row * scale), ==,
                       theme->arrow);
    }
  /* Nothing between the boxes of a column. */
  g_assert_cmphex (pixel_at (surface, 2, 2), ==, theme->background);
  cairo_surface_destroy (surface);
}

#define MAX_DIFFERENCE 16 /* of 255, in a channel */

/* Tiles side by side make the whole picture, at every level of detail. */
static void
test_tiles (void)
{
  static const double scales[] = { 1, 0.3, 0.1 };
  g_autoptr (HsScene) scene = hs_test_scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      double           size = 64 / scales[i];
      guint            n_different = 0;
      HsRect           whole;
      cairo_surface_t *picture;

      hs_scene_get_extents (scene, &whole);
      picture = paint (scene, &whole, scales[i]);
      for (double y = 0; y + size <= whole.height; y += size)
        for (double x = 0; x + size <= whole.width; x += size)
          {
            HsRect           clip = { x, y, size, size };
            cairo_surface_t *tile = paint (scene, &clip, scales[i]);

            for (int v = 0; v < 64; v++)
              for (int u = 0; u < 64; u++)
                {
                  guint32 a = pixel_at (tile, u, v);
                  guint32 b = pixel_at (picture, x * scales[i] + u, y * scales[i] + v);

                  /* Cairo covers the edges of slanted shapes a little
                   * differently when it clips them elsewhere. */
                  for (guint shift = 0; shift < 24; shift += 8)
                    if (abs ((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > MAX_DIFFERENCE)
                      n_different++;
                }
            cairo_surface_destroy (tile);
          }
      g_assert_cmpuint (n_different, ==, 0);
      cairo_surface_destroy (picture);
    }
}

static gpointer
paint_many (gpointer data)
{
  HsScene         *scene = data;
  HsRect           clip;
  cairo_surface_t *surface = NULL;

  hs_scene_get_extents (scene, &clip);
  for (guint i = 0; i < 20; i++)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
      surface = paint (scene, &clip, 1 + i % 3);
    }

  return surface;
}

/* Threads draw one scene at a time and get the same picture. */
static void
test_threads (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  cairo_surface_t *expected = paint_many (scene);
  gsize            size = (gsize)cairo_image_surface_get_stride (expected) *
               (gsize)cairo_image_surface_get_height (expected);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("paint", paint_many, scene);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      cairo_surface_t *surface = g_thread_join (threads[i]);

      g_assert_cmpmem (cairo_image_surface_get_data (surface), size,
                       cairo_image_surface_get_data (expected), size);
      cairo_surface_destroy (surface);
    }
  cairo_surface_destroy (expected);
}

/* Marks are drawn over the scene, in the accent colour. */
static void
test_mark (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  const HsTheme   *theme = hs_theme_get (HS_THEME_LIGHT);
  guint            list = hs_test_scene_find (scene, "list");
  HsRect           clip;
  HsRect           rect;
  cairo_surface_t *surface;
  cairo_t         *cr;

  hs_scene_get_extents (scene, &clip);
  hs_scene_get_item_rect (scene, list, &rect);
  surface = paint (scene, &clip, 2);
  cr = cairo_create (surface);
  cairo_scale (cr, 2, 2);
  hs_scene_draw_mark (scene, cr, list, HS_MARK_SELECTED, 2, theme);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  g_assert_cmphex (pixel_at (surface, 2 * (rect.x + rect.width / 2), 2 * (rect.y - 2.5)), ==,
                   theme->accent);
  g_assert_cmphex (pixel_at (surface, 2 * (rect.x - 6), 2 * (rect.y + HS_TITLE_HEIGHT / 2.)), ==,
                   theme->accent);
  cairo_surface_destroy (surface);
}

static void
test_cancelled (void)
{
  g_autoptr (HsScene) scene = hs_test_scene_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hs_graph_scene_new (hs_graph_scene_get_graph (scene), NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Relative luminance after WCAG 2.1. */
static double
luminance (HsColor color)
{
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      static const double weights[] = { 0.0722, 0.7152, 0.2126 };
      double              part = (color >> 8 * i & 0xff) / 255.;

      sum += weights[i] * (part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }

  return sum;
}

static double
contrast (HsColor a,
          HsColor b)
{
  double x = luminance (a) + 0.05;
  double y = luminance (b) + 0.05;

  return x > y ? x / y : y / x;
}

/* Text can be read and signs be told on every ground: WCAG 1.4.3, 1.4.6 and 1.4.11. */
static void
test_contrast (void)
{
  for (guint kind = HS_THEME_LIGHT; kind <= HS_THEME_HIGH_CONTRAST_DARK; kind++)
    {
      const HsTheme *theme = hs_theme_get (kind);
      double         least = kind >= HS_THEME_HIGH_CONTRAST ? 7 : 4.5;

      g_assert_cmpfloat (contrast (theme->text, theme->box), >=, 7);
      g_assert_cmpfloat (contrast (theme->quiet_text, theme->box), >=, least);
      g_assert_cmpfloat (contrast (theme->quiet_text, theme->background), >=, least);
      g_assert_cmpfloat (contrast (theme->accent_text, theme->accent), >=, 4.5);
      g_assert_cmpfloat (contrast (theme->arrow, theme->background), >=, 3);
      for (guint family = 0; family < HS_N_FAMILIES; family++)
        {
          g_assert_cmpfloat (contrast (theme->text, theme->tint[family]), >=, 7);
          g_assert_cmpfloat (contrast (theme->hue[family], theme->tint[family]), >=, 2.7);
        }
    }
}

static void
test_theme_names (void)
{
  HsThemeKind kind = HS_THEME_LIGHT;

  g_assert_true (hs_theme_kind_from_string ("high-contrast", &kind));
  g_assert_cmpint (kind, ==, HS_THEME_HIGH_CONTRAST);
  g_assert_true (hs_theme_kind_from_string ("dark", &kind));
  g_assert_cmpint (kind, ==, HS_THEME_DARK);
  g_assert_false (hs_theme_kind_from_string ("Dark", &kind));
  g_assert_false (hs_theme_kind_from_string (NULL, &kind));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scene/dump", test_dump);
  g_test_add_func ("/scene/deterministic", test_deterministic);
  g_test_add_func ("/scene/texts-fit", test_texts_fit);
  g_test_add_func ("/scene/long-text", test_long_text);
  g_test_add_func ("/scene/missing-glyph", test_missing_glyph);
  g_test_add_func ("/scene/hit", test_hit);
  g_test_add_func ("/scene/walk", test_walk);
  g_test_add_func ("/scene/arrow-heads", test_arrow_heads);
  g_test_add_func ("/scene/tiles", test_tiles);
  g_test_add_func ("/scene/threads", test_threads);
  g_test_add_func ("/scene/mark", test_mark);
  g_test_add_func ("/scene/cancelled", test_cancelled);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/names", test_theme_names);

  return g_test_run ();
}
