/* hs-window.c - one piece of code, its runs, and the picture of its objects
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-menu.h"
#include "hs-toolkit.h"
#include "hs-visible-name.h"

G_DEFINE_FINAL_TYPE (HsWindow, hs_window, ADW_TYPE_APPLICATION_WINDOW)

GSettings *
_hs_window_get_settings (HsWindow *self)
{
  return hs_application_get_settings (HS_APPLICATION (g_application_get_default ()));
}

char *
_hs_window_dup_name (HsWindow *self)
{
  if (self->file != NULL)
    {
      g_autofree char *base = g_file_get_basename (self->file);

      return hs_visible_name (base);
    }

  return g_strdup (self->display_name != NULL ? self->display_name : _("Untitled"));
}

/* The folder of the file, the home folder shortened to "~"; NULL if never saved. */
static char *
dup_folder (HsWindow *self)
{
  g_autoptr(GFile) folder = self->file != NULL ? g_file_get_parent (self->file) : NULL;
  g_autofree char *parse_name = NULL;
  g_autofree char *name = NULL;
  const char      *home = g_get_home_dir ();

  if (folder == NULL)
    return NULL;

  parse_name = g_file_get_parse_name (folder);
  name = hs_visible_name (parse_name);
  if (g_str_has_prefix (name, home) && (name[strlen (home)] == '/' || name[strlen (home)] == '\0'))
    return g_strconcat ("~", name + strlen (home), NULL);

  return g_steal_pointer (&name);
}

void
_hs_window_update_title (HsWindow *self)
{
  g_autofree char *name = _hs_window_dup_name (self);
  g_autofree char *folder = dup_folder (self);
  g_autofree char *marked = NULL;
  g_autofree char *title = NULL;

  marked = hs_editor_get_modified (self->editor) ? g_strconcat ("• ", name, NULL) : g_strdup (name);
  /* translators: title of the window; %s is a file name */
  title = g_strdup_printf (_("%s — Heapscape"), marked);

  adw_window_title_set_title (self->window_title, marked);
  adw_window_title_set_subtitle (self->window_title, folder != NULL ? folder : "");
  gtk_window_set_title (GTK_WINDOW (self), title);
}

void
_hs_window_show_notice (HsWindow   *self,
                        const char *text,
                        const char *button,
                        const char *action)
{
  gtk_label_set_label (self->notice_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (self->notice_button, button);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), action);
    }
  gtk_revealer_set_reveal_child (self->notice_revealer, TRUE);
}

void
_hs_window_hide_notice (HsWindow *self)
{
  gtk_revealer_set_reveal_child (self->notice_revealer, FALSE);
}

/* Sizes and panes */

/* Splits the window two fifths to three, the code two thirds to one, until
 * somebody has moved the handles.
 */
static void
restore_geometry (HsWindow *self)
{
  GSettings *settings = _hs_window_get_settings (self);
  int        width = g_settings_get_int (settings, "window-width");
  int        height = g_settings_get_int (settings, "window-height");
  int        pane = g_settings_get_int (settings, "pane-position");
  int        console = g_settings_get_int (settings, "console-position");

  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  gtk_paned_set_position (self->panes, pane > 0 ? pane : width * 2 / 5);
  gtk_paned_set_position (self->code_panes, console > 0 ? console : height * 3 / 5);
}

/* What the surface may be larger than the window, for its shadow. Pixels, more than any theme has.
 */
#define SHADOW_MAX 120

static void
scale_position (GtkPaned *paned,
                int       is,
                int       was)
{
  if (was > 0 && ABS (is - was) > SHADOW_MAX)
    gtk_paned_set_position (paned, gtk_paned_get_position (paned) * is / was);
}

/* The places of the handles are those in a window of the size in the settings: they divide a
 * maximized one, one of the last session or of a tiling desktop as they divide that.
 */
static void
place_panes (HsWindow   *self,
             GdkSurface *surface)
{
  GSettings *settings = _hs_window_get_settings (self);

  self->are_panes_placed = TRUE;
  scale_position (self->panes, gdk_surface_get_width (surface),
                  g_settings_get_int (settings, "window-width"));
  scale_position (self->code_panes, gdk_surface_get_height (surface),
                  g_settings_get_int (settings, "window-height"));
}

/* Narrower, and the buttons of the header bar have fewer words. Pixels for text of the usual size;
 * no window needs more with all words.
 */
#define NARROW 1000

/* The width of its surface has changed, shadows included. */
static void
width_cb (HsWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  gboolean    is_narrow;

  is_narrow = surface != NULL && gdk_surface_get_width (surface) <
                                   NARROW * hs_toolkit_get_text_scale (GTK_WIDGET (self));

  if (surface != NULL && !self->are_panes_placed)
    place_panes (self, surface);
  if (self->is_narrow == is_narrow)
    return;

  self->is_narrow = is_narrow;
  if (is_narrow)
    gtk_menu_button_set_icon_name (self->examples_button, "view-list-symbolic");
  else
    gtk_menu_button_set_label (self->examples_button, _("_Examples"));
  gtk_menu_button_set_always_show_arrow (self->examples_button, !is_narrow);
  _hs_window_update_permission_button (self);
  _hs_window_update_interpreter_label (self);
}

static void
hs_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hs_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::width",
                           G_CALLBACK (width_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi",
                           G_CALLBACK (width_cb), widget, G_CONNECT_SWAPPED);
}

static void
save_geometry (HsWindow *self)
{
  GSettings  *settings = _hs_window_get_settings (self);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  int         pane = gtk_paned_get_position (self->panes);
  int         console = gtk_paned_get_position (self->code_panes);
  int         width;
  int         height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (gtk_window_is_maximized (GTK_WINDOW (self)) && surface != NULL)
    {
      pane = pane * g_settings_get_int (settings, "window-width") /
             MAX (gdk_surface_get_width (surface), 1);
      console = console * g_settings_get_int (settings, "window-height") /
                MAX (gdk_surface_get_height (surface), 1);
    }
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && width > 0 && height > 0)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (settings, "pane-position", pane);
  g_settings_set_int (settings, "console-position", console);
}

/* The editor follows the settings. */

static void
follow_settings (HsWindow *self)
{
  GSettings *settings = _hs_window_get_settings (self);

  hs_editor_set_settings (self->editor, settings);
  hs_views_set_settings (self->views, settings);

  g_signal_connect_object (self->editor, "remark", G_CALLBACK (hs_window_say), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->editor, "modified", self, "modified", G_BINDING_DEFAULT);
}

/* Signals of the parts, named in the template. */

static void
line_activated_cb (HsWindow  *self,
                   guint      line,
                   HsConsole *console)
{
  hs_editor_go_to_line (self->editor, line);
}

static void
input_cb (HsWindow   *self,
          const char *text,
          HsConsole  *console)
{
  if (self->runner != NULL)
    hs_runner_write_stdin (self->runner, text, -1);
}

static void
end_of_input_cb (HsWindow  *self,
                 HsConsole *console)
{
  if (self->runner != NULL)
    hs_runner_close_stdin (self->runner);
}

/* The window mirrors the editor's property, so that its title follows. */
enum
{
  PROP_0,
  PROP_MODIFIED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
hs_window_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  HsWindow *self = HS_WINDOW (object);

  switch (id)
    {
    case PROP_MODIFIED:
      g_value_set_boolean (value, hs_editor_get_modified (self->editor));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hs_window_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_MODIFIED:
      _hs_window_update_title (HS_WINDOW (object));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
hs_window_close_request (GtkWindow *window)
{
  HsWindow *self = HS_WINDOW (window);

  if (hs_editor_get_modified (self->editor) && !self->may_close)
    {
      if (!_hs_window_autosave_and_close (self))
        _hs_window_ask_before_closing (self);
      return GDK_EVENT_STOP;
    }

  save_geometry (self);
  _hs_window_abandon_run (self);
  if (self->draft_keeper != NULL)
    hs_draft_keeper_discard (self->draft_keeper);

  return GTK_WINDOW_CLASS (hs_window_parent_class)->close_request (window);
}

static void
hs_window_dispose (GObject *object)
{
  HsWindow *self = HS_WINDOW (object);

  _hs_window_abandon_run (self);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->monitor);
  g_clear_object (&self->file);
  g_clear_pointer (&self->source, hs_source_unref);
  g_clear_pointer (&self->run, hs_run_unref);
  _hs_window_forget_comparison (self);
  g_clear_object (&self->other_file);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->lesson_name, g_free);
  g_clear_pointer (&self->notice_action, g_free);
  _hs_window_dispose_permissions (self);
  _hs_window_dispose_snapshot (self);
  _hs_window_dispose_text (self);
  _hs_window_dispose_draft (self);
  _hs_window_dispose_autosave (self);

  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_WINDOW);

  G_OBJECT_CLASS (hs_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HsWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, run_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, compare_squeezer);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, recent_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, examples_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, interpreter_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, permission_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, run_stack);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, notice_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, lesson_flap);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, lesson_button);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, code_panes);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, console);
  gtk_widget_class_bind_template_child (widget_class, HsWindow, views);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_of_input_cb);
}

static void
hs_window_class_init (HsWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = hs_window_dispose;
  object_class->get_property = hs_window_get_property;
  object_class->set_property = hs_window_set_property;

  widget_class->realize = hs_window_realize;
  window_class->close_request = hs_window_close_request;

  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (HS_TYPE_EDITOR);
  g_type_ensure (HS_TYPE_CONSOLE);
  g_type_ensure (HS_TYPE_VIEWS);

  bind_template (widget_class);
  _hs_window_install_actions (widget_class);
  _hs_window_install_file_actions (widget_class);
  _hs_window_install_snapshot_actions (widget_class);
  _hs_window_install_text_actions (widget_class);
  _hs_window_install_focus_actions (widget_class);
  _hs_window_install_print_actions (widget_class);
  _hs_window_install_run_actions (widget_class);
  _hs_window_install_draft_actions (widget_class);
  _hs_window_install_cache_actions (widget_class);
  _hs_window_install_compare_actions (widget_class);
  _hs_window_install_permission_actions (widget_class);
  _hs_window_install_learn_actions (widget_class);
  _hs_window_install_toast_actions (widget_class);
}

static void
hs_window_init (HsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  hs_accessible_use_label_only (self->open_button);
  hs_accessible_use_label_only (self->run_button);
  hs_accessible_use_label_only (self->stop_button);
}

HsWindow *
hs_window_new (HsApplication *application)
{
  HsWindow *self;
  GMenu    *menu;

  g_return_val_if_fail (HS_IS_APPLICATION (application), NULL);

  self = g_object_new (HS_TYPE_WINDOW, "application", application, NULL);

  menu = gtk_application_get_menu_by_id (GTK_APPLICATION (application), "primary-menu");
  hs_menu_button_set_model (self->menu_button, G_MENU_MODEL (menu));

  restore_geometry (self);
  follow_settings (self);
  _hs_window_setup_examples (self);
  _hs_window_setup_drop (self);
  _hs_window_setup_draft (self);
  _hs_window_setup_autosave (self);
  _hs_window_update_recent (self);
  _hs_window_list_interpreters (self);
  _hs_window_setup_runs (self);
  _hs_window_setup_text (self);
  _hs_window_setup_comparing (self);
  _hs_window_setup_lessons (self);
  _hs_window_setup_permissions (self);
  _hs_window_update_title (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));

  return self;
}

GFile *
hs_window_get_file (HsWindow *self)
{
  g_return_val_if_fail (HS_IS_WINDOW (self), NULL);

  return self->file != NULL ? self->file : self->snapshot_file;
}

gboolean
hs_window_is_untouched (HsWindow *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (HS_IS_WINDOW (self), FALSE);

  if (hs_window_get_file (self) != NULL || self->loading != NULL || _hs_window_is_busy (self) ||
      hs_editor_get_modified (self->editor))
    return FALSE;

  text = hs_editor_dup_text (self->editor);

  return *text == '\0' || self->display_name != NULL;
}

gboolean
hs_window_is_running (HsWindow *self)
{
  g_return_val_if_fail (HS_IS_WINDOW (self), FALSE);

  return _hs_window_is_busy (self);
}
