/* hs-graph-panel.c - the object graph with its tools and empty states
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-panel-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-format.h"

/* Milliseconds before waiting is worth a word: shorter waits only flicker. */
#define BUSY_DELAY 300

#define ZOOM_STEP 1.2

enum
{
  PROP_SCENE = 1,
  PROP_VALUES_IN_ROWS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HsGraphPanel, hs_graph_panel, ADW_TYPE_BIN)

void
_hs_graph_panel_update_actions (HsGraphPanel *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_scene = self->scene != NULL;

  gtk_widget_action_set_enabled (widget, "graph.cancel", self->building != NULL);
  gtk_widget_action_set_enabled (widget, "graph.reset", has_scene);
  gtk_widget_action_set_enabled (widget, "graph.show-more", has_scene);
  gtk_widget_action_set_enabled (widget, "graph.find", has_scene);
  gtk_widget_action_set_enabled (widget, "graph.find-next", has_scene && self->n_matches > 0);
  gtk_widget_action_set_enabled (widget, "graph.find-previous", has_scene && self->n_matches > 0);
  gtk_widget_action_set_enabled (widget, "graph.zoom-in", has_scene);
  gtk_widget_action_set_enabled (widget, "graph.zoom-out", has_scene);
  gtk_widget_action_set_enabled (widget, "graph.fit", has_scene);
  gtk_widget_action_set_enabled (widget, "graph.actual-size", has_scene);
}

static void
set_busy (HsGraphPanel *self,
          gboolean      is_busy)
{
  gtk_widget_set_visible (self->busy_box, is_busy);
  gtk_spinner_set_spinning (self->busy_spinner, is_busy);
}

static void
set_scene (HsGraphPanel *self,
           HsGraphScene *scene,
           guint64       keep_box)
{
  g_clear_pointer (&self->scene, hs_graph_scene_unref);
  if (scene != NULL)
    self->scene = hs_graph_scene_ref (scene);
  hs_graph_view_set_scene (self->view, scene, keep_box);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
}

/* @text: plain text, nullable */
static void
show_status (HsGraphPanel *self,
             const char   *icon,
             const char   *title,
             const char   *text)
{
  g_autofree char *markup = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  adw_status_page_set_icon_name (self->status_page, icon);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, markup);
  gtk_widget_set_visible (self->left_out_box, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_invitation (HsGraphPanel *self)
{
  const char *text =
    _("Run the code to see its names, the objects they refer to, and the bytes they occupy.");

  show_status (self, APP_ID "-symbolic", _("Objects Appear Here"), text);
}

/* A module scope without a single name, and nothing else. */
static gboolean
has_no_names (HsGraph *graph)
{
  for (guint i = 0; i < hs_graph_get_n_boxes (graph); i++)
    {
      const HsGraphBox *box = hs_graph_get_box (graph, i);

      if (box->kind != HS_BOX_SCOPE || box->n_rows > 0 || box->is_folded)
        return FALSE;
    }

  return TRUE;
}

/* What is folded or stands behind "… N more" says so itself. Here it is about
 * what was left out because there are too many boxes.
 */
static void
update_left_out (HsGraphPanel *self,
                 HsGraph      *graph)
{
  guint64          n_left_out = hs_graph_get_n_left_out (graph);
  gboolean         is_incomplete = FALSE;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < hs_graph_get_n_boxes (graph) && !is_incomplete; i++)
    is_incomplete = hs_graph_get_box (graph, i)->is_incomplete;

  count = hs_format_count (n_left_out);
  /* translators: %s is a number with separated thousands */
  text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object is not shown",
                                  "%s objects are not shown", (gulong)MIN (n_left_out, G_MAXULONG)),
                     count);
  gtk_label_set_text (self->left_out_label, text);
  gtk_widget_set_visible (self->left_out_box, is_incomplete && n_left_out > 0);
}

static void
show_scene (HsGraphPanel *self,
            HsGraphScene *scene)
{
  HsGraph *graph = hs_graph_scene_get_graph (scene);

  if (has_no_names (graph))
    {
      const char *text =
        _("The code gave no object a name, so there is nothing that a graph could start from.");

      set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
      show_status (self, APP_ID "-symbolic", _("No Names"), text);
    }
  else
    {
      set_scene (self, scene, self->keep_box);
      update_left_out (self, graph);
      gtk_stack_set_visible_child_name (self->stack, "graph");
    }
  _hs_graph_panel_update_matches (self);
}

/* Ends the build, if there is one, without a result. */
static void
stop_building (HsGraphPanel *self)
{
  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_pointer (&self->wanted, hs_graph_wishes_free);
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  set_busy (self, FALSE);
  _hs_graph_panel_update_actions (self);
}

static void
build_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HsGraphPanel) self = hs_weak_ref_take (user_data);
  g_autoptr(HsGraphScene) scene = NULL;
  g_autoptr(GError) error = NULL;

  scene = hs_graph_wishes_build_finish (result, &error);

  /* The panel is gone, or a newer build has taken over. */
  if (self == NULL || self->building == NULL ||
      self->building != g_task_get_cancellable (G_TASK (result)))
    return;

  g_clear_pointer (&self->shown, hs_graph_wishes_free);
  self->shown = g_steal_pointer (&self->wanted);
  stop_building (self);
  if (scene != NULL)
    {
      show_scene (self, scene);
      return;
    }

  set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
  show_status (self, "dialog-warning-symbolic", _("No Graph"), error->message);
  _hs_graph_panel_update_matches (self);
}

static gboolean
busy_timeout_cb (gpointer user_data)
{
  HsGraphPanel *self = user_data;

  self->busy_timeout = 0;
  set_busy (self, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "graph");

  return G_SOURCE_REMOVE;
}

/* @wishes: (transfer full) */
static void
build (HsGraphPanel  *self,
       HsGraphWishes *wishes,
       guint64        keep_box)
{
  stop_building (self);
  self->wanted = wishes;
  self->keep_box = keep_box;
  self->building = g_cancellable_new ();
  self->busy_timeout = g_timeout_add (BUSY_DELAY, busy_timeout_cb, self);
  _hs_graph_panel_update_actions (self);

  hs_graph_wishes_build_async (wishes, self->heap, self->building, build_cb,
                               hs_weak_ref_new (self));
}

/* Whether what is on the screen is of the heap that is known now. */
static gboolean
is_current (HsGraphPanel *self)
{
  return self->scene != NULL && self->heap != NULL &&
         hs_graph_get_heap (hs_graph_scene_get_graph (self->scene)) == self->heap;
}

/* The newest wishes for changing. Returns: (transfer full) */
static HsGraphWishes *
dup_wishes (HsGraphPanel *self)
{
  const HsGraphWishes *newest = self->wanted != NULL ? self->wanted : self->shown;

  return newest != NULL ? hs_graph_wishes_copy (newest)
                        : hs_graph_wishes_new (self->values_in_rows);
}

static void
box_activated_cb (HsGraphPanel *self,
                  guint         index,
                  guint         row,
                  guint         kind)
{
  const HsGraphBox *box;
  HsGraphWishes    *wishes;

  if (!is_current (self))
    return;

  box = hs_graph_get_box (hs_graph_scene_get_graph (self->scene), index);
  if (kind != HS_HIT_MORE && box->kind != HS_BOX_GROUP && !box->is_folded &&
      (box->n_rows == 0 || box->kind != HS_BOX_OBJECT))
    return;

  wishes = dup_wishes (self);
  if (kind == HS_HIT_MORE)
    hs_graph_wishes_show_more_rows (wishes, box->key);
  else if (box->kind == HS_BOX_GROUP)
    hs_graph_options_open_group (wishes->options, box->key);
  else
    hs_graph_options_set_folded (wishes->options, box->key, !box->is_folded);
  build (self, wishes, box->key);
}

static void
notify_zoom_cb (HsGraphPanel *self)
{
  /* translators: size of the graph in percent; %% is a percent sign */
  g_autofree char *text = g_strdup_printf (_("%.0f%%"), 100 * hs_graph_view_get_zoom (self->view));

  gtk_button_set_label (self->zoom_button, text);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);

  if (self->building == NULL)
    return;

  stop_building (self);
  if (is_current (self))
    {
      /* The switch goes back to what is seen. */
      self->values_in_rows = hs_graph_options_get_values_in_rows (self->shown->options);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUES_IN_ROWS]);
      return;
    }

  set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
  show_status (self, APP_ID "-symbolic", _("No Graph"), _("Arranging the graph was canceled."));
  _hs_graph_panel_update_matches (self);
}

static void
reset_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);

  if (self->heap != NULL)
    build (self, hs_graph_wishes_new (self->values_in_rows),
           hs_graph_view_get_center_key (self->view));
}

static void
show_more_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsGraphPanel  *self = HS_GRAPH_PANEL (widget);
  HsGraphWishes *wishes;

  if (!is_current (self))
    return;

  wishes = dup_wishes (self);
  hs_graph_wishes_show_more_boxes (wishes);
  build (self, wishes, hs_graph_view_get_center_key (self->view));
}

static void
zoom_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);

  if (g_str_equal (action, "graph.zoom-in"))
    hs_graph_view_zoom_by (self->view, ZOOM_STEP);
  else if (g_str_equal (action, "graph.zoom-out"))
    hs_graph_view_zoom_by (self->view, 1 / ZOOM_STEP);
  else if (g_str_equal (action, "graph.fit"))
    hs_graph_view_zoom_to_fit (self->view);
  else
    hs_graph_view_zoom_to_actual_size (self->view);
}

static void
set_values_in_rows (HsGraphPanel *self,
                    gboolean      values_in_rows)
{
  if (values_in_rows == self->values_in_rows)
    return;

  self->values_in_rows = values_in_rows;
  if (self->heap != NULL)
    {
      HsGraphWishes *wishes = dup_wishes (self);

      hs_graph_options_set_values_in_rows (wishes->options, values_in_rows);
      build (self, wishes,
             is_current (self) ? hs_graph_view_get_center_key (self->view)
                               : HS_GRAPH_VIEW_KEEP_NOTHING);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUES_IN_ROWS]);
}

void
hs_graph_panel_set_heap (HsGraphPanel *self,
                         HsHeap       *heap,
                         const char   *reason)
{
  g_return_if_fail (HS_IS_GRAPH_PANEL (self));

  stop_building (self);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_clear_pointer (&self->shown, hs_graph_wishes_free);
  if (heap != NULL)
    {
      self->heap = hs_heap_ref (heap);
      build (self, hs_graph_wishes_new (self->values_in_rows), HS_GRAPH_VIEW_KEEP_NOTHING);
      /* The picture of the heap before stays until then, but is no answer. */
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
      return;
    }

  set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
  if (reason != NULL)
    show_status (self, "dialog-warning-symbolic", _("No Graph"), reason);
  else
    show_invitation (self);
  _hs_graph_panel_update_matches (self);
}

HsGraphScene *
hs_graph_panel_get_scene (HsGraphPanel *self)
{
  g_return_val_if_fail (HS_IS_GRAPH_PANEL (self), NULL);

  return is_current (self) ? self->scene : NULL;
}

gboolean
hs_graph_panel_has_focus (HsGraphPanel *self)
{
  GtkRoot   *root;
  GtkWidget *focus;

  g_return_val_if_fail (HS_IS_GRAPH_PANEL (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->scene != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
hs_graph_panel_focus (HsGraphPanel *self)
{
  g_return_if_fail (HS_IS_GRAPH_PANEL (self));

  if (self->scene != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    gtk_widget_grab_focus (self->run_button);
}

static void
hs_graph_panel_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (object);

  switch (prop_id)
    {
    case PROP_SCENE:
      g_value_set_pointer (value, self->scene);
      break;
    case PROP_VALUES_IN_ROWS:
      g_value_set_boolean (value, self->values_in_rows);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_graph_panel_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (object);

  switch (prop_id)
    {
    case PROP_VALUES_IN_ROWS:
      set_values_in_rows (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_graph_panel_dispose (GObject *object)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (object);

  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  g_clear_pointer (&self->wanted, hs_graph_wishes_free);
  g_clear_pointer (&self->shown, hs_graph_wishes_free);
  g_clear_pointer (&self->scene, hs_graph_scene_unref);
  g_clear_pointer (&self->heap, hs_heap_unref);

  G_OBJECT_CLASS (hs_graph_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-graph-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, status_page);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, run_button);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, view);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, find_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, find_entry);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, find_label);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, left_out_box);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, left_out_label);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, busy_box);
  gtk_widget_class_bind_template_child (widget_class, HsGraphPanel, busy_spinner);
  gtk_widget_class_bind_template_callback (widget_class, box_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_zoom_cb);
}

static void
hs_graph_panel_class_init (HsGraphPanelClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hs_graph_panel_get_property;
  object_class->set_property = hs_graph_panel_set_property;
  object_class->dispose = hs_graph_panel_dispose;

  properties[PROP_SCENE] =
    g_param_spec_pointer ("scene", NULL, NULL,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VALUES_IN_ROWS] =
    g_param_spec_boolean ("values-in-rows", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "graph.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "graph.reset", NULL, reset_action);
  gtk_widget_class_install_action (widget_class, "graph.show-more", NULL, show_more_action);
  gtk_widget_class_install_action (widget_class, "graph.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "graph.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "graph.fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "graph.actual-size", NULL, zoom_action);
  gtk_widget_class_install_property_action (widget_class, "graph.values-in-rows", "values-in-rows");

  g_type_ensure (HS_TYPE_GRAPH_VIEW);
  bind_template (widget_class);
  _hs_graph_panel_install_find (widget_class);
}

static void
hs_graph_panel_init (HsGraphPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hs_accessible_use_label_only (self->run_button);
  notify_zoom_cb (self);
  show_invitation (self);
  _hs_graph_panel_update_actions (self);
}
