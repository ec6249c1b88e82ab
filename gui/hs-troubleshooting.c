/* hs-troubleshooting.c - what to know about this computer when something is wrong
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-troubleshooting.h"

#include <adwaita.h>
#include <cairo.h>
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "hs-protection.h"
#include "hs-python.h"

static void G_GNUC_PRINTF (2, 3)
  add_line (GString    *text,
            const char *format,
            ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
  g_string_append_c (text, '\n');
}

/* A heading above what follows. */
static void
add_heading (GString    *text,
             const char *heading)
{
  add_line (text, "\n%s", heading);
}

static void
add_versions (GString *text)
{
  struct utsname   system;
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add_line (text, "Heapscape %s", PACKAGE_VERSION);
  add_line (text, "GTK %u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (),
            gtk_get_micro_version ());
  add_line (text, "libadwaita %u.%u.%u", adw_get_major_version (), adw_get_minor_version (),
            adw_get_micro_version ());
  add_line (text, "GtkSourceView %u.%u.%u", gtk_source_get_major_version (),
            gtk_source_get_minor_version (), gtk_source_get_micro_version ());
  add_line (text, "GLib %u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  add_line (text, "Cairo %s", cairo_version_string ());
  add_line (text, "Pango %s", pango_version_string ());
  if (uname (&system) == 0)
    add_line (text, "%s %s (%s)", system.sysname, system.release, system.machine);
  if (name != NULL)
    add_line (text, "%s", name);
}

static const char *
get_variable (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : _("unknown");
}

/* What only the main thread may ask. */
static void
add_session (GString   *text,
             GtkWindow *window)
{
  GdkDisplay  *display = gtk_widget_get_display (GTK_WIDGET (window));
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));

  add_heading (text, _("Session"));
  /* translators: the kind of session, x11 or wayland */
  add_line (text, _("Type: %s"), get_variable ("XDG_SESSION_TYPE"));
  /* translators: a desktop, such as GNOME */
  add_line (text, _("Desktop: %s"), get_variable ("XDG_CURRENT_DESKTOP"));
  /* translators: %1$s is what the window is shown by, %2$s what it is drawn by */
  add_line (text, _("Display: %1$s, drawn by %2$s"), G_OBJECT_TYPE_NAME (display),
                     renderer != NULL ? G_OBJECT_TYPE_NAME (renderer) : _("unknown"));
  add_line (text, _("Languages: %s"), g_get_language_names ()[0]);
  if (geteuid () == 0)
    add_line (text, "%s", _("Heapscape runs as root."));
}

static void
add_python (GString  *text,
            HsPython *python)
{
  const char *library = hs_python_get_library (python);
  const char *program = hs_python_get_program (python);

  add_line (text, "Python %s", hs_python_get_version (python));
  /* translators: %s is the path of a program */
  add_line (text, _("  Worker: %s"), hs_python_get_worker (python));
  /* translators: %s is the path of a library */
  add_line (text, _("  Library: %s"), library != NULL ? library : _("unknown"));
  if (program != NULL)
    /* translators: %s is the path of an interpreter */
    add_line (text, _("  Interpreter: %s"), program);
}

static void
add_pythons (GString *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list (&error);
  g_auto(GStrv) problems = hs_pythons_dup_problems ();

  add_heading (text, _("Interpreters"));
  for (guint i = 0; i < pythons->len; i++)
    add_python (text, g_ptr_array_index (pythons, i));
  if (pythons->len == 0)
    add_line (text, "%s", error != NULL ? error->message : _("none"));
  for (guint i = 0; problems[i] != NULL; i++)
    add_line (text, "%s", problems[i]);
}

static void
add_protection (GString *text)
{
  const HsProtection *protection = hs_protection_get ();
  g_autoptr(GPtrArray) lines = hs_protection_new_lines (protection);
  g_autofree char *warning = hs_protection_dup_warning (protection);

  add_heading (text, _("Protection of This Computer from the Code"));
  for (guint i = 0; i < lines->len; i++)
    {
      const HsProtectionLine *line = g_ptr_array_index (lines, i);

      /* translators: %1$s is a protection, %2$s its state: “active, …” or “missing: …” */
      add_line (text, _("%1$s: %2$s"), line->name, line->state);
    }
  if (warning != NULL)
    add_line (text, "%s", warning);
}

static void
collect (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  GString *text = g_string_new (NULL);

  add_versions (text);
  g_string_append (text, data);
  add_pythons (text);
  add_protection (text);
  g_task_return_pointer (task, g_string_free (text, FALSE), g_free);
}

void
hs_troubleshooting_collect_async (GtkWindow          *window,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;
  GString *session;

  g_return_if_fail (GTK_IS_WINDOW (window));

  session = g_string_new (NULL);
  add_session (session, window);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, g_string_free (session, FALSE), g_free);
  g_task_run_in_thread (task, collect);
}

char *
hs_troubleshooting_collect_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
