/* hs-toolkit.c - starts GTK without the theme that libadwaita would throw away
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-toolkit.h"

#include <gtk/gtk.h>

#define VARIABLE "GTK_THEME"

/* The theme that libadwaita sets; it is among the resources of that library. */
#define NO_THEME "Adwaita-empty"

void
hs_toolkit_init (void)
{
  gboolean is_set = g_getenv (VARIABLE) != NULL;

  if (!is_set)
    g_setenv (VARIABLE, NO_THEME, TRUE);

  gtk_init ();
  gtk_settings_get_default (); /* parses the theme */

  /* libadwaita leaves its own style out where a theme is chosen in this way. */
  if (!is_set)
    g_unsetenv (VARIABLE);
}
