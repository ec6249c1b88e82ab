/* hs-view-panel-steps.c - plays through what a view has in the order of time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

guint
hs_view_panel_get_n_steps (HsViewPanel *self)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), 0);

  if (self->heap == NULL)
    return 0;
  wishes = _hs_view_panel_dup_wishes (self);

  return hs_wishes_get_n_steps (wishes, self->heap);
}

guint
hs_view_panel_get_step (HsViewPanel *self)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), HS_NO_STEP);

  if (self->heap == NULL)
    return HS_NO_STEP;
  wishes = _hs_view_panel_dup_wishes (self);

  return hs_wishes_get_step (wishes, self->heap);
}

void
hs_view_panel_set_step (HsViewPanel *self,
                        guint        step)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  if (self->heap == NULL)
    return;
  wishes = _hs_view_panel_dup_wishes (self);
  if (hs_wishes_set_step (wishes, step))
    _hs_view_panel_build (self, g_steal_pointer (&wishes),
                          hs_scene_view_get_center_key (self->view));
}

guint
hs_view_panel_get_step_line (HsViewPanel *self,
                             guint        step)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), 0);

  if (self->heap == NULL)
    return 0;
  wishes = _hs_view_panel_dup_wishes (self);

  return hs_wishes_get_step_line (wishes, self->heap, step);
}

char *
hs_view_panel_dup_step_name (HsViewPanel *self,
                             guint        step)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), NULL);

  if (self->heap == NULL)
    return NULL;
  wishes = _hs_view_panel_dup_wishes (self);

  return hs_wishes_dup_step_name (wishes, self->heap, step);
}

void
hs_view_panel_set_compared (HsViewPanel *self,
                            HsHeap      *earlier)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  if (self->compared == earlier)
    return;
  g_clear_pointer (&self->compared, hs_heap_unref);
  if (earlier != NULL)
    self->compared = hs_heap_ref (earlier);
  if (self->shown == NULL && self->wanted == NULL)
    return;

  wishes = _hs_view_panel_dup_wishes (self);
  hs_wishes_set_compared (wishes, earlier);
  if (self->is_active)
    _hs_view_panel_build (self, g_steal_pointer (&wishes), HS_SCENE_VIEW_KEEP_PLACE);
}
