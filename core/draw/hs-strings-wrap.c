/* hs-strings-wrap.c - sentences in lines
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-wrap.h"

#include <pango/pango.h>

struct _HsWraps
{
  HsTexts    *texts;
  GHashTable *lines; /* style, width and text → GPtrArray of HsText */
};

static void
free_lines (gpointer lines)
{
  g_ptr_array_unref (lines);
}

HsWraps *
_hs_wraps_new (HsTexts *texts)
{
  HsWraps *self = g_new0 (HsWraps, 1);

  self->texts = texts;
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_lines);

  return self;
}

void
_hs_wraps_free (HsWraps *self)
{
  g_hash_table_unref (self->lines);
  g_free (self);
}

typedef struct
{
  HsTexts    *texts;
  GPtrArray  *lines;
  HsTextStyle style;
  double      width;
  GString    *line;
} Breaking;

static const HsText *
shape (Breaking   *breaking,
       const char *text)
{
  return hs_texts_shape (breaking->texts, breaking->style, text, -1);
}

static void
end_line (Breaking *breaking)
{
  const HsText *text;

  g_strchomp (breaking->line->str);
  if (*breaking->line->str != '\0')
    {
      text = shape (breaking, breaking->line->str);
      if (text->width > breaking->width)
        text = hs_texts_shape (breaking->texts, breaking->style, breaking->line->str,
                               breaking->width);
      g_ptr_array_add (breaking->lines, (gpointer)text);
    }
  g_string_set_size (breaking->line, 0);
}

/* Adds what may not be broken: to the line if there is room, else to the next. */
static void
add_part (Breaking   *breaking,
          const char *part,
          gsize       size)
{
  gsize            old = breaking->line->len;
  g_autofree char *visible = NULL;

  g_string_append_len (breaking->line, part, (gssize)size);
  if (old == 0)
    return;
  visible = g_strchomp (g_strdup (breaking->line->str));
  if (shape (breaking, visible)->width <= breaking->width)
    return;

  g_string_truncate (breaking->line, old);
  end_line (breaking);
  g_string_append_len (breaking->line, part, (gssize)size);
}

static GPtrArray *
break_text (HsWraps    *self,
            HsTextStyle style,
            const char *text,
            double      width)
{
  Breaking      breaking = { self->texts, g_ptr_array_new (), style, width, g_string_new (NULL) };
  int           n_attrs = (int)g_utf8_strlen (text, -1) + 1;
  PangoLogAttr *attrs;
  const char   *start = text;
  const char   *end = text;

  if (shape (&breaking, text)->width <= width)
    {
      g_string_append (breaking.line, text);
      end_line (&breaking);
      g_string_free (breaking.line, TRUE);
      return breaking.lines;
    }

  attrs = g_new0 (PangoLogAttr, n_attrs);
  pango_get_log_attrs (text, -1, 0, pango_language_get_default (), attrs, n_attrs);
  for (int i = 1; i < n_attrs; i++)
    {
      end = g_utf8_next_char (end);
      if (!attrs[i].is_line_break && i < n_attrs - 1)
        continue;
      add_part (&breaking, start, (gsize)(end - start));
      start = end;
    }
  end_line (&breaking);
  g_string_free (breaking.line, TRUE);
  g_free (attrs);

  return breaking.lines;
}

const HsText *const *
_hs_wraps_get (HsWraps    *self,
               HsTextStyle style,
               const char *text,
               double      width,
               guint      *n)
{
  g_autofree char *key = g_strdup_printf ("%u %d %s", style, (int)width, text);
  GPtrArray       *lines = g_hash_table_lookup (self->lines, key);

  if (lines == NULL)
    {
      lines = break_text (self, style, text, width);
      g_hash_table_insert (self->lines, g_steal_pointer (&key), lines);
    }
  *n = lines->len;

  return (const HsText *const *)lines->pdata;
}
