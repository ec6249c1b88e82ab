/* hs-layout-order.c - the order of boxes within their columns
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

/* Barycentres from the left and from the right by turns, as long as crossings
 * get fewer; then single items are moved where that helps.
 */
#define MAX_SWEEPS       28
#define MAX_STALE_SWEEPS 4
#define MAX_SIFTINGS     4
#define LARGE_PLAN       20000 /* links; past it a third of the sweeps */
#define BESIDE           0.4   /* a lane stands so much of a place from its node */

typedef struct
{
  int    band;
  guint  order; /* before; keeps ties as they were */
  guint  item;
  double key;
} SortKey;

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const SortKey *left = a;
  const SortKey *right = b;

  if (left->band != right->band)
    return left->band < right->band ? -1 : 1;
  if (left->key < right->key || left->key > right->key)
    return left->key < right->key ? -1 : 1;

  return left->order < right->order ? -1 : left->order > right->order;
}

static void
sort_column (HsPlan  *plan,
             guint    column,
             SortKey *keys)
{
  guint first = plan->column_first[column];
  guint n = plan->column_first[column + 1] - first;

  for (guint i = 0; i < n; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, plan->column_items[first + i]);

      keys[i] = (SortKey) { item->band, item->order, plan->column_items[first + i], item->key };
    }
  qsort (keys, n, sizeof (SortKey), compare_keys);
  for (guint i = 0; i < n; i++)
    {
      plan->column_items[first + i] = keys[i].item;
      hs_plan_item (plan, keys[i].item)->order = i;
    }
}

static double
port_fraction (const HsPlanItem *item,
               double            port)
{
  return item->height > 0 ? port / item->height : 0;
}

/* The mean place of what @item is joined to in the column on one side. */
static void
barycentre (HsPlan     *plan,
            HsPlanItem *item,
            guint       i,
            gboolean    from_left,
            double     *mean)
{
  const guint *first = from_left ? plan->in_first : plan->item_out_first;
  const guint *links = from_left ? plan->in_links : plan->item_out;
  guint        n = first[i + 1] - first[i];
  double       sum = 0;

  for (guint j = first[i]; j < first[i + 1]; j++)
    {
      const HsPlanLink *link = hs_plan_link (plan, links[j]);
      const HsPlanItem *other = hs_plan_item (plan, from_left ? link->from : link->to);

      if (from_left)
        sum += other->order + port_fraction (other, link->from_port);
      else
        sum += other->order + port_fraction (other, link->to_port) -
               port_fraction (item, link->from_port) * 0.9 + 0.45;
    }
  *mean = n > 0 ? sum / n : item->order;
}

/* A lane stands beside the boxes that it turns round in this column, whose
 * order is known: above the box where it ends, above or below one where an
 * arrow leaves for it, whichever is nearer to the row. The way of an arrow
 * from a box to itself is over the top.
 */
static double
find_lane_key (HsPlan           *plan,
               const HsPlanItem *lane)
{
  double sum = 0;
  guint  n = 0;
  double end_key = 0;
  guint  n_others = 0;

  for (guint i = lane->first_turn; i != HS_PLAN_NONE; i = hs_plan_turn (plan, i)->next)
    {
      const HsPlanTurn *turn = hs_plan_turn (plan, i);
      const HsPlanItem *node = hs_plan_item (plan, turn->node);
      gboolean          is_above = turn->is_end || port_fraction (node, turn->port) <= 0.5;

      if (turn->is_end)
        end_key = node->order - BESIDE;
      if (turn->node != lane->target)
        n_others++;
      sum += node->order + (is_above ? -BESIDE : BESIDE);
      n++;
    }

  return n_others == 0 ? end_key : sum / n;
}

static void
sweep_column (HsPlan  *plan,
              guint    column,
              gboolean from_left,
              SortKey *keys)
{
  guint    first = plan->column_first[column];
  guint    last = plan->column_first[column + 1];
  gboolean has_turns = FALSE;

  for (guint i = first; i < last; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, plan->column_items[i]);

      barycentre (plan, item, plan->column_items[i], from_left, &item->key);
      has_turns |= item->first_turn != HS_PLAN_NONE;
    }
  sort_column (plan, column, keys);
  if (!has_turns)
    return;

  for (guint i = first; i < last; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, plan->column_items[i]);

      item->key = item->first_turn != HS_PLAN_NONE ? find_lane_key (plan, item) : item->order;
    }
  sort_column (plan, column, keys);
}

/* Links of a gap in the order of their left ends; counts how many of them end
 * above one that came before (a Fenwick tree over the right column).
 */
static guint64
count_gap_crossings (HsPlan *plan,
                     guint   column,
                     guint  *tree)
{
  guint   n_right = plan->column_first[column + 2] - plan->column_first[column + 1];
  guint   n_seen = 0;
  guint64 n_crossings = 0;

  memset (tree, 0, sizeof (guint) * (n_right + 1));
  for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
    {
      guint item = plan->column_items[i];

      for (guint j = plan->item_out_first[item]; j < plan->item_out_first[item + 1]; j++)
        {
          guint place = hs_plan_item (plan, hs_plan_link (plan, plan->item_out[j])->to)->order + 1;
          guint n_above = 0;

          for (guint k = place; k > 0; k -= k & -k)
            n_above += tree[k];
          n_crossings += n_seen - n_above;
          for (guint k = place; k <= n_right; k += k & -k)
            tree[k]++;
          n_seen++;
        }
    }

  return n_crossings;
}

static guint
find_greatest_column (HsPlan *plan)
{
  guint greatest = 0;

  for (guint i = 0; i < plan->n_columns; i++)
    greatest = MAX (greatest, plan->column_first[i + 1] - plan->column_first[i]);

  return greatest;
}

guint64
hs_plan_count_crossings (HsPlan *plan)
{
  g_autofree guint *tree = g_new (guint, find_greatest_column (plan) + 1);
  guint64           n_crossings = 0;

  for (guint column = 0; column + 1 < plan->n_columns; column++)
    n_crossings += count_gap_crossings (plan, column, tree);

  return n_crossings;
}

/* Crossings between the links of two neighbours on one side, with @above above
 * and the other way round.
 */
static void
compare_pair (HsPlan  *plan,
              guint    above,
              guint    below,
              gboolean on_left,
              int     *n_now,
              int     *n_exchanged)
{
  const guint *first = on_left ? plan->in_first : plan->item_out_first;
  const guint *links = on_left ? plan->in_links : plan->item_out;

  for (guint i = first[above]; i < first[above + 1]; i++)
    for (guint j = first[below]; j < first[below + 1]; j++)
      {
        const HsPlanLink *a = hs_plan_link (plan, links[i]);
        const HsPlanLink *b = hs_plan_link (plan, links[j]);
        guint             a_item = on_left ? a->from : a->to;
        guint             b_item = on_left ? b->from : b->to;
        double            a_place = hs_plan_item (plan, a_item)->order;
        double            b_place = hs_plan_item (plan, b_item)->order;

        if (a_item == b_item)
          {
            a_place = on_left ? a->from_port : a->to_port;
            b_place = on_left ? b->from_port : b->to_port;
          }
        if (a_place > b_place)
          (*n_now)++;
        else if (a_place < b_place)
          (*n_exchanged)++;
      }
}

#define CANCEL_STRIDE 256
#define MAX_PAIRS     1024 /* of links; larger neighbours are left where they are */
#define MAX_REACH     24   /* places that an item is moved at most */

/* How many crossings more or less there are with @above and @below exchanged.
 * FALSE if they must not be.
 */
static gboolean
try_exchange (HsPlan *plan,
              guint   above,
              guint   below,
              int    *change)
{
  HsPlanItem *upper = hs_plan_item (plan, above);
  HsPlanItem *lower = hs_plan_item (plan, below);
  guint64     n_in = plan->in_first[above + 1] - plan->in_first[above];
  guint64     n_out = plan->item_out_first[above + 1] - plan->item_out_first[above];
  int         n_now = 0;
  int         n_exchanged = 0;

  n_in *= plan->in_first[below + 1] - plan->in_first[below];
  n_out *= plan->item_out_first[below + 1] - plan->item_out_first[below];
  if (upper->band != lower->band || n_in + n_out > MAX_PAIRS ||
      upper->first_turn != HS_PLAN_NONE || lower->first_turn != HS_PLAN_NONE)
    return FALSE;

  compare_pair (plan, above, below, TRUE, &n_now, &n_exchanged);
  compare_pair (plan, above, below, FALSE, &n_now, &n_exchanged);
  *change = n_exchanged - n_now;

  return TRUE;
}

/* How far it is best to move the item at @place, down (@step 1) or up (-1).
 * Returns: the change in crossings, at most 0
 */
static int
find_best_move (HsPlan *plan,
                guint   column,
                guint   place,
                int     step,
                guint  *distance)
{
  guint first = plan->column_first[column];
  guint last = plan->column_first[column + 1];
  guint item = plan->column_items[place];
  int   total = 0;
  int   best = 0;

  *distance = 0;
  for (guint i = 1; i <= MAX_REACH; i++)
    {
      guint other = place + (guint)((int)i * step);
      int   change = 0;

      if (other < first || other >= last)
        break;
      if (step > 0 ? !try_exchange (plan, item, plan->column_items[other], &change)
                   : !try_exchange (plan, plan->column_items[other], item, &change))
        break;
      total += change;
      if (total < best)
        {
          best = total;
          *distance = i;
        }
    }

  return best;
}

static void
move_item (HsPlan *plan,
           guint   place,
           int     step,
           guint   distance)
{
  for (; distance > 0; distance--)
    {
      guint other = place + (guint)step;
      guint item = plan->column_items[place];

      plan->column_items[place] = plan->column_items[other];
      plan->column_items[other] = item;
      hs_plan_item (plan, plan->column_items[place])->order -= (guint)step;
      hs_plan_item (plan, item)->order += (guint)step;
      place = other;
    }
}

/* Sifting (Matuszewski, Schönfeld, Molitor 1999): every item goes to where it
 * crosses least, the others staying in their order.
 */
static gboolean
sift_column (HsPlan *plan,
             guint   column,
             guint  *items)
{
  guint    first = plan->column_first[column];
  guint    n = plan->column_first[column + 1] - first;
  gboolean has_changed = FALSE;

  memcpy (items, plan->column_items + first, sizeof (guint) * n);
  for (guint i = 0; i < n; i++)
    {
      guint place = first + hs_plan_item (plan, items[i])->order;
      guint down;
      guint up;
      int   change_down = find_best_move (plan, column, place, 1, &down);
      int   change_up = find_best_move (plan, column, place, -1, &up);

      /* The caller looks again and gives up. */
      if (i % CANCEL_STRIDE == 0 && g_cancellable_is_cancelled (plan->cancellable))
        return FALSE;
      if (change_down < 0 && change_down <= change_up)
        move_item (plan, place, 1, down);
      else if (change_up < 0)
        move_item (plan, place, -1, up);
      has_changed |= change_down < 0 || change_up < 0;
    }

  return has_changed;
}

static void
order_by_preorder (HsPlan  *plan,
                   SortKey *keys)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, i);

      item->order = i;
      item->key = item->node != HS_PLAN_NONE ? plan->preorder[item->node]
                                             : plan->preorder[item->target] - 0.5;
    }
  for (guint column = 0; column < plan->n_columns; column++)
    sort_column (plan, column, keys);
}

static gboolean
sweep (HsPlan  *plan,
       gboolean from_left,
       SortKey *keys)
{
  for (guint i = 0; i < plan->n_columns; i++)
    {
      sweep_column (plan, from_left ? i : plan->n_columns - 1 - i, from_left, keys);
      if (g_cancellable_is_cancelled (plan->cancellable))
        return FALSE;
    }

  return TRUE;
}

static void
apply_order (HsPlan      *plan,
             const guint *column_items)
{
  memcpy (plan->column_items, column_items, sizeof (guint) * plan->items->len);
  for (guint column = 0; column < plan->n_columns; column++)
    for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
      hs_plan_item (plan, plan->column_items[i])->order = i - plan->column_first[column];
}

/* Sweeps from the left and the right by turns, the first one as @from_left
 * says; leaves the best order in @best.
 */
static gboolean
find_order (HsPlan  *plan,
            gboolean from_left,
            SortKey *keys,
            guint   *best,
            guint64 *n_best)
{
  guint n_sweeps = plan->links->len > LARGE_PLAN ? MAX_SWEEPS / 3 : MAX_SWEEPS;

  order_by_preorder (plan, keys);
  for (guint i = 0, n_stale = 0; i < n_sweeps && n_stale<MAX_STALE_SWEEPS && * n_best> 0; i++)
    {
      guint64 n_crossings;

      if (!sweep (plan, (i % 2 == 0) == from_left, keys))
        return FALSE;
      n_crossings = hs_plan_count_crossings (plan);
      n_stale++;
      if (n_crossings < *n_best)
        {
          *n_best = n_crossings;
          n_stale = 0;
          memcpy (best, plan->column_items, sizeof (guint) * plan->items->len);
        }
    }

  return TRUE;
}

static gboolean
sift (HsPlan *plan,
      guint  *items)
{
  gboolean has_changed = TRUE;

  for (guint i = 0; has_changed && i < MAX_SIFTINGS; i++)
    {
      has_changed = FALSE;
      for (guint j = 0; j < plan->n_columns; j++)
        {
          has_changed |= sift_column (plan, i % 2 == 0 ? j : plan->n_columns - 1 - j, items);
          if (g_cancellable_is_cancelled (plan->cancellable))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
hs_plan_order (HsPlan *plan)
{
  guint               greatest = find_greatest_column (plan);
  g_autofree SortKey *keys = g_new (SortKey, greatest + 1);
  g_autofree guint   *items = g_new (guint, greatest + 1);
  g_autofree guint   *best = g_new (guint, plan->items->len + 1);
  guint64             n_best = G_MAXUINT64;

  if (!find_order (plan, TRUE, keys, best, &n_best) ||
      (plan->links->len <= LARGE_PLAN && !find_order (plan, FALSE, keys, best, &n_best)))
    return FALSE;
  apply_order (plan, best);

  return n_best == 0 || sift (plan, items);
}
