/* hs-anatomy-scene.c - the bytes of objects as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-anatomy-scene-private.h"

static guint
get_n_blocks (HsAnatomyScene *self)
{
  return hs_anatomy_get_n_blocks (self->anatomy);
}

static void
anatomy_scene_finalize (HsScene *scene)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;

  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->anatomy, hs_anatomy_unref);
  g_free (self->columns);
  g_free (self->blocks);
  g_free (self->fields);
  g_free (self->field_y);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->placed, g_array_unref);
  g_clear_pointer (&self->chips, g_array_unref);
  g_clear_pointer (&self->arrows, g_array_unref);
  g_clear_pointer (&self->squares, g_array_unref);
}

/* ---- Items ---- */

static void
anatomy_scene_get_item_rect (HsScene *scene,
                             guint    item,
                             HsRect  *rect)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  guint           n = get_n_blocks (self);

  *rect = item < n ? self->blocks[item].rect : self->fields[item - n];
}

static guint64
anatomy_scene_get_item_key (HsScene *scene,
                            guint    item)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  guint           n = get_n_blocks (self);

  return item < n ? hs_anatomy_get_block (self->anatomy, item)->key
                  : hs_anatomy_get_field (self->anatomy, item - n)->key;
}

static guint
find_block_of (HsAnatomyScene *self,
               guint           field)
{
  guint low = 0;
  guint high = get_n_blocks (self);

  /* Blocks have their fields one behind the other. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (hs_anatomy_get_block (self->anatomy, middle)->first_field <= field)
        low = middle;
      else
        high = middle;
    }

  return low;
}

/* A field that points to an object stands for that, the others for their own. */
static guint32
anatomy_scene_get_item_object (HsScene *scene,
                               guint    item)
{
  HsAnatomyScene       *self = (HsAnatomyScene *)scene;
  guint                 n = get_n_blocks (self);
  const HsAnatomyField *field;

  if (item < n)
    return hs_anatomy_get_block (self->anatomy, item)->object;

  field = hs_anatomy_get_field (self->anatomy, item - n);
  if (field->object != HS_NO_OBJECT)
    return field->object;

  return hs_anatomy_get_block (self->anatomy, find_block_of (self, item - n))->object;
}

/* ---- Pointing ---- */

static gboolean
contains (const HsRect *rect,
          double        x,
          double        y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

static HsHit
hit_field (HsAnatomyScene *self,
           guint           field)
{
  gboolean can_open = hs_anatomy_get_field (self->anatomy, field)->can_open;

  return (HsHit) { can_open ? HS_HIT_MORE : HS_HIT_ITEM, get_n_blocks (self) + field, HS_NO_ITEM };
}

/* Where the sign is that folds what was opened. */
static void
get_fold_rect (const HsPlacedBlock *block,
               HsRect              *rect)
{
  rect->width = HS_FOLD_WIDTH;
  rect->height = HS_BLOCK_TITLE;
  rect->x = block->rect.x + block->rect.width - HS_BOX_PADDING - block->bytes_width -
            1.5 * HS_FOLD_WIDTH;
  rect->y = block->rect.y;
}

static HsHit
hit_block (HsAnatomyScene *self,
           guint           block,
           double          x,
           double          y)
{
  HsRect rect;

  get_fold_rect (&self->blocks[block], &rect);
  if (hs_anatomy_get_block (self->anatomy, block)->is_opened && contains (&rect, x, y))
    return (HsHit) { HS_HIT_FOLD, block, HS_NO_ITEM };

  return (HsHit) { HS_HIT_ITEM, block, HS_NO_ITEM };
}

static HsHit
anatomy_scene_hit (HsScene *scene,
                   double   x,
                   double   y)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  HsHit           hit = { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };

  for (guint i = 0; i < self->chips->len; i++)
    if (contains (&g_array_index (self->chips, HsChip, i).rect, x, y))
      return hit_field (self, g_array_index (self->chips, HsChip, i).field);

  for (guint b = 0; b < get_n_blocks (self); b++)
    {
      const HsPlacedBlock *block = &self->blocks[b];
      guint                in_row = G_MAXUINT;

      if (!contains (&block->rect, x, y))
        continue;
      for (guint i = block->first_piece; i < block->first_piece + block->n_pieces; i++)
        {
          const HsPiece *piece = &g_array_index (self->pieces, HsPiece, i);

          if (contains (&piece->rect, x, y))
            return hit_field (self, piece->field);
          if (y >= piece->rect.y && y < piece->rect.y + piece->rect.height && in_row == G_MAXUINT)
            in_row = piece->field;
        }
      /* Name and value belong to the field, too. */
      if (in_row != G_MAXUINT)
        return hit_field (self, in_row);

      return hit_block (self, b, x, y);
    }
  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    if (contains (&self->columns[c].card, x, y) &&
        hs_anatomy_get_column (self->anatomy, c)->n_blocks > 0)
      return (HsHit) { HS_HIT_ITEM, hs_anatomy_get_column (self->anatomy, c)->first_block,
                       HS_NO_ITEM };

  return hit;
}

static guint
anatomy_scene_follow (HsScene     *scene,
                      const HsHit *hit)
{
  HsAnatomyScene       *self = (HsAnatomyScene *)scene;
  guint                 n = get_n_blocks (self);
  const HsAnatomyField *field;

  if (hit->item < n)
    return HS_NO_ITEM;

  field = hs_anatomy_get_field (self->anatomy, hit->item - n);

  return field->aim == HS_AIM_BLOCK ? field->block : HS_NO_ITEM;
}

static HsHit
anatomy_scene_get_action (HsScene *scene,
                          guint    item)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  guint           n = get_n_blocks (self);

  if (item >= n)
    return hit_field (self, item - n);

  return (HsHit) { hs_anatomy_get_block (self->anatomy, item)->is_opened ? HS_HIT_FOLD
                                                                         : HS_HIT_ITEM,
                   item, HS_NO_ITEM };
}

/* Up and down through the fields of a block and on to the next; right into a
 * block, and along a pointer; left out of it.
 */
static guint
walk_within (HsAnatomyScene *self,
             guint           item,
             HsWalk          direction)
{
  guint                 n = get_n_blocks (self);
  guint                 b = item < n ? item : find_block_of (self, item - n);
  const HsAnatomyBlock *block = hs_anatomy_get_block (self->anatomy, b);
  guint                 last = block->first_field + block->n_fields;

  switch (direction)
    {
    case HS_WALK_DOWN:
      if (item < n)
        return block->n_fields > 0 ? n + block->first_field : MIN (b + 1, n - 1);
      return item + 1 < n + last ? item + 1 : b + 1 < n ? b + 1
                                                        : item;

    case HS_WALK_UP:
      if (item < n && b > 0)
        {
          const HsAnatomyBlock *before = hs_anatomy_get_block (self->anatomy, b - 1);

          return before->n_fields > 0 ? n + before->first_field + before->n_fields - 1 : b - 1;
        }
      return item < n ? item : item > n + block->first_field ? item - 1
                                                             : b;

    case HS_WALK_RIGHT:
    case HS_WALK_LEFT:
    case HS_WALK_FIRST:
    case HS_WALK_LAST:
    default:
      return item;
    }
}

/* The column beside, at the same height. */
static guint
walk_beside (HsAnatomyScene *self,
             guint           item,
             gboolean        to_right)
{
  guint                  n = get_n_blocks (self);
  guint                  b = item < n ? item : find_block_of (self, item - n);
  guint                  c = hs_anatomy_get_block (self->anatomy, b)->column;
  const HsAnatomyColumn *column;
  HsRect                 from;
  guint                  best = item;
  double                 best_distance = G_MAXDOUBLE;

  if (to_right ? c + 1 >= hs_anatomy_get_n_columns (self->anatomy) : c == 0)
    return item;

  column = hs_anatomy_get_column (self->anatomy, to_right ? c + 1 : c - 1);
  anatomy_scene_get_item_rect ((HsScene *)self, item, &from);
  for (guint i = column->first_block; i < column->first_block + column->n_blocks; i++)
    {
      double distance = ABS (self->blocks[i].rect.y - from.y);

      if (distance < best_distance)
        {
          best = i;
          best_distance = distance;
        }
    }

  return best;
}

static guint
anatomy_scene_walk (HsScene *scene,
                    guint    item,
                    HsWalk   direction)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  guint           n = get_n_blocks (self);

  if (direction == HS_WALK_LAST)
    return scene->n_items - 1;
  if (item >= scene->n_items || direction == HS_WALK_FIRST)
    return 0;
  if (direction == HS_WALK_UP || direction == HS_WALK_DOWN)
    return walk_within (self, item, direction);
  if (direction == HS_WALK_RIGHT && item >= n &&
      hs_anatomy_get_field (self->anatomy, item - n)->aim == HS_AIM_BLOCK)
    return hs_anatomy_get_field (self->anatomy, item - n)->block;

  return walk_beside (self, item, direction == HS_WALK_RIGHT);
}

/* ---- Words ---- */

static char *
anatomy_scene_name_item (HsScene *scene,
                         guint    item)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  guint           n = get_n_blocks (self);

  return item < n ? hs_anatomy_name_block (self->anatomy, item)
                  : hs_anatomy_name_field (self->anatomy, item - n);
}

static char *
anatomy_scene_describe_item (HsScene *scene,
                             guint    item)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  guint           n = get_n_blocks (self);

  return item < n ? hs_anatomy_describe_block (self->anatomy, item)
                  : hs_anatomy_describe_field (self->anatomy, item - n);
}

static char *
anatomy_scene_to_text (HsScene *scene)
{
  return hs_anatomy_to_text (((HsAnatomyScene *)scene)->anatomy);
}

static char *
anatomy_scene_dup_left_out (HsScene *scene)
{
  return hs_anatomy_dup_left_out (((HsAnatomyScene *)scene)->anatomy);
}

static void
add_legend (HsAnatomyScene *self,
            guint           which,
            const char     *text)
{
  self->legend[self->n_legend++] = (HsLegendEntry) { _hs_anatomy_draw_sample, which, text };
}

static void
make_legend (HsAnatomyScene *self)
{
  gboolean has_cell[HS_N_CELLS] = { FALSE };
  gboolean has_shared = FALSE;
  gboolean has_implied = FALSE;

  for (guint i = 0; i < hs_anatomy_get_n_fields (self->anatomy); i++)
    has_cell[hs_anatomy_get_field (self->anatomy, i)->cell] = TRUE;
  for (guint b = 0; b < get_n_blocks (self); b++)
    has_shared |= hs_anatomy_get_block (self->anatomy, b)->is_shared;
  for (guint i = 0; i < self->arrows->len; i++)
    has_implied |= g_array_index (self->arrows, HsAnatomyArrow, i).is_implied;

  for (guint i = 0; i < HS_N_CELLS; i++)
    if (has_cell[i])
      add_legend (self, i, hs_cell_get_title ((HsCell)i));
  if (self->chips->len > 0)
    add_legend (self, HS_N_CELLS, _("Objects that items lead to"));
  if (has_shared)
    add_legend (self, HS_N_CELLS + 1, _("Shared block, in no sum"));
  if (has_implied)
    add_legend (self, HS_N_CELLS + 2, _("Found through the class"));
}

static const HsLegendEntry *
anatomy_scene_get_legend (HsScene *scene,
                          guint   *n_entries)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

/* clang-format off */
static const HsSceneClass anatomy_scene_class = {
  .view = "layout",
  .is_page = TRUE,
  .finalize = anatomy_scene_finalize,
  .get_item_rect = anatomy_scene_get_item_rect,
  .get_item_key = anatomy_scene_get_item_key,
  .get_item_object = anatomy_scene_get_item_object,
  .hit = anatomy_scene_hit,
  .follow = anatomy_scene_follow,
  .get_action = anatomy_scene_get_action,
  .walk = anatomy_scene_walk,
  .name_item = anatomy_scene_name_item,
  .describe_item = anatomy_scene_describe_item,
  .to_text = anatomy_scene_to_text,
  .dup_left_out = anatomy_scene_dup_left_out,
  .dump = _hs_anatomy_scene_dump,
  .draw = _hs_anatomy_scene_draw,
  .draw_mark = _hs_anatomy_scene_draw_mark,
  .get_legend = anatomy_scene_get_legend,
};
/* clang-format on */

HsScene *
hs_anatomy_scene_new (HsAnatomy    *anatomy,
                      const char   *language,
                      GCancellable *cancellable,
                      GError      **error)
{
  HsAnatomyScene *self;
  guint           n_blocks;
  guint           n_fields;

  g_return_val_if_fail (anatomy != NULL, NULL);

  self = _hs_scene_alloc (&anatomy_scene_class, sizeof *self, hs_anatomy_get_heap (anatomy),
                          language);
  n_blocks = hs_anatomy_get_n_blocks (anatomy);
  n_fields = hs_anatomy_get_n_fields (anatomy);
  self->anatomy = hs_anatomy_ref (anatomy);
  self->texts = hs_texts_new (language);
  self->columns = g_new0 (HsPlacedColumn, hs_anatomy_get_n_columns (anatomy));
  self->blocks = g_new0 (HsPlacedBlock, n_blocks);
  self->fields = g_new0 (HsRect, n_fields);
  self->field_y = g_new0 (double, n_fields);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (HsPiece));
  self->placed = g_array_new (FALSE, FALSE, sizeof (HsPlacedText));
  self->chips = g_array_new (FALSE, FALSE, sizeof (HsChip));
  self->arrows = g_array_new (FALSE, FALSE, sizeof (HsAnatomyArrow));
  self->squares = g_array_new (FALSE, FALSE, sizeof (HsSquares));
  self->parent.n_items = n_blocks + n_fields;

  if (!_hs_anatomy_scene_place (self, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      hs_scene_unref (&self->parent);
      return NULL;
    }
  hs_texts_seal (self->texts);
  make_legend (self);

  return &self->parent;
}

HsAnatomy *
hs_anatomy_scene_get_anatomy (HsScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);

  return scene->klass == &anatomy_scene_class ? ((HsAnatomyScene *)scene)->anatomy : NULL;
}
