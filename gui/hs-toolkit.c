/* hs-toolkit.c - starts GTK without the theme that libadwaita would throw away
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-toolkit.h"

#define VARIABLE "GTK_THEME"

/* The theme that libadwaita sets; it is among the resources of that library. */
#define NO_THEME "Adwaita-empty"

/* Beyond, nothing would have room. */
#define MIN_TEXT_SCALE 0.5
#define MAX_TEXT_SCALE 3.0

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

double
hs_toolkit_get_text_scale (GtkWidget *widget)
{
  int dpi = -1; /* for each inch, times PANGO_SCALE */

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 1);

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? CLAMP (dpi / (96.0 * PANGO_SCALE), MIN_TEXT_SCALE, MAX_TEXT_SCALE) : 1;
}
