/* hs-go-to-bar.c - goes to a line by its number
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-go-to-bar.h"

#include <glib/gi18n-lib.h>

struct _HsGoToBar
{
  AdwBin parent_instance;

  GtkTextView *view; /* weak */

  GtkRevealer *revealer;
  GtkEntry    *entry;
  GtkLabel    *range_label;
};

enum
{
  GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsGoToBar, hs_go_to_bar, ADW_TYPE_BIN)

static const char *
skip_blanks (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return text;
}

/* Returns: what is behind the number; NULL: there is none, or it is 0 or too large */
static const char *
read_number (const char *text,
             guint      *number)
{
  guint64 value = 0;

  text = skip_blanks (text);
  while (g_unichar_isdigit (g_utf8_get_char (text)) && value <= G_MAXINT)
    {
      value = value * 10 + (guint64)g_unichar_digit_value (g_utf8_get_char (text));
      text = g_utf8_next_char (text);
    }
  if (value == 0 || value > G_MAXINT)
    return NULL;

  *number = (guint)value;

  return skip_blanks (text);
}

gboolean
hs_go_to_bar_parse (const char *text,
                    guint      *line,
                    guint      *column)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (line != NULL && column != NULL, FALSE);

  *column = 1;
  text = read_number (text, line);
  if (text == NULL)
    return FALSE;

  switch (g_utf8_get_char (text))
    {
    case ':':
    case ',':
    case 0xff1a: /* of an input method for Chinese */
    case 0xff0c:
      text = skip_blanks (g_utf8_next_char (text));
      break;

    default:
      return *text == '\0';
    }
  /* Not written to its end yet. */
  if (*text == '\0')
    return TRUE;
  text = read_number (text, column);

  return text != NULL && *text == '\0';
}

static guint
get_n_lines (HsGoToBar *self)
{
  return (guint)gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (self->view));
}

static gboolean
read_entry (HsGoToBar *self,
            guint     *line,
            guint     *column)
{
  return hs_go_to_bar_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), line, column) &&
         *line <= get_n_lines (self);
}

static void
changed_cb (HsGoToBar *self)
{
  guint            line, column;
  gboolean         is_empty = gtk_entry_get_text_length (self->entry) == 0;
  gboolean         is_valid;
  g_autofree char *range = NULL;
  g_autofree char *lines = NULL;

  if (self->view == NULL)
    return;

  is_valid = read_entry (self, &line, &column);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "go-to.go", is_valid);
  if (is_valid || is_empty)
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_valid || is_empty ? GTK_ACCESSIBLE_INVALID_FALSE
                                                    : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);

  /* translators: the numbers of lines that there are; “12:5” is a line and a column in it */
  range = g_strdup_printf (_("1 to %u, or 12:5"), get_n_lines (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), range);
  /* translators: the numbers of lines that there are */
  lines = g_strdup_printf (_("1 to %u"), get_n_lines (self));
  gtk_label_set_label (self->range_label, lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, range, -1);
}

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HsGoToBar *self = HS_GO_TO_BAR (widget);
  guint      line, column;

  if (self->view == NULL || !read_entry (self, &line, &column))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  hs_go_to_bar_close (self);
  g_signal_emit (self, signals[GO], 0, line, column);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  hs_go_to_bar_close (HS_GO_TO_BAR (widget));
}

static void
activate_cb (HsGoToBar *self)
{
  go_action (GTK_WIDGET (self), NULL, NULL);
}

static void
hs_go_to_bar_dispose (GObject *object)
{
  g_clear_weak_pointer (&HS_GO_TO_BAR (object)->view);

  G_OBJECT_CLASS (hs_go_to_bar_parent_class)->dispose (object);
}

static void
hs_go_to_bar_class_init (HsGoToBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_go_to_bar_dispose;

  signals[GO] = g_signal_new ("go", HS_TYPE_GO_TO_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "go-to.go", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "go-to.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "go-to.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-go-to-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HsGoToBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, HsGoToBar, entry);
  gtk_widget_class_bind_template_child (widget_class, HsGoToBar, range_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
hs_go_to_bar_init (HsGoToBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hs_go_to_bar_set_view (HsGoToBar   *self,
                       GtkTextView *view)
{
  g_return_if_fail (HS_IS_GO_TO_BAR (self));
  g_return_if_fail (GTK_IS_TEXT_VIEW (view));
  g_return_if_fail (self->view == NULL);

  g_set_weak_pointer (&self->view, view);
}

void
hs_go_to_bar_open (HsGoToBar *self)
{
  g_autofree char *text = NULL;
  GtkTextBuffer   *buffer;
  GtkTextIter      iter;

  g_return_if_fail (HS_IS_GO_TO_BAR (self));
  g_return_if_fail (self->view != NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  text = g_strdup_printf ("%d", gtk_text_iter_get_line (&iter) + 1);

  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  changed_cb (self);
}

void
hs_go_to_bar_close (HsGoToBar *self)
{
  g_return_if_fail (HS_IS_GO_TO_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
