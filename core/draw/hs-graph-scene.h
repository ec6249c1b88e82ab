/* hs-graph-scene.h - a graph laid out, ready to be drawn and pointed at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "hs-graph.h"
#include "hs-theme.h"

G_BEGIN_DECLS

/* In scene units: pixels at zoom 1. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} HsRect;

/* Immutable and atomically reference counted: made in one thread, drawn in
 * others. Drawing needs no lock.
 */
typedef struct _HsGraphScene HsGraphScene;

/* Measures and places every box and routes every arrow. May take long for
 * large graphs: call it in a thread. @language: a Pango language for the
 * shapes of CJK characters ("zh-cn"), or NULL for that of the messages.
 * Returns: (transfer full) (nullable): NULL if cancelled.
 */
HsGraphScene *hs_graph_scene_new (HsGraph      *graph,
                                  const char   *language,
                                  GCancellable *cancellable,
                                  GError      **error);
HsGraphScene *hs_graph_scene_ref (HsGraphScene *self);
void          hs_graph_scene_unref (HsGraphScene *self);

HsGraph *hs_graph_scene_get_graph (HsGraphScene *self); /* (transfer none) */
void     hs_graph_scene_get_extents (HsGraphScene *self,
                                     HsRect       *extents); /* margins included, x = y = 0 */
void     hs_graph_scene_get_box_rect (HsGraphScene *self,
                                      guint         box,
                                      HsRect       *rect);

typedef enum
{
  HS_HIT_NOTHING,
  HS_HIT_BOX,  /* title or empty part */
  HS_HIT_ROW,  /* a reference */
  HS_HIT_MORE, /* the "… N more" row */
  HS_HIT_FOLD, /* the sign that opens or folds the box */
} HsHitKind;

typedef struct
{
  HsHitKind kind;
  guint     box; /* HS_GRAPH_NONE for HS_HIT_NOTHING */
  guint     row; /* index for hs_graph_get_row(); HS_GRAPH_NONE if no row */
} HsHit;

HsHit hs_graph_scene_hit (HsGraphScene *self,
                          double        x,
                          double        y);

/* Where an arrow key leads from @box (HS_GRAPH_NONE: to the first box). */
typedef enum
{
  HS_WALK_LEFT,  /* to what refers to it */
  HS_WALK_RIGHT, /* to what it refers to */
  HS_WALK_UP,    /* to the neighbour above */
  HS_WALK_DOWN,
  HS_WALK_FIRST,
  HS_WALK_LAST,
} HsWalk;

guint hs_graph_scene_walk (HsGraphScene *self,
                           guint         box,
                           HsWalk        direction);

/* Draws what lies in @clip (scene units) in user space; the caller has set
 * the transformation. @scale is device pixels per scene unit and chooses the
 * level of detail: text from about half size on, bars below, then boxes only.
 * Does not paint the background.
 */
void hs_graph_scene_draw (HsGraphScene  *self,
                          cairo_t       *cr,
                          const HsRect  *clip,
                          double         scale,
                          const HsTheme *theme);

typedef enum
{
  HS_MARK_SELECTED, /* its frame, and its arrows in and out in the accent colour */
  HS_MARK_HOVERED,
  HS_MARK_FOUND,
} HsMark;

/* Drawn over hs_graph_scene_draw(), never cached with it. */
void hs_graph_scene_draw_mark (HsGraphScene  *self,
                               cairo_t       *cr,
                               guint          box,
                               HsMark         mark,
                               double         scale,
                               const HsTheme *theme);

/* Boxes, rows and arrows with their places, for tests. Returns: (transfer full) */
char *hs_graph_scene_dump (HsGraphScene *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsGraphScene, hs_graph_scene_unref)

G_END_DECLS
