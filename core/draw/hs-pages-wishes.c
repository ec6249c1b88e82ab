/* hs-pages-wishes.c - what a person asked of the view of pages
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-pages-scene.h"
#include "hs-wishes-private.h"

#define N_WHOLE 8

typedef struct
{
  HsWishes     parent;
  HsPagesFocus focus;
} HsPagesWishes;

static void
pages_wishes_init (HsWishes *wishes)
{
  HsPagesWishes *self = (HsPagesWishes *)wishes;

  self->focus.step = HS_NO_STEP;
  self->focus.n_whole = N_WHOLE;
  self->focus.extra = HS_PAGES_NO_MAPPING;
  self->focus.zoomed = HS_PAGES_NO_MAPPING;
}

static gboolean
pages_wishes_activate (HsWishes    *wishes,
                       HsScene     *scene,
                       const HsHit *hit)
{
  return hs_pages_scene_activate (scene, hit, &((HsPagesWishes *)wishes)->focus);
}

static gboolean
pages_wishes_show_more (HsWishes *wishes)
{
  HsPagesWishes *self = (HsPagesWishes *)wishes;

  if (self->focus.n_whole > G_MAXUINT - N_WHOLE)
    return FALSE;

  self->focus.n_whole += N_WHOLE;

  return TRUE;
}

/* Steps */

static guint
pages_wishes_get_n_steps (const HsWishes *wishes,
                          HsHeap         *heap)
{
  return hs_page_map_count_steps (hs_heap_get_history (heap));
}

static guint
pages_wishes_get_step (const HsWishes *wishes,
                       HsHeap         *heap)
{
  const HsPagesWishes *self = (const HsPagesWishes *)wishes;

  if (self->focus.step < hs_page_map_count_steps (hs_heap_get_history (heap)))
    return self->focus.step;

  return hs_page_map_choose_step (hs_heap_get_history (heap), hs_heap_get_moment (heap));
}

static gboolean
pages_wishes_set_step (HsWishes *wishes,
                       guint     step)
{
  HsPagesWishes *self = (HsPagesWishes *)wishes;

  if (self->focus.step == step)
    return FALSE;

  self->focus.step = step;

  return TRUE;
}

static guint
pages_wishes_get_step_line (const HsWishes *wishes,
                            HsHeap         *heap,
                            guint           step)
{
  HsPageStep found;

  return hs_page_map_find_step (hs_heap_get_history (heap), step, &found) ? found.line : 0;
}

static char *
pages_wishes_dup_step_name (const HsWishes *wishes,
                            HsHeap         *heap,
                            guint           step)
{
  HsHistory *history = hs_heap_get_history (heap);
  HsPageStep found;

  return hs_page_map_find_step (history, step, &found)
           ? hs_page_step_dup_name (&found, step, hs_page_map_count_steps (history))
           : NULL;
}

static HsScene *
pages_wishes_build (const HsWishes *wishes,
                    HsHeap         *heap,
                    const char     *language,
                    GCancellable   *cancellable,
                    GError        **error)
{
  const HsPagesWishes *self = (const HsPagesWishes *)wishes;

  return hs_pages_scene_new (heap, &self->focus, wishes->before, language, cancellable, error);
}

/* clang-format off */
const HsView _hs_pages_view = {
  .name = "pages",
  .title = N_("Pages"),
  .description = N_("Which pages of mapped files are in memory, after each line"),
  .icon = "heapscape-pages-symbolic",
  .wishes_size = sizeof (HsPagesWishes),
  .is_of_history = TRUE,
  .init = pages_wishes_init,
  .activate = pages_wishes_activate,
  .show_more = pages_wishes_show_more,
  .build = pages_wishes_build,
  .get_n_steps = pages_wishes_get_n_steps,
  .get_step = pages_wishes_get_step,
  .set_step = pages_wishes_set_step,
  .get_step_line = pages_wishes_get_step_line,
  .dup_step_name = pages_wishes_dup_step_name,
};
/* clang-format on */
