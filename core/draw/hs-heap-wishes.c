/* hs-heap-wishes.c - what a person asked of the view of the whole heap
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-census-scene.h"
#include "hs-pool-scene.h"
#include "hs-treemap-scene.h"
#include "hs-wishes-private.h"

#define N_TYPES_FIRST 60
#define MORE_TYPES    4 /* times as many */

enum
{
  OPTION_SHOW,
  OPTION_SORT,
  N_HEAP_OPTIONS
};

/* Choices of OPTION_SHOW. */
enum
{
  SHOW_TYPES,
  SHOW_TREEMAP,
  SHOW_POOLS,
};

typedef struct
{
  HsWishes parent;
  guint    n_types;
  guint32  root; /* of the treemap; HS_NO_OBJECT: the whole heap */
} HsHeapWishes;

static void
heap_wishes_init (HsWishes *wishes)
{
  HsHeapWishes *self = (HsHeapWishes *)wishes;

  self->n_types = N_TYPES_FIRST;
  self->root = HS_NO_OBJECT;
}

static gboolean
heap_wishes_show_more (HsWishes *wishes)
{
  HsHeapWishes *self = (HsHeapWishes *)wishes;

  if (wishes->choices[OPTION_SHOW] != SHOW_TYPES || self->n_types > G_MAXUINT / MORE_TYPES)
    return FALSE;

  self->n_types *= MORE_TYPES;

  return TRUE;
}

static gboolean
heap_wishes_activate (HsWishes    *wishes,
                      HsScene     *scene,
                      const HsHit *hit)
{
  HsHeapWishes *self = (HsHeapWishes *)wishes;
  guint32       root = self->root;

  if (wishes->choices[OPTION_SHOW] == SHOW_TYPES)
    return hit->kind == HS_HIT_MORE && heap_wishes_show_more (wishes);
  if (wishes->choices[OPTION_SHOW] != SHOW_TREEMAP ||
      !hs_treemap_scene_get_root_for (scene, hit, &root) || root == self->root)
    return FALSE;

  self->root = root;

  return TRUE;
}

static HsScene *
build_types (const HsHeapWishes *self,
             HsHeap             *heap,
             const char         *language,
             GCancellable       *cancellable,
             GError            **error)
{
  const HsWishes *wishes = &self->parent;
  g_autoptr(HsDiff) diff = NULL;

  if (wishes->compared != NULL)
    {
      diff = hs_diff_new (wishes->compared, heap, cancellable, error);
      if (diff == NULL)
        return NULL;
    }

  return hs_census_scene_new_compared (heap, diff, (HsCensusOrder)wishes->choices[OPTION_SORT],
                                       self->n_types, language, cancellable, error);
}

static HsScene *
heap_wishes_build (const HsWishes *wishes,
                   HsHeap         *heap,
                   const char     *language,
                   GCancellable   *cancellable,
                   GError        **error)
{
  const HsHeapWishes *self = (const HsHeapWishes *)wishes;

  switch (wishes->choices[OPTION_SHOW])
    {
    case SHOW_TREEMAP:
      return hs_treemap_scene_new (heap, self->root, language, cancellable, error);
    case SHOW_POOLS:
      return hs_pool_scene_new (heap, language, cancellable, error);
    default:
      return build_types (self, heap, language, cancellable, error);
    }
}

/* clang-format off */
static const char *const show_ids[] = { "types", "treemap", "pools", NULL };
static const char *const show_labels[] = { N_("Types"), N_("Treemap"), N_("Pools"), NULL };

/* In the order of HsCensusOrder. */
static const char *const sort_ids[] = { "bytes", "retained", "objects", "name", NULL };
static const char *const sort_labels[] = {
  N_("Bytes"), N_("Retained"), N_("Objects"), N_("Name"), NULL
};

static const HsOption options[N_HEAP_OPTIONS] = {
  [OPTION_SHOW] = {
    .id = "show",
    .label = N_("Show"),
    .tooltip = N_("Types of objects, what keeps what alive, or the pools of the allocator"),
    .choices = show_ids,
    .labels = show_labels,
    .is_kind = TRUE,
  },
  [OPTION_SORT] = {
    .id = "sort",
    .label = N_("Sort Types By"),
    .tooltip = N_("Which types stand first"),
    .choices = sort_ids,
    .labels = sort_labels,
  },
};

const HsView _hs_heap_view = {
  .name = "heap",
  .title = N_("Heap"),
  .description = N_("All objects by type, by what keeps them alive, and by where they lie"),
  .icon = "heapscape-heap-symbolic",
  .options = options,
  .n_options = N_HEAP_OPTIONS,
  .wishes_size = sizeof (HsHeapWishes),
  .init = heap_wishes_init,
  .activate = heap_wishes_activate,
  .show_more = heap_wishes_show_more,
  .build = heap_wishes_build,
};
/* clang-format on */
