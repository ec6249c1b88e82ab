/* hs-graph-legend.c - what the marks in an object graph mean
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-graph-draw-private.h"

/* What is explained besides the families, which come first. */
enum
{
  MARK_SCOPE = HS_N_FAMILIES,
  MARK_SHARED,
  MARK_GROUP,
  MARK_BOUNDARY,
  MARK_ARROW,
  MARK_CUT,
  MARK_AREA,
  MARK_INTERNED,
  MARK_IMMORTAL,
  MARK_STATIC,
  MARK_ROOM,
  MARK_NEW,
  MARK_GREW,
  MARK_SHRANK,
  MARK_CHANGED,
  MARK_GHOST,
  MARK_ANSWER,
  N_MARKS
};

/* clang-format off */
static const char *const texts[N_MARKS] = {
  [HS_FAMILY_OTHER] = N_("other object"),
  [HS_FAMILY_CONTAINER] = N_("container"),
  [HS_FAMILY_TEXT] = N_("text"),
  [HS_FAMILY_NUMBER] = N_("number, None"),
  [HS_FAMILY_CALLABLE] = N_("function, generator, code"),
  [HS_FAMILY_CLASS] = N_("class"),
  [HS_FAMILY_INSTANCE] = N_("instance"),
  [HS_FAMILY_MODULE] = N_("module"),
  [HS_FAMILY_BUFFER] = N_("bytes, buffer"),
  [MARK_SCOPE] = N_("names of a module or function"),
  [MARK_SHARED] = N_("several references lead to it"),
  [MARK_GROUP] = N_("several objects in one box"),
  [MARK_BOUNDARY] = N_("part of a library; not followed"),
  [MARK_ARROW] = N_("refers to"),
  [MARK_CUT] = N_("refers to something that is not shown"),
  [MARK_AREA] = N_("bytes as area"),
  [MARK_INTERNED] = N_("interned: each text once in a table"),
  [MARK_IMMORTAL] = N_("immortal: its references are not counted"),
  [MARK_STATIC] = N_("static: inside the interpreter, no heap bytes"),
  [MARK_ROOM] = N_("room for more than it holds"),
  [MARK_NEW] = N_("was not there at the earlier moment"),
  [MARK_GREW] = N_("occupies more than at the earlier moment"),
  [MARK_SHRANK] = N_("occupies less than at the earlier moment"),
  [MARK_CHANGED] = N_("refers to other objects than at the earlier moment"),
  [MARK_GHOST] = N_("freed since"),
  [MARK_ANSWER] = N_("belongs to the answer"),
};
/* clang-format on */

static void
draw_family (cairo_t       *cr,
             const HsRect  *rect,
             const HsTheme *theme,
             HsFamily       family)
{
  _hs_draw_add_rounded (cr, rect, 4);
  hs_theme_set_color (cr, theme->tint[family]);
  cairo_fill (cr);
  hs_theme_set_color (cr, theme->hue[family]);
  _hs_sign_draw (cr, family, rect->x + (rect->width - HS_SIGN_SIZE) / 2,
                 rect->y + (rect->height - HS_SIGN_SIZE) / 2);
}

/* An empty box with the line of @width round it. */
static void
draw_box (cairo_t       *cr,
          const HsRect  *rect,
          const HsTheme *theme,
          double         width,
          HsColor        color)
{
  HsRect line = { rect->x + width / 2, rect->y + width / 2, rect->width - width,
                  rect->height - width };

  _hs_draw_add_rounded (cr, &line, 4);
  hs_theme_set_color (cr, theme->box);
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_group (cairo_t       *cr,
            const HsRect  *rect,
            const HsTheme *theme)
{
  for (int i = 2; i >= 0; i--)
    {
      HsRect box = { rect->x + 2 + 3 * i, rect->y + 3 * i, rect->width - 10, rect->height - 6 };

      draw_box (cr, &box, theme, theme->border_width, theme->border);
    }
}

static void
draw_boundary (cairo_t       *cr,
               const HsRect  *rect,
               const HsTheme *theme)
{
  static const double dashes[] = { 5, 3 };

  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  draw_box (cr, rect, theme, theme->border_width, theme->border);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_arrow (cairo_t       *cr,
            const HsRect  *rect,
            const HsTheme *theme)
{
  double y = rect->y + rect->height / 2;

  hs_theme_set_color (cr, theme->arrow);
  cairo_arc (cr, rect->x + HS_PORT_RADIUS, y, HS_PORT_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_line_width (cr, theme->arrow_width);
  cairo_move_to (cr, rect->x + HS_PORT_RADIUS, y);
  cairo_line_to (cr, rect->x + rect->width - HS_ARROW_LENGTH, y);
  cairo_stroke (cr);
  cairo_move_to (cr, rect->x + rect->width, y);
  cairo_rel_line_to (cr, -HS_ARROW_LENGTH, -HS_ARROW_WIDTH / 2);
  cairo_rel_line_to (cr, 0, HS_ARROW_WIDTH);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_cut (cairo_t       *cr,
          const HsRect  *rect,
          const HsTheme *theme)
{
  cairo_arc (cr, rect->x + rect->width / 2, rect->y + rect->height / 2, HS_PORT_RADIUS + 0.5, 0,
             2 * G_PI);
  hs_theme_set_color (cr, theme->box);
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, theme->arrow);
  cairo_set_line_width (cr, theme->arrow_width);
  cairo_stroke (cr);
}

static void
draw_mark (cairo_t       *cr,
           const HsRect  *rect,
           const HsTheme *theme,
           guint          which)
{
  static const HsGraphMarks signs[] = { HS_GRAPH_MARK_INTERNED, HS_GRAPH_MARK_IMMORTAL,
                                        HS_GRAPH_MARK_STATIC, HS_GRAPH_MARK_OVERALLOCATED,
                                        HS_GRAPH_MARK_NEW, HS_GRAPH_MARK_GREW,
                                        HS_GRAPH_MARK_SHRANK, HS_GRAPH_MARK_CHANGED };
  static const double       dots[] = { 2, 3 };
  HsRect                    swatch = { rect->x + 6, rect->y + 3, rect->width - 12,
                                       rect->height - 6 };

  cairo_save (cr);
  switch (which)
    {
    case MARK_SCOPE:
      _hs_draw_add_rounded (cr, rect, 4);
      hs_theme_set_color (cr, theme->accent);
      cairo_fill (cr);
      break;
    case MARK_SHARED:
      draw_box (cr, rect, theme, theme->shared_width, theme->shared);
      break;
    case MARK_GROUP:
      draw_group (cr, rect, theme);
      break;
    case MARK_BOUNDARY:
      draw_boundary (cr, rect, theme);
      break;
    case MARK_ARROW:
      draw_arrow (cr, rect, theme);
      break;
    case MARK_CUT:
      draw_cut (cr, rect, theme);
      break;
    case MARK_INTERNED:
    case MARK_IMMORTAL:
    case MARK_STATIC:
    case MARK_ROOM:
    case MARK_NEW:
    case MARK_GREW:
    case MARK_SHRANK:
    case MARK_CHANGED:
      hs_theme_set_color (cr, theme->text);
      hs_mark_draw (cr, signs[which - MARK_INTERNED],
                    rect->x + (rect->width - HS_MARK_SIGN_SIZE) / 2,
                    rect->y + (rect->height - HS_MARK_SIGN_SIZE) / 2);
      break;
    case MARK_GHOST:
      cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
      draw_box (cr, rect, theme, theme->border_width, theme->arrow);
      cairo_set_dash (cr, NULL, 0, 0);
      break;
    case MARK_ANSWER:
      draw_box (cr, rect, theme, theme->mark_width, theme->accent);
      break;
    case MARK_AREA:
      _hs_draw_area (cr, &swatch, theme, HS_FAMILY_CONTAINER);
      break;
    default:
      draw_family (cr, rect, theme, (HsFamily)which);
    }
  cairo_restore (cr);
}

/* Which of the marks the scene has. */
static void
find_marks (HsGraphScene *self,
            gboolean      marks[N_MARKS])
{
  marks[MARK_ARROW] = self->n_edges > 0;
  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsSceneBox *box = &self->boxes[i];

      marks[box->is_scope ? MARK_SCOPE : (guint)box->family] = TRUE;
      marks[MARK_SHARED] |= box->is_shared;
      marks[MARK_GROUP] |= box->is_group;
      marks[MARK_BOUNDARY] |= box->is_boundary;
      marks[MARK_AREA] |= box->area.width > 0;
      marks[MARK_INTERNED] |= (box->marks & HS_GRAPH_MARK_INTERNED) != 0;
      marks[MARK_IMMORTAL] |= (box->marks & HS_GRAPH_MARK_IMMORTAL) != 0;
      marks[MARK_STATIC] |= box->is_static;
      marks[MARK_ROOM] |= box->has_room;
      marks[MARK_NEW] |= (box->marks & HS_GRAPH_MARK_NEW) != 0;
      marks[MARK_GREW] |= (box->marks & HS_GRAPH_MARK_GREW) != 0;
      marks[MARK_SHRANK] |= (box->marks & HS_GRAPH_MARK_SHRANK) != 0;
      marks[MARK_CHANGED] |= (box->marks & HS_GRAPH_MARK_CHANGED) != 0;
      marks[MARK_GHOST] |= box->is_ghost;
      marks[MARK_ANSWER] |= box->is_highlighted;
      for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
        marks[MARK_CUT] |= self->rows[row].is_cut;
    }
}

void
_hs_graph_scene_make_legend (HsGraphScene *self)
{
  static const guint order[] = {
    MARK_SCOPE,
    HS_FAMILY_CONTAINER,
    HS_FAMILY_INSTANCE,
    HS_FAMILY_CLASS,
    HS_FAMILY_TEXT,
    HS_FAMILY_NUMBER,
    HS_FAMILY_BUFFER,
    HS_FAMILY_CALLABLE,
    HS_FAMILY_MODULE,
    HS_FAMILY_OTHER,
    MARK_ARROW,
    MARK_SHARED,
    MARK_GROUP,
    MARK_BOUNDARY,
    MARK_CUT,
    MARK_AREA,
    MARK_INTERNED,
    MARK_IMMORTAL,
    MARK_STATIC,
    MARK_ROOM,
    MARK_NEW,
    MARK_GREW,
    MARK_SHRANK,
    MARK_CHANGED,
    MARK_GHOST,
    MARK_ANSWER,
  };
  gboolean marks[N_MARKS] = { FALSE };

  G_STATIC_ASSERT (G_N_ELEMENTS (order) == N_MARKS);
  find_marks (self, marks);
  self->legend = g_new0 (HsLegendEntry, N_MARKS);
  for (guint i = 0; i < N_MARKS; i++)
    if (marks[order[i]])
      self->legend[self->n_legend++] = (HsLegendEntry) { draw_mark, order[i], _(texts[order[i]]) };
}
