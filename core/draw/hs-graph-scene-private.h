/* hs-graph-scene-private.h - what a scene is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-scene.h"
#include "hs-layout.h"
#include "hs-mark.h"
#include "hs-scene-private.h"
#include "hs-text.h"
#include "hs-wishes.h"

G_BEGIN_DECLS

/* Sizes in scene units, on a grid of 8. A box from the top:
 *
 *   ▌ ◆ Point                 96 B ▾    title
 *   ▌ (1, 2)          2 references      what it is worth, how often it is referred to
 *   ├───────────────────────────────
 *   │ x                             ●   a row for each reference, its port
 *   │ … 9 990 more                  ⌄
 */
#define HS_TITLE_HEIGHT   32
#define HS_LINE_HEIGHT    24 /* below the title */
#define HS_ROW_HEIGHT     24
#define HS_ROWS_MARGIN    4 /* above and below the rows */
#define HS_BOX_PADDING    12
#define HS_BOX_RADIUS     8
#define HS_STRIP_WIDTH    4 /* of the family's hue at the left */
#define HS_SIGN_SIZE      14
#define HS_FOLD_WIDTH     20
#define HS_MARK_SPACE     (HS_MARK_SIGN_SIZE + 4)
#define HS_COMMENT_HEIGHT 20
#define HS_PORT_RADIUS    3.0
#define HS_PORT_SPACE     8 /* between a row's text and its port */
#define HS_STACK_OFFSET   4 /* of each of the two outlines behind a group */
#define HS_SCENE_MARGIN   32
#define HS_LINE_MIDDLE    0.5 /* lines run through the middle of pixels at scale 1 */
#define HS_ARROW_LENGTH   9.0
#define HS_ARROW_WIDTH    7.0
#define HS_MARGIN_OF_MARK 24 /* how far a mark or an arrow reaches out of its boxes, at most */

typedef struct
{
  const HsText *label; /* NULL if there is none */
  const HsText *value; /* NULL unless shown in the row */
  double        y;     /* top, from the top of the scene */
  guint         edge;  /* HS_GRAPH_NONE if no arrow leaves here */
  guint         is_more : 1;
  guint         is_cut : 1; /* refers to something that no box stands for */
  guint         is_quiet : 1;
  guint         is_highlighted : 1;
  guint         is_ghost : 1;
} HsSceneRow;

typedef struct
{
  HsRect        rect; /* the frame; the outlines behind a group stand out of it */
  const HsText *title;
  const HsText *bytes;
  const HsText *preview;
  const HsText *note;    /* right of the preview, behind the signs of its marks */
  const HsText *comment; /* in a line of its own, behind a sign of its own */
  guint         marks;   /* HsGraphMarks of the signs before the note */
  guint         first_row;
  guint         n_rows;
  double        header_height; /* to the line above the rows */
  HsRect        area;          /* of its bytes, from the box's corner; width 0: not drawn */
  HsFamily      family;
  guint         is_scope : 1;
  guint         is_group : 1;
  guint         is_shared : 1;
  guint         is_boundary : 1;
  guint         is_folded : 1;
  guint         can_fold : 1;
  guint         has_room : 1; /* the sign of HS_GRAPH_MARK_OVERALLOCATED before the comment */
  guint         is_static : 1;
  guint         is_ghost : 1;
  guint         is_highlighted : 1;
} HsSceneBox;

typedef struct
{
  guint from; /* box */
  guint row;
  guint to; /* box */
} HsSceneEdge;

/* Which boxes and strands lie in which square of the plane. */
typedef struct
{
  guint  n_columns;
  guint  n_rows;
  guint *first; /* cells + 1 */
  guint *members;
} HsSceneGrid;

#define HS_GRID_CELL 256. /* scene units */

typedef struct
{
  HsScene  parent;
  HsGraph *graph;
  HsTexts *texts;

  guint        n_boxes;
  HsSceneBox  *boxes;
  guint        n_rows;
  HsSceneRow  *rows;
  guint        n_edges;
  HsSceneEdge *edges;     /* by from, then row */
  guint       *in_first;  /* n_boxes + 1 */
  guint       *in_edges;  /* edges by the box where they end */
  guint       *out_first; /* n_boxes + 1: first edge of each box */

  HsLayout   *layout;   /* its strands are in scene coordinates */
  guint8     *is_solid; /* by strand: one of its arrows leads to no ghost */
  HsSceneGrid box_grid;
  HsSceneGrid strand_grid;

  char          *answer; /* nullable; to a question about an object */
  HsLegendEntry *legend;
  guint          n_legend;
} HsGraphScene;

/* Shapes all texts and sets every size. FALSE if cancelled. */
gboolean _hs_graph_scene_measure (HsGraphScene *self,
                                  gboolean      has_areas,
                                  GCancellable *cancellable);

/* hs-graph-legend.c; once everything is measured */
void _hs_graph_scene_make_legend (HsGraphScene *self);

/* hs-graph-hit.c */
HsHit _hs_graph_scene_hit (HsScene *scene,
                           double   x,
                           double   y);
guint _hs_graph_scene_follow (HsScene     *scene,
                              const HsHit *hit);
HsHit _hs_graph_scene_get_action (HsScene *scene,
                                  guint    box);
guint _hs_graph_scene_walk (HsScene *scene,
                            guint    box,
                            HsWalk   direction);

/* hs-graph-draw.c, hs-graph-arrow.c */
void _hs_graph_scene_draw (HsScene       *scene,
                           cairo_t       *cr,
                           const HsRect  *clip,
                           double         scale,
                           const HsTheme *theme);
void _hs_graph_scene_draw_mark (HsScene       *scene,
                                cairo_t       *cr,
                                guint          box,
                                HsMark         mark,
                                double         scale,
                                const HsTheme *theme);
void _hs_graph_scene_draw_item (HsScene       *scene,
                                cairo_t       *cr,
                                guint          box,
                                double         scale,
                                const HsTheme *theme);
void _hs_graph_scene_draw_between (HsScene       *scene,
                                   cairo_t       *cr,
                                   const HsRect  *clip,
                                   double         scale,
                                   const HsTheme *theme);

/* hs-graph-answer.c; before the scene is shared */
void _hs_graph_scene_set_question (HsScene   *scene,
                                   HsQuestion question,
                                   guint32    object);

/* hs-graph-dump.c */
char *_hs_graph_scene_dump (HsScene *scene);

/* Calls @visit once for every member of the cells that @rect meets. */
typedef void (*HsSceneVisit) (HsGraphScene *self,
                              guint         index,
                              gpointer      user_data);

void _hs_graph_scene_visit (HsGraphScene      *self,
                            const HsSceneGrid *grid,
                            guint              n_indices,
                            const HsRect      *rect,
                            HsSceneVisit       visit,
                            gpointer           user_data);

/* Where the sign that folds a box is. */
void _hs_scene_box_get_fold_rect (const HsSceneBox *box,
                                  HsRect           *rect);

/* The family's sign, as a path in the square of HS_SIGN_SIZE at @x, @y, drawn
 * with the source of @cr.
 */
void _hs_sign_draw (cairo_t *cr,
                    HsFamily family,
                    double   x,
                    double   y);

G_END_DECLS
