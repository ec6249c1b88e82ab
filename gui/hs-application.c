/* hs-application.c - the program: its settings, its windows, its shortcuts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-application.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "hs-paths.h"
#include "hs-window.h"

struct _HsApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* owned; made on first use */
};

G_DEFINE_FINAL_TYPE (HsApplication, hs_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[4];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.new-window", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.learn", { "<Control>l" } },
  { "win.export", { "<Control>e" } },
  { "win.copy-picture", { "<Control><Shift>c" } },
  { "win.run", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.compare", { "<Control><Shift>Return", "<Control><Shift>KP_Enter" } },
  { "win.find", { "<Control>f" } },
  { "win.replace", { "<Control>h" } },
  { "win.find-next", { "<Control>g" } },
  { "win.find-previous", { "<Control><Shift>g" } },
  { "win.text-larger", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.text-smaller", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.text-normal", { "<Control>0", "<Control>KP_0" } },
  { "win.focus-view", { "<Control><Alt>g" } },
  { "win.show-view(1)", { "<Alt>1" } },
  { "win.show-view(2)", { "<Alt>2" } },
  { "win.show-view(3)", { "<Alt>3" } },
  { "win.show-view(4)", { "<Alt>4" } },
  { "win.show-view(5)", { "<Alt>5" } },
  { "win.show-view(6)", { "<Alt>6" } },
  { "win.show-view(7)", { "<Alt>7" } },
  { "win.go-by-moments(-1)", { "<Alt>comma" } },
  { "win.go-by-moments(1)", { "<Alt>period" } },
  { "win.toggle-mark", { "F9" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
};

/* An uninstalled program brings its own schema; one that is missing would end
 * the program inside GLib, without a word to the user about what to do.
 */
static GSettings *
open_settings (void)
{
  const char *folder = hs_paths_get_schemas ();
  g_autoptr(GSettingsSchemaSource) source = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GError) error = NULL;

  if (folder == NULL)
    return g_settings_new (APP_ID);

  source = g_settings_schema_source_new_from_directory (folder,
                                                        g_settings_schema_source_get_default (),
                                                        FALSE, &error);
  if (source == NULL)
    g_error ("The settings schema cannot be read, build Heapscape again: %s", error->message);

  schema = g_settings_schema_source_lookup (source, APP_ID, FALSE);
  if (schema == NULL)
    g_error ("There is no settings schema in %s, build Heapscape again", folder);

  return g_settings_new_full (schema, NULL, NULL);
}

static void
apply_color_scheme (HsApplication *self)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK
  };
  int chosen = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (chosen, 0, 2)]);
}

/* The window of @file, or NULL. Borrowed. */
static HsWindow *
find_window (HsApplication *self,
             GFile         *file)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      GFile *shown = HS_IS_WINDOW (l->data) ? hs_window_get_file (l->data) : NULL;

      if (shown != NULL && g_file_equal (shown, file))
        return l->data;
    }

  return NULL;
}

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  HsApplication *self = user_data;

  gtk_window_present (GTK_WINDOW (hs_window_new (self)));
}

/* Each window asks about its own unsaved changes; a Cancel keeps that one. */
static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    if (HS_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { "new-window", new_window_action },
  { "quit", quit_action },
};

static void
hs_application_startup (GApplication *application)
{
  HsApplication *self = HS_APPLICATION (application);

  G_APPLICATION_CLASS (hs_application_parent_class)->startup (application);

  gtk_source_init ();
  gtk_window_set_default_icon_name (APP_ID);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    RESOURCE_PATH "/icons");

  hs_application_get_settings (self);
  apply_color_scheme (self);
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].accels);
}

static void
hs_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (hs_window_new (HS_APPLICATION (application)));

  gtk_window_present (window);
}

static void
hs_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    hs_application_open_file (HS_APPLICATION (application), files[i],
                              gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static void
hs_application_finalize (GObject *object)
{
  HsApplication *self = HS_APPLICATION (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hs_application_parent_class)->finalize (object);
}

static void
hs_application_class_init (HsApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = hs_application_finalize;

  application_class->startup = hs_application_startup;
  application_class->activate = hs_application_activate;
  application_class->open = hs_application_open;
}

static void
hs_application_init (HsApplication *self)
{
}

HsApplication *
hs_application_new (void)
{
  g_set_application_name (_("Heapscape"));

  return g_object_new (HS_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", RESOURCE_PATH,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

GSettings *
hs_application_get_settings (HsApplication *self)
{
  g_return_val_if_fail (HS_IS_APPLICATION (self), NULL);

  if (self->settings == NULL)
    self->settings = open_settings ();

  return self->settings;
}

void
hs_application_open_file (HsApplication *self,
                          GFile         *file,
                          GtkWindow     *window)
{
  HsWindow *target;

  g_return_if_fail (HS_IS_APPLICATION (self));
  g_return_if_fail (G_IS_FILE (file));

  target = find_window (self, file);
  if (target == NULL)
    {
      if (HS_IS_WINDOW (window) && hs_window_is_untouched (HS_WINDOW (window)))
        target = HS_WINDOW (window);
      else
        target = hs_window_new (self);
      hs_window_load (target, file);
    }

  gtk_window_present (GTK_WINDOW (target));
}
