/* hs-console.c - how a run goes: its status, its output, its input
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-console.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "hs-compat.h"
#include "hs-console-output.h"
#include "hs-format.h"

struct _HsConsole
{
  AdwBin parent_instance;

  HsConsoleOutput *output;    /* owned; NULL after dispose */
  guint            line;      /* where the line button leads; 0: nowhere */
  const char      *css_class; /* static; what the status bar has, or NULL */

  GtkWidget         *status_bar;
  GtkStack          *status_stack;
  GtkImage          *status_icon;
  GtkSpinner        *spinner;
  GtkBox            *status_box;
  GtkLabel          *status_label;
  GtkLabel          *progress_label;
  GtkButton         *line_button;
  GtkScrolledWindow *scroller;
  GtkSourceView     *view;
  GtkRevealer       *input_revealer;
  GtkEntry          *input_entry;
  GtkWidget         *end_button;
};

enum
{
  LINE_ACTIVATED,
  INPUT,
  END_OF_INPUT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (HsConsole, hs_console, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* The look of each end, by HsStatus. The sentence beside it says the same. */
static const struct
{
  const char *icon_name;
  const char *css_class;
} looks[HS_N_STATUSES] = {
  [HS_STATUS_OK] = { "emblem-ok-symbolic", "success" },
  [HS_STATUS_EXCEPTION] = { "dialog-error-symbolic", "error" },
  [HS_STATUS_EXIT] = { "dialog-warning-symbolic", "warning" },
  [HS_STATUS_TIMEOUT] = { "dialog-warning-symbolic", "warning" },
  [HS_STATUS_MEMORY_LIMIT] = { "dialog-warning-symbolic", "warning" },
  [HS_STATUS_OUTPUT_LIMIT] = { "dialog-warning-symbolic", "warning" },
  [HS_STATUS_CRASHED] = { "dialog-error-symbolic", "error" },
  [HS_STATUS_CANCELLED] = { "process-stop-symbolic", "warning" },
  [HS_STATUS_SYNTAX_ERROR] = { "dialog-error-symbolic", "error" },
  [HS_STATUS_FAILED] = { "dialog-error-symbolic", "error" },
  [HS_STATUS_DISK_LIMIT] = { "dialog-warning-symbolic", "warning" },
};

static void
show_input (HsConsole *self,
            gboolean   show)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->input_revealer)) != NULL;

  /* Before the entry is hidden: GTK expects a focused one to be told. */
  if (!show && had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));

  gtk_revealer_set_reveal_child (self->input_revealer, show);
  /* What is folded away stays in the order of the focus. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->input_revealer), show);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "console.end-of-input", show);
}

static void
set_css_class (HsConsole  *self,
               const char *css_class)
{
  if (self->css_class != NULL)
    gtk_widget_remove_css_class (self->status_bar, self->css_class);
  self->css_class = css_class;
  if (css_class != NULL)
    gtk_widget_add_css_class (self->status_bar, css_class);
}

static void
set_line (HsConsole *self,
          guint      line)
{
  /* translators: %u is the number of a line of the code */
  g_autofree char *label = g_strdup_printf (_("Line %u"), line);

  self->line = line;
  gtk_button_set_label (self->line_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->line_button), line != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "console.go-to-line", line != 0);
}

/* A long message has the width for itself, and the button for its line below. Characters */
#define SHORT_MESSAGE 60

static void
set_message (HsConsole  *self,
             const char *message)
{
  gboolean is_long = g_utf8_strlen (message, -1) > SHORT_MESSAGE;

  gtk_label_set_label (self->status_label, message);
  /* With the longest of names in it, the label has no room for all. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_label), is_long ? message : NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->status_box),
                                  is_long ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (GTK_WIDGET (self->line_button), is_long ? GTK_ALIGN_START
                                                                 : GTK_ALIGN_END);
}

/* Nothing runs any more. */
static void
show_end (HsConsole  *self,
          HsStatus    status,
          const char *message,
          guint       line)
{
  gtk_spinner_stop (self->spinner);
  gtk_image_set_from_icon_name (self->status_icon, looks[status].icon_name);
  gtk_stack_set_visible_child (self->status_stack, GTK_WIDGET (self->status_icon));
  set_css_class (self, looks[status].css_class);

  set_message (self, message);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_label), FALSE);
  set_line (self, line);
  show_input (self, FALSE);
}

/* Hands what is in the entry to the program. */
static void
send_line (HsConsole *self)
{
  g_autofree char *line = g_strconcat (gtk_editable_get_text (GTK_EDITABLE (self->input_entry)),
                                       "\n", NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->input_entry), "");
  hs_console_output_echo (self->output, line);
  g_signal_emit (self, signals[INPUT], 0, line);
}

static void
input_activate_cb (HsConsole *self)
{
  send_line (self);
}

static void
line_activated_cb (HsConsole *self,
                   guint      line)
{
  g_signal_emit (self, signals[LINE_ACTIVATED], 0, line);
}

static void
go_to_line_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  HsConsole *self = HS_CONSOLE (widget);

  g_signal_emit (self, signals[LINE_ACTIVATED], 0, self->line);
}

/* A line that was begun is not lost. */
static void
end_of_input_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  HsConsole *self = HS_CONSOLE (widget);

  if (gtk_entry_get_text_length (self->input_entry) > 0)
    send_line (self);

  show_input (self, FALSE);
  g_signal_emit (self, signals[END_OF_INPUT], 0);
}

/* Layout: a long message makes the console higher, never wider than it is. */

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation,
                      orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static void
hs_console_dispose (GObject *object)
{
  HsConsole *self = HS_CONSOLE (object);

  if (self->output != NULL)
    {
      g_clear_object (&self->output);
      hs_text_view_forget_text (GTK_TEXT_VIEW (self->view));
    }

  G_OBJECT_CLASS (hs_console_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  signals[LINE_ACTIVATED] = g_signal_new ("line-activated", HS_TYPE_CONSOLE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[INPUT] = g_signal_new ("input", HS_TYPE_CONSOLE, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[END_OF_INPUT] = g_signal_new ("end-of-input", HS_TYPE_CONSOLE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-console.ui");
  gtk_widget_class_bind_template_child (widget_class, HsConsole, status_bar);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, status_stack);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, status_icon);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, spinner);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, status_box);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, status_label);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, progress_label);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, line_button);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, scroller);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, view);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, input_revealer);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, input_entry);
  gtk_widget_class_bind_template_child (widget_class, HsConsole, end_button);
  gtk_widget_class_bind_template_callback (widget_class, input_activate_cb);
}

static void
hs_console_class_init (HsConsoleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_console_dispose;

  install_signals ();
  gtk_widget_class_install_action (widget_class, "console.go-to-line", NULL, go_to_line_action);
  gtk_widget_class_install_action (widget_class, "console.end-of-input", NULL, end_of_input_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "console.end-of-input", NULL);
  bind_template (widget_class);
}

static void
hs_console_init (HsConsole *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (get_request_mode, measure, allocate));
  hs_accessible_use_label_only (self->end_button);

  self->output = hs_console_output_new (self->view, self->scroller);
  g_signal_connect_object (self->output, "line-activated", G_CALLBACK (line_activated_cb), self,
                           G_CONNECT_SWAPPED);
  set_line (self, 0);
  show_input (self, FALSE);
}

void
hs_console_reset (HsConsole *self)
{
  g_return_if_fail (HS_IS_CONSOLE (self));

  hs_console_output_begin (self->output, "");
  hs_console_output_end (self->output);

  set_css_class (self, NULL);
  set_line (self, 0);
  set_message (self, _("Output"));
  gtk_image_set_from_icon_name (self->status_icon, "utilities-terminal-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->progress_label), FALSE);
  gtk_stack_set_visible_child (self->status_stack, GTK_WIDGET (self->status_icon));
  gtk_spinner_stop (self->spinner);
  show_input (self, FALSE);
}

void
hs_console_begin (HsConsole  *self,
                  const char *file_name)
{
  g_return_if_fail (HS_IS_CONSOLE (self));

  hs_console_output_begin (self->output, file_name);

  set_css_class (self, NULL);
  set_line (self, 0);
  set_message (self, _("Running"));
  gtk_label_set_label (self->progress_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress_label), TRUE);
  gtk_stack_set_visible_child (self->status_stack, GTK_WIDGET (self->spinner));
  gtk_spinner_start (self->spinner);

  gtk_editable_set_text (GTK_EDITABLE (self->input_entry), "");
  show_input (self, TRUE);
}

void
hs_console_append (HsConsole *self,
                   HsStream   stream,
                   GBytes    *bytes)
{
  g_return_if_fail (HS_IS_CONSOLE (self));

  hs_console_output_append (self->output, stream, bytes);
}

void
hs_console_set_progress (HsConsole *self,
                         guint64    elapsed_ns,
                         guint64    rss_bytes)
{
  g_autofree char *elapsed = NULL;
  g_autofree char *rss = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (HS_IS_CONSOLE (self));

  elapsed = hs_format_duration (elapsed_ns);
  if (rss_bytes != 0)
    {
      rss = hs_format_bytes (rss_bytes);
      /* translators: how long a program has run, and how much memory it takes */
      text = g_strdup_printf (_("%1$s · %2$s"), elapsed, rss);
    }

  gtk_label_set_label (self->progress_label, text != NULL ? text : elapsed);
}

void
hs_console_end (HsConsole *self,
                HsRun     *run)
{
  g_autofree char *message = NULL;
  HsStatus         status;

  g_return_if_fail (HS_IS_CONSOLE (self));
  g_return_if_fail (run != NULL);

  message = hs_run_dup_message (run);
  status = hs_run_get_status (run);
  if (hs_run_is_ok (run) && status != HS_STATUS_OUTPUT_LIMIT)
    status = HS_STATUS_OK; /* also an exit with the code 0 */

  hs_console_output_end (self->output);
  show_end (self, status, message, hs_run_get_line (run));
}

void
hs_console_fail (HsConsole  *self,
                 const char *message)
{
  g_return_if_fail (HS_IS_CONSOLE (self));
  g_return_if_fail (message != NULL);

  hs_console_output_end (self->output);
  show_end (self, HS_STATUS_FAILED, message, 0);
}

void
hs_console_begin_comparison (HsConsole  *self,
                             const char *file_name)
{
  g_return_if_fail (HS_IS_CONSOLE (self));

  hs_console_begin (self, file_name);
  show_input (self, FALSE);
  set_message (self, _("Comparing"));
}

void
hs_console_set_pass (HsConsole  *self,
                     guint       n_done,
                     guint       n_all,
                     const char *what)
{
  g_autofree char *share = NULL;

  g_return_if_fail (HS_IS_CONSOLE (self));

  share = g_strdup_printf ("%u %%", n_all > 0 ? 100 * MIN (n_done, n_all) / n_all : 0);
  set_message (self, what);
  gtk_label_set_label (self->progress_label, share);
}

void
hs_console_end_comparison (HsConsole  *self,
                           gboolean    is_ok,
                           const char *summary)
{
  g_return_if_fail (HS_IS_CONSOLE (self));

  hs_console_output_end (self->output);
  show_end (self, HS_STATUS_OK, summary, 0);
  if (is_ok)
    return;
  gtk_image_set_from_icon_name (self->status_icon, "dialog-warning-symbolic");
  set_css_class (self, "warning");
}

char *
hs_console_dup_text (HsConsole *self)
{
  g_return_val_if_fail (HS_IS_CONSOLE (self), NULL);

  return hs_console_output_dup_text (self->output);
}
