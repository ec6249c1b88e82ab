/* hs-window-drafts.c - unsaved text of a window, after a crash of the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-visible-name.h"

/* What the file has become since the text was changed. */
typedef enum
{
  HS_FATE_SAME,
  HS_FATE_CHANGED,
  HS_FATE_GONE,
  HS_FATE_UNREADABLE,
} HsFate;

typedef struct
{
  GWeakRef *window;
  char     *sentence; /* owned; what was restored */
  char     *remark;   /* owned; NULL: none */
  char     *etag;     /* owned; of the file that the text is a change of; NULL: unknown */
} Restoring;

static void
restoring_free (Restoring *self)
{
  g_free (self->sentence);
  g_free (self->remark);
  g_free (self->etag);
  g_free (self);
}

/* "10:42", with the day if it was another one. Returns: (transfer full) */
static char *
dup_time (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) then = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (then == NULL)
    return g_strdup ("?");
  if (g_date_time_get_year (then) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now))
    return g_date_time_format (then, "%H:%M");

  /* translators: a day and a time in the format of strftime(), such as 2026-01-31, 10:42 */
  return g_date_time_format (then, _("%Y-%m-%d, %H:%M"));
}

static const char *
describe_fate (HsFate fate)
{
  switch (fate)
    {
    case HS_FATE_CHANGED:
      return _("The file was changed on disk since then; Save asks before it replaces that.");
    case HS_FATE_GONE:
      return _("The file is gone from the disk; Save writes it again.");
    case HS_FATE_UNREADABLE:
      return _("The file cannot be read as text any more; Save asks before it replaces it.");
    case HS_FATE_SAME:
    default:
      return NULL;
    }
}

static void
show_restored (HsWindow        *self,
               const Restoring *restoring,
               HsFate           fate)
{
  GString    *text = g_string_new (restoring->sentence);
  const char *of_file = describe_fate (fate);

  if (of_file != NULL)
    g_string_append_printf (text, " %s", of_file);
  if (restoring->remark != NULL)
    g_string_append_printf (text, " %s", restoring->remark);
  _hs_window_show_notice (self, text->str, _("_Discard"), "win.discard-restored");
  g_string_free (text, TRUE);
}

/* What the file is now: the text stays, whatever that is. */
static void
look_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Restoring *restoring = user_data;
  g_autoptr(HsWindow) self = hs_weak_ref_take (restoring->window);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsSource) source = hs_source_load_finish (result, &error);
  HsFate fate = HS_FATE_SAME;

  /* Saved or replaced by another file meanwhile. */
  if (self == NULL || !self->is_restored || self->file == NULL || self->source != NULL)
    {
      restoring_free (restoring);
      return;
    }

  if (source == NULL)
    fate = g_file_query_exists (self->file, NULL) ? HS_FATE_UNREADABLE : HS_FATE_GONE;
  else if (hs_source_get_problem (source) != HS_SOURCE_IS_TEXT)
    fate = HS_FATE_UNREADABLE;
  else if (restoring->etag == NULL ||
           g_strcmp0 (restoring->etag, hs_source_get_etag (source)) != 0)
    fate = HS_FATE_CHANGED;

  if (source != NULL && fate != HS_FATE_UNREADABLE)
    self->source = g_steal_pointer (&source); /* its line ends are kept */
  self->is_replaced = fate == HS_FATE_CHANGED || fate == HS_FATE_UNREADABLE;
  if (fate != HS_FATE_SAME)
    show_restored (self, restoring, fate);
  restoring_free (restoring);
}

void
hs_window_restore (HsWindow         *self,
                   HsAbandonedDraft *abandoned,
                   const char       *remark,
                   gboolean          is_crash)
{
  const HsDraft *draft = abandoned->draft;
  g_autoptr(GFile) file = draft->uri != NULL ? g_file_new_for_uri (draft->uri) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *visible = NULL;
  g_autofree char *time = dup_time (draft->time);
  Restoring       *restoring = g_new0 (Restoring, 1);

  g_return_if_fail (HS_IS_WINDOW (self));

  hs_set_str (&self->display_name, draft->name);
  hs_editor_set_text (self->editor, draft->text);
  hs_editor_set_modified (self->editor, TRUE);
  hs_editor_set_cursor (self->editor, draft->cursor);
  _hs_window_set_file (self, file, NULL);
  self->is_restored = TRUE;
  if (self->draft_keeper != NULL)
    {
      hs_draft_keeper_set_file (self->draft_keeper, file, draft->etag, draft->name);
      hs_draft_keeper_adopt (self->draft_keeper, abandoned->slot, draft->time);
    }

  name = _hs_window_dup_name (self);
  visible = hs_visible_name (name);
  /* translators: %1$s is a file name, %2$s a time such as 10:42 */
  restoring->sentence = g_strdup_printf (_("Restored unsaved changes of “%1$s” from %2$s."),
                                            visible, time);
  restoring->remark = g_strdup (remark);
  restoring->etag = g_strdup (draft->etag);
  if (is_crash)
    show_restored (self, restoring, HS_FATE_SAME);

  if (file == NULL)
    {
      restoring_free (restoring);
      return;
    }
  self->is_replaced = TRUE; /* until it is known */
  restoring->window = hs_weak_ref_new (self);
  hs_source_load_async (file, NULL, look_cb, restoring);
}

gboolean
_hs_window_warn_of_replaced (HsWindow *self,
                             gboolean  overwrite)
{
  if (!self->is_replaced || overwrite)
    return FALSE;

  self->close_after_saving = FALSE;
  _hs_window_show_notice (self,
                          _("The file was changed by another program since it was opened. "
                            "Save replaces those changes."),
                             _("_Save Anyway"), "win.save-anyway");

  return TRUE;
}

static void
discard_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     HsWindow         *self)
{
  if (!g_str_equal (response, "discard") || !self->is_restored)
    return;

  _hs_window_hide_notice (self);
  if (self->file != NULL && g_file_query_exists (self->file, NULL))
    {
      hs_window_load (self, self->file);
      return;
    }
  g_clear_pointer (&self->display_name, g_free);
  hs_editor_set_text (self->editor, "");
  _hs_window_set_file (self, NULL, NULL);
}

static void
discard_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  HsWindow  *self = HS_WINDOW (widget);
  GtkWidget *dialog;

  if (!self->is_restored)
    {
      _hs_window_hide_notice (self);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Discard the Restored Changes?"),
                                                         _("They were not saved and are lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- While the window lives ---- */

void
_hs_window_update_draft (HsWindow *self)
{
  if (self->draft_keeper != NULL)
    hs_draft_keeper_set_file (self->draft_keeper, self->file,
                              self->source != NULL ? hs_source_get_etag (self->source) : NULL,
                              self->display_name);
}

static void
failed_cb (HsWindow      *self,
           const char    *message,
           HsDraftKeeper *keeper)
{
  _hs_window_show_notice (self, message, _("Save _As…"), "win.save-as");
}

void
_hs_window_setup_draft (HsWindow *self)
{
  HsDrafts *drafts =
    hs_application_get_drafts (HS_APPLICATION (g_application_get_default ()));

  if (drafts == NULL)
    return;

  self->draft_keeper = hs_draft_keeper_new (self->editor, drafts);
  g_signal_connect_object (self->draft_keeper, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
_hs_window_dispose_draft (HsWindow *self)
{
  g_clear_object (&self->draft_keeper);
}

void
hs_window_say (HsWindow   *self,
               const char *text)
{
  g_return_if_fail (HS_IS_WINDOW (self));

  if (self->loading != NULL)
    _hs_window_say_when_loaded (self, text);
  else
    _hs_window_show_notice (self, text, NULL, NULL);
}

void
hs_window_flush (HsWindow *self)
{
  g_return_if_fail (HS_IS_WINDOW (self));

  if (self->draft_keeper != NULL)
    hs_draft_keeper_flush (self->draft_keeper);
}

void
_hs_window_install_draft_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.discard-restored", NULL, discard_action);
}
