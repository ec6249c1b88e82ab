/* hs-heap-deep-many.c - the bytes of all data that each of many objects leads to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

/* What hs_heap_get_deep() finds by a walk for each object is found here for 64
 * at a time. Objects that lead to one another, a part, have the same sum; the
 * parts and their links have no cycles. So the parts are gone through once, each
 * behind all that lead to it, and each hands on which of the 64 reach it.
 *
 * Parts are found as by R. Tarjan, "Depth-first search and linear graph
 * algorithms" (1972): each when it is known where all its references lead, so
 * that links go to lower numbers.
 */

#define NO_PART UINT32_MAX

#define N_BATCH 64

/* Sums by which of the objects reach them: mostly the same ones. */
#define N_SUMS 256

typedef struct
{
  HsHeap *heap;

  /* All owned. */
  uint32_t *rank;   /* by object: when it was met; 0: not yet */
  uint32_t *part;   /* by object; NO_PART: not known */
  GArray   *bytes;  /* of guint64, by part; HS_BYTES_UNKNOWN */
  GArray   *first;  /* of uint32_t, by part and behind the last: into links */
  GArray   *links;  /* of uint32_t: parts */
  GArray   *frames; /* of Frame */
  GArray   *open;   /* of uint32_t: objects whose part is not known yet */
  uint32_t  n_met;
} Parts;

/* An object whose references are being followed. */
typedef struct
{
  uint32_t object;
  uint32_t edge; /* the next */
  uint32_t low;  /* lowest rank that it is known to lead to */
} Frame;

typedef struct
{
  uint32_t part;
  guint    index; /* of those that were asked for */
} Wanted;

typedef struct
{
  guint64 mask;
  guint64 bytes;
} Sum;

static gboolean
is_definition (const Parts *self,
               uint32_t     object)
{
  return _hs_heap_get_role (self->heap, object) == HS_ROLE_DEFINITION;
}

static guint64
add_bytes (guint64 a,
           guint64 b)
{
  if (a == HS_BYTES_UNKNOWN || b >= HS_BYTES_UNKNOWN - a)
    return HS_BYTES_UNKNOWN;

  return a + b;
}

/* ---- Parts ---- */

static void
parts_init (Parts  *self,
            HsHeap *heap)
{
  gsize n = heap->view.n_objects;

  *self = (Parts) {
    .heap = heap,
    .rank = g_new0 (uint32_t, n + 1),
    .part = g_new (uint32_t, n + 1),
    .bytes = g_array_new (FALSE, FALSE, sizeof (guint64)),
    .first = g_array_new (FALSE, TRUE, sizeof (uint32_t)),
    .links = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
    .frames = g_array_new (FALSE, FALSE, sizeof (Frame)),
    .open = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
  };
  memset (self->part, 0xff, n * sizeof *self->part);
  g_array_set_size (self->first, 1);
}

static void
parts_clear (Parts *self)
{
  g_free (self->rank);
  g_free (self->part);
  g_array_unref (self->bytes);
  g_array_unref (self->first);
  g_array_unref (self->links);
  g_array_unref (self->frames);
  g_array_unref (self->open);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static void
enter (Parts   *self,
       uint32_t object)
{
  Frame frame = { object, self->heap->view.object_edges[object], ++self->n_met };

  self->rank[object] = self->n_met;
  g_array_append_val (self->frames, frame);
  g_array_append_val (self->open, object);
}

/* Where @part leads, once for references that follow one another. */
static void
add_links (Parts   *self,
           uint32_t part,
           uint32_t object)
{
  const HsSnapshotView *view = &self->heap->view;
  uint32_t              last = NO_PART;

  for (uint32_t edge = view->object_edges[object]; edge < view->object_edges[object + 1]; edge++)
    {
      uint32_t target = self->part[view->edge_target[edge]];

      /* Definitions have no part. */
      if (target == part || target == NO_PART || target == last)
        continue;
      g_array_append_val (self->links, target);
      last = target;
    }
}

/* All open objects from @object on are a part. */
static void
close_part (Parts   *self,
            uint32_t object)
{
  uint32_t part = self->bytes->len;
  guint    start = self->open->len;
  guint64  bytes = 0;

  do
    {
      uint32_t member = g_array_index (self->open, uint32_t, --start);

      self->part[member] = part;
      bytes = add_bytes (bytes, _hs_heap_get_own_deep (self->heap, member));
      if (member == object)
        break;
    }
  while (start > 0);

  for (guint i = start; i < self->open->len; i++)
    add_links (self, part, g_array_index (self->open, uint32_t, i));
  g_array_set_size (self->open, start);
  g_array_append_val (self->bytes, bytes);
  g_array_append_val (self->first, self->links->len);
}

/* All that @object leads to gets a part. Without recursion: lists may be linked
 * a million deep.
 */
static void
find_parts (Parts   *self,
            uint32_t object)
{
  const HsSnapshotView *view = &self->heap->view;

  if (self->rank[object] != 0 || is_definition (self, object))
    return;

  enter (self, object);
  while (self->frames->len > 0)
    {
      Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);

      if (frame->edge < view->object_edges[frame->object + 1])
        {
          uint32_t target = view->edge_target[frame->edge++];

          if (self->rank[target] == 0 && !is_definition (self, target))
            enter (self, target);
          else if (self->rank[target] != 0 && self->part[target] == NO_PART)
            frame->low = MIN (frame->low, self->rank[target]);
        }
      else
        {
          Frame done = *frame;

          g_array_set_size (self->frames, self->frames->len - 1);
          if (done.low == self->rank[done.object])
            close_part (self, done.object);
          else
            {
              Frame *holder = &g_array_index (self->frames, Frame, self->frames->len - 1);

              holder->low = MIN (holder->low, done.low);
            }
        }
    }
}

/* ---- Sums ---- */

/* Adds to the sum of each object that is in the mask. */
static void
flush (Sum     *sum,
       guint64 *deep)
{
  guint64 mask = sum->mask;

  for (guint i = 0; mask != 0; i++, mask >>= 1)
    if ((mask & 1) != 0)
      deep[i] = add_bytes (deep[i], sum->bytes);
  *sum = (Sum) { 0, 0 };
}

static void
account (Sum     *sums,
         guint64  mask,
         guint64  bytes,
         guint64 *deep)
{
  Sum *sum = &sums[(mask * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 56];

  if (sum->mask != mask)
    flush (sum, deep);
  sum->mask = mask;
  sum->bytes = add_bytes (sum->bytes, bytes);
}

static void
mark (guint64 *masks,
      guint64 *is_marked,
      uint32_t part,
      guint64  mask)
{
  masks[part] |= mask;
  is_marked[part / 64] |= G_GUINT64_CONSTANT (1) << (part % 64);
}

/* Of N_BATCH parts. @masks, by part, and @is_marked, one bit per part, hold
 * only 0, and do so after. @deep: N_BATCH, of 0.
 */
static void
sum_batch (const Parts *self,
           guint64     *masks,
           guint64     *is_marked,
           guint64     *deep,
           uint32_t     highest)
{
  const uint32_t *first = &g_array_index (self->first, uint32_t, 0);
  const uint32_t *links = &g_array_index (self->links, uint32_t, 0);
  Sum             sums[N_SUMS] = { 0 };

  for (gint64 word = highest / 64; word >= 0; word--)
    {
      /* Links lead to lower parts: to the same word or to those to come. */
      while (is_marked[word] != 0)
        {
          guint    bit = 63 - (guint)__builtin_clzll (is_marked[word]);
          uint32_t part = (uint32_t)word * 64 + bit;
          guint64  mask = masks[part];

          masks[part] = 0;
          is_marked[word] &= ~(G_GUINT64_CONSTANT (1) << bit);
          account (sums, mask, g_array_index (self->bytes, guint64, part), deep);
          for (uint32_t i = first[part]; i < first[part + 1]; i++)
            mark (masks, is_marked, links[i], mask);
        }
    }

  for (guint i = 0; i < N_SUMS; i++)
    flush (&sums[i], deep);
}

/* Highest first: those that stand together lead to much the same. */
static int
compare_wanted (const void *a,
                const void *b)
{
  const Wanted *left = a;
  const Wanted *right = b;

  return (left->part < right->part) - (left->part > right->part);
}

static void
sum_all (const Parts *self,
         GArray      *wanted,
         guint64     *result)
{
  gsize               n = self->bytes->len;
  g_autofree guint64 *masks = g_new0 (guint64, n);
  g_autofree guint64 *is_marked = g_new0 (guint64, n / 64 + 1);
  guint               next = 0;

  while (next < wanted->len)
    {
      guint64  deep[N_BATCH] = { 0 };
      guint    start = next;
      guint    n_parts = 0;
      uint32_t highest = g_array_index (wanted, Wanted, next).part;
      uint32_t last = NO_PART;

      for (; next < wanted->len; next++)
        {
          uint32_t part = g_array_index (wanted, Wanted, next).part;

          if (part != last && n_parts == N_BATCH)
            break;
          if (part != last)
            mark (masks, is_marked, part, G_GUINT64_CONSTANT (1) << n_parts++);
          last = part;
        }

      sum_batch (self, masks, is_marked, deep, highest);
      last = highest;
      n_parts = 0;
      for (guint i = start; i < next; i++)
        {
          const Wanted *item = &g_array_index (wanted, Wanted, i);

          if (item->part != last)
            n_parts++;
          last = item->part;
          result[item->index] = deep[n_parts];
        }
    }
}

guint64 *
hs_heap_new_deep_of (HsHeap         *self,
                     const uint32_t *objects,
                     guint           n_objects)
{
  g_autoptr(GArray) wanted = NULL;
  g_auto(Parts) parts = { 0 };
  guint64 *result;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (objects != NULL || n_objects == 0, NULL);

  parts_init (&parts, self);
  wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  result = g_new0 (guint64, (gsize)n_objects + 1);

  for (guint i = 0; i < n_objects; i++)
    {
      g_return_val_if_fail (objects[i] < self->view.n_objects, result);
      find_parts (&parts, objects[i]);
    }
  for (guint i = 0; i < n_objects; i++)
    {
      Wanted item = { parts.part[objects[i]], i };

      if (item.part != NO_PART)
        g_array_append_val (wanted, item);
    }
  g_array_sort (wanted, compare_wanted);
  sum_all (&parts, wanted, result);

  return result;
}
