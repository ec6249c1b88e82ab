/* hs-editor-settings.c - how the editor looks and behaves, as it was chosen
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-editor-private.h"

#include "hs-source-style.h"

static void
update_font (HsEditor *self)
{
  g_autofree char *font = g_settings_get_string (self->settings, "editor-font");
  gboolean         is_systems = g_settings_get_boolean (self->settings, "use-system-font");

  hs_editor_set_font (self, is_systems ? NULL : font);
}

/* All buffers have one scheme: the editor that hears of it first sets it for all. */
static void
update_scheme (HsEditor *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "editor-scheme");

  hs_source_style_choose (id);
}

static void
update_spaces (HsEditor *self)
{
  /* None, those at the ends of lines, all of them. */
  static const guint locations[] = { GTK_SOURCE_SPACE_LOCATION_NONE,
                                     GTK_SOURCE_SPACE_LOCATION_TRAILING,
                                     GTK_SOURCE_SPACE_LOCATION_ALL };
  const guint        types = GTK_SOURCE_SPACE_TYPE_ALL & ~(guint)GTK_SOURCE_SPACE_TYPE_NEWLINE;
  int                chosen = g_settings_get_enum (self->settings, "editor-spaces");

  GtkSourceSpaceDrawer *drawer = gtk_source_view_get_space_drawer (self->view);

  gtk_source_space_drawer_set_types_for_locations (drawer, GTK_SOURCE_SPACE_LOCATION_ALL,
                                                   GTK_SOURCE_SPACE_TYPE_NONE);
  gtk_source_space_drawer_set_types_for_locations (drawer, locations[CLAMP (chosen, 0, 2)], types);
  gtk_source_space_drawer_set_enable_matrix (drawer, chosen > 0);
}

static void
update_margin (HsEditor *self)
{
  guint column = g_settings_get_uint (self->settings, "editor-right-margin");

  gtk_source_view_set_right_margin_position (self->view, column);
  gtk_source_view_set_show_right_margin (
    self->view, g_settings_get_boolean (self->settings, "editor-show-margin"));
}

/* The map is another view of the text: made when it is wanted, and gone when it is not. Of a
 * line that is too long for colours it would be a picture of nothing.
 */
static void
update_map (HsEditor *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, "editor-map") && !self->is_plain;

  if (wanted && self->map == NULL)
    {
      self->map = gtk_source_map_new ();
      gtk_widget_set_can_focus (self->map, FALSE);
      /* What it shows is read in the editor. */
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                                   -1);
      gtk_source_map_set_view (GTK_SOURCE_MAP (self->map), self->view);
      gtk_box_append (self->view_box, self->map);
    }
  else if (!wanted && self->map != NULL)
    {
      gtk_box_remove (self->view_box, self->map);
      self->map = NULL;
    }
}

/* A line that is too long for colours takes even longer to be broken. */
static void
update_wrap (HsEditor *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, "editor-wrap") && !self->is_plain;

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view),
                               wanted ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
}

/* In a line that is too long for colours, to look for other occurrences takes as long. */
static void
update_occurrences (HsEditor *self)
{
  hs_occurrences_set_enabled (
    self->occurrences,
    g_settings_get_boolean (self->settings, "editor-highlight-occurrences") && !self->is_plain);
}

static void
update_completion (HsEditor *self)
{
  hs_completion_set_enabled (self->completion,
                             g_settings_get_boolean (self->settings, "editor-completion"));
}

void
_hs_editor_update_plain (HsEditor *self)
{
  if (self->settings == NULL)
    return;

  update_map (self);
  update_wrap (self);
  update_occurrences (self);
}

void
hs_editor_set_settings (HsEditor  *self,
                        GSettings *settings)
{
  static const struct
  {
    const char *key;
    void (*update) (HsEditor *self);
  } followed[] = {
    { "use-system-font", update_font },
    { "editor-font", update_font },
    { "editor-scheme", update_scheme },
    { "editor-spaces", update_spaces },
    { "editor-show-margin", update_margin },
    { "editor-right-margin", update_margin },
    { "editor-map", update_map },
    { "editor-wrap", update_wrap },
    { "editor-highlight-occurrences", update_occurrences },
    { "editor-completion", update_completion },
  };

  g_return_if_fail (HS_IS_EDITOR (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", followed[i].key, NULL);

      g_signal_connect_object (settings, signal, G_CALLBACK (followed[i].update), self,
                               G_CONNECT_SWAPPED);
      followed[i].update (self);
    }
  g_settings_bind (settings, "editor-highlight-line", self->view, "highlight-current-line",
                   G_SETTINGS_BIND_GET);
}
