/* hs-graph-view.c - a scene to look at, walk through and point at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-view-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Microseconds of a frame of 16 ms for drawing tiles: the rest is GTK's. */
#define TILE_BUDGET 8000

enum
{
  PROP_ZOOM = 1,
  N_PROPS
};

enum
{
  BOX_ACTIVATED,
  SELECTION_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsGraphView, hs_graph_view, GTK_TYPE_WIDGET)

static double
view_width (HsGraphView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self));
}

static double
view_height (HsGraphView *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

guint
_hs_graph_view_get_n_boxes (HsGraphView *self)
{
  return self->scene != NULL ? hs_graph_get_n_boxes (hs_graph_scene_get_graph (self->scene)) : 0;
}

const HsGraphBox *
_hs_graph_view_get_box (HsGraphView *self,
                        guint        box)
{
  return hs_graph_get_box (hs_graph_scene_get_graph (self->scene), box);
}

HsHit
_hs_graph_view_hit (HsGraphView *self,
                    double       x,
                    double       y)
{
  if (self->scene == NULL || x < 0 || y < 0)
    return (HsHit) { HS_HIT_NOTHING, HS_GRAPH_NONE, HS_GRAPH_NONE };

  return hs_graph_scene_hit (self->scene, (self->x + x) / self->zoom, (self->y + y) / self->zoom);
}

void
_hs_graph_view_set_hovered (HsGraphView *self,
                            guint        box)
{
  if (box == self->hovered)
    return;

  self->hovered = box;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_hs_graph_view_activate (HsGraphView *self,
                         const HsHit *hit)
{
  g_signal_emit (self, signals[BOX_ACTIVATED], 0, hit->box, hit->row, (guint)hit->kind);
}

/* The box of this scene that stands for @box of another: the same box, or one
 * that took over its object when a group was opened.
 */
static guint
find_same_box (HsGraphView      *self,
               const HsGraphBox *box)
{
  guint n_boxes = _hs_graph_view_get_n_boxes (self);

  for (guint i = 0; i < n_boxes; i++)
    if (_hs_graph_view_get_box (self, i)->key == box->key)
      return i;
  if (n_boxes == 0 || box->object == HS_NO_OBJECT)
    return HS_GRAPH_NONE;

  return hs_graph_find_object (hs_graph_scene_get_graph (self->scene), box->object);
}

static guint
find_key (HsGraphView *self,
          guint64      key)
{
  for (guint i = 0; i < _hs_graph_view_get_n_boxes (self); i++)
    if (_hs_graph_view_get_box (self, i)->key == key)
      return i;

  return HS_GRAPH_NONE;
}

static void
take_scene (HsGraphView  *self,
            HsGraphScene *scene)
{
  g_clear_pointer (&self->scene, hs_graph_scene_unref);
  if (scene != NULL)
    self->scene = hs_graph_scene_ref (scene);
  self->selected = HS_GRAPH_NONE;
  self->hovered = HS_GRAPH_NONE;
  self->found = HS_GRAPH_NONE;
  hs_graph_tiles_set_scene (self->tiles, scene);
  hs_graph_proxies_clear (self->proxies);
}

/* The old scene lives as long as its boxes are compared with the new ones. */
static void
replace_scene (HsGraphView  *self,
               HsGraphScene *scene,
               guint64       keep_box)
{
  g_autoptr(HsGraphScene) old = hs_graph_scene_ref (self->scene);
  HsGraph *graph = hs_graph_scene_get_graph (old);
  guint    kept = find_key (self, keep_box);
  guint    selected = self->selected;
  HsRect   area = { 0, 0, 0, 0 };

  if (kept != HS_GRAPH_NONE)
    hs_graph_view_get_box_area (self, kept, &area);

  take_scene (self, scene);
  if (kept != HS_GRAPH_NONE)
    kept = find_same_box (self, hs_graph_get_box (graph, kept));
  if (selected != HS_GRAPH_NONE)
    self->selected = find_same_box (self, hs_graph_get_box (graph, selected));

  self->is_placed = TRUE;
  if (kept != HS_GRAPH_NONE)
    {
      HsRect rect;

      hs_graph_scene_get_box_rect (scene, kept, &rect);
      _hs_graph_view_set_viewport (self, rect.x * self->zoom - area.x, rect.y * self->zoom - area.y,
                                   self->zoom);
    }
  else
    _hs_graph_view_set_viewport (self, self->x, self->y, self->zoom);
}

void
hs_graph_view_set_scene (HsGraphView  *self,
                         HsGraphScene *scene,
                         guint64       keep_box)
{
  g_return_if_fail (HS_IS_GRAPH_VIEW (self));

  if (scene == self->scene)
    return;

  _hs_graph_view_stop_flick (self);
  if (self->scene != NULL && scene != NULL && keep_box != HS_GRAPH_VIEW_KEEP_NOTHING)
    replace_scene (self, scene, keep_box);
  else
    {
      take_scene (self, scene);
      self->is_placed = FALSE;
      _hs_graph_view_place_first (self);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

HsGraphScene *
hs_graph_view_get_scene (HsGraphView *self)
{
  g_return_val_if_fail (HS_IS_GRAPH_VIEW (self), NULL);

  return self->scene;
}

guint
hs_graph_view_get_selected (HsGraphView *self)
{
  g_return_val_if_fail (HS_IS_GRAPH_VIEW (self), HS_GRAPH_NONE);

  return self->selected;
}

void
hs_graph_view_select (HsGraphView *self,
                      guint        box)
{
  g_return_if_fail (HS_IS_GRAPH_VIEW (self));
  g_return_if_fail (box == HS_GRAPH_NONE || box < _hs_graph_view_get_n_boxes (self));

  if (box == self->selected)
    return;

  self->selected = box;
  _hs_graph_view_changed (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
hs_graph_view_set_found (HsGraphView *self,
                         guint        box)
{
  g_return_if_fail (HS_IS_GRAPH_VIEW (self));

  if (box == self->found)
    return;

  self->found = box;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
missing_tick_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  HsGraphView *self = HS_GRAPH_VIEW (widget);

  self->missing_tick = 0;
  gtk_widget_queue_draw (widget);

  return G_SOURCE_REMOVE;
}

static void
draw_marks (HsGraphView *self,
            cairo_t     *cr)
{
  double scale = self->zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  guint  n_boxes = _hs_graph_view_get_n_boxes (self);

  cairo_translate (cr, -self->x, -self->y);
  cairo_scale (cr, self->zoom, self->zoom);
  if (self->hovered < n_boxes && self->hovered != self->selected)
    hs_graph_scene_draw_mark (self->scene, cr, self->hovered, HS_MARK_HOVERED, scale, self->theme);
  if (self->selected < n_boxes)
    hs_graph_scene_draw_mark (self->scene, cr, self->selected, HS_MARK_SELECTED, scale,
                              self->theme);
  if (self->found < n_boxes)
    hs_graph_scene_draw_mark (self->scene, cr, self->found, HS_MARK_FOUND, scale, self->theme);
}

static void
hs_graph_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  HsGraphView    *self = HS_GRAPH_VIEW (widget);
  HsGraphViewport viewport = { self->x, self->y, view_width (self), view_height (self), self->zoom,
                               gtk_widget_get_scale_factor (widget) };
  cairo_t        *cr;

  if (viewport.width <= 0 || viewport.height <= 0)
    return;

  cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)viewport.width, (float)viewport.height));
  if (!hs_graph_tiles_paint (self->tiles, cr, &viewport, TILE_BUDGET) && self->missing_tick == 0)
    self->missing_tick = gtk_widget_add_tick_callback (widget, missing_tick_cb, NULL, NULL);
  draw_marks (self, cr);
  cairo_destroy (cr);
}

static void
hs_graph_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  HsGraphView *self = HS_GRAPH_VIEW (widget);

  hs_graph_proxies_allocate (self->proxies);

  /* The proxies ask for an allocation whenever they have changed. */
  if (width == self->allocated_width && height == self->allocated_height)
    return;

  self->allocated_width = width;
  self->allocated_height = height;
  _hs_graph_view_resized (self);
}

static gboolean
hs_graph_view_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard_tooltip,
                             GtkTooltip *tooltip)
{
  HsGraphView     *self = HS_GRAPH_VIEW (widget);
  guint            box = keyboard_tooltip ? self->selected : _hs_graph_view_hit (self, x, y).box;
  g_autofree char *text = NULL;
  HsRect           area;

  if (box >= _hs_graph_view_get_n_boxes (self) || self->is_dragging)
    return FALSE;

  hs_graph_view_get_box_area (self, box, &area);
  text = hs_graph_describe_box (hs_graph_scene_get_graph (self->scene), box);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle) { (int)area.x, (int)area.y,
                                              (int)ceil (area.width), (int)ceil (area.height) });

  return TRUE;
}

static void
update_theme (HsGraphView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         is_dark = adw_style_manager_get_dark (manager);
  HsThemeKind      kind = is_dark ? HS_THEME_DARK : HS_THEME_LIGHT;

  if (adw_style_manager_get_high_contrast (manager))
    kind = is_dark ? HS_THEME_HIGH_CONTRAST_DARK : HS_THEME_HIGH_CONTRAST;

  self->theme = hs_theme_get (kind);
  hs_graph_tiles_set_theme (self->tiles, self->theme);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
hs_graph_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HsGraphView *self = HS_GRAPH_VIEW (object);

  switch (prop_id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_graph_view_dispose (GObject *object)
{
  HsGraphView *self = HS_GRAPH_VIEW (object);

  g_clear_pointer (&self->proxies, hs_graph_proxies_free);
  g_clear_pointer (&self->tiles, hs_graph_tiles_free);
  g_clear_pointer (&self->scene, hs_graph_scene_unref);

  G_OBJECT_CLASS (hs_graph_view_parent_class)->dispose (object);
}

static void
hs_graph_view_class_init (HsGraphViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hs_graph_view_get_property;
  object_class->dispose = hs_graph_view_dispose;
  widget_class->size_allocate = hs_graph_view_size_allocate;
  widget_class->snapshot = hs_graph_view_snapshot;
  widget_class->query_tooltip = hs_graph_view_query_tooltip;

  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 0, HS_GRAPH_VIEW_MAX_ZOOM, 1,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BOX_ACTIVATED] =
    g_signal_new ("box-activated", HS_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[SELECTION_CHANGED] =
    g_signal_new ("selection-changed", HS_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "graph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
hs_graph_view_init (HsGraphView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->tiles = hs_graph_tiles_new ();
  self->proxies = hs_graph_proxies_new (self);
  self->zoom = 1;
  self->selected = HS_GRAPH_NONE;
  self->hovered = HS_GRAPH_NONE;
  self->found = HS_GRAPH_NONE;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Object graph"), -1);
  _hs_graph_view_setup_input (self);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_theme), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_theme), self,
                           G_CONNECT_SWAPPED);
  update_theme (self);
}
