/* hs-occurrences.c - where else there is what is selected
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-occurrences.h"

/* Milliseconds after the selection was changed: not while it is being drawn. */
#define DELAY 150

/* Longer selections are no words. Characters. */
#define SIZE_MAX_SELECTED 200

struct _HsOccurrences
{
  GObject parent_instance;

  GtkTextBuffer           *buffer;   /* weak */
  GtkSourceSearchSettings *settings; /* owned */
  GtkSourceSearchContext  *context;  /* owned; NULL: the buffer is given up */

  guint    timer; /* 0: none */
  gboolean is_enabled;
};

G_DEFINE_FINAL_TYPE (HsOccurrences, hs_occurrences, G_TYPE_OBJECT)

static gboolean
is_word_char (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c);
}

/* Whether it begins and ends where a name does. */
static gboolean
is_word (const GtkTextIter *start,
         const GtkTextIter *end)
{
  GtkTextIter iter = *start;

  if (gtk_text_iter_backward_char (&iter) && is_word_char (gtk_text_iter_get_char (&iter)))
    return FALSE;
  if (is_word_char (gtk_text_iter_get_char (end)))
    return FALSE;
  for (iter = *start; gtk_text_iter_compare (&iter, end) < 0; gtk_text_iter_forward_char (&iter))
    if (!is_word_char (gtk_text_iter_get_char (&iter)))
      return FALSE;

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

/* Looks for what is selected, if that is something to look for. */
static gboolean
take_selection (HsOccurrences *self)
{
  g_autofree char *text = NULL;
  GtkTextIter      start, end;

  if (gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end) &&
      gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end) &&
      gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) <= SIZE_MAX_SELECTED)
    text = gtk_text_iter_get_slice (&start, &end);
  if (text == NULL || is_blank (text))
    {
      gtk_source_search_settings_set_search_text (self->settings, NULL);
      return FALSE;
    }

  gtk_source_search_settings_set_at_word_boundaries (self->settings, is_word (&start, &end));
  gtk_source_search_settings_set_search_text (self->settings, text);

  return TRUE;
}

static gboolean
timer_cb (gpointer user_data)
{
  HsOccurrences *self = user_data;

  self->timer = 0;
  take_selection (self);

  return G_SOURCE_REMOVE;
}

static void
mark_set_cb (HsOccurrences     *self,
             const GtkTextIter *place,
             GtkTextMark       *mark)
{
  if (!self->is_enabled || (mark != gtk_text_buffer_get_insert (self->buffer) &&
                            mark != gtk_text_buffer_get_selection_bound (self->buffer)))
    return;

  /* What is left is left at once. */
  if (!gtk_text_buffer_get_has_selection (self->buffer))
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      take_selection (self);
    }
  else if (self->timer == 0)
    {
      self->timer = g_timeout_add (DELAY, timer_cb, self);
    }
}

static void
hs_occurrences_dispose (GObject *object)
{
  HsOccurrences *self = HS_OCCURRENCES (object);

  hs_occurrences_detach (self);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hs_occurrences_parent_class)->dispose (object);
}

static void
hs_occurrences_class_init (HsOccurrencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hs_occurrences_dispose;
}

static void
hs_occurrences_init (HsOccurrences *self)
{
  self->settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_case_sensitive (self->settings, TRUE);
  gtk_source_search_settings_set_wrap_around (self->settings, TRUE);
}

HsOccurrences *
hs_occurrences_new (GtkSourceBuffer *buffer)
{
  HsOccurrences *self;
  g_autoptr(GtkSourceStyle) style = NULL;

  g_return_val_if_fail (GTK_SOURCE_IS_BUFFER (buffer), NULL);

  self = g_object_new (HS_TYPE_OCCURRENCES, NULL);
  g_set_weak_pointer (&self->buffer, GTK_TEXT_BUFFER (buffer));
  self->context = gtk_source_search_context_new (buffer, self->settings);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  /* Quieter than a match that was searched for, on light and on dark. */
  style = g_object_new (GTK_SOURCE_TYPE_STYLE, "background", "rgba(128,128,128,0.3)",
                        "background-set", TRUE, NULL);
  gtk_source_search_context_set_match_style (self->context, style);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
hs_occurrences_set_enabled (HsOccurrences *self,
                            gboolean       enabled)
{
  g_return_if_fail (HS_IS_OCCURRENCES (self));

  if (self->is_enabled == enabled || self->context == NULL)
    return;

  self->is_enabled = enabled;
  gtk_source_search_context_set_highlight (self->context, enabled);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (enabled)
    take_selection (self);
  else
    gtk_source_search_settings_set_search_text (self->settings, NULL);
}

/* The name at the cursor. Returns: whether there is one */
static gboolean
select_word (HsOccurrences *self)
{
  GtkTextIter start, end, before;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &start,
                                    gtk_text_buffer_get_insert (self->buffer));
  end = start;
  while (is_word_char (gtk_text_iter_get_char (&end)))
    gtk_text_iter_forward_char (&end);
  for (before = start; gtk_text_iter_backward_char (&before) &&
                       is_word_char (gtk_text_iter_get_char (&before));)
    start = before;
  if (gtk_text_iter_equal (&start, &end))
    return FALSE;

  gtk_text_buffer_select_range (self->buffer, &end, &start);

  return TRUE;
}

gboolean
hs_occurrences_select_next (HsOccurrences *self)
{
  GtkTextIter start, end, next_start, next_end;

  g_return_val_if_fail (HS_IS_OCCURRENCES (self), FALSE);

  if (self->context == NULL)
    return FALSE;
  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return select_word (self);
  if (!take_selection (self) ||
      !gtk_source_search_context_forward (self->context, &end, &next_start, &next_end, NULL) ||
      gtk_text_iter_equal (&start, &next_start))
    return FALSE;

  gtk_text_buffer_select_range (self->buffer, &next_end, &next_start);

  return TRUE;
}

const char *
hs_occurrences_get_text (HsOccurrences *self)
{
  g_return_val_if_fail (HS_IS_OCCURRENCES (self), NULL);

  return gtk_source_search_settings_get_search_text (self->settings);
}

void
hs_occurrences_detach (HsOccurrences *self)
{
  g_return_if_fail (HS_IS_OCCURRENCES (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->context);
  g_clear_weak_pointer (&self->buffer);
}
