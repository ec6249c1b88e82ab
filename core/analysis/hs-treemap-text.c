/* hs-treemap-text.c - what keeps how many bytes alive, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-treemap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-dominators.h"
#include "hs-format.h"

#define LEVELS 3

static char *
dup_bytes (const HsTreemapTile *tile,
           gboolean             is_exact)
{
  g_autofree char *text =
    is_exact ? hs_format_bytes_exact (tile->bytes) : hs_format_bytes (tile->bytes);

  return tile->is_least ? g_strconcat ("≥ ", text, NULL) : g_steal_pointer (&text);
}

/* The title, and the type unless it says that already. */
static void
append_title (GString             *text,
              const HsTreemapTile *tile)
{
  g_string_append (text, tile->title);
  if (tile->kind != HS_TILE_OBJECT || *tile->type == '\0')
    return;
  if (*tile->title != '\0')
    g_string_append (text, ", ");
  g_string_append (text, tile->type);
}

char *
hs_treemap_tile_name (const HsTreemapTile *tile,
                      guint64              whole)
{
  g_autofree char *bytes = dup_bytes (tile, FALSE);
  GString         *text = g_string_new (NULL);

  append_title (text, tile);
  g_string_append_printf (text, ", %s", bytes);
  if (whole > 0)
    g_string_append_printf (text, ", %.1f %%", 100 * (double)tile->bytes / (double)whole);

  return g_string_free (text, FALSE);
}

char *
hs_treemap_tile_describe (HsHeap              *heap,
                          const HsTreemapTile *tile,
                          guint64              whole)
{
  g_autofree char *bytes = dup_bytes (tile, TRUE);
  GString         *text = g_string_new (NULL);

  append_title (text, tile);
  g_string_append_c (text, '\n');
  if (tile->kind == HS_TILE_SELF)
    /* translators: %s is a size */
    g_string_append_printf (text, _("Occupied: %s"), bytes);
  else
    /* translators: %s is a size */
    g_string_append_printf (text, _("Retained: %s"), bytes);
  if (whole > 0)
    {
      g_string_append_c (text, '\n');
      /* translators: %.1f is a percentage */
      g_string_append_printf (text, _("Of the whole: %.1f %%"),
                                       100 * (double)tile->bytes / (double)whole);
    }
  if (tile->kind == HS_TILE_OBJECT)
    {
      g_autofree char *count = hs_format_count (
        hs_dominators_get_n_retained (hs_heap_get_dominators (heap), tile->object) - 1);

      g_string_append_c (text, '\n');
      /* translators: %s is a number of objects */
      g_string_append_printf (text, _("Objects that it alone keeps alive: %s"), count);
    }

  return g_string_free (text, FALSE);
}

static void
append_level (GString *text,
              HsHeap  *heap,
              guint32  object,
              guint64  whole,
              guint    level)
{
  g_autoptr(GArray) tiles = hs_treemap_get_tiles (heap, object);

  for (guint i = 0; i < tiles->len; i++)
    {
      const HsTreemapTile *tile = &g_array_index (tiles, HsTreemapTile, i);
      g_autofree char     *name = hs_treemap_tile_name (tile, whole);

      g_string_append_printf (text, "%*s%s\n", (int)(2 * level), "", name);
      if (tile->kind == HS_TILE_OBJECT && tile->has_tiles && level + 1 < LEVELS &&
          tile->bytes >= whole / 100)
        append_level (text, heap, tile->object, whole, level + 1);
    }
}

char *
hs_treemap_to_text (HsHeap *heap,
                    guint32 root)
{
  g_autoptr(GArray) tiles = hs_treemap_get_tiles (heap, root);
  GString *text = g_string_new (NULL);
  guint64  whole = 0;

  for (guint i = 0; i < tiles->len; i++)
    whole += MIN (g_array_index (tiles, HsTreemapTile, i).bytes, G_MAXUINT64 - 1 - whole);
  append_level (text, heap, root, whole, 0);

  return g_string_free (text, FALSE);
}
