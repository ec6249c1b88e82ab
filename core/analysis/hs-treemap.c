/* hs-treemap.c - what keeps how many bytes alive, level by level
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-treemap.h"

#include <glib/gi18n-lib.h>

#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-graph-path.h"
#include "hs-heap-private.h"

/* So many of a type stand in one tile. */
#define GROUP_MIN 8

/* Tiles of one level; what is smaller goes into the rest. So many objects are looked at
 * one by one for that.
 */
#define TILES_MAX   48
#define OBJECTS_MAX 256

/* Children of one type, while they are counted. */
typedef struct
{
  guint32  type;
  guint32  first; /* the one that retains most */
  guint64  n;
  guint64  n_named;
  guint64  bytes;
  gboolean is_least;
} Kind;

static void
tile_clear (gpointer data)
{
  HsTreemapTile *tile = data;

  g_free (tile->title);
  g_free (tile->type);
}

static guint64
add_bytes (guint64 sum,
           guint64 bytes)
{
  return bytes > G_MAXUINT64 - 1 - sum ? G_MAXUINT64 - 1 : sum + bytes;
}

static gboolean
is_named (HsHeap *heap,
          guint32 object)
{
  guint n_names;

  _hs_heap_get_names_of (heap, object, &n_names);

  return n_names > 0;
}

/* The reference by which its parent keeps it. Returns: (nullable) (transfer full) */
static char *
dup_step (HsHeap *heap,
          guint32 object)
{
  guint32        parent = hs_dominators_get_parent (hs_heap_get_dominators (heap), object);
  guint          n_edges;
  const guint32 *edges = _hs_heap_get_referrers (heap, object, &n_edges);

  for (guint i = 0; parent != HS_NO_OBJECT && i < n_edges && i < GROUP_MIN; i++)
    if (_hs_heap_get_edge_source (heap, edges[i]) == parent)
      return _hs_graph_dup_step (heap, edges[i]);

  return NULL;
}

char *
hs_treemap_dup_title (HsHeap *heap,
                      guint32 object)
{
  guint            n_names;
  const guint32   *names = _hs_heap_get_names_of (heap, object, &n_names);
  g_autofree char *step = NULL;
  g_autofree char *preview = NULL;

  if (n_names > 0)
    return _hs_graph_dup_name_path (heap, names[0]);

  step = dup_step (heap, object);
  if (step != NULL)
    return g_steal_pointer (&step);

  preview = _hs_heap_dup_short_preview (heap, object, 24);

  return g_steal_pointer (&preview);
}

static void
add_object (GArray             *tiles,
            HsHeap             *heap,
            const HsDominators *dominators,
            guint32             object)
{
  guint32       n_children;
  HsTreemapTile tile = { .kind = HS_TILE_OBJECT, .object = object, .n_objects = 1 };

  tile.bytes = hs_dominators_get_retained (dominators, object, &tile.is_least);
  hs_dominators_get_children (dominators, object, &n_children);
  tile.has_tiles = n_children > 0;
  tile.family = hs_heap_get_family (heap, object);
  tile.title = hs_treemap_dup_title (heap, object);
  tile.type = hs_heap_dup_type_name (heap, hs_snapshot_view_get_type (&heap->view, object));
  g_array_append_val (tiles, tile);
}

static void
add_group (GArray     *tiles,
           HsHeap     *heap,
           const Kind *kind)
{
  g_autofree char *count = hs_format_count (kind->n);
  HsTreemapTile    tile = {
       .kind = HS_TILE_GROUP,
       .object = kind->first,
       .n_objects = kind->n,
       .bytes = kind->bytes,
       .is_least = kind->is_least,
       .family = hs_heap_get_family (heap, kind->first),
       .type = hs_heap_dup_type_name (heap, kind->type),
  };

  /* translators: %1$s is a number, %2$s a type: "10 000 × Point" */
  tile.title = g_strdup_printf (_("%1$s × %2$s"), count, tile.type);
  g_array_append_val (tiles, tile);
}

/* What the object itself occupies. */
static void
add_self (GArray *tiles,
          HsHeap *heap,
          guint32 object)
{
  HsTreemapTile tile = { .kind = HS_TILE_SELF, .object = object, .n_objects = 1 };

  tile.bytes = hs_heap_get_least (heap, object);
  tile.is_least = hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN;
  if (tile.bytes == 0)
    return;

  tile.family = hs_heap_get_family (heap, object);
  /* translators: of an object in a treemap: its own bytes, without what it keeps alive */
  tile.title = g_strdup (_("itself"));
  tile.type = hs_heap_dup_type_name (heap, hs_snapshot_view_get_type (&heap->view, object));
  g_array_append_val (tiles, tile);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const HsTreemapTile *left = a;
  const HsTreemapTile *right = b;

  if (left->bytes != right->bytes)
    return left->bytes > right->bytes ? -1 : 1;
  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;

  return left->object < right->object ? -1 : left->object > right->object;
}

static void
add_to_rest (HsTreemapTile *rest,
             guint64        n_objects,
             guint64        bytes,
             gboolean       is_least)
{
  rest->n_objects += n_objects;
  rest->bytes = add_bytes (rest->bytes, bytes);
  rest->is_least |= is_least;
}

/* What is too much for one level goes into a tile at its end. */
static void
gather_rest (GArray        *tiles,
             HsTreemapTile *rest)
{
  g_autofree char *count = NULL;

  for (guint i = TILES_MAX - 1; i < tiles->len && (tiles->len > TILES_MAX || rest->n_objects > 0);
       i++)
    {
      const HsTreemapTile *tile = &g_array_index (tiles, HsTreemapTile, i);

      add_to_rest (rest, tile->n_objects, tile->bytes, tile->is_least);
    }
  if (rest->n_objects == 0)
    return;

  g_array_set_size (tiles, MIN (tiles->len, TILES_MAX - 1));
  count = hs_format_count (rest->n_objects);
  /* translators: objects in a treemap that are too small for tiles; %s is a number */
  rest->title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %s smaller object",
                                              "… %s smaller objects",
                                              (gulong)MIN (rest->n_objects, G_MAXULONG)),
                                 count);
  rest->type = g_strdup ("");
  g_array_append_val (tiles, *rest);
}

/* Counts the children of each type; what has a name is told apart. */
static GHashTable *
count_kinds (HsHeap             *heap,
             const HsDominators *dominators,
             const guint32      *children,
             guint32             n_children)
{
  GHashTable *kinds = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint32 i = 0; i < n_children; i++)
    {
      guint32  type = hs_snapshot_view_get_type (&heap->view, children[i]);
      Kind    *kind = g_hash_table_lookup (kinds, GUINT_TO_POINTER (type));
      gboolean is_least;
      guint64  bytes = hs_dominators_get_retained (dominators, children[i], &is_least);

      if (bytes == 0 || is_named (heap, children[i]))
        continue;
      if (kind == NULL)
        {
          kind = g_new0 (Kind, 1);
          kind->type = type;
          kind->first = children[i];
          g_hash_table_insert (kinds, GUINT_TO_POINTER (type), kind);
        }
      kind->n++;
      kind->bytes = add_bytes (kind->bytes, bytes);
      kind->is_least |= is_least;
    }

  return kinds;
}

GArray *
hs_treemap_get_tiles (HsHeap *heap,
                      guint32 object)
{
  const HsDominators *dominators = hs_heap_get_dominators (heap);
  guint32             n_children;
  const guint32      *children = hs_dominators_get_children (dominators, object, &n_children);
  g_autoptr(GHashTable) kinds = count_kinds (heap, dominators, children, n_children);
  GArray        *tiles = g_array_new (FALSE, FALSE, sizeof (HsTreemapTile));
  HsTreemapTile  rest = { .kind = HS_TILE_REST, .object = HS_NO_OBJECT };
  GHashTableIter iter;
  gpointer       value;

  g_array_set_clear_func (tiles, tile_clear);
  if (object != HS_NO_OBJECT)
    add_self (tiles, heap, object);
  for (guint32 i = 0; i < n_children; i++)
    {
      guint32     type = hs_snapshot_view_get_type (&heap->view, children[i]);
      const Kind *kind = g_hash_table_lookup (kinds, GUINT_TO_POINTER (type));

      /* They stand by retained bytes: behind the first of none there are no others. */
      if (hs_dominators_get_retained (dominators, children[i], NULL) == 0)
        break;
      if (kind != NULL && kind->n >= GROUP_MIN && !is_named (heap, children[i]))
        continue;
      if (tiles->len < OBJECTS_MAX)
        add_object (tiles, heap, dominators, children[i]);
      else
        {
          gboolean is_least;
          guint64  bytes = hs_dominators_get_retained (dominators, children[i], &is_least);

          add_to_rest (&rest, 1, bytes, is_least);
        }
    }
  g_hash_table_iter_init (&iter, kinds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Kind *)value)->n >= GROUP_MIN)
      add_group (tiles, heap, value);
  g_array_sort (tiles, compare);
  gather_rest (tiles, &rest);

  return tiles;
}

GArray *
hs_treemap_get_way (HsHeap *heap,
                    guint32 object)
{
  const HsDominators *dominators = hs_heap_get_dominators (heap);
  GArray             *way = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (; object != HS_NO_OBJECT; object = hs_dominators_get_parent (dominators, object))
    g_array_append_val (way, object);
  for (guint i = 0; i < way->len / 2; i++)
    {
      guint32 other = g_array_index (way, guint32, way->len - 1 - i);

      g_array_index (way, guint32, way->len - 1 - i) = g_array_index (way, guint32, i);
      g_array_index (way, guint32, i) = other;
    }

  return way;
}
