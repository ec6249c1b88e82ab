/* hs-scene.c - a diagram laid out, ready to be drawn and pointed at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-scene-private.h"

#include <math.h>
#include <string.h>

#include "hs-theme-private.h"

/* That of the messages rather than Pango's, which looks at LC_CTYPE and knows
 * nothing of LANGUAGE.
 */
static char *
dup_language (const char *language)
{
  const char *message_language = g_get_language_names ()[0];

  if (language != NULL)
    return g_strdup (language);

  return g_strdup (g_strcmp0 (message_language, "C") == 0 ? NULL : message_language);
}

gpointer
_hs_scene_alloc (const HsSceneClass *klass,
                 gsize               size,
                 HsHeap             *heap,
                 const char         *language)
{
  HsScene *self = g_malloc0 (size);

  self->klass = klass;
  g_atomic_ref_count_init (&self->ref_count);
  self->heap = hs_heap_ref (heap);
  self->language = dup_language (language);

  return self;
}

HsScene *
hs_scene_ref (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_scene_unref (HsScene *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  self->klass->finalize (self);
  hs_heap_unref (self->heap);
  g_free (self->language);
  g_free (self);
}

const char *
hs_scene_get_view_name (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->view;
}

HsHeap *
hs_scene_get_heap (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->heap;
}

const char *
hs_scene_get_language (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

void
hs_scene_get_extents (HsScene *self,
                      HsRect  *extents)
{
  g_return_if_fail (self != NULL);

  *extents = (HsRect) { 0, 0, self->width, self->height };
}

gboolean
hs_scene_is_page (HsScene *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->klass->is_page;
}

guint
hs_scene_get_n_items (HsScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_items;
}

void
hs_scene_get_item_rect (HsScene *self,
                        guint    item,
                        HsRect  *rect)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (item < self->n_items);

  self->klass->get_item_rect (self, item, rect);
}

guint64
hs_scene_get_item_key (HsScene *self,
                       guint    item)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (item < self->n_items, 0);

  return self->klass->get_item_key (self, item);
}

guint32
hs_scene_get_item_object (HsScene *self,
                          guint    item)
{
  g_return_val_if_fail (self != NULL, HS_NO_OBJECT);
  g_return_val_if_fail (item < self->n_items, HS_NO_OBJECT);

  if (self->klass->get_item_object == NULL)
    return HS_NO_OBJECT;

  return self->klass->get_item_object (self, item);
}

guint
hs_scene_get_item_line (HsScene *self,
                        guint    item)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (item < self->n_items, 0);

  return self->klass->get_item_line != NULL ? self->klass->get_item_line (self, item) : 0;
}

guint
hs_scene_get_item_moment (HsScene *self,
                          guint    item)
{
  g_return_val_if_fail (self != NULL, HS_NO_MOMENT);
  g_return_val_if_fail (item < self->n_items, HS_NO_MOMENT);

  return self->klass->get_item_moment != NULL ? self->klass->get_item_moment (self, item)
                                              : HS_NO_MOMENT;
}

guint
hs_scene_find_key (HsScene *self,
                   guint64  key)
{
  g_return_val_if_fail (self != NULL, HS_NO_ITEM);

  if (self->klass->find_key != NULL)
    return self->klass->find_key (self, key);

  for (guint i = 0; i < self->n_items; i++)
    if (self->klass->get_item_key (self, i) == key)
      return i;

  return HS_NO_ITEM;
}

guint
hs_scene_find_object (HsScene *self,
                      guint32  object)
{
  g_return_val_if_fail (self != NULL, HS_NO_ITEM);

  if (object == HS_NO_OBJECT)
    return HS_NO_ITEM;
  if (self->klass->find_object != NULL)
    return self->klass->find_object (self, object);

  for (guint i = 0; self->klass->get_item_object != NULL && i < self->n_items; i++)
    if (self->klass->get_item_object (self, i) == object)
      return i;

  return HS_NO_ITEM;
}

/* Pointing and walking */

static gboolean
contains (const HsRect *rect,
          double        x,
          double        y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

HsHit
hs_scene_hit (HsScene *self,
              double   x,
              double   y)
{
  HsHit  hit = { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };
  HsRect rect;

  g_return_val_if_fail (self != NULL, hit);

  if (isnan (x) || isnan (y))
    return hit;
  if (self->klass->hit != NULL)
    return self->klass->hit (self, x, y);

  for (guint i = self->n_items; i-- > 0;)
    {
      self->klass->get_item_rect (self, i, &rect);
      if (contains (&rect, x, y))
        return (HsHit) { HS_HIT_ITEM, i, HS_NO_ITEM };
    }

  return hit;
}

guint
hs_scene_follow (HsScene     *self,
                 const HsHit *hit)
{
  g_return_val_if_fail (self != NULL, HS_NO_ITEM);

  if (self->klass->follow == NULL || hit->item >= self->n_items)
    return HS_NO_ITEM;

  return self->klass->follow (self, hit);
}

HsHit
hs_scene_get_action (HsScene *self,
                     guint    item)
{
  HsHit hit = { HS_HIT_ITEM, item, HS_NO_ITEM };

  g_return_val_if_fail (self != NULL, hit);
  g_return_val_if_fail (item < self->n_items, hit);

  return self->klass->get_action != NULL ? self->klass->get_action (self, item) : hit;
}

/* How far @to is from @from in @direction, what lies aside counting double; less
 * than 0 if it does not lie that way.
 */
static double
get_distance (const HsRect *from,
              const HsRect *to,
              HsWalk        direction)
{
  double dx = to->x + to->width / 2 - from->x - from->width / 2;
  double dy = to->y + to->height / 2 - from->y - from->height / 2;
  double ahead = direction == HS_WALK_LEFT    ? -dx
                 : direction == HS_WALK_RIGHT ? dx
                 : direction == HS_WALK_UP    ? -dy
                                              : dy;
  double aside = direction == HS_WALK_LEFT || direction == HS_WALK_RIGHT ? fabs (dy) : fabs (dx);

  return ahead > 0.5 ? ahead + 2 * aside : -1;
}

static guint
find_nearest (HsScene *self,
              guint    item,
              HsWalk   direction)
{
  guint  best = item;
  double best_distance = HUGE_VAL;
  HsRect from;

  self->klass->get_item_rect (self, item, &from);
  for (guint i = 0; i < self->n_items; i++)
    {
      HsRect to;
      double distance;

      self->klass->get_item_rect (self, i, &to);
      distance = get_distance (&from, &to, direction);
      if (i != item && distance >= 0 && distance < best_distance)
        {
          best = i;
          best_distance = distance;
        }
    }

  return best;
}

guint
hs_scene_walk (HsScene *self,
               guint    item,
               HsWalk   direction)
{
  g_return_val_if_fail (self != NULL, HS_NO_ITEM);

  if (self->n_items == 0)
    return HS_NO_ITEM;
  if (self->klass->walk != NULL)
    return self->klass->walk (self, item, direction);
  if (direction == HS_WALK_LAST)
    return self->n_items - 1;
  if (item >= self->n_items || direction == HS_WALK_FIRST)
    return 0;

  return find_nearest (self, item, direction);
}

/* Words */

char *
hs_scene_name_item (HsScene *self,
                    guint    item)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (item < self->n_items, NULL);

  return self->klass->name_item (self, item);
}

char *
hs_scene_describe_item (HsScene *self,
                        guint    item)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (item < self->n_items, NULL);

  return self->klass->describe_item (self, item);
}

static gboolean
says (HsScene    *self,
      guint       item,
      const char *needle)
{
  g_autofree char *name = self->klass->name_item (self, item);
  g_autofree char *facts = self->klass->describe_item (self, item);
  g_autofree char *text = g_strconcat (name, "\n", facts, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

guint
hs_scene_search (HsScene    *self,
                 const char *text,
                 guint       start,
                 gboolean    backwards)
{
  g_autofree char *valid = NULL;
  g_autofree char *needle = NULL;
  guint            item;

  g_return_val_if_fail (self != NULL, HS_NO_ITEM);
  g_return_val_if_fail (text != NULL, HS_NO_ITEM);

  if (self->klass->search != NULL)
    return self->klass->search (self, text, start, backwards);

  valid = g_utf8_make_valid (text, -1);
  needle = g_utf8_casefold (valid, -1);
  if (*needle == '\0' || self->n_items == 0)
    return HS_NO_ITEM;

  item = start < self->n_items ? start : (backwards ? 0 : self->n_items - 1);
  for (guint i = 0; i < self->n_items; i++)
    {
      item = (item + (backwards ? self->n_items - 1 : 1)) % self->n_items;
      if (says (self, item, needle))
        return item;
    }

  return HS_NO_ITEM;
}

char *
hs_scene_to_text (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->to_text (self);
}

char *
hs_scene_dup_left_out (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->dup_left_out != NULL ? self->klass->dup_left_out (self) : NULL;
}

gboolean
hs_scene_can_show_more (HsScene *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->klass->can_show_more != NULL && self->klass->can_show_more (self);
}

char *
hs_scene_dup_answer (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->dup_answer != NULL ? self->klass->dup_answer (self) : NULL;
}

char *
hs_scene_dump (HsScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->dump (self);
}

/* Drawing */

void
hs_scene_draw (HsScene       *self,
               cairo_t       *cr,
               const HsRect  *clip,
               double         scale,
               const HsTheme *theme)
{
  g_return_if_fail (self != NULL);

  self->klass->draw (self, cr, clip, scale, theme);
}

static void
draw_frame (HsScene       *self,
            cairo_t       *cr,
            guint          item,
            HsMark         mark,
            double         scale,
            const HsTheme *theme)
{
  double width = MAX (theme->mark_width, 1.5 / scale);
  HsRect rect;

  self->klass->get_item_rect (self, item, &rect);
  cairo_save (cr);
  cairo_set_line_width (cr, mark == HS_MARK_HOVERED ? width / 2 : width);
  hs_theme_set_color (cr, mark == HS_MARK_FOUND ? theme->found : theme->accent);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
hs_scene_draw_mark (HsScene       *self,
                    cairo_t       *cr,
                    guint          item,
                    HsMark         mark,
                    double         scale,
                    const HsTheme *theme)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (item < self->n_items);

  if (self->klass->draw_mark != NULL)
    self->klass->draw_mark (self, cr, item, mark, scale, theme);
  else
    draw_frame (self, cr, item, mark, scale, theme);
}

gboolean
hs_scene_can_move (HsScene *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->klass->draw_item != NULL;
}

void
hs_scene_draw_item (HsScene       *self,
                    cairo_t       *cr,
                    guint          item,
                    double         scale,
                    const HsTheme *theme)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (item < self->n_items);
  g_return_if_fail (self->klass->draw_item != NULL);

  self->klass->draw_item (self, cr, item, scale, theme);
}

void
hs_scene_draw_between (HsScene       *self,
                       cairo_t       *cr,
                       const HsRect  *clip,
                       double         scale,
                       const HsTheme *theme)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->klass->draw_between != NULL);

  self->klass->draw_between (self, cr, clip, scale, theme);
}

const HsLegendEntry *
hs_scene_get_legend (HsScene *self,
                     guint   *n_entries)
{
  *n_entries = 0;
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->get_legend != NULL ? self->klass->get_legend (self, n_entries) : NULL;
}
