/* hs-window-permissions.c - what the code of the window may do, and what keeps it from the rest
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-protection.h"
#include "hs-visible-name.h"

/* The button */

static guint
count_permissions (const HsPermissions *permissions)
{
  return permissions->folders->len + (permissions->network ? 1u : 0) +
         (permissions->processes ? 1u : 0) + (permissions->unprotected ? 1u : 0);
}

/* A word for the one thing that is allowed, or how many there are. Returns: (transfer full) */
static char *
dup_word (const HsPermissions *permissions)
{
  guint n = count_permissions (permissions);

  if (n > 1)
    /* translators: in a button with little room: so many things are allowed to the code */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Allowed", "%u Allowed", n), n);
  if (permissions->network)
    return g_strdup (C_ ("allowed", "Network"));
  if (permissions->processes)
    return g_strdup (C_ ("allowed", "Programs"));
  if (permissions->unprotected)
    return g_strdup (C_ ("allowed", "Unprotected"));

  return g_strdup (C_ ("allowed", "Writing"));
}

/* A shield; an open one with words beside it if something is allowed. */
void
_hs_window_update_permission_button (HsWindow *self)
{
  const HsPermissions *permissions = hs_permission_popover_get (self->permission_popover);
  GtkWidget           *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gboolean             is_empty = hs_permissions_is_empty (permissions);
  g_autofree char     *text = hs_permissions_dup_text (permissions);
  g_autofree char     *word = dup_word (permissions);
  g_autofree char     *number = g_strdup_printf ("%u", count_permissions (permissions));
  /* translators: name of a button; %s is such as “May only read files” */
  g_autofree char *name = g_strdup_printf (_("Permissions: %s"), text);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (
                                   is_empty ? "heapscape-closed-symbolic"
                                            : "heapscape-allowed-symbolic"));
  if (!is_empty)
    gtk_box_append (GTK_BOX (box), gtk_label_new (self->is_narrow ? number : word));
  gtk_menu_button_set_child (self->permission_button, box);

  gtk_menu_button_set_has_frame (self->permission_button, !is_empty);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->permission_button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->permission_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* What is allowed */

const HsPermissions *
_hs_window_get_permissions (HsWindow *self)
{
  return hs_permission_popover_get (self->permission_popover);
}

static gboolean
store (HsWindow            *self,
       const HsPermissions *permissions)
{
  g_autoptr(GError) error = NULL;

  if (self->file == NULL || hs_permissions_store (permissions, self->file, &error))
    return TRUE;

  hs_permission_popover_set_problem (self->permission_popover, error->message);

  return FALSE;
}

static gboolean
is_notice_of_refusal (HsWindow *self)
{
  return gtk_revealer_get_reveal_child (self->notice_revealer) &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self->notice_button)),
                    "win.permit") == 0;
}

/* Whether what was refused is refused no more. */
static gboolean
is_allowed_now (HsWindow *self)
{
  const HsPermissions *permissions = _hs_window_get_permissions (self);
  g_autofree char     *folder = NULL;

  switch (self->refused)
    {
    case HS_REFUSED_NETWORK:
      return permissions->network;

    case HS_REFUSED_PROCESS:
      return permissions->processes;

    case HS_REFUSED_WRITE:
      if (self->refused_file != NULL)
        folder = hs_permission_popover_dup_folder (self->refused_file);
      return folder != NULL && hs_permissions_has_folder (permissions, folder);

    case HS_REFUSED_NOTHING:
    case HS_REFUSED_READ:
    case HS_REFUSED_CALL:
    case HS_N_REFUSED:
    default:
      return FALSE;
    }
}

static void
changed_cb (HsWindow            *self,
            HsPermissionPopover *popover)
{
  _hs_window_update_permission_button (self);
  if (hs_permission_popover_is_remembered (popover))
    store (self, hs_permission_popover_get (popover));
  if (is_notice_of_refusal (self) && is_allowed_now (self))
    _hs_window_hide_notice (self);
}

static void
remember_cb (HsWindow            *self,
             gboolean             remember,
             HsPermissionPopover *popover)
{
  if (!store (self, remember ? hs_permission_popover_get (popover) : NULL))
    hs_permission_popover_set_remembered (popover, !remember);
}

static void
close_dialog (HsWindow *self)
{
  GtkWidget *dialog = self->protection_dialog;

  g_clear_weak_pointer (&self->protection_dialog);
  if (dialog != NULL)
    gtk_window_close (GTK_WINDOW (dialog));
}

static void
set_permissions (HsWindow            *self,
                 GFile               *file,
                 const HsPermissions *permissions,
                 gboolean             is_remembered)
{
  close_dialog (self);
  g_clear_pointer (&self->action_to_start, g_free);
  hs_permission_popover_set (self->permission_popover, file, permissions, is_remembered);
  _hs_window_update_permission_button (self);
}

void
_hs_window_reset_permissions (HsWindow *self)
{
  _hs_window_hide_refusal (self);
  set_permissions (self, NULL, NULL, FALSE);
}

void
_hs_window_change_permissions (HsWindow *self,
                               GFile    *file)
{
  g_autoptr(HsPermissions) remembered = file != NULL ? hs_permissions_load (file) : NULL;
  g_autoptr(HsPermissions) kept = NULL;

  /* Saved for the first time, code may do what it was allowed before. */
  if (remembered == NULL && self->file == NULL)
    kept = hs_permissions_copy (_hs_window_get_permissions (self));

  set_permissions (self, file, remembered != NULL ? remembered : kept, remembered != NULL);
}

/* What was refused */

static char *
escape_mnemonic (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("__", parts);
}

/* Long names are cut in the button; the switch has them whole. */
#define NAME_MAX_CHARS 24

static char *
dup_short_name (const char *folder)
{
  g_autofree char *name = hs_visible_basename (folder);

  if (g_utf8_strlen (name, -1) > NAME_MAX_CHARS)
    {
      g_autofree char *start = g_utf8_substring (name, 0, NAME_MAX_CHARS - 1);

      g_free (name);
      name = g_strconcat (start, "…", NULL);
    }

  return escape_mnemonic (name);
}

static void
show_refused_write (HsWindow *self)
{
  g_autofree char *folder = hs_permission_popover_dup_folder (self->refused_file);
  g_autofree char *file = hs_visible_name (self->refused_file);
  g_autofree char *name = folder != NULL ? dup_short_name (folder) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *button = NULL;

  if (folder == NULL)
    return;

  /* translators: %s is a file */
  text = g_strdup_printf (_("The code may not write “%s”."), file);
  /* translators: %s is the name of a folder */
  button = g_strdup_printf (_("_Allow Writing in “%s”…"), name);
  _hs_window_show_notice (self, text, button, "win.permit");
}

void
_hs_window_show_refusal (HsWindow *self,
                         HsRun    *run)
{
  self->refused = hs_run_get_refused (run);
  hs_set_str (&self->refused_file, hs_run_get_refused_file (run));
  if (is_allowed_now (self))
    return;

  if (self->refused == HS_REFUSED_WRITE && self->refused_file != NULL)
    show_refused_write (self);
  else if (self->refused == HS_REFUSED_NETWORK)
    _hs_window_show_notice (self, _("The code may not use the network."),
                                     _("_Allow the Network…"), "win.permit");
  else if (self->refused == HS_REFUSED_PROCESS)
    _hs_window_show_notice (self, _("The code may not start other programs."),
                                     _("_Allow Other Programs…"), "win.permit");
}

void
_hs_window_hide_refusal (HsWindow *self)
{
  if (is_notice_of_refusal (self))
    _hs_window_hide_notice (self);
  self->refused = HS_REFUSED_NOTHING;
  g_clear_pointer (&self->refused_file, g_free);
}

static void
permit_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  gtk_menu_button_popup (self->permission_button);
  hs_permission_popover_point_at (self->permission_popover, self->refused, self->refused_file);
}

/* Missing protection */

static void
response_cb (HsWindow         *self,
             const char       *response,
             AdwMessageDialog *dialog)
{
  g_autofree char *action = g_steal_pointer (&self->action_to_start);

  g_clear_weak_pointer (&self->protection_dialog);
  if (!g_str_equal (response, "run") || action == NULL)
    return;

  hs_permission_popover_allow_unprotected (self->permission_popover);
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static GtkWidget *
new_troubleshooting_button (GtkWidget *dialog)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Troubleshooting…"));

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("What protects code here, and what is missing"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (_hs_window_show_about), dialog,
                           G_CONNECT_SWAPPED);

  return button;
}

/* The first button would have the focus, and Return. */
static void
focus_default (GtkWidget *dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));

  if (button != NULL)
    gtk_widget_grab_focus (button);
}

static void
ask (HsWindow *self)
{
  GtkWidget *widget;

  if (self->protection_dialog != NULL)
    return;

  widget = adw_message_dialog_new (GTK_WINDOW (self), _("Run Without Protection?"), NULL);
  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (widget), "%s\n\n%s", self->protection_warning,
    _("Run only code that you have read and trust. Nothing has been run yet."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (widget),
                                      new_troubleshooting_button (widget));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (widget), "cancel",
                                    _("_Cancel"), "run", _("_Run Without Protection"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (widget), "run",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (widget), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (widget), "cancel");
  g_signal_connect_object (widget, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->protection_dialog, widget);
  g_signal_connect_after (widget, "map", G_CALLBACK (focus_default), NULL);
  gtk_window_present (GTK_WINDOW (widget));
}

gboolean
_hs_window_may_start (HsWindow   *self,
                      const char *action)
{
  if (self->is_protection_known && (self->protection_warning == NULL ||
                                    _hs_window_get_permissions (self)->unprotected))
    return TRUE;

  hs_set_str (&self->action_to_start, action);
  if (self->is_protection_known)
    ask (self);

  return FALSE;
}

static void
get_protection (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, hs_protection_dup_warning (hs_protection_get ()), g_free);
}

static void
protection_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);
  g_autofree char *warning = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *action = NULL;

  if (self == NULL)
    return;

  self->protection_warning = g_steal_pointer (&warning);
  self->is_protection_known = TRUE;
  action = g_steal_pointer (&self->action_to_start);
  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* The kernel is asked in a thread: it may take a program to find out. */
void
_hs_window_setup_permissions (HsWindow *self)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, protection_cb, hs_weak_ref_new (self));

  self->permission_popover = g_object_new (HS_TYPE_PERMISSION_POPOVER, NULL);
  gtk_menu_button_set_popover (self->permission_button, GTK_WIDGET (self->permission_popover));
  g_signal_connect_object (self->permission_popover, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->permission_popover, "remember", G_CALLBACK (remember_cb), self,
                           G_CONNECT_SWAPPED);
  set_permissions (self, NULL, NULL, FALSE);

  g_task_run_in_thread (task, get_protection);
}

void
_hs_window_dispose_permissions (HsWindow *self)
{
  g_clear_weak_pointer (&self->protection_dialog);
  g_clear_pointer (&self->protection_warning, g_free);
  g_clear_pointer (&self->action_to_start, g_free);
  g_clear_pointer (&self->refused_file, g_free);
}

void
_hs_window_install_permission_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.permit", NULL, permit_action);
}
