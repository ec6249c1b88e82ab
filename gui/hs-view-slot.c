/* hs-view-slot.c - the place of a view, whose panel is made when it is first seen
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-slot.h"

#include "hs-compat.h"

struct _HsViewSlot
{
  AdwBin parent_instance;

  const HsView *view;
  HsViewPanel  *panel; /* borrowed, it is the child; NULL: not made yet */

  /* For the panel, until it is made */
  HsHeap *heap;     /* owned; nullable */
  HsHeap *compared; /* owned; nullable */
  char   *reason;   /* owned; nullable */
};

enum
{
  MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsViewSlot, hs_view_slot, ADW_TYPE_BIN)

static void
set_heap (HsHeap **place,
          HsHeap  *heap)
{
  if (heap != NULL)
    hs_heap_ref (heap);
  g_clear_pointer (place, hs_heap_unref);
  *place = heap;
}

static void
forget (HsViewSlot *self)
{
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_clear_pointer (&self->compared, hs_heap_unref);
  g_clear_pointer (&self->reason, g_free);
}

const HsView *
hs_view_slot_get_view (HsViewSlot *self)
{
  g_return_val_if_fail (HS_IS_VIEW_SLOT (self), NULL);

  return self->view;
}

HsViewPanel *
hs_view_slot_make_panel (HsViewSlot *self)
{
  g_return_val_if_fail (HS_IS_VIEW_SLOT (self), NULL);

  if (self->panel != NULL)
    return self->panel;

  self->panel = hs_view_panel_new (self->view);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->panel));
  g_signal_emit (self, signals[MADE], 0, self->panel);

  if (self->heap != NULL || self->reason != NULL)
    hs_view_panel_set_heap (self->panel, self->heap, self->reason);
  if (self->compared != NULL)
    hs_view_panel_set_compared (self->panel, self->compared);
  forget (self);

  return self->panel;
}

void
hs_view_slot_set_heap (HsViewSlot *self,
                       HsHeap     *heap,
                       const char *reason)
{
  g_return_if_fail (HS_IS_VIEW_SLOT (self));

  if (self->panel != NULL)
    {
      hs_view_panel_set_heap (self->panel, heap, reason);
      return;
    }

  set_heap (&self->heap, heap);
  g_clear_pointer (&self->compared, hs_heap_unref);
  hs_set_str (&self->reason, reason);
}

void
hs_view_slot_change_heap (HsViewSlot *self,
                          HsHeap     *heap,
                          guint32     object)
{
  g_return_if_fail (HS_IS_VIEW_SLOT (self));

  /* Whoever makes the panel selects the object in it. */
  if (self->panel != NULL)
    hs_view_panel_change_heap (self->panel, heap, object);
  else
    set_heap (&self->heap, heap);
}

void
hs_view_slot_set_compared (HsViewSlot *self,
                           HsHeap     *earlier)
{
  g_return_if_fail (HS_IS_VIEW_SLOT (self));

  if (self->panel != NULL)
    hs_view_panel_set_compared (self->panel, earlier);
  else
    set_heap (&self->compared, earlier);
}

void
hs_view_slot_set_active (HsViewSlot *self,
                         gboolean    is_active)
{
  g_return_if_fail (HS_IS_VIEW_SLOT (self));

  if (is_active)
    hs_view_slot_make_panel (self);
  if (self->panel != NULL)
    hs_view_panel_set_active (self->panel, is_active);
}

static void
hs_view_slot_dispose (GObject *object)
{
  HsViewSlot *self = HS_VIEW_SLOT (object);

  forget (self);
  self->panel = NULL;

  G_OBJECT_CLASS (hs_view_slot_parent_class)->dispose (object);
}

static void
hs_view_slot_class_init (HsViewSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hs_view_slot_dispose;

  signals[MADE] = g_signal_new ("made", HS_TYPE_VIEW_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, HS_TYPE_VIEW_PANEL);
}

static void
hs_view_slot_init (HsViewSlot *self)
{
}

HsViewSlot *
hs_view_slot_new (const HsView *view)
{
  HsViewSlot *self;

  g_return_val_if_fail (view != NULL, NULL);

  self = g_object_new (HS_TYPE_VIEW_SLOT, NULL);
  self->view = view;

  return self;
}
