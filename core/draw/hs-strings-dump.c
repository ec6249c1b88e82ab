/* hs-strings-dump.c - a scene of texts as text, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-scene-private.h"

static void
append_rect (GString      *dump,
             const HsRect *rect)
{
  g_string_append_printf (dump, " %d,%d %d,%d", (int)rect->x, (int)rect->y, (int)rect->width,
                          (int)rect->height);
}

static void
append_texts (GString        *dump,
              HsStringsScene *self,
              guint           first,
              guint           n)
{
  for (guint i = first; i < first + n; i++)
    g_string_append_printf (dump, "  “%s”%s %d,%d\n", self->placed[i].text->string,
                            self->placed[i].is_cut ? " cut" : "", (int)self->placed[i].x,
                            (int)self->placed[i].middle);
}

static void
append_boxes (GString        *dump,
              HsStringsScene *self,
              guint           row)
{
  const HsStringsRow *shown = &self->page->rows[row];

  for (guint i = shown->first_copy; i < shown->first_copy + shown->n_copies; i++)
    {
      const HsStringsBox *box = &self->boxes[i];

      g_string_append_printf (dump, "  box %u", box->item);
      append_rect (dump, &box->rect);
      g_string_append (dump, box->is_shared ? " shared\n" : "\n");
      for (guint k = box->first_chip; k < box->first_chip + box->n_chips; k++)
        {
          const HsStringsChip *chip = &self->chips[k];

          g_string_append (dump, chip->is_quiet ? "    note" : "    arc");
          append_rect (dump, &chip->rect);
          g_string_append_printf (dump, " to %u\n", box->item);
        }
    }
}

char *
_hs_strings_scene_dump (HsScene *scene)
{
  static const char *const kinds[] = { "value", "more", "folded", "note" };
  HsStringsScene          *self = (HsStringsScene *)scene;
  GString                 *dump = g_string_new ("scene");

  g_string_append_printf (dump, " %d,%d\n", (int)scene->width, (int)scene->height);
  append_texts (dump, self, 0, self->n_head_texts);
  for (guint i = 0; i < self->n_bands; i++)
    {
      const HsStringsBand *band = &self->bands[i];

      g_string_append_printf (dump, "%s %d,%d\n", kinds[band->kind], (int)band->y,
                              (int)band->height);
      append_texts (dump, self, band->first_text, band->n_texts);
      if (band->kind == HS_STRINGS_BAND_VALUE)
        append_boxes (dump, self, i);
    }

  return g_string_free (dump, FALSE);
}
