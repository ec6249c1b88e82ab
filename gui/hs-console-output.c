/* hs-console-output.c - fills a text view with what a program writes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-console-output.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-console-decoder.h"
#include "hs-console-gutter.h"
#include "hs-console-links.h"
#include "hs-format.h"
#include "hs-source-style.h"

/* What stays in the view. Much more and scrolling becomes slow. */
#define SHOWN_MAX (1 << 20) /* characters */
#define LINES_MAX 20000

/* A program may write faster than a view takes text: text comes into the view
 * at most this often, and then for no longer than this, so that the window
 * stays alive.
 */
#define BATCH_INTERVAL 30    /* milliseconds */
#define BATCH_TIME     8000  /* microseconds */
#define LAST_TIME      50000 /* microseconds; when the program is over */
#define SEGMENT_SIZE   16384 /* bytes inserted at once */

/* Where the streams take turns, each piece is a segment: 20 microseconds each. */
#define SEGMENTS_MAX 20000

typedef enum
{
  KIND_INPUT,
  KIND_STDOUT,
  KIND_STDERR,
} Kind;

/* Text of one kind that is not in the view yet. */
typedef struct
{
  Kind     kind;
  GString *text;
} Segment;

struct _HsConsoleOutput
{
  GObject parent_instance;

  HsConsoleDecoder decoder;
  GQueue           pending;       /* of Segment, oldest first */
  gsize            pending_bytes; /* in all of them */
  gsize            pending_lines;
  guint64          cut;          /* bytes that are not shown any more */
  gboolean         has_notice;   /* the first line says so */
  gboolean         following;    /* the end stays in sight */
  gboolean         is_over;      /* nothing more will come */
  guint            batch_source; /* 0: none */
  guint            end_source;   /* 0: none; goes to the end */

  HsConsoleLinks *links;   /* owned */
  GtkTextBuffer  *buffer;  /* owned */
  GtkTextMark    *end;     /* owned */
  GtkTextTag     *tags[3]; /* borrowed from the buffer; by Kind, NULL: plain */
  GtkTextTag     *notice_tag;

  GtkTextView   *view;       /* weak */
  GtkAdjustment *adjustment; /* owned; vertical */
};

enum
{
  LINE_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (HsConsoleOutput, hs_console_output, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
segment_free (gpointer data)
{
  Segment *segment = data;

  g_string_free (segment->text, TRUE);
  g_free (segment);
}

static gsize
count_lines (const GString *text)
{
  gsize n = 0;

  for (const char *p = text->str; (p = strchr (p, '\n')) != NULL; p++)
    n++;

  return n;
}

/* Removes the oldest segment. Returns: (transfer full) */
static Segment *
pop_pending (HsConsoleOutput *self)
{
  Segment *segment = g_queue_pop_head (&self->pending);

  self->pending_bytes -= segment->text->len;
  self->pending_lines -= count_lines (segment->text);

  return segment;
}

static gboolean
is_at_end (HsConsoleOutput *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  double page_size = gtk_adjustment_get_page_size (self->adjustment);

  return value + page_size >= gtk_adjustment_get_upper (self->adjustment) - 2.;
}

/* Text */

static void
update_notice (HsConsoleOutput *self)
{
  g_autofree char *size = hs_format_bytes (self->cut);
  g_autofree char *text = NULL;
  GtkTextIter      start, end;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  if (self->has_notice)
    {
      end = start;
      gtk_text_iter_forward_line (&end);
      gtk_text_buffer_delete (self->buffer, &start, &end);
    }

  /* translators: %s is a number of bytes with its unit */
  text = g_strdup_printf (_("%s of earlier output are not shown."), size);
  gtk_text_buffer_insert_with_tags (self->buffer, &start, text, -1, self->notice_tag, NULL);
  gtk_text_buffer_insert (self->buffer, &start, "\n", 1);
  self->has_notice = TRUE;
}

/* Takes the text from the start to @end, a line's start, out of the view. */
static void
cut_until (HsConsoleOutput *self,
           GtkTextIter     *end)
{
  g_autofree char *text = NULL;
  GtkTextIter      start;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  if (self->has_notice)
    gtk_text_iter_forward_line (&start);
  if (gtk_text_iter_compare (&start, end) >= 0)
    return;

  text = gtk_text_iter_get_slice (&start, end);
  self->cut += strlen (text);
  gtk_text_buffer_delete (self->buffer, &start, end);
}

static void
trim (HsConsoleOutput *self)
{
  int         n_lines = gtk_text_buffer_get_line_count (self->buffer);
  int         n_characters = gtk_text_buffer_get_char_count (self->buffer);
  GtkTextIter by_lines, by_size;

  if (n_lines <= LINES_MAX && n_characters <= SHOWN_MAX)
    return;

  gtk_text_buffer_get_iter_at_line (self->buffer, &by_lines, MAX (n_lines - LINES_MAX, 0));
  gtk_text_buffer_get_iter_at_offset (self->buffer, &by_size, MAX (n_characters - SHOWN_MAX, 0));
  if (!gtk_text_iter_starts_line (&by_size))
    gtk_text_iter_forward_line (&by_size);

  cut_until (self, gtk_text_iter_compare (&by_lines, &by_size) > 0 ? &by_lines : &by_size);
  update_notice (self);
}

/* What waits cannot all be shown in the end: drops the oldest, and with it all
 * that is in the view, which is older still.
 */
static void
drop_pending (HsConsoleOutput *self)
{
  GtkTextIter end;

  if (self->pending_bytes <= 2 * SHOWN_MAX && self->pending_lines <= 2 * LINES_MAX &&
      self->pending.length <= 2 * SEGMENTS_MAX)
    return;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  cut_until (self, &end);

  while (self->pending_bytes > SHOWN_MAX || self->pending_lines > LINES_MAX ||
         self->pending.length > SEGMENTS_MAX)
    {
      Segment *segment = pop_pending (self);

      self->cut += segment->text->len;
      segment_free (segment);
    }

  update_notice (self);
}

/* Moves text into the view until @deadline, in monotonic time, or all. */
static void
insert_pending (HsConsoleOutput *self,
                gint64           deadline)
{
  /* The user cannot have gone up where everything is in sight. */
  if (gtk_adjustment_get_upper (self->adjustment) <=
      gtk_adjustment_get_page_size (self->adjustment))
    self->following = TRUE;

  while (self->pending.length > 0)
    {
      Segment    *segment = pop_pending (self);
      GtkTextIter end;

      gtk_text_buffer_get_end_iter (self->buffer, &end);
      gtk_text_buffer_insert_with_tags (self->buffer, &end, segment->text->str,
                                        (int)segment->text->len, self->tags[segment->kind], NULL);
      segment_free (segment);
      if (g_get_monotonic_time () > deadline)
        break;
    }

  trim (self);
  hs_console_links_scan (self->links, self->is_over && self->pending.length == 0);
  if (self->following && self->view != NULL)
    gtk_text_view_scroll_mark_onscreen (self->view, self->end);
}

static gboolean
batch_cb (gpointer user_data)
{
  HsConsoleOutput *self = user_data;

  insert_pending (self, g_get_monotonic_time () + BATCH_TIME);
  if (self->pending.length > 0)
    return G_SOURCE_CONTINUE;

  self->batch_source = 0;

  return G_SOURCE_REMOVE;
}

/* Takes @text to where it waits. */
static void
add_pending (HsConsoleOutput *self,
             Kind             kind,
             GString         *text)
{
  Segment *last = g_queue_peek_tail (&self->pending);

  if (text->len == 0)
    return;

  if (last == NULL || last->kind != kind || last->text->len >= SEGMENT_SIZE)
    {
      last = g_new0 (Segment, 1);
      last->kind = kind;
      last->text = g_string_sized_new (text->len);
      g_queue_push_tail (&self->pending, last);
    }

  g_string_append_len (last->text, text->str, (gssize)text->len);
  self->pending_bytes += text->len;
  self->pending_lines += count_lines (text);
  drop_pending (self);

  if (self->batch_source == 0)
    self->batch_source = g_timeout_add (BATCH_INTERVAL, batch_cb, self);
}

/* What the user does */

static void
value_changed_cb (HsConsoleOutput *self)
{
  if (is_at_end (self))
    self->following = TRUE;
}

static gboolean
go_to_end_cb (gpointer user_data)
{
  HsConsoleOutput *self = user_data;

  self->end_source = 0;
  if (self->following)
    gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_upper (self->adjustment));

  return G_SOURCE_REMOVE;
}

/* The view measures its lines bit by bit when it is idle, so what was the end
 * when text came in may be far above it later. Not at once: the view may be
 * about to get its size.
 */
static void
size_changed_cb (HsConsoleOutput *self)
{
  if (self->following && self->end_source == 0 && !is_at_end (self))
    self->end_source = g_idle_add_full (GTK_TEXT_VIEW_PRIORITY_VALIDATE, go_to_end_cb, self, NULL);
}

static gboolean
scroll_cb (HsConsoleOutput *self,
           double           dx,
           double           dy)
{
  if (dy < 0)
    self->following = FALSE;

  return FALSE;
}

static void
move_cursor_cb (HsConsoleOutput *self)
{
  self->following = FALSE;
}

static gboolean
drag_cb (HsConsoleOutput *self)
{
  self->following = FALSE;

  return FALSE;
}

static gboolean
get_link_at (HsConsoleOutput *self,
             double           x,
             double           y,
             GtkTextIter     *iter)
{
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y,
                                         &buffer_x, &buffer_y);

  return gtk_text_view_get_iter_at_location (self->view, iter, buffer_x, buffer_y) &&
         hs_console_links_is_link (self->links, iter);
}

static void
released_cb (HsConsoleOutput *self,
             int              n_press,
             double           x,
             double           y)
{
  GtkTextIter iter;

  /* A selection may end on a link. */
  if (n_press == 1 && !gtk_text_buffer_get_has_selection (self->buffer) &&
      get_link_at (self, x, y, &iter))
    g_signal_emit (self, signals[LINE_ACTIVATED], 0,
                   hs_console_links_get_line (self->links, &iter));
}

static void
motion_cb (HsConsoleOutput *self,
           double           x,
           double           y)
{
  GtkTextIter iter;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view),
                                   get_link_at (self, x, y, &iter) ? "pointer" : "text");
}

static gboolean
key_pressed_cb (HsConsoleOutput *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  GtkTextIter iter;
  guint       line;

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  line = hs_console_links_get_line (self->links, &iter);
  if (line != 0)
    g_signal_emit (self, signals[LINE_ACTIVATED], 0, line);

  return line != 0;
}

/* Setting up */

static void
update_colors (HsConsoleOutput *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  /* The error and accent colours of libadwaita, and a grey that can be read. */
  g_object_set (self->tags[KIND_STDERR], "foreground", dark ? "#ff7b63" : "#c01c28", NULL);
  g_object_set (self->tags[KIND_INPUT], "foreground", dark ? "#78aeed" : "#1c71d8", NULL);
  g_object_set (self->notice_tag, "foreground", dark ? "#c0bfbc" : "#5e5c64", NULL);
}

static void
set_up_buffer (HsConsoleOutput *self)
{
  GtkTextIter start;

  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (GTK_SOURCE_BUFFER (self->buffer), FALSE);
  gtk_source_buffer_set_implicit_trailing_newline (GTK_SOURCE_BUFFER (self->buffer), FALSE);
  hs_source_style_follow (GTK_SOURCE_BUFFER (self->buffer));

  self->tags[KIND_STDERR] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->tags[KIND_STDOUT] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->tags[KIND_INPUT] = gtk_text_buffer_create_tag (self->buffer, NULL,
                                                       "weight", PANGO_WEIGHT_BOLD, NULL);
  self->notice_tag = gtk_text_buffer_create_tag (self->buffer, NULL,
                                                 "style", PANGO_STYLE_ITALIC, NULL);
  /* Nothing is shown that was not written. */
  for (guint i = 0; i < G_N_ELEMENTS (self->tags); i++)
    g_object_set (self->tags[i], "insert-hyphens", FALSE, NULL);

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  self->links = hs_console_links_new (self->buffer);
  self->end = g_object_ref (gtk_text_buffer_create_mark (self->buffer, NULL, &start, FALSE));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colors), self, G_CONNECT_SWAPPED);
  update_colors (self);
}

static void
connect (HsConsoleOutput *self,
         gpointer         object,
         const char      *signal,
         GCallback        callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
set_up_view (HsConsoleOutput   *self,
             GtkScrolledWindow *scroller)
{
  GtkWidget          *view = GTK_WIDGET (self->view);
  GtkEventController *scroll, *motion, *key;
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkWidget          *range;

  scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  connect (self, scroll, "scroll", G_CALLBACK (scroll_cb));
  gtk_widget_add_controller (GTK_WIDGET (scroller), scroll);

  motion = gtk_event_controller_motion_new ();
  connect (self, motion, "motion", G_CALLBACK (motion_cb));
  gtk_widget_add_controller (view, motion);

  key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  connect (self, key, "key-pressed", G_CALLBACK (key_pressed_cb));
  gtk_widget_add_controller (view, key);

  /* In capture: the view's own gesture claims the click. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  connect (self, click, "released", G_CALLBACK (released_cb));
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  connect (self, view, "move-cursor", G_CALLBACK (move_cursor_cb));
  connect (self, self->adjustment, "value-changed", G_CALLBACK (value_changed_cb));
  connect (self, self->adjustment, "changed", G_CALLBACK (size_changed_cb));

  /* The range inside a scrollbar tells when it is the user who moves it. */
  range = gtk_widget_get_first_child (gtk_scrolled_window_get_vscrollbar (scroller));
  if (GTK_IS_RANGE (range))
    connect (self, range, "change-value", G_CALLBACK (drag_cb));
}

static void
hs_console_output_dispose (GObject *object)
{
  HsConsoleOutput *self = HS_CONSOLE_OUTPUT (object);

  g_clear_handle_id (&self->batch_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->adjustment);
  g_clear_pointer (&self->links, hs_console_links_free);
  g_clear_object (&self->end);
  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (hs_console_output_parent_class)->dispose (object);
}

static void
hs_console_output_finalize (GObject *object)
{
  HsConsoleOutput *self = HS_CONSOLE_OUTPUT (object);

  g_queue_clear_full (&self->pending, segment_free);

  G_OBJECT_CLASS (hs_console_output_parent_class)->finalize (object);
}

static void
hs_console_output_class_init (HsConsoleOutputClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hs_console_output_dispose;
  object_class->finalize = hs_console_output_finalize;

  signals[LINE_ACTIVATED] = g_signal_new ("line-activated", HS_TYPE_CONSOLE_OUTPUT,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hs_console_output_init (HsConsoleOutput *self)
{
  g_queue_init (&self->pending);
  self->following = TRUE;
}

HsConsoleOutput *
hs_console_output_new (GtkSourceView     *view,
                       GtkScrolledWindow *scroller)
{
  HsConsoleOutput *self;
  GtkSourceGutter *gutter;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);
  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), NULL);

  self = g_object_new (HS_TYPE_CONSOLE_OUTPUT, NULL);
  g_set_weak_pointer (&self->view, GTK_TEXT_VIEW (view));
  self->buffer = g_object_ref (gtk_text_view_get_buffer (self->view));
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));

  set_up_buffer (self);
  set_up_view (self, scroller);
  gutter = gtk_source_view_get_gutter (view, GTK_TEXT_WINDOW_LEFT);
  gtk_source_gutter_insert (gutter, hs_console_gutter_new (self->tags[KIND_STDERR]), 0);

  return self;
}

void
hs_console_output_begin (HsConsoleOutput *self,
                         const char      *file_name)
{
  g_return_if_fail (HS_IS_CONSOLE_OUTPUT (self));

  g_queue_clear_full (&self->pending, segment_free);
  self->pending_bytes = 0;
  self->pending_lines = 0;
  memset (&self->decoder, 0, sizeof self->decoder);

  self->cut = 0;
  self->has_notice = FALSE;
  self->following = TRUE;
  self->is_over = FALSE;
  hs_console_links_set_file_name (self->links, file_name);

  gtk_text_buffer_set_text (self->buffer, "", 0);
}

void
hs_console_output_append (HsConsoleOutput *self,
                          HsStream         stream,
                          GBytes          *bytes)
{
  g_autoptr(GString) text = NULL;
  const guchar *data;
  gsize         size;

  g_return_if_fail (HS_IS_CONSOLE_OUTPUT (self));
  g_return_if_fail (bytes != NULL);

  data = g_bytes_get_data (bytes, &size);
  text = g_string_sized_new (size);
  hs_console_decoder_push (&self->decoder, stream, data, size, text);
  add_pending (self, stream == HS_STREAM_STDERR ? KIND_STDERR : KIND_STDOUT, text);
}

void
hs_console_output_echo (HsConsoleOutput *self,
                        const char      *text)
{
  g_autoptr(GString) copy = NULL;

  g_return_if_fail (HS_IS_CONSOLE_OUTPUT (self));
  g_return_if_fail (text != NULL);

  copy = g_string_new (text);
  hs_console_decoder_follow (&self->decoder, text);
  add_pending (self, KIND_INPUT, copy);
}

void
hs_console_output_end (HsConsoleOutput *self)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) err = g_string_new (NULL);

  g_return_if_fail (HS_IS_CONSOLE_OUTPUT (self));

  hs_console_decoder_finish (&self->decoder, HS_STREAM_STDOUT, out);
  add_pending (self, KIND_STDOUT, out);
  hs_console_decoder_finish (&self->decoder, HS_STREAM_STDERR, err);
  add_pending (self, KIND_STDERR, err);

  /* What does not come into the view at once goes on coming in batches. */
  self->is_over = TRUE;
  insert_pending (self, g_get_monotonic_time () + LAST_TIME);
}

char *
hs_console_output_dup_text (HsConsoleOutput *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (HS_IS_CONSOLE_OUTPUT (self), NULL);

  insert_pending (self, G_MAXINT64);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}
