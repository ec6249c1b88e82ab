/* hs-compat.h - the one place that names APIs that differ between releases
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>
#include <string.h>

/* g_set_str() is new in GLib 2.76. */
static inline gboolean
hs_set_str (char      **str,
            const char *value)
{
  char *copy;

  if (g_strcmp0 (*str, value) == 0)
    return FALSE;

  copy = g_strdup (value); /* before the free: @value may be part of *@str */
  g_free (*str);
  *str = copy;

  return TRUE;
}

/* gtk_widget_get_color() is new in GTK 4.10. */
static inline void
hs_widget_get_color (GtkWidget *widget,
                     GdkRGBA   *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
}

/* GtkSourceView 5.6 never lets go of a view that has a gutter; its text goes at least, when the
 * widget around it does. The buffer has to stay: GTK 4.8 goes on to lay out what was to be laid
 * out, and
 * keeps lines of a buffer that it was taken from (gtktextview.c, gtktextlinedisplaycache.c).
 */
static inline void
hs_text_view_forget_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_buffer_begin_irreversible_action (buffer); /* what could be undone goes as well */
  gtk_text_buffer_set_text (buffer, "", 0);
  gtk_text_buffer_end_irreversible_action (buffer);
}

/* For the user_data of an asynchronous call made by a widget. A strong
 * reference would keep the widget from being disposed of, and with it the
 * cancellation in its dispose(), until the call is over. Free with
 * hs_weak_ref_take().
 */
static inline GWeakRef *
hs_weak_ref_new (gpointer object)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, object);

  return ref;
}

/* Frees @ref. Returns: (transfer full) (nullable): what it pointed to */
static inline gpointer
hs_weak_ref_take (GWeakRef *ref)
{
  gpointer object = g_weak_ref_get (ref);

  g_weak_ref_clear (ref);
  g_free (ref);

  return object;
}

/* The root of a widget that has not been dropped from its window yet. */
static inline GtkWindow *
hs_widget_get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* GTK 4.8 joins the text of a button and its accessible label into one name,
 * "Run Run". The label alone is meant: the text has a mnemonic in it.
 */
static inline void
hs_accessible_use_label_only (gpointer widget)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}
