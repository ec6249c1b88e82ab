/* hs-views.c - all views of one heap, and the selection that they share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-views.h"

#include <string.h>

#include "hs-alive.h"
#include "hs-comparison.h"
#include "hs-compat.h"
#include "hs-dominators.h"
#include "hs-first-frame.h"
#include "hs-moment-bar.h"
#include "hs-moments.h"
#include "hs-variant-color.h"
#include "hs-view-slot.h"

struct _HsViews
{
  AdwBin parent_instance;

  GSettings    *settings;  /* owned; nullable */
  GCancellable *preparing; /* owned; NULL until the first picture of a heap is there */
  guint32       object;    /* selected; HS_NO_OBJECT */

  HsMoments    *moments; /* owned; nullable */
  HsHeap       *heap;    /* owned; nullable: of the moment that is seen */
  GCancellable *opening; /* owned; the heap of a moment */
  gboolean      is_comparing;
  gboolean      is_filled; /* the views are in the stack */

  HsComparison *comparison;      /* owned; nullable */
  HsHeap       *comparison_heap; /* owned; nullable: stands for it */

  /* Template widgets */
  AdwViewStack    *stack;
  AdwViewSwitcher *switcher;
  HsMomentBar     *moment_bar;
  GtkRevealer     *moment_revealer;
  GtkRevealer     *variant_revealer;
  GtkDropDown     *variant_chooser;
};

enum
{
  PROP_SCENE = 1,
  N_PROPS
};

enum
{
  LINE_SELECTED,
  VARIANT_SHOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HsViews, hs_views, ADW_TYPE_BIN)

static void     update_moment_bar (HsViews *self);
static void     update_variant_bar (HsViews *self);
static gboolean has_steps (HsViews *self);

static HsViewSlot *
get_slot (HsViews      *self,
          const HsView *view)
{
  return HS_VIEW_SLOT (adw_view_stack_get_child_by_name (self->stack, hs_view_get_name (view)));
}

HsViewPanel *
hs_views_get_panel (HsViews *self)
{
  GtkWidget *slot;

  g_return_val_if_fail (HS_IS_VIEWS (self), NULL);

  slot = adw_view_stack_get_visible_child (self->stack);

  return slot != NULL ? hs_view_slot_make_panel (HS_VIEW_SLOT (slot)) : NULL;
}

static void
object_selected_cb (HsViews     *self,
                    guint        object,
                    HsViewPanel *panel)
{
  self->object = object;
}

/* "view.option=choice" for each choice that is not the first. */
static char *
dup_setting (const HsView *view,
             guint         option,
             guint         choice)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (view, &n_options);
  const char     *text = options[option].choices != NULL ? options[option].choices[choice]
                         : choice == 1                   ? "on"
                                                         : "off";

  return g_strdup_printf ("%s.%s=%s", hs_view_get_name (view), options[option].id, text);
}

static void
option_changed_cb (HsViews     *self,
                   guint        option,
                   guint        choice,
                   HsViewPanel *panel)
{
  const HsView    *view = hs_view_panel_get_view (panel);
  g_autofree char *setting = dup_setting (view, option, choice);
  gsize            length = (gsize)(strchr (setting, '=') - setting) + 1;
  g_auto(GStrv) old = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) changed = NULL;

  if (self->settings == NULL)
    return;

  old = g_settings_get_strv (self->settings, "view-options");
  for (gsize i = 0; old[i] != NULL; i++)
    if (strncmp (old[i], setting, length) != 0)
      g_strv_builder_add (builder, old[i]);
  if (choice != 0)
    g_strv_builder_add (builder, setting);
  changed = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "view-options", (const char *const *)changed);
}

/* What was chosen before; what there is no more is passed over. */
static void
restore_options (HsViews     *self,
                 HsViewPanel *panel)
{
  g_auto(GStrv) settings = g_settings_get_strv (self->settings, "view-options");
  const HsView   *view = hs_view_panel_get_view (panel);
  guint           n_options;
  const HsOption *options = hs_view_get_options (view, &n_options);

  for (guint i = 0; i < n_options; i++)
    for (guint choice = 1; choice < hs_option_get_n_choices (&options[i]); choice++)
      {
        g_autofree char *setting = dup_setting (view, i, choice);

        if (g_strv_contains ((const char *const *)settings, setting))
          hs_view_panel_set_option (panel, i, choice);
      }
}

static void
prepare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  HsHeap *heap = task_data;

  if (hs_heap_prepare_dominators (heap, cancellable, NULL) &&
      hs_heap_get_view (heap)->n_objects > 0)
    g_strfreev (hs_alive_dup_facts (heap, 0));
  g_task_return_boolean (task, TRUE);
}

/* Makes what the first description of an object would otherwise wait for, some 200 ms
 * with 4 million objects, once the first picture is there.
 */
static void
prepare (HsViews *self,
         HsHeap  *heap)
{
  g_autoptr(GTask) task = NULL;

  if (self->preparing != NULL)
    return;

  self->preparing = g_cancellable_new ();
  task = g_task_new (NULL, self->preparing, NULL, NULL);
  g_task_set_source_tag (task, prepare);
  g_task_set_task_data (task, hs_heap_ref (heap), (GDestroyNotify)hs_heap_unref);
  g_task_run_in_thread (task, prepare_thread);
}

static void
stop_preparing (HsViews *self)
{
  if (self->preparing != NULL)
    g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
}

static void
notify_scene_cb (HsViews     *self,
                 GParamSpec  *pspec,
                 HsViewPanel *panel)
{
  HsScene *scene = hs_view_panel_get_scene (panel);

  if (scene != NULL)
    prepare (self, hs_scene_get_heap (scene));
  /* A step can be chosen in the picture as well. */
  if (scene != NULL && panel == hs_views_get_panel (self) && has_steps (self))
    hs_moment_bar_follow (self->moment_bar, hs_view_panel_get_step (panel));
  if (panel == hs_views_get_panel (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
}

static void
visible_child_cb (HsViews *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->stack);

  /* While they are added, the first of them is seen, which may not be the one that will be. */
  if (visible == NULL || !self->is_filled)
    return;

  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      HsViewSlot *slot = get_slot (self, *view);

      hs_view_slot_set_active (slot, GTK_WIDGET (slot) == visible);
    }

  hs_view_panel_select_object (hs_views_get_panel (self), self->object);
  update_moment_bar (self);
  update_variant_bar (self);
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "view",
                           adw_view_stack_get_visible_child_name (self->stack));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
}

void
hs_views_set_settings (HsViews   *self,
                       GSettings *settings)
{
  g_autofree char *name = NULL;

  g_return_if_fail (HS_IS_VIEWS (self));
  g_return_if_fail (self->settings == NULL);

  name = g_settings_get_string (settings, "view");
  self->settings = g_object_ref (settings);
  hs_views_show (self, name);
  visible_child_cb (self); /* not told of the first */
}

/* Moments */

static void
show_heap (HsViews *self,
           HsHeap  *heap)
{
  guint32 object = HS_NO_OBJECT;

  stop_preparing (self);
  if (self->heap != NULL)
    object = hs_moments_find_object (self->heap, heap, self->object);
  g_clear_pointer (&self->heap, hs_heap_unref);
  self->heap = hs_heap_ref (heap);
  self->object = object;
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    if (!hs_view_is_of_comparison (*view))
      hs_view_slot_change_heap (get_slot (self, *view), heap, object);
}

static void
stop_opening (HsViews *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
}

static void
set_compared (HsViews *self,
              HsHeap  *earlier)
{
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    if (!hs_view_is_of_comparison (*view))
      hs_view_slot_set_compared (get_slot (self, *view), earlier);
}

static void
earlier_opened_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HsViews) self = hs_weak_ref_take (user_data);
  g_autoptr(HsHeap) heap = hs_moments_open_finish (result, NULL);

  if (self == NULL || self->opening == NULL ||
      self->opening != g_task_get_cancellable (G_TASK (result)))
    return;

  g_clear_object (&self->opening);
  if (heap == NULL)
    return;
  hs_moments_keep (self->moments, heap);
  set_compared (self, heap);
}

/* With the moment before the one that is seen, if that is wanted and there is one. */
static void
update_compared (HsViews *self)
{
  guint   position;
  HsHeap *earlier;

  if (self->moments == NULL || self->heap == NULL)
    return;
  position = hs_moments_find (self->moments, hs_heap_get_moment (self->heap));
  if (!self->is_comparing || position == 0)
    {
      set_compared (self, NULL);
      return;
    }
  earlier = hs_moments_peek (self->moments, position - 1);
  if (earlier != NULL)
    {
      set_compared (self, earlier);
      return;
    }
  stop_opening (self);
  self->opening = g_cancellable_new ();
  hs_moments_open_async (self->moments, position - 1, self->opening, earlier_opened_cb,
                         hs_weak_ref_new (self));
}

static void
compare_toggled_cb (HsViews *self,
                    gboolean is_comparing)
{
  self->is_comparing = is_comparing;
  update_compared (self);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HsViews) self = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsHeap) heap = hs_moments_open_finish (result, &error);

  /* The views are gone, or another moment is wanted by now. */
  if (self == NULL || self->opening == NULL ||
      self->opening != g_task_get_cancellable (G_TASK (result)))
    return;

  g_clear_object (&self->opening);
  if (heap == NULL)
    {
      for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
        if (!hs_view_is_of_comparison (*view))
          hs_view_slot_set_heap (get_slot (self, *view), NULL, error->message);
      return;
    }
  hs_moments_keep (self->moments, heap);
  show_heap (self, heap);
  update_compared (self);
}

/* The steps of the view that is seen, if it has any, go before the moments. */
static gboolean
has_steps (HsViews *self)
{
  return hs_view_panel_get_n_steps (hs_views_get_panel (self)) > 1;
}

static void
show_step_label (HsViews *self,
                 guint    step)
{
  g_autofree char *label = hs_view_panel_dup_step_name (hs_views_get_panel (self), step);

  hs_moment_bar_set_label (self->moment_bar, label != NULL ? label : "");
}

static void
show_step (HsViews *self,
           guint    step)
{
  HsViewPanel *panel = hs_views_get_panel (self);
  guint        line = hs_view_panel_get_step_line (panel, step);

  show_step_label (self, step);
  hs_view_panel_set_step (panel, step);
  if (line != 0)
    g_signal_emit (self, signals[LINE_SELECTED], 0, line);
}

static void
show_moment (HsViews *self,
             guint    position)
{
  g_autofree char *label = hs_moments_dup_label (self->moments, position);
  HsHeap          *heap = hs_moments_peek (self->moments, position);

  stop_opening (self);
  hs_moment_bar_set_label (self->moment_bar, label);
  if (heap != NULL)
    {
      show_heap (self, heap);
      update_compared (self);
      return;
    }
  self->opening = g_cancellable_new ();
  hs_moments_open_async (self->moments, position, self->opening, opened_cb,
                         hs_weak_ref_new (self));
}

static void
moved_cb (HsViews *self,
          guint    position)
{
  if (has_steps (self))
    show_step (self, position);
  else
    show_moment (self, position);
}

/* The bar is there if there is something to go to. */
static void
update_moment_bar (HsViews *self)
{
  guint n = self->moments != NULL ? hs_moments_get_n (self->moments) : 0;

  if (has_steps (self))
    {
      HsViewPanel *panel = hs_views_get_panel (self);
      guint        step = hs_view_panel_get_step (panel);

      n = hs_view_panel_get_n_steps (panel);
      step = step < n ? step : n - 1;
      hs_moment_bar_set_can_compare (self->moment_bar, FALSE);
      hs_moment_bar_set_range (self->moment_bar, n, step);
      show_step_label (self, step);
    }
  else if (n > 1)
    {
      guint            position = hs_moments_find (self->moments, hs_heap_get_moment (self->heap));
      g_autofree char *label = hs_moments_dup_label (self->moments, position);

      hs_moment_bar_set_can_compare (self->moment_bar, TRUE);
      hs_moment_bar_set_range (self->moment_bar, n, position);
      hs_moment_bar_set_label (self->moment_bar, label);
    }
  if (n > 1) /* it need not be styled before */
    gtk_widget_set_visible (GTK_WIDGET (self->moment_bar), TRUE);
  gtk_revealer_set_reveal_child (self->moment_revealer, n > 1);
}

static void
place_selected_cb (HsViews     *self,
                   guint        line,
                   guint        moment,
                   HsViewPanel *panel)
{
  if (line != 0)
    g_signal_emit (self, signals[LINE_SELECTED], 0, line);
  if (moment != HS_NO_MOMENT && self->moments != NULL &&
      moment < hs_history_get_n_moments (hs_moments_get_history (self->moments)) &&
      hs_history_has_heap (hs_moments_get_history (self->moments), moment))
    hs_moment_bar_go_to (self->moment_bar, hs_moments_find (self->moments, moment));
}

/* What @view shows of @heap or @empty, which stands for a history; or of the comparison. */
static HsHeap *
choose_heap (HsViews      *self,
             const HsView *view,
             HsHeap       *heap,
             HsHeap       *empty)
{
  if (hs_view_is_of_comparison (view) && self->comparison_heap != NULL)
    return self->comparison_heap;
  if (hs_view_is_of_history (view) && empty != NULL)
    return empty;

  return heap;
}

static void
set_heap (HsViews    *self,
          HsHeap     *heap,
          HsHistory  *history,
          const char *reason,
          gboolean    with_comparison)
{
  g_autoptr(HsHeap) empty = NULL;

  stop_preparing (self);
  stop_opening (self);
  g_clear_pointer (&self->moments, hs_moments_free);
  g_clear_pointer (&self->heap, hs_heap_unref);
  if (heap != NULL)
    self->heap = hs_heap_ref (heap);
  if (heap != NULL && history != NULL)
    self->moments = hs_moments_new (history, heap);
  if (heap == NULL && history != NULL)
    empty = hs_history_open_heap (history, HS_NO_MOMENT, NULL);

  self->object = HS_NO_OBJECT;
  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    if (with_comparison || !hs_view_is_of_comparison (*view))
      hs_view_slot_set_heap (get_slot (self, *view), choose_heap (self, *view, heap, empty),
                             reason);
  update_moment_bar (self);
  update_compared (self);
}

void
hs_views_set_heap (HsViews    *self,
                   HsHeap     *heap,
                   HsHistory  *history,
                   const char *reason)
{
  g_return_if_fail (HS_IS_VIEWS (self));

  g_clear_pointer (&self->comparison_heap, hs_heap_unref);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  set_heap (self, heap, history, reason, TRUE);
  update_variant_bar (self);
}

/* Variants */

static void
show_variant (HsViews *self,
              guint    i,
              gboolean with_comparison)
{
  const HsVariant *variant = hs_comparison_get (self->comparison, i);

  set_heap (self, variant->heap, variant->history,
            variant->heap == NULL ? variant->message : NULL, with_comparison);
}

static void
variant_chosen_cb (HsViews *self)
{
  guint i = gtk_drop_down_get_selected (self->variant_chooser);

  if (self->comparison == NULL || i >= hs_comparison_get_n (self->comparison))
    return;

  show_variant (self, i, FALSE);
  g_signal_emit (self, signals[VARIANT_SHOWN], 0, i);
}

/* The bar is there where a view is about one variant. */
static void
update_variant_bar (HsViews *self)
{
  HsViewPanel *visible = hs_views_get_panel (self);

  gtk_revealer_set_reveal_child (
    self->variant_revealer,
    self->comparison != NULL && hs_comparison_get_n (self->comparison) > 1 && visible != NULL &&
      !hs_view_is_of_comparison (hs_view_panel_get_view (visible)));
}

void
hs_views_set_comparison (HsViews      *self,
                         HsComparison *comparison)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (HS_IS_VIEWS (self));
  g_return_if_fail (comparison != NULL);

  g_clear_pointer (&self->comparison_heap, hs_heap_unref);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  for (guint i = 0; i < hs_comparison_get_n (comparison); i++)
    {
      g_autofree char *letter = hs_variant_dup_letter (i);
      g_autofree char *name =
        g_strdup_printf ("%s  %s", letter, hs_comparison_get (comparison, i)->name);

      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->variant_chooser, G_LIST_MODEL (names));

  self->comparison = hs_comparison_ref (comparison);
  self->comparison_heap = hs_comparison_open_heap (comparison);
  show_variant (self, 0, TRUE);
  update_variant_bar (self);
}

void
hs_views_show_variant (HsViews *self,
                       guint    variant)
{
  g_return_if_fail (HS_IS_VIEWS (self));

  if (self->comparison != NULL && variant < hs_comparison_get_n (self->comparison))
    gtk_drop_down_set_selected (self->variant_chooser, variant);
}

void
hs_views_go_by_moments (HsViews *self,
                        int      n)
{
  g_return_if_fail (HS_IS_VIEWS (self));

  hs_moment_bar_go_by (self->moment_bar, n);
}

HsScene *
hs_views_get_scene (HsViews *self)
{
  g_return_val_if_fail (HS_IS_VIEWS (self), NULL);

  return hs_view_panel_get_scene (hs_views_get_panel (self));
}

gboolean
hs_views_show (HsViews    *self,
               const char *name)
{
  g_return_val_if_fail (HS_IS_VIEWS (self), FALSE);

  if (hs_view_find (name) == NULL)
    return FALSE;

  adw_view_stack_set_visible_child_name (self->stack, name);

  return TRUE;
}

gboolean
hs_views_look_at (HsViews    *self,
                  const char *target)
{
  const HsView    *view;
  const HsOption  *options;
  guint            n_options;
  g_autofree char *name = g_strndup (target, strcspn (target, "."));

  g_return_val_if_fail (HS_IS_VIEWS (self), FALSE);

  view = hs_view_find (name);
  if (view == NULL || !hs_views_show (self, name))
    return FALSE;

  options = hs_view_get_options (view, &n_options);
  for (guint i = 0; i < n_options; i++)
    for (guint choice = 0; choice < hs_option_get_n_choices (&options[i]); choice++)
      {
        g_autofree char *setting = dup_setting (view, i, choice);

        if (g_str_equal (setting, target))
          hs_view_panel_set_option (hs_views_get_panel (self), i, choice);
      }

  return TRUE;
}

static void
show_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  hs_views_show (HS_VIEWS (widget), g_variant_get_string (parameter, NULL));
}

static void
hs_views_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  HsViews *self = HS_VIEWS (object);

  switch (prop_id)
    {
    case PROP_SCENE:
      g_value_set_pointer (value, hs_views_get_scene (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_views_dispose (GObject *object)
{
  HsViews *self = HS_VIEWS (object);

  stop_preparing (self);
  stop_opening (self);
  g_clear_pointer (&self->moments, hs_moments_free);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_clear_pointer (&self->comparison_heap, hs_heap_unref);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_VIEWS);

  G_OBJECT_CLASS (hs_views_parent_class)->dispose (object);
}

static void
hs_views_class_init (HsViewsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hs_views_get_property;
  object_class->dispose = hs_views_dispose;

  properties[PROP_SCENE] =
    g_param_spec_pointer ("scene", NULL, NULL,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LINE_SELECTED] = g_signal_new ("line-selected", HS_TYPE_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  signals[VARIANT_SHOWN] = g_signal_new ("variant-shown", HS_TYPE_VIEWS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (HS_TYPE_MOMENT_BAR);
  gtk_widget_class_install_action (widget_class, "views.show", "s", show_action);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-views.ui");
  gtk_widget_class_bind_template_child (widget_class, HsViews, stack);
  gtk_widget_class_bind_template_child (widget_class, HsViews, switcher);
  gtk_widget_class_bind_template_child (widget_class, HsViews, moment_bar);
  gtk_widget_class_bind_template_child (widget_class, HsViews, moment_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsViews, variant_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsViews, variant_chooser);
  gtk_widget_class_bind_template_callback (widget_class, variant_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
}

static void
made_cb (HsViews     *self,
         HsViewPanel *panel,
         HsViewSlot  *slot)
{
  g_signal_connect_object (panel, "object-selected", G_CALLBACK (object_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "place-selected", G_CALLBACK (place_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "option-changed", G_CALLBACK (option_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "notify::scene", G_CALLBACK (notify_scene_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->settings != NULL)
    restore_options (self, panel);
}

/* The buttons of seven views are a tenth of what there is to make, and nobody has used one yet. */
static void
show_switcher (gpointer widget)
{
  HsViews             *self = HS_VIEWS (widget);
  const HsView *const *view = hs_views_list ();

  adw_view_switcher_set_stack (self->switcher, self->stack);

  /* Large text in a narrow pane shortens their names. */
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->switcher));
       button != NULL && *view != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_tooltip_text (button, hs_view_get_title (*view++));
}

static void
hs_views_init (HsViews *self)
{
  self->object = HS_NO_OBJECT;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      HsViewSlot *slot = hs_view_slot_new (*view);

      g_signal_connect_object (slot, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
      adw_view_stack_add_titled_with_icon (self->stack, GTK_WIDGET (slot),
                                           hs_view_get_name (*view), hs_view_get_title (*view),
                                           hs_view_get_icon (*view));
    }
  self->is_filled = TRUE;
  hs_first_frame_wait (self, show_switcher);
}
