/* hs-dominators-tree.c - the tree of dominators from its top down
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-dominators-private.h"

#include <string.h>

/* So many children are sorted by insertion. */
#define FEW 24

#define DIGIT_BITS 11
#define N_VALUES   (1u << DIGIT_BITS)

typedef struct
{
  guint64 key; /* ascending where what is retained descends */
  guint32 object;
} Child;

static inline guint64
get_key (const HsDominators *self,
         guint32             object)
{
  return HS_RETAINED_MAX - (self->retained[object] & HS_RETAINED_MAX);
}

static void
insert_sort (const HsDominators *self,
             guint32            *children,
             guint32             n)
{
  guint64 keys[FEW];

  for (guint32 i = 0; i < n; i++)
    {
      guint32 object = children[i];
      guint64 key = get_key (self, object);
      guint32 at = i;

      for (; at > 0 && keys[at - 1] > key; at--)
        {
          keys[at] = keys[at - 1];
          children[at] = children[at - 1];
        }
      keys[at] = key;
      children[at] = object;
    }
}

/* One pass of a stable sort, by one digit. */
static void
sort_by_digit (const Child *from,
               Child       *to,
               guint32      n,
               guint        shift)
{
  guint32 place[N_VALUES + 1] = { 0 };

  for (guint32 i = 0; i < n; i++)
    place[(from[i].key >> shift) % N_VALUES + 1]++;
  for (guint32 i = 1; i <= N_VALUES; i++)
    place[i] += place[i - 1];
  for (guint32 i = 0; i < n; i++)
    to[place[(from[i].key >> shift) % N_VALUES]++] = from[i];
}

/* The lists of a large heap have millions of children, of few different sums. */
static void
radix_sort (const HsDominators *self,
            guint32            *children,
            guint32             n)
{
  Child  *room = _hs_dominators_new_array ((gsize)n * 2, sizeof *room);
  Child  *from = room;
  Child  *to = room + n;
  guint64 differ = 0;

  for (guint32 i = 0; i < n; i++)
    {
      from[i] = (Child) { get_key (self, children[i]), children[i] };
      differ |= from[i].key ^ from[0].key;
    }

  for (guint shift = 0; shift < 64; shift += DIGIT_BITS)
    {
      if ((differ >> shift) % N_VALUES != 0)
        {
          Child *sorted = to;

          sort_by_digit (from, to, n, shift);
          to = from;
          from = sorted;
        }
    }

  for (guint32 i = 0; i < n; i++)
    children[i] = from[i].object;
  g_aligned_free (room);
}

static void
sort_children (const HsDominators *self,
               guint32            *children,
               guint32             n)
{
  guint32 i = 1;

  if (n <= FEW)
    {
      insert_sort (self, children, n);
      return;
    }

  while (i < n && get_key (self, children[i - 1]) <= get_key (self, children[i]))
    i++;
  if (i < n)
    radix_sort (self, children, n);
}

/* Children by their parents, each ascending. */
static void
list_children (HsDominators *self)
{
  const guint32 *parent = self->parent;
  guint32       *children = self->children;
  guint32       *first = self->first;
  guint32        n_objects = self->n_objects;

  /* A place further, so that it is right when all have been put in theirs. The
   * parent HS_NO_OBJECT is that with the index -1.
   */
  memset (first, 0, ((gsize)n_objects + 3) * sizeof *first);
  for (guint32 i = 0; i < n_objects; i++)
    first[(gsize)(guint32)(parent[i] + 1) + 2]++;
  for (gsize i = 2; i < (gsize)n_objects + 3; i++)
    first[i] += first[i - 1];
  for (guint32 i = 0; i < n_objects; i++)
    children[first[(gsize)(guint32)(parent[i] + 1) + 1]++] = i;
}

/* Sorts the children of @parent and gives them their places in the tree, each
 * before all that it retains.
 */
static void
order_children (HsDominators *self,
                guint32       parent)
{
  gsize    index = (guint32)(parent + 1);
  guint32 *children = self->children + self->first[index];
  guint32  n = self->first[index + 1] - self->first[index];
  guint32  order = parent == HS_NO_OBJECT ? 0 : self->order[parent] + 1;

  if (n > 1)
    sort_children (self, children, n);
  for (guint32 i = 0; i < n; i++)
    {
      self->order[children[i]] = order;
      order += self->n_retained[children[i]];
    }
}

static inline gboolean
has_order (const HsDominators *self,
           guint32             object)
{
  return self->order[object] != HS_NO_OBJECT;
}

/* Orders the children of @object, after those of all above that have not been.
 * Parents mostly stand before their children, so that there are few.
 */
static void
order_from_above (HsDominators *self,
                  guint32       object,
                  GArray       *above)
{
  guint32 next = object;

  while (!has_order (self, next))
    {
      g_array_append_val (above, next);
      next = self->parent[next];
    }

  order_children (self, next);
  while (above->len > 0)
    {
      next = g_array_index (above, guint32, above->len - 1);
      g_array_set_size (above, above->len - 1);
      order_children (self, next);
    }
}

void
_hs_dominators_grow (HsDominatorsBuild *build)
{
  HsDominators *self = build->tree;
  g_autoptr(GArray) above = g_array_new (FALSE, FALSE, sizeof (guint32));

  list_children (self);
  memset (self->order, 0xff, (gsize)self->n_objects * sizeof *self->order);
  order_children (self, HS_NO_OBJECT);

  for (guint32 i = 0; i < self->n_objects; i++)
    {
      guint32 first = self->first[(gsize)i + 1];

      if (first < self->first[(gsize)i + 2] && !has_order (self, self->children[first]))
        order_from_above (self, i, above);
      if (_hs_dominators_is_cancelled (build, i))
        return;
    }
}
