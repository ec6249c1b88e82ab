/* hs-scene.h - a diagram laid out, ready to be drawn and pointed at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "hs-history.h"
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

/* What every view of a heap is to those who show, export or test it: a plane
 * with items on it. An item is what can be selected: a box of the graph, a
 * block, a string, a tile. Items are named by their index.
 *
 * Immutable and atomically reference counted: made in one thread, drawn in
 * others. Drawing needs no lock.
 */
typedef struct _HsScene HsScene;

#define HS_NO_ITEM G_MAXUINT

HsScene *hs_scene_ref (HsScene *self);
void     hs_scene_unref (HsScene *self);

const char *hs_scene_get_view_name (HsScene *self); /* "graph" */
HsHeap     *hs_scene_get_heap (HsScene *self);      /* (transfer none) */
const char *hs_scene_get_language (HsScene *self);  /* (nullable): a Pango language */
void        hs_scene_get_extents (HsScene *self,
                                  HsRect  *extents); /* margins included, x = y = 0 */
/* Whether it is read from the top like a page, rather than seen as a whole. */
gboolean hs_scene_is_page (HsScene *self);
guint    hs_scene_get_n_items (HsScene *self);
void     hs_scene_get_item_rect (HsScene *self,
                                 guint    item,
                                 HsRect  *rect);

/* What an item is called from one scene of the same view and heap to the next. */
guint64 hs_scene_get_item_key (HsScene *self,
                               guint    item);
/* The object that the item stands for, or HS_NO_OBJECT. */
guint32 hs_scene_get_item_object (HsScene *self,
                                  guint    item);
/* The line of the code's file that the item is about, 0: none; and the moment of the
 * history, HS_NO_MOMENT: none. Where a person goes who picks the item.
 */
guint hs_scene_get_item_line (HsScene *self,
                              guint    item);
guint hs_scene_get_item_moment (HsScene *self,
                                guint    item);
/* The item with @key, or that stands for @object; HS_NO_ITEM. */
guint hs_scene_find_key (HsScene *self,
                         guint64  key);
guint hs_scene_find_object (HsScene *self,
                            guint32  object);

typedef enum
{
  HS_HIT_NOTHING,
  HS_HIT_ITEM, /* its title or empty part */
  HS_HIT_ROW,  /* a part of it: a reference */
  HS_HIT_MORE, /* "… N more" */
  HS_HIT_FOLD, /* the sign that opens or folds the item */
} HsHitKind;

typedef struct
{
  HsHitKind kind;
  guint     item; /* HS_NO_ITEM for HS_HIT_NOTHING */
  guint     part; /* HS_NO_ITEM if no part; else what the view means by it */
} HsHit;

HsHit hs_scene_hit (HsScene *self,
                    double   x,
                    double   y);

/* Where the arrow of the part leads: an item, or HS_NO_ITEM. */
guint hs_scene_follow (HsScene     *self,
                       const HsHit *hit);

/* What Enter does at @item: what is hidden in it, first; or else folds it. */
HsHit hs_scene_get_action (HsScene *self,
                           guint    item);

/* Where an arrow key leads from @item (HS_NO_ITEM: to the first). */
typedef enum
{
  HS_WALK_LEFT,
  HS_WALK_RIGHT,
  HS_WALK_UP,
  HS_WALK_DOWN,
  HS_WALK_FIRST,
  HS_WALK_LAST,
} HsWalk;

guint hs_scene_walk (HsScene *self,
                     guint    item,
                     HsWalk   direction);

/* The next item after @start (HS_NO_ITEM: from the beginning) that says @text,
 * case folded; wraps around. HS_NO_ITEM if there is none.
 */
guint hs_scene_search (HsScene    *self,
                       const char *text,
                       guint       start,
                       gboolean    backwards);

/* One line: "list, 3 items, 88 B". Returns: (transfer full) */
char *hs_scene_name_item (HsScene *self,
                          guint    item);
/* All facts about an item as lines of translated text: tooltip and screen
 * reader. Returns: (transfer full)
 */
char *hs_scene_describe_item (HsScene *self,
                              guint    item);
/* The text twin: the same facts as the picture, stable across runs (no
 * addresses). Returns: (transfer full)
 */
char *hs_scene_to_text (HsScene *self);

/* What is not shown because there is too much of it, as a translated sentence
 * for footer and banner; NULL if nothing. Returns: (transfer full) (nullable)
 */
char *hs_scene_dup_left_out (HsScene *self);
/* Whether hs_wishes_show_more() would show some of it. */
gboolean hs_scene_can_show_more (HsScene *self);

/* The answer to hs_wishes_ask() as a translated sentence; NULL if nothing was asked.
 * Returns: (transfer full) (nullable)
 */
char *hs_scene_dup_answer (HsScene *self);

/* Items, arrows and texts with their places, for tests. Returns: (transfer full) */
char *hs_scene_dump (HsScene *self);

/* Draws what lies in @clip (scene units) in user space; the caller has set the
 * transformation. @scale is device pixels per scene unit and chooses the level
 * of detail. Does not paint the background.
 */
void hs_scene_draw (HsScene       *self,
                    cairo_t       *cr,
                    const HsRect  *clip,
                    double         scale,
                    const HsTheme *theme);

typedef enum
{
  HS_MARK_SELECTED,
  HS_MARK_HOVERED,
  HS_MARK_FOUND,
} HsMark;

/* Drawn over hs_scene_draw(), never cached with it. */
void hs_scene_draw_mark (HsScene       *self,
                         cairo_t       *cr,
                         guint          item,
                         HsMark         mark,
                         double         scale,
                         const HsTheme *theme);

/* For the motion from one scene to the next: one item in its place, or all
 * that lies between the items (arrows, scales). FALSE if the view cannot.
 */
gboolean hs_scene_can_move (HsScene *self);
void     hs_scene_draw_item (HsScene       *self,
                             cairo_t       *cr,
                             guint          item,
                             double         scale,
                             const HsTheme *theme);
void     hs_scene_draw_between (HsScene       *self,
                                cairo_t       *cr,
                                const HsRect  *clip,
                                double         scale,
                                const HsTheme *theme);

/* A mark of the vocabulary that this scene uses, and what it means. */
typedef struct
{
  /* Draws a sample into @rect (scene units, about 36 × 18). */
  void (*draw) (cairo_t       *cr,
                const HsRect  *rect,
                const HsTheme *theme,
                guint          which);
  guint       which; /* for @draw: a family, say */
  const char *text;  /* translated, constant */
} HsLegendEntry;

/* Only of what this scene shows. Returns: (transfer none) */
const HsLegendEntry *hs_scene_get_legend (HsScene *self,
                                          guint   *n_entries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsScene, hs_scene_unref)

G_END_DECLS
