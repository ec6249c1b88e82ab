/* hs-line-gutter.c - bytes beside the lines of the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-line-gutter.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-format.h"

/* Pixels. */
#define PADDING 8
#define GAP     8 /* between the two columns of numbers */

/* Of the text of the code. */
#define NUMBER_SCALE 0.8

#define PEAK_SIGN "▲"

/* Of a number, so that nothing moves from run to run. */
#define WIDEST "0.00 MiB"

typedef struct
{
  GtkTextMark *mark; /* owned: where the line is by now */
  HsLineBytes  bytes;
  gboolean     is_peak;
} Entry;

struct _HsLineGutter
{
  GtkSourceGutterRenderer parent_instance;

  GArray      *entries; /* owned; of Entry */
  GHashTable  *by_line; /* owned; line of the text, from 0, to Entry; NULL: to be made */
  guint64      most;    /* bytes that one line has allocated */
  PangoLayout *layout;  /* owned */
  int          number_width;
};

G_DEFINE_FINAL_TYPE (HsLineGutter, hs_line_gutter, GTK_SOURCE_TYPE_GUTTER_RENDERER)

static GtkTextBuffer *
get_buffer (HsLineGutter *self)
{
  GtkSourceBuffer *buffer =
    gtk_source_gutter_renderer_get_buffer (GTK_SOURCE_GUTTER_RENDERER (self));

  return buffer != NULL ? GTK_TEXT_BUFFER (buffer) : NULL;
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  if (gtk_text_mark_get_buffer (entry->mark) != NULL)
    gtk_text_buffer_delete_mark (gtk_text_mark_get_buffer (entry->mark), entry->mark);
  g_clear_object (&entry->mark);
}

static void
forget_places (HsLineGutter *self)
{
  g_clear_pointer (&self->by_line, g_hash_table_unref);
}

/* Where an edit has joined two lines, the first keeps the place. */
static void
find_places (HsLineGutter *self)
{
  GtkTextBuffer *buffer = get_buffer (self);

  self->by_line = g_hash_table_new (NULL, NULL);
  for (guint i = 0; buffer != NULL && i < self->entries->len; i++)
    {
      Entry      *entry = &g_array_index (self->entries, Entry, i);
      GtkTextIter iter;
      gpointer    line;

      if (gtk_text_mark_get_buffer (entry->mark) != buffer)
        continue;
      gtk_text_buffer_get_iter_at_mark (buffer, &iter, entry->mark);
      line = GINT_TO_POINTER (gtk_text_iter_get_line (&iter));
      if (!g_hash_table_contains (self->by_line, line))
        g_hash_table_insert (self->by_line, line, entry);
    }
}

static const Entry *
find_entry (HsLineGutter *self,
            guint         line)
{
  if (self->by_line == NULL)
    find_places (self);

  return g_hash_table_lookup (self->by_line, GUINT_TO_POINTER (line));
}

static void
append_bar (GtkSnapshot   *snapshot,
            const GdkRGBA *color,
            double         right,
            double         width,
            int            y,
            int            height)
{
  graphene_rect_t rect =
    GRAPHENE_RECT_INIT ((float)(right - width), (float)(y + 1), (float)width, (float)(height - 2));

  gtk_snapshot_append_color (snapshot, color, &rect);
}

/* Bars from the right behind the numbers: light what was allocated, stronger what of it
 * is live.
 */
static void
snapshot_bars (HsLineGutter  *self,
               GtkSnapshot   *snapshot,
               const Entry   *entry,
               const GdkRGBA *color,
               int            y,
               int            height)
{
  double  width = gtk_widget_get_width (GTK_WIDGET (self)) - PADDING;
  double  total = width * (double)entry->bytes.total_bytes / (double)MAX (self->most, 1);
  double  live = width * (double)entry->bytes.live_bytes / (double)MAX (self->most, 1);
  GdkRGBA tint = *color;

  total = CLAMP (total, 1, width);
  live = MIN (live, total);
  tint.alpha *= .12f;
  append_bar (snapshot, &tint, width, total, y, height);
  tint.alpha = color->alpha * .25f;
  if (live > 0)
    append_bar (snapshot, &tint, width, live, y, height);
}

/* Ends at @right. */
static void
snapshot_number (HsLineGutter  *self,
                 GtkSnapshot   *snapshot,
                 const char    *text,
                 const GdkRGBA *color,
                 int            right,
                 int            y,
                 int            height)
{
  int width;
  int text_height;

  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, &width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)(right - width),
                                                (float)(y + MAX ((height - text_height) / 2, 0))));
  gtk_snapshot_append_layout (snapshot, self->layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
hs_line_gutter_snapshot_line (GtkSourceGutterRenderer *renderer,
                              GtkSnapshot             *snapshot,
                              GtkSourceGutterLines    *lines,
                              guint                    line)
{
  HsLineGutter    *self = HS_LINE_GUTTER (renderer);
  const Entry     *entry = find_entry (self, line);
  int              right = gtk_widget_get_width (GTK_WIDGET (self)) - PADDING - 3;
  g_autofree char *total = NULL;
  g_autofree char *live = NULL;
  GdkRGBA          color;
  GdkRGBA          dim;
  int              y;
  int              height;

  if (entry == NULL)
    return;

  gtk_source_gutter_lines_get_line_yrange (
    lines, line, GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST, &y, &height);
  hs_widget_get_color (GTK_WIDGET (gtk_source_gutter_renderer_get_view (renderer)), &color);
  dim = color;
  if (!adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    dim.alpha *= .65f;
  snapshot_bars (self, snapshot, entry, &color, y, height);

  total = hs_format_bytes (entry->bytes.total_bytes);
  snapshot_number (self, snapshot, total, &dim, right - self->number_width - GAP, y, height);
  if (entry->bytes.live_bytes > 0)
    {
      live = hs_format_bytes (entry->bytes.live_bytes);
      snapshot_number (self, snapshot, live, &color, right, y, height);
    }
  if (entry->is_peak)
    snapshot_number (self, snapshot, PEAK_SIGN, &color,
                     right - 2 * self->number_width - GAP - GAP / 2, y, height);
}

static void
update_width (HsLineGutter *self)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  int            sign_width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (NUMBER_SCALE));
  g_clear_object (&self->layout);
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), WIDEST);
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (self->layout, &self->number_width, NULL);
  pango_layout_set_text (self->layout, PEAK_SIGN, -1);
  pango_layout_get_pixel_size (self->layout, &sign_width, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self),
                               2 * self->number_width + sign_width + 2 * GAP + 2 * PADDING, -1);
}

static void
hs_line_gutter_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hs_line_gutter_parent_class)->css_changed (widget, change);
  /* The font of the editor may have changed. */
  if (gtk_widget_get_visible (widget))
    update_width (HS_LINE_GUTTER (widget));
}

static void
hs_line_gutter_change_buffer (GtkSourceGutterRenderer *renderer,
                              GtkSourceBuffer         *old_buffer)
{
  HsLineGutter    *self = HS_LINE_GUTTER (renderer);
  GtkSourceBuffer *buffer = gtk_source_gutter_renderer_get_buffer (renderer);

  if (old_buffer != NULL)
    g_signal_handlers_disconnect_by_data (old_buffer, self);
  forget_places (self);
  if (buffer != NULL)
    g_signal_connect_object (buffer, "changed", G_CALLBACK (forget_places), self,
                             G_CONNECT_SWAPPED);
}

char *
hs_line_gutter_describe (HsLineGutter *self,
                         guint         line)
{
  const Entry     *entry;
  g_autofree char *text = NULL;

  g_return_val_if_fail (HS_IS_LINE_GUTTER (self), NULL);

  entry = find_entry (self, line);
  if (entry == NULL)
    return NULL;

  text = hs_line_bytes_describe (&entry->bytes);
  if (!entry->is_peak)
    return g_steal_pointer (&text);

  /* translators: %s is what is known of a line of code */
  return g_strdup_printf (_("%s\nThe peak was reached here."), text);
}

static gboolean
query_tooltip_cb (HsLineGutter *self,
                  int           x,
                  int           y,
                  gboolean      keyboard,
                  GtkTooltip   *tooltip)
{
  GtkSourceView   *view = gtk_source_gutter_renderer_get_view (GTK_SOURCE_GUTTER_RENDERER (self));
  g_autofree char *text = NULL;
  GtkTextIter      iter;
  int              buffer_y;

  if (view == NULL)
    return FALSE;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (view), GTK_TEXT_WINDOW_LEFT, 0, y, NULL,
                                         &buffer_y);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (view), &iter, buffer_y, NULL);
  text = hs_line_gutter_describe (self, (guint)gtk_text_iter_get_line (&iter));
  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

void
hs_line_gutter_set_lines (HsLineGutter *self,
                          GArray       *lines,
                          guint         peak_line)
{
  GtkTextBuffer *buffer;

  g_return_if_fail (HS_IS_LINE_GUTTER (self));

  buffer = get_buffer (self);
  g_array_set_size (self->entries, 0);
  forget_places (self);
  self->most = 0;

  for (guint i = 0; lines != NULL && buffer != NULL && i < lines->len; i++)
    {
      Entry       entry = { .bytes = g_array_index (lines, HsLineBytes, i) };
      GtkTextIter iter;

      if (entry.bytes.line > (guint)gtk_text_buffer_get_line_count (buffer))
        break;
      gtk_text_buffer_get_iter_at_line (buffer, &iter, (int)entry.bytes.line - 1);
      entry.mark = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &iter, TRUE));
      entry.is_peak = entry.bytes.line == peak_line;
      self->most = MAX (self->most, entry.bytes.total_bytes);
      g_array_append_val (self->entries, entry);
    }

  /* Measured when there is something to show: a font more takes milliseconds of the start. */
  if (self->entries->len > 0)
    update_width (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->entries->len > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
hs_line_gutter_dispose (GObject *object)
{
  HsLineGutter *self = HS_LINE_GUTTER (object);

  if (self->entries != NULL)
    g_array_set_size (self->entries, 0);
  forget_places (self);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (hs_line_gutter_parent_class)->dispose (object);
}

static void
hs_line_gutter_finalize (GObject *object)
{
  g_array_unref (HS_LINE_GUTTER (object)->entries);

  G_OBJECT_CLASS (hs_line_gutter_parent_class)->finalize (object);
}

static void
hs_line_gutter_class_init (HsLineGutterClass *klass)
{
  GObjectClass                 *object_class = G_OBJECT_CLASS (klass);
  GtkSourceGutterRendererClass *renderer_class = GTK_SOURCE_GUTTER_RENDERER_CLASS (klass);

  object_class->dispose = hs_line_gutter_dispose;
  object_class->finalize = hs_line_gutter_finalize;
  GTK_WIDGET_CLASS (klass)->css_changed = hs_line_gutter_css_changed;
  renderer_class->snapshot_line = hs_line_gutter_snapshot_line;
  renderer_class->change_buffer = hs_line_gutter_change_buffer;
}

static void
hs_line_gutter_init (HsLineGutter *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkSourceGutterRenderer *
hs_line_gutter_new (void)
{
  return g_object_new (HS_TYPE_LINE_GUTTER, NULL);
}
