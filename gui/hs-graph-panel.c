/* hs-graph-panel.c - the object graph with its tools and empty states
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-panel.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-format.h"
#include "hs-graph-view.h"

/* Milliseconds before waiting is worth a word: shorter waits only flicker. */
#define BUSY_DELAY 300

#define ZOOM_STEP      1.2
#define MORE_ROWS      100
#define MORE_BOXES     4    /* times as many */
#define MAX_BOXES      2000 /* the default of HsGraphOptions */
#define MOST_MAX_BOXES (G_MAXUINT / MORE_BOXES)

/* What one person asked of one heap. */
typedef struct
{
  HsGraphOptions *options;   /* owned */
  GHashTable     *more_rows; /* owned; key of a box → number of rows beyond the default */
  guint           max_boxes;
} Wishes;

struct _HsGraphPanel
{
  AdwBin parent_instance;

  HsHeap       *heap;  /* owned; nullable */
  HsGraphScene *scene; /* owned; nullable; may still be that of the heap before */

  Wishes       *shown;    /* owned; what the scene was made with; nullable */
  Wishes       *wanted;   /* owned; what is being made; NULL if nothing is */
  guint64       keep_box; /* for hs_graph_view_set_scene() */
  GCancellable *building; /* owned; names the newest build */
  guint         busy_timeout;

  gboolean values_in_rows;
  guint    n_matches;

  /* Template widgets */
  GtkStack       *stack;
  AdwStatusPage  *status_page;
  GtkWidget      *run_button;
  HsGraphView    *view;
  GtkRevealer    *find_revealer;
  GtkSearchEntry *find_entry;
  GtkLabel       *find_label;
  GtkButton      *zoom_button;
  GtkWidget      *left_out_box;
  GtkLabel       *left_out_label;
  GtkWidget      *busy_box;
  GtkSpinner     *busy_spinner;
};

enum
{
  PROP_SCENE = 1,
  PROP_VALUES_IN_ROWS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HsGraphPanel, hs_graph_panel, ADW_TYPE_BIN)

static gpointer
key_new (guint64 key)
{
  return g_memdup2 (&key, sizeof key);
}

static Wishes *
wishes_new (gboolean values_in_rows)
{
  Wishes *self = g_new0 (Wishes, 1);

  self->options = hs_graph_options_new ();
  hs_graph_options_set_values_in_rows (self->options, values_in_rows);
  self->more_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->max_boxes = MAX_BOXES;

  return self;
}

static Wishes *
wishes_copy (const Wishes *self)
{
  Wishes        *copy = g_new0 (Wishes, 1);
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  copy->options = hs_graph_options_copy (self->options);
  copy->more_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->more_rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->more_rows, key_new (*(guint64 *)key), value);
  copy->max_boxes = self->max_boxes;

  return copy;
}

static void
wishes_free (Wishes *self)
{
  hs_graph_options_free (self->options);
  g_hash_table_unref (self->more_rows);
  g_free (self);
}

static void
wishes_show_more_rows (Wishes *self,
                       guint64 key)
{
  guint n_rows = GPOINTER_TO_UINT (g_hash_table_lookup (self->more_rows, &key)) + MORE_ROWS;

  g_hash_table_insert (self->more_rows, key_new (key), GUINT_TO_POINTER (n_rows));
  hs_graph_options_show_more (self->options, key, n_rows);
}

static void
wishes_show_more_boxes (Wishes *self)
{
  self->max_boxes = MIN (self->max_boxes, MOST_MAX_BOXES) * MORE_BOXES;
  hs_graph_options_set_max_boxes (self->options, self->max_boxes);
}

static void
update_actions (HsGraphPanel *self)
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
  show_status (self, APP_ID "-symbolic", _("Objects Appear Here"), _("Run the code to see its names, the objects they refer to, and the bytes they occupy."));
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
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object is not shown", "%s objects are not shown",
                                       (gulong)MIN (n_left_out, G_MAXULONG)),
                          count);
  gtk_label_set_text (self->left_out_label, text);
  gtk_widget_set_visible (self->left_out_box, is_incomplete && n_left_out > 0);
}

/* Counts by going once around. O(boxes). */
static guint
count_matches (HsGraph    *graph,
               const char *text)
{
  guint n_matches = 0;
  guint last = HS_GRAPH_NONE;

  for (;;)
    {
      guint box = hs_graph_search (graph, text, last, FALSE);

      if (box == HS_GRAPH_NONE || (last != HS_GRAPH_NONE && box <= last))
        return n_matches;
      last = box;
      n_matches++;
    }
}

static void
update_matches (HsGraphPanel *self)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autofree char *label = NULL;

  self->n_matches = 0;
  if (self->scene != NULL && text[0] != '\0')
    {
      self->n_matches = count_matches (hs_graph_scene_get_graph (self->scene), text);
      if (self->n_matches > 0)
        /* translators: %u is a number of boxes that contain the text looked for */
        label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u match", "%u matches", self->n_matches), self->n_matches);
      else
        label = g_strdup (_("Not found"));
    }
  gtk_label_set_text (self->find_label, label != NULL ? label : "");
  if (text[0] != '\0' && self->n_matches == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->find_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->find_entry), "error");
  update_actions (self);
}

static void
find_from (HsGraphPanel *self,
           guint         start,
           gboolean      backwards)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  guint       box = HS_GRAPH_NONE;

  if (self->n_matches > 0)
    box = hs_graph_search (hs_graph_scene_get_graph (self->scene), text, start, backwards);

  hs_graph_view_set_found (self->view, box);
  if (box == HS_GRAPH_NONE)
    return;

  hs_graph_view_select (self->view, box);
  hs_graph_view_scroll_to_box (self->view, box);
}

static void
find_changed_cb (HsGraphPanel *self)
{
  update_matches (self);
  find_from (self, HS_GRAPH_NONE, FALSE);
}

static void
find_next_cb (HsGraphPanel *self)
{
  find_from (self, hs_graph_view_get_selected (self->view), FALSE);
}

static void
find_previous_cb (HsGraphPanel *self)
{
  find_from (self, hs_graph_view_get_selected (self->view), TRUE);
}

static void
find_stop_cb (HsGraphPanel *self)
{
  gtk_revealer_set_reveal_child (self->find_revealer, FALSE);
  hs_graph_view_set_found (self->view, HS_GRAPH_NONE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
show_scene (HsGraphPanel *self,
            HsGraphScene *scene)
{
  HsGraph *graph = hs_graph_scene_get_graph (scene);

  if (has_no_names (graph))
    {
      set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
      show_status (self, APP_ID "-symbolic", _("No Names"), _("The code gave no object a name, so there is nothing that a graph could start from."));
    }
  else
    {
      set_scene (self, scene, self->keep_box);
      update_left_out (self, graph);
      gtk_stack_set_visible_child_name (self->stack, "graph");
    }
  update_matches (self);
}

typedef struct
{
  HsHeap         *heap;     /* owned */
  HsGraphOptions *options;  /* owned */
  char           *language; /* owned; nullable */
} Build;

static void
build_free (gpointer data)
{
  Build *build = data;

  hs_heap_unref (build->heap);
  hs_graph_options_free (build->options);
  g_free (build->language);
  g_free (build);
}

static void
build_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Build        *build = task_data;
  HsGraphScene *scene = NULL;
  GError       *error = NULL;
  g_autoptr(HsGraph) graph = NULL;

  graph = hs_graph_new (build->heap, build->options, cancellable, &error);
  if (graph != NULL)
    scene = hs_graph_scene_new (graph, build->language, cancellable, &error);

  if (scene == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, scene, (GDestroyNotify)hs_graph_scene_unref);
}

/* Ends the build, if there is one, without a result. */
static void
stop_building (HsGraphPanel *self)
{
  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_pointer (&self->wanted, wishes_free);
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  set_busy (self, FALSE);
  update_actions (self);
}

static void
build_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HsGraphPanel) self = hs_weak_ref_take (user_data);
  g_autoptr(HsGraphScene) scene = NULL;
  g_autoptr(GError) error = NULL;

  scene = g_task_propagate_pointer (G_TASK (result), &error);

  /* The panel is gone, or a newer build has taken over. */
  if (self == NULL || self->building == NULL || self->building != g_task_get_cancellable (G_TASK (result)))
    return;

  g_clear_pointer (&self->shown, wishes_free);
  self->shown = g_steal_pointer (&self->wanted);
  stop_building (self);
  if (scene != NULL)
    {
      show_scene (self, scene);
      return;
    }

  set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
  show_status (self, "dialog-warning-symbolic", _("No Graph"), error->message);
  update_matches (self);
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

/* Shapes of Han characters differ by language, and fontconfig takes Japanese
 * ones unless told otherwise.
 */
static char *
dup_language (void)
{
  const char *const *names = g_get_language_names ();

  return g_str_has_prefix (names[0], "zh") ? g_strdup ("zh-cn") : NULL;
}

/* @wishes: (transfer full) */
static void
build (HsGraphPanel *self,
       Wishes       *wishes,
       guint64       keep_box)
{
  Build *data = g_new0 (Build, 1);
  g_autoptr(GTask) task = NULL;

  stop_building (self);
  self->wanted = wishes;
  self->keep_box = keep_box;
  self->building = g_cancellable_new ();
  self->busy_timeout = g_timeout_add (BUSY_DELAY, busy_timeout_cb, self);
  update_actions (self);

  data->heap = hs_heap_ref (self->heap);
  data->options = hs_graph_options_copy (wishes->options);
  data->language = dup_language ();
  task = g_task_new (NULL, self->building, build_cb, hs_weak_ref_new (self));
  g_task_set_source_tag (task, build);
  g_task_set_task_data (task, data, build_free);
  g_task_run_in_thread (task, build_thread);
}

/* Whether what is on the screen is of the heap that is known now. */
static gboolean
is_current (HsGraphPanel *self)
{
  return self->scene != NULL && self->heap != NULL &&
         hs_graph_get_heap (hs_graph_scene_get_graph (self->scene)) == self->heap;
}

/* The newest wishes for changing. Returns: (transfer full) */
static Wishes *
dup_wishes (HsGraphPanel *self)
{
  const Wishes *newest = self->wanted != NULL ? self->wanted : self->shown;

  return newest != NULL ? wishes_copy (newest) : wishes_new (self->values_in_rows);
}

static void
box_activated_cb (HsGraphPanel *self,
                  guint         index,
                  guint         row,
                  guint         kind)
{
  const HsGraphBox *box;
  Wishes           *wishes;

  if (!is_current (self))
    return;

  box = hs_graph_get_box (hs_graph_scene_get_graph (self->scene), index);
  if (kind != HS_HIT_MORE && box->kind != HS_BOX_GROUP && !box->is_folded &&
      (box->n_rows == 0 || box->kind != HS_BOX_OBJECT))
    return;

  wishes = dup_wishes (self);
  if (kind == HS_HIT_MORE)
    wishes_show_more_rows (wishes, box->key);
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
    return;

  set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
  show_status (self, APP_ID "-symbolic", _("No Graph"), _("Arranging the graph was canceled."));
  update_matches (self);
}

static void
reset_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);

  if (self->heap != NULL)
    build (self, wishes_new (self->values_in_rows), hs_graph_view_get_center_key (self->view));
}

static void
show_more_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);
  Wishes       *wishes;

  if (!is_current (self))
    return;

  wishes = dup_wishes (self);
  wishes_show_more_boxes (wishes);
  build (self, wishes, hs_graph_view_get_center_key (self->view));
}

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);

  if (g_str_equal (action, "graph.find"))
    hs_graph_panel_find (self);
  else
    find_from (self, hs_graph_view_get_selected (self->view), g_str_equal (action, "graph.find-previous"));
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
      Wishes *wishes = dup_wishes (self);

      hs_graph_options_set_values_in_rows (wishes->options, values_in_rows);
      build (self, wishes, is_current (self) ? hs_graph_view_get_center_key (self->view) : HS_GRAPH_VIEW_KEEP_NOTHING);
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
  g_clear_pointer (&self->shown, wishes_free);
  if (heap != NULL)
    {
      self->heap = hs_heap_ref (heap);
      build (self, wishes_new (self->values_in_rows), HS_GRAPH_VIEW_KEEP_NOTHING);
      return;
    }

  set_scene (self, NULL, HS_GRAPH_VIEW_KEEP_NOTHING);
  if (reason != NULL)
    show_status (self, "dialog-warning-symbolic", _("No Graph"), reason);
  else
    show_invitation (self);
  update_matches (self);
}

HsGraphScene *
hs_graph_panel_get_scene (HsGraphPanel *self)
{
  g_return_val_if_fail (HS_IS_GRAPH_PANEL (self), NULL);

  return self->scene;
}

void
hs_graph_panel_find (HsGraphPanel *self)
{
  g_return_if_fail (HS_IS_GRAPH_PANEL (self));

  if (self->scene == NULL)
    return;

  gtk_revealer_set_reveal_child (self->find_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
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
  g_clear_pointer (&self->wanted, wishes_free);
  g_clear_pointer (&self->shown, wishes_free);
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
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_stop_cb);
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
  gtk_widget_class_install_action (widget_class, "graph.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "graph.find-next", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "graph.find-previous", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "graph.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "graph.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "graph.fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "graph.actual-size", NULL, zoom_action);
  gtk_widget_class_install_property_action (widget_class, "graph.values-in-rows", "values-in-rows");

  g_type_ensure (HS_TYPE_GRAPH_VIEW);
  bind_template (widget_class);
}

static void
hs_graph_panel_init (HsGraphPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  notify_zoom_cb (self);
  show_invitation (self);
  update_actions (self);
}
