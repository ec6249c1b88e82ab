/* hs-picture-drag.h - a handle by which the picture is dragged into another program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is seen in the window of @handle is dragged out of it, as PNG. Once for each handle; outside
 * of a window of Heapscape it does nothing.
 */
void hs_picture_drag_set_up (GtkWidget *handle);

/* Whether @drop was begun at such a handle of this program. */
gboolean hs_picture_drag_is_ours (GdkDrop *drop);

G_END_DECLS
