/* hs-word-provider.c - proposes the words of a text and of Python
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-word-provider.h"

#include <string.h>

#include "hs-python-words.h"

/* GtkSourceCompletionWords looks at a text only five seconds after a change: what was just
 * written would not be proposed.
 */

/* A proposal. */
struct _HsWord
{
  GObject parent_instance;

  char *text; /* owned */
};

#define HS_TYPE_WORD (hs_word_get_type ())
G_DECLARE_FINAL_TYPE (HsWord, hs_word, HS, WORD, GObject)

static char *
hs_word_get_typed_text (GtkSourceCompletionProposal *proposal)
{
  return g_strdup (HS_WORD (proposal)->text);
}

static void
hs_word_iface_init (GtkSourceCompletionProposalInterface *iface)
{
  iface->get_typed_text = hs_word_get_typed_text;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (HsWord, hs_word, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL,
                                                      hs_word_iface_init))
/* clang-format on */

static void
hs_word_finalize (GObject *object)
{
  g_free (HS_WORD (object)->text);

  G_OBJECT_CLASS (hs_word_parent_class)->finalize (object);
}

static void
hs_word_class_init (HsWordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hs_word_finalize;
}

static void
hs_word_init (HsWord *self)
{
}

/* ---- Words ---- */

static gboolean
is_word_char (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c);
}

static const char *
find_word_end (const char *text)
{
  while (*text != '\0' && is_word_char (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return text;
}

/* Adds the words of @text that begin with @prefix and are longer; the one at @skip is not added. */
static void
add_words (GHashTable *words,
           const char *text,
           const char *prefix,
           const char *skip)
{
  gsize size = strlen (prefix);

  for (const char *at = strstr (text, prefix); at != NULL;)
    {
      const char *before = g_utf8_find_prev_char (text, at);
      const char *end = find_word_end (at);

      if (at != skip && end > at + size &&
          (before == NULL || !is_word_char (g_utf8_get_char (before))))
        g_hash_table_add (words, g_strndup (at, (gsize)(end - at)));
      at = strstr (MAX (end, at + size), prefix);
    }
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
hs_words_collect (GtkTextBuffer     *buffer,
                  const GtkTextIter *place,
                  const char        *prefix)
{
  g_autoptr(GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray       *array = g_ptr_array_new_with_free_func (g_free);
  GtkTextIter      start, end, before = *place;
  g_autofree char *above = NULL;
  g_autofree char *below = NULL;
  GHashTableIter   iter;
  gpointer         word;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), array);
  g_return_val_if_fail (prefix != NULL && *prefix != '\0', array);

  start = end = *place;
  gtk_text_iter_backward_chars (&start, HS_WORD_TEXT_MAX / 2);
  gtk_text_iter_forward_chars (&end, HS_WORD_TEXT_MAX / 2);
  above = gtk_text_iter_get_slice (&start, place);
  below = gtk_text_iter_get_slice (place, &end);
  add_words (words, above, prefix, NULL);
  add_words (words, below, prefix, below);
  if (!gtk_text_iter_backward_char (&before) || gtk_text_iter_get_char (&before) != '.')
    add_words (words, hs_python_words, prefix, NULL);

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_ptr_array_add (array, word);
  g_ptr_array_sort (array, compare_words);

  return array;
}

/* ---- The provider ---- */

struct _HsWordProvider
{
  GObject parent_instance;

  GtkSourceCompletionContext *context; /* weak; the last */
  GPtrArray                  *words;   /* owned; of the last collection, NULL: none */
  char                       *prefix;  /* owned; that was collected */
};

static gboolean
is_asked_for (GtkSourceCompletionContext *context)
{
  return gtk_source_completion_context_get_activation (context) ==
         GTK_SOURCE_COMPLETION_ACTIVATION_USER_REQUESTED;
}

/* Whether words are wanted where the word begins. */
static gboolean
is_code (GtkSourceBuffer   *buffer,
         const GtkTextIter *begin,
         const GtkTextIter *end)
{
  if (g_unichar_isdigit (gtk_text_iter_get_char (begin)))
    return FALSE;

  gtk_source_buffer_ensure_highlight (buffer, begin, end);

  return !gtk_source_buffer_iter_has_context_class (buffer, begin, "comment") &&
         !gtk_source_buffer_iter_has_context_class (buffer, begin, "string");
}

/* As one types on, the words are those that were collected at first, or fewer. */
static void
collect (HsWordProvider    *self,
         GtkTextBuffer     *buffer,
         const GtkTextIter *begin,
         const char        *prefix)
{
  if (self->words != NULL && g_str_has_prefix (prefix, self->prefix))
    return;

  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self->prefix);
  self->prefix = g_strdup (prefix);
  self->words = hs_words_collect (buffer, begin, prefix);
}

/* Returns: (transfer full): of HsWord, for the word at the cursor */
static GListModel *
make_proposals (HsWordProvider             *self,
                GtkSourceCompletionContext *context)
{
  GListStore      *store = g_list_store_new (HS_TYPE_WORD);
  g_autofree char *prefix = gtk_source_completion_context_get_word (context);
  GtkTextIter      begin, end;
  GtkSourceBuffer *buffer = gtk_source_completion_context_get_buffer (context);
  glong            length = prefix != NULL ? g_utf8_strlen (prefix, -1) : 0;

  if (length == 0 || !gtk_source_completion_context_get_bounds (context, &begin, &end))
    return G_LIST_MODEL (store);
  if (!is_asked_for (context) && (length < HS_WORD_PREFIX_MIN || !is_code (buffer, &begin, &end)))
    return G_LIST_MODEL (store);

  collect (self, GTK_TEXT_BUFFER (buffer), &begin, prefix);
  for (guint i = 0; i < self->words->len; i++)
    {
      const char *text = self->words->pdata[i];
      g_autoptr(HsWord) word = NULL;

      if (!g_str_has_prefix (text, prefix) || g_str_equal (text, prefix))
        continue;
      word = g_object_new (HS_TYPE_WORD, NULL);
      word->text = g_strdup (text);
      g_list_store_append (store, word);
    }

  return G_LIST_MODEL (store);
}

static void
hs_word_provider_populate_async (GtkSourceCompletionProvider *provider,
                                 GtkSourceCompletionContext  *context,
                                 GCancellable                *cancellable,
                                 GAsyncReadyCallback          callback,
                                 gpointer                     user_data)
{
  HsWordProvider *self = HS_WORD_PROVIDER (provider);
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);

  /* Another word: what was collected for the last may have been changed. */
  g_set_weak_pointer (&self->context, context);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_task_return_pointer (task, make_proposals (self, context), g_object_unref);
}

static GListModel *
hs_word_provider_populate_finish (GtkSourceCompletionProvider *provider,
                                  GAsyncResult                *result,
                                  GError                     **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hs_word_provider_refilter (GtkSourceCompletionProvider *provider,
                           GtkSourceCompletionContext  *context,
                           GListModel                  *model)
{
  g_autoptr(GListModel) proposals = make_proposals (HS_WORD_PROVIDER (provider), context);

  gtk_source_completion_context_set_proposals_for_provider (context, provider, proposals);
}

static void
hs_word_provider_display (GtkSourceCompletionProvider *provider,
                          GtkSourceCompletionContext  *context,
                          GtkSourceCompletionProposal *proposal,
                          GtkSourceCompletionCell     *cell)
{
  GtkWidget  *row = gtk_widget_get_ancestor (GTK_WIDGET (cell), GTK_TYPE_LIST_BOX_ROW);
  const char *text = HS_WORD (proposal)->text;

  if (gtk_source_completion_cell_get_column (cell) != GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT)
    text = NULL;
  gtk_source_completion_cell_set_text (cell, text);

  /* GtkSourceView leaves its rows without names. */
  if (row != NULL && text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Where the cursor is within a word, the word's end stays if it is that of the proposal. */
static void
hs_word_provider_activate (GtkSourceCompletionProvider *provider,
                           GtkSourceCompletionContext  *context,
                           GtkSourceCompletionProposal *proposal)
{
  const char      *text = HS_WORD (proposal)->text;
  g_autofree char *rest = NULL;
  GtkTextBuffer   *buffer;
  GtkTextIter      begin, end, word_end;

  if (!gtk_source_completion_context_get_bounds (context, &begin, &end))
    return;

  buffer = gtk_text_iter_get_buffer (&begin);
  word_end = end;
  while (is_word_char (gtk_text_iter_get_char (&word_end)))
    gtk_text_iter_forward_char (&word_end);
  rest = gtk_text_iter_get_slice (&end, &word_end);
  if (g_str_has_suffix (text, rest))
    end = word_end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &begin, &end);
  gtk_text_buffer_insert (buffer, &begin, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
hs_word_provider_iface_init (GtkSourceCompletionProviderInterface *iface)
{
  iface->populate_async = hs_word_provider_populate_async;
  iface->populate_finish = hs_word_provider_populate_finish;
  iface->refilter = hs_word_provider_refilter;
  iface->display = hs_word_provider_display;
  iface->activate = hs_word_provider_activate;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (HsWordProvider, hs_word_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER,
                                                      hs_word_provider_iface_init))
/* clang-format on */

static void
hs_word_provider_finalize (GObject *object)
{
  HsWordProvider *self = HS_WORD_PROVIDER (object);

  g_clear_weak_pointer (&self->context);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self->prefix);

  G_OBJECT_CLASS (hs_word_provider_parent_class)->finalize (object);
}

static void
hs_word_provider_class_init (HsWordProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hs_word_provider_finalize;
}

static void
hs_word_provider_init (HsWordProvider *self)
{
}

GtkSourceCompletionProvider *
hs_word_provider_new (void)
{
  return g_object_new (HS_TYPE_WORD_PROVIDER, NULL);
}

gboolean
hs_word_provider_activate_first (HsWordProvider *self)
{
  g_autoptr(GtkSourceCompletionProposal) proposal = NULL;
  g_autoptr(GtkSourceCompletionContext) context = NULL;

  g_return_val_if_fail (HS_IS_WORD_PROVIDER (self), FALSE);

  if (self->context == NULL)
    return FALSE;

  context = g_object_ref (self->context);
  proposal = g_list_model_get_item (G_LIST_MODEL (context), 0);
  if (proposal == NULL)
    return FALSE;

  gtk_source_completion_provider_activate (GTK_SOURCE_COMPLETION_PROVIDER (self), context,
                                           proposal);

  return TRUE;
}
