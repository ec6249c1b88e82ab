/* hs-tiles.h - a scene as cached pieces of picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene.h"

G_BEGIN_DECLS

/* Drawing the arrows of a large graph takes longer than a frame (21 ms at
 * 1920 × 1080 and half size), composing drawn tiles does not (1 ms). They are
 * drawn in a thread of their own; the functions are for the main thread.
 */
typedef struct _HsTiles HsTiles;

/* A tile has been drawn that hs_tiles_paint() lacked. */
typedef void (*HsTilesReady) (gpointer user_data);

/* The part of a scene that a widget shows. */
typedef struct
{
  double x; /* of the upper left corner of the widget; logical pixels from the scene's */
  double y;
  double width; /* of the widget; logical pixels */
  double height;
  double zoom;  /* logical pixels per scene unit */
  int    scale; /* device pixels per logical pixel */
} HsViewport;

HsTiles *hs_tiles_new (HsTilesReady ready,
                       gpointer     user_data);
void     hs_tiles_free (HsTiles *self);

/* Either drops every tile. @scene: (nullable) */
void hs_tiles_set_scene (HsTiles *self,
                         HsScene *scene);
void hs_tiles_set_theme (HsTiles       *self,
                         const HsTheme *theme);

/* Paints background and scene. Tiles that are missing come later; in place of them
 * stand those of the last complete picture, scaled. Only when there is none yet are
 * they drawn at once, for @budget microseconds. Returns: whether nothing is missing
 */
gboolean hs_tiles_paint (HsTiles          *self,
                         cairo_t          *cr,
                         const HsViewport *viewport,
                         gint64            budget);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTiles, hs_tiles_free)

G_END_DECLS
