/* hs-census-scene.c - the types of a heap as a table with bars
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-census-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-census-scene-private.h"
#include "hs-format.h"

#define LINE_HEIGHT 20.
#define SECTION_GAP 16.

/* Columns: where their text begins or, of numbers, ends; from the margin. */
#define COLUMN_NAME      24.
#define NAME_WIDTH       260.
#define COLUMN_OBJECTS   380.
#define COLUMN_GETSIZEOF 500.
#define COLUMN_BYTES     600.
#define COLUMN_SHARE     664.
#define COLUMN_RETAINED  772.
#define COLUMN_BAR       796.

/* The same with an earlier moment to compare with. */
#define COLUMN_MORE_OBJECTS   470.
#define COLUMN_COMPARED_BYTES 570.
#define COLUMN_MORE_BYTES     668.
#define BAR_WIDTH             300.

static void
add_label (HsCensusScene *self,
           HsTextStyle    style,
           const char    *text,
           double         width,
           double         x,
           double         y)
{
  HsCensusLabel label = { hs_texts_shape (self->texts, style, text, width), HS_CENSUS_MARGIN + x, y,
                          style == HS_TEXT_QUIET || style == HS_TEXT_MORE };

  g_array_append_val (self->labels, label);
}

/* Ends at @x. */
static void
add_number (HsCensusScene *self,
            HsTextStyle    style,
            const char    *text,
            double         x,
            double         y)
{
  add_label (self, style, text, -1, x, y);
  g_array_index (self->labels, HsCensusLabel, self->labels->len - 1).x -=
    g_array_index (self->labels, HsCensusLabel, self->labels->len - 1).text->width;
}

static void
add_bytes (HsCensusScene *self,
           guint64        bytes,
           gboolean       is_least,
           double         x,
           double         y)
{
  g_autofree char *text = hs_format_bytes (bytes);
  g_autofree char *least = g_strconcat ("≥ ", text, NULL);

  add_number (self, HS_TEXT_NUMBER, is_least && bytes != HS_BYTES_UNKNOWN ? least : text, x, y);
}

static void
add_head (HsCensusScene *self,
          double         y)
{
  add_label (self, HS_TEXT_QUIET, _("Type"), -1, COLUMN_NAME, y);
  add_number (self, HS_TEXT_QUIET, _("Objects"), COLUMN_OBJECTS, y);
  if (hs_census_get_diff (self->census) != NULL)
    {
      add_number (self, HS_TEXT_QUIET, _("Difference"), COLUMN_MORE_OBJECTS, y);
      add_number (self, HS_TEXT_QUIET, _("Bytes"), COLUMN_COMPARED_BYTES, y);
      add_number (self, HS_TEXT_QUIET, _("Difference"), COLUMN_MORE_BYTES, y);
    }
  else
    {
      add_number (self, HS_TEXT_QUIET, "sys.getsizeof()", COLUMN_GETSIZEOF, y);
      add_number (self, HS_TEXT_QUIET, _("Bytes"), COLUMN_BYTES, y);
    }
  add_number (self, HS_TEXT_QUIET, _("Retained"), COLUMN_RETAINED, y);
}

/* "12 %", "< 1 %" */
static char *
dup_share (HsCensusScene *self,
           guint64        bytes)
{
  double whole = (double)MAX (hs_census_get_occupied (self->census, NULL), 1);
  double percent = 100 * (double)bytes / whole;

  if (bytes == 0)
    return g_strdup ("");
  if (percent < 1)
    return g_strdup ("< 1 %");

  return g_strdup_printf ("%.0f %%", percent);
}

/* What differs from the earlier moment, in place of sys.getsizeof() and the share. */
static void
add_difference (HsCensusScene      *self,
                const HsCensusType *type,
                double              y)
{
  const HsDiffSum *sum;
  g_autofree char *objects = NULL;
  g_autofree char *bytes = NULL;

  add_bytes (self, type->occupied, type->is_least, COLUMN_COMPARED_BYTES, y);
  if (type->difference == NULL)
    return;

  sum = &type->difference->sum;
  objects = hs_diff_format_count (sum->n_before, sum->n_after);
  bytes = hs_diff_format_bytes (sum->bytes_before, sum->bytes_after);
  add_number (self, sum->n_before == sum->n_after ? HS_TEXT_QUIET : HS_TEXT_NUMBER, objects,
              COLUMN_MORE_OBJECTS, y);
  add_number (self, sum->bytes_before == sum->bytes_after ? HS_TEXT_QUIET : HS_TEXT_NUMBER, bytes,
              COLUMN_MORE_BYTES, y);
}

static void
add_row (HsCensusScene *self,
         guint          row,
         double         y)
{
  const HsCensusType *type = hs_census_get (self->census, row);
  g_autofree char    *objects = hs_format_count (type->n_objects);
  g_autofree char    *share = dup_share (self, type->occupied);

  add_label (self, HS_TEXT_LABEL, type->name, NAME_WIDTH, COLUMN_NAME, y);
  add_number (self, HS_TEXT_NUMBER, objects, COLUMN_OBJECTS, y);
  if (hs_census_get_diff (self->census) != NULL)
    add_difference (self, type, y);
  else
    {
      add_bytes (self, type->getsizeof, FALSE, COLUMN_GETSIZEOF, y);
      add_bytes (self, type->occupied, type->is_least, COLUMN_BYTES, y);
      add_number (self, HS_TEXT_QUIET, share, COLUMN_SHARE, y);
    }
  add_bytes (self, type->retained, type->is_retained_least, COLUMN_RETAINED, y);
}

/* What the last row stands for. Returns: (transfer full) */
static char *
dup_rest (HsCensusScene *self)
{
  guint            n = hs_census_get_n (self->census) - self->n_rows;
  guint64          bytes = 0;
  g_autofree char *size = NULL;
  g_autofree char *count = hs_format_count (n);

  for (guint i = self->n_rows; i < hs_census_get_n (self->census); i++)
    bytes += MIN (hs_census_get (self->census, i)->occupied, G_MAXUINT64 / 2 - bytes);
  size = hs_format_bytes (bytes);

  /* translators: %1$s is a number, %2$s a size */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %1$s more type, %2$s",
                                       "… %1$s more types, %2$s", n),
                          count, size);
}

static void
place (HsCensusScene *self)
{
  g_autofree char *summary = hs_census_dup_summary (self->census);
  g_auto(GStrv) lines = g_strsplit (summary, "\n", -1);
  double right = HS_CENSUS_MARGIN + COLUMN_BAR + BAR_WIDTH;
  double y = HS_CENSUS_MARGIN;

  for (guint i = 0; lines[i] != NULL; i++, y += LINE_HEIGHT)
    add_label (self, i == 0 ? HS_TEXT_TITLE : HS_TEXT_LABEL, lines[i], -1, 0, y + LINE_HEIGHT / 2);
  for (guint i = 0; i < self->labels->len; i++)
    right = MAX (right, HS_CENSUS_MARGIN +
                          g_array_index (self->labels, HsCensusLabel, i).text->width);
  y += SECTION_GAP;
  add_head (self, y + HS_CENSUS_ROW_HEIGHT / 2);
  self->table_y = y + HS_CENSUS_ROW_HEIGHT;
  self->bar_x = HS_CENSUS_MARGIN + COLUMN_BAR;
  self->bar_width = BAR_WIDTH;
  for (guint i = 0; i < self->n_rows; i++)
    {
      const HsCensusType *type = hs_census_get (self->census, i);

      self->most = MAX (self->most, MAX (type->occupied, type->retained));
      add_row (self, i, self->table_y + HS_CENSUS_ROW_HEIGHT * (i + 0.5));
    }
  if (self->n_rows < self->parent.n_items)
    {
      g_autofree char *rest = dup_rest (self);

      add_label (self, HS_TEXT_MORE, rest, -1, COLUMN_NAME,
                 self->table_y + HS_CENSUS_ROW_HEIGHT * (self->n_rows + 0.5));
    }
  self->parent.width = ceil (right) + HS_CENSUS_MARGIN;
  self->parent.height =
    self->table_y + HS_CENSUS_ROW_HEIGHT * self->parent.n_items + HS_CENSUS_MARGIN;
}

static void
census_scene_finalize (HsScene *scene)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->census, hs_census_free);
}

static void
census_scene_get_item_rect (HsScene *scene,
                            guint    item,
                            HsRect  *rect)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  *rect = (HsRect) { HS_CENSUS_MARGIN - 4, self->table_y + HS_CENSUS_ROW_HEIGHT * item,
                     scene->width - 2 * HS_CENSUS_MARGIN + 8, HS_CENSUS_ROW_HEIGHT };
}

static guint64
census_scene_get_item_key (HsScene *scene,
                           guint    item)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  const HsCensusType *type = item < self->n_rows ? hs_census_get (self->census, item) : NULL;

  if (type == NULL)
    return G_MAXUINT32;

  /* One that has gone has no number of its own but that of its name. */
  return type->type != G_MAXUINT32 ? type->type
                                   : ((guint64)1 << 32) + g_str_hash (type->name);
}

static guint32
census_scene_get_item_object (HsScene *scene,
                              guint    item)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  return item < self->n_rows ? hs_census_get (self->census, item)->object : HS_NO_OBJECT;
}

/* The type of any object. */
static guint
census_scene_find_object (HsScene *scene,
                          guint32  object)
{
  HsCensusScene        *self = (HsCensusScene *)scene;
  const HsSnapshotView *view = hs_heap_get_view (scene->heap);
  guint                 row;

  if (object >= view->n_objects)
    return HS_NO_ITEM;

  row = hs_census_find (self->census, hs_snapshot_view_get_type (view, object));

  return row == G_MAXUINT ? HS_NO_ITEM : MIN (row, self->n_rows);
}

static HsHit
census_scene_hit (HsScene *scene,
                  double   x,
                  double   y)
{
  HsCensusScene *self = (HsCensusScene *)scene;
  double         row = floor ((y - self->table_y) / HS_CENSUS_ROW_HEIGHT);

  if (row < 0 || row >= scene->n_items || x < HS_CENSUS_MARGIN - 4 ||
      x >= scene->width - HS_CENSUS_MARGIN + 4)
    return (HsHit) { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };

  return (HsHit) { (guint)row < self->n_rows ? HS_HIT_ITEM : HS_HIT_MORE, (guint)row, HS_NO_ITEM };
}

static HsHit
census_scene_get_action (HsScene *scene,
                         guint    item)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  return (HsHit) { item < self->n_rows ? HS_HIT_ITEM : HS_HIT_MORE, item, HS_NO_ITEM };
}

static char *
census_scene_name_item (HsScene *scene,
                        guint    item)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  return item < self->n_rows ? hs_census_name (self->census, item) : dup_rest (self);
}

static char *
census_scene_describe_item (HsScene *scene,
                            guint    item)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  return item < self->n_rows ? hs_census_describe (self->census, item) : dup_rest (self);
}

static char *
census_scene_to_text (HsScene *scene)
{
  return hs_census_to_text (((HsCensusScene *)scene)->census);
}

static gboolean
census_scene_can_show_more (HsScene *scene)
{
  return ((HsCensusScene *)scene)->n_rows < scene->n_items;
}

static char *
census_scene_dup_left_out (HsScene *scene)
{
  HsCensusScene *self = (HsCensusScene *)scene;
  guint          n = hs_census_get_n (self->census) - self->n_rows;

  if (n == 0)
    return NULL;

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u type is not shown", "%u types are not shown", n), n);
}

static char *
census_scene_dump (HsScene *scene)
{
  HsCensusScene *self = (HsCensusScene *)scene;
  GString       *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d\n", (int)scene->width, (int)scene->height);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCensusLabel *label = &g_array_index (self->labels, HsCensusLabel, i);

      g_string_append_printf (text, "text “%s” %d,%d %d\n", label->text->string, (int)label->x,
                              (int)label->y, (int)ceil (label->text->width));
    }

  return g_string_free (text, FALSE);
}

static const HsLegendEntry *
census_scene_get_legend (HsScene *scene,
                         guint   *n_entries)
{
  static HsLegendEntry entries[2];
  static gsize         is_ready = 0;

  if (g_once_init_enter (&is_ready))
    {
      entries[0] =
        (HsLegendEntry) { _hs_census_scene_draw_sample, 0, _("bytes of the objects themselves") };
      entries[1] = (HsLegendEntry) { _hs_census_scene_draw_sample, 1,
                                     _("with what goes if all objects of the type go") };
      g_once_init_leave (&is_ready, 1);
    }
  *n_entries = G_N_ELEMENTS (entries);

  return entries;
}

static const HsSceneClass census_scene_class = {
  .view = "heap",
  .is_page = TRUE,
  .finalize = census_scene_finalize,
  .get_item_rect = census_scene_get_item_rect,
  .get_item_key = census_scene_get_item_key,
  .get_item_object = census_scene_get_item_object,
  .find_object = census_scene_find_object,
  .hit = census_scene_hit,
  .get_action = census_scene_get_action,
  .name_item = census_scene_name_item,
  .describe_item = census_scene_describe_item,
  .to_text = census_scene_to_text,
  .can_show_more = census_scene_can_show_more,
  .dup_left_out = census_scene_dup_left_out,
  .dump = census_scene_dump,
  .draw = _hs_census_scene_draw,
  .get_legend = census_scene_get_legend,
};

HsScene *
hs_census_scene_new (HsHeap       *heap,
                     HsCensusOrder order,
                     guint         n_max,
                     const char   *language,
                     GCancellable *cancellable,
                     GError      **error)
{
  return hs_census_scene_new_compared (heap, NULL, order, n_max, language, cancellable, error);
}

HsScene *
hs_census_scene_new_compared (HsHeap       *heap,
                              HsDiff       *diff,
                              HsCensusOrder order,
                              guint         n_max,
                              const char   *language,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_autoptr(HsCensus) census = hs_census_new_compared (heap, diff, order, cancellable, error);
  HsCensusScene *self;

  if (census == NULL)
    return NULL;
  if (hs_census_get_n (census) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The names of the code lead to no object."));
      return NULL;
    }

  self = _hs_scene_alloc (&census_scene_class, sizeof *self, heap, language);
  self->n_rows = MIN (hs_census_get_n (census), n_max);
  self->parent.n_items = self->n_rows + (self->n_rows < hs_census_get_n (census) ? 1 : 0);
  self->census = g_steal_pointer (&census);
  self->texts = hs_texts_new (self->parent.language);
  self->labels = g_array_new (FALSE, FALSE, sizeof (HsCensusLabel));
  place (self);
  hs_texts_seal (self->texts);

  return &self->parent;
}
