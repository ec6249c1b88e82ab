/* hs-occurrences.c - where else there is what is selected
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-occurrences.h"

/* A GtkSourceSearchContext would have the colours of what was searched for: GtkSourceView 5.6
 * takes no style but those of its schemes.
 */

/* Milliseconds after the selection was changed: not while it is being drawn. */
#define DELAY 150

/* Longer selections are no words. Characters. */
#define SELECTION_MAX 200

struct _HsOccurrences
{
  GObject parent_instance;

  GtkTextView   *view;   /* weak */
  GtkTextBuffer *buffer; /* weak; of the view */
  GtkTextTag    *tag;    /* borrowed from the buffer */

  char    *text;    /* owned; what is lit up, NULL: nothing */
  gboolean is_word; /* only where it is a whole one */
  guint    n_lit;
  guint    timer; /* 0: none */
  gboolean is_enabled;
};

G_DEFINE_FINAL_TYPE (HsOccurrences, hs_occurrences, G_TYPE_OBJECT)

static gboolean
is_word_char (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c);
}

/* Whether it begins and ends where a word does. */
static gboolean
is_delimited (const GtkTextIter *start,
              const GtkTextIter *end)
{
  GtkTextIter before = *start;

  if (gtk_text_iter_backward_char (&before) && is_word_char (gtk_text_iter_get_char (&before)))
    return FALSE;

  return !is_word_char (gtk_text_iter_get_char (end));
}

static gboolean
is_word (const GtkTextIter *start,
         const GtkTextIter *end)
{
  GtkTextIter iter;

  for (iter = *start; gtk_text_iter_compare (&iter, end) < 0; gtk_text_iter_forward_char (&iter))
    if (!is_word_char (gtk_text_iter_get_char (&iter)))
      return FALSE;

  return is_delimited (start, end);
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

/* What is selected, if that is something to look for. Returns: (transfer full) (nullable) */
static char *
dup_selected (HsOccurrences *self,
              gboolean      *whole_word)
{
  g_autofree char *text = NULL;
  GtkTextIter      start, end;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end) ||
      gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end) ||
      gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) > SELECTION_MAX)
    return NULL;

  text = gtk_text_iter_get_slice (&start, &end);
  if (is_blank (text))
    return NULL;
  *whole_word = is_word (&start, &end);

  return g_steal_pointer (&text);
}

/* The first at or behind @from and before @limit (nullable: the end). */
static gboolean
find (const char        *text,
      gboolean           whole_word,
      const GtkTextIter *from,
      const GtkTextIter *limit,
      GtkTextIter       *start,
      GtkTextIter       *end)
{
  GtkTextIter at = *from;

  while (gtk_text_iter_forward_search (&at, text, GTK_TEXT_SEARCH_TEXT_ONLY, start, end, limit))
    {
      if (!whole_word || is_delimited (start, end))
        return TRUE;
      at = *end;
    }

  return FALSE;
}

/* The lines that are seen. */
static void
get_seen (HsOccurrences *self,
          GtkTextIter   *start,
          GtkTextIter   *end)
{
  GdkRectangle seen;

  gtk_text_view_get_visible_rect (self->view, &seen);
  gtk_text_view_get_line_at_y (self->view, start, seen.y, NULL);
  gtk_text_view_get_line_at_y (self->view, end, seen.y + seen.height, NULL);
  if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);
}

static void
put_out (HsOccurrences *self)
{
  GtkTextIter start, end;

  if (self->n_lit == 0)
    return;

  self->n_lit = 0;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->tag, &start, &end);
}

static void
light_up (HsOccurrences *self)
{
  GtkTextIter at, limit, start, end;

  put_out (self);
  if (self->text == NULL)
    return;

  get_seen (self, &at, &limit);
  while (find (self->text, self->is_word, &at, &limit, &start, &end))
    {
      gtk_text_buffer_apply_tag (self->buffer, self->tag, &start, &end);
      self->n_lit++;
      at = end;
    }
}

static gboolean
timer_cb (gpointer user_data)
{
  HsOccurrences *self = user_data;

  self->timer = 0;
  g_free (self->text);
  self->text = dup_selected (self, &self->is_word);
  light_up (self);

  return G_SOURCE_REMOVE;
}

static void
forget (HsOccurrences *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->text, g_free);
  put_out (self);
}

/* What is selected, what is seen, or the text itself is another. */
static void
update_soon (HsOccurrences *self)
{
  if (!self->is_enabled)
    return;

  /* What is left is left at once. */
  if (!gtk_text_buffer_get_has_selection (self->buffer))
    forget (self);
  else if (self->timer == 0)
    self->timer = g_timeout_add (DELAY, timer_cb, self);
}

static void
mark_set_cb (HsOccurrences     *self,
             const GtkTextIter *place,
             GtkTextMark       *mark)
{
  if (mark == gtk_text_buffer_get_insert (self->buffer) ||
      mark == gtk_text_buffer_get_selection_bound (self->buffer))
    update_soon (self);
}

static void
hs_occurrences_dispose (GObject *object)
{
  hs_occurrences_detach (HS_OCCURRENCES (object));

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
}

HsOccurrences *
hs_occurrences_new (GtkTextView *view)
{
  static const GdkRGBA background = { .5f, .5f, .5f, .3f }; /* on light and on dark */
  HsOccurrences       *self;
  GtkAdjustment       *adjustment;

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

  self = g_object_new (HS_TYPE_OCCURRENCES, NULL);
  g_set_weak_pointer (&self->view, view);
  g_set_weak_pointer (&self->buffer, gtk_text_view_get_buffer (view));
  self->tag = gtk_text_buffer_create_tag (self->buffer, NULL, "background-rgba", &background, NULL);
  gtk_text_tag_set_priority (self->tag, 0); /* what was searched for is above it */

  g_signal_connect_object (self->buffer, "mark-set", G_CALLBACK (mark_set_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
hs_occurrences_set_enabled (HsOccurrences *self,
                            gboolean       enabled)
{
  g_return_if_fail (HS_IS_OCCURRENCES (self));

  if (self->is_enabled == enabled || self->buffer == NULL)
    return;

  self->is_enabled = enabled;
  if (enabled)
    update_soon (self);
  else
    forget (self);
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
  g_autofree char *text = NULL;
  gboolean         whole_word = FALSE;
  GtkTextIter      start, end, first, next_start, next_end;

  g_return_val_if_fail (HS_IS_OCCURRENCES (self), FALSE);

  if (self->buffer == NULL)
    return FALSE;
  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return select_word (self);

  text = dup_selected (self, &whole_word);
  gtk_text_buffer_get_start_iter (self->buffer, &first);
  if (text == NULL || (!find (text, whole_word, &end, NULL, &next_start, &next_end) &&
                       !find (text, whole_word, &first, &start, &next_start, &next_end)))
    return FALSE;

  gtk_text_buffer_select_range (self->buffer, &next_end, &next_start);

  return TRUE;
}

guint
hs_occurrences_get_n_lit (HsOccurrences *self)
{
  g_return_val_if_fail (HS_IS_OCCURRENCES (self), 0);

  return self->n_lit;
}

void
hs_occurrences_detach (HsOccurrences *self)
{
  g_return_if_fail (HS_IS_OCCURRENCES (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->text, g_free);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  self->is_enabled = FALSE;
  g_clear_weak_pointer (&self->buffer);
  g_clear_weak_pointer (&self->view);
}
