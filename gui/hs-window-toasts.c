/* hs-window-toasts.c - says what was done, and what takes long
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"

/* What takes longer says so, and can be cancelled. Milliseconds. */
#define PATIENCE 500

/* ---- What was done ---- */

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
_hs_window_add_toast (HsWindow   *self,
                      const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, make_toast (text));
}

void
_hs_window_add_file_toast (HsWindow   *self,
                           const char *text,
                           GFile      *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  AdwToast        *toast = make_toast (text);

  adw_toast_set_button_label (toast, _("Show in Folder"));
  adw_toast_set_action_name (toast, "win.show-in-folder");
  adw_toast_set_action_target (toast, "s", uri);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

typedef struct
{
  GWeakRef *window;
  char     *uri; /* owned */
} Showing;

static void
show_folder (HsWindow   *self,
             const char *uri)
{
  g_autoptr(GFile) file = g_file_new_for_uri (uri);
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *folder_uri = g_file_get_uri (folder != NULL ? folder : file);

  gtk_show_uri (GTK_WINDOW (self), folder_uri, GDK_CURRENT_TIME);
}

/* Without a file manager that selects a file: its folder, at least. */
static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Showing *showing = user_data;
  g_autoptr(HsWindow) self = hs_weak_ref_take (showing->window);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (answer == NULL && self != NULL)
    show_folder (self, showing->uri);
  g_free (showing->uri);
  g_free (showing);
}

static void
show_in_folder_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  const char      *uri = g_variant_get_string (parameter, NULL);
  GDBusConnection *bus = g_application_get_dbus_connection (g_application_get_default ());
  const char      *uris[] = { uri, NULL };
  Showing         *showing;

  if (bus == NULL)
    {
      show_folder (HS_WINDOW (widget), uri);
      return;
    }

  showing = g_new0 (Showing, 1);
  showing->window = hs_weak_ref_new (HS_WINDOW (widget));
  showing->uri = g_strdup (uri);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, showing);
}

/* ---- What takes long ---- */

typedef struct
{
  GWeakRef     *window;
  GCancellable *work;     /* borrowed; NULL: it is over */
  char         *sentence; /* owned */
  gboolean      is_said;
} Patience;

static void
patience_free (Patience *self)
{
  g_autoptr(HsWindow) window = hs_weak_ref_take (self->window);

  if (window != NULL && self->is_said &&
      g_strcmp0 (gtk_label_get_label (window->notice_label), self->sentence) == 0)
    _hs_window_hide_notice (window);
  g_free (self->sentence);
  g_free (self);
}

/* The one who works has dropped it. */
static void
work_over_cb (gpointer user_data,
              GObject *work)
{
  Patience *patience = user_data;

  patience->work = NULL;
  if (patience->is_said)
    patience_free (patience);
}

static gboolean
patience_cb (gpointer user_data)
{
  Patience *patience = user_data;
  g_autoptr(HsWindow) self = g_weak_ref_get (patience->window);

  if (patience->work == NULL || self == NULL || self->loading != patience->work)
    {
      if (patience->work != NULL)
        g_object_weak_unref (G_OBJECT (patience->work), work_over_cb, patience);
      patience_free (patience);
      return G_SOURCE_REMOVE;
    }

  patience->is_said = TRUE;
  _hs_window_show_notice (self, patience->sentence, _("_Cancel"), "win.cancel-file");

  return G_SOURCE_REMOVE;
}

void
_hs_window_be_patient (HsWindow   *self,
                       const char *sentence)
{
  Patience *patience = g_new0 (Patience, 1);

  patience->window = hs_weak_ref_new (self);
  patience->work = self->loading;
  patience->sentence = g_strdup (sentence);
  g_object_weak_ref (G_OBJECT (self->loading), work_over_cb, patience);
  g_timeout_add (PATIENCE, patience_cb, patience);
}

static void
cancel_file_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  _hs_window_hide_notice (self);
  self->close_after_saving = FALSE;
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
}

/* For the parts of the window, which do not know it. */
static void
add_toast_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  _hs_window_add_toast (HS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

void
_hs_window_install_toast_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add-toast", "s", add_toast_action);
  gtk_widget_class_install_action (widget_class, "win.show-in-folder", "s", show_in_folder_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-file", NULL, cancel_file_action);
}
