/* hs-anatomy-scene-private.h - what a picture of bytes is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-anatomy-scene.h"
#include "hs-graph-draw-private.h"
#include "hs-scene-private.h"
#include "hs-text.h"

G_BEGIN_DECLS

/* Sizes in scene units. A column from the top: its card, a map on which each
 * square stands for as many bytes in all columns, and its blocks; a row of a
 * block is a word:
 *
 *      instance                          64 B
 *   ├──────────────────────────────────────┤
 *   │ −24  ▕▏▏▏▏▏▏▏▏▏  dict            NULL │
 *   │ −16  ▕▏▏▏▏▏▏▏▏▏  _gc_next             │
 *   └ offset  bytes   name            value ┘
 */
#define HS_WORD_BYTES     8
#define HS_WORD_HEIGHT    24
#define HS_BYTE_WIDTH     10
#define HS_OFFSET_WIDTH   40 /* of the figures left of the bytes, at least */
#define HS_CELLS_GAP      8
#define HS_CELLS_WIDTH    (HS_WORD_BYTES * HS_BYTE_WIDTH)
#define HS_CELL_INSET     3 /* of the cells above and below in their row */
#define HS_BLOCK_TITLE    32
#define HS_BLOCK_NOTE     20
#define HS_BLOCK_MARGIN   4   /* above and below the rows */
#define HS_BLOCK_GAP      24  /* between blocks */
#define HS_SQUARE         8   /* of the map, its gap included */
#define HS_SQUARE_LARGE   16  /* if there are few of them */
#define HS_SQUARES_FEW    128 /* in any column */
#define HS_MAP_WIDTH      256
#define HS_SQUARES_MAX    1024 /* of all blocks of a column */
#define HS_SMALL_LINE     18
#define HS_COLUMN_GAP     48
#define HS_LANE           12 /* between lines that run beside each other */
#define HS_CHIP_WORDS_MAX 12
#define HS_ARROW_POINTS   6

/* Which colour of the theme. */
typedef enum
{
  HS_INK_TEXT,
  HS_INK_QUIET,
} HsInk;

typedef struct
{
  const HsText *text;
  double        x;
  double        middle;
  HsInk         ink;
} HsPlacedText;

/* Bytes of a field in one row, or a mark that some are left out. */
typedef struct
{
  guint    field;
  guint    block;
  HsRect   rect;
  guint64  from; /* bytes of the field that lie before */
  guint64  n;    /* bytes; of a mark those that are left out */
  gboolean is_cut;
} HsPiece;

typedef struct
{
  HsRect rect;
  guint  first_piece;
  guint  n_pieces;
  double rows_y;
  double bytes_width; /* of the text at the right of the title */
  guint  n_rows;
} HsPlacedBlock;

typedef struct
{
  HsRect card;
  double width; /* of card and blocks */
  double lanes; /* x where the lines right of the blocks begin */
  double chips; /* x of the chips; = right if there are none */
  double right; /* where the gap to the next column begins */
  double gap;   /* width of that */
  double map_y;
  guint  n_lanes;
  guint  n_chip_lanes;
} HsPlacedColumn;

/* An object that an item leads to. */
typedef struct
{
  guint         field; /* that leads to it first */
  guint32       object;
  guint         column;
  HsRect        rect;
  guint         n_squares; /* words that are drawn */
  gboolean      is_static;
  HsFamily      family;
  const HsText *bytes;
} HsChip;

typedef struct
{
  guint    field; /* where it starts */
  guint    block; /* where it ends, or G_MAXUINT: */
  guint    chip;
  gboolean is_implied; /* leads there through the class */
  guint    n_points;
  double   x[HS_ARROW_POINTS];
  double   y[HS_ARROW_POINTS];
} HsAnatomyArrow;

/* So many squares of one kind in a row. */
typedef struct
{
  double x;
  double y;
  guint  n;
  guint  cell; /* HsCell, or HS_N_CELLS for what items lead to */
  double part; /* of the last one that bytes fill */
} HsSquares;

typedef struct
{
  HsScene    parent;
  HsAnatomy *anatomy; /* owned */
  HsTexts   *texts;

  HsPlacedColumn *columns;
  HsPlacedBlock  *blocks;
  HsRect         *fields;       /* by field: the place of its first row */
  double         *field_y;      /* by field: middle of that row */
  GArray         *pieces;       /* HsPiece, by block */
  GArray         *placed;       /* HsPlacedText */
  GArray         *chips;        /* HsChip */
  GArray         *arrows;       /* HsAnatomyArrow */
  GArray         *squares;      /* HsSquares */
  double          offset_width; /* of the figures left of the bytes, of all columns */
  guint64         square_bytes;
  double          square;
  HsLegendEntry   legend[HS_N_CELLS + 3];
  guint           n_legend;
} HsAnatomyScene;

/* A row before it has a place. */
typedef struct
{
  guint         block;
  gint64        offset;
  gboolean      is_cut;
  const HsText *offset_text; /* NULL of a cut one */
  const HsText *name;        /* NULL if nothing begins here */
  const HsText *value;
  gboolean      is_quiet;
} HsAnatomyRow;

typedef struct
{
  HsAnatomyScene *scene;
  GArray         *rows;      /* HsAnatomyRow, by block */
  guint          *first_row; /* blocks + 1 */
  GPtrArray     **lines;     /* by column: HsText of its card, below the title */
  const HsText  **titles;    /* by column */
  const HsText  **names;     /* NULL for those without */
  const HsText  **bytes;
  const HsText  **block_titles;
  const HsText  **block_bytes;
  const HsText  **block_notes;
} HsAnatomyPlacing;

/* hs-anatomy-measure.c: rows, texts and widths */
void   _hs_anatomy_placing_measure (HsAnatomyPlacing *placing);
double _hs_anatomy_placing_get_block_width (HsAnatomyPlacing *placing, guint b);
double _hs_anatomy_placing_get_card_width (HsAnatomyPlacing *placing, guint c);

/* hs-anatomy-place.c */
gboolean _hs_anatomy_scene_place (HsAnatomyScene *self,
                                  GCancellable   *cancellable);
/* hs-anatomy-map.c: the squares of a column from @y on. Returns: their height */
void   _hs_anatomy_scene_choose_scale (HsAnatomyScene *self);
double _hs_anatomy_scene_place_map (HsAnatomyScene *self,
                                    guint           column,
                                    double          x,
                                    double          y);
/* hs-anatomy-arrows.c: which arrows there are, and their lanes; then their lines */
void _hs_anatomy_scene_plan_arrows (HsAnatomyScene *self);
void _hs_anatomy_scene_route_arrows (HsAnatomyScene *self);

/* hs-anatomy-draw.c */
void _hs_anatomy_scene_draw (HsScene       *scene,
                             cairo_t       *cr,
                             const HsRect  *clip,
                             double         scale,
                             const HsTheme *theme);
void _hs_anatomy_scene_draw_mark (HsScene       *scene,
                                  cairo_t       *cr,
                                  guint          item,
                                  HsMark         mark,
                                  double         scale,
                                  const HsTheme *theme);
void _hs_anatomy_draw_sample (cairo_t       *cr,
                              const HsRect  *rect,
                              const HsTheme *theme,
                              guint          which);

/* hs-anatomy-dump.c */
char *_hs_anatomy_scene_dump (HsScene *scene);

static inline void
_hs_anatomy_scene_add_text (HsAnatomyScene *self,
                            const HsText   *text,
                            double          x,
                            double          middle,
                            HsInk           ink)
{
  HsPlacedText placed = { text, x, middle, ink };

  g_array_append_val (self->placed, placed);
}

G_END_DECLS
