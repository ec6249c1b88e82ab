/* hs-window-drop.c - files and text that are dragged into a window
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-picture-drag.h"
#include "hs-text-extent.h"
#include "hs-visible-name.h"

/* More at once are a mistake rather than a wish: each gets a window. */
#define FILES_MAX 20

static gboolean
accepts (GdkDrop *drop,
         GType    type)
{
  GdkContentFormats *formats = gdk_content_formats_ref (gdk_drop_get_formats (drop));
  gboolean           is_accepted;

  formats = gdk_content_formats_union_deserialize_gtypes (formats);
  is_accepted = gdk_content_formats_contain_gtype (formats, type);
  gdk_content_formats_unref (formats);

  return is_accepted;
}

/* ---- Files ---- */

/* The picture that is shown is no news to its own window. */
static gboolean
accept_files_cb (GtkDropTarget *target,
                 GdkDrop       *drop,
                 HsWindow      *self)
{
  return !hs_picture_drag_is_ours (drop) && accepts (drop, GDK_TYPE_FILE_LIST);
}

static void
refuse_remote (HsWindow *self,
               GFile    *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = hs_visible_name (uri);
  g_autofree char *text = NULL;

  /* translators: %s is an address, such as https://example.org/slots.py */
  text = g_strdup_printf (_("“%s” is not a file of this computer; download it, then open it from "
                            "its folder"),
                             name);
  hs_window_say (self, text); /* not before the files that come with it */
}

static gboolean
drop_files_cb (GtkDropTarget *target,
               const GValue  *value,
               double         x,
               double         y,
               HsWindow      *self)
{
  GSList *files = g_value_get_boxed (value);
  guint   n_files = g_slist_length (files);

  if (n_files > FILES_MAX)
    {
      g_autofree char *text =
        /* translators: %1$u is how many files were dropped, %2$u how many can be */
        g_strdup_printf (_("%1$u files are too many to be opened at once; drop at most %2$u"),
                            n_files, (guint)FILES_MAX);

      _hs_window_show_notice (self, text, NULL, NULL);
      return FALSE;
    }

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path == NULL)
        refuse_remote (self, l->data);
      else
        hs_application_open_file (HS_APPLICATION (g_application_get_default ()), l->data,
                                  GTK_WINDOW (self));
    }

  return files != NULL;
}

/* ---- Text ---- */

/* What is dragged from here is here. */
static gboolean
accept_text_cb (GtkDropTarget *target,
                GdkDrop       *drop,
                HsWindow      *self)
{
  return gdk_drop_get_drag (drop) == NULL && accepts (drop, G_TYPE_STRING);
}

/* The editor takes what is dropped on it; elsewhere it is code of its own. */
static gboolean
drop_text_cb (GtkDropTarget *target,
              const GValue  *value,
              double         x,
              double         y,
              HsWindow      *self)
{
  const char      *text = g_value_get_string (value);
  g_autofree char *refusal = NULL;
  HsTextExtent     extent;

  if (text == NULL || *text == '\0' || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  hs_text_extent_measure (&extent, text, strlen (text));
  refusal = hs_text_extent_dup_refusal (&extent, NULL);
  if (refusal != NULL)
    {
      _hs_window_show_notice (self, refusal, NULL, NULL);
      return FALSE;
    }

  if (!hs_window_is_untouched (self))
    {
      self = hs_window_new (HS_APPLICATION (g_application_get_default ()));
      gtk_window_present (GTK_WINDOW (self));
    }
  _hs_window_leave_learn_page (self);
  _hs_window_forget_run (self);
  hs_editor_set_text (self->editor, text);
  _hs_window_set_file (self, NULL, NULL);
  g_clear_pointer (&self->display_name, g_free);
  hs_editor_set_modified (self->editor, TRUE); /* it is saved nowhere */
  _hs_window_update_draft (self);
  _hs_window_update_title (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));

  return TRUE;
}

void
_hs_window_setup_drop (HsWindow *self)
{
  GtkDropTarget *files = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkDropTarget *text = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect_object (text, "accept", G_CALLBACK (accept_text_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (text, "drop", G_CALLBACK (drop_text_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (text));

  /* In the capture phase, before the editor inserts the name of the file. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (files), GTK_PHASE_CAPTURE);
  g_signal_connect_object (files, "accept", G_CALLBACK (accept_files_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (files, "drop", G_CALLBACK (drop_files_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (files));
}
