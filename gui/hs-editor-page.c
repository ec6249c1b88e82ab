/* hs-editor-page.c - the preferences of editors
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-editor-page.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-source-style.h"

struct _HsEditorPage
{
  AdwPreferencesPage parent_instance;

  GSettings *settings; /* owned */

  GtkFlowBox     *schemes;
  GtkSwitch      *font_switch;
  GtkWidget      *font_row;
  GtkFontButton  *font_button;
  GtkSwitch      *line_switch;
  GtkSwitch      *occurrences_switch;
  GtkSwitch      *wrap_switch;
  GtkSwitch      *map_switch;
  AdwComboRow    *spaces_row;
  AdwExpanderRow *margin_row;
  GtkSpinButton  *margin_spin;
  GtkSwitch      *completion_switch;
  GtkSwitch      *save_switch;
};

G_DEFINE_FINAL_TYPE (HsEditorPage, hs_editor_page, ADW_TYPE_PREFERENCES_PAGE)

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

/* The scheme of a child of the box. */
static GtkSourceStyleScheme *
get_scheme (GtkFlowBoxChild *child)
{
  GtkWidget *preview = gtk_flow_box_child_get_child (child);

  return gtk_source_style_scheme_preview_get_scheme (GTK_SOURCE_STYLE_SCHEME_PREVIEW (preview));
}

static void
choose_scheme (HsEditorPage         *self,
               GtkSourceStyleScheme *scheme)
{
  g_settings_set_string (self->settings, "editor-scheme",
                         gtk_source_style_scheme_get_id (scheme));
}

/* By the pointer: the preview takes the click. */
static void
preview_activated_cb (HsEditorPage                *self,
                      GtkSourceStyleSchemePreview *preview)
{
  choose_scheme (self, gtk_source_style_scheme_preview_get_scheme (preview));
}

/* By keys. */
static void
scheme_activated_cb (HsEditorPage    *self,
                     GtkFlowBoxChild *child)
{
  choose_scheme (self, get_scheme (child));
}

/* Which one is chosen: by a check mark, and as a state of its name. */
static void
update_chosen (HsEditorPage *self)
{
  g_autofree char      *id = g_settings_get_string (self->settings, "editor-scheme");
  GtkSourceStyleScheme *chosen = hs_source_style_find (id, is_dark ());
  GtkFlowBoxChild      *child;

  for (int i = 0; (child = gtk_flow_box_get_child_at_index (self->schemes, i)) != NULL; i++)
    {
      GtkWidget *preview = gtk_flow_box_child_get_child (child);
      gboolean   is_chosen = get_scheme (child) == chosen;

      gtk_source_style_scheme_preview_set_selected (GTK_SOURCE_STYLE_SCHEME_PREVIEW (preview),
                                                    is_chosen);
      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_SELECTED,
                                   is_chosen, -1);
    }
}

static void
add_scheme (HsEditorPage         *self,
            GtkSourceStyleScheme *scheme)
{
  GtkWidget  *preview = gtk_source_style_scheme_preview_new (scheme);
  GtkWidget  *child = gtk_flow_box_child_new ();
  const char *name = gtk_source_style_scheme_get_name (scheme);

  g_signal_connect_object (preview, "activate", G_CALLBACK (preview_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_tooltip_text (child, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* It holds a text for the eye, in a view that says that it can be focused. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (preview), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), preview);
  gtk_flow_box_append (self->schemes, child);
}

/* The variants are those of the desktop: a dark program has no light text. */
static void
fill_schemes (HsEditorPage *self)
{
  g_autoptr(GPtrArray) list = hs_source_style_list (is_dark ());
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->schemes))) != NULL)
    gtk_flow_box_remove (self->schemes, child);
  for (guint i = 0; i < list->len; i++)
    add_scheme (self, list->pdata[i]);
  update_chosen (self);
}

/* AdwComboRow has a number, the setting an enum. */
static gboolean
spaces_to_row (GValue   *value,
               GVariant *variant,
               gpointer  user_data)
{
  g_value_set_uint (value, (guint)g_settings_get_enum (user_data, "editor-spaces"));

  return TRUE;
}

static GVariant *
row_to_spaces (const GValue       *value,
               const GVariantType *type,
               gpointer            user_data)
{
  static const char *const nicks[] = { "none", "trailing", "all" };
  guint                    row = g_value_get_uint (value);

  return row < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[row]) : NULL;
}

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
hs_editor_page_dispose (GObject *object)
{
  g_clear_object (&HS_EDITOR_PAGE (object)->settings);

  G_OBJECT_CLASS (hs_editor_page_parent_class)->dispose (object);
}

static void
hs_editor_page_class_init (HsEditorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_editor_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/hs-editor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, schemes);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, font_switch);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, font_row);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, font_button);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, line_switch);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, occurrences_switch);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, wrap_switch);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, map_switch);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, spaces_row);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, margin_row);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, margin_spin);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, completion_switch);
  gtk_widget_class_bind_template_child (widget_class, HsEditorPage, save_switch);
  gtk_widget_class_bind_template_callback (widget_class, scheme_activated_cb);
}

/* Returns: (transfer none) (nullable): the first switch in @widget */
static GtkWidget *
find_switch (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkWidget *found = GTK_IS_SWITCH (widget) ? widget : NULL;

  for (; child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_switch (child);

  return found;
}

static void
set_label (GtkWidget  *widget,
           const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* Of what GTK 4.8 and libadwaita 1.2 leave nameless: the button inside of a font button (which has
 * the focus), a row that expands and its switch.
 */
static void
name_inner_widgets (HsEditorPage *self)
{
  set_label (gtk_widget_get_first_child (GTK_WIDGET (self->font_button)), _("Editor font"));
  set_label (GTK_WIDGET (self->margin_row), _("Right margin"));
  set_label (find_switch (GTK_WIDGET (self->margin_row)), _("Show the right margin"));
}

static void
hs_editor_page_init (HsEditorPage *self)
{

  gtk_widget_init_template (GTK_WIDGET (self));
  hs_accessible_use_label_only (self->margin_spin);
  name_inner_widgets (self);
}

void
hs_editor_page_set_settings (HsEditorPage *self,
                             GSettings    *settings)
{
  const struct
  {
    const char *key;
    gpointer    widget;
    const char *property;
  } bound[] = {
    { "use-system-font", self->font_switch, "active" },
    { "editor-font", self->font_button, "font" },
    { "editor-highlight-line", self->line_switch, "active" },
    { "editor-highlight-occurrences", self->occurrences_switch, "active" },
    { "editor-wrap", self->wrap_switch, "active" },
    { "editor-map", self->map_switch, "active" },
    { "editor-show-margin", self->margin_row, "enable-expansion" },
    { "editor-completion", self->completion_switch, "active" },
    { "auto-save", self->save_switch, "active" },
  };

  g_return_if_fail (HS_IS_EDITOR_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  for (guint i = 0; i < G_N_ELEMENTS (bound); i++)
    g_settings_bind (settings, bound[i].key, bound[i].widget, bound[i].property,
                     G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "use-system-font", self->font_row, "sensitive",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  g_settings_bind_with_mapping (settings, "editor-spaces", self->spaces_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, spaces_to_row, row_to_spaces, settings,
                                NULL);
  g_settings_bind_with_mapping (
    settings, "editor-right-margin", gtk_spin_button_get_adjustment (self->margin_spin), "value",
    G_SETTINGS_BIND_DEFAULT, uint_to_double, double_to_uint, NULL, NULL);

  g_signal_connect_object (settings, "changed::editor-scheme", G_CALLBACK (update_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (fill_schemes), self, G_CONNECT_SWAPPED);
  fill_schemes (self);
}
