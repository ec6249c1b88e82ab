/* hs-picture.c - a scene with its background, legend and footer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-export-private.h"
#include "hs-text.h"
#include "hs-theme-private.h"

/* Scene units. */
#define MARGIN       32.
#define WIDTH_MIN    480. /* room for the footer below a small scene */
#define RULE_GAP     14.
#define FONT_SIZE    12
#define LINE_STRETCH 1.25f

/* The parts of a line stand apart by this. */
#define SEPARATOR "  ·  "

static void
append_part (GString    *line,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, SEPARATOR);
  g_string_append (line, part);
}

static void
add_line (GPtrArray *lines,
          GString   *line)
{
  if (line->len > 0)
    g_ptr_array_add (lines, g_string_free (line, FALSE));
  else
    g_string_free (line, TRUE);
}

GPtrArray *
_hs_picture_dup_lines (HsScene             *scene,
                       const HsPictureInfo *info)
{
  GPtrArray       *lines = g_ptr_array_new_with_free_func (g_free);
  GString         *what = g_string_new (NULL);
  GString         *figures = g_string_new (NULL);
  g_autofree char *left_out = hs_scene_dup_left_out (scene);

  append_part (what, info->title);
  append_part (what, info->python);
  append_part (what, info->date);
  append_part (what, info->status);
  append_part (figures, info->figures);
  append_part (figures, left_out);
  append_part (figures, info->method);
  add_line (lines, what);
  add_line (lines, figures);

  return lines;
}

PangoLayout *
_hs_picture_create_text (const char *language,
                         int         size)
{
  PangoFontMap         *map = pango_cairo_font_map_get_default ();
  PangoContext         *context = pango_font_map_create_context (map);
  PangoLayout          *layout;
  PangoFontDescription *description = pango_font_description_new ();
  PangoAttrList        *attributes = pango_attr_list_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  if (language != NULL)
    pango_context_set_language (context, pango_language_from_string (language));
  layout = pango_layout_new (context);
  g_object_unref (context);

  pango_font_description_set_family_static (description, HS_TEXT_WORDS);
  pango_font_description_set_absolute_size (description, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_auto_dir (layout, FALSE);

  return layout;
}

static PangoLayout *
create_footer (GPtrArray  *lines,
               double      width,
               const char *language)
{
  PangoLayout     *layout = _hs_picture_create_text (language, FONT_SIZE);
  g_autofree char *text = NULL;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, LINE_STRETCH);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv ("\n", (char **)lines->pdata);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

void
_hs_picture_init (HsPicture           *self,
                  HsScene             *scene,
                  const HsPictureInfo *info,
                  HsThemeKind          theme)
{
  g_autoptr (GPtrArray) lines = _hs_picture_dup_lines (scene, info);
  HsRect extents;

  hs_scene_get_extents (scene, &extents);
  *self = (HsPicture) { 0 };
  self->scene = scene;
  self->info = info;
  self->theme = hs_theme_get (theme);
  self->width = MAX (WIDTH_MIN, extents.width);
  self->height = extents.height;
  self->legend_y = extents.height;
  self->legend = _hs_picture_legend_new (scene, self->width - 2 * MARGIN);
  if (self->legend != NULL)
    self->height += _hs_picture_legend_get_height (self->legend) + MARGIN / 2;
  self->footer_y = self->height;

  if (lines->len > 0)
    {
      PangoRectangle logical;

      self->footer = create_footer (lines, self->width - 2 * MARGIN, hs_scene_get_language (scene));
      pango_layout_get_extents (self->footer, NULL, &logical);
      self->height += RULE_GAP + ceil (logical.height / (double)PANGO_SCALE) + MARGIN * 0.75;
    }
}

void
_hs_picture_clear (HsPicture *self)
{
  g_clear_pointer (&self->legend, _hs_picture_legend_free);
  g_clear_object (&self->footer);
}

void
_hs_picture_draw (HsPicture    *self,
                  cairo_t      *cr,
                  const HsRect *clip,
                  double        scale)
{
  hs_theme_set_color (cr, self->theme->background);
  cairo_rectangle (cr, clip->x, clip->y, clip->width, clip->height);
  cairo_fill (cr);

  hs_scene_draw (self->scene, cr, clip, MAX (scale, 1), self->theme);

  if (self->legend != NULL && clip->y + clip->height > self->legend_y)
    _hs_picture_legend_draw (self->legend, cr, MARGIN, self->legend_y, self->theme);
  if (self->footer != NULL && clip->y + clip->height > self->footer_y)
    {
      hs_theme_set_color (cr, self->theme->line);
      cairo_rectangle (cr, MARGIN, self->footer_y, self->width - 2 * MARGIN, 1);
      cairo_fill (cr);
      hs_theme_set_color (cr, self->theme->quiet_text);
      cairo_move_to (cr, MARGIN, self->footer_y + RULE_GAP);
      pango_cairo_show_layout (cr, self->footer);
    }
}
