/* hs-dominators-roots.c - what each object has of its own, and what holds it from outside
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-dominators-private.h"

/* Follows a table of wide values while its column is read from the first row on:
 * a search for each would cost more than all the rest.
 */
typedef struct
{
  const HsSnapshotWide *next;
  const HsSnapshotWide *end;
} WideCursor;

static guint64
read_wide (WideCursor *cursor,
           guint32     row)
{
  while (cursor->next < cursor->end && cursor->next->row < row)
    cursor->next++;

  return cursor->next < cursor->end ? cursor->next->value : 0;
}

static WideCursor
follow (const HsSnapshotWide *table,
        guint32               n)
{
  return (WideCursor) { table, table + n };
}

static guint64
to_retained (guint64 bytes)
{
  if (bytes == HS_BYTES_UNKNOWN)
    return HS_RETAINED_LEAST;

  return bytes <= HS_RETAINED_MAX ? bytes : HS_RETAINED_MAX | HS_RETAINED_LEAST;
}

/* What is known of such an object is not all. */
#define LEAST_FLAGS \
  (HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE | HS_OBJECT_BOUNDARY)

static void
sum_main_blocks (HsDominatorsBuild *build)
{
  const HsSnapshotView *view = &build->heap->view;
  guint64              *retained = build->tree->retained;
  guint32              *n_retained = build->tree->n_retained;
  WideCursor            wide = follow (view->wide_occupied, view->n_wide_occupied);
  guint64               cut = (view->flags & HS_SNAPSHOT_CUT) != 0 ? HS_RETAINED_LEAST : 0;

  for (guint32 i = 0; i < view->n_objects; i++)
    {
      guint16 granules = view->object_occupied[i];
      guint16 flags = view->object_flags[i];
      guint64 bytes = (guint64)granules * HS_GRANULE;

      if (granules == HS_NARROW_U16)
        bytes = to_retained (read_wide (&wide, i));
      if ((flags & HS_OBJECT_STATIC) != 0)
        bytes = 0;
      if ((flags & LEAST_FLAGS) != 0)
        bytes |= HS_RETAINED_LEAST;
      retained[i] = bytes | cut;
      n_retained[i] = 1;
    }
}

static void
sum_other_blocks (HsDominatorsBuild *build)
{
  const HsSnapshotView *view = &build->heap->view;
  guint64              *retained = build->tree->retained;
  WideCursor            wide = follow (view->wide_block_occupied, view->n_wide_block_occupied);

  for (guint32 i = 0; i < view->n_blocks; i++)
    {
      guint32 object = view->block_object[i];
      guint16 granules = view->block_occupied[i];
      guint64 bytes = (guint64)granules * HS_GRANULE;

      if (granules == HS_NARROW_U16)
        bytes = to_retained (read_wide (&wide, i));
      if ((view->block_flags[i] & HS_BLOCK_EXTERNAL) == 0)
        retained[object] = _hs_retained_add (retained[object], bytes);
    }
}

void
_hs_dominators_sum_own (HsDominatorsBuild *build)
{
  sum_main_blocks (build);
  sum_other_blocks (build);
}

/* How many references to each of the objects that no name leads to the snapshot
 * shows, late ones aside. Returns: (transfer full): from the first of them on
 */
static guint32 *
count_unreached (HsDominatorsBuild *build)
{
  const HsSnapshotView *view = &build->heap->view;
  guint32               n_reached = view->info.n_reached;
  guint32              *n_found = g_new (guint32, (gsize)view->n_objects - n_reached + 1);

  for (guint32 i = n_reached; i < view->n_objects; i++)
    n_found[i - n_reached] = build->heap->n_referrers[i];

  for (guint32 edge = view->object_edges[n_reached]; edge < view->object_edges[view->n_objects];
       edge++)
    {
      if (view->edge_target[edge] >= n_reached)
        n_found[view->edge_target[edge] - n_reached]++;
    }

  return n_found;
}

static void
find_held (HsDominatorsBuild *build,
           guint32            from,
           guint32            to,
           const guint32     *n_found,
           WideCursor        *wide)
{
  const HsSnapshotView *view = &build->heap->view;

  for (guint32 i = from; i < to; i++)
    {
      guint32  refcount = view->object_refcount[i];
      gboolean is_root =
        (view->object_flags[i] & (HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL)) != 0;

      if (refcount == HS_NARROW_U8)
        refcount = (guint32)read_wide (wide, i);

      build->tree->parent[i] =
        is_root || refcount > n_found[i - from] ? HS_NO_OBJECT : HS_HOLDER_NONE;
    }
}

void
_hs_dominators_find_roots (HsDominatorsBuild *build)
{
  const HsSnapshotView *view = &build->heap->view;
  guint32              *parent = build->tree->parent;
  guint32               n_reached = view->info.n_reached;
  WideCursor            wide = follow (view->wide_refcount, view->n_wide_refcounts);

  find_held (build, 0, n_reached, build->heap->n_referrers, &wide);
  if (n_reached < view->n_objects)
    {
      g_autofree guint32 *n_found = count_unreached (build);

      find_held (build, n_reached, view->n_objects, n_found, &wide);
    }

  for (guint32 i = 0; i < view->n_names; i++)
    parent[view->name_object[i]] = HS_NO_OBJECT;

  /* What boundaries refer to has no part in a snapshot without the late edges. */
  for (guint32 edge = view->late_edges[0]; edge < view->n_edges; edge++)
    {
      if (view->edge_target[edge] >= n_reached)
        parent[view->edge_target[edge]] = HS_NO_OBJECT;
    }
}
