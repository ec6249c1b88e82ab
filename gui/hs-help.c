/* hs-help.c - the pages of the manual, in the desktop's help viewer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-help.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-paths.h"

/* The pages in the source, in the first language of the user's in which there are any. */
static char *
find_source (const char *page)
{
  const char *const *languages = g_get_language_names ();
  g_autofree char   *name = g_strconcat (page, ".page", NULL);

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (HS_HELP_SOURCE, languages[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }

  return g_build_filename (HS_HELP_SOURCE, "C", name, NULL);
}

/* Yelp looks for help: in the data folders of the system, and opens a file of the older ghelp:,
 * with the pages beside it (yelp-uri.c, resolve_ghelp_uri()).
 */
char *
hs_help_dup_uri (const char *page)
{
  if (hs_paths_is_uninstalled ())
    {
      g_autofree char *path = find_source (page != NULL ? page : "index");
      g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

      return g_strconcat ("ghelp:", escaped, NULL);
    }

  return page != NULL ? g_strconcat ("help:heapscape/", page, NULL) : g_strdup ("help:heapscape");
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HsWindow) window = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error) || window == NULL)
    return;

  text = g_strdup_printf (
    /* translators: %s is the reason that the system gives */
    _("The help could not be opened: %s. Install a help viewer such as Yelp, the help of GNOME."),
       error->message);
  hs_window_say (window, text);
}

void
hs_help_show (HsWindow   *window,
              const char *page)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (HS_IS_WINDOW (window));

  uri = hs_help_dup_uri (page);
  gtk_show_uri_full (GTK_WINDOW (window), uri, GDK_CURRENT_TIME, NULL, shown_cb,
                     hs_weak_ref_new (window));
}
