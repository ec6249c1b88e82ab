/* hs-compare-scene-private.h - what the picture of a comparison is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-anatomy.h"
#include "hs-compare-scene.h"
#include "hs-scene-private.h"
#include "hs-strings-wrap.h"
#include "hs-text.h"
#include "hs-variant-color.h"

G_BEGIN_DECLS

/* Scene units */
#define HS_COMPARE_MARGIN  32.
#define HS_COMPARE_WIDTH   960. /* between the margins; more if the numbers need it */
#define HS_COMPARE_LINE    20.  /* of text */
#define HS_COMPARE_ROW     24.
#define HS_COMPARE_SECTION 40. /* before the title of each but the first */
#define HS_COMPARE_BADGE   16.
#define HS_COMPARE_BAR     12. /* height */
#define HS_COMPARE_SIGN    4.5 /* radius of a point of a curve */
#define HS_COMPARE_VERDICT 20. /* sign of a verdict */

typedef enum
{
  HS_COMPARE_ITEM_VARIANT,
  HS_COMPARE_ITEM_BAR,    /* @index: HsMetric */
  HS_COMPARE_ITEM_CURVE,  /* of live bytes */
  HS_COMPARE_ITEM_PEAK,   /* of that curve */
  HS_COMPARE_ITEM_OBJECT, /* its layout */
  HS_COMPARE_ITEM_SLOPE,  /* a curve of the sweep */
  HS_COMPARE_ITEM_POINT,  /* of it; @index: value of the sweep */
} HsCompareItemKind;

typedef struct
{
  HsCompareItemKind kind;
  guint             variant;
  guint             index;
  HsRect            rect;
} HsCompareItem;

typedef enum
{
  HS_COMPARE_INK_TEXT,
  HS_COMPARE_INK_QUIET,
  HS_COMPARE_INK_BADGE, /* on the colour of a variant */
} HsCompareInk;

typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        y; /* middle of the line */
  HsCompareInk  ink;
} HsCompareLabel;

typedef enum
{
  HS_COMPARE_RULE,       /* a faint line: between rows, a level of an axis */
  HS_COMPARE_AXIS,       /* a line where an axis is 0 */
  HS_COMPARE_LEADER,     /* from a curve to its name: the diagonal of the rectangle */
  HS_COMPARE_BADGE_BOX,  /* behind a letter */
  HS_COMPARE_VERDICT_AT, /* @what: HsVerdict */
  HS_COMPARE_BAR_FULL,   /* an effect */
  HS_COMPARE_BAR_PALE,   /* its values differ from round to round, and are drawn on it */
  HS_COMPARE_BAR_NOISE,  /* no effect */
  HS_COMPARE_BAR_HOLLOW, /* nothing is claimed */
  HS_COMPARE_RANGE,      /* from the least to the most */
  HS_COMPARE_RANGE_CUT,  /* the most is further to the right */
  HS_COMPARE_DOT,        /* a round */
  HS_COMPARE_MEDIAN,
  HS_COMPARE_BASE,  /* how much the baseline needs */
  HS_COMPARE_POINT, /* sign of a variant */
  HS_COMPARE_BREAK, /* break-even */
  HS_COMPARE_CELL,  /* bytes of an object; @what: HsCell */
  HS_COMPARE_BLOCK, /* round them */
} HsCompareShapeKind;

typedef struct
{
  HsCompareShapeKind kind;
  guint              variant;
  guint              what;
  HsRect             rect;
} HsCompareShape;

typedef struct
{
  double x;
  double low;  /* y of the least, which is further down */
  double high; /* y of the most */
} HsComparePoint;

typedef struct
{
  guint    variant;
  guint    first; /* of the points */
  guint    n;
  gboolean is_band; /* from least to most, up to the x of the next one; else a line */
} HsCompareCurve;

/* A layout of an object: what section 5 says of it. */
typedef struct
{
  guint32 object; /* HS_NO_OBJECT: there is none */
  char   *title;  /* (nullable) */
  char   *text;   /* (nullable): its blocks and fields in words */
} HsCompareObject;

typedef struct
{
  HsScene          parent;
  HsCompareOptions options;
  HsComparison    *comparison;
  HsTexts         *texts;
  HsWraps         *wraps; /* only while it is placed */

  GArray *items;  /* HsCompareItem */
  GArray *labels; /* HsCompareLabel */
  GArray *shapes; /* HsCompareShape, in the order in which they are drawn */
  GArray *curves; /* HsCompareCurve */
  GArray *points; /* HsComparePoint */

  HsCompareObject *objects; /* of the variants */
  HsMetric         swept;   /* that is shown */
  GArray          *legend;  /* HsLegendEntry */
  GString         *notes;   /* what only the picture says, lines for the text twin */
  double           y;       /* where the next section begins */
  double           right;   /* most to the right */
} HsCompareScene;

/* hs-compare-place.c: parts of a page */
const char *_hs_compare_get_name (HsCompareScene *self,
                                  guint           variant); /* "?" without one */
void        _hs_compare_add_item (HsCompareScene   *self,
                                  HsCompareItemKind kind,
                                  guint             variant,
                                  guint             index,
                                  HsRect            rect);
void        _hs_compare_add_shape (HsCompareScene    *self,
                                   HsCompareShapeKind kind,
                                   guint              variant,
                                   guint              what,
                                   HsRect             rect);
/* @max_width: as hs_texts_shape(). Returns: how wide it is */
double _hs_compare_add_label (HsCompareScene *self,
                              HsTextStyle     style,
                              HsCompareInk    ink,
                              const char     *text,
                              double          max_width,
                              double          x,
                              double          y);
/* Ends at @x. */
void _hs_compare_add_number (HsCompareScene *self,
                             HsTextStyle     style,
                             HsCompareInk    ink,
                             const char     *text,
                             double          x,
                             double          y);
/* In lines of @width, the first with its middle at @y + half a line; at most @max of them, the last
 * then cut. Returns: how many
 */
guint _hs_compare_add_lines (HsCompareScene *self,
                             HsTextStyle     style,
                             HsCompareInk    ink,
                             const char     *text,
                             double          width,
                             guint           max,
                             double          x,
                             double          y);
/* A letter on its colour, as high as @size, in the middle of a line at @y. */
void _hs_compare_add_badge (HsCompareScene *self,
                            guint           variant,
                            double          size,
                            double          x,
                            double          y);
/* The title of a section, with what is said of all of it. */
void _hs_compare_begin_section (HsCompareScene *self,
                                const char     *title,
                                const char     *subtitle);
/* A sentence in small print below the section; also for the text twin. */
void _hs_compare_add_note (HsCompareScene *self,
                           const char     *sentence);

/* hs-compare-cards.c */
void _hs_compare_place_cards (HsCompareScene *self);

/* hs-compare-bars.c */
void  _hs_compare_place_bars (HsCompareScene *self);
char *_hs_compare_dup_percent (const HsEffect *effect); /* (nullable): not known */

/* hs-compare-plot.c: plots of curves */
typedef struct
{
  HsRect   rect;
  double   low; /* values at the edges, above 0 if the axis is logarithmic */
  double   high;
  gboolean is_log;
  double   x_low;
  double   x_high;
  gboolean is_x_log;
} HsComparePlot;

double _hs_compare_plot_get_x (const HsComparePlot *plot,
                               double               value);
double _hs_compare_plot_get_y (const HsComparePlot *plot,
                               double               value);
/* Chooses low and high round values from 0 (if logarithmic, from @least) to @most, and draws levels
 * and numbers.
 */
void _hs_compare_plot_add_levels (HsCompareScene *self,
                                  HsComparePlot  *plot,
                                  HsMetric        metric,
                                  double          least,
                                  double          most);
/* @text centred below the plot at @x, unless it would touch the one before, which ends at
 * @right.
 */
void _hs_compare_plot_add_tick (HsCompareScene      *self,
                                const HsComparePlot *plot,
                                const char          *text,
                                double               x,
                                double              *right);

/* The name of a curve, beside the plot. */
typedef struct
{
  guint  variant;
  double x; /* where the curve ends */
  double y;
  double label_y; /* set by _hs_compare_plot_spread() */
} HsCompareEnd;

/* Sets label_y so that each has @height; sorts @ends (HsCompareEnd) from the top. */
void _hs_compare_plot_spread (GArray *ends,
                              double  top,
                              double  bottom,
                              double  height);

/* hs-compare-time.c */
void _hs_compare_place_times (HsCompareScene *self);

/* hs-compare-sweep.c */
void _hs_compare_place_sweep (HsCompareScene *self);

/* hs-compare-layout.c. FALSE: cancelled */
gboolean _hs_compare_place_layouts (HsCompareScene *self,
                                    GCancellable   *cancellable,
                                    GError        **error);

/* hs-compare-words.c */
char *_hs_compare_name_item (HsScene *scene,
                             guint    item);
char *_hs_compare_describe_item (HsScene *scene,
                                 guint    item);
char *_hs_compare_dup_lines (const HsVariant *variant); /* (nullable): "Lines 3–9" */
char *_hs_compare_dup_proof (const HsVariant *variant,
                             gboolean         is_baseline); /* (nullable) */

/* hs-compare-draw.c */
void _hs_compare_draw (HsScene       *scene,
                       cairo_t       *cr,
                       const HsRect  *clip,
                       double         scale,
                       const HsTheme *theme);
/* Of what there is now. */
void                 _hs_compare_init_legend (HsCompareScene *self);
const HsLegendEntry *_hs_compare_get_legend (HsScene *scene,
                                             guint   *n_entries);

/* hs-compare-sign.c: in the square of HS_COMPARE_VERDICT at @x, @y. */
void _hs_compare_draw_verdict (cairo_t       *cr,
                               HsVerdict      verdict,
                               double         x,
                               double         y,
                               const HsTheme *theme);

G_END_DECLS
