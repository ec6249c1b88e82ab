/* hs-paths.c - where the program's own files are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-paths.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/* Whether the running program lies in the folder where it was built, so that
 * a copy installed from the same build does not look there.
 */
gboolean
hs_paths_is_uninstalled (void)
{
  static gsize once;
  static int   is_uninstalled;

  if (g_once_init_enter (&once))
    {
      g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

      is_uninstalled = program != NULL &&
                       g_str_has_prefix (program, HS_BUILD_ROOT G_DIR_SEPARATOR_S);
      g_once_init_leave (&once, 1);
    }

  return is_uninstalled;
}

const char *
hs_paths_get_workers (void)
{
  const char *override = g_getenv ("HEAPSCAPE_WORKERS");

  if (override != NULL && *override != '\0')
    return override;

  return hs_paths_is_uninstalled () ? HS_BUILD_ROOT "/core/worker" : HS_WORKERS_DIR;
}

const char *
hs_paths_get_locale (void)
{
  return hs_paths_is_uninstalled () ? HS_BUILD_ROOT "/po" : HS_LOCALE_DIR;
}

const char *
hs_paths_get_schemas (void)
{
  return hs_paths_is_uninstalled () ? HS_BUILD_ROOT "/resources" : NULL;
}

void
hs_paths_init_translations (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, hs_paths_get_locale ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
