/* hs-window-picture.c - the code in a picture that was exported, opened again
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-picture-file.h"
#include "hs-text-extent.h"
#include "hs-visible-name.h"

/* What a picture says of itself is cut here. Characters; ours are shorter. */
#define FACT_MAX 80

typedef struct
{
  GWeakRef     *window;
  GFile        *file;        /* owned */
  GCancellable *cancellable; /* owned */
  char         *text;        /* owned; what the editor had when it began */
} Opening;

static void
opening_free (Opening *opening)
{
  g_weak_ref_clear (opening->window);
  g_free (opening->window);
  g_object_unref (opening->file);
  g_object_unref (opening->cancellable);
  g_free (opening->text);
  g_free (opening);
}

static char *
dup_base_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return hs_visible_name (base);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Opening         *opening = task_data;
  g_autofree char *name = dup_base_name (opening->file);
  g_autoptr(GFileInputStream) stream = NULL;
  HsPictureInfo *info = NULL;
  GError        *error = NULL;

  stream = g_file_read (opening->file, cancellable, &error);
  if (stream != NULL)
    info = hs_picture_file_read (G_INPUT_STREAM (stream), name, cancellable, &error);

  if (info != NULL)
    g_task_return_pointer (task, info, (GDestroyNotify)hs_picture_info_free);
  else
    g_task_return_error (task, error);
}

/* Anybody can write into a picture what they want. Returns: (transfer full) (nullable) */
static char *
dup_fact (const char *fact)
{
  g_autofree char *start = NULL;

  if (fact == NULL || *fact == '\0')
    return NULL;
  start = g_utf8_strlen (fact, -1) > FACT_MAX ? g_utf8_substring (fact, 0, FACT_MAX)
                                              : g_strdup (fact);

  return hs_visible_name (start);
}

/* From what the code is. Returns: (transfer full) */
static char *
describe (const HsPictureInfo *info,
          const char          *name)
{
  g_autofree char *python = dup_fact (info->python);
  g_autofree char *date = dup_fact (info->date);

  if (python == NULL || date == NULL)
    /* translators: %s is the name of a picture file */
    return g_strdup_printf (_("This is the code in the picture “%s”. Run it to measure it anew."),
                               name);

  /* translators: %1$s is the name of a picture file, %2$s is as in “CPython 3.11.2”, %3$s is a date
   * with time
   */
  return g_strdup_printf (_("This is the code in the picture “%1$s”, measured with %2$s on %3$s. "
                            "Run it to measure it anew."),
                             name, python, date);
}

/* "slots.py" of "slots.png": the picture is no file to save code in. */
static char *
propose_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  const char      *suffix = strrchr (name, '.');

  if (suffix != NULL && suffix > name)
    name[suffix - name] = '\0';

  return g_strconcat (name, ".py", NULL);
}

static void
show_code (HsWindow            *self,
           GFile               *file,
           const HsPictureInfo *info)
{
  g_autofree char *name = dup_base_name (file);
  g_autofree char *proposed = propose_name (file);
  g_autofree char *sentence = describe (info, name);
  g_autofree char *refusal = NULL;
  HsTextExtent     extent;

  hs_text_extent_measure (&extent, info->source, strlen (info->source));
  refusal = hs_text_extent_dup_refusal (&extent, name);
  if (refusal != NULL)
    {
      _hs_window_show_notice (self, refusal, NULL, NULL);
      return;
    }

  _hs_window_forget_run (self);
  _hs_window_leave_learn_page (self);
  hs_editor_set_text (self->editor, info->source);
  _hs_window_set_file (self, NULL, NULL);
  g_free (self->display_name);
  self->display_name = g_filename_display_name (proposed);
  _hs_window_update_draft (self);
  _hs_window_update_title (self);
  _hs_window_add_recent (self, file);
  _hs_window_show_notice (self, sentence, NULL, NULL);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));
  g_autoptr(HsWindow) self = g_weak_ref_get (opening->window);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsPictureInfo) info = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  /* The window is gone, or opens something else by now. */
  if (self == NULL || self->loading != opening->cancellable)
    return;

  g_clear_object (&self->loading);
  text = hs_editor_dup_text (self->editor);
  if (info == NULL)
    _hs_window_show_notice (self, error->message, NULL, NULL);
  else if (!g_str_equal (text, opening->text)) /* typed meanwhile */
    hs_application_open_file (HS_APPLICATION (g_application_get_default ()), opening->file, NULL);
  else
    show_code (self, opening->file, info);
}

void
_hs_window_load_picture (HsWindow *self,
                         GFile    *file)
{
  Opening *opening = g_new0 (Opening, 1);
  g_autoptr(GTask) task = NULL;

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();

  opening->window = hs_weak_ref_new (self);
  opening->file = g_object_ref (file);
  opening->cancellable = g_object_ref (self->loading);
  opening->text = hs_editor_dup_text (self->editor);
  task = g_task_new (NULL, self->loading, read_cb, NULL);
  g_task_set_source_tag (task, _hs_window_load_picture);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  g_task_run_in_thread (task, read_thread);
}
