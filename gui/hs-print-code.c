/* hs-print-code.c - code on paper
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-print.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "hs-source-style.h"
#include "hs-text-extent.h"

/* 9 points: 80 columns with numbers fit on a sheet of A4. */
#define BODY_FONT   "Monospace 9"
#define NUMBER_FONT "Monospace 7"
#define HEADER_FONT "Sans 9"

#define TAB_WIDTH 4

/* Between text and header or footer. Millimetres. */
#define GAP 4.0

typedef struct
{
  GtkSourceBuffer          *buffer;     /* owned */
  GtkSourcePrintCompositor *compositor; /* owned; while it is printed */
  char                     *header;     /* owned; a format of strftime() */
} PrintCode;

static void
print_code_free (gpointer data)
{
  PrintCode *self = data;

  g_clear_object (&self->compositor);
  g_object_unref (self->buffer);
  g_free (self->header);
  g_free (self);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                PrintCode         *self)
{
  GtkSourcePrintCompositor *compositor = gtk_source_print_compositor_new (self->buffer);

  gtk_source_print_compositor_set_tab_width (compositor, TAB_WIDTH);
  gtk_source_print_compositor_set_wrap_mode (compositor, GTK_WRAP_WORD_CHAR);
  gtk_source_print_compositor_set_body_font_name (compositor, BODY_FONT);
  gtk_source_print_compositor_set_line_numbers_font_name (compositor, NUMBER_FONT);
  gtk_source_print_compositor_set_header_font_name (compositor, HEADER_FONT);
  gtk_source_print_compositor_set_footer_font_name (compositor, HEADER_FONT);
  gtk_source_print_compositor_set_print_line_numbers (compositor, 1);
  gtk_source_print_compositor_set_header_format (compositor, TRUE, self->header, NULL, "%F %R");
  /* translators: at the foot of each printed page; %N is its number, %Q how many there are */
  gtk_source_print_compositor_set_footer_format (compositor, TRUE, NULL, NULL, _("Page %N of %Q"));
  gtk_source_print_compositor_set_print_header (compositor, TRUE);
  gtk_source_print_compositor_set_print_footer (compositor, TRUE);
  gtk_source_print_compositor_set_top_margin (compositor, GAP, GTK_UNIT_MM);
  gtk_source_print_compositor_set_bottom_margin (compositor, GAP, GTK_UNIT_MM);

  g_clear_object (&self->compositor);
  self->compositor = compositor;
}

static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             PrintCode         *self)
{
  gboolean is_done = gtk_source_print_compositor_paginate (self->compositor, context);

  if (is_done)
    gtk_print_operation_set_n_pages (operation,
                                     gtk_source_print_compositor_get_n_pages (self->compositor));

  return is_done;
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              PrintCode         *self)
{
  gtk_source_print_compositor_draw_page (self->compositor, context, page);
}

static void
end_print_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              PrintCode         *self)
{
  g_clear_object (&self->compositor);
}

/* A buffer of its own: that of the editor may be dark, and is typed in meanwhile. */
static GtkSourceBuffer *
create_buffer (const char *text)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkSourceBuffer          *buffer = gtk_source_buffer_new (NULL);
  GtkSourceLanguage        *language;
  HsTextExtent              extent;

  language = gtk_source_language_manager_get_language (languages, "python3");
  hs_text_extent_measure (&extent, text, strlen (text));
  gtk_source_buffer_set_language (buffer, language);
  gtk_source_buffer_set_style_scheme (buffer, hs_source_style_find ("", FALSE));
  gtk_source_buffer_set_highlight_syntax (buffer, extent.longest <= HS_TEXT_COLORED_LINE_MAX);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, -1);

  return buffer;
}

GtkPrintOperation *
hs_print_code_new (const char *text,
                   const char *name)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  PrintCode         *self = g_new0 (PrintCode, 1);
  g_auto(GStrv) parts = g_strsplit (name, "%", -1);

  self->buffer = create_buffer (text);
  self->header = g_strjoinv ("%%", parts);
  gtk_print_operation_set_job_name (operation, name);
  g_object_set_data_full (G_OBJECT (operation), "code", self, print_code_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), self);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), self);
  g_signal_connect (operation, "end-print", G_CALLBACK (end_print_cb), self);

  return operation;
}
