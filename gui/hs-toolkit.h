/* hs-toolkit.h - starts GTK without the theme that libadwaita would throw away
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Instead of gtk_init(), once, before the application starts up. GTK parses its own theme as soon
 * as there is a display, and libadwaita then replaces it with an empty one: an eighth of what an
 * empty window needs up to its first frame. Whoever has set GTK_THEME gets that theme.
 */
void hs_toolkit_init (void);

/* How large the desktop wants text, against the 96 dots per inch for which everything is laid out:
 * 0.5 to 3. "gtk-xft-dpi" of the settings is notified when it changes.
 */
double hs_toolkit_get_text_scale (GtkWidget *widget);

G_END_DECLS
