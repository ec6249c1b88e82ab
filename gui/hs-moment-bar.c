/* hs-moment-bar.c - a slider over what happened one after the other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-moment-bar.h"

#include <glib/gi18n-lib.h>

/* Milliseconds for each moment while playing: time to see what has changed. A long
 * run skips some, so that it takes no longer than a person looks.
 */
#define PLAY_INTERVAL 400
#define N_PLAYED_MAX  100

struct _HsMomentBar
{
  AdwBin parent_instance;

  guint n;
  guint position;
  guint playing; /* timeout; 0: not playing */
  guint step;    /* of the playing */
  guint is_setting : 1;

  /* Template widgets */
  GtkButton       *play_button;
  GtkScale        *scale;
  GtkAdjustment   *adjustment;
  GtkLabel        *label;
  GtkToggleButton *compare_button;
};

enum
{
  MOVED,
  COMPARE_TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsMomentBar, hs_moment_bar, ADW_TYPE_BIN)

static void
update_actions (HsMomentBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "moment.previous", self->position > 0);
  gtk_widget_action_set_enabled (widget, "moment.next", self->position + 1 < self->n);
  gtk_widget_action_set_enabled (widget, "moment.play", self->n > 1);
}

static void
update_play_button (HsMomentBar *self)
{
  gboolean    is_playing = self->playing != 0;
  const char *text = is_playing ? _("Pause") : _("Play the run");

  gtk_button_set_icon_name (self->play_button, is_playing ? "media-playback-pause-symbolic"
                                                          : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
stop_playing (HsMomentBar *self)
{
  g_clear_handle_id (&self->playing, g_source_remove);
  update_play_button (self);
}

static void
set_position (HsMomentBar *self,
              guint        position)
{
  self->position = position;
  self->is_setting = TRUE;
  gtk_adjustment_set_value (self->adjustment, position);
  self->is_setting = FALSE;
  update_actions (self);
}

void
hs_moment_bar_go_to (HsMomentBar *self,
                     guint        position)
{
  g_return_if_fail (HS_IS_MOMENT_BAR (self));
  g_return_if_fail (position < self->n);

  if (position == self->position)
    return;
  set_position (self, position);
  g_signal_emit (self, signals[MOVED], 0, position);
}

void
hs_moment_bar_follow (HsMomentBar *self,
                      guint        position)
{
  g_return_if_fail (HS_IS_MOMENT_BAR (self));

  if (position < self->n && position != self->position)
    set_position (self, position);
}

void
hs_moment_bar_go_by (HsMomentBar *self,
                     int          n)
{
  g_return_if_fail (HS_IS_MOMENT_BAR (self));

  stop_playing (self);
  if (self->n > 0)
    hs_moment_bar_go_to (self, (guint)CLAMP ((gint64)self->position + n, 0, (gint64)self->n - 1));
}

static gboolean
play_cb (gpointer user_data)
{
  HsMomentBar *self = user_data;

  if (self->position + 1 >= self->n)
    {
      self->playing = 0;
      update_play_button (self);
      return G_SOURCE_REMOVE;
    }
  hs_moment_bar_go_to (self, MIN (self->position + self->step, self->n - 1));

  return G_SOURCE_CONTINUE;
}

/* From the beginning, if the end is seen. */
static void
play_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsMomentBar *self = HS_MOMENT_BAR (widget);

  if (self->playing != 0)
    {
      stop_playing (self);
      return;
    }
  if (self->position + 1 >= self->n)
    hs_moment_bar_go_to (self, 0);
  self->step = 1 + (self->n - 1) / N_PLAYED_MAX;
  self->playing = g_timeout_add (PLAY_INTERVAL, play_cb, self);
  update_play_button (self);
}

static void
step_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  hs_moment_bar_go_by (HS_MOMENT_BAR (widget), g_str_equal (action, "moment.next") ? 1 : -1);
}

static void
value_changed_cb (HsMomentBar *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (self->is_setting || self->n == 0)
    return;
  stop_playing (self);
  hs_moment_bar_go_to (self, (guint)CLAMP (value + 0.5, 0, self->n - 1));
}

static void
compare_toggled_cb (HsMomentBar *self)
{
  g_signal_emit (self, signals[COMPARE_TOGGLED], 0,
                 gtk_toggle_button_get_active (self->compare_button));
}

void
hs_moment_bar_set_range (HsMomentBar *self,
                         guint        n,
                         guint        position)
{
  g_return_if_fail (HS_IS_MOMENT_BAR (self));
  g_return_if_fail (position < MAX (n, 1));

  stop_playing (self);
  self->n = n;
  self->is_setting = TRUE;
  gtk_adjustment_set_upper (self->adjustment, MAX (n, 1) - 1);
  self->is_setting = FALSE;
  set_position (self, position);
}

guint
hs_moment_bar_get_position (HsMomentBar *self)
{
  g_return_val_if_fail (HS_IS_MOMENT_BAR (self), 0);

  return self->position;
}

void
hs_moment_bar_set_label (HsMomentBar *self,
                         const char  *text)
{
  g_return_if_fail (HS_IS_MOMENT_BAR (self));

  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

void
hs_moment_bar_set_can_compare (HsMomentBar *self,
                               gboolean     can_compare)
{
  g_return_if_fail (HS_IS_MOMENT_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->compare_button), can_compare);
}

static void
hs_moment_bar_dispose (GObject *object)
{
  HsMomentBar *self = HS_MOMENT_BAR (object);

  g_clear_handle_id (&self->playing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_MOMENT_BAR);

  G_OBJECT_CLASS (hs_moment_bar_parent_class)->dispose (object);
}

static void
hs_moment_bar_class_init (HsMomentBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_moment_bar_dispose;

  signals[MOVED] = g_signal_new ("moved", HS_TYPE_MOMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[COMPARE_TOGGLED] =
    g_signal_new ("compare-toggled", HS_TYPE_MOMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "moment.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "moment.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "moment.previous", NULL, step_action);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-moment-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HsMomentBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, HsMomentBar, scale);
  gtk_widget_class_bind_template_child (widget_class, HsMomentBar, adjustment);
  gtk_widget_class_bind_template_child (widget_class, HsMomentBar, label);
  gtk_widget_class_bind_template_child (widget_class, HsMomentBar, compare_button);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_toggled_cb);
}

static void
hs_moment_bar_init (HsMomentBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}
