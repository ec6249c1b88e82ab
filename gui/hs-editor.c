/* hs-editor.c - the editor for Python source, with its find bar
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-editor-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-font-css.h"
#include "hs-indenter.h"
#include "hs-moment-marks.h"
#include "hs-source-style.h"
#include "hs-text-extent.h"

/* The category of the source mark on the line of an error. */
#define ERROR_CATEGORY "heapscape-error"

/* One step makes text larger by a tenth: from 53 % to 314 %. */
#define ZOOM_STEP 1.1
#define ZOOM_MIN  -6
#define ZOOM_MAX  12

enum
{
  PROP_0,
  PROP_MODIFIED,
  PROP_CAN_COMPARE,
  N_PROPS
};

enum
{
  CHANGED,
  REMARK,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (HsEditor, hs_editor, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
update_font (HsEditor *self)
{
  g_autofree char *css = hs_font_css_new (self->font, pow (ZOOM_STEP, self->zoom));

  gtk_css_provider_load_from_data (self->css, css, -1);
}

/* ---- Text that the view cannot bear: see hs-text-extent.h ---- */

/* How long a text stays without colours after its long line is gone. Milliseconds. */
#define PLAIN_TIME 1000

static void
update_language (HsEditor *self)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  /* NULL, where the language is not installed, is plain text. */
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (languages, "python3");

  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (self->buffer),
                                  self->is_plain ? NULL : language);
}

static void
set_plain (HsEditor *self,
           gboolean  is_plain)
{
  if (self->is_plain == is_plain)
    return;

  self->is_plain = is_plain;
  _hs_editor_update_plain (self);
  if (self->language_id == 0)
    update_language (self);
}

/* Returns: whether there is a line too long for colours, which is said */
static gboolean
remark_long_line (HsEditor           *self,
                  const HsTextExtent *extent)
{
  g_autofree char *text = NULL;

  if (extent->longest <= HS_TEXT_COLORED_LINE_MAX)
    return FALSE;

  if (!self->is_plain)
    {
      text = g_strdup_printf (
        /* translators: both are numbers */
        _("The code is shown without colors: it has a line of %1$'u characters, and with more than "
          "%2$'u that takes too long. Break the line to see them again."),
           (guint)extent->longest, (guint)HS_TEXT_COLORED_LINE_MAX);
      g_signal_emit (self, signals[REMARK], 0, text);
    }

  return TRUE;
}

static gboolean
plain_cb (gpointer user_data)
{
  HsEditor        *self = user_data;
  g_autofree char *text = hs_editor_dup_text (self);
  HsTextExtent     extent;

  self->plain_id = 0;
  hs_text_extent_measure (&extent, text, strlen (text));
  if (extent.longest <= HS_TEXT_COLORED_LINE_MAX)
    set_plain (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* Before anything is inserted, wherever it comes from: typed, pasted, dropped, spoken. */
static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter   *place,
                const char    *text,
                int            size,
                HsEditor      *self)
{
  HsTextExtent     extent;
  g_autofree char *refusal = NULL;
  gsize            line;

  if (self->is_setting)
    return;

  hs_text_extent_measure (&extent, text, size < 0 ? strlen (text) : (gsize)size);
  /* The line that it comes into is on both sides of it. */
  line = (gsize)gtk_text_iter_get_chars_in_line (place);
  extent.longest = MAX (extent.longest, MAX (extent.first, extent.last) + line);
  extent.n_bytes += (gsize)gtk_text_buffer_get_char_count (buffer);
  extent.n_lines += (gsize)gtk_text_buffer_get_line_count (buffer) - 1;

  refusal = hs_text_extent_dup_refusal (&extent, NULL);
  if (refusal != NULL)
    {
      g_signal_stop_emission_by_name (buffer, "insert-text");
      g_signal_emit (self, signals[REMARK], 0, refusal);
    }
  else if (remark_long_line (self, &extent))
    {
      set_plain (self, TRUE);
    }
}

static void
changed_cb (HsEditor *self)
{
  if (self->is_plain && self->plain_id == 0 && !self->is_setting)
    self->plain_id = g_timeout_add (PLAIN_TIME, plain_cb, self);
  hs_editor_clear_error (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
modified_changed_cb (HsEditor *self)
{
  gboolean is_saved = self->is_setting || gtk_text_buffer_get_modified (self->buffer) ||
                      gtk_text_buffer_get_can_undo (self->buffer) ||
                      gtk_text_buffer_get_can_redo (self->buffer);

  /* A screen reader has set the whole text: GTK 4.8 takes that for a new document
   * (gtktexthistory.c, end of an irreversible action), which would be lost without a question.
   */
  if (!is_saved)
    {
      gtk_text_buffer_set_modified (self->buffer, TRUE);
      return;
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static char *
mark_tooltip_cb (GtkSourceMarkAttributes *attributes,
                 GtkSourceMark           *mark,
                 HsEditor                *self)
{
  return g_strdup (self->message);
}

/* The whole line of the error shows its message, to the pointer and, with the
 * cursor in it, to the keyboard.
 */
static gboolean
query_tooltip_cb (HsEditor   *self,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GtkTextIter  iter;

  if (self->message == NULL)
    return FALSE;

  if (keyboard)
    {
      gtk_text_buffer_get_iter_at_mark (self->buffer, &iter,
                                        gtk_text_buffer_get_insert (self->buffer));
    }
  else
    {
      gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
      gtk_text_view_get_line_at_y (view, &iter, y, NULL);
    }

  if ((guint)gtk_text_iter_get_line (&iter) + 1 != hs_editor_get_error_line (self))
    return FALSE;

  gtk_tooltip_set_text (tooltip, self->message);

  return TRUE;
}

/* Ctrl and the wheel zoom. Touchpads send many small steps, which add up. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           HsEditor                 *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  int       steps;

  if (!(gdk_event_get_modifier_state (event) & GDK_CONTROL_MASK))
    return FALSE;

  self->scrolled -= CLAMP (dy, -1., 1.);
  steps = (int)self->scrolled;
  self->scrolled -= steps;
  if (steps != 0)
    hs_editor_zoom (self, steps);

  return TRUE;
}

/* Reading the definition of the language takes a tenth of the program's start:
 * the window is drawn first.
 */
static gboolean
set_language_cb (gpointer user_data)
{
  HsEditor *self = user_data;

  self->language_id = 0;
  update_language (self);

  return G_SOURCE_REMOVE;
}

static void
set_up_buffer (HsEditor *self)
{
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  self->language_id = g_idle_add_full (G_PRIORITY_LOW, set_language_cb, self, NULL);
  hs_source_style_follow (GTK_SOURCE_BUFFER (self->buffer));

  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self, 0);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "modified-changed", G_CALLBACK (modified_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
set_up_error_mark (HsEditor *self)
{
  static const GdkRGBA background = { .88f, .11f, .14f, .16f }; /* on light and on dark */
  g_autoptr(GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

  gtk_source_mark_attributes_set_icon_name (attributes, "dialog-error-symbolic");
  gtk_source_mark_attributes_set_background (attributes, &background);
  g_signal_connect_object (attributes, "query-tooltip-text", G_CALLBACK (mark_tooltip_cb), self, 0);
  gtk_source_view_set_mark_attributes (self->view, ERROR_CATEGORY, attributes, 1);
}

static void
set_up_zoom (HsEditor *self)
{
  GtkEventController *scroll;

  scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  /* Before the scrolled window around the view takes it. */
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), scroll);

  self->css = gtk_css_provider_new ();
  gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (self->view)),
                                  GTK_STYLE_PROVIDER (self->css),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
can_compare_cb (HsEditor *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_COMPARE]);
}

static void
set_up_gutter (HsEditor *self)
{
  GtkSourceGutter *gutter = gtk_source_view_get_gutter (self->view, GTK_TEXT_WINDOW_LEFT);

  self->gutter = HS_LINE_GUTTER (hs_line_gutter_new ());
  /* Behind the marks and numbers, which have negative positions. */
  gtk_source_gutter_insert (gutter, GTK_SOURCE_GUTTER_RENDERER (self->gutter), 0);

  self->variant_gutter = HS_VARIANT_GUTTER (hs_variant_gutter_new ());
  gtk_source_gutter_insert (gutter, GTK_SOURCE_GUTTER_RENDERER (self->variant_gutter), 10);
  g_signal_connect_object (self->variant_gutter, "notify::can-compare",
                           G_CALLBACK (can_compare_cb), self, G_CONNECT_SWAPPED);
}

/* A column beyond the end of the line is its end. */
static void
go_cb (HsEditor  *self,
       guint      line,
       guint      column,
       HsGoToBar *bar)
{
  GtkTextIter iter, end;

  gtk_text_buffer_get_iter_at_line (self->buffer, &iter, (int)line - 1);
  end = iter;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_iter_set_line_offset (&iter, (int)MIN (column - 1,
                                                  (guint)gtk_text_iter_get_line_offset (&end)));
  hs_editor_set_cursor (self, (guint)gtk_text_iter_get_offset (&iter));
}

static gboolean
hs_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HS_EDITOR (widget)->view));
}

/* GTK's own would take the focus again when it is to leave backwards. */
static gboolean
hs_editor_focus (GtkWidget       *widget,
                 GtkDirectionType direction)
{
  return gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (widget)), direction);
}

static void
hs_editor_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  HsEditor *self = HS_EDITOR (object);

  switch (prop_id)
    {
    case PROP_MODIFIED:
      g_value_set_boolean (value, hs_editor_get_modified (self));
      break;
    case PROP_CAN_COMPARE:
      g_value_set_boolean (value, hs_editor_get_can_compare (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hs_editor_dispose (GObject *object)
{
  HsEditor *self = HS_EDITOR (object);

  g_clear_handle_id (&self->language_id, g_source_remove);
  g_clear_handle_id (&self->plain_id, g_source_remove);
  if (self->buffer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->buffer, self);
      self->buffer = NULL;
      hs_completion_detach (self->completion);
      hs_occurrences_detach (self->occurrences);
      g_clear_pointer (&self->map, gtk_widget_unparent);
      hs_text_view_forget_text (GTK_TEXT_VIEW (self->view));
    }
  g_clear_object (&self->error_mark);

  G_OBJECT_CLASS (hs_editor_parent_class)->dispose (object);
}

static void
hs_editor_finalize (GObject *object)
{
  HsEditor *self = HS_EDITOR (object);

  g_clear_object (&self->completion);
  g_clear_object (&self->occurrences);
  g_clear_object (&self->css);
  g_clear_object (&self->settings);
  g_free (self->font);
  g_free (self->message);

  G_OBJECT_CLASS (hs_editor_parent_class)->finalize (object);
}

static void
hs_editor_class_init (HsEditorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hs_editor_dispose;
  object_class->finalize = hs_editor_finalize;
  object_class->get_property = hs_editor_get_property;
  widget_class->grab_focus = hs_editor_grab_focus;
  widget_class->focus = hs_editor_focus;

  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_COMPARE] =
    g_param_spec_boolean ("can-compare", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", HS_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  signals[REMARK] = g_signal_new ("remark", HS_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (HS_TYPE_FIND_BAR);
  g_type_ensure (HS_TYPE_GO_TO_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, HsEditor, view_box);
  gtk_widget_class_bind_template_child (widget_class, HsEditor, box);
  gtk_widget_class_bind_template_child (widget_class, HsEditor, go_to_bar);
  gtk_widget_class_bind_template_child (widget_class, HsEditor, view);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  _hs_editor_install_actions (widget_class);
}

static void
hs_editor_init (HsEditor *self)
{
  g_autoptr(GtkSourceIndenter) indenter = hs_indenter_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  set_up_buffer (self);
  set_up_error_mark (self);
  set_up_gutter (self);
  hs_moment_marks_set_up (self->view);
  set_up_zoom (self);
  update_font (self);
  gtk_source_view_set_indenter (self->view, indenter);
  hs_go_to_bar_set_view (self->go_to_bar, GTK_TEXT_VIEW (self->view));
  self->completion = hs_completion_new (self->view, GTK_WIDGET (self));
  self->occurrences = hs_occurrences_new (GTK_TEXT_VIEW (self->view));
  _hs_editor_setup_actions (self);
}

/* Any line ends can be pasted; Python and the exports know one. */
static char *
normalize_line_ends (char *text)
{
  char *to;

  if (strchr (text, '\r') == NULL)
    return text;

  to = text;
  for (const char *from = text; *from != '\0'; from++)
    if (*from != '\r')
      *to++ = *from;
    else if (from[1] != '\n')
      *to++ = '\n';
  *to = '\0';

  return text;
}

char *
hs_editor_dup_text (HsEditor *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (HS_IS_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return normalize_line_ends (gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE));
}

void
hs_editor_set_text (HsEditor   *self,
                    const char *text)
{
  g_autofree char *normalized = NULL;
  HsTextExtent     extent;
  GtkTextIter      start;

  g_return_if_fail (HS_IS_EDITOR (self));
  g_return_if_fail (text != NULL);

  normalized = normalize_line_ends (g_strdup (text));

  hs_text_extent_measure (&extent, normalized, strlen (normalized));
  set_plain (self, remark_long_line (self, &extent));
  self->is_setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, normalized, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  gtk_text_buffer_set_modified (self->buffer, FALSE);
  self->is_setting = FALSE;

  hs_line_gutter_set_lines (self->gutter, NULL, 0);
  hs_moment_marks_clear (self->view);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (self->buffer), 0., TRUE, 0., 0.);
}

gboolean
hs_editor_get_modified (HsEditor *self)
{
  g_return_val_if_fail (HS_IS_EDITOR (self), FALSE);

  return self->buffer != NULL && gtk_text_buffer_get_modified (self->buffer);
}

void
hs_editor_set_modified (HsEditor *self,
                        gboolean  modified)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  self->is_setting = TRUE;
  gtk_text_buffer_set_modified (self->buffer, modified);
  self->is_setting = FALSE;
}

void
hs_editor_go_to_line (HsEditor *self,
                      guint     line)
{
  GtkTextIter iter;

  g_return_if_fail (HS_IS_EDITOR (self));
  g_return_if_fail (line > 0);

  /* The end, where there is no such line. */
  gtk_text_buffer_get_iter_at_line (self->buffer, &iter, (int)MIN (line - 1, G_MAXINT));
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (self->buffer), 0.2, FALSE, 0., 0.);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
hs_editor_show_line (HsEditor *self,
                     guint     line)
{
  GtkTextIter iter;

  g_return_if_fail (HS_IS_EDITOR (self));
  g_return_if_fail (line > 0);

  /* The current line is highlighted whether or not the focus is here. */
  gtk_text_buffer_get_iter_at_line (self->buffer, &iter, (int)MIN (line - 1, G_MAXINT));
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (self->buffer), 0.2, FALSE, 0., 0.);
}

guint
hs_editor_get_cursor (HsEditor *self)
{
  GtkTextIter iter;

  g_return_val_if_fail (HS_IS_EDITOR (self), 0);

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));

  return (guint)gtk_text_iter_get_offset (&iter);
}

void
hs_editor_set_cursor (HsEditor *self,
                      guint     offset)
{
  GtkTextIter iter;

  g_return_if_fail (HS_IS_EDITOR (self));

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int)MIN (offset, G_MAXINT));
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (self->buffer), 0.2, FALSE, 0., 0.);
}

void
hs_editor_set_line_bytes (HsEditor *self,
                          GArray   *lines,
                          guint     peak_line)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  hs_line_gutter_set_lines (self->gutter, lines, peak_line);
}

gboolean
hs_editor_get_can_compare (HsEditor *self)
{
  g_return_val_if_fail (HS_IS_EDITOR (self), FALSE);

  return hs_variant_gutter_get_can_compare (self->variant_gutter);
}

void
hs_editor_toggle_mark (HsEditor *self)
{
  GtkTextIter iter;

  g_return_if_fail (HS_IS_EDITOR (self));

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  hs_moment_marks_toggle (self->view, (guint)gtk_text_iter_get_line (&iter) + 1);
}

GArray *
hs_editor_get_marked_lines (HsEditor *self)
{
  g_return_val_if_fail (HS_IS_EDITOR (self), NULL);

  return hs_moment_marks_get_lines (self->view);
}

void
hs_editor_set_error (HsEditor   *self,
                     guint       line,
                     const char *message)
{
  GtkSourceMark *mark;
  GtkTextIter    iter;

  g_return_if_fail (HS_IS_EDITOR (self));
  g_return_if_fail (message != NULL);

  hs_editor_clear_error (self);
  if (line == 0 || line > (guint)gtk_text_buffer_get_line_count (self->buffer))
    return;

  gtk_text_buffer_get_iter_at_line (self->buffer, &iter, (int)line - 1);
  mark = gtk_source_buffer_create_source_mark (GTK_SOURCE_BUFFER (self->buffer), NULL,
                                               ERROR_CATEGORY, &iter);
  self->error_mark = g_object_ref (mark);
  hs_set_str (&self->message, message);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

void
hs_editor_clear_error (HsEditor *self)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  if (self->error_mark == NULL)
    return;

  gtk_text_buffer_delete_mark (self->buffer, GTK_TEXT_MARK (self->error_mark));
  g_clear_object (&self->error_mark);
  g_clear_pointer (&self->message, g_free);

  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->view),
                                 GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID);
}

guint
hs_editor_get_error_line (HsEditor *self)
{
  GtkTextIter iter;

  g_return_val_if_fail (HS_IS_EDITOR (self), 0);

  if (self->error_mark == NULL)
    return 0;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, GTK_TEXT_MARK (self->error_mark));

  return (guint)gtk_text_iter_get_line (&iter) + 1;
}

/* It takes part in no start: nobody searches in the first frame. */
static HsFindBar *
get_find_bar (HsEditor *self)
{
  if (self->find_bar == NULL)
    {
      self->find_bar = g_object_new (HS_TYPE_FIND_BAR, NULL);
      hs_find_bar_set_view (self->find_bar, self->view);
      gtk_box_prepend (self->box, GTK_WIDGET (self->find_bar));
    }

  return self->find_bar;
}

void
hs_editor_ask_for_line (HsEditor *self)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  if (self->find_bar != NULL)
    hs_find_bar_close (self->find_bar);
  hs_go_to_bar_open (self->go_to_bar);
}

void
hs_editor_find (HsEditor *self,
                gboolean  with_replace)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  hs_go_to_bar_close (self->go_to_bar);
  hs_find_bar_open (get_find_bar (self), with_replace);
}

void
hs_editor_find_next (HsEditor *self,
                     gboolean  backwards)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  hs_find_bar_find_next (get_find_bar (self), backwards);
}

void
hs_editor_zoom (HsEditor *self,
                int       steps)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  self->zoom = steps == 0 ? 0 : CLAMP (self->zoom + steps, ZOOM_MIN, ZOOM_MAX);
  update_font (self);
}

void
hs_editor_set_font (HsEditor   *self,
                    const char *font)
{
  g_return_if_fail (HS_IS_EDITOR (self));

  if (hs_set_str (&self->font, font))
    update_font (self);
}
