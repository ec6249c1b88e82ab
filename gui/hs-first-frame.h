/* hs-first-frame.h - what can wait until the window is there
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*HsFirstFrameFunction) (gpointer widget);

/* Calls @function once with @widget, a widget that is not mapped yet, after the first frame that
 * was painted with it; never if it goes before.
 */
void hs_first_frame_wait (gpointer             widget,
                          HsFirstFrameFunction function);

G_END_DECLS
