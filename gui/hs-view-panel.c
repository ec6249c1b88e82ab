/* hs-view-panel.c - one view of a heap with its tools and empty states
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"

/* Milliseconds before waiting is worth a word: shorter waits only flicker. */
#define BUSY_DELAY 300

#define ZOOM_STEP 1.2

enum
{
  PROP_SCENE = 1,
  N_PROPS
};

enum
{
  OBJECT_SELECTED,
  PLACE_SELECTED,
  OPTION_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsViewPanel, hs_view_panel, ADW_TYPE_BIN)

void
_hs_view_panel_update_actions (HsViewPanel *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_scene = self->scene != NULL;

  gtk_widget_action_set_enabled (widget, "view.cancel", self->building != NULL);
  gtk_widget_action_set_enabled (widget, "view.reset", has_scene);
  gtk_widget_action_set_enabled (widget, "view.show-more", has_scene);
  gtk_widget_action_set_enabled (widget, "view.find", has_scene);
  gtk_widget_action_set_enabled (widget, "view.find-next", has_scene && self->n_matches > 0);
  gtk_widget_action_set_enabled (widget, "view.find-previous", has_scene && self->n_matches > 0);
  gtk_widget_action_set_enabled (widget, "view.zoom-in", has_scene);
  gtk_widget_action_set_enabled (widget, "view.zoom-out", has_scene);
  gtk_widget_action_set_enabled (widget, "view.fit", has_scene);
  gtk_widget_action_set_enabled (widget, "view.actual-size", has_scene);
}

static void
set_busy (HsViewPanel *self,
          gboolean     is_busy)
{
  gtk_widget_set_visible (self->busy_box, is_busy);
  gtk_spinner_set_spinning (self->busy_spinner, is_busy);
}

static void
update_answer (HsViewPanel *self)
{
  g_autofree char *text = self->scene != NULL ? hs_scene_dup_answer (self->scene) : NULL;

  if (text != NULL)
    gtk_label_set_text (self->answer_label, text);
  gtk_revealer_set_reveal_child (self->answer_revealer, text != NULL);
}

static void
set_scene (HsViewPanel *self,
           HsScene     *scene,
           guint64      keep)
{
  g_clear_pointer (&self->scene, hs_scene_unref);
  if (scene != NULL)
    self->scene = hs_scene_ref (scene);
  self->is_selecting = TRUE;
  hs_scene_view_set_scene (self->view, scene, keep);
  self->is_selecting = FALSE;
  _hs_view_panel_update_legend (self);
  update_answer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
}

static void
update_left_out (HsViewPanel *self)
{
  g_autofree char *text = hs_scene_dup_left_out (self->scene);
  gboolean         can_show_more = hs_scene_can_show_more (self->scene);

  gtk_label_set_text (self->left_out_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->left_out_box, text != NULL && can_show_more);
}

/* Selects what stands for the object that is selected in all views. */
static void
show_object (HsViewPanel *self)
{
  guint item = hs_scene_find_object (self->scene, self->object);
  guint selected = hs_scene_view_get_selected (self->view);

  if (item == selected || (item == HS_NO_ITEM && self->object != HS_NO_OBJECT))
    return;
  /* Another item of the same object, or one of no object. */
  if (selected != HS_NO_ITEM &&
      hs_scene_get_item_object (self->scene, selected) == self->object)
    return;

  self->is_selecting = TRUE;
  hs_scene_view_select (self->view, item);
  if (item != HS_NO_ITEM)
    hs_scene_view_scroll_to_item (self->view, item);
  self->is_selecting = FALSE;
}

static void
show_scene (HsViewPanel *self,
            HsScene     *scene)
{
  set_scene (self, scene, self->keep);
  update_left_out (self);
  gtk_widget_set_visible (self->picture, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "picture");
  show_object (self);
  _hs_view_panel_update_matches (self);
}

/* Ends the build, if there is one, without a result. */
static void
stop_building (HsViewPanel *self)
{
  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_pointer (&self->wanted, hs_wishes_free);
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  set_busy (self, FALSE);
  _hs_view_panel_update_actions (self);
}

static void
show_nothing (HsViewPanel *self)
{
  set_scene (self, NULL, HS_SCENE_VIEW_KEEP_NOTHING);
  gtk_widget_set_visible (self->left_out_box, FALSE);
  _hs_view_panel_update_matches (self);
}

static void
show_error (HsViewPanel  *self,
            const GError *error)
{
  gboolean is_empty = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  show_nothing (self);
  _hs_view_panel_show_status (self, is_empty ? APP_ID "-symbolic" : "dialog-warning-symbolic",
                              is_empty ? _("Nothing to Show") : _("No Picture"), error->message);
}

/* Building */

/* The first picture of a view may not show what was selected in another one. */
static void
ask_for_object (HsViewPanel *self)
{
  if (self->object == HS_NO_OBJECT || self->object == self->asked_for ||
      hs_scene_find_object (self->scene, self->object) != HS_NO_ITEM)
    return;

  /* Once: not every object has a place in every view. */
  self->asked_for = self->object;
  hs_view_panel_select_object (self, self->object);
}

static void
build_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HsViewPanel) self = hs_weak_ref_take (user_data);
  g_autoptr(HsScene) scene = NULL;
  g_autoptr(GError) error = NULL;

  scene = g_task_propagate_pointer (G_TASK (result), &error);

  /* The panel is gone, or a newer build has taken over. */
  if (self == NULL || self->building == NULL ||
      self->building != g_task_get_cancellable (G_TASK (result)))
    return;

  g_clear_pointer (&self->shown, hs_wishes_free);
  self->shown = g_steal_pointer (&self->wanted);
  stop_building (self);
  if (scene != NULL)
    {
      show_scene (self, scene);
      ask_for_object (self);
    }
  else
    show_error (self, error);
}

static gboolean
busy_timeout_cb (gpointer user_data)
{
  HsViewPanel *self = user_data;

  self->busy_timeout = 0;
  set_busy (self, TRUE);
  gtk_widget_set_visible (self->picture, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "picture");

  return G_SOURCE_REMOVE;
}

/* Whether what is on the screen is of the heap that is known now. */
static gboolean
is_current (HsViewPanel *self)
{
  return self->scene != NULL && self->heap != NULL && hs_scene_get_heap (self->scene) == self->heap;
}

/* Whether it is of another moment of the same history. */
static gboolean
is_near (HsViewPanel *self)
{
  HsHistory *history = self->heap != NULL ? hs_heap_get_history (self->heap) : NULL;

  return self->scene != NULL && history != NULL &&
         hs_heap_get_history (hs_scene_get_heap (self->scene)) == history;
}

/* The bar follows @wishes: a part of a picture can stand for a choice, and a
 * choice can be taken back.
 */
static void
take_options (HsViewPanel    *self,
              const HsWishes *wishes)
{
  guint n_options;

  hs_view_get_options (self->what, &n_options);
  for (guint i = 0; i < n_options; i++)
    {
      guint choice = hs_wishes_get_option (wishes, i);

      if (choice == self->choices[i])
        continue;
      self->choices[i] = choice;
      _hs_view_panel_update_options (self);
      g_signal_emit (self, signals[OPTION_CHANGED], 0, i, choice);
    }
}

void
_hs_view_panel_build (HsViewPanel *self,
                      HsWishes    *wishes,
                      guint64      keep)
{
  g_autoptr(GTask) task = NULL;

  stop_building (self);
  self->wanted = wishes;
  self->keep = keep;
  self->building = g_cancellable_new ();
  self->busy_timeout = g_timeout_add (BUSY_DELAY, busy_timeout_cb, self);
  _hs_view_panel_update_actions (self);
  take_options (self, wishes);

  task = g_task_new (NULL, self->building, build_cb, hs_weak_ref_new (self));
  _hs_view_panel_run_build (task, wishes, self->heap,
                            is_current (self) || is_near (self) ? self->scene : NULL);
}

/* Returns: (transfer full) */
static HsWishes *
new_wishes (HsViewPanel *self)
{
  HsWishes *wishes = hs_wishes_new (self->what);
  guint     n_options;

  hs_view_get_options (self->what, &n_options);
  for (guint i = 0; i < n_options; i++)
    hs_wishes_set_option (wishes, i, self->choices[i]);
  hs_wishes_set_compared (wishes, self->compared);
  if (self->heap != NULL && self->object != HS_NO_OBJECT)
    hs_wishes_select (wishes, self->heap, self->object);

  return wishes;
}

HsWishes *
_hs_view_panel_dup_wishes (HsViewPanel *self)
{
  const HsWishes *newest = self->wanted != NULL ? self->wanted : self->shown;

  return newest != NULL ? hs_wishes_copy (newest) : new_wishes (self);
}

/* Whether another kind of picture is being made than the one that is seen: what is
 * activated in that one means nothing then.
 */
static gboolean
has_other_options (HsViewPanel *self)
{
  guint n_options;

  hs_view_get_options (self->what, &n_options);
  for (guint i = 0; self->wanted != NULL && self->shown != NULL && i < n_options; i++)
    if (hs_wishes_get_option (self->wanted, i) != hs_wishes_get_option (self->shown, i))
      return TRUE;

  return FALSE;
}

static void
item_activated_cb (HsViewPanel *self,
                   guint        item,
                   guint        part,
                   guint        kind)
{
  const HsHit hit = { (HsHitKind)kind, item, part };
  g_autoptr(HsWishes) wishes = NULL;

  if (!is_current (self) || has_other_options (self))
    return;

  wishes = _hs_view_panel_dup_wishes (self);
  if (hs_wishes_activate (wishes, self->scene, &hit))
    _hs_view_panel_build (self, g_steal_pointer (&wishes),
                          hs_scene_get_item_key (self->scene, item));
}

static void
select_place (HsViewPanel *self,
              guint        item)
{
  guint line = hs_scene_get_item_line (self->scene, item);
  guint moment = hs_scene_get_item_moment (self->scene, item);

  if (line != 0 || moment != HS_NO_MOMENT)
    g_signal_emit (self, signals[PLACE_SELECTED], 0, line, moment);
}

static void
selection_changed_cb (HsViewPanel *self)
{
  guint item = hs_scene_view_get_selected (self->view);

  if (self->is_selecting || !is_current (self))
    return;

  self->object =
    item != HS_NO_ITEM ? hs_scene_get_item_object (self->scene, item) : HS_NO_OBJECT;
  g_signal_emit (self, signals[OBJECT_SELECTED], 0, self->object);
  if (item != HS_NO_ITEM)
    select_place (self, item);
}

static void
menu_requested_cb (HsViewPanel *self,
                   guint        item,
                   double       x,
                   double       y)
{
  if (is_current (self))
    _hs_view_panel_show_menu (self, item, x, y);
}

static void
ask_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  HsViewPanel *self = HS_VIEW_PANEL (widget);
  HsQuestion   question = (HsQuestion)g_variant_get_int32 (parameter);
  g_autoptr(HsWishes) wishes = NULL;

  if (!is_current (self))
    return;

  wishes = _hs_view_panel_dup_wishes (self);
  if (hs_wishes_ask (wishes, question, self->object))
    _hs_view_panel_build (self, g_steal_pointer (&wishes),
                          hs_scene_view_get_center_key (self->view));
}

static void
notify_zoom_cb (HsViewPanel *self)
{
  /* translators: size of the picture in percent; %% is a percent sign */
  g_autofree char *text = g_strdup_printf (_("%.0f%%"), 100 * hs_scene_view_get_zoom (self->view));

  gtk_button_set_label (self->zoom_button, text);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsViewPanel *self = HS_VIEW_PANEL (widget);
  const char  *text = _("Preparing the picture was canceled.");

  if (self->building == NULL)
    return;

  stop_building (self);
  if (self->shown != NULL)
    take_options (self, self->shown);
  if (is_current (self))
    return;

  show_nothing (self);
  _hs_view_panel_show_status (self, APP_ID "-symbolic", _("No Picture"), text);
}

static void
reset_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HsViewPanel *self = HS_VIEW_PANEL (widget);

  if (self->heap != NULL)
    _hs_view_panel_build (self, new_wishes (self), hs_scene_view_get_center_key (self->view));
}

static void
show_more_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsViewPanel *self = HS_VIEW_PANEL (widget);
  g_autoptr(HsWishes) wishes = NULL;

  if (!is_current (self))
    return;

  wishes = _hs_view_panel_dup_wishes (self);
  if (hs_wishes_show_more (wishes))
    _hs_view_panel_build (self, g_steal_pointer (&wishes),
                          hs_scene_view_get_center_key (self->view));
}

static void
zoom_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsViewPanel *self = HS_VIEW_PANEL (widget);

  if (g_str_equal (action, "view.zoom-in"))
    hs_scene_view_zoom_by (self->view, ZOOM_STEP);
  else if (g_str_equal (action, "view.zoom-out"))
    hs_scene_view_zoom_by (self->view, 1 / ZOOM_STEP);
  else if (g_str_equal (action, "view.fit"))
    hs_scene_view_zoom_to_fit (self->view);
  else
    hs_scene_view_zoom_to_actual_size (self->view);
}

void
hs_view_panel_set_option (HsViewPanel *self,
                          guint        option,
                          guint        choice)
{
  guint           n_options;
  const HsOption *options;
  g_autoptr(HsWishes) wishes = NULL;

  g_return_if_fail (HS_IS_VIEW_PANEL (self));
  options = hs_view_get_options (self->what, &n_options);
  g_return_if_fail (option < n_options && choice < hs_option_get_n_choices (&options[option]));

  if (choice == self->choices[option])
    return;

  wishes = _hs_view_panel_dup_wishes (self);
  hs_wishes_set_option (wishes, option, choice);
  if (self->shown != NULL || self->wanted != NULL || (self->is_active && self->heap != NULL))
    _hs_view_panel_build (self, g_steal_pointer (&wishes),
                          is_current (self) && !options[option].is_kind
                            ? hs_scene_view_get_center_key (self->view)
                            : HS_SCENE_VIEW_KEEP_NOTHING);
  else
    take_options (self, wishes);
}

void
hs_view_panel_select_object (HsViewPanel *self,
                             guint32      object)
{
  g_autoptr(HsWishes) wishes = NULL;

  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  self->object = object;
  if (self->shown == NULL && self->wanted == NULL)
    return;

  wishes = _hs_view_panel_dup_wishes (self);
  hs_wishes_set_before (wishes, is_current (self) ? self->scene : NULL);
  if (hs_wishes_select (wishes, self->heap, object))
    {
      hs_wishes_set_before (wishes, NULL);
      _hs_view_panel_build (self, g_steal_pointer (&wishes),
                            hs_scene_view_get_center_key (self->view));
    }
  else if (is_current (self))
    show_object (self);
}

/* Builds the first picture of a heap, once somebody looks. */
static void
start (HsViewPanel *self)
{
  if (self->is_active && self->heap != NULL && self->shown == NULL && self->wanted == NULL)
    _hs_view_panel_build (self, new_wishes (self), HS_SCENE_VIEW_KEEP_NOTHING);
}

void
hs_view_panel_set_active (HsViewPanel *self,
                          gboolean     is_active)
{
  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  self->is_active = is_active;
  /* The pages of a stack that are not seen are still there for screen readers
   * (GTK 4.8), and their items with them.
   */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, !is_active, -1);
  start (self);
}

void
hs_view_panel_set_heap (HsViewPanel *self,
                        HsHeap      *heap,
                        const char  *reason)
{
  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  stop_building (self);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_clear_pointer (&self->compared, hs_heap_unref);
  g_clear_pointer (&self->shown, hs_wishes_free);
  self->object = HS_NO_OBJECT;
  self->asked_for = HS_NO_OBJECT;
  if (heap != NULL)
    {
      self->heap = hs_heap_ref (heap);
      _hs_view_panel_update_options_bar (self);
      start (self);
      /* The picture of the heap before stays on the screen until then, but is no
       * answer. Where nobody sees it, it would only keep that heap.
       */
      if (self->is_active)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
      else
        show_nothing (self);
      return;
    }

  show_nothing (self);
  if (reason != NULL)
    _hs_view_panel_show_status (self, "dialog-warning-symbolic", _("No Picture"), reason);
  else
    _hs_view_panel_show_invitation (self);
}

void
hs_view_panel_change_heap (HsViewPanel *self,
                           HsHeap      *heap,
                           guint32      object)
{
  g_return_if_fail (HS_IS_VIEW_PANEL (self));
  g_return_if_fail (heap != NULL);

  if (self->heap == heap)
    return;
  if (self->shown == NULL && self->wanted == NULL)
    {
      hs_view_panel_set_heap (self, heap, NULL);
      self->object = object;
      return;
    }

  stop_building (self);
  g_clear_pointer (&self->shown, hs_wishes_free);
  g_clear_pointer (&self->heap, hs_heap_unref);
  self->heap = hs_heap_ref (heap);
  self->object = object;
  self->asked_for = HS_NO_OBJECT;
  if (!self->is_active)
    show_nothing (self);
  else
    {
      _hs_view_panel_build (self, new_wishes (self), HS_SCENE_VIEW_KEEP_PLACE);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
    }
}

const HsView *
hs_view_panel_get_view (HsViewPanel *self)
{
  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), NULL);

  return self->what;
}

HsScene *
hs_view_panel_get_scene (HsViewPanel *self)
{
  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), NULL);

  return is_current (self) ? self->scene : NULL;
}

gboolean
hs_view_panel_has_focus (HsViewPanel *self)
{
  GtkRoot   *root;
  GtkWidget *focus;

  g_return_val_if_fail (HS_IS_VIEW_PANEL (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->scene != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
hs_view_panel_focus (HsViewPanel *self)
{
  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  if (self->scene != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    gtk_widget_grab_focus (self->run_button);
}

static void
hs_view_panel_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HsViewPanel *self = HS_VIEW_PANEL (object);

  switch (prop_id)
    {
    case PROP_SCENE:
      g_value_set_pointer (value, self->scene);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_view_panel_dispose (GObject *object)
{
  HsViewPanel *self = HS_VIEW_PANEL (object);

  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  g_clear_pointer (&self->wanted, hs_wishes_free);
  g_clear_pointer (&self->shown, hs_wishes_free);
  g_clear_pointer (&self->scene, hs_scene_unref);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_clear_pointer (&self->compared, hs_heap_unref);
  g_clear_object (&self->options);

  G_OBJECT_CLASS (hs_view_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-view-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, status_page);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, run_button);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, options_bar);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, options_box);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, picture);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, view);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, find_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, find_entry);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, find_label);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, left_out_box);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, left_out_label);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, answer_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, answer_label);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, busy_box);
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, busy_spinner);
  gtk_widget_class_bind_template_callback (widget_class, item_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_zoom_cb);
}

static void
hs_view_panel_class_init (HsViewPanelClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hs_view_panel_get_property;
  object_class->dispose = hs_view_panel_dispose;

  properties[PROP_SCENE] =
    g_param_spec_pointer ("scene", NULL, NULL,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OBJECT_SELECTED] = g_signal_new ("object-selected", HS_TYPE_VIEW_PANEL, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[PLACE_SELECTED] =
    g_signal_new ("place-selected", HS_TYPE_VIEW_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[OPTION_CHANGED] =
    g_signal_new ("option-changed", HS_TYPE_VIEW_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "view.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "view.reset", NULL, reset_action);
  gtk_widget_class_install_action (widget_class, "view.show-more", NULL, show_more_action);
  gtk_widget_class_install_action (widget_class, "view.ask", "i", ask_action);
  gtk_widget_class_install_action (widget_class, "view.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "view.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "view.fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "view.actual-size", NULL, zoom_action);

  g_type_ensure (HS_TYPE_SCENE_VIEW);
  g_type_ensure (HS_TYPE_VIEW_TOOLS);
  bind_template (widget_class);
  _hs_view_panel_install_find (widget_class);
  _hs_view_panel_install_menu (widget_class);
  _hs_view_panel_install_place (widget_class);
}

static void
hs_view_panel_init (HsViewPanel *self)
{
  self->object = HS_NO_OBJECT;
  self->asked_for = HS_NO_OBJECT;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zoom_button = hs_view_tools_get_zoom_button (HS_VIEW_TOOLS (self->tools_box));
  self->legend_window = hs_view_tools_get_legend_window (HS_VIEW_TOOLS (self->tools_box));
  self->legend_button = hs_view_tools_get_legend_button (HS_VIEW_TOOLS (self->tools_box));
  hs_accessible_use_label_only (self->run_button);
  notify_zoom_cb (self);
}

HsViewPanel *
hs_view_panel_new (const HsView *view)
{
  HsViewPanel     *self;
  g_autofree char *label = NULL;

  g_return_val_if_fail (view != NULL, NULL);

  self = g_object_new (HS_TYPE_VIEW_PANEL, NULL);
  self->what = view;
  /* translators: for screen readers; %s is the name of a view, such as Graph */
  label = g_strdup_printf (_("Picture: %s"), hs_view_get_title (view));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  hs_view_get_description (view), -1);
  _hs_view_panel_add_options (self);
  _hs_view_panel_set_up_status (self);
  _hs_view_panel_show_invitation (self);
  _hs_view_panel_update_legend (self);
  _hs_view_panel_update_actions (self);
  hs_view_panel_set_active (self, FALSE);

  return self;
}
