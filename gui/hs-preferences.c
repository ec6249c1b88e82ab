/* hs-preferences.c - what is kept between runs of the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-preferences.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-editor-page.h"
#include "hs-python.h"

struct _HsPreferences
{
  AdwPreferencesWindow parent_instance;

  GSettings *settings; /* owned */
  GPtrArray *pythons;  /* owned, of HsPython; NULL until they are known */

  AdwComboRow   *interpreter_row;
  GtkSpinButton *time_spin;
  GtkSpinButton *memory_spin;
  AdwComboRow   *color_row;
  GtkSwitch     *session_switch;
  HsEditorPage  *editor_page;
};

G_DEFINE_FINAL_TYPE (HsPreferences, hs_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The setting of a row: empty for the first, which is the default. */
static const char *
interpreter_of_row (HsPreferences *self,
                    guint          row)
{
  return row == 0 ? "" : hs_python_get_minor (g_ptr_array_index (self->pythons, row));
}

static void
interpreter_selected_cb (HsPreferences *self)
{
  guint row = adw_combo_row_get_selected (self->interpreter_row);

  if (self->pythons != NULL && row < self->pythons->len)
    g_settings_set_string (self->settings, "interpreter", interpreter_of_row (self, row));
}

static void
fill_interpreters (HsPreferences *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_settings_get_string (self->settings, "interpreter");
  guint            selected = 0;

  for (guint i = 0; i < self->pythons->len; i++)
    {
      char *label = hs_python_dup_label (g_ptr_array_index (self->pythons, i));

      gtk_string_list_take (labels, label);
      if (g_str_equal (interpreter_of_row (self, i), chosen))
        selected = i;
    }

  adw_combo_row_set_model (self->interpreter_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->interpreter_row, selected);
  g_signal_connect_object (self->interpreter_row, "notify::selected",
                           G_CALLBACK (interpreter_selected_cb), self, G_CONNECT_SWAPPED);
}

static void
list_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HsPreferences) self = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list_finish (result, &error);

  if (self == NULL)
    return;

  if (pythons == NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->interpreter_row), error->message);
      return;
    }

  self->pythons = g_steal_pointer (&pythons);
  fill_interpreters (self);
}

/* AdwComboRow has a number, the setting an enum. */
static gboolean
enum_to_row (GValue   *value,
             GVariant *variant,
             gpointer  user_data)
{
  GSettings *settings = user_data;

  g_value_set_uint (value, (guint)g_settings_get_enum (settings, "color-scheme"));

  return TRUE;
}

static GVariant *
row_to_enum (const GValue       *value,
             const GVariantType *type,
             gpointer            user_data)
{
  static const char *const nicks[] = { "system", "light", "dark" };
  guint                    row = g_value_get_uint (value);

  return row < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[row]) : NULL;
}

/* A spin button has a double, the setting an unsigned integer. */
static gboolean
uint_to_double (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  g_value_set_double (value, g_variant_get_uint32 (variant));

  return TRUE;
}

static GVariant *
double_to_uint (const GValue       *value,
                const GVariantType *type,
                gpointer            user_data)
{
  return g_variant_new_uint32 ((guint32)(g_value_get_double (value) + 0.5));
}

static void
bind_settings (HsPreferences *self)
{
  GSettings *settings = self->settings;

  g_settings_bind_with_mapping (
    settings, "time-limit", gtk_spin_button_get_adjustment (self->time_spin), "value",
    G_SETTINGS_BIND_DEFAULT, uint_to_double, double_to_uint, NULL, NULL);
  g_settings_bind_with_mapping (
    settings, "memory-limit", gtk_spin_button_get_adjustment (self->memory_spin), "value",
    G_SETTINGS_BIND_DEFAULT, uint_to_double, double_to_uint, NULL, NULL);
  g_settings_bind_with_mapping (settings, "color-scheme", self->color_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, enum_to_row, row_to_enum, settings, NULL);
  g_settings_bind (settings, "restore-session", self->session_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  hs_editor_page_set_settings (self->editor_page, settings);
}

static void
hs_preferences_dispose (GObject *object)
{
  HsPreferences *self = HS_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->pythons, g_ptr_array_unref);

  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_PREFERENCES);

  G_OBJECT_CLASS (hs_preferences_parent_class)->dispose (object);
}

static void
hs_preferences_class_init (HsPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_preferences_dispose;

  g_type_ensure (HS_TYPE_EDITOR_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, HsPreferences, interpreter_row);
  gtk_widget_class_bind_template_child (widget_class, HsPreferences, time_spin);
  gtk_widget_class_bind_template_child (widget_class, HsPreferences, memory_spin);
  gtk_widget_class_bind_template_child (widget_class, HsPreferences, color_row);
  gtk_widget_class_bind_template_child (widget_class, HsPreferences, session_switch);
  gtk_widget_class_bind_template_child (widget_class, HsPreferences, editor_page);
}

static void
hs_preferences_init (HsPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hs_accessible_use_label_only (self->time_spin);
  hs_accessible_use_label_only (self->memory_spin);
}

HsPreferences *
hs_preferences_new (GtkWindow *parent,
                    GSettings *settings)
{
  HsPreferences *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (HS_TYPE_PREFERENCES, "transient-for", parent, NULL);
  self->settings = g_object_ref (settings);
  bind_settings (self);

  hs_pythons_list_async (list_cb, hs_weak_ref_new (self));

  return self;
}
