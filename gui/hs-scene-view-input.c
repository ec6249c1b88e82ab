/* hs-scene-view-input.c - pointer, touchpad and keyboard on a scene
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-scene-view-private.h"

/* Logical pixels that a press may move and still be a click. */
#define DRAG_THRESHOLD 8.0

#define WHEEL_STEP 60.0 /* logical pixels per click of a wheel */
#define KEY_STEP   60.0
#define ZOOM_STEP  1.2

/* Touchpads report pixels with Ctrl as well: so many are one step of zoom. */
#define ZOOM_PIXELS 50.0

/* As in GTK's gtkkineticscrolling.c and gtkscrolledwindow.c (4.8): a flick
 * slows down by e in a quarter of a second.
 */
#define FRICTION      4.0
#define LEAST_SPEED   10.0 /* pixels per second */
#define MAX_FRAME_GAP 0.1  /* seconds */

void
_hs_scene_view_stop_flick (HsSceneView *self)
{
  if (self->flick_tick == 0)
    return;

  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->flick_tick);
  self->flick_tick = 0;
}

static gboolean
flick_tick_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  HsSceneView *self = HS_SCENE_VIEW (widget);
  gint64       now = gdk_frame_clock_get_frame_time (clock);
  double       elapsed = MIN ((double)(now - self->flick_time) / G_USEC_PER_SEC, MAX_FRAME_GAP);

  self->flick_time = now;
  _hs_scene_view_move_to (self, self->x + self->speed_x * elapsed,
                          self->y + self->speed_y * elapsed);
  self->speed_x *= exp (-FRICTION * elapsed);
  self->speed_y *= exp (-FRICTION * elapsed);
  if (hypot (self->speed_x, self->speed_y) > LEAST_SPEED)
    return G_SOURCE_CONTINUE;

  self->flick_tick = 0;

  return G_SOURCE_REMOVE;
}

static void
scroll_decelerate_cb (HsSceneView *self,
                      double       speed_x,
                      double       speed_y)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  _hs_scene_view_stop_flick (self);
  if (clock == NULL)
    return;

  self->speed_x = speed_x;
  self->speed_y = speed_y;
  self->flick_time = gdk_frame_clock_get_frame_time (clock);
  self->flick_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), flick_tick_cb, NULL, NULL);
}

static void
scroll_begin_cb (HsSceneView *self)
{
  _hs_scene_view_stop_flick (self);
}

static gboolean
scroll_cb (HsSceneView              *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean is_wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;

  _hs_scene_view_stop_flick (self);
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      double steps = is_wheel ? dy : dy / ZOOM_PIXELS;

      _hs_scene_view_zoom_at (self, self->zoom * pow (ZOOM_STEP, -steps), MAX (self->pointer_x, 0),
                              MAX (self->pointer_y, 0));

      return GDK_EVENT_STOP;
    }

  if (is_wheel)
    {
      dx *= WHEEL_STEP;
      dy *= WHEEL_STEP;
    }
  if ((state & GDK_SHIFT_MASK) != 0)
    _hs_scene_view_move_to (self, self->x + dy, self->y + dx);
  else
    _hs_scene_view_move_to (self, self->x + dx, self->y + dy);

  return GDK_EVENT_STOP;
}

static void
zoom_begin_cb (HsSceneView *self)
{
  _hs_scene_view_stop_flick (self);
  self->pinch_zoom = self->zoom;
}

static void
zoom_scale_changed_cb (HsSceneView *self,
                       double       scale,
                       GtkGesture  *gesture)
{
  double x = self->pointer_x;
  double y = self->pointer_y;

  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  _hs_scene_view_zoom_at (self, self->pinch_zoom * scale, MAX (x, 0), MAX (y, 0));
}

static void
update_cursor (HsSceneView *self)
{
  HsHit       hit = _hs_scene_view_hit (self, self->pointer_x, self->pointer_y);
  const char *name = NULL;

  if (self->is_dragging)
    name = "grabbing";
  else if (hit.kind == HS_HIT_MORE || hit.kind == HS_HIT_FOLD)
    name = "pointer";

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
  _hs_scene_view_set_hovered (self, self->is_dragging ? HS_NO_ITEM : hit.item);
}

static void
motion_cb (HsSceneView *self,
           double       x,
           double       y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  update_cursor (self);
}

static void
leave_cb (HsSceneView *self)
{
  motion_cb (self, -1, -1);
}

static void
drag_begin_cb (HsSceneView *self,
               double       x,
               double       y,
               GtkGesture  *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  _hs_scene_view_stop_flick (self);
  if (self->scene == NULL || (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag_x = self->x;
  self->drag_y = self->y;
}

/* Once it is a drag, it is not a click any more. */
static void
drag_update_cb (HsSceneView *self,
                double       dx,
                double       dy,
                GtkGesture  *gesture)
{
  if (!self->is_dragging)
    {
      if (hypot (dx, dy) < DRAG_THRESHOLD)
        return;
      self->is_dragging = TRUE;
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      update_cursor (self);
    }
  _hs_scene_view_move_to (self, self->drag_x - dx, self->drag_y - dy);
}

static void
drag_end_cb (HsSceneView *self)
{
  self->is_dragging = FALSE;
  update_cursor (self);
}

static void
follow (HsSceneView *self,
        const HsHit *hit)
{
  guint target = hs_scene_follow (self->scene, hit);

  if (target == HS_NO_ITEM)
    return;

  hs_scene_view_select (self, target);
  hs_scene_view_scroll_to_item (self, target);
}

static void
click_pressed_cb (HsSceneView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
click_released_cb (HsSceneView *self,
                   int          n_press,
                   double       x,
                   double       y)
{
  HsHit hit = _hs_scene_view_hit (self, x, y);

  if (self->scene == NULL)
    return;

  if (n_press == 1)
    hs_scene_view_select (self, hit.item);

  if (hit.kind == HS_HIT_MORE || hit.kind == HS_HIT_FOLD)
    _hs_scene_view_activate (self, &hit);
  else if (n_press == 2 && hit.kind == HS_HIT_ITEM)
    _hs_scene_view_activate (self, &hit);
  else if (n_press == 2 && hit.kind == HS_HIT_ROW)
    follow (self, &hit);
}

static void
menu_pressed_cb (HsSceneView *self,
                 int          n_press,
                 double       x,
                 double       y)
{
  HsHit hit = _hs_scene_view_hit (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (hit.kind == HS_HIT_NOTHING)
    return;

  hs_scene_view_select (self, hit.item);
  _hs_scene_view_request_menu (self, x, y);
}

static void
long_pressed_cb (HsSceneView *self,
                 double       x,
                 double       y)
{
  menu_pressed_cb (self, 1, x, y);
}

static void
request_menu_of_selected (HsSceneView *self)
{
  HsRect area;

  if (self->selected >= _hs_scene_view_get_n_items (self))
    return;

  hs_scene_view_get_item_area (self, self->selected, &area);
  _hs_scene_view_request_menu (
    self, CLAMP (area.x + area.width / 2, 0, gtk_widget_get_width (GTK_WIDGET (self))),
    CLAMP (area.y + area.height / 2, 0, gtk_widget_get_height (GTK_WIDGET (self))));
}

static void
activate_selected (HsSceneView *self)
{
  HsHit hit;

  if (self->selected >= _hs_scene_view_get_n_items (self))
    return;

  hit = hs_scene_get_action (self->scene, self->selected);
  _hs_scene_view_activate (self, &hit);
}

static void
walk (HsSceneView *self,
      HsWalk       direction)
{
  guint item = hs_scene_walk (self->scene, self->selected, direction);

  if (item == HS_NO_ITEM)
    return;

  hs_scene_view_select (self, item);
  hs_scene_view_scroll_to_item (self, item);
}

static gboolean
zoom_by_key (HsSceneView *self,
             guint        keyval)
{
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      hs_scene_view_zoom_by (self, ZOOM_STEP);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      hs_scene_view_zoom_by (self, 1 / ZOOM_STEP);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      hs_scene_view_zoom_to_fit (self);
      return TRUE;
    case GDK_KEY_1:
    case GDK_KEY_KP_1:
      hs_scene_view_zoom_to_actual_size (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static const struct
{
  guint  keyval;
  HsWalk walk;
  int    dx; /* with Ctrl the view moves instead */
  int    dy;
} walk_keys[] = {
  { GDK_KEY_Left, HS_WALK_LEFT, -1, 0 },
  { GDK_KEY_KP_Left, HS_WALK_LEFT, -1, 0 },
  { GDK_KEY_Right, HS_WALK_RIGHT, 1, 0 },
  { GDK_KEY_KP_Right, HS_WALK_RIGHT, 1, 0 },
  { GDK_KEY_Up, HS_WALK_UP, 0, -1 },
  { GDK_KEY_KP_Up, HS_WALK_UP, 0, -1 },
  { GDK_KEY_Down, HS_WALK_DOWN, 0, 1 },
  { GDK_KEY_KP_Down, HS_WALK_DOWN, 0, 1 },
  { GDK_KEY_Home, HS_WALK_FIRST, 0, 0 },
  { GDK_KEY_KP_Home, HS_WALK_FIRST, 0, 0 },
  { GDK_KEY_End, HS_WALK_LAST, 0, 0 },
  { GDK_KEY_KP_End, HS_WALK_LAST, 0, 0 },
};

static gboolean
walk_by_key (HsSceneView    *self,
             guint           keyval,
             GdkModifierType state)
{
  for (guint i = 0; i < G_N_ELEMENTS (walk_keys); i++)
    {
      if (walk_keys[i].keyval != keyval)
        continue;
      if ((state & GDK_CONTROL_MASK) != 0 && (walk_keys[i].dx != 0 || walk_keys[i].dy != 0))
        _hs_scene_view_move_to (self,
                                self->x + walk_keys[i].dx * KEY_STEP,
                                self->y + walk_keys[i].dy * KEY_STEP);
      else
        walk (self, walk_keys[i].walk);

      return TRUE;
    }

  return FALSE;
}

/* Arrow keys are used up even if they lead nowhere: the focus must not jump
 * to a button at the edge of the canvas.
 */
static gboolean
key_pressed_cb (HsSceneView    *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->scene == NULL || (state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (zoom_by_key (self, keyval) || walk_by_key (self, keyval, state))
    return GDK_EVENT_STOP;
  if ((state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      _hs_scene_view_move_to (self, self->x, self->y - height * 0.9);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      _hs_scene_view_move_to (self, self->x, self->y + height * 0.9);
      return GDK_EVENT_STOP;
    case GDK_KEY_Menu:
      request_menu_of_selected (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return GDK_EVENT_PROPAGATE;
      request_menu_of_selected (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      activate_selected (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
setup_pointer (HsSceneView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *menu = gtk_gesture_click_new ();
  GtkGesture         *hold = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_swapped (hold, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (click_pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (click_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
_hs_scene_view_setup_input (HsSceneView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture         *pinch = gtk_gesture_zoom_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->pointer_x = -1;
  self->pointer_y = -1;
  setup_pointer (self);

  g_signal_connect_swapped (scroll, "scroll-begin", G_CALLBACK (scroll_begin_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (scroll, "decelerate", G_CALLBACK (scroll_decelerate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (zoom_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (zoom_scale_changed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));

  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}
