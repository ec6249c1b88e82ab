/* hs-text.c - text shaped once and drawn by any thread
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-text.h"

#include <pango/pangocairo.h>

/* Half the height of a capital, as a part of the font size: 0.35 to 0.37 in
 * Cantarell, DejaVu Sans, Noto Sans and Adwaita Sans.
 */
#define HALF_CAPITAL 0.36

typedef struct
{
  cairo_font_face_t         *face;
  cairo_matrix_t             font_matrix;
  cairo_glyph_t             *glyphs; /* from the start of the text, on its baseline */
  int                        n_glyphs;
  cairo_text_cluster_t      *clusters; /* NULL if they could not be told */
  int                        n_clusters;
  cairo_text_cluster_flags_t flags;
  char                      *text; /* that the glyphs stand for */
  int                        n_bytes;
  GArray                    *missing; /* cairo_rectangle_t, NULL if none: as glyphs are placed */
} Run;

struct _HsTexts
{
  GHashTable   *texts; /* key: style, width and text; value: HsText */
  PangoContext *context;
  PangoLayout  *layouts[HS_N_TEXT_STYLES];
};

static const struct
{
  const char *families;
  double      size; /* scene units */
  PangoWeight weight;
  gboolean    is_italic;
  const char *features;
} styles[HS_N_TEXT_STYLES] = {
  [HS_TEXT_TITLE] = { HS_TEXT_WORDS, 13.5, PANGO_WEIGHT_BOLD, FALSE, NULL },
  [HS_TEXT_LABEL] = { HS_TEXT_WORDS, 13.5, PANGO_WEIGHT_NORMAL, FALSE, NULL },
  [HS_TEXT_NUMBER] = { HS_TEXT_WORDS, 13.5, PANGO_WEIGHT_NORMAL, FALSE, "tnum=1" },
  [HS_TEXT_VALUE] = { HS_TEXT_VALUES, 11.5, PANGO_WEIGHT_NORMAL, FALSE, NULL },
  [HS_TEXT_QUIET] = { HS_TEXT_WORDS, 11.5, PANGO_WEIGHT_NORMAL, FALSE, "tnum=1" },
  [HS_TEXT_MORE] = { HS_TEXT_WORDS, 12.5, PANGO_WEIGHT_NORMAL, TRUE, "tnum=1" },
};

static void
run_clear (Run *run)
{
  cairo_font_face_destroy (run->face);
  g_free (run->glyphs);
  g_free (run->clusters);
  g_free (run->text);
  g_clear_pointer (&run->missing, g_array_unref);
}

static void
text_free (gpointer data)
{
  HsText *text = data;
  Run    *runs = text->runs;

  for (gsize i = 0; i < text->n_runs; i++)
    run_clear (&runs[i]);
  g_free (runs);
  g_free (text->string);
  g_free (text);
}

static PangoLayout *
create_layout (PangoContext *context,
               HsTextStyle   style)
{
  PangoLayout          *layout = pango_layout_new (context);
  PangoFontDescription *description = pango_font_description_new ();

  pango_font_description_set_family_static (description, styles[style].families);
  pango_font_description_set_absolute_size (description, styles[style].size * PANGO_SCALE);
  pango_font_description_set_weight (description, styles[style].weight);
  pango_font_description_set_style (description, styles[style].is_italic ? PANGO_STYLE_ITALIC
                                                                         : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

/**
 * hs_texts_new:
 * @language: (nullable): a Pango language ("zh-cn") that chooses the shapes of
 *   ideographs; %NULL for the locale's
 */
HsTexts *
hs_texts_new (const char *language)
{
  HsTexts              *self = g_new0 (HsTexts, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, text_free);
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  /* The same widths at every zoom and in every format. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (self->context, FALSE);

  /* Values are shown in the order of their characters, like source code. */
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_LTR);
  if (language != NULL)
    pango_context_set_language (self->context, pango_language_from_string (language));

  for (guint i = 0; i < HS_N_TEXT_STYLES; i++)
    self->layouts[i] = create_layout (self->context, i);

  return self;
}

void
hs_texts_seal (HsTexts *self)
{
  for (guint i = 0; i < HS_N_TEXT_STYLES; i++)
    g_clear_object (&self->layouts[i]);
  g_clear_object (&self->context);
}

void
hs_texts_free (HsTexts *self)
{
  if (self == NULL)
    return;

  hs_texts_seal (self);
  g_hash_table_unref (self->texts);
  g_free (self);
}

/* Pango's box for a character that no font has is not a glyph that Cairo
 * knows; it is drawn as a frame.
 */
static gboolean
is_drawable (PangoGlyph glyph)
{
  return glyph != PANGO_GLYPH_EMPTY && (glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
}

/* Which bytes each glyph stands for, so that text can be copied from a PDF. */
static void
find_clusters (Run            *run,
               PangoGlyphItem *item,
               const char     *text)
{
  GArray            *clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  PangoGlyphItemIter iter;
  int                n_bytes = 0;
  int                n_glyphs = 0;

  for (gboolean more = pango_glyph_item_iter_init_start (&iter, item, text); more;
       more = pango_glyph_item_iter_next_cluster (&iter))
    {
      cairo_text_cluster_t cluster = { iter.end_index - iter.start_index, 0 };
      int                  step = iter.start_glyph < iter.end_glyph ? 1 : -1;

      for (int i = iter.start_glyph; i != iter.end_glyph; i += step)
        if (is_drawable (item->glyphs->glyphs[i].glyph))
          cluster.num_glyphs++;
      n_bytes += cluster.num_bytes;
      n_glyphs += cluster.num_glyphs;
      g_array_append_val (clusters, cluster);
    }

  if (n_bytes == run->n_bytes && n_glyphs == run->n_glyphs)
    {
      run->n_clusters = (int)clusters->len;
      run->clusters = (cairo_text_cluster_t *)(void *)g_array_free (clusters, FALSE);
      run->flags = item->item->analysis.level % 2 ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0;
    }
  else
    g_array_unref (clusters);
}

static void
add_missing (Run   *run,
             double x,
             double width)
{
  cairo_rectangle_t frame = { x + 1, -width, width - 2, width };

  if (run->missing == NULL)
    run->missing = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));
  g_array_append_val (run->missing, frame);
}

static double
fill_run (Run            *run,
          PangoGlyphItem *item,
          const char     *text,
          double          x)
{
  PangoGlyphString    *glyphs = item->glyphs;
  PangoCairoFont      *font = PANGO_CAIRO_FONT (item->item->analysis.font);
  cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font (font);
  double               y = -item->y_offset / (double)PANGO_SCALE;

  x += item->start_x_offset / (double)PANGO_SCALE;
  run->face = cairo_font_face_reference (cairo_scaled_font_get_font_face (scaled));
  cairo_scaled_font_get_font_matrix (scaled, &run->font_matrix);
  run->glyphs = g_new (cairo_glyph_t, glyphs->num_glyphs);
  run->n_bytes = item->item->length;
  run->text = g_strndup (text + item->item->offset, (gsize)run->n_bytes);

  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &glyphs->glyphs[i];

      if (is_drawable (info->glyph))
        run->glyphs[run->n_glyphs++] = (cairo_glyph_t) {
          info->glyph,
          x + info->geometry.x_offset / (double)PANGO_SCALE,
          y + info->geometry.y_offset / (double)PANGO_SCALE,
        };
      else if (info->glyph != PANGO_GLYPH_EMPTY)
        add_missing (run, x, info->geometry.width / (double)PANGO_SCALE);
      x += info->geometry.width / (double)PANGO_SCALE;
    }
  find_clusters (run, item, text);

  return x + item->end_x_offset / (double)PANGO_SCALE;
}

/* Cairo 1.16 puts glyphs on whole pixels, which can eat the better part of a
 * space in small print; a little more room keeps words and digit groups apart.
 */
#define WIDER_SPACE 0.9 /* scene units */

static void
widen_spaces (PangoLayout *layout,
              HsTextStyle  style,
              const char  *string)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (styles[style].features != NULL)
    pango_attr_list_insert (attributes, pango_attr_font_features_new (styles[style].features));

  for (const char *p = string; *p != '\0' && style != HS_TEXT_VALUE; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      {
        PangoAttribute *attribute =
          pango_attr_letter_spacing_new ((int)(WIDER_SPACE * PANGO_SCALE));

        attribute->start_index = (guint)(p - string);
        attribute->end_index = (guint)(g_utf8_next_char (p) - string);
        pango_attr_list_insert (attributes, attribute);
      }
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static HsText *
shape (PangoLayout *layout,
       HsTextStyle  style,
       const char  *string,
       double       max_width)
{
  HsText          *text = g_new0 (HsText, 1);
  PangoLayoutLine *line;
  Run             *runs;
  double           x = 0;

  widen_spaces (layout, style, string);
  pango_layout_set_text (layout, string, -1);
  pango_layout_set_width (layout, max_width < 0 ? -1 : (int)(max_width * PANGO_SCALE));
  line = pango_layout_get_line_readonly (layout, 0);

  runs = g_new0 (Run, g_slist_length (line->runs));
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *item = l->data;

      if (item->item->analysis.font != NULL)
        x = fill_run (&runs[text->n_runs++], item, pango_layout_get_text (layout), x);
    }
  text->string = g_strdup (string);
  text->runs = runs;
  text->width = x;
  text->size = styles[style].size;

  return text;
}

const HsText *
hs_texts_shape (HsTexts    *self,
                HsTextStyle style,
                const char *text,
                double      max_width)
{
  g_autofree char *key = g_strdup_printf ("%u %d %s", style, (int)max_width, text);
  HsText          *shaped = g_hash_table_lookup (self->texts, key);

  g_return_val_if_fail (self->context != NULL, NULL);

  if (shaped == NULL)
    {
      shaped = shape (self->layouts[style], style, text, max_width);
      g_hash_table_insert (self->texts, g_steal_pointer (&key), shaped);
    }

  return shaped;
}

static void
draw_missing (const Run *run,
              cairo_t   *cr)
{
  for (guint i = 0; i < run->missing->len; i++)
    {
      const cairo_rectangle_t *frame = &g_array_index (run->missing, cairo_rectangle_t, i);

      cairo_rectangle (cr, frame->x, frame->y, frame->width, frame->height);
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
hs_text_draw (const HsText *text,
              cairo_t      *cr,
              double        x,
              double        baseline)
{
  const Run *runs = text->runs;
  gboolean   keep_text = cairo_surface_has_show_text_glyphs (cairo_get_target (cr));

  cairo_save (cr);
  cairo_translate (cr, x, baseline);
  for (gsize i = 0; i < text->n_runs; i++)
    {
      const Run *run = &runs[i];

      cairo_set_font_face (cr, run->face);
      cairo_set_font_matrix (cr, &run->font_matrix);
      if (keep_text && run->clusters != NULL)
        cairo_show_text_glyphs (cr, run->text, run->n_bytes, run->glyphs, run->n_glyphs,
                                run->clusters, run->n_clusters, run->flags);
      else
        cairo_show_glyphs (cr, run->glyphs, run->n_glyphs);
      if (run->missing != NULL)
        draw_missing (run, cr);
    }
  cairo_restore (cr);
}

double
hs_text_get_baseline (const HsText *text,
                      double        y)
{
  return y + text->size * HALF_CAPITAL;
}
