/* hs-first-frame.c - what can wait until the window is there
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-first-frame.h"

#include "hs-compat.h"

#define KEY "hs-first-frame"

typedef struct
{
  HsFirstFrameFunction function;
} Wait;

static gboolean
idle_cb (gpointer user_data)
{
  g_autoptr(GtkWidget) widget = hs_weak_ref_take (user_data);
  Wait *wait = widget != NULL ? g_object_steal_data (G_OBJECT (widget), KEY) : NULL;

  if (wait != NULL)
    wait->function (widget);
  g_free (wait);

  return G_SOURCE_REMOVE;
}

/* The frame is drawn, but not sent yet. */
static void
paint_cb (GtkWidget     *widget,
          GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, paint_cb, widget);
  g_idle_add (idle_cb, hs_weak_ref_new (widget));
}

static void
map_cb (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (widget, map_cb, NULL);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (paint_cb), widget, G_CONNECT_SWAPPED);
}

void
hs_first_frame_wait (gpointer             widget,
                     HsFirstFrameFunction function)
{
  Wait *wait;

  g_return_if_fail (GTK_IS_WIDGET (widget) && !gtk_widget_get_mapped (widget));

  wait = g_new0 (Wait, 1);
  wait->function = function;
  g_object_set_data_full (widget, KEY, wait, g_free);
  g_signal_connect (widget, "map", G_CALLBACK (map_cb), NULL);
}
