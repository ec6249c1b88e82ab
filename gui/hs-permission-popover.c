/* hs-permission-popover.c - switches for what the code of a window may do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-permission-popover.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-visible-name.h"

/* Not every folder: the walk up from a file ends soon. */
#define PARENTS_MAX 100

/* With more folders than fit, the rest is scrolled to. Pixels */
#define HEIGHT_MAX 480

/* A popover that opens is sized anew for some frames, and then begins at its top. */
#define SIZING_FRAMES 15

/* A folder and its switch. */
typedef struct
{
  char      *path; /* owned; without links */
  GtkWidget *widget;
  GtkSwitch *toggle;
  gboolean   is_own; /* the folder of the file: it stays */
} Row;

struct _HsPermissionPopover
{
  GtkPopover parent_instance;

  HsPermissions        *permissions; /* owned */
  GPtrArray            *rows;        /* owned; of Row, in the order in which they are shown */
  GtkFileChooserNative *chooser;     /* owned while it is open */
  gboolean              is_filling;  /* switches are set, nobody has touched them */
  guint                 n_frames;    /* for which the row pointed at is still scrolled to */

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkWidget         *clamp;
  GtkListBox        *list;
  GtkWidget         *add_row;
  GtkWidget         *network_row;
  GtkWidget         *processes_row;
  GtkWidget         *unprotected_row;
  GtkSwitch         *network_switch;
  GtkSwitch         *processes_switch;
  GtkSwitch         *unprotected_switch;
  GtkLabel          *problem_label;
  GtkCheckButton    *remember_check;
};

enum
{
  CHANGED,
  REMEMBER,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (HsPermissionPopover, hs_permission_popover, GTK_TYPE_POPOVER)

static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->path);
  g_free (row);
}

/* As high as all rows are: by itself a scrolled window takes no account of lines that wrap. */
static void
fit_height (HsPermissionPopover *self)
{
  int width;
  int height;

  gtk_widget_measure (self->clamp, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (self->clamp, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN (height, HEIGHT_MAX));
}

/* To wrap texts costs more than all else about a popover that nobody has opened. */
static void
update_height (HsPermissionPopover *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    fit_height (self);
}

static void
hs_permission_popover_show (GtkWidget *widget)
{
  fit_height (HS_PERMISSION_POPOVER (widget));

  GTK_WIDGET_CLASS (hs_permission_popover_parent_class)->show (widget);
}

void
hs_permission_popover_set_problem (HsPermissionPopover *self,
                                   const char          *text)
{
  g_return_if_fail (HS_IS_PERMISSION_POPOVER (self));

  gtk_label_set_label (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
  update_height (self);
}

/* Somebody has changed what is allowed. */
static void
announce (HsPermissionPopover *self)
{
  hs_permission_popover_set_problem (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Folders */

/* Returns: (transfer full) (nullable): without links; NULL if there is no such folder */
static char *
dup_real_folder (const char *path)
{
  char            *real = realpath (path, NULL);
  g_autofree char *copy = g_strdup (real);

  free (real);

  return copy != NULL && g_file_test (copy, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&copy) : NULL;
}

char *
hs_permission_popover_dup_folder (const char *file)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  if (!g_path_is_absolute (file))
    return NULL;

  /* What is to be made may lie in a folder that is to be made as well. */
  path = g_path_get_dirname (file);
  for (guint i = 0; i < PARENTS_MAX; i++)
    {
      g_autoptr(HsPermissions) trial = hs_permissions_new ();
      g_autofree char *folder = dup_real_folder (path);
      g_autofree char *text = NULL;
      char            *parent;

      if (folder != NULL)
        {
          text = g_strconcat ("write=", folder, NULL);
          return hs_permissions_add (trial, text, NULL) ? g_steal_pointer (&folder) : NULL;
        }
      parent = g_path_get_dirname (path);
      g_free (path);
      path = parent;
    }

  return NULL;
}

static gboolean
lies_in (const char *path,
         const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) &&
         (path[length] == '\0' || path[length] == '/' || g_str_equal (folder, "/"));
}

/* What is worth a thought before it is allowed; NULL: nothing. */
static const char *
get_warning (const char *path)
{
  g_autofree char *home = dup_real_folder (g_get_home_dir ());

  if (home == NULL)
    return NULL;

  if (lies_in (home, path))
    return _("This is your whole home folder: what is written there may run when you next log in");
  if (lies_in (path, home) && path[strlen (home)] == '/' && path[strlen (home) + 1] == '.')
    return _("Programs keep their settings in this folder: what is written there may run when you "
             "next start one");

  return NULL;
}

static Row *
find_row (HsPermissionPopover *self,
          const char          *path)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->path, path))
        return row;
    }

  return NULL;
}

static void
set_switch (HsPermissionPopover *self,
            GtkSwitch           *toggle,
            gboolean             active)
{
  self->is_filling = TRUE;
  gtk_switch_set_active (toggle, active);
  self->is_filling = FALSE;
}

static void
folder_switched_cb (HsPermissionPopover *self,
                    GParamSpec          *pspec,
                    GtkSwitch           *toggle)
{
  const char      *path = g_object_get_data (G_OBJECT (toggle), "folder");
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (self->is_filling)
    return;

  if (!gtk_switch_get_active (toggle))
    {
      hs_permissions_remove_folder (self->permissions, path);
      announce (self);
      return;
    }

  text = g_strconcat ("write=", path, NULL);
  if (hs_permissions_add (self->permissions, text, &error))
    {
      announce (self);
      return;
    }
  set_switch (self, toggle, FALSE);
  hs_permission_popover_set_problem (self, error->message);
}

static void
remove_row (HsPermissionPopover *self,
            Row                 *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (row->widget);

  /* Before the row is gone, and the focus with it. */
  if (gtk_widget_get_focus_child (row->widget) != NULL && next != NULL)
    gtk_widget_grab_focus (next);
  gtk_list_box_remove (self->list, row->widget);
  g_ptr_array_remove (self->rows, row);
  update_height (self);
}

static void
remove_clicked_cb (HsPermissionPopover *self,
                   GtkWidget           *button)
{
  Row     *row = find_row (self, g_object_get_data (G_OBJECT (button), "folder"));
  gboolean was_allowed;

  if (row == NULL)
    return;

  was_allowed = hs_permissions_remove_folder (self->permissions, row->path);
  remove_row (self, row);
  if (was_allowed)
    announce (self);
}

/* A name is shown as it is, without the hyphens that Pango puts where it breaks a word. */
static void
forbid_hyphens (GtkWidget *widget)
{
  g_autoptr(PangoAttrList) attributes = NULL;

  if (GTK_IS_LABEL (widget))
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (widget), attributes);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    forbid_hyphens (child);
}

static void
add_remove_button (HsPermissionPopover *self,
                   Row                 *row,
                   const char          *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* translators: %s is a folder */
  g_autofree char *label = g_strdup_printf (_("Remove “%s” from this list"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove from This List"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "folder", g_strdup (row->path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->widget), button);
}

/* @path: without links. Returns: (transfer none): the row, which may have been there */
static Row *
add_folder (HsPermissionPopover *self,
            const char          *path,
            gboolean             is_own)
{
  Row             *row = find_row (self, path);
  g_autofree char *name = hs_visible_name (path);
  g_autofree char *title = NULL;
  const char      *warning = get_warning (path);

  if (row != NULL)
    return row;

  /* translators: %s is a folder */
  title = g_strdup_printf (_("Write in “%s”"), name);
  row = g_new0 (Row, 1);
  row->path = g_strdup (path);
  row->is_own = is_own;
  row->widget = adw_action_row_new ();
  row->toggle = GTK_SWITCH (gtk_switch_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->widget), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row->widget), 0);
  forbid_hyphens (row->widget);
  if (warning != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row->widget), warning);
  else if (is_own)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row->widget), _("The folder of this file"));
  if (!is_own)
    add_remove_button (self, row, name);

  gtk_widget_set_valign (GTK_WIDGET (row->toggle), GTK_ALIGN_CENTER);
  gtk_switch_set_active (row->toggle, hs_permissions_has_folder (self->permissions, path));
  g_object_set_data_full (G_OBJECT (row->toggle), "folder", g_strdup (path), g_free);
  g_signal_connect_object (row->toggle, "notify::active", G_CALLBACK (folder_switched_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->widget), GTK_WIDGET (row->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row->widget), GTK_WIDGET (row->toggle));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->widget), TRUE);

  g_ptr_array_add (self->rows, row);
  gtk_list_box_insert (self->list, row->widget, (int)self->rows->len - 1);
  update_height (self);

  return row;
}

/* Another folder */

static void
chosen_cb (GtkNativeDialog     *dialog,
           int                  response,
           HsPermissionPopover *self)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  gtk_popover_popup (GTK_POPOVER (self));
  if (file == NULL)
    return;

  path = g_file_get_path (file);
  folder = path != NULL ? dup_real_folder (path) : NULL;
  if (folder == NULL)
    {
      hs_permission_popover_set_problem (
        self, _("Code can only be allowed to write in folders of this computer."));
      return;
    }

  /* Whoever has chosen a folder for this wants it to be allowed. */
  gtk_switch_set_active (add_folder (self, folder, FALSE)->toggle, TRUE);
  gtk_widget_grab_focus (find_row (self, folder)->widget);
}

static void
add_folder_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  HsPermissionPopover *self = HS_PERMISSION_POPOVER (widget);

  if (self->chooser != NULL)
    return;

  hs_permission_popover_set_problem (self, NULL);
  self->chooser = gtk_file_chooser_native_new (_("Allow Writing in a Folder"),
                                                  hs_widget_get_window (widget),
                                                  GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                  _("_Allow Writing"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  /* It would take the pointer from the chooser. */
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The other switches */

static void
switched_cb (HsPermissionPopover *self,
             GParamSpec          *pspec,
             GtkSwitch           *toggle)
{
  gboolean active = gtk_switch_get_active (toggle);

  if (self->is_filling)
    return;

  if (toggle == self->network_switch)
    self->permissions->network = active;
  else if (toggle == self->processes_switch)
    self->permissions->processes = active;
  else
    self->permissions->unprotected = active;
  announce (self);
}

static void
remember_toggled_cb (HsPermissionPopover *self)
{
  if (self->is_filling)
    return;

  hs_permission_popover_set_problem (self, NULL);
  g_signal_emit (self, signals[REMEMBER], 0,
                 gtk_check_button_get_active (self->remember_check));
}

static void
fill (HsPermissionPopover *self)
{
  set_switch (self, self->network_switch, self->permissions->network);
  set_switch (self, self->processes_switch, self->permissions->processes);
  set_switch (self, self->unprotected_switch, self->permissions->unprotected);
  gtk_widget_set_visible (self->unprotected_row, self->permissions->unprotected);
  for (guint i = 0; i < self->permissions->folders->len; i++)
    add_folder (self, g_ptr_array_index (self->permissions->folders, i), FALSE);
}

/* The fonts may have changed since. */
static void
hs_permission_popover_map (GtkWidget *widget)
{
  update_height (HS_PERMISSION_POPOVER (widget));

  GTK_WIDGET_CLASS (hs_permission_popover_parent_class)->map (widget);
}

static void
hs_permission_popover_dispose (GObject *object)
{
  HsPermissionPopover *self = HS_PERMISSION_POPOVER (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->permissions, hs_permissions_free);

  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_PERMISSION_POPOVER);

  G_OBJECT_CLASS (hs_permission_popover_parent_class)->dispose (object);
}

/* The space bar does what it does on a switch; the list itself knows only Return. */
static gboolean
space_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  GtkWindow *window = hs_widget_get_window (widget);
  GtkWidget *focus = window != NULL ? gtk_window_get_focus (window) : NULL;

  return GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_activate (focus);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/hs-permission-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, clamp);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, list);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, add_row);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, network_row);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, processes_row);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, unprotected_row);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, network_switch);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, processes_switch);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, unprotected_switch);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, problem_label);
  gtk_widget_class_bind_template_child (widget_class, HsPermissionPopover, remember_check);
}

static void
hs_permission_popover_class_init (HsPermissionPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_permission_popover_dispose;
  widget_class->show = hs_permission_popover_show;
  widget_class->map = hs_permission_popover_map;

  signals[CHANGED] = g_signal_new ("changed", HS_TYPE_PERMISSION_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMEMBER] = g_signal_new ("remember", HS_TYPE_PERMISSION_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, space_cb, NULL);
  gtk_widget_class_install_action (widget_class, "permissions.add-folder", NULL,
                                   add_folder_action);
}

static void
hs_permission_popover_init (HsPermissionPopover *self)
{
  GtkSwitch **switches[] = { &self->network_switch, &self->processes_switch,
                             &self->unprotected_switch };

  self->permissions = hs_permissions_new ();
  self->rows = g_ptr_array_new_with_free_func (row_free);
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_signal_connect_object (*switches[i], "notify::active", G_CALLBACK (switched_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remember_check, "toggled", G_CALLBACK (remember_toggled_cb),
                           self, G_CONNECT_SWAPPED);
}

const HsPermissions *
hs_permission_popover_get (HsPermissionPopover *self)
{
  g_return_val_if_fail (HS_IS_PERMISSION_POPOVER (self), NULL);

  return self->permissions;
}

void
hs_permission_popover_set (HsPermissionPopover *self,
                           GFile               *file,
                           const HsPermissions *permissions,
                           gboolean             is_remembered)
{
  HsPermissions   *copy;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  g_return_if_fail (HS_IS_PERMISSION_POPOVER (self));

  copy = permissions != NULL ? hs_permissions_copy (permissions) : hs_permissions_new ();
  hs_permissions_free (self->permissions);
  self->permissions = copy;

  while (self->rows->len > 0)
    remove_row (self, g_ptr_array_index (self->rows, 0));
  path = file != NULL ? g_file_get_path (file) : NULL;
  folder = path != NULL ? hs_permission_popover_dup_folder (path) : NULL;
  if (folder != NULL)
    add_folder (self, folder, TRUE);
  fill (self);

  hs_permission_popover_set_remembered (self, is_remembered);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_check), file != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remember_check),
                               file == NULL ? _("Save the code first: it is remembered by the name "
                                                "of its file")
                                            : NULL);
  hs_permission_popover_set_problem (self, NULL);
}

gboolean
hs_permission_popover_is_remembered (HsPermissionPopover *self)
{
  g_return_val_if_fail (HS_IS_PERMISSION_POPOVER (self), FALSE);

  return gtk_check_button_get_active (self->remember_check);
}

void
hs_permission_popover_set_remembered (HsPermissionPopover *self,
                                      gboolean             is_remembered)
{
  g_return_if_fail (HS_IS_PERMISSION_POPOVER (self));

  self->is_filling = TRUE;
  gtk_check_button_set_active (self->remember_check, is_remembered);
  self->is_filling = FALSE;
}

void
hs_permission_popover_allow_unprotected (HsPermissionPopover *self)
{
  g_return_if_fail (HS_IS_PERMISSION_POPOVER (self));

  gtk_widget_set_visible (self->unprotected_row, TRUE);
  update_height (self);
  gtk_switch_set_active (self->unprotected_switch, TRUE);
}

static gboolean
scroll_to_row (GtkWidget     *row,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  HsPermissionPopover *self = user_data;
  GtkAdjustment       *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t      bounds;
  double               top;

  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;
  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), &bounds))
    return G_SOURCE_REMOVE;

  top = gtk_adjustment_get_value (adjustment) + (double)bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + (double)bounds.size.height);

  return --self->n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
hs_permission_popover_point_at (HsPermissionPopover *self,
                                HsRefused            refused,
                                const char          *file)
{
  g_autofree char *folder = NULL;
  GtkWidget       *row = NULL;

  g_return_if_fail (HS_IS_PERMISSION_POPOVER (self));

  if (refused == HS_REFUSED_NETWORK)
    row = self->network_row;
  else if (refused == HS_REFUSED_PROCESS)
    row = self->processes_row;
  else if (refused == HS_REFUSED_WRITE && file != NULL)
    folder = hs_permission_popover_dup_folder (file);
  if (folder != NULL)
    row = add_folder (self, folder, FALSE)->widget;
  if (row == NULL)
    return;

  self->n_frames = SIZING_FRAMES;
  gtk_widget_add_tick_callback (row, scroll_to_row, self, NULL);
  gtk_widget_grab_focus (row);
  /* As after a key: whoever comes from a button sees where he is. */
  if (hs_widget_get_window (row) != NULL)
    gtk_window_set_focus_visible (hs_widget_get_window (row), TRUE);
}
