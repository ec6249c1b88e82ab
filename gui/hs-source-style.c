/* hs-source-style.c - the colours of source text, light and dark
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source-style.h"

#include <adwaita.h>

/* The schemes that GtkSourceView 5 itself brings. */
#define SCHEME_LIGHT "Adwaita"
#define SCHEME_DARK  "Adwaita-dark"

static void
apply (GtkSourceBuffer *buffer)
{
  AdwStyleManager             *style = adw_style_manager_get_default ();
  const char                  *id = adw_style_manager_get_dark (style) ? SCHEME_DARK : SCHEME_LIGHT;
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  /* NULL, where the scheme is not installed, is the plain look. */
  gtk_source_buffer_set_style_scheme (buffer,
                                      gtk_source_style_scheme_manager_get_scheme (schemes, id));
}

void
hs_source_style_follow (GtkSourceBuffer *buffer)
{
  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (apply), buffer, G_CONNECT_SWAPPED);
  apply (buffer);
}
