/* hs-application.c - the program: its settings, its windows, its shortcuts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-application.h"

#include <dlfcn.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>

#include "hs-paths.h"
#include "hs-session.h"
#include "hs-toolkit.h"
#include "hs-visible-name.h"
#include "hs-window.h"

struct _HsApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* owned; made on first use */

  HsDrafts *drafts;       /* owned; made on first use; NULL: there is no place for them */
  char     *drafts_error; /* owned; why not; NULL: none, or it was said */

  HsSession *session;      /* owned; the windows of the next start */
  gboolean   has_drafts;   /* they were looked for */
  gboolean   has_restored; /* what others have left was taken over */
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
  { "win.save-snapshot", { "<Control><Alt>s" } },
  { "win.learn", { "<Control>l" } },
  { "win.export", { "<Control>e" } },
  { "win.copy-picture", { "<Control><Shift>c" } },
  { "win.show-text", { "<Control><Alt>t" } },
  { "win.print-code", { "<Control>p" } },
  { "win.print-picture", { "<Control><Shift>p" } },
  { "win.run", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.compare", { "<Control><Shift>Return", "<Control><Shift>KP_Enter" } },
  { "win.find", { "<Control>f" } },
  { "win.replace", { "<Control>h" } },
  { "win.go-to-line", { "<Control>i" } },
  { "win.find-next", { "<Control>g" } },
  { "win.find-previous", { "<Control><Shift>g" } },
  { "win.text-larger", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.text-smaller", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.text-normal", { "<Control>0", "<Control>KP_0" } },
  { "win.focus-view", { "<Control><Alt>g" } },
  { "win.go-to-pane(1)", { "F6" } },
  { "win.go-to-pane(-1)", { "<Shift>F6" } },
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
  { "win.help('')", { "F1" } },
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

/* Whether both are one file, whatever links lead to it. */
static gboolean
is_same_file (GFile *a,
              GFile *b)
{
  const char *path_a = g_file_peek_path (a);
  const char *path_b = g_file_peek_path (b);
  GStatBuf    stat_a;
  GStatBuf    stat_b;

  if (g_file_equal (a, b))
    return TRUE;

  return path_a != NULL && path_b != NULL && g_stat (path_a, &stat_a) == 0 &&
         g_stat (path_b, &stat_b) == 0 && stat_a.st_dev == stat_b.st_dev &&
         stat_a.st_ino == stat_b.st_ino;
}

GtkWindow *
hs_application_find_window (HsApplication *self,
                            GFile         *file)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      GFile *shown = HS_IS_WINDOW (l->data) ? hs_window_get_file (l->data) : NULL;

      if (shown != NULL && is_same_file (shown, file))
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

/* What comes back at the next start is not asked about. Else each window asks about its own
 * unsaved changes; a Cancel keeps that one.
 */
static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  HsApplication *self = user_data;
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  hs_session_keep (self->session);
  for (GList *l = windows; l != NULL; l = l->next)
    if (HS_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { "new-window", new_window_action },
  { "quit", quit_action },
};

/* ---- Unsaved text: see hs-draft.h ---- */

static void
flush_windows (GtkApplication *self)
{
  for (GList *l = gtk_application_get_windows (self); l != NULL; l = l->next)
    if (HS_IS_WINDOW (l->data))
      hs_window_flush (l->data);
}

/* Somebody ends the program: nothing is asked, and nothing is lost. */
static gboolean
signal_cb (gpointer user_data)
{
  GtkApplication *self = user_data;
  g_autoptr(GList) windows = NULL;

  flush_windows (self);
  hs_session_keep (HS_APPLICATION (self)->session);
  windows = g_list_copy (gtk_application_get_windows (self));
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_destroy (l->data); /* ends what runs in it */
  g_application_quit (G_APPLICATION (self));

  return G_SOURCE_REMOVE;
}

/* The display is gone: GDK ends the program from within Xlib, which calls one function before
 * that (XSetIOErrorHandler(3)). GTK may be built without Xlib, so it is looked up.
 */
typedef int (*XErrorFunction) (void *display);

static XErrorFunction gdk_error_function;

static int
display_lost_cb (void *display)
{
  GApplication *self = g_application_get_default ();

  if (self != NULL)
    flush_windows (GTK_APPLICATION (self));

  return gdk_error_function != NULL ? gdk_error_function (display) : 0;
}

static void
watch_for_end (HsApplication *self)
{
  static const int signals[] = { SIGTERM, SIGHUP, SIGINT };
  XErrorFunction (*set_function) (XErrorFunction) = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], signal_cb, self);

  /* A function pointer from a pointer to data, as dlsym(3) says. */
  *(void **)&set_function = dlsym (RTLD_DEFAULT, "XSetIOErrorHandler");
  if (set_function != NULL)
    gdk_error_function = set_function (display_lost_cb);
}

HsDrafts *
hs_application_get_drafts (HsApplication *self)
{
  g_return_val_if_fail (HS_IS_APPLICATION (self), NULL);

  if (!self->has_drafts)
    {
      g_autofree char *path = g_build_filename (g_get_user_state_dir (), "heapscape", "drafts",
                                                NULL);
      g_autoptr(GError) error = NULL;

      self->has_drafts = TRUE;
      self->drafts = hs_drafts_open (path, &error);
      if (self->drafts == NULL)
        self->drafts_error = g_strdup (error->message);
    }

  return self->drafts;
}

/* What is no draft was kept. Returns: (transfer full) (nullable): NULL: all of them were */
static char *
describe_damaged (GPtrArray *damaged)
{
  g_autofree char *name = NULL;

  if (damaged->len == 0)
    return NULL;

  name = hs_visible_name (damaged->pdata[0]);

  return g_strdup_printf (
    /* translators: %1$s is a file; %2$u says how many there are, that one included */
    g_dngettext (GETTEXT_PACKAGE,
                 "Unsaved changes in “%1$s” are damaged; look into that file with a text editor.",
                 "Unsaved changes in %2$u files are damaged, such as “%1$s”; look into them with "
                 "a text editor.",
                 damaged->len),
    name, damaged->len);
}

/* What was there at the start and could not be read: in the last window that was restored, or
 * in the first one that comes.
 */
static void
remark (HsApplication *self,
        const char    *text)
{
  char *both = self->drafts_error != NULL ? g_strconcat (self->drafts_error, " ", text, NULL)
                                          : g_strdup (text);

  g_free (self->drafts_error);
  self->drafts_error = both;
}

/* Once, at the start: what programs that crashed have left gets windows of its own.
 * @with_session: and so do the windows of the last session.
 */
static void
restore_windows (HsApplication *self,
                 gboolean       with_session)
{
  g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) taken = NULL;
  g_autofree char *of_session = NULL;
  g_autofree char *of_drafts = NULL;
  HsDrafts        *drafts = hs_application_get_drafts (self);

  if (self->has_restored)
    return;

  self->has_restored = TRUE;
  taken = drafts != NULL
            ? hs_drafts_take_abandoned (drafts, damaged)
            : g_ptr_array_new_with_free_func ((GDestroyNotify)hs_abandoned_draft_free);
  of_drafts = describe_damaged (damaged);
  if (with_session && hs_session_restore (self->session, taken, of_drafts, &of_session))
    g_clear_pointer (&of_drafts, g_free);
  for (guint i = 0; i < taken->len; i++)
    {
      HsWindow *window = hs_window_new (self);

      hs_window_restore (window, taken->pdata[i], i == taken->len - 1 ? of_drafts : NULL, TRUE);
      gtk_window_present (GTK_WINDOW (window));
    }
  hs_session_begin (self->session);
  if (taken->len == 0 && of_drafts != NULL)
    remark (self, of_drafts);
  if (of_session != NULL)
    remark (self, of_session);
}

/* What went wrong before there was a window in which it could be said. */
static void
say_errors (HsApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->drafts_error != NULL && HS_IS_WINDOW (window))
    {
      hs_window_say (HS_WINDOW (window), self->drafts_error);
      g_clear_pointer (&self->drafts_error, g_free);
    }
}

static void
hs_application_startup (GApplication *application)
{
  HsApplication *self = HS_APPLICATION (application);

  hs_toolkit_init ();
  G_APPLICATION_CLASS (hs_application_parent_class)->startup (application);

  gtk_source_init ();
  gtk_window_set_default_icon_name (APP_ID);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    RESOURCE_PATH "/icons");

  hs_application_get_settings (self);
  self->session = hs_session_new (self);
  apply_color_scheme (self);
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);

  watch_for_end (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].accels);
}

static void
hs_application_activate (GApplication *application)
{
  GtkWindow *window;

  restore_windows (HS_APPLICATION (application), TRUE);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window == NULL)
    window = GTK_WINDOW (hs_window_new (HS_APPLICATION (application)));

  gtk_window_present (window);
  say_errors (HS_APPLICATION (application));
}

static void
hs_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  restore_windows (HS_APPLICATION (application), FALSE);
  for (int i = 0; i < n_files; i++)
    hs_application_open_file (HS_APPLICATION (application), files[i],
                              gtk_application_get_active_window (GTK_APPLICATION (application)));
  say_errors (HS_APPLICATION (application));
}

/* clang-format off */
static const GOptionEntry options[] = {
  { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open an empty window"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { NULL },
};
/* clang-format on */

/* Of a process that may only talk to the one that runs already. */
static int
hs_application_handle_local_options (GApplication *application,
                                     GVariantDict *given)
{
  g_autoptr(GError) error = NULL;

  if (g_variant_dict_contains (given, "version"))
    {
      g_print ("heapscape %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (!g_variant_dict_contains (given, "new-window"))
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("heapscape: %s\n", error->message);
      return 1;
    }
  /* The first one opens a window in any case. */
  if (!g_application_get_is_remote (application))
    return -1;

  g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);

  return 0;
}

static void
hs_application_finalize (GObject *object)
{
  HsApplication *self = HS_APPLICATION (object);

  g_clear_pointer (&self->session, hs_session_free);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->drafts, hs_drafts_close);
  g_free (self->drafts_error);

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
  application_class->handle_local_options = hs_application_handle_local_options;
}

static void
hs_application_init (HsApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
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
  GtkWindow *target;

  g_return_if_fail (HS_IS_APPLICATION (self));
  g_return_if_fail (G_IS_FILE (file));

  target = hs_application_find_window (self, file);
  if (target == NULL)
    {
      if (HS_IS_WINDOW (window) && hs_window_is_untouched (HS_WINDOW (window)))
        target = window;
      else
        target = GTK_WINDOW (hs_window_new (self));
      hs_window_load (HS_WINDOW (target), file);
    }

  gtk_window_present (target);
}
