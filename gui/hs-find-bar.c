/* hs-find-bar.c - finds and replaces in a source view
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-find-bar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HsFindBar
{
  AdwBin parent_instance;

  GtkSourceSearchSettings *settings; /* owned */
  GtkSourceSearchContext  *context;  /* owned; NULL before the view is set */
  GtkTextMark             *start;    /* owned; a search as one types begins here */

  GtkSourceView *view; /* weak */

  GtkRevealer *revealer;
  GtkEntry    *find_entry;
  GtkLabel    *count_label;
  GtkWidget   *replace_box;
  GtkEntry    *replace_entry;
};

enum
{
  PROP_0,
  PROP_MATCH_CASE,
  PROP_WHOLE_WORDS,
  PROP_USE_REGEX,
  PROP_SHOW_REPLACE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (HsFindBar, hs_find_bar, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static GtkTextBuffer *
get_buffer (HsFindBar *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static gboolean
has_query (HsFindBar *self)
{
  return self->view != NULL && gtk_source_search_settings_get_search_text (self->settings) != NULL;
}

/* Shows @error (nullable) on @entry. */
static void
show_error (GtkEntry     *entry,
            const GError *error)
{
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");

  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), error != NULL ? error->message : NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
enable_actions (HsFindBar *self,
                gboolean   any)
{
  GtkWidget *widget = GTK_WIDGET (self);

  /* A button that becomes insensitive loses the focus to nowhere, and with it
   * Escape.
   */
  if (!any && gtk_widget_get_focus_child (widget) != NULL &&
      !GTK_IS_EDITABLE (gtk_root_get_focus (gtk_widget_get_root (widget))))
    gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));

  gtk_widget_action_set_enabled (widget, "find.next", any);
  gtk_widget_action_set_enabled (widget, "find.previous", any);
  gtk_widget_action_set_enabled (widget, "find.replace", any);
  gtk_widget_action_set_enabled (widget, "find.replace-all", any);
}

/* How many matches there are, and which of them is selected. The context scans
 * long texts bit by bit; until it is through, a count is negative.
 */
static void
update_count (HsFindBar *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  GtkTextIter      start, end;
  int              count, position;

  if (self->context == NULL || self->view == NULL)
    return;

  error = gtk_source_search_context_get_regex_error (self->context);
  show_error (self->find_entry, error);

  count = gtk_source_search_context_get_occurrences_count (self->context);
  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  position = gtk_source_search_context_get_occurrence_position (self->context, &start, &end);

  if (!has_query (self) || error != NULL || count < 0)
    text = g_strdup ("");
  else if (count == 0)
    text = g_strdup (_("No matches"));
  else if (position > 0)
    /* translators: which match of how many, such as “3 of 12” */
    text = g_strdup_printf (_("%1$d of %2$d"), position, count);
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d match", "%d matches", (gulong)count),
                            count);

  gtk_label_set_label (self->count_label, text);
  enable_actions (self, has_query (self) && error == NULL && count != 0);
}

static void
select_match (HsFindBar         *self,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  GtkTextBuffer *buffer = get_buffer (self);

  gtk_text_buffer_select_range (buffer, start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer),
                                0.1, FALSE, 0., 0.);
  update_count (self);
}

/* Selects the match nearest to @from, in the wanted direction. */
static void
search_from (HsFindBar         *self,
             const GtkTextIter *from,
             gboolean           backwards)
{
  GtkTextIter start, end;
  gboolean    found;

  if (backwards)
    found = gtk_source_search_context_backward (self->context, from, &start, &end, NULL);
  else
    found = gtk_source_search_context_forward (self->context, from, &start, &end, NULL);

  if (found)
    select_match (self, &start, &end);
  else
    update_count (self);
}

/* Takes what is typed over into the settings. Outside of regular expressions,
 * \n and \t are what they are in Python.
 */
static void
update_query (HsFindBar *self)
{
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autofree char *text = gtk_source_search_settings_get_regex_enabled (self->settings)
                            ? g_strdup (typed)
                            : gtk_source_utils_unescape_search_text (typed);

  gtk_source_search_settings_set_search_text (self->settings, *text != '\0' ? text : NULL);
}

static void
search_again (HsFindBar *self)
{
  GtkTextIter from;

  if (self->context == NULL || self->view == NULL)
    return;

  update_query (self);
  if (!has_query (self))
    {
      update_count (self);
      return;
    }

  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &from, self->start);
  search_from (self, &from, FALSE);
}

static void
find_changed_cb (HsFindBar *self)
{
  search_again (self);
}

static void
find_activate_cb (HsFindBar *self)
{
  hs_find_bar_find_next (self, FALSE);
}

/* The replacement as the context wants it; it expands \1 and \n itself in
 * those of regular expressions.
 */
static char *
dup_replacement (HsFindBar *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->replace_entry));

  return gtk_source_search_settings_get_regex_enabled (self->settings)
           ? g_strdup (typed)
           : gtk_source_utils_unescape_search_text (typed);
}

static void
replace (HsFindBar *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *replacement = NULL;
  GtkTextIter      start, end;

  if (!has_query (self))
    return;

  replacement = dup_replacement (self);
  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  /* False as well where the selection is no match: then there is one to find. */
  gtk_source_search_context_replace (self->context, &start, &end, replacement, -1, &error);
  show_error (self->replace_entry, error);
  if (error == NULL)
    search_from (self, &end, FALSE);
}

static void
replace_all (HsFindBar *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *replacement = NULL;
  GtkTextBuffer   *buffer;

  if (!has_query (self))
    return;

  replacement = dup_replacement (self);
  buffer = get_buffer (self);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_source_search_context_replace_all (self->context, replacement, -1, &error);
  gtk_text_buffer_end_user_action (buffer);

  show_error (self->replace_entry, error);
  update_count (self);
}

static void
replace_activate_cb (HsFindBar *self)
{
  replace (self);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  HsFindBar *self = HS_FIND_BAR (widget);

  if (g_str_equal (name, "find.replace"))
    replace (self);
  else if (g_str_equal (name, "find.replace-all"))
    replace_all (self);
  else if (g_str_equal (name, "find.close"))
    hs_find_bar_close (self);
  else
    hs_find_bar_find_next (self, g_str_equal (name, "find.previous"));
}

/* What is selected, as something to look for; NULL if that is nothing or
 * more than a line.
 */
static char *
dup_selected (HsFindBar *self)
{
  g_autofree char *text = NULL;
  GtkTextIter      start, end;

  if (!gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end) ||
      gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return NULL;

  text = gtk_text_iter_get_slice (&start, &end);

  return gtk_source_search_settings_get_regex_enabled (self->settings)
           ? g_regex_escape_string (text, -1)
           : gtk_source_utils_escape_search_text (text);
}

static void
hs_find_bar_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  HsFindBar *self = HS_FIND_BAR (object);

  switch (prop_id)
    {
    case PROP_MATCH_CASE:
      g_value_set_boolean (value,
                           gtk_source_search_settings_get_case_sensitive (self->settings));
      break;
    case PROP_WHOLE_WORDS:
      g_value_set_boolean (value,
                           gtk_source_search_settings_get_at_word_boundaries (self->settings));
      break;
    case PROP_USE_REGEX:
      g_value_set_boolean (value,
                           gtk_source_search_settings_get_regex_enabled (self->settings));
      break;
    case PROP_SHOW_REPLACE:
      /* The action asks before there is a template. */
      g_value_set_boolean (value, self->replace_box != NULL &&
                                    gtk_widget_get_visible (self->replace_box));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_find_bar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  HsFindBar *self = HS_FIND_BAR (object);
  gboolean   on = g_value_get_boolean (value);

  switch (prop_id)
    {
    case PROP_MATCH_CASE:
      gtk_source_search_settings_set_case_sensitive (self->settings, on);
      break;
    case PROP_WHOLE_WORDS:
      gtk_source_search_settings_set_at_word_boundaries (self->settings, on);
      break;
    case PROP_USE_REGEX:
      gtk_source_search_settings_set_regex_enabled (self->settings, on);
      break;
    case PROP_SHOW_REPLACE:
      gtk_widget_set_visible (self->replace_box, on);
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  search_again (self);
}

static void
hs_find_bar_dispose (GObject *object)
{
  HsFindBar *self = HS_FIND_BAR (object);

  g_clear_object (&self->start);
  g_clear_object (&self->context);
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (hs_find_bar_parent_class)->dispose (object);
}

static void
hs_find_bar_finalize (GObject *object)
{
  HsFindBar *self = HS_FIND_BAR (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hs_find_bar_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const char *const names[N_PROPS] = {
    NULL, "match-case", "whole-words", "use-regex", "show-replace"
  };

  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "find.next", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "find.replace", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "find.replace-all", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, find_action);
  gtk_widget_class_install_property_action (widget_class, "find.match-case", "match-case");
  gtk_widget_class_install_property_action (widget_class, "find.whole-words", "whole-words");
  gtk_widget_class_install_property_action (widget_class, "find.use-regex", "use-regex");
  gtk_widget_class_install_property_action (widget_class, "find.show-replace", "show-replace");

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "find.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK,
                                       "find.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_SHIFT_MASK,
                                       "find.previous", NULL);
}

static void
hs_find_bar_class_init (HsFindBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hs_find_bar_dispose;
  object_class->finalize = hs_find_bar_finalize;
  object_class->get_property = hs_find_bar_get_property;
  object_class->set_property = hs_find_bar_set_property;

  install_properties (object_class);
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HsFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, HsFindBar, find_entry);
  gtk_widget_class_bind_template_child (widget_class, HsFindBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, HsFindBar, replace_box);
  gtk_widget_class_bind_template_child (widget_class, HsFindBar, replace_entry);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_activate_cb);
}

static void
hs_find_bar_init (HsFindBar *self)
{
  self->settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_wrap_around (self->settings, TRUE);

  gtk_widget_init_template (GTK_WIDGET (self));
  enable_actions (self, FALSE);
}

void
hs_find_bar_set_view (HsFindBar     *self,
                      GtkSourceView *view)
{
  GtkTextBuffer *buffer;
  GtkTextIter    start;

  g_return_if_fail (HS_IS_FIND_BAR (self));
  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));
  g_return_if_fail (self->view == NULL);

  g_set_weak_pointer (&self->view, view);
  buffer = get_buffer (self);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->start = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE));

  self->context = gtk_source_search_context_new (GTK_SOURCE_BUFFER (buffer), self->settings);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  g_signal_connect_object (self->context, "notify::occurrences-count",
                           G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::regex-error",
                           G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
}

void
hs_find_bar_open (HsFindBar *self,
                  gboolean   with_replace)
{
  g_autofree char *selected = NULL;
  GtkTextIter      start;

  g_return_if_fail (HS_IS_FIND_BAR (self));
  g_return_if_fail (self->view != NULL);

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, NULL);
  gtk_text_buffer_move_mark (get_buffer (self), self->start, &start);

  if (with_replace)
    g_object_set (self, "show-replace", TRUE, NULL);
  gtk_widget_set_visible (gtk_revealer_get_child (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_source_search_context_set_highlight (self->context, TRUE);

  selected = dup_selected (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
  if (selected != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->find_entry), selected);
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
  update_count (self);
}

void
hs_find_bar_close (HsFindBar *self)
{
  g_return_if_fail (HS_IS_FIND_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (self->context != NULL)
    gtk_source_search_context_set_highlight (self->context, FALSE);
  if (self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
hs_find_bar_find_next (HsFindBar *self,
                       gboolean   backwards)
{
  GtkTextIter start, end;

  g_return_if_fail (HS_IS_FIND_BAR (self));
  g_return_if_fail (self->view != NULL);

  if (!has_query (self))
    {
      hs_find_bar_open (self, FALSE);
      return;
    }

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  search_from (self, backwards ? &start : &end, backwards);
  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, NULL);
  gtk_text_buffer_move_mark (get_buffer (self), self->start, &start);
}
