/* hs-text-window.h - what a picture says, as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-scene.h"

G_BEGIN_DECLS

#define HS_TYPE_TEXT_WINDOW (hs_text_window_get_type ())
G_DECLARE_FINAL_TYPE (HsTextWindow, hs_text_window, HS, TEXT_WINDOW, AdwWindow)

/* The text twin of a picture, to be read, searched and copied, by people and screen readers. */
HsTextWindow *hs_text_window_new (GtkWindow *parent);

/* Shows the text of @scene (nullable: says that there is no picture), which is made in a thread.
 * @title: of the picture, translated.
 */
void hs_text_window_set_scene (HsTextWindow *self,
                               HsScene      *scene,
                               const char   *title);

G_END_DECLS
