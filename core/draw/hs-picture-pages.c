/* hs-picture-pages.c - a picture on sheets of paper
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-picture-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-export-private.h"
#include "hs-theme-private.h"

/* 72 points and 96 units to the inch: the size that it has on a screen. */
#define SCALE_MAX 0.75

/* Words are 12 and 13 units high: 7 points, as in the footnotes of a book. */
#define SCALE_SPREAD 0.58

/* Below each of several sheets. Points. */
#define LABEL_HEIGHT 16.0
#define LABEL_SIZE   8

struct _HsPicturePages
{
  HsScene       *scene; /* owned */
  HsPictureInfo *info;  /* owned; picture borrows it */
  HsPicture      picture;
  HsTheme        theme; /* as picture has it, with white paper */
  double         width; /* points, of what there is of one sheet for the picture */
  double         height;
  double         scale;
  guint          n_columns;
  guint          n_rows;
};

static guint
count (double length,
       double sheet)
{
  /* A hair more than a sheet is a sheet. */
  return (guint)MAX (1, ceil (length / sheet - 0.001));
}

HsPicturePages *
hs_picture_pages_new (HsScene             *scene,
                      const HsPictureInfo *info,
                      double               width,
                      double               height,
                      gboolean             is_spread)
{
  HsPicturePages *self = g_new0 (HsPicturePages, 1);
  double          fitting;

  self->scene = hs_scene_ref (scene);
  self->info = hs_picture_info_copy (info);
  _hs_picture_init (&self->picture, self->scene, self->info, HS_THEME_LIGHT);
  self->theme = *self->picture.theme;
  self->theme.background = 0xffffff;
  self->picture.theme = &self->theme;

  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  self->n_columns = 1;
  self->n_rows = 1;
  fitting = MIN (self->width / self->picture.width, self->height / self->picture.height);
  self->scale = MIN (fitting, SCALE_MAX);
  if (is_spread && self->scale < SCALE_SPREAD)
    {
      self->scale = SCALE_SPREAD;
      self->height = MAX (height - LABEL_HEIGHT, 1);
      self->n_columns = count (self->picture.width * self->scale, self->width);
      self->n_rows = count (self->picture.height * self->scale, self->height);
    }

  return self;
}

void
hs_picture_pages_free (HsPicturePages *self)
{
  if (self == NULL)
    return;

  _hs_picture_clear (&self->picture);
  hs_picture_info_free (self->info);
  hs_scene_unref (self->scene);
  g_free (self);
}

guint
hs_picture_pages_get_n (const HsPicturePages *self)
{
  return self->n_columns * self->n_rows;
}

double
hs_picture_pages_get_scale (const HsPicturePages *self)
{
  return self->scale;
}

static void
draw_label (HsPicturePages *self,
            guint           row,
            guint           column,
            cairo_t        *cr)
{
  g_autoptr (PangoLayout) layout =
               _hs_picture_create_text (hs_scene_get_language (self->scene), LABEL_SIZE);
  g_autofree char *text = NULL;

  /* translators: of a large picture that is printed on several sheets, which are put together:
   * %1$u of %2$u from the top, %3$u of %4$u from the left
   */
  text = g_strdup_printf (_("Row %1$u of %2$u, column %3$u of %4$u"), row + 1, self->n_rows,
                             column + 1, self->n_columns);
  pango_layout_set_text (layout, text, -1);
  hs_theme_set_color (cr, self->theme.quiet_text);
  cairo_move_to (cr, 0, self->height + LABEL_HEIGHT - LABEL_SIZE * 1.4);
  pango_cairo_show_layout (cr, layout);
}

void
hs_picture_pages_draw (HsPicturePages *self,
                       guint           page,
                       cairo_t        *cr)
{
  guint  row = page / self->n_columns;
  guint  column = page % self->n_columns;
  HsRect clip;

  g_return_if_fail (page < hs_picture_pages_get_n (self));

  clip.x = column * self->width / self->scale;
  clip.y = row * self->height / self->scale;
  clip.width = MIN (self->width / self->scale, self->picture.width - clip.x);
  clip.height = MIN (self->height / self->scale, self->picture.height - clip.y);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, clip.width * self->scale, clip.height * self->scale);
  cairo_clip (cr);
  cairo_scale (cr, self->scale, self->scale);
  cairo_translate (cr, -clip.x, -clip.y);
  _hs_picture_draw (&self->picture, cr, &clip, 1);
  cairo_restore (cr);

  if (hs_picture_pages_get_n (self) > 1)
    draw_label (self, row, column, cr);
}

gboolean
hs_picture_pages_is_wide (HsScene             *scene,
                          const HsPictureInfo *info)
{
  HsPicture picture;
  gboolean  is_wide;

  _hs_picture_init (&picture, scene, info, HS_THEME_LIGHT);
  is_wide = picture.width > picture.height;
  _hs_picture_clear (&picture);

  return is_wide;
}
