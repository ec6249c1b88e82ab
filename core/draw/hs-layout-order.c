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
#define HUGE_PLAN        30000 /* a seventh */
#define BESIDE           0.4   /* a lane stands so much of a place from its node */

/* What a link leads to, side by side for all links of an item: the sweeps read
 * nothing else.
 */
typedef struct
{
  guint  item;
  guint  port;   /* its number there, from the top; the same for the same height */
  double offset; /* from the place of @item, in places */
} LinkEnd;

typedef struct
{
  int    band;
  guint  order; /* before; keeps ties as they were */
  guint  item;
  double key;
} SortKey;

typedef struct
{
  HsPlan  *plan;
  guint   *order;        /* per item: its place in its column */
  double  *key;          /* per item: where it wants to be */
  guint8  *turns;        /* per item: whether a lane turns there */
  guint8  *column_turns; /* per column: whether one of its items does */
  LinkEnd *left;         /* by in_first[] */
  LinkEnd *right;        /* by item_out_first[] */
  guint64 *left_places;  /* of one column's links, ascending for each item */
  guint64 *right_places;
  SortKey *sort_keys;
  SortKey *kept_keys;
  guint   *scratch; /* as many as the longest column has items, and one */
} Ordering;

static double
port_fraction (const HsPlanItem *item,
               double            port)
{
  return item->height > 0 ? port / item->height : 0;
}

static void
index_ends (Ordering *self)
{
  HsPlan           *plan = self->plan;
  guint             n_items = plan->items->len;
  g_autofree guint *ports = g_new (guint, plan->links->len + 1);

  for (guint i = 0; i < n_items; i++)
    {
      const HsPlanItem *item = hs_plan_item (plan, i);
      guint             port = 0;

      for (guint j = plan->item_out_first[i]; j < plan->item_out_first[i + 1]; j++)
        {
          const HsPlanLink *link = hs_plan_link (plan, plan->item_out[j]);

          if (j > plan->item_out_first[i] &&
              hs_plan_link (plan, plan->item_out[j - 1])->from_port < link->from_port)
            port++;
          ports[plan->item_out[j]] = port;
          self->right[j] =
            (LinkEnd) { link->to, 0,
                        port_fraction (hs_plan_item (plan, link->to), link->to_port) -
                          port_fraction (item, link->from_port) * 0.9 + 0.45 };
        }
    }
  for (guint j = 0; j < plan->links->len; j++)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->in_links[j]);

      self->left[j] =
        (LinkEnd) { link->from, ports[plan->in_links[j]],
                    port_fraction (hs_plan_item (plan, link->from), link->from_port) };
    }
  for (guint i = 0; i < n_items; i++)
    if (hs_plan_item (plan, i)->first_turn != HS_PLAN_NONE)
      self->turns[i] = self->column_turns[hs_plan_item (plan, i)->column] = TRUE;
}

static gboolean
comes_before (const SortKey *left,
              const SortKey *right)
{
  if (left->band != right->band)
    return left->band < right->band;
  if (left->key < right->key || left->key > right->key)
    return left->key < right->key;

  return left->order < right->order;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return comes_before (a, b) ? -1 : comes_before (b, a);
}

/* They are nearly in order but for the first time. */
#define MAX_MOVES_PER_KEY 8

static void
sort_keys (SortKey *keys,
           guint    n)
{
  guint n_left = MAX_MOVES_PER_KEY * n;

  for (guint i = 1; i < n; i++)
    {
      SortKey key = keys[i];
      guint   j = i;

      for (; j > 0 && n_left > 0 && comes_before (&key, &keys[j - 1]); j--, n_left--)
        keys[j] = keys[j - 1];
      keys[j] = key;
      if (n_left == 0)
        {
          qsort (keys, n, sizeof (SortKey), compare_keys);
          return;
        }
    }
}

/* Boxes that were there share the places that they have found, in the order in
 * which they stood.
 */
static void
restore_kept (Ordering *self,
              guint     n)
{
  const HsPlan *plan = self->plan;
  guint         n_kept = 0;

  for (guint i = 0; i < n; i++)
    {
      const SortKey *key = &self->sort_keys[i];

      if (hs_plan_is_kept (plan, key->item))
        self->kept_keys[n_kept++] =
          (SortKey) { key->band, key->item, key->item, plan->former_y[key->item] };
    }
  sort_keys (self->kept_keys, n_kept);
  for (guint i = 0, kept = 0; i < n; i++)
    if (hs_plan_is_kept (plan, self->sort_keys[i].item))
      self->sort_keys[i].item = self->kept_keys[kept++].item;
}

static void
sort_column (Ordering *self,
             guint     column)
{
  HsPlan *plan = self->plan;
  guint   first = plan->column_first[column];
  guint   n = plan->column_first[column + 1] - first;

  for (guint i = 0; i < n; i++)
    {
      guint item = plan->column_items[first + i];

      self->sort_keys[i] =
        (SortKey) { hs_plan_item (plan, item)->band, self->order[item], item, self->key[item] };
    }
  sort_keys (self->sort_keys, n);
  if (plan->hints != NULL)
    restore_kept (self, n);
  for (guint i = 0; i < n; i++)
    {
      plan->column_items[first + i] = self->sort_keys[i].item;
      self->order[self->sort_keys[i].item] = i;
    }
}

/* The mean place of what @item is joined to in the column on one side. */
static double
barycentre (const Ordering *self,
            guint           item,
            gboolean        from_left)
{
  const guint   *first = from_left ? self->plan->in_first : self->plan->item_out_first;
  const LinkEnd *ends = from_left ? self->left : self->right;
  guint          n = first[item + 1] - first[item];
  double         sum = 0;

  for (guint j = first[item]; j < first[item + 1]; j++)
    sum += self->order[ends[j].item] + ends[j].offset;

  return n > 0 ? sum / n : self->order[item];
}

/* A lane stands beside the boxes that it turns round in this column, whose
 * order is known: above the box where it ends, above or below one where an
 * arrow leaves for it, whichever is nearer to the row. The way of an arrow
 * from a box to itself is over the top.
 */
static double
find_lane_key (const Ordering *self,
               guint           item)
{
  HsPlan           *plan = self->plan;
  const HsPlanItem *lane = hs_plan_item (plan, item);
  double            sum = 0;
  guint             n = 0;
  double            end_key = 0;
  guint             n_others = 0;

  for (guint i = lane->first_turn; i != HS_PLAN_NONE; i = hs_plan_turn (plan, i)->next)
    {
      const HsPlanTurn *turn = hs_plan_turn (plan, i);
      const HsPlanItem *node = hs_plan_item (plan, turn->node);
      double            place = self->order[turn->node];
      gboolean          is_above = turn->is_end || port_fraction (node, turn->port) <= 0.5;

      if (turn->is_end)
        end_key = place - BESIDE;
      if (turn->node != lane->target)
        n_others++;
      sum += place + (is_above ? -BESIDE : BESIDE);
      n++;
    }

  return n_others == 0 ? end_key : sum / n;
}

static void
sweep_column (Ordering *self,
              guint     column,
              gboolean  from_left)
{
  HsPlan *plan = self->plan;
  guint   first = plan->column_first[column];
  guint   last = plan->column_first[column + 1];

  for (guint i = first; i < last; i++)
    self->key[plan->column_items[i]] = barycentre (self, plan->column_items[i], from_left);
  sort_column (self, column);
  if (!self->column_turns[column])
    return;

  for (guint i = first; i < last; i++)
    {
      guint item = plan->column_items[i];

      self->key[item] = self->turns[item] ? find_lane_key (self, item) : self->order[item];
    }
  sort_column (self, column);
}

/* Links of a gap in the order of their left ends; counts how many of them end
 * above one that came before (a Fenwick tree over the right column).
 */
static guint64
count_gap_crossings (const Ordering *self,
                     guint           column)
{
  const HsPlan *plan = self->plan;
  guint        *tree = self->scratch;
  guint         n_right = plan->column_first[column + 2] - plan->column_first[column + 1];
  guint         n_seen = 0;
  guint64       n_crossings = 0;

  memset (tree, 0, sizeof (guint) * (n_right + 1));
  for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
    {
      guint item = plan->column_items[i];

      for (guint j = plan->item_out_first[item]; j < plan->item_out_first[item + 1]; j++)
        {
          guint place = self->order[self->right[j].item] + 1;
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

static guint64
count_crossings (const Ordering *self)
{
  guint64 n_crossings = 0;

  for (guint column = 0; column + 1 < self->plan->n_columns; column++)
    n_crossings += count_gap_crossings (self, column);

  return n_crossings;
}

/* Where the links of a column lead, on both sides, ascending for each item. */
static void
note_places (const Ordering *self,
             guint           item,
             gboolean        on_left)
{
  const guint   *first = on_left ? self->plan->in_first : self->plan->item_out_first;
  const LinkEnd *ends = on_left ? self->left : self->right;
  guint64       *places = on_left ? self->left_places : self->right_places;

  for (guint i = first[item]; i < first[item + 1]; i++)
    {
      guint64 place = (guint64)self->order[ends[i].item] << 32 | ends[i].port;
      guint   j = i;

      for (; j > first[item] && places[j - 1] > place; j--)
        places[j] = places[j - 1];
      places[j] = place;
    }
}

/* How many more crossings there are between the links of two neighbours on one
 * side with @above and @below exchanged.
 */
static int
compare_pair (const Ordering *self,
              guint           above,
              guint           below,
              gboolean        on_left)
{
  const guint   *first = on_left ? self->plan->in_first : self->plan->item_out_first;
  const guint64 *places = on_left ? self->left_places : self->right_places;
  const guint64 *b = places + first[below];
  guint          n = first[below + 1] - first[below];
  guint          n_less = 0;
  guint          n_not_greater = 0;
  int            change = 0;

  for (guint i = first[above]; i < first[above + 1]; i++)
    {
      while (n_less < n && b[n_less] < places[i])
        n_less++;
      while (n_not_greater < n && b[n_not_greater] <= places[i])
        n_not_greater++;
      change += (int)(n - n_not_greater) - (int)n_less;
    }

  return change;
}

#define CANCEL_STRIDE 256
#define MAX_LINKS     64 /* of an item on one side; one with more is left where it is */
#define MAX_REACH     24 /* places that an item is moved at most */

static gboolean
is_movable (const Ordering *self,
            guint           item)
{
  const HsPlan *plan = self->plan;

  return !self->turns[item] && plan->in_first[item + 1] - plan->in_first[item] <= MAX_LINKS &&
         plan->item_out_first[item + 1] - plan->item_out_first[item] <= MAX_LINKS;
}

/* How far it is best to move the item at @place, down (@step 1) or up (-1).
 * Returns: the change in crossings, at most 0
 */
static int
find_best_move (const Ordering *self,
                guint           column,
                guint           place,
                int             step,
                guint          *distance)
{
  const HsPlan *plan = self->plan;
  guint         first = plan->column_first[column];
  guint         last = plan->column_first[column + 1];
  guint         item = plan->column_items[place];
  int           band = hs_plan_item (self->plan, item)->band;
  int           total = 0;
  int           best = 0;

  *distance = 0;
  for (guint i = 1; i <= MAX_REACH; i++)
    {
      guint at = place + (guint)((int)i * step);
      guint other;
      guint above;
      guint below;

      if (at < first || at >= last)
        break;
      other = plan->column_items[at];
      if (hs_plan_item (self->plan, other)->band != band || !is_movable (self, other) ||
          (hs_plan_is_kept (plan, item) && hs_plan_is_kept (plan, other)))
        break;
      above = step > 0 ? item : other;
      below = step > 0 ? other : item;
      total += compare_pair (self, above, below, TRUE) + compare_pair (self, above, below, FALSE);
      if (total < best)
        {
          best = total;
          *distance = i;
        }
    }

  return best;
}

static void
move_item (Ordering *self,
           guint     place,
           int       step,
           guint     distance)
{
  guint *items = self->plan->column_items;

  for (; distance > 0; distance--)
    {
      guint other = place + (guint)step;
      guint item = items[place];

      items[place] = items[other];
      items[other] = item;
      self->order[items[place]] -= (guint)step;
      self->order[item] += (guint)step;
      place = other;
    }
}

/* Sifting (Matuszewski, Schönfeld, Molitor 1999): every item goes to where it
 * crosses least, the others staying in their order.
 */
static gboolean
sift_column (Ordering *self,
             guint     column)
{
  HsPlan  *plan = self->plan;
  guint   *items = self->scratch;
  guint    first = plan->column_first[column];
  guint    n = plan->column_first[column + 1] - first;
  gboolean has_changed = FALSE;

  memcpy (items, plan->column_items + first, sizeof (guint) * n);
  for (guint i = 0; i < n; i++)
    if (is_movable (self, items[i]))
      {
        note_places (self, items[i], TRUE);
        note_places (self, items[i], FALSE);
      }

  for (guint i = 0; i < n; i++)
    {
      guint place = first + self->order[items[i]];
      guint down;
      guint up;
      int   change_down;
      int   change_up;

      /* The caller looks again and gives up. */
      if (i % CANCEL_STRIDE == 0 && g_cancellable_is_cancelled (plan->cancellable))
        return FALSE;
      if (!is_movable (self, items[i]))
        continue;
      change_down = find_best_move (self, column, place, 1, &down);
      change_up = find_best_move (self, column, place, -1, &up);
      if (change_down < 0 && change_down <= change_up)
        move_item (self, place, 1, down);
      else if (change_up < 0)
        move_item (self, place, -1, up);
      has_changed |= change_down < 0 || change_up < 0;
    }

  return has_changed;
}

/* As the boxes stood before, else as the search came upon them; a route goes
 * right above the box where it leads.
 */
static void
order_at_first (Ordering *self)
{
  HsPlan *plan = self->plan;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const HsPlanItem *item = hs_plan_item (plan, i);

      self->order[i] = i;
      self->key[i] = plan->former_y != NULL ? plan->former_y[item->target]
                                            : plan->preorder[item->target];
      if (item->node == HS_PLAN_NONE)
        self->key[i] -= 0.5;
    }
  for (guint column = 0; column < plan->n_columns; column++)
    sort_column (self, column);
}

static gboolean
sweep (Ordering *self,
       gboolean  from_left)
{
  HsPlan *plan = self->plan;

  for (guint i = 0; i < plan->n_columns; i++)
    {
      sweep_column (self, from_left ? i : plan->n_columns - 1 - i, from_left);
      if (g_cancellable_is_cancelled (plan->cancellable))
        return FALSE;
    }

  return TRUE;
}

static void
note_order (Ordering *self)
{
  HsPlan *plan = self->plan;

  for (guint column = 0; column < plan->n_columns; column++)
    for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
      self->order[plan->column_items[i]] = i - plan->column_first[column];
}

/* Sweeps from the left and the right by turns, the first one as @from_left
 * says; leaves the best order in @best.
 */
static gboolean
find_order (Ordering *self,
            gboolean  from_left,
            guint    *best,
            guint64  *n_best)
{
  HsPlan *plan = self->plan;
  guint   n_sweeps = MAX_SWEEPS;
  guint   n_stale = 0;

  if (plan->links->len > LARGE_PLAN)
    n_sweeps /= plan->links->len > HUGE_PLAN ? 7 : 3;

  order_at_first (self);
  for (guint i = 0; i < n_sweeps; i++)
    {
      guint64 n_crossings;

      if (n_stale == MAX_STALE_SWEEPS || *n_best == 0)
        break;
      if (!sweep (self, (i % 2 == 0) == from_left))
        return FALSE;
      n_crossings = count_crossings (self);
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
sift (Ordering *self)
{
  guint    n_columns = self->plan->n_columns;
  gboolean has_changed = TRUE;

  for (guint i = 0; has_changed && i < MAX_SIFTINGS; i++)
    {
      has_changed = FALSE;
      for (guint j = 0; j < n_columns; j++)
        {
          has_changed |= sift_column (self, i % 2 == 0 ? j : n_columns - 1 - j);
          if (g_cancellable_is_cancelled (self->plan->cancellable))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
find_best_order (Ordering *self)
{
  HsPlan           *plan = self->plan;
  g_autofree guint *best = g_new (guint, plan->items->len + 1);
  guint64           n_best = G_MAXUINT64;

  if (!find_order (self, TRUE, best, &n_best) ||
      (plan->links->len <= LARGE_PLAN && !find_order (self, FALSE, best, &n_best)))
    return FALSE;
  memcpy (plan->column_items, best, sizeof (guint) * plan->items->len);
  note_order (self);

  return n_best == 0 || sift (self);
}

static guint
find_greatest_column (HsPlan *plan)
{
  guint greatest = 0;

  for (guint i = 0; i < plan->n_columns; i++)
    greatest = MAX (greatest, plan->column_first[i + 1] - plan->column_first[i]);

  return greatest;
}

gboolean
hs_plan_order (HsPlan *plan)
{
  guint    n_items = plan->items->len + 1;
  guint    n_links = plan->links->len + 1;
  guint    greatest = find_greatest_column (plan) + 1;
  Ordering ordering = {
    .plan = plan,
    .order = g_new (guint, n_items),
    .key = g_new (double, n_items),
    .turns = g_new0 (guint8, n_items),
    .column_turns = g_new0 (guint8, plan->n_columns),
    .left = g_new (LinkEnd, n_links),
    .right = g_new (LinkEnd, n_links),
    .left_places = g_new (guint64, n_links),
    .right_places = g_new (guint64, n_links),
    .sort_keys = g_new (SortKey, greatest),
    .kept_keys = g_new (SortKey, greatest),
    .scratch = g_new (guint, greatest),
  };
  gboolean is_done;

  index_ends (&ordering);
  is_done = find_best_order (&ordering);
  for (guint i = 0; i < plan->items->len; i++)
    hs_plan_item (plan, i)->order = ordering.order[i];

  g_free (ordering.order);
  g_free (ordering.key);
  g_free (ordering.turns);
  g_free (ordering.column_turns);
  g_free (ordering.left);
  g_free (ordering.right);
  g_free (ordering.left_places);
  g_free (ordering.right_places);
  g_free (ordering.sort_keys);
  g_free (ordering.kept_keys);
  g_free (ordering.scratch);

  return is_done;
}
