/* hs-scene-view.c - a scene to look at, walk through and point at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-scene-view-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Milliseconds of the motion from one scene to the next. */
#define MOTION_DURATION 220

/* Microseconds of a frame of 16 ms for drawing tiles: the rest is GTK's. */
#define TILE_BUDGET 8000

enum
{
  PROP_ZOOM = 1,
  N_PROPS
};

enum
{
  ITEM_ACTIVATED,
  SELECTION_CHANGED,
  MENU_REQUESTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsSceneView, hs_scene_view, GTK_TYPE_WIDGET)

static double
view_width (HsSceneView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self));
}

static double
view_height (HsSceneView *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

guint
_hs_scene_view_get_n_items (HsSceneView *self)
{
  return self->scene != NULL ? hs_scene_get_n_items (self->scene) : 0;
}

HsHit
_hs_scene_view_hit (HsSceneView *self,
                    double       x,
                    double       y)
{
  if (self->scene == NULL || x < 0 || y < 0)
    return (HsHit) { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };

  return hs_scene_hit (self->scene, (self->x + x) / self->zoom, (self->y + y) / self->zoom);
}

void
_hs_scene_view_set_hovered (HsSceneView *self,
                            guint        item)
{
  if (item == self->hovered)
    return;

  self->hovered = item;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_hs_scene_view_activate (HsSceneView *self,
                         const HsHit *hit)
{
  g_signal_emit (self, signals[ITEM_ACTIVATED], 0, hit->item, hit->part, (guint)hit->kind);
}

void
_hs_scene_view_request_menu (HsSceneView *self,
                             double       x,
                             double       y)
{
  if (self->selected < _hs_scene_view_get_n_items (self))
    g_signal_emit (self, signals[MENU_REQUESTED], 0, self->selected, x, y);
}

void
hs_scene_view_set_popover (HsSceneView *self,
                           GtkPopover  *popover)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (popover == NULL)
    return;

  self->popover = GTK_WIDGET (popover);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

/* The item of this scene that stands for @item of @other: the same, or one that
 * took over its object when a group was opened.
 */
static guint
find_same_item (HsSceneView *self,
                HsScene     *other,
                guint        item)
{
  guint same;

  if (self->scene == NULL)
    return HS_NO_ITEM;

  same = hs_scene_find_key (self->scene, hs_scene_get_item_key (other, item));

  return same != HS_NO_ITEM
           ? same
           : hs_scene_find_object (self->scene, hs_scene_get_item_object (other, item));
}

static void
get_viewport (HsSceneView *self,
              HsViewport  *viewport)
{
  *viewport = (HsViewport) { self->x, self->y, view_width (self), view_height (self), self->zoom,
                             gtk_widget_get_scale_factor (GTK_WIDGET (self)) };
}

void
_hs_scene_view_stop_motion (HsSceneView *self)
{
  g_autoptr(AdwAnimation) moving = g_steal_pointer (&self->moving);

  if (moving == NULL)
    return;

  g_clear_pointer (&self->motion, hs_scene_motion_free);
  adw_animation_pause (moving);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
moving_cb (double   value,
           gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

/* Runs once the new scene has taken its place. */
static void
start_motion (HsSceneView      *self,
              HsScene          *old,
              const HsViewport *from)
{
  HsViewport to;

  _hs_scene_view_stop_motion (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      !adw_get_enable_animations (GTK_WIDGET (self)))
    return;

  get_viewport (self, &to);
  self->motion = hs_scene_motion_new (old, from, self->scene, &to);
  if (self->motion == NULL)
    return;

  self->moving =
    adw_timed_animation_new (GTK_WIDGET (self), 0, 1, MOTION_DURATION,
                             adw_callback_animation_target_new (moving_cb, self, NULL));
  g_signal_connect_object (self->moving, "done", G_CALLBACK (_hs_scene_view_stop_motion), self,
                           G_CONNECT_SWAPPED);
  adw_animation_play (self->moving);
}

static void
take_scene (HsSceneView *self,
            HsScene     *scene)
{
  g_clear_pointer (&self->scene, hs_scene_unref);
  if (scene != NULL)
    self->scene = hs_scene_ref (scene);
  self->selected = HS_NO_ITEM;
  self->hovered = HS_NO_ITEM;
  self->found = HS_NO_ITEM;
  hs_tiles_set_scene (self->tiles, scene);
  hs_proxies_clear (self->proxies);
}

/* The old scene lives as long as its items are compared with the new ones. */
static void
replace_scene (HsSceneView *self,
               HsScene     *scene,
               guint64      keep)
{
  g_autoptr(HsScene) old = hs_scene_ref (self->scene);
  gboolean   may_place = keep == HS_SCENE_VIEW_KEEP_PLACE && !self->is_moved;
  guint      kept;
  guint      selected = self->selected;
  HsRect     area = { 0, 0, 0, 0 };
  HsViewport from;

  get_viewport (self, &from);
  if (keep == HS_SCENE_VIEW_KEEP_PLACE)
    keep = hs_scene_view_get_center_key (self);
  kept = hs_scene_find_key (old, keep);
  if (kept != HS_NO_ITEM)
    hs_scene_view_get_item_area (self, kept, &area);

  take_scene (self, scene);
  if (kept != HS_NO_ITEM)
    kept = find_same_item (self, old, kept);
  if (selected != HS_NO_ITEM)
    self->selected = find_same_item (self, old, selected);

  self->is_placed = gtk_widget_get_width (GTK_WIDGET (self)) > 0;
  if (kept != HS_NO_ITEM)
    {
      HsRect rect;

      hs_scene_get_item_rect (scene, kept, &rect);
      _hs_scene_view_set_viewport (self, rect.x * self->zoom - area.x, rect.y * self->zoom - area.y,
                                   self->zoom);
    }
  else
    _hs_scene_view_set_viewport (self, self->x, self->y, self->zoom);
  if (may_place)
    _hs_scene_view_place_again (self);
  start_motion (self, old, &from);
}

void
hs_scene_view_set_scene (HsSceneView *self,
                         HsScene     *scene,
                         guint64      keep)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));

  if (scene == self->scene)
    return;

  _hs_scene_view_stop_flick (self);
  _hs_scene_view_stop_motion (self);
  if (self->scene != NULL && scene != NULL && keep != HS_SCENE_VIEW_KEEP_NOTHING)
    replace_scene (self, scene, keep);
  else
    {
      take_scene (self, scene);
      self->is_placed = self->is_moved = FALSE;
      _hs_scene_view_place_first (self);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

HsScene *
hs_scene_view_get_scene (HsSceneView *self)
{
  g_return_val_if_fail (HS_IS_SCENE_VIEW (self), NULL);

  return self->scene;
}

guint
hs_scene_view_get_selected (HsSceneView *self)
{
  g_return_val_if_fail (HS_IS_SCENE_VIEW (self), HS_NO_ITEM);

  return self->selected;
}

void
hs_scene_view_select (HsSceneView *self,
                      guint        item)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));
  g_return_if_fail (item == HS_NO_ITEM || item < _hs_scene_view_get_n_items (self));

  if (item == self->selected)
    return;

  self->selected = item;
  _hs_scene_view_changed (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
hs_scene_view_set_found (HsSceneView *self,
                         guint        item)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));

  if (item == self->found)
    return;

  self->found = item;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A tile is there that was missing. */
static void
tiles_ready_cb (gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

static void
draw_marks (HsSceneView *self,
            cairo_t     *cr)
{
  double scale = self->zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  guint  n_items = _hs_scene_view_get_n_items (self);

  cairo_translate (cr, -self->x, -self->y);
  cairo_scale (cr, self->zoom, self->zoom);
  if (self->hovered < n_items && self->hovered != self->selected)
    hs_scene_draw_mark (self->scene, cr, self->hovered, HS_MARK_HOVERED, scale, self->theme);
  if (self->selected < n_items)
    hs_scene_draw_mark (self->scene, cr, self->selected, HS_MARK_SELECTED, scale,
                        self->theme);
  if (self->found < n_items)
    hs_scene_draw_mark (self->scene, cr, self->found, HS_MARK_FOUND, scale, self->theme);
}

static void
hs_scene_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  HsSceneView *self = HS_SCENE_VIEW (widget);
  HsViewport   viewport = { self->x, self->y, view_width (self), view_height (self), self->zoom,
                            gtk_widget_get_scale_factor (widget) };
  cairo_t     *cr;

  if (viewport.width <= 0 || viewport.height <= 0)
    return;

  cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)viewport.width, (float)viewport.height));
  if (self->motion != NULL)
    hs_scene_motion_paint (self->motion, cr, adw_animation_get_value (self->moving), self->theme);
  else
    hs_tiles_paint (self->tiles, cr, &viewport, TILE_BUDGET);
  if (self->motion == NULL)
    draw_marks (self, cr);
  cairo_destroy (cr);
}

static void
hs_scene_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  HsSceneView *self = HS_SCENE_VIEW (widget);

  hs_proxies_allocate (self->proxies);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));

  /* The proxies ask for an allocation whenever they have changed. */
  if (width == self->allocated_width && height == self->allocated_height)
    return;

  self->allocated_width = width;
  self->allocated_height = height;
  _hs_scene_view_resized (self);
}

static gboolean
hs_scene_view_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard_tooltip,
                             GtkTooltip *tooltip)
{
  HsSceneView     *self = HS_SCENE_VIEW (widget);
  guint            item = keyboard_tooltip ? self->selected : _hs_scene_view_hit (self, x, y).item;
  g_autofree char *text = NULL;
  HsRect           area;

  if (item >= _hs_scene_view_get_n_items (self) || self->is_dragging)
    return FALSE;

  hs_scene_view_get_item_area (self, item, &area);
  text = hs_scene_describe_item (self->scene, item);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle) { (int)area.x, (int)area.y,
                                              (int)ceil (area.width), (int)ceil (area.height) });

  return TRUE;
}

const HsTheme *
hs_scene_view_find_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         is_dark = adw_style_manager_get_dark (manager);
  HsThemeKind      kind = is_dark ? HS_THEME_DARK : HS_THEME_LIGHT;

  if (adw_style_manager_get_high_contrast (manager))
    kind = is_dark ? HS_THEME_HIGH_CONTRAST_DARK : HS_THEME_HIGH_CONTRAST;

  return hs_theme_get (kind);
}

static void
update_theme (HsSceneView *self)
{
  self->theme = hs_scene_view_find_theme ();
  hs_tiles_set_theme (self->tiles, self->theme);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
hs_scene_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HsSceneView *self = HS_SCENE_VIEW (object);

  switch (prop_id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, hs_scene_view_get_zoom (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_scene_view_dispose (GObject *object)
{
  HsSceneView *self = HS_SCENE_VIEW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->proxies, hs_proxies_free);
  _hs_scene_view_stop_motion (self);
  g_clear_pointer (&self->tiles, hs_tiles_free);
  g_clear_pointer (&self->scene, hs_scene_unref);

  G_OBJECT_CLASS (hs_scene_view_parent_class)->dispose (object);
}

static void
hs_scene_view_class_init (HsSceneViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hs_scene_view_get_property;
  object_class->dispose = hs_scene_view_dispose;
  widget_class->size_allocate = hs_scene_view_size_allocate;
  widget_class->snapshot = hs_scene_view_snapshot;
  widget_class->query_tooltip = hs_scene_view_query_tooltip;

  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 0, HS_SCENE_VIEW_MAX_ZOOM, 1,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[MENU_REQUESTED] =
    g_signal_new ("menu-requested", HS_TYPE_SCENE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[ITEM_ACTIVATED] =
    g_signal_new ("item-activated", HS_TYPE_SCENE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[SELECTION_CHANGED] =
    g_signal_new ("selection-changed", HS_TYPE_SCENE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "scene");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
hs_scene_view_init (HsSceneView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->tiles = hs_tiles_new (tiles_ready_cb, self);
  self->proxies = hs_proxies_new (self);
  self->zoom = self->text_scale = 1;
  self->selected = HS_NO_ITEM;
  self->hovered = HS_NO_ITEM;
  self->found = HS_NO_ITEM;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Picture of the heap"), -1);
  _hs_scene_view_setup_input (self);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_theme), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_theme), self,
                           G_CONNECT_SWAPPED);
  update_theme (self);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (_hs_scene_view_update_text_scale), self, G_CONNECT_SWAPPED);
  _hs_scene_view_update_text_scale (self);
}
