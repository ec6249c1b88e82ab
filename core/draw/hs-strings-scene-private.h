/* hs-strings-scene-private.h - what a scene of texts is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene-private.h"
#include "hs-strings-page.h"
#include "hs-text.h"
#include "hs-theme-private.h"

G_BEGIN_DECLS

/* Sizes in scene units, on a grid of 8. A row from left to right:
 *
 *     a ●─╮
 *     b ●─┴─▶ ┃◉ interned when compiled   64 B┃   'heap'    2    3   128 B    64 B   64 B
 *                                                 4 characters, 1 byte each (ASCII)
 *     c ●───▶ │○ made while running       64 B│   1 of 2 copies was made while …
 */
#define HS_STRINGS_MARGIN       32.
#define HS_STRINGS_ROW_PADDING  12. /* above and below */
#define HS_STRINGS_LABEL_HEIGHT 20.
#define HS_STRINGS_LABEL_PITCH  24.
#define HS_STRINGS_LABEL_INSET  8.
#define HS_STRINGS_LABEL_MAX    296. /* the rest is in the tooltip */
#define HS_STRINGS_ARC_WIDTH    88.
#define HS_STRINGS_COPY_HEIGHT  32.
#define HS_STRINGS_COPY_GAP     8. /* between those of a value */
#define HS_STRINGS_COPY_INSET   10.
#define HS_STRINGS_COLUMN_GAP   24.
#define HS_STRINGS_VALUE_MIN    120.
#define HS_STRINGS_VALUE_MAX    336.
#define HS_STRINGS_LINE_HEIGHT  20. /* of small print */
#define HS_STRINGS_END_HEIGHT   40. /* of a row that only says how many more there are */
#define HS_STRINGS_SIGN_SIZE    14.
#define HS_STRINGS_RADIUS       6.
#define HS_STRINGS_PORT_RADIUS  2.5
#define HS_STRINGS_HEAD_LENGTH  9.
#define HS_STRINGS_HEAD_WIDTH   7.
#define HS_STRINGS_STACK        3. /* of each of the two outlines behind the box of many */
#define HS_STRINGS_BAR_HEIGHT   6.

#define HS_STRINGS_LEGEND_MAX 8 /* as many as there are */

typedef enum
{
  HS_STRINGS_INK_TEXT,
  HS_STRINGS_INK_QUIET,
} HsStringsInk;

/* A line of text in its place. */
typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        middle;
  HsStringsInk  ink;
  gboolean      is_cut; /* the whole is told by describe_item() */
} HsStringsText;

/* Where an arc leaves. */
typedef struct
{
  HsRect   rect;
  guint    copy;
  guint32  n_references;
  gboolean is_quiet; /* no reference: no arc */
} HsStringsChip;

/* Where arcs end: an object. Of the same index as in the page. */
typedef struct
{
  HsRect   rect;
  HsRect   more;       /* "… 12 more references"; width 0: there are no more */
  guint    first_chip; /* in this order those of the page */
  guint    n_chips;
  guint    item;
  gboolean is_shared;
} HsStringsBox;

typedef enum
{
  HS_STRINGS_BAND_VALUE,
  HS_STRINGS_BAND_MORE,   /* "… 99 900 more values" */
  HS_STRINGS_BAND_FOLDED, /* "… 412 names of the program" */
  HS_STRINGS_BAND_NOTE,   /* what was not asked for: no item */
} HsStringsBandKind;

/* A row across the scene. Those of values come first, of the same index as in the page. */
typedef struct
{
  HsStringsBandKind kind;
  double            y;
  double            height;
  HsRect            more;     /* a box for "… 12 more objects"; width 0: there are no more */
  double            more_x;   /* where the arc to it begins; 0: none does */
  HsRect            bar;      /* bytes, to the scale of all rows; width 0: none */
  double            bar_kept; /* of its width, what sys.intern() would not save */
  guint             first_text;
  guint             n_texts;
  guint             item; /* HS_NO_ITEM: none */
} HsStringsBand;

typedef struct
{
  guint    index; /* of a band, of a box */
  gboolean is_box;
} HsStringsItem;

typedef struct
{
  HsScene        parent;
  HsStringsPage *page;  /* owned */
  HsTexts       *texts; /* owned */

  guint          n_head_texts; /* the first ones: sums and heads of columns */
  double         head_y;       /* of the line below the heads */
  guint          n_texts;
  HsStringsText *placed;
  guint          n_bands;
  HsStringsBand *bands;
  HsStringsBox  *boxes; /* page->n_copies */
  guint          n_chips;
  HsStringsChip *chips;
  HsStringsItem *items;
  guint          n_legend;
  HsLegendEntry  legend[HS_STRINGS_LEGEND_MAX];
} HsStringsScene;

/* Shapes and places everything. FALSE if cancelled. */
gboolean _hs_strings_scene_place (HsStringsScene *self,
                                  GCancellable   *cancellable);

/* Takes @page. Returns: (transfer full) (nullable): NULL if cancelled */
HsScene *_hs_strings_scene_new (HsStringsPage *page,
                                const char    *language,
                                GCancellable  *cancellable,
                                GError       **error);

/* NULL unless it is a scene of this view. */
HsStringsScene *_hs_strings_scene_cast (HsScene *scene);

/* The end of the arcs of a box. */
static inline double
_hs_strings_box_get_middle (const HsStringsBox *box)
{
  return box->rect.y + box->rect.height / 2;
}

/* The first band that ends below @y; n_bands if none does. */
guint _hs_strings_scene_find_band (HsStringsScene *self,
                                   double          y);

/* hs-strings-draw.c */
void _hs_strings_scene_draw (HsScene       *scene,
                             cairo_t       *cr,
                             const HsRect  *clip,
                             double         scale,
                             const HsTheme *theme);
void _hs_strings_scene_draw_mark (HsScene       *scene,
                                  cairo_t       *cr,
                                  guint          item,
                                  HsMark         mark,
                                  double         scale,
                                  const HsTheme *theme);

/* A row with all that is in it; what stands between rows. */
void _hs_strings_scene_draw_item (HsScene       *scene,
                                  cairo_t       *cr,
                                  guint          item,
                                  double         scale,
                                  const HsTheme *theme);
void _hs_strings_scene_draw_between (HsScene       *scene,
                                     cairo_t       *cr,
                                     const HsRect  *clip,
                                     double         scale,
                                     const HsTheme *theme);

/* hs-strings-sign.c: with the source of @cr, in a square at @x, @y */
void _hs_strings_sign_draw (cairo_t     *cr,
                            HsStringSign sign,
                            double       x,
                            double       y);
/* Fills the legend with the marks that the scene uses. */
void _hs_strings_scene_make_legend (HsStringsScene *self);

/* A frame for an object, in @rect. */
void _hs_strings_draw_frame (cairo_t       *cr,
                             const HsRect  *rect,
                             gboolean       is_shared,
                             const HsTheme *theme);
/* Bytes: those that stay, and hatched those that would be saved. */
void _hs_strings_draw_bar (cairo_t       *cr,
                           const HsRect  *rect,
                           double         kept,
                           const HsTheme *theme);
/* From @x0, @y0 to the edge of a box at @x1, @y1, the head of the arrow included. */
void _hs_strings_draw_arc (cairo_t *cr,
                           double   x0,
                           double   y0,
                           double   x1,
                           double   y1,
                           double   width);

/* hs-strings-dump.c */
char *_hs_strings_scene_dump (HsScene *scene);

G_END_DECLS
