/* hs-font-css.c - the font of text as CSS
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-font-css.h"

/* A CSS string: quotes and backslashes within a family would end it early. */
static void
append_family (GString    *css,
               const char *family)
{
  g_string_append_c (css, '"');
  for (const char *p = family; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (css, '\\');
      if ((guchar)*p >= ' ')
        g_string_append_c (css, *p);
    }
  g_string_append_c (css, '"');
}

static void
append_families (GString    *css,
                 const char *families)
{
  g_auto(GStrv) split = g_strsplit (families, ",", -1);

  g_string_append (css, "font-family: ");
  for (guint i = 0; split[i] != NULL; i++)
    {
      append_family (css, g_strstrip (split[i]));
      g_string_append (css, ", ");
    }
  g_string_append (css, "monospace; ");
}

/* The weights of Pango are those of CSS, but for the odd ones. */
static void
append_style (GString                    *css,
              const PangoFontDescription *font)
{
  PangoFontMask mask = pango_font_description_get_set_fields (font);
  int           weight = pango_font_description_get_weight (font);

  if (mask & PANGO_FONT_MASK_WEIGHT)
    g_string_append_printf (css, "font-weight: %d; ",
                            CLAMP (weight, 100, 900) / 100 * 100);
  if (mask & PANGO_FONT_MASK_STYLE)
    g_string_append_printf (css, "font-style: %s; ",
                            pango_font_description_get_style (font) == PANGO_STYLE_NORMAL ? "normal"
                            : pango_font_description_get_style (font) == PANGO_STYLE_ITALIC
                              ? "italic"
                              : "oblique");
}

static void
append_size (GString                    *css,
             const PangoFontDescription *font,
             double                      factor)
{
  char   number[G_ASCII_DTOSTR_BUF_SIZE];
  int    size = font != NULL ? pango_font_description_get_size (font) : 0;
  double value = size > 0 ? factor * size / PANGO_SCALE : factor;

  g_ascii_formatd (number, sizeof number, "%.4f", value);
  if (size <= 0)
    g_string_append_printf (css, "font-size: %sem; ", number);
  else
    g_string_append_printf (css, "font-size: %s%s; ", number,
                            pango_font_description_get_size_is_absolute (font) ? "px" : "pt");
}

char *
hs_font_css_new (const char *font,
                 double      factor)
{
  PangoFontDescription *description = font != NULL ? pango_font_description_from_string (font)
                                                   : NULL;
  GString              *css = g_string_new ("textview { ");

  if (description != NULL && pango_font_description_get_family (description) != NULL)
    append_families (css, pango_font_description_get_family (description));
  if (description != NULL)
    append_style (css, description);
  append_size (css, description, factor);
  g_string_append_c (css, '}');
  g_clear_pointer (&description, pango_font_description_free);

  return g_string_free (css, FALSE);
}
