/* hs-test-views.c - draws and exports a scene of any view, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-views.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hs-export.h"

#define SIDE      160  /* pixels */
#define MOST_SIDE 6000 /* scene units: larger ones are not exported as PNG */

static cairo_t *
begin (const HsRect *clip,
       double        scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t         *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -clip->x, -clip->y);

  return cr;
}

static void
end (cairo_t *cr)
{
  g_assert_cmpstr (cairo_status_to_string (cairo_status (cr)), ==,
                   cairo_status_to_string (CAIRO_STATUS_SUCCESS));
  cairo_destroy (cr);
}

static void
draw_part (HsScene    *scene,
           HsRect      clip,
           double      scale,
           HsThemeKind kind)
{
  cairo_t *cr = begin (&clip, scale);

  hs_scene_draw (scene, cr, &clip, scale, hs_theme_get (kind));
  if (hs_scene_can_move (scene))
    hs_scene_draw_between (scene, cr, &clip, scale, hs_theme_get (kind));
  end (cr);
}

void
hs_test_views_draw_once (HsScene *scene,
                         double   scale)
{
  draw_part (scene, (HsRect) { 0, 0, SIDE / scale, SIDE / scale }, scale, HS_THEME_LIGHT);
}

static void
draw_items (HsScene *scene,
            double   scale)
{
  guint stride = 1 + hs_scene_get_n_items (scene) / 20;

  for (guint i = 0; hs_scene_can_move (scene) && i < hs_scene_get_n_items (scene); i += stride)
    {
      HsRect   rect;
      cairo_t *cr;

      hs_scene_get_item_rect (scene, i, &rect);
      cr = begin (&rect, scale);
      hs_scene_draw_item (scene, cr, i, scale, hs_theme_get (HS_THEME_DARK));
      end (cr);
    }
}

void
hs_test_views_draw_parts (HsScene *scene,
                          double   scale)
{
  double side = SIDE / scale;
  HsRect all;

  hs_scene_get_extents (scene, &all);

  HsRect clips[] = {
    { all.width / 2, all.height / 2, side, side },
    { all.width - side / 2, all.height - side / 2, side, side },
    { -side / 2, -side / 2, side, side },
    { all.width + 10, all.height + 10, side, side },
    { -2 * side, 0, side, side },
    { all.width / 3, all.height / 3, 0, 0 },
    { 0, 0, side, side },
  };

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    draw_part (scene, clips[i], scale, (HsThemeKind)(i % (HS_THEME_HIGH_CONTRAST_DARK + 1)));
  if (scale < 1)
    draw_part (scene, all, scale, HS_THEME_LIGHT);
  draw_items (scene, scale);
}

void
hs_test_views_draw_marks (HsScene *scene)
{
  guint stride = 1 + hs_scene_get_n_items (scene) / 40;

  for (guint i = 0; i < hs_scene_get_n_items (scene); i += stride)
    for (HsMark mark = HS_MARK_SELECTED; mark <= HS_MARK_FOUND; mark++)
      for (double scale = 0.01; scale <= 4; scale *= 7)
        {
          HsRect   rect;
          cairo_t *cr;

          hs_scene_get_item_rect (scene, i, &rect);
          cr = begin (&rect, scale);
          hs_scene_draw_mark (scene, cr, i, mark, scale, hs_theme_get (HS_THEME_HIGH_CONTRAST));
          end (cr);
        }
}

void
hs_test_views_draw_legend (HsScene *scene)
{
  HsRect               rect = { 8, 8, 36, 18 };
  guint                n;
  const HsLegendEntry *entries = hs_scene_get_legend (scene, &n);

  for (guint i = 0; i < n; i++)
    {
      cairo_t *cr = begin (&(HsRect) { 0 }, 1);

      g_assert_true (g_utf8_validate (entries[i].text, -1, NULL));
      g_assert_cmpuint (strlen (entries[i].text), >, 0);
      entries[i].draw (cr, &rect, hs_theme_get (HS_THEME_LIGHT), entries[i].which);
      end (cr);
    }
}

static void
export_as (HsScene       *scene,
           HsPictureInfo *info,
           const char    *folder,
           const char    *name)
{
  HsExportOptions  options = { .scale = 1, .theme = HS_THEME_DARK };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = NULL;

  g_assert_true (hs_export_format_from_path (path, &options.format));
  hs_export_scene (scene, info, &options, path, &files, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (files), >=, 1);
  for (guint i = 0; files[i] != NULL; i++)
    {
      GStatBuf status;

      g_assert_cmpint (g_stat (files[i], &status), ==, 0);
      g_assert_cmpint (status.st_size, >, 0);
      g_unlink (files[i]);
    }
}

void
hs_test_views_export (HsScene *scene)
{
  g_autofree char *folder = g_dir_make_tmp ("heapscape-views-XXXXXX", NULL);
  g_autoptr (HsPictureInfo) info = hs_picture_info_new ();
  HsRect extents;

  hs_scene_get_extents (scene, &extents);
  info->title = g_strdup ("t.py");
  export_as (scene, info, folder, "a.txt");
  export_as (scene, info, folder, "a.svg");
  export_as (scene, info, folder, "a.pdf");
  if (MAX (extents.width, extents.height) < MOST_SIDE)
    export_as (scene, info, folder, "a.png");
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}
