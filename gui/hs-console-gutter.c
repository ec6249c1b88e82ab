/* hs-console-gutter.c - a sign beside the lines of standard error
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-console-gutter.h"

#define SIGN "!"

/* Wide enough for the sign in any usual font. Pixels. */
#define WIDTH 14

struct _HsConsoleGutter
{
  GtkSourceGutterRendererText parent_instance;

  GtkTextTag *tag; /* owned */
};

G_DEFINE_FINAL_TYPE (HsConsoleGutter, hs_console_gutter, GTK_SOURCE_TYPE_GUTTER_RENDERER_TEXT)

/* Whether the line that begins at @start has text with @tag, maybe not at its
 * start: a traceback may follow a prompt.
 */
static gboolean
line_has_tag (const GtkTextIter *start,
              GtkTextTag        *tag)
{
  GtkTextIter iter = *start;

  if (gtk_text_iter_has_tag (&iter, tag))
    return TRUE;

  return gtk_text_iter_forward_to_tag_toggle (&iter, tag) &&
         gtk_text_iter_get_line (&iter) == gtk_text_iter_get_line (start) &&
         gtk_text_iter_has_tag (&iter, tag);
}

static void
hs_console_gutter_query_data (GtkSourceGutterRenderer *renderer,
                              GtkSourceGutterLines    *lines,
                              guint                    line)
{
  HsConsoleGutter *self = HS_CONSOLE_GUTTER (renderer);
  GtkTextIter      start;

  gtk_source_gutter_lines_get_iter_at_line (lines, &start, line);
  gtk_source_gutter_renderer_text_set_text (GTK_SOURCE_GUTTER_RENDERER_TEXT (renderer),
                                            line_has_tag (&start, self->tag) ? SIGN : "", -1);
}

static void
hs_console_gutter_dispose (GObject *object)
{
  g_clear_object (&HS_CONSOLE_GUTTER (object)->tag);

  G_OBJECT_CLASS (hs_console_gutter_parent_class)->dispose (object);
}

static void
hs_console_gutter_class_init (HsConsoleGutterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hs_console_gutter_dispose;
  GTK_SOURCE_GUTTER_RENDERER_CLASS (klass)->query_data = hs_console_gutter_query_data;
}

static void
hs_console_gutter_init (HsConsoleGutter *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
  gtk_source_gutter_renderer_set_xalign (GTK_SOURCE_GUTTER_RENDERER (self), 0.5f);
  gtk_source_gutter_renderer_set_alignment_mode (GTK_SOURCE_GUTTER_RENDERER (self),
                                                 GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST);
}

GtkSourceGutterRenderer *
hs_console_gutter_new (GtkTextTag *tag)
{
  HsConsoleGutter *self;

  g_return_val_if_fail (GTK_IS_TEXT_TAG (tag), NULL);

  self = g_object_new (HS_TYPE_CONSOLE_GUTTER, NULL);
  self->tag = g_object_ref (tag);

  return GTK_SOURCE_GUTTER_RENDERER (self);
}
