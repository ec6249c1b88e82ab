/* hs-window-cache.c - drops files from the page cache, so that a run begins cold
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-cache-drop.h"
#include "hs-compat.h"

static void
dropped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree HsCacheDrop *drop = hs_cache_drop_finish (result, &error);
  g_autofree char        *text = NULL;

  if (self == NULL)
    return;
  if (drop == NULL)
    {
      _hs_window_show_notice (self, error->message, NULL, NULL);
      return;
    }
  text = hs_cache_drop_describe (drop);
  _hs_window_show_notice (self, text, NULL, NULL);
}

static void
drop (HsWindow *self,
      GFile    *file)
{
  hs_cache_drop_async (file, NULL, dropped_cb, hs_weak_ref_new (self));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             HsWindow        *self)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  g_clear_object (&self->chooser);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    drop (self, file);
}

static void
choose_file (HsWindow *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);

  self->chooser =
    gtk_file_chooser_native_new (_("Drop a File from the Page Cache"), GTK_WINDOW (self),
                                    GTK_FILE_CHOOSER_ACTION_OPEN, _("_Drop"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The first file that the last run has mapped and that is still there. Those in the
 * scratch folder of the run are gone with it.
 */
static GFile *
find_mapped_file (HsWindow *self)
{
  HsHistory          *history = self->run != NULL ? hs_run_get_history (self->run) : NULL;
  const HsRecordView *record = history != NULL ? hs_history_get_record (history) : NULL;

  for (guint i = 0; record != NULL && i < record->n_mappings; i++)
    {
      const char *path = hs_record_view_get_text (record, record->mappings[i].file);

      if (g_path_is_absolute (path) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_file_new_for_path (path);
    }

  return NULL;
}

static void
drop_cache_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);
  g_autoptr(GFile) file = find_mapped_file (self);

  if (file != NULL)
    drop (self, file);
  else
    choose_file (self);
}

void
_hs_window_install_cache_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.drop-cache", NULL, drop_cache_action);
}
