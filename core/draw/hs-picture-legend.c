/* hs-picture-legend.c - what the marks in a picture mean, below it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-export-private.h"
#include "hs-text.h"
#include "hs-theme-private.h"

/* Scene units */
#define SAMPLE_WIDTH  36.
#define SAMPLE_HEIGHT 18.
#define SAMPLE_GAP    8.
#define ENTRY_GAP     24.
#define LINE_HEIGHT   24.
#define FONT_SIZE     12
/* A picture that is very wide has its legend at the left, where one looks first. */
#define WIDTH_MAX 1200.

typedef struct
{
  const HsLegendEntry *entry; /* of the scene */
  PangoLayout         *text;  /* owned */
  double               x;
  double               y;
} Place;

struct _HsPictureLegend
{
  GArray *places;
  double  height;
};

static void
place_clear (gpointer data)
{
  g_clear_object (&((Place *)data)->text);
}

static double
get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);

  return ceil (logical.width / (double)PANGO_SCALE);
}

static Place
place_new (const HsLegendEntry *entry,
           const char          *language)
{
  Place place = { .entry = entry };

  place.text = _hs_picture_create_text (language, FONT_SIZE);
  pango_layout_set_text (place.text, entry->text, -1);

  return place;
}

HsPictureLegend *
_hs_picture_legend_new (HsScene *scene,
                        double   width)
{
  HsPictureLegend     *self;
  guint                n_entries;
  const HsLegendEntry *entries = hs_scene_get_legend (scene, &n_entries);
  double               x = 0;
  double               y = 0;

  if (n_entries == 0)
    return NULL;

  self = g_new0 (HsPictureLegend, 1);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
  for (guint i = 0; i < n_entries; i++)
    {
      Place  place = place_new (&entries[i], hs_scene_get_language (scene));
      double needed = SAMPLE_WIDTH + SAMPLE_GAP + get_width (place.text);

      if (x > 0 && x + needed > MIN (width, WIDTH_MAX))
        {
          x = 0;
          y += LINE_HEIGHT;
        }
      place.x = x;
      place.y = y;
      x += needed + ENTRY_GAP;
      g_array_append_val (self->places, place);
    }
  self->height = y + LINE_HEIGHT;

  return self;
}

void
_hs_picture_legend_free (HsPictureLegend *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->places);
  g_free (self);
}

double
_hs_picture_legend_get_height (const HsPictureLegend *self)
{
  return self->height;
}

void
_hs_picture_legend_draw (const HsPictureLegend *self,
                         cairo_t               *cr,
                         double                 x,
                         double                 y,
                         const HsTheme         *theme)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      HsRect       rect = { x + place->x, y + place->y + (LINE_HEIGHT - SAMPLE_HEIGHT) / 2,
                            SAMPLE_WIDTH, SAMPLE_HEIGHT };
      int          height;

      cairo_save (cr);
      place->entry->draw (cr, &rect, theme, place->entry->which);
      cairo_restore (cr);
      pango_layout_get_size (place->text, NULL, &height);
      hs_theme_set_color (cr, theme->text);
      cairo_move_to (cr, rect.x + SAMPLE_WIDTH + SAMPLE_GAP,
                     y + place->y + (LINE_HEIGHT - height / (double)PANGO_SCALE) / 2);
      pango_cairo_show_layout (cr, place->text);
    }
}
