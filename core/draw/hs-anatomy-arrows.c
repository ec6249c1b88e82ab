/* hs-anatomy-arrows.c - from pointers to the blocks and objects they lead to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-anatomy-scene-private.h"
#include "hs-format.h"

/* Lines that leave a block at the left stand this much below those that end there. */
#define LEFT_SHIFT 5

/* ---- Which there are ---- */

static void
add_arrow (HsAnatomyScene *self,
           guint           field,
           guint           block,
           guint           chip,
           gboolean        is_implied)
{
  HsAnatomyArrow arrow = {
    .field = field, .block = block, .chip = chip, .is_implied = is_implied
  };

  g_array_append_val (self->arrows, arrow);
}

/* No arrow passes a column. */
static gboolean
is_near (HsAnatomyScene *self,
         guint           from,
         guint           to)
{
  guint a = hs_anatomy_get_block (self->anatomy, from)->column;
  guint b = hs_anatomy_get_block (self->anatomy, to)->column;

  return from != to && (a > b ? a - b : b - a) <= 1;
}

static gboolean
is_item (const HsAnatomyField *field)
{
  return field->aim == HS_AIM_OBJECT && strchr (field->name, '[') != NULL &&
         !g_str_has_prefix (field->name, "freeblocks");
}

static void
plan_chip (HsAnatomyScene *self,
           guint           i,
           guint           column)
{
  const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, i);
  HsHeap               *heap = self->parent.heap;
  guint64               occupied = hs_heap_get_occupied (heap, field->object);
  g_autofree char      *bytes = hs_format_bytes (occupied);
  HsChip                chip = { .field = i, .object = field->object, .column = column };
  guint64               n_words;

  for (guint c = 0; c < self->chips->len; c++)
    if (g_array_index (self->chips, HsChip, c).column == column &&
        g_array_index (self->chips, HsChip, c).object == field->object)
      {
        add_arrow (self, i, G_MAXUINT, c, FALSE);
        return;
      }

  chip.family = hs_heap_get_family (heap, field->object);
  chip.is_static = (hs_heap_get_view (heap)->object_flags[field->object] & HS_OBJECT_STATIC) != 0;
  n_words =
    occupied == HS_BYTES_UNKNOWN ? 0 : occupied / HS_WORD_BYTES + (occupied % HS_WORD_BYTES > 0);
  chip.n_squares = n_words <= HS_CHIP_WORDS_MAX ? (guint)n_words : 0;
  chip.bytes =
    hs_texts_shape (self->texts, HS_TEXT_QUIET, chip.is_static ? _("static") : bytes, -1);
  chip.rect.width = chip.n_squares * HS_SQUARE + chip.bytes->width +
                    (chip.n_squares > 0 ? HS_SQUARE : 0) + HS_SQUARE / 2.;
  g_array_append_val (self->chips, chip);
  add_arrow (self, i, G_MAXUINT, self->chips->len - 1, FALSE);
}

/* Instances lead to the keys of their attributes through their class only. */
static void
plan_implied (HsAnatomyScene *self,
              guint           c)
{
  const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
  const HsAnatomyBlock  *block;

  if (column->n_blocks == 0)
    return;

  block = hs_anatomy_get_block (self->anatomy, column->first_block);
  for (guint i = block->first_field; i < block->first_field + block->n_fields; i++)
    {
      const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, i);

      if (field->object == HS_NO_OBJECT || strcmp (field->name, "ob_type") != 0)
        continue;
      for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
        {
          const HsAnatomyBlock *keys = hs_anatomy_get_block (self->anatomy, b);
          gboolean              is_led_to = FALSE;

          if (keys->kind != HS_BLOCK_SHARED_KEYS || keys->object != field->object ||
              !is_near (self, column->first_block, b))
            continue;
          for (guint a = 0; a < self->arrows->len; a++)
            is_led_to |= g_array_index (self->arrows, HsAnatomyArrow, a).block == b;
          if (!is_led_to || keys->column != c)
            add_arrow (self, i, b, G_MAXUINT, TRUE);
        }
    }
}

/* ---- Lanes ---- */

/* Whether the arrows share all of their way but the beginning. */
static gboolean
is_same_way (HsAnatomyScene       *self,
             const guint          *columns,
             const HsAnatomyArrow *a,
             const HsAnatomyArrow *b)
{
  return a->block == b->block && a->chip == b->chip && columns[a->field] == columns[b->field] &&
         a->is_implied == b->is_implied;
}

typedef enum
{
  WAY_OWN,   /* right of the column's blocks */
  WAY_CHIP,  /* before its chips */
  WAY_RIGHT, /* to the next column */
  WAY_LEFT,  /* to the one before */
} Way;

static Way
get_way (HsAnatomyScene       *self,
         const guint          *columns,
         const HsAnatomyArrow *arrow)
{
  guint to;

  if (arrow->block == G_MAXUINT)
    return WAY_CHIP;

  to = hs_anatomy_get_block (self->anatomy, arrow->block)->column;

  return to == columns[arrow->field] ? WAY_OWN : to > columns[arrow->field] ? WAY_RIGHT
                                                                            : WAY_LEFT;
}

/* Columns by field. Returns: (transfer full) */
static guint *
list_columns (HsAnatomyScene *self)
{
  guint *columns = g_new0 (guint, (gsize)hs_anatomy_get_n_fields (self->anatomy) + 1);

  for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
    {
      const HsAnatomyBlock *block = hs_anatomy_get_block (self->anatomy, b);

      for (guint i = 0; i < block->n_fields; i++)
        columns[block->first_field + i] = block->column;
    }

  return columns;
}

/* The arrows with one way, as an interval of fields: these stand in the order in
 * which they are drawn.
 */
typedef struct
{
  guint    arrow; /* the first of them */
  Way      way;
  guint    column; /* whose lanes or gap it runs in */
  gint64   from;
  gint64   to;
  guint    lane;
  gboolean is_straight;
} Bundle;

static int
compare_bundles (gconstpointer a,
                 gconstpointer b)
{
  const Bundle *left = a;
  const Bundle *right = b;
  gint64        difference = (left->to - left->from) - (right->to - right->from);

  if (difference != 0)
    return difference < 0 ? -1 : 1;

  return left->arrow < right->arrow ? -1 : 1;
}

static gboolean
shares_lanes (const Bundle *a,
              const Bundle *b)
{
  gboolean is_gap = a->way == WAY_RIGHT || a->way == WAY_LEFT;

  return a->column == b->column &&
         (a->way == b->way || (is_gap && (b->way == WAY_RIGHT || b->way == WAY_LEFT)));
}

/* The shortest are nearest to the blocks. */
static void
assign_lanes (GArray *bundles)
{
  g_array_sort (bundles, compare_bundles);
  for (guint i = 0; i < bundles->len; i++)
    {
      Bundle  *bundle = &g_array_index (bundles, Bundle, i);
      gboolean is_gap = bundle->way == WAY_RIGHT || bundle->way == WAY_LEFT;

      for (guint k = 0; k < i && !bundle->is_straight; k++)
        {
          const Bundle *other = &g_array_index (bundles, Bundle, k);

          /* In a gap, where two columns meet, each has its own lane. */
          if (!other->is_straight && shares_lanes (bundle, other) &&
              (is_gap || (other->from <= bundle->to && bundle->from <= other->to)))
            bundle->lane = MAX (bundle->lane, other->lane + 1);
        }
    }
}

/* Returns: (transfer full) (element-type Bundle) */
static GArray *
list_bundles (HsAnatomyScene *self,
              const guint    *columns)
{
  GArray *bundles = g_array_new (FALSE, TRUE, sizeof (Bundle));

  for (guint i = 0; i < self->arrows->len; i++)
    {
      const HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);
      Bundle               *bundle = NULL;
      gint64                at = arrow->field;

      for (guint k = 0; k < bundles->len && bundle == NULL; k++)
        {
          Bundle *candidate = &g_array_index (bundles, Bundle, k);

          if (is_same_way (self, columns, arrow,
                           &g_array_index (self->arrows, HsAnatomyArrow, candidate->arrow)))
            bundle = candidate;
        }
      if (bundle == NULL)
        {
          Bundle fresh = {
            .arrow = i, .way = get_way (self, columns, arrow), .from = at, .to = at
          };

          fresh.column = columns[arrow->field] - (fresh.way == WAY_LEFT ? 1 : 0);
          g_array_append_val (bundles, fresh);
          bundle = &g_array_index (bundles, Bundle, bundles->len - 1);
        }
      bundle->from = MIN (bundle->from, at);
      bundle->to = MAX (bundle->to, at);
      if (bundle->way == WAY_OWN)
        {
          gint64 target = hs_anatomy_get_block (self->anatomy, arrow->block)->first_field;

          bundle->from = MIN (bundle->from, target - 1);
          bundle->to = MAX (bundle->to, target - 1);
        }
      bundle->is_straight = bundle->way == WAY_CHIP && bundle->from == bundle->to;
    }
  assign_lanes (bundles);

  return bundles;
}

void
_hs_anatomy_scene_plan_arrows (HsAnatomyScene *self)
{
  g_autofree guint *columns = list_columns (self);

  g_autoptr(GArray) bundles = NULL;

  for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
    {
      const HsAnatomyBlock  *block = hs_anatomy_get_block (self->anatomy, b);
      const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, block->column);

      for (guint i = block->first_field; i < block->first_field + block->n_fields; i++)
        {
          const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, i);

          if (field->aim == HS_AIM_BLOCK && is_near (self, b, field->block))
            add_arrow (self, i, field->block, G_MAXUINT, FALSE);
          else if (column->contents.n_pointers > 0 && block->object == column->object &&
                   is_item (field))
            plan_chip (self, i, block->column);
        }
    }
  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    plan_implied (self, c);

  bundles = list_bundles (self, columns);
  for (guint i = 0; i < bundles->len; i++)
    {
      const Bundle   *bundle = &g_array_index (bundles, Bundle, i);
      HsPlacedColumn *column = &self->columns[bundle->column];

      if (bundle->way == WAY_OWN)
        column->n_lanes = MAX (column->n_lanes, bundle->lane + 1);
      else if (bundle->way == WAY_CHIP)
        column->n_chip_lanes =
          MAX (column->n_chip_lanes, bundle->is_straight ? 1 : bundle->lane + 2);
      else
        column->gap = MAX (column->gap, bundle->lane + 1);
    }
}

/* ---- Their lines ---- */

static void
add_point (HsAnatomyArrow *arrow,
           double          x,
           double          y)
{
  if (arrow->n_points == HS_ARROW_POINTS)
    return;

  arrow->x[arrow->n_points] = x;
  arrow->y[arrow->n_points] = y;
  arrow->n_points++;
}

static void
route (HsAnatomyScene *self,
       HsAnatomyArrow *arrow,
       const Bundle   *bundle,
       guint           own)
{
  const HsPlacedColumn *column = &self->columns[own];
  const HsPlacedColumn *lanes = &self->columns[bundle->column];
  double                left = column->card.x;
  double                right = left + column->width;
  double                y = self->field_y[arrow->field] + HS_LINE_MIDDLE;
  double                lane;
  double                end;

  if (bundle->way == WAY_CHIP)
    {
      const HsRect *rect = &g_array_index (self->chips, HsChip, arrow->chip).rect;

      end = rect->y + rect->height / 2 + HS_LINE_MIDDLE;
      lane = column->lanes + HS_LANE * (column->n_lanes + bundle->lane) + HS_LINE_MIDDLE;
      add_point (arrow, right, y);
      if (fabs (end - y) > 0.1)
        {
          add_point (arrow, lane, y);
          add_point (arrow, lane, end);
        }
      add_point (arrow, rect->x, end);
      return;
    }

  end = self->blocks[arrow->block].rect.y + HS_BLOCK_TITLE / 2. + HS_LINE_MIDDLE;
  switch (bundle->way)
    {
    case WAY_OWN:
    case WAY_CHIP:
      lane = column->lanes + HS_LANE * bundle->lane + HS_LINE_MIDDLE;
      break;

    case WAY_RIGHT:
    case WAY_LEFT:
    default:
      lane = lanes->right + HS_COLUMN_GAP / 2. + HS_LANE * bundle->lane + HS_LINE_MIDDLE;
      break;
    }
  if (bundle->way == WAY_LEFT)
    y += LEFT_SHIFT;
  add_point (arrow, bundle->way == WAY_LEFT ? left : right, y);
  add_point (arrow, lane, y);
  add_point (arrow, lane, end);
  if (bundle->way == WAY_RIGHT)
    add_point (arrow, self->blocks[arrow->block].rect.x, end);
  else
    add_point (arrow, self->blocks[arrow->block].rect.x + self->blocks[arrow->block].rect.width,
               end);
}

void
_hs_anatomy_scene_route_arrows (HsAnatomyScene *self)
{
  g_autofree guint *columns = list_columns (self);

  g_autoptr(GArray) bundles = list_bundles (self, columns);

  for (guint i = 0; i < self->arrows->len; i++)
    {
      HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);

      for (guint k = 0; k < bundles->len; k++)
        {
          const Bundle *bundle = &g_array_index (bundles, Bundle, k);

          if (is_same_way (self, columns, arrow,
                           &g_array_index (self->arrows, HsAnatomyArrow, bundle->arrow)))
            {
              route (self, arrow, bundle, columns[arrow->field]);
              break;
            }
        }
    }
}
